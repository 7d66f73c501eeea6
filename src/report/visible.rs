//! Text from outside, made harmless and measurable.
//!
//! A transcript may hold anything: ESC sequences that recolour or retitle the
//! terminal, marks that turn the writing direction round, characters without
//! width that push what follows out of its column. None of them reaches a report.
//! Control characters become their pictures (`␛`), everything else that can't be
//! seen becomes `�`, and a flood of accents is cut after the second.
//!
//! What remains is cut into [`Cell`]s, the smallest pieces that may be shown or
//! left out: a character with the accents on it. Each knows its columns (two for
//! 您) and the bytes of the received text that it stands for, so that evidence can
//! be marked without ever slicing inside a character.

use std::borrow::Cow;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// How many accents a character may carry.
const MOST_MARKS: usize = 2;
const REPLACEMENT: char = '\u{fffd}';
/// Carries an accent that has nothing to stand on.
const EMPTY_BASE: char = '\u{25cc}';

/// The smallest piece of a text that may be shown or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The bytes of the received text that it stands for.
    pub source: Range<usize>,
    /// The bytes of [`Visible::text`] that show it.
    pub shown: Range<usize>,
    /// How many columns it takes.
    pub columns: usize,
}

/// A text in the form in which it may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visible {
    /// What is shown.
    pub text: String,
    /// Its cells, in order and without gaps.
    pub cells: Vec<Cell>,
}

impl Visible {
    /// Makes `text` visible.
    pub fn new(text: &str) -> Self {
        let mut visible = Self::default();
        let mut marks = 0;
        for (at, char) in text.char_indices() {
            let source = at..at + char.len_utf8();
            if is_presentation(char) {
                visible.extend(source, None);
            } else if let Some(symbol) = symbol(char) {
                marks = 0;
                visible.push(source, &[symbol]);
            } else if char.width() != Some(0) {
                marks = 0;
                visible.push(source, &[char]);
            } else if visible.cells.is_empty() {
                marks = 1;
                visible.push(source, &[EMPTY_BASE, char]);
            } else {
                marks += 1;
                match marks {
                    ..=MOST_MARKS => visible.extend(source, Some(char)),
                    3 => visible.push(source, &[REPLACEMENT]),
                    _ => visible.extend(source, None),
                }
            }
        }
        visible
    }

    /// How many columns it takes.
    pub fn columns(&self) -> usize {
        self.cells.iter().map(|cell| cell.columns).sum()
    }

    fn push(&mut self, source: Range<usize>, shown: &[char]) {
        let start = self.text.len();
        self.text.extend(shown);
        self.cells.push(Cell {
            source,
            shown: start..self.text.len(),
            columns: shown.iter().filter_map(|char| char.width()).sum(),
        });
    }

    fn extend(&mut self, source: Range<usize>, shown: Option<char>) {
        self.text.extend(shown);
        let end = self.text.len();
        match self.cells.last_mut() {
            Some(cell) => {
                cell.source.end = source.end;
                cell.shown.end = end;
            }
            None => self.push(source, &[]),
        }
    }
}

/// `text` as it may be shown.
pub fn visible(text: &str) -> String {
    Visible::new(text).text
}

/// The same; a text that may be shown as it is isn't copied.
pub fn shown(text: &str) -> Cow<'_, str> {
    let is_plain = |char: char| matches!(char, ' '..='~' | '\u{3001}'..='\u{3029}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}');
    match text.chars().all(is_plain) {
        true => Cow::from(text),
        false => Cow::from(visible(text)),
    }
}

/// How many columns `text` takes; it must be visible already.
pub fn columns(text: &str) -> usize {
    text.chars().filter_map(|char| char.width()).sum()
}

/// Whether a character acts on what shows it, or hides.
///
/// C0 and C1 controls, marks of writing direction, line and paragraph separators,
/// and everything that Unicode says to ignore where it isn't understood.
pub fn is_hidden(char: char) -> bool {
    matches!(char,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}'..='\u{ffff}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Chooses between the coloured and the plain form of an emoji, nothing else; it
/// is common in chats, and not worth a symbol.
fn is_presentation(char: char) -> bool {
    matches!(char, '\u{fe0e}' | '\u{fe0f}')
}

/// What stands for a character that mustn't be shown.
fn symbol(char: char) -> Option<char> {
    match char {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(char)),
        '\u{7f}' => Some('\u{2421}'),
        _ => is_hidden(char).then_some(REPLACEMENT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_or_hides_is_shown() {
        let cases = [
            ("您好,请", "您好,请", 7),
            ("\u{1b}[31m红", "␛[31m红", 7),
            ("a\tb\r\nc\0", "a␉b␍␊c␀", 7),
            ("\u{7f}\u{9b}31m", "␡�31m", 5),
            ("\u{202e}倒\u{2066}", "�倒�", 4),
            ("零\u{200b}宽\u{feff}\u{2028}", "零�宽��", 7),
            ("☺\u{fe0f}好", "☺好", 3),
            ("\u{fe0f}好", "好", 2),
            ("e\u{301}", "e\u{301}", 1),
            ("\u{301}e", "◌\u{301}e", 2),
            (
                "e\u{301}\u{302}\u{303}\u{304}\u{305}f",
                "e\u{301}\u{302}�f",
                3,
            ),
            ("\u{e0041}\u{ad}", "��", 2),
            ("", "", 0),
        ];
        for (text, shown, width) in cases {
            let visible = Visible::new(text);
            assert_eq!(
                (visible.text.as_str(), visible.columns()),
                (shown, width),
                "{text:?}"
            );
            assert_eq!(columns(&visible.text), width, "{text:?}");
            assert!(!shown.chars().any(is_hidden), "{text:?}");
        }
    }

    #[test]
    fn cells_cover_both_texts_without_gaps() {
        for text in [
            "您好\u{301}\u{302}\u{303}x\u{1b}",
            "\u{fe0f}\u{301}👍🏽",
            "a\u{fe0f}\u{fe0f}",
        ] {
            let visible = Visible::new(text);
            let (mut source, mut shown) = (0, 0);
            for cell in &visible.cells {
                assert_eq!(
                    (cell.source.start, cell.shown.start),
                    (source, shown),
                    "{text:?}"
                );
                assert!(visible.text.get(cell.shown.clone()).is_some(), "{text:?}");
                assert!(text.get(cell.source.clone()).is_some(), "{text:?}");
                (source, shown) = (cell.source.end, cell.shown.end);
            }
            assert_eq!(
                (source, shown),
                (text.len(), visible.text.len()),
                "{text:?}"
            );
        }
    }
}
