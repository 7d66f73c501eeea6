//! Where the words are: from folded turns to hits.
//!
//! ```text
//! folded turn ─► scanner: anchors by a trie, and around each ─► hits
//!                what else the wording asks for, by text        │
//!                and by sound              look-alikes, guards ─┴► some blocked
//! ```
//!
//! Hits that something takes away aren't dropped but marked with what took them,
//! since 'why doesn't this count?' is a question that people ask.

mod alphabet;
mod guards;
mod places;
mod program;
mod reference;
mod scanner;
mod shape;
mod trie;
#[cfg(test)]
mod twins;
mod writer;

use crate::assessment::{By, Closeness};
use crate::conversation::{Conversation, Role, Turn};
use crate::phrasebook::rules::{ActId, Owner, Rules};
use crate::span::Span;
use crate::text::Folded;
use places::Places;
use reference::Reference;
use scanner::{Board, Scanner};
use shape::Shape;
use std::sync::OnceLock;

/// The longest turn that is read, in bytes; what lies behind isn't judged.
pub const LONGEST_TURN: usize = 64 << 10;
/// The most places of one turn at which wordings are found, by text and by sound
/// each. Talk has a handful; a turn that repeats itself for pages has any number, and
/// looking at them in pairs would take hours.
const MOST_FOUND: usize = 2_000;

/// An act found in a turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The act.
    pub act: ActId,
    /// The turn, numbered from 0.
    pub turn: usize,
    /// First character of the folded turn.
    pub start: usize,
    /// One past the last character of the folded turn.
    pub end: usize,
    /// Where in the turn as received.
    pub span: Span,
    /// How it was found.
    pub by: By,
    /// How close the wording is to the standard's own.
    pub closeness: Closeness,
    /// The wording, by place in [`Rules::wordings`]; `None` for a signal.
    pub wording: Option<u32>,
    /// What takes it away, if something does.
    pub blocked: Option<Block>,
}

impl Hit {
    /// Whether it counts.
    pub fn counts(&self) -> bool {
        self.blocked.is_none()
    }
}

/// What takes a hit away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// Somebody says it whose words can't do the act.
    Role,
    /// A guard, by place in [`Rules::guards`].
    Guard(u16),
    /// It lies in a wording that only looks as if.
    LookAlike,
    /// It is said to somebody other than the client.
    Away,
}

/// Finds acts in turns. Immutable; share it between threads.
pub struct Matcher {
    text: Scanner,
    sound: Scanner,
    /// The plain way, by text and by sound, for turns that are too long for scanners.
    reference: OnceLock<[Reference; 2]>,
}

/// What one thread reuses from conversation to conversation.
#[derive(Default)]
pub struct Scratch {
    folded: Vec<Folded>,
    work: Folded,
    found: Vec<Found>,
    short: [Board<SHORT>; 2],
    long: [Board<LONG>; 2],
}

/// Words of 64 places for turns as people speak them, and for the long ones.
const SHORT: usize = 1;
const LONG: usize = 8;

impl Scratch {
    /// The folded turns of the conversation read last.
    pub fn folded(&self, turns: usize) -> &[Folded] {
        &self.folded[..turns.min(self.folded.len())]
    }
}

/// A wording found, not yet an act.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    start: usize,
    end: usize,
    wording: u32,
    by: By,
}

impl Matcher {
    /// Makes the wordings of `rules` ready to be searched.
    pub fn new(rules: &Rules) -> Self {
        Self {
            text: Scanner::new(rules, By::Text),
            sound: Scanner::new(rules, By::Sound),
            reference: OnceLock::new(),
        }
    }

