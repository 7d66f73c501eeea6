//! The objects of a JSON document, one after another: those of a list, or such as stand
//! in a row.
//!
//! Only brackets and quotes are looked at, so that a list may be longer than memory, and
//! a damaged object costs no more than itself.

use std::io::{self, BufRead};

/// One object's bytes on one line, or nothing if they were over the limit; and the line
/// on which they began.
pub(super) struct Object {
    pub(super) line: u64,
    pub(super) bytes: Option<Vec<u8>>,
}

/// The next object. `line` is the line at which the reader stands, and is kept so.
///
/// What stands between objects and isn't a sign of a list comes out by lines, for
/// whoever parses it to say what is wrong with it.
///
/// # Errors
/// If the reader fails.
pub(super) fn next(
    reader: &mut impl BufRead,
    limit: usize,
    line: &mut u64,
) -> io::Result<Option<Object>> {
    let mut object = Object {
        line: *line,
        bytes: Some(Vec::new()),
    };
    let mut place = Place::Between;
    loop {
        let block = reader.fill_buf()?;
        if block.is_empty() {
            return Ok((place != Place::Between).then_some(object));
        }
        let length = block.len();
        let mut used = 0;
        while used < length && place != Place::Behind {
            let byte = block[used];
            used += 1;
            let before = place;
            place = place.after(byte);
            if before == Place::Between && place != Place::Between {
                object.line = *line;
            }
            *line += u64::from(byte == b'\n');
            if place == Place::Between || place == Place::Behind && byte == b'\n' {
                continue;
            }
            if object
                .bytes
                .as_ref()
                .is_some_and(|held| held.len() >= limit)
            {
                object.bytes = None;
            }
            if let Some(held) = &mut object.bytes {
                // Columns are then counted from the object's beginning.
                held.push(if byte == b'\n' { b' ' } else { byte });
            }
        }
        reader.consume(used);
        if place == Place::Behind {
            return Ok(Some(object));
        }
    }
}

/// The first object of a document.
pub(in crate::transcript) fn first(text: &[u8]) -> Option<Vec<u8>> {
    let object = next(&mut { text }, text.len(), &mut 1).ok()?;
    object?.bytes
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Before an object.
    Between,
    /// In as many brackets; in a string, and there behind a backslash.
    Within(u64, Quoted),
    /// In a line that is no object.
    Stray,
    Behind,
}

#[derive(Clone, Copy, PartialEq)]
enum Quoted {
    No,
    Yes,
    Escaped,
}

impl Place {
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Place::Between, b'{') => Place::Within(1, Quoted::No),
            (Place::Between, b'[' | b']' | b',') => Place::Between,
            (Place::Between, byte) if byte.is_ascii_whitespace() => Place::Between,
            (Place::Between, _) => Place::Stray,
            (Place::Stray, b'\n') => Place::Behind,
            (Place::Stray | Place::Behind, _) => self,
            (Place::Within(depth, Quoted::Escaped), _) => Place::Within(depth, Quoted::Yes),
            (Place::Within(depth, Quoted::Yes), b'\\') => Place::Within(depth, Quoted::Escaped),
            (Place::Within(depth, Quoted::Yes), b'"') => Place::Within(depth, Quoted::No),
            (Place::Within(depth, Quoted::No), b'"') => Place::Within(depth, Quoted::Yes),
            (Place::Within(depth, Quoted::No), b'{' | b'[') => Place::Within(depth + 1, Quoted::No),
            (Place::Within(1, Quoted::No), b'}' | b']') => Place::Behind,
            (Place::Within(depth, Quoted::No), b'}' | b']') => Place::Within(depth - 1, Quoted::No),
            (Place::Within(..), _) => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn objects_come_one_by_one() {
        let table = [
            ("", ""),
            ("[ ]", ""),
            ("[{},{\"a\":[{}]}]", "1 {} / 1 {\"a\":[{}]}"),
            ("[\n{\n\"a\":1},\n\n{}\n]\n", "2 { \"a\":1} / 5 {}"),
            ("{\n}\n{}", "1 { } / 3 {}"),
            (r#"{"a":"}\"]{"}{}"#, r#"1 {"a":"}\"]{"} / 1 {}"#),
            ("[{},\n1,\n{}]", "1 {} / 2 1, / 3 {}"),
            ("{}\n{\"a\":[", "1 {} / 2 {\"a\":["),
            ("[{\"a\":\"0123456789\"},\n{}]", "1 too long / 2 {}"),
        ];
        for (text, expected) in table {
            for size in [1, 64] {
                let mut reader = BufReader::with_capacity(size, text.as_bytes());
                let mut line = 1;
                let mut told = Vec::new();
                while let Some(object) = next(&mut reader, 15, &mut line).expect("memory") {
                    let bytes = object.bytes.unwrap_or_else(|| b"too long".to_vec());
                    told.push(format!(
                        "{} {}",
                        object.line,
                        String::from_utf8_lossy(&bytes)
                    ));
                }
                assert_eq!(told.join(" / "), expected, "{text} by {size}");
            }
        }
    }
}
