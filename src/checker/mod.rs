//! The whole line: the only place where the floors meet, and the only one that
//! knows how many threads there are.

mod examples;
mod in_force;
mod logistic;
mod margin;
mod proposals;
mod signs;
mod stream;
mod visit_agreement;
mod visit_signs;
mod visits;

pub use examples::Outcome;
pub use proposals::Lesson;
pub use stream::{Checked, StreamOptions};
pub use visits::Cutting;

use crate::assessment::Assessment;
use crate::conversation::{Channel, Conversation, Note, NoteKind, Role};
use crate::judging::mixed::{Mixed, leave_open, mixed};
use crate::judging::proposed::Opinion;
use crate::judging::{self, Judgement, Talk};
use crate::matching::{Hit, LONGEST_TURN, Matcher, Scratch};
use crate::phrasebook::rules::Rules;
use crate::scoring;
use crate::text::foreign_language;

/// Judges conversations by one phrasebook. Immutable; share it between threads.
pub struct Checker {
    rules: Rules,
    matcher: Matcher,
}

impl Checker {
    /// A checker for compiled rules.
    pub fn new(rules: Rules) -> Self {
        let matcher = Matcher::new(&rules);
        Self { rules, matcher }
    }

    /// The rules that it judges by.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Judges one conversation. Can't fail: 'cannot tell' is a verdict.
    pub fn check(&self, conversation: &Conversation) -> Assessment {
        self.check_with(conversation, &mut Scratch::default())
    }

    /// Judges one conversation, with memory that is used again.
    pub fn check_with(&self, conversation: &Conversation, scratch: &mut Scratch) -> Assessment {
        match self.before_in_force(conversation) {
            Some(not_judged) => not_judged,
            None => self.explain(conversation, scratch).0,
        }
    }

    /// The same, and where it had to be told who is staff and who is client from what
    /// is said, writes that into the conversation: reports show the talk as it was
    /// judged.
    pub fn check_telling_roles(
        &self,
        conversation: &mut Conversation,
        scratch: &mut Scratch,
    ) -> Assessment {
        if let Some(not_judged) = self.before_in_force(conversation) {
            return not_judged;
        }
        let (assessment, judgement) = self.explain(conversation, scratch);
        let mut notes = assessment.notes.iter();
        if notes.any(|note| matches!(note.kind, NoteKind::RolesInferred | NoteKind::RoleMended)) {
            for (at, turn) in conversation.turns.iter_mut().enumerate() {
                turn.role = judgement.talk.role(at);
            }
        }
        assessment
    }

    /// The hits of a conversation, blocked ones included.
    pub fn hits(&self, conversation: &Conversation, scratch: &mut Scratch) -> Vec<Hit> {
        self.matcher.read(&self.rules, conversation, scratch)
    }

    /// Judges one conversation and hands out what led to it.
    pub fn explain(
        &self,
        conversation: &Conversation,
        scratch: &mut Scratch,
    ) -> (Assessment, Judgement) {
        let rules = &self.rules;
        let mut hits = self.hits(conversation, scratch);
        if let Some(not_judged) = self.before_in_force(conversation) {
            let talk = Talk::new(rules, conversation, conversation.channel, hits);
            let nothing = Judgement {
                talk,
                situations: Vec::new(),
                verdicts: Vec::new(),
            };
            return (not_judged, nothing);
        }
        let mut notes = conversation.notes.clone();
        let mixed = match judging::roles_known(conversation) {
            true => Mixed::default(),
            false => mixed(rules, conversation, &hits),
        };
        let told;
        let roles = match judging::roles_known(conversation) {
            true => self.mend_roles(conversation, scratch, &mut notes),
            false => self.infer_roles(conversation, &hits, &mixed, &mut notes),
        };
        let conversation = match roles {
            Some(with_roles) => {
                told = with_roles;
                hits = self.hits(&told, scratch);
                &told
            }
            None => conversation,
        };
        let folded = scratch.folded(conversation.turns.len());
        let mut opinion = Opinion::new(rules, conversation, folded);
        hits.append(&mut opinion.hits);
        let channel = conversation
            .channel
            .or_else(|| self.infer_channel(conversation, &hits, &mut notes));
        let mut judgement = judging::judge(rules, conversation, channel, hits, &opinion);
        leave_open(rules, &mut judgement, &mixed.turns);
        self.note_turns(conversation, &judgement, &mut notes);
        for verdict in &mut judgement.verdicts {
            let clause = rules.clause(&verdict.clause);
            let origin = clause.and_then(|clause| rules.origin(clause));
            verdict.from = origin.map(|origin| origin.book.identity());
        }
        let score = scoring::score(rules, &mut judgement.verdicts);
        let spoken = conversation.spoken();
        let language = rules.language.detect(spoken).unwrap_or("unsure");
        let assessment = Assessment {
            id: conversation.id.clone(),
            phrasebook: rules.identity(),
            channel,
            language: language.to_owned(),
            score: score.value,
            vetoed: score.vetoed,
            verdicts: judgement.verdicts.clone(),
            courtesy_words: self.count_courtesy(&judgement),
            notes,
            about: conversation.about(),
        };
        (assessment, judgement)
    }

