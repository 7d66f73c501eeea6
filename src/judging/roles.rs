//! Who is staff, where the transcript doesn't say.
//!
//! Staff and clients say different things: one offers help, the other thanks for it.
//! Each act is a sign for one or the other, with a weight that the phrasebook gives.
//! Where the recogniser told speakers apart, the signs of all of a speaker's turns
//! add up; where it didn't, turns are taken to alternate, and the most likely course
//! of the talk is found. The signs' sum is the confidence: below a limit nothing is
//! said, and what depends on roles stays undecided.

use crate::conversation::{Conversation, Role};
use crate::matching::Hit;
use crate::phrasebook::rules::{RoleSigns, Rules};
use std::collections::BTreeMap;

/// No single turn says more than this, whatever it says.
const MOST_OF_A_TURN: f64 = 4.0;

/// Roles as inferred.
#[derive(Clone, Debug, PartialEq)]
pub struct Inferred {
    /// One a turn.
    pub roles: Vec<Role>,
    /// From 0 to 1: how much more likely they are than the other way round.
    pub confidence: f64,
}

/// The roles of the turns that have none, if they can be told.
pub fn infer(rules: &Rules, conversation: &Conversation, hits: &[Hit]) -> Option<Inferred> {
    let signs = &rules.role_signs;
    let turns = &conversation.turns;
    let mut leaning = vec![0.0_f64; turns.len()];
    for hit in hits {
        // A hit can be blocked by nothing but look-alikes and guards here, and what
        // only looks like an act says nothing of who speaks.
        if hit.counts()
            && let Some(weight) = signs.weights.get(&hit.act)
        {
            leaning[hit.turn] += weight;
        }
    }
    for lean in &mut leaning {
        *lean = lean.clamp(-MOST_OF_A_TURN, MOST_OF_A_TURN);
    }
    let unknown: Vec<usize> = (0..turns.len())
        .filter(|&turn| turns[turn].role == Role::Unknown)
        .collect();
    let has_speakers = unknown.iter().all(|&turn| turns[turn].speaker.is_some());
    let is_staff = match has_speakers {
        true => by_speaker(conversation, &unknown, &leaning),
        false => by_course(signs, &unknown, &leaning),
    };
    let sum: f64 = unknown
        .iter()
        .zip(&is_staff)
        .map(|(&turn, staff)| {
            if *staff {
                leaning[turn]
            } else {
                -leaning[turn]
            }
        })
        .sum();
    if sum < signs.least {
        return None;
    }
    let mut roles: Vec<Role> = turns.iter().map(|turn| turn.role).collect();
    for (&turn, staff) in unknown.iter().zip(&is_staff) {
        roles[turn] = if *staff { Role::Staff } else { Role::Client };
    }
    Some(Inferred {
        roles,
        confidence: 1.0 - (-sum / signs.least).exp(),
    })
}

/// The speaker who leans most to staff is staff; everybody else is a client.
fn by_speaker(conversation: &Conversation, unknown: &[usize], leaning: &[f64]) -> Vec<bool> {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    let speaker = |turn: usize| {
        conversation.turns[turn]
            .speaker
            .as_deref()
            .unwrap_or_default()
    };
    for &turn in unknown {
        *sums.entry(speaker(turn)).or_default() += leaning[turn];
    }
    let staff = sums
        .iter()
        .max_by(|a, b| a.1.total_cmp(b.1))
        .map(|(name, _)| *name);
    unknown
        .iter()
        .map(|&turn| Some(speaker(turn)) == staff)
        .collect()
}

/// The most likely course of the talk, if speakers mostly take turns.
fn by_course(signs: &RoleSigns, unknown: &[usize], leaning: &[f64]) -> Vec<bool> {
    let switch = signs.alternate.ln();
    let stay = (1.0 - signs.alternate).ln();
    // The best score of a course that ends with the client, and with staff; and for
    // each turn from which of the two it came.
    let mut best = [0.0_f64; 2];
    let mut came_from: Vec<[usize; 2]> = Vec::new();
    for (number, &turn) in unknown.iter().enumerate() {
        let mut next = [0.0; 2];
        let mut from = [0; 2];
        for (now, sign) in [(0, -0.5), (1, 0.5)] {
            let step = |before: usize| {
                let change = if before == now { stay } else { switch };
                best[before] + if number == 0 { 0.0 } else { change }
            };
            from[now] = usize::from(step(1) > step(0));
            next[now] = step(from[now]) + sign * leaning[turn];
        }
        best = next;
        came_from.push(from);
    }
    let mut now = usize::from(best[1] > best[0]);
    let mut is_staff = vec![false; unknown.len()];
    for number in (0..unknown.len()).rev() {
        is_staff[number] = now == 1;
        now = came_from[number][now];
    }
    is_staff
}
