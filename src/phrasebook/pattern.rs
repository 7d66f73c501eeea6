//! Wordings made searchable.
//!
//! A wording's pieces are brought into a short list of [`Node`]s in which every
//! run of plain alternatives is multiplied out: `请[您]稍(候|等)` becomes the four
//! literals 请稍候 请稍等 请您稍候 请您稍等. One node of each pattern is its anchor:
//! the one whose shortest literal is longest. The automaton looks for anchors
//! alone; the rest is checked around them.

use super::literals::{Literals, presence};
use super::notation::{GAP, Piece};
use crate::text::Sounds;

/// The most literals that one run is multiplied out to.
const MOST_LITERALS: usize = 96;
/// The most patterns that one wording may fall into.
const MOST_PATTERNS: usize = 256;

/// A step of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// One of these literals.
    Literals(Literals),
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
    /// Which of them is the anchor; always [`Node::Literals`].
    pub anchor: usize,
    /// For each other node of literals that must match: what [`presence`] is of the
    /// characters that it can begin with. A turn that has none of them can't match.
    pub required: Vec<u128>,
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

    /// The literals of the anchor.
    pub fn anchors(&self) -> &[Vec<char>] {
        match &self.nodes[self.anchor] {
            Node::Literals(literals) => literals.all(),
            _ => unreachable!("an anchor is a node of literals"),
        }
    }

    /// Whether it has no gap and no choice of longer pieces in it.
    pub fn is_one_breath(&self) -> bool {
        matches!(self.nodes.as_slice(), [Node::Literals(_)])
    }

    /// All characters of its literals.
    pub fn letters(&self) -> Vec<char> {
        let mut letters = Vec::new();
        collect_letters(&self.nodes, &mut letters);
        letters
    }

    /// The same pattern over sounds.
    pub fn sounded(&self, sounds: &Sounds) -> Pattern {
        Pattern::new(sound_nodes(&self.nodes, sounds), self.anchor)
    }

    fn new(nodes: Vec<Node>, anchor: usize) -> Self {
        let required = nodes
            .iter()
            .enumerate()
            .filter(|(index, _)| *index != anchor)
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
            anchor,
            required,
        }
    }
}

/// Makes patterns of pieces in which no [`Piece::Named`] is left.
///
/// # Errors
/// If nothing is left to look for, or too much.
pub fn compile(pieces: &[Piece]) -> Result<Vec<Pattern>, PatternFault> {
    let mut patterns = Vec::new();
    for sequence in distribute(pieces)? {
        let nodes = multiply_out(&sequence)?;
        let anchor = nodes
            .iter()
            .enumerate()
            .filter_map(|(index, node)| match node {
                Node::Literals(literals) => {
                    Some((index, literals.shortest(), literals.all().len()))
                }
                _ => None,
            })
            .max_by_key(|(_, shortest, count)| (*shortest, std::cmp::Reverse(*count)))
            .map(|(index, _, _)| index)
            .ok_or(PatternFault::Empty)?;
        patterns.push(Pattern::new(nodes, anchor));
    }
    Ok(patterns)
}

