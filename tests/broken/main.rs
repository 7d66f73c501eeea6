//! Each way in which a file can be broken, for each family of forms: the good file beside
//! it is judged, the message has the place and speaks the user's language, and whatever
//! stands before the damage isn't lost where a form can be read so far.

mod cases;
mod files;
#[path = "../program/mod.rs"]
mod program;

use std::fs;
use std::path::Path;

use cases::{Case, cases};
use files::GOOD;
use program::{Run, liyan};

/// Each case in a folder of its own, with a good file behind it.
fn lay_out(folder: &Path) {
    for (number, case) in cases().enumerate() {
        let folder = folder.join(format!("{number:03}"));
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join(case.file), &case.bytes).expect("a file");
        fs::write(folder.join("good.jsonl"), GOOD).expect("a file");
    }
}

#[test]
fn the_good_file_is_judged_and_the_broken_one_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    lay_out(folder.path());
    let mut command = liyan(folder.path(), &["."]);
    let run = Run::of(&mut command);
    let mut ids = run.ids.iter();
    let mut wrong = Vec::new();
    for (number, case) in cases().enumerate() {
        let here = format!(" ./{number:03}/");
        let problems = run.problems.iter().filter(|told| told.contains(&here));
        let problems: Vec<String> = problems.map(|told| told.replace(&here, " ")).collect();
        let judged: Vec<&str> = ids
            .by_ref()
            .map(String::as_str)
            .take_while(|id| *id != "good")
            .collect();
        let told = |list: &str| {
            if list.is_empty() {
                "-".to_owned()
            } else {
                list.to_owned()
            }
        };
        let told = (told(&judged.join(" ")), told(&problems.join(", ")));
        if (told.0.as_str(), told.1.as_str()) != (case.ids, case.problems) {
            let Case { fault, file, .. } = case;
            wrong.push(format!("{fault}, {file}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(run.status, Some(3));
    assert_eq!(sentences(folder.path()), Vec::<String>::new());
}

/// Words of Latin letters that may stand in a sentence in Chinese.
const NAMES: [&str; 12] = [
    "liyan", "JSON", "XML", "Excel", "UTF", "turns", "amp", "lt", "formats", "CSV", "xlsx", "Lines",
];

/// What is wrong with the sentences that are told of a file in Chinese: such as are wider
/// than a terminal, or have a library's words in them.
fn sentences(folder: &Path) -> Vec<String> {
    let mut command = liyan(folder, &["."]);
    let output = command.args(["--lang", "zh"]).output().expect("it starts");
    let told = String::from_utf8(output.stderr).expect("it is UTF-8");
    let foreign = |line: &&str| {
        let sentence = line
            .split_once("]: ")
            .map_or(*line, |(_, sentence)| sentence);
        let mut words = sentence.split(|c: char| !c.is_ascii_alphabetic());
        let is_option = sentence.contains("--");
        let strange = words.any(|word| !word.is_empty() && !NAMES.contains(&word));
        strange && !is_option && !line.starts_with("-->")
    };
    let width = |line: &&str| {
        line.chars()
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum::<usize>()
            > 80
    };
    let lines = told.lines().filter(|line| foreign(line) || width(line));
    lines.map(str::to_owned).collect()
}
