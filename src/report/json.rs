//! JSON that is safe to look at.
//!
//! serde_json escapes what JSON demands and no more, so that an assessment printed
//! to a terminal could still turn the writing direction round. [`write()`] also
//! escapes what [`is_hidden`] names; whoever parses the line gets the same text.

use super::visible::is_hidden;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;
use std::io::{Result, Write};

/// Appends `value` to `out` as JSON on one line.
pub fn write(value: &impl Serialize, out: &mut Vec<u8>) {
    write_escaping(is_hidden, value, out);
}

/// The same, with what could end a script or begin markup escaped too, so that it may
/// stand in a page as it is.
pub fn write_for_page(value: &impl Serialize, out: &mut Vec<u8>) {
    let is_escaped = |char| matches!(char, '<' | '>' | '&') || is_hidden(char);
    write_escaping(is_escaped, value, out);
}

fn write_escaping(is_escaped: fn(char) -> bool, value: &impl Serialize, out: &mut Vec<u8>) {
    let written = value.serialize(&mut Serializer::with_formatter(out, Escaping(is_escaped)));
    debug_assert!(
        written.is_ok(),
        "a Vec takes everything, and all keys are texts"
    );
}

/// Escapes the characters that it is told of.
struct Escaping(fn(char) -> bool);

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> Result<()> {
        let mut plain = 0;
        for (at, char) in text.char_indices().filter(|(_, char)| self.0(*char)) {
            out.write_all(&text.as_bytes()[plain..at])?;
            for unit in char.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            plain = at + char.len_utf8();
        }
        out.write_all(&text.as_bytes()[plain..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escaped_and_come_back() {
        let cases = [
            ("您好，“请”…", r#""您好，“请”…""#),
            ("a\"\\\n\u{1b}", r#""a\"\\\n\u001b""#),
            ("\u{202e}倒\u{7f}\u{9b}", r#""\u202e倒\u007f\u009b""#),
            ("\u{2028}\u{feff}", r#""\u2028\ufeff""#),
            ("\u{e0041}👍", r#""\udb40\udc41👍""#),
            ("", r#""""#),
            ("</script>&", r#""</script>&""#),
        ];
        for (text, expected) in cases {
            assert_eq!(written(text, write), expected);
        }
    }

    #[test]
    fn nothing_of_a_page_is_ended_or_begun() {
        let cases = [
            (
                "</script><!--&amp;",
                r#""\u003c/script\u003e\u003c!--\u0026amp;""#,
            ),
            ("]]>", r#""]]\u003e""#),
            ("\u{202e}\u{2028}'\"", r#""\u202e\u2028'\"""#),
        ];
        for (text, expected) in cases {
            assert_eq!(written(text, write_for_page), expected);
        }
    }

    /// The text as JSON, from which it must come back.
    fn written(text: &str, write: fn(&String, &mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&text.to_owned(), &mut out);
        let json = String::from_utf8(out).expect("JSON is UTF-8");
        let back = serde_json::from_str::<String>(&json);
        assert_eq!(back.ok().as_deref(), Some(text));
        json
    }
}
