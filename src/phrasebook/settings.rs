//! The files of which a phrasebook has one each: what it is called, what verdicts
//! are worth, which clause yields to which, and what the articles are.

use super::changes::{self, OffDraft};
use super::draft;
use super::fields::{Located, Table};
use super::problem::SourceFile;
use super::rules::{Article, Bilingual, Scoring, Severity};
use crate::conversation::Channel;
use crate::moment::Moment;
use crate::text::FoldingSpec;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many of the staff's first turns make up the opening, unless `book.toml` says
/// otherwise.
pub(super) const OPENING: usize = 2;
/// How many turns make up the close, unless `book.toml` says otherwise.
pub(super) const CLOSE: usize = 3;
/// How likely it is, unless `roles.toml` says otherwise, that turns alternate.
pub(super) const ALTERNATE: f64 = 0.9;
/// How sure roles must be, unless `roles.toml` says otherwise.
pub(super) const CONFIDENCE: f64 = 0.9;
/// The sum of weights that tells roles, unless `roles.toml` says otherwise.
pub(super) const LEAST_SIGNS: f64 = 6.0;

/// Within how many days a complaint is to be reported back on, unless `scoring.toml`
/// says otherwise.
const DAYS: i64 = 15;

pub(super) struct BookDraft {
    pub file: Arc<SourceFile>,
    pub name: String,
    pub version: String,
    pub title: Bilingual,
    pub in_force: Option<Located<Date>>,
    pub opening: Option<usize>,
    pub close: Option<usize>,
    pub off: Vec<OffDraft>,
    pub languages: Vec<String>,
    pub folding: FoldingSpec,
    pub readings: Vec<(char, String)>,
    pub courtesy: Vec<(String, Located<String>)>,
    pub channels: Vec<(Channel, Vec<Located<String>>)>,
}

pub(super) struct YieldDraft {
    pub clause: Located<String>,
    pub to: Vec<Located<String>>,
    pub turns: usize,
    pub why: Bilingual,
}

pub(super) fn book(table: &Table<'_>) -> BookDraft {
    let folding = table.table("folding");
    let texts = |key| {
        folding
            .as_ref()
            .map(|folding| folding.texts(key))
            .unwrap_or_default()
    };
    let fillers = texts("fillers")
        .into_iter()
        .map(|text| text.value)
        .collect();
    let stutters = texts("stutters")
        .into_iter()
        .flat_map(|text| text.value.chars().collect::<Vec<_>>())
        .collect();
    let pairs = |key| {
        let inner = folding.as_ref().and_then(|folding| folding.table(key));
        inner.map(|inner| free_pairs(&inner)).unwrap_or_default()
    };
    let variants = pairs("variants")
        .into_iter()
        .filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?)))
        .collect();
    let readings = pairs("readings")
        .into_iter()
        .filter_map(|(of, reading)| Some((of.chars().next()?, reading)))
        .collect();
    if let Some(folding) = folding {
        folding.finish();
    }
    let title = table.table("title").map(|title| {
        let text = draft::bilingual(&title);
        title.finish();
        text
    });
    let courtesy = table
        .tables("courtesy")
        .into_iter()
        .map(|word| {
            let pair = (word.required_text("word").value, word.required_text("act"));
            word.finish();
            pair
        })
        .collect();
    let mut channels = Vec::new();
    if let Some(signs) = table.table("channels") {
        for (key, channel) in [
            ("phone_in", Channel::PhoneIn),
            ("phone_out", Channel::PhoneOut),
            ("counter", Channel::Counter),
        ] {
            channels.push((channel, signs.texts(key)));
        }
        signs.finish();
    }
    BookDraft {
        file: Arc::clone(&table.reading.file),
        name: table.required_text("name").value,
        version: table.required_text("version").value,
        title: title.unwrap_or_default(),
        in_force: date(table, "in_force"),
        opening: table.number("opening", 1..100).map(|turns| turns as usize),
        close: table.number("close", 1..100).map(|turns| turns as usize),
        // Without something to extend there is nothing to switch off.
        off: match table.text("extends") {
            Some(_) => changes::off(table),
            None => Vec::new(),
        },
        languages: table
            .texts("languages")
            .into_iter()
            .map(|code| code.value)
            .collect(),
        folding: FoldingSpec {
            fillers,
            stutters,
            variants,
        },
        readings,
        courtesy,
        channels,
    }
}

/// A day, in whatever form it is written.
fn date(table: &Table<'_>, key: &'static str) -> Option<Located<Date>> {
    let text = table.date(key)?;
    let Located { value, at } = text;
    match Moment::read(&value) {
        Some(moment) => Some(Located {
            value: moment.day,
            at,
        }),
        None => {
            let found = vec![("found", value)];
            table.reading.problem("unknown-date", at, found);
            None
        }
    }
}

/// `[["嘅", "的"], …]` can't be told from a typo; a list of `{ from, to }` can.
fn free_pairs(table: &Table<'_>) -> Vec<(String, String)> {
    table
        .tables("pairs")
        .into_iter()
        .map(|pair| {
            let both = (
                pair.required_text("of").value,
                pair.required_text("is").value,
            );
            pair.finish();
            both
        })
        .collect()
}

