//! Who is staff is told from what is said: right or left open in nearly every
//! conversation, hardly ever the other way round.

mod support;

use liyan::conversation::{Conversation, Role, Turn};
use liyan::judging::roles::infer;
use liyan::matching::Scratch;

/// Turns, each with its speaker where one is known, and what must be told of them.
type Case<'a> = (&'a [(&'a str, &'a str)], Option<&'a [Role]>);

/// The share of a conversation's turns that must be right for its roles to be right.
const RIGHT: f64 = 0.8;

fn without_roles(conversation: &Conversation) -> Conversation {
    let mut without = conversation.clone();
    for turn in &mut without.turns {
        if turn.role != Role::Scene {
            turn.role = Role::Unknown;
            turn.speaker = None;
        }
    }
    without
}

#[test]
fn roles_are_right_or_left_open() {
    let checker = support::checker();
    let mut scratch = Scratch::default();
    // For each set: how many may be partly wrong, and how many the other way round.
    for (set, mixed, swapped) in [
        ("corpora/labelled/develop", 2, 1),
        ("corpora/labelled/practice", 1, 0),
        ("corpora/labelled/verify", 1, 0),
        ("corpora/quiet/quiet.jsonl", 1, 0),
    ] {
        let mut counts = [0; 2];
        for conversation in support::conversations(set) {
            let without = without_roles(&conversation);
            let hits = checker.hits(&without, &mut scratch);
            let Some(told) = infer(checker.rules(), &without, &hits) else {
                continue;
            };
            let of_two: Vec<bool> = conversation
                .turns
                .iter()
                .zip(&told.roles)
                .filter(|(turn, _)| matches!(turn.role, Role::Staff | Role::Client))
                .map(|(turn, role)| turn.role == *role)
                .collect();
            let right = of_two.iter().filter(|right| **right).count() as f64 / of_two.len() as f64;
            if right <= 1.0 - RIGHT {
                counts[1] += 1;
            } else if right < RIGHT {
                counts[0] += 1;
            }
        }
        assert_eq!(counts, [mixed, swapped], "{set}: partly wrong, swapped");
    }
}

#[test]
fn roles_by_course_and_by_speaker() {
    use Role::{Client, Staff};
    let checker = support::checker();
    let cases: [Case<'_>; 4] = [
        (
            &[
                ("", "您好,请问办什么业务?"),
                ("", "我想提取公积金"),
                ("", "请出示您的身份证"),
                ("", "好,给你"),
                ("", "请您在这里签名"),
            ],
            Some(&[Staff, Client, Staff, Client, Staff]),
        ),
        // A speaker's turns are told together: 嗯 alone says nothing.
        (
            &[
                ("1", "喂"),
                ("2", "您好,公积金管理中心"),
                ("1", "我想问一下我的余额"),
                ("2", "嗯"),
                ("2", "请您报一下身份证号"),
                ("1", "好"),
            ],
            Some(&[Client, Staff, Client, Staff, Staff, Client]),
        ),
        // One who mentions a clerk's words in passing is outweighed.
        (
            &[
                ("", "您好"),
                ("", "你们昨天叫我今天来,又说请稍等"),
                ("", "请您稍等,我帮您查一下"),
                ("", "我等了半天了"),
            ],
            Some(&[Staff, Client, Staff, Client]),
        ),
        (&[("", "嗯"), ("", "好"), ("", "嗯")], None),
    ];
    for (turns, want) in cases {
        let conversation = Conversation {
            turns: turns
                .iter()
                .map(|(speaker, text)| Turn {
                    speaker: (!speaker.is_empty()).then(|| (*speaker).to_owned()),
                    ..Turn::new(Role::Unknown, *text)
                })
                .collect(),
            ..Conversation::default()
        };
        let hits = checker.hits(&conversation, &mut Scratch::default());
        let told = infer(checker.rules(), &conversation, &hits);
        let roles = told.as_ref().map(|told| told.roles.as_slice());
        assert_eq!(roles, want, "{turns:?}");
    }
}
