//! A row for each verdict, or for each that costs points.

use super::cell::{Cell, Column, Kind};
use super::naming::Naming;
use super::talks::{channel, named, started};
use crate::assessment::Verdict;
use crate::phrasebook::rules::Severity;
use crate::report::visible::{shown, visible};
use crate::report::wire::{Clause, Line};
use std::borrow::Cow;
use std::cmp::Reverse;

pub(super) const COLUMNS: &[Column] = &[
    Column::new("id", Kind::Text, 16),
    Column::new("started", Kind::Moment, 16),
    Column::new("branch", Kind::Text, 12),
    Column::new("agent", Kind::Text, 10),
    Column::new("channel", Kind::Text, 9),
    Column::new("business", Kind::Text, 11),
    Column::new("clause", Kind::Text, 7),
    Column::new("article", Kind::Count, 6),
    Column::new("title", Kind::Text, 18),
    Column::new("severity", Kind::Text, 8),
    Column::new("verdict", Kind::Text, 8),
    Column::new("points", Kind::Points, 7),
    Column::new("turn", Kind::Count, 6),
    Column::new("situation", Kind::Prose, 32),
    Column::new("said", Kind::Prose, 26),
    Column::new("missing", Kind::Prose, 26),
    Column::new("say", Kind::Prose, 30),
    Column::new("wording", Kind::Text, 14),
    Column::new("phrasebook", Kind::Text, 20),
];

/// The verdicts that cost points, as a reader of a report sees them.
pub(super) fn findings<'a>(line: &'a Line<'_>, naming: &'a Naming<'_>) -> Vec<Vec<Cell<'a>>> {
    worst_first(line, naming)
        .into_iter()
        .map(|of| row(line, Some(of), naming))
        .collect()
}

/// All verdicts in the standard's order.
pub(super) fn all<'a>(line: &'a Line<'_>, naming: &'a Naming<'_>) -> Vec<Vec<Cell<'a>>> {
    if line.verdicts.is_empty() {
        return vec![row(line, None, naming)];
    }
    let verdicts = line.verdicts.iter();
    verdicts.map(|of| row(line, Some(of), naming)).collect()
}

/// What must not be first, then what was left out, then what was half said; within
/// each the gravest first, then in the standard's order.
pub(super) fn worst_first<'a, 'b>(line: &'a Line<'b>, naming: &Naming<'_>) -> Vec<&'a Clause<'b>> {
    let verdict = |of: &Clause<'_>| Verdict::from_name(&of.verdict);
    let mut findings: Vec<&Clause<'_>> = line
        .verdicts
        .iter()
        .filter(|of| verdict(of).is_some_and(Verdict::is_problem))
        .collect();
    findings.sort_by_key(|of| {
        let clause = naming.rules.clause(&of.clause);
        let severity = clause.map_or(Severity::Normal, |clause| clause.severity);
        (Reverse(verdict(of)), Reverse(severity))
    });
    findings
}

fn row<'a>(
    line: &'a Line<'_>,
    of: Option<&'a Clause<'_>>,
    naming: &'a Naming<'_>,
) -> Vec<Cell<'a>> {
    let about = &line.about;
    let mut cells = vec![
        Cell::text(shown(&line.id)),
        started(about),
        named(&about.branch),
        named(&about.agent),
        channel(line, naming),
        named(&about.business),
    ];
    match of {
        Some(of) => cells.extend(verdict(line, of, naming)),
        None => cells.resize(COLUMNS.len() - 1, Cell::Empty),
    }
    cells.push(Cell::text(shown(&line.phrasebook)));
    cells
}

fn verdict<'a>(line: &'a Line<'_>, of: &'a Clause<'_>, naming: &'a Naming<'_>) -> [Cell<'a>; 12] {
    let article = naming.rules.clause(&of.clause).map(|clause| clause.article);
    let turns = line.turns.as_deref().unwrap_or_default();
    let situation = turns.get(of.trigger).map(|turn| shown(&turn.text));
    let said: Vec<String> = of
        .evidence
        .iter()
        .map(|piece| visible(&piece.text))
        .collect();
    let costs = Verdict::from_name(&of.verdict).is_some_and(Verdict::is_problem);
    [
        Cell::text(shown(&of.clause)),
        article.map_or(Cell::Empty, |article| Cell::Count(u64::from(article))),
        Cell::text(naming.title(&of.clause)),
        Cell::text(naming.severity(&of.clause)),
        Cell::text(naming.word("verdict", &of.verdict)),
        Cell::Number(of.points),
        Cell::Count(of.trigger as u64),
        Cell::text(situation.unwrap_or_default()),
        Cell::text(said.join(" / ")),
        Cell::text(naming.missing(of)),
        Cell::text(match costs {
            true => naming.say(of),
            false => String::new(),
        }),
        Cell::text(match of.wording.as_deref() {
            Some(wording) => naming.word("closeness", wording),
            None => Cow::default(),
        }),
    ]
}
