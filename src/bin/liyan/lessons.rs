//! `liyan phrasebook proposals`: labelled talk, and what the model learns from it.

use crate::input;
use crate::outcome::Outcome;
use crate::output::print;
use crate::screen::Screen;
use crate::utterance::{Labelled, utterance};
use clap::ArgMatches;
use liyan::checker::{Checker, Lesson};
use liyan::phrasebook::rules::{Kind, Open, Rules, Trigger};
use liyan::transcript::{Format, InputProblem, Record, parse_labelled};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::sync::Arc;

/// Runs the command.
pub fn proposals(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    let mut lessons = Vec::new();
    let mut sets: Vec<Arc<str>> = Vec::new();
    let mut unread = 0;
    for record in input::records_as(matches, Some(Format::JSONL)) {
        match record.and_then(|record| lesson(&checker, &record, &mut sets)) {
            Ok(lesson) => lessons.push(lesson),
            Err(problem) => {
                screen.input_problem(&problem);
                unread += 1;
            }
        }
    }
    if lessons.is_empty() {
        return Outcome::FAILED;
    }
    match print(screen, checker.weigh_proposals(&lessons)) {
        Outcome::DONE if unread > 0 => Outcome::IN_PART,
        outcome => outcome,
    }
}

/// What only a labelled conversation has.
#[derive(Deserialize)]
struct Form {
    labels: Option<IgnoredAny>,
}

fn lesson(
    checker: &Checker,
    record: &Record,
    sets: &mut Vec<Arc<str>>,
) -> Result<Lesson, InputProblem> {
    let rules = checker.rules();
    let source = &record.place.source;
    let set = sets.iter().position(|of| of == source).unwrap_or_else(|| {
        sets.push(Arc::clone(source));
        sets.len() - 1
    });
    let is_conversation =
        serde_json::from_slice(&record.bytes).is_ok_and(|form: Form| form.labels.is_some());
    if is_conversation {
        let (conversation, labels) =
            parse_labelled(&record.bytes).map_err(|kind| InputProblem {
                place: record.place.clone(),
                kind,
            })?;
        let breaches = labels
            .iter()
            .filter(|label| {
                let clause = rules.clause(&label.clause);
                clause.is_some_and(|clause| clause.kind == Kind::Prohibition)
            })
            .flat_map(|label| {
                let turns = label.evidence.iter().chain([&label.trigger]);
                turns.map(|turn| (*turn, label.clause.clone()))
            })
            .collect();
        return Ok(Lesson {
            conversation,
            breaches,
            only: None,
            is_talk: true,
            set,
        });
    }
    let said = utterance(record)?;
    let turn = said.turn;
    let mut clauses: Vec<String> = said.really.into_iter().collect();
    match &said.labelled {
        _ if !said.is_it => {}
        Labelled::Clause(clause) => clauses.push(clause.clone()),
        Labelled::Act(act) => clauses.extend(opened_by(rules, act)),
    }
    Ok(Lesson {
        is_talk: matches!(said.labelled, Labelled::Clause(_)),
        conversation: said.conversation,
        breaches: clauses.into_iter().map(|clause| (turn, clause)).collect(),
        only: Some(turn),
        set,
    })
}

/// The prohibitions that an act breaches whatever goes before.
fn opened_by<'a>(rules: &'a Rules, act: &str) -> impl Iterator<Item = String> + 'a {
    let act = rules.act(act);
    let is_opened = move |open: &Open| match (&open.on, act) {
        (Trigger::Acts(acts), Some(act)) => {
            acts.has(act)
                && open.with.is_empty()
                && open.while_flags == 0
                && open.after.is_empty()
                && open.then.is_empty()
        }
        _ => false,
    };
    rules
        .clauses
        .iter()
        .filter(move |clause| {
            clause.kind == Kind::Prohibition && clause.opens.iter().any(is_opened)
        })
        .map(|clause| clause.id.clone())
}
