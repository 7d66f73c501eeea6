//! The near miss: what almost raised a clause, and what almost carried an element.
//!
//! 'Why not?' is asked as often as 'why'. The answer names the words that came
//! closest and what kept them from counting.

use super::occasion::{Unmet, holds, triggers};
use super::talk::Talk;
use crate::matching::{Block, Hit};
use crate::phrasebook::rules::{Clause, Element, Trigger};

/// Why something that looks right doesn't count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The words themselves are taken away.
    Blocked(Block),
    /// They count, but a condition of the clause doesn't hold.
    Unmet(Unmet),
    /// They count, but stand outside the occasion.
    Elsewhere,
}

/// The words that came closest, and why they don't do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearMiss<'a> {
    /// The words.
    pub hit: &'a Hit,
    /// What keeps them from counting.
    pub reason: Reason,
}

/// What almost raised a clause that didn't arise.
pub fn nearly_arose<'a>(talk: &'a Talk, clause: &Clause) -> Option<NearMiss<'a>> {
    let unmet = clause.opens.iter().find_map(|open| {
        triggers(talk, open).into_iter().find_map(|(own, hits)| {
            let reason = Reason::Unmet(holds(talk, open, own).err()?);
            let hit = talk.hits().get(*hits.first()?)?;
            Some(NearMiss { hit, reason })
        })
    });
    unmet.or_else(|| {
        talk.hits().iter().find_map(|hit| {
            let opens = clause.opens.iter().any(|open| match &open.on {
                Trigger::Acts(acts) => acts.has(hit.act),
                Trigger::Always | Trigger::Close => false,
            });
            let reason = Reason::Blocked(hit.blocked?);
            opens.then_some(NearMiss { hit, reason })
        })
    })
}

/// What almost carried an element on the occasion that turn `trigger` raised.
pub fn nearly_said<'a>(talk: &'a Talk, element: &Element, trigger: usize) -> Option<NearMiss<'a>> {
    talk.hits()
        .iter()
        .filter(|hit| element.acts.has(hit.act) && hit.blocked != Some(Block::Role))
        .min_by_key(|hit| (hit.blocked.is_some(), hit.turn.abs_diff(trigger)))
        .map(|hit| NearMiss {
            hit,
            reason: hit.blocked.map_or(Reason::Elsewhere, Reason::Blocked),
        })
}
