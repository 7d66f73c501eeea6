//! Files, folders and standard input, cut into the bytes of one conversation
//! after another.
//!
//! A year of recordings is larger than memory and never flawless. So this
//! iterator holds one record and the names in the folders that it stands in,
//! reads by blocks, refuses a record over the limit without holding it, and
//! turns whatever goes wrong into an [`InputProblem`] in its place before it
//! goes on with the next line or file. The order is that of the input, folders
//! sorted by name, so that two runs over the same folder agree.
//!
//! Understanding the bytes is [`Record::parse`]'s work and left to other
//! threads.

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use super::archive::Archive;
use super::open::{Input, Opened, Stream, open};
use super::source::Source;
use super::walk::{Found, Walk};
use crate::conversation::Conversation;
use crate::transcript::{Encoding, Format, Hints, InputProblem, Label, Record};

/// How input is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The format of all input; `None` to tell it from each file.
    pub from: Option<Format>,
    /// The encoding of all input that carries no mark; `None` to tell it from each file.
    pub encoding: Option<Encoding>,
    /// The largest record, in bytes.
    pub max_record: usize,
    /// The largest file of a form that has to be read as a whole, in bytes.
    pub max_file: usize,
    /// What the user says of the input.
    pub hints: Arc<Hints>,
}

impl Default for Options {
    /// Formats and encodings are told; a record holds at most 16 MiB, and a file that has to be
    /// read as a whole 64 MiB.
    fn default() -> Self {
        Self {
            from: None,
            encoding: None,
            max_record: 16 << 20,
            max_file: 64 << 20,
            hints: Arc::default(),
        }
    }
}

/// The records of files and folders, in order. See [`Records::new`].
///
/// # Errors
/// An item is an [`InputProblem`] where a file, a line or a stretch of text
/// can't be had; the items after it are not affected.
pub struct Records<R: Read> {
    options: Options,
    walk: Walk,
    stdin: Option<R>,
    archive: Option<Box<Archive>>,
    source: Option<Box<Source<Stream<R>>>>,
}

impl<R: Read> Records<R> {
    /// The records of `paths`: files of any name, folders with all that lies
    /// in them, and `-` for `stdin`, which is read once.
    ///
    /// In folders only files with the extension of some [`Format`] are taken, hidden
    /// ones are left out, and links aren't followed. Compressed files (`.gz`, `.zst`)
    /// are read as what was compressed, and a zip is read as a folder.
    pub fn new<P: Into<PathBuf>>(
        paths: impl IntoIterator<Item = P>,
        stdin: R,
        options: Options,
    ) -> Self {
        Self {
            options,
            walk: Walk::new(paths),
            stdin: Some(stdin),
            archive: None,
            source: None,
        }
    }

    /// The conversations that they hold, in order.
    ///
    /// # Errors
    /// An item is an [`InputProblem`] as in [`Records`] and in [`Record::parse`].
    pub fn conversations(self) -> impl Iterator<Item = Result<Conversation, InputProblem>> {
        self.flat_map(|record| match record {
            Ok(record) => record.parse(),
            Err(problem) => vec![Err(problem)],
        })
    }

    /// The conversations that they hold, in order, with the labels that a careful
    /// reader gave them.
    ///
    /// # Errors
    /// An item is an [`InputProblem`] as in [`Records`] and in
    /// [`Record::parse_labelled`].
    pub fn labelled(
        self,
    ) -> impl Iterator<Item = Result<(Conversation, Vec<Label>), InputProblem>> {
        self.flat_map(|record| match record {
            Ok(record) => record.parse_labelled(),
            Err(problem) => vec![Err(problem)],
        })
    }

    /// Opens the next file, of the archive at hand or of the walk.
    fn advance(&mut self) -> Option<Result<(), InputProblem>> {
        let (path, input) = match self.archive.as_mut().map(|archive| archive.next()) {
            Some(Some(Ok((path, entry)))) => (path, Input::Entry(entry)),
            Some(Some(Err(problem))) => return Some(Err(problem)),
            Some(None) | None => {
                self.archive = None;
                match self.walk.next()? {
                    Ok(Found::File(path, file)) => (path, Input::File(file)),
                    Ok(Found::Stdin) => {
                        let stdin = self.stdin.take().map(Input::Stdin);
                        (PathBuf::from("-"), stdin.unwrap_or(Input::Nothing))
                    }
                    Err(problem) => return Some(Err(problem)),
                }
            }
        };
        Some(
            open(&path, input, self.options.clone()).map(|opened| match opened {
                Opened::Source(source) => self.source = Some(source),
                Opened::Archive(archive) => self.archive = Some(archive),
            }),
        )
    }
}

