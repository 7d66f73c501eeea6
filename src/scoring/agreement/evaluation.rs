//! Everything that is said of how far two labellings agree.

use super::{Agreement, Confusion, Figure, Interval, Label, f1_interval, measure};
use std::collections::BTreeSet;

/// Two labellings, compared in every way.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// How many conversations were compared.
    pub conversations: usize,
    /// Counts, overall and by clause.
    pub agreement: Agreement,
    /// 95 % intervals of the F1 figures: strict, raised, problem, breached.
    pub intervals: [Interval; 4],
    /// What each said of each pair of conversation and clause.
    pub confusion: Confusion,
}

impl Evaluation {
    /// Compares `ours` with `theirs`. `conversations` are all that were looked at, those
    /// without a single label included.
    pub fn new(ours: &[Label], theirs: &[Label], conversations: &[String]) -> Self {
        let all: BTreeSet<&str> = conversations.iter().map(String::as_str).collect();
        let clauses: BTreeSet<&str> = ours
            .iter()
            .chain(theirs)
            .map(|label| label.clause.as_str())
            .collect();
        let interval = |figure| f1_interval(ours, theirs, figure);
        Self {
            conversations: all.len(),
            agreement: measure(ours, theirs),
            intervals: [
                interval(Figure::Strict),
                interval(Figure::Raised),
                interval(Figure::Problem),
                interval(Figure::Breached),
            ],
            confusion: Confusion::new(ours, theirs, &all, &clauses),
        }
    }
}
