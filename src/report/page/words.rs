//! The words of the page, in every language that it can be switched to.

use crate::phrasebook::labels::{Labels, Lang};
use serde::Serialize;
use std::collections::BTreeMap;

/// Tables of the labels from which the page takes words.
const TABLES: [&str; 11] = [
    "page",
    "verdict",
    "severity",
    "channel",
    "role",
    "closeness",
    "by",
    "language",
    "note",
    "undecided",
    "standing",
];

/// By language, then by dotted key.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Words(BTreeMap<&'static str, BTreeMap<String, String>>);

impl Words {
    pub(super) fn new() -> Self {
        let of = |lang| {
            let labels = Labels::builtin(lang);
            let entries = TABLES.into_iter().flat_map(|table| labels.under(table));
            entries
                .map(|(key, words)| (key.to_owned(), words.to_owned()))
                .collect()
        };
        Self(Lang::ALL.map(|lang| (lang.name(), of(lang))).into())
    }
}
