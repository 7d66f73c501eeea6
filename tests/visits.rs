//! A whole day on one recorder falls into its visits, and nothing else falls apart.

mod support;

use liyan::checker::{Checker, Cutting};
use liyan::conversation::{Channel, Conversation, NoteKind, Role, Turn};
use liyan::generate::day::Way;
use liyan::matching::Scratch;
use liyan::scoring::agreement::Label;
use std::sync::LazyLock;

static CHECKER: LazyLock<Checker> = LazyLock::new(support::checker);

/// How far verdicts on visits that were found may lie below those on visits cut by hand.
const LOST: f64 = 0.03;
/// A figure may lie this far above its mark before the mark has to be raised.
const SLACK: f64 = 0.04;

#[test]
fn days_are_cut_as_well_as_ever() {
    let text = std::fs::read_to_string(support::path("tests/visits.toml")).expect("marks");
    let marks: toml::Table = text.parse().expect("the marks are TOML");
    let mut wrong = Vec::new();
    for (set, marks) in &marks {
        let (mut given, mut labels) = (Vec::new(), Vec::new());
        for (conversation, of) in support::labelled(set) {
            labels.extend(of.into_iter().map(|label| Label {
                conversation: conversation.id.clone(),
                clause: label.clause,
                verdict: label.verdict,
                missing: label.missing,
            }));
            given.push(conversation);
        }
        std::thread::scope(|scope| {
            let measure = |way| {
                let (given, labels) = (&given, &labels);
                scope.spawn(move || CHECKER.measure_visits(given, labels, &[], way, 1..2))
            };
            let running: Vec<_> = Way::ALL.map(measure).into();
            for (way, measured) in Way::ALL.into_iter().zip(running) {
                let measured = measured.join().expect("it doesn't panic");
                let mark = marks.get(way.name()).and_then(toml::Value::as_float);
                let mark = mark.expect("a mark");
                let figure = measured.cuts.f1();
                if figure < mark || figure > mark + SLACK {
                    wrong.push(format!("{set}: {} is {figure:.4}, mark {mark}", way.name()));
                }
                let lost = measured.by_hand.f1() - measured.found.f1();
                if lost > LOST {
                    wrong.push(format!("{set}: {} loses {lost:.4}", way.name()));
                }
            }
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn single_conversations_stay_whole() {
    let mut scratch = Scratch::default();
    let mut cut = Vec::new();
    for folder in ["corpora/labelled", "corpora/quiet", "corpora/roleplay"] {
        for conversation in support::conversations(folder) {
            let visits = CHECKER.visits(conversation.clone(), Cutting::Long, &mut scratch);
            if visits != [conversation] {
                cut.push(format!("{folder}: {}", visits[0].id));
            }
        }
    }
    assert_eq!(cut, Vec::<String>::new());
}

/// The `number`-th of so many visits; with times, they begin `every` seconds.
fn day(visits: usize, every: Option<f64>, channel: Option<Channel>) -> Conversation {
    let talk = [
        (Role::Staff, "您好,请问办什么业务?"),
        (Role::Client, "我来办租房提取。"),
        (Role::Staff, "请出示一下您的身份证。"),
        (Role::Client, "给。"),
        (Role::Staff, "办好了,请收好您的身份证,请慢走。"),
        (Role::Client, "谢谢,再见。"),
    ];
    let turns = (0..visits).flat_map(|visit| {
        let held = talk.iter().enumerate();
        held.map(move |(number, (role, text))| {
            let start = every.map(|every| visit as f64 * every + number as f64 * 4.0);
            Turn {
                start,
                end: start.map(|start| start + 2.5),
                ..Turn::new(*role, *text)
            }
        })
    });
    Conversation {
        id: "day-01".to_owned(),
        channel,
        started_at: Some("2026-03-02 08:30".to_owned()),
        turns: turns.collect(),
        ..Conversation::default()
    }
}

#[test]
fn what_is_plainly_a_day_is_cut() {
    use Channel::{Counter, PhoneIn};
    use Cutting::{All, Long, Nothing};
    let (timed, untimed) = (Some(120.0), None);
    let mut scratch = Scratch::default();
    for (visits, every, channel, cutting, parts, noted) in [
        // An hour and more.
        (31, timed, Some(Counter), Long, 31, None),
        (31, timed, None, Long, 31, None),
        (31, timed, Some(Counter), Nothing, 1, None),
        // A call lasts as long as it lasts.
        (31, timed, Some(PhoneIn), Long, 1, Some("31")),
        (31, timed, Some(PhoneIn), All, 31, None),
        // Less than an hour, and still several.
        (20, timed, Some(Counter), Long, 1, Some("20")),
        (20, timed, Some(Counter), All, 20, None),
        (5, timed, Some(Counter), Long, 1, None),
        // By turns where there are no times.
        (50, untimed, Some(Counter), Long, 50, None),
        (30, untimed, Some(Counter), Long, 1, Some("30")),
        (10, untimed, Some(Counter), Long, 1, None),
        (10, untimed, Some(Counter), All, 10, None),
        (1, untimed, Some(Counter), All, 1, None),
    ] {
        let given = day(visits, every, channel);
        let cut = CHECKER.visits(given.clone(), cutting, &mut scratch);
        let note = cut[0].notes.iter();
        let note = note.filter(|note| note.kind == NoteKind::SeveralVisits);
        let note = note.map(|note| note.detail.as_str()).next();
        assert_eq!(
            (cut.len(), note),
            (parts, noted),
            "{visits} {every:?} {cutting:?}"
        );
        let turns: usize = cut.iter().map(|visit| visit.turns.len()).sum();
        assert_eq!(turns, given.turns.len(), "nothing is lost");
    }
}

#[test]
fn a_visit_points_back() {
    let mut scratch = Scratch::default();
    let cut = CHECKER.visits(day(31, Some(120.0), None), Cutting::Long, &mut scratch);
    let visit = &cut[2];
    let pointer = visit.visit.clone().expect("it was cut out");
    assert_eq!(visit.id, "day-01#003");
    assert_eq!(
        (pointer.of.as_str(), pointer.first_turn, pointer.last_turn),
        ("day-01", 12, 17)
    );
    assert_eq!((pointer.start, pointer.end), (Some(240.0), Some(262.5)));
    assert_eq!(
        (visit.turns[0].start, visit.turns[0].end),
        (Some(0.0), Some(2.5))
    );
    assert_eq!(visit.started_at.as_deref(), Some("2026-03-02T08:34:00"));
    let note = visit.notes.iter().find(|note| note.kind == NoteKind::Visit);
    assert_eq!(
        note.map(|note| note.detail.as_str()),
        Some("day-01 0:04:00–0:04:22")
    );
    let assessment = CHECKER.check(visit);
    assert_eq!(assessment.about.visit, Some(pointer));
    // What was cut isn't cut again.
    let again = CHECKER.visits(visit.clone(), Cutting::All, &mut scratch);
    assert_eq!(again, std::slice::from_ref(visit));
    let untimed = CHECKER.visits(day(3, None, None), Cutting::All, &mut scratch);
    let pointer = untimed[1].visit.as_ref().map(ToString::to_string);
    assert_eq!(pointer.as_deref(), Some("day-01 6–11"));
}
