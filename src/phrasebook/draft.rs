//! A phrasebook as it is written: each kind of file read into a draft in which
//! names are still names. [`super::compile`] resolves them.

use super::fields::{Entry, Located, Table};
use super::problem::SourceFile;
use super::rules::{At, Bilingual, GuardPlace, SentenceEnd};
use crate::assessment::Closeness;
use crate::conversation::{Channel, Role};
use std::sync::Arc;

pub(super) type Texts = Vec<Located<String>>;

/// `acts/*.toml`
pub struct ActDraft {
    pub file: Arc<SourceFile>,
    pub name: Located<String>,
    pub means: Bilingual,
    pub by: Vec<Role>,
    pub exclusive: bool,
    pub anyone: bool,
    pub whole_turn: bool,
    pub guards: Option<Texts>,
    pub sound: Option<bool>,
    pub wordings: Vec<WordingDraft>,
    pub unless: Vec<WordingDraft>,
    pub says: Vec<String>,
    pub silent: Vec<String>,
    pub todo: Vec<String>,
}

/// A wording with its conditions.
pub struct WordingDraft {
    pub file: Arc<SourceFile>,
    pub notation: Located<String>,
    pub closeness: Closeness,
    pub edges: Option<Edges>,
    pub sound: Option<bool>,
    pub at: At,
    pub ends: Option<SentenceEnd>,
}

/// What a wording says of its edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edges {
    /// They must be edges of words.
    Word,
    /// They may lie in a word, although it is a single character.
    Any,
}

/// `guards/*.toml`
pub struct GuardDraft {
    pub file: Arc<SourceFile>,
    pub name: Located<String>,
    pub means: Bilingual,
    pub place: GuardPlace,
    pub reach: usize,
    pub quotes: bool,
    pub acts: Texts,
    pub wordings: Vec<WordingDraft>,
    pub examples: Vec<(String, Located<String>, bool)>,
}

/// A list of `lexicon/*.toml`
pub struct ListDraft {
    pub file: Arc<SourceFile>,
    pub name: Located<String>,
    /// Each with the file that it stands in: a supplement may add some.
    pub words: Vec<(Arc<SourceFile>, Located<String>)>,
}

/// A flag of `state/*.toml`
pub struct FlagDraft {
    pub file: Arc<SourceFile>,
    pub name: Located<String>,
    pub means: Bilingual,
    pub on: Texts,
    pub off: Texts,
    pub requires: Texts,
    pub with: Texts,
    pub without: Texts,
    pub channels: Vec<Channel>,
    pub lasts: Option<usize>,
    pub away: bool,
}

pub(super) const ROLES: [(&str, Role); 5] = [
    ("staff", Role::Staff),
    ("client", Role::Client),
    ("other", Role::Other),
    ("scene", Role::Scene),
    ("unknown", Role::Unknown),
];

pub(super) const CHANNELS: [(&str, Channel); 3] = [
    ("counter", Channel::Counter),
    ("phone_in", Channel::PhoneIn),
    ("phone_out", Channel::PhoneOut),
];

/// The two languages of a text, as the fields `zh` and `en`.
pub fn bilingual(table: &Table<'_>) -> Bilingual {
    Bilingual {
        zh: table.required_text("zh").value,
        en: table.required_text("en").value,
    }
}

pub(super) fn bilingual_field(table: &Table<'_>, key: &'static str) -> Bilingual {
    let Some(inner) = table.table(key) else {
        table.required_text(key);
        return Bilingual::default();
    };
    let text = bilingual(&inner);
    inner.finish();
    text
}

pub(super) fn words<T: Copy>(table: &Table<'_>, key: &'static str, known: &[(&str, T)]) -> Vec<T> {
    table
        .texts(key)
        .into_iter()
        .filter_map(|word| {
            let found = known.iter().find(|(name, _)| *name == word.value);
            if found.is_none() {
                let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
                table.reading.problem(
                    "unknown-value",
                    word.at,
                    vec![
                        ("field", key.to_owned()),
                        ("found", word.value),
                        ("known", names.join(", ")),
                    ],
                );
            }
            found.map(|(_, value)| *value)
        })
        .collect()
}

pub(super) fn values(texts: Texts) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

