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

const ASSESSED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/assessed");

#[test]
fn saved_lines_give_what_judging_gave() {
    let folder = folder();
    let folder = folder.path();
    let day = day();
    let judged = check(folder, &[&day, "--out", "a.jsonl", "--with-turns"]);
    assert_eq!(judged.status.code(), Some(0));
    for format in ["jsonl", "csv", "html"] {
        let mut arguments = vec![day.as_str(), "--format", format];
        if format == "jsonl" {
            arguments.push("--with-turns");
        }
        let first = check(folder, &arguments);
        let later = liyan(
            folder,
            &[
                "report",
                "a.jsonl",
                "--format",
                format,
                "--phrasebook",
                BOOK,
            ],
        );
        assert!(first.stdout == later.stdout, "{format}");
        assert_eq!(later.status.code(), Some(0), "{format}");
    }
}

#[test]
fn several_phrasebooks_are_told_apart_in_files_of_their_own() {
    let folder = folder();
    let folder = folder.path();
    let [old, new] = ["old", "new"].map(|name| format!("{ASSESSED}/{name}.jsonl"));
    let mut arguments = vec!["report", &old, &new, "--phrasebook", BOOK];
    arguments.extend(["--out", "m.html", "--out", "m.csv", "--out", "m"]);
    let run = liyan(folder, &arguments);
    assert_eq!(run.status.code(), Some(0));
    let expected = ["m.csv", "m.html", "m"].iter().flat_map(|name| {
        let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
        ["small@0.1.0", "small@0.2.0"].map(|book| {
            let name = format!("{stem}.{book}.{extension}");
            name.trim_end_matches('.').to_owned()
        })
    });
    let mut expected: Vec<String> = expected.collect();
    expected.sort();
    assert_eq!(names(folder), expected);

    // Standard output takes one page.
    let page = liyan(
        folder,
        &[
            "report",
            &old,
            &new,
            "--phrasebook",
            BOOK,
            "--format",
            "html",
        ],
    );
    let alone = liyan(
        folder,
        &["report", &old, "--phrasebook", BOOK, "--format", "html"],
    );
    assert_eq!(page.status.code(), Some(3));
    assert!(page.stdout == alone.stdout);
    let told = String::from_utf8_lossy(&page.stderr).into_owned();
    assert!(told.contains("name one with --out"), "{told}");
}
