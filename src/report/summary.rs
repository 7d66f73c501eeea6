//! What is kept of many conversations, to tell at the end how each came out and which
//! clauses cost most; [`Terminal::summary`](super::Terminal::summary) sets it.
//!
//! Memory stays the same for a thousand conversations and a million: of many, only
//! the ones with the lowest scores are kept, and counts for each clause.

use super::finding::findings;
use crate::assessment::{Assessment, Verdict};
use crate::conversation::Channel;
use crate::phrasebook::rules::Rules;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

/// The most conversations that are shown.
const MOST_SHOWN: usize = 40;

/// What is kept of the conversations that were judged.
pub struct Summary<'a> {
    rules: &'a Rules,
    rows: Vec<Row>,
    clauses: BTreeMap<String, Counts>,
    pub(super) count: usize,
    pub(super) passed: usize,
    pub(super) vetoed: usize,
    pub(super) scored: usize,
    pub(super) before_in_force: usize,
    pub(super) total: f64,
}

/// How one conversation came out.
pub(super) struct Row {
    place: usize,
    pub(super) id: String,
    pub(super) channel: Option<Channel>,
    pub(super) score: Option<f64>,
    pub(super) vetoed: bool,
    pub(super) before_in_force: bool,
    pub(super) counts: Counts,
    pub(super) findings: Vec<String>,
}

/// How often each verdict was given.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    met: usize,
    pub(super) partial: usize,
    pub(super) missed: usize,
    pub(super) breached: usize,
}

impl Counts {
    fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Met => self.met += 1,
            Verdict::Partial => self.partial += 1,
            Verdict::Missed => self.missed += 1,
            Verdict::Breached => self.breached += 1,
            Verdict::Undecided => {}
        }
    }

    pub(super) fn failed(self) -> usize {
        self.partial + self.missed + self.breached
    }

    pub(super) fn arose(self) -> usize {
        self.met + self.failed()
    }
}

impl<'a> Summary<'a> {
    /// Nothing judged yet; `rules` are those that will judge.
    pub fn new(rules: &'a Rules) -> Self {
        Self {
            rules,
            rows: Vec::new(),
            clauses: BTreeMap::new(),
            count: 0,
            passed: 0,
            vetoed: 0,
            scored: 0,
            before_in_force: 0,
            total: 0.0,
        }
    }

    /// Takes one more conversation into account.
    pub fn add(&mut self, assessment: &Assessment) {
        let mut counts = Counts::default();
        for of in &assessment.verdicts {
            counts.add(of.worst.verdict);
            let clause = self.clauses.entry(of.clause.clone()).or_default();
            clause.add(of.worst.verdict);
        }
        if assessment.vetoed {
            self.vetoed += 1;
        } else if assessment
            .score
            .is_some_and(|score| score >= self.rules.scoring.pass)
        {
            self.passed += 1;
        }
        if let Some(score) = assessment.score {
            self.scored += 1;
            self.total += score;
        }
        self.before_in_force += usize::from(assessment.is_before_in_force());
        let findings = findings(assessment, self.rules);
        self.rows.push(Row {
            place: self.count,
            id: assessment.id.clone(),
            channel: assessment.channel,
            score: assessment.score,
            vetoed: assessment.vetoed,
            before_in_force: assessment.is_before_in_force(),
            counts,
            findings: findings.into_iter().map(|of| of.clause.clone()).collect(),
        });
        self.count += 1;
        if self.rows.len() > 2 * MOST_SHOWN {
            self.rows.sort_by(worse_first);
            self.rows.truncate(MOST_SHOWN);
        }
    }

    /// How many conversations were taken into account.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The rows to show: all in input order, or those with the lowest scores.
    pub(super) fn shown(&self) -> Vec<&Row> {
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        if self.count > MOST_SHOWN {
            rows.sort_by(|a, b| worse_first(a, b));
            rows.truncate(MOST_SHOWN);
        }
        rows
    }

    /// Clauses that cost points: most often first, then in the standard's order.
    pub(super) fn failed_clauses(&self) -> Vec<(&str, Counts)> {
        let place = |id: &str| self.rules.clauses.iter().position(|clause| clause.id == id);
        let mut failed: Vec<(&str, Counts)> = self
            .clauses
            .iter()
            .map(|(id, counts)| (id.as_str(), *counts))
            .filter(|(_, counts)| counts.failed() > 0)
            .collect();
        failed.sort_by_key(|(id, counts)| {
            (Reverse(counts.failed()), place(id).unwrap_or(usize::MAX))
        });
        failed
    }
}

/// Vetoed and low scores first, unscored last, otherwise as they came.
fn worse_first(a: &Row, b: &Row) -> Ordering {
    let score = |row: &Row| row.score.unwrap_or(f64::INFINITY);
    (b.vetoed.cmp(&a.vetoed))
        .then(score(a).total_cmp(&score(b)))
        .then(a.place.cmp(&b.place))
}
