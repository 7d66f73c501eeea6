//! LRC, `.lrc`: `[01:05.12]text`, one line a time, as for songs.

use super::clock::{Span, seconds};
use super::cue::Cue;
use crate::transcript::Place;
use crate::transcript::detect::{Head, Sure};
use crate::transcript::format::{Cut, Reader, Recordings};

pub(in super::super) const READER: Reader = Reader {
    name: "lrc",
    extensions: &["lrc"],
    recognise,
    cut: Cut::Whole(parse),
};

/// `[by:…]`, `[ti:…]` and the like stand in no other form; `[00:05]` does.
fn recognise(head: &Head) -> Sure {
    let lines = || head.text.lines().map(str::trim);
    let tagged = lines().any(|line| field(line).is_some());
    let timed = lines().any(|line| stamp(line).is_some());
    match head.is_named(READER.extensions) {
        true if timed => Sure::Signature,
        true => Sure::Named,
        false if tagged && timed => Sure::Signature,
        false => Sure::No,
    }
}

const FIELDS: [&str; 10] = [
    "ti", "ar", "al", "au", "by", "re", "ve", "offset", "length", "la",
];

fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix('[')?.strip_suffix(']')?.split_once(':')?;
    FIELDS
        .contains(&name.trim())
        .then_some((name.trim(), value.trim()))
}

/// The time with which a line begins, and what follows.
fn stamp(line: &str) -> Option<(f64, &str)> {
    let (inner, rest) = line.trim_start().strip_prefix('[')?.split_once(']')?;
    Some((seconds(inner)?, rest))
}

fn parse(text: &str, _: &Place) -> Recordings {
    let mut offset = 0.0;
    let mut cues: Vec<Cue> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if let Some((name, value)) = field(line) {
            if name == "offset" {
                offset = value.parse().unwrap_or(0.0);
            }
            continue;
        }
        let mut starts = Vec::new();
        let mut rest = line;
        while let Some((start, after)) = stamp(rest) {
            starts.push(start);
            rest = after;
        }
        let first = cues.len();
        for start in starts {
            cues.push(Cue {
                line: number,
                span: Span {
                    start: Some(shifted(start, offset)),
                    end: None,
                },
                damaged: false,
                text: rest.to_owned(),
            });
        }
        if first == cues.len()
            && let Some(cue) = cues.last_mut()
        {
            cue.text.push('\n');
            cue.text.push_str(line);
        }
    }
    cues.retain(|cue| !cue.text.trim().is_empty());
    super::recording(cues)
}

/// Positive offsets, in milliseconds, make the words appear earlier.
fn shifted(start: f64, offset: f64) -> f64 {
    ((start * 1000.0).round() - offset).max(0.0) / 1000.0
}
