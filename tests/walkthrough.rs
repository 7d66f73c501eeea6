//! The walk-through in docs/ works as it stands: its commands are run one after the other,
//! and the sheets are filled in where the reader would do it.
//!
//! Built without optimisation, a month is 400 conversations, and what the commands print
//! isn't compared. `LIYAN_BLESS=1 cargo test --release --test walkthrough` writes it anew.
#![cfg(unix)]

use liyan::review::{grid, sheet};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const FILL_IN: &str = "<!-- fill in -->";
const APPEAL: &str = "<!-- decide the appeal -->";
const IN_FULL: bool = !cfg!(debug_assertions);
/// What is said where the reviewer finds a parting good enough.
const CARING: [&str; 3] = ["开车慢点", "当心台阶", "路上小心"];

fn root(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

/// A part of a page: the commands of a block, what they print, or something to be done by
/// hand.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Commands(Vec<String>),
    Printed(String),
    ByHand(&'static str),
    Text(String),
}

fn parts(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut block: Option<Part> = None;
    for line in page.lines() {
        let ended = match &mut block {
            Some(_) if line == "```" => block.take(),
            Some(Part::Commands(commands)) => {
                let command = line.strip_prefix("$ ").expect("a line is a command");
                commands.push(command.to_owned());
                None
            }
            Some(Part::Printed(printed)) => {
                printed.push_str(line);
                printed.push('\n');
                None
            }
            _ => {
                block = match line {
                    "```console" => Some(Part::Commands(Vec::new())),
                    "```text" => Some(Part::Printed(String::new())),
                    _ => None,
                };
                let by_hand = [FILL_IN, APPEAL].into_iter().find(|mark| *mark == line);
                let text = by_hand.map_or_else(|| Part::Text(line.to_owned()), Part::ByHand);
                block.is_none().then_some(text)
            }
        };
        parts.extend(ended);
    }
    parts
}

fn page(parts: &[Part]) -> String {
    let mut page = String::new();
    for part in parts {
        page += &match part {
            Part::Commands(commands) => format!("```console\n$ {}\n```\n", commands.join("\n$ ")),
            Part::Printed(printed) => format!("```text\n{printed}```\n"),
            Part::ByHand(mark) => format!("{mark}\n"),
            Part::Text(line) => format!("{line}\n"),
        };
    }
    page
}

/// Changes the rows of a sheet, each with its number: the first has number 1.
fn fill_in(sheet: &Path, mut change: impl FnMut(usize, &mut BTreeMap<&str, String>)) {
    let grids = grid::read(&fs::read(sheet).expect("it was drawn")).expect("a workbook");
    let keys: Vec<&str> = sheet::COLUMNS.iter().map(|column| column.key).collect();
    let mut book = Workbook::new();
    let filled = book.add_worksheet();
    for (number, (_, row)) in grids[0].rows.iter().enumerate() {
        let mut row = row.clone();
        row.resize(keys.len(), String::new());
        if number > 0 {
            let mut cells: BTreeMap<&str, String> = keys.iter().copied().zip(row).collect();
            change(number, &mut cells);
            row = keys.iter().map(|key| cells[key].clone()).collect();
        }
        for (at, cell) in row.iter().enumerate() {
            filled
                .write_string(number as u32, at as u16, cell)
                .expect("a cell");
        }
    }
    book.save(sheet).expect("it can be written");
}

fn by_hand(mark: &str, folder: &Path) {
    let first = folder.join("to-review.xlsx");
    if mark == APPEAL {
        return fill_in(&first, |number, row| {
            if number == 1 {
                row.insert("decision", "overturn".to_owned());
                row.insert("appeal", "upheld".to_owned());
            }
        });
    }
    for sheet in [&first, &folder.join("partings.xlsx")] {
        fill_in(sheet, |number, row| {
            let is_caring = CARING.iter().any(|words| row["talk"].contains(words));
            let decision = match row["clause"] == "9.20" && is_caring {
                true => "overturn",
                false if number % 20 == 0 => "unsure",
                false => "confirm",
            };
            if decision == "overturn" {
                row.insert("corrected", "met".to_owned());
            }
            row.insert("decision", decision.to_owned());
            if number == 1 && *sheet == first {
                row.insert("appeal", "open".to_owned());
            }
        });
    }
}

/// Runs the page in a folder of its own, and gives it back with what was printed.
fn walk(page: &str, locale: &str) -> Vec<Part> {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    std::os::unix::fs::symlink(root("corpora"), folder.join("corpora")).expect("a link");
    let program = Path::new(env!("CARGO_BIN_EXE_liyan"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = program.parent().map(Path::to_owned).into_iter();
    let path = std::env::join_paths(paths.chain(std::env::split_paths(&path))).expect("a path");
    let mut printed = String::new();
    let mut walked = parts(page);
    for part in &mut walked {
        match part {
            Part::ByHand(mark) => by_hand(mark, folder),
            Part::Printed(told) => *told = std::mem::take(&mut printed),
            Part::Text(_) => {}
            Part::Commands(commands) => {
                printed.clear();
                for command in commands {
                    let command = match IN_FULL {
                        true => command.clone(),
                        false => command.replace("--month", "-n 400 --month"),
                    };
                    let output = Command::new("sh")
                        .current_dir(folder)
                        .args(["-c", &format!("{command} 2>&1")])
                        .env("PATH", &path)
                        .env("LC_ALL", locale)
                        .env("COLUMNS", "100")
                        .output()
                        .expect("there is a shell");
                    let told = String::from_utf8_lossy(&output.stdout);
                    assert!(output.status.success(), "{command}: {told}");
                    printed += &told;
                }
            }
        }
    }
    let log = fs::read_to_string(folder.join("decisions.jsonl")).expect("a log");
    let upheld = log.lines().last().expect("an entry");
    assert!(upheld.contains(r#""appeal":"upheld""#), "{upheld}");
    let change = fs::read_to_string(folder.join("change.md")).expect("it is written");
    assert!(change.starts_with("# qinzhou-2014@1.0.0 → qinzhou-2014@1.0.0+mine@0.1.0"));
    walked
}

#[test]
fn both_languages_walk_the_same_way() {
    let walk = |page: &str| {
        let page = fs::read_to_string(root(page)).expect("the page is there");
        let parts = parts(&page).into_iter();
        let steps = parts.filter(|part| matches!(part, Part::Commands(_) | Part::ByHand(_)));
        steps.collect::<Vec<_>>()
    };
    assert_eq!(walk("docs/review.md"), walk("docs/review.zh-CN.md"));
}

#[test]
fn the_walk_through_leads_there() {
    let languages = [
        ("docs/review.md", "en_GB.UTF-8"),
        ("docs/review.zh-CN.md", "zh_CN.UTF-8"),
    ];
    // The second language says the same again, which takes as long again.
    for (path, locale) in languages.into_iter().take(if IN_FULL { 2 } else { 1 }) {
        let told = fs::read_to_string(root(path)).expect("the page is there");
        let walked = page(&walk(&told, locale));
        if !IN_FULL {
            for line in [
                "\n9.20    Seeing the client off",
                "\nThe log holds together: ",
            ] {
                assert!(walked.contains(line), "{line}: {walked}");
            }
            let flips = walked
                .lines()
                .filter(|line| line.starts_with("partial → met"));
            assert_eq!(flips.count(), 1, "{walked}");
        } else if std::env::var_os("LIYAN_BLESS").is_some() {
            fs::write(root(path), walked).expect("it can be written");
        } else {
            assert!(told == walked, "{path} is stale: run with LIYAN_BLESS=1");
        }
    }
}
