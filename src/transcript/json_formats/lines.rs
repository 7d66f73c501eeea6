//! A recording in one text, a line a segment: `[0:1.020,0:5.850,1]  您好`.
//!
//! The times are minutes and seconds, the minutes neither padded nor bounded; the last
//! number is the speaker or the channel, where either is known. What is said may
//! begin with a bracket itself.

use crate::transcript::segment::Segment;

/// Whether a text has times before its lines.
pub(super) fn are_stamped(text: &str) -> bool {
    text.lines()
        .find(|line| !line.trim().is_empty())
        .is_some_and(|line| stamped(line).is_some())
}

pub(super) fn segments(text: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match stamped(line) {
            Some(segment) => segments.push(segment),
            None => match segments.last_mut() {
                Some(last) => {
                    last.text.push('\n');
                    last.text.push_str(line);
                }
                None => segments.push(Segment {
                    text: line.to_owned(),
                    ..Segment::default()
                }),
            },
        }
    }
    segments
}

fn stamped(line: &str) -> Option<Segment> {
    let (stamp, said) = line.trim().strip_prefix('[')?.split_once(']')?;
    let mut parts = stamp.split(',').map(str::trim);
    let start = clock(parts.next()?)?;
    let end = clock(parts.next()?)?;
    Some(Segment {
        speaker: parts.next().map(str::to_owned),
        start: Some(start),
        end: Some(end),
        text: said.trim().to_owned(),
        ..Segment::default()
    })
}

fn clock(text: &str) -> Option<f64> {
    let (minutes, seconds) = text.rsplit_once(':')?;
    let (hours, minutes) = minutes.split_once(':').unwrap_or(("0", minutes));
    let hours: f64 = hours.parse().ok()?;
    let minutes: f64 = minutes.parse().ok()?;
    let seconds: f64 = seconds.parse().ok()?;
    Some(hours * 3600.0 + minutes * 60.0 + seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_segment() {
        let text = "[0:1.020,0:5.850]  您好\n[75:0.000,75:2.5,1]  [笑]好\n\n接着说\n";
        let told = segments(text).into_iter();
        let told: Vec<_> = told.map(|s| (s.speaker, s.start, s.end, s.text)).collect();
        let expected = [
            (None, Some(1.02), Some(5.85), "您好".to_owned()),
            (
                Some("1".to_owned()),
                Some(4500.0),
                Some(4502.5),
                "[笑]好\n接着说".to_owned(),
            ),
        ];
        assert_eq!(told, expected);
    }
}
