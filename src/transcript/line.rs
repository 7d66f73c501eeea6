//! One line of plain text: what stands before the words, in every style that people
//! write it in. Whether a label really names somebody is not decided here, since
//! that takes the whole conversation.

use super::speakers::{is_role_word, role_of};
use super::stamp::Stamp;
use crate::conversation::Role;

/// A line, and what it would say if its label is a speaker.
#[derive(Clone, Copy, Default)]
pub(super) struct Line<'a> {
    pub(super) whole: &'a str,
    pub(super) stamp: Option<Stamp>,
    /// Empty if there is nothing that could be one.
    pub(super) label: &'a str,
    /// The role, if the label is in the table.
    pub(super) role: Option<Role>,
    pub(super) text: &'a str,
    /// Whether all of it stands in brackets.
    pub(super) scene: bool,
}

impl<'a> Line<'a> {
    pub(super) fn of(line: &'a str) -> Self {
        let plain = Line::unlabelled(line.trim());
        if !plain.label.is_empty() {
            return plain;
        }
        let read = plain.read();
        if read.role.is_some() || read.scene {
            return read;
        }
        // `3. 客服：您好`: only before a known label, since sentences are numbered, too.
        let unmarked = past_list_mark(plain.whole).map(|rest| Line::unlabelled(rest).read());
        unmarked.filter(|line| line.role.is_some()).unwrap_or(read)
    }

    fn read(self) -> Self {
        self.in_brackets()
            .or_else(|| self.in_tag())
            .or_else(|| self.before_colon())
            .or_else(|| self.before_space())
            .unwrap_or(self)
    }

    /// The line with what stands before its first blank as its label, if that is one.
    pub(super) fn before_blank(line: &'a str) -> Self {
        let plain = Line::unlabelled(line.trim());
        let end = plain
            .text
            .find(char::is_whitespace)
            .unwrap_or(plain.text.len());
        let (label, text) = plain.text.split_at(end);
        match known(label) {
            Some(role) => plain.said(label, Some(role), text),
            None => plain,
        }
    }

    fn unlabelled(whole: &'a str) -> Self {
        let mut line = Line {
            whole,
            text: whole,
            ..Line::default()
        };
        if let Some((stamp, voice, text)) = Stamp::with_voice(whole) {
            (line.stamp, line.text) = (Some(stamp), text);
            if !voice.is_empty() {
                (line.label, line.role) = (voice, Some(Role::Unknown));
            }
        }
        line
    }

    /// `<客服>您好</客服>`, `《客服》您好`.
    fn in_tag(&self) -> Option<Self> {
        let (open, close) = [('<', '>'), ('《', '》')]
            .into_iter()
            .find(|pair| self.text.starts_with(pair.0))?;
        let (label, text) = self.text[open.len_utf8()..].split_once(close)?;
        let role = role_of(label)?;
        let text = text.trim_end();
        let text = text.strip_suffix(close).map_or(text, |inner| {
            inner.rsplit_once("</").map_or(text, |(said, _)| said)
        });
        let text = text.trim_start();
        let text = text.strip_prefix(is_colon).unwrap_or(text);
        Some(self.said(label, Some(role), text))
    }

    /// The line when its label has turned out to be none.
    pub(super) fn without_label(&self) -> Self {
        if self.label.is_empty() {
            *self
        } else {
            Line::unlabelled(self.whole)
        }
    }

    /// `【客服】您好`, `[销售]: 您好`, and whole lines in brackets.
    fn in_brackets(&self) -> Option<Self> {
        let (label, after) = bracketed(self.text)?;
        let role = role_of(label);
        if role.is_none() && after.is_empty() {
            let inner = label.split_once(is_colon);
            let inner = inner.filter(|(word, _)| role_of(word) == Some(Role::Scene));
            let text = inner.map_or(label, |(_, text)| text).trim();
            return Some(Line {
                scene: true,
                text,
                ..*self
            });
        }
        let after = after.trim_start();
        let (stamp, after) = match Stamp::lead(after) {
            Some((stamp, after)) if self.stamp.is_none() => (Some(stamp), after),
            _ => (self.stamp, after),
        };
        let said = after.strip_prefix(is_colon);
        // Without a colon [noise] would become a speaker.
        (role.is_some() || said.is_some() && is_short(label)).then(|| Line {
            stamp,
            label,
            role,
            text: said.unwrap_or(after).trim_start(),
            ..*self
        })
    }

    /// `客服：您好`, `坐席(00:00:05): 您好`, `发言人 1  00:05`, and a tab.
    fn before_colon(&self) -> Option<Self> {
        for (at, c) in self.text.char_indices().take(LONGEST_KNOWN) {
            let (label, tail) = (self.text[..at].trim(), &self.text[at..]);
            if let Some((role, text)) = known(label).zip(past_sign(tail)) {
                return Some(self.said(label, Some(role), text));
            }
            if NEVER_IN_LABELS.contains(c) || is_colon(c) && label.is_empty() {
                return None;
            }
            if label.is_empty() || !(is_colon(c) || c.is_whitespace() || is_open(c)) {
                continue;
            }
            if let Some(text) = tail.strip_prefix(is_colon) {
                let clock = label.ends_with(is_digit) && text.starts_with(is_digit);
                let address = text.starts_with(['/', '\\']);
                let role = role_of(label).filter(|_| !address);
                let sure = role.is_some() || !clock && !address && is_short(label);
                return sure.then(|| self.said(label, role, text));
            }
            if let Some((stamp, after)) = Stamp::lead(tail.trim_start()) {
                let said = after.strip_prefix(is_colon);
                let role = role_of(label);
                let sure = (said.is_some() || after.is_empty()) && is_short(label);
                let line = Line {
                    stamp: self.stamp.or(Some(stamp)),
                    ..*self
                };
                return (role.is_some() || sure)
                    .then(|| line.said(label, role, said.unwrap_or(after)));
            }
            let wide = tail.starts_with("  ") || tail.starts_with('\u{3000}');
            let tab = role_of(label).filter(|_| c == '\t');
            if let Some(role) = tab.or_else(|| known(label).filter(|_| wide)) {
                return Some(self.said(label, Some(role), tail));
            }
        }
        None
    }

