//! Why a piece of input could not be read.
//!
//! A year of recordings always holds a broken line, and whoever mends it needs
//! to know where it is and what is wrong, in a language of their own. So a
//! problem is data and never a sentence: a [`Place`], a code that stays the
//! same for ever, and the particulars that fill a message template. The
//! templates live with all other words that people see, outside this crate's
//! source.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;

use super::{Format, Place};

/// A piece of input that could not be read; whatever stands beside it can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputProblem {
    /// Where it is.
    pub place: Place,
    /// What is wrong there.
    pub kind: ProblemKind,
}

impl InputProblem {
    /// A problem with a source as a whole.
    pub(super) fn of_source(path: &Path, kind: ProblemKind) -> Self {
        Self {
            place: Place::of(path, 0),
            kind,
        }
    }

    /// The system's word that something can't be read, or our own.
    pub(super) fn unreadable(place: Place, error: &io::Error) -> Self {
        let refused = error.get_ref().and_then(|inner| inner.downcast_ref());
        let kind = match (refused, error.kind()) {
            (Some(Refused(kind)), _) => kind.clone(),
            (None, io::ErrorKind::NotFound) => ProblemKind::NotFound,
            _ => ProblemKind::Unreadable {
                detail: error.to_string(),
            },
        };
        Self { place, kind }
    }
}

/// A problem that a stream finds in what it gives, on its way through [`io::Error`].
#[derive(Debug)]
pub(super) struct Refused(pub(super) ProblemKind);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code())
    }
}

impl Error for Refused {}

/// What can be wrong with input.
///
/// Columns count characters and bytes count bytes, both from 1 and within the
/// line that the problem's [`Place`] names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// There is no such file or folder.
    NotFound,
    /// The system refuses to open it, or stopped in the middle of it.
    Unreadable {
        /// The system's own words.
        detail: String,
    },
    /// It is in another encoding, or damaged.
    NotUtf8 {
        /// The first byte that doesn't belong.
        byte: usize,
    },
    /// It is no text, or nothing that can be read as such.
    NotText {
        /// What it is: `archive`, `audio`, `document`, `image` or, where nothing tells,
        /// `data`.
        what: &'static str,
    },
    /// It has a transcript's name and is a pipe or a device.
    NotAFile,
    /// An archive or a compressed file can't be unpacked.
    BadArchive {
        /// The unpacker's own words.
        detail: String,
    },
    /// A file in an archive can't be unpacked without its password.
    Encrypted,
    /// It is an archive, or compressed, within an archive or a compressed file.
    NestedArchive,
    /// Far more came out of it than any talk needs; the rest wasn't unpacked.
    InflatesTooMuch {
        /// How many times its own size is the limit.
        times: u64,
    },
    /// An archive holds more files than the limit.
    TooManyFiles {
        /// The limit.
        limit: usize,
    },
    /// It is likely to be in an encoding that is read only on request.
    UnsureEncoding {
        /// The name of that encoding.
        likely: &'static str,
    },
    /// A line is no JSON.
    NotJson {
        /// Where the parser gave up.
        column: usize,
        /// The parser's own words.
        detail: String,
    },
    /// A field without which nothing can be judged holds the wrong thing.
    WrongType {
        /// Its path, `turns[3].text`; `$` for the line as a whole.
        field: String,
        /// What belongs there: `object`, `list`, `string` or `whole-number`.
        expected: &'static str,
        /// What stands there: `object`, `list`, `string`, `number`, `boolean`
        /// or `null`.
        found: &'static str,
    },
    /// A record is longer than the limit; it was passed over without being held.
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// Lists and objects lie in one another more deeply than any transcript's.
    TooDeep {
        /// Where the limit was passed.
        column: usize,
    },
    /// The JSON stops before its end.
    Truncated {
        /// Where it stops.
        column: usize,
    },
    /// There is nothing in it but white space.
    EmptyFile,
    /// No reader knows this form; the format has to be named.
    NoReader,
    /// Several readers know this form; the format has to be named.
    SeveralReaders {
        /// The formats that it could be.
        formats: Vec<Format>,
    },
    /// A folder holds no file with the extension of a transcript.
    NoFiles,
    /// A record holds no turn.
    NoTurns,
    /// It is a recogniser's answer with the address of the transcript, not the
    /// transcript.
    LinkOnly {
        /// The address.
        link: String,
    },
    /// It is a recogniser's answer that it hasn't done yet.
    NotFinished {
        /// Its own word for that.
        status: String,
    },
    /// It is a recogniser's answer that it could not do it.
    RecognitionFailed {
        /// Its own words.
        detail: String,
    },
    /// A quotation mark is opened and never closed; the row was passed over.
    UnclosedQuote,
    /// A row of a table ends before the words that somebody said.
    ShortRow {
        /// How many cells it has.
        cells: usize,
        /// The number, from 1, of the column in which the words stand.
        column: usize,
    },
    /// Faults without end; what follows wasn't read.
    TooManyFaults {
        /// The limit.
        limit: usize,
    },
    /// Nothing tells which column of a table holds what was said.
    ColumnsUnknown,
    /// The file stops in the middle; what stands before was read.
    CutOff,
    /// It has a workbook's name and can't be opened as one.
    NotAWorkbook {
        /// The reader's own words.
        detail: String,
    },
    /// A workbook in Excel's old format, or one that asks for a password.
    OldWorkbook,
    /// Whole numbers in a column of times could be seconds or milliseconds.
    UnitUnknown {
        /// The column's name.
        column: String,
    },
    /// A record holds more turns than any conversation has.
    TooManyTurns {
        /// The limit.
        limit: usize,
    },
    /// A record holds, in its turns or beside them, more numbers and texts than
    /// any conversation has.
    TooManyValues {
        /// The limit.
        limit: usize,
    },
}

