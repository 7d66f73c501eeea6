//! `liyan explain`: one conversation with everything that led to its verdicts.

use crate::input;
use crate::outcome::Outcome;
use crate::output::print;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::checker::{Checker, Cutting};
use liyan::conversation::Conversation;
use liyan::matching::Scratch;
use liyan::report::explain::Explanation;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let clauses = match input::clauses(screen, matches, checker.rules()) {
        Ok(clauses) => clauses,
        Err(outcome) => return outcome,
    };
    let id = matches.get_one::<String>("id");
    let mut scratch = Scratch::default();
    let (found, unread) = find(screen, matches, &checker, &mut scratch, id);
    let Some(mut conversation) = found else {
        if let Some(id) = id {
            screen.tell("explain.not-found", &[("id", id.clone())]);
        }
        return Outcome::FAILED;
    };
    let (mut assessment, judgement) = checker.explain(&conversation, &mut scratch);
    if let Some(redaction) = input::redaction(matches) {
        redaction.apply(&mut conversation, &mut assessment);
    }
    let page = Explanation {
        rules: checker.rules(),
        labels: &screen.labels,
        width: screen.width,
        colours: screen.colours(),
    }
    .page(
        &conversation,
        scratch.folded(conversation.turns.len()),
        &assessment,
        &judgement,
        &clauses,
    );
    match print(screen, page) {
        Outcome::DONE if unread > 0 => Outcome::IN_PART,
        outcome => outcome,
    }
}

/// The conversation with that id, or the first, and how many could not be read on
/// the way to it.
fn find(
    screen: &Screen,
    matches: &ArgMatches,
    checker: &Checker,
    scratch: &mut Scratch,
    id: Option<&String>,
) -> (Option<Conversation>, usize) {
    let mut unread = 0;
    for conversation in input::records(matches).conversations() {
        match conversation {
            Ok(mut recording) => {
                recording.assume_channel(input::channel(matches));
                // Who names the recording itself wants all of it.
                let cutting = match id.is_some_and(|id| *id == recording.id) {
                    true => Cutting::Nothing,
                    false => input::cutting(matches),
                };
                let visits = checker.visits(recording, cutting, scratch);
                let mut visits = visits.into_iter();
                let found = visits.find(|visit| id.is_none_or(|id| *id == visit.id));
                if found.is_some() {
                    return (found, unread);
                }
            }
            Err(problem) => {
                screen.input_problem(&problem);
                unread += 1;
            }
        }
    }
    (None, unread)
}
