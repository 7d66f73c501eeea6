//! A stream as UTF-8, whatever it was written in.
//!
//! Most streams are UTF-8 already and pass as they are, damage included: whoever cuts
//! them can say in which line it is. How a stream is read is decided at the first byte
//! that isn't ASCII, from that line if it settles the matter, otherwise from a block.
//! So a record that has just come through a pipe needn't wait for a block to fill, and
//! what is looked at depends on the text alone, never on the pieces in which it comes.

use std::io::{self, Read};

use super::Encoding;
use super::decode::Decoder;
use super::guess::guess;
use crate::transcript::problem::Refused;

/// Enough to tell one encoding from another.
const WINDOW: usize = 64 << 10;
const PIECE: usize = 16 << 10;

/// A stream as UTF-8.
pub(in crate::transcript) struct Decoded<R> {
    input: R,
    /// What has been read and not yet been given.
    held: Vec<u8>,
    /// How much has been given while nothing was decided.
    passed: usize,
    state: State,
    /// What has been decoded, and how much of that has been given.
    text: String,
    given: usize,
    /// Whether the decoder has been told of the end.
    closed: bool,
    ended: bool,
    /// What reading failed with; told once all that came before has been given.
    failed: Option<io::Error>,
}

enum State {
    /// Nothing has been looked at.
    New(Option<Encoding>),
    /// All was ASCII so far.
    Ascii,
    /// It is UTF-8, or no text.
    AsItIs,
    Other(Encoding, Decoder),
}

impl<R: Read> Decoded<R> {
    /// A stream in this encoding, or in one that has to be told.
    pub(in crate::transcript) fn new(input: R, encoding: Option<Encoding>) -> Self {
        Self {
            input,
            held: Vec::new(),
            passed: 0,
            state: State::New(encoding),
            text: String::new(),
            given: 0,
            closed: false,
            ended: false,
            failed: None,
        }
    }

    /// What it has turned out to be written in so far.
    pub(in crate::transcript) fn encoding(&self) -> Encoding {
        match self.state {
            State::Other(encoding, _) => encoding,
            _ => Encoding::UTF_8,
        }
    }

