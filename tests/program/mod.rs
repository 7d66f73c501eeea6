//! The real binary, run as a user would, and what came of it.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::path::Path;
use std::process::{Command, Output};

/// The program in `folder`, told to judge `paths` by a small phrasebook and to write
/// lines.
pub fn liyan(folder: &Path, paths: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liyan"));
    let book = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/book");
    command
        .current_dir(folder)
        .args(["check", "--lang", "en", "--quiet", "--format", "jsonl"])
        .args(["--phrasebook", book])
        .args(paths);
    command
}

/// What came of a run.
#[derive(Debug, PartialEq)]
pub struct Run {
    /// The exit status; `None` if a signal ended it.
    pub status: Option<i32>,
    /// The ids of the conversations judged, in order.
    pub ids: Vec<String>,
    /// The problems told, as `code place`; any other line as it is.
    pub problems: Vec<String>,
}

impl Run {
    /// What is expected of one.
    pub fn new(status: i32, ids: &[&str], problems: &[&str]) -> Self {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Self {
            status: Some(status),
            ids: owned(ids),
            problems: owned(problems),
        }
    }

    /// Runs it to its end.
    pub fn of(command: &mut Command) -> Self {
        Self::ended(&command.output().expect("the program starts"))
    }

    /// Of a run that has ended.
    pub fn ended(output: &Output) -> Self {
        let errors = String::from_utf8(output.stderr.clone()).expect("messages are UTF-8");
        Self {
            status: output.status.code(),
            ids: ids(&output.stdout),
            problems: problems(&errors),
        }
    }
}

/// The ids of lines, each of which must be a whole assessment.
pub fn ids(lines: &[u8]) -> Vec<String> {
    let lines = std::str::from_utf8(lines).expect("assessments are UTF-8");
    assert!(
        lines.is_empty() || lines.ends_with('\n'),
        "the last line is whole"
    );
    let id = |line| {
        let value: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        value["id"].as_str().expect("it has an id").to_owned()
    };
    lines.lines().map(id).collect()
}

/// `error[code]: …`, `--> place`, and advice that may take several lines.
fn problems(errors: &str) -> Vec<String> {
    let mut problems: Vec<String> = Vec::new();
    let mut code = "";
    for line in errors.lines() {
        if let Some(rest) = line.strip_prefix("error[") {
            code = rest.split_once(']').map_or(rest, |(code, _)| code);
        } else if let Some(place) = line.strip_prefix("--> ") {
            problems.push(format!("{code} {place}"));
        } else if !line.starts_with(' ') {
            problems.push(line.to_owned());
        }
    }
    problems
}
