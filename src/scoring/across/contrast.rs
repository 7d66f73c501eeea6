//! Whether a difference between two groups is more than chance.
//!
//! Two groups never have the very same mean; the question is whether the difference is
//! more than chance. Conversations are drawn again and again with putting back, the
//! difference is measured on each draw, and the middle of what comes out is the
//! interval. Whole clerks are drawn, where all conversations name theirs and there are
//! enough: the conversations of one clerk resemble each other, and a few friendly clerks
//! who happen to serve the friends say nothing about the house. The more groups are
//! compared, the likelier one of them differs by chance; so the intervals are widened
//! until *all* of them together hold with 95 % confidence.

use super::Range;
use std::collections::BTreeMap;

/// Of fewer clerks drawing clerks tells nothing.
const FEWEST_CLERKS: usize = 8;
/// Conversations that aren't drawn by clerk are drawn in so many bundles at most, which
/// comes to the same and takes no longer for a million.
const BUNDLES: usize = 400;
const DRAWS: usize = 4_000;
const SEED: u64 = 0x2545_F491_4F6C_DD1D;

/// What one conversation says about how warmly it was held.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    pub clerk: Option<u32>,
    /// Score, courtesy words, obligations met: each a sum and what it is divided by.
    pub measures: [(f32, f32); 3],
}

/// One figure on both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// The figure on the one side and the other.
    pub sides: [f64; 2],
    /// By how much the first is larger: where that lies.
    pub difference: Range,
}

impl Contrast {
    /// By how much the first side is larger.
    pub fn by(&self) -> f64 {
        self.sides[0] - self.sides[1]
    }

    /// Whether the difference is more than chance.
    pub fn is_sure(&self) -> bool {
        self.difference.low > 0.0 || self.difference.high < 0.0
    }
}

/// For each measure, the sums of both sides: what is drawn as a whole.
pub(super) type Bundle = [[(f64, f64); 2]; 3];

/// Conversations bundled for drawing, by clerk or just so.
pub(super) fn bundles(samples: &[Vec<&Sample>; 2]) -> (bool, Vec<Bundle>) {
    let mut by_clerk: BTreeMap<Option<u32>, Bundle> = BTreeMap::new();
    for (side, samples) in samples.iter().enumerate() {
        for sample in samples {
            add(by_clerk.entry(sample.clerk).or_default(), side, sample);
        }
    }
    if !by_clerk.contains_key(&None) && by_clerk.len() >= FEWEST_CLERKS {
        return (true, by_clerk.into_values().collect());
    }
    let mut bundles = Vec::new();
    for (side, samples) in samples.iter().enumerate() {
        let mut own = vec![Bundle::default(); samples.len().min(BUNDLES)];
        let many = own.len().max(1);
        for (place, sample) in samples.iter().enumerate() {
            add(&mut own[place % many], side, sample);
        }
        bundles.append(&mut own);
    }
    (false, bundles)
}

fn add(bundle: &mut Bundle, side: usize, sample: &Sample) {
    for (sums, (part, whole)) in bundle.iter_mut().zip(sample.measures) {
        sums[side].0 += f64::from(part);
        sums[side].1 += f64::from(whole);
    }
}

/// A figure on both sides, and where its difference lies.
pub(super) fn drawn(bundles: &[Bundle], measure: usize, comparisons: usize) -> Option<Contrast> {
    let sides = figures(bundles.iter().map(|bundle| bundle[measure]))?;
    let mut state = SEED;
    let mut differences: Vec<f64> = (0..DRAWS)
        .filter_map(|_| {
            let draw = (0..bundles.len()).map(|_| {
                // Xorshift: reproducible, and good enough to draw with.
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                bundles[(state % bundles.len() as u64) as usize][measure]
            });
            figures(draw).map(|[a, b]| a - b)
        })
        .collect();
    differences.sort_by(f64::total_cmp);
    let beyond = differences.len() as f64 * 0.025 / comparisons as f64;
    let beyond = (beyond as usize).min(differences.len().saturating_sub(1) / 2);
    Some(Contrast {
        sides,
        difference: Range {
            low: *differences.get(beyond)?,
            high: *differences.get(differences.len() - 1 - beyond)?,
        },
    })
}

fn figures(sums: impl Iterator<Item = [(f64, f64); 2]>) -> Option<[f64; 2]> {
    let mut total = [(0.0, 0.0); 2];
    for sums in sums {
        for (total, (part, whole)) in total.iter_mut().zip(sums) {
            total.0 += part;
            total.1 += whole;
        }
    }
    let is_known = total.iter().all(|(_, whole)| *whole > 0.0);
    is_known.then(|| total.map(|(part, whole)| part / whole))
}
