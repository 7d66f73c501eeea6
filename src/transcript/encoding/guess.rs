//! Which encoding a text without a mark is in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::decode::Decoder;
use super::{Encoding, Kind};
use crate::transcript::ProblemKind;

/// The encoding of a text of which `window` is a piece: its first one if it `begins`,
/// its last one if it `ends`.
///
/// # Errors
/// [`ProblemKind::NotText`] if nothing can be made of it, and
/// [`ProblemKind::UnsureEncoding`] if it is likely to be one that is read only on
/// request.
pub(super) fn guess(window: &[u8], begins: bool, ends: bool) -> Result<Encoding, ProblemKind> {
    let zeros = window.iter().filter(|&&byte| byte == 0).count();
    let utf8 = utf8_share(window, ends);
    // A zero that somebody's program has left in a text makes no UTF-16 of it.
    if utf8 == Utf8::Valid && zeros * 20 <= window.len() {
        return Ok(Encoding::UTF_8);
    }
    if zeros > 0 && begins {
        let wide = [
            Encoding::UTF_32LE,
            Encoding::UTF_32BE,
            Encoding::UTF_16LE,
            Encoding::UTF_16BE,
        ];
        let found = wide.into_iter().find(|wide| is_wide(window, *wide, ends));
        if let Some(found) = found {
            return Ok(found);
        }
    }
    if zeros * 20 > window.len() {
        return Err(ProblemKind::NotText { what: "data" });
    }
    if utf8 == Utf8::Damaged {
        return Ok(Encoding::UTF_8);
    }
    if is_common_chinese(window) {
        return Ok(Encoding::GB18030);
    }
    by_frequency(window, ends)
}

#[derive(PartialEq)]
enum Utf8 {
    Valid,
    /// So much of it is valid that the rest must be damage.
    Damaged,
    No,
}

/// How much of what isn't ASCII is valid UTF-8. Text in GBK has a valid pair now and
/// then, but hardly ever a valid triple.
fn utf8_share(window: &[u8], ends: bool) -> Utf8 {
    match std::str::from_utf8(window) {
        Ok(_) => return Utf8::Valid,
        Err(error) if error.error_len().is_none() && !ends => return Utf8::Valid,
        Err(_) => {}
    }
    let (mut pairs, mut longer) = (0, 0);
    for chunk in window.utf8_chunks() {
        for char in chunk.valid().chars() {
            match char.len_utf8() {
                1 => {}
                2 => pairs += 2,
                length => longer += length,
            }
        }
    }
    let all = window.iter().filter(|byte| !byte.is_ascii()).count();
    match longer * 2 >= all || (pairs + longer) * 10 >= all * 9 {
        true => Utf8::Damaged,
        false => Utf8::No,
    }
}

/// Whether it is text of two or four bytes a character: all of it can be decoded, and
/// what comes out is what people write. Zero bytes alone don't tell the order, since
/// the commonest of all Chinese characters, U+4E00, has one, too.
fn is_wide(window: &[u8], wide: Encoding, ends: bool) -> bool {
    let width = match wide.0 {
        Kind::Named(_) => 2,
        Kind::Utf32Le | Kind::Utf32Be => 4,
    };
    let whole = window.len() - window.len() % width;
    if ends && whole != window.len() {
        return false;
    }
    let mut text = String::new();
    Decoder::new(wide).decode(&window[..whole], false, &mut text);
    let strange = text.chars().filter(|char| !is_usual(*char)).count();
    strange * 20 <= text.chars().count()
}

/// Whether it is Latin, Chinese or a sign.
fn is_usual(char: char) -> bool {
    matches!(
        char,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{24f}' | '\u{2000}'..='\u{206f}'
            | '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ffef}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{323af}'
    )
}

/// Whether it reads as Chinese in GB2312's own order: marks and the 3755 characters
/// that everybody uses. Text in Big5 doesn't, since a third of its second bytes lie
/// where GB2312 has none.
fn is_common_chinese(window: &[u8]) -> bool {
    let (mut common, mut all) = (0, 0);
    let mut bytes = window.iter().copied();
    while let Some(first) = bytes.next() {
        if first.is_ascii() {
            continue;
        }
        let Some(second) = bytes.next() else { break };
        all += 1;
        let usual = matches!(first, 0xa1..=0xa3 | 0xb0..=0xd7) && second >= 0xa1;
        common += usize::from(usual);
    }
    all > 0 && common * 20 >= all * 17
}

