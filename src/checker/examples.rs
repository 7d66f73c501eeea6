//! The tests that a phrasebook carries: a clause's examples, an act's utterances, a
//! guard's cases. Run by `liyan phrasebook test` and by `cargo test` alike.

use super::Checker;
use crate::assessment::Verdict;
use crate::conversation::{Conversation, Role, Turn};
use crate::matching::Scratch;
use crate::phrasebook::rules::{ActId, Clause, Example};
use std::collections::BTreeSet;

/// How one test of the phrasebook came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What it tests: a clause's id, an act's or a guard's name.
    pub subject: String,
    /// The example itself: a line number for a clause, the utterance otherwise.
    pub example: String,
    /// What came out.
    pub got: String,
    /// What should have.
    pub wanted: String,
    /// Why it is known to fail, if it is.
    pub todo: Option<String>,
}

impl Outcome {
    /// Whether what came out is what should have.
    pub fn holds(&self) -> bool {
        self.got == self.wanted
    }

    /// Whether somebody has to act: it fails, or it is marked as failing and holds.
    pub fn is_failure(&self) -> bool {
        self.holds() == self.todo.is_some()
    }
}

/// The talk of an example.
pub(super) fn played(clause: &Clause, example: &Example) -> Conversation {
    let turns = example.turns.iter();
    Conversation {
        id: clause.id.clone(),
        channel: Some(example.channel),
        turns: turns
            .map(|(role, text)| Turn::new(*role, text.clone()))
            .collect(),
        ..Conversation::default()
    }
}

impl Checker {
    /// Runs all tests of the phrasebook, in its own order.
    pub fn run_examples(&self) -> Vec<Outcome> {
        let mut scratch = Scratch::default();
        let mut outcomes = Vec::new();
        for clause in &self.rules.clauses {
            for example in &clause.examples {
                outcomes.push(self.run_example(clause, example, &mut scratch));
            }
        }
        for (index, act) in self.rules.acts.iter().enumerate() {
            let id = ActId(index as u16);
            let lists = [
                (&act.says, true, false),
                (&act.silent, false, false),
                (&act.todo, true, true),
            ];
            for (texts, wanted, todo) in lists {
                for text in texts {
                    let todo = todo.then(String::new);
                    outcomes.push(self.run_utterance(
                        &act.name,
                        id,
                        text,
                        wanted,
                        todo,
                        &mut scratch,
                    ));
                }
            }
        }
        for guard in &self.rules.guards {
            for example in &guard.examples {
                let (act, text) = (example.act, &example.text);
                let outcome =
                    self.run_utterance(&guard.name, act, text, example.counts, None, &mut scratch);
                outcomes.push(outcome);
            }
        }
        outcomes
    }

    fn run_example(&self, clause: &Clause, example: &Example, scratch: &mut Scratch) -> Outcome {
        let assessment = self.check_with(&played(clause, example), scratch);
        let found = assessment
            .verdicts
            .iter()
            .find(|verdict| verdict.clause == clause.id);
        let got = found.map(|verdict| (verdict.worst.verdict, verdict.worst.missing.clone()));
        let wanted = example
            .verdict
            .map(|verdict| (verdict, example.missing.clone()));
        Outcome {
            subject: clause.id.clone(),
            example: self.place(example),
            got: describe(got),
            wanted: describe(wanted),
            todo: example.todo.clone(),
        }
    }

    /// The line of an example; that of a supplement's with the supplement's name.
    fn place(&self, example: &Example) -> String {
        match self.rules.books.get(example.book) {
            Some(book) if example.book > 0 => format!("{}:{}", book.name, example.line),
            _ => example.line.to_string(),
        }
    }

    fn run_utterance(
        &self,
        subject: &str,
        act: ActId,
        text: &str,
        wanted: bool,
        todo: Option<String>,
        scratch: &mut Scratch,
    ) -> Outcome {
        let role = self.rules.acts[act.0 as usize].by.first().copied();
        let conversation = Conversation {
            turns: vec![Turn::new(role.unwrap_or(Role::Staff), text)],
            ..Conversation::default()
        };
        let found = self
            .hits(&conversation, scratch)
            .iter()
            .any(|hit| hit.counts() && hit.act == act);
        let name = &self.rules.acts[act.0 as usize].name;
        let word = |found: bool| {
            if found {
                name.clone()
            } else {
                "silent".to_owned()
            }
        };
        Outcome {
            subject: subject.to_owned(),
            example: text.to_owned(),
            got: word(found),
            wanted: word(wanted),
            todo,
        }
    }
}

/// A verdict with what is missing; of a missed one that is everything anyway.
fn describe(verdict: Option<(Verdict, Vec<String>)>) -> String {
    match verdict {
        None => "silent".to_owned(),
        Some((Verdict::Partial, missing)) => {
            let keys: BTreeSet<String> = missing.into_iter().collect();
            let keys: Vec<String> = keys.into_iter().collect();
            format!("partial ({})", keys.join(", "))
        }
        Some((verdict, _)) => verdict.name().to_owned(),
    }
}
