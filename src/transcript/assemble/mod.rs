//! From segments to turns.
//!
//! ```text
//! segments ─► said (markers out) ─► in order of time ─► join ─► turns
//!                   └─► set apart: noise, silence, nothing
//! ```
//!
//! A recogniser cuts where it hears a pause, writes what it can't hear as words, and
//! writes words where nobody speaks. A turn is what one person says without a break:
//! so what isn't talk is set apart, what one speaker says in one breath is joined, and
//! what others say in between, or at the same time, keeps its place.

mod join;
mod markers;
mod phrases;

use std::collections::{BTreeMap, BTreeSet};

use super::format::Recordings;
use super::segment::{Recording, Segment};
use super::speakers::{is_role_word, role_of};
use super::{InputProblem, MOST_TURNS, Place, ProblemKind, times};
use crate::conversation::{Conversation, Note, NoteKind, Role, Turn};
use join::{join, without_word_spaces};
use markers::{Said, said};
use phrases::phrases;

/// The conversations that a file at `place` holds. One without an id gets the file's
/// name, and a number if there are several.
pub(super) fn assemble(
    recordings: Recordings,
    place: &Place,
) -> Vec<Result<Conversation, InputProblem>> {
    let several = recordings.len() > 1;
    let named = recordings.into_iter().enumerate();
    named
        .map(|(number, recording)| {
            let id = match several {
                true => format!("{}:{}", place.stem(), number + 1),
                false => place.stem(),
            };
            conversation(recording?, id).map_err(|kind| InputProblem {
                place: place.clone(),
                kind,
            })
        })
        .collect()
}

fn conversation(recording: Recording, id: String) -> Result<Conversation, ProblemKind> {
    let segments = match recording.by_word {
        true => phrases(recording.segments),
        false => recording.segments,
    };
    let too_many = ProblemKind::TooManyTurns { limit: MOST_TURNS };
    if segments.len() > MOST_TURNS {
        return Err(too_many);
    }
    let read = segments.len();
    let labels = Labels::of(&segments);
    let mut spoken = 0;
    let mut pieces = Vec::with_capacity(read);
    for segment in segments {
        let before = pieces.len();
        pieces.extend(labels.pieces(segment));
        spoken += usize::from(pieces.len() > before);
    }
    if pieces.is_empty() {
        return Err(ProblemKind::NoTurns);
    }
    if pieces.len() > MOST_TURNS {
        return Err(too_many);
    }
    without_word_spaces(&mut pieces);
    let pieces = join(sorted(pieces));
    let mut notes = recording.notes;
    let known = notes.iter().any(|note| note.kind == NoteKind::BadTimes);
    if !known {
        let bad = pieces
            .iter()
            .enumerate()
            .filter(|(_, piece)| piece.bad_times);
        notes.extend(bad.map(|(turn, _)| note(Some(turn), NoteKind::BadTimes, String::new())));
    }
    if spoken < read {
        notes.push(note(None, NoteKind::SetApart, (read - spoken).to_string()));
    }
    if recording.channel.is_none() {
        notes.push(note(None, NoteKind::ChannelUnknown, String::new()));
    }
    Ok(Conversation {
        id: recording.id.unwrap_or(id),
        channel: recording.channel,
        turns: pieces.into_iter().map(turn).collect(),
        started_at: recording.started_at,
        agent: recording.agent,
        branch: recording.branch,
        notes,
        ..Conversation::default()
    })
}

fn note(turn: Option<usize>, kind: NoteKind, detail: String) -> Note {
    Note { turn, kind, detail }
}

/// A stretch of talk on its way from a segment to a turn.
#[derive(Clone, Debug)]
struct Piece {
    /// Whom the recogniser says it is from.
    label: Option<String>,
    role: Role,
    start: Option<f64>,
    end: Option<f64>,
    text: String,
    /// Whether the recogniser heard another speaker begin here.
    turns: bool,
    bad_times: bool,
}

/// By what the speakers of a recording are told apart.
enum Labels {
    /// Their names; the track where there is none.
    Speakers,
    /// The tracks: names are given anew on each, and one speaks on each.
    Channels,
    /// Both.
    Both,
}

