//! One conversation as lists, filters and sums see it: a row.

use crate::assessment::Verdict;
use crate::moment::Moment;
use crate::phrasebook::rules::Rules;
use crate::report::visible::visible;
use crate::report::wire::{Clause, Line};
use serde::Serialize;

/// The row of a conversation.
#[derive(Serialize)]
pub(super) struct Row {
    id: String,
    /// The phrasebook that judged, if it isn't the one that the page is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    phrasebook: Option<String>,
    channel: Option<String>,
    score: Option<f64>,
    vetoed: bool,
    agent: Option<String>,
    branch: Option<String>,
    business: Option<String>,
    /// The day and the time of day, or what the input writes in their place.
    started: Option<String>,
    /// The day, if it is known.
    day: Option<String>,
    /// The Monday of its week.
    week: Option<String>,
    tags: Vec<String>,
    turns: usize,
    verdicts: Vec<Cell>,
    courtesy: Vec<u32>,
    notes: Vec<String>,
}

/// How a clause came out: the clause, the verdict's place among all verdicts, points,
/// and the elements that weren't said, by place in the clause.
#[derive(Serialize)]
struct Cell(Named, usize, f64, Vec<usize>);

/// A clause by its place in the standard, or by its id where the standard has none
/// of that id.
#[derive(Serialize)]
#[serde(untagged)]
enum Named {
    Place(usize),
    Id(String),
}

impl Row {
    pub(super) fn new(rules: &Rules, line: &Line<'_>) -> Self {
        let about = &line.about;
        let written = about.started_at.as_deref();
        let moment = written.and_then(Moment::read);
        let started = match moment {
            Some(Moment { day, time: None }) => Some(day.to_string()),
            Some(Moment {
                day,
                time: Some(time),
            }) => Some(format!("{day} {}", time.strftime("%H:%M"))),
            None => written.map(visible),
        };
        Self {
            id: visible(&line.id),
            phrasebook: (line.phrasebook != rules.identity()).then(|| visible(&line.phrasebook)),
            channel: line.channel.as_deref().map(visible),
            score: line.score,
            vetoed: line.vetoed,
            agent: about.agent.as_deref().map(visible),
            branch: about.branch.as_deref().map(visible),
            business: about.business.as_deref().map(visible),
            started,
            day: moment.map(|moment| moment.day.to_string()),
            week: moment.map(|moment| moment.week().to_string()),
            tags: about.tags.iter().map(|tag| visible(tag)).collect(),
            turns: line.turns.as_ref().map_or(0, Vec::len),
            verdicts: line
                .verdicts
                .iter()
                .map(|of| Cell::new(rules, of))
                .collect(),
            courtesy: rules
                .courtesy_words
                .iter()
                .map(|(word, _)| {
                    let counted = line.courtesy_words.0.iter();
                    counted
                        .filter(|(other, _)| other == word)
                        .map(|(_, count)| count)
                        .sum()
                })
                .collect(),
            notes: line.notes.iter().map(|note| visible(&note.kind)).collect(),
        }
    }
}

impl Cell {
    fn new(rules: &Rules, of: &Clause<'_>) -> Self {
        let place = rules
            .clauses
            .iter()
            .position(|clause| clause.id == of.clause);
        let elements = place.map_or(&[][..], |place| &rules.clauses[place].elements);
        let missing = elements
            .iter()
            .enumerate()
            .filter(|(_, element)| of.missing.iter().any(|key| *key == element.key))
            .map(|(place, _)| place);
        // A verdict that isn't known can't count as any of those that are.
        let verdict = Verdict::from_name(&of.verdict).unwrap_or(Verdict::Undecided);
        Self(
            place.map_or_else(|| Named::Id(visible(&of.clause)), Named::Place),
            Verdict::ALL
                .iter()
                .position(|other| *other == verdict)
                .unwrap_or_default(),
            of.points,
            missing.collect(),
        )
    }
}
