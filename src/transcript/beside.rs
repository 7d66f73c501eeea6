//! Small files that lie beside a transcript and belong to it.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Place, without_compression};

/// The largest such file in bytes.
pub(super) const LARGEST: u64 = 16 << 20;

/// The text of a file of this name in the folder of a transcript, if there is one that
/// can be read.
pub(super) fn named(place: &Place, name: &str) -> Option<String> {
    text(&Path::new(&*place.source).with_file_name(name))
}

/// The text of a file that is called like a transcript but for its extension, and its
/// name.
pub(super) fn twin(place: &Place, extension: &str) -> Option<(String, String)> {
    let path: PathBuf = without_compression(&place.source).into();
    let path = path.with_extension(extension);
    let name = path.file_name()?.to_string_lossy().into_owned();
    Some((text(&path)?, name))
}

/// Links aren't followed, and what isn't a file might never end.
fn text(path: &Path) -> Option<String> {
    let about = fs::symlink_metadata(path).ok()?;
    if !about.is_file() || about.len() > LARGEST {
        return None;
    }
    let bytes = fs::read(path).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
