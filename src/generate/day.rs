//! A day on one recorder, composed of conversations that were held one by one.
//!
//! With it one can ask how well a day is cut into visits, since it is known where one
//! ends. Talk and silence come as at a counter: people answer within a second or two,
//! wait now and then while something is looked up, and between two visits pass five
//! seconds or ten minutes. A number may be called. The seed decides it all.

use super::Chance;
use crate::conversation::{Channel, Conversation, Role, Turn};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

/// A day, and what it is made of.
#[derive(Clone, Debug)]
pub struct Day {
    /// All of it.
    pub conversation: Conversation,
    /// Its visits, in order and without gaps.
    pub visits: Vec<Part>,
}

/// One visit of a day.
#[derive(Clone, Debug)]
pub struct Part {
    /// The id of the conversation that it was.
    pub id: String,
    /// Its turns within the day. A number that is called belongs to the visit that it
    /// calls to.
    pub turns: Range<usize>,
}

/// What is known of a day: when turns were spoken, and who spoke them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Whether turns have times.
    pub times: bool,
    /// Whether turns have roles. Where they have none, nothing stands there that nobody
    /// said, as in what a recogniser writes.
    pub roles: bool,
}

impl Way {
    /// Every way in which a day may come.
    pub const ALL: [Way; 4] = [
        Way::new(true, true),
        Way::new(false, true),
        Way::new(true, false),
        Way::new(false, false),
    ];

    const fn new(times: bool, roles: bool) -> Self {
        Self { times, roles }
    }

    /// Its name among figures and labels.
    pub fn name(self) -> &'static str {
        match (self.times, self.roles) {
            (true, true) => "times-and-roles",
            (false, true) => "roles",
            (true, false) => "times",
            (false, false) => "neither",
        }
    }
}

impl Day {
    /// The day with no more known than `way` says.
    pub fn known_by(&self, way: Way) -> Self {
        let heard = |turn: &&Turn| way.roles || turn.role != Role::Scene;
        let mut turns = Vec::new();
        let visits = self.visits.iter().map(|part| {
            let first = turns.len();
            let own = self.conversation.turns[part.turns.clone()].iter();
            turns.extend(own.filter(heard).cloned().map(|mut turn| {
                if !way.times {
                    (turn.start, turn.end) = (None, None);
                }
                if !way.roles {
                    (turn.role, turn.speaker) = (Role::Unknown, None);
                }
                turn
            }));
            Part {
                id: part.id.clone(),
                turns: first..turns.len(),
            }
        });
        let visits = visits.filter(|part| !part.turns.is_empty()).collect();
        Self {
            conversation: Conversation {
                turns,
                ..self.conversation.clone_head()
            },
            visits,
        }
    }

    /// The turns before which a visit begins, but for the first.
    pub fn cuts(&self) -> BTreeSet<usize> {
        let starts = self.visits.iter().map(|part| part.turns.start);
        starts.filter(|start| *start > 0).collect()
    }
}

/// So many visits make a day, at most.
const VISITS: usize = 30;
/// Of a hundred visits to the counter so many begin with a number that is called.
const CALLED: f64 = 0.4;
/// Characters that are spoken in a second.
const SPEED: Range<f64> = 4.0..5.5;
/// How long it takes to answer, in seconds, by how often so far: mostly at once, now and
/// then after a thought, seldom after a look at the screen or a walk to the shelf.
const ANSWERS: [(f64, Range<f64>); 4] = [
    (0.84, 0.1..1.5),
    (0.95, 1.5..6.0),
    (0.985, 6.0..30.0),
    (1.0, 30.0..180.0),
];
/// Seconds between two visits; as often from five to ten as from five to ten times sixty.
const BETWEEN: Range<f64> = 5.0..600.0;

