//! How far two labellings of the same conversations agree.
//!
//! Strict: the same conversation, clause and verdict. Raised: the same
//! conversation and clause, whatever the verdict. Problem: strict, over the
//! verdicts that cost points alone.

mod chance;
mod evaluation;
mod interval;

pub use chance::{Confusion, NONE};
pub use evaluation::Evaluation;
pub use interval::{Figure, Interval, f1_interval, share_interval};

use std::collections::{BTreeMap, BTreeSet};

/// A verdict on a clause in a conversation, as far as agreement goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The conversation's id.
    pub conversation: String,
    /// The clause's id.
    pub clause: String,
    /// The verdict's name.
    pub verdict: String,
    /// Keys of the missing elements, sorted.
    pub missing: Vec<String>,
}

/// How well whole days were cut into visits, and what becomes of the verdicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaysCut {
    /// What was known of the days: a name among labels.
    pub known: &'static str,
    /// How many days there were.
    pub days: usize,
    /// Beginnings of visits, the first of a day left out.
    pub cuts: Counts,
    /// Verdicts on visits that were cut where they end.
    pub by_hand: Counts,
    /// Verdicts on visits that were cut where they seem to end.
    pub found: Counts,
}

/// Hits and misses of one labelling against another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In both.
    pub both: usize,
    /// Only in what is measured.
    pub extra: usize,
    /// Only in what it is measured against.
    pub lacking: usize,
}

impl Counts {
    /// The share of what is measured that is right; 1 where there is nothing.
    pub fn precision(&self) -> f64 {
        ratio(self.both, self.both + self.extra)
    }

    /// The share of what there is that was found; 1 where there is nothing.
    pub fn recall(&self) -> f64 {
        ratio(self.both, self.both + self.lacking)
    }

    /// The harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.both, 2 * self.both + self.extra + self.lacking)
    }

    /// Counts those of another measurement in.
    pub fn add(&mut self, other: Counts) {
        self.both += other.both;
        self.extra += other.extra;
        self.lacking += other.lacking;
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    match whole {
        0 => 1.0,
        _ => part as f64 / whole as f64,
    }
}

/// How far two labellings agree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// Over all clauses.
    pub strict: Counts,
    /// Whether the clause arose.
    pub raised: Counts,
    /// Over partial, missed and breached alone.
    pub problem: Counts,
    /// Over breached alone.
    pub breached: Counts,
    /// Strict, by clause.
    pub by_clause: BTreeMap<String, Counts>,
    /// Raised, by clause.
    pub raised_by_clause: BTreeMap<String, Counts>,
    /// Of the verdicts in both that name missing elements, how many name the same.
    pub exact_missing: (usize, usize),
}

impl Agreement {
    /// The mean of the clauses' strict F1.
    pub fn mean_over_clauses(&self) -> f64 {
        let sum: f64 = self.by_clause.values().map(Counts::f1).sum();
        match self.by_clause.len() {
            0 => 1.0,
            clauses => sum / clauses as f64,
        }
    }
}

/// Measures `ours` against `theirs`.
pub fn measure(ours: &[Label], theirs: &[Label]) -> Agreement {
    let mut agreement = Agreement::default();
    let clauses: BTreeSet<&str> = ours
        .iter()
        .chain(theirs)
        .map(|label| label.clause.as_str())
        .collect();
    for clause in clauses {
        let of_clause = |labels: &[Label]| -> Vec<Label> {
            labels
                .iter()
                .filter(|label| label.clause == clause)
                .cloned()
                .collect()
        };
        let (ours, theirs) = (of_clause(ours), of_clause(theirs));
        let strict = count(&ours, &theirs, |label| {
            Some((&label.conversation, Some(&label.verdict)))
        });
        let raised = count(&ours, &theirs, |label| Some(&label.conversation));
        agreement.strict.add(strict);
        agreement.raised.add(raised);
        agreement.problem.add(count(&ours, &theirs, |label| {
            let costs = matches!(label.verdict.as_str(), "partial" | "missed" | "breached");
            costs.then_some((&label.conversation, Some(&label.verdict)))
        }));
        agreement.breached.add(count(&ours, &theirs, |label| {
            (label.verdict == "breached").then_some(&label.conversation)
        }));
        agreement.by_clause.insert(clause.to_owned(), strict);
        agreement.raised_by_clause.insert(clause.to_owned(), raised);
        let partial = |label: &&Label| label.verdict == "partial";
        for our in ours.iter().filter(partial) {
            let same = theirs
                .iter()
                .filter(partial)
                .find(|their| their.conversation == our.conversation);
            if let Some(their) = same {
                agreement.exact_missing.1 += 1;
                agreement.exact_missing.0 += usize::from(our.missing == their.missing);
            }
        }
    }
    agreement
}

fn count<'a, K: Ord>(
    ours: &'a [Label],
    theirs: &'a [Label],
    key: impl Fn(&'a Label) -> Option<K>,
) -> Counts {
    let ours: BTreeSet<K> = ours.iter().filter_map(&key).collect();
    let theirs: BTreeSet<K> = theirs.iter().filter_map(&key).collect();
    let both = ours.intersection(&theirs).count();
    Counts {
        both,
        extra: ours.len() - both,
        lacking: theirs.len() - both,
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, Label, measure};

    fn label(conversation: &str, clause: &str, verdict: &str) -> Label {
        Label {
            conversation: conversation.into(),
            clause: clause.into(),
            verdict: verdict.into(),
            missing: Vec::new(),
        }
    }

    #[test]
    fn counts_by_conversation_clause_and_verdict() {
        let ours = [
            label("a", "9.1", "met"),
            label("a", "9.5", "partial"),
            label("b", "16", "breached"),
        ];
        let theirs = [
            label("a", "9.1", "met"),
            label("a", "9.5", "missed"),
            label("c", "9.1", "met"),
        ];
        let agreement = measure(&ours, &theirs);
        let counts = |both, extra, lacking| Counts {
            both,
            extra,
            lacking,
        };
        assert_eq!(agreement.strict, counts(1, 2, 2));
        assert_eq!(agreement.raised, counts(2, 1, 1));
        assert_eq!(agreement.problem, counts(0, 2, 1));
        assert_eq!(agreement.breached, counts(0, 1, 0));
        assert_eq!(agreement.strict.f1(), 1.0 / 3.0);
    }
}
