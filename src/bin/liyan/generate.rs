//! `liyan generate`: corpora of any size, for measuring.

use crate::input;
use crate::outcome::Outcome;
use crate::output::Output;
use crate::screen::Screen;
use clap::ArgMatches;
use std::io;
use std::path::PathBuf;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let mut given = Vec::new();
    for record in input::records(matches) {
        match record.and_then(|record| record.parse()) {
            Ok(conversation) => given.push(conversation),
            Err(problem) => screen.input_problem(&problem),
        }
    }
    if given.is_empty() {
        return Outcome::FAILED;
    }
    let number = matches.get_one::<u64>("number").copied().unwrap_or(0);
    let seed = matches.get_one::<u64>("seed").copied().unwrap_or(1);
    let out = matches.get_one::<PathBuf>("out");
    let written = Output::open(out.map(PathBuf::as_path)).and_then(|mut output| {
        liyan::generate::generate(&given, number, seed, &mut output)?;
        output.finish()
    });
    match written {
        Ok(()) => Outcome::DONE,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::DONE,
        Err(error) => {
            let place = out.map_or_else(
                || screen.labels.get("cli.standard-output").to_owned(),
                |path| path.display().to_string(),
            );
            screen.tell("cli.unwritable", &[("path", place), ("detail", error.to_string())]);
            Outcome::FAILED
        }
    }
}
