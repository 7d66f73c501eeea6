//! What all forms of a diff say alike.

use super::{Change, Diff, Flip};
use crate::phrasebook::labels::Labels;
use crate::phrasebook::rules::Rules;
use crate::report::wire::Clause;

/// How a diff is told.
#[derive(Clone, Copy)]
pub struct DiffReport<'a> {
    /// Where clauses have their names and their order, on the old and the new side.
    pub rules: [&'a Rules; 2],
    /// The words.
    pub labels: &'a Labels,
    /// How many columns a line may take.
    pub width: usize,
    /// Whether there are colours.
    pub colours: bool,
    /// The most flips of one clause that are shown; all where it is `None`.
    pub most: Option<usize>,
}

impl DiffReport<'_> {
    /// The flips of one clause, those that are shown.
    pub(super) fn shown<'d>(&self, diff: &'d Diff, clause: &str) -> (Vec<&'d Flip>, usize) {
        // That a clause costs other points now is said once, by its count.
        let all: Vec<&Flip> = diff
            .flips
            .iter()
            .filter(|flip| flip.clause == clause && flip.change != Change::Points)
            .collect();
        let shown = self.most.unwrap_or(all.len()).min(all.len());
        (all[..shown].to_vec(), all.len() - shown)
    }

    pub(super) fn title(&self, clause: &str) -> &str {
        let [old, new] = self.rules;
        let found = new.clause(clause).or_else(|| old.clause(clause));
        found.map_or("", |of| self.labels.choose(&of.title))
    }

    /// What an element is called; its key where no phrasebook knows it.
    fn element<'k>(&'k self, clause: &str, key: &'k str) -> &'k str {
        let [old, new] = self.rules;
        let mut elements = [new, old]
            .into_iter()
            .filter_map(|rules| rules.clause(clause))
            .flat_map(|of| &of.elements);
        let found = elements.find(|element| element.key == key);
        found.map_or(key, |element| self.labels.choose(&element.means))
    }

    /// A verdict's word, and what is missing of a partial one.
    pub(super) fn outcome(&self, of: Option<&Clause<'_>>) -> String {
        let Some(of) = of else {
            return self.labels.get("diff.none").to_owned();
        };
        let key = format!("verdict.{}", of.verdict);
        let word = self.labels.find(&key).unwrap_or(&of.verdict).to_owned();
        if of.verdict != "partial" || of.missing.is_empty() {
            return word;
        }
        let missing: Vec<&str> = of
            .missing
            .iter()
            .map(|key| self.element(&of.clause, key))
            .collect();
        let missing = missing.join(self.labels.get("layout.between"));
        self.labels
            .fill("diff.lacking", &[("verdict", word), ("missing", missing)])
    }

    pub(super) fn phrasebooks(&self, diff: &Diff) -> [String; 2] {
        [0, 1].map(|side| {
            let names: Vec<&str> = diff.totals[side]
                .phrasebooks
                .iter()
                .map(String::as_str)
                .collect();
            names.join(self.labels.get("layout.between"))
        })
    }
}
