//! How things are called, in the language of the report.

use crate::phrasebook::labels::Labels;
use crate::phrasebook::rules::{Rules, Severity};
use crate::report::finding::what_to_say;
use crate::report::visible::visible;
use crate::report::wire::{Clause as Verdict, Line, Remark};
use std::borrow::Cow;

/// The names of clauses and the words for codes.
#[derive(Clone, Copy)]
pub struct Naming<'a> {
    /// Where clauses have their names.
    pub rules: &'a Rules,
    /// The words.
    pub labels: &'a Labels,
}

impl<'a> Naming<'a> {
    /// The names that `rules` give and the words of `labels`.
    pub fn new(rules: &'a Rules, labels: &'a Labels) -> Self {
        Self { rules, labels }
    }

    /// The words for a code, `verdict` and `met`; the code itself where there are none.
    pub fn word<'b>(&'b self, table: &str, code: &'b str) -> Cow<'b, str> {
        match self.labels.find(&format!("{table}.{code}")) {
            Some(word) => Cow::from(word),
            None => Cow::from(visible(code)),
        }
    }

    /// The heading of a column.
    pub fn heading(&self, key: &str) -> &str {
        self.labels
            .find(&format!("column.{key}"))
            .unwrap_or_default()
    }

    /// A clause's title.
    pub fn title(&self, clause: &str) -> &'a str {
        let clause = self.rules.clause(clause);
        clause.map_or("", |clause| self.labels.choose(&clause.title))
    }

    /// How grave a clause is; nothing for one that isn't known here.
    pub fn severity(&self, clause: &str) -> &str {
        let severity = self.rules.clause(clause).map(|clause| clause.severity);
        let name = severity.and_then(|severity| {
            let mut all = Severity::ALL.into_iter();
            all.find(|(_, other)| *other == severity)
        });
        name.and_then(|(name, _)| self.labels.find(&format!("severity.{name}")))
            .unwrap_or_default()
    }

    /// How a conversation came out: passed, failed, vetoed, no score.
    pub fn result(&self, line: &Line<'_>) -> &str {
        self.labels
            .find(outcome(line, self.rules.scoring.pass))
            .unwrap_or_default()
    }

    /// What wasn't said of a clause, in the clause's words.
    pub fn missing(&self, of: &Verdict<'_>) -> String {
        let clause = self.rules.clause(&of.clause);
        let known = |key: &str| {
            let mut elements = clause.map_or(&[][..], |clause| &clause.elements).iter();
            elements.find(|element| element.key == key)
        };
        let means: Vec<Cow<'_, str>> = of
            .missing
            .iter()
            .map(|key| match known(key) {
                Some(element) => Cow::from(self.labels.choose(&element.means)),
                None => Cow::from(visible(key)),
            })
            .collect();
        means.join(self.labels.get("layout.apart"))
    }

    /// What the standard would have said.
    pub fn say(&self, of: &Verdict<'_>) -> String {
        let Some(clause) = self.rules.clause(&of.clause) else {
            return String::new();
        };
        what_to_say(clause, &of.missing).join(" ")
    }

    /// What a reader should know about the input.
    pub fn notes(&self, line: &Line<'_>) -> String {
        let notes: Vec<String> = line.notes.iter().map(|note| self.note(note)).collect();
        notes.join(self.labels.get("layout.apart"))
    }

    fn note(&self, note: &Remark<'_>) -> String {
        let table = match &*note.kind {
            "other-language" => "language",
            "channel-inferred" => "channel",
            _ => "",
        };
        let detail = match self.labels.find(&format!("{table}.{}", note.detail)) {
            Some(word) => word.to_owned(),
            None => visible(&note.detail),
        };
        let key = format!("note.{}", note.kind);
        let told = match self.labels.find(&key) {
            Some(_) => self.labels.fill(&key, &[("detail", detail)]),
            None => visible(&note.kind),
        };
        match note.turn {
            Some(turn) => {
                let turn = self.labels.fill("unit.turn", &[("turn", turn.to_string())]);
                self.labels
                    .fill("report.at-turn", &[("turn", turn), ("text", told)])
            }
            None => told,
        }
    }
}

/// The label for how a conversation came out.
pub fn outcome(line: &Line<'_>, pass: f64) -> &'static str {
    match line.score {
        _ if line.vetoed => "report.vetoed",
        None => "report.no-score",
        Some(score) if score >= pass => "report.pass",
        Some(_) => "report.fail",
    }
}
