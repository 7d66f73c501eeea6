//! What comes back in a sheet: decisions, and rows that none can be made of.
//!
//! ```text
//! Grid ─► answers ─► Wanted ◄─ see every assessment once
//!                      └─► decisions, and a problem for each faulty row
//! ```
//!
//! A faulty row is told with its sheet and number and costs no other.

use super::decision::{Appeal, Choice, Decision};
use super::grid::Grid;
use super::sheet::{List, NOT_ARISEN, Vocabulary, key};
use crate::assessment::Verdict;
use crate::phrasebook::labels::Labels;
use crate::phrasebook::rules::{Kind, Rules};
use crate::report::visible::visible;
use crate::report::wire::{Clause, Line, Said};
use std::collections::{BTreeMap, BTreeSet};

/// From the turn that raised a verdict on, so many are looked at for an answer.
const ANSWERS: usize = 4;

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowPlace {
    /// The file, as the user named it.
    pub file: String,
    /// The worksheet; empty for CSV.
    pub sheet: String,
    /// The row, from 1.
    pub row: u64,
}

/// A row that no decision can be made of. The sentences are in the labels under `input.`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// Where it stands; row 0 is the sheet as a whole.
    pub place: RowPlace,
    /// What is wrong.
    pub code: &'static str,
    /// What the sentence about it has to name.
    pub params: Vec<(&'static str, String)>,
}

/// A row that somebody filled in, its words not yet understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Answer {
    key: String,
    clause: String,
    verdict: String,
    phrasebook: String,
    decision: String,
    corrected: String,
    comment: String,
    reviewer: String,
    appeal: String,
}

impl Answer {
    /// Whether the reviewer has said nothing of it.
    fn is_blank(&self) -> bool {
        self.decision.is_empty() && self.corrected.is_empty() && self.appeal.is_empty()
    }
}

/// What was looked up of the assessments for the rows at hand.
struct Seen {
    id: String,
    phrasebook: String,
    verdicts: Vec<Clause<'static>>,
    turns: Vec<Said<'static>>,
}

/// The rows at hand, and the conversations that they speak of.
#[derive(Default)]
pub struct Wanted {
    words: Vocabulary,
    answers: Vec<(RowPlace, Answer)>,
    /// By the id in the form in which sheets show it.
    seen: BTreeMap<String, Option<Seen>>,
    /// Rows that nobody has filled in yet.
    pub blank: usize,
    /// What was wrong with rows.
    pub problems: Vec<RowProblem>,
}

impl Wanted {
    /// Takes the rows of a file's tables. A worksheet without the headings of a review
    /// sheet is passed over, as long as another one has them.
    pub fn take(&mut self, file: &str, grids: &[Grid]) {
        let mut is_any = false;
        for grid in grids {
            is_any |= self.take_grid(file, grid);
        }
        if !is_any {
            self.problems.push(RowProblem {
                place: RowPlace {
                    file: file.to_owned(),
                    sheet: String::new(),
                    row: 0,
                },
                code: "no-review-columns",
                params: Vec::new(),
            });
        }
    }

    fn take_grid(&mut self, file: &str, grid: &Grid) -> bool {
        let Some(((_, headings), rows)) = grid.rows.split_first() else {
            return false;
        };
        let columns: Vec<Option<&'static str>> = headings
            .iter()
            .map(|heading| self.words.column(heading))
            .collect();
        let has = |key: &str| columns.contains(&Some(key));
        if !has("decision") || !(has("key") || (has("id") && has("clause"))) {
            return false;
        }
        for (number, cells) in rows {
            let cell = |key: &str| {
                let at = columns.iter().position(|column| *column == Some(key));
                let cell = at.and_then(|at| cells.get(at));
                cell.map_or(String::new(), |cell| cell.trim().to_owned())
            };
            let clause = cell("clause");
            let answer = Answer {
                key: match cell("key") {
                    own if !own.is_empty() => own,
                    _ => key(&cell("id"), &clause),
                },
                clause,
                verdict: cell("verdict"),
                phrasebook: cell("phrasebook"),
                decision: cell("decision"),
                corrected: cell("corrected"),
                comment: cell("comment"),
                reviewer: cell("reviewer"),
                appeal: cell("appeal"),
            };
            if answer.is_blank() {
                self.blank += 1;
                continue;
            }
            let (id, _) = parts(&answer.key);
            self.seen.entry(id.to_owned()).or_default();
            let place = RowPlace {
                file: file.to_owned(),
                sheet: grid.name.clone(),
                row: *number,
            };
            self.answers.push((place, answer));
        }
        true
    }

