//! The forms as data: where each has its segments, and what their fields are called.
//!
//! The files under `phrasebook/recognisers/` say it, form by form. A form has ways to
//! read it, best first: a recogniser that was asked for speakers writes them in one
//! place, another that wasn't writes the text in another. `has` names what the items
//! of the list hold, `beside` what stands next to the list or around it; both are
//! signatures, and a document is of a form if one of its ways fits.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::node::Key;
use super::path::Path;
use super::terms::Term;
use super::time::{Message, Unit};
use crate::conversation::Role;

/// All forms, and the keys that any of them asks for.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) forms: Vec<Form>,
    pub(super) keys: Vec<(String, Key)>,
    pub(super) message: Message,
}

/// One form.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) name: String,
    pub(super) about: About,
    pub(super) ways: Vec<Way>,
    pub(super) instead: Vec<Instead>,
}

/// What a form says of a recording as a whole; looked for beside the segments, then
/// further and further out.
#[derive(Debug)]
pub(super) struct About {
    /// The name of the call or the recording.
    pub(super) id: Vec<Path>,
    /// The name of the recogniser's task, for where a file holds several recordings.
    pub(super) task: Vec<Path>,
    pub(super) started: Vec<Path>,
    pub(super) agent: Vec<Path>,
    pub(super) branch: Vec<Path>,
}

/// One way to read a form.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) at: At,
    pub(super) has: Vec<Term>,
    pub(super) beside: Vec<Term>,
    /// Whether other forms may look so, too.
    pub(super) weak: bool,
    pub(super) fields: Fields,
    /// Keep only items in which this is one of these words, or isn't there.
    pub(super) only: Vec<Named>,
    pub(super) whole: Whole,
    /// What the file calls by other words elsewhere.
    pub(super) names: Option<Names>,
    pub(super) roles: BTreeMap<String, Role>,
    pub(super) kind: Kind,
    /// Whether spaces between Chinese characters mean nothing.
    pub(super) gaps: bool,
    /// Whether `<|…|>` are marks.
    pub(super) marks: bool,
}

/// Where the list lies.
#[derive(Debug)]
pub(super) enum At {
    /// Under this path, from an object that may lie anywhere.
    Path(Path),
    /// Anywhere, under whatever name.
    Anywhere,
    /// It is the file itself, or the file's documents one after another.
    Top,
}

/// What of the lists that are found is one recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Whole {
    /// Each list.
    #[default]
    List,
    /// All lists together: messages that came one after another.
    File,
    /// Each item.
    Item,
    /// Of each list the items in the last object in which anybody is named.
    Last,
}

/// What the items of a list are.
#[derive(Debug)]
pub(super) enum Kind {
    /// A stretch of talk each; the words in it may have speakers of their own.
    Segments(Option<Split>),
    /// A word each; what is at these paths is the same for all words of a sentence.
    Words(Vec<Vec<Path>>),
    /// One text each with a line a segment, `[0:1.020,0:5.850,1]  …`.
    Lines,
    /// One text each, with a whole conversation in it.
    Talk,
}

/// The words of a segment.
#[derive(Debug)]
pub(super) struct Split {
    pub(super) at: Path,
    pub(super) fields: Fields,
}

/// What an item holds.
#[derive(Debug)]
pub(super) struct Fields {
    /// Each a text in pieces.
    pub(super) text: Vec<Vec<Path>>,
    pub(super) start: Vec<(Path, Unit)>,
    pub(super) end: Vec<(Path, Unit)>,
    pub(super) length: Vec<(Path, Unit)>,
    pub(super) speaker: Vec<Named>,
    pub(super) channel: Vec<Named>,
    pub(super) role: Vec<Named>,
}

/// A path to a word, and the words that mean nothing there (of a speaker), or that
/// are meant (of what is kept). One that ends in `*` stands for all that begin so.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) path: Path,
    pub(super) words: Vec<String>,
}

impl Named {
    pub(super) fn lists(&self, word: &str) -> bool {
        self.words
            .iter()
            .any(|known| match known.strip_suffix('*') {
                Some(begin) => word.starts_with(begin),
                None => word == known,
            })
    }
}

/// A list of objects that give `name` to what items call by `id`.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) at: Path,
    pub(super) id: Vec<Path>,
    pub(super) name: Vec<Path>,
    /// What an item calls it by.
    pub(super) by: Vec<Path>,
    /// Whether it is a role, not a speaker.
    pub(super) are_roles: bool,
}

/// What a document may hold in place of a transcript.
#[derive(Debug)]
pub(super) struct Instead {
    /// The words that say so; for a link none.
    pub(super) at: Named,
    /// What stands next to it or around it.
    pub(super) beside: Vec<Term>,
    pub(super) what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum What {
    /// The address at which the transcript lies.
    Link,
    /// Word that the recogniser hasn't done yet.
    Unfinished,
    /// Word that it could not do it.
    Failed,
    /// An empty list, or null, where the segments should be, or word that nobody spoke.
    Silent,
}
