//! ELAN's `.eaf`: XML with times in one list, and tiers that refer to it.
//!
//! Of the tiers only those that hang on no other are read: words and translations hang
//! on the turns that they belong to. A time need not be known; then it lies between the
//! known ones around it.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::super::super::detect::{Head, Sure};
use super::super::super::format::{Cut, Reader, Recordings};
use super::super::super::{InputProblem, Place, ProblemKind};
use super::super::subtitle::unescaped;
use super::tiers::{Mark, Tier, conversation};

pub(in super::super) const READER: Reader = Reader {
    name: "eaf",
    extensions: &["eaf"],
    recognise,
    cut: Cut::Whole(parse),
};

fn recognise(head: &Head) -> Sure {
    match head.text.contains("<ANNOTATION_DOCUMENT") {
        true => Sure::Signature,
        false if head.is_named(READER.extensions) => Sure::Named,
        false => Sure::No,
    }
}

fn parse(text: &str, place: &Place) -> Recordings {
    let mut document = Document::default();
    let read = document.read(text);
    let mut recordings = conversation(document.tiers());
    if let Err(at) = read {
        let lines = text.as_bytes()[..at.min(text.len())].iter();
        let line = 1 + lines.filter(|&&byte| byte == b'\n').count() as u64;
        let place = Place::new(place.source.clone(), line);
        let kind = ProblemKind::CutOff;
        let problem = Err(InputProblem { place, kind });
        match recordings
            .iter()
            .flatten()
            .all(|found| found.segments.is_empty())
        {
            true => return vec![problem],
            false => recordings.push(problem),
        }
    }
    recordings
}

#[derive(Default)]
struct Document {
    /// The times by their names, in milliseconds.
    slots: BTreeMap<String, Option<f64>>,
    tiers: Vec<Part>,
}

/// A tier, and the names of its times.
#[derive(Default)]
struct Part {
    tier: Tier,
    parent: Option<String>,
    times: Vec<(String, String)>,
}

impl Document {
    /// Takes what can be read.
    ///
    /// # Errors
    /// The byte at which that ends.
    fn read(&mut self, text: &str) -> Result<(), usize> {
        let mut reader = quick_xml::Reader::from_str(text);
        let mut value: Option<String> = None;
        let mut line_of = Lines::default();
        let mut open = 0_usize;
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
            let event = reader.read_event().map_err(|_| at)?;
            match &event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let line = line_of.at(text, at);
                    self.tag(tag, line);
                    value = (tag.name().as_ref() == TEXT).then(String::new);
                }
                Event::Text(words) => {
                    if let Some(value) = &mut value {
                        value.push_str(words.as_ref());
                    }
                }
                Event::CData(words) => {
                    if let Some(value) = &mut value {
                        value.push_str(words.as_ref());
                    }
                }
                Event::GeneralRef(name) => {
                    if let Some(value) = &mut value {
                        value.push('&');
                        value.push_str(name.as_ref());
                        value.push(';');
                    }
                }
                Event::End(tag) if tag.name().as_ref() == TEXT => {
                    let mark = self
                        .tiers
                        .last_mut()
                        .and_then(|part| part.tier.marks.last_mut());
                    if let Some((mark, value)) = mark.zip(value.take()) {
                        mark.text = unescaped(&value);
                    }
                }
                Event::Eof if open == 0 => return Ok(()),
                Event::Eof => return Err(at),
                _ => {}
            }
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open = open.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn tag(&mut self, tag: &BytesStart, line: u64) {
        match tag.name().as_ref() {
            SLOT => {
                if let Some(name) = attribute(tag, "TIME_SLOT_ID") {
                    let time = attribute(tag, "TIME_VALUE").and_then(|time| time.parse().ok());
                    self.slots.insert(name, time);
                }
            }
            TIER => self.tiers.push(Part {
                tier: Tier {
                    name: attribute(tag, "TIER_ID").unwrap_or_default(),
                    participant: attribute(tag, "PARTICIPANT")
                        .map(|name| name.trim().to_owned())
                        .filter(|name| !name.is_empty()),
                    ..Tier::default()
                },
                parent: attribute(tag, "PARENT_REF"),
                times: Vec::new(),
            }),
            ALIGNABLE | REFERRING => {
                if let Some(part) = self.tiers.last_mut() {
                    let slot = |name| attribute(tag, name).unwrap_or_default();
                    part.times
                        .push((slot("TIME_SLOT_REF1"), slot("TIME_SLOT_REF2")));
                    part.tier.marks.push(Mark {
                        line,
                        ..Mark::default()
                    });
                }
            }
            _ => {}
        }
    }

    /// The tiers that hang on no other, with their times.
    fn tiers(self) -> Vec<Tier> {
        let slots = self.slots;
        let parts = self.tiers.into_iter().filter(|part| part.parent.is_none());
        parts
            .map(|part| {
                let mut tier = part.tier;
                let times = times(&part.times, &slots);
                for (mark, (start, end)) in tier.marks.iter_mut().zip(times) {
                    (mark.start, mark.end) = (start, end);
                }
                tier
            })
            .collect()
    }
}

/// Names of elements.
const SLOT: &str = "TIME_SLOT";
const TIER: &str = "TIER";
const ALIGNABLE: &str = "ALIGNABLE_ANNOTATION";
const REFERRING: &str = "REF_ANNOTATION";
const TEXT: &str = "ANNOTATION_VALUE";

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    Some(unescaped(&attribute.value))
}

/// The ends of a tier's annotations in seconds. Unknown ones lie evenly between the known
/// ones before and behind them, if there are any.
fn times(
    names: &[(String, String)],
    slots: &BTreeMap<String, Option<f64>>,
) -> Vec<(Option<f64>, Option<f64>)> {
    let mut chain: Vec<&str> = Vec::new();
    for name in names.iter().flat_map(|(start, end)| [start.as_str(), end]) {
        if chain.last() != Some(&name) {
            chain.push(name);
        }
    }
    let mut known: Vec<Option<f64>> = chain.iter().map(|name| *slots.get(*name)?).collect();
    let mut last: Option<usize> = None;
    for at in 0..known.len() {
        let Some(time) = known[at] else { continue };
        if let Some((before, from)) = last.and_then(|before| Some((before, known[before]?)))
            && at - before > 1
            && from <= time
        {
            let step = (time - from) / (at - before) as f64;
            for (number, unknown) in (1..).zip(before + 1..at) {
                known[unknown] = Some((from + step * f64::from(number)).round());
            }
        }
        last = Some(at);
    }
    let of: BTreeMap<&str, Option<f64>> = chain.into_iter().zip(known).collect();
    let seconds = |name: &String| {
        of.get(name.as_str())
            .copied()
            .flatten()
            .map(|ms| ms / 1000.0)
    };
    names
        .iter()
        .map(|(start, end)| (seconds(start), seconds(end)))
        .collect()
}

/// Lines counted once, whatever is asked for in rising order.
#[derive(Default)]
struct Lines {
    byte: usize,
    line: u64,
}

impl Lines {
    fn at(&mut self, text: &str, byte: usize) -> u64 {
        let byte = byte.min(text.len());
        if byte > self.byte {
            let new = text.as_bytes()[self.byte..byte].iter();
            self.line += new.filter(|&&byte| byte == b'\n').count() as u64;
            self.byte = byte;
        }
        self.line + 1
    }
}
