//! Bytes to characters.

use super::{Encoding, Kind};

/// What decodes a stream, piece by piece. What can't be decoded becomes U+FFFD.
pub(super) enum Decoder {
    Named(Box<encoding_rs::Decoder>),
    Utf32 {
        big: bool,
        /// The bytes of a character that isn't complete yet.
        rest: Vec<u8>,
    },
}

impl Decoder {
    pub(super) fn new(encoding: Encoding) -> Self {
        let utf32 = |big| Decoder::Utf32 {
            big,
            rest: Vec::new(),
        };
        match encoding.0 {
            Kind::Named(encoding) => {
                Decoder::Named(Box::new(encoding.new_decoder_without_bom_handling()))
            }
            Kind::Utf32Le => utf32(false),
            Kind::Utf32Be => utf32(true),
        }
    }

    /// Adds what `bytes` say to `text`; nothing follows the last ones.
    pub(super) fn decode(&mut self, bytes: &[u8], last: bool, text: &mut String) {
        match self {
            Decoder::Named(decoder) => {
                // What a decoder can need is known to it; it is usize only where the
                // memory could never be had.
                let most = decoder.max_utf8_buffer_length(bytes.len());
                text.reserve(most.unwrap_or(bytes.len()));
                let _ = decoder.decode_to_string(bytes, text, last);
            }
            Decoder::Utf32 { big, rest } => {
                rest.extend_from_slice(bytes);
                let (whole, broken) = rest.as_chunks::<4>();
                let number = |unit: &[u8; 4]| match big {
                    true => u32::from_be_bytes(*unit),
                    false => u32::from_le_bytes(*unit),
                };
                let char =
                    |unit| char::from_u32(number(unit)).unwrap_or(char::REPLACEMENT_CHARACTER);
                text.extend(whole.iter().map(char));
                if last && !broken.is_empty() {
                    text.push(char::REPLACEMENT_CHARACTER);
                }
                let done = rest.len() - broken.len();
                rest.drain(..done);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_together() {
        let cases: [(&str, &[u8], &str); 8] = [
            ("gbk", b"\xbf\xcd\xb7\xfeA", "客服A"),
            ("gbk", b"\xbf\xcd\xff\xb7", "客\u{fffd}\u{fffd}"),
            ("gb18030", b"\x95\x32\x82\x36", "𠀀"),
            ("big5", b"\xab\xc8", "客"),
            ("utf-16le", b"\xa2\x5b\x42\xd8\xb7\xdf", "客𠮷"),
            ("utf-16be", b"\x5b\xa2\xd8", "客\u{fffd}"),
            ("utf-32le", b"\xa2\x5b\0\0\0\xd8\0\0", "客\u{fffd}"),
            ("utf-32be", b"\0\0\x5b\xa2\0", "客\u{fffd}"),
        ];
        for (name, bytes, expected) in cases {
            let encoding = Encoding::from_name(name).expect("it is known");
            for piece in [1, bytes.len()] {
                let mut decoder = Decoder::new(encoding);
                let mut text = String::new();
                for bytes in bytes.chunks(piece) {
                    decoder.decode(bytes, false, &mut text);
                }
                decoder.decode(&[], true, &mut text);
                assert_eq!(text, expected, "{name} by {piece}");
            }
        }
    }
}
