//! The state of the talk: who speaks where, which acts each turn does, and what is
//! going on meanwhile.
//!
//! Wordings alone can't judge. The same 身份证 is a request or a handing-back by
//! the stage that it stands in. Flags are that stage: acts raise and lower them,
//! clauses ask for them. A flag raised by a turn is already up in that turn; one
//! lowered by a turn is still up in it.

use crate::assessment::{By, Closeness};
use crate::conversation::{Channel, Conversation, Role};
use crate::matching::{Block, Hit};
use crate::phrasebook::rules::{ActId, ActSet, Acts, Flags, Rules, Signal};
use crate::span::Span;
use std::ops::Range;

/// A shorter overlap is how people take turns, in seconds.
const OVERLAP: f64 = 0.3;
/// The share of spoken turns without a role from which roles count as unknown.
const UNKNOWN_SHARE: f64 = 0.2;

/// The conversation as judging sees it.
pub struct Talk {
    roles: Vec<Role>,
    hits: Vec<Hit>,
    of_turn: Vec<Range<usize>>,
    /// By turn, the acts that count in it.
    acts: Vec<ActSet>,
    /// The acts that count in any turn.
    all_acts: ActSet,
    flags: Vec<Flags>,
    staff_turns: Vec<usize>,
    opening: usize,
    close: usize,
}

impl Talk {
    /// Reads the state off the hits.
    pub fn new(
        rules: &Rules,
        conversation: &Conversation,
        channel: Option<Channel>,
        mut hits: Vec<Hit>,
    ) -> Self {
        hits.extend(signals(rules, conversation));
        hits.sort_by_key(|hit| (hit.turn, hit.start, hit.end, hit.act));
        let turns = conversation.turns.len();
        let mut of_turn = Vec::with_capacity(turns);
        let mut from = 0;
        for turn in 0..turns {
            let to = hits[from..].partition_point(|hit| hit.turn <= turn) + from;
            of_turn.push(from..to);
            from = to;
        }
        let roles: Vec<Role> = conversation.turns.iter().map(|turn| turn.role).collect();
        let mut talk = Self {
            staff_turns: (0..turns)
                .filter(|&turn| roles[turn] == Role::Staff)
                .collect(),
            roles,
            hits,
            of_turn,
            acts: vec![ActSet::default(); turns],
            all_acts: ActSet::default(),
            flags: Vec::with_capacity(turns),
            opening: rules.opening,
            close: rules.close,
        };
        for turn in 0..turns {
            talk.gather(turn);
        }
        talk.raise_flags(rules, channel);
        talk.block_away(rules);
        for hit in talk.hits.iter().filter(|hit| hit.counts()) {
            talk.all_acts.insert(hit.act);
        }
        talk
    }

    /// All hits, signals included, by turn and place.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// The hits of one turn.
    pub fn hits_of(&self, turn: usize) -> &[Hit] {
        &self.hits[self.of_turn[turn].clone()]
    }

    /// How many turns there are.
    pub fn len(&self) -> usize {
        self.roles.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.roles.is_empty()
    }

    /// Who speaks in a turn.
    pub fn role(&self, turn: usize) -> Role {
        self.roles[turn]
    }

    /// The flags that are up in a turn.
    pub fn flags(&self, turn: usize) -> Flags {
        self.flags[turn]
    }

    /// The staff's turns, in order.
    pub fn staff_turns(&self) -> &[usize] {
        &self.staff_turns
    }

    /// Whether a turn does any of these acts.
    pub fn does(&self, turn: usize, acts: &Acts) -> bool {
        acts.meet(&self.acts[turn])
    }

    /// The turns that do any of these acts.
    pub fn doing(&self, acts: &Acts) -> impl Iterator<Item = usize> {
        let turns = match acts.meet(&self.all_acts) {
            true => 0..self.len(),
            false => 0..0,
        };
        turns.filter(|&turn| self.does(turn, acts))
    }

    /// The hits of one turn, by place in [`Talk::hits`].
    pub fn places_of(&self, turn: usize) -> Range<usize> {
        self.of_turn[turn].clone()
    }

    /// Makes the set of a turn's acts.
    fn gather(&mut self, turn: usize) {
        let acts = &mut self.acts[turn];
        acts.clear();
        for hit in &self.hits[self.of_turn[turn].clone()] {
            if hit.counts() {
                acts.insert(hit.act);
            }
        }
    }

    /// Whether a turn is one of the staff's first, where a greeting is due.
    pub fn is_opening(&self, turn: usize) -> bool {
        self.staff_turns
            .iter()
            .take(self.opening)
            .any(|&staff| staff == turn)
    }

    /// Whether a turn is one of the last that somebody speaks.
    pub fn is_close(&self, turn: usize) -> bool {
        let spoken_after = (turn + 1..self.len())
            .filter(|&later| self.roles[later] != Role::Scene)
            .count();
        spoken_after < self.close
    }

