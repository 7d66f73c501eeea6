//! The fast way held to the plain one, hit by hit.

use super::places::Places;
use super::reference::Reference;
use super::{Found, LONG, Matcher, SHORT, Scratch};
use crate::Phrasebook;
use crate::assessment::By;
use crate::phrasebook::rules::Rules;
use crate::text::Folded;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

struct Twins {
    rules: Rules,
    matcher: Matcher,
    reference: [Reference; 2],
}

static TWINS: LazyLock<Twins> = LazyLock::new(|| {
    let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
    let rules = phrasebook.compile().expect("it has no faults");
    Twins {
        matcher: Matcher::new(&rules),
        reference: [By::Text, By::Sound].map(|by| Reference::new(&rules, by)),
        rules,
    }
});

/// What either finds in a folded turn, sorted and each once, written out.
fn differences(folded: &Folded, scratch: &mut Scratch) -> Vec<String> {
    let twins = &*TWINS;
    let mut plain = Vec::new();
    for reference in &twins.reference {
        reference.find(&twins.rules, folded, &mut plain);
    }
    let mut fast = Vec::new();
    let rules = &twins.rules;
    match folded.len() <= Places::<SHORT>::MOST_CHARS {
        true => twins
            .matcher
            .scan(rules, folded, &mut scratch.short, &mut fast),
        false => twins
            .matcher
            .scan(rules, folded, &mut scratch.long, &mut fast),
    }
    let told = |found: &Found, who: &str| {
        let words: String = folded.chars()[found.start..found.end].iter().collect();
        let notation = &rules.wordings[found.wording as usize].notation;
        format!("{who} {words} by {:?}: {notation}", found.by)
    };
    for found in [&mut plain, &mut fast] {
        found.sort();
        found.dedup();
    }
    let only_plain = plain.iter().filter(|found| !fast.contains(found));
    let only_fast = fast.iter().filter(|found| !plain.contains(found));
    only_plain
        .map(|found| told(found, "only plain"))
        .chain(only_fast.map(|found| told(found, "only fast")))
        .collect()
}

/// Every turn of the corpora that may be read.
fn turns() -> impl Iterator<Item = String> {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
    let files = ["labelled/develop", "labelled/practice", "quiet"].map(|at| corpora.join(at));
    let files = files.into_iter().flat_map(|folder| {
        let files = fs::read_dir(folder).expect("the corpora are there");
        files.map(|file| file.expect("it can be read").path())
    });
    let lines = files
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "jsonl")
        })
        .flat_map(|path| {
            let text = fs::read_to_string(path).expect("corpora are UTF-8");
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        });
    lines.flat_map(|line| {
        let line: serde_json::Value = serde_json::from_str(&line).expect("corpora are JSON");
        let turns = line["turns"].as_array().cloned().unwrap_or_default();
        turns
            .into_iter()
            .filter_map(|turn| turn["text"].as_str().map(str::to_owned))
    })
}

#[test]
fn both_ways_find_the_same_in_every_turn_of_the_corpora() {
    let mut scratch = Scratch::default();
    let mut read = 0;
    let mut wrong = Vec::new();
    for text in turns() {
        let folded = TWINS.rules.folding.fold(&text);
        wrong.extend(differences(&folded, &mut scratch));
        read += 1;
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(read > 5_000, "the corpora were read: {read} turns");
}

/// Pieces of real turns, run together without regard to sense.
fn jumble() -> impl Strategy<Value = String> {
    let pieces: Vec<String> = turns().step_by(7).collect();
    let piece = (prop::sample::select(pieces), 0..30_usize, 1..12_usize);
    let cut = piece
        .prop_map(|(text, from, length)| text.chars().skip(from).take(length).collect::<String>());
    let joint = prop::sample::select(vec!["", "", ",", "。", "?", " ", "——"]);
    prop::collection::vec((cut, joint), 1..24)
        .prop_map(|parts| parts.into_iter().map(|(cut, joint)| cut + joint).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_ways_find_the_same_in_jumbled_talk(text in jumble()) {
        let folded = TWINS.rules.folding.fold(&text);
        prop_assume!(folded.len() <= Places::<LONG>::MOST_CHARS);
        let wrong = differences(&folded, &mut Scratch::default());
        prop_assert_eq!(wrong, Vec::<String>::new());
    }
}
