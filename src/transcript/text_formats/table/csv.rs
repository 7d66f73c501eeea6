//! CSV and its kin: a header, and cells parted by commas, tabs, semicolons or bars.

use super::super::super::detect::{Head, Sure};
use super::super::super::format::{Cut, Reader, Recordings};
use super::super::super::{InputProblem, Place, ProblemKind};
use super::super::timed_rows::is_of_a_recogniser;
use super::MOST_CELLS;
use super::calls::recordings;
use super::columns::{ColumnNames, Columns};
use super::delimited::{DELIMITERS, Delimited, End, MOST_UNCLOSED, named_delimiter, rows};
use super::header::{MOST_TITLES, header};
use super::words::Kind;

pub(in super::super) const READER: Reader = Reader {
    name: "csv",
    extensions: &["csv", "tsv", "tab"],
    recognise,
    cut: Cut::Table(parse),
};

fn recognise(head: &Head) -> Sure {
    let named = head.is_named(READER.extensions);
    if is_of_a_recogniser(head.text) {
        return Sure::No;
    }
    match layout(head.text, &ColumnNames::default()) {
        // A line of one word may stand in any text.
        Some(layout) if named || layout.header.is_some() && layout.columns.width > 1 => {
            Sure::Signature
        }
        // `客服<tab>您好` is plain text, too, and read as such.
        Some(layout) if layout.header.is_none() && layout.columns.width > 2 => {
            let role = layout.columns.get(Kind::Role);
            match role.is_some_and(|column| column.index > 0) {
                true => Sure::Signature,
                false => Sure::Named,
            }
        }
        Some(_) => Sure::No,
        None if !named => Sure::No,
        // With names that nobody knows it is a table all the same.
        None if has_cells(head.text) => Sure::Signature,
        None => Sure::Named,
    }
}

/// Whether each of the first rows has the same number of cells, more than one.
fn has_cells(text: &str) -> bool {
    DELIMITERS.iter().any(|&delimiter| {
        let first = rows(text, delimiter, MOST_TITLES).rows;
        let width = first.first().map_or(0, |row| row.cells.len());
        width > 1 && first.iter().all(|row| row.cells.len() == width)
    })
}

/// Where the cells end and what they hold.
struct Layout {
    delimiter: u8,
    /// The row on which the names stand, from 0; the next one has values.
    header: Option<usize>,
    columns: Columns,
}

/// The layout in which a row of names can be found.
fn layout(text: &str, said: &ColumnNames) -> Option<Layout> {
    let named = named_delimiter(text).map(|(delimiter, _)| [delimiter]);
    let delimiters = named.as_ref().map_or(&DELIMITERS[..], |named| &named[..]);
    delimiters.iter().find_map(|&delimiter| {
        let first = rows(text, delimiter, MOST_TITLES).rows;
        let (header, columns) = header(&first, said)?;
        Some(Layout {
            delimiter,
            header,
            columns: columns.parted_by(delimiter),
        })
    })
}

fn parse(text: &str, place: &Place, said: &ColumnNames) -> Recordings {
    let Some(layout) = layout(text, said) else {
        let place = place.clone();
        let kind = ProblemKind::ColumnsUnknown;
        return vec![Err(InputProblem { place, kind })];
    };
    let Delimited {
        rows,
        unclosed,
        end,
    } = rows(text, layout.delimiter, usize::MAX);
    let first = layout.header.map_or(0, |header| header + 1);
    let below = rows.into_iter().skip(first).collect();
    let mut recordings = recordings(below, &layout.columns, place);
    let problem = |line: u64, kind| {
        let place = Place::new(place.source.clone(), line);
        Err(InputProblem { place, kind })
    };
    let open = unclosed.into_iter();
    recordings.extend(open.map(|line| problem(line, ProblemKind::UnclosedQuote)));
    recordings.extend(match end {
        End::Reached => None,
        End::Faulty(line) => {
            let limit = MOST_UNCLOSED;
            Some(problem(line, ProblemKind::TooManyFaults { limit }))
        }
        End::TooMuch(line) => {
            let limit = MOST_CELLS;
            Some(problem(line, ProblemKind::TooManyValues { limit }))
        }
    });
    recordings
}