    /// Also wants the conversation with this id, for a decision that is known already.
    pub fn want(&mut self, id: &str) {
        self.seen.entry(visible(id)).or_default();
    }

    /// Looks at an assessment. Of two conversations with one id, the first is kept.
    pub fn see(&mut self, line: &Line<'static>) {
        if let Some(slot @ None) = self.seen.get_mut(&visible(&line.id)) {
            *slot = Some(Seen {
                id: line.id.to_string(),
                phrasebook: line.phrasebook.to_string(),
                verdicts: line.verdicts.clone(),
                turns: line.turns.clone().unwrap_or_default(),
            });
        }
    }

    /// The verdict on a clause in a conversation that was seen, as it was judged.
    pub fn verdict(&self, id: &str, clause: &str) -> Option<&Clause<'static>> {
        let seen = self.seen.get(&visible(id))?.as_ref()?;
        seen.verdicts.iter().find(|of| of.clause == clause)
    }

    /// What staff said where a verdict arose, as far as the assessment carries the talk:
    /// where something was said after all, there it is.
    pub fn answers(&self, id: &str, clause: &str) -> Vec<String> {
        let seen = self.seen.get(&visible(id)).and_then(Option::as_ref);
        let trigger = self.verdict(id, clause).map(|of| of.trigger);
        let Some((seen, trigger)) = seen.zip(trigger) else {
            return Vec::new();
        };
        let turns = seen.turns.iter().skip(trigger).take(ANSWERS);
        let staff = turns.filter(|turn| turn.role == "staff");
        staff.map(|turn| visible(&turn.text)).collect()
    }

    /// Whether a conversation was seen.
    pub fn has_seen(&self, id: &str) -> bool {
        matches!(self.seen.get(&visible(id)), Some(Some(_)))
    }

    /// The decisions, in the order of their rows. What is wrong with others is added to
    /// `problems`.
    pub fn decide(&mut self, rules: &Rules, labels: &Labels) -> Vec<(RowPlace, Decision)> {
        let mut decisions = Vec::new();
        let mut once = BTreeSet::new();
        for (place, answer) in std::mem::take(&mut self.answers) {
            match self.decision(&answer, rules, labels) {
                Ok(decision) => {
                    let who = (answer.key.clone(), decision.reviewer.clone());
                    if once.insert((place.file.clone(), who)) {
                        decisions.push((place, decision));
                    } else {
                        let params = vec![("name", answer.key)];
                        self.fault(place, ("decided-twice", params));
                    }
                }
                Err(fault) => self.fault(place, fault),
            }
        }
        decisions
    }

    fn fault(&mut self, place: RowPlace, (code, params): Fault) {
        self.problems.push(RowProblem {
            place,
            code,
            params,
        });
    }

    fn decision(&self, answer: &Answer, rules: &Rules, labels: &Labels) -> Result<Decision, Fault> {
        let name = || ("name", answer.key.clone());
        let (id, shown) = parts(&answer.key);
        let seen = self.seen.get(id).and_then(Option::as_ref);
        let seen = seen.ok_or_else(|| ("unknown-conversation", vec![("name", id.to_owned())]))?;
        let clause = rules
            .clauses
            .iter()
            .find(|clause| visible(&clause.id) == shown)
            .ok_or_else(|| ("unknown-finding", vec![name()]))?;
        let books = || {
            vec![
                ("found", seen.phrasebook.clone()),
                ("known", rules.identity()),
            ]
        };
        if seen.phrasebook != rules.identity() {
            return Err(("other-phrasebook", books()));
        }
        if !answer.phrasebook.is_empty() && answer.phrasebook != visible(&seen.phrasebook) {
            let mut params = books();
            params[1].1.clone_from(&answer.phrasebook);
            return Err(("drawn-from-other", params));
        }
        let judged = seen.verdicts.iter().find(|of| of.clause == clause.id);
        let was = judged.and_then(|of| Verdict::from_name(&of.verdict));
        if let Some(shown) = self.words.verdict(&answer.verdict)
            && Some(shown) != was
        {
            return Err(("other-verdict", vec![name()]));
        }
        let choice = self.coded(answer, "decision", List::Decision, labels)?;
        let appeal = self.coded(answer, "appeal", List::Appeal, labels)?;
        let corrected = self.coded(answer, "corrected", List::Corrected, labels)?;
        let appeal = Appeal::ALL
            .into_iter()
            .find(|(code, _)| Some(*code) == appeal)
            .map(|(_, appeal)| appeal);
        let choice = Choice::ALL
            .into_iter()
            .find(|(code, _)| Some(*code) == choice)
            .map(|(_, choice)| choice);
        let choice = agreed(choice, appeal).map_err(|code| (code, vec![name()]))?;
        let is =
            outcome(choice, was, corrected, clause.kind).map_err(|code| (code, vec![name()]))?;
        Ok(Decision {
            id: seen.id.clone(),
            clause: clause.id.clone(),
            phrasebook: seen.phrasebook.clone(),
            was,
            choice,
            is,
            reviewer: answer.reviewer.clone(),
            comment: answer.comment.clone(),
            appeal,
        })
    }

    /// The code of a cell that is filled in.
    fn coded(
        &self,
        answer: &Answer,
        column: &str,
        list: List,
        labels: &Labels,
    ) -> Result<Option<&'static str>, Fault> {
        let (cell, code) = match list {
            List::Decision => (&answer.decision, "unknown-decision"),
            List::Corrected => (&answer.corrected, "unknown-verdict"),
            List::Appeal => (&answer.appeal, "unknown-appeal"),
        };
        if cell.is_empty() {
            return Ok(None);
        }
        match self.words.code(list, cell) {
            Some(known) => Ok(Some(known)),
            None => {
                let field = labels.get(&format!("column.{column}")).to_owned();
                let params = vec![
                    ("found", cell.clone()),
                    ("field", field),
                    ("known", list.known(labels)),
                ];
                Err((code, params))
            }
        }
    }
}

