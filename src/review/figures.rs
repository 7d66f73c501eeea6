//! How right the verdicts were, as far as people have looked: precision by clause,
//! agreement, and the words that were taken for what they weren't.

use super::decision::{Choice, Decision};
use crate::assessment::Verdict;
use crate::report::visible::visible;
use crate::report::wire::Clause;
use crate::scoring::agreement::{Confusion, Interval, NONE, share_interval};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A clause of which fewer verdicts than this share were right needs work.
const GOOD: f64 = 0.9;
/// So many must have been overturned before a clause is said to need work.
const FEWEST: usize = 2;
/// The most words that are named of a clause.
const MOST_WORDS: usize = 5;

/// What was decided about a clause's verdicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// They were right.
    pub confirmed: usize,
    /// They were wrong.
    pub overturned: usize,
    /// Nobody could tell.
    pub unsure: usize,
}

impl Tally {
    /// The share of those decided that were right; `None` before any was.
    pub fn precision(&self) -> Option<f64> {
        let decided = self.confirmed + self.overturned;
        (decided > 0).then(|| self.confirmed as f64 / decided as f64)
    }

    /// Where that share lies with 95 % likelihood.
    pub fn interval(&self) -> Interval {
        share_interval(self.confirmed, self.confirmed + self.overturned)
    }
}

/// Words that were found as evidence, and how often that was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The words, as they may be shown.
    pub text: String,
    /// How often a verdict that they proved was overturned.
    pub overturned: usize,
    /// How often one was decided at all.
    pub decided: usize,
}

/// A clause whose wordings somebody should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct NeedsWork {
    /// The clause's id.
    pub clause: String,
    /// What was decided about it.
    pub tally: Tally,
    /// From which verdict to which it was overturned, most often first.
    pub turns: Vec<(String, String, usize)>,
    /// The words that were most often wrong.
    pub words: Vec<Words>,
    /// What staff said where something was found missing and wasn't, and how often.
    pub unheard: Vec<(String, usize)>,
}

/// All figures.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// By clause.
    pub by_clause: BTreeMap<String, Tally>,
    /// Over all clauses.
    pub total: Tally,
    /// What the program said, and what people say.
    pub confusion: Confusion,
    /// What the first and what the next reviewer say of verdicts that several saw.
    pub between: Confusion,
    turns: BTreeMap<String, BTreeMap<(String, String), usize>>,
    words: BTreeMap<String, BTreeMap<String, Words>>,
    unheard: BTreeMap<String, BTreeMap<String, usize>>,
    first: BTreeMap<(String, String), BTreeMap<String, Option<Verdict>>>,
}

impl Figures {
    /// Takes a decision that stands into account, the verdict that it is about, and what
    /// staff said where it arose.
    pub fn add(&mut self, decision: &Decision, judged: Option<&Clause<'_>>, answers: &[String]) {
        let tally = self.by_clause.entry(decision.clause.clone()).or_default();
        for tally in [tally, &mut self.total] {
            match decision.choice {
                Some(Choice::Confirm) => tally.confirmed += 1,
                Some(Choice::Overturn) => tally.overturned += 1,
                Some(Choice::Unsure) => tally.unsure += 1,
                None => {}
            }
        }
        if !matches!(decision.choice, Some(Choice::Confirm | Choice::Overturn)) {
            return;
        }
        let pair = (named(decision.was), named(decision.is));
        *self.confusion.counts.entry(pair.clone()).or_default() += 1;
        if decision.overturns() {
            let turns = self.turns.entry(decision.clause.clone()).or_default();
            *turns.entry(pair).or_default() += 1;
            let was_missing = matches!(decision.was, Some(Verdict::Missed | Verdict::Partial));
            if was_missing && matches!(decision.is, Some(Verdict::Met | Verdict::Partial)) {
                let unheard = self.unheard.entry(decision.clause.clone()).or_default();
                for answer in answers {
                    *unheard.entry(answer.clone()).or_default() += 1;
                }
            }
        }
        let words = self.words.entry(decision.clause.clone()).or_default();
        let mut pieces: Vec<String> = judged
            .into_iter()
            .flat_map(|of| &of.evidence)
            .map(|piece| visible(&piece.text))
            .collect();
        pieces.sort();
        pieces.dedup();
        for text in pieces {
            let entry = words.entry(text.clone()).or_insert(Words {
                text,
                overturned: 0,
                decided: 0,
            });
            entry.decided += 1;
            entry.overturned += usize::from(decision.overturns());
        }
    }

    /// Takes into account what one reviewer says of a verdict that others may have seen,
    /// too: whatever each said last.
    pub fn hear(&mut self, decision: &Decision) {
        if matches!(decision.choice, Some(Choice::Confirm | Choice::Overturn)) {
            let unit = (decision.id.clone(), decision.clause.clone());
            let heard = self.first.entry(unit).or_default();
            heard.insert(decision.reviewer.clone(), decision.is);
        }
    }

    /// Holds what reviewers said against each other, each pair once, by their names.
    pub fn compare_reviewers(&mut self) {
        for heard in std::mem::take(&mut self.first).into_values() {
            let said: Vec<Option<Verdict>> = heard.into_values().collect();
            for (at, one) in said.iter().enumerate() {
                for other in &said[at + 1..] {
                    let pair = (named(*one), named(*other));
                    *self.between.counts.entry(pair).or_default() += 1;
                }
            }
        }
    }

    /// How many pairs of decisions by different people there are on the same verdict.
    pub fn pairs(&self) -> usize {
        self.between.counts.values().sum()
    }

    /// Clauses that need work: the lowest precision first.
    pub fn needs_work(&self) -> Vec<NeedsWork> {
        let is_low = |tally: &Tally| {
            tally.overturned >= FEWEST && tally.precision().is_some_and(|share| share < GOOD)
        };
        let low = self.by_clause.iter().filter(|(_, tally)| is_low(tally));
        let mut clauses: Vec<NeedsWork> = low
            .map(|(clause, tally)| {
                let turns = self.turns.get(clause).into_iter().flatten();
                let mut turns: Vec<(String, String, usize)> = turns
                    .map(|((was, is), count)| (was.clone(), is.clone(), *count))
                    .collect();
                turns.sort_by_key(|(_, _, count)| Reverse(*count));
                let words = self.words.get(clause).into_iter().flatten();
                let wrong = words.filter(|(_, words)| words.overturned > 0);
                let mut words: Vec<Words> = wrong.map(|(_, words)| words.clone()).collect();
                words.sort_by_key(|words| (Reverse(words.overturned), words.decided));
                words.truncate(MOST_WORDS);
                let unheard = self.unheard.get(clause).into_iter().flatten();
                let mut unheard: Vec<(String, usize)> = unheard
                    .map(|(text, count)| (text.clone(), *count))
                    .collect();
                unheard.sort_by_key(|(_, count)| Reverse(*count));
                unheard.truncate(MOST_WORDS);
                NeedsWork {
                    clause: clause.clone(),
                    tally: *tally,
                    turns,
                    words,
                    unheard,
                }
            })
            .collect();
        let precision = |of: &NeedsWork| of.tally.precision().unwrap_or(1.0);
        clauses.sort_by(|a, b| precision(a).total_cmp(&precision(b)));
        clauses
    }
}

fn named(verdict: Option<Verdict>) -> String {
    verdict.map_or(NONE, Verdict::name).to_owned()
}
