//! The forms in which transcripts are written: one [`Reader`] each.

use std::fmt;

use super::detect::{Head, Sure};
use super::segment::Recording;
use super::text_formats::ColumnNames;
use super::{InputProblem, Place, Record, documents, json_formats, jsonl, plain, text_formats};
use crate::conversation::Conversation;

/// A form in which transcripts are written.
#[derive(Clone, Copy)]
pub struct Format(&'static Reader);

impl Format {
    /// One JSON object a line, one conversation each: liyan's own form.
    pub const JSONL: Format = Format(&jsonl::READER);

    /// The same conversations as a JSON document: in a list, or over several lines.
    pub const JSON: Format = Format(&documents::READER);

    /// Text with a speaker's name before each turn.
    pub const PLAIN: Format = Format(&plain::READER);

    /// All formats.
    pub fn all() -> impl Iterator<Item = Format> {
        READERS
            .iter()
            .flat_map(|readers| readers.iter().copied())
            .map(Format)
    }

    /// The word that stands for it on the command line: `jsonl`, `text`.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The format that a word stands for, if it is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|format| format.name() == name)
    }

    /// The extensions of its files, in small letters and without the dot.
    pub fn extensions(self) -> &'static [&'static str] {
        self.0.extensions
    }

    /// Whether it is a recogniser's JSON, of which any part may tell the form.
    pub(super) fn is_json(self) -> bool {
        let mut readers = json_formats::READERS.iter();
        readers.any(|reader| reader.name == self.name())
    }

    pub(super) fn reader(self) -> &'static Reader {
        self.0
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One form of transcripts. What writes it and what tells it stand in the labels,
/// `formats.<name>.from` and `formats.<name>.sign`.
pub(super) struct Reader {
    /// The word for it on the command line: small letters, digits and `-`.
    pub(super) name: &'static str,
    /// The extensions by which its files are found in folders.
    pub(super) extensions: &'static [&'static str],
    /// Whether a file that begins so is of this form.
    pub(super) recognise: fn(&Head) -> Sure,
    pub(super) cut: Cut,
}

/// How a file falls into records, and what is made of one.
pub(super) enum Cut {
    /// Each line that isn't blank is one.
    Lines(fn(&Record) -> Result<Conversation, InputProblem>),
    /// They are parted by lines of which the first is true.
    Between(
        fn(line: &[u8]) -> bool,
        fn(&Record) -> Result<Conversation, InputProblem>,
    ),
    /// Each object of a JSON document is one.
    Objects(fn(&Record) -> Result<Conversation, InputProblem>),
    /// The whole file is one, as text; the place is its first line.
    Whole(fn(&str, &Place) -> Recordings),
    /// The whole file is one, as text in columns that the user may name.
    Table(fn(&str, &Place, &ColumnNames) -> Recordings),
    /// The whole file is one, in the bytes that it has: a container.
    Bytes(fn(&[u8], &Place, &ColumnNames) -> Recordings),
}

/// What a file holds: recordings, and what of it could not be read. One bad call
/// costs no other.
pub(super) type Recordings = Vec<Result<Recording, InputProblem>>;

const READERS: [&[&Reader]; 3] = [
    &[&jsonl::READER, &documents::READER, &plain::READER],
    text_formats::READERS,
    json_formats::READERS,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_lead_back_to_formats() {
        let mut names = BTreeSet::new();
        for format in Format::all() {
            assert_eq!(Format::from_name(format.name()), Some(format));
            assert!(names.insert(format.name()), "{format:?} twice");
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(format.name().chars().all(plain), "{format:?}");
            for extension in format.extensions() {
                assert_eq!(*extension, extension.to_lowercase(), "{format:?}");
            }
        }
        assert_eq!(Format::from_name("word"), None);
    }
}
