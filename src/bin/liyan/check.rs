//! `liyan check`: judges transcripts.

use crate::ahead::Ahead;
use crate::input;
use crate::outcome::Outcome;
use crate::progress;
use crate::reports::{Parts, Reports, Setting, Unwritten, Wanted};
use crate::screen::Screen;
use clap::ArgMatches;
use indicatif::ProgressBar;
use liyan::assessment::Assessment;
use liyan::checker::{Checked, Checker, StreamOptions};
use liyan::report::reading::Reading;
use liyan::report::views::Naming;
use liyan::report::wire::Line;
use liyan::report::{Format, Summary};
use liyan::transcript::{InputProblem, Record};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let wanted = match Wanted::of(screen, matches) {
        Ok(wanted) => wanted,
        Err(outcome) => return outcome,
    };
    let mut records = input::records(matches);
    let ahead = Ahead::read(&mut records);
    let checker = match input::checker_for(screen, matches, ahead.turns()) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let naming = Naming::new(checker.rules(), &screen.labels);
    let setting = Setting::new(naming, &wanted, matches);
    let mut run = Run {
        screen,
        matches,
        checker: &checker,
        setting: &setting,
        reading: Mutex::default(),
        judged: 0,
        unread: 0,
        below: 0,
        scores: Mean::default(),
        took: None,
        ended_by: watch_for_signals(),
    };
    match Reports::open(&setting, &wanted, false, false)
        .and_then(|reports| run.work(ahead.into_records().chain(records), reports))
    {
        Ok(()) => run.outcome(),
        Err(unwritten) => unwritten.tell(screen),
    }
}

struct Run<'a> {
    screen: &'a Screen,
    matches: &'a ArgMatches,
    checker: &'a Checker,
    setting: &'a Setting<'a>,
    /// What was read how, counted on the thread that reads.
    reading: Mutex<Reading>,
    judged: usize,
    unread: usize,
    below: usize,
    scores: Mean,
    /// How long it took, where somebody looked on.
    took: Option<Duration>,
    ended_by: Arc<AtomicUsize>,
}

/// What one thread made of a conversation.
struct Page {
    parts: Parts,
    assessment: Assessment,
}

