//! Every form of transcripts, against the same conversations in liyan's own.
//!
//! A folder below `tests/formats/<format>` that holds `expected.jsonl` is a case. Each
//! other file in it, and each folder, is read by itself; it has to be taken for that
//! format and to come out as the conversations in `expected.jsonl`: turns, speakers,
//! roles, times, notes. `*` in an id stands for the file's own name.
//!
//! `told.txt`, where there is one, lists what is said besides: a line for each problem,
//! `name:line: code …`, and each note that JSON Lines can't bring about,
//! `name: note id kind detail`. `options.txt` holds what the user says: a line
//! `columns text=…`, `speakers a.rttm`. Lists in RTTM are no inputs of their own.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use liyan::conversation::{Conversation, Note};
use liyan::transcript::{ColumnNames, Hints, Options, Records, SpeakerTimes};

const EXPECTED: &str = "expected.jsonl";
const TOLD: &str = "told.txt";
const OPTIONS: &str = "options.txt";

#[test]
fn every_format_gives_the_same_conversation() {
    let mut wrong = Vec::new();
    let mut formats = BTreeSet::new();
    for format in entries(&support::path("tests/formats")) {
        let name = file_name(&format);
        let mut folders = vec![format];
        while let Some(folder) = folders.pop() {
            if folder.join(EXPECTED).exists() {
                formats.insert(name.clone());
                wrong.extend(case(&folder, &name));
            } else {
                folders.extend(entries(&folder).into_iter().filter(|path| path.is_dir()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(!formats.is_empty(), "no case was found");
}

/// What of a case isn't as it should be.
fn case(folder: &Path, format: &str) -> Vec<String> {
    let expected = expected(&folder.join(EXPECTED));
    let told = fs::read_to_string(folder.join(TOLD)).unwrap_or_default();
    let mut told: Vec<&str> = told.lines().collect();
    let mut wrong = Vec::new();
    let mut inputs = 0;
    for input in entries(folder) {
        let name = file_name(&input);
        if [EXPECTED, TOLD, OPTIONS].contains(&&*name) || name.ends_with(".rttm") {
            continue;
        }
        inputs += 1;
        let read = read(&input, format, options(folder));
        let mut differs = read.conversations.len() != expected.len();
        let mut besides: Vec<String> = read.problems;
        for (mut actual, expected) in read.conversations.iter().cloned().zip(&expected) {
            let extra: Vec<Note> = actual
                .notes
                .extract_if(.., |note| !expected.notes.contains(note))
                .collect();
            let id = &actual.id;
            besides.extend(
                extra
                    .iter()
                    .map(|note| format!("{name}: note {id} {} {}", note.kind.name(), note.detail)),
            );
            differs |= actual != *expected;
        }
        if differs {
            wrong.push(difference(&input, &expected, &read.conversations));
        }
        for line in besides {
            match told.iter().position(|known| *known == line) {
                Some(at) => {
                    told.remove(at);
                }
                None => wrong.push(format!("{}\nsays {line}", folder.display())),
            }
        }
    }
    wrong.extend(
        told.iter()
            .map(|line| format!("{}\ndoesn't say {line}", folder.display())),
    );
    if inputs == 0 {
        wrong.push(format!("{}\nholds nothing to read", folder.display()));
    }
    wrong
}

/// A broken file may hold no conversation at all.
fn expected(path: &Path) -> Vec<Conversation> {
    match fs::metadata(path).is_ok_and(|about| about.len() == 0) {
        true => Vec::new(),
        false => support::conversations(&path.to_string_lossy()),
    }
}

/// The lines that only one side has.
fn difference(input: &Path, expected: &[Conversation], actual: &[Conversation]) -> String {
    let lines = |side: &[Conversation]| format!("{side:#?}").replace(",\n                ", ", ");
    let (expected, actual) = (lines(expected), lines(actual));
    let mut told = vec![input.display().to_string()];
    let only = |sign: &str, these: &str, those: &str| {
        let those: BTreeSet<&str> = those.lines().collect();
        let these = these.lines().filter(|line| !those.contains(line));
        these
            .map(|line| format!("{sign} {}", line.trim()))
            .collect::<Vec<_>>()
    };
    told.extend(only("-", &expected, &actual));
    told.extend(only("+", &actual, &expected));
    told.join("\n")
}

fn options(folder: &Path) -> Options {
    let said = fs::read_to_string(folder.join(OPTIONS)).unwrap_or_default();
    let mut hints = Hints::default();
    for line in said.lines() {
        match line.split_once(' ') {
            Some(("columns", names)) => hints.columns = ColumnNames::read(names).expect("known"),
            Some(("speakers", name)) => {
                let text = fs::read_to_string(folder.join(name)).expect("it is there");
                hints.speakers = SpeakerTimes::read(&text, name);
            }
            _ => panic!("{}: {line}", folder.display()),
        }
    }
    Options {
        hints: Arc::new(hints),
        ..Options::default()
    }
}

struct Read {
    conversations: Vec<Conversation>,
    problems: Vec<String>,
}

fn read(input: &Path, format: &str, options: Options) -> Read {
    let stem = input.file_stem().unwrap_or_default().to_string_lossy();
    let folder = format!("{}/", input.parent().expect("it lies somewhere").display());
    let mut read = Read {
        conversations: Vec::new(),
        problems: Vec::new(),
    };
    for record in Records::new([input], std::io::empty(), options) {
        let parsed = match record {
            Ok(record) if record.format.name() != format => {
                let name = record.format.name();
                read.problems
                    .push(format!("{}: is {name}", file_name(input)));
                continue;
            }
            Ok(record) => record.parse(),
            Err(problem) => vec![Err(problem)],
        };
        for parsed in parsed {
            match parsed {
                Ok(mut conversation) => {
                    if let Some(rest) = conversation.id.strip_prefix(&*stem) {
                        conversation.id = format!("*{rest}");
                    }
                    read.conversations.push(conversation);
                }
                Err(problem) => read.problems.push(problem.to_string().replace(&folder, "")),
            }
        }
    }
    read
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
