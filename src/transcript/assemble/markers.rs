//! What of a segment is talk, and what the recogniser has put in.
//!
//! Tags, noises and placeholders aren't said by anybody, but they would be folded into
//! the words beside them. The lists are data, `phrasebook/markers.toml`.

use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../phrasebook/markers.toml");

/// What is left of a segment's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Talk. Pieces between which the speaker changes.
    Words(Vec<String>),
    /// A stage direction.
    Scene(String),
    /// Nothing.
    Nothing,
}

/// What is left of `text` once markers are cut out.
pub(super) fn said(text: &str) -> Said {
    let markers = markers();
    let text = without_tags(text.trim(), &markers.tags);
    if let Some((inner, "")) = markers.bracketed(text.trim())
        && let Bracket::Other = markers.kind(inner)
        && inner.chars().any(char::is_alphanumeric)
    {
        return Said::Scene(inner.trim().to_owned());
    }
    let mut pieces = vec![String::new()];
    let mut rest = text.as_str();
    let mut sung = false;
    while let Some(char) = rest.chars().next() {
        if let Some((inner, after)) = markers.bracketed(rest) {
            let piece = pieces.last_mut().map(|piece| (markers.kind(inner), piece));
            match piece {
                Some((Bracket::Noise, piece)) => {
                    part(piece);
                    rest = after;
                    continue;
                }
                Some((Bracket::Hidden, piece)) => {
                    piece.push_str(&markers.placeholder);
                    rest = after;
                    continue;
                }
                Some((Bracket::Turn, _)) => {
                    pieces.push(String::new());
                    rest = after;
                    continue;
                }
                Some((Bracket::Other, _)) | None => {}
            }
        }
        rest = &rest[char.len_utf8()..];
        if markers.music.contains(char) {
            sung = !sung && rest.contains(|char| markers.music.contains(char));
        } else if !sung
            && !is_emoji(char)
            && let Some(piece) = pieces.last_mut()
        {
            match markers.joins.contains(char) {
                true => part(piece),
                false => piece.push(char),
            }
        }
    }
    pieces
        .iter_mut()
        .for_each(|piece| *piece = piece.trim().to_owned());
    pieces.retain(|piece| is_talk(piece) && !markers.is_silence(piece));
    match pieces.is_empty() {
        true => Said::Nothing,
        false => Said::Words(pieces),
    }
}

/// A space where something was cut out, unless there is one.
fn part(piece: &mut String) {
    if !piece.is_empty() && !piece.ends_with(' ') {
        piece.push(' ');
    }
}

/// Whether there is more than punctuation; masked words are talk.
fn is_talk(text: &str) -> bool {
    text.contains(|char: char| char.is_alphanumeric() || char == '*' || char == '\u{d7}')
}

fn without_tags(text: &str, tags: &[(String, String)]) -> String {
    let mut text = text.to_owned();
    for (open, close) in tags {
        let mut kept = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once(open.as_str()) {
            kept.push_str(before);
            match after.split_once(close.as_str()) {
                Some((_, behind)) => rest = behind,
                None => {
                    // Nor does anything that opens further on.
                    kept.push_str(&rest[rest.len() - after.len() - open.len()..]);
                    rest = "";
                }
            }
        }
        kept.push_str(rest);
        text = kept;
    }
    text
}

fn is_emoji(char: char) -> bool {
    matches!(char, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0e}' | '\u{fe0f}' | '\u{200d}')
}

/// What stands in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bracket {
    Noise,
    Hidden,
    Turn,
    /// Words of somebody's.
    Other,
}

/// A longer text in brackets is somebody's words.
const LONGEST: usize = 60;

#[derive(Default)]
struct Markers {
    tags: Vec<(String, String)>,
    brackets: Vec<(char, char)>,
    music: String,
    joins: String,
    noises: BTreeSet<String>,
    hidden: BTreeSet<String>,
    turns: BTreeSet<String>,
    placeholder: String,
    parts: Vec<String>,
    alone: BTreeSet<String>,
}

impl Markers {
    /// What stands in the brackets with which the text begins, and what follows.
    fn bracketed<'a>(&self, text: &'a str) -> Option<(&'a str, &'a str)> {
        let open = text.chars().next()?;
        let (_, close) = self.brackets.iter().find(|pair| pair.0 == open)?;
        let inner = &text[open.len_utf8()..];
        let end = inner
            .char_indices()
            .take(LONGEST)
            .find(|(_, char)| char == close)?
            .0;
        Some((&inner[..end], &inner[end + close.len_utf8()..]))
    }

    fn kind(&self, inner: &str) -> Bracket {
        let word = inner.trim().to_lowercase();
        let numbered = |char: char| {
            char.is_ascii_digit() || matches!(char, 'x' | 'ｘ' | '_' | '-' | '#' | ' ' | ':')
        };
        let bare = word.trim_end_matches(numbered);
        if self.turns.contains(&word) {
            Bracket::Turn
        } else if self.noises.contains(&word) {
            Bracket::Noise
        } else if self.hidden.contains(&word) || self.hidden.contains(bare) {
            Bracket::Hidden
        } else {
            Bracket::Other
        }
    }

    /// Whether it is what Whisper makes of silence.
    fn is_silence(&self, piece: &str) -> bool {
        let bare = bare(piece);
        self.alone.contains(&bare) || self.parts.iter().any(|part| bare.contains(part))
    }
}

