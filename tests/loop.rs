//! The review loop as a user runs it: what is written where, whole or not at all, and by
//! several at once.

use liyan::review::ledger::Ledger;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output};

const BOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/book");
const ASSESSED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/assessed/old.jsonl");

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liyan"));
    command.current_dir(folder).args(args);
    command.args(["--lang", "en", "--phrasebook", BOOK]);
    command
}

fn review(folder: &Path, args: &[&str]) -> Command {
    let mut command = command(folder, &["review", "--assessments", ASSESSED]);
    command.args(args);
    command
}

fn run(mut command: Command) -> Output {
    command.output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn a_sample_is_a_workbook_or_csv_and_the_same_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = |out: &str, more: &[&str]| {
        let mut command = command(folder.path(), &["sample", ASSESSED, "--out", out]);
        command.args(more);
        let output = run(command);
        let told = text(&output.stderr);
        assert!(output.stdout.is_empty(), "results are in the file");
        (
            output.status.code(),
            told,
            fs::read(folder.path().join(out)).expect("it is written"),
        )
    };
    let (status, told, first) = sample("a.xlsx", &[]);
    assert_eq!(
        (status, told.as_str()),
        (Some(0), "Drawn: 6 of 6. Written to a.xlsx.\n")
    );
    assert!(first.starts_with(b"PK"));
    assert_eq!(sample("b.xlsx", &[]).2, first);
    let (_, told, csv) = sample("c.csv", &["--number", "2", "--seed", "9"]);
    assert_eq!(told, "Drawn: 2 of 6. Written to c.csv.\n");
    assert_eq!(text(&csv).matches("\r\n").count(), 3);
    let (_, _, again) = sample("c.csv", &["--number", "2", "--seed", "9"]);
    assert_eq!(again, csv);
    // The pass mark is 60, and one conversation has just that.
    let (_, told, _) = sample("d.csv", &["--near", "0"]);
    assert_eq!(told, "Drawn: 2 of 2. Written to d.csv.\n");
    let (_, told, _) = sample("e.csv", &["--verdict", "undecided"]);
    assert!(told.starts_with("Nothing to draw from"), "{told}");
}

#[test]
fn what_was_decided_is_in_the_log_once_and_in_the_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(
        path("sheet.csv"),
        "key,decision,should be\ncurt#1.1,overturn,met\n",
    )
    .expect("written");
    let args = ["sheet.csv", "--log", "log.jsonl", "--out", "out.jsonl"];
    let first = run(review(folder.path(), &args));
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let log = fs::read(path("log.jsonl")).expect("there is a log");
    let ledger = Ledger::read(&log).expect("it holds together");
    assert_eq!(ledger.entries, 1);
    let lines = text(&fs::read(path("out.jsonl")).expect("there are lines"));
    let before = fs::read_to_string(ASSESSED).expect("there are lines");
    let pairs = lines.lines().zip(before.lines());
    let differ: Vec<_> = pairs
        .filter(|(now, was)| {
            let value =
                |line: &str| -> serde_json::Value { serde_json::from_str(line).expect("JSON") };
            value(now)["score"] != value(was)["score"]
        })
        .collect();
    assert_eq!(lines.lines().count(), before.lines().count());
    assert_eq!(differ.len(), 1);
    assert!(differ[0].0.contains(r#""id":"curt""#) && differ[0].0.contains(r#""score":80.0"#));
    run(review(folder.path(), &args));
    assert_eq!(fs::read(path("log.jsonl")).expect("still there"), log);
    // The log alone says the same.
    run(review(
        folder.path(),
        &["--log", "log.jsonl", "--out", "again.jsonl"],
    ));
    assert_eq!(
        text(&fs::read(path("again.jsonl")).expect("there are lines")),
        lines
    );
    assert!(!path("log.jsonl.lock").exists());
}

#[test]
fn several_at_once_lose_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = [
        "curt#1.1",
        "curt#2.1",
        "second#1.1",
        "second#3.1",
        "papers#2.1",
        "papers#3.1",
    ];
    let running: Vec<Child> = keys
        .iter()
        .enumerate()
        .map(|(number, key)| {
            let name = format!("{number}.csv");
            let sheet = format!("key,decision\n{key},confirm\n");
            fs::write(folder.path().join(&name), sheet).expect("written");
            let mut command = review(folder.path(), &[&name, "--log", "log.jsonl"]);
            command.stdout(std::process::Stdio::null());
            command.spawn().expect("the program starts")
        })
        .collect();
    for mut child in running {
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
    }
    let log = fs::read(folder.path().join("log.jsonl")).expect("there is a log");
    let ledger = Ledger::read(&log).expect("it holds together");
    let mut decided: Vec<String> = ledger
        .decisions
        .iter()
        .map(|of| format!("{}#{}", of.id, of.clause))
        .collect();
    decided.sort();
    assert_eq!(decided, {
        let mut keys = keys.map(str::to_owned);
        keys.sort();
        keys
    });
}

#[test]
fn a_lock_or_a_broken_log_stops_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("sheet.csv"), "key,decision\ncurt#1.1,confirm\n").expect("written");
    fs::write(path("log.jsonl.lock"), "").expect("written");
    let args = ["sheet.csv", "--log", "log.jsonl", "--out", "out.jsonl"];
    let locked = run(review(folder.path(), &args));
    assert_eq!(locked.status.code(), Some(2));
    assert!(
        text(&locked.stderr).contains("log.jsonl.lock is there"),
        "{locked:?}"
    );
    fs::remove_file(path("log.jsonl.lock")).expect("it was left alone");
    fs::write(path("log.jsonl"), "{\"v\":1").expect("written");
    let broken = run(review(folder.path(), &args));
    assert_eq!(broken.status.code(), Some(2));
    assert!(
        text(&broken.stderr).contains("error[entry-unfinished]"),
        "{broken:?}"
    );
    assert_eq!(
        fs::read(path("log.jsonl")).expect("still there"),
        b"{\"v\":1"
    );
    assert!(!path("out.jsonl").exists() && !path("log.jsonl.lock").exists());
}
