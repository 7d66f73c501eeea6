//! `liyan evaluate`: how far the verdicts agree with a person's, or with another
//! phrasebook's.

mod acts;
mod foreign;
mod noise;
mod roles;
mod visits;

use crate::input;
use crate::outcome::Outcome;
use crate::output::print;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::checker::Checker;
use liyan::conversation::Conversation;
use liyan::matching::Scratch;
use liyan::report::agreement::AgreementReport;
use liyan::scoring::agreement::{Evaluation, Label, NONE};
use liyan::transcript::{Options, Records};
use roles::RolesTold;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    match matches.get_flag("acts") {
        true if matches.contains_id("map") => foreign::run(screen, matches, &checker),
        true => acts::run(screen, matches, &checker),
        false => clauses(screen, matches, &checker),
    }
}

/// A conversation and what a person says of it.
pub struct Labelled {
    conversation: Conversation,
    labels: Vec<Label>,
}

fn clauses(screen: &Screen, matches: &ArgMatches, checker: &Checker) -> Outcome {
    let only = match input::clauses(screen, matches, checker.rules()) {
        Ok(only) => only,
        Err(outcome) => return outcome,
    };
    let (mut all, unread) = labelled(screen, input::records(matches), &only);
    if all.is_empty() {
        return Outcome::FAILED;
    }
    if matches.get_flag("compose") {
        return match visits::run(screen, matches, checker, all, &only) {
            Outcome::DONE if unread > 0 => Outcome::IN_PART,
            outcome => outcome,
        };
    }
    let theirs = match against(screen, matches, &all, &only) {
        Ok(theirs) => theirs,
        Err(outcome) => return outcome,
    };
    let mut roles = RolesTold::default();
    if matches.get_flag("without-roles") {
        roles.strip_all(checker, &mut all);
    }
    let ours = judge(
        checker,
        all.iter().map(|one| one.conversation.clone()),
        &only,
    );
    let mut page = String::new();
    if matches.get_flag("misses") {
        page.push_str(&flips(screen, &ours, &theirs));
    }
    let ids: Vec<String> = all.iter().map(|one| one.conversation.id.clone()).collect();
    let evaluation = Evaluation::new(&ours, &theirs, &ids);
    let report = AgreementReport {
        rules: checker.rules(),
        labels: &screen.labels,
    };
    page.push_str(&match matches
        .get_one::<String>("document-format")
        .map(String::as_str)
    {
        Some("json") => report.json(&evaluation),
        Some("markdown") => report.markdown(&evaluation),
        _ => report.terminal(&evaluation),
    });
    if matches.get_flag("without-roles") {
        page.push_str(&roles.line(screen));
    }
    let rates: Vec<u8> = matches
        .get_many("noise")
        .into_iter()
        .flatten()
        .copied()
        .collect();
    if !rates.is_empty() {
        page.push_str(&noise::curve(screen, checker, &all, &theirs, &only, &rates));
    }
    match print(screen, page) {
        Outcome::DONE if unread > 0 => Outcome::IN_PART,
        outcome => outcome,
    }
}

/// What is compared with: another phrasebook's verdicts, another person's labels, or
/// the labels of the conversations themselves.
fn against(
    screen: &Screen,
    matches: &ArgMatches,
    all: &[Labelled],
    only: &[String],
) -> Result<Vec<Label>, Outcome> {
    let Some(other) = matches.get_one::<String>("against") else {
        return Ok(all.iter().flat_map(|one| one.labels.clone()).collect());
    };
    let path = PathBuf::from(other);
    if path.join("book.toml").is_file() || !path.exists() {
        let checker = input::checker_named(screen, other)?;
        return Ok(judge(
            &checker,
            all.iter().map(|one| one.conversation.clone()),
            only,
        ));
    }
    let records = Records::new([path], std::io::stdin(), Options::default());
    let (others, _) = labelled(screen, records, only);
    if others.is_empty() {
        return Err(Outcome::FAILED);
    }
    Ok(others.into_iter().flat_map(|one| one.labels).collect())
}

/// Conversations with their labels, and how many couldn't be read.
fn labelled(
    screen: &Screen,
    records: Records<std::io::Stdin>,
    only: &[String],
) -> (Vec<Labelled>, usize) {
    let mut all = Vec::new();
    let mut unread = 0;
    for labelled in records.labelled() {
        match labelled {
            Ok((conversation, given)) => {
                let labels = given
                    .iter()
                    .filter(|given| only.is_empty() || only.contains(&given.clause))
                    .map(|given| {
                        label(
                            &conversation.id,
                            &given.clause,
                            &given.verdict,
                            &given.missing,
                        )
                    })
                    .collect();
                all.push(Labelled {
                    conversation,
                    labels,
                });
            }
            Err(problem) => {
                screen.input_problem(&problem);
                unread += 1;
            }
        }
    }
    (all, unread)
}

/// What the checker says of conversations, as labels.
fn judge(
    checker: &Checker,
    conversations: impl Iterator<Item = Conversation>,
    only: &[String],
) -> Vec<Label> {
    let mut scratch = Scratch::default();
    let mut found = Vec::new();
    for conversation in conversations {
        for verdict in checker.check_with(&conversation, &mut scratch).verdicts {
            if only.is_empty() || only.contains(&verdict.clause) {
                let worst = &verdict.worst;
                let name = worst.verdict.name();
                found.push(label(
                    &conversation.id,
                    &verdict.clause,
                    name,
                    &worst.missing,
                ));
            }
        }
    }
    found
}

fn label(conversation: &str, clause: &str, verdict: &str, missing: &[String]) -> Label {
    let mut missing = missing.to_vec();
    missing.sort();
    Label {
        conversation: conversation.to_owned(),
        clause: clause.to_owned(),
        verdict: verdict.to_owned(),
        missing,
    }
}

/// A line for each verdict on which the two sides differ.
fn flips(screen: &Screen, ours: &[Label], theirs: &[Label]) -> String {
    let mut both: BTreeMap<(&str, &str), [Option<&Label>; 2]> = BTreeMap::new();
    for (side, labels) in [ours, theirs].into_iter().enumerate() {
        for label in labels {
            let unit = (label.conversation.as_str(), label.clause.as_str());
            both.entry(unit).or_default()[side] = Some(label);
        }
    }
    let describe = |label: Option<&Label>| match label {
        None => screen.labels.get("evaluate.none").to_owned(),
        Some(label) if label.missing.is_empty() => label.verdict.clone(),
        Some(label) => format!("{} ({})", label.verdict, label.missing.join(", ")),
    };
    let mut page = String::new();
    for ((id, clause), [our, their]) in both {
        let verdict = |label: Option<&Label>| label.map_or(NONE.to_owned(), |l| l.verdict.clone());
        if verdict(our) == verdict(their) {
            continue;
        }
        let values = [
            ("id", id.to_owned()),
            ("clause", clause.to_owned()),
            ("ours", describe(our)),
            ("theirs", describe(their)),
        ];
        page.push_str(&screen.labels.fill("evaluate.flip", &values));
        page.push('\n');
    }
    page
}
