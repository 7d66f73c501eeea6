//! Who speaks when, from another tool than who wrote the words: RTTM.
//!
//! Recognisers that don't tell speakers apart are run beside tools that do nothing else.
//! Such a list has no words, so it is laid over a text without speakers: whoever speaks
//! longest during a stretch is taken to have said it.

use std::collections::BTreeMap;

use super::segment::Recording;
use super::speakers::{is_role_word, role_of};
use super::{Place, beside};
use crate::conversation::{Conversation, Note, NoteKind, Role};

/// The stretches in which somebody speaks, by recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpeakerTimes {
    /// What the list is called, for a note.
    name: String,
    recordings: BTreeMap<String, Vec<Stretch>>,
}

#[derive(Clone, Debug, PartialEq)]
struct Stretch {
    start: f64,
    end: f64,
    speaker: String,
}

impl Eq for SpeakerTimes {}

impl SpeakerTimes {
    /// The stretches that a list in RTTM gives, one a line:
    /// `SPEAKER recording channel start length <NA> <NA> name <NA> <NA>`, in seconds.
    /// `name` is what the list is called. Nothing, if there is no such line.
    pub fn read(text: &str, name: &str) -> Option<Self> {
        let mut times = SpeakerTimes {
            name: name.to_owned(),
            ..SpeakerTimes::default()
        };
        for line in text.lines() {
            let fields: Vec<&str> = line.split_whitespace().take(8).collect();
            let ["SPEAKER", recording, _, start, length, _, _, speaker] = fields[..] else {
                continue;
            };
            let time = |field: &str| field.parse::<f64>().ok().filter(|time| time.is_finite());
            let (Some(start), Some(length)) = (time(start), time(length)) else {
                continue;
            };
            let stretch = Stretch {
                start,
                end: start + length,
                speaker: speaker.to_owned(),
            };
            let of = times.recordings.entry(recording.to_owned()).or_default();
            of.push(stretch);
        }
        for stretches in times.recordings.values_mut() {
            stretches.sort_by(|a, b| a.start.total_cmp(&b.start));
        }
        (!times.recordings.is_empty()).then_some(times)
    }

    /// The list that lies beside a transcript and is called like it.
    pub(super) fn beside(place: &Place) -> Option<Self> {
        let (text, name) = beside::twin(place, "rttm")?;
        Self::read(&text, &name)
    }

    /// The stretches of a recording: of the one so called, or of the only one there is.
    fn of(&self, names: [&str; 2], single: bool) -> Option<&[Stretch]> {
        let named = names.into_iter().find_map(|name| self.recordings.get(name));
        let only = || {
            let mut all = self.recordings.values();
            all.next().filter(|_| single && self.recordings.len() == 1)
        };
        named.or_else(only).map(Vec::as_slice)
    }

    /// Gives the segments of a recording without speakers those of the list. `stem` is
    /// what its file is called, and `single` whether the file holds no other.
    pub(super) fn name_speakers(&self, recording: &mut Recording, stem: &str, single: bool) {
        let id = recording.id.clone().unwrap_or_default();
        let Some(stretches) = self.of([&id, stem], single) else {
            recording.notes.push(self.note(NoteKind::SpeakersNotListed));
            return;
        };
        let spans = recording
            .segments
            .iter()
            .map(|segment| (segment.start, segment.end));
        let names = longest(spans, stretches);
        for (segment, name) in recording.segments.iter_mut().zip(names) {
            segment.speaker = name;
        }
        recording.notes.push(self.note(NoteKind::SpeakersListed));
    }

    /// The same for a conversation whose turns have been made already.
    pub(super) fn name_turns(&self, conversation: &mut Conversation, stem: &str) {
        let Some(stretches) = self.of([&conversation.id, stem], true) else {
            conversation
                .notes
                .push(self.note(NoteKind::SpeakersNotListed));
            return;
        };
        let starts = conversation.turns.iter().skip(1).map(|turn| turn.start);
        let next = starts.chain([None]);
        let spans = conversation.turns.iter().zip(next);
        let spans = spans.map(|(turn, next)| (turn.start, turn.end.or(next)));
        let names = longest(spans, stretches);
        for (turn, name) in conversation.turns.iter_mut().zip(names) {
            let role = name.as_deref().and_then(role_of).unwrap_or(Role::Unknown);
            let bare = |name: &String| role != Role::Unknown && is_role_word(name);
            turn.role = role;
            turn.speaker = name.filter(|name| !bare(name));
        }
        conversation.notes.push(self.note(NoteKind::SpeakersListed));
    }

    fn note(&self, kind: NoteKind) -> Note {
        Note {
            turn: None,
            kind,
            detail: self.name.clone(),
        }
    }
}

/// Who speaks longest in each span; nobody, where nobody does. Of a span without an end
/// whoever speaks as it begins.
fn longest(
    spans: impl Iterator<Item = (Option<f64>, Option<f64>)>,
    stretches: &[Stretch],
) -> Vec<Option<String>> {
    let most = stretches.iter().map(|stretch| stretch.end - stretch.start);
    let most = most.fold(0.0, f64::max);
    let of = |(start, end): (Option<f64>, Option<f64>)| {
        let start = start?;
        let end = end.filter(|end| *end > start).unwrap_or(start + INSTANT);
        // Those that begin so early are over.
        let from = stretches.partition_point(|stretch| stretch.start + most <= start);
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        for stretch in stretches[from..]
            .iter()
            .take_while(|stretch| stretch.start < end)
        {
            let shared = stretch.end.min(end) - stretch.start.max(start);
            if shared > 0.0 {
                *sums.entry(&stretch.speaker).or_insert(0.0) += shared;
            }
        }
        let mut best: Option<(&str, f64)> = None;
        for (speaker, sum) in sums {
            if best.is_none_or(|(_, most)| sum > most) {
                best = Some((speaker, sum));
            }
        }
        best.map(|(speaker, _)| speaker.to_owned())
    };
    spans.map(of).collect()
}

/// Seconds that an instant is taken to last.
const INSTANT: f64 = 0.1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_speaks_longest_said_it() {
        let rttm = ";; 备注\nSPEAKER call1 1 0.0 2.0 <NA> <NA> spk0 <NA> <NA>\n\
            SPEAKER call1 1 1.5 3.0 <NA> <NA> spk1 <NA> <NA>\n\
            SPEAKER call1 1 4.0 1.0 <NA> <NA> spk0 <NA> <NA>\n\
            SPEAKER call1 1 nan 1.0 <NA> <NA> spk9 <NA> <NA>\n";
        let times = SpeakerTimes::read(rttm, "a.rttm").expect("it has lines");
        let stretches = times.of(["", "call1"], false).expect("it is there");
        let spans = [
            (Some(0.0), Some(1.9)),
            (Some(1.6), Some(4.0)),
            (Some(1.0), Some(5.0)),
            (Some(4.6), None),
            (Some(9.0), Some(10.0)),
            (None, Some(1.0)),
        ];
        let names = longest(spans.into_iter(), stretches);
        let names: Vec<&str> = names
            .iter()
            .map(|name| name.as_deref().unwrap_or("-"))
            .collect();
        assert_eq!(names, ["spk0", "spk1", "spk1", "spk0", "-", "-"]);
        assert!(times.of(["x", "y"], false).is_none());
        assert!(times.of(["x", "y"], true).is_some());
        assert_eq!(SpeakerTimes::read("客服：您好", "a"), None);
    }
}
