//! Conversations from before the standard: it can't have been kept, so they aren't
//! judged by it, and reports count them apart.

use super::Checker;
use crate::assessment::Assessment;
use crate::conversation::{Conversation, Note, NoteKind};
use crate::moment::Moment;

impl Checker {
    /// What is said of a conversation that was held before the standard was in force;
    /// `None` where it is to be judged, as it is where nobody knows when it was held.
    pub(super) fn before_in_force(&self, conversation: &Conversation) -> Option<Assessment> {
        let in_force = self.rules.in_force?;
        let began = Moment::read(conversation.started_at.as_deref()?)?;
        if began.day >= in_force {
            return None;
        }
        let mut notes = conversation.notes.clone();
        notes.push(Note {
            turn: None,
            kind: NoteKind::BeforeInForce,
            detail: in_force.to_string(),
        });
        notes.sort();
        let spoken = conversation.spoken();
        let language = self.rules.language.detect(spoken).unwrap_or("unsure");
        Some(Assessment {
            id: conversation.id.clone(),
            phrasebook: self.rules.identity(),
            channel: conversation.channel,
            language: language.to_owned(),
            score: None,
            vetoed: false,
            verdicts: Vec::new(),
            courtesy_words: Vec::new(),
            notes,
            about: conversation.about(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{Role, Turn};
    use crate::matching::Scratch;
    use crate::phrasebook::Phrasebook;
    use jiff::civil::{Date, date};

    fn checker(in_force: Option<Date>) -> Checker {
        let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
        let Ok(mut rules) = phrasebook.compile() else {
            panic!("it compiles");
        };
        rules.in_force = in_force;
        Checker::new(rules)
    }

    fn held(started_at: Option<&str>) -> Conversation {
        Conversation {
            started_at: started_at.map(str::to_owned),
            turns: vec![
                Turn::new(Role::Staff, "您好"),
                Turn::new(Role::Client, "再见"),
            ],
            ..Conversation::default()
        }
    }

    #[test]
    fn what_was_held_before_isnt_judged() {
        let in_force = checker(Some(date(2014, 5, 1)));
        let cases = [
            (None, true),
            (Some("some time"), true),
            (Some("1398700000"), true),
            (Some("2014-05-01"), true),
            (Some("2014-05-01T00:00:00+08:00"), true),
            (Some("2026/3/2 9:15"), true),
            (Some("2014-04-30"), false),
            (Some("2014年4月30日 23:59"), false),
            (Some("19991231235959"), false),
        ];
        for (started_at, is_judged) in cases {
            let assessment = in_force.check(&held(started_at));
            assert_eq!(assessment.score.is_some(), is_judged, "{started_at:?}");
            assert_eq!(assessment.verdicts.is_empty(), !is_judged, "{started_at:?}");
            assert_eq!(
                assessment.is_before_in_force(),
                !is_judged,
                "{started_at:?}"
            );
        }
        let without_a_date = checker(None).check(&held(Some("1999-12-31")));
        assert!(!without_a_date.is_before_in_force());
    }

    #[test]
    fn what_is_said_of_it() {
        let checker = checker(Some(date(2014, 5, 1)));
        let conversation = Conversation {
            id: "old".to_owned(),
            agent: Some("07".to_owned()),
            ..held(Some("2014-04-30"))
        };
        let expected = Assessment {
            id: "old".to_owned(),
            phrasebook: checker.rules().identity(),
            channel: None,
            language: "cmn".to_owned(),
            score: None,
            vetoed: false,
            verdicts: Vec::new(),
            courtesy_words: Vec::new(),
            notes: vec![Note {
                turn: None,
                kind: NoteKind::BeforeInForce,
                detail: "2014-05-01".to_owned(),
            }],
            about: conversation.about(),
        };
        assert_eq!(checker.check(&conversation), expected);
        let (explained, judgement) = checker.explain(&conversation, &mut Scratch::default());
        assert_eq!(explained, expected);
        assert!(judgement.situations.is_empty() && judgement.verdicts.is_empty());
        assert!(
            !judgement.talk.hits().is_empty(),
            "it can still be looked at"
        );
    }
}
