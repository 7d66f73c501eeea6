//! How sure a figure is: intervals by the bootstrap.
//!
//! Conversations are drawn again and again from those at hand, with putting back, and
//! the figure is measured on each draw. The middle 95 % of what comes out is the
//! interval. Conversations, not labels, are drawn, since the labels of one hang together.

use super::{Counts, Label, count};
use std::collections::BTreeMap;

/// A figure's 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// 2.5 % of the draws lie below.
    pub low: f64,
    /// 2.5 % of the draws lie above.
    pub high: f64,
}

/// How often is drawn. Enough for the second decimal, and done in a blink.
const DRAWS: usize = 1_000;

/// What may be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Conversation, clause and verdict.
    Strict,
    /// Conversation and clause.
    Raised,
    /// Strict, over the verdicts that cost points.
    Problem,
    /// Strict, over breaches.
    Breached,
}

impl Figure {
    fn key(self, label: &Label) -> Option<(&str, &str)> {
        let costs = matches!(label.verdict.as_str(), "partial" | "missed" | "breached");
        match self {
            Figure::Strict => Some((&label.clause, &label.verdict)),
            Figure::Raised => Some((&label.clause, "")),
            Figure::Problem => costs.then_some((&label.clause, &label.verdict)),
            Figure::Breached => (label.verdict == "breached").then_some((&label.clause, "")),
        }
    }
}

/// The interval of a figure's F1. The same labels give the same interval.
pub fn f1_interval(ours: &[Label], theirs: &[Label], figure: Figure) -> Interval {
    let mut by_conversation: BTreeMap<&str, (Vec<Label>, Vec<Label>)> = BTreeMap::new();
    for label in ours {
        let entry = by_conversation.entry(&label.conversation).or_default();
        entry.0.push(label.clone());
    }
    for label in theirs {
        let entry = by_conversation.entry(&label.conversation).or_default();
        entry.1.push(label.clone());
    }
    let counts: Vec<Counts> = by_conversation
        .values()
        .map(|(ours, theirs)| count(ours, theirs, |label| figure.key(label)))
        .collect();
    if counts.is_empty() {
        return Interval {
            low: 1.0,
            high: 1.0,
        };
    }
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut figures: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let mut sum = Counts::default();
            for _ in 0..counts.len() {
                // Xorshift: reproducible, and good enough to draw with.
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                sum.add(counts[(state % counts.len() as u64) as usize]);
            }
            sum.f1()
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    Interval {
        low: figures[DRAWS / 40],
        high: figures[DRAWS - 1 - DRAWS / 40],
    }
}

/// The 95 % interval of a share, `part` of `whole`, by Wilson's formula: it stays within
/// 0 and 1 and holds for small numbers. Of nothing nothing is known.
pub fn share_interval(part: usize, whole: usize) -> Interval {
    if whole == 0 {
        return Interval {
            low: 0.0,
            high: 1.0,
        };
    }
    const Z: f64 = 1.959_964;
    let (part, whole) = (part as f64, whole as f64);
    let share = part / whole;
    let scale = 1.0 + Z * Z / whole;
    let middle = (share + Z * Z / (2.0 * whole)) / scale;
    let reach = Z / scale * (share * (1.0 - share) / whole + Z * Z / (4.0 * whole * whole)).sqrt();
    Interval {
        low: (middle - reach).max(0.0),
        high: (middle + reach).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::{Figure, f1_interval, share_interval};
    use crate::scoring::agreement::Label;

    #[test]
    fn lies_around_the_figure() {
        let label = |conversation: usize, verdict: &str| Label {
            conversation: conversation.to_string(),
            clause: "9.1".into(),
            verdict: verdict.into(),
            missing: Vec::new(),
        };
        let theirs: Vec<Label> = (0..100).map(|of| label(of, "met")).collect();
        let ours: Vec<Label> = (0..100)
            .map(|of| label(of, if of % 10 == 0 { "partial" } else { "met" }))
            .collect();
        let interval = f1_interval(&ours, &theirs, Figure::Strict);
        assert!(interval.low < 0.9 && 0.9 < interval.high, "{interval:?}");
        assert!(interval.low > 0.8 && interval.high < 0.98, "{interval:?}");
        let same = f1_interval(&theirs, &theirs, Figure::Strict);
        assert_eq!((same.low, same.high), (1.0, 1.0));
    }

    #[test]
    fn shares_are_wilsons() {
        // From the textbook's table for 95 %.
        let cases = [
            (0, 10, 0.0, 0.2775),
            (10, 10, 0.7225, 1.0),
            (5, 10, 0.2366, 0.7634),
            (81, 263, 0.2553, 0.3662),
            (0, 0, 0.0, 1.0),
        ];
        for (part, whole, low, high) in cases {
            let interval = share_interval(part, whole);
            assert!(
                (interval.low - low).abs() < 1e-4,
                "{part}/{whole} {interval:?}"
            );
            assert!(
                (interval.high - high).abs() < 1e-4,
                "{part}/{whole} {interval:?}"
            );
        }
    }
}