/// What a browser would take it for. It isn't told that Chinese is expected: common
/// Chinese is known by now, and with the hint it takes Big5 and smart quotes for GBK.
fn by_frequency(window: &[u8], ends: bool) -> Result<Encoding, ProblemKind> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window, ends);
    let guess = Encoding::of(detector.guess(None, Utf8Detection::Deny));
    if guess == Encoding::BIG5 {
        let likely = guess.name();
        return Err(ProblemKind::UnsureEncoding { likely });
    }
    let mut text = String::new();
    Decoder::new(guess).decode(window, ends, &mut text);
    let wrong = |char: &char| {
        matches!(char, '\u{fffd}' | '\u{80}'..='\u{9f}')
            || char.is_control() && !char.is_whitespace()
    };
    let wrong = text.chars().filter(wrong).count();
    match wrong * 10 > text.chars().count() {
        true => Err(ProblemKind::NotText { what: "data" }),
        false => Ok(guess),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, GBK, WINDOWS_1252};

    fn told(bytes: &[u8]) -> String {
        match guess(bytes, true, true) {
            Ok(encoding) => encoding.name().to_owned(),
            Err(kind) => format!("{} {:?}", kind.code(), kind.params()),
        }
    }

    fn wide(text: &str, big: bool, width: usize) -> Vec<u8> {
        let units = text.encode_utf16().flat_map(|unit| match big {
            true => unit.to_be_bytes(),
            false => unit.to_le_bytes(),
        });
        match width {
            2 => units.collect(),
            _ => text
                .chars()
                .flat_map(|char| match big {
                    true => u32::from(char).to_be_bytes(),
                    false => u32::from(char).to_le_bytes(),
                })
                .collect(),
        }
    }

    #[test]
    fn encodings_without_a_mark_are_told_apart() {
        let talk =
            "坐席：您好，很高兴为您服务，请问有什么可以帮您？\n客户：我想查一下公积金余额。\n";
        let traditional =
            "客服：您好，很高興為您服務，請問有什麼可以幫您？\n客戶：我想查一下餘額。\n";
        let gbk = |text: &str| GBK.encode(text).0.into_owned();
        let big5 = |text: &str| BIG5.encode(text).0.into_owned();
        let mut damaged = talk.repeat(3).into_bytes();
        damaged[40] = 0xff;
        damaged.truncate(damaged.len() - 2);
        let unsure = r#"unsure-encoding [("likely", "Big5")]"#;
        let not_text = r#"not-text [("what", "data")]"#;
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n * n % 253) as u8).collect();
        let cases: [(&str, Vec<u8>, &str); 19] = [
            ("Chinese", talk.into(), "UTF-8"),
            ("one character", "好".into(), "UTF-8"),
            ("French", "Agent : très bien, à bientôt".into(), "UTF-8"),
            ("a stray zero", "客服：您好\0\n客户：您好".into(), "UTF-8"),
            ("damaged", damaged, "UTF-8"),
            ("GBK", gbk(talk), "GB18030"),
            ("GBK, short", gbk("客服：喂"), "GB18030"),
            ("GBK, one character", gbk("客"), "GB18030"),
            ("GBK, traditional", gbk(traditional), "GB18030"),
            ("GBK, rare names", gbk("李喆旻、王玥、张堃"), "GB18030"),
            ("Big5", big5(traditional), unsure),
            (
                "Big5, English in it",
                big5("Agent: 您好,請問有什麼可以幫您\n"),
                unsure,
            ),
            (
                "smart quotes",
                WINDOWS_1252
                    .encode("Agent: I don’t know, I’m sorry – one moment")
                    .0
                    .into(),
                "windows-1252",
            ),
            ("UTF-16LE", wide(talk, false, 2), "UTF-16LE"),
            ("UTF-16BE", wide(talk, true, 2), "UTF-16BE"),
            (
                "UTF-16BE, English",
                wide("Agent: hello\n", true, 2),
                "UTF-16BE",
            ),
            ("UTF-32LE", wide(talk, false, 4), "UTF-32LE"),
            ("UTF-32BE", wide(talk, true, 4), "UTF-32BE"),
            ("noise", noise, not_text),
        ];
        let mut wrong = Vec::new();
        for (name, bytes, expected) in cases {
            let got = told(&bytes);
            if got != expected {
                wrong.push(format!("{name}: {got}, not {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
