//! The time that stands before or behind a speaker's name.

use super::line::{BRACKETS, is_colon, is_digit, is_open};

/// A time before or behind a label, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stamp {
    pub(super) start: f64,
    pub(super) end: Option<f64>,
    pub(super) bracketed: bool,
}

impl Stamp {
    /// The time with which the text begins, and what follows it: `00:05`,
    /// `[1:00:05.25]`, `(0:05 - 0:09)`.
    pub(super) fn lead(text: &str) -> Option<(Stamp, &str)> {
        let close = BRACKETS.into_iter().find(|pair| text.starts_with(pair.0));
        let inner = close.map_or(text, |(open, _)| &text[open.len_utf8()..]);
        let (start, rest) = clock(inner.trim_start())?;
        let range = ["-->", "-", "~", "～", "–", "—", ","]
            .into_iter()
            .find_map(|sign| rest.trim_start().strip_prefix(sign))
            .and_then(|rest| clock(rest.trim_start()));
        let (end, rest) = range.map_or((None, rest), |(end, rest)| (Some(end), rest));
        let rest = match close {
            Some((_, close)) => rest.trim_start().strip_prefix(close)?,
            // 10:30，… is a sentence that begins with a time.
            None => {
                let free = |c: char| c.is_whitespace() || is_colon(c) || is_open(c);
                (rest.is_empty() || rest.starts_with(free)).then_some(rest)?
            }
        };
        let bracketed = close.is_some();
        Some((
            Stamp {
                start,
                end,
                bracketed,
            },
            rest.trim_start(),
        ))
    }
}

/// Minutes and seconds, with or without hours and a fraction.
fn clock(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c| !is_digit(c) && c != ':' && c != '.');
    let written = text[..end.unwrap_or(text.len())].trim_end_matches([':', '.']);
    let (whole, seconds) = written.rsplit_once(':')?;
    let (hours, minutes) = whole.split_once(':').unwrap_or(("0", whole));
    let whole = |text: &str| text.parse::<u16>().ok().map(f64::from);
    let seconds: f64 = seconds.parse().ok().filter(|seconds| *seconds < 60.0)?;
    let total = whole(hours)? * 3600.0 + whole(minutes)? * 60.0 + seconds;
    let rest = &text[written.len()..];
    // A comma with other than three digits parts the ends of a range.
    let thousandths = rest
        .strip_prefix(',')
        .map(|rest| rest.split_at(rest.find(|c| !is_digit(c)).unwrap_or(rest.len())));
    match thousandths.filter(|(digits, _)| digits.len() == 3) {
        Some((digits, rest)) => Some((total + digits.parse::<f64>().ok()? / 1000.0, rest)),
        None => Some((total, rest)),
    }
}
