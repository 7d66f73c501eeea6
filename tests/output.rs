//! Where results go: all of them or an error, never half a file, and no complaint when
//! the reader has had enough.
#![cfg(unix)]

mod program;

use liyan::conversation::{Channel, Conversation, Role, Turn};
use program::{Run, ids, liyan};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use tempfile::TempDir;

const MANY: u64 = 2_000;

/// A folder with many conversations, and a file in which there is none.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let given = Conversation {
        channel: Some(Channel::Counter),
        turns: (0..5)
            .map(|n| Turn::new(Role::Staff, format!("您好{n}")))
            .collect(),
        ..Conversation::default()
    };
    let mut many = File::create(folder.path().join("many.jsonl")).expect("a file");
    liyan::generate::generate(&[given], MANY, 1, &mut many).expect("it can be written");
    fs::write(folder.path().join("none.jsonl"), "{\n").expect("a file");
    folder
}

/// What lies in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    let mut names: Vec<String> = entries
        .map(|entry| name(entry).to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_full_disk_is_an_error() {
    let folder = folder();
    let full = match File::options().write(true).open("/dev/full") {
        Ok(full) => full,
        Err(_) => return,
    };
    let run = Run::of(liyan(folder.path(), &["many.jsonl"]).stdout(full));
    let message = "Can't write to standard output: No space left on device (os error 28)";
    assert_eq!(run, Run::new(2, &[], &[message]));
    let run = Run::of(&mut liyan(
        folder.path(),
        &["many.jsonl", "--out", "/dev/full"],
    ));
    let message = "/dev/full can't be written: No space left on device (os error 28)";
    assert_eq!(run.problems.len(), 1);
    assert!(run.problems[0].starts_with(message), "{run:?}");
    assert_eq!((run.status, run.ids), (Some(2), vec![]));
}

#[test]
fn a_closed_pipe_is_none() {
    let folder = folder();
    let mut child = liyan(folder.path(), &["many.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = String::new();
    // The pipe is closed when the reader is dropped, at the end of this statement.
    BufReader::with_capacity(512, child.stdout.take().expect("it is piped"))
        .read_line(&mut first)
        .expect("a line");
    assert_eq!(ids(first.as_bytes()), ["g00000000"]);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(Run::ended(&output), Run::new(0, &[], &[]));
}

#[test]
fn a_file_is_there_whole_or_not_at_all() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let run = |paths: &[&str]| Run::of(&mut liyan(folder.path(), paths));
    let before = names(folder.path());

    let no_folder = run(&["many.jsonl", "--out", "no/where.jsonl"]);
    let message = "no/where.jsonl can't be written: No such file or directory (os error 2). \
                   No half file was left.";
    assert_eq!(no_folder, Run::new(2, &[], &[message]));
    let a_folder = run(&["many.jsonl", "--out", "."]);
    let message = ". can't be written: is a directory. No half file was left.";
    assert_eq!(a_folder, Run::new(2, &[], &[message]));
    let nothing_read = run(&["none.jsonl", "--out", "out.jsonl"]);
    assert_eq!(nothing_read, Run::new(2, &[], &["truncated none.jsonl:1"]));
    assert_eq!(names(folder.path()), before);

    let in_part = run(&["none.jsonl", "many.jsonl", "--out", "out.jsonl"]);
    assert_eq!(in_part, Run::new(3, &[], &["truncated none.jsonl:1"]));
    let whole = fs::read(at("out.jsonl")).expect("it is there");
    assert_eq!(ids(&whole).len() as u64, MANY);
    let piped = liyan(folder.path(), &["many.jsonl"])
        .output()
        .expect("the program starts");
    assert!(
        piped.stdout == whole,
        "a file holds what standard output would"
    );

    // What was there before stays until there is something better.
    assert_eq!(run(&["none.jsonl", "--out", "out.jsonl"]).status, Some(2));
    assert!(fs::read(at("out.jsonl")).expect("it is there") == whole);
}

#[test]
fn a_replaced_file_keeps_its_place_and_its_rights() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let mode = |name: &str| fs::metadata(at(name)).expect("a file").permissions().mode() & 0o777;
    fs::write(at("plain"), "").expect("a file");
    fs::write(at("mine.jsonl"), "old").expect("a file");
    fs::set_permissions(at("mine.jsonl"), fs::Permissions::from_mode(0o600)).expect("ours");
    std::os::unix::fs::symlink("mine.jsonl", at("link.jsonl")).expect("a link");

    let run = |out: &str| Run::of(&mut liyan(folder.path(), &["many.jsonl", "--out", out]));
    assert_eq!(run("link.jsonl"), Run::new(0, &[], &[]));
    assert_eq!(
        fs::read_link(at("link.jsonl")).expect("a link"),
        Path::new("mine.jsonl")
    );
    assert_eq!(
        ids(&fs::read(at("mine.jsonl")).expect("a file")).len() as u64,
        MANY
    );
    assert_eq!(mode("mine.jsonl"), 0o600);

    assert_eq!(run("new.jsonl"), Run::new(0, &[], &[]));
    assert_eq!(mode("new.jsonl"), mode("plain"), "as any new file");
}
