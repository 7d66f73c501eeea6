//! What a supplement says of the phrasebook that it extends: files that begin with
//! `changes = "…"` instead of a name of their own.

use super::clause_draft::{self, ElementDraft, ExampleDraft, OpenDraft};
use super::draft::{self, CHANNELS, Texts, WordingDraft};
use super::fields::{Located, Table};
use super::problem::SourceFile;
use super::rules::{Bilingual, Severity};
use crate::assessment::Verdict;
use crate::conversation::Channel;
use std::sync::Arc;

/// `acts/*.toml` with `changes`.
pub struct ActChange {
    pub file: Arc<SourceFile>,
    pub name: Located<String>,
    pub wordings: Vec<WordingDraft>,
    pub unless: Vec<WordingDraft>,
    /// Wordings that no longer count.
    pub without: Texts,
    pub keep_examples: bool,
    pub says: Vec<String>,
    pub silent: Vec<String>,
    pub todo: Vec<String>,
}

/// Words for a list of the lexicon, `[[lists]]` with `changes`.
pub struct ListChange {
    pub file: Arc<SourceFile>,
    pub name: Located<String>,
    pub words: Texts,
}

/// `clauses/*.toml` with `changes`.
pub struct ClauseChange {
    pub file: Arc<SourceFile>,
    pub id: Located<String>,
    pub channels: Vec<Channel>,
    pub severity: Option<Severity>,
    pub status: Option<&'static str>,
    pub title: Option<Bilingual>,
    pub when: Option<Bilingual>,
    pub say: Option<String>,
    pub back: Option<usize>,
    pub ahead: Option<usize>,
    pub closes: Texts,
    pub opens: Vec<OpenDraft>,
    pub elements: Vec<ElementDraft>,
    pub never: Vec<Verdict>,
    pub keep_examples: bool,
    pub examples: Vec<ExampleDraft>,
}

/// `[[off]]` of `book.toml`: a clause that isn't judged here.
pub struct OffDraft {
    pub clause: Located<String>,
    pub why: Bilingual,
}

/// Whether a file or a list changes what is there already.
pub fn is_change(table: &Table<'_>) -> bool {
    table.has("changes")
}

/// Reads a file of `acts/`.
pub fn act(table: &Table<'_>) -> ActChange {
    ActChange {
        file: Arc::clone(&table.reading.file),
        name: table.required_text("changes"),
        wordings: draft::all_wordings(table),
        unless: draft::look_alikes(table),
        without: table.texts("without"),
        keep_examples: table.flag("keep_examples").unwrap_or(true),
        says: draft::values(table.texts("says")),
        silent: draft::values(table.texts("silent")),
        todo: draft::values(table.texts("todo")),
    }
}

/// Reads one of `[[lists]]`.
pub fn list(table: &Table<'_>) -> ListChange {
    ListChange {
        file: Arc::clone(&table.reading.file),
        name: table.required_text("changes"),
        words: table.texts("words"),
    }
}

/// Reads a file of `clauses/`.
pub fn clause(table: &Table<'_>) -> ClauseChange {
    let occasion = clause_draft::occasion(table);
    let given = |key| table.has(key).then(|| draft::bilingual_field(table, key));
    ClauseChange {
        file: Arc::clone(&table.reading.file),
        id: table.required_text("changes"),
        channels: draft::words(table, "channels", &CHANNELS),
        severity: table.choice("severity", &Severity::ALL),
        status: table.choice("status", &clause_draft::STATUSES),
        title: given("title"),
        when: given("when"),
        say: table.text("say").map(|say| say.value),
        back: occasion.back,
        ahead: occasion.ahead,
        closes: occasion.closes,
        opens: clause_draft::opens(table),
        elements: clause_draft::elements(table),
        never: draft::words(table, "never", &clause_draft::VERDICTS),
        keep_examples: table.flag("keep_examples").unwrap_or(true),
        examples: clause_draft::examples(table),
    }
}

/// Reads `[[off]]`.
pub fn off(table: &Table<'_>) -> Vec<OffDraft> {
    table
        .tables("off")
        .iter()
        .map(|entry| {
            let draft = OffDraft {
                clause: entry.required_text("clause"),
                why: draft::bilingual(entry),
            };
            entry.finish();
            draft
        })
        .collect()
}
