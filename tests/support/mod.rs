//! What several test binaries need: the corpora, and a checker for the first
//! phrasebook.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use liyan::checker::Checker;
use liyan::conversation::Conversation;
use liyan::phrasebook::Phrasebook;
use liyan::transcript::{Label, Options, Records};
use std::path::{Path, PathBuf};

/// A path inside the repository.
pub fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

/// A checker for `qinzhou-2014`.
pub fn checker() -> Checker {
    let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
    Checker::new(phrasebook.compile().unwrap_or_else(|problems| {
        let first = &problems[0];
        panic!("{} {}:{}", first.code, first.file.path, first.at.start)
    }))
}

/// The conversations below a folder of the repository, with their labels.
pub fn labelled(folder: &str) -> Vec<(Conversation, Vec<Label>)> {
    Records::new([path(folder)], std::io::empty(), Options::default())
        .labelled()
        .map(|labelled| labelled.expect("corpora are valid"))
        .collect()
}

/// The conversations below a folder of the repository.
pub fn conversations(folder: &str) -> Vec<Conversation> {
    Records::new([path(folder)], std::io::empty(), Options::default())
        .conversations()
        .map(|conversation| conversation.expect("corpora are valid"))
        .collect()
}
