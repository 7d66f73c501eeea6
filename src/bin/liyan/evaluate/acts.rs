//! `liyan evaluate --acts`: how many labelled utterances are heard as what they are.

use crate::input;
use crate::outcome::Outcome;
use crate::output::print;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::checker::Checker;
use liyan::conversation::{Conversation, Role, Turn};
use liyan::matching::Scratch;
use liyan::phrasebook::rules::ActId;
use liyan::report::visible::columns;
use liyan::transcript::{Format, InputProblem, ProblemKind, Record};
use serde::Deserialize;
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
        let name = utterance.name();
        match checker.rules().act(name) {
            Some(act) => {
                let counts = acts.entry(name.to_owned()).or_default();
                counts.add(&utterance, is_heard(checker, &utterance, act, &mut scratch));
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

/// A labelled utterance: one that does an act, or one that only looks like it.
#[derive(Deserialize)]
struct Utterance {
    #[serde(flatten)]
    label: Label,
    role: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Label {
    Act(String),
    Not(String),
}

impl Utterance {
    fn name(&self) -> &str {
        let (Label::Act(name) | Label::Not(name)) = &self.label;
        name
    }
}

fn utterance(record: &Record) -> Result<Utterance, InputProblem> {
    serde_json::from_slice(&record.bytes).map_err(|error| {
        let message = error.to_string();
        let detail = message.split(" at line ").next().unwrap_or_default();
        InputProblem {
            place: record.place.clone(),
            kind: ProblemKind::NotJson {
                column: error.column().max(1),
                detail: detail.to_owned(),
            },
        }
    })
}

fn is_heard(checker: &Checker, utterance: &Utterance, act: ActId, scratch: &mut Scratch) -> bool {
    let role = Role::from_name(&utterance.role).unwrap_or(Role::Staff);
    let conversation = Conversation {
        turns: vec![Turn::new(role, utterance.text.clone())],
        ..Conversation::default()
    };
    let hits = checker.hits(&conversation, scratch);
    hits.iter().any(|hit| hit.counts() && hit.act == act)
}

/// Of an act: heard and not heard where it is done, heard and not heard where it
/// isn't.
#[derive(Clone, Copy, Default)]
struct Counts([usize; 4]);

impl Counts {
    fn add(&mut self, utterance: &Utterance, is_heard: bool) {
        let cell = match (&utterance.label, is_heard) {
            (Label::Act(_), true) => 0,
            (Label::Act(_), false) => 1,
            (Label::Not(_), true) => 2,
            (Label::Not(_), false) => 3,
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
