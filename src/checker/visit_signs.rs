//! What tells visits apart, learnt from days that are composed of single conversations.

use super::Checker;
use super::logistic::Table;
use super::signs::listed;
use crate::conversation::{Conversation, Role};
use crate::generate::day::{Way, days};
use crate::judging::visits::{Day, Sign};
use crate::matching::Scratch;
use crate::phrasebook::visits::{PLACES, SIDES};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

/// The steps by which silence is measured, in seconds.
const PAUSES: [f64; 10] = [0.0, 1.5, 3.0, 5.0, 8.0, 12.0, 20.0, 35.0, 60.0, 120.0];
/// What fewer places have says nothing.
const LEAST_PLACES: usize = 12;
/// The same of words, of which there are many more.
const LEAST_PLACES_OF_WORDS: usize = 120;
/// So many words, on either side, say more than the rest.
const MOST_WORDS: usize = 100;
/// The conversations are put together anew by each of these; measuring takes others.
const SEEDS: Range<u64> = 1 << 32..(1 << 32) + 3;
/// How strongly weights are drawn to zero.
const PULL: f64 = 10.0;
/// So much is added for a cut everywhere: a visit that isn't found takes the verdicts of
/// two with it, one that is cut in two only some of its own.
const FOR_CUTS: f64 = 1.1;
/// A weight below this isn't worth a line.
const LEAST_WEIGHT: f64 = 0.15;
/// How long visits are is told in these steps, in turns. What is longer than the last
/// says nothing: people are served for as long as it takes.
const LENGTHS: [usize; 7] = [1, 2, 3, 4, 5, 6, 8];
/// The share of visits that may be of any length, whatever those given are.
const ANY_LENGTH: f64 = 0.55;

/// Something that stands about a place, or doesn't.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Feature {
    Sign(Sign),
    /// A word, before (0) or behind (1).
    Word(Vec<char>, usize),
}

impl Checker {
    /// The signs of `visits.toml`, weighed over days composed of `conversations` by
    /// logistic regression: with times and without, with roles and without.
    pub fn weigh_visit_signs(&self, conversations: &[Conversation]) -> String {
        let (features, table) = self.places(conversations);
        let all: Vec<usize> = (0..features.len()).collect();
        let weights = table.fit(&all);
        // Fitted again with the words alone that say most.
        let says = |&at: &usize| weights.of[at].abs() * (table.columns[at].len() as f64).sqrt();
        let (mut kept, mut words): (Vec<usize>, Vec<usize>) = all
            .into_iter()
            .partition(|&at| matches!(features[at], Feature::Sign(_)));
        words.sort_by(|a, b| says(b).total_cmp(&says(a)).then(a.cmp(b)));
        words.truncate(MOST_WORDS);
        kept.extend(words);
        let weights = table.fit(&kept);
        let mut page = format!("lean = {:.1}\n", weights.lean + FOR_CUTS);
        self.write(features.iter().zip(weights.of), &mut page);
        write_lengths(conversations, &mut page);
        page
    }

    /// Every place between two turns, with what stands about it and whether a visit
    /// begins there.
    fn places(&self, conversations: &[Conversation]) -> (Vec<Feature>, Table) {
        let mut scratch = Scratch::default();
        let mut rows: BTreeMap<Feature, Vec<u32>> = BTreeMap::new();
        let mut cuts = Vec::new();
        for seed in SEEDS {
            for day in days(conversations, seed) {
                for way in Way::ALL {
                    let day = day.known_by(way);
                    let begins = day.cuts();
                    let hits = self.hits(&day.conversation, &mut scratch);
                    let places = Day::new(&self.rules.folding, &day.conversation, &hits);
                    for at in 1..day.conversation.turns.len() {
                        let signs = places.signs(at, &PAUSES).into_iter().map(Feature::Sign);
                        let words = places.words(at).into_iter();
                        let words = words.map(|(word, side)| Feature::Word(word.to_vec(), side));
                        for feature in signs.chain(words) {
                            rows.entry(feature).or_default().push(cuts.len() as u32);
                        }
                        cuts.push(begins.contains(&at));
                    }
                }
            }
        }
        rows.retain(|feature, places| match feature {
            Feature::Sign(_) => places.len() >= LEAST_PLACES,
            Feature::Word(..) => places.len() >= LEAST_PLACES_OF_WORDS,
        });
        let (features, columns) = rows.into_iter().unzip();
        let table = Table {
            columns,
            yes: cuts,
            pull: PULL,
        };
        (features, table)
    }

