//! `liyan completions` and `liyan manual`: for shells and for `man`.

use crate::args;
use crate::outcome::Outcome;
use crate::screen::Screen;
use clap::ArgMatches;
use clap_complete::Shell;
use std::io::{self, Write};

/// Writes completions for a shell.
pub fn completions(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let Some(shell) = matches.get_one::<Shell>("shell") else {
        return Outcome::WRONG_USAGE;
    };
    let mut page = Vec::new();
    clap_complete::generate(*shell, &mut args::command(&screen.labels), "liyan", &mut page);
    write(screen, &page)
}

/// Writes the manual page, and one for each command after it.
pub fn page(screen: &Screen) -> Outcome {
    let command = args::command(&screen.labels);
    let mut page = Vec::new();
    let commands = command.get_subcommands().cloned();
    let rendered = std::iter::once(command.clone())
        .chain(commands)
        .try_for_each(|command| clap_mangen::Man::new(command).render(&mut page));
    match rendered {
        Ok(()) => write(screen, &page),
        Err(error) => unwritable(screen, &error),
    }
}

fn write(screen: &Screen, page: &[u8]) -> Outcome {
    match io::stdout().lock().write_all(page) {
        Ok(()) => Outcome::DONE,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::DONE,
        Err(error) => unwritable(screen, &error),
    }
}

fn unwritable(screen: &Screen, error: &io::Error) -> Outcome {
    let place = screen.labels.get("cli.standard-output").to_owned();
    screen.tell("cli.unwritable", &[("path", place), ("detail", error.to_string())]);
    Outcome::FAILED
}
