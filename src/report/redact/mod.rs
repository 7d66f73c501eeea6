//! What reports don't show: numbers and names that give a person away.
//!
//! Recordings of service are full of identity cards, telephones, accounts and names,
//! and reports are passed around. So before any writer sees a conversation and its
//! assessment, [`Redaction::apply`] masks both:
//!
//! ```text
//! received  我叫梁家乐,450702199603150035,麻烦您。
//! shown     我叫＊＊＊,******************,麻烦您。
//! ```
//!
//! Every character is replaced by one of as many bytes. So whatever counts characters
//! or bytes of the received text, evidence first of all, holds for the shown one too,
//! and no writer needs to know that there is redaction. Judging comes before it and
//! sees everything.
//!
//! What stands in the words of `phrasebook/redaction.toml` under `never`, the courtesy
//! words among them, is never taken for a name.

mod names;
mod numbers;
mod words;

use crate::assessment::Assessment;
use crate::conversation::{Conversation, Role};
use crate::span::Span;
use names::{Line, mark_names};
use numbers::{Number, long_numbers};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use words::Words;

/// Masks what gives a person away. Immutable; share it between threads.
pub struct Redaction {
    words: Words,
}

static BUILTIN: LazyLock<Redaction> = LazyLock::new(|| Redaction {
    words: Words::builtin(),
});

impl Redaction {
    /// The shipped one.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Masks a conversation and what was said of it, in place. Texts keep their
    /// number of characters and of bytes. What the conversation is found again by (id,
    /// agent, branch) stays.
    ///
    /// `conversation` is the one that was judged, not masked yet.
    pub fn apply(&self, conversation: &mut Conversation, assessment: &mut Assessment) {
        let masks = self.masks(conversation);
        for (turn, masks) in conversation.turns.iter_mut().zip(masks) {
            turn.text = masked(&turn.text, &masks);
            if let Some(speaker) = &mut turn.speaker {
                *speaker = self.text(speaker);
            }
        }
        let occasions = assessment
            .verdicts
            .iter_mut()
            .flat_map(|verdict| std::iter::once(&mut verdict.worst).chain(&mut verdict.others));
        for evidence in occasions.flat_map(|occasion| &mut occasion.evidence) {
            let turn = conversation.turns.get(evidence.turn);
            if let Some(shown) = turn.map(|turn| evidence.span.of(&turn.text))
                && shown.len() == evidence.text.len()
            {
                shown.clone_into(&mut evidence.text);
            }
        }
        for note in conversation.notes.iter_mut().chain(&mut assessment.notes) {
            note.detail = self.text(&note.detail);
        }
    }

    /// What of each turn is masked: spans of bytes, in order.
    pub fn masks(&self, conversation: &Conversation) -> Vec<Vec<Span>> {
        let turns = conversation.turns.iter();
        self.spans(turns.map(|turn| (turn.text.as_str(), turn.role != Role::Scene)))
    }

    /// A single text, masked.
    pub fn text(&self, text: &str) -> String {
        let spans = self.spans(std::iter::once((text, true)));
        spans
            .first()
            .map_or_else(String::new, |spans| masked(text, spans))
    }

    fn spans<'a>(&self, texts: impl Iterator<Item = (&'a str, bool)>) -> Vec<Vec<Span>> {
        let mut lines: Vec<Line> = texts
            .map(|(text, spoken)| Line::new(text, spoken, &self.words.names))
            .collect();
        let numbers: Vec<Vec<Number>> = lines
            .iter()
            .map(|line| long_numbers(&line.chars, &self.words))
            .collect();
        // A number that is everybody's is so wherever it is said again.
        let public: BTreeSet<&[u8]> = numbers
            .iter()
            .flatten()
            .filter(|number| number.is_public)
            .map(|number| number.values.as_slice())
            .collect();
        for (line, numbers) in lines.iter_mut().zip(&numbers) {
            let private = numbers
                .iter()
                .filter(|number| !public.contains(number.values.as_slice()));
            for group in private.flat_map(|number| number.groups.clone()) {
                line.number[group].fill(true);
            }
        }
        mark_names(&mut lines, &self.words.names);
        lines.iter().map(spans_of).collect()
    }
}

/// Whether `char` stands for one that is masked.
pub fn is_mask(char: char) -> bool {
    MASKS.contains(&char)
}

/// What stands for a character of one, two, three and four bytes.
const MASKS: [char; 4] = ['*', '\u{d7}', '\u{ff0a}', '\u{1f7b6}'];

fn masked(text: &str, spans: &[Span]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut spans = spans.iter().peekable();
    for (at, char) in text.char_indices() {
        while spans.next_if(|span| span.end as usize <= at).is_some() {}
        let hidden = spans.peek().is_some_and(|span| span.start as usize <= at);
        shown.push(if hidden {
            MASKS[char.len_utf8() - 1]
        } else {
            char
        });
    }
    shown
}

fn spans_of(line: &Line) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut at = 0;
    for (index, char) in line.chars.iter().enumerate() {
        let end = at + char.len_utf8() as u32;
        if line.number[index] || line.name[index] {
            match spans.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => spans.push(Span::new(at, end)),
            }
        }
        at = end;
    }
    spans
}