/// Pulls alternatives that aren't plain literals up to the top, so that each
/// resulting sequence has an anchor of its own.
fn distribute(pieces: &[Piece]) -> Result<Vec<Vec<Piece>>, PatternFault> {
    let mut sequences: Vec<Vec<Piece>> = vec![Vec::new()];
    for piece in pieces {
        let choices: Vec<Vec<Piece>> = match piece {
            Piece::OneOf(alternatives) if !is_plain(piece) => {
                let mut plain = Vec::new();
                let mut choices = Vec::new();
                for alternative in alternatives {
                    if alternative.iter().all(is_plain) {
                        plain.push(alternative.clone());
                    } else {
                        choices.extend(distribute(alternative)?);
                    }
                }
                if !plain.is_empty() {
                    choices.push(vec![Piece::OneOf(plain)]);
                }
                choices
            }
            _ => vec![vec![piece.clone()]],
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

/// Whether a piece stands for a finite set of literals.
fn is_plain(piece: &Piece) -> bool {
    match piece {
        Piece::Literal(_) => true,
        Piece::OneOf(alternatives) => alternatives.iter().flatten().all(is_plain),
        Piece::Optional(inner) => inner.iter().all(is_plain),
        Piece::Gap | Piece::Named(_) => false,
    }
}

/// The literals that a plain piece stands for.
fn literals(piece: &Piece) -> Vec<Vec<char>> {
    match piece {
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
    }
}

fn product(pieces: &[Piece]) -> Vec<Vec<char>> {
    pieces
        .iter()
        .fold(vec![Vec::new()], |all, piece| cross(&all, &literals(piece)))
}

fn cross(left: &[Vec<char>], right: &[Vec<char>]) -> Vec<Vec<char>> {
    left.iter()
        .flat_map(|start| {
            right
                .iter()
                .map(move |end| [start.as_slice(), end.as_slice()].concat())
        })
        .collect()
}

fn multiply_out(pieces: &[Piece]) -> Result<Vec<Node>, PatternFault> {
    let mut nodes = Vec::new();
    let mut run: Vec<Vec<char>> = Vec::new();
    for piece in pieces {
        if is_plain(piece) {
            let more = literals(piece);
            if more.len() > MOST_LITERALS * 8 {
                return Err(PatternFault::TooManyVariants);
            }
            if run.is_empty() {
                run = more;
            } else if run.len() * more.len() <= MOST_LITERALS {
                run = cross(&run, &more);
            } else {
                end_run(&mut run, &mut nodes);
                run = more;
            }
            continue;
        }
        end_run(&mut run, &mut nodes);
        match piece {
            Piece::Gap => nodes.push(Node::Gap(GAP)),
            Piece::Optional(inner) => nodes.push(Node::Optional(multiply_out(inner)?)),
            Piece::OneOf(alternatives) => nodes.push(Node::OneOf(
                alternatives
                    .iter()
                    .map(|alternative| multiply_out(alternative))
                    .collect::<Result<_, _>>()?,
            )),
            Piece::Literal(_) | Piece::Named(_) => {}
        }
    }
    end_run(&mut run, &mut nodes);
    Ok(nodes)
}

fn end_run(run: &mut Vec<Vec<char>>, nodes: &mut Vec<Node>) {
    let mut literals = std::mem::take(run);
    literals.sort();
    literals.dedup();
    if literals.is_empty() {
        return;
    }
    // What may be nothing can't be an anchor, and would hide one beside it.
    if literals[0].is_empty() {
        literals.remove(0);
        if !literals.is_empty() {
            let node = Node::Literals(Literals::new(literals));
            nodes.push(Node::Optional(vec![node]));
        }
        return;
    }
    nodes.push(Node::Literals(Literals::new(literals)));
}

fn shortest(nodes: &[Node]) -> usize {
    nodes
        .iter()
        .map(|node| match node {
            Node::Literals(literals) => literals.shortest(),
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
            Node::Literals(literals) => letters.extend(literals.all().iter().flatten()),
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

fn sound_nodes(nodes: &[Node], sounds: &Sounds) -> Vec<Node> {
    nodes
        .iter()
        .map(|node| match node {
            Node::Literals(literals) => {
                let sounded = literals
                    .all()
                    .iter()
                    .map(|literal| literal.iter().map(|char| sounds.of(*char)).collect());
                Node::Literals(Literals::new(sounded.collect()))
            }
            Node::Optional(inner) => Node::Optional(sound_nodes(inner, sounds)),
            Node::OneOf(alternatives) => Node::OneOf(
                alternatives
                    .iter()
                    .map(|nodes| sound_nodes(nodes, sounds))
                    .collect(),
            ),
            Node::Gap(most) => Node::Gap(*most),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Literals, Node, Pattern, PatternFault, compile};
    use crate::phrasebook::notation::parse;
    use crate::text::{Folding, FoldingSpec};

    fn patterns(notation: &str) -> Result<Vec<Pattern>, PatternFault> {
        let folding = Folding::new(&FoldingSpec::default());
        compile(&parse(notation, &folding).expect("the notation is right"))
    }

    fn literals(texts: &[&str]) -> Node {
        let all = texts.iter().map(|text| text.chars().collect());
        Node::Literals(Literals::new(all.collect()))
    }

    #[test]
    fn multiplies_plain_runs_out() {
        let cases = [
            (
                "请[您]稍(候|等)",
                vec![(
                    vec![literals(&["请您稍候", "请您稍等", "请稍候", "请稍等"])],
                    0,
                )],
            ),
            (
                "把…给我",
                vec![(
                    vec![literals(&["把"]), Node::Gap(8), literals(&["给我"])],
                    2,
                )],
            ),
            (
                "(把…给|拿来)我看",
                vec![
                    (
                        vec![literals(&["把"]), Node::Gap(8), literals(&["给我看"])],
                        2,
                    ),
                    (vec![literals(&["拿来我看"])], 0),
                ],
            ),
        ];
        for (notation, want) in cases {
            let want: Vec<Pattern> = want
                .into_iter()
                .map(|(nodes, anchor)| Pattern::new(nodes, anchor))
                .collect();
            assert_eq!(patterns(notation), Ok(want), "{notation}");
        }
    }

    #[test]
    fn refuses_what_may_be_nothing() {
        assert_eq!(patterns("[您]…"), Err(PatternFault::Empty));
        assert_eq!(patterns(""), Err(PatternFault::Empty));
    }
}
