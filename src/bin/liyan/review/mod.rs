//! `liyan review`: sheets read back, decisions put into effect and kept.

use crate::input;
use crate::outcome::Outcome;
use crate::output::{self, Output};
use crate::saved::Saved;
use crate::screen::Screen;
use clap::ArgMatches;
use jiff::{Timestamp, Unit};
use liyan::phrasebook::rules::Rules;
use liyan::review::apply::Standing;
use liyan::review::figures::Figures;
use liyan::review::ledger::{Broken, Ledger};
use liyan::review::read::{RowPlace, Wanted};
use liyan::review::told::{Outcome as Told, ReviewReport};
use liyan::review::{Decision, Reviewed, RowProblem, grid};
use liyan::transcript::{InputProblem, Place, ProblemKind};
use lock::Lock;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

mod lock;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    if let Some(log) = matches.get_one::<PathBuf>("verify") {
        return verify(screen, log);
    }
    let Some(assessments) = matches.get_one::<PathBuf>("assessments") else {
        return Outcome::WRONG_USAGE;
    };
    if assessments.as_os_str() == "-" {
        screen.tell("review.needs-assessments", &[]);
        return Outcome::WRONG_USAGE;
    }
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let run = Run {
        screen,
        matches,
        rules: checker.rules(),
        assessments,
    };
    run.run().unwrap_or_else(|outcome| outcome)
}

fn verify(screen: &Screen, path: &Path) -> Outcome {
    let log = match fs::read(path) {
        Ok(log) => log,
        Err(error) => {
            screen.input_problem(&unreadable(path, &error));
            return Outcome::FAILED;
        }
    };
    match Ledger::read(&log) {
        Ok(ledger) => {
            let values = [("count", ledger.entries.to_string()), ("hash", ledger.head)];
            let line = screen.labels.fill("review.holds", &values);
            output::print(screen, format!("{line}\n"))
        }
        Err(broken) => {
            tell_broken(screen, path, broken);
            Outcome::BELOW
        }
    }
}

fn tell_broken(screen: &Screen, path: &Path, broken: Broken) {
    let place = Place::new(path.to_string_lossy(), broken.line);
    screen.problem_at(&place, broken.code, &[]);
}

fn unreadable(path: &Path, error: &io::Error) -> InputProblem {
    InputProblem {
        place: Place::new(path.to_string_lossy(), 0),
        kind: match error.kind() {
            io::ErrorKind::NotFound => ProblemKind::NotFound,
            _ => ProblemKind::Unreadable {
                detail: error.to_string(),
            },
        },
    }
}

struct Run<'a> {
    screen: &'a Screen,
    matches: &'a ArgMatches,
    rules: &'a Rules,
    assessments: &'a Path,
}

