//! What is read and judged, ready for every floor.

use liyan::conversation::Conversation;
use liyan::transcript::{Options, Record, Records};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Of a large file so much is measured: the floors need all of it in memory at once.
const MOST_BYTES: usize = 4 << 20;
/// Of the repository's own conversations so many, so that `cargo test` isn't kept.
const OWN_LINES: usize = 20;

/// The repository's own talk.
pub fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/labelled/develop/counter-everyday.jsonl")
}

/// One corpus in all the forms that the floors want.
pub struct Material {
    /// As it would be given.
    pub plain: PathBuf,
    /// The same with every character but ASCII as `\uXXXX`.
    pub escaped: PathBuf,
    /// How large it is.
    pub bytes: usize,
    /// Cut, not parsed.
    pub records: Vec<Record>,
    /// Parsed.
    pub conversations: Vec<Conversation>,
    /// How many hits there are, blocked ones included; counted by the first round.
    pub hits: usize,
    _folder: TempDir,
}

impl Material {
    /// The first lines of a file.
    pub fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).expect("the corpus can be read");
        let most = match file == own() {
            true => text
                .split_inclusive('\n')
                .take(OWN_LINES)
                .map(str::len)
                .sum(),
            false => text.len().min(MOST_BYTES),
        };
        let end = text.as_bytes()[..most]
            .iter()
            .rposition(|&byte| byte == b'\n');
        let text = &text[..end.map_or(0, |end| end + 1)];

        let folder = tempfile::tempdir().expect("there is room for a copy");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("there is room for a copy");
            path
        };
        let plain = write("plain.jsonl", text);
        let escaped = write("escaped.jsonl", &escape(text));
        let records: Vec<Record> = records(&plain).collect();
        let parsed = records.iter().flat_map(Record::parse);
        let conversations: Vec<_> = parsed.map(|it| it.expect("it is valid")).collect();
        assert!(!conversations.is_empty(), "the corpus holds conversations");
        let hits = crate::books::count_hits(&conversations);
        Self {
            plain,
            escaped,
            bytes: text.len(),
            records,
            conversations,
            hits,
            _folder: folder,
        }
    }

    /// How many turns there are.
    pub fn turns(&self) -> usize {
        self.texts().count()
    }

    /// What is said, turn by turn.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let turns = self.conversations.iter().flat_map(|talk| &talk.turns);
        turns.map(|turn| turn.text.as_str())
    }
}

/// The records of one file.
pub fn records(path: &Path) -> impl Iterator<Item = Record> {
    let records = Records::new([path], std::io::empty(), Options::default());
    records.map(|record| record.expect("it is valid"))
}

fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for char in text.chars() {
        if char.is_ascii() {
            escaped.push(char);
            continue;
        }
        for unit in char.encode_utf16(&mut [0; 2]) {
            write!(escaped, "\\u{unit:04x}").expect("a text takes everything");
        }
    }
    escaped
}
