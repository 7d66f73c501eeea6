//! What a standard asks, as data: read, checked, compiled.
//!
//! ```text
//! files ─► layers ─► drafts ─► compile ─► Rules
//!             └─────────┴─────────┴─────► problems, all of them, each with its place
//! ```
//!
//! A phrasebook is a folder:
//!
//! ```text
//! book.toml          name, version, languages, what opening and close are
//! scoring.toml       what verdicts are worth
//! state/*.toml       what is going on in the talk, and which acts change it
//! precedence.toml    where clauses meet, which yields
//! roles.toml         what tells staff from clients where the input doesn't
//! visits.toml        what tells visits apart in a whole day on one recorder
//! proposals.toml     what proposes a breach where no wording finds one
//! articles.toml      every article of the standard: judged by what, or why not
//! acts/*.toml        what utterances do, and how they are worded
//! guards/*.toml      what takes an act away (negation, quotation …)
//! lexicon/*.toml     word lists, and how text is folded
//! clauses/*.toml     one requirement each, with its examples
//! ```
//!
//! A supplement is such a folder, too. Its `book.toml` says what it `extends`, and its
//! files add to that, change it, or switch clauses off.

pub mod acts;
mod changes;
mod clause;
mod clause_draft;
mod compile;
mod compile_clause;
mod draft;
mod drafts;
mod fields;
pub mod groups;
pub mod labels;
mod layers;
mod lint;
mod load;
pub mod notation;
pub mod pattern;
mod phrases;
pub mod problem;
pub mod proposals;
mod rarity;
mod resolve;
pub mod rules;
pub mod run;
pub mod said;
mod settings;
mod supplement;
pub mod visits;
mod wordings;

pub use phrases::phrases;

use layers::{Home, Layer};
use problem::{Gravity, Problem};
use rules::Rules;
use std::io;
use std::path::Path;

/// The files of a phrasebook and of those that it extends, not yet looked at.
#[derive(Clone, Debug)]
pub struct Phrasebook {
    /// The ground first.
    layers: Vec<Layer>,
    /// What is wrong with the chain; then nothing else is looked for.
    broken: Vec<Problem>,
    shipped: bool,
}

impl Phrasebook {
    /// The shipped phrasebook `name`, if there is one.
    pub fn builtin(name: &str) -> Option<Self> {
        let files = load::builtin(name)?;
        // Shipped ones stand on shipped ones, and those can be read.
        let (layers, broken) = layers::chain(files, Home::Shipped(name.to_owned())).ok()?;
        Some(Self {
            layers,
            broken,
            shipped: true,
        })
    }

    /// The names of the shipped phrasebooks.
    pub fn builtin_names() -> Vec<String> {
        load::builtin_names()
    }

    /// The phrasebook in a folder.
    ///
    /// # Errors
    /// If the folder or a file in it can't be read as text, or one that it extends.
    pub fn folder(path: &Path) -> io::Result<Self> {
        let files = load::folder(path)?;
        let (layers, broken) = layers::chain(files, Home::Folder(path.to_owned()))?;
        Ok(Self {
            layers,
            broken,
            shipped: false,
        })
    }

    /// Everything that is wrong with it and everything doubtful, by file and place.
    pub fn problems(&self) -> Vec<Problem> {
        if !self.broken.is_empty() {
            return self.broken.clone();
        }
        let (rules, mut problems) = compile::compile(&self.layers, None);
        if let Some(rules) = rules {
            problems.extend(lint::lint(&self.layers, &rules));
        }
        problems.sort_by(|a, b| (a.gravity, a.place()).cmp(&(b.gravity, b.place())));
        problems
    }

    /// Makes rules of it.
    ///
    /// # Errors
    /// All faults that keep it from being used, by file and place.
    pub fn compile(&self) -> Result<Rules, Vec<Problem>> {
        self.compile_with(None)
    }

    /// Makes rules of it that judge conversations with these turns as all rules would,
    /// and others not: a shipped phrasebook is ready for a single conversation in a
    /// quarter of the time. Other phrasebooks are compiled whole, since they may have
    /// faults.
    ///
    /// # Errors
    /// As [`Phrasebook::compile`].
    pub fn compile_for(&self, turns: &[&str]) -> Result<Rules, Vec<Problem>> {
        self.compile_with(self.shipped.then_some(turns))
    }

    fn compile_with(&self, talk: Option<&[&str]>) -> Result<Rules, Vec<Problem>> {
        if !self.broken.is_empty() {
            return Err(self.broken.clone());
        }
        let (rules, mut problems) = compile::compile(&self.layers, talk);
        problems.retain(|problem| problem.gravity == Gravity::Error);
        problems.sort_by(|a, b| a.place().cmp(&b.place()));
        match rules {
            Some(rules) if problems.is_empty() => Ok(rules),
            _ => Err(problems),
        }
    }
}
