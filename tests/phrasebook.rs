//! The shipped phrasebooks hold what they promise: no faults, and every example in
//! them comes out as written.

use liyan::checker::Checker;
use liyan::phrasebook::Phrasebook;
use liyan::phrasebook::labels::{Labels, Lang};
use liyan::report::Problems;

fn shipped() -> Vec<(String, Phrasebook)> {
    Phrasebook::builtin_names()
        .into_iter()
        .map(|name| {
            let phrasebook = Phrasebook::builtin(&name).expect("a listed phrasebook is there");
            (name, phrasebook)
        })
        .collect()
}

#[test]
fn shipped_phrasebooks_have_no_problems() {
    let problems = Problems {
        labels: &Labels::builtin(Lang::En),
        width: 100,
        colours: false,
    };
    for (name, phrasebook) in shipped() {
        let found = phrasebook.problems();
        assert!(found.is_empty(), "{name}:\n{}", problems.phrasebook(&found));
    }
}

#[test]
fn shipped_examples_come_out_as_written() {
    let mut tested = 0;
    for (name, phrasebook) in shipped() {
        let rules = phrasebook.compile().expect("a shipped phrasebook compiles");
        let outcomes = Checker::new(rules).run_examples();
        let failures: Vec<String> = outcomes
            .iter()
            .filter(|outcome| outcome.is_failure())
            .map(|outcome| {
                format!(
                    "{} {}: got {}, wanted {} {}",
                    outcome.subject,
                    outcome.example,
                    outcome.got,
                    outcome.wanted,
                    outcome.todo.as_deref().map_or("", |_| "(marked todo)"),
                )
            })
            .collect();
        tested += outcomes.len();
        assert!(failures.is_empty(), "{name}:\n{}", failures.join("\n"));
    }
    assert!(tested > 300, "examples were found: {tested}");
}
