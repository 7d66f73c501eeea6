//! Any tool's file in, [`Conversation`] out.
//!
//! Transcripts come from many tools, and in one folder from several. What lies
//! above this floor must not care, so each form has a reader in a file of its
//! own that is one row of a table: how to recognise the form, how to cut a
//! file of it into records, and what a record holds. A new form is a new file
//! in `json_formats` or `text_formats`, a row there, and its words in the labels.
//!
//! ```text
//! paths ─► Records ─► Record ─────────────────► parse ─► Conversation
//!                     a line, a stretch of text            ▲
//!                     or a whole file ─► Recording ─► assemble
//!          one thread, in order, one record   anywhere, in parallel
//!          in memory
//! ```
//!
//! liyan's own forms become conversations at once. Any other reader gives
//! recordings, that is, segments as the recogniser cut them, and `assemble` makes
//! turns of them in the same way for all.
//!
//! A form is recognised by what only it has (a field's name, a speaker's word
//! before a colon), never by how large or how likely something is: a number
//! that could be seconds or milliseconds says nothing. Where no reader knows a
//! file, or two do, the user is asked to name the format.
//!
//! Nothing here fails as a whole. Each file and each line is a record or an
//! [`InputProblem`], and the next one is read all the same.

mod assemble;
mod beside;
mod detect;
mod documents;
mod encoding;
mod format;
mod hints;
mod input;
mod json;
mod json_formats;
mod jsonl;
mod labels;
mod line;
mod plain;
mod problem;
mod roles;
mod segment;
mod speaker_times;
mod speakers;
mod stamp;
mod talk;
mod text_formats;
mod tree;
mod unfold;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use crate::conversation::{Channel, Conversation, Note, NoteKind, Role, Turn};
use assemble::assemble;
use format::{Cut, Recordings};
use input::without_compression;

pub use encoding::Encoding;
pub use format::Format;
pub use hints::Hints;
pub use input::{Options, Records};
pub use jsonl::parse_labelled;
pub use labels::Label;
pub use problem::{InputProblem, ProblemKind};
pub use roles::SpeakerRoles;
pub use speaker_times::SpeakerTimes;
pub use text_formats::ColumnNames;
pub(crate) use text_formats::table::workbook::measure as measure_workbook;

/// The most turns that a conversation may have. Nobody talks so long; and what a
/// turn costs in memory, two bytes of input must not be able to ask for.
const MOST_TURNS: usize = 20_000;

/// Where in the input something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The path as it was given or found, `a.zip/b.txt` for a file in an archive; `-`
    /// is standard input.
    pub source: Arc<str>,
    /// The line, from 1; 0 means the source as a whole.
    pub line: u64,
}

impl Place {
    /// A line of a source.
    pub fn new(source: impl Into<Arc<str>>, line: u64) -> Self {
        Self {
            source: source.into(),
            line,
        }
    }

    /// A line of the file at `path`.
    fn of(path: &Path, line: u64) -> Self {
        Self::new(path.to_string_lossy(), line)
    }

    /// The name of a conversation that brings none: the file's name without
    /// its extension, and the line on which the conversation begins.
    fn id(&self) -> String {
        format!("{}:{}", self.stem(), self.line)
    }

    /// The file's name without its extension.
    fn stem(&self) -> String {
        let source = without_compression(&self.source);
        let stem = Path::new(source).file_stem();
        let stem = stem.map_or(source.into(), |stem| stem.to_string_lossy());
        stem.into_owned()
    }
}

/// The bytes of one conversation, or of a file that holds some, not yet understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Where they begin.
    pub place: Place,
    /// The form in which they are written.
    pub format: Format,
    /// What their text was written in. By now it is UTF-8, unless it was damaged then.
    pub encoding: Encoding,
    /// The bytes, without byte order mark.
    pub bytes: Vec<u8>,
    /// What the user says of them.
    pub hints: Arc<Hints>,
}

impl Record {
    /// The conversations that the bytes hold: one, or those of a whole file.
    ///
    /// # Errors
    /// An item is a problem where a conversation is damaged, in another encoding, or
    /// holds no turn; the others are not affected.
    pub fn parse(&self) -> Vec<Result<Conversation, InputProblem>> {
        let mut parsed = match self.format.reader().cut {
            Cut::Lines(parse) | Cut::Objects(parse) | Cut::Between(_, parse) => vec![parse(self)],
            Cut::Whole(parse) => {
                let text = String::from_utf8_lossy(&self.bytes);
                self.assemble(parse(&text, &self.place))
            }
            Cut::Table(parse) => {
                let text = String::from_utf8_lossy(&self.bytes);
                self.assemble(parse(&text, &self.place, &self.hints.columns))
            }
            Cut::Bytes(parse) => {
                self.assemble(parse(&self.bytes, &self.place, &self.hints.columns))
            }
        };
        if !matches!(self.format.reader().cut, Cut::Bytes(_)) {
            for conversation in parsed.iter_mut().flatten() {
                self.note_encoding(conversation);
            }
        }
        if matches!(self.format.reader().cut, Cut::Between(..)) {
            for conversation in parsed.iter_mut().flatten() {
                if let Some(speakers) = self.speakers(conversation.turns.iter().any(is_named)) {
                    speakers.name_turns(conversation, &self.place.stem());
                }
            }
        }
        for conversation in parsed.iter_mut().flatten() {
            self.hints.roles.assign(conversation);
        }
        parsed
    }

