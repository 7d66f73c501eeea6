//! In which bytes a file writes its characters.
//!
//! Chinese files come in several encodings, mostly without saying which. What a mark
//! at the beginning says is believed; without one, text is UTF-8 if it is valid UTF-8,
//! UTF-16 or UTF-32 if its zero bytes stand where those have them, and otherwise what
//! [`guess`](guess::guess) makes of it. One decision holds for a whole file.

mod decode;
mod decoded;
mod guess;

use encoding_rs::{BIG5, GB18030, GBK, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

pub(super) use decoded::Decoded;

/// A way to write characters in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Named(&'static encoding_rs::Encoding),
    /// encoding_rs, made for the web, has no UTF-32.
    Utf32Le,
    Utf32Be,
}

impl Encoding {
    /// What is read without a word about it.
    pub const UTF_8: Encoding = Encoding(Kind::Named(UTF_8));
    /// All Chinese characters, simplified and traditional; has GBK and GB2312 in it.
    pub const GB18030: Encoding = Encoding(Kind::Named(GB18030));
    /// Traditional characters; read only on request.
    pub const BIG5: Encoding = Encoding(Kind::Named(BIG5));
    const UTF_16LE: Encoding = Encoding(Kind::Named(UTF_16LE));
    const UTF_16BE: Encoding = Encoding(Kind::Named(UTF_16BE));
    const UTF_32LE: Encoding = Encoding(Kind::Utf32Le);
    const UTF_32BE: Encoding = Encoding(Kind::Utf32Be);

    /// Its usual name: `UTF-8`, `GB18030`, `UTF-16LE`.
    pub fn name(self) -> &'static str {
        match self.0 {
            // The web writes it in small letters.
            Kind::Named(encoding) if encoding == GB18030 => "GB18030",
            Kind::Named(encoding) => encoding.name(),
            Kind::Utf32Le => "UTF-32LE",
            Kind::Utf32Be => "UTF-32BE",
        }
    }

    /// The encoding that a name stands for, in whatever case: those that browsers
    /// know, and UTF-32. GBK and GB2312 are read as GB18030, which has them in it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "utf-32" | "utf32" | "utf-32le" => return Some(Self::UTF_32LE),
            "utf-32be" => return Some(Self::UTF_32BE),
            _ => {}
        }
        let encoding = encoding_rs::Encoding::for_label(name.as_bytes())?;
        (encoding != REPLACEMENT).then(|| Self::of(encoding))
    }

    fn of(encoding: &'static encoding_rs::Encoding) -> Self {
        match encoding == GBK {
            true => Self::GB18030,
            false => Self(Kind::Named(encoding)),
        }
    }

    /// What a byte order mark says, and its length.
    fn marked(bytes: &[u8]) -> Option<(Self, usize)> {
        // UTF-32 first: its mark begins as that of UTF-16 does.
        let marks: [(&[u8], Self); 6] = [
            (&[0xff, 0xfe, 0, 0], Self::UTF_32LE),
            (&[0, 0, 0xfe, 0xff], Self::UTF_32BE),
            (&[0xff, 0xfe], Self::UTF_16LE),
            (&[0xfe, 0xff], Self::UTF_16BE),
            (&[0xef, 0xbb, 0xbf], Self::UTF_8),
            (&[0x84, 0x31, 0x95, 0x33], Self::GB18030),
        ];
        let mark = marks.into_iter().find(|(mark, _)| bytes.starts_with(mark));
        mark.map(|(mark, encoding)| (encoding, mark.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_encodings() {
        let cases = [
            ("utf-8", Some("UTF-8")),
            ("GBK", Some("GB18030")),
            ("gb2312", Some("GB18030")),
            (" GB18030 ", Some("GB18030")),
            ("big5", Some("Big5")),
            ("utf-16", Some("UTF-16LE")),
            ("UTF-16BE", Some("UTF-16BE")),
            ("UTF-32", Some("UTF-32LE")),
            ("utf-32be", Some("UTF-32BE")),
            ("latin1", Some("windows-1252")),
            ("iso-2022-kr", None),
            ("klingon", None),
            ("", None),
        ];
        for (name, expected) in cases {
            let got = Encoding::from_name(name).map(Encoding::name);
            assert_eq!(got, expected, "{name}");
        }
    }
}
