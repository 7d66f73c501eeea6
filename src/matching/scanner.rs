//! What is searched, made ready, and the search itself.
//!
//! A turn is walked through once; each literal that stands in it calls for the
//! patterns that it anchors, and the rest of those is followed from there.

use super::alphabet::{Alphabet, Letter};
use super::places::Places;
use super::program::{self, Choice, Code, Direction, View};
use super::shape::{Shape, Terms};
use super::trie::Trie;
use super::writer::Writer;
use super::{Found, MOST_FOUND, reference};
use crate::assessment::By;
use crate::phrasebook::pattern::{Node, Pattern};
use crate::phrasebook::rules::Rules;
use crate::phrasebook::run;
use std::ops::Range;

/// The patterns of all wordings, by text or by sound.
pub(super) struct Scanner {
    by: By,
    alphabet: Alphabet,
    trie: Trie,
    programs: Vec<Program>,
    code: Code,
}

/// A pattern, ready to be followed from its anchor.
struct Program {
    /// What is before the anchor, backward; a range of the code.
    before: Range<u32>,
    /// What is behind it, forward.
    behind: Range<u32>,
    /// For up to two runs besides the anchor that must be there: what each can begin
    /// with.
    needs: [Firsts; 2],
    wording: u32,
    shortest: u32,
    terms: Terms,
}

/// What a scanner needs to work in; one thread's.
#[derive(Default)]
pub(super) struct Board<const N: usize> {
    letters: Vec<Letter>,
    standing: Vec<Places<N>>,
    open: Vec<Choice<N>>,
    ranges: Vec<(usize, usize)>,
}

impl Scanner {
    pub(super) fn new(rules: &Rules, by: By) -> Self {
        let reading = |char: char| match by {
            By::Sound => rules.sounds.of(char),
            _ => char,
        };
        let mut alphabet = Alphabet::new();
        let mut number = |char: char| alphabet.number(reading(char));
        let mut trie = Trie::default();
        let mut code = Code::default();
        let mut programs = Vec::new();
        for (wording, pattern) in reference::searched(rules, by) {
            let Node::Run(anchor) = &pattern.nodes[pattern.anchor] else {
                continue;
            };
            let mut behind = |last, char| {
                let said = rules.said.as_ref();
                let may_stand = said.is_none_or(|said| said.has(by, reading(last), reading(char)));
                may_stand.then(|| number(char))
            };
            if !trie.add(anchor.pieces(), programs.len() as u32, &mut behind) {
                continue;
            }
            let mut write = |direction, nodes: &[Node]| {
                let start = code.ops.len() as u32;
                let mut writer = Writer {
                    code: &mut code,
                    direction,
                    number: &mut number,
                };
                writer.nodes(nodes);
                start..code.ops.len() as u32
            };
            programs.push(Program {
                before: write(Direction::Backward, &pattern.nodes[..pattern.anchor]),
                behind: write(Direction::Forward, &pattern.nodes[pattern.anchor + 1..]),
                needs: needs(pattern, &mut number),
                wording,
                shortest: pattern.shortest() as u32,
                terms: Terms::of(&rules.wordings[wording as usize]),
            });
        }
        if by == By::Sound {
            alphabet = alphabet.read_through(|char| rules.sounds.of(char));
        }
        trie.complete(alphabet.len());
        Self {
            by,
            alphabet,
            trie,
            programs,
            code,
        }
    }

