//! A given conversation, and the words in it that clauses ask for, so that they can be
//! left out.

use crate::assessment::{Assessment, By, Verdict};
use crate::checker::Checker;
use crate::conversation::{Conversation, Role, Turn};
use crate::phrasebook::rules::Follow;
use crate::span::Span;
use std::collections::BTreeMap;

/// A part of a turn that is so many characters longer than the words for which it is
/// looked at says something else as well.
const MUCH_LONGER: usize = 6;

/// What a talk is to the complaints of a house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Complaint,
    Report,
}

/// A given conversation.
pub(super) struct Talk<'g> {
    pub conversation: &'g Conversation,
    pub kind: Kind,
    /// By clause, the stretches of which turns it was found in.
    words: BTreeMap<String, Vec<(usize, Span)>>,
}

impl<'g> Talk<'g> {
    pub fn new(conversation: &'g Conversation, checker: &Checker) -> Self {
        let assessment = checker.check(conversation);
        let kind = kind(&assessment, checker.rules().scoring.complaints.as_ref());
        let said = |verdict| matches!(verdict, Verdict::Met | Verdict::Partial);
        let mut words: BTreeMap<String, Vec<(usize, Span)>> = BTreeMap::new();
        for of in &assessment.verdicts {
            for occasion in std::iter::once(&of.worst).chain(&of.others) {
                if !said(occasion.verdict) {
                    continue;
                }
                for found in occasion
                    .evidence
                    .iter()
                    .filter(|found| found.by != By::Time)
                {
                    let Some(turn) = conversation.turns.get(found.turn) else {
                        continue;
                    };
                    let part = part(&turn.text, found.span);
                    words
                        .entry(of.clause.clone())
                        .or_default()
                        .push((found.turn, part));
                }
            }
        }
        Self {
            conversation,
            kind,
            words,
        }
    }

    /// The clauses that something was said for.
    pub fn clauses(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// The turns without what was said for these clauses; turns of which nothing is left
    /// are left out.
    pub fn without(&self, clauses: &[&str]) -> Vec<Turn> {
        let mut turns = self.conversation.turns.clone();
        let stretches = clauses.iter().filter_map(|clause| self.words.get(*clause));
        let mut stretches: Vec<(usize, Span)> = stretches.flatten().copied().collect();
        // From the end, so that what is cut moves nothing that is still to be cut.
        stretches.sort_by_key(|(turn, span)| (*turn, span.start, span.end));
        let mut until = (usize::MAX, u32::MAX);
        for (turn, span) in stretches.into_iter().rev() {
            let end = if turn == until.0 {
                span.end.min(until.1)
            } else {
                span.end
            };
            if span.start < end {
                let range = span.start as usize..end as usize;
                turns[turn].text.replace_range(range, "");
            }
            until = (turn, span.start.min(end));
        }
        turns.retain(|turn| {
            turn.role == Role::Scene || turn.text.chars().any(char::is_alphanumeric)
        });
        for turn in &mut turns {
            let bare = turn
                .text
                .trim_start_matches(|char: char| !char.is_alphanumeric());
            if turn.role == Role::Staff && bare.len() < turn.text.len() {
                turn.text = bare.to_owned();
            }
        }
        turns
    }
}

fn kind(assessment: &Assessment, follow: Option<&Follow>) -> Kind {
    let Some(follow) = follow else {
        return Kind::Plain;
    };
    let has = |clauses: &[String], is: fn(Verdict) -> bool| {
        let mut verdicts = assessment.verdicts.iter();
        verdicts.any(|of| clauses.contains(&of.clause) && is(of.worst.verdict))
    };
    if has(&follow.answered, |of| {
        matches!(of, Verdict::Met | Verdict::Partial)
    }) {
        Kind::Report
    } else if has(&follow.raised, |of| of != Verdict::Undecided) {
        Kind::Complaint
    } else {
        Kind::Plain
    }
}

/// The words with the rest of their part of the sentence and the sign behind it, unless
/// that says more.
fn part(text: &str, words: Span) -> Span {
    let (start, end) = (words.start as usize, words.end as usize);
    let (Some(before), Some(behind)) = (text.get(..start), text.get(end..)) else {
        return words;
    };
    let is_sign = |char: char| !char.is_alphanumeric();
    let from = before.char_indices().rev().find(|(_, char)| is_sign(*char));
    let from = from.map_or(0, |(at, char)| at + char.len_utf8());
    let signs = behind.find(is_sign).map_or(text.len(), |at| end + at);
    let until = text[signs..].find(char::is_alphanumeric);
    let until = until.map_or(text.len(), |at| signs + at);
    let count = |from: usize, until: usize| text[from..until].chars().count();
    match count(from, signs) > count(start, end) + MUCH_LONGER {
        true => words,
        // Bytes of a turn are counted in 32 bits everywhere.
        false => Span::new(from as u32, until as u32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::Phrasebook;

    #[test]
    fn a_part_of_a_sentence_goes_with_its_words() {
        for (text, words, left) in [
            ("您好，请问办什么？", "您好", "请问办什么？"),
            ("好的,对不起啊,还缺发票", "对不起", "好的,还缺发票"),
            (
                "对不起我们这里没有这种规定",
                "对不起",
                "我们这里没有这种规定",
            ),
            ("请慢走。", "请慢走", ""),
            ("办好了。请慢走", "慢走", "办好了。"),
        ] {
            let start = text.find(words).expect("they are in it");
            let span = Span::new(start as u32, (start + words.len()) as u32);
            let part = part(text, span);
            let mut cut = text.to_owned();
            cut.replace_range(part.start as usize..part.end as usize, "");
            assert_eq!(cut, left, "{text}");
        }
    }

    #[test]
    fn what_was_said_for_a_clause_can_be_left_out() {
        let rules = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
        let checker = Checker::new(rules.compile().expect("it has no faults"));
        let turns = [
            (Role::Staff, "您好，请问您办什么业务？"),
            (Role::Client, "查一下余额"),
            (Role::Staff, "好的，您要查余额是吗？"),
            (Role::Client, "对，谢谢"),
            (Role::Staff, "不客气，请慢走，再见"),
        ];
        let conversation = Conversation {
            channel: Some(crate::conversation::Channel::Counter),
            turns: turns.map(|(role, text)| Turn::new(role, text)).into(),
            ..Conversation::default()
        };
        let talk = Talk::new(&conversation, &checker);
        assert_eq!(talk.kind, Kind::Plain);
        let texts = |clauses: &[&str]| -> Vec<String> {
            let turns = talk.without(clauses).into_iter();
            turns.map(|turn| turn.text).collect()
        };
        assert_eq!(texts(&[]), turns.map(|(_, text)| text));
        assert_eq!(
            texts(&["14.2", "9.19", "9.20"]),
            [
                "您好，请问您办什么业务？",
                "查一下余额",
                "好的，您要查余额是吗？",
                "对，谢谢"
            ]
        );
        assert_eq!(texts(&["11.1"])[0], "请问您办什么业务？");
    }
}
