//! `liyan phrasebook`: what is wrong with one, whether its tests hold, what is in it.

use crate::input;
use crate::lessons;
use crate::outcome::Outcome;
use crate::output::print;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::phrasebook::problem::Gravity;
use liyan::report::show::Show;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    match matches.subcommand() {
        Some(("check", matches)) => check(screen, matches),
        Some(("test", matches)) => test(screen, matches),
        Some(("list", matches)) => list(screen, matches),
        Some(("show", matches)) => show(screen, matches),
        Some(("phrases", matches)) => phrases(screen, matches),
        Some(("roles", matches)) => weigh(screen, matches, Signs::OfRoles),
        Some(("visits", matches)) => weigh(screen, matches, Signs::OfVisits),
        Some(("proposals", matches)) => lessons::proposals(screen, matches),
        _ => Outcome::WRONG_USAGE,
    }
}

fn check(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let phrasebook = match input::phrasebook(screen, matches) {
        Ok(phrasebook) => phrasebook,
        Err(outcome) => return outcome,
    };
    let problems = phrasebook.problems();
    screen.say(&screen.problems().phrasebook(&problems));
    match problems
        .iter()
        .any(|problem| problem.gravity == Gravity::Error)
    {
        true => Outcome::FAILED,
        false => Outcome::DONE,
    }
}

fn test(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let only = match input::clauses(screen, matches, checker.rules()) {
        Ok(only) => only,
        Err(outcome) => return outcome,
    };
    let outcomes: Vec<_> = checker
        .run_examples()
        .into_iter()
        .filter(|outcome| only.is_empty() || only.contains(&outcome.subject))
        .collect();
    let mut page = String::new();
    for outcome in &outcomes {
        let key = match (outcome.is_failure(), outcome.holds(), &outcome.todo) {
            (true, false, _) => "tests.fails",
            (true, true, _) => "tests.todo-holds",
            (false, _, Some(_)) => "tests.todo",
            (false, _, None) => continue,
        };
        let values = [
            ("subject", outcome.subject.clone()),
            ("example", outcome.example.clone()),
            ("got", outcome.got.clone()),
            ("wanted", outcome.wanted.clone()),
            ("why", outcome.todo.clone().unwrap_or_default()),
        ];
        page.push_str(&screen.labels.fill(key, &values));
        page.push('\n');
    }
    let failed = outcomes
        .iter()
        .filter(|outcome| outcome.is_failure())
        .count();
    let todo = outcomes
        .iter()
        .filter(|outcome| outcome.todo.is_some())
        .count();
    let counts = [
        ("count", outcomes.len().to_string()),
        ("failed", failed.to_string()),
        ("todo", todo.to_string()),
    ];
    page.push_str(&screen.labels.fill("tests.counts", &counts));
    page.push('\n');
    match print(screen, page) {
        Outcome::DONE if failed > 0 => Outcome::BELOW,
        outcome => outcome,
    }
}

fn list(screen: &Screen, matches: &ArgMatches) -> Outcome {
    match input::checker(screen, matches) {
        Ok(checker) => print(screen, shown(screen, checker.rules()).list()),
        Err(outcome) => outcome,
    }
}

fn show(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let name = matches.get_one::<String>("name").map_or("", String::as_str);
    match shown(screen, checker.rules()).one(name) {
        Some(page) => print(screen, page),
        None => {
            screen.tell("show.unknown", &[("name", name.to_owned())]);
            Outcome::FAILED
        }
    }
}

/// A phrase a line, without a word of explanation: what other programs take as it is.
fn phrases(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let phrases = liyan::phrasebook::phrases(checker.rules());
    let lines: String = phrases.into_iter().map(|phrase| phrase + "\n").collect();
    print(screen, lines)
}

/// What is weighed over conversations.
enum Signs {
    OfRoles,
    OfVisits,
}

fn weigh(screen: &Screen, matches: &ArgMatches, signs: Signs) -> Outcome {
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let mut conversations = Vec::new();
    for conversation in input::records(matches).conversations() {
        match conversation {
            Ok(conversation) => conversations.push(conversation),
            Err(problem) => screen.input_problem(&problem),
        }
    }
    let page = match signs {
        Signs::OfRoles => checker.weigh_role_signs(&conversations),
        Signs::OfVisits => checker.weigh_visit_signs(&conversations),
    };
    print(screen, page)
}

fn shown<'a>(screen: &'a Screen, rules: &'a liyan::phrasebook::rules::Rules) -> Show<'a> {
    Show {
        rules,
        labels: &screen.labels,
        width: screen.width,
        colours: screen.colours(),
    }
}