/// Days composed of all `given` conversations, those of a channel on days of their own.
pub fn days(given: &[Conversation], seed: u64) -> Vec<Day> {
    let mut chance = Chance(seed);
    let mut channels: BTreeMap<Option<Channel>, Vec<&Conversation>> = BTreeMap::new();
    for conversation in given {
        channels
            .entry(conversation.channel)
            .or_default()
            .push(conversation);
    }
    let mut days = Vec::new();
    for (channel, mut of_channel) in channels {
        for at in (1..of_channel.len()).rev() {
            of_channel.swap(at, chance.below(at + 1));
        }
        for chosen in of_channel.chunks(VISITS) {
            let id = format!("day{}", days.len() + 1);
            days.push(compose(id, channel, chosen, &mut chance));
        }
    }
    days
}

fn compose(
    id: String,
    channel: Option<Channel>,
    chosen: &[&Conversation],
    chance: &mut Chance,
) -> Day {
    let mut turns: Vec<Turn> = Vec::new();
    let mut visits = Vec::new();
    let mut clock = 0.0;
    for conversation in chosen {
        let first = turns.len();
        if channel == Some(Channel::Counter) && chance.happens(CALLED) {
            turns.push(said(
                Turn::new(Role::Other, call(chance)),
                &mut clock,
                chance,
            ));
            clock += chance.between(&(2.0..20.0));
        }
        hold(conversation, &mut clock, chance, &mut turns);
        visits.push(Part {
            id: conversation.id.clone(),
            turns: first..turns.len(),
        });
        // As likely in each part of the scale as in any other that is as many times longer.
        clock += BETWEEN.start * (BETWEEN.end / BETWEEN.start).powf(chance.share());
    }
    Day {
        conversation: Conversation {
            id,
            channel,
            turns,
            ..Conversation::default()
        },
        visits,
    }
}

/// Puts the turns of a conversation on the clock: with its own times where it has them.
fn hold(conversation: &Conversation, clock: &mut f64, chance: &mut Chance, turns: &mut Vec<Turn>) {
    let begin = *clock;
    let own = conversation
        .turns
        .iter()
        .all(|turn| turn.start.is_some() && turn.end.is_some());
    for (number, turn) in conversation.turns.iter().enumerate() {
        if own {
            let shifted = |time: Option<f64>| time.map(|time| begin + time);
            turns.push(Turn {
                start: shifted(turn.start),
                end: shifted(turn.end),
                ..turn.clone()
            });
            *clock = clock.max(shifted(turn.end).unwrap_or(*clock));
            continue;
        }
        if number > 0 {
            let share = chance.share();
            let answer = ANSWERS.iter().find(|(often, _)| share < *often);
            *clock += answer.map_or(0.0, |(_, range)| chance.between(range));
        }
        turns.push(said(turn.clone(), clock, chance));
    }
}

/// The turn, said from now on.
fn said(turn: Turn, clock: &mut f64, chance: &mut Chance) -> Turn {
    let start = *clock;
    let letters = turn
        .text
        .chars()
        .filter(|char| char.is_alphanumeric())
        .count();
    *clock += 0.3 + letters as f64 / chance.between(&SPEED);
    Turn {
        start: Some(start),
        end: Some(*clock),
        ..turn
    }
}

/// A number that is called.
fn call(chance: &mut Chance) -> String {
    let calls = calls();
    let Some(call) = calls.get(chance.below(calls.len().max(1))) else {
        return String::new();
    };
    let filled = call.chars().map(|char| match char {
        '#' => char::from(b'0' + chance.below(10) as u8),
        '$' => char::from(b'1' + chance.below(8) as u8),
        _ => char,
    });
    filled.collect()
}

#[derive(Default, Deserialize)]
struct Table {
    calls: Vec<String>,
}

fn calls() -> &'static [String] {
    static CALLS: OnceLock<Vec<String>> = OnceLock::new();
    CALLS.get_or_init(|| {
        let table = include_str!("../../phrasebook/day.toml");
        toml::from_str::<Table>(table).unwrap_or_default().calls
    })
}

impl Chance {
    /// A number from 0 up to 1.
    fn share(&mut self) -> f64 {
        const STEPS: usize = 1 << 20;
        self.below(STEPS) as f64 / STEPS as f64
    }

