//! Where the names of the columns stand.

use super::Row;
use super::columns::{ColumnNames, Columns};
use super::guess::guess;
use super::time::{is_none, read};
use super::words::Kind;

/// How many rows are looked at for the names of the columns; titles may precede them.
pub(super) const MOST_TITLES: usize = 10;

/// The row of names among the first rows of a table, and what the columns hold. There is
/// no such row where the user numbers the columns and none of these looks like one.
pub(super) fn header(first: &[Row], said: &ColumnNames) -> Option<(Option<usize>, Columns)> {
    let nothing = ColumnNames::default();
    let numbered = said.is_by_number();
    let named = |row: &Row| match numbered {
        true if Columns::of_header(row, &nothing).is_none() => None,
        _ => Columns::of_header(row, said),
    };
    let mut rows = first.iter().enumerate();
    let found = rows.find_map(|(number, row)| Some((Some(number), named(row)?)));
    if found.is_some() || !numbered {
        return found.or_else(|| match *said == nothing {
            true => Some((None, guess(first)?)),
            false => None,
        });
    }
    let width = first.iter().map(|row| row.cells.len()).min()?;
    let columns = Columns::by_number(width, said)?;
    // Names that nobody knows show in that they are no times.
    let start = columns.cell(first.first()?, Kind::Start);
    let names = !is_none(start) && read(start).is_none();
    Some((names.then_some(0), columns))
}