/// Letters and digits alone, small.
fn bare(text: &str) -> String {
    let letters = text.chars().filter(|char| char.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    tags: Vec<(String, String)>,
    brackets: Vec<String>,
    music: String,
    joins: String,
    noises: BTreeSet<String>,
    hidden: BTreeSet<String>,
    placeholder: String,
    turns: BTreeSet<String>,
    silence: Silence,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Silence {
    parts: Vec<String>,
    alone: Vec<String>,
}

impl From<Table> for Markers {
    fn from(table: Table) -> Self {
        let pair = |text: &String| {
            let mut chars = text.chars();
            chars.next().zip(chars.next())
        };
        Self {
            tags: table.tags,
            brackets: table.brackets.iter().filter_map(pair).collect(),
            music: table.music,
            joins: table.joins,
            noises: table.noises,
            hidden: table.hidden,
            turns: table.turns,
            placeholder: table.placeholder,
            parts: table.silence.parts.iter().map(|part| bare(part)).collect(),
            alone: table.silence.alone.iter().map(|text| bare(text)).collect(),
        }
    }
}

fn markers() -> &'static Markers {
    static MARKERS: OnceLock<Markers> = OnceLock::new();
    // A fault of the table is caught by a test, not by a panic at somebody's transcript.
    MARKERS.get_or_init(|| {
        toml::from_str::<Table>(TABLE)
            .map(Markers::from)
            .unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let table: Table = toml::from_str(TABLE).expect("TOML");
        for word in table.noises.iter().chain(&table.hidden).chain(&table.turns) {
            assert_eq!(word.to_lowercase(), *word, "is never found");
        }
        assert!(table.noises.is_disjoint(&table.hidden));
        assert_eq!(Markers::from(table).brackets.len(), 8);
    }

    #[test]
    fn markers_are_no_talk() {
        let words =
            |pieces: &[&str]| Said::Words(pieces.iter().map(|&piece| piece.to_owned()).collect());
        let cases = [
            (
                "<|zh|><|NEUTRAL|><|Speech|><|withitn|>您好，请讲",
                words(&["您好，请讲"]),
            ),
            ("您好<|zh|><|ANGRY|>请讲😡", words(&["您好请讲"])),
            ("[noise] 您好[laughter]请坐", words(&["您好 请坐"])),
            (
                "您的电话是[数字x]，[姓名1]先生",
                words(&["您的电话是××，××先生"]),
            ),
            (
                "My name is [PII] and <NAME_2>",
                words(&["My name is ×× and ××"]),
            ),
            ("<unk>您好 <unk>", words(&["您好"])),
            (
                "您好 [SPEAKER_TURN] 我来办提取",
                words(&["您好", "我来办提取"]),
            ),
            ("行好_谢谢_不客气", words(&["行好 谢谢 不客气"])),
            ("♪ 送你一朵小红花 ♪ 您好", words(&["您好"])),
            (
                "(笑)您好（请把身份证给我）",
                words(&["您好（请把身份证给我）"]),
            ),
            ("***,又死机了", words(&["***,又死机了"])),
            ("***", words(&["***"])),
            ("a < b 和 x|>", words(&["a < b 和 x|>"])),
            ("<|没有完", words(&["<|没有完"])),
            ("谢谢观看我们的材料", words(&["谢谢观看我们的材料"])),
            ("（客户走近柜台）", Said::Scene("客户走近柜台".to_owned())),
            ("[电话铃响]", Said::Scene("电话铃响".to_owned())),
            ("【静音】", Said::Nothing),
            ("(笑) [noise]", Said::Nothing),
            ("♪♪♪", Said::Nothing),
            ("。", Said::Nothing),
            (" ！ ", Said::Nothing),
            ("", Said::Nothing),
            ("(…)", Said::Nothing),
            ("请不吝点赞 订阅 转发 打赏支持明镜与点点栏目", Said::Nothing),
            ("字幕由 Amara.org 社群提供", Said::Nothing),
            ("謝謝觀看!", Said::Nothing),
            ("Thanks for watching.", Said::Nothing),
        ];
        for (text, left) in cases {
            assert_eq!(said(text), left, "{text}");
        }
    }
}