    /// Reads one piece more, unless there is nothing more.
    fn fetch(&mut self) {
        if self.ended {
            return;
        }
        let before = self.held.len();
        self.held.resize(before + PIECE, 0);
        let read = loop {
            match self.input.read(&mut self.held[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        let count = *read.as_ref().unwrap_or(&0);
        self.held.truncate(before + count);
        self.ended = count == 0;
        self.failed = read.err();
    }

    /// Reads on until a line has ended, and gives its length; a line longer than the
    /// window counts as that long.
    fn line(&mut self) -> usize {
        let mut seen = 0;
        loop {
            let end = self.held[seen..].iter().position(|&byte| byte == b'\n');
            if let Some(end) = end {
                return (seen + end + 1).min(WINDOW);
            }
            seen = self.held.len();
            if self.ended || seen >= WINDOW {
                return seen.min(WINDOW);
            }
            self.fetch();
        }
    }

    /// Decides from what is held, of which a line has `length`.
    fn decide(&mut self, length: usize, begins: bool) -> io::Result<()> {
        let line = &self.held[..length];
        if line.is_ascii() && !line.contains(&0) {
            self.state = State::Ascii;
            return Ok(());
        }
        if is_chinese_utf8(line) {
            self.state = State::AsItIs;
            return Ok(());
        }
        while self.held.len() < WINDOW && !self.ended {
            self.fetch();
        }
        let ends = self.ended && self.held.len() <= WINDOW;
        let window = &self.held[..self.held.len().min(WINDOW)];
        match guess(window, begins, ends) {
            Ok(encoding) => self.read_as(encoding),
            // So far on it is better to lose single lines than the rest.
            Err(_) if self.passed >= WINDOW => self.read_as(Encoding::UTF_8),
            Err(kind) => return Err(io::Error::other(Refused(kind))),
        }
        Ok(())
    }

    fn read_as(&mut self, encoding: Encoding) {
        self.state = match encoding == Encoding::UTF_8 {
            true => State::AsItIs,
            false => State::Other(encoding, Decoder::new(encoding)),
        };
    }

    /// Gives of what is held as much as is ASCII and finds room.
    fn give(&mut self, most: usize, buffer: &mut [u8]) -> usize {
        let count = most.min(buffer.len());
        buffer[..count].copy_from_slice(&self.held[..count]);
        self.held.drain(..count);
        self.passed += count;
        count
    }
}

/// Whether a line can only be UTF-8: valid, and with a character of three bytes, which
/// hardly any other encoding forms by chance.
fn is_chinese_utf8(line: &[u8]) -> bool {
    !line.contains(&0) && line.iter().any(|&byte| byte >= 0xe0) && std::str::from_utf8(line).is_ok()
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match &mut self.state {
                State::New(asked) => {
                    let asked = *asked;
                    let length = self.line();
                    if let Some((encoding, mark)) = Encoding::marked(&self.held) {
                        if encoding != Encoding::UTF_8 {
                            self.held.drain(..mark);
                        }
                        self.read_as(encoding);
                    } else if let Some(encoding) = asked {
                        self.read_as(encoding);
                    } else {
                        self.decide(length, true)?;
                    }
                }
                State::Ascii => {
                    if self.held.is_empty() {
                        self.fetch();
                    }
                    let other = |byte: &u8| !byte.is_ascii() || *byte == 0;
                    let ascii = self.held.iter().position(other);
                    match ascii.unwrap_or(self.held.len()) {
                        0 if self.held.is_empty() => {
                            return self.failed.take().map_or(Ok(0), Err);
                        }
                        0 => {
                            let length = self.line();
                            self.decide(length, false)?;
                        }
                        ascii => return Ok(self.give(ascii, buffer)),
                    }
                }
                State::AsItIs if !self.held.is_empty() => {
                    return Ok(self.give(self.held.len(), buffer));
                }
                State::AsItIs => {
                    return match self.failed.take() {
                        Some(error) => Err(error),
                        None if self.ended => Ok(0),
                        None => self.input.read(buffer),
                    };
                }
                State::Other(_, decoder) => {
                    if self.given < self.text.len() {
                        let count = (self.text.len() - self.given).min(buffer.len());
                        let text = &self.text.as_bytes()[self.given..];
                        buffer[..count].copy_from_slice(&text[..count]);
                        self.given += count;
                        return Ok(count);
                    }
                    if self.ended && self.held.is_empty() && self.closed {
                        return self.failed.take().map_or(Ok(0), Err);
                    }
                    self.text.clear();
                    self.given = 0;
                    self.closed = self.ended;
                    decoder.decode(&self.held, self.ended, &mut self.text);
                    self.held.clear();
                    self.fetch();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// One byte at a time, and at the end a failure.
    struct Drip<'a>(&'a [u8], bool);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.split_first() {
                Some((byte, rest)) => {
                    buffer[0] = *byte;
                    self.0 = rest;
                    Ok(1)
                }
                None if self.1 => Err(io::Error::other("gone")),
                None => Ok(0),
            }
        }
    }

    /// What comes out, the name of the encoding, and the failure.
    fn told(input: impl Read, encoding: Option<Encoding>) -> (Vec<u8>, &'static str, String) {
        let mut decoded = Decoded::new(input, encoding);
        let mut out = Vec::new();
        let failed = decoded.read_to_end(&mut out).err();
        let failed = failed.map_or(String::new(), |error| error.to_string());
        (out, decoded.encoding().name(), failed)
    }

    #[test]
    fn streams_come_out_as_utf8_however_they_are_cut() {
        let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
        let ascii = "id,text\n".repeat(400);
        let late = [ascii.as_bytes(), &gbk("客服：您好\n客户：好\n")].concat();
        let late_text = format!("{ascii}客服：您好\n客户：好\n");
        let big5 = Some(Encoding::BIG5);
        let utf16 = |text: &str| -> Vec<u8> {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            [0xff, 0xfe].into_iter().chain(units).collect()
        };
        type Case<'a> = (&'a [u8], Option<Encoding>, &'a [u8], &'a str, &'a str);
        let cases: [Case; 14] = [
            (b"", None, b"", "UTF-8", ""),
            (b"plain", None, b"plain", "UTF-8", ""),
            (
                "\u{feff}好".as_bytes(),
                None,
                "\u{feff}好".as_bytes(),
                "UTF-8",
                "",
            ),
            (
                "好\n\u{e9}".as_bytes(),
                None,
                "好\n\u{e9}".as_bytes(),
                "UTF-8",
                "",
            ),
            // What is damaged in one line stays there for whoever reads the lines.
            (
                "好好\n\u{e9}\n".as_bytes(),
                None,
                "好好\n\u{e9}\n".as_bytes(),
                "UTF-8",
                "",
            ),
            (
                b"\xe5\xa5\xbd\n\xff\n",
                None,
                b"\xe5\xa5\xbd\n\xff\n",
                "UTF-8",
                "",
            ),
            (&gbk("客服：好"), None, "客服：好".as_bytes(), "GB18030", ""),
            (
                &gbk("客服：好\n"),
                Some(Encoding::UTF_8),
                &gbk("客服：好\n"),
                "UTF-8",
                "",
            ),
            (b"\xab\xc8\xaa\x41:", big5, "客服:".as_bytes(), "Big5", ""),
            (
                b"\xab\xc8\xaa\x41:\n",
                None,
                b"",
                "UTF-8",
                "unsure-encoding",
            ),
            (
                &utf16("客服：好"),
                big5,
                "客服：好".as_bytes(),
                "UTF-16LE",
                "",
            ),
            (&utf16(""), None, b"", "UTF-16LE", ""),
            (
                b"\xff\xfe\0\0\xa2\x5b\0\0",
                None,
                "客".as_bytes(),
                "UTF-32LE",
                "",
            ),
            (&late, None, late_text.as_bytes(), "GB18030", ""),
        ];
        for (bytes, encoding, text, name, failed) in cases {
            let expected = (text.to_vec(), name, failed.to_owned());
            let about = String::from_utf8_lossy(&bytes[..bytes.len().min(20)]).into_owned();
            assert_eq!(told(Cursor::new(bytes), encoding), expected, "{about}");
            assert_eq!(told(Drip(bytes, false), encoding), expected, "{about}");
        }
    }

    #[test]
    fn a_failing_stream_gives_what_it_gave() {
        let gbk = b"\xbf\xcd\xb7\xfe";
        for (bytes, text) in [
            (&b"plain"[..], "plain"),
            ("好".as_bytes(), "好"),
            (gbk, "客服"),
        ] {
            let (out, _, failed) = told(Drip(bytes, true), None);
            assert_eq!((out, failed), (text.as_bytes().to_vec(), "gone".to_owned()));
        }
    }

    #[test]
    fn a_line_comes_before_the_pipe_has_more() {
        for line in ["plain\n", "客服：好\n"] {
            let mut decoded = Decoded::new(Drip(line.as_bytes(), true), None);
            let mut out = vec![0; line.len()];
            decoded.read_exact(&mut out).expect("it has come");
            assert_eq!(out, line.as_bytes());
        }
    }
}
