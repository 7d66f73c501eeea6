//! Article 10: whether groups that are to be served alike are.
//!
//! The groups are those that a conversation's tags name: the sides of a pair in
//! `phrasebook/groups.toml`, or the values of any key, `age=old`. What their difference
//! is worth, [`Contrast`] says.

use super::Case;
use super::contrast::{Contrast, Sample, bundles, drawn};
use crate::assessment::Verdict;
use crate::phrasebook::groups::{self, Pair};
use std::collections::BTreeMap;

/// Fewer conversations on a side tell nothing.
const FEWEST: usize = 20;
/// A tag's key with more values isn't a way to group.
const MOST_VALUES: usize = 12;
/// Of more keys than that the further ones aren't compared.
const MOST_KEYS: usize = 24;
/// Groups whose scores differ by less than this share of the scale are served alike.
const ALIKE: f64 = 0.03;

/// The conversations of the groups that are compared.
#[derive(Clone, Debug, Default)]
pub struct Alike {
    clerks: BTreeMap<String, u32>,
    pairs: BTreeMap<&'static str, (&'static Pair, [Vec<Sample>; 2])>,
    keys: BTreeMap<String, BTreeMap<String, Vec<Sample>>>,
}

/// How a side is called.
#[derive(Clone, Debug, PartialEq)]
pub enum SideName {
    /// A side of a pair that the standard names: its place in `sides`.
    Of(&'static str, usize),
    /// A value of a tag's key, `age=old`.
    Tagged(String, String),
    /// All other values of that key.
    Others(String),
}

/// What a difference of scores means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Too few conversations.
    TooFew,
    /// It is more than chance.
    Differs,
    /// It is so small that it doesn't matter, whatever chance did.
    Alike,
    /// It may be chance, and may be more.
    Unclear,
}

impl Meaning {
    /// The word that stands for it in files.
    pub fn name(self) -> &'static str {
        match self {
            Meaning::TooFew => "too-few",
            Meaning::Differs => "differs",
            Meaning::Alike => "alike",
            Meaning::Unclear => "unclear",
        }
    }
}

/// Two groups compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The two groups.
    pub sides: [SideName; 2],
    /// How many conversations they have.
    pub counts: [usize; 2],
    /// Whether whole clerks were drawn.
    pub by_clerk: bool,
    /// The scores, where there are any.
    pub score: Option<Contrast>,
    /// Courtesy words a conversation.
    pub courtesy: Option<Contrast>,
    /// The share of obligations that were met in full.
    pub met: Option<Contrast>,
    /// What the difference of scores means.
    pub meaning: Meaning,
}

impl Alike {
    pub(super) fn add(&mut self, case: &Case<'_>) {
        if case.tags.is_empty() {
            return;
        }
        let sample = self.sample(case);
        let mut named = Vec::new();
        for tag in &case.tags {
            if let Some((pair, side)) = groups::side_of(tag) {
                // Two words for one side are one side.
                if named.contains(&(&pair.name, side)) {
                    continue;
                }
                named.push((&pair.name, side));
                let empty = || (pair, [Vec::new(), Vec::new()]);
                let entry = self.pairs.entry(&pair.name).or_insert_with(empty);
                entry.1[side].push(sample);
            } else if let Some((key, value)) = tag.split_once('=') {
                let is_known = self.keys.contains_key(key);
                if key.is_empty() || (!is_known && self.keys.len() >= MOST_KEYS) {
                    continue;
                }
                let values = self.keys.entry(key.to_owned()).or_default();
                // One value too many is kept, as a sign that this is no way to group.
                if values.contains_key(value) || values.len() <= MOST_VALUES {
                    values.entry(value.to_owned()).or_default().push(sample);
                }
            }
        }
    }

    fn sample(&mut self, case: &Case<'_>) -> Sample {
        let next = self.clerks.len() as u32;
        let clerk =
            case.agent
                .filter(|name| !name.is_empty())
                .map(|name| match self.clerks.get(name) {
                    Some(clerk) => *clerk,
                    None => {
                        self.clerks.insert(name.to_owned(), next);
                        next
                    }
                });
        let count = |is: fn(Verdict) -> bool| {
            let same = case.verdicts.iter().filter(|(_, verdict)| is(*verdict));
            same.count() as f32
        };
        let met = count(|verdict| verdict == Verdict::Met);
        let due = count(|of| matches!(of, Verdict::Met | Verdict::Partial | Verdict::Missed));
        Sample {
            clerk,
            measures: [
                case.score.map_or((0.0, 0.0), |score| (score as f32, 1.0)),
                (case.courtesy_total() as f32, 1.0),
                (met, due),
            ],
        }
    }

