//! How characters sound, so that 请收号 is heard as 请收好.
//!
//! A syllable without its tone, and with the sounds merged that speakers and
//! recognisers of the south don't keep apart: n/l, zh/z, ch/c, sh/s, f/hu, an/ang,
//! en/eng, in/ing. Each syllable becomes one character of the private use area, so
//! that sounds are searched with the very machinery that searches text.

use pinyin::ToPinyin;
use std::collections::BTreeMap;

const FIRST: u32 = 0xE000;

/// The sound of each character. Immutable; share it between threads.
#[derive(Clone, Debug)]
pub struct Sounds {
    table: Vec<u16>,
}

impl Sounds {
    /// The sounds of all characters. `readings` overrules the dictionary where a
    /// character has several (还 as huan): a syllable without tone each.
    pub fn new(readings: &[(char, String)]) -> Self {
        let mut syllables: BTreeMap<String, u16> = BTreeMap::new();
        let mut merged: BTreeMap<&str, u16> = BTreeMap::new();
        let mut number = |syllable: &str| {
            let next = (FIRST as usize + syllables.len()) as u16;
            *syllables.entry(merge(syllable)).or_insert(next)
        };
        let mut table: Vec<u16> = (0..=0xFFFF_u16).collect();
        let overruled = |char: char| readings.iter().find(|(of, _)| *of == char);
        for code in (0x3400..0xA000_u32).chain(0xF900..0xFB00) {
            let Some(char) = char::from_u32(code) else {
                continue;
            };
            table[code as usize] = match overruled(char) {
                Some((_, reading)) => number(reading),
                None => match char.to_pinyin() {
                    Some(reading) => {
                        let syllable = reading.plain();
                        *merged.entry(syllable).or_insert_with(|| number(syllable))
                    }
                    None => continue,
                },
            };
        }
        Self { table }
    }

    /// The sound of one character; a character that has none stands for itself.
    pub fn of(&self, char: char) -> char {
        self.table
            .get(char as usize)
            .and_then(|code| char::from_u32(u32::from(*code)))
            .unwrap_or(char)
    }
}

/// Puts syllables that sound alike in the south under one spelling.
fn merge(syllable: &str) -> String {
    let (initial, rest) = match syllable.split_at_checked(2) {
        Some(("zh", rest)) => ("z", rest),
        Some(("ch", rest)) => ("c", rest),
        Some(("sh", rest)) => ("s", rest),
        // hu- before a vowel is heard as f-: hui and fei, huan and fan.
        Some(("hu", "i")) => ("f", "ei"),
        Some(("hu", "n")) => ("f", "en"),
        Some(("hu", "")) => ("f", "u"),
        Some(("hu", rest)) => ("f", rest),
        _ => match syllable.strip_prefix('n') {
            Some(rest) if !rest.is_empty() && !rest.starts_with('g') => ("l", rest),
            _ => ("", syllable),
        },
    };
    let rest = match rest.strip_suffix('g') {
        Some(open) if !open.ends_with("on") => open,
        _ => rest,
    };
    format!("{initial}{rest}")
}

#[cfg(test)]
mod tests {
    use super::{Sounds, merge};

    #[test]
    fn merges_what_the_south_does_not_keep_apart() {
        let cases = [
            ("zhang", "zan"),
            ("shou", "sou"),
            ("ni", "li"),
            ("nin", "lin"),
            ("hui", "fei"),
            ("hu", "fu"),
            ("gong", "gong"),
            ("jing", "jin"),
            ("deng", "den"),
            ("en", "en"),
            ("huang", "fan"),
        ];
        for (syllable, want) in cases {
            assert_eq!(merge(syllable), want, "{syllable}");
        }
    }

    #[test]
    fn homophones_share_a_sound() {
        let sounds = Sounds::new(&[('还', "huan".into())]);
        let same = |a: &str, b: &str| {
            a.chars()
                .zip(b.chars())
                .all(|(a, b)| sounds.of(a) == sounds.of(b))
        };
        assert!(same("公积金", "公机金"));
        assert!(same("请收好", "请收号"));
        assert!(same("还款", "黄款"));
        assert!(same("再见", "在建"));
        assert!(!same("请收好", "请收费"));
        assert_eq!(sounds.of('a'), 'a');
    }
}
