//! Tables: a row a turn, or a row a call with all that was said in one cell.
//!
//! ```text
//! CSV, TSV ─► delimited ─┐
//!                        ├─► rows ─► columns ─► calls ─► recordings
//! Excel    ─► workbook ──┘           which is   who, when,
//!                                    what       of which call
//! ```
//!
//! Which column holds what is told from its name, by the words in
//! `phrasebook/columns.toml`; the user may say otherwise. Whether whole numbers are
//! seconds or milliseconds nothing but a name can tell, so where no name does the user
//! is asked.

mod calls;
mod columns;
mod csv;
mod delimited;
mod guess;
mod header;
mod jddc;
mod time;
mod timing;
mod words;
pub(crate) mod workbook;

use super::super::Place;
use super::super::format::Recordings;

pub use columns::ColumnNames;
pub(super) use csv::READER as CSV;
pub(super) use delimited::rows;
pub(super) use jddc::READER as JDDC;
pub(super) use workbook::READER as XLSX;

/// The most cells of a table, of which a year of calls has fewer; each costs memory
/// whatever stands in it.
pub(super) const MOST_CELLS: usize = 20_000_000;

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

/// The calls that the rows of a table hold, with its titles and names; nothing, if nothing
/// tells what its columns are.
pub(super) fn recordings_below(
    rows: Vec<Row>,
    said: &ColumnNames,
    place: &Place,
) -> Option<Recordings> {
    let titles = &rows[..rows.len().min(header::MOST_TITLES)];
    let (named, columns) = header::header(titles, said)?;
    let first = named.map_or(0, |row| row + 1);
    let below = rows.into_iter().skip(first).collect();
    Some(calls::recordings(below, &columns, place))
}

impl Row {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// What stands in a column; nothing, where the row ends before it.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }
}
