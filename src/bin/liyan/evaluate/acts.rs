//! `liyan evaluate --acts`: how many labelled utterances are heard as what they are,
//! alone or in a piece of talk.

use crate::input;
use crate::outcome::Outcome;
use crate::output::print;
use crate::screen::Screen;
use crate::utterance::{Labelled, Utterance, utterance};
use clap::ArgMatches;
use liyan::checker::Checker;
use liyan::matching::Scratch;
use liyan::report::visible::columns;
use liyan::transcript::Format;
use std::collections::BTreeMap;

/// How many columns an act's name has.
const WIDTH: usize = 28;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches, checker: &Checker) -> Outcome {
    let mut scratch = Scratch::default();
    let mut acts: BTreeMap<String, Counts> = BTreeMap::new();
    let mut unread = 0;
    for record in input::records_as(matches, Some(Format::JSONL)) {
        let utterance = match record.and_then(|record| utterance(&record)) {
            Ok(utterance) => utterance,
            Err(problem) => {
                screen.input_problem(&problem);
                unread += 1;
                continue;
            }
        };
        let name = utterance.labelled.name();
        match is_heard(checker, &utterance, &mut scratch) {
            Some(is_heard) => {
                let counts = acts.entry(name.to_owned()).or_default();
                counts.add(utterance.is_it, is_heard);
            }
            None => {
                screen.tell("show.unknown", &[("name", name.to_owned())]);
                unread += 1;
            }
        }
    }
    if acts.is_empty() {
        return Outcome::FAILED;
    }
    let mut page = String::new();
    let mut all = Counts::default();
    for (act, counts) in &acts {
        all.0
            .iter_mut()
            .zip(counts.0)
            .for_each(|(sum, count)| *sum += count);
        page.push_str(&line(screen, act, counts));
    }
    page.push_str(&line(screen, screen.labels.get("evaluate.all-acts"), &all));
    match print(screen, page) {
        Outcome::DONE if unread > 0 => Outcome::IN_PART,
        outcome => outcome,
    }
}

fn is_heard(checker: &Checker, utterance: &Utterance, scratch: &mut Scratch) -> Option<bool> {
    let Labelled::Act(name) = &utterance.labelled else {
        return Some(clause_arises(checker, utterance, scratch));
    };
    let act = checker.rules().act(name)?;
    let hits = checker.hits(&utterance.conversation, scratch);
    Some(hits.iter().any(|hit| hit.counts() && hit.act == act))
}

fn clause_arises(checker: &Checker, utterance: &Utterance, scratch: &mut Scratch) -> bool {
    let assessment = checker.check_with(&utterance.conversation, scratch);
    let mut verdicts = assessment.verdicts.iter();
    verdicts.any(|verdict| verdict.clause == utterance.labelled.name())
}

/// Of an act: heard and not heard where it is done, heard and not heard where it
/// isn't.
#[derive(Clone, Copy, Default)]
struct Counts([usize; 4]);

impl Counts {
    fn add(&mut self, is_it: bool, is_heard: bool) {
        let cell = match (is_it, is_heard) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        self.0[cell] += 1;
    }
}

fn line(screen: &Screen, act: &str, counts: &Counts) -> String {
    let room = WIDTH.saturating_sub(columns(act));
    let [heard, missed, taken, left] = counts.0;
    let values = [
        ("act", format!("{act}{}", " ".repeat(room))),
        ("found", heard.to_string()),
        ("all", (heard + missed).to_string()),
        ("taken", taken.to_string()),
        ("alike", (taken + left).to_string()),
    ];
    format!("{}\n", screen.labels.fill("evaluate.act", &values))
}
