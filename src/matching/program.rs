//! Patterns as programs that follow all places of a turn at once.
//!
//! A program's state is a set of [`Places`]: where one could stand after what has been
//! read of the wording. A character moves those places on at which it stands in the
//! turn and drops the others; a few instructions on a machine word do for all places
//! what looking at them one by one did at a hundred times the cost.

use super::alphabet::Letter;
use super::places::Places;
use std::ops::Range;

/// An instruction. Distances are counted in instructions from it on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Op {
    /// This character comes next.
    Letter(Letter),
    /// Alternatives follow; the distance leads to the next one's
    /// [`Op::Alternative`], or to [`Op::Close`].
    Open(u32),
    /// What follows, up to [`Op::Close`], may be missing.
    Maybe(u32),
    /// The next alternative follows.
    Alternative(u32),
    /// Alternatives follow that are told apart by their first characters: a row of
    /// [`Code::switches`].
    Switch(u32),
    /// One of those ends.
    Join,
    /// The alternatives end.
    Close,
    /// A run ends: behind it there may be a comma.
    EndRun,
    /// Up to so many characters of anything.
    Gap(u16),
}

/// Where to go on for each first character.
#[derive(Debug, Default)]
pub(super) struct Switch {
    /// [`presence`] of all of them.
    presence: u64,
    /// By letter, sorted, each with the distance to its alternatives.
    branches: Vec<(Letter, u32)>,
    /// The distance to [`Op::Close`].
    close: u32,
}

impl Switch {
    pub(super) fn new(branches: Vec<(Letter, u32)>, close: u32) -> Self {
        let letters = branches.iter().map(|(letter, _)| presence(*letter));
        Self {
            presence: letters.fold(0, |all, letter| all | letter),
            branches,
            close,
        }
    }

    fn distance(&self, letter: Letter) -> Option<u32> {
        if self.presence & presence(letter) == 0 {
            return None;
        }
        let found = self
            .branches
            .binary_search_by_key(&letter, |(first, _)| *first);
        Some(self.branches[found.ok()?].1)
    }
}

/// One of 64 bits for a letter, to tell quickly what is not among others.
fn presence(letter: Letter) -> u64 {
    1 << (u32::from(letter).wrapping_mul(0x9E37_79B1) >> 26)
}

/// All programs' instructions.
#[derive(Debug, Default)]
pub(super) struct Code {
    pub(super) ops: Vec<Op>,
    pub(super) switches: Vec<Switch>,
}

/// A turn as programs see it.
pub(super) struct View<'a, const N: usize> {
    /// The letters, by the place before which they stand.
    pub(super) letters: &'a [Letter],
    /// By letter, the places before which it stands.
    pub(super) standing: &'a [Places<N>],
    /// The places without a comma or a stronger break before them.
    pub(super) in_breath: Places<N>,
    /// The places before which a sentence ends.
    pub(super) sentence_ends: Places<N>,
    /// All places.
    pub(super) all: Places<N>,
}

/// Which way a program was written to be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

impl Direction {
    fn step<const N: usize>(self, places: Places<N>) -> Places<N> {
        match self {
            Direction::Forward => places.next(),
            Direction::Backward => places.previous(),
        }
    }
}

/// Where one could stand: at places at which no character of the current run has been
/// read, and at others.
#[derive(Clone, Copy)]
struct State<const N: usize> {
    fresh: Places<N>,
    within: Places<N>,
}

impl<const N: usize> State<N> {
    const NOWHERE: Self = Self {
        fresh: Places::NONE,
        within: Places::NONE,
    };

    fn is_nowhere(&self) -> bool {
        self.fresh.or(self.within).is_empty()
    }

    fn or(self, other: Self) -> Self {
        Self {
            fresh: self.fresh.or(other.fresh),
            within: self.within.or(other.within),
        }
    }

    fn at(self, places: Places<N>) -> Self {
        Self {
            fresh: self.fresh.and(places),
            within: self.within.and(places),
        }
    }
}

/// A choice whose alternatives are being tried.
pub(super) struct Choice<const N: usize> {
    from: State<N>,
    /// Where its alternatives so far have led to.
    led_to: State<N>,
    /// The instruction at which the next alternative begins or the choice ends; of a
    /// switch, the switch itself.
    next: usize,
    /// Of a switch, the places whose characters haven't been asked for.
    left: Places<N>,
}

