//! `liyan convert`: transcripts of any format in one that everybody reads.

use crate::input;
use crate::outcome::Outcome;
use crate::output::{self, Output};
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::conversation::Conversation;
use liyan::matching::Scratch;
use liyan::report::transcript;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let out = matches.get_one::<PathBuf>("out").map(PathBuf::as_path);
    let mut run = Run {
        screen,
        matches,
        subtitles: Vec::new(),
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
    /// Held back until it is known that there is but one conversation.
    subtitles: Vec<u8>,
    written: usize,
    unread: usize,
}

impl Run<'_> {
    fn work(&mut self, output: &mut Output) -> io::Result<Outcome> {
        let id = self.matches.get_one::<String>("id");
        // What tells visits apart is in the phrasebook; nothing else here needs it.
        let checker = match self.matches.contains_id("visits") {
            true => match input::checker(self.screen, self.matches) {
                Ok(checker) => Some(checker),
                Err(outcome) => return Ok(outcome),
            },
            false => None,
        };
        let mut scratch = Scratch::default();
        let mut visits = |recording| match &checker {
            Some(checker) => checker.visits(recording, input::cutting(self.matches), &mut scratch),
            None => vec![recording],
        };
        for recording in input::records(self.matches).conversations() {
            match recording {
                Ok(mut recording) => {
                    recording.assume_channel(input::channel(self.matches));
                    for conversation in visits(recording) {
                        if id.is_some_and(|id| *id != conversation.id) {
                            continue;
                        }
                        if let Err(problem) = self.write(&conversation, output)? {
                            let id = conversation.id.clone();
                            self.screen.tell(problem, &[("id", id)]);
                            return Ok(Outcome::FAILED);
                        }
                        self.written += 1;
                    }
                }
                Err(problem) => {
                    self.screen.input_problem(&problem);
                    self.unread += 1;
                }
            }
        }
        output.write_all(&self.subtitles)?;
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

    /// Writes one conversation, or says why the form can't hold it.
    fn write(
        &mut self,
        conversation: &Conversation,
        output: &mut Output,
    ) -> io::Result<Result<(), &'static str>> {
        let labels = &self.screen.labels;
        let mut page = Vec::new();
        match self.matches.get_one::<String>("to").map(String::as_str) {
            Some("srt") if self.written > 0 => return Ok(Err("convert.several")),
            Some("srt") => {
                let subtitles = &mut self.subtitles;
                if transcript::srt(conversation, labels, subtitles).is_none() {
                    return Ok(Err("convert.no-times"));
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
