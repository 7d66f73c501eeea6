//! A generated month has the faults in it that `phrasebook/month.toml` plants, and a
//! report finds them.

mod support;

use jiff::civil::date;
use liyan::checker::Checker;
use liyan::conversation::Conversation;
use liyan::generate::{Month, generate_month};
use liyan::moment::Moment;
use liyan::scoring::across::{Across, By, Case, Complaint, Meaning, Standing};
use liyan::transcript::{Options, Records};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

const NUMBER: u64 = 1_600;
const MONTH: Month = Month {
    first: date(2026, 3, 1),
    clerks: 8,
    branches: 4,
};

fn given() -> Vec<Conversation> {
    let mut given = support::conversations("corpora/labelled/practice");
    given.extend(support::conversations("corpora/quiet"));
    given
}

fn generated(checker: &Checker, number: u64, seed: u64) -> Vec<u8> {
    let mut out = Vec::new();
    generate_month(&given(), checker, number, seed, &MONTH, &mut out).expect("it can be written");
    out
}

/// The month as a user would read it.
fn conversations(lines: &[u8]) -> Vec<Conversation> {
    let mut file = tempfile::Builder::new()
        .suffix(".jsonl")
        .tempfile()
        .expect("a file");
    file.write_all(lines).expect("it can be written");
    Records::new(
        [file.path().to_owned()],
        std::io::empty(),
        Options::default(),
    )
    .conversations()
    .map(|conversation| conversation.expect("it can be read"))
    .collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let checker = support::checker();
    let first = generated(&checker, 60, 7);
    assert!(first == generated(&checker, 60, 7));
    assert!(first != generated(&checker, 60, 8));
}

#[test]
fn a_month_is_spread_over_workdays_clerks_and_branches() {
    let month = conversations(&generated(&support::checker(), 440, 1));
    assert_eq!(month.len(), 440);
    let of = |field: fn(&Conversation) -> &Option<String>| -> Vec<&str> {
        let fields = month
            .iter()
            .map(|conversation| field(conversation).as_deref());
        fields.map(Option::unwrap_or_default).collect()
    };
    let began = of(|of| &of.started_at);
    assert!(began.is_sorted(), "in the order in which they were held");
    let days: BTreeMap<&str, usize> = began.iter().fold(BTreeMap::new(), |mut days, began| {
        *days.entry(&began[..10]).or_default() += 1;
        days
    });
    assert_eq!(days.len(), 22);
    assert!(days.values().all(|count| *count == 20), "{days:?}");
    assert!(
        began
            .iter()
            .all(|began| ("08:30".."17:00").contains(&&began[11..]))
    );
    let clerks = of(|of| &of.agent).into_iter().zip(of(|of| &of.branch));
    let clerks: BTreeSet<(&str, &str)> = clerks.collect();
    let branches: BTreeSet<&str> = clerks.iter().map(|(_, branch)| *branch).collect();
    assert_eq!((clerks.len(), branches.len()), (8, 4));
    assert_eq!(
        of(|of| &of.business).iter().collect::<BTreeSet<_>>().len(),
        6
    );
    let ids: BTreeSet<&str> = month.iter().map(|of| of.id.as_str()).collect();
    assert_eq!(ids.len(), month.len());
}

#[test]
fn a_report_finds_what_was_planted() {
    let checker = support::checker();
    let across = judged(&checker, &conversations(&generated(&checker, NUMBER, 1)));
    // How often of a hundred a clause failed in a group, and how often at most or at least
    // in all others of its kind.
    for (by, groups, clause, gap) in [
        (By::Clerk, &["劳建国"][..], "14.2", 30),
        (By::Branch, &["河口网点"], "11.1", 25),
        (By::Branch, &["河口网点"], "9.3", 20),
        (
            By::Week,
            &["2026-03-16", "2026-03-23", "2026-03-30"],
            "12.1",
            15,
        ),
    ] {
        let (inside, outside): (Vec<_>, Vec<_>) = across
            .groups(by)
            .into_iter()
            .map(|(name, _)| (groups.contains(&name), failing(&across, by, name, clause)))
            .partition(|(is_inside, _)| *is_inside);
        let least = inside.iter().map(|(_, share)| *share).min();
        let most = outside.iter().map(|(_, share)| *share).max();
        let (least, most) = (least.expect("a group"), most.expect("others"));
        assert!(
            least >= most + gap,
            "{} {clause}: {least} {most}",
            by.name()
        );
    }
    let differences = across.alike.differences(100.0);
    let meanings: Vec<Meaning> = differences.iter().map(|of| of.meaning).collect();
    let busy = differences[1].score.expect("there are enough");
    assert!(busy.by() < -3.0, "{busy:?}");
    assert_eq!(meanings[1], Meaning::Differs);
    // Nothing was planted for friends, praise or age.
    for place in [0, 2, 3] {
        assert_ne!(
            meanings[place],
            Meaning::Differs,
            "{:?}",
            differences[place]
        );
    }
    let standing: BTreeSet<Standing> = across.complaints.list().iter().map(standing).collect();
    let expected = [Standing::Overdue, Standing::Open, Standing::InTime];
    assert!(
        expected.iter().all(|of| standing.contains(of)),
        "{standing:?}"
    );
}

fn standing(complaint: &Complaint) -> Standing {
    complaint.standing
}

/// How often of a hundred a clause that arose in a group failed.
fn failing(across: &Across, by: By, group: &str, clause: &str) -> usize {
    let place = across.clauses.iter().position(|of| of == clause);
    let mut groups = across.groups(by).into_iter();
    let group = groups.find(|(name, _)| *name == group);
    let (_, group) = group.expect("it is one of them");
    let counts = group.clauses[&place.expect("a clause")];
    (counts.rate().unwrap_or_default() * 100.0) as usize
}

fn judged(checker: &Checker, month: &[Conversation]) -> Across {
    let mut across = Across::new(checker.rules(), None);
    for conversation in month {
        let assessment = checker.check(conversation);
        let verdicts = assessment.verdicts.iter();
        across.add(&Case {
            id: &conversation.id,
            score: assessment.score,
            vetoed: assessment.vetoed,
            before: false,
            began: conversation.started_at.as_deref().and_then(Moment::read),
            agent: conversation.agent.as_deref(),
            branch: conversation.branch.as_deref(),
            channel: None,
            business: conversation.business.as_deref(),
            client: conversation.client.as_deref(),
            complaint: conversation.complaint.as_deref(),
            tags: conversation.tags.iter().map(String::as_str).collect(),
            verdicts: verdicts
                .map(|of| (of.clause.as_str(), of.worst.verdict))
                .collect(),
            courtesy: Vec::new(),
        });
    }
    across
}
