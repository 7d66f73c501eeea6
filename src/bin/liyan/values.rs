//! Values on the command line that are more than a word or a number. What a parser gives
//! back as its error is what it would have taken.

use jiff::civil::Date;
use liyan::moment::Moment;

/// How many threads.
pub fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(threads @ 1..=1024) => Ok(threads),
        _ => Err("1–1024".to_owned()),
    }
}

/// A score.
pub fn score(text: &str) -> Result<f64, String> {
    let score = text.parse().ok().filter(|score: &f64| score.is_finite());
    score.ok_or_else(|| "60, 82.5 …".to_owned())
}

/// A number of things, or a seed.
pub fn whole_number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "0, 1, 2 …".to_owned())
}

/// `5%` or `0.05`.
pub fn share(text: &str) -> Result<f64, String> {
    let share = match text.strip_suffix(['%', '\u{ff05}']) {
        Some(text) => text.trim().parse().ok().map(|share: f64| share / 100.0),
        None => text.parse().ok(),
    };
    share
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "5%, 0.05 …".to_owned())
}

/// `80±5` or `80+-5`; `5` alone is seen from the pass mark.
pub fn near(text: &str) -> Result<Near, String> {
    let (score, reach) = match text.split_once('±').or_else(|| text.split_once("+-")) {
        Some(("", reach)) => (None, reach),
        Some((score, reach)) => (Some(score), reach),
        None => (None, text),
    };
    let number = |text: &str| {
        text.trim()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    };
    let near = match score.map(number) {
        None => number(reach).map(|reach| Near { score: None, reach }),
        Some(score) => score.zip(number(reach)).map(|(score, reach)| Near {
            score: Some(score),
            reach,
        }),
    };
    near.filter(|near| near.reach >= 0.0)
        .ok_or_else(|| "5, 80±5, 80+-5 …".to_owned())
}

/// How near a score must be to which; to the pass mark where it is `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// The score.
    pub score: Option<f64>,
    /// How far off it may be.
    pub reach: f64,
}

/// The first day of a month, `2026-03`.
pub fn month(text: &str) -> Result<Date, String> {
    let first = text.split_once('-').and_then(|(year, month)| {
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        Date::new(year, month, 1).ok()
    });
    first.ok_or_else(|| "2026-03 …".to_owned())
}

/// A moment in any form that input may have.
pub fn moment(text: &str) -> Result<String, String> {
    match Moment::read(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("2026-04-01T09:00:00Z …".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_with_and_without_a_sign() {
        let cases = [
            ("5%", Some(0.05)),
            ("5 ％", Some(0.05)),
            ("0.05", Some(0.05)),
            ("1", Some(1.0)),
            ("100%", Some(1.0)),
            ("101%", None),
            ("5", None),
            ("-1%", None),
            ("NaN", None),
            ("half", None),
        ];
        for (text, expected) in cases {
            assert_eq!(share(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn near_what_and_how_near() {
        let around = |score, reach| Some(Near { score, reach });
        let cases = [
            ("5", around(None, 5.0)),
            ("±5", around(None, 5.0)),
            ("80±2.5", around(Some(80.0), 2.5)),
            ("80+-5", around(Some(80.0), 5.0)),
            ("-5", None),
            ("80±", None),
            ("a±5", None),
            ("inf", None),
        ];
        for (text, expected) in cases {
            assert_eq!(near(text).ok(), expected, "{text}");
        }
    }
}
