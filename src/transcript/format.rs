//! The forms in which transcripts are written, and how one is told from another.

use super::{BOM, InputProblem, ProblemKind, Record, jsonl, not_utf8, plain};
use crate::conversation::Conversation;

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

    pub(super) fn reader(self) -> &'static Reader {
        match self {
            Format::Jsonl => &jsonl::READER,
            Format::Plain => &plain::READER,
        }
    }
}

/// One form of transcripts.
pub(super) struct Reader {
    pub(super) format: Format,
    /// Whether the head of a file, or failing that its name, shows this form.
    pub(super) recognise: fn(head: &[u8], file_name: &str) -> bool,
    pub(super) cut: Cut,
    pub(super) parse: fn(&Record) -> Result<Conversation, InputProblem>,
}

/// How a stream falls into records.
pub(super) enum Cut {
    /// Each line that isn't blank is one.
    Lines,
    /// They are parted by lines of which this is true.
    Between(fn(line: &[u8]) -> bool),
}

const READERS: [&Reader; 2] = [&jsonl::READER, &plain::READER];

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
}
