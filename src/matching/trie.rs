//! The literals of all anchors, character by character.
//!
//! A turn is short, so the trie is simply walked from each of its places; most walks
//! end at the second character. What the links of an automaton would save there is
//! less than what they cost to make, and a trie is made in the time in which one
//! conversation is read.

use super::alphabet::Letter;
use crate::phrasebook::notation::Piece;
use crate::phrasebook::said::ALONE;

/// The number of a place in the trie; 0 is the root.
type Spot = u32;

/// Literals and what each of them calls for.
#[derive(Debug, Default)]
pub(super) struct Trie {
    /// By letter, where the root leads to; 0 where it leads nowhere.
    root: Vec<Spot>,
    /// Open addressing; an edge that leads to the root is a free slot.
    edges: Vec<Edge>,
    taken: usize,
    /// The highest number of a spot.
    spots: Spot,
    /// Ends of literals and what they call for; sorted when the trie is complete.
    ends: Vec<(Spot, u32)>,
    /// By spot, where its calls begin in `ends`; one more than there are spots.
    calls: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Edge {
    from: Spot,
    to: Spot,
    letter: Letter,
}

/// What is left to be read of a run.
struct Rest<'a> {
    pieces: &'a [Piece],
    behind: Option<&'a Rest<'a>>,
}

impl Trie {
    /// Adds all literals that plain pieces stand for, each to call for `program`;
    /// whether there were any. `number` tells the letter of a character behind another,
    /// or that it can't stand there.
    pub(super) fn add(
        &mut self,
        pieces: &[Piece],
        program: u32,
        number: &mut impl FnMut(char, char) -> Option<Letter>,
    ) -> bool {
        let known = self.ends.len();
        let rest = Rest {
            pieces,
            behind: None,
        };
        self.add_from((0, ALONE), &rest, program, number);
        self.ends.len() > known
    }

    fn add_from(
        &mut self,
        (mut spot, mut last): (Spot, char),
        rest: &Rest<'_>,
        program: u32,
        number: &mut impl FnMut(char, char) -> Option<Letter>,
    ) {
        let Some((piece, pieces)) = rest.pieces.split_first() else {
            match rest.behind {
                Some(behind) => self.add_from((spot, last), behind, program, number),
                None if spot > 0 => self.ends.push((spot, program)),
                None => {}
            }
            return;
        };
        let behind = Rest {
            pieces,
            behind: rest.behind,
        };
        let inner = |pieces| Rest {
            pieces,
            behind: Some(&behind),
        };
        match piece {
            Piece::Literal(chars) => {
                for char in chars {
                    let Some(letter) = number(last, *char) else {
                        return;
                    };
                    spot = self.grow(spot, letter);
                    last = *char;
                }
                self.add_from((spot, last), &behind, program, number);
            }
            Piece::OneOf(alternatives) => {
                for alternative in alternatives {
                    self.add_from((spot, last), &inner(alternative), program, number);
                }
            }
            Piece::Optional(pieces) => {
                self.add_from((spot, last), &inner(pieces), program, number);
                self.add_from((spot, last), &behind, program, number);
            }
            // Plain pieces have neither.
            Piece::Gap | Piece::Named(_) => {}
        }
    }

    /// Where `letter` leads from a spot, new if it led nowhere yet.
    fn grow(&mut self, from: Spot, letter: Letter) -> Spot {
        if from == 0 {
            let index = usize::from(letter);
            if self.root.len() <= index {
                self.root.resize(index + 1, 0);
            }
            if self.root[index] == 0 {
                self.spots += 1;
                self.root[index] = self.spots;
            }
            return self.root[index];
        }
        if 2 * self.taken >= self.edges.len() {
            self.widen();
        }
        let slot = self.slot(from, letter);
        if self.edges[slot].to == 0 {
            self.spots += 1;
            self.taken += 1;
            self.edges[slot] = Edge {
                from,
                to: self.spots,
                letter,
            };
        }
        self.edges[slot].to
    }

    fn widen(&mut self) {
        let wider = vec![Edge::default(); (2 * self.edges.len()).max(1 << 10)];
        let edges = std::mem::replace(&mut self.edges, wider);
        for edge in edges.into_iter().filter(|edge| edge.to != 0) {
            let slot = self.slot(edge.from, edge.letter);
            self.edges[slot] = edge;
        }
    }

    /// Puts the calls in order; nothing can be added any more.
    pub(super) fn complete(&mut self, letters: usize) {
        self.root.resize(letters, 0);
        if self.edges.is_empty() {
            self.widen();
        }
        self.ends.sort_unstable();
        self.ends.dedup();
        let mut calls = vec![0; self.spots as usize + 2];
        for (spot, _) in &self.ends {
            calls[*spot as usize + 1] += 1;
        }
        for spot in 1..calls.len() {
            calls[spot] += calls[spot - 1];
        }
        self.calls = calls;
    }

    /// Where a letter leads from the root.
    pub(super) fn begin(&self, letter: Letter) -> Option<Spot> {
        Some(self.root[usize::from(letter)]).filter(|&spot| spot > 0)
    }

    /// Where a letter leads from a spot.
    pub(super) fn step(&self, from: Spot, letter: Letter) -> Option<Spot> {
        Some(self.edges[self.slot(from, letter)].to).filter(|&spot| spot > 0)
    }

    /// The programs that the literal which ends at a spot calls for.
    pub(super) fn calls(&self, spot: Spot) -> impl Iterator<Item = u32> {
        let [from, to] = [spot, spot + 1].map(|spot| self.calls[spot as usize] as usize);
        self.ends[from..to].iter().map(|(_, program)| *program)
    }

    /// The slot of an edge, or the free one where it would stand.
    fn slot(&self, from: Spot, letter: Letter) -> usize {
        let last = self.edges.len() - 1;
        let hash = (u64::from(from) << 16 | u64::from(letter)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut slot = (hash >> 32) as usize & last;
        loop {
            let edge = &self.edges[slot];
            if edge.to == 0 || (edge.from == from && edge.letter == letter) {
                return slot;
            }
            slot = (slot + 1) & last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Trie;
    use crate::phrasebook::notation::parse;
    use crate::text::{Folding, FoldingSpec};

    #[test]
    fn leads_to_what_each_literal_calls_for() {
        let folding = Folding::new(&FoldingSpec::default());
        let mut trie = Trie::default();
        let mut number = |char: char| (char as u32 % 1000) as u16 + 1;
        for (program, notation) in ["请[您]稍(候|等)", "稍等", "请稍[稍]等", "[您]"]
            .iter()
            .enumerate()
        {
            let pieces = parse(notation, &folding).expect("the notation is right");
            trie.add(&pieces, program as u32, &mut |_, char| Some(number(char)));
        }
        trie.complete(1001);
        let mut calls = |text: &str| {
            let mut letters = text.chars().map(&mut number);
            let first = letters.next().and_then(|letter| trie.begin(letter));
            let spot = letters.fold(first, |spot, letter| trie.step(spot?, letter));
            spot.map(|spot| trie.calls(spot).collect::<Vec<_>>())
        };
        let cases: [(&str, Option<&[u32]>); 8] = [
            ("请稍等", Some(&[0, 2])),
            ("请您稍候", Some(&[0])),
            ("请稍稍等", Some(&[2])),
            ("稍等", Some(&[1])),
            ("您", Some(&[3])),
            ("请您", Some(&[])),
            ("等", None),
            ("请等", None),
        ];
        for (text, want) in cases {
            assert_eq!(calls(text).as_deref(), want, "{text}");
        }
    }
}
