//! Any tool's file in, [`Conversation`] out.
//!
//! Transcripts come from many tools, and in one folder from several. What lies
//! above this floor must not care, so each form has a reader in a file of its
//! own that is one row of `READERS`: how to recognise the form, how to cut a
//! stream of it into records, and how one record becomes a conversation. A new
//! form is a new file, a [`Format`] and a row.
//!
//! ```text
//! paths ─► Records ─► Record (bytes of one conversation) ─► parse ─► Conversation
//!          one thread, in order, constant memory            anywhere, in parallel
//! ```
//!
//! A form is recognised by what only it has (a field's name, a speaker's word
//! before a colon), never by how large or how likely something is: a number
//! that could be seconds or milliseconds says nothing. Where no reader knows a
//! file, or two do, the user is asked to name the format.
//!
//! Nothing here fails as a whole. Each file and each line is a record or an
//! [`InputProblem`], and the next one is read all the same.

mod jsonl;
mod plain;
mod problem;
mod records;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::conversation::{Channel, Conversation, Note, NoteKind, Role};

pub use jsonl::{Label, parse_labelled};
pub use problem::{InputProblem, ProblemKind};
pub use records::{Options, Records};

/// A form in which transcripts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// One JSON object a line, one conversation each: liyan's own form.
    Jsonl,
    /// Text with a speaker's name before each turn.
    Plain,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 2] = [Format::Jsonl, Format::Plain];

    /// The word that stands for it on the command line: `jsonl`, `text`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Plain => "text",
        }
    }

    /// The format that a word stands for, if it is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The format of a file that begins with `head`.
    ///
    /// The name serves only where the text itself is silent; standard input has
    /// none and passes `-`.
    ///
    /// # Errors
    /// [`ProblemKind::EmptyFile`], [`ProblemKind::NoReader`],
    /// [`ProblemKind::SeveralReaders`], or, where no reader knows it and the
    /// encoding explains why, [`ProblemKind::NotUtf8`].
    pub fn detect(head: &[u8], file_name: &str) -> Result<Format, ProblemKind> {
        let head = head.strip_prefix(BOM).unwrap_or(head);
        if head.trim_ascii().is_empty() {
            return Err(ProblemKind::EmptyFile);
        }
        let formats: Vec<Format> = READERS
            .iter()
            .filter(|reader| (reader.recognise)(head, file_name))
            .map(|reader| reader.format)
            .collect();
        match formats.as_slice() {
            [format] => Ok(*format),
            [] => match std::str::from_utf8(head) {
                // Without a length the error is only that the head was cut
                // within a character.
                Err(error) if error.error_len().is_some() => {
                    Err(not_utf8(&head[..error.valid_up_to()]))
                }
                _ => Err(ProblemKind::NoReader),
            },
            _ => Err(ProblemKind::SeveralReaders { formats }),
        }
    }

    fn reader(self) -> &'static Reader {
        match self {
            Format::Jsonl => &jsonl::READER,
            Format::Plain => &plain::READER,
        }
    }
}

/// Where in the input something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The path as it was given or found; `-` is standard input.
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

    /// The name of a conversation that brings none: the file's name without
    /// its extension, and the line on which the conversation begins.
    fn id(&self) -> String {
        let stem = Path::new(&*self.source).file_stem();
        let stem = stem.map_or(self.source.as_ref().into(), |stem| stem.to_string_lossy());
        format!("{stem}:{}", self.line)
    }
}

/// The bytes of one conversation, not yet understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Where they begin.
    pub place: Place,
    /// The form in which they are written.
    pub format: Format,
    /// The bytes, without byte order mark.
    pub bytes: Vec<u8>,
}

impl Record {
    /// The conversation that the bytes hold.
    ///
    /// # Errors
    /// If they are damaged, in another encoding, or hold no turn.
    pub fn parse(&self) -> Result<Conversation, InputProblem> {
        (self.format.reader().parse)(self)
    }

    /// The conversation and the labels that a careful reader gave it; forms
    /// that carry no labels give none.
    ///
    /// # Errors
    /// As [`Record::parse`], and if a label is not one.
    pub fn parse_labelled(&self) -> Result<(Conversation, Vec<Label>), InputProblem> {
        match self.format {
            Format::Jsonl => jsonl::parse_labelled_record(self),
            Format::Plain => Ok((self.parse()?, Vec::new())),
        }
    }

    fn problem(&self, kind: ProblemKind) -> InputProblem {
        InputProblem {
            place: self.place.clone(),
            kind,
        }
    }
}

/// One form of transcripts.
struct Reader {
    format: Format,
    /// Whether the head of a file, or failing that its name, shows this form.
    recognise: fn(head: &[u8], file_name: &str) -> bool,
    cut: Cut,
    parse: fn(&Record) -> Result<Conversation, InputProblem>,
}

/// How a stream falls into records.
enum Cut {
    /// Each line that isn't blank is one.
    Lines,
    /// They are parted by lines of which this is true.
    Between(fn(line: &[u8]) -> bool),
}

const READERS: [&Reader; 2] = [&jsonl::READER, &plain::READER];