/// Reads `scoring.toml`; what it doesn't say stays as it was `before`, in the phrasebook
/// that is extended. How complaints are followed has clauses to be looked up.
pub(super) fn scoring(
    table: &Table<'_>,
    before: Option<Scoring>,
) -> (Scoring, Option<FollowDraft>) {
    let before = before.unwrap_or_else(|| Scoring {
        start: 100.0,
        floor: 0.0,
        ceiling: 100.0,
        pass: 60.0,
        points: BTreeMap::new(),
        veto: Vec::new(),
        vetoed: 0.0,
        complaints: None,
    });
    let mut points = before.points;
    if let Some(inner) = table.table("points") {
        for (name, severity) in Severity::ALL {
            if let Some(value) = inner.decimal(name) {
                points.insert(severity, value);
            }
        }
        inner.finish();
    }
    let severity = |word: Located<String>| {
        let known = Severity::ALL.into_iter();
        let mut same = known.filter(|(name, _)| *name == word.value);
        same.next().map(|(_, severity)| severity)
    };
    let veto = match table.has("veto") {
        true => table
            .texts("veto")
            .into_iter()
            .filter_map(severity)
            .collect(),
        false => before.veto,
    };
    let number = |key, before| table.decimal(key).unwrap_or(before);
    let scoring = Scoring {
        start: number("start", before.start),
        floor: number("floor", before.floor),
        ceiling: number("ceiling", before.ceiling),
        pass: number("pass", before.pass),
        points,
        veto,
        vetoed: number("vetoed", before.vetoed),
        complaints: None,
    };
    (
        scoring,
        table.table("complaints").map(|table| follow(&table)),
    )
}

/// How complaints are followed, before clauses are looked up.
pub(super) struct FollowDraft {
    pub file: Arc<SourceFile>,
    pub raised: Vec<Located<String>>,
    pub answered: Vec<Located<String>>,
    pub days: u32,
}

fn follow(table: &Table<'_>) -> FollowDraft {
    let draft = FollowDraft {
        file: Arc::clone(&table.reading.file),
        raised: table.texts("raised"),
        answered: table.texts("answered"),
        days: table.number("days", 1..3661).unwrap_or(DAYS) as u32,
    };
    table.finish();
    draft
}

/// `roles.toml` before its acts are looked up.
pub(super) struct RolesDraft {
    pub file: Arc<SourceFile>,
    pub signs: Vec<(Located<String>, f64)>,
    pub words: Vec<(String, f64)>,
    pub lean: Option<f64>,
    pub alternate: Option<f64>,
    pub least: Option<f64>,
    pub confidence: Option<f64>,
}

pub(super) fn roles(table: &Table<'_>) -> RolesDraft {
    let signs = table
        .tables("signs")
        .into_iter()
        .map(|sign| {
            let read = (
                sign.required_text("act"),
                sign.decimal("weight").unwrap_or(0.0),
            );
            sign.finish();
            read
        })
        .collect();
    let mut words = Vec::new();
    for group in table.tables("words") {
        let weight = group.decimal("weight").unwrap_or(0.0);
        words.extend(
            group
                .texts("words")
                .into_iter()
                .map(|word| (word.value, weight)),
        );
        group.finish();
    }
    RolesDraft {
        file: Arc::clone(&table.reading.file),
        signs,
        words,
        lean: table.decimal("lean"),
        alternate: table.decimal("alternate").map(|of| of.clamp(0.01, 0.99)),
        least: table.decimal("least").map(|of| of.max(0.1)),
        confidence: table.decimal("confidence"),
    }
}

pub(super) fn yields(table: &Table<'_>) -> Vec<YieldDraft> {
    table
        .tables("yields")
        .into_iter()
        .map(|draft| {
            let read = YieldDraft {
                clause: draft.required_text("clause"),
                to: draft.texts("to"),
                turns: draft.number("turns", 0..1000).unwrap_or(2) as usize,
                why: draft::bilingual(&draft),
            };
            draft.finish();
            read
        })
        .collect()
}

/// Reads `articles.toml`. What it says of an article that is there `below`, in the
/// phrasebook that is extended, comes on top of it.
pub(super) fn articles(table: &Table<'_>, below: Vec<Article>) -> Vec<Article> {
    let mut articles = below;
    let known = articles.len();
    for draft in table.tables("articles") {
        let number = draft.number("article", 1..1000).unwrap_or(0) as u16;
        let why = draft.table("why").map(|why| {
            let text = draft::bilingual(&why);
            why.finish();
            text
        });
        let clauses = draft.texts("clauses").into_iter().map(|id| id.value);
        let there = articles[..known].iter_mut().find(|of| of.number == number);
        match there {
            Some(article) => {
                if draft.has("zh") || draft.has("en") {
                    article.title = draft::bilingual(&draft);
                }
                article.clauses.extend(clauses);
                article.why = why.or(article.why.take());
            }
            None => articles.push(Article {
                number,
                title: draft::bilingual(&draft),
                clauses: clauses.collect(),
                why,
            }),
        }
        draft.finish();
    }
    articles
}