    /// Adds every wording that matches in a turn.
    pub(super) fn find<const N: usize>(
        &self,
        rules: &Rules,
        shape: &mut Shape<'_, N>,
        board: &mut Board<N>,
        found: &mut Vec<Found>,
    ) {
        board.letters.clear();
        board.standing.resize(self.alphabet.len(), Places::NONE);
        let mut present = Firsts::NONE;
        for (place, char) in shape.folded.chars().iter().enumerate() {
            let letter = self.alphabet.of(*char);
            board.letters.push(letter);
            if letter != 0 {
                board.standing[usize::from(letter)].insert(place);
                present.insert(hash(letter));
            }
        }
        let limit = found.len() + MOST_FOUND;
        for start in 0..board.letters.len() {
            let mut spot = self.trie.begin(board.letters[start]);
            let mut end = start + 1;
            while let Some(here) = spot {
                for index in self.trie.calls(here) {
                    let program = &self.programs[index as usize];
                    if program.needs.iter().all(|need| need.meets(present)) {
                        self.follow(rules, program, (start, end), shape, board, found);
                    }
                }
                // A literal is one breath.
                let runs_on = end < board.letters.len() && shape.in_breath.contains(end);
                spot = match runs_on {
                    true => self.trie.step(here, board.letters[end]),
                    false => None,
                };
                end += 1;
            }
            if found.len() >= limit {
                break;
            }
        }
        for letter in &board.letters {
            board.standing[usize::from(*letter)] = Places::NONE;
        }
    }

    /// Adds the longest range around an anchor that the wording allows, if it does any.
    fn follow<const N: usize>(
        &self,
        rules: &Rules,
        program: &Program,
        (start, end): (usize, usize),
        shape: &mut Shape<'_, N>,
        board: &mut Board<N>,
        found: &mut Vec<Found>,
    ) {
        let longest = match (program.before.is_empty(), program.behind.is_empty()) {
            (true, true) => Some((start, end)).filter(|_| shape.allows(&program.terms, start, end)),
            _ => self.widest(program, (start, end), shape, board),
        };
        let Some((start, end)) = longest else { return };
        let wording = &rules.wordings[program.wording as usize];
        let shortest = program.shortest as usize;
        if self.by == By::Text || reference::is_alike(shape.folded, wording, shortest, start, end) {
            found.push(Found {
                start,
                end,
                wording: program.wording,
                by: self.by,
            });
        }
    }

    fn widest<const N: usize>(
        &self,
        program: &Program,
        (start, end): (usize, usize),
        shape: &mut Shape<'_, N>,
        board: &mut Board<N>,
    ) -> Option<(usize, usize)> {
        let view = View {
            letters: &board.letters,
            standing: &board.standing,
            in_breath: shape.in_breath,
            sentence_ends: shape.sentence_ends,
            all: shape.all,
        };
        let (code, open) = (&self.code, &mut board.open);
        let end = Places::only(end);
        let lasts = program::run(Direction::Forward, code, &program.behind, &view, end, open);
        if lasts.is_empty() {
            return None;
        }
        let start = Places::only(start);
        let firsts = program::run(
            Direction::Backward,
            code,
            &program.before,
            &view,
            start,
            open,
        );
        board.ranges.clear();
        for first in firsts.iter() {
            board.ranges.extend(lasts.iter().map(|last| (first, last)));
        }
        board
            .ranges
            .sort_by_key(|(first, last)| std::cmp::Reverse(last - first));
        let mut ranges = board.ranges.iter().copied();
        ranges.find(|&(first, last)| shape.allows(&program.terms, first, last))
    }
}

/// Letters by their hashes, to tell quickly that none of some is among others. Of 64
/// hashes the letters of one turn take up half, and tell little; 256 take a fifth off
/// what the whole search costs.
type Firsts = Places<4>;

fn hash(letter: Letter) -> usize {
    (u32::from(letter).wrapping_mul(0x9E37_79B1) >> 24) as usize
}

/// What the two choosiest runs besides the anchor can begin with.
fn needs(pattern: &Pattern, number: &mut impl FnMut(char) -> Letter) -> [Firsts; 2] {
    let mut needs = [Firsts::from_to(0, Firsts::MOST_CHARS); 2];
    for (index, node) in pattern.nodes.iter().enumerate() {
        let Node::Run(run) = node else { continue };
        if index == pattern.anchor {
            continue;
        }
        let mut firsts = Firsts::NONE;
        run::first(run.pieces(), &mut |char| firsts.insert(hash(number(char))));
        let widest = needs.iter_mut().max_by_key(|need| need.len());
        if let Some(widest) = widest.filter(|need| need.len() > firsts.len()) {
            *widest = firsts;
        }
    }
    needs
}
