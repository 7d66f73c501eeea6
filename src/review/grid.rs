//! A workbook or CSV file, read back as rows of texts.
//!
//! A workbook of a kilobyte can stand for gigabytes, so all of it is measured before
//! anything is kept, and cells are read one by one: a table with two cells a million rows
//! apart is two cells.

use crate::transcript::{ProblemKind, measure_workbook};
use calamine::{Data, DataRef, Reader, Xlsx, XlsxError};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use std::collections::BTreeMap;
use std::io::Cursor;

/// How large the parts of a workbook may be unpacked, together, in bytes.
const LARGEST: u64 = 256 << 20;
/// How many cells are read.
const MOST_CELLS: usize = 4_000_000;
/// Cells farther to the right aren't read; no review sheet has so many columns.
const MOST_COLUMNS: u32 = 256;

/// A table of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The worksheet's name; empty for CSV.
    pub name: String,
    /// Rows that aren't empty, each with its number, from 1.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Why a file gave no table. The sentences are in the labels under `input.`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GridProblem {
    /// It is no workbook that can be read.
    NotAWorkbook {
        /// The reader's own words.
        detail: String,
    },
    /// It is one in Excel's old format, or one that asks for a password.
    OldWorkbook,
    /// It stands for more than is read.
    TooLarge {
        /// What is read, in bytes.
        limit: u64,
    },
}

impl GridProblem {
    /// The word that stands for it.
    pub fn code(&self) -> &'static str {
        match self {
            GridProblem::NotAWorkbook { .. } => "not-a-workbook",
            GridProblem::OldWorkbook => "old-workbook",
            GridProblem::TooLarge { .. } => "workbook-too-large",
        }
    }

    /// What the sentence about it has to name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            GridProblem::NotAWorkbook { detail } => vec![("detail", detail.clone())],
            GridProblem::OldWorkbook => Vec::new(),
            GridProblem::TooLarge { limit } => vec![("limit", limit.to_string())],
        }
    }
}

/// The tables of a file: all worksheets of a workbook (`.xlsx`), or the one of a CSV file
/// in UTF-8, UTF-16 or GB18030.
///
/// # Errors
/// If it is a workbook that is damaged, old or too large. CSV always gives some table.
pub fn read(bytes: &[u8]) -> Result<Vec<Grid>, GridProblem> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(GridProblem::OldWorkbook);
    }
    match bytes.starts_with(b"PK\x03\x04") {
        true => workbook(bytes),
        false => Ok(vec![csv(&text(bytes))]),
    }
}

fn not_a_workbook(error: impl ToString) -> GridProblem {
    GridProblem::NotAWorkbook {
        detail: error.to_string(),
    }
}

fn workbook(bytes: &[u8]) -> Result<Vec<Grid>, GridProblem> {
    measure_workbook(bytes, LARGEST).map_err(|kind| match kind {
        ProblemKind::NotAWorkbook { detail } => GridProblem::NotAWorkbook { detail },
        _ => GridProblem::TooLarge { limit: LARGEST },
    })?;
    let mut book: Xlsx<_> = match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(XlsxError::Password) => return Err(GridProblem::OldWorkbook),
        Err(error) => return Err(not_a_workbook(error)),
    };
    let mut grids = Vec::new();
    let (mut cells, mut held) = (0, 0);
    for name in book.sheet_names() {
        let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        let mut reader = book.worksheet_cells_reader(&name).map_err(not_a_workbook)?;
        while let Some(cell) = reader.next_cell().map_err(not_a_workbook)? {
            let (row, column) = cell.get_position();
            let text = told(cell.get_value());
            if column >= MOST_COLUMNS || text.is_empty() {
                continue;
            }
            cells += 1;
            held += text.len() as u64;
            // A million cells may share one long text.
            if cells > MOST_CELLS || held > LARGEST {
                return Err(GridProblem::TooLarge { limit: LARGEST });
            }
            let row = rows.entry(row).or_default();
            row.resize(row.len().max(column as usize + 1), String::new());
            row[column as usize] = text;
        }
        grids.push(Grid {
            name,
            rows: rows
                .into_iter()
                .map(|(row, cells)| (u64::from(row) + 1, cells))
                .collect(),
        });
    }
    Ok(grids)
}

/// A cell as a text; a number without decimals as one writes it.
fn told(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) => text.clone(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        DataRef::Empty => String::new(),
        other => Data::from(other.clone()).to_string(),
    }
}

/// Bytes as text: what their mark says, else UTF-8 where they are, else GB18030, which
/// Chinese Excel writes.
fn text(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes)
        && (encoding == UTF_16LE || encoding == UTF_16BE)
    {
        return encoding
            .decode_without_bom_handling(&bytes[mark..])
            .0
            .into_owned();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn csv(text: &str) -> Grid {
    // Where decimals have a comma, spreadsheets part cells by semicolons.
    let head = text.lines().next().unwrap_or_default();
    let delimiter = *[b',', b';', b'\t']
        .iter()
        .max_by_key(|mark| head.bytes().filter(|byte| byte == *mark).count())
        .unwrap_or(&b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (record, number) in reader.records().zip(1..) {
        let Ok(record) = record else { continue };
        let cells: Vec<String> = record.iter().map(unguarded).collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((number, cells));
        }
    }
    Grid {
        name: String::new(),
        rows,
    }
}

/// A cell without the apostrophe that keeps a text from being run.
fn unguarded(cell: &str) -> String {
    let text = cell.strip_prefix('\'').filter(|rest| {
        let first = rest.chars().next();
        first.is_some_and(crate::report::csv::begins_formula)
    });
    text.unwrap_or(cell).to_owned()
}
