//! A row a conversation.

use super::cell::{Cell, Column, Kind};
use super::naming::Naming;
use super::verdicts::worst_first;
use crate::moment::Moment;
use crate::report::visible::shown;
use crate::report::wire::{Line, Whereabouts};
use std::borrow::Cow;

pub(super) const COLUMNS: &[Column] = &[
    Column::new("id", Kind::Text, 16),
    Column::new("started", Kind::Moment, 16),
    Column::new("branch", Kind::Text, 12),
    Column::new("agent", Kind::Text, 10),
    Column::new("channel", Kind::Text, 9),
    Column::new("business", Kind::Text, 11),
    Column::new("score", Kind::Score, 7),
    Column::new("result", Kind::Text, 9),
    Column::new("breached", Kind::Count, 7),
    Column::new("missed", Kind::Count, 7),
    Column::new("partial", Kind::Count, 7),
    Column::new("met", Kind::Count, 7),
    Column::new("undecided", Kind::Count, 8),
    Column::new("findings", Kind::Text, 40),
    Column::new("courtesy", Kind::Count, 9),
    Column::new("client", Kind::Text, 12),
    Column::new("complaint", Kind::Text, 12),
    Column::new("tags", Kind::Text, 18),
    Column::new("notes", Kind::Text, 30),
    Column::new("phrasebook", Kind::Text, 20),
];

pub(super) fn row<'a>(line: &'a Line<'_>, naming: &'a Naming<'_>) -> Vec<Cell<'a>> {
    let count = |verdict: &str| {
        let same = line.verdicts.iter().filter(|of| of.verdict == verdict);
        Cell::some(same.count())
    };
    let findings: Vec<Cow<'_, str>> = worst_first(line, naming)
        .into_iter()
        .map(|of| shown(&of.clause))
        .collect();
    let courtesy: u64 = line
        .courtesy_words
        .0
        .iter()
        .map(|(_, count)| u64::from(*count))
        .sum();
    let tags: Vec<Cow<'_, str>> = line.about.tags.iter().map(|tag| shown(tag)).collect();
    vec![
        Cell::text(shown(&line.id)),
        started(&line.about),
        named(&line.about.branch),
        named(&line.about.agent),
        channel(line, naming),
        named(&line.about.business),
        Cell::number(line.score),
        Cell::text(naming.result(line)),
        count("breached"),
        count("missed"),
        count("partial"),
        count("met"),
        count("undecided"),
        Cell::text(findings.join(" ")),
        Cell::Count(courtesy),
        named(&line.about.client),
        named(&line.about.complaint),
        Cell::text(tags.join(" ")),
        Cell::text(naming.notes(line)),
        Cell::text(shown(&line.phrasebook)),
    ]
}

/// When it began: a moment, or what the input writes where that is none.
pub(super) fn started<'a>(about: &'a Whereabouts<'_>) -> Cell<'a> {
    match about.started_at.as_deref() {
        None => Cell::Empty,
        Some(text) => match Moment::read(text) {
            Some(moment) => Cell::Moment(moment),
            None => Cell::text(shown(text)),
        },
    }
}

/// A name out of the input.
pub(super) fn named<'a>(name: &'a Option<Cow<'_, str>>) -> Cell<'a> {
    name.as_deref()
        .map_or(Cell::Empty, |name| Cell::text(shown(name)))
}

pub(super) fn channel<'a>(line: &'a Line<'_>, naming: &'a Naming<'_>) -> Cell<'a> {
    let channel = line.channel.as_deref();
    channel.map_or(Cell::Empty, |channel| {
        Cell::text(naming.word("channel", channel))
    })
}