/// What is wrong with a row: the code, and what its sentence names.
type Fault = (&'static str, Vec<(&'static str, String)>);

/// The conversation and the clause of a key.
fn parts(key: &str) -> (&str, &str) {
    key.rsplit_once('#').unwrap_or((key, ""))
}

/// The decision, where an appeal may be one.
fn agreed(choice: Option<Choice>, appeal: Option<Appeal>) -> Result<Option<Choice>, &'static str> {
    match (choice, appeal) {
        (Some(Choice::Confirm), Some(Appeal::Upheld))
        | (Some(Choice::Overturn), Some(Appeal::Rejected)) => Err("contradiction"),
        (None | Some(Choice::Unsure), Some(Appeal::Upheld)) => Ok(Some(Choice::Overturn)),
        (None | Some(Choice::Unsure), Some(Appeal::Rejected)) => Ok(Some(Choice::Confirm)),
        (None, None) => Err("no-decision"),
        (choice, _) => Ok(choice),
    }
}

/// What the verdict is after the decision. An overturned finding without another verdict
/// falls: what was asked for was said, what is forbidden wasn't.
fn outcome(
    choice: Option<Choice>,
    was: Option<Verdict>,
    corrected: Option<&str>,
    kind: Kind,
) -> Result<Option<Verdict>, &'static str> {
    let corrected = corrected.map(|code| match code {
        NOT_ARISEN => None,
        code => Verdict::from_name(code),
    });
    if choice != Some(Choice::Overturn) {
        return match corrected {
            Some(other) if other != was => Err("contradiction"),
            _ => Ok(was),
        };
    }
    let is = match (corrected, was, kind) {
        (Some(corrected), ..) => corrected,
        (None, Some(Verdict::Breached), _) => None,
        (None, Some(Verdict::Partial | Verdict::Missed), _) => Some(Verdict::Met),
        (None, ..) => return Err("needs-verdict"),
    };
    let fits = match kind {
        Kind::Obligation => is != Some(Verdict::Breached),
        Kind::Prohibition => matches!(is, None | Some(Verdict::Breached)),
    };
    match (fits, is == was) {
        (false, _) => Err("wrong-verdict"),
        (_, true) => Err("contradiction"),
        _ => Ok(is),
    }
}
