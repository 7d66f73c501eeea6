//! A file of `clauses/` as it is written.

use super::draft::{CHANNELS, ROLES, Texts, bilingual, bilingual_field, words};
use super::fields::{Located, Table};
use super::problem::SourceFile;
use super::rules::{Bilingual, Form, Kind, Names, Severity};
use crate::assessment::Verdict;
use crate::conversation::{Channel, Role};
use std::ops::Range;
use std::sync::Arc;

/// Verdicts that a clause can give.
pub(super) const VERDICTS: [(&str, Verdict); 4] = [
    ("met", Verdict::Met),
    ("partial", Verdict::Partial),
    ("missed", Verdict::Missed),
    ("breached", Verdict::Breached),
];

/// How settled a clause is.
pub(super) const STATUSES: [(&str, &str); 3] =
    [("draft", "draft"), ("trial", "trial"), ("stable", "stable")];

/// `clauses/*.toml`
pub struct ClauseDraft {
    pub file: Arc<SourceFile>,
    /// Which phrasebook of the chain has it, and which last changed it.
    pub book: usize,
    pub changed: Option<usize>,
    pub id: Located<String>,
    pub article: u16,
    pub kind: Kind,
    pub form: Form,
    pub channels: Vec<Channel>,
    pub severity: Severity,
    pub status: String,
    pub since: String,
    pub title: Bilingual,
    pub when: Bilingual,
    pub say: Option<String>,
    pub opens: Vec<OpenDraft>,
    pub back: usize,
    pub ahead: usize,
    pub closes: Texts,
    pub elements: Vec<ElementDraft>,
    pub never: Vec<Verdict>,
    pub examples: Vec<ExampleDraft>,
}

/// `[[opens]]` of a clause.
pub struct OpenDraft {
    pub acts: Texts,
    pub always: bool,
    pub close: bool,
    pub with: Texts,
    pub without: Texts,
    pub after: Vec<NearbyDraft>,
    pub not_after: Vec<NearbyDraft>,
    pub then: Vec<NearbyDraft>,
    pub not_then: Vec<NearbyDraft>,
    pub while_flags: Texts,
    pub unless_flags: Texts,
    pub names: Names,
}

/// `{ acts = [...], turns = n }`
pub struct NearbyDraft {
    pub acts: Texts,
    pub turns: usize,
}

/// `[[elements]]` of a clause.
pub struct ElementDraft {
    pub key: Located<String>,
    pub means: Bilingual,
    pub acts: Texts,
    pub form: Option<Form>,
    pub ahead: Option<usize>,
    pub before: Option<Role>,
    pub strictly_after: bool,
    pub with: Texts,
    pub without: Texts,
    pub while_flags: Texts,
    pub say: Option<String>,
}

/// `[[examples]]` of a clause.
pub struct ExampleDraft {
    pub at: Range<usize>,
    pub channel: Option<Channel>,
    pub turns: Vec<(Role, String)>,
    pub verdict: Option<Verdict>,
    pub missing: Texts,
    pub todo: Option<String>,
}

/// `[occasion]` of a clause, as far as it is given.
#[derive(Default)]
pub(super) struct OccasionDraft {
    pub back: Option<usize>,
    pub ahead: Option<usize>,
    pub closes: Texts,
}

pub(super) fn occasion(table: &Table<'_>) -> OccasionDraft {
    let Some(occasion) = table.table("occasion") else {
        return OccasionDraft::default();
    };
    let number = |key| Some(occasion.number(key, 0..1000)? as usize);
    let draft = OccasionDraft {
        back: number("back"),
        ahead: number("ahead"),
        closes: occasion.texts("closes"),
    };
    occasion.finish();
    draft
}

pub(super) fn opens(table: &Table<'_>) -> Vec<OpenDraft> {
    table.tables("opens").iter().map(open).collect()
}

pub(super) fn elements(table: &Table<'_>) -> Vec<ElementDraft> {
    table.tables("elements").iter().map(element).collect()
}

pub(super) fn examples(table: &Table<'_>) -> Vec<ExampleDraft> {
    table.tables("examples").iter().map(example).collect()
}

