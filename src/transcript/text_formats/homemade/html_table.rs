//! A table in HTML or in Excel's XML of 2003. Many systems write one, call it `.xls`, and
//! Excel opens it.

use super::super::super::detect::{Head, Sure};
use super::super::super::format::{Cut, Reader, Recordings};
use super::super::super::{InputProblem, Place, ProblemKind};
use super::super::subtitle::unescaped;
use super::super::table::{ColumnNames, MOST_CELLS, Row, recordings_below};
use super::html::{Html, attribute, pieces};

pub(in super::super) const READER: Reader = Reader {
    name: "html-table",
    extensions: &["html", "htm", "xls"],
    recognise,
    cut: Cut::Table(parse),
};

fn recognise(head: &Head) -> Sure {
    let opens = |names: &[&str]| {
        pieces(head.text).any(|(_, piece)| match piece {
            Html::Open(name, _) => names.contains(&name.as_str()),
            _ => false,
        })
    };
    let text = head.text.trim_start();
    // Other forms may quote a tag; a document begins with one.
    match text.starts_with('<') && opens(&["table"]) && opens(&["tr", "row"]) {
        true => Sure::Signature,
        false => Sure::No,
    }
}

fn parse(text: &str, place: &Place, said: &ColumnNames) -> Recordings {
    recordings_below(rows(text), said, place).unwrap_or_else(|| {
        let place = place.clone();
        let kind = ProblemKind::ColumnsUnknown;
        vec![Err(InputProblem { place, kind })]
    })
}

/// The most cells of a row.
const MOST_IN_ROW: usize = 1000;

/// The rows of all tables, as far as they aren't blank.
fn rows(text: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut line = 1;
    let mut counted = 0;
    let mut in_cell = false;
    let mut room = MOST_CELLS;
    for (byte, piece) in pieces(text) {
        line += text[counted..byte].matches('\n').count() as u64;
        counted = byte;
        match piece {
            Html::Open(name, _) if matches!(name.as_str(), "tr" | "row") => {
                in_cell = false;
                rows.push(Row {
                    line,
                    cells: Vec::new(),
                });
            }
            Html::Open(name, attributes) if matches!(name.as_str(), "td" | "th" | "cell") => {
                if let Some(row) = rows.last_mut() {
                    let at = attribute(attributes, "index").and_then(|at| at.parse().ok());
                    let length = at.unwrap_or(0).max(row.cells.len() + 1);
                    let more = length - row.cells.len();
                    in_cell = length <= MOST_IN_ROW && more <= room;
                    if in_cell {
                        room -= more;
                        row.cells.resize(length, String::new());
                    }
                }
            }
            Html::Open(name, _) if in_cell && matches!(name.as_str(), "br" | "p" | "div") => {
                push(&mut rows, "\n");
            }
            Html::Close(name) if matches!(name.as_str(), "td" | "th" | "cell" | "tr" | "row") => {
                in_cell = false;
            }
            Html::Text(words) if in_cell => push(&mut rows, &unescaped(words)),
            _ => {}
        }
    }
    for cell in rows.iter_mut().flat_map(|row| row.cells.iter_mut()) {
        cell.truncate(cell.trim_end().len());
        cell.drain(..cell.len() - cell.trim_start().len());
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    rows
}

fn push(rows: &mut [Row], text: &str) {
    if let Some(cell) = rows.last_mut().and_then(|row| row.cells.last_mut()) {
        cell.push_str(text);
    }
}
