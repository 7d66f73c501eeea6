//! In ordinary good service nothing is breached. Each tolerated false alarm is an
//! entry of `corpora/quiet/known.toml` with its reason; one that no longer occurs
//! has to go.

mod support;

use liyan::assessment::Verdict;
use liyan::conversation::Role;
use liyan::matching::Scratch;
use std::collections::BTreeSet;

/// False alarms that are tolerated, in a thousand staff turns.
const MOST_IN_A_THOUSAND: f64 = 1.0;

#[test]
fn quiet_talk_breaches_nothing() {
    let checker = support::checker();
    let mut scratch = Scratch::default();
    let mut found = BTreeSet::new();
    let mut staff_turns = 0;
    for conversation in support::conversations("corpora/quiet/quiet.jsonl") {
        staff_turns += conversation
            .turns
            .iter()
            .filter(|turn| turn.role == Role::Staff)
            .count();
        for verdict in checker.check_with(&conversation, &mut scratch).verdicts {
            if verdict.worst.verdict == Verdict::Breached {
                found.insert((conversation.id.clone(), verdict.clause));
            }
        }
    }
    let text =
        std::fs::read_to_string(support::path("corpora/quiet/known.toml")).expect("known.toml");
    let table: toml::Table = text.parse().expect("known.toml is TOML");
    let entries = table
        .get("known")
        .and_then(toml::Value::as_array)
        .cloned()
        .unwrap_or_default();
    let mut known = BTreeSet::new();
    for entry in &entries {
        let field = |name: &str| {
            let value = entry
                .get(name)
                .and_then(toml::Value::as_str)
                .unwrap_or_default();
            assert!(
                !value.is_empty(),
                "an entry of known.toml lacks {name}: {entry}"
            );
            value.to_owned()
        };
        field("reason");
        known.insert((field("conversation"), field("clause")));
    }
    let new: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(new.is_empty(), "false alarms: {new:?}");
    assert!(
        gone.is_empty(),
        "known, but no longer found; take them out: {gone:?}"
    );
    let rate = found.len() as f64 * 1000.0 / f64::from(u32::try_from(staff_turns).expect("fits"));
    assert!(
        rate <= MOST_IN_A_THOUSAND,
        "{rate} false alarms in a thousand staff turns"
    );
}
