//! What must hold of every conversation, whatever is said in it.

mod support;

use liyan::assessment::{Assessment, Verdict};
use liyan::checker::StreamOptions;
use liyan::conversation::{Channel, Conversation, Note, NoteKind, Role, Turn};
use liyan::matching::Scratch;
use liyan::report::wire;
use liyan::transcript::{Options, Records};
use proptest::prelude::*;
use std::ops::ControlFlow;
use std::sync::LazyLock;

static CHECKER: LazyLock<liyan::checker::Checker> = LazyLock::new(support::checker);

fn verdicts(assessment: &Assessment) -> Vec<(String, Verdict, Vec<String>)> {
    assessment
        .verdicts
        .iter()
        .map(|verdict| {
            let worst = &verdict.worst;
            (verdict.clause.clone(), worst.verdict, worst.missing.clone())
        })
        .collect()
}

fn all_conversations() -> Vec<Conversation> {
    let mut all = support::conversations("corpora/labelled/develop");
    all.extend(support::conversations("corpora/labelled/practice"));
    all.extend(support::conversations("corpora/roleplay"));
    all
}

fn lines(threads: usize) -> Vec<u8> {
    let records = Records::new(
        [support::path("corpora")],
        std::io::empty(),
        Options::default(),
    );
    let options = StreamOptions {
        threads: Some(threads),
        ..StreamOptions::default()
    };
    let mut bytes = Vec::new();
    CHECKER
        .check_records(
            records,
            options,
            |checked| {
                let mut line = Vec::new();
                wire::write_line(&checked.assessment, &mut line);
                line
            },
            |line| {
                if let Ok(line) = line {
                    bytes.extend(line);
                }
                Ok(ControlFlow::Continue(()))
            },
        )
        .expect("nothing is written that could fail");
    bytes
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let one = lines(1);
    assert!(one.len() > 100_000, "the corpora were read");
    assert!(one == lines(2), "two threads");
    assert!(one == lines(8), "eight threads");
}