impl<R: Read> Iterator for Records<R> {
    type Item = Result<Record, InputProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.source.as_mut().and_then(|source| source.next()) {
                return Some(item);
            }
            self.source = None;
            if let Err(problem) = self.advance()? {
                return Some(Err(problem));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    /// Gives one byte a call, as a slow pipe does, and fails at the end if told
    /// to.
    struct Drip<'a>(&'a [u8], bool);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match (self.0.split_first(), buffer.first_mut()) {
                (Some((byte, rest)), Some(slot)) => {
                    *slot = *byte;
                    self.0 = rest;
                    Ok(1)
                }
                _ if self.1 => Err(io::Error::other("gone")),
                _ => Ok(0),
            }
        }
    }

    /// Each item as `source:line format|bytes` or as the problem's words.
    fn told<R: Read>(records: Records<R>) -> Vec<String> {
        records
            .map(|item| match item {
                Err(problem) => problem.to_string(),
                Ok(record) => format!(
                    "{}:{} {}|{}",
                    record.place.source,
                    record.place.line,
                    record.format.name(),
                    String::from_utf8_lossy(&record.bytes).replace('\n', "⏎")
                ),
            })
            .collect()
    }

    fn options(from: Option<Format>) -> Options {
        Options {
            from,
            max_record: 20,
            ..Options::default()
        }
    }

    #[test]
    fn streams_fall_into_records() {
        const JSONL: Option<Format> = Some(Format::JSONL);
        const PLAIN: Option<Format> = Some(Format::PLAIN);
        let cases: [(Option<Format>, &str, &[&str]); 14] = [
            (
                JSONL,
                "\u{feff}{}\r\n\n \t\n{1}",
                &["-:1 jsonl|{}", "-:4 jsonl|{1}"],
            ),
            (
                JSONL,
                "{}\n\u{feff}{1}\n",
                &["-:1 jsonl|{}", "-:2 jsonl|{1}"],
            ),
            (
                JSONL,
                "12345678901234567890\n",
                &["-:1 jsonl|12345678901234567890"],
            ),
            (
                JSONL,
                "123456789012345678901\n{}\n123456789012345678901",
                &[
                    "-:1: too-long limit=\"20\"",
                    "-:2 jsonl|{}",
                    "-:3: too-long limit=\"20\"",
                ],
            ),
            (JSONL, "", &["-:0: empty-file"]),
            (JSONL, "\u{feff}\n\n", &["-:0: empty-file"]),
            (
                PLAIN,
                "===\n\na: x\n\nb\r\n---\n ==== \nc",
                &["-:3 text|a: x⏎⏎b⏎", "-:8 text|c⏎"],
            ),
            (
                PLAIN,
                "12345678901\n12345678901\n---\nc",
                &["-:1: too-long limit=\"20\"", "-:4 text|c⏎"],
            ),
            (
                PLAIN,
                "a\n123456789012345678901\nb\n===\nc",
                &["-:1: too-long limit=\"20\"", "-:5 text|c⏎"],
            ),
            (PLAIN, "---\n", &["-:0: empty-file"]),
            (
                None,
                "\n{\"turns\":[]}\nx",
                &["-:2 jsonl|{\"turns\":[]}", "-:3 jsonl|x"],
            ),
            (None, "hm\n客服：好\n", &["-:1 text|hm⏎客服：好⏎"]),
            (None, "hm\nhm", &["-:0: no-reader"]),
            (None, " \n", &["-:0: empty-file"]),
        ];
        for (from, text, expected) in cases {
            let dripping = Records::new(["-"], Drip(text.as_bytes(), false), options(from));
            assert_eq!(told(dripping), expected, "{text}");
            let at_once = Records::new(["-"], text.as_bytes(), options(from));
            assert_eq!(told(at_once), expected, "{text}");
        }
        let damaged = Records::new(["-"], "a\n好b\u{fffd}".as_bytes(), options(None));
        assert_eq!(told(damaged), ["-:0: no-reader"]);
        let gbk = &b"hm\n\xbf\xcd\xb7\xfe\xa3\xba\xba\xc3"[..];
        let gbk = Records::new(["-"], gbk, options(None));
        assert_eq!(told(gbk), ["-:1 text|hm⏎客服：好⏎"]);
    }

    #[test]
    fn a_failing_stream_gives_what_it_gave() {
        let broken = Records::new(["-", "-"], Drip(b"{\"turns\":0}\n{}", true), options(None));
        let expected = [
            "-:1 jsonl|{\"turns\":0}",
            "-:2: unreadable detail=\"gone\"",
            "-:0: empty-file",
        ];
        assert_eq!(told(broken), expected);
    }

    #[test]
    fn a_record_comes_before_the_pipe_has_more() {
        let waiting = Drip(b"{\"turns\":0}\n", true);
        let mut records = Records::new(["-"], waiting, Options::default());
        let first = records.next().map(|item| item.map(|record| record.bytes));
        assert_eq!(first, Some(Ok(b"{\"turns\":0}".to_vec())));
    }

    #[test]
    fn an_endless_line_is_not_held() {
        let endless = io::repeat(b'x').take(1 << 28).chain(&b"\n{}"[..]);
        let options = Options {
            from: Some(Format::JSONL),
            ..Options::default()
        };
        let expected = ["-:1: too-long limit=\"16777216\"", "-:2 jsonl|{}"];
        assert_eq!(told(Records::new(["-"], endless, options)), expected);
    }

    #[test]
    fn a_folder_is_read_on_past_what_cant_be() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        std::fs::write(root.join("a.txt"), "客服：a")?;
        std::fs::write(root.join("b.jsonl"), "")?;
        std::fs::write(root.join("c.log"), "客服：c")?;
        let paths = [root.to_owned(), root.join("none"), "-".into()];
        let records = Records::new(paths, "客服：d".as_bytes(), Options::default());
        let items = told(records).into_iter().map(|item| {
            let item = item.replace(&*root.to_string_lossy(), "~");
            item.replace('\\', "/")
        });
        let expected = [
            "~/a.txt:1 text|客服：a⏎",
            "~/b.jsonl:0: empty-file",
            "~/c.log:1 text|客服：c⏎",
            "~/none:0: not-found",
            "-:1 text|客服：d⏎",
        ];
        assert_eq!(items.collect::<Vec<_>>(), expected);
        Ok(())
    }
}
