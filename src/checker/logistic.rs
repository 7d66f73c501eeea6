//! Logistic regression over things that a turn has or hasn't: how much each speaks
//! for staff once what the others say has been allowed for.
//!
//! Counting alone would take 谢谢, 谢谢您 and 客户致谢 for three witnesses; they are one.

/// How many times all weights are gone over. They stand still long before.
const SWEEPS: usize = 300;
/// Turns, or whatever is looked at, as a table: for each feature the rows that have it.
pub(super) struct Table {
    /// The rows of each feature, in order.
    pub columns: Vec<Vec<u32>>,
    /// Whether a row is one of those that are looked for.
    pub yes: Vec<bool>,
    /// How strongly weights are drawn to zero; what few rows have then says little.
    pub pull: f64,
}

/// The weight of each feature, and the lean of a row that has none.
pub(super) struct Weights {
    pub lean: f64,
    pub of: Vec<f64>,
}

impl Table {
    /// Fits the weights of the features named, one after the other, each as if the
    /// rest were right. The bound of a quarter on the curve makes every step a step
    /// down, and the same on every machine but for the last digit.
    pub(super) fn fit(&self, features: &[usize]) -> Weights {
        let mut margins = vec![0.0_f64; self.yes.len()];
        let every_row: Vec<u32> = (0..self.yes.len() as u32).collect();
        let mut weights = Weights {
            lean: 0.0,
            of: vec![0.0; self.columns.len()],
        };
        for _ in 0..SWEEPS {
            self.step(&every_row, &mut weights.lean, &mut margins);
            for &feature in features {
                self.step(
                    &self.columns[feature],
                    &mut weights.of[feature],
                    &mut margins,
                );
            }
        }
        weights
    }

    fn step(&self, rows: &[u32], weight: &mut f64, margins: &mut [f64]) {
        let wrong: f64 = rows
            .iter()
            .map(|&row| {
                let likely = 1.0 / (1.0 + (-margins[row as usize]).exp());
                likely - f64::from(u8::from(self.yes[row as usize]))
            })
            .sum();
        let change = -(wrong + self.pull * *weight) / (rows.len() as f64 / 4.0 + self.pull);
        *weight += change;
        for &row in rows {
            margins[row as usize] += change;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn what_goes_together_shares_its_weight() {
        // Feature 0 is had by staff, 1 by clients; 2 comes with 0 always.
        let table = Table {
            columns: vec![
                (0..90).collect(),
                (100..190).collect(),
                (0..90).collect(),
                (90..110).collect(),
            ],
            yes: (0..200).map(|row| row < 100).collect(),
            pull: 10.0,
        };
        let rounded = |features: &[usize]| -> Vec<i64> {
            let weights = table.fit(features);
            let mut all = vec![weights.lean];
            all.extend(weights.of);
            all.iter()
                .map(|weight| (weight * 10.0).round() as i64)
                .collect()
        };
        assert_eq!(rounded(&[0, 1]), [0, 16, -16, 0, 0]);
        assert_eq!(rounded(&[0, 1, 2]), [-2, 11, -14, 11, 0]);
        assert_eq!(rounded(&[3]), [0, 0, 0, 0, 0]);
    }
}
