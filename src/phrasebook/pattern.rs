//! Wordings made searchable.
//!
//! A wording falls into [`Node`]s: runs of adjacent pieces, and the gaps between
//! them. One run of each pattern is its anchor: the one that is met most seldom. What is found is, for each place where the anchor stands, the longest
//! stretch around it that the rest of the pattern allows.

use super::notation::{GAP, Piece};
use super::rarity::Rarity;
use super::run::{self, Run};

/// The most literals that adjacent pieces may stand for and still be one run. Between
/// two runs a comma may stand, within one it may not.
const MOST_LITERALS: usize = 96;
/// The most patterns that one wording may fall into.
const MOST_PATTERNS: usize = 256;

/// A step of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// One of the literals of a run.
    Run(Run),
    /// This, or nothing.
    Optional(Vec<Node>),
    /// One of these.
    OneOf(Vec<Vec<Node>>),
    /// Up to so many characters of anything.
    Gap(usize),
}

/// A searchable form of (part of) a wording.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The steps, in order.
    pub nodes: Vec<Node>,
    /// Which of them is the anchor; always [`Node::Run`].
    pub anchor: usize,
}

/// Why a wording can't be made searchable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternFault {
    /// Everything in it may be missing, or nothing is left after folding.
    Empty,
    /// It has more variants than are good for anybody.
    TooManyVariants,
}

impl Pattern {
    /// The fewest characters that the pattern's literals can match.
    pub fn shortest(&self) -> usize {
        shortest(&self.nodes)
    }

    /// Whether it has no gap and no choice of longer pieces in it.
    pub fn is_one_breath(&self) -> bool {
        matches!(self.nodes.as_slice(), [Node::Run(_)])
    }

    /// Adds all characters of its literals, in no order and possibly several times.
    pub(super) fn collect_letters(&self, letters: &mut Vec<char>) {
        collect_letters(&self.nodes, letters);
    }
}

/// Makes patterns of pieces in which no [`Piece::Named`] is left.
///
/// # Errors
/// If nothing is left to look for, or too much.
pub(super) fn compile(pieces: Vec<Piece>, rarity: &Rarity) -> Result<Vec<Pattern>, PatternFault> {
    let mut patterns = Vec::new();
    for sequence in distribute(pieces)? {
        let nodes = join(sequence)?;
        let anchor = nodes
            .iter()
            .enumerate()
            .filter_map(|(index, node)| match node {
                Node::Run(run) => Some((index, rarity.cost(run))),
                _ => None,
            })
            .min_by(|(_, one), (_, other)| one.total_cmp(other))
            .map(|(index, _)| index)
            .ok_or(PatternFault::Empty)?;
        patterns.push(Pattern { nodes, anchor });
    }
    Ok(patterns)
}

/// Pulls alternatives that aren't plain literals up to the top, so that each
/// resulting sequence has an anchor of its own.
fn distribute(pieces: Vec<Piece>) -> Result<Vec<Vec<Piece>>, PatternFault> {
    let mut sequences: Vec<Vec<Piece>> = vec![Vec::new()];
    for piece in pieces {
        let choices = match piece {
            Piece::OneOf(alternatives) if !alternatives.iter().flatten().all(run::is_plain) => {
                let mut plain = Vec::new();
                let mut choices = Vec::new();
                for alternative in alternatives {
                    if alternative.iter().all(run::is_plain) {
                        plain.push(alternative);
                    } else {
                        choices.extend(distribute(alternative)?);
                    }
                }
                if !plain.is_empty() {
                    choices.push(vec![Piece::OneOf(plain)]);
                }
                choices
            }
            piece => {
                if let Some((last, others)) = sequences.split_last_mut() {
                    for sequence in others {
                        sequence.push(piece.clone());
                    }
                    last.push(piece);
                }
                continue;
            }
        };
        if sequences.len() * choices.len() > MOST_PATTERNS {
            return Err(PatternFault::TooManyVariants);
        }
        sequences = sequences
            .iter()
            .flat_map(|sequence| {
                choices
                    .iter()
                    .map(move |choice| [sequence.as_slice(), choice.as_slice()].concat())
            })
            .collect();
    }
    Ok(sequences)
}