impl ProblemKind {
    /// The word that stands for it in message files and machine output. It
    /// never changes.
    pub fn code(&self) -> &'static str {
        match self {
            ProblemKind::NotFound => "not-found",
            ProblemKind::Unreadable { .. } => "unreadable",
            ProblemKind::NotUtf8 { .. } => "not-utf8",
            ProblemKind::NotText { .. } => "not-text",
            ProblemKind::NotAFile => "not-a-file",
            ProblemKind::BadArchive { .. } => "bad-archive",
            ProblemKind::Encrypted => "encrypted",
            ProblemKind::NestedArchive => "nested-archive",
            ProblemKind::InflatesTooMuch { .. } => "inflates-too-much",
            ProblemKind::TooManyFiles { .. } => "too-many-files",
            ProblemKind::UnsureEncoding { .. } => "unsure-encoding",
            ProblemKind::NotJson { .. } => "not-json",
            ProblemKind::WrongType { .. } => "wrong-type",
            ProblemKind::TooLong { .. } => "too-long",
            ProblemKind::TooDeep { .. } => "too-deep",
            ProblemKind::Truncated { .. } => "truncated",
            ProblemKind::EmptyFile => "empty-file",
            ProblemKind::NoReader => "no-reader",
            ProblemKind::SeveralReaders { .. } => "several-readers",
            ProblemKind::NoFiles => "no-files",
            ProblemKind::NoTurns => "no-turns",
            ProblemKind::LinkOnly { .. } => "link-only",
            ProblemKind::NotFinished { .. } => "not-finished",
            ProblemKind::RecognitionFailed { .. } => "recognition-failed",
            ProblemKind::UnclosedQuote => "unclosed-quote",
            ProblemKind::ShortRow { .. } => "short-row",
            ProblemKind::TooManyFaults { .. } => "too-many-faults",
            ProblemKind::ColumnsUnknown => "columns-unknown",
            ProblemKind::CutOff => "cut-off",
            ProblemKind::NotAWorkbook { .. } => "not-a-workbook",
            ProblemKind::OldWorkbook => "old-workbook",
            ProblemKind::UnitUnknown { .. } => "unit-unknown",
            ProblemKind::TooManyTurns { .. } => "too-many-turns",
            ProblemKind::TooManyValues { .. } => "too-many-values",
        }
    }

    /// The particulars, by the names under which a message template asks for
    /// them.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            ProblemKind::Unreadable { detail }
            | ProblemKind::BadArchive { detail }
            | ProblemKind::RecognitionFailed { detail } => vec![("detail", detail.clone())],
            ProblemKind::LinkOnly { link } => vec![("link", link.clone())],
            ProblemKind::NotFinished { status } => vec![("status", status.clone())],
            ProblemKind::NotUtf8 { byte } => vec![("byte", byte.to_string())],
            ProblemKind::NotText { what } => vec![("what", (*what).to_owned())],
            ProblemKind::UnsureEncoding { likely } => vec![("likely", (*likely).to_owned())],
            ProblemKind::NotJson { column, detail } => {
                vec![("column", column.to_string()), ("detail", detail.clone())]
            }
            ProblemKind::WrongType {
                field,
                expected,
                found,
            } => vec![
                ("field", field.clone()),
                ("expected", (*expected).to_owned()),
                ("found", (*found).to_owned()),
            ],
            ProblemKind::ShortRow { cells, column } => {
                vec![("cells", cells.to_string()), ("column", column.to_string())]
            }
            ProblemKind::NotAWorkbook { detail } => vec![("detail", detail.clone())],
            ProblemKind::UnitUnknown { column } => vec![("column", column.clone())],
            ProblemKind::InflatesTooMuch { times } => vec![("times", times.to_string())],
            ProblemKind::TooManyFaults { limit }
            | ProblemKind::TooLong { limit }
            | ProblemKind::TooManyFiles { limit }
            | ProblemKind::TooManyTurns { limit }
            | ProblemKind::TooManyValues { limit } => vec![("limit", limit.to_string())],
            ProblemKind::TooDeep { column } | ProblemKind::Truncated { column } => {
                vec![("column", column.to_string())]
            }
            ProblemKind::SeveralReaders { formats } => {
                let names: Vec<_> = formats.iter().map(|format| format.name()).collect();
                vec![("formats", names.join(", "))]
            }
            ProblemKind::NotFound
            | ProblemKind::NotAFile
            | ProblemKind::Encrypted
            | ProblemKind::NestedArchive
            | ProblemKind::EmptyFile
            | ProblemKind::NoReader
            | ProblemKind::NoFiles
            | ProblemKind::UnclosedQuote
            | ProblemKind::ColumnsUnknown
            | ProblemKind::OldWorkbook
            | ProblemKind::CutOff
            | ProblemKind::NoTurns => Vec::new(),
        }
    }
}