    fn write<'a>(&self, features: impl Iterator<Item = (&'a Feature, f64)>, page: &mut String) {
        let mut acts: BTreeMap<&str, [f64; 4]> = BTreeMap::new();
        let mut roles: BTreeMap<Role, [f64; 2]> = BTreeMap::new();
        let mut words: BTreeMap<(usize, i64), Vec<String>> = BTreeMap::new();
        let mut pauses = [0.0; PAUSES.len()];
        for (feature, weight) in features {
            match feature {
                Feature::Sign(Sign::Pause(None)) => {
                    // Writing to a string can't fail.
                    let _ = writeln!(page, "untimed = {weight:.1}");
                }
                Feature::Sign(Sign::Pause(Some(pause))) => pauses[*pause] = weight,
                Feature::Sign(Sign::Role(role, place)) => {
                    roles.entry(*role).or_default()[*place] = weight;
                }
                Feature::Sign(Sign::Act(act, place)) => {
                    let name = &self.rules.acts[act.0 as usize].name;
                    acts.entry(name).or_default()[*place] = weight;
                }
                Feature::Word(word, side) if weight.abs() >= LEAST_WEIGHT => {
                    let group = words.entry((*side, (weight * 10.0).round() as i64));
                    group.or_default().push(word.iter().collect());
                }
                Feature::Word(..) => {}
            }
        }
        for (seconds, weight) in PAUSES.iter().zip(pauses) {
            let _ = write!(
                page,
                "\n[[pauses]]\nseconds = {seconds:.1}\nweight = {weight:.1}\n"
            );
        }
        for (role, [before, after]) in roles {
            let _ = write!(
                page,
                "\n[[roles]]\nrole = \"{}\"\nbefore = {before:.1}\nafter = {after:.1}\n",
                role.name()
            );
        }
        for (act, weights) in acts {
            if weights.iter().all(|weight| weight.abs() < LEAST_WEIGHT) {
                continue;
            }
            let _ = write!(page, "\n[[signs]]\nact = \"{act}\"\n");
            for (place, weight) in PLACES.iter().zip(weights) {
                if weight.abs() >= LEAST_WEIGHT {
                    let _ = writeln!(page, "{place} = {weight:.1}");
                }
            }
        }
        for ((side, tenths), words) in words {
            let (side, weight) = (SIDES[side], tenths as f64 / 10.0);
            let _ = write!(
                page,
                "\n[[words]]\n{side} = {weight:.1}\n{}",
                listed(&words)
            );
        }
    }
}

/// How much more often visits are of a length than cuts alone would make them.
fn write_lengths(conversations: &[Conversation], page: &mut String) {
    let lengths: Vec<usize> = conversations.iter().map(|one| one.turns.len()).collect();
    let count = lengths.len().max(1) as f64;
    let mean = lengths.iter().sum::<usize>() as f64 / count;
    let cut = 1.0 / mean.max(1.0);
    for (step, least) in LENGTHS.iter().enumerate() {
        let next = LENGTHS.get(step + 1).copied();
        let within = |length: &usize| length >= least && next.is_none_or(|next| *length < next);
        let seen = lengths.iter().filter(|length| within(length)).count() as f64;
        // The share of lengths from `turns` on, were a cut as likely everywhere.
        let from = |turns: usize| (1.0 - cut).powi(turns as i32 - 1);
        let chance = from(*least) - next.map_or(0.0, from);
        let weight = ((1.0 - ANY_LENGTH) * seen / count / chance + ANY_LENGTH).ln();
        let _ = write!(
            page,
            "\n[[lengths]]\nturns = {least}\nweight = {weight:.1}\n"
        );
    }
}
