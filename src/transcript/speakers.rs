//! The speaker table: whom the word before a colon, or in a field `role`, stands for.
//!
//! The words are data, `phrasebook/speakers.toml`, one section a role. What people
//! add to them needs no entries of its own: case, width, decoration, a number or a
//! letter at the end, a name in brackets.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::conversation::Role;

/// The role of a label that is in the table, with or without a number, and
/// with a name in brackets: `客服1023`, `坐席A`, `客服（张三）`, `张三（客服）`.
pub(super) fn role_of(label: &str) -> Option<Role> {
    let with_name = label.trim_end().ends_with([')', '）']);
    let label = folded(label);
    let find = |word: &str| speakers().get(word).copied();
    if let Some(role) = find(&label) {
        return Some(role);
    }
    if with_name && let Some((before, within)) = label.split_once('(') {
        return role_of(before).or_else(|| role_of(within));
    }
    let sign = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '_' | '-' | '#' | '.');
    let mut word = label.trim_end_matches(sign);
    if word == label {
        word = label.strip_suffix(|c: char| c.is_ascii_lowercase())?;
        if word.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        word = word.trim_end_matches(sign);
    }
    // S1 is a recogniser's first speaker more often than a first clerk.
    let single = word.chars().count() == 1;
    find(word).map(|role| if single { Role::Unknown } else { role })
}

/// A label as the table writes it: half-width, small letters, no decoration.
pub(super) fn folded(label: &str) -> String {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    label
        .chars()
        .map(half)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether the table has exactly this label, so that it tells no more than the
/// role.
pub(super) fn is_role_word(label: &str) -> bool {
    speakers().contains_key(&folded(label))
}

fn speakers() -> &'static BTreeMap<String, Role> {
    static SPEAKERS: OnceLock<BTreeMap<String, Role>> = OnceLock::new();
    SPEAKERS.get_or_init(|| {
        let table = include_str!("../../phrasebook/speakers.toml");
        // A fault of the table is caught by a test, not by a panic at the
        // first line of somebody's transcript.
        let sections: BTreeMap<String, Vec<String>> = toml::from_str(table).unwrap_or_default();
        let roles = sections.into_iter().filter_map(|(name, words)| {
            let role = Role::from_name(&name)?;
            Some(words.into_iter().map(move |word| (word, role)))
        });
        roles.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_speaker_table_is_sound() {
        let table = include_str!("../../phrasebook/speakers.toml");
        let sections: BTreeMap<String, Vec<String>> = toml::from_str(table).expect("TOML");
        let names: Vec<&str> = sections.keys().map(String::as_str).collect();
        assert_eq!(names, ["client", "other", "scene", "staff", "unknown"]);
        let mut words: Vec<&String> = sections.values().flatten().collect();
        for word in &words {
            assert_eq!(folded(word), **word, "is never found");
        }
        let count = words.len();
        words.sort();
        words.dedup();
        assert_eq!(
            (words.len(), speakers().len()),
            (count, count),
            "a word twice"
        );
    }
}
