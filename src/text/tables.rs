//! What each character is to folding: a letter (and which one it is read as),
//! a break, a quotation mark, or nothing.
//!
//! Width and case follow Unicode's compatibility decomposition. The script table
//! (traditional to simplified) was made from a well-kept library's data by
//! `tests/script_table.rs`, which also holds it to that library.

use super::fold::Break;
use unicode_normalization::char::decompose_compatible;

/// One pair a line: the traditional character, then the simplified one.
const SCRIPT_PAIRS: &str = include_str!("../../phrasebook/script.txt");

/// What a character is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum CharClass {
    Letter(char),
    Break(Break),
    QuoteOpens,
    QuoteCloses,
    /// A straight mark: opens where none is open, closes otherwise.
    QuoteTurns,
    Ignored,
}

/// Answers for the characters up to U+FFFF stand ready; the few behind it are
/// worked out when asked for.
#[derive(Debug)]
pub(super) struct Tables {
    classes: Vec<CharClass>,
}

impl Tables {
    pub(super) fn new(variants: &[(char, char)]) -> Self {
        let mut classes: Vec<CharClass> = (0..=0xFFFF_u32)
            .map(|code| char::from_u32(code).map_or(CharClass::Ignored, classify))
            .collect();
        let pairs = SCRIPT_PAIRS.lines().filter_map(|line| {
            let mut chars = line.chars();
            Some((chars.next()?, chars.next()?))
        });
        for (from, to) in pairs.chain(variants.iter().copied()) {
            if let Some(class) = classes.get_mut(from as usize) {
                *class = CharClass::Letter(to);
            }
        }
        Self { classes }
    }

    pub(super) fn class(&self, char: char) -> CharClass {
        match self.classes.get(char as usize) {
            Some(class) => *class,
            None => classify(char),
        }
    }
}

fn classify(char: char) -> CharClass {
    match char {
        '?' | '？' => CharClass::Break(Break::Question),
        '。' | '!' | '！' | ';' | '；' | '．' | '\n' | '\r' | '｡' => {
            CharClass::Break(Break::End)
        }
        '—' | '―' | '─' => CharClass::Break(Break::Cut),
        ',' | '，' | ':' | '：' | '…' | '(' | ')' | '（' | '）' | '【' | '】' | '[' | ']' => {
            CharClass::Break(Break::Comma)
        }
        '“' | '「' | '『' | '《' | '‘' => CharClass::QuoteOpens,
        '”' | '」' | '』' | '》' | '’' => CharClass::QuoteCloses,
        '"' | '＂' => CharClass::QuoteTurns,
        // Masked swearing is written ***; it must stay visible to matching.
        '*' | '＊' => CharClass::Letter('*'),
        // Han and Hangul are most of what there is, and have neither width nor case.
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => {
            CharClass::Letter(char)
        }
        char if char.is_alphanumeric() => CharClass::Letter(plain(char)),
        char if is_invisible(char) => CharClass::Ignored,
        _ => CharClass::Break(Break::Soft),
    }
}

/// Zero-width and direction characters, controls, variation selectors: they may
/// stand inside a word and must neither part it nor count.
fn is_invisible(char: char) -> bool {
    (char.is_control() && char != '\t')
        || matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}'
            | '\u{300}'..='\u{36f}')
}

/// The character without width and case, where that is a single character.
fn plain(char: char) -> char {
    let mut decomposed = None;
    let mut count = 0;
    decompose_compatible(char, |part| {
        if count == 0 {
            decomposed = Some(part);
        }
        count += 1;
    });
    let char = match (decomposed, count) {
        (Some(part), 1) => part,
        _ => char,
    };
    let mut lower = char.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => char,
    }
}
