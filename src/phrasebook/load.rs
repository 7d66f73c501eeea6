//! A phrasebook's files, from the binary or from a folder.

use super::problem::SourceFile;
use include_dir::{Dir, DirEntry, include_dir};
use std::io;
use std::path::Path;
use std::sync::Arc;

static BUILTIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/phrasebook");

/// The largest file that is read, in bytes: more is no phrasebook.
const LARGEST: u64 = 4 << 20;
/// How deep folders may stand in folders.
const DEEPEST: usize = 3;

/// The files of a phrasebook, by path.
pub type Files = Vec<Arc<SourceFile>>;

/// The names of the phrasebooks that are shipped.
pub fn builtin_names() -> Vec<String> {
    BUILTIN
        .dirs()
        .filter(|dir| dir.files().any(|file| file.path().ends_with("book.toml")))
        .filter_map(|dir| Some(dir.path().file_name()?.to_str()?.to_owned()))
        .collect()
}

/// The files of the shipped phrasebook `name`.
pub fn builtin(name: &str) -> Option<Files> {
    let dir = BUILTIN.get_dir(name)?;
    let mut files = Vec::new();
    collect_builtin(dir, name, &mut files);
    files.sort();
    Some(files)
}

fn collect_builtin(dir: &Dir<'static>, root: &str, files: &mut Files) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => collect_builtin(dir, root, files),
            DirEntry::File(file) => {
                let inside = file.path().strip_prefix(root).unwrap_or(file.path());
                if let (Some(path), Some(text)) = (inside.to_str(), file.contents_utf8())
                    && path.ends_with(".toml")
                {
                    files.push(Arc::new(SourceFile {
                        path: path.replace('\\', "/"),
                        text: text.to_owned(),
                    }));
                }
            }
        }
    }
}

/// The `.toml` files of the folder at `path`.
///
/// # Errors
/// If the folder or a file in it can't be read, is no UTF-8, or is larger than any
/// phrasebook file has reason to be.
pub fn folder(path: &Path) -> io::Result<Files> {
    let mut files = Vec::new();
    collect_folder(path, path, 0, &mut files)?;
    files.sort();
    Ok(files)
}

fn collect_folder(root: &Path, path: &Path, depth: usize, files: &mut Files) -> io::Result<()> {
    let named = |error: io::Error, path: &Path| {
        io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    };
    for entry in std::fs::read_dir(path).map_err(|error| named(error, path))? {
        let entry = entry.map_err(|error| named(error, path))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| named(error, &path))?;
        if kind.is_dir() && depth < DEEPEST {
            collect_folder(root, &path, depth + 1, files)?;
        } else if kind.is_file() && path.extension().is_some_and(|ext| ext == "toml") {
            let size = entry.metadata().map_err(|error| named(error, &path))?.len();
            if size > LARGEST {
                let error = io::Error::new(io::ErrorKind::FileTooLarge, format!("{size} bytes"));
                return Err(named(error, &path));
            }
            let text = std::fs::read_to_string(&path).map_err(|error| named(error, &path))?;
            let inside = path.strip_prefix(root).unwrap_or(&path);
            files.push(Arc::new(SourceFile {
                path: inside.to_string_lossy().replace('\\', "/"),
                text,
            }));
        }
    }
    Ok(())
}