const BOM: &[u8] = b"\xef\xbb\xbf";

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

/// The role of a label that is in the table, with or without a number, and
/// with a name in brackets: `客服1023`, `坐席A`, `客服（张三）`, `张三（客服）`.
fn role_of(label: &str) -> Option<Role> {
    let with_name = label.trim_end().ends_with([')', '）']);
    let label = folded(label);
    let find = |word: &str| speakers().get(word).copied();
    if let Some(role) = find(&label) {
        return Some(role);
    }
    if with_name && let Some((before, within)) = label.split_once('(') {
        return role_of(before).or_else(|| role_of(within));
    }
    let sign = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '_' | '-' | '#' | '.');
    let mut word = label.trim_end_matches(sign);
    if word == label {
        word = label.strip_suffix(|c: char| c.is_ascii_lowercase())?;
        if word.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        word = word.trim_end_matches(sign);
    }
    // S1 is a recogniser's first speaker more often than a first clerk.
    let single = word.chars().count() == 1;
    find(word).map(|role| if single { Role::Unknown } else { role })
}

/// A label as the table writes it: half-width, small letters, no decoration.
fn folded(label: &str) -> String {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    label
        .chars()
        .map(half)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether the table has exactly this label, so that it tells no more than the
/// role.
fn is_role_word(label: &str) -> bool {
    speakers().contains_key(&folded(label))
}

fn speakers() -> &'static BTreeMap<String, Role> {
    static SPEAKERS: OnceLock<BTreeMap<String, Role>> = OnceLock::new();
    SPEAKERS.get_or_init(|| {
        let table = include_str!("../../phrasebook/speakers.toml");
        // A fault of the table is caught by a test, not by a panic at the
        // first line of somebody's transcript.
        let sections: BTreeMap<String, Vec<String>> = toml::from_str(table).unwrap_or_default();
        let roles = sections.into_iter().filter_map(|(name, words)| {
            let role = Role::from_name(&name)?;
            Some(words.into_iter().map(move |word| (word, role)))
        });
        roles.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_signature() {
        let several = |formats: &[Format]| {
            Err(ProblemKind::SeveralReaders {
                formats: formats.to_vec(),
            })
        };
        type Case<'a> = (&'a str, &'a [u8], &'a str, Result<Format, ProblemKind>);
        let cases: [Case; 14] = [
            ("jsonl", br#"{"id":1,"turns":[]}"#, "-", Ok(Format::Jsonl)),
            ("bom", b"\xef\xbb\xbf{\"turns\":[", "-", Ok(Format::Jsonl)),
            (
                "broken first line",
                b"oops\n{\"turns\":[]}\n",
                "-",
                Ok(Format::Jsonl),
            ),
            ("named jsonl", br#"{"id":1,"#, "a.NDJSON", Ok(Format::Jsonl)),
            (
                "jsonl named txt",
                br#"{"turns":[]}"#,
                "a.txt",
                Ok(Format::Jsonl),
            ),
            ("speaker", "客服：您好".as_bytes(), "-", Ok(Format::Plain)),
            (
                "text named jsonl",
                "客服：您好".as_bytes(),
                "a.jsonl",
                several(&Format::ALL),
            ),
            (
                "no speaker, named txt",
                "您好".as_bytes(),
                "a.txt",
                Ok(Format::Plain),
            ),
            (
                "no speaker",
                "您好".as_bytes(),
                "-",
                Err(ProblemKind::NoReader),
            ),
            (
                "other json",
                b"{\n \"text\": 1}",
                "a.json",
                Err(ProblemKind::NoReader),
            ),
            (
                "gbk",
                b"a\nb\xbf\xcd\xb7\xfe",
                "-",
                Err(ProblemKind::NotUtf8 { byte: 2 }),
            ),
            (
                "gbk named txt",
                b"\xbf\xcd\xb7\xfe",
                "a.log",
                Ok(Format::Plain),
            ),
            (
                "cut character",
                &"客服：您".as_bytes()[..11],
                "-",
                Ok(Format::Plain),
            ),
            ("blank", b" \n\t\n", "a.txt", Err(ProblemKind::EmptyFile)),
        ];
        for (name, head, file_name, expected) in cases {
            assert_eq!(Format::detect(head, file_name), expected, "{name}");
        }
    }

    #[test]
    fn names_lead_back_to_formats() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
            assert_eq!(format.reader().format, format);
        }
        assert_eq!(Format::from_name("srt"), None);
    }

    #[test]
    fn the_speaker_table_is_sound() {
        let table = include_str!("../../phrasebook/speakers.toml");
        let sections: BTreeMap<String, Vec<String>> = toml::from_str(table).expect("TOML");
        let names: Vec<&str> = sections.keys().map(String::as_str).collect();
        assert_eq!(names, ["client", "other", "scene", "staff", "unknown"]);
        let mut words: Vec<&String> = sections.values().flatten().collect();
        for word in &words {
            assert_eq!(folded(word), **word, "is never found");
        }
        let count = words.len();
        words.sort();
        words.dedup();
        assert_eq!(
            (words.len(), speakers().len()),
            (count, count),
            "a word twice"
        );
    }

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