    /// All hits of a conversation, by turn and place.
    pub fn read(
        &self,
        rules: &Rules,
        conversation: &Conversation,
        scratch: &mut Scratch,
    ) -> Vec<Hit> {
        let turns = &conversation.turns;
        if scratch.folded.len() < turns.len() {
            scratch.folded.resize_with(turns.len(), Folded::default);
        }
        let mut hits = Vec::new();
        for (index, turn) in turns.iter().enumerate() {
            let Scratch {
                folded,
                work,
                found,
                short,
                long,
            } = scratch;
            let folded = &mut folded[index];
            rules.folding.fold_into(readable(&turn.text), folded, work);
            found.clear();
            if folded.len() <= Places::<SHORT>::MOST_CHARS {
                self.scan(rules, folded, short, found);
            } else if folded.len() <= Places::<LONG>::MOST_CHARS {
                self.scan(rules, folded, long, found);
            } else {
                self.look_up(rules, folded, found);
            }
            found.sort();
            collect(rules, turn, index, folded, found, &mut hits);
        }
        hits
    }

    fn scan<const N: usize>(
        &self,
        rules: &Rules,
        folded: &Folded,
        [by_text, by_sound]: &mut [Board<N>; 2],
        found: &mut Vec<Found>,
    ) {
        let mut shape = Shape::new(folded);
        self.text.find(rules, &mut shape, by_text, found);
        self.sound.find(rules, &mut shape, by_sound, found);
    }

    fn look_up(&self, rules: &Rules, folded: &Folded, found: &mut Vec<Found>) {
        let both = || [By::Text, By::Sound].map(|by| Reference::new(rules, by));
        for reference in self.reference.get_or_init(both) {
            reference.find(rules, folded, found);
        }
    }
}

/// The part of a turn's text that is read.
fn readable(text: &str) -> &str {
    match text.get(..LONGEST_TURN) {
        Some(start) => start,
        None if text.len() <= LONGEST_TURN => text,
        None => {
            let end = (0..=LONGEST_TURN)
                .rev()
                .find(|&at| text.is_char_boundary(at));
            &text[..end.unwrap_or(0)]
        }
    }
}

/// Turns the wordings found in one turn into hits: the longest of those that lie
/// in each other, text before sound, and marked where something takes them away.
fn collect(
    rules: &Rules,
    turn: &Turn,
    index: usize,
    folded: &Folded,
    found: &[Found],
    hits: &mut Vec<Hit>,
) {
    let first = hits.len();
    for found in found {
        let wording = &rules.wordings[found.wording as usize];
        let Owner::Act(act) = wording.owner else {
            continue;
        };
        hits.push(Hit {
            act,
            turn: index,
            start: found.start,
            end: found.end,
            span: folded.span(found.start, found.end),
            by: found.by,
            closeness: wording.closeness,
            wording: Some(found.wording),
            blocked: None,
        });
    }
    let mut kept: Vec<Hit> = Vec::new();
    let mut all = hits.split_off(first);
    all.sort_by_key(|hit| {
        (
            hit.act,
            hit.by,
            std::cmp::Reverse(hit.end - hit.start),
            hit.start,
            hit.closeness,
        )
    });
    for hit in all {
        let mut same = kept.iter().rev().take_while(|other| other.act == hit.act);
        let covered = same.any(|other| other.start < hit.end && hit.start < other.end);
        if !covered {
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| (hit.start, hit.end, hit.act));
    for mut hit in kept {
        hit.blocked = block(rules, turn.role, folded, found, &hit);
        hits.push(hit);
    }
}

fn block(rules: &Rules, role: Role, folded: &Folded, found: &[Found], hit: &Hit) -> Option<Block> {
    let act = &rules.acts[hit.act.0 as usize];
    if role != Role::Unknown && !act.by.contains(&role) {
        return Some(Block::Role);
    }
    let in_look_alike = found.iter().any(|other| {
        rules.wordings[other.wording as usize].owner == Owner::LookAlike(hit.act)
            && other.start < hit.end
            && hit.start < other.end
    });
    if in_look_alike {
        return Some(Block::LookAlike);
    }
    guards::guarding(rules, act, folded, found, hit).map(Block::Guard)
}
