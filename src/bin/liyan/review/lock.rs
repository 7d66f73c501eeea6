//! One writer at a time: a file beside the log that is there while it is written to.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How often is asked again before somebody is told, and how long is waited between.
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(100);

/// Held while the log is read and written; given up when dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
}

impl Lock {
    /// Waits a little for whoever holds it.
    ///
    /// # Errors
    /// The lock's path, and `AlreadyExists` if somebody else goes on holding it, or what
    /// keeps a file from being made there.
    pub fn on(log: &Path) -> Result<Self, (PathBuf, io::Error)> {
        let mut name = log.file_name().unwrap_or_default().to_owned();
        name.push(".lock");
        let path = log.with_file_name(name);
        for tried in 1.. {
            match File::create_new(&path) {
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tried < TRIES => {
                    thread::sleep(BETWEEN);
                }
                Err(error) => return Err((path, error)),
            }
        }
        Ok(Self { path })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // If it can't be deleted, the next writer says so.
        let _ = fs::remove_file(&self.path);
    }
}
