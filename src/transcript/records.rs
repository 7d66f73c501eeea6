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

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::path::{Path, PathBuf};

use super::{BOM, Cut, Format, InputProblem, Place, ProblemKind, Record, has_extension, utf8};

/// How input is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The format of all input; `None` to tell it from each file.
    pub from: Option<Format>,
    /// The largest record, in bytes.
    pub max_record: usize,
}

impl Default for Options {
    /// Formats are told, and a record holds at most 16 MiB.
    fn default() -> Self {
        Self {
            from: None,
            max_record: 16 << 20,
        }
    }
}

/// The records of files and folders, in order. See [`Records::new`].
///
/// # Errors
/// An item is an [`InputProblem`] where a file, a line or a stretch of text
/// can't be had; the items after it are not affected.
pub struct Records<R> {
    options: Options,
    /// What is still to be read, the next one last.
    pending: Vec<Step>,
    stdin: Option<R>,
    open: Option<Source<R>>,
    /// Whether the folder that the user named has held anything yet.
    found: bool,
}

enum Step {
    /// A path that the user named.
    Named(PathBuf),
    Folder(PathBuf),
    File(PathBuf),
    /// All that the named folder holds has been read.
    Left(PathBuf),
}

impl<R: Read> Records<R> {
    /// The records of `paths`: files of any name, folders with all that lies
    /// in them, and `-` for `stdin`, which is read once.
    ///
    /// In folders only files with the extension of a transcript are taken
    /// (`jsonl`, `ndjson`, `json`, `txt`, `log`), hidden ones are left out, and
    /// links aren't followed.
    pub fn new<P: Into<PathBuf>>(
        paths: impl IntoIterator<Item = P>,
        stdin: R,
        options: Options,
    ) -> Self {
        let mut pending: Vec<_> = paths.into_iter().map(|p| Step::Named(p.into())).collect();
        pending.reverse();
        Self {
            options,
            pending,
            stdin: Some(stdin),
            open: None,
            found: false,
        }
    }

    fn step(&mut self, step: Step) -> Result<(), InputProblem> {
        match step {
            Step::Named(path) if path.as_os_str() == "-" => {
                let stdin = self.stdin.take().map(Input::Stdin);
                self.open(&path, stdin.unwrap_or(Input::Nothing))
            }
            Step::Named(path) => {
                let about =
                    fs::metadata(&path).map_err(|error| unreadable(place(&path, 0), &error))?;
                if !about.is_dir() {
                    return self.step(Step::File(path));
                }
                self.found = false;
                self.pending.push(Step::Left(path.clone()));
                self.step(Step::Folder(path))
            }
            Step::Folder(path) => {
                let entries = entries(&path).map_err(|error| {
                    self.found = true;
                    unreadable(place(&path, 0), &error)
                })?;
                self.pending.extend(entries.into_iter().rev());
                Ok(())
            }
            Step::File(path) => {
                self.found = true;
                let file =
                    File::open(&path).map_err(|error| unreadable(place(&path, 0), &error))?;
                self.open(&path, Input::File(file))
            }
            Step::Left(_) if self.found => Ok(()),
            Step::Left(path) => Err(problem(&path, ProblemKind::NoFiles)),
        }
    }

    fn open(&mut self, path: &Path, input: Input<R>) -> Result<(), InputProblem> {
        self.open = Some(Source::open(path, input, self.options)?);
        Ok(())
    }
}

impl<R: Read> Iterator for Records<R> {
    type Item = Result<Record, InputProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.open.as_mut().and_then(Source::next) {
                return Some(item);
            }
            self.open = None;
            let step = self.pending.pop()?;
            if let Err(problem) = self.step(step) {
                return Some(Err(problem));
            }
        }
    }
}

/// What of a folder is to be read, by name.
fn entries(folder: &Path) -> io::Result<Vec<Step>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut steps = Vec::new();
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        // What has no type any more says why when it is opened.
        let kind = entry.file_type().ok();
        if kind.is_some_and(|kind| kind.is_dir()) {
            steps.push(Step::Folder(entry.path()));
        } else if kind.is_none_or(|kind| kind.is_file()) && has_extension(&name, &EXTENSIONS) {
            steps.push(Step::File(entry.path()));
        }
    }
    Ok(steps)
}

const EXTENSIONS: [&str; 5] = ["jsonl", "ndjson", "json", "txt", "log"];

enum Input<R> {
    File(File),
    Stdin(R),
    /// Standard input that was named before and is used up.
    Nothing,
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Input::File(file) => file.read(buffer),
            Input::Stdin(stdin) => stdin.read(buffer),
            Input::Nothing => Ok(0),
        }
    }
}

/// One file in the middle of being read.
struct Source<R> {
    reader: BufReader<Chain<Cursor<Vec<u8>>, Input<R>>>,
    format: Format,
    limit: usize,
    /// The line read last.
    place: Place,
    /// Whether it has given anything yet, and whether it can give more.
    silent: bool,
    ended: bool,
}

