//! Patterns with every run multiplied out into its literals.

use super::literals::{Literals, presence};
use crate::phrasebook::pattern::{self, Pattern};

/// A step of a pattern.
pub(super) enum Node {
    /// One of these literals.
    Literals(Literals),
    /// This, or nothing.
    Optional(Vec<Node>),
    /// One of these.
    OneOf(Vec<Vec<Node>>),
    /// Up to so many characters of anything.
    Gap(usize),
}

/// A pattern, multiplied out.
pub(super) struct Steps {
    /// The steps, in order.
    pub(super) nodes: Vec<Node>,
    /// Which of them is the anchor.
    pub(super) anchor: usize,
    /// For each other node of literals that must match: what [`presence`] is of the
    /// characters that it can begin with. A turn that has none of them can't match.
    pub(super) needs: Vec<u128>,
}

impl Steps {
    /// The pattern's steps, each character seen through `reading`.
    pub(super) fn new(pattern: &Pattern, reading: &impl Fn(char) -> char) -> Self {
        let nodes = multiply_out(&pattern.nodes, reading);
        let needs = nodes
            .iter()
            .enumerate()
            .filter(|(index, _)| *index != pattern.anchor)
            .filter_map(|(_, node)| match node {
                Node::Literals(literals) => {
                    let first = literals.all().iter().map(|literal| presence(literal[0]));
                    Some(first.fold(0, |all, bit| all | bit))
                }
                _ => None,
            })
            .collect();
        Self {
            nodes,
            anchor: pattern.anchor,
            needs,
        }
    }

    /// The literals of the anchor.
    pub(super) fn anchors(&self) -> &[Vec<char>] {
        match &self.nodes[self.anchor] {
            Node::Literals(literals) => literals.all(),
            _ => unreachable!("an anchor is a run"),
        }
    }
}

fn multiply_out(nodes: &[pattern::Node], reading: &impl Fn(char) -> char) -> Vec<Node> {
    nodes
        .iter()
        .map(|node| match node {
            pattern::Node::Run(run) => {
                let mut literals = run.literals();
                for char in literals.iter_mut().flatten() {
                    *char = reading(*char);
                }
                Node::Literals(Literals::new(literals))
            }
            pattern::Node::Optional(inner) => Node::Optional(multiply_out(inner, reading)),
            pattern::Node::OneOf(all) => Node::OneOf(
                all.iter()
                    .map(|nodes| multiply_out(nodes, reading))
                    .collect(),
            ),
            pattern::Node::Gap(most) => Node::Gap(*most),
        })
        .collect()
}
