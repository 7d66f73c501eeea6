//! What redaction does to the talk of the corpora.

use liyan::checker::Checker;
use liyan::matching::Scratch;
use liyan::phrasebook::Phrasebook;
use liyan::report::redact::Redaction;
use liyan::transcript::{Options, Records};
use std::path::{Path, PathBuf};

const OPEN: [&str; 3] = [
    "corpora/labelled/develop",
    "corpora/labelled/practice",
    "corpora/quiet/quiet.jsonl",
];

fn paths() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    OPEN.iter().map(|path| root.join(path)).collect()
}

#[test]
fn courtesy_is_never_masked_and_offsets_hold() {
    let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
    let checker = Checker::new(phrasebook.compile().expect("it has no faults"));
    let courtesy: Vec<_> = checker
        .rules()
        .courtesy_words
        .iter()
        .map(|(_, act)| *act)
        .collect();
    let mut scratch = Scratch::default();
    let (mut seen, mut damaged) = (0, Vec::new());
    let records = Records::new(paths(), std::io::empty(), Options::default());
    for conversation in records.conversations() {
        let conversation = conversation.expect("a corpus can be read");
        let mut shown = conversation.clone();
        let (mut assessment, judgement) = checker.explain(&conversation, &mut scratch);
        Redaction::builtin().apply(&mut shown, &mut assessment);
        for (turn, shown) in conversation.turns.iter().zip(&shown.turns) {
            let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            assert_eq!(places(&turn.text), places(&shown.text));
        }
        for hit in judgement.talk.hits() {
            if hit.counts() && courtesy.contains(&hit.act) {
                seen += 1;
                let was = hit.span.of(&conversation.turns[hit.turn].text);
                let is = hit.span.of(&shown.turns[hit.turn].text);
                if was != is {
                    damaged.push(format!("{} {}: {was} → {is}", conversation.id, hit.turn));
                }
            }
        }
        for piece in assessment
            .verdicts
            .iter()
            .flat_map(|verdict| &verdict.worst.evidence)
        {
            assert_eq!(
                piece.text,
                piece.span.of(&shown.turns[piece.turn].text),
                "{}",
                conversation.id
            );
        }
    }
    assert_eq!(damaged, Vec::<String>::new());
    assert!(seen > 1_000, "courtesy was heard: {seen}");
}
