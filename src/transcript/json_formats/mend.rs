//! What is not quite JSON and yet written by programs.
//!
//! Python writes `NaN` and `Infinity`; a recogniser that cuts between the halves of an
//! emoji writes a lone surrogate; scripts that paste texts together leave line ends
//! and tabs in them, and a comma behind the last of a list; and a list that is printed in
//! Python has single quotes. Each is replaced by something of the same length, so that an
//! error keeps its place. Only documents that fail are looked through.

use std::borrow::Cow;

/// Whether a list or an object ends here.
fn is_last(bytes: &[u8]) -> bool {
    matches!(bytes.trim_ascii_start().first(), Some(b']' | b'}'))
}

/// Numbers that JSON doesn't know.
const NO_NUMBERS: [&[u8]; 5] = [b"-Infinity", b"Infinity", b"-NaN", b"NaN", b"nan"];

/// The text with all of these replaced.
pub(super) fn mended(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let printed = is_printed(text);
    let (mut at, mut quoted) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'\'' if printed && !quoted => single_quoted(&mut bytes[at..]),
            b'N' | b'T' | b'F' if printed && !quoted => constant(&mut bytes[at..]),
            b'"' => {
                quoted = !quoted;
                1
            }
            b'\\' if quoted => escape(&mut bytes[at..]),
            0..b' ' if quoted => {
                bytes[at] = b' ';
                1
            }
            // Between documents, and before them.
            0..b' ' if !byte.is_ascii_whitespace() => {
                bytes[at] = b' ';
                1
            }
            _ if quoted => 1,
            b',' if is_last(&bytes[at + 1..]) => {
                bytes[at] = b' ';
                1
            }
            _ => no_number(&mut bytes[at..]),
        };
    }
    match String::from_utf8_lossy(&bytes) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    }
}

/// Whether it is Python's way of showing a list or an object: its first key is in single
/// quotes.
fn is_printed(text: &str) -> bool {
    let key = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '{'));
    key.len() < text.len() && key.starts_with('\'')
}

/// Makes a text in single quotes one in double ones, within which double ones become
/// single; how much has been dealt with.
fn single_quoted(bytes: &mut [u8]) -> usize {
    bytes[0] = b'"';
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b'\'', _) => {
                bytes[at] = b'"';
                return at + 1;
            }
            (b'"', _) => bytes[at] = b'\'',
            (b'\\', Some(b'\'')) => {
                bytes[at] = b' ';
                at += 1;
            }
            (b'\\', _) => at += escape(&mut bytes[at..]) - 1,
            _ => {}
        }
        at += 1;
    }
    at
}

/// Replaces one of Python's constants.
fn constant(bytes: &mut [u8]) -> usize {
    let words: [(&[u8], &[u8]); 3] = [(b"None", b"null"), (b"True", b"true"), (b"False", b"false")];
    match words.into_iter().find(|(word, _)| bytes.starts_with(word)) {
        Some((word, json)) => {
            bytes[..word.len()].copy_from_slice(json);
            word.len()
        }
        None => no_number(bytes),
    }
}

/// Replaces half of a surrogate pair, and a backslash that escapes nothing; how much
/// has been dealt with.
fn escape(bytes: &mut [u8]) -> usize {
    match bytes.get(1) {
        Some(b'u') => {}
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => return 2,
        _ => {
            bytes[0] = b' ';
            return 1;
        }
    }
    match (unit(bytes), bytes.get(6..).and_then(unit)) {
        (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 12,
        (Some(0xd800..0xe000), _) => {
            bytes[2..6].copy_from_slice(b"fffd");
            6
        }
        _ => 2,
    }
}

/// The code unit that `\uXXXX` stands for.
fn unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    let digits = std::str::from_utf8(digits).ok()?;
    u32::from_str_radix(digits, 16).ok()
}

fn no_number(bytes: &mut [u8]) -> usize {
    let Some(word) = NO_NUMBERS.into_iter().find(|word| bytes.starts_with(word)) else {
        return 1;
    };
    bytes[..word.len()].fill(b' ');
    bytes[..2].fill(b'"');
    word.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_write_becomes_json_of_the_same_length() {
        let cases = [
            (r#"{"a":NaN,"b":-Infinity}"#, r#"{"a":"" ,"b":""       }"#),
            (r#"["NaN", nan]"#, r#"["NaN", "" ]"#),
            (
                r#"["\ud83d","\ud83d\ude21","\ude21x"]"#,
                r#"["\ufffd","\ud83d\ude21","\ufffdx"]"#,
            ),
            ("[\"a\nb\tc\",\n1]", "[\"a b c\",\n1]"),
            (r#"["it\'s","\\","\"NaN"]"#, r#"["it 's","\\","\"NaN"]"#),
            ("\u{1e}{}\n\u{1e}{}", " {}\n {}"),
            (r#"["\ud8"#, r#"["\ud8"#),
            ("[\"\\", "[\" "),
            ("{\"a\":[1,\n],}", "{\"a\":[1 \n] }"),
            (
                r#"[{'a': 'b "c" \'d\\', "e'": None, 'f': [True, nan]}]"#,
                r#"[{"a": "b 'c'  'd\\", "e'": null, "f": [true, "" ]}]"#,
            ),
            (r#"{"a": it's}"#, r#"{"a": it's}"#),
            ("['a\\", "[\"a "),
        ];
        for (text, expected) in cases {
            assert_eq!(mended(text), expected, "{text}");
            assert_eq!(text.len(), expected.len());
        }
    }
}