/// Reads a file of `clauses/`.
pub fn clause(table: &Table<'_>) -> ClauseDraft {
    let form = table.choice("form", &Form::ALL).unwrap_or(Form::Response);
    let occasion = occasion(table);
    ClauseDraft {
        file: Arc::clone(&table.reading.file),
        book: 0,
        changed: None,
        id: table.required_text("id"),
        article: table.number("article", 1..1000).unwrap_or(0) as u16,
        kind: table
            .choice(
                "kind",
                &[
                    ("obligation", Kind::Obligation),
                    ("prohibition", Kind::Prohibition),
                ],
            )
            .unwrap_or(Kind::Obligation),
        form,
        channels: words(table, "channels", &CHANNELS),
        severity: table
            .choice("severity", &Severity::ALL)
            .unwrap_or(Severity::Normal),
        status: table
            .choice("status", &STATUSES)
            .unwrap_or("draft")
            .to_owned(),
        since: table.required_text("since").value,
        title: bilingual_field(table, "title"),
        when: bilingual_field(table, "when"),
        say: table.text("say").map(|say| say.value),
        opens: opens(table),
        back: occasion.back.unwrap_or(0),
        ahead: occasion.ahead.unwrap_or(3),
        closes: occasion.closes,
        never: words(table, "never", &VERDICTS),
        elements: elements(table),
        examples: examples(table),
    }
}

fn open(table: &Table<'_>) -> OpenDraft {
    let draft = OpenDraft {
        acts: table.texts("act"),
        always: table.flag("always").unwrap_or(false),
        close: table.flag("close").unwrap_or(false),
        with: table.texts("with"),
        without: table.texts("without"),
        after: nearby(table, "after"),
        not_after: nearby(table, "not_after"),
        then: nearby(table, "then"),
        not_then: nearby(table, "not_then"),
        while_flags: table.texts("while"),
        unless_flags: table.texts("unless"),
        names: table
            .choice(
                "names",
                &[
                    ("own", Names::Own),
                    ("asked", Names::Asked),
                    ("then", Names::Then),
                    ("after", Names::After),
                ],
            )
            .unwrap_or_default(),
    };
    table.finish();
    draft
}

/// One condition as a table, or several as a list of tables.
fn nearby(table: &Table<'_>, key: &'static str) -> Vec<NearbyDraft> {
    table
        .table_or_tables(key)
        .iter()
        .map(|inner| {
            let draft = NearbyDraft {
                acts: inner.texts("acts"),
                turns: inner.number("turns", 0..10_000).unwrap_or(1) as usize,
            };
            inner.finish();
            draft
        })
        .collect()
}

fn element(table: &Table<'_>) -> ElementDraft {
    let draft = ElementDraft {
        key: table.required_text("key"),
        means: bilingual(table),
        acts: table.texts("acts"),
        form: table.choice("form", &Form::ALL),
        ahead: table.number("ahead", 0..1000).map(|turns| turns as usize),
        before: table.choice("before", &ROLES),
        strictly_after: table.flag("strictly_after").unwrap_or(false),
        with: table.texts("with"),
        without: table.texts("without"),
        while_flags: table.texts("while"),
        say: table.text("say").map(|say| say.value),
    };
    table.finish();
    draft
}

fn example(table: &Table<'_>) -> ExampleDraft {
    let turns = table.required_text("turns");
    let mut read = Vec::new();
    for line in turns
        .value
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let role = match line.get(..2) {
            Some("S ") => Role::Staff,
            Some("C ") => Role::Client,
            Some("O ") => Role::Other,
            Some("# ") => Role::Scene,
            Some("? ") => Role::Unknown,
            _ => {
                table.reading.problem(
                    "example-turn",
                    turns.at.clone(),
                    vec![("line", line.to_owned())],
                );
                continue;
            }
        };
        read.push((role, line[2..].trim().to_owned()));
    }
    let verdict = table.choice(
        "verdict",
        &[
            ("met", Some(Verdict::Met)),
            ("partial", Some(Verdict::Partial)),
            ("missed", Some(Verdict::Missed)),
            ("breached", Some(Verdict::Breached)),
            ("undecided", Some(Verdict::Undecided)),
            ("silent", None),
        ],
    );
    let draft = ExampleDraft {
        at: table.at.clone(),
        channel: table.choice("channel", &CHANNELS),
        turns: read,
        verdict: verdict.flatten(),
        missing: table.texts("missing"),
        todo: table.text("todo").map(|why| why.value),
    };
    table.finish();
    draft
}