#[test]
fn evidence_is_what_the_turn_says_there() {
    let mut scratch = Scratch::default();
    let mut checked = 0;
    for conversation in all_conversations() {
        for verdict in CHECKER.check_with(&conversation, &mut scratch).verdicts {
            for occasion in std::iter::once(&verdict.worst).chain(&verdict.others) {
                for evidence in &occasion.evidence {
                    let text = &conversation.turns[evidence.turn].text;
                    let there = text.get(evidence.span.start as usize..evidence.span.end as usize);
                    assert_eq!(there, Some(evidence.text.as_str()), "{}", conversation.id);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 1_000, "evidence was checked: {checked}");
}

#[test]
fn a_clients_words_carry_nothing() {
    let mut scratch = Scratch::default();
    for mut conversation in all_conversations() {
        for turn in &mut conversation.turns {
            if turn.role == Role::Staff {
                turn.role = Role::Client;
            }
        }
        let assessment = CHECKER.check_with(&conversation, &mut scratch);
        // A turn that the talk shows to be labelled wrongly is somebody else's, and says so.
        let is_clients = |turn: usize| {
            let mended = |note: &Note| note.kind == NoteKind::RoleMended && note.turn == Some(turn);
            conversation.turns[turn].role == Role::Client && !assessment.notes.iter().any(mended)
        };
        for verdict in &assessment.verdicts {
            let carried = verdict.worst.evidence.iter().any(|evidence| {
                is_clients(evidence.turn)
                    && (evidence.element.is_some() || verdict.worst.verdict == Verdict::Breached)
            });
            assert!(!carried, "{} {}", conversation.id, verdict.clause);
        }
    }
}

#[test]
fn fillers_change_no_verdict() {
    let mut scratch = Scratch::default();
    for conversation in all_conversations() {
        let plain = verdicts(&CHECKER.check_with(&conversation, &mut scratch));
        let mut filled = conversation.clone();
        for turn in &mut filled.turns {
            if turn.role != Role::Scene {
                turn.text = format!("嗯{}", turn.text);
            }
        }
        assert_eq!(
            verdicts(&CHECKER.check_with(&filled, &mut scratch)),
            plain,
            "{}",
            conversation.id
        );
    }
}

#[test]
fn width_and_script_change_no_verdict() {
    let mut scratch = Scratch::default();
    for conversation in support::conversations("corpora/roleplay") {
        let plain = verdicts(&CHECKER.check_with(&conversation, &mut scratch));
        let mut other = conversation.clone();
        for turn in &mut other.turns {
            turn.text = turn
                .text
                .replace(',', "\u{ff0c}")
                .replace("请", "請")
                .replace("谢谢", "謝謝");
        }
        assert_eq!(verdicts(&CHECKER.check_with(&other, &mut scratch)), plain);
    }
}

#[test]
fn without_roles_they_are_told_or_nothing_is_decided() {
    let mut scratch = Scratch::default();
    let mut told = 0;
    for mut conversation in all_conversations() {
        for turn in &mut conversation.turns {
            if turn.role != Role::Scene {
                turn.role = Role::Unknown;
            }
        }
        let assessment = CHECKER.check_with(&conversation, &mut scratch);
        let says_so = |kind| assessment.notes.iter().any(|note| note.kind == kind);
        if says_so(NoteKind::RolesInferred) {
            told += 1;
            continue;
        }
        assert!(says_so(NoteKind::RolesUnknown), "{}", conversation.id);
        let verdicts = &assessment.verdicts;
        let undecided = verdicts
            .iter()
            .all(|of| of.worst.verdict == Verdict::Undecided);
        assert!(undecided, "{}", conversation.id);
        assert_eq!(assessment.score, None);
    }
    assert!(told > 150, "roles were told: {told}");
}

#[test]
fn talk_that_says_nothing_of_roles_decides_nothing() {
    let conversation = Conversation {
        turns: ["嗯", "好", "那", "行"]
            .map(|text| Turn::new(Role::Unknown, text))
            .into(),
        ..Conversation::default()
    };
    let assessment = CHECKER.check(&conversation);
    assert_eq!(assessment.score, None);
    assert!(
        assessment
            .verdicts
            .iter()
            .all(|of| of.worst.verdict == Verdict::Undecided)
    );
}

#[test]
fn a_turn_that_repeats_itself_for_pages_is_judged_all_the_same() {
    let conversation = Conversation {
        channel: Some(Channel::Counter),
        turns: vec![Turn::new(Role::Staff, "您好,请稍候,对不起,".repeat(3_000))],
        ..Conversation::default()
    };
    assert!(!CHECKER.check(&conversation).verdicts.is_empty());
}

fn any_conversation() -> impl Strategy<Value = Conversation> {
    let role = prop::sample::select(vec![Role::Staff, Role::Client, Role::Other, Role::Scene]);
    let text = prop_oneof![
        "[您好请稍候,。?谢谢对不起再见 a-z*——“”]{0,30}",
        any::<String>(),
    ];
    let channel = prop::option::of(prop::sample::select(Channel::ALL.to_vec()));
    (prop::collection::vec((role, text), 0..12), channel).prop_map(|(turns, channel)| {
        Conversation {
            id: "any".to_owned(),
            channel,
            turns: turns
                .into_iter()
                .map(|(role, text)| Turn::new(role, text))
                .collect(),
            ..Conversation::default()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_said_can_stop_the_judging(conversation in any_conversation()) {
        let assessment = CHECKER.check(&conversation);
        let mut line = Vec::new();
        wire::write_line(&assessment, &mut line);
        prop_assert!(std::str::from_utf8(&line).is_ok());
        if let Some(score) = assessment.score {
            prop_assert!((0.0..=100.0).contains(&score));
        }
    }
}
