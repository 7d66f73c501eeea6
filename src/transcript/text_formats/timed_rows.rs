//! Rows of a beginning, an end and words, as recognisers write them.
//!
//! Whisper and FunASR head their `.tsv` with the same three words. Whisper means
//! milliseconds and writes whole numbers, FunASR means seconds and writes three decimals;
//! so the point tells them apart, and nothing else does. whisper.cpp's `.csv` is in
//! milliseconds, labels of Audacity have no head and are in seconds.

use super::super::detect::{Head, Sure};
use super::super::format::{Cut, Reader, Recordings};
use super::super::segment::{Recording, Segment};
use super::subtitle::{Cue, Span, recording};
use super::table::rows;
use super::{bad_times, signature};

pub(super) const WHISPER_TSV: Reader = Reader {
    name: "whisper-tsv",
    extensions: &["tsv"],
    recognise: |head| signature(twin(head.text) == Some(Twin::Whisper)),
    cut: Cut::Whole(|text, _| tabbed(text, Unit::Milliseconds)),
};

pub(super) const FUNASR_TSV: Reader = Reader {
    name: "funasr-tsv",
    extensions: &["tsv"],
    recognise: |head| signature(twin(head.text) == Some(Twin::FunAsr)),
    cut: Cut::Whole(|text, _| tabbed(text, Unit::Seconds)),
};

pub(super) const WHISPER_CSV: Reader = Reader {
    name: "whisper-csv",
    extensions: &["csv"],
    recognise: |head| signature(is_whisper_csv(head.text)),
    cut: Cut::Whole(|text, _| comma(text)),
};

pub(super) const AUDACITY: Reader = Reader {
    name: "audacity",
    extensions: &["aud"],
    recognise: labels_are_there,
    cut: Cut::Whole(|text, _| tabbed(text, Unit::Seconds)),
};

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Milliseconds,
    Seconds,
}

#[derive(PartialEq)]
enum Twin {
    Whisper,
    FunAsr,
}

/// Whether a table is one of these, so that nothing has to be guessed of its columns.
pub(super) fn is_of_a_recogniser(text: &str) -> bool {
    twin(text).is_some() || is_whisper_csv(text)
}

fn twin(text: &str) -> Option<Twin> {
    let mut lines = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty());
    if lines.next()? != "start\tend\ttext" {
        return None;
    }
    let times = lines.flat_map(|line| line.splitn(3, '\t').take(2));
    let decimal = times
        .filter(|time| number(time).is_some())
        .any(|time| time.contains('.'));
    Some(if decimal { Twin::FunAsr } else { Twin::Whisper })
}

fn is_whisper_csv(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let named = |line: &str| matches!(line, "start,end,text" | "start,end,speaker,text");
    let whole = |line: &str| {
        let mut cells = line.split(',').map(|cell| cell.trim().trim_matches('"'));
        let mut digits = || {
            let cell = cells.next().unwrap_or_default();
            !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit())
        };
        digits() && digits()
    };
    lines.next().is_some_and(named) && lines.next().is_some_and(whole) && !has_decimals(text)
}

/// Whether a row of a table with commas begins with a decimal number.
fn has_decimals(text: &str) -> bool {
    text.lines().any(|line| {
        let start = line.split(',').next().unwrap_or_default();
        start.contains('.') && number(start).is_some()
    })
}

/// Labels have no head: each line is two decimal numbers and words.
fn labels_are_there(head: &Head) -> Sure {
    let mut lines = head.text.lines().filter(|line| !line.trim().is_empty());
    let label = |line: &str| {
        let mut cells = line.splitn(3, '\t');
        let mut decimal = || {
            let cell = cells.next().unwrap_or_default();
            cell.contains(['.', ',']) && number(cell).is_some()
        };
        is_band(line) || decimal() && decimal()
    };
    // The last line of a head may be cut.
    let first: Vec<&str> = lines.by_ref().take(20).collect();
    let whole = match lines.next() {
        Some(_) => &first[..],
        None => &first[..first.len().saturating_sub(1).max(1).min(first.len())],
    };
    match !whole.is_empty() && whole.iter().all(|line| label(line)) {
        true => Sure::Signature,
        false if head.is_named(AUDACITY.extensions) => Sure::Named,
        false => Sure::No,
    }
}

/// The line below a label that gives a band of frequencies.
fn is_band(line: &str) -> bool {
    line.starts_with('\\')
}

/// A number as a program writes it, in whatever country.
fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    let is_plain = cell.bytes().all(plain) && cell.starts_with(|c: char| c.is_ascii_digit());
    is_plain.then(|| cell.replace(',', ".").parse().ok())?
}

impl Unit {
    fn read(self, cell: &str) -> Option<f64> {
        let number = number(cell)?;
        Some(match self {
            Unit::Milliseconds => number / 1000.0,
            Unit::Seconds => number,
        })
    }
}

fn tabbed(text: &str, unit: Unit) -> Recordings {
    let mut rows: Vec<Cue> = Vec::new();
    let mut before_any = true;
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() || is_band(line) {
            continue;
        }
        let mut cells = line.splitn(3, '\t');
        let (start, end) = (cells.next().unwrap_or_default(), cells.next());
        let words = cells.next();
        if std::mem::take(&mut before_any) && start.trim() == "start" {
            continue;
        }
        match (end, words) {
            (Some(end), words) => {
                let (start, end) = (unit.read(start), unit.read(end));
                rows.push(Cue {
                    line: number,
                    span: Span { start, end },
                    damaged: start.is_none() || end.is_none(),
                    text: words.unwrap_or_default().to_owned(),
                });
            }
            (None, _) => {
                if let Some(last) = rows.last_mut() {
                    last.text.push('\n');
                    last.text.push_str(line);
                }
            }
        }
    }
    recording(rows)
}

fn comma(text: &str) -> Recordings {
    let rows = rows(text, b',', usize::MAX).rows;
    let with_speaker = rows.first().is_some_and(|row| row.cells.len() == 4);
    let mut bad = Vec::new();
    let mut segments = Vec::new();
    for row in rows.iter().skip(1) {
        let unit = Unit::Milliseconds;
        let (start, end) = (unit.read(row.cell(0)), unit.read(row.cell(1)));
        if start.is_none() || end.is_none() || end < start {
            bad.push(row.line);
        }
        let first = if with_speaker { 3 } else { 2 };
        let words = row.cells.get(first..).unwrap_or_default().join(",");
        let speaker = Some(row.cell(2)).filter(|name| with_speaker && !matches!(*name, "" | "?"));
        segments.push(Segment {
            speaker: speaker.map(str::to_owned),
            start,
            end,
            text: words.replace("\\\"", "\"").trim().to_owned(),
            ..Segment::default()
        });
    }
    vec![Ok(Recording {
        segments,
        notes: bad_times(bad.into_iter()),
        ..Recording::default()
    })]
}
