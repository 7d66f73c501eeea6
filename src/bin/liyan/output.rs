//! Where results go: standard output, or a file that is there whole or not at all.

use crate::outcome::Outcome;
use crate::screen::Screen;
use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

const BUFFER: usize = 1 << 16;

/// A place for results.
pub enum Output {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
    /// A device or a pipe, which can't be replaced by a file.
    Stream(BufWriter<File>),
    /// A file, under another name until it is complete.
    File {
        /// What is written to meanwhile; removed if it is never finished.
        part: BufWriter<NamedTempFile>,
        /// The name that it will have.
        path: PathBuf,
        /// What the file of that name, which it replaces, allows to whom.
        permissions: Option<Permissions>,
    },
}

impl Output {
    /// The file at `path`, or standard output.
    ///
    /// # Errors
    /// If no file can be made in that folder.
    pub fn open(path: Option<&Path>) -> io::Result<Self> {
        let Some(path) = path else {
            let stdout = BufWriter::with_capacity(BUFFER, io::stdout());
            return Ok(Output::Standard(stdout));
        };
        let before = fs::metadata(path).ok();
        match &before {
            Some(about) if about.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Some(about) if !about.is_file() => {
                let stream = File::options().write(true).open(path)?;
                return Ok(Output::Stream(BufWriter::with_capacity(BUFFER, stream)));
            }
            _ => {}
        }
        // A link stays one, and what it leads to is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        // Asked first, since otherwise the error would tell of a file that the user
        // has never heard of.
        fs::metadata(folder)?;
        Ok(Output::File {
            part: BufWriter::with_capacity(BUFFER, part_in(folder)?),
            path,
            permissions: before.map(|about| about.permissions()),
        })
    }

    /// Puts `mark` into the name that a file will have, before its extension:
    /// `month.qinzhou-2014@1.0.0.html`.
    pub fn tell_apart(&mut self, mark: &str) {
        if let Output::File { path, .. } = self {
            let safe = |char: char| match char {
                char if char.is_alphanumeric() || "@+.-_".contains(char) => char,
                _ => '_',
            };
            let mark: String = mark.chars().map(safe).collect();
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let name = match path.extension() {
                Some(extension) => format!("{stem}.{mark}.{}", extension.to_string_lossy()),
                None => format!("{stem}.{mark}"),
            };
            path.set_file_name(name);
        }
    }

    /// Writes out what is left; a file gets its name only now.
    ///
    /// # Errors
    /// If something can't be written, or the file can't get its name.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Output::Standard(mut stdout) => stdout.flush(),
            Output::Stream(mut stream) => stream.flush(),
            Output::File {
                part,
                path,
                permissions,
            } => {
                let part = part.into_inner().map_err(io::IntoInnerError::into_error)?;
                if let Some(permissions) = permissions {
                    part.as_file().set_permissions(permissions)?;
                }
                part.as_file().sync_all()?;
                part.persist(&path).map_err(|error| error.error)?;
                Ok(())
            }
        }
    }
}

/// A nameless file, which by itself only its owner could read: others may do with
/// it what they may do with any new file.
fn part_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Standard(stdout) => stdout.write(bytes),
            Output::Stream(stream) => stream.write(bytes),
            Output::File { part, .. } => part.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Standard(stdout) => stdout.flush(),
            Output::Stream(stream) => stream.flush(),
            Output::File { part, .. } => part.flush(),
        }
    }
}

/// Writes a page to standard output.
pub fn print(screen: &Screen, page: impl AsRef<[u8]>) -> Outcome {
    let written = Output::open(None).and_then(|mut output| {
        output.write_all(page.as_ref())?;
        output.finish()
    });
    match written {
        Ok(()) => Outcome::DONE,
        Err(error) => unwritten(screen, None, &error),
    }
}

/// What it means that results could not be written to the file at `path`, or to
/// standard output.
pub fn unwritten(screen: &Screen, path: Option<&Path>, error: &io::Error) -> Outcome {
    // Whoever reads the results has seen enough.
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Outcome::DONE;
    }
    let detail = error.to_string();
    match path {
        Some(path) => {
            let path = path.display().to_string();
            screen.tell("cli.unwritable", &[("path", path), ("detail", detail)]);
        }
        None => screen.tell("cli.unwritable-output", &[("detail", detail)]),
    }
    Outcome::FAILED
}
