//! `liyan completions` and `liyan manual`: for shells and for `man`.

use crate::args;
use crate::outcome::Outcome;
use crate::output::{print, unwritten};
use crate::screen::Screen;
use clap::ArgMatches;
use clap_complete::Shell;

/// Writes completions for a shell.
pub fn completions(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let Some(shell) = matches.get_one::<Shell>("shell") else {
        return Outcome::WRONG_USAGE;
    };
    let mut page = Vec::new();
    clap_complete::generate(
        *shell,
        &mut args::command(&screen.labels),
        "liyan",
        &mut page,
    );
    print(screen, page)
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
        Ok(()) => print(screen, page),
        Err(error) => unwritten(screen, None, &error),
    }
}