    /// `00:00:05 坐席 您好` and `00:00:05 坐席`: only behind a time, since any
    /// sentence may begin with a word from the table.
    fn before_space(&self) -> Option<Self> {
        self.stamp?;
        let spaces = self
            .text
            .match_indices(char::is_whitespace)
            .map(|(at, _)| at);
        let mut ends: Vec<usize> = spaces.take(2).collect();
        ends.push(self.text.len());
        ends.into_iter().rev().find_map(|end| {
            let (label, text) = self.text.split_at(end);
            role_of(label).map(|role| self.said(label, Some(role), text))
        })
    }

    fn said(&self, label: &'a str, role: Option<Role>, text: &'a str) -> Self {
        Line {
            label: label.trim(),
            role,
            text: text.trim_start(),
            ..*self
        }
    }

    /// The role, and the label where it says more than the role does.
    pub(super) fn speaker(&self) -> (Role, Option<String>) {
        let parted = || self.label.split(|c: char| !c.is_alphanumeric());
        let role = self.role.or_else(|| {
            let mut words = parted().filter(|word| word.chars().count() > 1);
            words.find_map(role_of)
        });
        let role = role.unwrap_or(Role::Unknown);
        let bare = role != Role::Unknown && is_role_word(self.label);
        let speaker = (!bare && role != Role::Scene).then(|| undecorated(self.label).to_owned());
        (role, speaker)
    }
}

pub(super) const BRACKETS: [(char, char); 6] = [
    ('[', ']'),
    ('(', ')'),
    ('（', '）'),
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
];

/// The most characters that an unknown speaker's label has, and that a line is
/// searched for a known one.
const LONGEST: usize = 12;
const LONGEST_KNOWN: usize = 24;

/// Signs of a sentence, or of some other form.
const NEVER_IN_LABELS: &str = "，。？！；、…,?!;\"'“”‘’「」《》{}<>|=";

/// What stands in the brackets with which the text begins, and what follows.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (open, close) = BRACKETS.into_iter().find(|pair| text.starts_with(pair.0))?;
    let mut depth = 0;
    let (end, _) = text.match_indices([open, close]).find(|(_, sign)| {
        depth += if sign.starts_with(open) { 1 } else { -1 };
        depth == 0
    })?;
    Some((&text[open.len_utf8()..end], &text[end + close.len_utf8()..]))
}

/// The label without what stands around all of it: `[SPEAKER_00]`, `##客服1##`.
fn undecorated(label: &str) -> &str {
    const SIGNS: [(char, char); 6] = [
        ('[', ']'),
        ('【', '】'),
        ('#', '#'),
        ('*', '*'),
        ('<', '>'),
        ('《', '》'),
    ];
    let inner = SIGNS
        .into_iter()
        .find_map(|(open, close)| label.strip_prefix(open)?.strip_suffix(close))
        .map(str::trim)
        .filter(|inner| !inner.is_empty());
    inner.map_or(label, undecorated)
}

/// The role of a label of several letters. Single ones stand before signs and blanks in
/// any list.
fn known(label: &str) -> Option<Role> {
    let several = label.chars().filter(|c| c.is_alphabetic()).count() > 1;
    several.then(|| role_of(label))?
}

/// What follows a sign other than a colon between a label and words: `客服 | 您好`.
fn past_sign(tail: &str) -> Option<&str> {
    let apart = tail.trim_start();
    let near = ["|", "｜", "->", ">>", ">", "→"];
    let near = near.iter().find_map(|sign| apart.strip_prefix(*sign));
    let spaced = ["- ", "– ", "— "]
        .iter()
        .find_map(|sign| apart.strip_prefix(*sign));
    near.or_else(|| spaced.filter(|_| apart.len() < tail.len()))
}

/// What follows a number or a sign with which a list marks its lines.
fn past_list_mark(line: &str) -> Option<&str> {
    let digits = line.len() - line.trim_start_matches(is_digit).len();
    let rest = &line[digits..];
    match digits {
        0 => rest.strip_prefix(['-', '*', '•', '·', '>']),
        1..=5 => rest.strip_prefix(['.', '、', ')', '）', '．', ' ', '\t']),
        _ => None,
    }
    .map(str::trim_start)
}

fn is_short(label: &str) -> bool {
    !label.is_empty() && label.chars().count() <= LONGEST
}

pub(super) fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

pub(super) fn is_open(c: char) -> bool {
    BRACKETS.iter().any(|pair| pair.0 == c)
}

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}
