//! Line ends as everybody writes them today.
//!
//! Excel for the Mac still offers tables whose lines end in a lone carriage return, as
//! on its first machines. Whether a text is one of those, its first line end tells.

use std::io::{self, Read};

/// A text in which a line ends in a line feed, with or without a carriage return.
pub(super) struct LineEnds<R> {
    input: R,
    ends: Ends,
    /// A byte that had to be looked at before its turn.
    ahead: Option<u8>,
}

#[derive(Clone, Copy, PartialEq)]
enum Ends {
    Unknown,
    AsTheyAre,
    /// Each carriage return ends a line; with whether one has just done so.
    Old {
        ended: bool,
    },
}

impl<R: Read> LineEnds<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            ends: Ends::Unknown,
            ahead: None,
        }
    }

    pub(super) fn input(&self) -> &R {
        &self.input
    }

    fn fill(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.ahead.take() {
            Some(byte) => {
                buffer[0] = byte;
                Ok(1)
            }
            None => self.input.read(buffer),
        }
    }

    /// How the lines end of which this is a piece, as soon as one does. What has zero
    /// bytes is no text.
    fn told(&mut self, piece: &[u8]) -> io::Result<Ends> {
        let sign = |byte: &u8| matches!(byte, 0 | b'\n' | b'\r');
        let Some(at) = piece.iter().position(sign) else {
            return Ok(Ends::Unknown);
        };
        if piece[at] != b'\r' {
            return Ok(Ends::AsTheyAre);
        }
        let mut next = [0];
        let next = match piece.get(at + 1) {
            Some(byte) => *byte,
            None if self.input.read(&mut next)? == 0 => b'\n',
            None => {
                self.ahead = Some(next[0]);
                next[0]
            }
        };
        Ok(match next {
            0 | b'\n' => Ends::AsTheyAre,
            _ => Ends::Old { ended: false },
        })
    }
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let count = self.fill(buffer)?;
            if self.ends == Ends::Unknown {
                self.ends = self.told(&buffer[..count])?;
            }
            let Ends::Old { ended } = &mut self.ends else {
                return Ok(count);
            };
            let mut kept = 0;
            for at in 0..count {
                let byte = buffer[at];
                let second = byte == b'\n' && *ended;
                *ended = byte == b'\r';
                if !second {
                    buffer[kept] = if *ended { b'\n' } else { byte };
                    kept += 1;
                }
            }
            if kept > 0 || count == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let most = self.1.min(buffer.len());
            self.0.read(&mut buffer[..most])
        }
    }

    #[test]
    fn lines_end_alike_however_they_come() {
        let cases = [
            ("a\rb\r", "a\nb\n"),
            ("a\r\rb", "a\n\nb"),
            ("a\rb\r\nc\nd", "a\nb\nc\nd"),
            ("a\r\nb\rc\r\n", "a\r\nb\rc\r\n"),
            ("a\nb\rc", "a\nb\rc"),
            ("a\r", "a\r"),
            ("PK\0\ra\r", "PK\0\ra\r"),
            ("您好", "您好"),
            ("", ""),
        ];
        for (text, expected) in cases {
            for piece in 1..5 {
                let mut told = String::new();
                let mut ends = LineEnds::new(Slow(text.as_bytes(), piece));
                ends.read_to_string(&mut told).expect("it is UTF-8");
                assert_eq!(told, expected, "{text:?} by {piece}");
            }
        }
    }
}
