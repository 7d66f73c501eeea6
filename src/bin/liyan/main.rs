//! The command line: flags in, files opened, one call, exit status out. All work is
//! the library's.

mod ahead;
mod args;
mod check;
mod convert;
mod diff;
mod evaluate;
mod explain;
mod formats;
mod generate;
mod input;
mod lessons;
mod manual;
mod outcome;
mod output;
mod phrasebook;
mod progress;
mod report;
mod reports;
mod review;
mod sample;
mod saved;
mod screen;
mod usage;
mod utterance;
mod values;

use outcome::Outcome;
use screen::Screen;
use std::process::ExitCode;

fn main() -> ExitCode {
    let screen = Screen::of_process();
    let outcome = match args::command(&screen.labels).try_get_matches() {
        Ok(matches) => {
            let screen = screen.with(&matches);
            match matches.subcommand() {
                Some(("check", matches)) => check::run(&screen, matches),
                Some(("explain", matches)) => explain::run(&screen, matches),
                Some(("convert", matches)) => convert::run(&screen, matches),
                Some(("formats", matches)) => formats::run(&screen, matches),
                Some(("evaluate", matches)) => evaluate::run(&screen, matches),
                Some(("diff", matches)) => diff::run(&screen, matches),
                Some(("sample", matches)) => sample::run(&screen, matches),
                Some(("review", matches)) => review::run(&screen, matches),
                Some(("phrasebook", matches)) => phrasebook::run(&screen, matches),
                Some(("report", matches)) => report::run(&screen, matches),
                Some(("generate", matches)) => generate::run(&screen, matches),
                Some(("completions", matches)) => manual::completions(&screen, matches),
                Some(("manual", _)) => manual::page(&screen),
                _ => Outcome::WRONG_USAGE,
            }
        }
        Err(error) => usage::report(&screen, &error),
    };
    outcome.into()
}
