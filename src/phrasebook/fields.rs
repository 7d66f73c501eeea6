//! Reading TOML tables field by field, so that every fault of a file is found at
//! once and each one knows its place.
//!
//! A derive would stop at the first fault. Here each getter notes what is wrong
//! and goes on; a [`Table`] that is closed with [`Table::finish`] reports the
//! fields that nobody asked for.

use super::problem::{Problem, SourceFile};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands in its file, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub at: Range<usize>,
}

/// A file being read, and the faults found so far.
pub struct Reading {
    /// The file.
    pub file: Arc<SourceFile>,
    problems: RefCell<Vec<Problem>>,
}

impl Reading {
    /// Starts to read `file`.
    pub fn new(file: &Arc<SourceFile>) -> Self {
        Self {
            file: Arc::clone(file),
            problems: RefCell::default(),
        }
    }

    /// Notes a fault.
    pub fn problem(
        &self,
        code: &'static str,
        at: Range<usize>,
        params: Vec<(&'static str, String)>,
    ) {
        self.problems
            .borrow_mut()
            .push(Problem::error(code, &self.file, at, params));
    }

    /// Parses the file and hands its top table to `read`; gives back what it
    /// made of it, and all faults.
    pub fn read<T>(self, read: impl FnOnce(&Table<'_>) -> T) -> (T, Vec<Problem>) {
        let text = self.file.text.clone();
        let (parsed, errors) = DeTable::parse_recoverable(&text);
        for error in errors {
            let at = error.span().unwrap_or(0..0);
            self.problem("not-toml", at, vec![("detail", error.message().to_owned())]);
        }
        let table = Table::new(parsed.get_ref(), 0..0, &self);
        let value = read(&table);
        table.finish();
        drop(table);
        (value, self.problems.into_inner())
    }
}

/// A table being read.
pub struct Table<'a> {
    table: &'a DeTable<'a>,
    /// Where it stands.
    pub at: Range<usize>,
    /// The file it stands in.
    pub reading: &'a Reading,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Table<'a> {
    fn new(table: &'a DeTable<'a>, at: Range<usize>, reading: &'a Reading) -> Self {
        Self {
            table,
            at,
            reading,
            asked: RefCell::default(),
        }
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key);
        self.table.get(key)
    }

    fn wrong_type(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &'static str) {
        self.reading.problem(
            "wrong-type",
            value.span(),
            vec![
                ("field", key.to_owned()),
                ("expected", expected.to_owned()),
                ("found", value.get_ref().type_str().to_owned()),
            ],
        );
    }

    fn missing(&self, key: &'static str) {
        self.reading.problem(
            "missing-field",
            self.at.clone(),
            vec![("field", key.to_owned())],
        );
    }

    /// Whether the field is there; doesn't count as asking for it.
    pub fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// A text, if there.
    pub fn text(&self, key: &'static str) -> Option<Located<String>> {
        let value = self.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(Located {
                value: text.to_owned(),
                at: value.span(),
            }),
            None => {
                self.wrong_type(key, value, "text");
                None
            }
        }
    }

    /// A date as the file writes it, in quotation marks or without, if there.
    pub fn date(&self, key: &'static str) -> Option<Located<String>> {
        match self.table.get(key).map(|value| (value, value.get_ref())) {
            Some((value, DeValue::Datetime(date))) => {
                self.asked.borrow_mut().insert(key);
                Some(Located {
                    value: date.to_string(),
                    at: value.span(),
                })
            }
            _ => self.text(key),
        }
    }

    /// A text that must be there; the empty text and a fault where it isn't.
    pub fn required_text(&self, key: &'static str) -> Located<String> {
        if !self.has(key) {
            self.missing(key);
        }
        self.text(key).unwrap_or(Located {
            value: String::new(),
            at: self.at.clone(),
        })
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = choices.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            self.reading.problem(
                "unknown-value",
                text.at,
                vec![
                    ("field", key.to_owned()),
                    ("found", text.value),
                    ("known", words.join(", ")),
                ],
            );
        }
        found.map(|(_, value)| *value)
    }

    /// A text or a list of texts, if there.
    pub fn texts(&self, key: &'static str) -> Vec<Located<String>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        if let Some(text) = value.get_ref().as_str() {
            return vec![Located {
                value: text.to_owned(),
                at: value.span(),
            }];
        }
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "list");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.push(Located {
                    value: text.to_owned(),
                    at: item.span(),
                }),
                None => self.wrong_type(key, item, "text"),
            }
        }
        texts
    }

    /// A whole number within `limits`, if there.
    pub fn number(&self, key: &'static str, limits: Range<i64>) -> Option<i64> {
        let value = self.get(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        match number {
            Some(number) if limits.contains(&number) => Some(number),
            Some(number) => {
                self.reading.problem(
                    "out-of-range",
                    value.span(),
                    vec![
                        ("field", key.to_owned()),
                        ("found", number.to_string()),
                        ("least", limits.start.to_string()),
                        ("most", (limits.end - 1).to_string()),
                    ],
                );
                None
            }
            None => {
                self.wrong_type(key, value, "whole-number");
                None
            }
        }
    }

    /// A number with or without a fraction, if there.
    pub fn decimal(&self, key: &'static str) -> Option<f64> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::Integer(number) => number.as_str().parse().ok(),
            _ => None,
        };
        match number {
            Some(number) if f64::is_finite(number) => Some(number),
            _ => {
                self.wrong_type(key, value, "number");
                None
            }
        }
    }

    /// Yes or no; no where it isn't there.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, value, "true-or-false");
        }
        flag
    }

    /// A table inside this one, if there.
    pub fn table(&self, key: &'static str) -> Option<Table<'a>> {
        let value = self.get(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(Table::new(table, value.span(), self.reading)),
            None => {
                self.wrong_type(key, value, "table");
                None
            }
        }
    }

    /// A list of tables, if there.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "list");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_table() {
                Some(table) => tables.push(Table::new(table, item.span(), self.reading)),
                None => self.wrong_type(key, item, "table"),
            }
        }
        tables
    }

    /// A table, or a list of tables, if there.
    pub fn table_or_tables(&self, key: &'static str) -> Vec<Table<'a>> {
        let is_table = self
            .table
            .get(key)
            .is_some_and(|value| value.get_ref().is_table());
        match is_table {
            true => self.table(key).into_iter().collect(),
            false => self.tables(key),
        }
    }

    /// A list whose items are texts or tables.
    pub fn texts_or_tables(&self, key: &'static str) -> Vec<Entry<'a>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "list");
            return Vec::new();
        };
        let mut entries = Vec::new();
        for item in array.iter() {
            if let Some(text) = item.get_ref().as_str() {
                entries.push(Entry::Text(Located {
                    value: text.to_owned(),
                    at: item.span(),
                }));
            } else if let Some(table) = item.get_ref().as_table() {
                entries.push(Entry::Table(Table::new(table, item.span(), self.reading)));
            } else {
                self.wrong_type(key, item, "text");
            }
        }
        entries
    }

    /// Reports the fields that nobody asked for.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, _) in self.table.iter() {
            let name = key.get_ref().as_ref();
            if !asked.contains(name) {
                let known: Vec<&str> = asked.iter().copied().collect();
                self.reading.problem(
                    "unknown-field",
                    key.span(),
                    vec![("field", name.to_owned()), ("known", known.join(", "))],
                );
            }
        }
    }
}

/// An item of a mixed list.
pub enum Entry<'a> {
    /// A bare text.
    Text(Located<String>),
    /// A table.
    Table(Table<'a>),
}
