//! CTM and STM: lines of times and words, as scoring tools take them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::Place;
use super::super::super::detect::{Head, Sure};
use super::super::super::format::{Cut, Reader, Recordings};
use super::super::super::segment::{Recording, Segment};
use super::super::bad_times;

/// `rec 1 0.00 0.35 word 0.99`: a word a line.
pub(in super::super) const CTM: Reader = Reader {
    name: "ctm",
    extensions: &["ctm"],
    recognise: |head| recognise(head, Word::read, &["ctm"]),
    cut: Cut::Whole(words),
};

/// `rec 1 speaker 0.00 2.35 <o,f0> words`: a turn a line.
pub(in super::super) const STM: Reader = Reader {
    name: "stm",
    extensions: &["stm"],
    recognise: |head| recognise(head, Turn::read, &["stm"]),
    cut: Cut::Whole(turns),
};

/// How many lines have to look right where the name says nothing.
const FEWEST: usize = 3;

fn recognise<'a, T>(head: &Head<'a>, read: fn(&'a str) -> Option<T>, extensions: &[&str]) -> Sure {
    let mut lines = head.text.lines().filter(|line| !is_comment(line));
    let first: Vec<&str> = lines.by_ref().take(20).collect();
    let fitting = first.iter().filter(|line| read(line).is_some()).count();
    // The last line of a head may be cut.
    let all = fitting > 0 && fitting + 1 >= first.len();
    let strict = || fitting >= FEWEST && fitting == first.len() && first.iter().all(has_decimals);
    match head.is_named(extensions) {
        true if all => Sure::Signature,
        true => Sure::Named,
        false if strict() => Sure::Signature,
        false => Sure::No,
    }
}

/// Whether two numbers with a point stand on the line.
fn has_decimals(line: &&str) -> bool {
    let decimal = |field: &&str| field.contains('.') && field.parse::<f64>().is_ok();
    line.split_whitespace().filter(decimal).count() > 1
}

fn is_comment(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with(";;")
}

struct Word<'a> {
    recording: &'a str,
    channel: &'a str,
    start: f64,
    length: f64,
    text: &'a str,
}

impl<'a> Word<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let fields: Vec<&str> = line.split_whitespace().take(8).collect();
        let (5..=7) = fields.len() else { return None };
        let sure = fields
            .get(5)
            .is_none_or(|sure| *sure == "NA" || sure.parse::<f64>().is_ok());
        sure.then(|| {
            Some(Word {
                recording: fields[0],
                channel: channel(fields[1])?,
                start: time(fields[2])?,
                length: time(fields[3])?,
                text: fields[4],
            })
        })?
    }
}

struct Turn<'a> {
    recording: &'a str,
    channel: &'a str,
    speaker: &'a str,
    start: f64,
    end: f64,
    text: &'a str,
}

impl<'a> Turn<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut rest = line.trim();
        let mut field = || {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (field, after) = rest.split_at(end);
            rest = after.trim_start();
            (!field.is_empty()).then_some(field)
        };
        let (recording, channel_name, speaker) = (field()?, field()?, field()?);
        let (start, end) = (time(field()?)?, time(field()?)?);
        let labels = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        Some(Turn {
            recording,
            channel: channel(channel_name)?,
            speaker,
            start,
            end,
            text: labels.map_or(rest, |(_, text)| text.trim()),
        })
    }
}

/// `A`, `1`, `chan1`: short, and no number with a point.
fn channel(field: &str) -> Option<&str> {
    let short = field.chars().count() <= 8 && !field.contains('.');
    short.then_some(field)
}

/// Seconds; `NaN` is read, and noted later.
fn time(field: &str) -> Option<f64> {
    field
        .parse()
        .ok()
        .filter(|time: &f64| *time >= 0.0 || time.is_nan())
}

/// Recordings by name, in the order in which they begin.
#[derive(Default)]
struct Files<'a> {
    names: BTreeMap<&'a str, usize>,
    found: Vec<File<'a>>,
}

#[derive(Default)]
struct File<'a> {
    name: &'a str,
    channels: BTreeSet<&'a str>,
    segments: Vec<Segment>,
    bad: Vec<u64>,
}

impl<'a> Files<'a> {
    fn of(&mut self, name: &'a str, channel: &'a str) -> &mut File<'a> {
        let next = self.found.len();
        let at = *self.names.entry(name).or_insert(next);
        if at == next {
            self.found.push(File {
                name,
                ..File::default()
            });
        }
        self.found[at].channels.insert(channel);
        &mut self.found[at]
    }

    fn recordings(self, by_word: bool) -> Recordings {
        let recording = |mut file: File| {
            if file.channels.len() < 2 {
                // A single track tells nobody apart.
                for segment in &mut file.segments {
                    segment.channel = None;
                }
            }
            Ok(Recording {
                id: Some(file.name.to_owned()),
                segments: file.segments,
                notes: bad_times(file.bad.into_iter()),
                by_word,
                ..Recording::default()
            })
        };
        self.found.into_iter().map(recording).collect()
    }
}

fn words(text: &str, _: &Place) -> Recordings {
    let mut files = Files::default();
    for (line, text) in (1..).zip(text.lines()) {
        let Some(word) = Word::read(text).filter(|_| !is_comment(text)) else {
            continue;
        };
        let file = files.of(word.recording, word.channel);
        if word.start.is_nan() || word.length.is_nan() {
            file.bad.push(line);
        }
        // Sums of decimals are no decimals; a thousandth is enough.
        let end = ((word.start + word.length) * 1000.0).round() / 1000.0;
        file.segments.push(Segment {
            channel: Some(word.channel.to_owned()),
            start: Some(word.start).filter(|time| time.is_finite()),
            end: Some(end).filter(|time| time.is_finite()),
            text: word.text.to_owned(),
            ..Segment::default()
        });
    }
    files.recordings(true)
}

fn turns(text: &str, _: &Place) -> Recordings {
    let mut files = Files::default();
    for (line, text) in (1..).zip(text.lines()) {
        let Some(turn) = Turn::read(text).filter(|_| !is_comment(text)) else {
            continue;
        };
        let nothing = turn.text == "IGNORE_TIME_SEGMENT_IN_SCORING";
        if nothing || turn.text.is_empty() || turn.speaker == "inter_segment_gap" {
            continue;
        }
        let file = files.of(turn.recording, turn.channel);
        if turn.start.is_nan() || turn.end.is_nan() || turn.end < turn.start {
            file.bad.push(line);
        }
        file.segments.push(Segment {
            speaker: Some(turn.speaker.to_owned()),
            channel: Some(turn.channel.to_owned()),
            start: Some(turn.start).filter(|time| time.is_finite()),
            end: Some(turn.end).filter(|time| time.is_finite()),
            text: first_of_each(turn.text),
            ..Segment::default()
        });
    }
    files.recordings(false)
}

/// `{ 您 / 你 / @ }` gives several readings of the same; the first is taken.
fn first_of_each(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{ ") {
        let Some((readings, behind)) = after.split_once(" }") else {
            break;
        };
        plain.push_str(before);
        let first = readings.split(" / ").next().unwrap_or_default().trim();
        plain.push_str(if first == "@" { "" } else { first });
        rest = behind;
    }
    plain.push_str(rest);
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_chosen() {
        assert_eq!(first_of_each("{ 您 / 你 } 好 { @ / 啊 }"), "您 好");
        assert_eq!(first_of_each("您好 { 吧"), "您好 { 吧");
    }
}
