//! Where results go: standard output, or a file that is there whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A place for results.
pub enum Output {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
    /// A file, under another name until it is complete.
    File {
        /// What is written to meanwhile; removed if it is never finished.
        part: BufWriter<NamedTempFile>,
        /// The name that it will have.
        path: PathBuf,
    },
}

impl Output {
    /// The file at `path`, or standard output.
    ///
    /// # Errors
    /// If no file can be made in that folder.
    pub fn open(path: Option<&Path>) -> io::Result<Self> {
        let Some(path) = path else {
            return Ok(Output::Standard(BufWriter::with_capacity(1 << 16, io::stdout())));
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let part = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        Ok(Output::File {
            part: BufWriter::with_capacity(1 << 16, part),
            path: path.to_owned(),
        })
    }

    /// Writes out what is left; a file gets its name only now.
    ///
    /// # Errors
    /// If something can't be written, or the file can't get its name.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Output::Standard(mut stdout) => stdout.flush(),
            Output::File { part, path } => {
                let part = part.into_inner().map_err(io::IntoInnerError::into_error)?;
                part.as_file().sync_all()?;
                part.persist(&path).map_err(|error| error.error)?;
                Ok(())
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Standard(stdout) => stdout.write(bytes),
            Output::File { part, .. } => part.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Standard(stdout) => stdout.flush(),
            Output::File { part, .. } => part.flush(),
        }
    }
}
