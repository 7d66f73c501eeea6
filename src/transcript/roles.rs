//! Who is staff and who is client, where the user says so.

use std::collections::BTreeSet;

use super::speakers::{folded, is_role_word, role_of};
use crate::conversation::{Conversation, Note, NoteKind, Role, Turn};

/// Labels of speakers, or names of tracks, and whom they stand for.
///
/// Where one of them speaks, everybody else who has a label and no role of their own is
/// the other side. A bare number stands for a label that ends in it: 0 for `SPEAKER_00`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeakerRoles {
    /// Those who serve.
    pub staff: Vec<String>,
    /// Those who are served.
    pub client: Vec<String>,
}

impl SpeakerRoles {
    /// Gives the turns of a conversation their roles; where nobody of those named speaks
    /// in it, nothing but a note.
    pub(super) fn assign(&self, conversation: &mut Conversation) {
        let sides = [(&self.staff, Role::Staff), (&self.client, Role::Client)];
        if sides.iter().all(|(names, _)| names.is_empty()) {
            return;
        }
        let side_of = |turn: &Turn| {
            let named = sides
                .iter()
                .find(|(names, _)| names.iter().any(|name| is_of(name, turn)));
            named.map(|(_, role)| *role)
        };
        let told: Vec<Option<Role>> = conversation.turns.iter().map(side_of).collect();
        let here: BTreeSet<Role> = told.iter().flatten().copied().collect();
        let other = match (here.contains(&Role::Staff), here.contains(&Role::Client)) {
            (true, _) => Role::Client,
            (false, true) => Role::Staff,
            (false, false) => {
                let names: Vec<&str> = sides
                    .iter()
                    .flat_map(|(names, _)| *names)
                    .map(String::as_str)
                    .collect();
                conversation.notes.push(Note {
                    turn: None,
                    kind: NoteKind::SpeakerNotFound,
                    detail: names.join(", "),
                });
                return;
            }
        };
        for (turn, told) in conversation.turns.iter_mut().zip(told) {
            match told {
                Some(role) => turn.role = role,
                None if turn.role == Role::Unknown && turn.speaker.is_some() => turn.role = other,
                None => {}
            }
        }
        let turns = &conversation.turns;
        let is_known = |turn: usize| {
            turns
                .get(turn)
                .is_some_and(|turn| turn.role != Role::Unknown)
        };
        conversation
            .notes
            .retain(|note| note.kind != NoteKind::UnknownRole || !note.turn.is_some_and(is_known));
    }
}

/// Whether the user's `name` is that of who speaks in a turn.
fn is_of(name: &str, turn: &Turn) -> bool {
    let name = folded(name);
    let Some(label) = &turn.speaker else {
        // A label that says no more than the role isn't kept.
        return turn.role != Role::Unknown
            && is_role_word(&name)
            && role_of(&name) == Some(turn.role);
    };
    let whole = folded(label);
    let track = label.split_once(':').map(|(track, _)| folded(track));
    let number = |text: &str| {
        let digits = text.trim_start_matches(|char: char| !char.is_ascii_digit());
        digits.parse::<u32>().ok()
    };
    let is_number = !name.is_empty() && name.chars().all(|char| char.is_ascii_digit());
    let is_voice = || role_of(&whole) == Some(Role::Unknown);
    whole == name
        || track.as_ref() == Some(&name)
        || is_number && is_voice() && number(&whole) == number(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_named_are_one_side_and_the_others_the_other() {
        type Case<'a> = (&'a str, &'a str, &'a str, &'a str);
        let cases: [Case<'_>; 12] = [
            // Labels that speak, staff, client, the roles that come out.
            ("A B A", "A", "", "staff client staff"),
            ("A B A", "", "A", "client staff client"),
            ("A B C", "a", "C", "staff client client"),
            (
                "SPEAKER_00 SPEAKER_01 ?",
                "SPEAKER_01",
                "",
                "client staff unknown",
            ),
            (
                "SPEAKER_00 SPEAKER_01 SPEAKER_10",
                "0",
                "",
                "staff client client",
            ),
            ("发言人1 发言人2", "2", "", "client staff"),
            ("0:1 0:2 1:1", "1", "", "client client staff"),
            ("left right", "right", "", "client staff"),
            ("张三 李四 王五", "李四,王五", "", "client staff staff"),
            ("A -scene -other B", "B", "", "client scene other staff"),
            ("A B", "C,D", "E", "unknown unknown"),
            ("-staff -client", "客服", "", "staff client"),
        ];
        for (labels, staff, client, expected) in cases {
            let names = |text: &str| -> Vec<String> {
                text.split(',')
                    .filter(|name| !name.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            let turns = labels
                .split(' ')
                .map(|label| match label.strip_prefix('-') {
                    Some(role) => Turn::new(Role::from_name(role).expect("a role"), "好"),
                    None => Turn {
                        speaker: (label != "?").then(|| label.to_owned()),
                        ..Turn::new(Role::Unknown, "好")
                    },
                });
            let mut conversation = Conversation {
                turns: turns.collect(),
                ..Conversation::default()
            };
            let roles = SpeakerRoles {
                staff: names(staff),
                client: names(client),
            };
            roles.assign(&mut conversation);
            let roles: Vec<&str> = conversation
                .turns
                .iter()
                .map(|turn| turn.role.name())
                .collect();
            assert_eq!(roles.join(" "), expected, "{labels}");
            let found = conversation
                .notes
                .iter()
                .all(|note| note.kind != NoteKind::SpeakerNotFound);
            assert_eq!(found, staff != "C,D", "{labels}");
        }
    }

    #[test]
    fn a_role_that_nobody_knew_is_no_longer_noted() {
        let mut conversation = Conversation {
            turns: vec![Turn {
                speaker: Some("boss".to_owned()),
                ..Turn::new(Role::Unknown, "好")
            }],
            notes: vec![Note {
                turn: Some(0),
                kind: NoteKind::UnknownRole,
                detail: "boss".to_owned(),
            }],
            ..Conversation::default()
        };
        let roles = SpeakerRoles {
            staff: vec!["Boss".to_owned()],
            client: Vec::new(),
        };
        roles.assign(&mut conversation);
        assert_eq!(
            (conversation.turns[0].role, conversation.notes.len()),
            (Role::Staff, 0)
        );
    }
}
