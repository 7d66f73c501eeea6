//! What changed between two assessments of the same conversations: every verdict that
//! flips, so that a changed phrasebook can be looked at before it goes live.
//!
//! ```text
//! OLD lines ─┐
//!            ├─► pairs by id ─► Diff ─┬─► terminal
//! NEW lines ─┘                        ├─► markdown
//!                                     └─► json
//! ```
//!
//! Lines come in from both sides by turns and leave as soon as they have met their
//! like, so that memory grows with what differs and with how far the two orders lie
//! apart, not with the number of conversations. Where an id occurs more than once, the
//! first of one side is compared with the first of the other, and so on.

mod json;
pub(crate) mod markdown;
mod terminal;
mod words;

pub use words::DiffReport;

use super::wire::{Clause, Line};
use crate::phrasebook::rules::Rules;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// As it was.
    Old,
    /// As it is now.
    New,
}

/// In what way a verdict differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The clause had no verdict and has one.
    Appeared,
    /// It had one and has none.
    Vanished,
    /// The verdict is another.
    Changed,
    /// The verdict is the same, but other elements are missing.
    Elements,
    /// The verdict is the same and costs other points.
    Points,
}

impl Change {
    /// All of them, in the order in which they are told.
    pub const ALL: [Change; 5] = [
        Change::Appeared,
        Change::Vanished,
        Change::Changed,
        Change::Elements,
        Change::Points,
    ];

    /// The word that stands for it in JSON and in labels.
    pub fn name(self) -> &'static str {
        match self {
            Change::Appeared => "appeared",
            Change::Vanished => "vanished",
            Change::Changed => "changed",
            Change::Elements => "elements",
            Change::Points => "points",
        }
    }

    fn of(old: Option<&Clause<'_>>, new: Option<&Clause<'_>>) -> Option<Self> {
        match (old, new) {
            (None, None) => None,
            (None, Some(_)) => Some(Change::Appeared),
            (Some(_), None) => Some(Change::Vanished),
            (Some(old), Some(new)) if old.verdict != new.verdict => Some(Change::Changed),
            (Some(old), Some(new)) if old.missing != new.missing => Some(Change::Elements),
            (Some(old), Some(new)) if old.points != new.points => Some(Change::Points),
            _ => None,
        }
    }
}

/// A verdict that differs, with what either side says.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The conversation's id.
    pub id: String,
    /// The clause's id.
    pub clause: String,
    /// In what way.
    pub change: Change,
    /// What the old side says, the words that prove it included.
    pub old: Option<Clause<'static>>,
    /// What the new side says.
    pub new: Option<Clause<'static>>,
}

/// A score that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreChange {
    /// The conversation's id.
    pub id: String,
    /// Before; `None` where nothing could be judged.
    pub old: Option<f64>,
    /// Now.
    pub new: Option<f64>,
}

/// What one side adds up to, over the conversations that both have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Total {
    /// The phrasebooks that judged, `qinzhou-2014@1.0.0`.
    pub phrasebooks: BTreeSet<String>,
    /// How many have a score.
    pub scored: usize,
    /// The sum of the scores.
    pub sum: f64,
    /// How many pass.
    pub passed: usize,
}

impl Total {
    /// The mean score, if there is one.
    pub fn mean(&self) -> Option<f64> {
        (self.scored > 0).then(|| self.sum / self.scored as f64)
    }
}

/// What differs between two sides.
#[derive(Debug, Default)]
pub struct Diff {
    /// How many conversations both sides have.
    pub both: usize,
    /// In how many of them something differs.
    pub changed: usize,
    /// How many pass now and didn't, and how many did and don't.
    pub newly: Passing,
    /// The old side's and the new side's figures.
    pub totals: [Total; 2],
    /// Conversations that only the old, and only the new side has, in its order.
    pub only: [Vec<String>; 2],
    /// The verdicts that differ, by conversation in the order of the old side.
    pub flips: Vec<Flip>,
    /// The scores that differ, in the same order.
    pub scores: Vec<ScoreChange>,
    /// From which score on a conversation passes, on either side.
    pass: [f64; 2],
    waiting: [Waiting; 2],
    taken: [usize; 2],
    found: Vec<(usize, Vec<Flip>, Option<ScoreChange>)>,
}

/// Conversations that pass on one side only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passing {
    /// They pass now and didn't.
    pub passed: usize,
    /// They did and don't.
    pub failed: usize,
}

