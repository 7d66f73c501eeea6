//! The plain way to find wordings: the automaton looks for every literal of every
//! anchor, and the rest of the wording is checked around each, place by place.
//!
//! It is what the fast way is held to, by a test that compares them hit by hit; and
//! it reads the turns that are too long for the fast way. Its automaton takes longer to
//! build than a conversation to judge, so it is built when the first such turn comes.

mod literals;
mod node;
mod verify;

use super::{Found, MOST_FOUND};
use crate::assessment::By;
use crate::phrasebook::pattern::Pattern;
use crate::phrasebook::rules::{Rules, Wording};
use crate::text::{Break, Folded};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use literals::presence;
use node::Steps;
use std::collections::BTreeMap;

/// The anchors of all patterns, by text or by sound.
pub(super) struct Reference {
    by: By,
    automaton: AhoCorasick,
    /// For each literal of the automaton, the patterns that it anchors.
    anchored: Vec<Vec<u32>>,
    patterns: Vec<Searched>,
}

struct Searched {
    wording: u32,
    steps: Steps,
    shortest: usize,
}

/// The patterns that are searched by text or by sound, each with its wording.
pub(super) fn searched(rules: &Rules, by: By) -> impl Iterator<Item = (u32, &Pattern)> {
    rules
        .wordings
        .iter()
        .enumerate()
        .flat_map(move |(index, wording)| {
            wording
                .patterns
                .iter()
                .zip(&wording.sounded)
                .filter(move |(_, sounded)| by == By::Text || **sounded)
                .map(move |(pattern, _)| (index as u32, pattern))
        })
}

impl Reference {
    pub(super) fn new(rules: &Rules, by: By) -> Self {
        let reading = |char: char| match by {
            By::Sound => rules.sounds.of(char),
            _ => char,
        };
        let mut literals: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut patterns = Vec::new();
        for (wording, pattern) in searched(rules, by) {
            let steps = Steps::new(pattern, &reading);
            for literal in steps.anchors() {
                literals
                    .entry(literal.iter().collect())
                    .or_default()
                    .push(patterns.len() as u32);
            }
            patterns.push(Searched {
                wording,
                steps,
                shortest: pattern.shortest(),
            });
        }
        // The automatic choice would be a DFA, whose building is quadratic on one
        // long repetitive literal; the contiguous NFA is as good here.
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .build(literals.keys())
            .expect("wordings are bounded in number and length when they are compiled");
        Self {
            by,
            automaton,
            anchored: literals.into_values().collect(),
            patterns,
        }
    }

    /// Adds every wording that matches in `folded`.
    pub(super) fn find(&self, rules: &Rules, folded: &Folded, found: &mut Vec<Found>) {
        let reading = |char: &char| match self.by {
            By::Sound => rules.sounds.of(*char),
            _ => *char,
        };
        let chars: Vec<char> = folded.chars().iter().map(reading).collect();
        let mut text = String::with_capacity(chars.len() * 3);
        let mut char_at = Vec::with_capacity(chars.len() * 3 + 1);
        for (index, char) in chars.iter().enumerate() {
            text.push(*char);
            char_at.resize(text.len(), index);
        }
        char_at.push(chars.len());
        let turn = verify::TurnView {
            chars: &chars,
            folded,
        };
        let present = chars.iter().fold(0, |all, char| all | presence(*char));
        let limit = found.len() + MOST_FOUND;
        for anchor in self.automaton.find_overlapping_iter(&text) {
            if found.len() >= limit {
                break;
            }
            let (start, end) = (char_at[anchor.start()], char_at[anchor.end()]);
            for index in &self.anchored[anchor.pattern().as_usize()] {
                let pattern = &self.patterns[*index as usize];
                if pattern.steps.needs.iter().any(|need| need & present == 0) {
                    continue;
                }
                let wording = &rules.wordings[pattern.wording as usize];
                if let Some((start, end)) =
                    verify::verify(&turn, wording, &pattern.steps, start, end)
                    && (self.by == By::Text
                        || is_alike(folded, wording, pattern.shortest, start, end))
                {
                    found.push(Found {
                        start,
                        end,
                        wording: pattern.wording,
                        by: self.by,
                    });
                }
            }
        }
    }
}

/// Whether enough characters of what only sounds like the wording are its own; or, if
/// the wording says so, whether it stands by itself: 在建 for 再见 at the end of a turn.
pub(super) fn is_alike(
    folded: &Folded,
    wording: &Wording,
    shortest: usize,
    start: usize,
    end: usize,
) -> bool {
    let own = folded.chars()[start..end]
        .iter()
        .filter(|char| wording.letters.binary_search(char).is_ok())
        .count();
    let stands_alone =
        |at: usize| at == 0 || at == folded.len() || folded.break_before(at) >= Break::Soft;
    2 * own >= shortest || (wording.sound_alone && stands_alone(start) && stands_alone(end))
}
