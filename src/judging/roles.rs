//! Who is staff, where the transcript doesn't say.
//!
//! Staff and clients say different things: one offers help, the other thanks for it.
//! Each act is a sign for one or the other, with a weight that the phrasebook gives;
//! so are words of one or two characters (您, 我想), which nearly every turn has.
//! Where the recogniser told speakers apart, the signs of all of a speaker's turns
//! add up; where it didn't, turns are taken to alternate, and the most likely course
//! of the talk is found. How likely a turn's role is right, on average, is the
//! confidence: below a limit nothing is said, and what depends on roles stays undecided.

use crate::conversation::{Conversation, Role};
use crate::matching::Hit;
use crate::phrasebook::rules::{ActId, RoleSigns, Rules};
use std::collections::{BTreeMap, BTreeSet};

/// No single turn says more than this, whatever it says.
const MOST_OF_A_TURN: f64 = 4.0;
/// How long the words are that are signs, at most, in characters.
pub(super) const MOST_LETTERS: usize = 2;

/// Roles as inferred.
#[derive(Clone, Debug, PartialEq)]
pub struct Inferred {
    /// One a turn.
    pub roles: Vec<Role>,
    /// From 0.5 to 1: how likely the role of a turn is right, on average.
    pub confidence: f64,
}

/// The roles of the turns that have none, if they can be told.
pub fn infer(rules: &Rules, conversation: &Conversation, hits: &[Hit]) -> Option<Inferred> {
    let signs = &rules.role_signs;
    let turns = &conversation.turns;
    let leaning = leaning(rules, conversation, hits);
    let unknown: Vec<usize> = (0..turns.len())
        .filter(|&turn| turns[turn].role == Role::Unknown)
        .collect();
    // One label for all tells nobody apart.
    let labels: BTreeSet<&str> = unknown
        .iter()
        .filter_map(|&turn| turns[turn].speaker.as_deref())
        .collect();
    let has_speakers =
        labels.len() > 1 && unknown.iter().all(|&turn| turns[turn].speaker.is_some());
    let staff = match has_speakers {
        true => by_speaker(conversation, &unknown, &leaning),
        false => by_course(signs, &unknown, &leaning),
    };
    let sum: f64 = unknown
        .iter()
        .zip(&staff)
        .map(|(&turn, staff)| {
            if *staff > 0.5 {
                leaning[turn]
            } else {
                -leaning[turn]
            }
        })
        .sum();
    let sure: f64 = staff.iter().map(|staff| staff.max(1.0 - staff)).sum();
    let confidence = sure / staff.len().max(1) as f64;
    if sum < signs.least || confidence < signs.confidence {
        return None;
    }
    let mut roles: Vec<Role> = turns.iter().map(|turn| turn.role).collect();
    for (&turn, staff) in unknown.iter().zip(&staff) {
        roles[turn] = if *staff > 0.5 {
            Role::Staff
        } else {
            Role::Client
        };
    }
    Some(Inferred { roles, confidence })
}

/// How much each turn that has no role speaks for staff, by what it does and says: the
/// logarithm of the odds.
pub(super) fn leaning(rules: &Rules, conversation: &Conversation, hits: &[Hit]) -> Vec<f64> {
    let signs = &rules.role_signs;
    let mut leaning = vec![0.0; conversation.turns.len()];
    for (lean, turn) in leaning.iter_mut().zip(&conversation.turns) {
        if turn.role != Role::Unknown {
            continue;
        }
        let folded = rules.folding.fold(&turn.text);
        let words: BTreeSet<&[char]> = words_of(folded.chars()).collect();
        let weights = words.into_iter().filter_map(|word| signs.words.get(word));
        *lean = signs.lean + weights.sum::<f64>();
    }
    // A hit can be blocked by nothing but look-alikes and guards here, and what only
    // looks like an act says nothing of who speaks.
    let acts: BTreeSet<(usize, ActId)> = hits
        .iter()
        .filter(|hit| hit.counts())
        .map(|hit| (hit.turn, hit.act))
        .collect();
    for (turn, act) in acts {
        leaning[turn] += signs.weights.get(&act).copied().unwrap_or(0.0);
    }
    for lean in &mut leaning {
        *lean = lean.clamp(-MOST_OF_A_TURN, MOST_OF_A_TURN);
    }
    leaning
}

/// The words that a turn can be told by: all stretches of one or two characters.
pub fn words_of(chars: &[char]) -> impl Iterator<Item = &[char]> {
    (1..=MOST_LETTERS).flat_map(|letters| chars.windows(letters))
}

/// How likely each turn is staff's, where speakers are told apart: the one who leans
/// most to staff is staff, everybody else a client, and the distance between the first
/// and the next says how sure that is.
fn by_speaker(conversation: &Conversation, unknown: &[usize], leaning: &[f64]) -> Vec<f64> {
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
    let mut order: Vec<(f64, &str)> = sums.into_iter().map(|(name, sum)| (sum, name)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let next = order.get(1).map_or(0.0, |(sum, _)| *sum);
    let Some(&(sum, staff)) = order.first() else {
        return Vec::new();
    };
    let sure = 1.0 / (1.0 + (next - sum).exp());
    unknown
        .iter()
        .map(|&turn| {
            if speaker(turn) == staff {
                sure
            } else {
                1.0 - sure
            }
        })
        .collect()
}

/// How likely each turn is staff's, if speakers mostly take turns: forward and backward
/// over the course of the talk, as for any hidden Markov model with two states.
fn by_course(signs: &RoleSigns, unknown: &[usize], leaning: &[f64]) -> Vec<f64> {
    let switch = signs.alternate;
    // The likelihood of what a turn says if a client says it, and if staff do.
    let says = |number: usize| {
        let odds = leaning[unknown[number]].exp();
        [1.0 / (1.0 + odds), odds / (1.0 + odds)]
    };
    let step = |from: [f64; 2]| {
        [
            from[0] * (1.0 - switch) + from[1] * switch,
            from[1] * (1.0 - switch) + from[0] * switch,
        ]
    };
    let weigh = |a: [f64; 2], b: [f64; 2]| {
        let product = [a[0] * b[0], a[1] * b[1]];
        let sum = product[0] + product[1];
        [product[0] / sum, product[1] / sum]
    };
    let mut forward = Vec::with_capacity(unknown.len());
    let mut before = [0.5, 0.5];
    for number in 0..unknown.len() {
        before = weigh(before, says(number));
        forward.push(before);
        before = step(before);
    }
    let mut after = [0.5, 0.5];
    let mut staff = vec![0.5; unknown.len()];
    for number in (0..unknown.len()).rev() {
        staff[number] = weigh(forward[number], after)[1];
        after = step(weigh(after, says(number)));
    }
    staff
}
