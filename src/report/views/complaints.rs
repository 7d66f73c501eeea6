//! Articles 45 and 47: what became of complaints, as a table and in plain words.

use super::cell::{Cell, Column, Kind, Table};
use super::naming::Naming;
use crate::moment::Moment;
use crate::report::visible::visible;
use crate::scoring::across::{Complaint, Complaints, Joined, Standing};
use jiff::civil::Date;

const COLUMNS: &[Column] = &[
    Column::new("standing", Kind::Text, 14),
    Column::new("complaint", Kind::Text, 14),
    Column::new("client", Kind::Text, 14),
    Column::new("made", Kind::Moment, 12),
    Column::new("made-in", Kind::Text, 20),
    Column::new("branch", Kind::Text, 14),
    Column::new("agent", Kind::Text, 12),
    Column::new("again", Kind::Count, 9),
    Column::new("reported-in", Kind::Text, 20),
    Column::new("took", Kind::Count, 9),
];

/// The complaints: what there is to do about first.
pub fn complaints<'a>(list: &[Complaint], naming: &Naming<'_>) -> Table<'a> {
    let text = |text: &Option<String>| {
        let text = text.as_deref().map(visible);
        Cell::text(text.unwrap_or_default())
    };
    let row = |of: &Complaint| {
        let (complaint, client) = match &of.joined {
            Joined::Complaint(key) => (visible(key), String::new()),
            Joined::Client(key) => (String::new(), visible(key)),
            Joined::Nothing => Default::default(),
        };
        let took = of.took.and_then(|took| u64::try_from(took).ok());
        vec![
            Cell::text(naming.word("standing", of.standing.name()).into_owned()),
            Cell::text(complaint),
            Cell::text(client),
            of.day.map_or(Cell::Empty, day),
            Cell::text(visible(&of.raised)),
            text(&of.branch),
            text(&of.agent),
            Cell::some(of.again),
            text(&of.answered),
            took.map_or(Cell::Empty, Cell::Count),
        ]
    };
    Table {
        key: "complaints",
        columns: COLUMNS,
        rows: list.iter().map(row).collect(),
    }
}

fn day<'a>(day: Date) -> Cell<'a> {
    Cell::Moment(Moment { day, time: None })
}

/// What became of complaints, in plain words; nothing where there are none.
pub fn complaint_sentences(
    complaints: &Complaints,
    list: &[Complaint],
    naming: &Naming<'_>,
) -> Vec<String> {
    let Some(days) = complaints.days() else {
        return Vec::new();
    };
    let mut values = vec![("days", days.to_string())];
    if let Some(day) = complaints.as_of() {
        values.push(("day", day.to_string()));
    }
    let mut told = Vec::new();
    let mut tell = |key: &str, count: usize| {
        if count > 0 {
            let mut values = values.clone();
            values.push(("count", count.to_string()));
            told.push(naming.labels.fill(key, &values));
        }
    };
    tell("complaints.all", list.len());
    for standing in Standing::ALL {
        let same = list.iter().filter(|of| of.standing == standing).count();
        tell(&format!("complaints.{}", standing.name()), same);
    }
    tell("complaints.stray", complaints.stray_reports());
    told
}
