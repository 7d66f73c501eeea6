//! Who is staff is told from what is said: right or left open in nearly every
//! conversation, hardly ever the other way round.

mod support;

use liyan::conversation::{Conversation, NoteKind, Role, Turn};
use liyan::judging::roles::infer;
use liyan::matching::Scratch;

/// Turns, each with its speaker where one is known, and what must be told of them.
type Case<'a> = (&'a [(&'a str, &'a str)], Option<&'a [Role]>);

/// Turns with the roles that they are labelled with, and the roles that they come out with.
type Labelled<'a> = (&'a [(Role, &'a str)], &'a [Role]);

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
        ("corpora/labelled/practice", 0, 1),
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

#[test]
fn a_turn_plainly_said_by_staff_is_theirs() {
    use Role::{Client, Scene, Staff};
    let checker = support::checker();
    // The roles as labelled, and how the turns come out.
    let cases: [Labelled<'_>; 4] = [
        // The second turn goes to the client, and what it says doesn't.
        (
            &[
                (Scene, "客户走近柜台"),
                (Client, "您好,请问您办什么业务?"),
                (Client, "我想提取公积金"),
                (Staff, "好的,请出示您的身份证"),
                (Client, "给你"),
                (Staff, "请您在这里签名"),
                (Client, "好了"),
                (Staff, "这是您的回执,请收好,慢走"),
            ],
            &[Scene, Staff, Client, Staff, Client, Staff, Client, Staff],
        ),
        // Two turns of the client's in a row are nothing to wonder at.
        (
            &[
                (Staff, "您好,请问办什么业务?"),
                (Client, "我想提取公积金"),
                (Client, "我在外面租房子"),
                (Staff, "好的,请出示您的身份证"),
                (Client, "给你"),
                (Staff, "请您在这里签名"),
            ],
            &[Staff, Client, Client, Staff, Client, Staff],
        ),
        // Where pauses cut the turns, that they don't go back and forth is no sign.
        (
            &[
                (Staff, "您好"),
                (Staff, "请问办什么业务?"),
                (Client, "我想"),
                (Client, "您好,请问您要的那个表"),
                (Client, "提取公积金"),
                (Staff, "好的"),
                (Staff, "请出示您的身份证"),
            ],
            &[Staff, Staff, Client, Client, Client, Staff, Staff],
        ),
        // Staff on the telephone talk as clients do.
        (
            &[
                (Staff, "您好,请问办什么业务?"),
                (Client, "我想提取公积金"),
                (Staff, "好的,请出示您的身份证"),
                (Staff, "喂,妈,我今天不回来吃饭了,你们先吃吧"),
                (Staff, "请您在这里签名"),
                (Client, "好了"),
                (Staff, "慢走"),
            ],
            &[Staff, Client, Staff, Staff, Staff, Client, Staff],
        ),
    ];
    for (turns, want) in cases {
        let mut conversation = Conversation {
            turns: turns
                .iter()
                .map(|(role, text)| Turn::new(*role, *text))
                .collect(),
            ..Conversation::default()
        };
        let mended = turns.iter().zip(want).filter(|((from, _), to)| from != *to);
        let mended = mended.count();
        let assessment = checker.check_telling_roles(&mut conversation, &mut Scratch::default());
        let roles: Vec<Role> = conversation.turns.iter().map(|turn| turn.role).collect();
        assert_eq!(roles, want, "{turns:?}");
        let notes = assessment.notes.iter();
        let noted = notes
            .filter(|note| note.kind == NoteKind::RoleMended)
            .count();
        assert_eq!(noted, mended, "{turns:?}");
    }
}
