//! `liyan diff`: which verdicts flip between two assessments, or two phrasebooks.

use crate::input;
use crate::outcome::Outcome;
use crate::output;
use crate::saved::Saved;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::checker::{Checked, StreamOptions};
use liyan::matching::Scratch;
use liyan::phrasebook::rules::Rules;
use liyan::report::diff::{Diff, DiffReport, Side};
use liyan::report::wire::{Line, read_line, write_line};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    match matches.get_many::<String>("phrasebooks") {
        Some(names) => {
            let names: Vec<&String> = names.collect();
            phrasebooks(screen, matches, [names[0], names[1]])
        }
        None => files(screen, matches),
    }
}

/// Two files of assessments.
fn files(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let paths: Vec<PathBuf> = matches
        .get_many::<PathBuf>("path")
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let Ok([old, new]) = <[PathBuf; 2]>::try_from(paths) else {
        let count = matches
            .get_many::<PathBuf>("path")
            .map_or(0, |all| all.len());
        screen.tell("diff.two-files", &[("count", count.to_string())]);
        return Outcome::WRONG_USAGE;
    };
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let rules = checker.rules();
    let mut kept = match Kept::new(screen, matches, [rules, rules]) {
        Ok(kept) => kept,
        Err(outcome) => return outcome,
    };
    let mut sides = [
        (Side::Old, Saved::new([old])),
        (Side::New, Saved::new([new])),
    ];
    let mut read = [0, 0];
    let mut unread = 0;
    // By turns, so that lines meet their like as early as they can.
    loop {
        let mut is_over = true;
        for (side, lines) in &mut sides {
            let Some(line) = lines.next() else { continue };
            is_over = false;
            match line {
                Ok(line) => {
                    read[*side as usize] += 1;
                    kept.add(*side, line);
                }
                Err(problem) => {
                    unread += 1;
                    problem.tell(screen);
                }
            }
        }
        if is_over {
            break;
        }
    }
    match read.contains(&0) {
        true => Outcome::FAILED,
        false => kept.told(unread),
    }
}

/// The same conversations judged by two phrasebooks.
fn phrasebooks(screen: &Screen, matches: &ArgMatches, names: [&str; 2]) -> Outcome {
    let [old, new] = names.map(|name| input::checker_named(screen, name));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(outcome), _) | (_, Err(outcome)) => return outcome,
    };
    let mut kept = match Kept::new(screen, matches, [old.rules(), new.rules()]) {
        Ok(kept) => kept,
        Err(outcome) => return outcome,
    };
    let (mut read, mut unread) = (0, 0);
    let options = StreamOptions {
        threads: None,
        channel: input::channel(matches),
        visits: input::cutting(matches),
    };
    let redaction = input::redaction(matches);
    let render = |mut checked: Checked| {
        let now = new.check_with(&checked.conversation, &mut Scratch::default());
        [checked.assessment, now].map(|mut assessment| {
            if let Some(redaction) = redaction {
                redaction.apply(&mut checked.conversation, &mut assessment);
            }
            let mut line = Vec::new();
            write_line(&assessment, &mut line);
            read_line(&String::from_utf8_lossy(&line))
        })
    };
    let judged = old.check_records(input::records(matches), options, render, |result| {
        match result {
            Ok(lines) => {
                read += 1;
                for (side, line) in [Side::Old, Side::New].into_iter().zip(lines) {
                    // What was written a moment ago can be read.
                    if let Ok(line) = line {
                        kept.add(side, line);
                    }
                }
            }
            Err(problem) => {
                unread += 1;
                screen.input_problem(&problem);
            }
        }
        Ok(ControlFlow::Continue(()))
    });
    match judged {
        Err(error) => output::unwritten(screen, None, &error),
        Ok(()) if read == 0 => Outcome::FAILED,
        Ok(()) => kept.told(unread),
    }
}

/// What was compared so far, and how it will be told.
struct Kept<'a> {
    screen: &'a Screen,
    matches: &'a ArgMatches,
    rules: [&'a Rules; 2],
    only: Vec<String>,
    diff: Diff,
}

impl<'a> Kept<'a> {
    fn new(
        screen: &'a Screen,
        matches: &'a ArgMatches,
        rules: [&'a Rules; 2],
    ) -> Result<Self, Outcome> {
        Ok(Self {
            screen,
            matches,
            rules,
            only: input::clauses_of(screen, matches, &rules)?,
            diff: Diff::new(rules.map(|rules| rules.scoring.pass)),
        })
    }

    fn add(&mut self, side: Side, mut line: Line<'static>) {
        if !self.only.is_empty() {
            line.verdicts
                .retain(|of| self.only.iter().any(|id| **id == *of.clause));
            // The score tells of all clauses.
            line.score = None;
        }
        self.diff.add(side, line);
    }

    fn told(self, unread: usize) -> Outcome {
        let diff = self.diff.finish();
        let out = self.matches.get_one::<PathBuf>("out").map(PathBuf::as_path);
        let report = DiffReport {
            rules: self.rules,
            labels: &self.screen.labels,
            width: self.screen.width,
            colours: self.screen.terminal(self.rules[1], out.is_some()).colours,
            most: self
                .matches
                .get_one::<u64>("most")
                .map(|most| usize::try_from(*most).unwrap_or(usize::MAX)),
        };
        let format = self.matches.get_one::<String>("document-format");
        let page = match format.map(String::as_str) {
            Some("json") => report.json(&diff),
            Some("markdown") => report.markdown(&diff),
            _ => report.terminal(&diff),
        };
        let written = output::Output::open(out).and_then(|mut output| {
            output.write_all(page.as_bytes())?;
            output.finish()
        });
        match written {
            Err(error) => output::unwritten(self.screen, out, &error),
            Ok(()) if unread > 0 => Outcome::IN_PART,
            Ok(()) if self.matches.get_flag("fail-on-change") && diff.is_change() => Outcome::BELOW,
            Ok(()) => Outcome::DONE,
        }
    }
}
