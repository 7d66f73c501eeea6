//! Agreement beyond what chance would give.
//!
//! Every pair of a conversation and a clause is a unit, and each labelling says one of
//! five things of it: one of the verdicts, or nothing.

use super::Label;
use std::collections::{BTreeMap, BTreeSet};

/// What the two labellings say of each unit, counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Confusion {
    /// How often the first said one thing and the second another; `none` is silence.
    pub counts: BTreeMap<(String, String), usize>,
}

/// What silence is called.
pub const NONE: &str = "none";

impl Confusion {
    /// Of `ours` and `theirs`, over `conversations` and `clauses`: a clause of which
    /// neither says anything in a conversation is a unit too.
    pub fn new(
        ours: &[Label],
        theirs: &[Label],
        conversations: &BTreeSet<&str>,
        clauses: &BTreeSet<&str>,
    ) -> Self {
        let index = |labels: &[Label]| -> BTreeMap<(String, String), String> {
            labels
                .iter()
                .map(|label| {
                    let unit = (label.conversation.clone(), label.clause.clone());
                    (unit, label.verdict.clone())
                })
                .collect()
        };
        let (ours, theirs) = (index(ours), index(theirs));
        let mut counts = BTreeMap::new();
        for conversation in conversations {
            for clause in clauses {
                let unit = ((*conversation).to_owned(), (*clause).to_owned());
                let say = |labels: &BTreeMap<(String, String), String>| {
                    labels
                        .get(&unit)
                        .cloned()
                        .unwrap_or_else(|| NONE.to_owned())
                };
                *counts.entry((say(&ours), say(&theirs))).or_default() += 1;
            }
        }
        Self { counts }
    }

    /// All things that were said, silence included.
    pub fn values(&self) -> BTreeSet<&str> {
        self.counts
            .keys()
            .flat_map(|(ours, theirs)| [ours.as_str(), theirs.as_str()])
            .collect()
    }

    fn total(&self) -> f64 {
        self.counts.values().sum::<usize>() as f64
    }

    fn agreed(&self) -> f64 {
        let same = self
            .counts
            .iter()
            .filter(|((ours, theirs), _)| ours == theirs);
        same.map(|(_, count)| count).sum::<usize>() as f64
    }

    /// How often a thing was said by the first and by the second.
    fn said(&self, value: &str) -> (f64, f64) {
        let sum = |of: fn(&(String, String)) -> &String| {
            let those = self.counts.iter().filter(|(pair, _)| of(pair) == value);
            those.map(|(_, count)| count).sum::<usize>() as f64
        };
        (sum(|pair| &pair.0), sum(|pair| &pair.1))
    }

    /// Cohen's kappa; 1 where there is nothing to agree on.
    pub fn kappa(&self) -> f64 {
        let total = self.total();
        if total == 0.0 {
            return 1.0;
        }
        let observed = self.agreed() / total;
        let expected: f64 = self
            .values()
            .into_iter()
            .map(|value| {
                let (ours, theirs) = self.said(value);
                ours / total * theirs / total
            })
            .sum();
        beyond(observed, expected)
    }

    /// Krippendorff's alpha for two coders and nominal values; 1 where there is
    /// nothing to agree on.
    pub fn alpha(&self) -> f64 {
        let values = 2.0 * self.total();
        if values < 2.0 {
            return 1.0;
        }
        let observed = self.agreed() / self.total();
        let expected: f64 = self
            .values()
            .into_iter()
            .map(|value| {
                let (ours, theirs) = self.said(value);
                let said = ours + theirs;
                said * (said - 1.0) / (values * (values - 1.0))
            })
            .sum();
        beyond(observed, expected)
    }
}

fn beyond(observed: f64, expected: f64) -> f64 {
    if expected >= 1.0 {
        return 1.0;
    }
    (observed - expected) / (1.0 - expected)
}

#[cfg(test)]
mod tests {
    use super::Confusion;

    fn confusion(counts: &[(&str, &str, usize)]) -> Confusion {
        Confusion {
            counts: counts
                .iter()
                .map(|(ours, theirs, count)| (((*ours).into(), (*theirs).into()), *count))
                .collect(),
        }
    }

    #[test]
    fn kappa_is_cohens() {
        // The textbook case: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no gives 0.4.
        let table = [
            ("y", "y", 20),
            ("y", "n", 5),
            ("n", "y", 10),
            ("n", "n", 15),
        ];
        assert!((confusion(&table).kappa() - 0.4).abs() < 1e-9);
    }

    #[test]
    fn alpha_is_krippendorffs() {
        // Ten units, two coders, binary: the textbook gives 0.095.
        let table = [("0", "0", 5), ("1", "1", 1), ("0", "1", 2), ("1", "0", 2)];
        assert!((confusion(&table).alpha() - 0.095).abs() < 1e-3);
    }

    #[test]
    fn nothing_to_agree_on_is_agreement() {
        assert_eq!(confusion(&[]).kappa(), 1.0);
        assert_eq!(confusion(&[("met", "met", 3)]).kappa(), 1.0);
    }
}
