//! A data folder of Kaldi: a file `text`, and beside it who says what and when.
//!
//! ```text
//! text                    call1-A-0001 您 好
//! segments                call1-A-0001 call1-A 0.50 2.35
//! utt2spk                 call1-A-0001 agent7
//! reco2file_and_channel   call1-A call1 A
//! ```
//! Only `text` has to be there. Without `segments` nothing tells one recording from
//! another, so all of it is one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::super::super::detect::{Head, Sure};
use super::super::super::format::{Cut, Reader, Recordings};
use super::super::super::segment::{Recording, Segment};
use super::super::super::{Place, beside};
use super::super::bad_times;

pub(in super::super) const READER: Reader = Reader {
    name: "kaldi",
    extensions: &[],
    recognise,
    cut: Cut::Whole(parse),
};

fn recognise(head: &Head) -> Sure {
    let name = Path::new(head.name).file_name();
    let mut lines = head.text.lines().filter(|line| !line.trim().is_empty());
    let id = |line: &str| {
        let id = line.split_whitespace().next().unwrap_or_default();
        id.is_ascii() && !id.contains(':')
    };
    match name.is_some_and(|name| name == "text") && lines.all(id) {
        true => Sure::Signature,
        false => Sure::No,
    }
}

/// Where an utterance lies.
struct Where<'a> {
    recording: &'a str,
    start: Option<f64>,
    end: Option<f64>,
    bad: bool,
}

fn parse(text: &str, place: &Place) -> Recordings {
    let file = |name| beside::named(place, name).unwrap_or_default();
    let (segments, speakers) = (file("segments"), file("utt2spk"));
    let tracks = file("reco2file_and_channel");
    let segments: BTreeMap<&str, Where> = segments.lines().filter_map(utterance).collect();
    let speakers = table(&speakers);
    let tracks = table(&tracks);
    // Where speakers aren't known each utterance is its own.
    let known = speakers
        .iter()
        .any(|(utterance, speaker)| *utterance != speaker[0]);
    let folder = Path::new(&*place.source).parent().and_then(Path::file_name);
    let folder = folder.map(|name| name.to_string_lossy().into_owned());
    let mut found: Vec<Recording> = Vec::new();
    let mut bad: Vec<Vec<u64>> = Vec::new();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (line, text) in (1..).zip(text.lines()) {
        let (utterance, words) = text
            .trim()
            .split_once(char::is_whitespace)
            .unwrap_or((text.trim(), ""));
        if utterance.is_empty() {
            continue;
        }
        let at = segments.get(utterance);
        let recording = at.map_or("", |at| at.recording);
        let track = tracks.get(recording);
        let name = track.map_or(recording, |track| track[0]);
        let next = found.len();
        let number = *names.entry(name).or_insert(next);
        if number == next {
            let id = Some(name.to_owned()).filter(|name| !name.is_empty());
            found.push(Recording {
                id: id.or_else(|| folder.clone()),
                ..Recording::default()
            });
            bad.push(Vec::new());
        }
        if at.is_some_and(|at| at.bad) {
            bad[number].push(line);
        }
        let speaker = speakers.get(utterance).filter(|_| known);
        found[number].segments.push(Segment {
            speaker: speaker.map(|speaker| speaker[0].to_owned()),
            channel: track
                .and_then(|track| track.get(1))
                .map(|&channel| channel.to_owned()),
            start: at.and_then(|at| at.start),
            end: at.and_then(|at| at.end),
            text: words.trim().to_owned(),
            ..Segment::default()
        });
    }
    for (recording, bad) in found.iter_mut().zip(bad) {
        recording.notes = bad_times(bad.into_iter());
        let channels: BTreeSet<_> = recording
            .segments
            .iter()
            .map(|segment| &segment.channel)
            .collect();
        if channels.len() < 2 {
            for segment in &mut recording.segments {
                segment.channel = None;
            }
        }
    }
    found.into_iter().map(Ok).collect()
}

fn utterance(line: &str) -> Option<(&str, Where<'_>)> {
    let mut fields = line.split_whitespace();
    let (name, recording) = (fields.next()?, fields.next()?);
    let mut time = || {
        fields
            .next()?
            .parse()
            .ok()
            .filter(|time: &f64| time.is_finite())
    };
    let (start, end) = (time(), time());
    let reversed = end.zip(start).is_some_and(|(end, start)| end < start);
    let bad = start.is_none() || end.is_none() || reversed;
    Some((
        name,
        Where {
            recording,
            start,
            end,
            bad,
        },
    ))
}

/// Lines as their first field and the others, of which there is at least one.
fn table(text: &str) -> BTreeMap<&str, Vec<&str>> {
    let row = |line| {
        let mut fields = str::split_whitespace(line);
        let name = fields.next()?;
        let others: Vec<&str> = fields.take(2).collect();
        (!others.is_empty()).then_some((name, others))
    };
    text.lines().filter_map(row).collect()
}
