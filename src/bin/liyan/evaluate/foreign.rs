//! `liyan evaluate --acts --map`: sets whose turns are labelled with acts of another
//! tradition, such as the dialogue acts of a public corpus.
//!
//! `DA:apology=says-sorry+regret` says that a turn with that label should
//! be heard as one of these acts, and no other turn should. Who speaks isn't asked:
//! such sets know no staff.

use crate::input;
use crate::outcome::Outcome;
use crate::output::print;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::checker::Checker;
use liyan::conversation::{Conversation, Role, Turn};
use liyan::matching::Scratch;
use liyan::phrasebook::rules::ActId;
use liyan::scoring::agreement::Counts;
use liyan::transcript::{Format, InputProblem, ProblemKind, Record};
use serde::Deserialize;

/// A label of theirs, the acts of ours that it stands for, and how they agree.
struct Mapping {
    label: String,
    acts: Vec<ActId>,
    counts: Counts,
}

#[derive(Deserialize)]
struct Line {
    turns: Vec<LabelledTurn>,
}

#[derive(Deserialize)]
struct LabelledTurn {
    text: String,
    #[serde(default)]
    acts: Vec<String>,
}

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches, checker: &Checker) -> Outcome {
    let mut mappings = Vec::new();
    for text in matches.get_many::<String>("map").into_iter().flatten() {
        match mapping(checker, text) {
            Ok(mapping) => mappings.push(mapping),
            Err(name) => {
                screen.tell("show.unknown", &[("name", name)]);
                return Outcome::FAILED;
            }
        }
    }
    let mut scratch = Scratch::default();
    let (mut read, mut unread) = (0, 0);
    for record in input::records_as(matches, Some(Format::JSONL)) {
        match record.and_then(|record| line(&record)) {
            Ok(line) => {
                read += 1;
                for turn in &line.turns {
                    count(checker, turn, &mut mappings, &mut scratch);
                }
            }
            Err(problem) => {
                screen.input_problem(&problem);
                unread += 1;
            }
        }
    }
    if read == 0 {
        return Outcome::FAILED;
    }
    let mut page = String::new();
    for mapping in &mappings {
        let counts = mapping.counts;
        let values = [
            ("label", mapping.label.clone()),
            ("labelled", (counts.both + counts.lacking).to_string()),
            ("heard", (counts.both + counts.extra).to_string()),
            ("precision", format!("{:.3}", counts.precision())),
            ("recall", format!("{:.3}", counts.recall())),
            ("score", format!("{:.3}", counts.f1())),
        ];
        page.push_str(&screen.labels.fill("evaluate.mapped", &values));
        page.push('\n');
    }
    match print(screen, page) {
        Outcome::DONE if unread > 0 => Outcome::IN_PART,
        outcome => outcome,
    }
}

/// Reads `LABEL=act+act`; fails with the name that nothing has.
fn mapping(checker: &Checker, text: &str) -> Result<Mapping, String> {
    let (label, names) = text.rsplit_once('=').ok_or_else(|| text.to_owned())?;
    let acts = names
        .split('+')
        .map(|name| checker.rules().act(name).ok_or_else(|| name.to_owned()))
        .collect::<Result<_, _>>()?;
    Ok(Mapping {
        label: label.to_owned(),
        acts,
        counts: Counts::default(),
    })
}

fn line(record: &Record) -> Result<Line, InputProblem> {
    serde_json::from_slice(&record.bytes).map_err(|error| InputProblem {
        place: record.place.clone(),
        kind: ProblemKind::NotJson {
            column: error.column().max(1),
            detail: error.to_string(),
        },
    })
}

fn count(checker: &Checker, turn: &LabelledTurn, mappings: &mut [Mapping], scratch: &mut Scratch) {
    let conversation = Conversation {
        turns: vec![Turn::new(Role::Unknown, turn.text.clone())],
        ..Conversation::default()
    };
    let hits = checker.hits(&conversation, scratch);
    for mapping in mappings {
        let is_labelled = turn.acts.contains(&mapping.label);
        let is_heard = hits
            .iter()
            .any(|hit| hit.counts() && mapping.acts.contains(&hit.act));
        match (is_labelled, is_heard) {
            (true, true) => mapping.counts.both += 1,
            (false, true) => mapping.counts.extra += 1,
            (true, false) => mapping.counts.lacking += 1,
            (false, false) => {}
        }
    }
}
