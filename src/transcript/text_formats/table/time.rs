//! Times as cells write them.

use super::super::writing::half_width;
use super::words::{Unit, words};
use crate::moment::Moment;

/// A time in one of the ways that tables write it, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Written {
    /// On a day: since some day long ago.
    Moment(i64),
    /// `09:00:05`: a time of day, or since the beginning; the column as a whole tells.
    Clock(i64),
    /// Since the beginning: `01:05`, `65s`, `1分5秒`.
    Offset(i64),
    /// A number that has no unit.
    Number {
        /// As it stands.
        value: f64,
        /// Whether it has decimals, so that it can't be milliseconds.
        decimal: bool,
    },
}

const SECOND: i64 = 1_000_000;
pub(super) const HOUR: i64 = 3600 * SECOND;
pub(super) const DAY: i64 = 24 * HOUR;

/// Whether a cell holds nothing, in the words of some database.
pub(super) fn is_none(cell: &str) -> bool {
    let cell = cell.trim();
    ["", "-", "--", "/", "null", "none", "\\N", "nat"]
        .iter()
        .any(|word| cell.eq_ignore_ascii_case(word))
}

/// The time that a cell holds, if it can be understood.
pub(super) fn read(cell: &str) -> Option<Written> {
    let mut cell: String = cell.trim().chars().map(half_width).collect();
    if let Some(micros) = with_unit(&cell) {
        return Some(Written::Offset(micros));
    }
    let shift = half_of_day(&mut cell);
    for (word, sign) in &words().signs {
        cell = cell.replace(word.as_str(), sign);
    }
    let cell = cell.trim();
    if let Some(moment) = Moment::read(cell) {
        let day = moment.day.to_datetime(jiff::civil::Time::midnight());
        let day = day.duration_since(EPOCH).as_micros();
        let day = i64::try_from(day).ok()?;
        let clock = match colon(cell) {
            Some(at) => clock(&cell[at..])?.micros,
            None => time_of(moment)?,
        };
        return Some(Written::Moment(day + shift.of(clock)));
    }
    if let Some(clock) = clock(cell) {
        return Some(match shift {
            Half::None if !clock.has_hours => Written::Offset(clock.micros),
            // 下午3:15 has hours and minutes.
            _ if !clock.has_hours => Written::Clock(shift.of(clock.micros * 60)),
            _ => Written::Clock(shift.of(clock.micros)),
        });
    }
    number(cell)
}

const EPOCH: jiff::civil::DateTime = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);

fn time_of(moment: Moment) -> Option<i64> {
    let time = moment.time?;
    let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60;
    Some((seconds + i64::from(time.second())) * SECOND)
}

/// Where the digits begin behind which the first colon stands.
fn colon(cell: &str) -> Option<usize> {
    let before = cell[..cell.find(':')?].trim_end_matches(|c: char| c.is_ascii_digit());
    Some(before.len())
}

/// Morning or afternoon, if the cell says so; the word is taken out of it.
fn half_of_day(cell: &mut String) -> Half {
    let lower = cell.to_ascii_lowercase();
    let find = |list: &[String]| {
        let word = list.iter().find(|word| lower.contains(word.as_str()))?;
        Some((lower.find(word.as_str())?, word.len()))
    };
    let (half, (at, length)) = match (find(&words().am), find(&words().pm)) {
        (Some(word), _) => (Half::Morning, word),
        (_, Some(word)) => (Half::Afternoon, word),
        _ => return Half::None,
    };
    cell.replace_range(at..at + length, " ");
    let single = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    *cell = single;
    half
}

#[derive(Clone, Copy, PartialEq)]
enum Half {
    None,
    Morning,
    Afternoon,
}

impl Half {
    fn of(self, clock: i64) -> i64 {
        match self {
            Half::Morning if clock >= 12 * HOUR => clock - 12 * HOUR,
            Half::Afternoon if clock < 12 * HOUR => clock + 12 * HOUR,
            _ => clock,
        }
    }
}

struct Clock {
    micros: i64,
    has_hours: bool,
}

/// `9:00:05.123` or `1:05`, before nothing or a zone.
fn clock(text: &str) -> Option<Clock> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ','));
    let (written, rest) = text.split_at(end.unwrap_or(text.len()));
    let zone = rest.trim_start().starts_with(['+', '-', 'Z', 'z']);
    if !rest.trim().is_empty() && !zone {
        return None;
    }
    let (whole, fraction) = written.split_once(['.', ',']).unwrap_or((written, ""));
    // 5分 has become `5:`.
    let fields: Vec<&str> = whole.split(':').collect();
    let (2 | 3) = fields.len() else { return None };
    let mut seconds = 0_i64;
    for (number, field) in fields.iter().enumerate() {
        let last = number + 1 == fields.len();
        let value: i64 = match *field {
            "" if last && number > 0 => 0,
            field if field.len() <= 5 => field.parse().ok()?,
            _ => return None,
        };
        if number > 0 && value > 59 {
            return None;
        }
        seconds = seconds * 60 + value;
    }
    Some(Clock {
        micros: seconds * SECOND + micros(fraction)?,
        has_hours: fields.len() == 3,
    })
}

