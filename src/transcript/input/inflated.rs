//! A compressed stream as what was compressed, with a limit.
//!
//! A few kilobytes can hold gigabytes of nothing. So what goes in and what comes out is
//! metered, and where far more comes out than any talk could need, the rest is refused.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::{DeflateDecoder, MultiGzDecoder};

use crate::transcript::ProblemKind;
use crate::transcript::problem::Refused;

/// How much may come out whatever went in, and how many times what went in above that.
/// Talk shrinks to a fifth or a tenth; of a line repeated for ever a hundredth is left.
const FLOOR: u64 = 64 << 20;
const TIMES: u64 = 200;

/// How much went in and came out, of one file or of all entries of an archive.
#[derive(Clone)]
pub(super) struct Meter {
    floor: u64,
    taken: Arc<AtomicU64>,
    given: Arc<AtomicU64>,
}

impl Default for Meter {
    fn default() -> Self {
        Self::with(FLOOR)
    }
}

impl Meter {
    fn with(floor: u64) -> Self {
        Self {
            floor,
            taken: Arc::default(),
            given: Arc::default(),
        }
    }

    fn take(&self, bytes: usize) {
        self.taken.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// # Errors
    /// If too much has been given.
    fn give(&self, bytes: usize) -> io::Result<()> {
        let bytes = bytes as u64;
        let given = self.given.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let taken = self.taken.load(Ordering::Relaxed);
        let most = self.floor.saturating_add(taken.saturating_mul(TIMES));
        match given > most {
            true => Err(refused(ProblemKind::InflatesTooMuch { times: TIMES })),
            false => Ok(()),
        }
    }
}

/// A stream of which the bytes are counted as they go in.
pub(super) struct Counted<R>(R, Meter);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        self.1.take(count);
        Ok(count)
    }
}

/// A stream as what was compressed in it.
pub(super) enum Inflated<R: Read> {
    AsItIs(R),
    Gzip(Box<MultiGzDecoder<Counted<R>>>, Meter),
    Zstd(Box<zstd::Decoder<'static, BufReader<Counted<R>>>>, Meter),
    Deflated(Box<DeflateDecoder<Counted<R>>>, Meter),
}

impl<R: Read> Inflated<R> {
    pub(super) fn gzip(input: R, meter: Meter) -> Self {
        let decoder = MultiGzDecoder::new(Counted(input, meter.clone()));
        Inflated::Gzip(Box::new(decoder), meter)
    }

    pub(super) fn zstd(input: R, meter: Meter) -> io::Result<Self> {
        let decoder = zstd::Decoder::new(Counted(input, meter.clone()))?;
        Ok(Inflated::Zstd(Box::new(decoder), meter))
    }

    pub(super) fn deflated(input: R, meter: Meter) -> Self {
        let decoder = DeflateDecoder::new(Counted(input, meter.clone()));
        Inflated::Deflated(Box::new(decoder), meter)
    }
}

impl<R: Read> Read for Inflated<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (read, meter) = match self {
            Inflated::AsItIs(input) => return input.read(buffer),
            Inflated::Gzip(decoder, meter) => (decoder.read(buffer), meter),
            Inflated::Zstd(decoder, meter) => (decoder.read(buffer), meter),
            Inflated::Deflated(decoder, meter) => (decoder.read(buffer), meter),
        };
        let count = read.map_err(damaged)?;
        meter.give(count)?;
        Ok(count)
    }
}

/// What a decoder says of damage, as a problem; what else can happen stays as it is.
fn damaged(error: io::Error) -> io::Error {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    let ours = error.get_ref().is_some_and(|inner| inner.is::<Refused>());
    match error.kind() {
        InvalidData | InvalidInput | Other | UnexpectedEof if !ours => {
            let detail = error.to_string();
            refused(ProblemKind::BadArchive { detail })
        }
        _ => error,
    }
}

pub(super) fn refused(kind: ProblemKind) -> io::Error {
    io::Error::other(Refused(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::{Cursor, Write};

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    }

    const SMALL: u64 = 100_000;

    /// How much came out, and what ended it.
    fn told(open: impl Fn(Meter) -> io::Result<Inflated<Cursor<Vec<u8>>>>) -> (u64, String) {
        let mut buffer = vec![0; 1 << 12];
        let mut count = 0;
        let mut input = open(Meter::with(SMALL)).expect("it begins well");
        loop {
            match input.read(&mut buffer) {
                Ok(0) => return (count, String::new()),
                Ok(more) => count += more as u64,
                Err(error) => return (count, error.to_string()),
            }
        }
    }

    fn gunzipped(bytes: &[u8]) -> (u64, String) {
        told(|meter| Ok(Inflated::gzip(Cursor::new(bytes.to_vec()), meter)))
    }

    fn unzstd(bytes: &[u8]) -> (u64, String) {
        told(|meter| Inflated::zstd(Cursor::new(bytes.to_vec()), meter))
    }

    #[test]
    fn what_was_compressed_comes_out() {
        let text = "客服：您好\n".repeat(1000);
        let length = text.len() as u64;
        let twice = [gz(text.as_bytes()), gz(text.as_bytes())].concat();
        assert_eq!(gunzipped(&twice), (2 * length, String::new()));
        let zst = zstd::encode_all(text.as_bytes(), 1).expect("memory takes it");
        assert_eq!(unzstd(&zst), (length, String::new()));

        let bad = "bad-archive";
        assert_eq!(gunzipped(&twice[..twice.len() / 4]).1, bad);
        assert_eq!(unzstd(&zst[..zst.len() / 2]).1, bad);
        let mut damaged = twice;
        damaged[30..40].fill(0xff);
        assert_eq!(gunzipped(&damaged).1, bad);
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let much = vec![b'x'; 3_000_000];
        let zst = zstd::encode_all(&much[..], 1).expect("memory takes it");
        for (bytes, (out, end)) in [
            (gz(&much), gunzipped(&gz(&much))),
            (zst.clone(), unzstd(&zst)),
        ] {
            assert_eq!(end, "inflates-too-much");
            assert!(out <= SMALL + TIMES * bytes.len() as u64);
        }
    }
}