    fn between(&mut self, range: &Range<f64>) -> f64 {
        range.start + (range.end - range.start) * self.share()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(id: &str, channel: Channel, turns: usize, timed: bool) -> Conversation {
        let turns = (0..turns).map(|number| Turn {
            start: timed.then_some(number as f64),
            end: timed.then_some(number as f64 + 0.5),
            ..Turn::new(Role::Staff, format!("{id}的话"))
        });
        Conversation {
            id: id.to_owned(),
            channel: Some(channel),
            turns: turns.collect(),
            ..Conversation::default()
        }
    }

    #[test]
    fn a_day_is_all_its_visits_one_after_the_other() {
        let mut conversations: Vec<Conversation> = (0..40)
            .map(|number| {
                given(
                    &format!("c{number}"),
                    Channel::Counter,
                    3 + number % 5,
                    number % 2 == 0,
                )
            })
            .collect();
        conversations.push(given("p", Channel::PhoneIn, 4, false));
        let composed = days(&conversations, 7);
        assert_eq!(composed.len(), 3);
        let mut held: Vec<String> = Vec::new();
        let mut called = 0;
        for day in &composed {
            let mut next = 0;
            for part in &day.visits {
                assert_eq!(part.turns.start, next, "no gap");
                next = part.turns.end;
                let turns = &day.conversation.turns[part.turns.clone()];
                let own = turns.iter().filter(|turn| turn.role == Role::Staff);
                assert!(
                    own.clone()
                        .all(|turn| turn.text == format!("{}的话", part.id))
                );
                called += turns.len() - own.count();
                held.push(part.id.clone());
            }
            assert_eq!(next, day.conversation.turns.len());
            let mut clock = 0.0;
            for turn in &day.conversation.turns {
                let (start, end) = turn.start.zip(turn.end).expect("times");
                assert!(start >= clock && end > start, "{start}");
                clock = start;
            }
        }
        held.sort();
        let mut ids: Vec<String> = conversations.iter().map(|one| one.id.clone()).collect();
        ids.sort();
        assert_eq!(held, ids);
        assert!((8..25).contains(&called), "numbers are called: {called}");
        let again = days(&conversations, 7);
        assert!(
            again
                .iter()
                .zip(&composed)
                .all(|(a, b)| a.conversation == b.conversation)
        );
        assert_ne!(
            days(&conversations, 8)[0].conversation,
            composed[0].conversation
        );
    }

    #[test]
    fn a_day_may_be_known_in_part() {
        let turn = |role, text: &str, start: f64| Turn {
            start: Some(start),
            end: Some(start + 1.0),
            speaker: Some("A".to_owned()),
            ..Turn::new(role, text)
        };
        let day = Day {
            conversation: Conversation {
                turns: vec![
                    turn(Role::Scene, "客户走近", 0.0),
                    turn(Role::Staff, "您好", 1.0),
                    turn(Role::Scene, "又一位", 60.0),
                    turn(Role::Client, "查余额", 61.0),
                ],
                ..Conversation::default()
            },
            visits: vec![
                Part {
                    id: "a".to_owned(),
                    turns: 0..2,
                },
                Part {
                    id: "b".to_owned(),
                    turns: 2..4,
                },
            ],
        };
        let shown = Way::ALL.map(|way| {
            let day = day.known_by(way);
            let turns = day.conversation.turns.iter();
            let turns = turns.map(|turn| (turn.role, turn.start.is_some(), turn.speaker.is_some()));
            (turns.collect::<Vec<_>>(), day.cuts())
        });
        let with = |times| {
            let roles = [Role::Scene, Role::Staff, Role::Scene, Role::Client];
            let turns = roles.map(|role| (role, times, true));
            (turns.to_vec(), BTreeSet::from([2]))
        };
        let without = |times| {
            let turns = [(Role::Unknown, times, false); 2];
            (turns.to_vec(), BTreeSet::from([1]))
        };
        let expected = [with(true), with(false), without(true), without(false)];
        assert_eq!(shown, expected);
    }
}
