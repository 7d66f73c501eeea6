//! The notation of a wording, small enough for a trainer to learn in a minute:
//!
//! ```text
//! (a|b)   one of            请(您|你)稍(候|等)
//! [x]     may be missing    [麻烦]您坐一下
//! …       up to 8 characters of anything, within the sentence
//! <name>  a list of the lexicon, or any wording of another act
//! ```
//!
//! [`parse`] reads it into [`Piece`]s; [`super::pattern`] makes them searchable.

use crate::text::{Folded, Folding};
use std::ops::Range;

/// The longest gap that `…` stands for, in characters.
pub const GAP: usize = 8;
/// The longest wording, in characters of its notation. A long repetitive wording
/// would take long to make ready, and nobody says it that way twice.
pub const LONGEST: usize = 200;
/// How deep brackets may stand in brackets.
const DEEPEST: usize = 8;

/// One piece of a wording.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// These characters, folded.
    Literal(Vec<char>),
    /// One of these.
    OneOf(Vec<Vec<Piece>>),
    /// This, or nothing.
    Optional(Vec<Piece>),
    /// Up to [`GAP`] characters of anything.
    Gap,
    /// A lexicon list or an act, by name.
    Named(String),
}

/// What is wrong with a wording, and where in it (bytes of the notation).
#[derive(Clone, Debug, PartialEq)]
pub struct NotationFault {
    /// What is wrong.
    pub kind: NotationFaultKind,
    /// Where.
    pub at: Range<usize>,
}

/// The ways in which a wording can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotationFaultKind {
    /// A bracket that nothing closes.
    Unclosed,
    /// A closing bracket or `|` that belongs to nothing.
    Stray,
    /// Brackets with nothing in them, or an alternative that is empty.
    Empty,
    /// Brackets in brackets in brackets …
    TooDeep,
    /// Longer than [`LONGEST`].
    TooLong,
}

impl NotationFaultKind {
    /// The stable code of the fault.
    pub fn code(self) -> &'static str {
        match self {
            NotationFaultKind::Unclosed => "unclosed-bracket",
            NotationFaultKind::Stray => "stray-bracket",
            NotationFaultKind::Empty => "empty-brackets",
            NotationFaultKind::TooDeep => "brackets-too-deep",
            NotationFaultKind::TooLong => "wording-too-long",
        }
    }
}

/// Reads a wording. Its literal pieces are folded by `folding`, as turns are.
///
/// # Errors
/// The first fault of the notation.
pub fn parse(notation: &str, folding: &Folding) -> Result<Vec<Piece>, NotationFault> {
    if notation.chars().count() > LONGEST {
        return Err(NotationFault {
            kind: NotationFaultKind::TooLong,
            at: 0..notation.len(),
        });
    }
    let mut parser = Parser {
        notation,
        at: 0,
        folding,
        folded: Folded::default(),
        work: Folded::default(),
    };
    let pieces = parser.sequence(0)?;
    match parser.peek() {
        None => Ok(pieces),
        Some(_) => Err(parser.fault(NotationFaultKind::Stray, parser.at, parser.at + 1)),
    }
}

