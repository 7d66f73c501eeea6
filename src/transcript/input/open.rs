//! A file before its first record: what it is packed in, and what it holds.

use std::fs::File;
use std::io::{self, Chain, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use super::archive::{Archive, Bytes, Entry};
use super::inflated::{Inflated, Meter};
use super::magic::{self, Container};
use super::records::Options;
use super::source::Source;
use super::walk::without_compression;
use crate::transcript::encoding::Encoding;
use crate::transcript::format::Cut;
use crate::transcript::{InputProblem, Place, ProblemKind};

/// Where bytes come from.
pub(super) enum Input<R> {
    File(File),
    Stdin(R),
    Entry(Entry),
    Memory(Cursor<Arc<[u8]>>),
    /// Standard input that was named before and is used up.
    Nothing,
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Input::File(file) => file.read(buffer),
            Input::Stdin(stdin) => stdin.read(buffer),
            Input::Entry(entry) => entry.read(buffer),
            Input::Memory(bytes) => bytes.read(buffer),
            Input::Nothing => Ok(0),
        }
    }
}

/// A stream of which the first bytes have been looked at.
type Peeked<R> = Chain<Cursor<Vec<u8>>, R>;
/// A file as what was compressed in it.
pub(super) type Stream<R> = Peeked<Inflated<Peeked<Input<R>>>>;

/// A file that has been opened.
pub(super) enum Opened<R: Read> {
    Source(Box<Source<Stream<R>>>),
    Archive(Box<Archive>),
}

/// Opens what lies at `path`, and unpacks it once.
///
/// # Errors
/// If it can't be read, isn't text, is packed twice, or no reader knows it.
pub(super) fn open<R: Read>(
    path: &Path,
    input: Input<R>,
    options: Options,
) -> Result<Opened<R>, InputProblem> {
    let unreadable = |error: io::Error| InputProblem::unreadable(Place::of(path, 0), &error);
    let problem = |kind| InputProblem::of_source(path, kind);
    let is_entry = matches!(input, Input::Entry(_));
    let can_seek = matches!(&input, Input::File(file)
        if file.metadata().is_ok_and(|about| about.is_file()));
    let (first, input) = peek(input).map_err(unreadable)?;
    let input = match Container::of(&first) {
        Container::Text => Inflated::AsItIs(input),
        Container::Gzip | Container::Zstd if is_entry => {
            return Err(problem(ProblemKind::NestedArchive));
        }
        Container::Gzip => Inflated::gzip(input, Meter::default()),
        Container::Zstd => Inflated::zstd(input, Meter::default()).map_err(unreadable)?,
        Container::Foreign(what) => return Err(problem(ProblemKind::NotText { what })),
        Container::Ole => {
            let bytes = all(input, options.max_file).map_err(unreadable)?;
            return document(path, bytes, options);
        }
        Container::Zip => {
            let bytes = match can_seek {
                true => Bytes::File(path.to_owned()),
                false => Bytes::Memory(all(input, options.max_file).map_err(unreadable)?),
            };
            let archive = Archive::open(path, bytes.clone())?;
            if archive.is_document() {
                let bytes = match bytes {
                    Bytes::Memory(bytes) => bytes,
                    Bytes::File(path) => File::open(path)
                        .and_then(|file| all(file, options.max_file))
                        .map_err(unreadable)?,
                };
                return document(path, bytes, options);
            }
            return match archive.is_empty() {
                _ if is_entry => Err(problem(ProblemKind::NestedArchive)),
                true => Err(problem(ProblemKind::NoFiles)),
                false => Ok(Opened::Archive(Box::new(archive))),
            };
        }
    };
    let is_packed = !matches!(input, Inflated::AsItIs(_));
    let (first, input) = peek(input).map_err(unreadable)?;
    match Container::of(&first) {
        Container::Foreign(what) if is_packed => Err(problem(ProblemKind::NotText { what })),
        Container::Ole if is_packed => document(
            path,
            all(input, options.max_file).map_err(unreadable)?,
            options,
        ),
        Container::Gzip | Container::Zstd | Container::Zip if is_packed => {
            Err(problem(ProblemKind::NestedArchive))
        }
        _ => {
            let name = path.to_string_lossy();
            let name = without_compression(&name);
            let source = Source::open(path, name, input, options)?;
            Ok(Opened::Source(Box::new(source)))
        }
    }
}

/// A document in the bytes that it has, if any reader takes it.
fn document<R: Read>(
    path: &Path,
    bytes: Arc<[u8]>,
    options: Options,
) -> Result<Opened<R>, InputProblem> {
    let what = "document";
    let no_text = InputProblem::of_source(path, ProblemKind::NotText { what });
    let memory = Input::Memory(Cursor::new(bytes));
    let input = Inflated::AsItIs(Cursor::new(Vec::new()).chain(memory));
    let options = Options {
        encoding: Some(Encoding::UTF_8),
        ..options
    };
    let name = path.to_string_lossy();
    let source = Source::open(path, &name, Cursor::new(Vec::new()).chain(input), options);
    let source = source.map_err(|problem| match problem.kind {
        ProblemKind::NoReader | ProblemKind::NotUtf8 { .. } => no_text.clone(),
        _ => problem,
    })?;
    match source.format().reader().cut {
        Cut::Bytes(_) => Ok(Opened::Source(Box::new(source))),
        _ => Err(no_text),
    }
}

/// The first bytes of a stream, and the stream with them in it again.
fn peek<R: Read>(mut input: R) -> io::Result<(Vec<u8>, Peeked<R>)> {
    let mut first = Vec::new();
    let most = magic::LENGTH as u64;
    // A failure that comes later is told when it comes again.
    input.by_ref().take(most).read_to_end(&mut first)?;
    Ok((first.clone(), Cursor::new(first).chain(input)))
}

/// All of a stream.
///
/// # Errors
/// If it is longer than `limit`, or can't be read.
fn all(input: impl Read, limit: usize) -> io::Result<Arc<[u8]>> {
    let mut bytes = Vec::new();
    input.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    match bytes.len() > limit {
        true => Err(super::inflated::refused(ProblemKind::TooLong { limit })),
        false => Ok(bytes.into()),
    }
}
