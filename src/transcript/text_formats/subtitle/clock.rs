//! Times as subtitles write them.

use super::super::writing::{exact, half_width};

/// The seconds that `01:02:03,450`, `2:03.4` or `00:05` stands for. Hours may be
/// missing, fields may have one digit, the fraction may follow a comma or a dot, and
/// signs may be full-width. Minutes may exceed 59 where hours are missing.
pub(in super::super) fn seconds(written: &str) -> Option<f64> {
    let half: String = written.trim().chars().map(half_width).collect();
    let (whole, fraction) = match half.split_once([',', '.']) {
        Some((whole, fraction)) => (whole, fraction.trim_end()),
        None => (half.as_str(), ""),
    };
    let fields: Vec<&str> = whole.split(':').map(str::trim).collect();
    let (fields, fraction) = match (fields.as_slice(), fraction) {
        // Some tools part the thousandths by a colon, too.
        ([hours, minutes, seconds, thousandths], "") if thousandths.len() == 3 => {
            (vec![*hours, *minutes, *seconds], *thousandths)
        }
        ([_, _] | [_, _, _], _) => (fields, fraction),
        _ => return None,
    };
    let mut total = 0_u64;
    for (number, field) in fields.iter().enumerate() {
        let value = digits(field)?;
        if number > 0 && value > 59 {
            return None;
        }
        total = total * 60 + value;
    }
    exact(total, fraction)
}

fn digits(field: &str) -> Option<u64> {
    let plausible = (1..=6).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_digit());
    plausible.then(|| field.parse().ok())?
}

/// The ends of a cue in a line such as `00:05,120 --> 00:07,000 align:start`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Span {
    pub(in super::super) start: Option<f64>,
    pub(in super::super) end: Option<f64>,
}

/// What the line says of times, if it is a line of times. An end that can't be
/// understood is `None`, and the line still is one.
pub(super) fn span(line: &str) -> Option<Span> {
    let (arrow, exact) = ["-->", "->", "–>", "—>", "→"]
        .into_iter()
        .enumerate()
        .find_map(|(number, arrow)| line.contains(arrow).then_some((arrow, number == 0)))?;
    let (before, after) = line.split_once(arrow)?;
    let mut after = after.trim_start();
    let start = seconds(before);
    let end = after
        .split(|c: char| c.is_whitespace())
        .next()
        .unwrap_or_default();
    after = after[end.len()..].trim_start();
    let end = seconds(end);
    let settings = after.split_whitespace().all(|word| word.contains(':'));
    let told = match exact {
        true => start.is_some() || end.is_some() || begins_as_time(before),
        false => start.is_some() && end.is_some(),
    };
    (told && settings).then_some(Span { start, end })
}

/// Whether this was meant as a time, right or wrong: `00:0A:05,000`, `NaN`.
fn begins_as_time(text: &str) -> bool {
    let text = text.trim();
    let digits = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(':');
    digits && !text.contains(char::is_whitespace) || text.eq_ignore_ascii_case("nan")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let cases = [
            ("00:00:05,120", Some(5.12)),
            ("01:05.120", Some(65.12)),
            ("1:2:3,4", Some(3723.4)),
            ("00:05", Some(5.0)),
            ("75:00.5", Some(4500.5)),
            ("00：00：05，120", Some(5.12)),
            ("00:00:05:120", Some(5.12)),
            ("0:00:05.", Some(5.0)),
            ("00:61", None),
            ("00:60:00", None),
            ("5.2", None),
            ("a:05", None),
            ("00:05.1x", None),
            ("NaN", None),
            ("-1:05", None),
        ];
        for (written, expected) in cases {
            assert_eq!(seconds(written), expected, "{written}");
        }
    }

    #[test]
    fn lines_of_times_are_told_from_text() {
        let span_of = |start, end| Some(Span { start, end });
        let cases = [
            ("00:05,5 --> 00:07", span_of(Some(5.5), Some(7.0))),
            (
                "00:05.5-->00:07 align:start position:0%",
                span_of(Some(5.5), Some(7.0)),
            ),
            (
                "0:0:1,0 --> 0:0:2,0  X1:1 X2:2 Y1:3",
                span_of(Some(1.0), Some(2.0)),
            ),
            ("00:05 -> 00:07", span_of(Some(5.0), Some(7.0))),
            ("00:0A:05,000 --> 00:00:07,000", span_of(None, Some(7.0))),
            ("NaN --> NaN", span_of(None, None)),
            ("看这里 --> 左边", None),
            ("先 -> 后", None),
            (
                "00:05 --> 00:07 坐席：好",
                span_of(Some(5.0), Some(7.0)).filter(|_| false),
            ),
            ("客服：您好", None),
        ];
        for (line, expected) in cases {
            assert_eq!(span(line), expected, "{line}");
        }
    }
}
