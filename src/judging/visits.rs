//! Where one visit ends and the next begins, in a whole day on one recorder.
//!
//! Between two turns there is a cut or there isn't. What stands about the place speaks
//! for it or against it: how long it is silent, what is done just before (a farewell,
//! papers handed back) and just behind (a greeting, a number called), and who speaks. The
//! weights are the phrasebook's, `visits.toml`, and add up to the odds of a cut. But
//! places aren't judged one by one: of all ways to cut the day the likeliest is taken, with
//! what its visits say against themselves by being shorter or longer than visits are.
//!
//! ```text
//! 好的,再见 │ 40 s │ (柜员喝水) │ 6 s │ 请A012号到3号窗口 │ 您好,请坐
//!        ▲ +3.1            ▲ -0.4                  ▲ +2.0            ▲ -1.7
//! ```

use super::roles::words_of;
use crate::conversation::{Conversation, Role};
use crate::matching::Hit;
use crate::phrasebook::rules::{ActId, Rules, VisitSigns};
use crate::text::Folding;
use std::collections::BTreeSet;
use std::ops::Range;

/// So many turns back somebody may still be speaking.
const STILL_SPEAKING: usize = 4;

/// Something that stands about a place between two turns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Silence, by place in the list of pauses; `None` where there are no times.
    Pause(Option<usize>),
    /// An act, and where: one of [`crate::phrasebook::visits::PLACES`].
    Act(ActId, usize),
    /// Who speaks before (0) or behind (1).
    Role(Role, usize),
}

/// The conversation as cuts are looked for in it.
pub struct Day<'a> {
    conversation: &'a Conversation,
    acts: Vec<BTreeSet<ActId>>,
    /// What each turn says, folded.
    said: Vec<Box<[char]>>,
}

impl<'a> Day<'a> {
    /// A conversation and the hits in it.
    pub fn new(folding: &Folding, conversation: &'a Conversation, hits: &[Hit]) -> Self {
        let mut acts = vec![BTreeSet::new(); conversation.turns.len()];
        for hit in hits.iter().filter(|hit| hit.counts()) {
            acts[hit.turn].insert(hit.act);
        }
        let turns = conversation.turns.iter();
        let said = turns.map(|turn| folding.fold(&turn.text).chars().into());
        Self {
            conversation,
            acts,
            said: said.collect(),
        }
    }

    /// What stands about the place before turn `at`, which isn't the first, with silence
    /// measured by `pauses`: seconds, in ascending order.
    pub fn signs(&self, at: usize, pauses: &[f64]) -> BTreeSet<Sign> {
        let turns = &self.conversation.turns;
        let silence = self.silence_before(at);
        let pause = silence.map(|seconds| pauses.partition_point(|least| *least <= seconds));
        let mut signs = BTreeSet::from([
            Sign::Pause(pause.map(|above| above.saturating_sub(1))),
            Sign::Role(turns[at - 1].role, 0),
            Sign::Role(turns[at].role, 1),
        ]);
        let places = [
            (at.checked_sub(1), 0),
            (at.checked_sub(2), 1),
            (at.checked_sub(3), 1),
        ];
        let behind = [(Some(at), 2), (Some(at + 1), 3), (Some(at + 2), 3)];
        for (turn, place) in places.into_iter().chain(behind) {
            let acts = turn.and_then(|turn| self.acts.get(turn));
            signs.extend(acts.into_iter().flatten().map(|act| Sign::Act(*act, place)));
        }
        signs
    }

    /// The words of one or two characters in the turn before (0) turn `at` and in turn
    /// `at` itself (1).
    pub fn words(&self, at: usize) -> BTreeSet<(&[char], usize)> {
        let in_turn =
            |turn: usize, place| words_of(&self.said[turn]).map(move |word| (word, place));
        in_turn(at - 1, 0).chain(in_turn(at, 1)).collect()
    }

    /// How long nobody speaks before turn `at`, in seconds; 0 where some still do.
    fn silence_before(&self, at: usize) -> Option<f64> {
        let turns = &self.conversation.turns;
        let start = turns[at].start?;
        let before = &turns[at.saturating_sub(STILL_SPEAKING)..at];
        let ends = before.iter().filter_map(|turn| turn.end.or(turn.start));
        let last = ends.max_by(f64::total_cmp)?;
        Some((start - last).max(0.0))
    }

    /// The visits, as ranges of turns.
    pub fn cut(&self, rules: &Rules) -> Vec<Range<usize>> {
        let signs = &rules.visit_signs;
        let pauses: Vec<f64> = signs.pauses.iter().map(|(seconds, _)| *seconds).collect();
        let turns = self.acts.len();
        let odds: Vec<f64> = (0..turns)
            .map(|at| match at {
                0 => 0.0,
                _ => odds(signs, &self.signs(at, &pauses)) + by_words(signs, self.words(at)),
            })
            .collect();
        let steady = signs.lengths.last().map_or(1, |(turns, _)| (*turns).max(1));
        likeliest(&odds, steady, |turns| weight_of(&signs.lengths, turns))
    }
}