/// Joins adjacent plain pieces into runs.
fn join(pieces: Vec<Piece>) -> Result<Vec<Node>, PatternFault> {
    let mut nodes = Vec::new();
    let mut plain: Vec<Piece> = Vec::new();
    let mut variants = 1_usize;
    for piece in pieces {
        if run::is_plain(&piece) {
            let more = run::count(std::slice::from_ref(&piece));
            if more > MOST_LITERALS * 8 {
                return Err(PatternFault::TooManyVariants);
            }
            if !plain.is_empty() && variants * more > MOST_LITERALS {
                end_run(&mut plain, &mut nodes);
                variants = 1;
            }
            variants *= more;
            plain.push(piece);
            continue;
        }
        end_run(&mut plain, &mut nodes);
        variants = 1;
        match piece {
            Piece::Gap => nodes.push(Node::Gap(GAP)),
            Piece::Optional(inner) => nodes.push(Node::Optional(join(inner)?)),
            Piece::OneOf(alternatives) => nodes.push(Node::OneOf(
                alternatives
                    .into_iter()
                    .map(join)
                    .collect::<Result<_, _>>()?,
            )),
            Piece::Literal(_) | Piece::Named(_) => {}
        }
    }
    end_run(&mut plain, &mut nodes);
    Ok(nodes)
}

fn end_run(plain: &mut Vec<Piece>, nodes: &mut Vec<Node>) {
    let pieces = std::mem::take(plain);
    // What may be nothing can't be an anchor, and would hide one beside it.
    let may_be_missing = run::may_be_nothing(&pieces);
    let Some(run) = Run::new(pieces) else { return };
    nodes.push(match may_be_missing {
        true => Node::Optional(vec![Node::Run(run)]),
        false => Node::Run(run),
    });
}

fn shortest(nodes: &[Node]) -> usize {
    nodes
        .iter()
        .map(|node| match node {
            Node::Run(run) => run.shortest(),
            Node::OneOf(alternatives) => alternatives
                .iter()
                .map(|nodes| shortest(nodes))
                .min()
                .unwrap_or(0),
            Node::Optional(_) | Node::Gap(_) => 0,
        })
        .sum()
}

fn collect_letters(nodes: &[Node], letters: &mut Vec<char>) {
    for node in nodes {
        match node {
            Node::Run(run) => run::collect_letters(run.pieces(), letters),
            Node::Optional(inner) => collect_letters(inner, letters),
            Node::OneOf(alternatives) => {
                for alternative in alternatives {
                    collect_letters(alternative, letters);
                }
            }
            Node::Gap(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, PatternFault, compile};
    use crate::phrasebook::notation::parse;
    use crate::phrasebook::rarity::Rarity;
    use crate::text::{Folding, FoldingSpec};

    /// Each pattern as its runs' literals and gaps, and the place of its anchor.
    fn patterns(notation: &str) -> Result<Vec<(Vec<String>, usize)>, PatternFault> {
        let folding = Folding::new(&FoldingSpec::default());
        let pieces = parse(notation, &folding).expect("the notation is right");
        let write = |node: &Node| match node {
            Node::Run(run) => {
                let literals = run.literals().into_iter().map(String::from_iter);
                literals.collect::<Vec<String>>().join(" ")
            }
            Node::Gap(most) => format!("…{most}"),
            Node::Optional(_) => "[]".to_owned(),
            Node::OneOf(_) => "()".to_owned(),
        };
        let rarity = Rarity::of(["把把把把给您"].into_iter());
        let patterns = compile(pieces, &rarity)?.into_iter();
        Ok(patterns
            .map(|pattern| (pattern.nodes.iter().map(write).collect(), pattern.anchor))
            .collect())
    }

    #[test]
    fn joins_plain_pieces_into_runs() {
        type Case<'a> = (&'a str, &'a [(&'a [&'a str], usize)]);
        let cases: [Case; 5] = [
            (
                "请[您]稍(候|等)",
                &[(&["请您稍候 请您稍等 请稍候 请稍等"], 0)],
            ),
            ("把…给我", &[(&["把", "…8", "给我"], 2)]),
            (
                "(把…给|拿来)我看",
                &[(&["把", "…8", "给我看"], 2), (&["拿来我看"], 0)],
            ),
            ("[那]…办好", &[(&["[]", "…8", "办好"], 2)]),
            ("[(那|这)[个]]事", &[(&["事 这个事 这事 那个事 那事"], 0)]),
        ];
        for (notation, want) in cases {
            let want = want.iter().map(|(nodes, anchor)| {
                let nodes = nodes.iter().map(|&node| node.to_owned()).collect();
                (nodes, *anchor)
            });
            assert_eq!(patterns(notation), Ok(want.collect()), "{notation}");
        }
    }

    #[test]
    fn a_run_of_too_many_literals_is_parted() {
        let ten = "(一|二|三|四|五|六|七|八|九|十)";
        let got = patterns(&format!("{ten}{ten}元"));
        let parts = got.expect("it is bounded").remove(0).0.len();
        assert_eq!(parts, 2);
    }

    #[test]
    fn refuses_what_may_be_nothing() {
        assert_eq!(patterns("[您]…"), Err(PatternFault::Empty));
        assert_eq!(patterns(""), Err(PatternFault::Empty));
    }
}
