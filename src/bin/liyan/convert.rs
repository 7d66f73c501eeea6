//! `liyan convert`: transcripts of any format in one that everybody reads.

use crate::input;
use crate::outcome::Outcome;
use crate::output::{self, Output};
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::conversation::Conversation;
use liyan::report::transcript;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let out = matches.get_one::<PathBuf>("out").map(PathBuf::as_path);
    let mut run = Run {
        screen,
        matches,
        written: 0,
        unread: 0,
    };
    let result = Output::open(out).and_then(|mut output| {
        let outcome = run.work(&mut output)?;
        // Half of what was asked for is no result, under whatever name.
        match outcome == Outcome::FAILED && out.is_some() {
            true => Ok(outcome),
            false => output.finish().map(|()| outcome),
        }
    });
    result.unwrap_or_else(|error| output::unwritten(screen, out.map(Path::new), &error))
}

struct Run<'a> {
    screen: &'a Screen,
    matches: &'a ArgMatches,
    written: usize,
    unread: usize,
}

impl Run<'_> {
    fn work(&mut self, output: &mut Output) -> io::Result<Outcome> {
        let id = self.matches.get_one::<String>("id");
        for conversation in input::records(self.matches).conversations() {
            match conversation {
                Ok(mut conversation) if id.is_none_or(|id| *id == conversation.id) => {
                    conversation.assume_channel(input::channel(self.matches));
                    if let Err(outcome) = self.write(&conversation, output)? {
                        return Ok(outcome);
                    }
                    self.written += 1;
                }
                Ok(_) => {}
                Err(problem) => {
                    self.screen.input_problem(&problem);
                    self.unread += 1;
                }
            }
        }
        Ok(match (self.written, self.unread, id) {
            (0, 0, Some(id)) => {
                self.screen.tell("explain.not-found", &[("id", id.clone())]);
                Outcome::FAILED
            }
            (0, _, _) => Outcome::FAILED,
            (_, 0, _) => Outcome::DONE,
            _ => Outcome::IN_PART,
        })
    }

    /// Writes one conversation, or tells why the form can't hold it.
    fn write(
        &self,
        conversation: &Conversation,
        output: &mut Output,
    ) -> io::Result<Result<(), Outcome>> {
        let labels = &self.screen.labels;
        let mut page = Vec::new();
        match self.matches.get_one::<String>("to").map(String::as_str) {
            Some("srt") if self.written > 0 => {
                self.screen
                    .tell("convert.several", &[] as &[(&str, String)]);
                return Ok(Err(Outcome::FAILED));
            }
            Some("srt") => {
                if transcript::srt(conversation, labels, &mut page).is_none() {
                    let id = conversation.id.clone();
                    self.screen.tell("convert.no-times", &[("id", id)]);
                    return Ok(Err(Outcome::FAILED));
                }
            }
            Some("text") => {
                if self.written > 0 {
                    page.extend_from_slice(b"\n---\n\n");
                }
                transcript::text(conversation, labels, &mut page);
            }
            _ => transcript::line(conversation, &mut page),
        }
        output.write_all(&page).map(Ok)
    }
}