    /// The groups compared. `scale` is how far apart scores can lie at all.
    pub fn differences(&self, scale: f64) -> Vec<Difference> {
        let sides = self.sides();
        let comparable = sides.iter().filter(|(_, sides)| are_enough(sides)).count();
        sides
            .iter()
            .map(|(names, samples)| compare(names, samples, comparable.max(1), scale))
            .collect()
    }

    fn sides(&self) -> Vec<([SideName; 2], [Vec<&Sample>; 2])> {
        let mut sides = Vec::new();
        // In the order of the file, which is the standard's.
        for pair in groups::pairs() {
            if let Some((_, samples)) = self.pairs.get(pair.name.as_str()) {
                let names = [0, 1].map(|side| SideName::Of(&pair.name, side));
                sides.push((names, samples.each_ref().map(|side| side.iter().collect())));
            }
        }
        for (key, values) in &self.keys {
            if !(2..=MOST_VALUES).contains(&values.len()) {
                continue;
            }
            let tagged = |value: &String| SideName::Tagged(key.clone(), value.clone());
            if let [(a, ours), (b, theirs)] = values.iter().collect::<Vec<_>>()[..] {
                let samples = [ours.iter().collect(), theirs.iter().collect()];
                sides.push(([tagged(a), tagged(b)], samples));
                continue;
            }
            for (value, ours) in values {
                let others = values.iter().filter(|(other, _)| *other != value);
                let theirs = others.flat_map(|(_, samples)| samples).collect();
                let names = [tagged(value), SideName::Others(key.clone())];
                sides.push((names, [ours.iter().collect(), theirs]));
            }
        }
        sides
    }
}

fn are_enough(sides: &[Vec<&Sample>; 2]) -> bool {
    sides.iter().all(|side| side.len() >= FEWEST)
}

fn compare(
    names: &[SideName; 2],
    samples: &[Vec<&Sample>; 2],
    comparisons: usize,
    scale: f64,
) -> Difference {
    let (by_clerk, bundles) = bundles(samples);
    let enough = are_enough(samples);
    let contrast = |measure| {
        enough
            .then(|| drawn(&bundles, measure, comparisons))
            .flatten()
    };
    let score = contrast(0);
    let meaning = match score {
        None => Meaning::TooFew,
        Some(score) if within(score, ALIKE * scale) => Meaning::Alike,
        Some(score) if score.is_sure() => Meaning::Differs,
        Some(_) => Meaning::Unclear,
    };
    Difference {
        sides: names.clone(),
        counts: samples.each_ref().map(Vec::len),
        by_clerk,
        score,
        courtesy: contrast(1),
        met: contrast(2),
        meaning,
    }
}

