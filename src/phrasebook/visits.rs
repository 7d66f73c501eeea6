//! `visits.toml`: what tells where one visit ends and the next begins.

use super::fields::{Located, Table};
use super::problem::SourceFile;
use super::rules::{ActId, VisitSigns};
use crate::conversation::Role;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The places of a sign about a cut, and what they are called in the file: the turn
/// before, the two before that, the turn behind, the two behind that.
pub const PLACES: [&str; 4] = ["before", "earlier", "after", "later"];

/// The places of a word or a role: the turn before and the turn behind.
pub const SIDES: [&str; 2] = [PLACES[0], PLACES[2]];

/// `visits.toml` before its acts are looked up.
pub(super) struct VisitsDraft {
    pub file: Arc<SourceFile>,
    lean: Option<f64>,
    untimed: Option<f64>,
    pauses: Vec<(f64, f64)>,
    lengths: Vec<(usize, f64)>,
    roles: Vec<(Role, [f64; 2])>,
    words: Vec<(String, usize, f64)>,
    signs: Vec<(Located<String>, [f64; 4])>,
}

pub(super) fn visits(table: &Table<'_>) -> VisitsDraft {
    let pauses = table.tables("pauses").into_iter().map(|pause| {
        let read = (
            pause.decimal("seconds").unwrap_or(0.0),
            pause.decimal("weight").unwrap_or(0.0),
        );
        pause.finish();
        read
    });
    let mut pauses: Vec<(f64, f64)> = pauses.collect();
    pauses.sort_by(|a, b| a.0.total_cmp(&b.0));
    let lengths = table.tables("lengths").into_iter().map(|length| {
        let read = (
            length.number("turns", 1..LONGEST).unwrap_or(0) as usize,
            length.decimal("weight").unwrap_or(0.0),
        );
        length.finish();
        read
    });
    let mut lengths: Vec<(usize, f64)> = lengths.collect();
    lengths.sort_by_key(|(turns, _)| *turns);
    let roles = table.tables("roles").into_iter().filter_map(|role| {
        let name = role.choice("role", &ROLES);
        let weights = SIDES.map(|place| role.decimal(place).unwrap_or(0.0));
        role.finish();
        Some((name?, weights))
    });
    let roles = roles.collect();
    let mut words = Vec::new();
    for group in table.tables("words") {
        let listed = group.texts("words");
        for (at, place) in SIDES.into_iter().enumerate() {
            let weight = group.decimal(place).unwrap_or(0.0);
            let listed = listed.iter().filter(|_| weight != 0.0);
            words.extend(listed.map(|word| (word.value.clone(), at, weight)));
        }
        group.finish();
    }
    let signs = table.tables("signs").into_iter().map(|sign| {
        let act = sign.required_text("act");
        let weights = PLACES.map(|place| sign.decimal(place).unwrap_or(0.0));
        sign.finish();
        (act, weights)
    });
    VisitsDraft {
        file: Arc::clone(&table.reading.file),
        lean: table.decimal("lean"),
        untimed: table.decimal("untimed"),
        pauses,
        lengths,
        roles,
        words,
        signs: signs.collect(),
    }
}

/// From no more turns than this a visit may be said to be long: the work for a day is in
/// proportion to it.
const LONGEST: i64 = 400;

const ROLES: [(&str, Role); 5] = [
    ("staff", Role::Staff),
    ("client", Role::Client),
    ("other", Role::Other),
    ("scene", Role::Scene),
    ("unknown", Role::Unknown),
];

impl VisitsDraft {
    /// Lays this file over `signs`, those of the phrasebook below; lists of its own
    /// stand in place of those there.
    pub fn lay_over(
        self,
        signs: &mut VisitSigns,
        mut act: impl FnMut(&Located<String>) -> Option<ActId>,
    ) {
        signs.lean = self.lean.unwrap_or(signs.lean);
        signs.untimed = self.untimed.unwrap_or(signs.untimed);
        if !self.pauses.is_empty() {
            signs.pauses = self.pauses;
        }
        if !self.lengths.is_empty() {
            signs.lengths = self.lengths;
        }
        signs.roles.extend(self.roles);
        for (word, side, weight) in self.words {
            signs.words.entry(word.chars().collect()).or_default()[side] = weight;
        }
        let known = self.signs.iter();
        let known = known.filter_map(|(name, weights)| Some((act(name)?, *weights)));
        signs.acts.extend(known.collect::<BTreeMap<_, _>>());
    }
}
