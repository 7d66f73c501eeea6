//! `liyan evaluate`: how far the verdicts agree with a person's.

use crate::input;
use crate::outcome::Outcome;
use crate::phrasebook::print;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::checker::Checker;
use liyan::conversation::{Conversation, Role, Turn};
use liyan::matching::Scratch;
use liyan::report::agreement::table;
use liyan::scoring::agreement::{Label, measure};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    match matches.get_flag("acts") {
        true => acts(screen, matches, &checker),
        false => clauses(screen, matches, &checker),
    }
}

fn clauses(screen: &Screen, matches: &ArgMatches, checker: &Checker) -> Outcome {
    let only: Vec<&String> = matches.get_many("clauses").into_iter().flatten().collect();
    let keep = |clause: &String| only.is_empty() || only.contains(&clause);
    let mut scratch = Scratch::default();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let (mut read, mut unread) = (0, 0);
    let mut page = String::new();
    for record in input::records(matches) {
        let (conversation, labels) = match record.and_then(|record| record.parse_labelled()) {
            Ok(labelled) => labelled,
            Err(problem) => {
                screen.input_problem(&problem);
                unread += 1;
                continue;
            }
        };
        read += 1;
        let assessment = checker.check_with(&conversation, &mut scratch);
        let found: Vec<Label> = assessment
            .verdicts
            .iter()
            .filter(|verdict| keep(&verdict.clause))
            .map(|verdict| label(&conversation, &verdict.clause, verdict.worst.verdict.name(), &verdict.worst.missing))
            .collect();
        let labelled: Vec<Label> = labels
            .iter()
            .filter(|label| keep(&label.clause))
            .map(|given| label(&conversation, &given.clause, &given.verdict, &given.missing))
            .collect();
        if matches.get_flag("misses") {
            page.push_str(&misses(screen, &conversation, &found, &labelled));
        }
        ours.extend(found);
        theirs.extend(labelled);
    }
    if read == 0 {
        return Outcome::FAILED;
    }
    page.push_str(&table(&measure(&ours, &theirs), checker.rules(), &screen.labels));
    match print(screen, &page) {
        Outcome::DONE if unread > 0 => Outcome::IN_PART,
        outcome => outcome,
    }
}

fn label(conversation: &Conversation, clause: &str, verdict: &str, missing: &[String]) -> Label {
    let mut missing = missing.to_vec();
    missing.sort();
    Label {
        conversation: conversation.id.clone(),
        clause: clause.to_owned(),
        verdict: verdict.to_owned(),
        missing,
    }
}

/// A line for each label that only one side has.
fn misses(screen: &Screen, conversation: &Conversation, ours: &[Label], theirs: &[Label]) -> String {
    let mut page = String::new();
    let mut say = |key: &str, label: &Label| {
        let values = [
            ("id", conversation.id.clone()),
            ("clause", label.clause.clone()),
            ("verdict", label.verdict.clone()),
            ("missing", label.missing.join(", ")),
        ];
        page.push_str(&screen.labels.fill(key, &values));
        page.push('\n');
    };
    let same = |a: &Label, b: &Label| a.clause == b.clause && a.verdict == b.verdict;
    for our in ours.iter().filter(|our| !theirs.iter().any(|their| same(our, their))) {
        say("evaluate.only-ours", our);
    }
    for their in theirs.iter().filter(|their| !ours.iter().any(|our| same(our, their))) {
        say("evaluate.only-theirs", their);
    }
    page
}

/// A labelled utterance: one that does an act, or one that only looks like it.
#[derive(Deserialize)]
struct Utterance {
    act: Option<String>,
    not: Option<String>,
    role: String,
    text: String,
}

/// Of an act: found and not found where it is done, found where it isn't, not found.
#[derive(Clone, Copy, Default)]
struct Found([usize; 4]);

fn acts(screen: &Screen, matches: &ArgMatches, checker: &Checker) -> Outcome {
    let mut scratch = Scratch::default();
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for path in input::paths(matches) {
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                let values = [("path", path.display().to_string()), ("detail", error.to_string())];
                screen.tell("cli.unreadable", &values);
                return Outcome::FAILED;
            }
        };
        for (number, line) in text.lines().enumerate() {
            let utterance: Utterance = match serde_json::from_str(line) {
                Ok(utterance) => utterance,
                Err(error) => {
                    let place = format!("{}:{}", path.display(), number + 1);
                    screen.tell("cli.unreadable", &[("path", place), ("detail", error.to_string())]);
                    continue;
                }
            };
            count(checker, &utterance, &mut found, &mut scratch);
        }
    }
    let mut page = String::new();
    let mut all = Found::default();
    for (act, counts) in &found {
        for (sum, count) in all.0.iter_mut().zip(counts.0) {
            *sum += count;
        }
        page.push_str(&line(screen, act, counts));
    }
    page.push_str(&line(screen, screen.labels.get("evaluate.all-acts"), &all));
    print(screen, &page)
}

fn count(
    checker: &Checker,
    utterance: &Utterance,
    found: &mut BTreeMap<String, Found>,
    scratch: &mut Scratch,
) {
    let (Some(name), done) = (
        utterance.act.as_ref().or(utterance.not.as_ref()),
        utterance.act.is_some(),
    ) else {
        return;
    };
    let Some(act) = checker.rules().act(name) else {
        return;
    };
    let role = Role::from_name(&utterance.role).unwrap_or(Role::Staff);
    let conversation = Conversation {
        turns: vec![Turn::new(role, utterance.text.clone())],
        ..Conversation::default()
    };
    let is_found = checker
        .hits(&conversation, scratch)
        .iter()
        .any(|hit| hit.counts() && hit.act == act);
    let cell = match (done, is_found) {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => 2,
        (false, false) => 3,
    };
    found.entry(name.clone()).or_default().0[cell] += 1;
}

fn line(screen: &Screen, act: &str, found: &Found) -> String {
    let [hit, missed, taken, left] = found.0;
    let values = [
        ("act", format!("{act:<28}")),
        ("found", hit.to_string()),
        ("all", (hit + missed).to_string()),
        ("taken", taken.to_string()),
        ("alike", (taken + left).to_string()),
    ];
    format!("{}\n", screen.labels.fill("evaluate.act", &values))
}
