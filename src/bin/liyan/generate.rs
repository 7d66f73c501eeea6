//! `liyan generate`: corpora of any size, for measuring.

use crate::input;
use crate::outcome::Outcome;
use crate::output::{self, Output};
use crate::screen::Screen;
use clap::ArgMatches;
use std::path::PathBuf;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let (mut given, mut unread) = (Vec::new(), 0);
    for conversation in input::records(matches).conversations() {
        match conversation {
            Ok(conversation) => given.push(conversation),
            Err(problem) => {
                screen.input_problem(&problem);
                unread += 1;
            }
        }
    }
    if given.is_empty() {
        return Outcome::FAILED;
    }
    let number = matches.get_one::<u64>("number").copied().unwrap_or(0);
    let seed = matches.get_one::<u64>("seed").copied().unwrap_or(1);
    let out = matches.get_one::<PathBuf>("out").map(PathBuf::as_path);
    let written = Output::open(out).and_then(|mut output| {
        liyan::generate::generate(&given, number, seed, &mut output)?;
        output.finish()
    });
    match written {
        Ok(()) if unread > 0 => Outcome::IN_PART,
        Ok(()) => Outcome::DONE,
        Err(error) => output::unwritten(screen, out, &error),
    }
}
