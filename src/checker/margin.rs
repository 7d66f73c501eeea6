//! A linear support vector machine: weights that put what is of a kind on one side of
//! a margin, and the rest on the other.
//!
//! The dual is gone through coordinate by coordinate (Hsieh and others, 2008), in an
//! order that is always the same, with additions and multiplications alone: the same
//! weights come out on every machine.

/// How many times all rows are gone over at most.
const SWEEPS: usize = 200;
/// A sweep that moves no row's share by more than this is the last.
const STILL: f64 = 1e-3;
/// What a row on the wrong side costs, against weights that are large.
const COST: f64 = 0.1;
/// Steps through the rows, so that neighbours, which are alike, don't follow each other.
const STRIDE: usize = 7919;

/// What a row has: a feature, and how much of it.
pub(super) type Row = Vec<(u32, f64)>;

/// The weight of each feature, and of a row that has none.
pub(super) struct Separation {
    pub lean: f64,
    pub of: Vec<f64>,
}

impl Separation {
    /// Fits it to the rows named; `is_of` says which are of the kind.
    pub(super) fn fit(features: usize, rows: &[&Row], is_of: &[bool]) -> Self {
        let mut fitted = Self {
            lean: 0.0,
            of: vec![0.0; features],
        };
        let soft = 1.0 / (2.0 * COST);
        let lengths: Vec<f64> = rows
            .iter()
            .map(|row| 1.0 + row.iter().map(|(_, value)| value * value).sum::<f64>() + soft)
            .collect();
        let mut shares = vec![0.0_f64; rows.len()];
        let stride = (STRIDE..)
            .find(|stride| shares_no_factor(*stride, rows.len()))
            .unwrap_or(1);
        for _ in 0..SWEEPS {
            let mut moved = 0.0_f64;
            for step in 0..rows.len() {
                let at = step * stride % rows.len();
                let side = if is_of[at] { 1.0 } else { -1.0 };
                let slope = side * fitted.weigh(rows[at]) - 1.0 + soft * shares[at];
                let share = (shares[at] - slope / lengths[at]).max(0.0);
                let change = (share - shares[at]) * side;
                if change == 0.0 {
                    continue;
                }
                moved = moved.max(change.abs());
                shares[at] = share;
                fitted.lean += change;
                for &(feature, value) in rows[at] {
                    fitted.of[feature as usize] += change * value;
                }
            }
            if moved < STILL {
                break;
            }
        }
        fitted
    }

    /// On which side of the margin a row lies, and how far.
    pub(super) fn weigh(&self, row: &Row) -> f64 {
        let weighs = |&(feature, value): &(u32, f64)| self.of[feature as usize] * value;
        self.lean + row.iter().map(weighs).sum::<f64>()
    }
}

fn shares_no_factor(mut a: usize, mut b: usize) -> bool {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a == 1
}

#[cfg(test)]
mod tests {
    use super::{Row, Separation, shares_no_factor};

    #[test]
    fn the_margin_lies_between_the_kinds() {
        // Feature 0 is had by those of the kind, 1 by the rest, 2 by all.
        let of: Row = vec![(0, 1.0), (2, 1.0)];
        let rest: Row = vec![(1, 1.0), (2, 1.0)];
        let rows: Vec<&Row> = (0..40)
            .map(|at| if at < 10 { &of } else { &rest })
            .collect();
        let is_of: Vec<bool> = (0..40).map(|at| at < 10).collect();
        let fitted = Separation::fit(3, &rows, &is_of);
        let tenths = |weight: f64| (weight * 10.0).round() as i64;
        let weights: Vec<i64> = fitted.of.iter().map(|weight| tenths(*weight)).collect();
        assert_eq!((weights, tenths(fitted.lean)), (vec![7, -8, 0], 0));
        assert_eq!([&of, &rest].map(|row| tenths(fitted.weigh(row))), [6, -9]);
    }

    #[test]
    fn a_stride_reaches_every_row() {
        assert!(shares_no_factor(7919, 40));
        assert!(!shares_no_factor(6, 40));
        assert!(shares_no_factor(7, 1));
    }
}
