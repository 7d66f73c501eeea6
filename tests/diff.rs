//! Which verdicts flip between two assessments, and how that is told.

use liyan::phrasebook::Phrasebook;
use liyan::phrasebook::labels::{Labels, Lang};
use liyan::phrasebook::rules::Rules;
use liyan::report::diff::{Change, Counts, Diff, DiffReport, Side};
use liyan::report::visible::{columns, is_hidden};
use liyan::report::wire::{Line, read_line};
use serde_json::{Value, json};

/// A line with these verdicts: clause, verdict, missing elements, points.
fn line(id: &str, score: Option<f64>, verdicts: &[(&str, &str, &[&str], f64)]) -> Line<'static> {
    let verdicts: Vec<Value> = verdicts
        .iter()
        .map(|(clause, verdict, missing, points)| {
            json!({
                "clause": clause, "verdict": verdict, "trigger": 1, "missing": missing,
                "wording": null, "points": points,
                "evidence": [{"turn": 2, "start": 0, "end": 9, "text": "对不起\u{202e}",
                    "element": null, "by": "text"}],
            })
        })
        .collect();
    let line = json!({
        "v": 1, "id": id, "phrasebook": "qinzhou-2014@1.0.0", "channel": "counter",
        "language": "cmn", "score": score, "vetoed": false, "verdicts": verdicts,
        "courtesy_words": {}, "notes": [],
    });
    read_line(&line.to_string()).expect("a line")
}

fn rules() -> Rules {
    let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
    phrasebook
        .compile()
        .unwrap_or_else(|_| panic!("it compiles"))
}

/// Ids, clauses and changes of what differs.
fn told(diff: &Diff) -> Vec<(&str, &str, Change)> {
    diff.flips
        .iter()
        .map(|flip| (flip.id.as_str(), flip.clause.as_str(), flip.change))
        .collect()
}

#[test]
fn every_way_of_differing_has_its_name() {
    type Verdicts<'a> = &'a [(&'a str, &'a str, &'a [&'a str], f64)];
    let met: Verdicts<'_> = &[("9.5", "met", &[], 0.0)];
    let partial: Verdicts<'_> = &[("9.5", "partial", &["basis"], -2.5)];
    let cases: [(Verdicts<'_>, Verdicts<'_>, Option<Change>); 8] = [
        (&[], &[], None),
        (met, met, None),
        (partial, partial, None),
        (&[], met, Some(Change::Appeared)),
        (met, &[], Some(Change::Vanished)),
        (met, partial, Some(Change::Changed)),
        (
            partial,
            &[("9.5", "partial", &["regret"], -2.5)],
            Some(Change::Elements),
        ),
        (
            partial,
            &[("9.5", "partial", &["basis"], -5.0)],
            Some(Change::Points),
        ),
    ];
    for (old, new, expected) in cases {
        let mut diff = Diff::new([60.0; 2]);
        diff.add(Side::Old, line("a", Some(90.0), old));
        diff.add(Side::New, line("a", Some(90.0), new));
        let diff = diff.finish();
        let expected: Vec<_> = expected
            .map(|change| ("a", "9.5", change))
            .into_iter()
            .collect();
        assert_eq!(told(&diff), expected, "{old:?} {new:?}");
        assert_eq!(diff.is_change(), !expected.is_empty());
    }
}

#[test]
fn conversations_meet_by_id_whatever_the_order() {
    let missed: &[(&str, &str, &[&str], f64)] = &[("14.2", "missed", &["farewell"], -2.0)];
    let old = ["a", "b", "b", "c", "gone"];
    let new = ["new", "c", "b", "a", "b", "b"];
    let mut diff = Diff::new([60.0; 2]);
    for id in old {
        diff.add(Side::Old, line(id, Some(61.0), &[]));
    }
    for id in new {
        diff.add(Side::New, line(id, Some(59.0), missed));
    }
    let diff = diff.finish();
    // As often as both sides have an id it is compared; the third b is new.
    let expected = ["a", "b", "b", "c"].map(|id| (id, "14.2", Change::Appeared));
    assert_eq!(told(&diff), expected);
    assert_eq!((diff.both, diff.changed), (4, 4));
    assert_eq!(
        diff.only,
        [
            vec!["gone".to_owned()],
            vec!["new".to_owned(), "b".to_owned()]
        ]
    );
    assert_eq!(
        (diff.newly.passed, diff.newly.failed, diff.moved()),
        (0, 4, (0, 4))
    );
    let means = [0, 1].map(|side: usize| diff.totals[side].mean());
    assert_eq!(means, [Some(61.0), Some(59.0)]);
    let rules = rules();
    assert_eq!(
        diff.by_clause([&rules; 2]),
        [("14.2", Counts([4, 0, 0, 0, 0]))]
    );
}