    /// The conversations that recordings are, with speakers from a list where they have
    /// none.
    fn assemble(&self, mut recordings: Recordings) -> Vec<Result<Conversation, InputProblem>> {
        let single = recordings.len() == 1;
        for recording in recordings.iter_mut().flatten() {
            if let Some(speakers) = self.speakers(recording.has_speakers()) {
                speakers.name_speakers(recording, &self.place.stem(), single);
            }
        }
        assemble(recordings, &self.place)
    }

    /// The list of who speaks when, if there is one and it is needed: the one that the
    /// user names, or one that lies beside the file.
    fn speakers(&self, known: bool) -> Option<Cow<'_, SpeakerTimes>> {
        if known {
            return None;
        }
        let named = self.hints.speakers.as_ref().map(Cow::Borrowed);
        named.or_else(|| SpeakerTimes::beside(&self.place).map(Cow::Owned))
    }

    /// Notes what the text was written in, unless it was what anybody would expect, and
    /// how many of its characters were damaged.
    fn note_encoding(&self, conversation: &mut Conversation) {
        let mut note = |kind, detail: String| {
            conversation.notes.push(Note {
                turn: None,
                kind,
                detail,
            });
        };
        if self.encoding != Encoding::UTF_8 && !self.bytes.is_ascii() {
            note(NoteKind::Encoding, self.encoding.name().to_owned());
        }
        if self.encoding == Encoding::UTF_8 && std::str::from_utf8(&self.bytes).is_ok() {
            return;
        }
        let turns = conversation.turns.iter();
        let damaged = turns.map(|turn| turn.text.matches('\u{fffd}').count());
        match damaged.sum::<usize>() {
            0 => {}
            damaged => note(NoteKind::DamagedText, damaged.to_string()),
        }
    }

    /// The conversations, with the labels that a careful reader gave them; forms that
    /// carry no labels give none.
    ///
    /// # Errors
    /// As [`Record::parse`], and if a label is not one.
    pub fn parse_labelled(&self) -> Vec<Result<(Conversation, Vec<Label>), InputProblem>> {
        if [Format::JSONL, Format::JSON].contains(&self.format) {
            let parsed = jsonl::parse_labelled_record(self);
            return vec![parsed.map(|(mut conversation, labels)| {
                self.hints.roles.assign(&mut conversation);
                (conversation, labels)
            })];
        }
        let unlabelled = |conversation| (conversation, Vec::new());
        let parsed = self.parse().into_iter();
        parsed.map(|parsed| parsed.map(unlabelled)).collect()
    }

    fn problem(&self, kind: ProblemKind) -> InputProblem {
        InputProblem {
            place: self.place.clone(),
            kind,
        }
    }
}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Whether anything says who speaks in a turn.
fn is_named(turn: &Turn) -> bool {
    turn.speaker.is_some() || turn.role != Role::Unknown
}

/// Bytes that begin at `place`, as text.
fn utf8<'a>(bytes: &'a [u8], place: &Place) -> Result<&'a str, InputProblem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = &bytes[..error.valid_up_to()];
        let lines = valid.iter().filter(|&&byte| byte == b'\n').count();
        InputProblem {
            place: Place::new(place.source.clone(), place.line + lines as u64),
            kind: not_utf8(valid),
        }
    })
}

fn not_utf8(valid: &[u8]) -> ProblemKind {
    let in_line = valid.iter().rev().take_while(|&&byte| byte != b'\n');
    ProblemKind::NotUtf8 {
        byte: in_line.count() + 1,
    }
}

fn has_extension(file_name: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(file_name).extension().unwrap_or_default();
    extensions
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

impl Conversation {
    /// Takes the input's word for the channel, or notes that there is none.
    fn set_channel(&mut self, word: &str) {
        self.channel = Channel::from_name(word);
        if self.channel.is_none() {
            self.notes.push(Note {
                turn: None,
                kind: NoteKind::ChannelUnknown,
                detail: word.to_owned(),
            });
        }
    }

    /// Notes the turns in which nothing stands. They stay, since turns are
    /// referred to by number.
    fn note_empty_turns(&mut self) {
        for (number, turn) in self.turns.iter().enumerate() {
            if turn.text.trim().is_empty() {
                self.notes.push(Note {
                    turn: Some(number),
                    kind: NoteKind::EmptyTurn,
                    detail: String::new(),
                });
            }
        }
    }
}

/// Times as far as they can be true. Of two that contradict each other neither
/// is kept, since nothing tells which is wrong.
fn times(start: Option<f64>, end: Option<f64>) -> (Option<f64>, Option<f64>) {
    let possible = |time: &f64| time.is_finite() && *time >= 0.0;
    match (start.filter(possible), end.filter(possible)) {
        (Some(start), Some(end)) if end < start => (None, None),
        pair => pair,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_from_the_place() {
        assert_eq!(Place::new("calls/a.b.jsonl", 3).id(), "a.b:3");
        assert_eq!(Place::new("-", 1).id(), "-:1");
    }

    #[test]
    fn impossible_times_are_dropped() {
        assert_eq!(times(Some(1.0), Some(1.0)), (Some(1.0), Some(1.0)));
        assert_eq!(times(Some(2.0), Some(1.0)), (None, None));
        assert_eq!(times(Some(-1.0), Some(1.0)), (None, Some(1.0)));
        assert_eq!(times(Some(f64::NAN), Some(f64::INFINITY)), (None, None));
    }

    #[test]
    fn records_travel_between_threads() {
        fn travels<T: Send + Sync + 'static>() {}
        travels::<Record>();
        travels::<InputProblem>();
        travels::<Records<std::io::Empty>>();
    }
}