impl Run<'_> {
    fn work(
        &mut self,
        records: impl Iterator<Item = Result<Record, InputProblem>> + Send,
        mut reports: Reports<'_>,
    ) -> Result<(), Unwritten> {
        let to_files = reports.to_files();
        let terminal = self.screen.terminal(self.checker.rules(), to_files);
        let for_people = self.setting.has(Format::Terminal);
        let options = StreamOptions {
            threads: self.matches.get_one::<usize>("threads").copied(),
            channel: input::channel(self.matches),
            visits: input::cutting(self.matches),
        };
        let limit = self.matches.get_one::<f64>("fail-under").copied();
        let redaction = input::redaction(self.matches);
        let render = |mut checked: Checked| {
            // Before any writer sees it.
            if let Some(redaction) = redaction {
                redaction.apply(&mut checked.conversation, &mut checked.assessment);
            }
            let page = match for_people {
                true => terminal.conversation(&checked.assessment, &checked.conversation),
                false => String::new(),
            };
            let line = Line::from(&checked.assessment);
            let parts = self
                .setting
                .parts(&line, Some(&checked.conversation), &page);
            Page {
                parts,
                assessment: checked.assessment,
            }
        };
        let mut summary = Summary::new(self.checker.rules());
        let progress = self.progress(to_files);
        let mut failed = None;
        let reading = &self.reading;
        let records = records.inspect(|record| {
            if let (Ok(record), Ok(mut reading)) = (record, reading.lock()) {
                reading.add(record);
            }
        });
        let worked = self
            .checker
            .check_records(records, options, render, |result| {
                match result {
                    Ok(page) => {
                        if let Err(unwritten) =
                            reports.add(&page.parts, || Line::from(&page.assessment))
                        {
                            failed = Some(unwritten);
                            return Ok(ControlFlow::Break(()));
                        }
                        self.judged += 1;
                        let score = page.assessment.score;
                        self.scores.add(score);
                        self.below += usize::from(
                            limit.zip(score).is_some_and(|(limit, score)| score < limit),
                        );
                        if for_people {
                            summary.add(&page.assessment);
                        }
                    }
                    Err(problem) => {
                        self.unread += 1;
                        progress.suspend(|| self.screen.input_problem(&problem));
                    }
                }
                progress.inc(1);
                Ok(match self.ended_by.load(Ordering::Relaxed) {
                    0 => ControlFlow::Continue(()),
                    _ => ControlFlow::Break(()),
                })
            });
        self.took = (!progress.is_hidden()).then(|| progress.elapsed());
        progress.finish_and_clear();
        if let Some(unwritten) = failed {
            return Err(unwritten);
        }
        worked.map_err(Unwritten::from)?;
        let summary = match for_people && summary.count() > 1 {
            true => format!("\n{}", terminal.summary(&summary)),
            false => String::new(),
        };
        // What was done before an interrupt is worth having on standard output; a
        // file under its final name would pass for the whole, and one with nothing
        // in it for a quiet day.
        let is_whole = self.ended_by.load(Ordering::Relaxed) == 0 && self.has_judged();
        reports.finish(is_whole, &summary, None)
    }

    fn progress(&self, to_files: bool) -> ProgressBar {
        if self.matches.get_flag("quiet") || !self.screen.shows_progress(to_files) {
            return ProgressBar::hidden();
        }
        progress::bar(&self.screen.labels, self.matches)
    }

    /// Says what was read how, where that isn't a matter of course.
    fn tell_reading(&self) {
        let Ok(reading) = self.reading.lock() else {
            return;
        };
        let (labels, width) = (&self.screen.labels, self.screen.width);
        if let Some(page) = reading.page(self.judged, labels, width) {
            self.screen.say(&page);
        }
    }

    /// Whether there are results, or would be if there was input.
    fn has_judged(&self) -> bool {
        self.judged > 0 || self.unread == 0
    }

    fn outcome(&self) -> Outcome {
        let ended_by = self.ended_by.load(Ordering::Relaxed);
        if ended_by != 0 {
            self.screen
                .tell("cli.interrupted", &[("judged", self.judged.to_string())]);
            return Outcome::ended_by(ended_by);
        }
        if let Some(took) = self.took.filter(|_| self.has_judged()) {
            let values = [
                ("judged", self.judged.to_string()),
                ("mean", self.scores.told()),
                ("time", progress::time(took)),
            ];
            self.screen.tell("cli.done", &values);
        }
        if !self.matches.get_flag("quiet") {
            self.tell_reading();
        }
        if self.unread > 0 && self.judged > 0 && !self.matches.get_flag("quiet") {
            let counts = [
                ("unread", self.unread.to_string()),
                ("judged", self.judged.to_string()),
            ];
            self.screen.tell("cli.read-in-part", &counts);
        }
        match (self.unread, self.below) {
            _ if !self.has_judged() => Outcome::FAILED,
            (1.., _) => Outcome::IN_PART,
            (_, 1..) => Outcome::BELOW,
            _ => Outcome::DONE,
        }
    }
}

/// The mean of the scores that there are.
#[derive(Default)]
struct Mean {
    sum: f64,
    count: usize,
}

impl Mean {
    fn add(&mut self, score: Option<f64>) {
        self.sum += score.unwrap_or_default();
        self.count += usize::from(score.is_some());
    }

    fn told(&self) -> String {
        match self.count {
            0 => "–".to_owned(),
            count => format!("{:.1}", self.sum / count as f64),
        }
    }
}

/// Holds the exit status once a signal has asked to end, 0 before. At the second one
/// there is no patience left, and the program ends at once. Where signals can't be
/// watched they end the program as they would any other.
fn watch_for_signals() -> Arc<AtomicUsize> {
    let status = Arc::new(AtomicUsize::new(0));
    let asked = Arc::new(AtomicBool::new(false));
    for (signal, code) in [(SIGINT, 130), (SIGTERM, 143)] {
        let _ = flag::register_conditional_shutdown(signal, code, Arc::clone(&asked));
        let _ = flag::register(signal, Arc::clone(&asked));
        let _ = flag::register_usize(signal, Arc::clone(&status), code as usize);
    }
    status
}
