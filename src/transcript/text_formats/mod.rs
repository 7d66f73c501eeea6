//! Subtitles, tables and annotations: one reader a file, one row here.

mod annotation;
mod homemade;
mod subtitle;
pub(crate) mod table;
mod timed_rows;
mod writing;

use super::detect::Sure;
use super::format::Reader;
use crate::conversation::{Note, NoteKind};
pub use table::ColumnNames;

pub(super) const READERS: &[&Reader] = &[
    &subtitle::SRT,
    &subtitle::VTT,
    &subtitle::SBV,
    &subtitle::LRC,
    &table::CSV,
    &annotation::TEXTGRID,
    &annotation::EAF,
    &annotation::KALDI,
    &annotation::CTM,
    &annotation::STM,
    &homemade::RUNS,
    &homemade::HTML_LIST,
    &homemade::HTML_TABLE,
    &table::XLSX,
    &table::JDDC,
    &timed_rows::WHISPER_TSV,
    &timed_rows::FUNASR_TSV,
    &timed_rows::WHISPER_CSV,
    &timed_rows::AUDACITY,
];

/// That it is of this form, if the form's signature is there.
fn signature(is_there: bool) -> Sure {
    match is_there {
        true => Sure::Signature,
        false => Sure::No,
    }
}

/// The note that times on these lines were left out, if there are any.
fn bad_times(lines: impl Iterator<Item = u64>) -> Vec<Note> {
    let lines: Vec<String> = lines
        .take(MOST_LINES)
        .map(|line| line.to_string())
        .collect();
    let note = Note {
        turn: None,
        kind: NoteKind::BadTimes,
        detail: lines.join(", "),
    };
    match lines.is_empty() {
        true => Vec::new(),
        false => vec![note],
    }
}

/// The most lines that a note names.
const MOST_LINES: usize = 10;
