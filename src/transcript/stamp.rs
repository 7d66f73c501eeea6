//! The time that stands before or behind a speaker's name.

use jiff::civil::Date;

use super::line::{BRACKETS, is_colon, is_digit, is_open};
use crate::moment::Moment;

/// A time before or behind a label, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stamp {
    /// The day on which it is, if it is a time of day.
    pub(super) day: Option<Date>,
    pub(super) start: f64,
    pub(super) end: Option<f64>,
    pub(super) bracketed: bool,
}

impl Stamp {
    /// The time with which the text begins, and what follows it: `00:05`,
    /// `[1:00:05.25]`, `(0:05 - 0:09)`, `2024-01-01 09:00:05`.
    pub(super) fn lead(text: &str) -> Option<(Stamp, &str)> {
        let (stamp, voice, rest) = Stamp::with_voice(text)?;
        voice.is_empty().then_some((stamp, rest))
    }

    /// The same, and the number of the speaker that one recogniser writes into the
    /// brackets: `[0:0.000,0:2.380,0]`.
    pub(super) fn with_voice(text: &str) -> Option<(Stamp, &str, &str)> {
        let close = BRACKETS.into_iter().find(|pair| text.starts_with(pair.0));
        let inner = close.map_or(text, |(open, _)| &text[open.len_utf8()..]);
        let (day, inner) = date(inner.trim_start());
        let (start, rest) = clock(inner.trim_start())?;
        let range = ["-->", "->", "-", "~", "～", "–", "—", ","]
            .into_iter()
            .find_map(|sign| rest.trim_start().strip_prefix(sign))
            .and_then(|rest| clock(date(rest.trim_start()).1.trim_start()));
        let (end, rest) = range.map_or((None, rest), |(end, rest)| (Some(end), rest));
        let (voice, rest) = match rest.strip_prefix(',').filter(|_| end.is_some()) {
            Some(rest) => rest.split_at(rest.find(|c| !is_digit(c)).unwrap_or(rest.len())),
            None => ("", rest),
        };
        let rest = match close {
            Some((_, close)) => rest.trim_start().strip_prefix(close)?,
            None if !voice.is_empty() => return None,
            // 10:30，… is a sentence that begins with a time.
            None => {
                let free = |c: char| c.is_whitespace() || is_colon(c) || is_open(c);
                (rest.is_empty() || rest.starts_with(free)).then_some(rest)?
            }
        };
        let stamp = Stamp {
            day,
            start,
            end,
            bracketed: close.is_some(),
        };
        Some((stamp, voice, rest.trim_start()))
    }
}

/// The date with which the text begins, year first, and what follows it; without one,
/// all of it.
fn date(text: &str) -> (Option<Date>, &str) {
    let sign = |c: char| matches!(c, '-' | '/' | '.');
    let end = text
        .find(|c| !is_digit(c) && !sign(c))
        .unwrap_or(text.len());
    let (written, rest) = text.split_at(end);
    let fields: Vec<&str> = written.split(sign).collect();
    let day = match fields[..] {
        [year, month, day] if year.len() == 4 => Moment::read(&format!("{year}-{month}-{day}")),
        _ => None,
    };
    let parted = rest.starts_with([' ', 'T', '\u{3000}', '\t']);
    match day.filter(|_| parted) {
        Some(moment) => (Some(moment.day), &rest[1..]),
        None => (None, text),
    }
}

/// Minutes and seconds, with or without hours and a fraction.
fn clock(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c| !is_digit(c) && c != ':' && c != '.');
    let written = text[..end.unwrap_or(text.len())].trim_end_matches([':', '.']);
    let (whole, seconds) = written.rsplit_once(':')?;
    let (hours, minutes) = whole.split_once(':').unwrap_or(("0", whole));
    let number = |text: &str| text.parse::<u16>().ok().map(u64::from);
    let (seconds, mut fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let mut rest = &text[written.len()..];
    // A comma with other than three digits parts the ends of a range.
    if let Some(after) = rest.strip_prefix(',').filter(|_| !written.contains('.')) {
        let (digits, behind) = after.split_at(after.find(|c| !is_digit(c)).unwrap_or(after.len()));
        if digits.len() == 3 {
            (fraction, rest) = (digits, behind);
        }
    }
    let seconds = number(seconds).filter(|seconds| *seconds < 60)?;
    let total = number(hours)? * 3600 + number(minutes)? * 60 + seconds;
    // As one number, so that it is the nearest to what is written.
    format!("{total}.{fraction}0")
        .parse()
        .ok()
        .map(|seconds| (seconds, rest))
}
