//! What hits mean: from acts in turns to verdicts with evidence.
//!
//! ```text
//! hits, and what a model proposes
//!      └─► talk (state: flags a turn, openings, closes)
//!           ─► occasions (which clause is due, from where to where)
//!                ─► arbitration (which yields, whose word it is)
//!                     ─► verdicts (elements said and missing; the worst stands)
//! ```
//!
//! Nothing here can fail, and nothing here knows a clause by name: what raises an
//! obligation, how long it stays due and what fulfils it is all in the rules.

mod arbitration;
mod evidence;
pub mod mislabelled;
pub mod mixed;
pub mod near;
mod occasion;
pub mod proposed;
pub mod roles;
mod talk;
pub mod visits;

pub use occasion::{Situation, Unmet, Yielded};
pub use talk::{Talk, roles_known};

use crate::assessment::{By, ClauseVerdict, Occasion, Verdict};
use crate::conversation::{Channel, Conversation};
use crate::matching::Hit;
use crate::phrasebook::rules::{Kind, Rules};
use proposed::Opinion;

/// Everything that judging found out about a conversation.
pub struct Judgement {
    /// The state of the talk.
    pub talk: Talk,
    /// All situations in which a clause arose, before and after arbitration.
    pub situations: Vec<Situation>,
    /// One a clause that arose, in the standard's order; points are still zero.
    pub verdicts: Vec<ClauseVerdict>,
}

/// Judges a conversation by all clauses of its channel; by those of all channels
/// where the channel isn't known. What wordings find and the model doubts doesn't
/// stand, unless the times of the turns show it.
pub fn judge(
    rules: &Rules,
    conversation: &Conversation,
    channel: Option<Channel>,
    hits: Vec<Hit>,
    opinion: &Opinion,
) -> Judgement {
    let talk = Talk::new(rules, conversation, channel, hits);
    let mut situations = Vec::new();
    for (index, clause) in rules.clauses.iter().enumerate() {
        if clause.applies_to(channel) {
            occasion::open(&talk, clause, index, &mut situations);
        }
    }
    for situation in &mut situations {
        let by_time = |hit: &Hit| hit.by == By::Time;
        if opinion.doubts(rules, situation.own, situation.clause)
            && !talk.hits_of(situation.own).iter().any(by_time)
        {
            situation.yielded = Some(Yielded::Doubted);
        }
    }
    arbitration::settle(rules, &talk, &mut situations);
    let mut verdicts: Vec<ClauseVerdict> = Vec::new();
    for (index, clause) in rules.clauses.iter().enumerate() {
        let occasions: Vec<Occasion> = situations
            .iter()
            .filter(|situation| situation.clause == index && situation.yielded.is_none())
            .map(|situation| {
                let occasion = evidence::judge(rules, &talk, conversation, clause, situation);
                if talk.roles_known() {
                    occasion
                } else {
                    undecided(occasion)
                }
            })
            .collect();
        if let Some(verdict) = worst(&clause.id, clause.kind, occasions) {
            verdicts.push(verdict);
        }
    }
    Judgement {
        talk,
        situations,
        verdicts,
    }
}

/// What can be said of an occasion when nobody knows who speaks.
fn undecided(occasion: Occasion) -> Occasion {
    Occasion {
        verdict: Verdict::Undecided,
        missing: Vec::new(),
        ..occasion
    }
}

/// The worst occasion stands for the clause; of equally bad ones, the first. The
/// occasions of a prohibition are one breach with all their evidence.
fn worst(clause: &str, kind: Kind, mut occasions: Vec<Occasion>) -> Option<ClauseVerdict> {
    if occasions.is_empty() {
        return None;
    }
    let at = (0..occasions.len())
        .rev()
        .max_by_key(|&at| occasions[at].verdict)
        .unwrap_or(0);
    let mut worst = occasions.remove(at);
    if kind == Kind::Prohibition {
        for other in occasions.drain(..) {
            for evidence in other.evidence {
                if !worst.evidence.contains(&evidence) {
                    worst.evidence.push(evidence);
                }
            }
        }
        worst
            .evidence
            .sort_by_key(|evidence| (evidence.turn, evidence.span));
    }
    Some(ClauseVerdict {
        clause: clause.to_owned(),
        worst,
        others: occasions,
        points: 0.0,
        from: None,
    })
}

/// The channel as told from how the talk opens, where the input doesn't name it.
pub fn infer_channel(rules: &Rules, conversation: &Conversation, hits: &[Hit]) -> Option<Channel> {
    let opening = conversation.turns.len().min(OPENING_TURNS);
    rules
        .channel_signs
        .iter()
        .find(|(_, signs)| {
            hits.iter()
                .any(|hit| hit.counts() && hit.turn < opening && signs.has(hit.act))
        })
        .map(|(channel, _)| *channel)
}

/// The turns in which signs of the channel are looked for.
const OPENING_TURNS: usize = 4;
