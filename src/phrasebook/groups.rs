//! Who is to be served alike: the pairs of groups that article 10 of the first standard
//! names, and the words by which a conversation's tags say to which it belongs. Shared
//! by all phrasebooks, as `phrasebook/groups.toml`.

use super::rules::Bilingual;
use serde::Deserialize;
use std::sync::LazyLock;

const GROUPS: &str = include_str!("../../phrasebook/groups.toml");

/// Two groups of conversations that the standard wants served alike.
#[derive(Clone, Debug, Deserialize)]
pub struct Pair {
    /// Its name in files, `acquaintance`; also as a tag's key, `acquaintance=friend`.
    pub name: String,
    /// The one side and the other.
    pub sides: [Side; 2],
}

/// One side of a pair.
#[derive(Clone, Debug, Deserialize)]
pub struct Side {
    /// What reports call it.
    pub title: Bilingual,
    /// The tags that say that a conversation belongs to it.
    pub words: Vec<String>,
}

/// The shipped pairs.
pub fn pairs() -> &'static [Pair] {
    static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
        #[derive(Deserialize)]
        struct File {
            pairs: Vec<Pair>,
        }
        // The shipped file parses; a test says so.
        toml::from_str::<File>(GROUPS).map_or(Vec::new(), |file| file.pairs)
    });
    &PAIRS
}

/// The pair and the side (0 or 1) that a tag names.
pub fn side_of(tag: &str) -> Option<(&'static Pair, usize)> {
    let (key, word) = tag.split_once('=').unwrap_or(("", tag));
    let (key, word) = (key.trim(), word.trim().to_lowercase());
    let mut sides = pairs().iter().flat_map(|pair| {
        pair.sides
            .iter()
            .enumerate()
            .map(move |(at, side)| (pair, at, side))
    });
    let found = sides
        .find(|(pair, _, side)| (key.is_empty() || key == pair.name) && side.words.contains(&word));
    found.map(|(pair, at, _)| (pair, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn tags_name_their_side() {
        let cases = [
            ("friend", Some(("acquaintance", 1))),
            ("熟人", Some(("acquaintance", 1))),
            ("acquaintance=Stranger", Some(("acquaintance", 0))),
            (" 忙时 ", Some(("load", 0))),
            ("load=quiet", Some(("load", 1))),
            ("mood=quiet", None),
            ("表扬", Some(("word", 0))),
            ("批评", Some(("word", 1))),
            ("vip", None),
            ("", None),
            ("=", None),
        ];
        for (tag, expected) in cases {
            let found = side_of(tag).map(|(pair, side)| (pair.name.as_str(), side));
            assert_eq!(found, expected, "{tag}");
        }
    }

    #[test]
    fn no_word_means_two_things() {
        assert!(pairs().len() >= 3, "the file parses");
        let mut words = BTreeSet::new();
        for side in pairs().iter().flat_map(|pair| &pair.sides) {
            assert!(!side.title.zh.is_empty() && !side.title.en.is_empty());
            for word in &side.words {
                assert_eq!(*word, word.to_lowercase(), "words are in small letters");
                assert!(words.insert(word), "{word} stands twice");
            }
        }
    }
}
