//! `liyan check`: judges transcripts.

use crate::input;
use crate::outcome::Outcome;
use crate::output::{self, Output};
use crate::screen::Screen;
use clap::ArgMatches;
use indicatif::{ProgressBar, ProgressStyle};
use liyan::assessment::Assessment;
use liyan::checker::{Checked, Checker, StreamOptions};
use liyan::report::wire::Line;
use liyan::report::{Page, Summary, page};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let out = matches.get_one::<PathBuf>("out").map(PathBuf::as_path);
    let mut run = Run {
        screen,
        matches,
        checker: &checker,
        judged: 0,
        unread: 0,
        below: 0,
        ended_by: watch_for_signals(),
    };
    let result = Output::open(out).and_then(|mut output| {
        run.work(&mut output)?;
        // What was done before an interrupt is worth having on standard output; a
        // file under its final name would pass for the whole, and one with nothing
        // in it for a quiet day.
        let is_whole = run.ended_by.load(Ordering::Relaxed) == 0 && run.has_judged();
        match is_whole || out.is_none() {
            true => output.finish(),
            false => Ok(()),
        }
    });
    match result {
        Ok(()) => run.outcome(),
        Err(error) => output::unwritten(screen, out, &error),
    }
}

struct Run<'a> {
    screen: &'a Screen,
    matches: &'a ArgMatches,
    checker: &'a Checker,
    judged: usize,
    unread: usize,
    below: usize,
    ended_by: Arc<AtomicUsize>,
}

/// What one thread made of a conversation.
struct Made {
    part: Part,
    assessment: Assessment,
}

/// What a conversation adds to the results.
enum Part {
    Text(Vec<u8>),
    Entry(page::Entry),
}

impl Run<'_> {
    fn work(&mut self, output: &mut Output) -> io::Result<()> {
        let format = self.matches.get_one::<String>("format");
        let format = format.map_or("terminal", String::as_str);
        let for_people = format == "terminal";
        let to_file = self.matches.contains_id("out");
        let terminal = self.screen.terminal(self.checker.rules(), to_file);
        let options = StreamOptions {
            threads: self.matches.get_one::<usize>("threads").copied(),
            channel: input::channel(self.matches),
        };
        let limit = self.matches.get_one::<f64>("fail-under").copied();
        let with_turns = self.matches.get_flag("with-turns");
        let redaction = input::redaction(self.matches);
        let render = |mut checked: Checked| {
            // Before any writer sees it.
            if let Some(redaction) = redaction {
                redaction.apply(&mut checked.conversation, &mut checked.assessment);
            }
            let line = || Line::from(&checked.assessment);
            let with_talk = || line().with_turns(&checked.conversation);
            let part = match format {
                "html" => Part::Entry(page::Entry::new(self.checker.rules(), &with_talk())),
                "jsonl" => {
                    let mut text = Vec::new();
                    let line = if with_turns { with_talk() } else { line() };
                    line.write(&mut text);
                    Part::Text(text)
                }
                _ => {
                    let text = terminal.conversation(&checked.assessment, &checked.conversation);
                    Part::Text(text.into_bytes())
                }
            };
            Made {
                part,
                assessment: checked.assessment,
            }
        };
        let mut page = match format {
            "html" => Some(Page::begin(
                self.checker.rules(),
                self.screen.labels.lang(),
                output,
            )?),
            _ => None,
        };
        let mut summary = Summary::new(self.checker.rules());
        let progress = self.progress();
        self.checker
            .check_records(input::records(self.matches), options, render, |result| {
                match result {
                    Ok(made) => {
                        if for_people && self.judged > 0 {
                            output.write_all(b"\n")?;
                        }
                        match (&made.part, &mut page) {
                            (Part::Entry(entry), Some(page)) => page.add(entry, output)?,
                            (Part::Text(text), _) => output.write_all(text)?,
                            (Part::Entry(_), None) => {}
                        }
                        self.judged += 1;
                        let score = made.assessment.score;
                        self.below += usize::from(
                            limit.zip(score).is_some_and(|(limit, score)| score < limit),
                        );
                        if for_people {
                            summary.add(&made.assessment);
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
            })?;
        progress.finish_and_clear();
        if for_people && summary.count() > 1 {
            write!(output, "\n{}", terminal.summary(&summary))?;
        }
        if let Some(page) = page {
            page.end(output)?;
        }
        output.flush()
    }

    fn progress(&self) -> ProgressBar {
        let to_file = self.matches.contains_id("out");
        if self.matches.get_flag("quiet") || !self.screen.shows_progress(to_file) {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner();
        let template = self.screen.labels.get("cli.progress");
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
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