fn wordings(table: &Table<'_>, key: &'static str, closeness: Closeness) -> Vec<WordingDraft> {
    table
        .texts_or_tables(key)
        .into_iter()
        .map(|entry| match entry {
            Entry::Text(notation) => WordingDraft {
                file: Arc::clone(&table.reading.file),
                notation,
                closeness,
                edges: None,
                sound: None,
                at: At::Anywhere,
                ends: None,
            },
            Entry::Table(entry) => {
                let draft = WordingDraft {
                    file: Arc::clone(&table.reading.file),
                    notation: entry.required_text("text"),
                    closeness,
                    edges: entry.choice("edges", &[("word", Edges::Word), ("any", Edges::Any)]),
                    sound: entry.flag("sound"),
                    at: entry
                        .choice(
                            "at",
                            &[
                                ("turn-start", At::TurnStart),
                                ("turn-end", At::TurnEnd),
                                ("turn", At::Turn),
                                ("segment-start", At::SegmentStart),
                                ("segment-end", At::SegmentEnd),
                                ("segment", At::Segment),
                            ],
                        )
                        .unwrap_or_default(),
                    ends: entry.choice(
                        "ends",
                        &[
                            ("question", SentenceEnd::Question),
                            ("statement", SentenceEnd::Statement),
                        ],
                    ),
                };
                entry.finish();
                draft
            }
        })
        .collect()
}

/// The wordings of an act, by how close they are to the standard's words.
pub(super) fn all_wordings(table: &Table<'_>) -> Vec<WordingDraft> {
    let mut all = wordings(table, "verbatim", Closeness::Verbatim);
    all.extend(wordings(table, "equivalent", Closeness::Equivalent));
    all.extend(wordings(table, "informal", Closeness::Informal));
    all
}

/// What only looks like the act.
pub(super) fn look_alikes(table: &Table<'_>) -> Vec<WordingDraft> {
    wordings(table, "unless", Closeness::Equivalent)
}

/// Reads a file of `acts/`.
pub fn act(table: &Table<'_>) -> ActDraft {
    ActDraft {
        file: Arc::clone(&table.reading.file),
        name: table.required_text("act"),
        means: bilingual(table),
        by: words(table, "by", &ROLES),
        exclusive: table.flag("exclusive").unwrap_or(false),
        anyone: table.flag("anyone").unwrap_or(false),
        whole_turn: table.flag("whole_turn").unwrap_or(false),
        guards: table.has("guards").then(|| table.texts("guards")),
        sound: table.flag("sound"),
        wordings: all_wordings(table),
        unless: look_alikes(table),
        says: values(table.texts("says")),
        silent: values(table.texts("silent")),
        todo: values(table.texts("todo")),
    }
}

/// Reads a file of `guards/`.
pub fn guard(table: &Table<'_>) -> GuardDraft {
    let examples = table
        .tables("examples")
        .into_iter()
        .map(|example| {
            let draft = (
                example.required_text("text").value,
                example.required_text("act"),
                example.flag("counts").unwrap_or(false),
            );
            example.finish();
            draft
        })
        .collect();
    GuardDraft {
        file: Arc::clone(&table.reading.file),
        name: table.required_text("guard"),
        means: bilingual(table),
        place: table
            .choice(
                "place",
                &[
                    ("before", GuardPlace::Before),
                    ("after", GuardPlace::After),
                    ("over", GuardPlace::Over),
                    ("turn", GuardPlace::Turn),
                ],
            )
            .unwrap_or(GuardPlace::Before),
        reach: table.number("reach", 0..41).unwrap_or(0) as usize,
        quotes: table.flag("quotes").unwrap_or(false),
        acts: table.texts("acts"),
        wordings: wordings(table, "wordings", Closeness::Equivalent),
        examples,
    }
}

/// Reads one of the `[[lists]]` in a file of `lexicon/`.
pub fn list(table: &Table<'_>) -> ListDraft {
    let file = &table.reading.file;
    ListDraft {
        file: Arc::clone(file),
        name: table.required_text("name"),
        words: table
            .texts("words")
            .into_iter()
            .map(|word| (Arc::clone(file), word))
            .collect(),
    }
}

/// Reads a file of `state/`.
pub fn flags(table: &Table<'_>) -> Vec<FlagDraft> {
    table
        .tables("flags")
        .into_iter()
        .map(|flag| {
            let draft = FlagDraft {
                file: Arc::clone(&table.reading.file),
                name: flag.required_text("flag"),
                means: bilingual(&flag),
                on: flag.texts("on"),
                off: flag.texts("off"),
                requires: flag.texts("requires"),
                with: flag.texts("with"),
                without: flag.texts("without"),
                channels: words(&flag, "channels", &CHANNELS),
                lasts: flag.number("lasts", 0..1000).map(|turns| turns as usize),
                away: flag.flag("away").unwrap_or(false),
            };
            flag.finish();
            draft
        })
        .collect()
}
