//! A turn that is labelled as the client's and is plainly the staff's.
//!
//! Recognisers that tell speakers by their voice mistake one now and then; the sense is
//! plain all the same (codebook, rule 7). Two things must come together: the talk, which
//! goes back and forth, doesn't do so here, and what is said is what staff say. The other
//! way round nothing is mended: staff on the telephone talk much as clients do.

use super::roles::leaning;
use crate::conversation::{Conversation, Role};
use crate::matching::Hit;
use crate::phrasebook::rules::Rules;

/// Where turns go back and forth less often than this, as when pauses cut them, that they
/// don't is no sign.
const LEAST_ALTERNATION: f64 = 0.8;
/// However strictly they go back and forth, one neighbour says no more than this.
const MOST_OF_A_NEIGHBOUR: f64 = 2.0;
/// The logarithm of the odds from which the label gives way.
const PLAIN: f64 = 3.5;

/// The client's turns that no other role's turn stands beside, where turns mostly go back
/// and forth: only these are looked at again.
pub fn doubtful(conversation: &Conversation) -> Vec<usize> {
    let mut spoken = spoken(conversation);
    let is_client = |at: usize| spoken.get(at).is_none_or(|(_, role)| *role == Role::Client);
    let doubtful: Vec<usize> = (0..spoken.len())
        .filter(|&at| spoken.len() > 1 && is_client(at) && is_client(at + 1))
        .filter(|&at| at == 0 || is_client(at - 1))
        .collect();
    for &at in &doubtful {
        spoken[at].1 = Role::Unknown;
    }
    match alternation(&spoken) < LEAST_ALTERNATION {
        true => Vec::new(),
        false => doubtful.into_iter().map(|at| spoken[at].0).collect(),
    }
}

/// Which of the doubtful turns are plainly the staff's. In `conversation` they have no
/// role, and `hits` are read so.
pub fn plainly_staff(rules: &Rules, conversation: &Conversation, hits: &[Hit]) -> Vec<usize> {
    let leaning = leaning(rules, conversation, hits);
    let spoken = spoken(conversation);
    let alternation = alternation(&spoken);
    let neighbour = (alternation / (1.0 - alternation))
        .ln()
        .min(MOST_OF_A_NEIGHBOUR);
    (0..spoken.len())
        .filter(|&at| spoken[at].1 == Role::Unknown)
        .filter(|&at| {
            let neighbours = usize::from(at > 0) + usize::from(at + 1 < spoken.len());
            leaning[spoken[at].0] + neighbours as f64 * neighbour > PLAIN
        })
        .map(|at| spoken[at].0)
        .collect()
}

/// The turns that somebody speaks, with their roles.
fn spoken(conversation: &Conversation) -> Vec<(usize, Role)> {
    let turns = conversation.turns.iter().map(|turn| turn.role).enumerate();
    turns.filter(|(_, role)| *role != Role::Scene).collect()
}

/// How often the next turn is another role's, but for turns that have none; as if it had
/// been once more, and once more not.
fn alternation(spoken: &[(usize, Role)]) -> f64 {
    let pairs = spoken
        .windows(2)
        .map(|pair| (pair[0].1, pair[1].1))
        .filter(|(one, next)| *one != Role::Unknown && *next != Role::Unknown);
    let (mut all, mut changes) = (2, 1);
    for (one, next) in pairs {
        all += 1;
        changes += usize::from(one != next);
    }
    changes as f64 / all as f64
}
