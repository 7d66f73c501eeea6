//! Corpora of any size, with the density of real talk: conversations drawn from
//! given ones and varied, by a seed.
//!
//! A generated conversation is a given one with other numbers, some turns left out
//! and, now and then, a stretch of another conversation of the same channel put in.
//! So there is a hit where people put one, and no two lines are the same. For
//! measuring speed and memory; verdicts on such talk mean nothing. [`generate_month`]
//! makes a month of a house out of it, with known faults, for reports.

pub mod day;
mod month;
mod noise;

pub use month::{Month, generate_month};

pub use noise::Noise;

use crate::conversation::{Conversation, Role, Turn};
use serde_json::json;
use std::io::{self, Write};

/// A small, fast, reproducible source of chance (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Whether something with this likelihood (0 to 1) happens.
    fn happens(&mut self, likelihood: f64) -> bool {
        const STEPS: usize = 1 << 20;
        (self.below(STEPS) as f64) < likelihood * STEPS as f64
    }

    /// A number below `limit`, which must not be zero.
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// Writes `number` conversations as JSON Lines, drawn from `given` by `seed`: the
/// same arguments, the same bytes.
///
/// # Errors
/// If `out` can't be written to, or `given` is empty.
pub fn generate(
    given: &[Conversation],
    number: u64,
    seed: u64,
    out: &mut impl Write,
) -> io::Result<()> {
    if given.is_empty() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "no conversations",
        ));
    }
    let mut chance = Chance(seed);
    for count in 0..number {
        let model = &given[chance.below(given.len())];
        let mut turns: Vec<&Turn> = model
            .turns
            .iter()
            .filter(|_| chance.below(20) > 0)
            .collect();
        if chance.below(4) == 0 {
            let other = &given[chance.below(given.len())];
            if other.channel == model.channel && other.turns.len() > 4 {
                let from = 2 + chance.below(other.turns.len() - 4);
                let at = turns.len() / 2;
                turns.splice(at..at, other.turns[from..from + 2].iter());
            }
        }
        let turns: Vec<_> = turns
            .into_iter()
            .map(|turn| json!({"role": turn.role.name(), "text": vary(turn, &mut chance)}))
            .collect();
        let line = json!({
            "id": format!("g{count:08}"),
            "channel": model.channel.map(crate::conversation::Channel::name),
            "turns": turns,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The turn's text with other digits.
fn vary(turn: &Turn, chance: &mut Chance) -> String {
    if turn.role == Role::Scene {
        return turn.text.clone();
    }
    turn.text
        .chars()
        .map(|char| match char {
            '0'..='9' => char::from(b'0' + chance.below(10) as u8),
            _ => char,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::generate;
    use crate::conversation::{Conversation, Role, Turn};

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let given = [Conversation {
            turns: (0..9)
                .map(|n| Turn::new(Role::Staff, format!("{n}")))
                .collect(),
            ..Conversation::default()
        }];
        let bytes = |seed| {
            let mut out = Vec::new();
            generate(&given, 20, seed, &mut out).expect("writing to memory");
            out
        };
        assert_eq!(bytes(7), bytes(7));
        assert_ne!(bytes(7), bytes(8));
        assert_eq!(bytes(7).iter().filter(|byte| **byte == b'\n').count(), 20);
    }
}