fn within(contrast: Contrast, margin: f64) -> bool {
    contrast.difference.low > -margin && contrast.difference.high < margin
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Clerks 0 to 9 hold so many conversations each, in turn tagged one way and the
    /// other; the first kind scores `more` points above what chance gives.
    fn alike(each: usize, more: f64, chance: f64, tags: [&str; 2], clerks: bool) -> Alike {
        let mut alike = Alike::default();
        let mut state = 7_u32;
        for place in 0..20 * each {
            state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            let noise = f64::from(state >> 16) / 65_536.0 - 0.5;
            let clerk = (place / 2 % 10).to_string();
            let side = place % 2;
            alike.add(&Case {
                score: Some(80.0 + chance * noise + if side == 0 { more } else { 0.0 }),
                agent: clerks.then_some(&clerk),
                tags: vec![tags[side]],
                courtesy: vec![("您好", 1 + side as u32)],
                verdicts: vec![("9.3", Verdict::Met), ("9.5", Verdict::Missed)],
                ..Case::default()
            });
        }
        alike
    }

    #[test]
    fn what_a_difference_means() {
        let tags = ["stranger", "friend"];
        let cases = [
            // conversations a clerk and side, points more, chance, clerks, meaning
            (30, 8.0, 10.0, true, Meaning::Differs),
            (30, -8.0, 10.0, false, Meaning::Differs),
            (30, 0.0, 10.0, true, Meaning::Alike),
            (30, 1.0, 4.0, true, Meaning::Alike),
            (3, 0.0, 60.0, true, Meaning::Unclear),
            (1, 20.0, 1.0, true, Meaning::TooFew),
        ];
        for (each, more, chance, clerks, expected) in cases {
            let alike = alike(each, more, chance, tags, clerks);
            let differences = alike.differences(100.0);
            assert_eq!(differences.len(), 1);
            let found = &differences[0];
            assert_eq!(found.meaning, expected, "{more} {found:?}");
            assert_eq!((found.counts, found.by_clerk), ([10 * each; 2], clerks));
            if let Some(score) = found.score {
                let range = score.difference;
                assert!(
                    range.low <= score.by() && score.by() <= range.high,
                    "{found:?}"
                );
                let truth = range.low - 1.0 <= more && more <= range.high + 1.0;
                assert!(truth, "{more} {found:?}");
            }
        }
    }

    #[test]
    fn the_other_figures_are_compared_too() {
        let found = alike(30, 0.0, 1.0, ["忙时", "load=闲时"], true).differences(100.0);
        let names = found.first().map(|of| of.sides.clone());
        let expected = [SideName::Of("load", 0), SideName::Of("load", 1)];
        assert_eq!(names, Some(expected));
        let courtesy = found[0].courtesy.expect("enough");
        assert_eq!((courtesy.sides, courtesy.is_sure()), ([1.0, 2.0], true));
        let met = found[0].met.expect("enough");
        assert_eq!((met.sides, met.is_sure()), ([0.5, 0.5], false));
    }

    #[test]
    fn any_key_groups_and_several_values_stand_against_the_rest() {
        let two = alike(30, 0.0, 1.0, ["floor=1", "floor=2"], true).differences(100.0);
        let tagged = |value: &str| SideName::Tagged("floor".to_owned(), value.to_owned());
        assert_eq!(two[0].sides, [tagged("1"), tagged("2")]);
        let mut three = alike(30, 0.0, 1.0, ["floor=1", "floor=2"], true);
        for _ in 0..30 {
            three.add(&Case {
                score: Some(80.0),
                agent: Some("3"),
                tags: vec!["floor=3", "vip"],
                ..Case::default()
            });
        }
        let others = SideName::Others("floor".to_owned());
        let sides: Vec<_> = three
            .differences(100.0)
            .into_iter()
            .map(|of| of.sides)
            .collect();
        let against = ["1", "2", "3"].map(|value| [tagged(value), others.clone()]);
        assert_eq!(sides, against);
    }

    #[test]
    fn numbers_of_cases_are_no_groups() {
        let mut alike = Alike::default();
        for place in 0..1_000 {
            let tag = format!("case={place}");
            alike.add(&Case {
                tags: vec![&tag, "=", "k="],
                ..Case::default()
            });
        }
        assert_eq!(alike.differences(100.0), []);
        assert!(alike.keys["case"].len() <= MOST_VALUES + 1);
    }

    #[test]
    fn clerks_who_differ_are_not_taken_for_the_groups() {
        // Two of ten clerks are warm and serve nearly all friends: each conversation by
        // itself would make a difference sure that is the clerks'.
        let mut alike = Alike::default();
        for place in 0..2_000_usize {
            let clerk = place % 10;
            let name = clerk.to_string();
            let is_friend = if clerk < 2 {
                place % 7 > 0
            } else {
                place % 7 == 0
            };
            alike.add(&Case {
                score: Some(if clerk < 2 { 90.0 } else { 80.0 } + (place % 13) as f64),
                agent: Some(&name),
                tags: vec![if is_friend { "friend" } else { "stranger" }],
                ..Case::default()
            });
        }
        let found = &alike.differences(100.0)[0];
        let width = found.score.map(|of| of.difference.high - of.difference.low);
        assert!(found.by_clerk && width > Some(4.0), "{found:?}");
    }
}