fn odds(signs: &VisitSigns, about: &BTreeSet<Sign>) -> f64 {
    let weight = |sign: &Sign| match sign {
        Sign::Pause(None) => signs.untimed,
        Sign::Pause(Some(pause)) => signs.pauses.get(*pause).map_or(0.0, |(_, weight)| *weight),
        Sign::Act(act, place) => signs.acts.get(act).map_or(0.0, |weights| weights[*place]),
        Sign::Role(role, place) => signs.roles.get(role).map_or(0.0, |weights| weights[*place]),
    };
    signs.lean + about.iter().map(weight).sum::<f64>()
}

fn by_words(signs: &VisitSigns, words: BTreeSet<(&[char], usize)>) -> f64 {
    let weight = |(word, place): (&[char], usize)| Some(signs.words.get(word)?[place]);
    words.into_iter().filter_map(weight).sum()
}

/// The weight of the last step that `turns` reaches.
fn weight_of(lengths: &[(usize, f64)], turns: usize) -> f64 {
    let reached = lengths.partition_point(|(least, _)| *least <= turns);
    reached.checked_sub(1).map_or(0.0, |step| lengths[step].1)
}

/// The division of turns `0..odds.len()` whose cuts and lengths have the highest sum. From
/// `steady` turns on, all lengths weigh the same.
fn likeliest(odds: &[f64], steady: usize, length: impl Fn(usize) -> f64) -> Vec<Range<usize>> {
    let turns = odds.len();
    // The best that can be had up to each turn, and where its last visit begins.
    let mut best = vec![(0.0, 0_usize); turns + 1];
    // The best begin of a visit that is so long that its length doesn't matter.
    let mut long: Option<(f64, usize)> = None;
    for end in 1..=turns {
        if let Some(start) = end.checked_sub(steady) {
            let sum = best[start].0 + odds[start];
            if long.is_none_or(|(most, _)| sum > most) {
                long = Some((sum, start));
            }
        }
        let short = (end + 1).saturating_sub(steady)..end;
        let sums = short.map(|start| (best[start].0 + odds[start] + length(end - start), start));
        let long = long.map(|(sum, start)| (sum + length(steady), start));
        best[end] = sums
            .chain(long)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
            .unwrap_or((0.0, 0));
    }
    let mut visits = Vec::new();
    let mut end = turns;
    while end > 0 {
        let start = best[end].1;
        visits.push(start..end);
        end = start;
    }
    visits.reverse();
    visits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Turn;
    use crate::text::FoldingSpec;

    #[test]
    fn the_likeliest_division_is_taken_as_a_whole() {
        let short = |turns: usize| if turns < 3 { -2.0 } else { 0.0 };
        type Case<'a> = (&'a [f64], &'a [usize]);
        let cases: [Case<'_>; 6] = [
            (&[], &[]),
            (&[0.0], &[0]),
            (&[0.0, -1.0, -1.0, 2.0, -1.0, -1.0], &[0, 3]),
            // Two good places so near that only the better one is taken.
            (&[0.0, -1.0, -1.0, 2.0, 1.5, -1.0, -1.0], &[0, 3]),
            (&[0.0, -1.0, -1.0, 3.0, 5.0, -1.0, -1.0], &[0, 3, 4]),
            (&[0.0, 1.0, -1.0, -1.0], &[0]),
        ];
        for (odds, starts) in cases {
            // The same whether lengths from 3 on are taken together or one by one.
            for steady in [3, 100] {
                let visits = likeliest(odds, steady, short);
                let found: Vec<usize> = visits.iter().map(|visit| visit.start).collect();
                assert_eq!(found, starts, "{odds:?}");
                let ends = starts.iter().skip(1).copied().chain([odds.len()]);
                assert!(
                    visits
                        .iter()
                        .map(|visit| visit.end)
                        .eq(ends.take(found.len()))
                );
            }
        }
    }

    #[test]
    fn silence_is_measured_from_whoever_still_speaks() {
        let turn = |start: f64, end: f64| Turn {
            start: Some(start),
            end: Some(end),
            ..Turn::new(Role::Client, "好")
        };
        let conversation = Conversation {
            turns: vec![
                turn(0.0, 9.0),
                turn(1.0, 2.0),
                turn(12.0, 13.0),
                Turn::new(Role::Staff, "好"),
                turn(12.5, 14.0),
            ],
            ..Conversation::default()
        };
        let folding = Folding::new(&FoldingSpec::default());
        let day = Day::new(&folding, &conversation, &[]);
        let silences: Vec<_> = (1..5).map(|at| day.silence_before(at)).collect();
        assert_eq!(silences, [Some(0.0), Some(3.0), None, Some(0.0)]);
        let pause = |at| day.signs(at, &[0.0, 2.0, 10.0]).into_iter().next();
        assert_eq!(pause(2), Some(Sign::Pause(Some(1))));
        assert_eq!(pause(3), Some(Sign::Pause(None)));
        let word: &[char] = &['好'];
        assert_eq!(day.words(2), BTreeSet::from([(word, 0), (word, 1)]));
    }

    #[test]
    fn lengths_are_steps() {
        let lengths = [(1, -3.0), (3, -1.0), (6, 0.0)];
        let weights: Vec<f64> = [0, 1, 2, 3, 5, 6, 90]
            .iter()
            .map(|turns| weight_of(&lengths, *turns))
            .collect();
        assert_eq!(weights, [0.0, -3.0, -3.0, -1.0, -1.0, 0.0, 0.0]);
    }
}
