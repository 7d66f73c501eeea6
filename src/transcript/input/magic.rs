//! What a file is by its first bytes, where it isn't text.

/// What is in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// Text, as far as its first bytes tell.
    Text,
    Gzip,
    Zstd,
    /// A zip: a folder, or one of the documents that are zips within.
    Zip,
    /// An old document of Microsoft's.
    Ole,
    /// What nobody here can read, by its word in the labels.
    Foreign(&'static str),
}

/// How many first bytes tell.
pub(super) const LENGTH: usize = 12;

type Sign = (usize, &'static [u8], Container);

const SIGNS: [Sign; 25] = [
    (0, b"\x1f\x8b\x08", Container::Gzip),
    (0, b"\x28\xb5\x2f\xfd", Container::Zstd),
    (0, b"PK\x03\x04", Container::Zip),
    (0, b"PK\x05\x06", Container::Zip),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container::Ole),
    (0, b"%PDF-", Container::Foreign("document")),
    (0, b"{\\rtf", Container::Foreign("document")),
    (0, b"\x89PNG", Container::Foreign("image")),
    (0, b"\xff\xd8\xff", Container::Foreign("image")),
    (0, b"GIF8", Container::Foreign("image")),
    (0, b"Rar!\x1a", Container::Foreign("archive")),
    (0, b"7z\xbc\xaf\x27\x1c", Container::Foreign("archive")),
    (0, b"\xfd7zXZ\0", Container::Foreign("archive")),
    (4, b"1AY&SY", Container::Foreign("archive")),
    (8, b"WAVE", Container::Foreign("audio")),
    (8, b"AVI ", Container::Foreign("audio")),
    (0, b"ID3", Container::Foreign("audio")),
    (0, b"\xff\xfb", Container::Foreign("audio")),
    (0, b"\xff\xf3", Container::Foreign("audio")),
    (0, b"\xff\xf1", Container::Foreign("audio")),
    (0, b"fLaC", Container::Foreign("audio")),
    (0, b"OggS", Container::Foreign("audio")),
    (0, b"#!AMR", Container::Foreign("audio")),
    (4, b"ftyp", Container::Foreign("audio")),
    (0, b"\x1a\x45\xdf\xa3", Container::Foreign("audio")),
];

impl Container {
    /// What a file that begins so is.
    pub(super) fn of(first: &[u8]) -> Self {
        let found = SIGNS
            .into_iter()
            .find(|(at, sign, _)| first.get(*at..).is_some_and(|rest| rest.starts_with(sign)));
        found.map_or(Container::Text, |(_, _, container)| container)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell() {
        let cases: [(&[u8], Container); 8] = [
            (b"", Container::Text),
            ("客服：您好".as_bytes(), Container::Text),
            (b"{\"turns\":[", Container::Text),
            (b"\x1f\x8b\x08\0", Container::Gzip),
            (b"PK\x03\x04\x14\0", Container::Zip),
            (b"RIFF\x24\0\0\0WAVEfmt ", Container::Foreign("audio")),
            (b"BZh91AY&SY", Container::Foreign("archive")),
            (b"\0\0\0\x20ftypM4A ", Container::Foreign("audio")),
        ];
        for (first, expected) in cases {
            assert_eq!(Container::of(first), expected, "{first:?}");
        }
    }
}
