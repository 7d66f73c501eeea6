//! WebVTT, `.vtt`: `WEBVTT` on the first line, then blocks as in SubRip with dots in
//! their times and names in voice tags.

use super::cue::cues;
use crate::transcript::Place;
use crate::transcript::detect::{Head, Sure};
use crate::transcript::format::{Cut, Reader, Recordings};

pub(in super::super) const READER: Reader = Reader {
    name: "vtt",
    extensions: &["vtt"],
    recognise,
    cut: Cut::Whole(parse),
};

fn recognise(head: &Head) -> Sure {
    match is_signed(head.text) {
        true => Sure::Signature,
        false if head.is_named(READER.extensions) => Sure::Named,
        false => Sure::No,
    }
}

pub(super) fn is_signed(text: &str) -> bool {
    let rest = text.trim_start().strip_prefix("WEBVTT");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

fn parse(text: &str, _: &Place) -> Recordings {
    super::recording(cues(text, true))
}
