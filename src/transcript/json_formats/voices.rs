//! Who speaks, where a recording has channels.
//!
//! With one person a channel, recognisers still number the voices, and begin with 0 on
//! each; then the channel is the person. With several on each, both together are.

use std::collections::BTreeMap;

use crate::transcript::segment::Segment;

pub(super) fn settle(segments: &mut [Segment]) {
    let mut channels: BTreeMap<String, Vec<Option<String>>> = BTreeMap::new();
    for segment in &*segments {
        let Some(channel) = &segment.channel else {
            continue;
        };
        let speakers = channels.entry(channel.clone()).or_default();
        if !speakers.contains(&segment.speaker) {
            speakers.push(segment.speaker.clone());
        }
    }
    if channels.len() < 2 {
        // One channel tells nobody from anybody.
        for segment in segments {
            segment.channel = None;
        }
        return;
    }
    let named = |speaker: &Option<String>| speaker.is_some();
    let all: Vec<_> = channels
        .values()
        .flatten()
        .filter(|speaker| named(speaker))
        .collect();
    let shared =
        |speaker: &Option<String>| all.iter().filter(|other| **other == speaker).count() > 1;
    if !all.iter().any(|speaker| shared(speaker)) {
        return;
    }
    let one_each = channels
        .values()
        .all(|speakers| speakers.iter().filter(|s| named(s)).count() < 2);
    for segment in segments {
        let (Some(channel), Some(speaker)) = (&segment.channel, &segment.speaker) else {
            continue;
        };
        segment.speaker = (!one_each).then(|| format!("{channel}-{speaker}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(table: &str) -> String {
        let part = |text: &str| (text != "-").then(|| text.to_owned());
        let mut segments: Vec<Segment> = table
            .split(' ')
            .map(|pair| {
                let (channel, speaker) = pair.split_once(':').expect("a pair");
                Segment {
                    channel: part(channel),
                    speaker: part(speaker),
                    ..Segment::default()
                }
            })
            .collect();
        settle(&mut segments);
        let told = |part: &Option<String>| part.clone().unwrap_or("-".to_owned());
        let pairs = segments.iter();
        let pairs = pairs.map(|s| format!("{}:{}", told(&s.channel), told(&s.speaker)));
        pairs.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn channels_and_voices() {
        let cases = [
            ("0:- 0:-", "-:- -:-"),
            ("0:1 0:2", "-:1 -:2"),
            ("0:- 1:-", "0:- 1:-"),
            ("0:1 1:2 0:1", "0:1 1:2 0:1"),
            ("0:0 1:0 1:-", "0:- 1:- 1:-"),
            ("0:0 1:0 1:1", "0:0-0 1:1-0 1:1-1"),
            ("-:A -:B", "-:A -:B"),
        ];
        for (segments, expected) in cases {
            assert_eq!(settled(segments), expected, "{segments}");
        }
    }
}
