//! The phrasebook and the transcripts that a command line names.

use crate::outcome::Outcome;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::checker::{Checker, Cutting};
use liyan::conversation::Channel;
use liyan::phrasebook::Phrasebook;
use liyan::phrasebook::problem::Problem;
use liyan::phrasebook::rules::Rules;
use liyan::report::redact::Redaction;
use liyan::transcript::{ColumnNames, Format, Hints, Options, Records, SpeakerRoles};
use std::io::Stdin;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The phrasebook named by `--phrasebook`.
///
/// # Errors
/// The exit status, once the user has been told what is wrong.
pub fn phrasebook(screen: &Screen, matches: &ArgMatches) -> Result<Phrasebook, Outcome> {
    phrasebook_named(screen, name(matches))
}

fn name(matches: &ArgMatches) -> &str {
    matches
        .get_one::<String>("phrasebook")
        .map_or("qinzhou-2014", String::as_str)
}

/// The phrasebook in this folder, or the shipped one of this name.
fn phrasebook_named(screen: &Screen, name: &str) -> Result<Phrasebook, Outcome> {
    if let Some(phrasebook) = Phrasebook::builtin(name) {
        return Ok(phrasebook);
    }
    let path = Path::new(name);
    if !path.is_dir() {
        let known = Phrasebook::builtin_names().join(", ");
        screen.tell(
            "cli.no-phrasebook",
            &[("name", name.to_owned()), ("known", known)],
        );
        return Err(Outcome::FAILED);
    }
    Phrasebook::folder(path).map_err(|error| {
        screen.tell(
            "cli.unreadable-phrasebook",
            &[("detail", error.to_string())],
        );
        Outcome::FAILED
    })
}

/// A checker for the phrasebook named by `--phrasebook`.
///
/// # Errors
/// The exit status, once the user has been told every fault.
pub fn checker(screen: &Screen, matches: &ArgMatches) -> Result<Checker, Outcome> {
    checker_named(screen, name(matches))
}

/// The same, where these turns are all that it will judge, if they are known.
///
/// # Errors
/// As [`checker`].
pub fn checker_for(
    screen: &Screen,
    matches: &ArgMatches,
    turns: Option<Vec<String>>,
) -> Result<Checker, Outcome> {
    let phrasebook = phrasebook(screen, matches)?;
    let compiled = match turns {
        Some(turns) => {
            let turns: Vec<&str> = turns.iter().map(String::as_str).collect();
            phrasebook.compile_for(&turns)
        }
        None => phrasebook.compile(),
    };
    usable(screen, compiled).map(Checker::new)
}

/// A checker for the phrasebook in this folder, or the shipped one of this name.
///
/// # Errors
/// The exit status, once the user has been told every fault.
pub fn checker_named(screen: &Screen, name: &str) -> Result<Checker, Outcome> {
    rules_named(screen, name).map(Checker::new)
}

/// The rules of the phrasebook in this folder, or of the shipped one of this name.
///
/// # Errors
/// The exit status, once the user has been told every fault.
pub fn rules_named(screen: &Screen, name: &str) -> Result<Rules, Outcome> {
    usable(screen, phrasebook_named(screen, name)?.compile())
}

fn usable(screen: &Screen, compiled: Result<Rules, Vec<Problem>>) -> Result<Rules, Outcome> {
    match compiled {
        Ok(rules) => Ok(rules),
        Err(problems) => {
            screen.say(&screen.problems().phrasebook(&problems));
            Err(Outcome::FAILED)
        }
    }
}

/// The channel that conversations without one are taken to be held in.
pub fn channel(matches: &ArgMatches) -> Option<Channel> {
    Channel::from_name(matches.get_one::<String>("channel")?)
}

/// The clauses that the command line names. Tests can also be named by their act or
/// guard.
///
/// # Errors
/// The exit status, once the user has been told of a name that nothing has.
pub fn clauses(
    screen: &Screen,
    matches: &ArgMatches,
    rules: &Rules,
) -> Result<Vec<String>, Outcome> {
    clauses_of(screen, matches, &[rules])
}

/// The same, where any one of several phrasebooks may have them.
///
/// # Errors
/// As [`clauses`].
pub fn clauses_of(
    screen: &Screen,
    matches: &ArgMatches,
    books: &[&Rules],
) -> Result<Vec<String>, Outcome> {
    let names: Vec<String> = matches
        .get_many("clauses")
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let is_known = |name: &str| {
        books.iter().any(|rules| {
            rules.clause(name).is_some()
                || rules.act(name).is_some()
                || rules.guards.iter().any(|guard| guard.name == name)
        })
    };
    match names.iter().find(|name| !is_known(name)) {
        None => Ok(names),
        Some(name) => {
            screen.tell("show.unknown", &[("name", name.clone())]);
            Err(Outcome::FAILED)
        }
    }
}

/// What masks names and private numbers, unless they are asked for.
pub fn redaction(matches: &ArgMatches) -> Option<&'static Redaction> {
    (!matches.get_flag("no-redact")).then(Redaction::builtin)
}

/// Which recordings are cut into visits.
pub fn cutting(matches: &ArgMatches) -> Cutting {
    let named = matches.try_get_one::<String>("visits").ok().flatten();
    match named.map(String::as_str) {
        Some("all") => Cutting::All,
        Some("none") => Cutting::Nothing,
        _ => Cutting::Long,
    }
}

/// What the command line says of the input.
fn hints(matches: &ArgMatches) -> Hints {
    let columns = matches.try_get_one::<ColumnNames>("columns").ok().flatten();
    let labels = |side| {
        let labels = matches.try_get_many::<String>(side).ok().flatten();
        labels.into_iter().flatten().cloned().collect()
    };
    Hints {
        columns: columns.cloned().unwrap_or_default(),
        speakers: matches.try_get_one("speakers").ok().flatten().cloned(),
        roles: SpeakerRoles {
            staff: labels("staff"),
            client: labels("client"),
        },
    }
}

/// The records of those paths, in the format that is named, if one is.
pub fn records(matches: &ArgMatches) -> Records<Stdin> {
    let from = matches.try_get_one::<String>("from").ok().flatten();
    records_as(matches, from.and_then(|name| Format::from_name(name)))
}

/// The records of those paths in a certain format.
pub fn records_as(matches: &ArgMatches, from: Option<Format>) -> Records<Stdin> {
    let paths = matches.get_many::<PathBuf>("path").into_iter().flatten();
    let options = Options {
        from,
        encoding: matches.try_get_one("encoding").ok().flatten().copied(),
        hints: Arc::new(hints(matches)),
        ..Options::default()
    };
    Records::new(paths.cloned(), std::io::stdin(), options)
}
