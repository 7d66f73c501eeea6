//! A phrasebook and the ones that it extends, from the ground up.
//!
//! ```text
//! my-branch/book.toml   extends = "qinzhou-2014"     a shipped one, by its name
//! my-desk/book.toml     extends = "../my-branch"     a folder, as seen from this one
//! ```
//!
//! A chain that leads nowhere or in a circle is a fault with its place in `book.toml`.

use super::fields::{Located, Reading};
use super::load::{self, Files};
use super::problem::{Problem, SourceFile};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most phrasebooks that stand on one another. Nobody could follow more.
const MOST_LAYERS: usize = 8;

/// One phrasebook of a chain.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    /// Stands before the paths of its files in messages; empty for the phrasebook that
    /// was asked for.
    prefix: String,
    /// Its files.
    pub files: Files,
}

impl Layer {
    fn new(prefix: String, files: Files) -> Self {
        let named = |file: Arc<SourceFile>| match prefix.is_empty() {
            true => file,
            false => Arc::new(SourceFile {
                path: format!("{prefix}{}", file.path),
                text: file.text.clone(),
            }),
        };
        Self {
            files: files.into_iter().map(named).collect(),
            prefix,
        }
    }

    /// The path of one of its files inside the phrasebook.
    pub fn inside<'f>(&self, file: &'f SourceFile) -> &'f str {
        file.path.strip_prefix(&self.prefix).unwrap_or(&file.path)
    }

    /// What its `book.toml` says that it extends.
    fn extends(&self) -> Option<(Arc<SourceFile>, Located<String>)> {
        let is_book = |file: &&Arc<SourceFile>| self.inside(file) == "book.toml";
        let file = self.files.iter().find(is_book)?;
        // All other faults of the file are found when it is read as a whole.
        let (extends, _) = Reading::new(file).read(|table| table.text("extends"));
        Some((Arc::clone(file), extends?))
    }
}

/// Where a phrasebook lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// In the binary, under this name.
    Shipped(String),
    /// In this folder.
    Folder(PathBuf),
}

impl Home {
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Home::Folder(one), Home::Folder(other)) => real(one) == real(other),
            _ => self == other,
        }
    }
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The phrasebook with these files and all that it stands on, the ground first; and
/// what is wrong with the chain.
///
/// # Errors
/// If a folder that is extended is there and can't be read.
pub(super) fn chain(files: Files, home: Home) -> io::Result<(Vec<Layer>, Vec<Problem>)> {
    let mut layers = vec![Layer::new(String::new(), files)];
    let mut homes = vec![home];
    let mut problems = Vec::new();
    while let Some((file, base)) = layers.last().and_then(Layer::extends) {
        let mut wrong = |code, params| {
            problems.push(Problem::error(code, &file, base.at.clone(), params));
        };
        let name = ("name", base.value.clone());
        let from = homes.last();
        let Some((files, home)) = find(&base.value, from)? else {
            let known = load::builtin_names().join(", ");
            wrong("unknown-base", vec![name, ("known", known)]);
            break;
        };
        if homes.iter().any(|other| other.same(&home)) {
            wrong("circular-extends", vec![name]);
            break;
        }
        if layers.len() == MOST_LAYERS {
            wrong("too-many-layers", vec![("most", MOST_LAYERS.to_string())]);
            break;
        }
        let prefix = format!("{}/", base.value.trim_end_matches('/'));
        layers.push(Layer::new(prefix, files));
        homes.push(home);
    }
    layers.reverse();
    Ok((layers, problems))
}

/// The shipped phrasebook of that name, or the one in that folder as seen `from`
/// another.
fn find(name: &str, from: Option<&Home>) -> io::Result<Option<(Files, Home)>> {
    if let Some(files) = load::builtin(name) {
        return Ok(Some((files, Home::Shipped(name.to_owned()))));
    }
    let Some(Home::Folder(from)) = from else {
        return Ok(None);
    };
    let path = from.join(name);
    match name.is_empty() || !path.is_dir() {
        true => Ok(None),
        false => Ok(Some((load::folder(&path)?, Home::Folder(path)))),
    }
}
