//! Where occasions meet: which gives way, and whose a word is.
//!
//! One 'can't be done' belongs to one clause, and one 对不起 excuses one thing. The
//! order of precedence is data; a word that serves one occasion alone goes to the
//! one whose trigger it follows most closely.

use super::occasion::{Situation, Yielded};
use super::talk::Talk;
use crate::phrasebook::rules::Rules;

/// Marks the situations that yield, and takes exclusive words from all occasions
/// but one.
pub(super) fn settle(rules: &Rules, talk: &Talk, situations: &mut [Situation]) {
    for rule in &rules.yields {
        for at in 0..situations.len() {
            let this = &situations[at];
            if this.clause != rule.clause || this.yielded.is_some() {
                continue;
            }
            let over = situations.iter().find(|other| {
                rule.to.contains(&other.clause)
                    && other.yielded.is_none()
                    && meet(this, other, rule.turns)
            });
            if let Some(clause) = over.map(|other| other.clause) {
                situations[at].yielded = Some(Yielded::To(clause));
            }
        }
    }
    for (at, hit) in talk.hits().iter().enumerate() {
        let exclusive = hit.counts() && rules.acts[hit.act.0 as usize].exclusive;
        if !exclusive {
            continue;
        }
        let wanting: Vec<usize> = (0..situations.len())
            .filter(|&index| {
                let situation = &situations[index];
                situation.yielded.is_none()
                    && (situation.from..=situation.to).contains(&hit.turn)
                    && rules.clauses[situation.clause]
                        .elements
                        .iter()
                        .any(|element| element.acts.has(hit.act))
            })
            .collect();
        let distance = |index: usize| {
            let own = situations[index].own;
            match own <= hit.turn {
                true => (0, hit.turn - own),
                false => (1, own - hit.turn),
            }
        };
        let Some(nearest) = wanting.iter().map(|&index| distance(index)).min() else {
            continue;
        };
        let losers: Vec<usize> = wanting
            .into_iter()
            .filter(|&index| distance(index) > nearest)
            .collect();
        for index in losers {
            situations[index].taken.push(at);
        }
    }
}

/// Whether two occasions are about the same moment.
fn meet(this: &Situation, other: &Situation, turns: usize) -> bool {
    this.own.abs_diff(other.own) <= turns || this.trigger.abs_diff(other.trigger) <= turns
}