    /// The conversation with roles where it had none, if they can be told.
    fn infer_roles(
        &self,
        conversation: &Conversation,
        hits: &[Hit],
        mixed: &Mixed,
        notes: &mut Vec<Note>,
    ) -> Option<Conversation> {
        notes.extend(mixed.turns.iter().map(|turn| Note {
            turn: Some(*turn),
            kind: NoteKind::MixedTurn,
            detail: String::new(),
        }));
        if mixed.many {
            return None;
        }
        let inferred = judging::roles::infer(&self.rules, conversation, hits)?;
        notes.retain(|note| note.kind != NoteKind::UnknownRole);
        notes.push(Note {
            turn: None,
            kind: NoteKind::RolesInferred,
            detail: format!("{:.2}", inferred.confidence),
        });
        let mut told = conversation.clone();
        for (turn, role) in told.turns.iter_mut().zip(inferred.roles) {
            turn.role = role;
        }
        Some(told)
    }

    /// The conversation with turns as the staff's that are labelled as the client's,
    /// where the sense is plain.
    fn mend_roles(
        &self,
        conversation: &Conversation,
        scratch: &mut Scratch,
        notes: &mut Vec<Note>,
    ) -> Option<Conversation> {
        let doubtful = judging::mislabelled::doubtful(conversation);
        if doubtful.is_empty() {
            return None;
        }
        let mut told = conversation.clone();
        for &turn in &doubtful {
            told.turns[turn].role = Role::Unknown;
        }
        let hits = self.hits(&told, scratch);
        let plain = judging::mislabelled::plainly_staff(&self.rules, &told, &hits);
        for &turn in &doubtful {
            told.turns[turn].role = Role::Client;
        }
        for &turn in &plain {
            told.turns[turn].role = Role::Staff;
            notes.push(Note {
                turn: Some(turn),
                kind: NoteKind::RoleMended,
                detail: String::new(),
            });
        }
        (!plain.is_empty()).then_some(told)
    }

    fn infer_channel(
        &self,
        conversation: &Conversation,
        hits: &[Hit],
        notes: &mut Vec<Note>,
    ) -> Option<Channel> {
        let channel = judging::infer_channel(&self.rules, conversation, hits);
        let already = notes
            .iter()
            .position(|note| note.kind == NoteKind::ChannelUnknown);
        let note = Note {
            turn: None,
            kind: match channel {
                Some(_) => NoteKind::ChannelInferred,
                None => NoteKind::ChannelUnknown,
            },
            detail: match (channel, already) {
                (Some(channel), _) => channel.name().to_owned(),
                (None, Some(at)) => notes[at].detail.clone(),
                (None, None) => String::new(),
            },
        };
        match already {
            Some(at) => notes[at] = note,
            None => notes.push(note),
        }
        channel
    }

    fn note_turns(
        &self,
        conversation: &Conversation,
        judgement: &Judgement,
        notes: &mut Vec<Note>,
    ) {
        if !judgement.talk.roles_known() {
            notes.push(Note {
                turn: None,
                kind: NoteKind::RolesUnknown,
                detail: String::new(),
            });
        }
        for (index, turn) in conversation.turns.iter().enumerate() {
            if turn.role != Role::Scene && foreign_language(&turn.text) {
                let language = self.rules.language.detect([turn.text.as_str()].into_iter());
                notes.push(Note {
                    turn: Some(index),
                    kind: NoteKind::OtherLanguage,
                    detail: language.unwrap_or("unsure").to_owned(),
                });
            }
            if turn.text.len() > LONGEST_TURN {
                notes.push(Note {
                    turn: Some(index),
                    kind: NoteKind::TurnCut,
                    detail: LONGEST_TURN.to_string(),
                });
            }
        }
        notes.sort();
        notes.dedup();
    }

    fn count_courtesy(&self, judgement: &Judgement) -> Vec<(String, u32)> {
        self.rules
            .courtesy_words
            .iter()
            .map(|(word, act)| {
                let count = judgement
                    .talk
                    .hits()
                    .iter()
                    .filter(|hit| hit.counts() && hit.act == *act)
                    .count();
                (word.clone(), count as u32)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Turn;
    use crate::phrasebook::Phrasebook;

    #[test]
    fn roles_that_had_to_be_told_are_written_down() {
        let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
        let Ok(rules) = phrasebook.compile() else {
            panic!("it compiles");
        };
        let checker = Checker::new(rules);
        let talk = [
            (Role::Staff, "您好,公积金管理中心,请问有什么可以帮您?"),
            (Role::Client, "你好,我想问一下租房提取要带什么材料?"),
            (Role::Staff, "请您带上身份证和租房合同到窗口办理。"),
            (Role::Client, "好的,谢谢。"),
            (Role::Staff, "不客气,请问还有其他需要吗?"),
            (Role::Client, "没有了,再见。"),
            (Role::Staff, "感谢您的来电,再见。"),
        ];
        let mut conversation = Conversation {
            turns: talk
                .map(|(_, text)| Turn::new(Role::Unknown, text))
                .to_vec(),
            ..Conversation::default()
        };
        let assessment = checker.check_telling_roles(&mut conversation, &mut Scratch::default());
        let roles: Vec<Role> = conversation.turns.iter().map(|turn| turn.role).collect();
        assert_eq!(roles, talk.map(|(role, _)| role));
        assert!(!assessment.verdicts.is_empty());
    }
}
