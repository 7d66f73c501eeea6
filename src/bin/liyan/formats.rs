//! `liyan formats`: what can be read.

use crate::outcome::Outcome;
use crate::output::print;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::report::formats::Formats;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let formats = Formats {
        labels: &screen.labels,
        width: screen.width,
        colours: screen.colours(),
    };
    let format = matches.get_one::<String>("document-format");
    let page = match format.map(String::as_str) {
        Some("json") => formats.json(),
        Some("markdown") => formats.markdown(),
        _ => formats.terminal(),
    };
    print(screen, page)
}
