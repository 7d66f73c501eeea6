//! Decisions put into effect: lines with other verdicts, points and scores.

use super::decision::{Appeal, Choice, Decision};
use crate::assessment::Verdict;
use crate::phrasebook::rules::Rules;
use crate::report::wire::{Clause, Line, Remark};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The kind of the note that an overturned verdict leaves on its conversation.
pub const NOTE: &str = "overturned";

/// The decisions that stand, by conversation and clause.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    by_verdict: BTreeMap<(String, String), Decision>,
}

impl Standing {
    /// Takes a decision that was made after those before. One that settles nothing
    /// leaves what was settled; where it stands with the appeal is kept in any case.
    pub fn take(&mut self, mut decision: Decision) {
        let unit = (decision.id.clone(), decision.clause.clone());
        let settles = matches!(decision.choice, Some(Choice::Confirm | Choice::Overturn));
        match self.by_verdict.get_mut(&unit) {
            Some(standing) if !settles => {
                standing.appeal = decision.appeal.or(standing.appeal);
            }
            standing => {
                // An appeal stays open until somebody says what became of it.
                let open = standing.and_then(|standing| standing.appeal);
                let open = open.filter(|appeal| *appeal == Appeal::Open);
                decision.appeal = decision.appeal.or(open);
                self.by_verdict.insert(unit, decision);
            }
        }
    }

    /// All of them, by conversation and clause.
    pub fn all(&self) -> impl Iterator<Item = &Decision> {
        self.by_verdict.values()
    }

    /// How many appeals stand so: open, upheld, rejected.
    pub fn appeals(&self) -> [usize; 3] {
        let mut counts = [0; 3];
        for appeal in self.all().filter_map(|decision| decision.appeal) {
            counts[appeal as usize] += 1;
        }
        counts
    }

    /// Decisions on which an appeal is open.
    pub fn open_appeals(&self) -> impl Iterator<Item = &Decision> {
        let is_open = |decision: &&Decision| decision.appeal == Some(Appeal::Open);
        self.all().filter(is_open)
    }
}

/// Corrects lines and keeps count of what became of their scores.
pub struct Reviewed<'a> {
    rules: &'a Rules,
    standing: &'a Standing,
    /// How many conversations came by.
    pub conversations: usize,
    /// How many of them have another verdict now.
    pub corrected: usize,
    /// How many pass now and didn't before, and how many did and don't.
    pub newly: [usize; 2],
    /// The sums of the scores before and now, over conversations with a score.
    pub sums: [f64; 2],
    /// How many have a score.
    pub scored: usize,
}

impl<'a> Reviewed<'a> {
    /// By the decisions that stand.
    pub fn new(rules: &'a Rules, standing: &'a Standing) -> Self {
        Self {
            rules,
            standing,
            conversations: 0,
            corrected: 0,
            newly: [0; 2],
            sums: [0.0; 2],
            scored: 0,
        }
    }

    /// Puts the decisions about a conversation into effect. A line that is judged by
    /// another phrasebook stays as it is.
    pub fn correct(&mut self, line: &mut Line<'static>) {
        self.conversations += 1;
        let before = (line.score, line.vetoed);
        let mut changed = false;
        if line.phrasebook == self.rules.identity() {
            let id = line.id.to_string();
            let of_line = (id.clone(), String::new())..;
            let standing = self.standing.by_verdict.range(of_line);
            for ((_, clause), decision) in standing.take_while(|((of, _), _)| *of == id) {
                if decision.overturns() {
                    changed |= self.overturn(line, clause, decision);
                }
            }
        }
        if changed {
            self.corrected += 1;
            self.rescore(line);
        }
        let passes = |(score, vetoed): (Option<f64>, bool)| {
            !vetoed && score.is_some_and(|score| score >= self.rules.scoring.pass)
        };
        let now = (line.score, line.vetoed);
        self.newly[0] += usize::from(!passes(before) && passes(now));
        self.newly[1] += usize::from(passes(before) && !passes(now));
        if let (Some(old), Some(new)) = (before.0, now.0) {
            self.scored += 1;
            self.sums[0] += old;
            self.sums[1] += new;
        }
    }

    fn overturn(&self, line: &mut Line<'static>, clause: &str, decision: &Decision) -> bool {
        let at = line.verdicts.iter().position(|of| of.clause == clause);
        let was = at.map(|at| line.verdicts[at].verdict.to_string());
        if was.as_deref() != decision.was.map(Verdict::name) {
            return false;
        }
        let turn = at.map(|at| line.verdicts[at].trigger);
        match (decision.is, at) {
            (None, Some(at)) => {
                line.verdicts.remove(at);
            }
            (None, None) => {}
            (Some(is), Some(at)) => self.put(&mut line.verdicts[at], is),
            (Some(is), None) => {
                let mut of = Clause {
                    clause: Cow::from(clause.to_owned()),
                    verdict: Cow::from(""),
                    trigger: 0,
                    missing: Vec::new(),
                    wording: None,
                    points: 0.0,
                    evidence: Vec::new(),
                    occasions: Vec::new(),
                    from: self.origin(clause),
                };
                self.put(&mut of, is);
                let place = |id: &str| self.rules.clauses.iter().position(|of| of.id == id);
                let own = place(clause);
                let at = line.verdicts.partition_point(|of| place(&of.clause) < own);
                line.verdicts.insert(at, of);
            }
        }
        let name = |verdict: Option<&str>| verdict.unwrap_or("none").to_owned();
        line.notes.push(Remark {
            turn,
            kind: Cow::from(NOTE),
            detail: Cow::from(format!(
                "{clause} {} → {}",
                name(was.as_deref()),
                name(decision.is.map(Verdict::name))
            )),
        });
        true
    }

    fn origin(&self, clause: &str) -> Option<Cow<'static, str>> {
        let origin = self.rules.origin(self.rules.clause(clause)?)?;
        Some(Cow::from(origin.book.identity()))
    }

    /// Another verdict and its points. Which elements are missing of a partial one the
    /// sheet doesn't tell; half of the clause's points stand for them.
    fn put(&self, of: &mut Clause<'static>, is: Verdict) {
        let clause = self.rules.clause(&of.clause);
        let full = clause.and_then(|clause| self.rules.scoring.points.get(&clause.severity));
        let full = full.copied().unwrap_or(0.0);
        of.verdict = Cow::from(is.name());
        of.points = match is {
            Verdict::Met | Verdict::Undecided => 0.0,
            Verdict::Partial => -full / 2.0,
            Verdict::Missed | Verdict::Breached => -full,
        } + 0.0;
        of.missing = match (is, clause) {
            (Verdict::Missed, Some(clause)) => {
                let keys = clause.elements.iter().map(|element| &element.key);
                keys.map(|key| Cow::from(key.clone())).collect()
            }
            _ => Vec::new(),
        };
    }

    fn rescore(&self, line: &mut Line<'static>) {
        let scoring = &self.rules.scoring;
        let judged = line.verdicts.iter().any(|of| of.verdict != "undecided");
        let total: f64 = line.verdicts.iter().map(|of| of.points).sum();
        line.vetoed = line.verdicts.iter().any(|of| {
            let clause = self.rules.clause(&of.clause);
            let is_critical = clause.is_some_and(|clause| scoring.veto.contains(&clause.severity));
            is_critical && of.verdict == "breached"
        });
        let score = match line.vetoed {
            true => scoring.vetoed,
            false => (scoring.start + total).clamp(scoring.floor, scoring.ceiling),
        };
        line.score = judged.then_some((score * 10.0).round() / 10.0);
    }
}
