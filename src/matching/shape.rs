//! Where a turn pauses, and what a wording may ask of that.

use super::places::Places;
use crate::phrasebook::rules::{At, SentenceEnd, Wording};
use crate::text::{Break, Folded, word_edges};

/// What a wording asks of the place where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    at: At,
    ends: Option<SentenceEnd>,
    word_edges: bool,
}

impl Terms {
    pub(super) fn of(wording: &Wording) -> Self {
        Self {
            at: wording.at,
            ends: wording.ends,
            word_edges: wording.word_edges,
        }
    }
}

/// The breaks of a turn as sets of places, and what is worked out only if a wording
/// asks for it.
pub(super) struct Shape<'a, const N: usize> {
    pub(super) folded: &'a Folded,
    /// The places without a comma or a stronger break before them.
    pub(super) in_breath: Places<N>,
    /// The places before which a sentence ends.
    pub(super) sentence_ends: Places<N>,
    /// The places before which there is any pause, and the turn's beginning and end.
    pauses: Places<N>,
    /// All places.
    pub(super) all: Places<N>,
    /// The edges of words, by segment, as far as somebody asked.
    edges: Vec<(usize, usize, Places<N>)>,
}

impl<'a, const N: usize> Shape<'a, N> {
    pub(super) fn new(folded: &'a Folded) -> Self {
        let all = Places::from_to(0, folded.len());
        let mut shape = Self {
            folded,
            in_breath: all,
            sentence_ends: Places::NONE,
            pauses: Places::only(0).or(Places::only(folded.len())),
            all,
            edges: Vec::new(),
        };
        for place in 0..=folded.len() {
            let before = folded.break_before(place);
            if before == Break::None {
                continue;
            }
            shape.pauses.insert(place);
            if before >= Break::Comma {
                shape.in_breath = shape.in_breath.and_not(Places::only(place));
            }
            if before.ends_sentence() {
                shape.sentence_ends.insert(place);
            }
        }
        shape
    }

    /// Whether a wording may stand from `first` to `last`, as far as the turn's breaks
    /// and words go.
    pub(super) fn allows(&mut self, terms: &Terms, first: usize, last: usize) -> bool {
        !self.sentence_ends.has_within(first, last)
            && self.stands(terms.at, first, last)
            && self.ends(terms.ends, last)
            && (!terms.word_edges || self.at_word_edges(first, last))
    }

    fn stands(&self, at: At, first: usize, last: usize) -> bool {
        let turn_end = self.folded.len();
        match at {
            At::Anywhere => true,
            At::TurnStart => first == 0,
            At::TurnEnd => last == turn_end,
            At::Turn => first == 0 && last == turn_end,
            At::SegmentStart => self.pauses.contains(first),
            At::SegmentEnd => self.pauses.contains(last),
            At::Segment => self.pauses.contains(first) && self.pauses.contains(last),
        }
    }

    /// The sentence's own end decides, however far behind the wording it lies.
    fn ends(&self, wanted: Option<SentenceEnd>, last: usize) -> bool {
        let Some(wanted) = wanted else { return true };
        let close = self.sentence_ends.iter().find(|&place| place >= last);
        let asks = close.is_some_and(|place| self.folded.break_before(place) == Break::Question);
        asks == (wanted == SentenceEnd::Question)
    }

    fn at_word_edges(&mut self, first: usize, last: usize) -> bool {
        let (from, to) = self.folded.segment(first);
        let to = to.max(last);
        let known = self
            .edges
            .iter()
            .find(|(start, end, _)| (*start, *end) == (from, to));
        let edges = match known {
            Some((_, _, edges)) => *edges,
            None => {
                let mut edges = Places::only(from);
                for edge in word_edges(&self.folded.chars()[from..to]) {
                    edges.insert(from + edge);
                }
                self.edges.push((from, to, edges));
                edges
            }
        };
        edges.contains(first) && edges.contains(last)
    }
}