/// For logs and for `?` in other people's programs; what users of liyan see is
/// made from [`ProblemKind::code`] and [`ProblemKind::params`].
impl fmt::Display for InputProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {}",
            self.place.source,
            self.place.line,
            self.kind.code()
        )?;
        for (name, value) in self.kind.params() {
            write!(f, " {name}={value:?}")?;
        }
        Ok(())
    }
}

impl Error for InputProblem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_code_and_its_particulars() {
        let detail = || "d".to_owned();
        let cases = [
            (ProblemKind::NotFound, "a.txt:3: not-found"),
            (
                ProblemKind::Unreadable { detail: detail() },
                "a.txt:3: unreadable detail=\"d\"",
            ),
            (
                ProblemKind::NotUtf8 { byte: 4 },
                "a.txt:3: not-utf8 byte=\"4\"",
            ),
            (
                ProblemKind::NotText { what: "audio" },
                "a.txt:3: not-text what=\"audio\"",
            ),
            (ProblemKind::NoFiles, "a.txt:3: no-files"),
            (ProblemKind::NotAFile, "a.txt:3: not-a-file"),
            (
                ProblemKind::BadArchive { detail: detail() },
                "a.txt:3: bad-archive detail=\"d\"",
            ),
            (ProblemKind::Encrypted, "a.txt:3: encrypted"),
            (ProblemKind::NestedArchive, "a.txt:3: nested-archive"),
            (
                ProblemKind::InflatesTooMuch { times: 4 },
                "a.txt:3: inflates-too-much times=\"4\"",
            ),
            (
                ProblemKind::TooManyFiles { limit: 5 },
                "a.txt:3: too-many-files limit=\"5\"",
            ),
            (
                ProblemKind::UnsureEncoding { likely: "Big5" },
                "a.txt:3: unsure-encoding likely=\"Big5\"",
            ),
            (
                ProblemKind::NotJson {
                    column: 5,
                    detail: detail(),
                },
                "a.txt:3: not-json column=\"5\" detail=\"d\"",
            ),
            (
                ProblemKind::WrongType {
                    field: "turns".to_owned(),
                    expected: "list",
                    found: "null",
                },
                "a.txt:3: wrong-type field=\"turns\" expected=\"list\" found=\"null\"",
            ),
            (
                ProblemKind::TooLong { limit: 6 },
                "a.txt:3: too-long limit=\"6\"",
            ),
            (
                ProblemKind::TooDeep { column: 7 },
                "a.txt:3: too-deep column=\"7\"",
            ),
            (
                ProblemKind::Truncated { column: 8 },
                "a.txt:3: truncated column=\"8\"",
            ),
            (ProblemKind::EmptyFile, "a.txt:3: empty-file"),
            (ProblemKind::NoReader, "a.txt:3: no-reader"),
            (
                ProblemKind::SeveralReaders {
                    formats: vec![Format::JSONL, Format::PLAIN],
                },
                "a.txt:3: several-readers formats=\"jsonl, text\"",
            ),
            (ProblemKind::NoTurns, "a.txt:3: no-turns"),
            (ProblemKind::UnclosedQuote, "a.txt:3: unclosed-quote"),
            (
                ProblemKind::ShortRow {
                    cells: 2,
                    column: 6,
                },
                "a.txt:3: short-row cells=\"2\" column=\"6\"",
            ),
            (
                ProblemKind::TooManyFaults { limit: 50 },
                "a.txt:3: too-many-faults limit=\"50\"",
            ),
            (
                ProblemKind::NotAWorkbook { detail: detail() },
                "a.txt:3: not-a-workbook detail=\"d\"",
            ),
            (ProblemKind::CutOff, "a.txt:3: cut-off"),
            (ProblemKind::OldWorkbook, "a.txt:3: old-workbook"),
            (ProblemKind::ColumnsUnknown, "a.txt:3: columns-unknown"),
            (
                ProblemKind::UnitUnknown { column: detail() },
                "a.txt:3: unit-unknown column=\"d\"",
            ),
            (
                ProblemKind::LinkOnly {
                    link: "https://x/y".to_owned(),
                },
                "a.txt:3: link-only link=\"https://x/y\"",
            ),
            (
                ProblemKind::NotFinished {
                    status: "RUNNING".to_owned(),
                },
                "a.txt:3: not-finished status=\"RUNNING\"",
            ),
            (
                ProblemKind::RecognitionFailed {
                    detail: "FAILED".to_owned(),
                },
                "a.txt:3: recognition-failed detail=\"FAILED\"",
            ),
            (
                ProblemKind::TooManyTurns { limit: 9 },
                "a.txt:3: too-many-turns limit=\"9\"",
            ),
            (
                ProblemKind::TooManyValues { limit: 10 },
                "a.txt:3: too-many-values limit=\"10\"",
            ),
        ];
        for (kind, expected) in cases {
            let problem = InputProblem {
                place: Place::new("a.txt", 3),
                kind,
            };
            assert_eq!(problem.to_string(), expected);
        }
    }
}
