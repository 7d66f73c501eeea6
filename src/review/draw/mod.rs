//! Which verdicts a person looks at: so many, or such a share, of those that are asked
//! for, by a seed.
//!
//! Each unit (a verdict, or a conversation with its verdicts) gets a number made of its
//! names and the seed, and the smallest numbers are drawn. So the same input and seed
//! give the same sample in whatever order the lines come, a larger sample contains the
//! smaller one, and nothing that isn't drawn has to be kept.

mod pool;

use crate::assessment::Verdict;
use crate::report::wire::{Clause, Line};
use pool::{Pool, part, spread};
use std::collections::BTreeMap;

/// How many units are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// So many, spread evenly over the strata if there are any.
    Number(usize),
    /// This share of all, 0 to 1, and of each stratum; at least one where there is any.
    Share(f64),
}

/// Of what equal or proportional parts are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stratum {
    /// Each clause.
    Clause,
    /// Each verdict.
    Verdict,
    /// Each member of staff.
    Agent,
    /// Each branch.
    Branch,
    /// Each channel.
    Channel,
}

impl Stratum {
    /// All of them with the words that stand for them.
    pub const ALL: [(&'static str, Stratum); 5] = [
        ("clause", Stratum::Clause),
        ("verdict", Stratum::Verdict),
        ("agent", Stratum::Agent),
        ("branch", Stratum::Branch),
        ("channel", Stratum::Channel),
    ];

    fn of<'a>(self, line: &'a Line<'_>, of: &'a Clause<'_>) -> &'a str {
        match self {
            Stratum::Clause => &of.clause,
            Stratum::Verdict => &of.verdict,
            Stratum::Agent => line.about.agent.as_deref().unwrap_or_default(),
            Stratum::Branch => line.about.branch.as_deref().unwrap_or_default(),
            Stratum::Channel => line.channel.as_deref().unwrap_or_default(),
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    /// How many.
    pub size: Size,
    /// Whether whole conversations are drawn, with all their verdicts that are asked for.
    pub whole: bool,
    /// Of what parts, if of any.
    pub by: Option<Stratum>,
    /// The same seed gives the same sample.
    pub seed: u64,
    /// These clauses only, unless there are none.
    pub clauses: Vec<String>,
    /// These verdicts only.
    pub verdicts: Vec<Verdict>,
    /// Only conversations with a score from here to there.
    pub near: Option<(f64, f64)>,
}

impl Default for Draw {
    /// A hundred verdicts that cost points.
    fn default() -> Self {
        Self {
            size: Size::Number(100),
            whole: false,
            by: None,
            seed: 1,
            clauses: Vec::new(),
            verdicts: vec![Verdict::Partial, Verdict::Missed, Verdict::Breached],
            near: None,
        }
    }
}

impl Draw {
    fn wants(&self, of: &Clause<'_>) -> bool {
        let clause = self.clauses.is_empty() || self.clauses.iter().any(|id| **id == *of.clause);
        clause && Verdict::from_name(&of.verdict).is_some_and(|of| self.verdicts.contains(&of))
    }

    fn is_near(&self, line: &Line<'_>) -> bool {
        let Some((low, high)) = self.near else {
            return true;
        };
        line.score
            .is_some_and(|score| (low..=high).contains(&score))
    }
}

/// Draws while lines come by. `T` is what is kept of a verdict.
pub struct Sampler<T> {
    draw: Draw,
    pools: BTreeMap<String, Pool<T>>,
    taken: usize,
}

impl<T> Sampler<T> {
    /// Nothing drawn yet.
    pub fn new(draw: Draw) -> Self {
        Self {
            draw,
            pools: BTreeMap::new(),
            taken: 0,
        }
    }

    /// Takes a line into account. `keep` makes what is kept of those of its verdicts that
    /// may yet be drawn.
    pub fn add<'l>(&mut self, line: &'l Line<'_>, mut keep: impl FnMut(&'l Clause<'_>) -> T) {
        let place = self.taken;
        self.taken += 1;
        if !self.draw.is_near(line) {
            return;
        }
        let wanted = line.verdicts.iter().filter(|of| self.draw.wants(of));
        if self.draw.whole {
            let wanted: Vec<_> = wanted.collect();
            let Some(first) = wanted.first() else { return };
            let stratum = self.draw.by.map_or("", |by| by.of(line, first));
            let pool = self.pools.entry(stratum.to_owned()).or_default();
            let key = number(self.draw.seed, &line.id, "");
            pool.offer(self.draw.size, (key, place, 0), || {
                wanted.into_iter().map(keep).collect()
            });
            return;
        }
        for (inside, of) in wanted.enumerate() {
            let stratum = self.draw.by.map_or("", |by| by.of(line, of));
            let pool = match self.pools.get_mut(stratum) {
                Some(pool) => pool,
                None => self.pools.entry(stratum.to_owned()).or_default(),
            };
            let key = number(self.draw.seed, &line.id, &of.clause);
            pool.offer(self.draw.size, (key, place, inside), || vec![keep(of)]);
        }
    }

    /// How many units there were to draw from.
    pub fn population(&self) -> usize {
        self.pools.values().map(|pool| pool.population).sum()
    }

    /// What was drawn, in the order in which it came.
    pub fn finish(self) -> Vec<T> {
        let sizes: Vec<usize> = self.pools.values().map(|pool| pool.population).collect();
        let shares = match self.draw.size {
            Size::Number(number) => spread(number, &sizes),
            Size::Share(share) => sizes.iter().map(|size| part(share, *size)).collect(),
        };
        let mut drawn = Vec::new();
        for (mut pool, share) in self.pools.into_values().zip(shares) {
            pool.keep_smallest(share);
            drawn.extend(pool.kept);
        }
        drawn.sort_by_key(|((_, place, inside), _)| (*place, *inside));
        drawn.into_iter().flat_map(|(_, kept)| kept).collect()
    }
}

/// A number evenly spread over all 64 bits, the same for the same names (FNV-1a, mixed
/// as in SplitMix64).
fn number(seed: u64, id: &str, clause: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let seed = seed.to_le_bytes();
    let bytes = seed.iter().chain(id.as_bytes()).chain(&[0xff]);
    for byte in bytes.chain(clause.as_bytes()) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::wire::read_line;
    use serde_json::json;

    /// A conversation with a breach of 1, something missed of 2, and 3 met.
    fn line(number: usize) -> Line<'static> {
        let verdict = |clause: &str, verdict: &str| {
            json!({"clause": clause, "verdict": verdict, "trigger": 0, "missing": [],
                "wording": null, "points": 0.0, "evidence": []})
        };
        let line = json!({
            "v": 1, "id": format!("c{number}"), "phrasebook": "q@1", "channel": "counter",
            "language": "cmn", "score": (number % 101) as f64, "vetoed": false,
            "verdicts": [verdict("1", "breached"), verdict("2", "missed"), verdict("3", "met")],
            "courtesy_words": {}, "notes": [],
            "about": {"agent": if number.is_multiple_of(10) { "rare" } else { "usual" }},
        });
        read_line(&line.to_string()).expect("a line")
    }

    fn drawn(draw: Draw, numbers: impl Iterator<Item = usize>) -> (Vec<String>, usize) {
        let mut sampler = Sampler::new(draw);
        for number in numbers {
            let line = line(number);
            sampler.add(&line, |of| format!("{} {}", line.id, of.clause));
        }
        let population = sampler.population();
        (sampler.finish(), population)
    }

    fn count(drawn: &[String], end: &str) -> usize {
        drawn.iter().filter(|unit| unit.ends_with(end)).count()
    }

    #[test]
    fn the_seed_decides_and_not_the_order() {
        let draw = |seed| Draw {
            size: Size::Number(20),
            seed,
            ..Draw::default()
        };
        let (one, population) = drawn(draw(1), 0..2000);
        assert_eq!((one.len(), population), (20, 4000));
        let (mut again, _) = drawn(draw(1), (0..2000).rev());
        again.sort();
        let mut sorted = one.clone();
        sorted.sort();
        assert_eq!(sorted, again);
        assert_ne!(one, drawn(draw(2), 0..2000).0);
        let larger = Draw {
            size: Size::Number(40),
            ..draw(1)
        };
        let (larger, _) = drawn(larger, 0..2000);
        assert!(one.iter().all(|unit| larger.contains(unit)));
    }

    #[test]
    fn samples_come_in_the_order_of_the_lines() {
        let (all, _) = drawn(Draw::default(), 0..7);
        let expected: Vec<String> = (0..7)
            .flat_map(|number| [format!("c{number} 1"), format!("c{number} 2")])
            .collect();
        assert_eq!(all, expected);
    }

    #[test]
    fn shares_are_exact() {
        for (share, numbers, expected) in [
            (0.05, 10_000, 1000),
            (0.5, 3001, 3001),
            (1.0, 1500, 3000),
            (0.001, 20, 1),
            (0.0, 20, 0),
        ] {
            let draw = Draw {
                size: Size::Share(share),
                ..Draw::default()
            };
            let (drawn, population) = drawn(draw, 0..numbers);
            assert_eq!(
                (drawn.len(), population),
                (expected, 2 * numbers),
                "{share}"
            );
        }
    }

    #[test]
    fn strata_get_even_numbers_or_their_share() {
        let draw = |size| Draw {
            size,
            by: Some(Stratum::Agent),
            clauses: vec!["1".to_owned()],
            ..Draw::default()
        };
        let is_rare = |unit: &String| unit.trim_end_matches(" 1").ends_with('0');
        let rare = |drawn: Vec<String>| drawn.iter().filter(|unit| is_rare(unit)).count();
        // 100 of 1000 are rare.
        assert_eq!(rare(drawn(draw(Size::Number(60)), 0..1000).0), 30);
        assert_eq!(rare(drawn(draw(Size::Number(400)), 0..1000).0), 100);
        assert_eq!(rare(drawn(draw(Size::Share(0.1)), 0..1000).0), 10);
        let (all, _) = drawn(draw(Size::Number(400)), 0..1000);
        assert_eq!(all.len(), 400);
    }

    #[test]
    fn clauses_verdicts_and_scores_are_asked_for() {
        let all = Draw {
            size: Size::Share(1.0),
            ..Draw::default()
        };
        let met = Draw {
            verdicts: vec![Verdict::Met],
            ..all.clone()
        };
        let (drawn_met, _) = drawn(met, 0..10);
        assert_eq!((drawn_met.len(), count(&drawn_met, " 3")), (10, 10));
        let near = Draw {
            near: Some((58.0, 62.0)),
            ..all.clone()
        };
        let (near, _) = drawn(near, 0..101);
        assert_eq!(near.len(), 10);
        let clause = Draw {
            clauses: vec!["2".to_owned()],
            ..all
        };
        let (clause, _) = drawn(clause, 0..10);
        assert_eq!((clause.len(), count(&clause, " 2")), (10, 10));
    }

    #[test]
    fn whole_conversations_keep_their_verdicts_together() {
        let draw = Draw {
            size: Size::Number(5),
            whole: true,
            ..Draw::default()
        };
        let (drawn, population) = drawn(draw, 0..100);
        assert_eq!((drawn.len(), population), (10, 100));
        assert_eq!((count(&drawn, " 1"), count(&drawn, " 2")), (5, 5));
    }
}
