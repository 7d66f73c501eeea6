//! A zip as a folder.
//!
//! Its entries are read in the order of their names, as those of a folder are; hidden
//! ones and such as aren't transcripts by name are left out. An entry is read as a
//! stream of its own, so that a day's lines needn't fit into memory.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Take};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::GB18030;
use zip::{CompressionMethod, ZipArchive};

use super::inflated::{Inflated, Meter, refused};
use super::walk::{is_hidden, is_transcript};
use crate::transcript::{InputProblem, Place, ProblemKind};

/// The most files in an archive. A year of calls fits into it.
const MOST_FILES: usize = 100_000;

/// Where the bytes of an archive are.
#[derive(Clone)]
pub(super) enum Bytes {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

trait Seekable: Read + Seek + Send + Sync {}
impl<T: Read + Seek + Send + Sync> Seekable for T {}

impl Bytes {
    fn open(&self) -> io::Result<Box<dyn Seekable>> {
        Ok(match self {
            Bytes::File(path) => Box::new(File::open(path)?),
            Bytes::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }
}

/// A zip in the middle of being read.
pub(super) struct Archive {
    path: PathBuf,
    bytes: Bytes,
    zip: ZipArchive<Box<dyn Seekable>>,
    /// The entries still to be read, the next one last.
    pending: Vec<(String, usize)>,
    meter: Meter,
}

impl Archive {
    /// # Errors
    /// If it is damaged, or holds too many files.
    pub(super) fn open(path: &Path, bytes: Bytes) -> Result<Self, InputProblem> {
        let problem = |kind| InputProblem::of_source(path, kind);
        let opened = bytes
            .open()
            .map_err(|error| InputProblem::unreadable(Place::of(path, 0), &error))?;
        let zip = ZipArchive::new(opened).map_err(|error| {
            let detail = error.to_string();
            problem(ProblemKind::BadArchive { detail })
        })?;
        if zip.len() > MOST_FILES {
            let limit = MOST_FILES;
            return Err(problem(ProblemKind::TooManyFiles { limit }));
        }
        let names = zip.file_names_raw().map(name).enumerate();
        let files = names.filter(|(_, name)| is_wanted(name));
        let mut pending: Vec<_> = files.map(|(at, name)| (name, at)).collect();
        pending.sort_by(|a, b| b.0.split('/').cmp(a.0.split('/')));
        Ok(Self {
            path: path.to_owned(),
            bytes,
            zip,
            pending,
            meter: Meter::default(),
        })
    }

    /// Whether it is no folder but a document that is a zip within.
    pub(super) fn is_document(&self) -> bool {
        self.zip
            .file_names_raw()
            .any(|name| name == b"[Content_Types].xml" || name == b"mimetype")
    }

    /// Whether nothing in it is a transcript by its name.
    pub(super) fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }

    /// The next entry and its path, `a.zip/b.txt`.
    ///
    /// # Errors
    /// An item is a problem where an entry is damaged or encrypted.
    pub(super) fn next(&mut self) -> Option<Result<(PathBuf, Entry), InputProblem>> {
        let (name, at) = self.pending.pop()?;
        let path = PathBuf::from(format!("{}/{name}", self.path.to_string_lossy()));
        let entry = self.entry(at).map_err(|error| {
            let place = Place::of(&path, 0);
            InputProblem::unreadable(place, &error)
        });
        Some(entry.map(|entry| (path, entry)))
    }

    fn entry(&mut self, at: usize) -> io::Result<Entry> {
        let bad = |detail: String| refused(ProblemKind::BadArchive { detail });
        let file = self.zip.by_index_raw(at);
        let file = file.map_err(|error| bad(error.to_string()))?;
        if file.encrypted() {
            return Err(refused(ProblemKind::Encrypted));
        }
        let start = file.data_start();
        let start = start.ok_or_else(|| bad(String::new()))?;
        let mut data = self.bytes.open()?;
        data.seek(SeekFrom::Start(start))?;
        let data = data.take(file.compressed_size());
        let data = match file.compression() {
            CompressionMethod::Stored => Inflated::AsItIs(data),
            CompressionMethod::Deflated => Inflated::deflated(data, self.meter.clone()),
            other => return Err(bad(other.to_string())),
        };
        Ok(Entry {
            data,
            sum: flate2::Crc::new(),
            expected: file.crc32(),
        })
    }
}

/// One file of an archive. At its end the checksum is compared.
pub(super) struct Entry {
    data: Inflated<Take<Box<dyn Seekable>>>,
    sum: flate2::Crc,
    expected: u32,
}

impl Read for Entry {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.data.read(buffer)?;
        self.sum.update(&buffer[..count]);
        if count == 0 && !buffer.is_empty() && self.sum.sum() != self.expected {
            let detail = "CRC-32".to_owned();
            return Err(refused(ProblemKind::BadArchive { detail }));
        }
        Ok(count)
    }
}

/// An entry's name. Old Chinese programs write GBK and don't say so.
fn name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode(raw).0.into_owned(),
    };
    // Windows's own separator, as some of them write it.
    name.replace('\\', "/")
}

/// Whether an entry of this name is a transcript that nobody hides.
fn is_wanted(name: &str) -> bool {
    let mut parts = name.split('/');
    let hidden = |part: &str| is_hidden(part) || part == "__MACOSX";
    !name.ends_with('/') && !parts.any(hidden) && is_transcript(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_old_encoding_are_names() {
        let cases: [(&[u8], &str, bool); 6] = [
            (b"a/b.txt", "a/b.txt", true),
            ("录音/一.txt".as_bytes(), "录音/一.txt", true),
            (b"\xc2\xbc\xd2\xf4\\\xd2\xbb.txt", "录音/一.txt", true),
            (b"__MACOSX/._a.txt", "__MACOSX/._a.txt", false),
            (b"a/.git/b.txt", "a/.git/b.txt", false),
            (b"a.txt/", "a.txt/", false),
        ];
        for (raw, expected, wanted) in cases {
            assert_eq!((&*name(raw), is_wanted(&name(raw))), (expected, wanted));
        }
    }
}
