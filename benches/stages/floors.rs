//! One round: every floor once, then the whole line in every variant.

use crate::books::Books;
use crate::clock::Ledger;
use crate::material::{Material, records};
use liyan::assessment::{Assessment, ClauseVerdict};
use liyan::checker::Checker;
use liyan::matching::{Hit, Scratch};
use liyan::report::wire::write_line;
use liyan::text::Folded;
use liyan::{judging, scoring};
use std::hint::black_box;
use std::path::Path;

/// Does all of it and enters what it took.
pub fn round(material: &Material, books: &Books, ledger: &mut Ledger) {
    floors(material, books, ledger);
    let plain = &material.plain;
    ledger.time("whole", || whole(&books.whole, plain));
    ledger.time("whole by text", || whole(&books.by_text, plain));
    ledger.time("whole, escaped", || whole(&books.whole, &material.escaped));
    for (name, book) in books.sized() {
        ledger.time(name, || whole(book, plain));
    }
}

fn floors(material: &Material, books: &Books, ledger: &mut Ledger) {
    let checker = &books.whole;
    let rules = checker.rules();
    let talks = &material.conversations;
    let mut scratch = Scratch::default();

    ledger.time("read", || {
        black_box(records(&material.plain).count());
    });
    ledger.time("parse", || {
        for record in &material.records {
            black_box(record.parse());
        }
    });
    let (mut folded, mut work) = (Folded::default(), Folded::default());
    ledger.time("fold", || {
        for text in material.texts() {
            rules.folding.fold_into(text, &mut folded, &mut work);
            black_box(&folded);
        }
    });
    let mut chars: Vec<(usize, char)> = Vec::new();
    ledger.time("characters alone", || {
        for text in material.texts() {
            chars.clear();
            chars.extend(text.char_indices());
            black_box(&chars);
        }
    });
    for (name, checker) in [("hits", checker), ("hits by text", &books.by_text)] {
        ledger.time(name, || {
            for talk in talks {
                black_box(checker.hits(talk, &mut scratch));
            }
        });
    }
    ledger.time("language", || {
        for talk in talks {
            black_box(rules.language.detect(talk.spoken()));
        }
    });

    let hits: Vec<Vec<Hit>> = talks
        .iter()
        .map(|talk| checker.hits(talk, &mut scratch))
        .collect();
    ledger.time("hits copied", || {
        black_box(hits.clone());
    });
    ledger.time("hits copied and judged", || {
        for (talk, hits) in talks.iter().zip(hits.clone()) {
            black_box(judging::judge(
                rules,
                talk,
                talk.channel,
                hits,
                &judging::proposed::Opinion::default(),
            ));
        }
    });
    let assessed: Vec<Assessment> = talks
        .iter()
        .map(|talk| checker.check_with(talk, &mut scratch))
        .collect();
    let verdicts: Vec<Vec<ClauseVerdict>> =
        assessed.iter().map(|one| one.verdicts.clone()).collect();
    ledger.time("verdicts copied", || {
        black_box(verdicts.clone());
    });
    ledger.time("verdicts copied and scored", || {
        for mut verdicts in verdicts.clone() {
            black_box(scoring::score(rules, &mut verdicts));
        }
    });
    let mut lines = Vec::new();
    ledger.time("write", || {
        lines.clear();
        for assessment in &assessed {
            write_line(assessment, &mut lines);
        }
        black_box(&lines);
    });
}

/// From the file to the lines, as one thread does it.
fn whole(checker: &Checker, file: &Path) {
    let mut scratch = Scratch::default();
    let mut lines = Vec::new();
    for record in records(file) {
        for conversation in record.parse() {
            let mut conversation = conversation.expect("it is valid");
            let assessment = checker.check_telling_roles(&mut conversation, &mut scratch);
            lines.clear();
            write_line(&assessment, &mut lines);
            black_box(&lines);
        }
    }
}
