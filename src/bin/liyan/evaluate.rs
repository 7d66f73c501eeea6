//! `liyan evaluate`: how far the verdicts agree with a person's.

use crate::evaluate_acts as acts;
use crate::input;
use crate::outcome::Outcome;
use crate::output::print;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::checker::Checker;
use liyan::conversation::{Conversation, Role};
use liyan::generate::Noise;
use liyan::matching::Scratch;
use liyan::report::agreement::table;
use liyan::scoring::agreement::{Label, measure};

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let checker = match input::checker(screen, matches) {
        Ok(checker) => checker,
        Err(outcome) => return outcome,
    };
    match matches.get_flag("acts") {
        true => acts::run(screen, matches, &checker),
        false => clauses(screen, matches, &checker),
    }
}

/// A conversation and what a person says of it.
struct Labelled {
    conversation: Conversation,
    labels: Vec<Label>,
}

fn clauses(screen: &Screen, matches: &ArgMatches, checker: &Checker) -> Outcome {
    let only = match input::clauses(screen, matches, checker.rules()) {
        Ok(only) => only,
        Err(outcome) => return outcome,
    };
    let (mut all, unread) = read(screen, matches, &only);
    if all.is_empty() {
        return Outcome::FAILED;
    }
    let mut page = String::new();
    let mut roles = RolesTold::default();
    if matches.get_flag("without-roles") {
        roles.strip_all(checker, &mut all);
    }
    let found = judge(
        checker,
        all.iter().map(|one| one.conversation.clone()),
        &only,
    );
    if matches.get_flag("misses") {
        for one in &all {
            let of_one = |label: &&Label| label.conversation == one.conversation.id;
            let ours: Vec<Label> = found.iter().filter(of_one).cloned().collect();
            page.push_str(&misses(screen, &one.conversation, &ours, &one.labels));
        }
    }
    let theirs: Vec<Label> = all.iter().flat_map(|one| one.labels.clone()).collect();
    page.push_str(&table(
        &measure(&found, &theirs),
        checker.rules(),
        &screen.labels,
    ));
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
        page.push_str(&curve(screen, checker, &all, &theirs, &only, &rates));
    }
    match print(screen, page) {
        Outcome::DONE if unread > 0 => Outcome::IN_PART,
        outcome => outcome,
    }
}

fn read(screen: &Screen, matches: &ArgMatches, only: &[String]) -> (Vec<Labelled>, usize) {
    let mut all = Vec::new();
    let mut unread = 0;
    for record in input::records(matches) {
        match record.and_then(|record| record.parse_labelled()) {
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

/// How many seeds a point of the curve is the mean of.
const SEEDS: u64 = 3;

/// Agreement on talk with noise, a line a rate.
fn curve(
    screen: &Screen,
    checker: &Checker,
    all: &[Labelled],
    theirs: &[Label],
    only: &[String],
    rates: &[u8],
) -> String {
    let noise = Noise::new(checker.rules().sounds.clone());
    let mut page = String::new();
    for &rate in rates {
        let mut sums = [0.0; 3];
        for seed in 0..SEEDS {
            let disturbed = all.iter().enumerate().map(|(number, one)| {
                let seed = seed * 1_000_003 + number as u64;
                noise.disturb(&one.conversation, f64::from(rate) / 100.0, seed)
            });
            let agreement = measure(&judge(checker, disturbed, only), theirs);
            for (sum, counts) in
                sums.iter_mut()
                    .zip([agreement.strict, agreement.raised, agreement.problem])
            {
                *sum += counts.f1() / SEEDS as f64;
            }
        }
        let [strict, raised, problem] = sums.map(|mean| format!("{mean:.3}"));
        let values = [
            ("rate", rate.to_string()),
            ("strict", strict),
            ("raised", raised),
            ("problem", problem),
        ];
        page.push_str(&screen.labels.fill("evaluate.noise", &values));
        page.push('\n');
    }
    page
}

/// How roles came out that had been taken away.
#[derive(Default)]
struct RolesTold {
    right: usize,
    undecided: usize,
    swapped: usize,
    other: usize,
}

/// The share of a conversation's turns from which its roles count as right, and
/// below the rest of which they count as swapped.
const RIGHT_SHARE: f64 = 0.8;

impl RolesTold {
    /// Takes roles and speakers from all conversations; what the checker would make
    /// of them is counted.
    fn strip_all(&mut self, checker: &Checker, all: &mut [Labelled]) {
        let mut scratch = Scratch::default();
        for one in all {
            self.strip(checker, &mut one.conversation, &mut scratch);
        }
    }

    fn strip(&mut self, checker: &Checker, conversation: &mut Conversation, scratch: &mut Scratch) {
        let given: Vec<Role> = conversation.turns.iter().map(|turn| turn.role).collect();
        for turn in &mut conversation.turns {
            if turn.role != Role::Scene {
                turn.role = Role::Unknown;
                turn.speaker = None;
            }
        }
        let hits = checker.hits(conversation, scratch);
        let Some(told) = liyan::judging::roles::infer(checker.rules(), conversation, &hits) else {
            self.undecided += 1;
            return;
        };
        let of_two: Vec<(Role, Role)> = given
            .into_iter()
            .zip(told.roles)
            .filter(|(given, _)| matches!(given, Role::Staff | Role::Client))
            .collect();
        let same = of_two.iter().filter(|(given, told)| given == told).count();
        let share = same as f64 / of_two.len().max(1) as f64;
        if share >= RIGHT_SHARE {
            self.right += 1;
        } else if share <= 1.0 - RIGHT_SHARE {
            self.swapped += 1;
        } else {
            self.other += 1;
        }
    }

    fn line(&self, screen: &Screen) -> String {
        let values = [
            ("right", self.right.to_string()),
            ("undecided", self.undecided.to_string()),
            ("swapped", self.swapped.to_string()),
            ("other", self.other.to_string()),
        ];
        format!("{}\n", screen.labels.fill("evaluate.roles", &values))
    }
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

/// A line for each label that only one side has.
fn misses(
    screen: &Screen,
    conversation: &Conversation,
    ours: &[Label],
    theirs: &[Label],
) -> String {
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
    for our in ours
        .iter()
        .filter(|our| !theirs.iter().any(|their| same(our, their)))
    {
        say("evaluate.only-ours", our);
    }
    for their in theirs
        .iter()
        .filter(|their| !ours.iter().any(|our| same(our, their)))
    {
        say("evaluate.only-theirs", their);
    }
    page
}
