//! Agreement on talk with noise.

use super::{Labelled, judge};
use crate::screen::Screen;
use liyan::checker::Checker;
use liyan::generate::Noise;
use liyan::scoring::agreement::{Label, measure};

/// How many seeds a point of the curve is the mean of.
const SEEDS: u64 = 3;

/// Agreement on talk with noise, a line a rate.
pub fn curve(
    screen: &Screen,
    checker: &Checker,
    all: &[Labelled],
    theirs: &[Label],
    only: &[String],
    rates: &[u8],
) -> String {
    let noise = Noise::new(checker.rules().sounds.clone());
    let mut page = String::new();
    for &rate in rates {
        let mut sums = [0.0; 3];
        for seed in 0..SEEDS {
            let disturbed = all.iter().enumerate().map(|(number, one)| {
                let seed = seed * 1_000_003 + number as u64;
                noise.disturb(&one.conversation, f64::from(rate) / 100.0, seed)
            });
            let agreement = measure(&judge(checker, disturbed, only), theirs);
            for (sum, counts) in
                sums.iter_mut()
                    .zip([agreement.strict, agreement.raised, agreement.problem])
            {
                *sum += counts.f1() / SEEDS as f64;
            }
        }
        let [strict, raised, problem] = sums.map(|mean| format!("{mean:.3}"));
        let values = [
            ("rate", rate.to_string()),
            ("strict", strict),
            ("raised", raised),
            ("problem", problem),
        ];
        page.push_str(&screen.labels.fill("evaluate.noise", &values));
        page.push('\n');
    }
    page
}
