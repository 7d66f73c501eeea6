//! When a conversation began, out of what the input writes.
//!
//! Every exporter has its own form. What they share is the order year, month, day,
//! hour, minute, second; so a moment is read from the digits in that order, whatever
//! stands between them:
//!
//! ```text
//! 2026-03-02T09:15:00+08:00   2026/3/2 9:15   20260302 091500   2026年3月2日
//! ```
//!
//! It is the clock on the wall of the place where it was written: an offset, or a `Z`,
//! is passed over. Where the year doesn't come first nobody can tell day from month,
//! and a bare number could be seconds or milliseconds since some beginning; those tell
//! nothing.

use jiff::civil::{Date, DateTime, Time};

/// A day, and the time of day if that is known too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The time of day, to the second.
    pub time: Option<Time>,
}

impl Moment {
    /// The moment that `text` writes, if it does.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(not_digit).unwrap_or(text.len());
        let (year, month, day, rest) = match end {
            4 => {
                let (year, rest) = number(text, 4)?;
                let (month, rest) = number(past_mark(rest)?, 2)?;
                let (day, rest) = number(past_mark(rest)?, 2)?;
                (year, month, day, rest)
            }
            8 | 12 | 14 => {
                let (year, rest) = number_of(text, 4)?;
                let (month, rest) = number_of(rest, 2)?;
                let (day, rest) = number_of(rest, 2)?;
                (year, month, day, rest)
            }
            _ => return None,
        };
        let small = |number: i16| i8::try_from(number).ok();
        let day = Date::new(year, small(month)?, small(day)?).ok()?;
        Some(Self {
            day,
            time: time(rest),
        })
    }

    /// As a date with a time; midnight where the time isn't known.
    pub fn date_time(self) -> DateTime {
        self.day.to_datetime(self.time.unwrap_or_default())
    }

    /// The Monday of its week.
    pub fn week(self) -> Date {
        let behind = i64::from(self.day.weekday().to_monday_zero_offset());
        self.day
            .checked_sub(jiff::Span::new().days(behind))
            .unwrap_or(self.day)
    }
}

/// The time of day that follows a date: apart from it by blanks or a `T`, or hard
/// behind it in digits alone.
fn time(text: &str) -> Option<Time> {
    let day_mark = |char: char| !char.is_ascii() && !char.is_whitespace();
    let text = text.strip_prefix(day_mark).unwrap_or(text);
    let text = text.trim_start_matches([' ', 'T', 't', '\u{3000}', ',']);
    let (hour, minute, second) = match text.find(not_digit).unwrap_or(text.len()) {
        4 | 6 => {
            let (hour, rest) = number_of(text, 2)?;
            let (minute, rest) = number_of(rest, 2)?;
            let second = number_of(rest, 2).map_or(0, |(second, _)| second);
            (hour, minute, second)
        }
        1 | 2 => {
            let (hour, rest) = number(text, 2)?;
            let (minute, rest) = number_of(rest.strip_prefix([':', '：'])?, 2)?;
            let second = rest.strip_prefix([':', '：']);
            let second = second.and_then(|rest| number_of(rest, 2));
            (hour, minute, second.map_or(0, |(second, _)| second))
        }
        _ => return None,
    };
    let small = |number: i16| i8::try_from(number).ok();
    Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()
}

fn not_digit(char: char) -> bool {
    !char.is_ascii_digit()
}

/// What follows the one mark that parts a date's numbers.
fn past_mark(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    chars.next().filter(|mark| !mark.is_ascii_alphabetic())?;
    Some(chars.as_str().trim_start())
}

/// A number of at most `most` digits, and what follows.
fn number(text: &str, most: usize) -> Option<(i16, &str)> {
    let end = text.find(not_digit).unwrap_or(text.len());
    (1..=most)
        .contains(&end)
        .then(|| text.split_at(end))
        .and_then(|(digits, rest)| Some((digits.parse().ok()?, rest)))
}

/// A number of exactly `digits` digits, more of which may follow.
fn number_of(text: &str, digits: usize) -> Option<(i16, &str)> {
    let (digits, rest) = text.split_at_checked(digits)?;
    let all = digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| all)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_in_every_form() {
        let cases = [
            ("2026-03-02T09:15:00+08:00", "2026-03-02T09:15:00"),
            ("2026-03-02 09:15:30.123", "2026-03-02T09:15:30"),
            ("2026/3/2 9:15", "2026-03-02T09:15:00"),
            (" 2026.03.02 ", "2026-03-02"),
            ("2026年3月2日", "2026-03-02"),
            ("2026年3月2日 9：15", "2026-03-02T09:15:00"),
            ("2026年3月2日 下午3:15", "2026-03-02"),
            ("20260302", "2026-03-02"),
            ("20260302091500", "2026-03-02T09:15:00"),
            ("202603020915", "2026-03-02T09:15:00"),
            ("20260302 091500", "2026-03-02T09:15:00"),
            ("20260302-091500", "2026-03-02"),
            ("2026-02-30", ""),
            ("2026-13-01", ""),
            ("2026", ""),
            ("2026-03", ""),
            ("02/03/2026", ""),
            ("1772413200", ""),
            ("1772413200000", ""),
            ("9:15", ""),
            ("2026-03-02 25:00", "2026-03-02"),
            ("昨天", ""),
            ("", ""),
            ("２０２６-03-02", ""),
        ];
        for (text, expected) in cases {
            let moment = Moment::read(text);
            let told = moment.map(|moment| match moment.time {
                Some(_) => moment.date_time().to_string(),
                None => moment.day.to_string(),
            });
            assert_eq!(told.unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn a_week_begins_on_monday() {
        let cases = [
            ("2026-03-02", "2026-03-02"),
            ("2026-03-08", "2026-03-02"),
            ("2026-01-01", "2025-12-29"),
            ("-999999999", ""),
        ];
        for (text, expected) in cases {
            let week = Moment::read(text).map(|moment| moment.week().to_string());
            assert_eq!(week.unwrap_or_default(), expected, "{text}");
        }
    }
}
