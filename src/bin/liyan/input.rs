//! The phrasebook and the transcripts that a command line names.

use crate::outcome::Outcome;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::checker::Checker;
use liyan::phrasebook::Phrasebook;
use liyan::transcript::{Format, Options, Records};
use std::io::Stdin;
use std::path::{Path, PathBuf};

/// The phrasebook named by `--phrasebook`: a folder, or one that is shipped.
///
/// # Errors
/// The exit status, once the user has been told what is wrong.
pub fn phrasebook(screen: &Screen, matches: &ArgMatches) -> Result<Phrasebook, Outcome> {
    let name = matches
        .get_one::<String>("phrasebook")
        .map_or("qinzhou-2014", String::as_str);
    if let Some(phrasebook) = Phrasebook::builtin(name) {
        return Ok(phrasebook);
    }
    let path = Path::new(name);
    if !path.is_dir() {
        let known = Phrasebook::builtin_names().join(", ");
        screen.tell("cli.no-phrasebook", &[("name", name.to_owned()), ("known", known)]);
        return Err(Outcome::FAILED);
    }
    Phrasebook::folder(path).map_err(|error| {
        screen.tell("cli.unreadable-phrasebook", &[("detail", error.to_string())]);
        Outcome::FAILED
    })
}

/// A checker for that phrasebook.
///
/// # Errors
/// The exit status, once the user has been told every fault.
pub fn checker(screen: &Screen, matches: &ArgMatches) -> Result<Checker, Outcome> {
    let phrasebook = phrasebook(screen, matches)?;
    match phrasebook.compile() {
        Ok(rules) => Ok(Checker::new(rules)),
        Err(problems) => {
            screen.say(&screen.problems().phrasebook(&problems));
            Err(Outcome::FAILED)
        }
    }
}

/// The paths that the command line names.
pub fn paths(matches: &ArgMatches) -> Vec<PathBuf> {
    matches
        .get_many::<PathBuf>("path")
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}

/// The records of those paths.
pub fn records(matches: &ArgMatches) -> Records<Stdin> {
    let from = matches.try_get_one::<String>("from").ok().flatten();
    let options = Options {
        from: from.and_then(|name| Format::from_name(name)),
        ..Options::default()
    };
    Records::new(paths(matches), std::io::stdin(), options)
}
