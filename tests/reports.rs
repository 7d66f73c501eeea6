//! Several reports of one run, each in its file.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const TALK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/talk");
const BOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/book");

fn liyan(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_liyan"))
        .current_dir(folder)
        .args(arguments)
        .args(["--lang", "en"])
        .output()
        .expect("the program starts")
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut all = vec!["check", "--phrasebook", BOOK, "--quiet"];
    all.extend(arguments);
    liyan(folder, &all)
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn day() -> String {
    format!("{TALK}/day.jsonl")
}

/// What lies in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).expect("a file")
}

#[test]
fn each_file_holds_what_its_format_alone_would() {
    let folder = folder();
    let folder = folder.path();
    let all = ["a.jsonl", "a.csv", "a.txt", "a"];
    let mut arguments = vec![day()];
    for name in all {
        arguments.extend(["--out".to_owned(), name.to_owned()]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let run = check(folder, &arguments);
    assert_eq!((run.status.code(), run.stdout), (Some(0), Vec::new()));
    for (name, format) in all
        .into_iter()
        .zip(["jsonl", "csv", "terminal", "terminal"])
    {
        let alone = check(folder, &[&day(), "--format", format]);
        assert!(alone.stdout == read(folder, name), "{name}");
        assert!(!alone.stdout.is_empty(), "{name}");
    }
}

#[test]
fn all_files_are_there_or_none() {
    let cases: [(&[&str], i32); 3] = [
        (&["--out", "a.jsonl", "--out", "no/where.csv"], 2),
        (&["--out", "a.csv", "--out", "."], 2),
        (&["--out", "a.csv", "--out", "./a.csv/b.csv"], 2),
    ];
    for (files, status) in cases {
        let folder = folder();
        let day = day();
        let mut arguments = vec![day.as_str()];
        arguments.extend(files);
        let run = check(folder.path(), &arguments);
        assert_eq!(run.status.code(), Some(status), "{files:?}");
        assert_eq!(names(folder.path()), Vec::<String>::new(), "{files:?}");
    }
}
