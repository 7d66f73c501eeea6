//! What changed, as one JSON object for programs.
//!
//! ```json
//! {"v":1,"old":{"phrasebooks":["qinzhou-2014@1.0.0"],"scored":2,"mean":86.5,"passed":2},
//!  "new":{"phrasebooks":["qinzhou-2014@1.1.0"],"scored":2,"mean":84.0,"passed":2},
//!  "both":2,"changed":1,"newly_passed":0,"newly_failed":0,"only_old":[],"only_new":[],
//!  "clauses":{"9.5":{"appeared":0,"vanished":0,"changed":1,"elements":0,"points":0}},
//!  "flips":[{"id":"a01","clause":"9.5","change":"changed",
//!    "old":{"clause":"9.5","verdict":"met",…},"new":{"clause":"9.5","verdict":"partial",…}}],
//!  "scores":[{"id":"a01","old":86.5,"new":84.0}]}
//! ```
//!
//! `old` and `new` of a flip are verdicts as [`crate::report::wire`] writes them, or
//! `null`.

use super::{Change, Diff, DiffReport, Flip, ScoreChange, Total};
use crate::report::json;
use crate::report::wire::Clause;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
struct Told<'a> {
    v: u32,
    old: SideTold<'a>,
    new: SideTold<'a>,
    both: usize,
    changed: usize,
    newly_passed: usize,
    newly_failed: usize,
    only_old: &'a [String],
    only_new: &'a [String],
    clauses: serde_json::Map<String, serde_json::Value>,
    flips: Vec<FlipTold<'a>>,
    scores: Vec<ScoreTold<'a>>,
}

#[derive(Serialize)]
struct SideTold<'a> {
    phrasebooks: &'a BTreeSet<String>,
    scored: usize,
    mean: Option<f64>,
    passed: usize,
}

#[derive(Serialize)]
struct FlipTold<'a> {
    id: &'a str,
    clause: &'a str,
    change: &'static str,
    old: Option<&'a Clause<'static>>,
    new: Option<&'a Clause<'static>>,
}

#[derive(Serialize)]
struct ScoreTold<'a> {
    id: &'a str,
    old: Option<f64>,
    new: Option<f64>,
}

impl<'a> From<&'a Total> for SideTold<'a> {
    fn from(total: &'a Total) -> Self {
        Self {
            phrasebooks: &total.phrasebooks,
            scored: total.scored,
            mean: total.mean(),
            passed: total.passed,
        }
    }
}

impl<'a> From<&'a Flip> for FlipTold<'a> {
    fn from(flip: &'a Flip) -> Self {
        Self {
            id: &flip.id,
            clause: &flip.clause,
            change: flip.change.name(),
            old: flip.old.as_ref(),
            new: flip.new.as_ref(),
        }
    }
}

impl<'a> From<&'a ScoreChange> for ScoreTold<'a> {
    fn from(score: &'a ScoreChange) -> Self {
        Self {
            id: &score.id,
            old: score.old,
            new: score.new,
        }
    }
}

impl DiffReport<'_> {
    /// One JSON object on one line, all flips in it whatever `most` says.
    pub fn json(&self, diff: &Diff) -> String {
        let clauses = diff.by_clause(self.rules).into_iter().map(|(id, counts)| {
            let counts: serde_json::Map<_, _> = Change::ALL
                .into_iter()
                .zip(counts.0)
                .map(|(change, count)| (change.name().to_owned(), count.into()))
                .collect();
            (id.to_owned(), counts.into())
        });
        let told = Told {
            v: 1,
            old: SideTold::from(&diff.totals[0]),
            new: SideTold::from(&diff.totals[1]),
            both: diff.both,
            changed: diff.changed,
            newly_passed: diff.newly.passed,
            newly_failed: diff.newly.failed,
            only_old: &diff.only[0],
            only_new: &diff.only[1],
            clauses: clauses.collect(),
            flips: diff.flips.iter().map(FlipTold::from).collect(),
            scores: diff.scores.iter().map(ScoreTold::from).collect(),
        };
        let mut page = Vec::new();
        json::write(&told, &mut page);
        page.push(b'\n');
        String::from_utf8_lossy(&page).into_owned()
    }
}
