//! The rest of a wording, checked around its anchor: forward to its end and
//! backward to its beginning, then its conditions.

use super::node::{Node, Steps};
use crate::phrasebook::rules::{At, SentenceEnd, Wording};
use crate::text::{Break, Folded, word_edges};

/// A turn as the automaton saw it.
pub(super) struct TurnView<'a> {
    /// The folded characters, or their sounds.
    pub chars: &'a [char],
    /// The turn's breaks and characters.
    pub folded: &'a Folded,
}

/// Where the wording matches, if it does: the longest range around the anchor at
/// `start..end` for which the wording's conditions hold.
pub(super) fn verify(
    turn: &TurnView<'_>,
    wording: &Wording,
    pattern: &Steps,
    start: usize,
    end: usize,
) -> Option<(usize, usize)> {
    if comma_within(turn.folded, start, end) {
        return None;
    }
    let after = &pattern.nodes[pattern.anchor + 1..];
    let before = &pattern.nodes[..pattern.anchor];
    let lasts = reach(turn, after, vec![end], Direction::Forward);
    let firsts = reach(turn, before, vec![start], Direction::Backward);
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for first in firsts {
        ranges.extend(lasts.iter().map(|last| (first, *last)));
    }
    ranges.sort_by_key(|(first, last)| std::cmp::Reverse(last - first));
    ranges.into_iter().find(|&(first, last)| {
        !turn.folded.sentence_ends_within(first, last)
            && stands(turn.folded, wording.at, first, last)
            && ends(turn.folded, wording.ends, last)
            && (!wording.word_edges || at_word_edges(turn.folded, first, last))
    })
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
            let mut check = |literal: &Vec<char>, start: usize, end: usize, reached: usize| {
                if turn.chars.get(start..end) == Some(literal.as_slice())
                    && !comma_within(turn.folded, start, end)
                {
                    next.push(reached);
                }
            };
            match direction {
                Direction::Forward => {
                    let Some(char) = turn.chars.get(place) else {
                        return;
                    };
                    for literal in literals.beginning_with(*char) {
                        let end = place + literal.len();
                        check(literal, place, end, end);
                    }
                }
                Direction::Backward => {
                    let Some(char) = place.checked_sub(1).and_then(|at| turn.chars.get(at)) else {
                        return;
                    };
                    for literal in literals.ending_with(*char) {
                        if let Some(start) = place.checked_sub(literal.len()) {
                            check(literal, start, place, start);
                        }
                    }
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
        // A gap may begin or end where a sentence does, but not reach across.
        Node::Gap(most) => match direction {
            Direction::Forward => {
                let farthest = (place + most).min(turn.chars.len());
                let stop =
                    (place + 1..farthest).find(|&at| turn.folded.break_before(at).ends_sentence());
                next.extend(place..=stop.unwrap_or(farthest));
            }
            Direction::Backward => {
                let farthest = place.saturating_sub(*most);
                let stop = (farthest + 1..place)
                    .rev()
                    .find(|&at| turn.folded.break_before(at).ends_sentence());
                next.extend(stop.unwrap_or(farthest)..=place);
            }
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
    let edges = word_edges(&folded.chars()[from..to]);
    edges.contains(&(start - from)) && edges.contains(&(end - from))
}
