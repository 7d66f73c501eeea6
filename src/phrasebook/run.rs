//! Runs: stretches of a wording without a gap, and what they can be said as.
//!
//! A run stands for a finite set of literals: `请[您]稍(候|等)` for 请稍候 请稍等
//! 请您稍候 请您稍等. The set is never written out here, since a phrasebook has runs
//! that stand for a hundred; what has to be known of it is worked out on the pieces.

use super::notation::Piece;

/// Adjacent pieces without a gap or a name in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pieces: Vec<Piece>,
    shortest: usize,
    count: usize,
}

impl Run {
    /// A run of plain pieces, if they can be anything but nothing.
    pub(super) fn new(pieces: Vec<Piece>) -> Option<Self> {
        let shortest = shortest_but_nothing(&pieces)?;
        Some(Self {
            shortest,
            count: count(&pieces),
            pieces,
        })
    }

    /// The pieces. What they say between them when all that may be missing is missing
    /// may be nothing; that is never meant.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The fewest characters that it can be said with; never 0.
    pub fn shortest(&self) -> usize {
        self.shortest
    }

    /// How many ways of saying it there are; ways that come out the same count each.
    pub fn count(&self) -> usize {
        self.count
    }

    /// All literals that it stands for, sorted, without the empty one.
    pub fn literals(&self) -> Vec<Vec<char>> {
        let mut all = product(&self.pieces);
        all.sort();
        all.dedup();
        all.retain(|literal| !literal.is_empty());
        all
    }
}

/// Whether a piece stands for a finite set of literals.
pub(super) fn is_plain(piece: &Piece) -> bool {
    match piece {
        Piece::Literal(_) => true,
        Piece::OneOf(alternatives) => alternatives.iter().flatten().all(is_plain),
        Piece::Optional(inner) => inner.iter().all(is_plain),
        Piece::Gap | Piece::Named(_) => false,
    }
}

/// How many ways of saying plain pieces there are; as good as infinite where the
/// number has no room.
pub(super) fn count(pieces: &[Piece]) -> usize {
    pieces.iter().fold(1, |all: usize, piece| {
        all.saturating_mul(match piece {
            Piece::OneOf(alternatives) => alternatives
                .iter()
                .fold(0, |sum: usize, pieces| sum.saturating_add(count(pieces))),
            Piece::Optional(inner) => count(inner).saturating_add(1),
            _ => 1,
        })
    })
}

/// Whether plain pieces can be said with nothing.
pub(super) fn may_be_nothing(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| match piece {
        Piece::Literal(chars) => chars.is_empty(),
        Piece::OneOf(alternatives) => alternatives.iter().any(|pieces| may_be_nothing(pieces)),
        Piece::Optional(_) | Piece::Gap => true,
        Piece::Named(_) => false,
    })
}

/// The fewest characters that plain pieces can be said with.
fn shortest(pieces: &[Piece]) -> usize {
    let of_piece = |piece: &Piece| match piece {
        Piece::Literal(chars) => chars.len(),
        Piece::OneOf(alternatives) => alternatives
            .iter()
            .map(|pieces| shortest(pieces))
            .min()
            .unwrap_or(0),
        _ => 0,
    };
    pieces.iter().map(of_piece).sum()
}

/// The same, but at least one; `None` where there is nothing to say.
fn shortest_but_nothing(pieces: &[Piece]) -> Option<usize> {
    match shortest(pieces) {
        0 => pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Literal(chars) => Some(chars.len()).filter(|&length| length > 0),
                Piece::OneOf(alternatives) => alternatives
                    .iter()
                    .filter_map(|pieces| shortest_but_nothing(pieces))
                    .min(),
                Piece::Optional(inner) => shortest_but_nothing(inner),
                Piece::Gap | Piece::Named(_) => None,
            })
            .min(),
        shortest => Some(shortest),
    }
}

/// Names the characters that plain pieces can begin with; whether they may be nothing.
pub fn first(pieces: &[Piece], name: &mut impl FnMut(char)) -> bool {
    pieces
        .iter()
        .all(|piece| edge(piece, name, first, |chars| chars.first()))
}

/// Names the characters that plain pieces can end with; whether they may be nothing.
pub fn last(pieces: &[Piece], name: &mut impl FnMut(char)) -> bool {
    let mut backwards = pieces.iter().rev();
    backwards.all(|piece| edge(piece, name, last, |chars| chars.last()))
}

fn edge<F: FnMut(char)>(
    piece: &Piece,
    name: &mut F,
    inner: fn(&[Piece], &mut F) -> bool,
    of: fn(&[char]) -> Option<&char>,
) -> bool {
    match piece {
        Piece::Literal(chars) => match of(chars) {
            Some(char) => {
                name(*char);
                false
            }
            None => true,
        },
        Piece::OneOf(alternatives) => {
            let nothings = alternatives.iter().filter(|one| inner(one, name));
            nothings.count() > 0
        }
        Piece::Optional(pieces) => {
            inner(pieces, name);
            true
        }
        Piece::Gap | Piece::Named(_) => true,
    }
}

/// Adds all characters of plain pieces, in no order.
pub(super) fn collect_letters(pieces: &[Piece], letters: &mut Vec<char>) {
    for piece in pieces {
        match piece {
            Piece::Literal(chars) => letters.extend(chars),
            Piece::OneOf(alternatives) => {
                for alternative in alternatives {
                    collect_letters(alternative, letters);
                }
            }
            Piece::Optional(inner) => collect_letters(inner, letters),
            Piece::Gap | Piece::Named(_) => {}
        }
    }
}

fn product(pieces: &[Piece]) -> Vec<Vec<char>> {
    pieces.iter().fold(vec![Vec::new()], |all, piece| {
        let more = match piece {
            Piece::Literal(chars) => vec![chars.clone()],
            Piece::OneOf(alternatives) => alternatives
                .iter()
                .flat_map(|alternative| product(alternative))
                .collect(),
            Piece::Optional(inner) => {
                let mut all = product(inner);
                all.push(Vec::new());
                all
            }
            Piece::Gap | Piece::Named(_) => Vec::new(),
        };
        all.iter()
            .flat_map(|start| more.iter().map(|end| [start.as_slice(), end].concat()))
            .collect()
    })
}
