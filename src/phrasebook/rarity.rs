//! How often words are met in talk, as the phrasebook's own examples tell.
//!
//! What is looked for first in a turn should be what seldom stands there: of
//! `(问|查)…(了|后)…(告诉|答复)` not 了. An estimate is enough, since it decides how long
//! a search takes and not what it finds.

use super::clause_draft::ClauseDraft;
use super::draft::ActDraft;
use super::notation::Piece;
use super::run::Run;

/// How much likelier a character is behind another of its wording than anywhere.
const TOGETHER: f64 = 15.0;
/// How much a way of saying it costs by itself, in places of talk.
const EACH: f64 = 1e-6;

/// The share that each character has in a sample of talk.
pub(super) struct Rarity {
    /// By code, for the characters up to U+FFFF.
    counts: Vec<u32>,
    all: f64,
}

impl Rarity {
    /// The shares in the examples of acts and clauses.
    pub(super) fn in_examples(acts: &[ActDraft], clauses: &[ClauseDraft]) -> Self {
        let utterances = acts
            .iter()
            .flat_map(|act| act.says.iter().chain(&act.silent));
        let turns = clauses
            .iter()
            .flat_map(|clause| &clause.examples)
            .flat_map(|example| example.turns.iter().map(|(_, text)| text));
        Self::of(utterances.chain(turns).map(String::as_str))
    }

    /// The shares in these utterances.
    pub(super) fn of<'a>(sample: impl Iterator<Item = &'a str>) -> Self {
        let mut counts = vec![1; 0x1_0000];
        let mut all = 1_u32;
        for char in sample.flat_map(str::chars) {
            if let Some(count) = counts.get_mut(char as usize) {
                *count += 1;
                all += 1;
            }
        }
        Self {
            counts,
            all: f64::from(all),
        }
    }

    /// The share of places at which a run is expected to stand, and a little for each
    /// of its literals.
    pub(super) fn cost(&self, run: &Run) -> f64 {
        self.of_all(run.pieces(), false) + EACH * run.count() as f64
    }

    fn of_all(&self, pieces: &[Piece], mut inside: bool) -> f64 {
        let mut share = 1.0;
        for piece in pieces {
            share *= match piece {
                Piece::Literal(chars) => chars.iter().fold(1.0, |share, char| {
                    let own = self.of_char(*char, inside);
                    inside = true;
                    share * own
                }),
                Piece::OneOf(alternatives) => alternatives
                    .iter()
                    .map(|one| self.of_all(one, inside))
                    .sum(),
                Piece::Optional(inner) => 1.0 + self.of_all(inner, inside),
                Piece::Gap | Piece::Named(_) => 1.0,
            };
            inside = true;
        }
        share
    }

    fn of_char(&self, char: char, inside: bool) -> f64 {
        let count = self.counts.get(char as usize).copied().unwrap_or(1);
        let share = f64::from(count) / self.all;
        match inside {
            true => (share * TOGETHER).min(1.0),
            false => share,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rarity;
    use crate::phrasebook::notation::parse;
    use crate::phrasebook::run::Run;
    use crate::text::{Folding, FoldingSpec};

    #[test]
    fn orders_runs_by_how_often_they_are_met() {
        let folding = Folding::new(&FoldingSpec::default());
        let rarity = Rarity::of(["您好了吗", "好了您稍等", "了解了"].into_iter());
        let mut runs = ["了", "[好]了", "(您|好)", "告诉", "您好", "(告诉|答复)"];
        runs.sort_by(|a, b| {
            let cost = |notation: &str| {
                let pieces = parse(notation, &folding).expect("the notation is right");
                rarity.cost(&Run::new(pieces).expect("it says something"))
            };
            cost(a).total_cmp(&cost(b))
        });
        assert_eq!(
            runs,
            ["告诉", "(告诉|答复)", "您好", "了", "(您|好)", "[好]了"]
        );
    }
}
