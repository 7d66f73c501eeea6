//! What tells staff from clients, learnt from conversations that say who speaks.

use super::Checker;
use crate::conversation::{Conversation, Role};
use crate::matching::Scratch;
use std::collections::BTreeMap;
use std::fmt::Write;

/// An act that was seen less often says nothing.
const LEAST_TURNS: f64 = 8.0;
/// A weight below this isn't worth a line.
const LEAST_WEIGHT: f64 = 0.7;
/// However telling an act is, there is the one who quotes it.
const MOST_WEIGHT: f64 = 2.5;

impl Checker {
    /// The signs of `roles.toml`, weighed over `conversations`: for each act the
    /// natural logarithm of how many times likelier a staff turn has it than a
    /// client's, one added to each count. Acts are counted as if nobody knew who
    /// speaks, which is the case that they are for.
    pub fn weigh_role_signs(&self, conversations: &[Conversation]) -> String {
        let mut scratch = Scratch::default();
        let mut turns = [0.0_f64; 2];
        let mut counts: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
        for conversation in conversations {
            let roles: Vec<Role> = conversation.turns.iter().map(|turn| turn.role).collect();
            let mut unknown = conversation.clone();
            for turn in &mut unknown.turns {
                if turn.role != Role::Scene {
                    turn.role = Role::Unknown;
                }
            }
            let mut hits = self.hits(&unknown, &mut scratch);
            hits.retain(|hit| hit.counts());
            hits.sort_by_key(|hit| (hit.turn, hit.act));
            hits.dedup_by_key(|hit| (hit.turn, hit.act));
            for role in &roles {
                match role {
                    Role::Client => turns[0] += 1.0,
                    Role::Staff => turns[1] += 1.0,
                    Role::Other | Role::Scene | Role::Unknown => {}
                }
            }
            for hit in hits {
                let side = match roles[hit.turn] {
                    Role::Client => 0,
                    Role::Staff => 1,
                    Role::Other | Role::Scene | Role::Unknown => continue,
                };
                let name = &self.rules.acts[hit.act.0 as usize].name;
                counts.entry(name).or_default()[side] += 1.0;
            }
        }
        let mut page = String::new();
        for (act, [client, staff]) in counts {
            let share = |count: f64, turns: f64| (count + 1.0) / (turns + 2.0);
            let weight = (share(staff, turns[1]) / share(client, turns[0])).ln();
            let weight = weight.clamp(-MOST_WEIGHT, MOST_WEIGHT);
            if client + staff >= LEAST_TURNS && weight.abs() >= LEAST_WEIGHT {
                // Writing to a string can't fail.
                let _ = write!(page, "\n[[signs]]\nact = \"{act}\"\nweight = {weight:.1}\n");
            }
        }
        page
    }
}
