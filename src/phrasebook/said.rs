//! Which wordings could stand in a little talk at all.
//!
//! A single role-play is read in less time than it takes to make 12,000 wordings ready
//! for it. Nearly all of them can be left out at a glance: a wording can't stand where two
//! characters that it has side by side stand side by side nowhere, not even by sound.

use crate::assessment::By;
use crate::text::{Folded, Folding, Sounds};

/// The characters and pairs of characters of some talk, as written and as they sound.
pub struct Said {
    text: Pairs,
    sound: Pairs,
}

impl Said {
    /// What is said in these turns.
    pub(super) fn new<'t>(
        turns: impl Iterator<Item = &'t str>,
        folding: &Folding,
        sounds: &Sounds,
    ) -> Self {
        let mut said = Self {
            text: Pairs::new(),
            sound: Pairs::new(),
        };
        let (mut folded, mut work) = (Folded::default(), Folded::default());
        for turn in turns {
            folding.fold_into(turn, &mut folded, &mut work);
            let (mut last, mut last_sound) = (ALONE, ALONE);
            for &char in folded.chars() {
                let sound = sounds.of(char);
                said.text.add(last, char);
                said.sound.add(last_sound, sound);
                (last, last_sound) = (char, sound);
            }
        }
        said
    }

    /// Whether a character stands behind another, or anywhere behind [`ALONE`]; both as
    /// they are read.
    pub fn has(&self, by: By, last: char, char: char) -> bool {
        match by {
            By::Sound => self.sound.has(last, char),
            _ => self.text.has(last, char),
        }
    }

    /// Whether a wording could stand in the talk, as written or, if it may be matched
    /// so, by sound; `names` says the same of what its names stand for. 'No' is certain,
    /// 'yes' isn't.
    pub(super) fn may_hold(
        &self,
        notation: &str,
        by_sound: bool,
        names: &dyn Fn(&str) -> bool,
        (folding, sounds): (&Folding, &Sounds),
    ) -> bool {
        let by_text = Glance {
            rest: notation,
            pairs: &self.text,
            folding,
            names,
            reading: |char| char,
        };
        let by_ear = Glance {
            rest: notation,
            pairs: &self.sound,
            folding,
            names,
            reading: |char| sounds.of(char),
        };
        by_text.holds() || (by_sound && by_ear.holds())
    }
}

/// Stands before the first character of a turn.
pub const ALONE: char = '\0';

/// A set of characters and of pairs, by their hashes; some more may seem to be in it.
struct Pairs {
    bits: Vec<u64>,
}

impl Pairs {
    const BITS: u32 = 16;

    fn new() -> Self {
        Self {
            bits: vec![0; 1 << (Self::BITS - 6)],
        }
    }

    fn add(&mut self, before: char, char: char) {
        for (before, char) in [(before, char), (ALONE, char)] {
            let (word, bit) = Self::place(before, char);
            self.bits[word] |= bit;
        }
    }

    fn has(&self, before: char, char: char) -> bool {
        let (word, bit) = Self::place(before, char);
        self.bits[word] & bit != 0
    }

    fn place(before: char, char: char) -> (usize, u64) {
        let pair = u64::from(before as u32) << 32 | u64::from(char as u32);
        let hash = pair.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - Self::BITS);
        ((hash >> 6) as usize, 1 << (hash & 63))
    }
}

/// A wording read just far enough to see whether it could stand somewhere.
struct Glance<'a, R> {
    rest: &'a str,
    pairs: &'a Pairs,
    folding: &'a Folding,
    names: &'a dyn Fn(&str) -> bool,
    reading: R,
}

/// The characters that may stand last so far; none where nothing can stand at all.
type Lasts = Vec<char>;

impl<R: Fn(char) -> char> Glance<'_, R> {
    fn holds(mut self) -> bool {
        !self.sequence(&[ALONE]).is_empty()
    }

    /// Reads up to what closes the sequence. Where the notation is wrong the answer
    /// doesn't matter: that is told by those who read it to the end.
    fn sequence(&mut self, before: &[char]) -> Lasts {
        let mut lasts = before.to_vec();
        while let Some(char) = self.rest.chars().next() {
            if matches!(char, ')' | ']' | '|') {
                break;
            }
            self.rest = &self.rest[char.len_utf8()..];
            match char {
                '(' => lasts = self.one_of(&lasts),
                '[' => {
                    let more = self.sequence(&lasts);
                    lasts.extend(more);
                    self.close();
                }
                '<' => {
                    let (name, rest) = self.rest.split_once('>').unwrap_or_default();
                    self.rest = rest;
                    let possible = !lasts.is_empty() && (self.names)(name);
                    lasts.clear();
                    lasts.extend(possible.then_some(ALONE));
                }
                char => {
                    // What is no letter may go when the wording is folded, as a gap
                    // may hold nothing.
                    let letter = self.folding.plain(char).map(&self.reading);
                    let next = letter.unwrap_or(ALONE);
                    let possible = lasts
                        .iter()
                        .any(|last| next == ALONE || self.pairs.has(*last, next));
                    lasts.clear();
                    lasts.extend(possible.then_some(next));
                }
            }
        }
        lasts
    }

    fn one_of(&mut self, before: &[char]) -> Lasts {
        let mut lasts = self.sequence(before);
        while self.rest.starts_with('|') {
            self.rest = &self.rest[1..];
            lasts.extend(self.sequence(before));
        }
        self.close();
        lasts
    }

    fn close(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::Said;
    use crate::text::{Folding, FoldingSpec, Sounds};

    #[test]
    fn leaves_out_what_cannot_stand_there() {
        let folding = Folding::new(&FoldingSpec {
            fillers: vec!["那个".into()],
            ..FoldingSpec::default()
        });
        let sounds = Sounds::new(&[]);
        let turns = ["請您稍後", "好,那个谢谢"];
        let said = Said::new(turns.into_iter(), &folding, &sounds);
        let cases = [
            ("请您", false, true),
            ("請您", false, true),
            ("您请", false, false),
            ("请[再]您稍", false, true),
            ("请[再]稍后", false, false),
            ("请(再|您)稍", false, true),
            ("请(再|快)稍", false, false),
            ("(再请|您稍)后", false, true),
            ("请…谢", false, true),
            ("请…快", false, false),
            ("<list>谢", false, true),
            ("<list>快", false, false),
            ("<other>谢", false, false),
            ("[<other>]谢", false, true),
            ("(好|您)(稍|谢)[等]好", false, false),
            ("(好|您)(稍|谢)[等](后|谢)", false, true),
            ("好谢谢", false, true),
            ("好那个谢", false, true),
            ("稍候", false, false),
            ("稍候", true, true),
            ("您少", true, true),
            ("少您", true, false),
        ];
        for (notation, by_sound, want) in cases {
            let got = said.may_hold(
                notation,
                by_sound,
                &|name| name == "list",
                (&folding, &sounds),
            );
            assert_eq!(got, want, "{notation} {by_sound}");
        }
    }
}