impl<R: Read> Source<R> {
    fn open(path: &Path, mut input: Input<R>, options: Options) -> Result<Self, InputProblem> {
        let mut head = Vec::new();
        let format = match options.from {
            Some(format) => format,
            None => told(&mut head, &mut input, path)?,
        };
        Ok(Self {
            reader: BufReader::with_capacity(BLOCK, Cursor::new(head).chain(input)),
            format,
            limit: options.max_record,
            place: place(path, 0),
            silent: true,
            ended: false,
        })
    }

    fn next(&mut self) -> Option<Result<Record, InputProblem>> {
        if self.ended {
            return None;
        }
        let cut = match self.format.reader().cut {
            Cut::Lines => self.line(),
            Cut::Between(parts) => self.stretch(parts),
        };
        let item = cut.unwrap_or_else(|error| {
            self.ended = true;
            Some(Err(unreadable(self.place.clone(), &error)))
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

    fn record(&self, place: Place, bytes: Vec<u8>) -> Record {
        Record {
            place,
            format: self.format,
            bytes,
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
/// otherwise from the first block. What is looked at depends on the text
/// alone, never on the size of the pieces in which it comes.
fn told<R: Read>(head: &mut Vec<u8>, input: &mut R, path: &Path) -> Result<Format, InputProblem> {
    let name = path.to_string_lossy();
    let mut input = input.take(BLOCK as u64);
    let mut buffer = vec![0; BLOCK];
    let mut first_line = None;
    loop {
        let count = match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(place(path, 0), &error)),
        };
        head.extend_from_slice(&buffer[..count]);
        if first_line.is_none() && buffer[..count].contains(&b'\n') {
            first_line = end_of_first_line(head);
            let line = first_line.map(|end| &head[..end]);
            if let Some(Ok(format)) = line.map(|line| Format::detect(line, &name)) {
                return Ok(format);
            }
        }
    }
    Format::detect(head, &name).map_err(|kind| match kind {
        ProblemKind::NotUtf8 { .. } => match utf8(head, &place(path, 1)) {
            Err(problem) => problem,
            Ok(_) => problem(path, kind),
        },
        ProblemKind::EmptyFile if head.len() == BLOCK => problem(path, ProblemKind::NoReader),
        _ => problem(path, kind),
    })
}

/// Where the first line that isn't blank ends, once it has.
fn end_of_first_line(head: &[u8]) -> Option<usize> {
    let blank = head.len() - head.trim_ascii_start().len();
    let length = head[blank..].iter().position(|&byte| byte == b'\n')?;
    Some(blank + length)
}

fn place(path: &Path, line: u64) -> Place {
    Place::new(path.to_string_lossy(), line)
}

/// A problem with a source as a whole.
fn problem(path: &Path, kind: ProblemKind) -> InputProblem {
    InputProblem {
        place: place(path, 0),
        kind,
    }
}

fn unreadable(place: Place, error: &io::Error) -> InputProblem {
    let kind = match error.kind() {
        io::ErrorKind::NotFound => ProblemKind::NotFound,
        _ => ProblemKind::Unreadable {
            detail: error.to_string(),
        },
    };
    InputProblem { place, kind }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        }
    }

    #[test]
    fn streams_fall_into_records() {
        const JSONL: Option<Format> = Some(Format::Jsonl);
        const PLAIN: Option<Format> = Some(Format::Plain);
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
        let gbk = Records::new(["-"], &b"a\nb\xbf\xcd"[..], options(None));
        assert_eq!(told(gbk), ["-:2: not-utf8 byte=\"2\""]);
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
            from: Some(Format::Jsonl),
            ..Options::default()
        };
        let expected = ["-:1: too-long limit=\"16777216\"", "-:2 jsonl|{}"];
        assert_eq!(told(Records::new(["-"], endless, options)), expected);
    }

    #[test]
    fn folders_are_walked_by_name() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        for name in ["b", ".hidden", "a.txt.d", "empty", "empty/deep"] {
            fs::create_dir(root.join(name))?;
        }
        let files = [
            ("b/2.txt", "客服：2"),
            ("b/10.TXT", "客服：10"),
            ("c.jsonl", ""),
            ("a.txt", "客服：a"),
            ("a.txt.d/x.log", "客服：x"),
            (".hidden/x.txt", "客服：h"),
            (".x.txt", "客服：h"),
            ("x.wav", "RIFF"),
        ];
        for (name, text) in files {
            fs::write(root.join(name), text)?;
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("b/loop"))?;
        let paths = [
            root.to_owned(),
            root.join("empty"),
            root.join("none"),
            root.join(".x.txt"),
        ];
        let items: Vec<String> = told(Records::new(paths, io::empty(), Options::default()))
            .into_iter()
            .map(|item| {
                item.replace(&*root.to_string_lossy(), "~")
                    .replace('\\', "/")
            })
            .collect();
        let expected = [
            "~/a.txt:1 text|客服：a⏎",
            "~/a.txt.d/x.log:1 text|客服：x⏎",
            "~/b/10.TXT:1 text|客服：10⏎",
            "~/b/2.txt:1 text|客服：2⏎",
            "~/c.jsonl:0: empty-file",
            "~/empty:0: no-files",
            "~/none:0: not-found",
            "~/.x.txt:1 text|客服：h⏎",
        ];
        assert_eq!(items, expected);
        Ok(())
    }
}