/// The places that a stretch of `code` leads to from any of `from`.
#[inline]
pub(super) fn run<const N: usize>(
    direction: Direction,
    code: &Code,
    ops: &Range<u32>,
    view: &View<'_, N>,
    from: Places<N>,
    open: &mut Vec<Choice<N>>,
) -> Places<N> {
    let ops = &code.ops[ops.start as usize..ops.end as usize];
    let mut state = State {
        fresh: from,
        within: Places::NONE,
    };
    let mut at = 0;
    while let Some(op) = ops.get(at) {
        let mut next = at + 1;
        match *op {
            Op::Letter(letter) => {
                let standing = view.standing[usize::from(letter)];
                let from = state.fresh.or(state.within.and(view.in_breath));
                state.within = match direction {
                    Direction::Forward => from.and(standing).next(),
                    Direction::Backward => from.previous().and(standing),
                };
                state.fresh = Places::NONE;
            }
            Op::Open(distance) => open.push(Choice {
                from: state,
                led_to: State::NOWHERE,
                next: at + distance as usize,
                left: Places::NONE,
            }),
            Op::Maybe(distance) => open.push(Choice {
                from: state,
                led_to: state,
                next: at + distance as usize,
                left: Places::NONE,
            }),
            Op::Alternative(distance) => {
                if let Some(choice) = open.last_mut() {
                    choice.led_to = choice.led_to.or(state);
                    state = choice.from;
                    choice.next = at + distance as usize;
                }
            }
            Op::Switch(row) => {
                // Reached for the first time, and again by each branch that led nowhere.
                let is_open = open.last().is_some_and(|choice| choice.next == at);
                if !is_open {
                    open.push(Choice {
                        from: state,
                        led_to: State::NOWHERE,
                        next: at,
                        left: state.fresh.or(state.within),
                    });
                }
                if let Some(choice) = open.last_mut() {
                    (state, next) =
                        branch(direction, &code.switches[row as usize], at, view, choice);
                }
            }
            Op::Join => {
                if let Some(choice) = open.last_mut() {
                    choice.led_to = choice.led_to.or(state);
                    state = State::NOWHERE;
                }
            }
            Op::Close => {
                if let Some(choice) = open.pop() {
                    state = choice.led_to.or(state);
                }
            }
            Op::EndRun => {
                state = State {
                    fresh: state.within,
                    within: Places::NONE,
                };
            }
            Op::Gap(most) => state.fresh = widen(direction, view, state.fresh, most),
        }
        at = next;
        if state.is_nowhere() && !matches!(op, Op::Switch(_)) {
            match open.last() {
                Some(choice) => at = choice.next,
                None => return Places::NONE,
            }
        }
    }
    state.fresh
}

/// Takes the next branch of a switch that a character of the turn calls for, or leads
/// to the end of the choice.
fn branch<const N: usize>(
    direction: Direction,
    switch: &Switch,
    at: usize,
    view: &View<'_, N>,
    choice: &mut Choice<N>,
) -> (State<N>, usize) {
    while let Some(place) = choice.left.first() {
        let read = match direction {
            Direction::Forward => view.letters.get(place),
            Direction::Backward => place
                .checked_sub(1)
                .and_then(|place| view.letters.get(place)),
        };
        let letter = read.copied().unwrap_or(0);
        let Some(distance) = switch.distance(letter) else {
            choice.left = choice.left.and_not(Places::only(place));
            continue;
        };
        let standing = view.standing[usize::from(letter)];
        let reading = match direction {
            Direction::Forward => standing,
            Direction::Backward => standing.next(),
        };
        choice.left = choice.left.and_not(reading);
        return (choice.from.at(reading), at + distance as usize);
    }
    (State::NOWHERE, at + switch.close as usize)
}

/// A gap may begin or end where a sentence does, but not reach across.
fn widen<const N: usize>(
    direction: Direction,
    view: &View<'_, N>,
    from: Places<N>,
    most: u16,
) -> Places<N> {
    let mut reached = from;
    let mut edge = from;
    for _ in 0..most {
        edge = direction.step(edge);
        reached = reached.or(edge);
        edge = edge.and_not(view.sentence_ends);
    }
    reached.and(view.all)
}
