//! What recognisers do to talk, done on purpose and by a seed: other characters that
//! sound alike, characters lost or said twice, no punctuation, turns cut in the wrong
//! place, a speaker mistaken.
//!
//! With it one can ask of a phrasebook what nobody can ask of a recogniser: how many
//! verdicts are lost at 5, at 10, at 20 % wrong characters?

use super::Chance;
use crate::conversation::{Conversation, Role, Turn};
use crate::text::Sounds;
use encoding_rs::GBK;
use pinyin::ToPinyin;
use std::collections::BTreeMap;

/// Of a hundred errors so many put another character in place; the rest are
/// characters lost, then characters said twice.
const REPLACED: usize = 70;
const LOST: usize = 18;
/// A character with the very same syllable is so many times likelier to be written
/// than one that only the south takes for it.
const SAME_SYLLABLE: usize = 4;

/// Puts noise into conversations.
pub struct Noise {
    alike: BTreeMap<char, Vec<char>>,
    sounds: Sounds,
}

impl Noise {
    /// Noise by these sounds. The characters that it writes are the 3,755 most
    /// common ones: the first level of the national standard GB 2312.
    pub fn new(sounds: Sounds) -> Self {
        let mut alike: BTreeMap<char, Vec<char>> = BTreeMap::new();
        for char in common() {
            alike.entry(sounds.of(char)).or_default().push(char);
        }
        Self { alike, sounds }
    }

    /// The conversation with about `rate` of its characters wrong (0 to 1), and
    /// punctuation, cuts and speakers wrong in proportion. Scene notes stay.
    pub fn disturb(&self, conversation: &Conversation, rate: f64, seed: u64) -> Conversation {
        let mut chance = Chance(seed);
        let mut disturbed = conversation.clone();
        if rate <= 0.0 {
            return disturbed;
        }
        disturbed.turns.clear();
        for turn in &conversation.turns {
            if turn.role == Role::Scene {
                disturbed.turns.push(turn.clone());
                continue;
            }
            let mut noisy = Turn {
                text: self.disturb_text(&turn.text, rate, &mut chance),
                ..turn.clone()
            };
            if chance.happens(rate / 2.0)
                && let Some(rest) = cut(&mut noisy, &mut chance)
            {
                disturbed.turns.push(noisy);
                disturbed.turns.push(rest);
                continue;
            }
            disturbed.turns.push(noisy);
        }
        if chance.happens(rate) && !disturbed.turns.is_empty() {
            let at = chance.below(disturbed.turns.len());
            let turn = &mut disturbed.turns[at];
            turn.role = match turn.role {
                Role::Staff => Role::Client,
                Role::Client => Role::Staff,
                other => other,
            };
        }
        disturbed
    }

    fn disturb_text(&self, text: &str, rate: f64, chance: &mut Chance) -> String {
        let keeps_marks = !chance.happens((rate * 5.0).min(1.0));
        let mut noisy = String::with_capacity(text.len());
        for char in text.chars() {
            if !char.is_alphanumeric() {
                if keeps_marks || char.is_whitespace() {
                    noisy.push(char);
                }
                continue;
            }
            if !chance.happens(rate) {
                noisy.push(char);
                continue;
            }
            match chance.below(100) {
                kind if kind < REPLACED => noisy.push(self.misheard(char, chance)),
                kind if kind < REPLACED + LOST => {}
                _ => noisy.extend([char, char]),
            }
        }
        noisy
    }

    fn misheard(&self, char: char, chance: &mut Chance) -> char {
        let Some(alike) = self.alike.get(&self.sounds.of(char)) else {
            return char;
        };
        let syllable = char.to_pinyin().map(pinyin::Pinyin::plain);
        let weight = |other: &char| {
            let same = other.to_pinyin().map(pinyin::Pinyin::plain) == syllable;
            match (*other == char, same) {
                (true, _) => 0,
                (_, true) => SAME_SYLLABLE,
                (_, false) => 1,
            }
        };
        let all: usize = alike.iter().map(weight).sum();
        if all == 0 {
            return char;
        }
        let mut at = chance.below(all);
        for other in alike {
            match at.checked_sub(weight(other)) {
                Some(rest) => at = rest,
                None => return *other,
            }
        }
        char
    }
}

/// Cuts a turn in two at a random place, if it is long enough; gives the rest.
fn cut(turn: &mut Turn, chance: &mut Chance) -> Option<Turn> {
    let places: Vec<usize> = turn.text.char_indices().map(|(at, _)| at).skip(1).collect();
    if places.len() < 4 {
        return None;
    }
    let rest = turn.text.split_off(places[chance.below(places.len())]);
    Some(Turn {
        text: rest,
        start: None,
        end: None,
        ..turn.clone()
    })
}

/// The characters of the first level of GB 2312, which its code arranges in rows 16
/// to 55 of 94.
fn common() -> impl Iterator<Item = char> {
    (0xB0..=0xD7_u8).flat_map(|row| {
        (0xA1..=0xFE_u8).filter_map(move |cell| {
            let code = [row, cell];
            let (text, _, wrong) = GBK.decode(&code);
            text.chars().next().filter(|_| !wrong)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Noise, common};
    use crate::conversation::{Conversation, Role, Turn};
    use crate::text::Sounds;

    fn talk() -> Conversation {
        Conversation {
            turns: (0..40)
                .map(|_| Turn::new(Role::Staff, "您好,请稍候,我马上给您办理提取业务。"))
                .collect(),
            ..Conversation::default()
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_noise() {
        let noise = Noise::new(Sounds::new(&[]));
        let talk = talk();
        assert_eq!(noise.disturb(&talk, 0.1, 7), noise.disturb(&talk, 0.1, 7));
        assert_ne!(noise.disturb(&talk, 0.1, 7), noise.disturb(&talk, 0.1, 8));
        assert_eq!(noise.disturb(&talk, 0.0, 7), talk);
    }

    #[test]
    fn the_rate_is_about_what_was_asked_for() {
        let noise = Noise::new(Sounds::new(&[]));
        let text = "您好请稍候我马上给您办理提取业务".repeat(200);
        let noisy = noise.disturb_text(&text, 0.1, &mut crate::generate::Chance(3));
        let same = text
            .chars()
            .zip(noisy.chars())
            .take_while(|(a, b)| a == b)
            .count();
        assert!(same < 100, "errors come early: {same}");
        let lost = text.chars().count().abs_diff(noisy.chars().count());
        assert!(
            lost < 100,
            "as many are said twice as are lost, nearly: {lost}"
        );
    }

    #[test]
    fn common_characters_are_the_first_level() {
        let all: Vec<char> = common().collect();
        assert!((3_700..=3_760).contains(&all.len()), "{}", all.len());
        assert_eq!(all.first(), Some(&'啊'));
    }
}