impl Labels {
    fn of(segments: &[Segment]) -> Self {
        let mut tracks: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for segment in segments {
            if let Some(track) = &segment.channel {
                tracks
                    .entry(track)
                    .or_default()
                    .extend(segment.speaker.as_deref());
            }
        }
        let names: Vec<&str> = tracks.values().flatten().copied().collect();
        let distinct: BTreeSet<&str> = names.iter().copied().collect();
        match () {
            () if tracks.len() < 2 || names.len() == distinct.len() => Labels::Speakers,
            () if tracks.values().all(|names| names.len() <= 1) => Labels::Channels,
            () => Labels::Both,
        }
    }

    fn label(&self, speaker: Option<String>, channel: Option<String>) -> Option<String> {
        match (self, speaker, channel) {
            (Labels::Both, Some(speaker), Some(channel)) => Some(format!("{channel}:{speaker}")),
            (Labels::Channels, speaker, channel) => channel.or(speaker),
            (_, speaker, channel) => speaker.or(channel),
        }
    }

    /// What of a segment is talk: several pieces where speakers change within it.
    fn pieces(&self, segment: Segment) -> Vec<Piece> {
        let names = [&segment.speaker, &segment.channel];
        let told = names.into_iter().flatten().find_map(|name| role_of(name));
        let role = segment.role.or(told).unwrap_or(Role::Unknown);
        let (start, end) = times(segment.start, segment.end);
        let bad_times = (start, end) != (segment.start, segment.end);
        let label = self.label(segment.speaker, segment.channel);
        let (role, texts) = match said(&segment.text) {
            Said::Nothing => return Vec::new(),
            Said::Scene(text) => (Role::Scene, vec![text]),
            Said::Words(texts) => (role, texts),
        };
        let last = texts.len() - 1;
        let pieces = texts.into_iter().enumerate().map(|(number, text)| Piece {
            label: label.clone().filter(|_| role != Role::Scene),
            role,
            start: start.filter(|_| number == 0),
            end: end.filter(|_| number == last),
            text,
            turns: number > 0,
            bad_times,
        });
        pieces.collect()
    }
}

/// By their beginning; one without a time stays behind the one before it.
fn sorted(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut last = 0.0;
    let timed = pieces.into_iter().map(|piece| {
        last = piece.start.unwrap_or(last);
        (last, piece)
    });
    let mut timed: Vec<(f64, Piece)> = timed.collect();
    timed.sort_by(|a, b| a.0.total_cmp(&b.0));
    timed.into_iter().map(|(_, piece)| piece).collect()
}