/// The digits behind a point.
fn micros(fraction: &str) -> Option<i64> {
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let six: String = fraction.chars().chain("000000".chars()).take(6).collect();
    six.parse().ok()
}

/// `65s`, `1200ms`, `5秒`, `PT1M3.2S`.
fn with_unit(cell: &str) -> Option<i64> {
    if let Some(written) = cell.strip_prefix("PT") {
        return period(written);
    }
    let lower = cell.to_lowercase();
    let (number, unit) = words().unit_at_end(&lower)?;
    let number: f64 = plain_number(number.trim())?;
    Some(Unit::micros(unit, number))
}

/// What of an ISO 8601 duration stands behind `PT`.
fn period(written: &str) -> Option<i64> {
    let mut total = 0.0;
    let mut rest = written;
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let number = plain_number(&rest[..end])?;
        total += match &rest[end..=end] {
            "H" => number * 3600.0,
            "M" => number * 60.0,
            "S" => number,
            _ => return None,
        };
        rest = &rest[end + 1..];
    }
    Some(Unit::Seconds.micros(total))
}

fn plain_number(text: &str) -> Option<f64> {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = text.parse().ok().filter(|_| plain && text.len() <= 20)?;
    (number < 1e13).then_some(number)
}

fn number(cell: &str) -> Option<Written> {
    let digits = cell.bytes().all(|byte| byte.is_ascii_digit());
    let since_1970 = |unit: Unit| Some(Written::Moment(unit.micros(plain_number(cell)?)));
    match cell.len() {
        // No call lasts as long as such numbers say, in whatever unit.
        10 if digits => since_1970(Unit::Seconds),
        13 if digits => since_1970(Unit::Milliseconds),
        _ => {
            let value = match cell.parse::<f64>() {
                Ok(value) if value.is_finite() && (0.0..1e12).contains(&value) => value,
                _ => return None,
            };
            let decimal = value.fract() != 0.0;
            Some(Written::Number { value, decimal })
        }
    }
}

impl Unit {
    /// So many of this unit.
    pub(super) fn micros(self, number: f64) -> i64 {
        let scale = match self {
            Unit::Milliseconds => 1e3,
            Unit::Seconds => 1e6,
        };
        (number * scale).round() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_every_form() {
        let day = 19_723 * DAY;
        let nine = 9 * HOUR + 5 * SECOND;
        let cases = [
            ("2024-01-01 09:00:05", Some(Written::Moment(day + nine))),
            (
                "2024/1/1 9:00:05.250",
                Some(Written::Moment(day + nine + 250_000)),
            ),
            (
                "2024-01-01T09:00:05.25+08:00",
                Some(Written::Moment(day + nine + 250_000)),
            ),
            ("2024-01-01T09:00:05Z", Some(Written::Moment(day + nine))),
            ("2024年1月1日 9时0分5秒", Some(Written::Moment(day + nine))),
            (
                "2024年1月1日 下午9:00:05",
                Some(Written::Moment(day + nine + 12 * HOUR)),
            ),
            ("20240101090005", Some(Written::Moment(day + nine))),
            ("1704099605", Some(Written::Moment(day + nine))),
            ("1704099605250", Some(Written::Moment(day + nine + 250_000))),
            ("09:00:05", Some(Written::Clock(nine))),
            ("09：00：05", Some(Written::Clock(nine))),
            ("9:00:05 PM", Some(Written::Clock(nine + 12 * HOUR))),
            ("下午 9:05", Some(Written::Clock(21 * HOUR + 300 * SECOND))),
            ("01:05", Some(Written::Offset(65 * SECOND))),
            ("75:00.5", Some(Written::Offset(4_500_500_000))),
            ("1分5秒", Some(Written::Offset(65 * SECOND))),
            ("5分", Some(Written::Offset(300 * SECOND))),
            ("65秒", Some(Written::Offset(65 * SECOND))),
            ("1.200s", Some(Written::Offset(1_200_000))),
            ("1200 ms", Some(Written::Offset(1_200_000))),
            ("PT1M3.2S", Some(Written::Offset(63_200_000))),
            (
                "5.12",
                Some(Written::Number {
                    value: 5.12,
                    decimal: true,
                }),
            ),
            (
                "5120",
                Some(Written::Number {
                    value: 5120.0,
                    decimal: false,
                }),
            ),
            (
                "5120.0",
                Some(Written::Number {
                    value: 5120.0,
                    decimal: false,
                }),
            ),
            ("2024-01-01", None),
            ("09:61:00", None),
            ("-5", None),
            ("NaN", None),
            ("inf", None),
            ("上午", None),
            ("很久", None),
        ];
        for (cell, expected) in cases {
            assert_eq!(read(cell), expected, "{cell}");
        }
    }
}
