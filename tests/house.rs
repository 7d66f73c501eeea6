//! Rules of the house that a compiler doesn't know.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
        &mut files,
    );
    files.sort();
    assert!(!files.is_empty(), "sources were found");
    files
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("sources are UTF-8");
            files.push((path, text));
        }
    }
}

/// The code before the tests, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    text[..end]
        .lines()
        .enumerate()
        .map(|(number, line)| (number + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The floors, lowest first: what stands in one may use only what stands below it
/// or in the same.
const FLOORS: [&[&str]; 8] = [
    &["span", "conversation", "assessment", "moment"],
    &["transcript", "text"],
    &["phrasebook"],
    &["matching"],
    &["judging"],
    &["scoring"],
    &["report"],
    &["checker", "generate", "review"],
];

#[test]
fn imports_point_down() {
    let floor: BTreeMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, modules)| modules.iter().map(move |module| (*module, floor)))
        .collect();
    let mut upward = Vec::new();
    for (path, text) in sources("src") {
        let inside = path
            .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
            .expect("it lies in src");
        let module = inside.components().next().expect("paths have parts");
        let module = module.as_os_str().to_string_lossy().replace(".rs", "");
        let Some(own) = floor.get(module.as_str()) else {
            assert!(
                module == "lib" || module == "bin",
                "{module} stands on no floor"
            );
            continue;
        };
        for (number, line) in code(&text) {
            for (at, _) in line.match_indices("crate::") {
                let name: String = line[at + 7..]
                    .chars()
                    .take_while(|char| char.is_alphanumeric() || *char == '_')
                    .collect();
                if floor.get(name.as_str()).is_some_and(|other| other > own) {
                    upward.push(format!("{}:{number}: {}", inside.display(), line.trim()));
                }
            }
        }
    }
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}

#[test]
fn the_engine_knows_no_chinese() {
    let han = |char: char| matches!(char, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    let mut found = Vec::new();
    for (path, text) in sources("src") {
        // What the unit tests of a floor share is compiled for tests alone.
        if path.ends_with("fixture.rs") {
            continue;
        }
        for (number, line) in code(&text) {
            let bare = line.split(" // ").next().unwrap_or(line);
            if bare.chars().any(han) {
                found.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "wordings are data:\n{}", found.join("\n"));
}

#[test]
fn rayon_stands_in_one_file() {
    let users: Vec<String> = sources("src")
        .into_iter()
        .filter(|(_, text)| code(text).any(|(_, line)| line.contains("rayon::")))
        .map(|(path, _)| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(users, ["stream.rs"]);
}

#[test]
fn files_stay_small() {
    let long: Vec<String> = ["src", "tests"]
        .into_iter()
        .flat_map(sources)
        .filter(|(_, text)| text.lines().count() > 600)
        .map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(
        long.is_empty(),
        "there is a second room in: {}",
        long.join(", ")
    );
}

#[test]
fn the_entry_is_thin() {
    let main = sources("src/bin/liyan")
        .into_iter()
        .find(|(path, _)| path.ends_with("main.rs"))
        .expect("there is an entry");
    assert!(main.1.lines().count() < 80);
}
