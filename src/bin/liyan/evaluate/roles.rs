//! What becomes of roles that are taken away.

use super::Labelled;
use crate::screen::Screen;
use liyan::checker::Checker;
use liyan::conversation::{Conversation, Role};
use liyan::judging::roles::infer;
use liyan::matching::Scratch;

/// How roles came out that had been taken away.
#[derive(Default)]
pub struct RolesTold {
    right: usize,
    undecided: usize,
    swapped: usize,
    other: usize,
}

/// The share of a conversation's turns from which its roles count as right, and
/// below the rest of which they count as swapped.
const RIGHT_SHARE: f64 = 0.8;

impl RolesTold {
    /// Takes roles and speakers from all conversations; what the checker would make
    /// of them is counted.
    pub fn strip_all(&mut self, checker: &Checker, all: &mut [Labelled]) {
        let mut scratch = Scratch::default();
        for one in all {
            self.strip(checker, &mut one.conversation, &mut scratch);
        }
    }

    fn strip(&mut self, checker: &Checker, conversation: &mut Conversation, scratch: &mut Scratch) {
        let given: Vec<Role> = conversation.turns.iter().map(|turn| turn.role).collect();
        for turn in &mut conversation.turns {
            if turn.role != Role::Scene {
                turn.role = Role::Unknown;
                turn.speaker = None;
            }
        }
        let hits = checker.hits(conversation, scratch);
        let Some(told) = infer(checker.rules(), conversation, &hits) else {
            self.undecided += 1;
            return;
        };
        let of_two: Vec<(Role, Role)> = given
            .into_iter()
            .zip(told.roles)
            .filter(|(given, _)| matches!(given, Role::Staff | Role::Client))
            .collect();
        let same = of_two.iter().filter(|(given, told)| given == told).count();
        let share = same as f64 / of_two.len().max(1) as f64;
        if share >= RIGHT_SHARE {
            self.right += 1;
        } else if share <= 1.0 - RIGHT_SHARE {
            self.swapped += 1;
        } else {
            self.other += 1;
        }
    }

    /// How many came out how, as a line.
    pub fn line(&self, screen: &Screen) -> String {
        let values = [
            ("right", self.right.to_string()),
            ("undecided", self.undecided.to_string()),
            ("swapped", self.swapped.to_string()),
            ("other", self.other.to_string()),
        ];
        format!("{}\n", screen.labels.fill("evaluate.roles", &values))
    }
}
