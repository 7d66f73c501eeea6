//! Chats of a shop's help desk as the JDDC corpus has them: no names above the columns,
//! which are the session, the customer, 1 where the shop speaks and 0 where not, some
//! more, and the words, in which there may be tabs.

use super::super::super::Place;
use super::super::super::detect::{Head, Sure};
use super::super::super::format::{Cut, Reader, Recordings};
use super::super::signature;
use super::calls::recordings;
use super::columns::Columns;
use super::words::Kind;
use super::{MOST_CELLS, Row};

pub(in super::super) const READER: Reader = Reader {
    name: "jddc",
    extensions: &["tsv", "txt"],
    recognise,
    cut: Cut::Whole(parse),
};

/// Session, customer, who speaks, the words.
const FEWEST: usize = 4;

fn recognise(head: &Head) -> Sure {
    let mut lines = head.text.lines().filter(|line| !line.trim().is_empty());
    let rows: Vec<Vec<&str>> = lines.by_ref().take(20).map(cells).collect();
    // The last line of a head may be cut.
    let whole = match lines.next() {
        Some(_) => rows.len(),
        None => rows.len().saturating_sub(1).max(1),
    };
    let chat =
        |row: &Vec<&str>| row.len() >= FEWEST && matches!(row[2], "0" | "1") && !row[0].is_empty();
    signature(!rows.is_empty() && rows.iter().take(whole).all(chat))
}

fn cells(line: &str) -> Vec<&str> {
    line.splitn(64, '\t').collect()
}

fn parse(text: &str, place: &Place) -> Recordings {
    let mut room = MOST_CELLS;
    let mut rows = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        let cells: Vec<String> = cells(text).into_iter().map(str::to_owned).collect();
        room = room.saturating_sub(cells.len());
        if text.trim().is_empty() {
            continue;
        }
        if room == 0 {
            break;
        }
        rows.push(Row { line, cells });
    }
    let width = rows.iter().map(|row| row.cells.len());
    let width = width
        .filter(|width| *width >= FEWEST)
        .min()
        .unwrap_or(FEWEST);
    let of = [(Kind::Id, 0), (Kind::StaffFlag, 2), (Kind::Text, width - 1)];
    let columns = Columns::fixed(&of, width).parted_by(b'\t');
    recordings(rows, &columns, place)
}
