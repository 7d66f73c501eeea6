//! SubRip, `.srt`: numbered blocks, `00:00:05,120 --> 00:00:07,000`.

use super::clock::span;
use super::cue::cues;
use super::vtt;
use crate::transcript::Place;
use crate::transcript::detect::{Head, Sure};
use crate::transcript::format::{Cut, Reader, Recordings};

pub(in super::super) const READER: Reader = Reader {
    name: "srt",
    extensions: &["srt"],
    recognise,
    cut: Cut::Whole(parse),
};

fn recognise(head: &Head) -> Sure {
    let timed = || {
        head.text
            .lines()
            .any(|line| line.contains("-->") && span(line).is_some())
    };
    match vtt::is_signed(head.text) {
        false if timed() => Sure::Signature,
        false if head.is_named(READER.extensions) => Sure::Named,
        _ => Sure::No,
    }
}

fn parse(text: &str, _: &Place) -> Recordings {
    super::recording(cues(text, false))
}
