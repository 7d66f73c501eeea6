//! One pass over a turn for the anchors of all wordings.

use super::{Found, MOST_FOUND, verify};
use crate::assessment::By;
use crate::phrasebook::literals::presence;
use crate::phrasebook::pattern::Pattern;
use crate::phrasebook::rules::{Rules, Wording};
use crate::text::{Break, Folded};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::BTreeMap;

/// The anchors of all patterns, text or sound.
pub(super) struct Anchors {
    automaton: AhoCorasick,
    /// For each literal of the automaton, the wordings and patterns it anchors.
    anchored: Vec<Vec<(u32, u16)>>,
    patterns: fn(&Wording) -> &Vec<Pattern>,
}

impl Anchors {
    pub(super) fn new(rules: &Rules, patterns: fn(&Wording) -> &Vec<Pattern>) -> Self {
        let mut literals: BTreeMap<String, Vec<(u32, u16)>> = BTreeMap::new();
        for (index, wording) in rules.wordings.iter().enumerate() {
            for (number, pattern) in patterns(wording).iter().enumerate() {
                for literal in pattern.anchors() {
                    literals
                        .entry(literal.iter().collect())
                        .or_default()
                        .push((index as u32, number as u16));
                }
            }
        }
        // The automatic choice would be a DFA, whose building is quadratic on one
        // long repetitive literal; the contiguous NFA is as good here.
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .build(literals.keys())
            .expect("wordings are bounded in number and length when they are compiled");
        Self {
            automaton,
            anchored: literals.into_values().collect(),
            patterns,
        }
    }

    /// Adds every wording that matches in `folded`, its characters seen through
    /// `sounded`.
    pub(super) fn find(
        &self,
        rules: &Rules,
        folded: &Folded,
        by: By,
        sounded: impl Fn(char) -> char,
        found: &mut Vec<Found>,
    ) {
        let chars: Vec<char> = folded.chars().iter().map(|char| sounded(*char)).collect();
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
            for (wording, number) in &self.anchored[anchor.pattern().as_usize()] {
                let rule = &rules.wordings[*wording as usize];
                let pattern = &(self.patterns)(rule)[*number as usize];
                if pattern.required.iter().any(|first| first & present == 0) {
                    continue;
                }
                if let Some((start, end)) = verify::verify(&turn, rule, pattern, start, end)
                    && (by == By::Text || is_alike(folded, rule, pattern, start, end))
                {
                    found.push(Found {
                        start,
                        end,
                        wording: *wording,
                        by,
                    });
                }
            }
        }
    }
}

/// Whether enough characters of what only sounds like the wording are its own; or, if
/// the wording says so, whether it stands by itself: 在建 for 再见 at the end of a turn.
fn is_alike(
    folded: &Folded,
    wording: &Wording,
    pattern: &Pattern,
    start: usize,
    end: usize,
) -> bool {
    let own = folded.chars()[start..end]
        .iter()
        .filter(|char| wording.letters.binary_search(char).is_ok())
        .count();
    let stands_alone =
        |at: usize| at == 0 || at == folded.len() || folded.break_before(at) >= Break::Soft;
    2 * own >= pattern.shortest()
        || (wording.sound_alone && stands_alone(start) && stands_alone(end))
}