    /// The first turn by `role`.
    pub fn first_by(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|&other| other == role)
    }

    /// The last turn by `role`.
    pub fn last_by(&self, role: Role) -> Option<usize> {
        self.roles.iter().rposition(|&other| other == role)
    }

    /// The last turn before `turn` that isn't the staff's.
    pub fn asked_before(&self, turn: usize) -> Option<usize> {
        (0..turn)
            .rev()
            .find(|&earlier| self.roles[earlier] != Role::Staff)
    }

    /// Whether enough turns say who speaks.
    pub fn roles_known(&self) -> bool {
        are_known(&self.roles)
    }

    fn raise_flags(&mut self, rules: &Rules, channel: Option<Channel>) {
        let mut up: Flags = 0;
        let mut since = vec![0_usize; rules.flags.len()];
        for turn in 0..self.len() {
            for (index, flag) in rules.flags.iter().enumerate() {
                let expired = flag.lasts.is_some_and(|turns| turn - since[index] > turns);
                if expired {
                    up &= !(1 << index);
                }
            }
            let mut lowered: Flags = 0;
            for (index, flag) in rules.flags.iter().enumerate() {
                let raises = self.does(turn, &flag.on)
                    && up & flag.requires == flag.requires
                    && (flag.with.is_empty() || self.does(turn, &flag.with))
                    && !self.does(turn, &flag.without)
                    && (flag.channels.is_empty()
                        || channel.is_some_and(|channel| flag.channels.contains(&channel)));
                if raises {
                    up |= 1 << index;
                    since[index] = turn;
                } else if self.does(turn, &flag.off) {
                    lowered |= 1 << index;
                }
            }
            self.flags.push(up);
            up &= !lowered;
        }
    }

    /// What staff say while a flag says that the client isn't meant carries
    /// nothing, but for acts that are done to anyone.
    fn block_away(&mut self, rules: &Rules) {
        let away = rules
            .flags
            .iter()
            .enumerate()
            .filter(|(_, flag)| flag.away)
            .fold(0, |all: Flags, (index, _)| all | 1 << index);
        for turn in 0..self.len() {
            if self.flags[turn] & away == 0 {
                continue;
            }
            for hit in &mut self.hits[self.of_turn[turn].clone()] {
                let act = &rules.acts[hit.act.0 as usize];
                if hit.blocked.is_none() && !act.anyone {
                    hit.blocked = Some(Block::Away);
                }
            }
            self.gather(turn);
        }
    }
}

/// Whether enough turns of a conversation say who speaks.
pub fn roles_known(conversation: &Conversation) -> bool {
    let roles: Vec<Role> = conversation.turns.iter().map(|turn| turn.role).collect();
    are_known(&roles)
}

fn are_known(roles: &[Role]) -> bool {
    let spoken = roles.iter().filter(|role| **role != Role::Scene).count();
    let unknown = roles.iter().filter(|role| **role == Role::Unknown).count();
    unknown as f64 <= UNKNOWN_SHARE * spoken as f64
}

/// The acts that the turns' shape and times show.
fn signals(rules: &Rules, conversation: &Conversation) -> Vec<Hit> {
    let turns = &conversation.turns;
    let mut hits = Vec::new();
    for (index, act) in rules.acts.iter().enumerate() {
        let Some(signal) = act.signal else { continue };
        for (at, turn) in turns.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &turns[before]);
            let shows = match signal {
                Signal::StaffTurn => turn.role == Role::Staff,
                Signal::ClientTurn => turn.role == Role::Client,
                Signal::OtherTurn => turn.role == Role::Other,
                Signal::Proposed => false,
                Signal::BrokenOff => turn.role == Role::Client && breaks_off(&turn.text),
                Signal::Overlapping => {
                    turn.role == Role::Staff
                        && before.is_some_and(|before| {
                            before.role == Role::Client
                                && matches!((turn.start, before.end), (Some(start), Some(end))
                                    if end - start >= OVERLAP)
                        })
                }
            };
            if shows {
                hits.push(Hit {
                    act: ActId(index as u16),
                    turn: at,
                    start: 0,
                    end: 0,
                    span: Span::new(0, turn.text.len() as u32),
                    by: match signal {
                        Signal::Overlapping => By::Time,
                        _ => By::Text,
                    },
                    closeness: Closeness::Equivalent,
                    wording: None,
                    blocked: None,
                });
            }
        }
    }
    hits
}

/// Whether a turn ends in a dash: it was cut off.
fn breaks_off(text: &str) -> bool {
    text.trim_end()
        .trim_end_matches(['”', '"', '」'])
        .ends_with(['—', '―', '─'])
}
