//! Sums over conversations, and how sure the figures are that come of them.

use crate::assessment::Verdict;

/// An interval that holds the figure with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// Of fewer conversations no interval is told: it would say nothing.
const FEWEST: usize = 5;

/// The upper 2.5 % of the normal distribution lie beyond.
const BEYOND: f64 = 1.959_964;

/// How conversations came out on the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// How many there are, those from before the standard was in force apart.
    pub count: usize,
    /// How many of them have a score.
    pub scored: usize,
    /// How many passed.
    pub passed: usize,
    /// How many were vetoed.
    pub vetoed: usize,
    /// How many verdicts cost points.
    pub findings: usize,
    /// How often staff said one of the courtesy words.
    pub courtesy: u64,
    sum: f64,
    squares: f64,
}

impl Tally {
    pub(super) fn add_score(&mut self, score: f64) {
        self.scored += 1;
        self.sum += score;
        self.squares += score * score;
    }

    /// The mean score.
    pub fn mean(&self) -> Option<f64> {
        (self.scored > 0).then(|| self.sum / self.scored as f64)
    }

    /// Where the mean score of such conversations lies, by Student's distribution.
    pub(super) fn range(&self) -> Option<Range> {
        if self.scored < FEWEST {
            return None;
        }
        let number = self.scored as f64;
        let mean = self.sum / number;
        let variance = ((self.squares - self.sum * mean) / (number - 1.0)).max(0.0);
        let around = student(self.scored - 1) * (variance / number).sqrt();
        Some(Range {
            low: mean - around,
            high: mean + around,
        })
    }

    /// The share of those with a score that passed.
    pub fn pass_rate(&self) -> Option<f64> {
        (self.scored > 0).then(|| self.passed as f64 / self.scored as f64)
    }

    /// Verdicts that cost points, a conversation.
    pub fn findings_each(&self) -> Option<f64> {
        (self.count > 0).then(|| self.findings as f64 / self.count as f64)
    }

    /// Courtesy words, a conversation.
    pub fn courtesy_each(&self) -> Option<f64> {
        (self.count > 0).then(|| self.courtesy as f64 / self.count as f64)
    }
}

/// How often a clause came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What was asked for was said.
    pub met: u32,
    /// Some of it was.
    pub partial: u32,
    /// None of it was.
    pub missed: u32,
    /// What must not be was said or done.
    pub breached: u32,
    /// The transcript can't tell.
    pub undecided: u32,
}

impl Counts {
    pub(super) fn add(&mut self, verdict: Verdict) {
        let count = match verdict {
            Verdict::Met => &mut self.met,
            Verdict::Partial => &mut self.partial,
            Verdict::Missed => &mut self.missed,
            Verdict::Breached => &mut self.breached,
            Verdict::Undecided => &mut self.undecided,
        };
        *count += 1;
    }

    /// How often it cost points.
    pub fn failed(self) -> u32 {
        self.partial + self.missed + self.breached
    }

    /// How often it arose and could be decided.
    pub fn arose(self) -> u32 {
        self.met + self.failed()
    }

    /// The share of those times at which it cost points.
    pub fn rate(self) -> Option<f64> {
        (self.arose() > 0).then(|| f64::from(self.failed()) / f64::from(self.arose()))
    }

    /// Where that share lies, by Wilson's interval, which holds for few and for none.
    pub fn range(self) -> Option<Range> {
        let number = f64::from(self.arose());
        let share = self.rate().filter(|_| self.arose() as usize >= FEWEST)?;
        let square = BEYOND * BEYOND;
        let middle = share + square / (2.0 * number);
        let around =
            BEYOND * (share * (1.0 - share) / number + square / (4.0 * number * number)).sqrt();
        let whole = 1.0 + square / number;
        Some(Range {
            low: ((middle - around) / whole).max(0.0),
            high: ((middle + around) / whole).min(1.0),
        })
    }
}

/// The point beyond which the upper 2.5 % of Student's distribution lie, by the series
/// of Cornish and Fisher around the normal one; right to 0.1 % from four degrees of
/// freedom on.
fn student(freedom: usize) -> f64 {
    let z = BEYOND;
    let by = freedom.max(4) as f64;
    let terms = [
        (z.powi(3) + z) / 4.0,
        (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0,
        (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0,
        (79.0 * z.powi(9) + 776.0 * z.powi(7) + 1482.0 * z.powi(5)
            - 1920.0 * z.powi(3)
            - 945.0 * z)
            / 92_160.0,
    ];
    let parts = terms.into_iter().zip(1..);
    z + parts
        .map(|(term, power)| term / by.powi(power))
        .sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scores: &[f64]) -> Tally {
        let mut tally = Tally::default();
        for score in scores {
            tally.count += 1;
            tally.add_score(*score);
        }
        tally
    }

    #[test]
    fn student_as_in_the_tables() {
        let table = [
            (4, 2.776),
            (5, 2.571),
            (9, 2.262),
            (29, 2.045),
            (119, 1.980),
            (9_999, 1.960),
        ];
        for (freedom, expected) in table {
            let found = student(freedom);
            assert!((found - expected).abs() < 0.003, "{freedom}: {found}");
        }
    }

    #[test]
    fn a_mean_and_where_it_lies() {
        let tally = of(&[80.0, 90.0, 70.0, 100.0, 60.0]);
        assert_eq!(tally.mean(), Some(80.0));
        let range = tally.range().expect("five are enough");
        // The standard error is 15.811 / √5 = 7.071.
        assert!(
            (range.low - (80.0 - 2.776 * 7.071)).abs() < 0.05,
            "{range:?}"
        );
        assert!(
            (range.high - (80.0 + 2.776 * 7.071)).abs() < 0.05,
            "{range:?}"
        );
        assert_eq!(of(&[1.0; 4]).range(), None);
        assert_eq!(of(&[]).mean(), None);
        let same = of(&[0.1; 1000]).range().expect("many");
        assert!(same.high - same.low < 1e-6, "{same:?}");
    }

    #[test]
    fn a_share_and_where_it_lies() {
        let counts = |met, missed| Counts {
            met,
            missed,
            ..Counts::default()
        };
        assert_eq!(counts(0, 0).rate(), None);
        assert_eq!(counts(3, 1).rate(), Some(0.25));
        assert_eq!(counts(3, 1).range(), None);
        let none = counts(10, 0).range().expect("ten");
        assert_eq!(none.low, 0.0);
        assert!((none.high - 0.2775).abs() < 0.0005, "{none:?}");
        let half = counts(50, 50).range().expect("a hundred");
        assert!((half.low - 0.4038).abs() < 0.0005 && (half.high - 0.5962).abs() < 0.0005);
    }
}
