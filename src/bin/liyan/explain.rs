//! `liyan explain`: one conversation with everything that led to its verdicts.

use crate::input;
use crate::outcome::Outcome;
use crate::phrasebook::print;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::conversation::Channel;
use liyan::matching::Scratch;
use liyan::report::explain::Explanation;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let id = matches.get_one::<String>("id");
    let clauses: Vec<String> = matches.get_many("clauses").into_iter().flatten().cloned().collect();
    let channel = matches
        .get_one::<String>("channel")
        .and_then(|name| Channel::from_name(name));
    for record in input::records(matches) {
        let mut conversation = match record.and_then(|record| record.parse()) {
            Ok(conversation) => conversation,
            Err(problem) => {
                screen.input_problem(&problem);
                continue;
            }
        };
        if id.is_some_and(|id| *id != conversation.id) {
            continue;
        }
        conversation.channel = conversation.channel.or(channel);
        let mut scratch = Scratch::default();
        let (assessment, judgement) = checker.explain(&conversation, &mut scratch);
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
        return print(screen, &page);
    }
    let name = id.cloned().unwrap_or_default();
    screen.tell("explain.not-found", &[("id", name)]);
    Outcome::FAILED
}
