//! Patterns written as programs.

use super::alphabet::Letter;
use super::program::{Code, Direction, Op, Switch};
use crate::phrasebook::notation::Piece;
use crate::phrasebook::pattern::Node;
use crate::phrasebook::run;
use std::collections::BTreeMap;

/// From so many alternatives on they are told apart by their first characters instead
/// of being tried one by one.
const MANY: usize = 4;

/// Writes programs, letters numbered by `number`.
pub(super) struct Writer<'a, F> {
    pub(super) code: &'a mut Code,
    pub(super) direction: Direction,
    pub(super) number: F,
}

impl<F: FnMut(char) -> Letter> Writer<'_, F> {
    pub(super) fn nodes(&mut self, nodes: &[Node]) {
        for node in self.ordered(nodes) {
            match node {
                Node::Run(run) => {
                    self.pieces(run.pieces());
                    self.code.ops.push(Op::EndRun);
                }
                Node::Gap(most) => self.code.ops.push(Op::Gap(*most as u16)),
                Node::Optional(inner) => self.maybe(|it| it.nodes(inner)),
                Node::OneOf(all) => self.one_of(all.iter(), |it, one| it.nodes(one)),
            }
        }
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in self.ordered(pieces) {
            match piece {
                Piece::Literal(chars) => {
                    for char in self.ordered(chars) {
                        let letter = (self.number)(*char);
                        self.code.ops.push(Op::Letter(letter));
                    }
                }
                Piece::OneOf(all) if all.len() >= MANY => self.one_of_many(all),
                Piece::OneOf(all) => self.one_of(all.iter(), |it, one| it.pieces(one)),
                Piece::Optional(inner) => self.maybe(|it| it.pieces(inner)),
                // A run has neither.
                Piece::Gap | Piece::Named(_) => {}
            }
        }
    }

    /// The items in the order in which a program meets them.
    fn ordered<'i, T>(&self, items: &'i [T]) -> impl Iterator<Item = &'i T> + use<'i, T, F> {
        let last = items.len().wrapping_sub(1);
        let backward = self.direction == Direction::Backward;
        (0..items.len()).map(move |index| &items[if backward { last - index } else { index }])
    }

    fn maybe(&mut self, write: impl FnOnce(&mut Self)) {
        let opened = self.push(Op::Maybe(0));
        write(self);
        self.code.ops[opened] = Op::Maybe(self.since(opened));
        self.push(Op::Close);
    }

    fn one_of<T>(&mut self, all: impl Iterator<Item = T>, write: impl Fn(&mut Self, T)) {
        let mut opened: Option<usize> = None;
        for one in all {
            opened = Some(match opened {
                None => self.push(Op::Open(0)),
                Some(opened) => {
                    self.lead_here(opened);
                    self.push(Op::Alternative(0))
                }
            });
            write(self, one);
        }
        if let Some(opened) = opened {
            self.lead_here(opened);
            self.push(Op::Close);
        }
    }

    /// Alternatives by their first characters; those that may begin with many, or be
    /// nothing, are tried one by one beside.
    fn one_of_many(&mut self, all: &[Vec<Piece>]) {
        let mut by_first: BTreeMap<Letter, Vec<&Vec<Piece>>> = BTreeMap::new();
        let mut others = Vec::new();
        for alternative in all {
            let mut firsts = Vec::new();
            let mut name = |char| firsts.push((self.number)(char));
            let may_be_nothing = match self.direction {
                Direction::Forward => run::first(alternative, &mut name),
                Direction::Backward => run::last(alternative, &mut name),
            };
            if may_be_nothing || firsts.len() > MANY {
                others.push(alternative);
                continue;
            }
            firsts.sort_unstable();
            firsts.dedup();
            for first in firsts {
                by_first.entry(first).or_default().push(alternative);
            }
        }
        match others.is_empty() {
            true => self.switch(&by_first),
            false => {
                let branches = std::iter::once(None).chain(others.into_iter().map(Some));
                self.one_of(branches, |it, one| match one {
                    None => it.switch(&by_first),
                    Some(one) => it.pieces(one),
                });
            }
        }
    }

    fn switch(&mut self, by_first: &BTreeMap<Letter, Vec<&Vec<Piece>>>) {
        let row = self.code.switches.len();
        self.code.switches.push(Switch::default());
        let opened = self.push(Op::Switch(row as u32));
        let mut branches = Vec::with_capacity(by_first.len());
        for (first, all) in by_first {
            branches.push((*first, self.since(opened)));
            match all.as_slice() {
                [one] => self.pieces(one),
                all => self.one_of(all.iter(), |it, one| it.pieces(one)),
            }
            self.push(Op::Join);
        }
        self.code.switches[row] = Switch::new(branches, self.since(opened));
        self.push(Op::Close);
    }

    fn push(&mut self, op: Op) -> usize {
        self.code.ops.push(op);
        self.code.ops.len() - 1
    }

    /// How many instructions were written from `opened` on.
    fn since(&self, opened: usize) -> u32 {
        (self.code.ops.len() - opened) as u32
    }

    fn lead_here(&mut self, opened: usize) {
        let distance = self.since(opened);
        if let Op::Open(to) | Op::Alternative(to) = &mut self.code.ops[opened] {
            *to = distance;
        }
    }
}
