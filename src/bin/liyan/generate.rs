//! `liyan generate`: corpora of any size, for measuring, and months of a house.

use crate::input;
use crate::outcome::Outcome;
use crate::output::{self, Output};
use crate::screen::Screen;
use clap::ArgMatches;
use jiff::civil::Date;
use liyan::generate::{Month, generate, generate_month};
use std::path::PathBuf;

/// So many conversations a month has where nobody says.
const A_MONTH: u64 = 5_000;

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
    let number = matches.get_one::<u64>("number").copied().unwrap_or(A_MONTH);
    let seed = matches.get_one::<u64>("seed").copied().unwrap_or(1);
    let out = matches.get_one::<PathBuf>("out").map(PathBuf::as_path);
    let size = |name| {
        matches
            .get_one::<u16>(name)
            .map_or(1, |size| usize::from(*size))
    };
    let month = matches.get_one::<Date>("month").map(|first| Month {
        first: *first,
        clerks: size("clerks"),
        branches: size("branches"),
    });
    let month = match month.map(|month| Ok((month, input::checker(screen, matches)?))) {
        Some(Err(outcome)) => return outcome,
        Some(Ok(month)) => Some(month),
        None => None,
    };
    let written = Output::open(out).and_then(|mut output| {
        match &month {
            Some((month, checker)) => {
                generate_month(&given, checker, number, seed, month, &mut output)?;
            }
            None => generate(&given, number, seed, &mut output)?,
        }
        output.finish()
    });
    match written {
        Ok(()) if unread > 0 => Outcome::IN_PART,
        Ok(()) => Outcome::DONE,
        Err(error) => output::unwritten(screen, out, &error),
    }
}
