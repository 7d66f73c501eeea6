//! What stands in a table.

use crate::moment::Moment;
use std::borrow::Cow;
use std::fmt;

/// What a column holds, and so on which side it stands and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Names and words.
    Text,
    /// Sentences, which are broken where there isn't room.
    Prose,
    /// How many.
    Count,
    /// A number with one decimal.
    Score,
    /// Points taken off, with up to two decimals.
    Points,
    /// A share of one, shown in per cent.
    Share,
    /// A day, and a time of day where it is known.
    Moment,
}

/// A column of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it is; its heading is the label `column.<key>`.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// How many columns of characters it wants.
    pub width: u16,
}

impl Column {
    /// A column of that kind.
    pub const fn new(key: &'static str, kind: Kind, width: u16) -> Self {
        Self { key, kind, width }
    }
}

/// A whole table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<'a> {
    /// Which one it is; its title is the label `view.<key>`.
    pub key: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its rows: as many cells each as there are columns.
    pub rows: Vec<Vec<Cell<'a>>>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing is known, or there is none.
    Empty,
    /// Words.
    Text(Cow<'a, str>),
    /// How many.
    Count(u64),
    /// A number.
    Number(f64),
    /// A share of one.
    Share(f64),
    /// A day, and a time of day where it is known.
    Moment(Moment),
}

impl<'a> Cell<'a> {
    /// A text, or nothing if it is empty.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        match text.is_empty() {
            true => Cell::Empty,
            false => Cell::Text(text),
        }
    }

    /// How many, where none is nothing to look at.
    pub fn some(count: usize) -> Self {
        match count {
            0 => Cell::Empty,
            _ => Cell::Count(count as u64),
        }
    }

    /// A number that may be unknown.
    pub fn number(number: Option<f64>) -> Self {
        number
            .filter(|number| number.is_finite())
            .map_or(Cell::Empty, Cell::Number)
    }

    /// A share that may be unknown.
    pub fn share(share: Option<f64>) -> Self {
        share
            .filter(|share| share.is_finite())
            .map_or(Cell::Empty, Cell::Share)
    }
}

impl Cell<'_> {
    /// The same, with words of its own.
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Empty => Cell::Empty,
            Cell::Text(text) => Cell::Text(Cow::from(text.into_owned())),
            Cell::Count(count) => Cell::Count(count),
            Cell::Number(number) => Cell::Number(number),
            Cell::Share(share) => Cell::Share(share),
            Cell::Moment(moment) => Cell::Moment(moment),
        }
    }

    /// As people read it in a column of that kind.
    pub fn told(&self, kind: Kind) -> String {
        match self {
            Cell::Number(number) if kind == Kind::Score => format!("{:.1}", number + 0.0),
            Cell::Share(share) => format!("{:.0}%", share * 100.0),
            Cell::Moment(Moment {
                day,
                time: Some(time),
            }) => format!("{day} {:02}:{:02}", time.hour(), time.minute()),
            other => other.to_string(),
        }
    }
}

/// As programs read it: a point before decimals, shares of one, moments as
/// year-month-day hour:minute:second.
impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Empty => Ok(()),
            Cell::Text(text) => f.write_str(text),
            Cell::Count(count) => write!(f, "{count}"),
            Cell::Number(number) => write!(f, "{}", rounded(*number, 100.0)),
            Cell::Share(share) => write!(f, "{}", rounded(*share, 10_000.0)),
            Cell::Moment(Moment { day, time: None }) => write!(f, "{day}"),
            Cell::Moment(Moment {
                day,
                time: Some(time),
            }) => write!(f, "{day} {time}"),
        }
    }
}

/// Rounds to one part in `parts`; a rounded-away minus sign goes with the rest.
fn rounded(number: f64, parts: f64) -> f64 {
    (number * parts).round() / parts + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_as_people_read_them() {
        let moment = Moment::read("2026-03-02 09:15:30").map_or(Cell::Empty, Cell::Moment);
        let cases = [
            (Cell::Number(86.0), Kind::Score, "86.0"),
            (Cell::Number(-2.5), Kind::Points, "-2.5"),
            (Cell::Share(0.125), Kind::Share, "12%"),
            (moment, Kind::Moment, "2026-03-02 09:15"),
            (Cell::Empty, Kind::Count, ""),
        ];
        for (cell, kind, expected) in cases {
            assert_eq!(cell.told(kind), expected, "{cell:?}");
        }
    }

    #[test]
    fn cells_as_programs_read_them() {
        let moment = |text| Moment::read(text).map_or(Cell::Empty, Cell::Moment);
        let cases = [
            (Cell::Empty, ""),
            (Cell::text(""), ""),
            (Cell::text("=1+1"), "=1+1"),
            (Cell::some(0), ""),
            (Cell::some(7), "7"),
            (Cell::number(Some(86.5)), "86.5"),
            (Cell::number(Some(-0.001)), "0"),
            (Cell::number(Some(f64::NAN)), ""),
            (Cell::share(Some(1.0 / 3.0)), "0.3333"),
            (Cell::share(None), ""),
            (moment("2026-03-02"), "2026-03-02"),
            (moment("2026-03-02 09:15"), "2026-03-02 09:15:00"),
        ];
        for (cell, expected) in cases {
            assert_eq!(cell.to_string(), expected, "{cell:?}");
        }
    }
}
