//! Which files are read, and in which order: that of the command line, folders
//! sorted by name.
//!
//! In folders only files with the extension of a transcript count; hidden ones
//! are left out, and links aren't followed, so that no walk can go round in a
//! circle. A path that the user names is read whatever it is called.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::transcript::{Format, InputProblem, Place, ProblemKind, has_extension};

/// What is read next.
pub(super) enum Found {
    /// Standard input.
    Stdin,
    /// A file, open, and its path.
    File(PathBuf, File),
}

/// All that lies under the paths that a user names.
pub(super) struct Walk {
    /// What is still to be visited, the next one last.
    pending: Vec<Step>,
    /// Whether the folder that the user named has held anything yet.
    found: bool,
}

enum Step {
    /// A path that the user named.
    Named(PathBuf),
    Folder(PathBuf),
    File(PathBuf),
    /// What has a transcript's name and is no file: to open it might never end.
    Device(PathBuf),
    /// All that the named folder holds has been read.
    Left(PathBuf),
}

impl Walk {
    pub(super) fn new<P: Into<PathBuf>>(paths: impl IntoIterator<Item = P>) -> Self {
        let mut pending: Vec<_> = paths.into_iter().map(|p| Step::Named(p.into())).collect();
        pending.reverse();
        Self {
            pending,
            found: false,
        }
    }

    /// Takes one step; most of them lead to no file yet.
    fn step(&mut self, step: Step) -> Result<Option<Found>, InputProblem> {
        let unreadable = |path: &Path, error| InputProblem::unreadable(Place::of(path, 0), &error);
        match step {
            Step::Named(path) if path.as_os_str() == "-" => Ok(Some(Found::Stdin)),
            Step::Named(path) => {
                let about = fs::metadata(&path).map_err(|error| unreadable(&path, error))?;
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
                    unreadable(&path, error)
                })?;
                self.pending.extend(entries.into_iter().rev());
                Ok(None)
            }
            Step::File(path) => {
                self.found = true;
                let file = File::open(&path).map_err(|error| unreadable(&path, error))?;
                Ok(Some(Found::File(path, file)))
            }
            Step::Device(path) => {
                self.found = true;
                Err(InputProblem::of_source(&path, ProblemKind::NotAFile))
            }
            Step::Left(_) if self.found => Ok(None),
            Step::Left(path) => Err(InputProblem::of_source(&path, ProblemKind::NoFiles)),
        }
    }
}

impl Iterator for Walk {
    type Item = Result<Found, InputProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let step = self.pending.pop()?;
            if let Some(item) = self.step(step).transpose() {
                return Some(item);
            }
        }
    }
}

/// What of a folder is to be read, by name.
fn entries(folder: &Path) -> io::Result<Vec<Step>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    // Kaldi's files have no extensions; these lie beside the words.
    let is_data = entries.iter().any(|entry| {
        let name = entry.file_name();
        ["segments", "utt2spk", "wav.scp"]
            .iter()
            .any(|beside| name == *beside)
    });
    let mut steps = Vec::new();
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if is_hidden(&name) {
            continue;
        }
        let is_words = is_data && name == "text";
        // What has no type any more says why when it is opened.
        let kind = entry.file_type().ok();
        if kind.is_some_and(|kind| kind.is_dir()) {
            steps.push(Step::Folder(entry.path()));
        } else if kind.is_some_and(|kind| kind.is_symlink()) || !(is_words || is_transcript(&name))
        {
            continue;
        } else if kind.is_none_or(|kind| kind.is_file()) {
            steps.push(Step::File(entry.path()));
        } else {
            steps.push(Step::Device(entry.path()));
        }
    }
    Ok(steps)
}

pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

/// Whether a file of this name may hold transcripts, packed or not.
pub(super) fn is_transcript(name: &str) -> bool {
    let inner = without_compression(name);
    // What is called just calls.gz is looked into.
    let bare = inner.len() < name.len() && Path::new(inner).extension().is_none();
    bare || has_extension(name, &["zip"])
        || Format::all().any(|format| has_extension(inner, format.extensions()))
}

/// The name that a file had before it was compressed.
pub(in crate::transcript) fn without_compression(name: &str) -> &str {
    let stem = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    match stem {
        Some((stem, _)) if has_extension(name, &["gz", "zst"]) => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_by_name() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        for name in ["b", ".hidden", "a.txt.d", "empty", "empty/deep"] {
            fs::create_dir(root.join(name))?;
        }
        let files = [
            "b/2.txt",
            "b/10.TXT",
            "c.jsonl",
            "a.txt",
            "a.txt.d/x.log",
            ".hidden/x.txt",
            ".x.txt",
            "x.wav",
        ];
        for name in files {
            fs::write(root.join(name), "")?;
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("b/loop"))?;
        let paths = [
            root.to_owned(),
            root.join("empty"),
            root.join("none"),
            "-".into(),
            root.join(".x.txt"),
        ];
        let items: Vec<String> = Walk::new(paths)
            .map(|item| {
                let told = match item {
                    Ok(Found::Stdin) => "-".to_owned(),
                    Ok(Found::File(path, _)) => path.to_string_lossy().into_owned(),
                    Err(problem) => problem.to_string(),
                };
                told.replace(&*root.to_string_lossy(), "~")
                    .replace('\\', "/")
            })
            .collect();
        let expected = [
            "~/a.txt",
            "~/a.txt.d/x.log",
            "~/b/10.TXT",
            "~/b/2.txt",
            "~/c.jsonl",
            "~/empty:0: no-files",
            "~/none:0: not-found",
            "-",
            "~/.x.txt",
        ];
        assert_eq!(items, expected);
        Ok(())
    }
}
