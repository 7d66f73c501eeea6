//! What the standard asks, as far as a reader of the page needs it.

use crate::phrasebook::rules::{Bilingual, Clause, Kind, Rules, Severity};
use serde::Serialize;

/// The standard.
#[derive(Serialize)]
pub(super) struct Standard<'a> {
    identity: String,
    title: Text<'a>,
    in_force: Option<String>,
    start: f64,
    floor: f64,
    ceiling: f64,
    pass: f64,
    courtesy: Vec<&'a str>,
    clauses: Vec<Asked<'a>>,
}

/// A text in both languages.
#[derive(Serialize)]
struct Text<'a> {
    zh: &'a str,
    en: &'a str,
}

/// A clause.
#[derive(Serialize)]
struct Asked<'a> {
    id: &'a str,
    article: u16,
    heading: Option<Text<'a>>,
    title: Text<'a>,
    when: Text<'a>,
    kind: &'static str,
    severity: &'static str,
    points: f64,
    say: Option<&'a str>,
    elements: Vec<Part<'a>>,
}

/// An element of a clause.
#[derive(Serialize)]
struct Part<'a> {
    key: &'a str,
    means: Text<'a>,
    say: Option<&'a str>,
}

impl<'a> Standard<'a> {
    pub(super) fn new(rules: &'a Rules) -> Self {
        let scoring = &rules.scoring;
        Self {
            identity: rules.identity(),
            title: Text::new(rules.title()),
            in_force: rules.in_force.map(|day| day.to_string()),
            start: scoring.start,
            floor: scoring.floor,
            ceiling: scoring.ceiling,
            pass: scoring.pass,
            courtesy: rules
                .courtesy_words
                .iter()
                .map(|(word, _)| word.as_str())
                .collect(),
            clauses: rules
                .clauses
                .iter()
                .map(|clause| Asked::new(rules, clause))
                .collect(),
        }
    }
}

impl<'a> Text<'a> {
    fn new(text: &'a Bilingual) -> Self {
        Self {
            zh: &text.zh,
            en: &text.en,
        }
    }
}

impl<'a> Asked<'a> {
    fn new(rules: &'a Rules, clause: &'a Clause) -> Self {
        let article = rules
            .articles
            .iter()
            .find(|article| article.number == clause.article);
        let points = rules.scoring.points.get(&clause.severity);
        Self {
            id: &clause.id,
            article: clause.article,
            heading: article.map(|article| Text::new(&article.title)),
            title: Text::new(&clause.title),
            when: Text::new(&clause.when),
            kind: match clause.kind {
                Kind::Obligation => "obligation",
                Kind::Prohibition => "prohibition",
            },
            severity: Severity::ALL
                .iter()
                .find(|(_, severity)| *severity == clause.severity)
                .map_or("", |(name, _)| name),
            points: points.copied().unwrap_or(0.0),
            say: clause.say.as_deref(),
            elements: clause
                .elements
                .iter()
                .map(|element| Part {
                    key: &element.key,
                    means: Text::new(&element.means),
                    say: element.say.as_deref(),
                })
                .collect(),
        }
    }
}