fn turn(piece: Piece) -> Turn {
    // A word that is a role tells no more than the role does.
    let bare = |label: &String| piece.role != Role::Unknown && is_role_word(label);
    Turn {
        role: piece.role,
        text: piece.text,
        start: piece.start,
        end: piece.end,
        speaker: piece.label.filter(|label| !bare(label)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(speaker: &str, start: Option<f64>, text: &str) -> Segment {
        Segment {
            speaker: Some(speaker.to_owned()),
            start,
            text: text.to_owned(),
            ..Segment::default()
        }
    }

    #[test]
    fn segments_become_turns_in_the_order_of_time() {
        let recording = Recording {
            segments: vec![
                said("1", Some(2.0), "c"),
                said("1", None, "d"),
                said("坐席", Some(0.5), "a"),
                said("坐席2", Some(0.5), "b"),
                said("甲", Some(f64::NAN), " "),
            ],
            ..Recording::default()
        };
        let place = Place::new("calls/a.json", 1);
        let told = |turn: &Turn| {
            let start = turn.start.map_or("-".to_owned(), |start| start.to_string());
            format!(
                "{} {:?} {start} {}",
                turn.role.name(),
                turn.speaker,
                turn.text
            )
        };
        let made = assemble(vec![Ok(recording.clone())], &place).remove(0);
        let made = made.expect("it holds turns");
        let turns: Vec<_> = made.turns.iter().map(told).collect();
        let expected = [
            "staff None 0.5 a",
            "staff Some(\"坐席2\") 0.5 b",
            "unknown Some(\"1\") 2 c",
            "unknown Some(\"1\") - d",
        ];
        assert_eq!(turns, expected);
        let notes: Vec<_> = made.notes.iter().map(|note| note.kind).collect();
        assert_eq!(notes, [NoteKind::SetApart, NoteKind::ChannelUnknown]);
        assert_eq!(made.id, "a");
    }

    fn heard(speaker: &str, channel: &str) -> Segment {
        let name = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        Segment {
            speaker: name(speaker),
            channel: name(channel),
            text: "好".to_owned(),
            ..Segment::default()
        }
    }

    #[test]
    fn tracks_tell_speakers_apart_where_names_dont() {
        type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);
        let cases: [Case<'_>; 5] = [
            (&[("0", ""), ("1", "")], &["0", "1"]),
            (&[("", "0"), ("", "1")], &["0", "1"]),
            (&[("0", "left"), ("0", "right")], &["left", "right"]),
            (
                &[("1", "0"), ("2", "0"), ("1", "1")],
                &["0:1", "0:2", "1:1"],
            ),
            (&[("a", "0"), ("b", "1")], &["a", "b"]),
        ];
        for (names, labels) in cases {
            let segments = names
                .iter()
                .map(|(speaker, channel)| heard(speaker, channel));
            let recording = Recording {
                segments: segments.collect(),
                ..Recording::default()
            };
            let made = conversation(recording, "a".to_owned()).expect("it holds turns");
            let speakers = made.turns.iter().map(|turn| turn.speaker.as_deref());
            assert_eq!(speakers.flatten().collect::<Vec<_>>(), labels);
        }
    }

    #[test]
    fn what_isnt_talk_is_set_apart_and_times_that_cant_be_are_noted() {
        let mut segments = vec![
            said("A", Some(0.0), "[noise]"),
            said("A", Some(1.0), "您好 [SPEAKER_TURN] 查余额"),
            said("B", Some(3.0), "。"),
            said("B", Some(4.0), "(电话铃响)"),
            said("B", Some(5.0), "好"),
        ];
        segments[4].end = Some(2.0);
        let recording = Recording {
            segments,
            channel: Some(crate::conversation::Channel::Counter),
            ..Recording::default()
        };
        let made = conversation(recording, "a".to_owned()).expect("it holds turns");
        let told = |turn: &Turn| {
            format!(
                "{} {:?} {:?} {}",
                turn.role.name(),
                turn.speaker,
                turn.start,
                turn.text
            )
        };
        let expected = [
            "unknown Some(\"A\") Some(1.0) 您好",
            "unknown Some(\"A\") None 查余额",
            "scene None Some(4.0) 电话铃响",
            "unknown Some(\"B\") None 好",
        ];
        assert_eq!(made.turns.iter().map(told).collect::<Vec<_>>(), expected);
        let notes = [
            note(Some(3), NoteKind::BadTimes, String::new()),
            note(None, NoteKind::SetApart, "2".to_owned()),
        ];
        assert_eq!(made.notes, notes);
    }

    #[test]
    fn several_conversations_of_a_file_get_numbers_and_a_bad_one_costs_no_other() {
        let place = Place::new("calls/a.csv", 1);
        let good = |id: Option<&str>| {
            Ok(Recording {
                id: id.map(str::to_owned),
                segments: vec![said("甲", None, "好")],
                ..Recording::default()
            })
        };
        let bad = InputProblem {
            place: Place::new("calls/a.csv", 7),
            kind: ProblemKind::NoTurns,
        };
        let recordings = vec![
            good(Some("x")),
            Err(bad),
            good(None),
            Ok(Recording::default()),
        ];
        let told = assemble(recordings, &place)
            .into_iter()
            .map(|made| match made {
                Ok(conversation) => conversation.id,
                Err(problem) => problem.to_string(),
            });
        let expected = [
            "x",
            "calls/a.csv:7: no-turns",
            "a:3",
            "calls/a.csv:1: no-turns",
        ];
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }
}
