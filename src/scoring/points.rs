//! From verdicts to a score: start, minus points by severity, within floor and
//! ceiling; a critical breach overrides all of it.

use crate::assessment::{ClauseVerdict, Verdict};
use crate::phrasebook::rules::{Clause, Rules};

/// A conversation's score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// `None` where no clause could be judged.
    pub value: Option<f64>,
    /// Whether a critical breach overrides the points.
    pub vetoed: bool,
}

/// Fills in the points of each verdict and adds them up.
pub fn score(rules: &Rules, verdicts: &mut [ClauseVerdict]) -> Score {
    let scoring = &rules.scoring;
    let mut total = scoring.start;
    let mut judged = false;
    let mut vetoed = false;
    for verdict in verdicts {
        let Some(clause) = rules.clause(&verdict.clause) else {
            continue;
        };
        judged |= verdict.worst.verdict != Verdict::Undecided;
        let full = scoring.points.get(&clause.severity).copied().unwrap_or(0.0);
        verdict.points = -full * share(clause, verdict);
        // A zero with a minus sign is written as -0.0.
        if verdict.points == 0.0 {
            verdict.points = 0.0;
        }
        total += verdict.points;
        vetoed |=
            verdict.worst.verdict == Verdict::Breached && scoring.veto.contains(&clause.severity);
    }
    let value = if vetoed {
        scoring.vetoed
    } else {
        total.clamp(scoring.floor, scoring.ceiling)
    };
    Score {
        value: judged.then_some(value),
        vetoed,
    }
}

/// The share of a clause's points that its verdict costs: a partial one costs what
/// is missing of it.
fn share(clause: &Clause, verdict: &ClauseVerdict) -> f64 {
    match verdict.worst.verdict {
        Verdict::Met | Verdict::Undecided => 0.0,
        Verdict::Missed | Verdict::Breached => 1.0,
        Verdict::Partial => {
            verdict.worst.missing.len() as f64 / clause.elements.len().max(1) as f64
        }
    }
}
