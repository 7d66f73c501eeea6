//! Turns in which two people speak.
//!
//! A recording with one track, cut where there is silence, has both sides in one stretch:
//! 行好谢谢不客气其他我这号能帮到您的吗. Whom such a turn is given to, the words of the other are
//! lost, and what they carried would count as missed. It shows in the signs of who speaks:
//! up to some place they speak for one side, and from there on for the other.
//!
//! Where many turns are so, nobody can tell who says what. Where a few are, what hangs on
//! them is left open.

use super::Judgement;
use crate::assessment::Verdict;
use crate::conversation::{Conversation, Role};
use crate::matching::Hit;
use crate::phrasebook::rules::Rules;

/// How far either side must lean for a turn to count as mixed: two turns in a hundred of
/// a single person do, and three in ten of two people.
const LEANS: f64 = 2.3;
/// How far for it to be suspect, and how likely that is where one person speaks, and
/// where two do.
const SUSPECT: f64 = 1.5;
const SUSPECT_OF_ONE: f64 = 0.088;
const SUSPECT_OF_TWO: f64 = 0.47;
/// How much likelier all turns must be two people's than one's each, as a natural
/// logarithm, for all to be in doubt.
const MANY: f64 = 1.0;

/// The turns without a role in which two people seem to speak.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mixed {
    /// By number, in order.
    pub turns: Vec<usize>,
    /// Whether they are so many that no turn is anybody's alone.
    pub many: bool,
}

/// Looks for mixed turns, by the signs that tell roles.
pub fn mixed(rules: &Rules, conversation: &Conversation, hits: &[Hit]) -> Mixed {
    let signs = &rules.role_signs;
    let mut two_people = 0.0;
    let mut turns = Vec::new();
    let mut rest = hits;
    for (number, turn) in conversation.turns.iter().enumerate() {
        let own = rest.partition_point(|hit| hit.turn <= number);
        let (here, later) = rest.split_at(own);
        rest = later;
        if turn.role != Role::Unknown {
            continue;
        }
        let folded = rules.folding.fold(&turn.text);
        let chars = folded.chars();
        let mut leans = vec![0.0; chars.len() + 1];
        for hit in here.iter().filter(|hit| hit.counts()) {
            leans[hit.start.min(chars.len())] += signs.weights.get(&hit.act).unwrap_or(&0.0);
        }
        if !signs.words.is_empty() {
            for letters in 1..=super::roles::MOST_LETTERS {
                for (at, word) in chars.windows(letters).enumerate() {
                    leans[at] += signs.words.get(word).unwrap_or(&0.0);
                }
            }
        }
        let over = turns_over(&leans);
        two_people += if over >= SUSPECT {
            (SUSPECT_OF_TWO / SUSPECT_OF_ONE).ln()
        } else {
            ((1.0 - SUSPECT_OF_TWO) / (1.0 - SUSPECT_OF_ONE)).ln()
        };
        if over >= LEANS {
            turns.push(number);
        }
    }
    let many = two_people >= MANY;
    Mixed { turns, many }
}

/// How far the signs before some place and those behind it lean to different sides, at
/// the place where they do most.
fn turns_over(leans: &[f64]) -> f64 {
    let all: f64 = leans.iter().sum();
    let mut before = 0.0;
    let mut most = 0.0_f64;
    for lean in leans {
        before += lean;
        let behind: f64 = all - before;
        if before * behind < 0.0 {
            most = most.max(before.abs().min(behind.abs()));
        }
    }
    most
}

/// Leaves open what would be held against staff for the sake of a mixed turn.
pub fn leave_open(rules: &Rules, judgement: &mut Judgement, mixed: &[usize]) {
    if mixed.is_empty() {
        return;
    }
    let situations = &judgement.situations;
    for verdict in &mut judgement.verdicts {
        let worst = &mut verdict.worst;
        let hangs = match worst.verdict {
            Verdict::Met | Verdict::Undecided => false,
            Verdict::Breached => worst
                .evidence
                .iter()
                .any(|piece| mixed.contains(&piece.turn)),
            Verdict::Partial | Verdict::Missed => situations
                .iter()
                .filter(|situation| {
                    situation.trigger == worst.trigger
                        && rules.clauses[situation.clause].id == verdict.clause
                })
                .any(|situation| {
                    let first = situation.from.min(situation.trigger);
                    let last = situation.to.saturating_add(1);
                    mixed.iter().any(|turn| (first..=last).contains(turn))
                }),
        };
        if hangs {
            worst.verdict = Verdict::Undecided;
            worst.missing.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::turns_over;

    #[test]
    fn a_turn_is_mixed_where_its_signs_turn_over() {
        let cases: [(&[f64], f64); 6] = [
            (&[], 0.0),
            (&[3.0, 0.0, -2.0], 2.0),
            (&[-1.0, -1.0, 1.5, 1.0], 2.0),
            (&[3.0, 1.0], 0.0),
            // A little of the other side in the middle doesn't turn it over.
            (&[3.0, -1.0, 3.0], 0.0),
            (&[0.5, -3.0, 0.2], 0.5),
        ];
        for (leans, most) in cases {
            assert!((turns_over(leans) - most).abs() < 1e-9, "{leans:?}");
        }
    }
}
