//! One file in the middle of being read: its form told, its bytes cut into
//! records.
//!
//! Read by blocks and by lines; at most one record is held, and of one over the
//! limit not even that.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use super::line_ends::LineEnds;
use super::objects;
use super::records::Options;
use crate::transcript::detect::Head;
use crate::transcript::encoding::Decoded;
use crate::transcript::format::Cut;
use crate::transcript::json_formats;
use crate::transcript::{BOM, Format, Hints, InputProblem, Place, ProblemKind, Record, utf8};

/// A stream as text.
type Text<R> = LineEnds<Decoded<R>>;

/// One file in the middle of being read.
pub(super) struct Source<R> {
    reader: BufReader<Chain<Cursor<Vec<u8>>, Text<R>>>,
    format: Format,
    limit: usize,
    largest_file: usize,
    hints: Arc<Hints>,
    /// The line read last.
    place: Place,
    /// Whether it has given anything yet, and whether it can give more.
    silent: bool,
    ended: bool,
}

impl<R: Read> Source<R> {
    /// A stream from `path`, once its format has been told; `name` is what the file
    /// is called.
    ///
    /// # Errors
    /// If it can't be read, or isn't known by exactly one reader.
    pub(super) fn open(
        path: &Path,
        name: &str,
        input: R,
        options: Options,
    ) -> Result<Self, InputProblem> {
        let mut input = LineEnds::new(Decoded::new(input, options.encoding));
        let mut head = Vec::new();
        let format = match options.from {
            Some(format) => format,
            None => told(&mut head, &mut input, path, name, &options)?,
        };
        Ok(Self {
            reader: BufReader::with_capacity(BLOCK, Cursor::new(head).chain(input)),
            format,
            limit: options.max_record,
            largest_file: options.max_file,
            hints: options.hints.clone(),
            place: Place::of(path, 0),
            silent: true,
            ended: false,
        })
    }

    /// The form that it is written in.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// The next record or problem, until the end.
    pub(super) fn next(&mut self) -> Option<Result<Record, InputProblem>> {
        if self.ended {
            return None;
        }
        let cut = match self.format.reader().cut {
            Cut::Lines(_) => self.line(),
            Cut::Objects(_) => self.object(),
            Cut::Between(parts, _) => self.stretch(parts),
            Cut::Whole(_) | Cut::Table(_) | Cut::Bytes(_) => self.whole(),
        };
        let item = cut.unwrap_or_else(|error| {
            self.ended = true;
            Some(Err(InputProblem::unreadable(self.place.clone(), &error)))
        });
        self.ended |= item.is_none();
        let item = item.or_else(|| {
            let kind = ProblemKind::EmptyFile;
            let place = Place::new(self.place.source.clone(), 0);
            self.silent.then_some(Err(InputProblem { place, kind }))
        });
        self.silent = false;
        item
    }

    fn line(&mut self) -> io::Result<Option<Result<Record, InputProblem>>> {
        let mut bytes = Vec::new();
        loop {
            match self.read(&mut bytes)? {
                Line::End => return Ok(None),
                Line::TooLong => return Ok(Some(self.too_long(self.place.clone()))),
                Line::Whole if bytes.trim_ascii().is_empty() => {}
                Line::Whole => return Ok(Some(Ok(self.record(self.place.clone(), bytes)))),
            }
        }
    }

    fn object(&mut self) -> io::Result<Option<Result<Record, InputProblem>>> {
        self.place.line = self.place.line.max(1);
        let object = objects::next(&mut self.reader, self.limit, &mut self.place.line)?;
        Ok(object.map(|object| {
            let place = Place::new(self.place.source.clone(), object.line);
            match object.bytes {
                Some(bytes) => Ok(self.record(place, bytes)),
                None => self.too_long(place),
            }
        }))
    }

    /// The lines up to the next one that parts records, from the first that
    /// isn't blank.
    fn stretch(
        &mut self,
        parts: fn(&[u8]) -> bool,
    ) -> io::Result<Option<Result<Record, InputProblem>>> {
        let (mut line, mut bytes) = (Vec::new(), Vec::new());
        let mut begin = None;
        let mut fits = true;
        loop {
            let read = self.read(&mut line)?;
            match read {
                Line::End => break,
                Line::Whole if parts(&line) && begin.is_some() => break,
                Line::Whole if parts(&line) => continue,
                Line::Whole if begin.is_none() && line.trim_ascii().is_empty() => continue,
                Line::Whole | Line::TooLong => {}
            }
            begin.get_or_insert_with(|| self.place.clone());
            fits &= matches!(read, Line::Whole) && bytes.len() + line.len() < self.limit;
            if fits {
                bytes.extend_from_slice(&line);
                bytes.push(b'\n');
            } else {
                bytes = Vec::new();
            }
        }
        Ok(begin.map(|place| match fits {
            true => Ok(self.record(place, bytes)),
            false => self.too_long(place),
        }))
    }

    /// All that is left, once.
    fn whole(&mut self) -> io::Result<Option<Result<Record, InputProblem>>> {
        let limit = self.largest_file;
        let mut bytes = Vec::new();
        let most = (limit as u64).saturating_add(1);
        self.reader.by_ref().take(most).read_to_end(&mut bytes)?;
        if bytes.starts_with(BOM) {
            bytes.drain(..BOM.len());
        }
        let place = Place::new(self.place.source.clone(), 1);
        if bytes.len() > limit {
            self.ended = true;
            let place = Place::new(place.source, 0);
            let kind = ProblemKind::TooLong { limit };
            return Ok(Some(Err(InputProblem { place, kind })));
        }
        let blank = bytes.trim_ascii().is_empty();
        Ok((!blank).then(|| Ok(self.record(place, bytes))))
    }

