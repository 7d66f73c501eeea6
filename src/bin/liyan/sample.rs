//! `liyan sample`: verdicts for a person to look at.

use crate::input;
use crate::outcome::Outcome;
use crate::output::{self, Output};
use crate::saved::Saved;
use crate::screen::Screen;
use crate::values::Near;
use clap::ArgMatches;
use liyan::assessment::Verdict;
use liyan::phrasebook::rules::Rules;
use liyan::report::saved::Merge;
use liyan::report::views::Naming;
use liyan::review::draw::{Draw, Sampler, Size, Stratum};
use liyan::review::{sheet, write};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What a file is made of, by how its name ends.
#[derive(Clone, Copy)]
enum Kind {
    Workbook,
    Csv,
}

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let Some(out) = matches.get_one::<PathBuf>("out") else {
        return Outcome::WRONG_USAGE;
    };
    let shown = out.display().to_string();
    let Some(kind) = kind(out) else {
        screen.tell("sample.which-file", &[("path", shown)]);
        return Outcome::WRONG_USAGE;
    };
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let rules = checker.rules();
    let draw = match draw(screen, matches, rules) {
        Ok(draw) => draw,
        Err(outcome) => return outcome,
    };
    let naming = Naming::new(rules, &screen.labels);
    let mut sampler = Sampler::new(draw);
    let (mut read, mut unread) = (0, 0);
    let mut merge = Merge::default();
    let paths = matches.get_many::<PathBuf>("path").into_iter().flatten();
    for line in Saved::new(paths.cloned()) {
        match line {
            Ok(line) => {
                read += 1;
                if merge.takes(&line) {
                    sampler.add(&line, |of| sheet::row(&line, of, &naming));
                }
            }
            Err(problem) => {
                unread += 1;
                problem.tell(screen);
            }
        }
    }
    if read == 0 {
        return Outcome::FAILED;
    }
    let identity = rules.identity();
    let mut others = merge.phrasebooks().map(|(name, _)| name);
    if let Some(found) = others.find(|name| *name != identity) {
        let values = [("found", found.to_owned()), ("known", identity.clone())];
        screen.tell("sample.other-phrasebook", &values);
    }
    let all = sampler.population();
    let rows = sampler.finish();
    if matches!(kind, Kind::Workbook) && rows.len() >= write::MOST_ROWS {
        screen.tell("sample.too-many", &[("count", rows.len().to_string())]);
        return Outcome::FAILED;
    }
    let bytes = match kind {
        Kind::Csv => Ok(write::csv(&rows, &naming)),
        Kind::Workbook => write::workbook(&rows, &naming).map_err(io::Error::other),
    };
    let written = bytes.and_then(|bytes| {
        let mut output = Output::open(Some(out))?;
        output.write_all(&bytes)?;
        output.finish()
    });
    if let Err(error) = written {
        return output::unwritten(screen, Some(out), &error);
    }
    let key = match rows.len() {
        0 => "sample.nothing",
        _ => "sample.drawn",
    };
    let values = [
        ("count", rows.len().to_string()),
        ("all", all.to_string()),
        ("path", shown),
    ];
    screen.tell(key, &values);
    match unread {
        0 => Outcome::DONE,
        _ => Outcome::IN_PART,
    }
}

fn kind(path: &Path) -> Option<Kind> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "xlsx" => Some(Kind::Workbook),
        "csv" => Some(Kind::Csv),
        _ => None,
    }
}

fn draw(screen: &Screen, matches: &ArgMatches, rules: &Rules) -> Result<Draw, Outcome> {
    let usual = Draw::default();
    let number = matches.get_one::<u64>("draw-number");
    let number = number.map(|number| usize::try_from(*number).unwrap_or(usize::MAX));
    let share = matches.get_one::<f64>("share").copied();
    let verdicts: Vec<Verdict> = matches
        .get_many::<String>("verdicts")
        .into_iter()
        .flatten()
        .filter_map(|name| Verdict::from_name(name))
        .collect();
    let by = matches.get_one::<String>("by").and_then(|by| {
        let mut all = Stratum::ALL.into_iter();
        all.find(|(name, _)| name == by)
    });
    let near = matches.get_one::<Near>("near").map(|near| {
        let score = near.score.unwrap_or(rules.scoring.pass);
        (score - near.reach, score + near.reach)
    });
    Ok(Draw {
        size: match (number, share) {
            (_, Some(share)) => Size::Share(share),
            (Some(number), None) => Size::Number(number),
            (None, None) => usual.size,
        },
        whole: matches.get_flag("whole"),
        by: by.map(|(_, by)| by),
        seed: matches
            .get_one::<u64>("seed")
            .copied()
            .unwrap_or(usual.seed),
        clauses: input::clauses(screen, matches, rules)?,
        verdicts: match verdicts.is_empty() {
            true => usual.verdicts,
            false => verdicts,
        },
        near,
    })
}
