//! The words by which names and numbers are known, `phrasebook/redaction.toml`.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const TABLE: &str = include_str!("../../../phrasebook/redaction.toml");

/// The table, ready to be looked up.
#[derive(Default)]
pub(super) struct Words {
    /// A digit's value, and whether it counts only between others.
    pub digits: BTreeMap<char, (u8, bool)>,
    pub last: BTreeSet<char>,
    pub least: usize,
    pub between: Lexicon,
    pub units: Lexicon,
    pub public: Lexicon,
    /// How short numbers of public services begin.
    pub services: Vec<Vec<u8>>,
    pub names: NameWords,
}

/// What names are known by.
#[derive(Default)]
pub(super) struct NameWords {
    pub strong: BTreeSet<char>,
    pub weak: BTreeSet<char>,
    pub compound: Lexicon,
    pub titles: Lexicon,
    pub short: BTreeSet<char>,
    pub after: BTreeSet<char>,
    pub before: BTreeSet<char>,
    pub familiar: BTreeSet<char>,
    pub nick: BTreeSet<char>,
    pub leads: Lexicon,
    pub weak_leads: Lexicon,
    pub asks: Lexicon,
    pub stops: BTreeSet<char>,
    pub particles: BTreeSet<char>,
    pub spelled: Lexicon,
    pub family: BTreeSet<char>,
    pub not_family: BTreeSet<char>,
    pub joins: BTreeSet<char>,
    pub of: BTreeSet<char>,
    pub never: Lexicon,
}

/// Words, found by what they begin with.
#[derive(Default)]
pub(super) struct Lexicon(BTreeMap<char, Vec<Vec<char>>>);

impl Lexicon {
    fn new(words: &[String]) -> Self {
        let mut of: BTreeMap<char, Vec<Vec<char>>> = BTreeMap::new();
        for word in words {
            let chars: Vec<char> = word.chars().collect();
            if let Some(&first) = chars.first() {
                of.entry(first).or_default().push(chars);
            }
        }
        for words in of.values_mut() {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        Self(of)
    }

    /// How long the longest of the words is that begins at `at`.
    pub fn at(&self, chars: &[char], at: usize) -> Option<usize> {
        let rest = chars.get(at..)?;
        let words = self.0.get(rest.first()?)?;
        let word = words.iter().find(|word| rest.starts_with(word))?;
        Some(word.len())
    }

    /// Whether one of the words stands anywhere in `chars`.
    pub fn within(&self, chars: &[char]) -> bool {
        (0..chars.len()).any(|at| self.at(chars, at).is_some())
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    digits: DigitTable,
    names: NameTable,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DigitTable {
    values: Vec<String>,
    weak: Vec<String>,
    last: String,
    least: usize,
    between: Vec<String>,
    units: Vec<String>,
    public: Vec<String>,
    services: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameTable {
    surnames: String,
    weak: String,
    compound: Vec<String>,
    titles: Vec<String>,
    short: Vec<String>,
    after: String,
    before: String,
    familiar: String,
    nick: String,
    family: String,
    not_family: String,
    joins: String,
    of: String,
    leads: Vec<String>,
    weak_leads: Vec<String>,
    asks: Vec<String>,
    stops: String,
    particles: String,
    spelled: Vec<String>,
    never: Vec<String>,
}

impl Words {
    pub fn builtin() -> Self {
        // A fault of the table is caught by a test, not by a panic in the middle of
        // somebody's reports.
        toml::from_str::<Table>(TABLE)
            .map(Self::from)
            .unwrap_or_default()
    }
}

impl From<Table> for Words {
    fn from(table: Table) -> Self {
        let set = |text: &str| text.chars().filter(|char| !char.is_whitespace()).collect();
        let Table { digits, names } = table;
        let mut values = BTreeMap::new();
        for (lists, weak) in [(&digits.weak, true), (&digits.values, false)] {
            for (value, list) in lists.iter().enumerate() {
                values.extend(list.chars().map(|char| (char, (value as u8, weak))));
            }
        }
        let service = |word: &String| word.bytes().map(|byte| byte.saturating_sub(b'0')).collect();
        let weak: BTreeSet<char> = set(&names.weak);
        let all: BTreeSet<char> = set(&names.surnames);
        Self {
            digits: values,
            last: set(&digits.last),
            least: digits.least,
            between: Lexicon::new(&digits.between),
            units: Lexicon::new(&digits.units),
            public: Lexicon::new(&digits.public),
            services: digits.services.iter().map(service).collect(),
            names: NameWords {
                strong: all.difference(&weak).copied().collect(),
                weak,
                compound: Lexicon::new(&names.compound),
                titles: Lexicon::new(&names.titles),
                short: names.short.iter().flat_map(|title| title.chars()).collect(),
                after: set(&names.after),
                before: set(&names.before),
                familiar: set(&names.familiar),
                nick: set(&names.nick),
                leads: Lexicon::new(&names.leads),
                weak_leads: Lexicon::new(&names.weak_leads),
                asks: Lexicon::new(&names.asks),
                stops: set(&names.stops),
                particles: set(&names.particles),
                spelled: Lexicon::new(&names.spelled),
                family: set(&names.family),
                not_family: set(&names.not_family),
                joins: set(&names.joins),
                of: set(&names.of),
                never: Lexicon::new(&names.never),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let table: Table = toml::from_str(TABLE).expect("TOML");
        let words = Words::from(table);
        assert_eq!(words.digits.get(&'幺'), Some(&(1, false)));
        assert_eq!(words.digits.get(&'两'), Some(&(2, true)));
        let names = &words.names;
        assert!(names.strong.is_disjoint(&names.weak));
        for surname in names.strong.union(&names.weak) {
            let never = names.never.at(&[*surname], 0);
            assert_eq!(never, None, "{surname} is never a name, and a surname");
        }
    }
}
