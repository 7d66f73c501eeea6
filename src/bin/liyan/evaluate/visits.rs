//! `liyan evaluate --visits`: how well whole days are cut into visits.

use super::Labelled;
use crate::outcome::Outcome;
use crate::output::print;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::checker::Checker;
use liyan::conversation::Conversation;
use liyan::generate::day::Way;
use liyan::report::days;
use liyan::scoring::agreement::Label;

/// How many times the conversations are put together to days.
const TIMES: u64 = 3;

/// A line for each way in which a day may come.
pub fn run(
    screen: &Screen,
    matches: &ArgMatches,
    checker: &Checker,
    all: Vec<Labelled>,
    only: &[String],
) -> Outcome {
    let first = matches.get_one("seed").copied().unwrap_or(1_u64);
    let seeds = first..first.saturating_add(TIMES);
    let (given, labels): (Vec<Conversation>, Vec<Vec<Label>>) = all
        .into_iter()
        .map(|one| (one.conversation, one.labels))
        .unzip();
    let labels = labels.concat();
    let measured =
        Way::ALL.map(|way| checker.measure_visits(&given, &labels, only, way, seeds.clone()));
    let format = matches.get_one::<String>("document-format");
    let page = match format.map(String::as_str) {
        Some("json") => days::json(&measured),
        Some("markdown") => days::markdown(&measured, &screen.labels),
        _ => days::terminal(&measured, &screen.labels),
    };
    print(screen, page)
}
