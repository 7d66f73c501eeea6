//! The phrasebook as it is, without sounds, and in other sizes.

use liyan::checker::Checker;
use liyan::conversation::Conversation;
use liyan::matching::Scratch;
use liyan::phrasebook::Phrasebook;
use liyan::phrasebook::rules::Rules;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use toml::{Table, Value};

const NAME: &str = "qinzhou-2014";

/// Checkers by variants of one phrasebook.
pub struct Books {
    /// As it is.
    pub whole: Checker,
    /// Nothing is searched by sound.
    pub by_text: Checker,
    quarter: Checker,
    fourfold: Checker,
}

impl Books {
    /// All of them.
    pub fn new() -> Self {
        let mut by_text = rules();
        for wording in &mut by_text.wordings {
            wording.sounded.fill(false);
            wording.sound_alone = false;
        }
        let mut quarter = rules();
        let mut number = 0;
        quarter.wordings.retain(|_| {
            number += 1;
            number % 4 == 1
        });
        Self {
            whole: Checker::new(rules()),
            by_text: Checker::new(by_text),
            quarter: Checker::new(quarter),
            fourfold: Checker::new(fourfold()),
        }
    }

    /// The phrasebook with a quarter of its wordings, with all, and with four for one.
    pub fn sized(&self) -> impl Iterator<Item = (&'static str, &Checker)> {
        let sized = [
            ("1/4", &self.quarter),
            ("1", &self.whole),
            ("4", &self.fourfold),
        ];
        sized.into_iter()
    }
}

/// How many hits there are, blocked ones included.
pub fn count_hits(conversations: &[Conversation]) -> usize {
    let checker = Checker::new(rules());
    let mut scratch = Scratch::default();
    let hits = conversations
        .iter()
        .map(|talk| checker.hits(talk, &mut scratch).len());
    hits.sum()
}

fn rules() -> Rules {
    compile(&Phrasebook::builtin(NAME).expect("it is shipped"))
}

fn compile(phrasebook: &Phrasebook) -> Rules {
    phrasebook.compile().unwrap_or_else(|problems| {
        let first = &problems[0];
        panic!("{} {}:{}", first.code, first.file.path, first.at.start)
    })
}

/// Every wording three times more, its characters exchanged for others that are about
/// as frequent: the shape stays, and nobody says it.
fn fourfold() -> Rules {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("phrasebook")
        .join(NAME);
    let folder = tempfile::tempdir().expect("there is room for a copy");
    let mut acts: Vec<(String, Table)> = Vec::new();
    copy(&shipped, folder.path(), "", &mut acts);
    let places = places(&acts);
    for (path, mut act) in acts {
        let mut known: BTreeSet<String> = act.iter().flat_map(|(_, value)| texts(value)).collect();
        for key in ["verbatim", "equivalent", "informal", "unless"] {
            let Some(Value::Array(wordings)) = act.get_mut(key) else {
                continue;
            };
            let own = wordings.clone();
            for step in [3, 5, 7] {
                let others = own.iter().map(|wording| exchange(wording, &places, step));
                wordings.extend(
                    others.filter(|other| texts(other).into_iter().all(|text| known.insert(text))),
                );
            }
        }
        let text = toml::to_string(&act).expect("it was read as TOML");
        fs::write(folder.path().join(path), text).expect("there is room for a copy");
    }
    compile(&Phrasebook::folder(folder.path()).expect("it can be read"))
}

fn copy(from: &Path, to: &Path, inside: &str, acts: &mut Vec<(String, Table)>) {
    for entry in fs::read_dir(from.join(inside)).expect("a folder can be read") {
        let entry = entry.expect("an entry can be read");
        let path = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            fs::create_dir(to.join(&path)).expect("there is room for a copy");
            copy(from, to, &format!("{path}/"), acts);
            continue;
        }
        let text = fs::read_to_string(entry.path()).expect("phrasebooks are UTF-8");
        match path.starts_with("acts/") {
            true => acts.push((path, toml::from_str(&text).expect("phrasebooks are TOML"))),
            false => fs::write(to.join(path), text).expect("there is room for a copy"),
        }
    }
}

type Places = (Vec<char>, BTreeMap<char, usize>);

/// The characters of all wordings by frequency, and the place of each among them.
fn places(acts: &[(String, Table)]) -> Places {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for (_, act) in acts {
        for text in act.iter().flat_map(|(_, value)| texts(value)) {
            for char in text.chars().filter(|char| !char.is_ascii()) {
                *counts.entry(char).or_default() += 1;
            }
        }
    }
    // What folds away, alone or when said twice, could leave nothing to look for.
    let folding = rules().folding;
    counts.retain(|&char, _| folding.fold(&format!("{char}{char}")).chars() == [char; 2]);
    let mut by_count: Vec<char> = counts.keys().copied().collect();
    by_count.sort_by_key(|char| std::cmp::Reverse(counts[char]));
    let places = by_count
        .iter()
        .enumerate()
        .map(|(place, char)| (*char, place));
    let places = places.collect();
    (by_count, places)
}

/// The texts of a wording, or of many.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Table(table) => table.get("text").map(texts).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn exchange(wording: &Value, all: &Places, step: usize) -> Value {
    let (by_count, places) = all;
    match wording {
        Value::String(text) => {
            let other = |char: char| match places.get(&char) {
                Some(place) => by_count[(place + step) % by_count.len()],
                None => char,
            };
            Value::String(text.chars().map(other).collect())
        }
        Value::Table(table) => {
            let mut table = table.clone();
            if let Some(text) = table.get_mut("text") {
                *text = exchange(text, all, step);
            }
            Value::Table(table)
        }
        other => other.clone(),
    }
}
