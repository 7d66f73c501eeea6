//! Every word that a person reads, in each language that liyan speaks.
//!
//! The engine says nothing by itself: it knows codes, and the sentences stand in
//! `phrasebook/labels/zh.toml` and `en.toml` under dotted keys. So a translator
//! never opens a Rust file, and a test can hold both languages to the same keys.
//!
//! A sentence may have places, `{name}`. Where there is nothing to put in one of
//! them, the sentence under the same key with `-bare` behind it is used instead,
//! if there is one:
//!
//! ```text
//! do      = "did you mean {near}? If not, add {name}.toml to acts/"
//! do-bare = "correct its spelling, or add an act to acts/"
//! ```

use super::rules::Bilingual;
use std::collections::BTreeMap;

const ZH: &str = include_str!("../../phrasebook/labels/zh.toml");
const EN: &str = include_str!("../../phrasebook/labels/en.toml");

/// A language that liyan speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese; the one spoken unless another is asked for.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// All languages.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The word that stands for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// The language that a word stands for, if it is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.name() == name)
    }

    /// The language to speak under a locale such as `zh_CN.UTF-8`.
    ///
    /// A locale that names no language (empty, `C`, `POSIX`) leaves it at Chinese;
    /// any language other than Chinese gets English.
    pub fn from_locale(locale: &str) -> Self {
        let language = locale
            .split(['_', '-', '.', '@'])
            .next()
            .unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "" | "c" | "posix" | "zh" => Lang::Zh,
            _ => Lang::En,
        }
    }
}

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Labels {
    lang: Lang,
    entries: BTreeMap<String, String>,
}

impl Labels {
    /// The shipped words of `lang`.
    pub fn builtin(lang: Lang) -> Self {
        let text = match lang {
            Lang::Zh => ZH,
            Lang::En => EN,
        };
        let mut entries = BTreeMap::new();
        // The shipped files parse; a test says so.
        if let Ok(table) = text.parse::<toml::Table>() {
            flatten("", &table, &mut entries);
        }
        Self { lang, entries }
    }

    /// Which language it is.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The words under a dotted key, `report.score`, if there are any.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.entries.get(key).map(String::as_str)
    }

    /// The words under a dotted key; the key itself where there are none, so that
    /// a reader sees something that can be looked for.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// All keys of a table, `verdict`, each with its words.
    pub fn under(&self, table: &str) -> impl Iterator<Item = (&str, &str)> {
        let is_under = move |key: &str| {
            key.strip_prefix(table)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        self.entries
            .iter()
            .filter(move |(key, _)| is_under(key))
            .map(|(key, words)| (key.as_str(), words.as_str()))
    }

    /// The sentence under a dotted key with its places filled.
    ///
    /// Values are put in as they are and not looked through for further places. A
    /// place without a value stays as it is, unless there is a `-bare` sentence.
    pub fn fill<V: AsRef<str>>(&self, key: &str, values: &[(&str, V)]) -> String {
        let template = self.get(key);
        let value_of = |place: &str| {
            let found = values.iter().find(|(name, _)| *name == place);
            found.map(|(_, value)| value.as_ref())
        };
        let mut places = pieces(template).filter_map(|(_, place)| place);
        if places.any(|place| value_of(place).is_none_or(str::is_empty))
            && let Some(bare) = self.find(&format!("{key}-bare"))
        {
            return put(bare, value_of);
        }
        put(template, value_of)
    }

    /// The text that is in this language, or in the other where it isn't written.
    pub fn choose<'a>(&self, text: &'a Bilingual) -> &'a str {
        let (own, other) = match self.lang {
            Lang::Zh => (&text.zh, &text.en),
            Lang::En => (&text.en, &text.zh),
        };
        if own.is_empty() { other } else { own }
    }
}

fn put<'a>(template: &str, value_of: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    for (text, place) in pieces(template) {
        filled.push_str(text);
        if let Some(place) = place {
            match value_of(place) {
                Some(value) => filled.push_str(value),
                None => filled.extend(["{", place, "}"]),
            }
        }
    }
    filled
}

/// A template as stretches of plain text, each with the place that follows it.
/// Braces around anything but a name are plain text.
fn pieces(template: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(open) = rest[from..].find('{').map(|at| at + from) {
            let inside = &rest[open + 1..];
            let close = inside.find(|c: char| !c.is_ascii_lowercase() && c != '-');
            if let Some(close) = close.filter(|&at| at > 0 && inside[at..].starts_with('}')) {
                let piece = (&rest[..open], Some(&inside[..close]));
                rest = &inside[close + 1..];
                return Some(piece);
            }
            from = open + 1;
        }
        Some((std::mem::take(&mut rest), None))
    })
}