    fn record(&self, place: Place, bytes: Vec<u8>) -> Record {
        Record {
            place,
            format: self.format,
            encoding: self.reader.get_ref().get_ref().1.input().encoding(),
            bytes,
            hints: self.hints.clone(),
        }
    }

    fn too_long(&self, place: Place) -> Result<Record, InputProblem> {
        let kind = ProblemKind::TooLong { limit: self.limit };
        Err(InputProblem { place, kind })
    }

    /// The next line without its end, in place of what `line` holds. A byte
    /// order mark is no part of it, wherever joined files have left one.
    fn read(&mut self, line: &mut Vec<u8>) -> io::Result<Line> {
        line.clear();
        self.place.line += 1;
        let most = (self.limit as u64).saturating_add(1);
        self.reader.by_ref().take(most).read_until(b'\n', line)?;
        if line.is_empty() {
            return Ok(Line::End);
        }
        if line.pop_if(|byte| *byte == b'\n').is_some() {
            line.pop_if(|byte| *byte == b'\r');
        } else if line.len() > self.limit {
            self.reader.skip_until(b'\n')?;
            return Ok(Line::TooLong);
        }
        if line.starts_with(BOM) {
            line.drain(..BOM.len());
        }
        Ok(Line::Whole)
    }
}

enum Line {
    Whole,
    TooLong,
    End,
}

/// Enough for a disk to run at full speed, and for every signature.
const BLOCK: usize = 64 << 10;

/// Tells the format from the first line if that is enough, so that a record
/// that has just come through a pipe needn't wait for a block to fill, and
/// otherwise from the first block; JSON, in which order means nothing, from all
/// of it. What is looked at depends on the text alone, never on the size of the
/// pieces in which it comes.
fn told<R: Read>(
    head: &mut Vec<u8>,
    input: &mut R,
    path: &Path,
    name: &str,
    options: &Options,
) -> Result<Format, InputProblem> {
    let unreadable = |error| InputProblem::unreadable(Place::of(path, 0), &error);
    let mut buffer = vec![0; BLOCK];
    let mut first_line = None;
    let mut is_whole = false;
    while head.len() < BLOCK && !is_whole {
        let most = BLOCK - head.len();
        let count = match input.read(&mut buffer[..most]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read.map_err(unreadable)?,
        };
        is_whole = count == 0;
        head.extend_from_slice(&buffer[..count]);
        if first_line.is_none() && buffer[..count].contains(&b'\n') {
            first_line = end_of_first_line(head);
            let line = first_line.map(|end| &head[..end]);
            let told = line.and_then(|line| with_head(line, name, Format::detect_by_line));
            if let Some(format) = told {
                return Ok(format);
            }
        }
    }
    let told = detect(head, name);
    if is_whole || !could_be_json(head) || told == Ok(Format::JSONL) {
        return told.map_err(|kind| untold(head, path, kind));
    }
    let rest = options.max_file.saturating_sub(head.len()) as u64;
    input.take(rest).read_to_end(head).map_err(unreadable)?;
    let told = detect(head, name);
    told.map_err(|kind| untold(head, path, kind))
}

fn detect(bytes: &[u8], name: &str) -> Result<Format, ProblemKind> {
    with_head(bytes, name, Format::detect)
}

/// What `look` makes of the text that the bytes are, but for damage.
fn with_head<T>(bytes: &[u8], name: &str, look: impl FnOnce(&Head) -> T) -> T {
    let text = String::from_utf8_lossy(bytes.strip_prefix(BOM).unwrap_or(bytes));
    look(&Head::new(&text, bytes, name))
}

fn could_be_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(BOM).unwrap_or(head).trim_ascii_start();
    head.first().is_some_and(|first| b"{[\"".contains(first))
}

/// What is wrong with a file of which the format can't be told.
fn untold(head: &[u8], path: &Path, kind: ProblemKind) -> InputProblem {
    match kind {
        ProblemKind::NoReader => match std::str::from_utf8(head) {
            // Without a length the error is only that the head was cut within a
            // character.
            Err(error) if error.error_len().is_some() => utf8(head, &Place::of(path, 1))
                .err()
                .unwrap_or_else(|| InputProblem::of_source(path, kind)),
            _ => {
                let text = String::from_utf8_lossy(head.strip_prefix(BOM).unwrap_or(head));
                json_formats::damage(&text, &Place::of(path, 1))
                    .unwrap_or_else(|| InputProblem::of_source(path, kind))
            }
        },
        ProblemKind::EmptyFile if head.len() == BLOCK => {
            InputProblem::of_source(path, ProblemKind::NoReader)
        }
        _ => InputProblem::of_source(path, kind),
    }
}

/// Where the first line that isn't blank ends, once it has.
fn end_of_first_line(head: &[u8]) -> Option<usize> {
    let blank = head.len() - head.trim_ascii_start().len();
    let length = head[blank..].iter().position(|&byte| byte == b'\n')?;
    Some(blank + length)
}