/// Lines that haven't met their like, by id and in their order.
type Waiting = BTreeMap<String, VecDeque<(usize, Line<'static>)>>;

impl Diff {
    /// Nothing compared yet. A conversation passes from these scores on, on the old and
    /// on the new side.
    pub fn new(pass: [f64; 2]) -> Self {
        Self {
            pass,
            ..Self::default()
        }
    }

    /// Takes a line of one side.
    pub fn add(&mut self, side: Side, line: Line<'static>) {
        let (own, other) = (side as usize, 1 - side as usize);
        let place = self.taken[own];
        self.taken[own] += 1;
        let id = line.id.clone().into_owned();
        let Some(queue) = self.waiting[other].get_mut(&id) else {
            let queue = self.waiting[own].entry(id).or_default();
            queue.push_back((place, line));
            return;
        };
        let met = queue.pop_front();
        if queue.is_empty() {
            self.waiting[other].remove(&id);
        }
        if let Some((their_place, their_line)) = met {
            match side {
                Side::Old => self.compare(place, line, their_line),
                Side::New => self.compare(their_place, their_line, line),
            }
        }
    }

    fn compare(&mut self, place: usize, old: Line<'static>, new: Line<'static>) {
        self.both += 1;
        let mut passes = [false; 2];
        for (side, line) in [&old, &new].into_iter().enumerate() {
            let total = &mut self.totals[side];
            if !total.phrasebooks.contains(&*line.phrasebook) {
                total.phrasebooks.insert(line.phrasebook.to_string());
            }
            if let Some(score) = line.score {
                total.scored += 1;
                total.sum += score;
                passes[side] = !line.vetoed && score >= self.pass[side];
                total.passed += usize::from(passes[side]);
            }
        }
        let both_scored = old.score.is_some() && new.score.is_some();
        self.newly.passed += usize::from(both_scored && !passes[0] && passes[1]);
        self.newly.failed += usize::from(both_scored && passes[0] && !passes[1]);
        let score = (old.score != new.score).then(|| ScoreChange {
            id: old.id.to_string(),
            old: old.score,
            new: new.score,
        });
        let flips = flips(old, new);
        if !flips.is_empty() || score.is_some() {
            self.changed += 1;
            self.found.push((place, flips, score));
        }
    }

    /// What came out, once both sides have given all their lines.
    pub fn finish(mut self) -> Self {
        for (waiting, only) in self.waiting.iter_mut().zip(&mut self.only) {
            let mut left: Vec<(usize, String)> = std::mem::take(waiting)
                .into_iter()
                .flat_map(|(id, lines)| lines.into_iter().map(move |(at, _)| (at, id.clone())))
                .collect();
            left.sort_unstable();
            only.extend(left.into_iter().map(|(_, id)| id));
        }
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_key(|(place, ..)| *place);
        for (_, flips, score) in found {
            self.flips.extend(flips);
            self.scores.extend(score);
        }
        self
    }

    /// Whether anything differs: a verdict, a score, or which conversations there are.
    pub fn is_change(&self) -> bool {
        self.changed > 0 || self.only.iter().any(|ids| !ids.is_empty())
    }

    /// How many verdicts of each clause differ in each way, in the order of `rules`.
    pub fn by_clause<'a>(&'a self, rules: [&Rules; 2]) -> Vec<(&'a str, Counts)> {
        let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
        for flip in &self.flips {
            counts.entry(&flip.clause).or_default().0[flip.change as usize] += 1;
        }
        let place = |rules: &Rules, id: &str| rules.clauses.iter().position(|of| of.id == id);
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(id, _)| {
            let new = place(rules[1], id).or_else(|| place(rules[0], id));
            (new.unwrap_or(usize::MAX), *id)
        });
        counts
    }

    /// How many scores rose and how many fell.
    pub fn moved(&self) -> (usize, usize) {
        let both = self.scores.iter().filter_map(|of| of.old.zip(of.new));
        both.fold((0, 0), |(up, down), (old, new)| match new > old {
            true => (up + 1, down),
            false => (up, down + 1),
        })
    }
}

/// How many verdicts differ in each way, in the order of [`Change::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub [usize; 5]);

/// What differs in one conversation, in the order in which the clauses stand there.
fn flips(old: Line<'static>, new: Line<'static>) -> Vec<Flip> {
    let id = old.id;
    let mut left = new.verdicts;
    let mut flips = Vec::new();
    let mut tell = |old: Option<Clause<'static>>, new: Option<Clause<'static>>| {
        let change = Change::of(old.as_ref(), new.as_ref());
        let clause = old
            .as_ref()
            .or(new.as_ref())
            .map(|of| of.clause.to_string());
        if let Some((change, clause)) = change.zip(clause) {
            flips.push(Flip {
                id: id.to_string(),
                clause,
                change,
                old,
                new,
            });
        }
    };
    for was in old.verdicts {
        let at = left.iter().position(|now| now.clause == was.clause);
        let now = at.map(|at| left.remove(at));
        tell(Some(was), now);
    }
    for now in left {
        tell(None, Some(now));
    }
    flips
}
