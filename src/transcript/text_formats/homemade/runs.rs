//! Beginning, end, speaker and words run together: `420_1010_A_您好2420_5430_B_喂`, in
//! milliseconds.
//!
//! Nothing parts the words from the next beginning, so where they end in digits
//! (卡号尾号12, then 8020_13540_A) it has to be told which are whose: the beginning
//! is the longest number that isn't behind its own end.

use std::collections::BTreeSet;

use super::super::super::Place;
use super::super::super::detect::{Head, Sure};
use super::super::super::format::{Cut, Reader, Recordings};
use super::super::super::segment::{Recording, Segment};
use super::super::signature;

pub(in super::super) const READER: Reader = Reader {
    name: "runs",
    extensions: &["txt"],
    recognise: |head: &Head| -> Sure { signature(is_there(head.text)) },
    cut: Cut::Whole(parse),
};

/// Whether a text begins so.
pub(super) fn is_there(text: &str) -> bool {
    let text = text.trim_start();
    let Some(mark) = marks(text).next() else {
        return false;
    };
    mark.from == 0
}

/// A call a line.
fn parse(text: &str, _: &Place) -> Recordings {
    let lines = text.lines().filter(|line| is_there(line));
    let recording = |line| {
        Ok(Recording {
            segments: segments(line),
            ..Recording::default()
        })
    };
    lines.map(recording).collect()
}

/// The talk of one call.
pub(super) fn segments(text: &str) -> Vec<Segment> {
    let text = text.trim();
    let marks: Vec<Mark> = marks(text).collect();
    let speakers: BTreeSet<&str> = marks.iter().map(|mark| mark.speaker).collect();
    // Many systems write A for everybody.
    let told = speakers.len() > 1;
    let mut segments: Vec<Segment> = Vec::new();
    let mut before = 0;
    for (number, mark) in marks.iter().enumerate() {
        let digits = &text[mark.from..mark.from + mark.digits];
        let own = beginning(digits, before, mark.end);
        if let Some(last) = segments.last_mut() {
            last.text.push_str(&digits[..digits.len() - own.len()]);
        }
        let end = marks.get(number + 1).map_or(text.len(), |next| next.from);
        let start = own.parse::<f64>().ok().map(|ms| ms / 1000.0);
        before = mark.end;
        segments.push(Segment {
            speaker: told.then(|| mark.speaker.to_owned()),
            start,
            end: Some(mark.end as f64 / 1000.0),
            text: text[mark.to..end].trim().to_owned(),
            ..Segment::default()
        });
    }
    segments
}

/// The digits of the beginning at the end of a run of digits: as many as can be, so that
/// it lies before its end and, if that is possible, behind what was said before.
fn beginning(digits: &str, before: u64, end: u64) -> &str {
    let tails = (0..digits.len()).map(|at| &digits[at..]);
    let fits = |tail: &&str| tail.parse::<u64>().is_ok_and(|start| start <= end);
    let proper = |tail: &&str| *tail == "0" || !tail.starts_with('0');
    let mut fitting = tails.filter(fits).filter(proper);
    let first = fitting.clone().next();
    let later = fitting.find(|tail| tail.parse::<u64>().is_ok_and(|start| start >= before));
    later.or(first).unwrap_or(digits)
}

/// `420_1010_A_`: where the digits begin, how many are before the first stroke, and what
/// the others say.
struct Mark<'a> {
    from: usize,
    digits: usize,
    end: u64,
    speaker: &'a str,
    /// Where the words begin.
    to: usize,
}

fn marks(text: &str) -> impl Iterator<Item = Mark<'_>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let from = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
            let digits = run(&bytes[from..], u8::is_ascii_digit);
            at = from + digits;
            if let Some((end, speaker, length)) = tail(&text[at..]) {
                at += length;
                return Some(Mark {
                    from,
                    digits,
                    end,
                    speaker,
                    to: at,
                });
            }
        }
        None
    })
}

/// `_1010_A_`.
fn tail(text: &str) -> Option<(u64, &str, usize)> {
    let rest = text.strip_prefix('_')?;
    let digits = run(rest.as_bytes(), u8::is_ascii_digit);
    let (end, rest) = rest.split_at(digits);
    let rest = rest.strip_prefix('_')?;
    let letters = run(rest.as_bytes(), u8::is_ascii_uppercase);
    let (speaker, rest) = rest.split_at(letters);
    let end = end.parse().ok()?;
    let plausible = (1..=2).contains(&letters) && rest.starts_with('_');
    plausible.then_some((end, speaker, 3 + digits + letters))
}

fn run(bytes: &[u8], is: fn(&u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| is(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_parted() {
        let table = "
            420_1010_A_2420_5430_B_喂5850_7610_A_您好！ => A 0.42-1.01  / B 2.42-5.43 喂 / A 5.85-7.61 您好！
            0_1010_A_您好2420_5430_A_喂 => 0-1.01 您好 / 2.42-5.43 喂
            100_7610_A_尾号128020_13540_B_对 => A 0.1-7.61 尾号12 / B 8.02-13.54 对
            100_7610_A_共500元8020_13540_B_好 => A 0.1-7.61 共500元 / B 8.02-13.54 好
            ";
        for row in table.trim().lines() {
            let (text, expected) = row.trim().split_once(" => ").expect("a row");
            let told = segments(text).into_iter().map(|segment| {
                let speaker = segment.speaker.map_or(String::new(), |name| name + " ");
                let time = |time: Option<f64>| time.unwrap_or(-1.0);
                let (start, end) = (time(segment.start), time(segment.end));
                format!("{speaker}{start}-{end} {}", segment.text)
            });
            assert_eq!(told.collect::<Vec<_>>().join(" / "), expected, "{text}");
            assert!(is_there(text));
        }
        assert!(!is_there("订单 420_1010_A_ 您好"));
        assert!(!is_there("420_1010 您好"));
    }
}