struct Parser<'a> {
    notation: &'a str,
    at: usize,
    folding: &'a Folding,
    folded: Folded,
    work: Folded,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.notation[self.at..].chars().next()
    }

    fn fault(&self, kind: NotationFaultKind, start: usize, end: usize) -> NotationFault {
        NotationFault {
            kind,
            at: start..end.min(self.notation.len()),
        }
    }

    fn sequence(&mut self, depth: usize) -> Result<Vec<Piece>, NotationFault> {
        if depth > DEEPEST {
            return Err(self.fault(NotationFaultKind::TooDeep, self.at, self.at + 1));
        }
        let mut pieces = Vec::new();
        let mut literal = self.at;
        while let Some(char) = self.peek() {
            if !matches!(char, '(' | ')' | '[' | ']' | '|' | '<' | '>' | '…') {
                self.at += char.len_utf8();
                continue;
            }
            self.end_literal(literal, &mut pieces);
            let open = self.at;
            match char {
                '(' => pieces.push(self.one_of(depth)?),
                '[' => {
                    self.at += 1;
                    let inner = self.sequence(depth + 1)?;
                    self.close(']', open)?;
                    if inner.is_empty() {
                        return Err(self.fault(NotationFaultKind::Empty, open, self.at));
                    }
                    pieces.push(Piece::Optional(inner));
                }
                '<' => pieces.push(self.named()?),
                '…' => {
                    self.at += char.len_utf8();
                    pieces.push(Piece::Gap);
                }
                '>' => return Err(self.fault(NotationFaultKind::Stray, open, open + 1)),
                _ => return Ok(pieces),
            }
            literal = self.at;
        }
        self.end_literal(literal, &mut pieces);
        Ok(pieces)
    }

    fn one_of(&mut self, depth: usize) -> Result<Piece, NotationFault> {
        let open = self.at;
        let mut alternatives = Vec::new();
        loop {
            self.at += 1;
            let alternative = self.sequence(depth + 1)?;
            if alternative.is_empty() {
                return Err(self.fault(NotationFaultKind::Empty, open, self.at + 1));
            }
            alternatives.push(alternative);
            if self.peek() != Some('|') {
                break;
            }
        }
        self.close(')', open)?;
        Ok(Piece::OneOf(alternatives))
    }

    fn named(&mut self) -> Result<Piece, NotationFault> {
        let open = self.at;
        let Some(length) = self.notation[open..].find('>') else {
            return Err(self.fault(NotationFaultKind::Unclosed, open, open + 1));
        };
        self.at = open + length + 1;
        let name = &self.notation[open + 1..open + length];
        if name.is_empty() {
            return Err(self.fault(NotationFaultKind::Empty, open, self.at));
        }
        Ok(Piece::Named(name.to_owned()))
    }

    fn close(&mut self, bracket: char, open: usize) -> Result<(), NotationFault> {
        if self.peek() != Some(bracket) {
            return Err(self.fault(NotationFaultKind::Unclosed, open, open + 1));
        }
        self.at += bracket.len_utf8();
        Ok(())
    }

    fn end_literal(&mut self, start: usize, pieces: &mut Vec<Piece>) {
        let literal = &self.notation[start..self.at];
        if literal.is_empty() {
            return;
        }
        // Nearly all characters of wordings are read as they are.
        let plain = literal.chars().map(|char| self.folding.plain(char));
        if let Some(chars) = plain.collect() {
            pieces.push(Piece::Literal(chars));
            return;
        }
        self.folding
            .fold_into(literal, &mut self.folded, &mut self.work);
        if !self.folded.is_empty() {
            pieces.push(Piece::Literal(self.folded.chars().to_vec()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NotationFaultKind, Piece, parse};
    use crate::text::{Folding, FoldingSpec};

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.chars().collect())
    }

    #[test]
    fn reads_each_sign() {
        let folding = Folding::new(&FoldingSpec::default());
        let cases = [
            ("请稍候", vec![literal("请稍候")]),
            (
                "請(您|你)等",
                vec![
                    literal("请"),
                    Piece::OneOf(vec![vec![literal("您")], vec![literal("你")]]),
                    literal("等"),
                ],
            ),
            (
                "[麻烦]坐",
                vec![Piece::Optional(vec![literal("麻烦")]), literal("坐")],
            ),
            (
                "把…给<me>",
                vec![
                    literal("把"),
                    Piece::Gap,
                    literal("给"),
                    Piece::Named("me".into()),
                ],
            ),
        ];
        for (notation, want) in cases {
            assert_eq!(parse(notation, &folding), Ok(want), "{notation}");
        }
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        let folding = Folding::new(&FoldingSpec::default());
        let long = "好".repeat(201);
        let cases = [
            ("请(您", NotationFaultKind::Unclosed, 3..4),
            ("请您)", NotationFaultKind::Stray, 6..7),
            ("a|b", NotationFaultKind::Stray, 1..2),
            ("()", NotationFaultKind::Empty, 0..2),
            ("(a|)", NotationFaultKind::Empty, 0..4),
            ("<a", NotationFaultKind::Unclosed, 0..1),
            ("a>", NotationFaultKind::Stray, 1..2),
            ("[[[[[[[[[a]]]]]]]]]", NotationFaultKind::TooDeep, 9..10),
            (&long, NotationFaultKind::TooLong, 0..603),
        ];
        for (notation, kind, at) in cases {
            let fault = parse(notation, &folding).expect_err("it is wrong");
            assert_eq!((fault.kind, fault.at), (kind, at), "{notation}");
        }
    }
}
