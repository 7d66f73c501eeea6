//! Words, each with its own time, as the stretches between pauses.

use std::collections::BTreeMap;

use crate::transcript::segment::Segment;

/// Seconds of silence that end a stretch.
const LONGEST_PAUSE: f64 = 0.5;

/// What one speaker says on one track without a pause, joined. Speakers may take turns
/// word by word.
pub(super) fn phrases(words: Vec<Segment>) -> Vec<Segment> {
    let mut phrases: Vec<Segment> = Vec::new();
    let mut open: BTreeMap<(Option<String>, Option<String>), usize> = BTreeMap::new();
    for word in words {
        let voice = (word.speaker.clone(), word.channel.clone());
        let last = open.get(&voice).copied();
        let goes_on = last.filter(|last| {
            let pause = word
                .start
                .zip(phrases[*last].end)
                .map(|(start, end)| start - end);
            pause.is_none_or(|pause| (-LONGEST_PAUSE..=LONGEST_PAUSE).contains(&pause))
        });
        match goes_on {
            Some(last) => {
                let phrase = &mut phrases[last];
                if !phrase.text.is_empty() {
                    phrase.text.push(' ');
                }
                phrase.text.push_str(&word.text);
                phrase.end = word.end.or(phrase.end);
            }
            None => {
                open.insert(voice, phrases.len());
                phrases.push(word);
            }
        }
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_and_speakers_part_words() {
        let word = |(channel, start, end, text): (&str, f64, f64, &str)| Segment {
            channel: Some(channel.to_owned()),
            start: Some(start),
            end: Some(end),
            text: text.to_owned(),
            ..Segment::default()
        };
        let words = [
            ("A", 0.0, 0.3, "您"),
            ("B", 0.2, 0.4, "喂"),
            ("A", 0.4, 0.6, "好"),
            ("A", 1.2, 1.5, "请讲"),
            ("B", 0.5, 0.9, "hello"),
        ];
        let told = phrases(words.map(word).into()).into_iter().map(|phrase| {
            let time = |time: Option<f64>| time.unwrap_or(f64::NAN);
            let (start, end) = (time(phrase.start), time(phrase.end));
            format!(
                "{} {start}-{end} {}",
                phrase.channel.unwrap_or_default(),
                phrase.text
            )
        });
        let expected = ["A 0-0.6 您 好", "B 0.2-0.9 喂 hello", "A 1.2-1.5 请讲"];
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }
}
