//! Where a list of phrases stands in what is said, and whether liyan has a hit there:
//! what shows that programs that are compared do the same work.

use aho_corasick::{AhoCorasick, MatchKind};
use liyan::checker::Checker;
use liyan::matching::Scratch;
use liyan::phrasebook::Phrasebook;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Counts the sightings of each phrase, the leftmost and of those the longest, and
/// those of them that no hit of liyan, blocked ones included, meets.
pub fn count(phrases: &Path, file: &Path) -> Value {
    let phrases = fs::read_to_string(phrases).expect("the phrases can be read");
    let phrases: Vec<&str> = phrases.lines().collect();
    let search = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&phrases)
        .expect("the phrases make an automaton");
    let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
    let rules = phrasebook.compile().expect("it has no faults");
    let checker = Checker::new(rules);

    let mut scratch = Scratch::default();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unmet: BTreeMap<&str, usize> = BTreeMap::new();
    let mut hits_in_all = 0;
    let mut conversations = 0;
    for record in crate::material::records(file) {
        for talk in record.parse() {
            let talk = talk.expect("it is valid");
            let hits = checker.hits(&talk, &mut scratch);
            conversations += 1;
            hits_in_all += hits.len();
            for (turn, said) in talk.turns.iter().enumerate() {
                for sighting in search.find_iter(&said.text) {
                    let phrase = phrases[sighting.pattern()];
                    *seen.entry(phrase).or_default() += 1;
                    let met = hits.iter().any(|hit| {
                        let (start, end) = (hit.span.start as usize, hit.span.end as usize);
                        hit.turn == turn && start < sighting.end() && sighting.start() < end
                    });
                    if !met {
                        *unmet.entry(phrase).or_default() += 1;
                    }
                }
            }
        }
    }
    json!({
        "conversations": conversations,
        "hits": hits_in_all,
        "sightings": seen.values().sum::<usize>(),
        "unmet": unmet.values().sum::<usize>(),
        "by_phrase": seen,
        "unmet_by_phrase": unmet,
    })
}
