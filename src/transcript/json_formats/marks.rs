//! Marks between `<|` and `|>`, with which one recogniser says what language, mood and
//! sound a stretch of talk has. Each run of them begins a stretch.

use crate::transcript::segment::Segment;

/// The stretches of a segment, without their marks. What is known of the times of the
/// whole is the beginning of the first and the end of the last.
pub(super) fn cut(segment: Segment) -> Vec<Segment> {
    if !segment.text.contains("<|") {
        return vec![segment];
    }
    let stretches = segment
        .text
        .split("<|")
        .enumerate()
        .filter_map(|(number, piece)| {
            let said = match number {
                0 => piece,
                _ => piece.split_once("|>").map_or("", |(_, said)| said),
            };
            (!said.trim().is_empty()).then_some(said)
        });
    let mut segments: Vec<Segment> = stretches
        .map(|said| Segment {
            text: said.to_owned(),
            start: None,
            end: None,
            ..segment.clone()
        })
        .collect();
    if let Some(first) = segments.first_mut() {
        first.start = segment.start;
    }
    if let Some(last) = segments.last_mut() {
        last.end = segment.end;
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_run_of_marks_begins_a_stretch() {
        let segment = Segment {
            text: "喂<|zh|><|NEUTRAL|><|Speech|>您好。<|zh|><|ANGRY|>怎么还没好<|nospeech|>"
                .to_owned(),
            start: Some(1.0),
            end: Some(9.0),
            ..Segment::default()
        };
        let told: Vec<_> = cut(segment)
            .into_iter()
            .map(|s| (s.text, s.start, s.end))
            .collect();
        let expected = [
            ("喂".to_owned(), Some(1.0), None),
            ("您好。".to_owned(), None, None),
            ("怎么还没好".to_owned(), None, Some(9.0)),
        ];
        assert_eq!(told, expected);
    }
}
