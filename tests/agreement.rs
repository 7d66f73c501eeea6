//! The ratchet: agreement with the labelled corpora never falls below what was once
//! reached. The figures stand in `agreement.toml`; raise them when they rise.

mod support;

use liyan::matching::Scratch;
use liyan::scoring::agreement::{Agreement, Label, measure};

/// A figure may lie this far above its mark before the mark has to be raised.
const SLACK: f64 = 0.02;

fn agreement(folder: &str) -> Agreement {
    let checker = support::checker();
    let mut scratch = Scratch::default();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for (conversation, labels) in support::labelled(folder) {
        let label = |clause: &str, verdict: &str, missing: &[String]| {
            let mut missing = missing.to_vec();
            missing.sort();
            Label {
                conversation: conversation.id.clone(),
                clause: clause.to_owned(),
                verdict: verdict.to_owned(),
                missing,
            }
        };
        for verdict in checker.check_with(&conversation, &mut scratch).verdicts {
            let name = verdict.worst.verdict.name();
            ours.push(label(&verdict.clause, name, &verdict.worst.missing));
        }
        theirs.extend(
            labels
                .iter()
                .map(|of| label(&of.clause, &of.verdict, &of.missing)),
        );
    }
    measure(&ours, &theirs)
}

#[test]
fn agreement_does_not_fall() {
    let text = std::fs::read_to_string(support::path("tests/agreement.toml")).expect("marks");
    let marks: toml::Table = text.parse().expect("the marks are TOML");
    let mut wrong = Vec::new();
    for (set, marks) in &marks {
        let agreement = agreement(set);
        let figures = [
            ("strict", agreement.strict.f1()),
            ("raised", agreement.raised.f1()),
            ("problem", agreement.problem.f1()),
            ("breached", agreement.breached.f1()),
        ];
        for (name, figure) in figures {
            let mark = marks
                .get(name)
                .and_then(toml::Value::as_float)
                .expect("a mark");
            if figure < mark {
                wrong.push(format!("{set}: {name} fell to {figure:.4}, below {mark}"));
            } else if figure > mark + SLACK {
                wrong.push(format!(
                    "{set}: {name} rose to {figure:.4}: raise its mark from {mark}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
