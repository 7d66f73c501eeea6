//! What takes an act away from an utterance that has its words: a negation before
//! it, quotation marks around it, mockery behind it. Which words do so is data.

use super::{Found, Hit};
use crate::phrasebook::rules::{Act, GuardPlace, Owner, Rules};
use crate::text::Folded;

/// The first guard that takes `hit` away, if one does.
pub(super) fn guarding(
    rules: &Rules,
    act: &Act,
    folded: &Folded,
    found: &[Found],
    hit: &Hit,
) -> Option<u16> {
    act.guards.iter().copied().find(|&index| {
        let guard = &rules.guards[index as usize];
        if guard.quotes && (hit.start..hit.end).all(|at| folded.is_quoted(at)) {
            return true;
        }
        found
            .iter()
            .filter(|other| rules.wordings[other.wording as usize].owner == Owner::Guard(index))
            .any(|other| match guard.place {
                GuardPlace::Turn => true,
                GuardPlace::Over => {
                    other.start <= hit.start
                        && hit.end <= other.end
                        && other.end - other.start > hit.end - hit.start
                }
                GuardPlace::Before => near(folded, other.end, hit.start, guard.reach),
                GuardPlace::After => near(folded, hit.end, other.start, guard.reach),
            })
    })
}

/// Whether `to` follows `from` within `reach` characters of the same sentence.
fn near(folded: &Folded, from: usize, to: usize, reach: usize) -> bool {
    from <= to
        && to - from <= reach
        && (from..=to).all(|at| at == 0 || !folded.break_before(at).ends_sentence())
}