impl Run<'_> {
    fn run(&self) -> Result<Outcome, Outcome> {
        let mut wanted = Wanted::default();
        let sheets_unread = self.take_sheets(&mut wanted);
        // Held until the entries are written, so that nobody else writes between.
        let log = self.matches.get_one::<PathBuf>("log");
        let _lock = log.map(|log| self.lock(log)).transpose()?;
        let (old, mut ledger) = self.ledger(log)?;
        for decision in &ledger.decisions {
            wanted.want(&decision.id);
        }
        let lines_unread = self.see(&mut wanted)?;
        let decisions = wanted.decide(self.rules, &self.screen.labels);
        for problem in &wanted.problems {
            self.tell(problem);
        }
        if decisions.is_empty() && ledger.entries == 0 {
            if wanted.problems.is_empty() && sheets_unread == 0 && wanted.blank == 0 {
                self.screen.tell("review.nothing", &[]);
            }
            if wanted.blank == 0 {
                return Err(Outcome::FAILED);
            }
        }
        let (standing, figures) = self.weigh(&wanted, &ledger.decisions, &decisions);
        let before = ledger.entries;
        if let Some(log) = log {
            self.append(log, &old, &mut ledger, &decisions)?;
        }
        let mut reviewed = Reviewed::new(self.rules, &standing);
        self.correct(&mut reviewed)?;
        let told = Told {
            standing: &standing,
            figures: &figures,
            reviewed: &reviewed,
            blank: wanted.blank,
            faulty: wanted.problems.len(),
            log: log.map(|_| (&ledger, ledger.entries - before)),
        };
        let faults = sheets_unread + lines_unread + wanted.problems.len();
        Ok(match (self.print(&told), faults) {
            (Outcome::DONE, 1..) => Outcome::IN_PART,
            (outcome, _) => outcome,
        })
    }

    /// Reads the sheets; gives back how many can't be.
    fn take_sheets(&self, wanted: &mut Wanted) -> usize {
        let mut unread = 0;
        let sheets = self.matches.get_many::<PathBuf>("sheet");
        for path in sheets.into_iter().flatten() {
            let name = path.to_string_lossy();
            match fs::read(path) {
                Err(error) => {
                    unread += 1;
                    self.screen.input_problem(&unreadable(path, &error));
                }
                Ok(bytes) => match grid::read(&bytes) {
                    Ok(grids) => wanted.take(&name, &grids),
                    Err(problem) => {
                        unread += 1;
                        let place = Place::new(&*name, 0);
                        let params = problem.params();
                        self.screen.problem_at(&place, problem.code(), &params);
                    }
                },
            }
        }
        unread
    }

    fn lock(&self, log: &Path) -> Result<Lock, Outcome> {
        Lock::on(log).map_err(|(path, error)| {
            match error.kind() {
                io::ErrorKind::AlreadyExists => {
                    let path = path.display().to_string();
                    self.screen.tell("review.locked", &[("path", path)]);
                }
                _ => return output::unwritten(self.screen, Some(log), &error),
            }
            Outcome::FAILED
        })
    }

    /// The log as it is, if there is one yet.
    fn ledger(&self, log: Option<&PathBuf>) -> Result<(Vec<u8>, Ledger), Outcome> {
        let Some(log) = log else {
            return Ok((Vec::new(), Ledger::default()));
        };
        let bytes = match fs::read(log) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                self.screen.input_problem(&unreadable(log, &error));
                return Err(Outcome::FAILED);
            }
        };
        match Ledger::read(&bytes) {
            Ok(ledger) => Ok((bytes, ledger)),
            Err(broken) => {
                tell_broken(self.screen, log, broken);
                Err(Outcome::FAILED)
            }
        }
    }

    /// Looks up what the rows speak of; gives back how many lines can't be read.
    fn see(&self, wanted: &mut Wanted) -> Result<usize, Outcome> {
        let (mut read, mut unread) = (0, 0);
        for line in Saved::new([self.assessments.to_owned()]) {
            match line {
                Ok(line) => {
                    read += 1;
                    wanted.see(&line);
                }
                Err(problem) => {
                    unread += 1;
                    problem.tell(self.screen);
                }
            }
        }
        match read {
            0 => Err(Outcome::FAILED),
            _ => Ok(unread),
        }
    }

    /// A row's fault, with its file, worksheet and number.
    fn tell(&self, problem: &RowProblem) {
        let RowPlace { file, sheet, row } = &problem.place;
        let source = match sheet.is_empty() {
            true => file.clone(),
            false => format!("{file} [{sheet}]"),
        };
        let place = Place::new(source, *row);
        self.screen
            .problem_at(&place, problem.code, &problem.params);
    }

    /// What stands, and the figures over it. Of what the log says, only what is about
    /// these very verdicts counts.
    fn weigh(
        &self,
        wanted: &Wanted,
        logged: &[Decision],
        decided: &[(RowPlace, Decision)],
    ) -> (Standing, Figures) {
        let identity = self.rules.identity();
        let (mut standing, mut figures) = (Standing::default(), Figures::default());
        let logged = logged.iter().filter(|of| {
            let judged = wanted.verdict(&of.id, &of.clause);
            let verdict = judged.map(|of| &*of.verdict);
            of.phrasebook == identity
                && wanted.has_seen(&of.id)
                && verdict == of.was.map(|was| was.name())
        });
        for decision in logged.chain(decided.iter().map(|(_, decision)| decision)) {
            figures.hear(decision);
            standing.take(decision.clone());
        }
        figures.compare_reviewers();
        for decision in standing.all() {
            let (id, clause) = (&decision.id, &decision.clause);
            let answers = wanted.answers(id, clause);
            figures.add(decision, wanted.verdict(id, clause), &answers);
        }
        (standing, figures)
    }

    /// Writes the log with what is new behind what was there, whole or not at all.
    fn append(
        &self,
        log: &Path,
        old: &[u8],
        ledger: &mut Ledger,
        decisions: &[(RowPlace, Decision)],
    ) -> Result<(), Outcome> {
        let at = match self.matches.get_one::<String>("at") {
            Some(at) => at.clone(),
            None => {
                let now = Timestamp::now();
                now.round(Unit::Second).unwrap_or(now).to_string()
            }
        };
        let new = ledger.append(decisions, &at);
        if new.is_empty() {
            return Ok(());
        }
        let written = Output::open(Some(log)).and_then(|mut output| {
            output.write_all(old)?;
            output.write_all(&new)?;
            output.finish()
        });
        written.map_err(|error| output::unwritten(self.screen, Some(log), &error))
    }

    /// Reads the assessments a second time and writes them as they are now.
    fn correct(&self, reviewed: &mut Reviewed<'_>) -> Result<(), Outcome> {
        let out = self.matches.get_one::<PathBuf>("out").map(PathBuf::as_path);
        self.write(out, reviewed)
            .map_err(|error| output::unwritten(self.screen, out, &error))
    }

    fn write(&self, out: Option<&Path>, reviewed: &mut Reviewed<'_>) -> io::Result<()> {
        let mut output = out.map(|out| Output::open(Some(out))).transpose()?;
        // What can't be read was told of the first time.
        for mut line in Saved::new([self.assessments.to_owned()]).flatten() {
            reviewed.correct(&mut line);
            if let Some(output) = &mut output {
                let mut bytes = Vec::new();
                line.write(&mut bytes);
                output.write_all(&bytes)?;
            }
        }
        output.map_or(Ok(()), Output::finish)
    }

    fn print(&self, told: &Told<'_>) -> Outcome {
        let report = ReviewReport {
            rules: self.rules,
            labels: &self.screen.labels,
            width: self.screen.width,
            colours: self.screen.colours(),
        };
        let format = self.matches.get_one::<String>("document-format");
        let page = match format.map(String::as_str) {
            Some("json") => report.json(told),
            Some("markdown") => report.markdown(told),
            _ => report.terminal(told),
        };
        output::print(self.screen, page)
    }
}
