//! The rest of a wording, checked around its anchor: forward to its end and
//! backward to its beginning, then its conditions.

use crate::phrasebook::pattern::{Node, Pattern};
use crate::phrasebook::rules::{At, SentenceEnd, Wording};
use crate::text::{Break, Folded, is_word_edge};

/// A turn as the automaton saw it.
pub(super) struct TurnView<'a> {
    /// The folded characters, or their sounds.
    pub chars: &'a [char],
    /// The turn's breaks and characters.
    pub folded: &'a Folded,
}

/// Where the wording matches, if it does: the longest range around the anchor
/// that lies at `start..end`.
pub(super) fn verify(
    turn: &TurnView<'_>,
    wording: &Wording,
    pattern: &Pattern,
    start: usize,
    end: usize,
) -> Option<(usize, usize)> {
    if comma_within(turn.folded, start, end) {
        return None;
    }
    let after = &pattern.nodes[pattern.anchor + 1..];
    let before = &pattern.nodes[..pattern.anchor];
    let last = reach(turn, after, vec![end], Direction::Forward)
        .into_iter()
        .max()?;
    let first = reach(turn, before, vec![start], Direction::Backward)
        .into_iter()
        .min()?;
    let holds = !turn.folded.sentence_ends_within(first, last)
        && stands(turn.folded, wording.at, first, last)
        && ends(turn.folded, wording.ends, last)
        && (!wording.word_edges || at_word_edges(turn.folded, first, last));
    holds.then_some((first, last))
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Forward,
    Backward,
}

/// The places that the nodes can lead to from any of `from`.
fn reach(
    turn: &TurnView<'_>,
    nodes: &[Node],
    from: Vec<usize>,
    direction: Direction,
) -> Vec<usize> {
    let mut places = from;
    let mut step = |node: &Node| {
        let mut next = Vec::new();
        for place in &places {
            advance(turn, node, *place, direction, &mut next);
        }
        next.sort_unstable();
        next.dedup();
        places = std::mem::take(&mut next);
        !places.is_empty()
    };
    match direction {
        Direction::Forward => nodes.iter().all(&mut step),
        Direction::Backward => nodes.iter().rev().all(&mut step),
    };
    places
}

fn advance(
    turn: &TurnView<'_>,
    node: &Node,
    place: usize,
    direction: Direction,
    next: &mut Vec<usize>,
) {
    match node {
        Node::Literals(literals) => {
            for literal in literals {
                let range = match direction {
                    Direction::Forward => Some((place, place + literal.len())),
                    Direction::Backward => {
                        place.checked_sub(literal.len()).map(|start| (start, place))
                    }
                };
                if let Some((start, end)) = range
                    && turn.chars.get(start..end) == Some(literal.as_slice())
                    && !comma_within(turn.folded, start, end)
                {
                    next.push(if direction == Direction::Forward {
                        end
                    } else {
                        start
                    });
                }
            }
        }
        Node::Optional(inner) => {
            next.push(place);
            next.extend(reach(turn, inner, vec![place], direction));
        }
        Node::OneOf(alternatives) => {
            for alternative in alternatives {
                next.extend(reach(turn, alternative, vec![place], direction));
            }
        }
        Node::Gap(most) => match direction {
            Direction::Forward => next.extend(place..=(place + most).min(turn.chars.len())),
            Direction::Backward => next.extend(place.saturating_sub(*most)..=place),
        },
    }
}

/// A literal is one breath: a comma within it makes two things of it.
fn comma_within(folded: &Folded, start: usize, end: usize) -> bool {
    (start + 1..end).any(|at| folded.break_before(at) >= Break::Comma)
}

fn stands(folded: &Folded, at: At, start: usize, end: usize) -> bool {
    let turn_start = start == 0;
    let turn_end = end == folded.len();
    let segment_start = turn_start || folded.break_before(start) >= Break::Soft;
    let segment_end = turn_end || folded.break_before(end) >= Break::Soft;
    match at {
        At::Anywhere => true,
        At::TurnStart => turn_start,
        At::TurnEnd => turn_end,
        At::Turn => turn_start && turn_end,
        At::SegmentStart => segment_start,
        At::SegmentEnd => segment_end,
        At::Segment => segment_start && segment_end,
    }
}

/// The sentence's own end decides, however far behind the wording it lies.
fn ends(folded: &Folded, wanted: Option<SentenceEnd>, end: usize) -> bool {
    let Some(wanted) = wanted else { return true };
    let close = (end..=folded.len())
        .map(|at| folded.break_before(at))
        .find(|close| close.ends_sentence());
    let asks = close == Some(Break::Question);
    asks == (wanted == SentenceEnd::Question)
}

fn at_word_edges(folded: &Folded, start: usize, end: usize) -> bool {
    let (from, to) = folded.segment(start);
    let to = to.max(end);
    is_word_edge(&folded.chars()[from..to], start - from, end - from)
}