fn flatten(prefix: &str, table: &toml::Table, entries: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let key = match prefix {
            "" => key.clone(),
            _ => format!("{prefix}.{key}"),
        };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, entries),
            toml::Value::String(text) => {
                entries.insert(key, text.clone());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn places(template: &str) -> BTreeSet<&str> {
        pieces(template).filter_map(|(_, place)| place).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_and_places() {
        for (lang, text) in [(Lang::Zh, ZH), (Lang::En, EN)] {
            let parsed = text.parse::<toml::Table>();
            assert!(parsed.is_ok(), "{lang:?}: {:?}", parsed.err());
        }
        let outline = |lang| {
            let labels = Labels::builtin(lang);
            let keys: Vec<String> = labels
                .entries
                .iter()
                .map(|(key, text)| format!("{key} {:?}", places(text)))
                .collect();
            keys
        };
        let (zh, en) = (outline(Lang::Zh), outline(Lang::En));
        let apart = |a: &[String], b: &[String]| -> Vec<String> {
            a.iter().filter(|line| !b.contains(line)).cloned().collect()
        };
        assert_eq!((apart(&zh, &en), apart(&en, &zh)), (vec![], vec![]));
        assert!(zh.len() > 200, "the files are far from empty");
    }

    #[test]
    fn a_bare_sentence_asks_for_less_and_stands_beside_a_full_one() {
        let labels = Labels::builtin(Lang::En);
        for (key, bare) in &labels.entries {
            let Some(full) = key.strip_suffix("-bare") else {
                continue;
            };
            let full = places(labels.get(full));
            assert!(
                places(bare).is_subset(&full) && places(bare) != full,
                "{key}"
            );
        }
    }

    #[test]
    fn no_label_is_empty_or_acts_on_a_terminal() {
        for lang in Lang::ALL {
            for (key, text) in &Labels::builtin(lang).entries {
                assert!(!text.trim().is_empty(), "{lang:?} {key}: {text:?}");
                let acts = |char: char| char.is_control() && char != '\n';
                assert!(!text.chars().any(acts), "{lang:?} {key}: {text:?}");
            }
        }
    }

    #[test]
    fn places_are_filled_once() {
        let labels = Labels::builtin(Lang::En);
        type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
        let cases: [Case<'_>; 7] = [
            ("report.score", &[("score", "86.5")], "score 86.5"),
            ("report.score", &[("score", "{score}")], "score {score}"),
            ("report.score", &[], "score {score}"),
            (
                "report.quote",
                &[("text", "a"), ("other", "b")],
                "\u{201c}a\u{201d}",
            ),
            (
                "problem.duplicate-wording.do",
                &[("other", "12")],
                "delete one of the two; the other stands in line 12",
            ),
            (
                "problem.duplicate-wording.do",
                &[("other", "")],
                "delete one of the two",
            ),
            ("no.such.key", &[("score", "1")], "no.such.key"),
        ];
        for (key, values, expected) in cases {
            assert_eq!(labels.fill(key, values), expected, "{key} {values:?}");
        }
    }

    #[test]
    fn braces_around_anything_but_a_name_are_text() {
        let value_of = |place: &str| (place == "a").then_some("1");
        let cases = [
            ("", ""),
            ("{a}", "1"),
            ("{a}{a}", "11"),
            ("{{a}}", "{1}"),
            ("{}", "{}"),
            ("{ a }", "{ a }"),
            ("{好}{a", "{好}{a"),
            ("好{a}好", "好1好"),
            ("{b}", "{b}"),
        ];
        for (template, expected) in cases {
            assert_eq!(put(template, value_of), expected, "{template:?}");
        }
    }

    #[test]
    fn the_locale_chooses() {
        let cases = [
            ("zh_CN.UTF-8", Lang::Zh),
            ("zh", Lang::Zh),
            ("ZH-Hant-HK", Lang::Zh),
            ("", Lang::Zh),
            ("C", Lang::Zh),
            ("C.UTF-8", Lang::Zh),
            ("POSIX", Lang::Zh),
            ("en_GB.UTF-8", Lang::En),
            ("de_DE@euro", Lang::En),
            ("zhx", Lang::En),
        ];
        for (locale, expected) in cases {
            assert_eq!(Lang::from_locale(locale), expected, "{locale:?}");
        }
    }

    #[test]
    fn an_unwritten_text_falls_back_on_the_other_language() {
        let text = |zh: &str, en: &str| Bilingual {
            zh: zh.to_owned(),
            en: en.to_owned(),
        };
        let (zh, en) = (Labels::builtin(Lang::Zh), Labels::builtin(Lang::En));
        assert_eq!(zh.choose(&text("条款", "clause")), "条款");
        assert_eq!(en.choose(&text("条款", "clause")), "clause");
        assert_eq!(en.choose(&text("条款", "")), "条款");
    }
}