#[test]
fn what_has_no_score_passes_no_mark() {
    let mut diff = Diff::new([60.0; 2]);
    diff.add(Side::Old, line("a", None, &[]));
    diff.add(Side::New, line("a", Some(90.0), &[]));
    let diff = diff.finish();
    assert_eq!(
        (diff.changed, diff.newly.passed, diff.moved()),
        (1, 0, (0, 0))
    );
}

#[test]
fn every_line_keeps_the_width_and_hides_nothing() {
    let rules = rules();
    for lang in Lang::ALL {
        let labels = Labels::builtin(lang);
        for width in 40..125 {
            let mut diff = Diff::new([60.0; 2]);
            let id = "2026-03-01_window3_\u{1b}[31m000123";
            let all: &[(&str, &str, &[&str], f64)] = &[
                (
                    "9.5",
                    "partial",
                    &["apology", "basis", "regret", "no-such"],
                    -2.5,
                ),
                ("99.9", "breached", &[], -15.0),
            ];
            diff.add(Side::Old, line(id, Some(90.0), all));
            diff.add(Side::New, line(id, Some(80.0), &[("9.5", "met", &[], 0.0)]));
            for number in 0..30 {
                diff.add(Side::Old, line(&format!("{id}{number}"), None, &[]));
            }
            let report = DiffReport {
                rules: [&rules; 2],
                labels: &labels,
                width,
                colours: false,
                most: None,
            };
            let diff = diff.finish();
            for line in report.terminal(&diff).lines() {
                assert!(columns(line) <= width, "{width}: {line}");
                assert!(!line.chars().any(is_hidden), "{width}: {line:?}");
            }
            assert!(
                report
                    .markdown(&diff)
                    .chars()
                    .all(|char| char == '\n' || !is_hidden(char))
            );
        }
    }
}

#[test]
fn json_carries_both_sides_whole() {
    let rules = rules();
    let mut diff = Diff::new([60.0; 2]);
    let met: &[(&str, &str, &[&str], f64)] = &[("9.5", "met", &[], 0.0)];
    diff.add(Side::Old, line("a", Some(90.0), met));
    diff.add(
        Side::New,
        line("a", Some(87.5), &[("9.5", "partial", &["basis"], -2.5)]),
    );
    let report = DiffReport {
        rules: [&rules; 2],
        labels: &Labels::builtin(Lang::En),
        width: 80,
        colours: false,
        most: Some(0),
    };
    let told: Value = serde_json::from_str(&report.json(&diff.finish())).expect("JSON");
    let evidence = json!([{"turn": 2, "start": 0, "end": 9, "text": "对不起\u{202e}",
        "element": null, "by": "text"}]);
    let side = |scored, mean, passed| {
        json!({"phrasebooks": ["qinzhou-2014@1.0.0"], "scored": scored, "mean": mean,
            "passed": passed})
    };
    let expected = json!({
        "v": 1, "old": side(1, 90.0, 1), "new": side(1, 87.5, 1), "both": 1, "changed": 1,
        "newly_passed": 0, "newly_failed": 0, "only_old": [], "only_new": [],
        "clauses": {"9.5": {"appeared": 0, "vanished": 0, "changed": 1, "elements": 0,
            "points": 0}},
        "flips": [{"id": "a", "clause": "9.5", "change": "changed",
            "old": {"clause": "9.5", "verdict": "met", "trigger": 1, "missing": [],
                "wording": null, "points": 0.0, "evidence": evidence},
            "new": {"clause": "9.5", "verdict": "partial", "trigger": 1, "missing": ["basis"],
                "wording": null, "points": -2.5, "evidence": evidence}}],
        "scores": [{"id": "a", "old": 90.0, "new": 87.5}],
    });
    assert_eq!(told, expected);
}
