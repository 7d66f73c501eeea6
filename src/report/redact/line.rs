//! One turn, character by character, with what of it is masked.

use super::words::NameWords;
use std::ops::Range;

/// A turn with what of it is masked so far.
pub(super) struct Line {
    pub chars: Vec<char>,
    /// Which characters are digits of a private number.
    pub number: Vec<bool>,
    /// Which are part of a name.
    pub name: Vec<bool>,
    /// Which belong to words that are never part of one.
    pub never: Vec<bool>,
    /// Whether somebody says it, and no stage direction.
    pub spoken: bool,
}

impl Line {
    pub fn new(text: &str, spoken: bool, words: &NameWords) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut never = vec![false; chars.len()];
        for at in 0..chars.len() {
            if let Some(length) = words.never.at(&chars, at) {
                never[at..at + length].fill(true);
            }
        }
        let nothing = vec![false; chars.len()];
        Self {
            number: nothing.clone(),
            name: nothing,
            never,
            chars,
            spoken,
        }
    }

    pub fn is_edge(&self, at: usize) -> bool {
        match self.chars.get(at) {
            Some(char) => !is_han(*char) || self.number[at],
            None => true,
        }
    }

    pub fn is_edge_before(&self, at: usize) -> bool {
        at == 0 || self.is_edge(at - 1)
    }

    pub fn get(&self, range: Range<usize>) -> &[char] {
        self.chars.get(range).unwrap_or_default()
    }

    /// Masks the name, unless it is one only by its looks.
    pub fn mask(&mut self, range: Range<usize>) -> bool {
        let fits = range.end <= self.chars.len() && !range.is_empty();
        let is_name = fits && !self.never[range.clone()].contains(&true);
        if is_name {
            self.name[range].fill(true);
        }
        is_name
    }

    /// The pieces between punctuation, spaces and private numbers.
    pub fn pieces(&self) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = 0;
        for at in 0..=self.chars.len() {
            if self.is_edge(at) {
                if start < at {
                    pieces.push(start..at);
                }
                start = at + 1;
            }
        }
        pieces
    }
}

pub(super) fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}
