//! From segments to turns.

use super::format::Recordings;
use super::segment::{Recording, Segment};
use super::speakers::{is_role_word, role_of};
use super::{InputProblem, MOST_TURNS, Place, ProblemKind, times};
use crate::conversation::{Conversation, Note, NoteKind, Role, Turn};

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
    let mut segments = recording.segments;
    if segments.is_empty() {
        return Err(ProblemKind::NoTurns);
    }
    if segments.len() > MOST_TURNS {
        return Err(ProblemKind::TooManyTurns { limit: MOST_TURNS });
    }
    for segment in &mut segments {
        (segment.start, segment.end) = times(segment.start, segment.end);
    }
    let mut conversation = Conversation {
        id: recording.id.unwrap_or(id),
        channel: recording.channel,
        turns: sorted(segments).map(turn).collect(),
        started_at: recording.started_at,
        agent: recording.agent,
        branch: recording.branch,
        notes: recording.notes,
        ..Conversation::default()
    };
    if conversation.channel.is_none() {
        conversation.notes.push(Note {
            turn: None,
            kind: NoteKind::ChannelUnknown,
            detail: String::new(),
        });
    }
    conversation.note_empty_turns();
    Ok(conversation)
}

/// By their beginning; one without a time stays behind the one before it.
fn sorted(segments: Vec<Segment>) -> impl Iterator<Item = Segment> {
    let mut last = 0.0;
    let timed = segments.into_iter().map(|segment| {
        last = segment.start.unwrap_or(last);
        (last, segment)
    });
    let mut timed: Vec<(f64, Segment)> = timed.collect();
    timed.sort_by(|a, b| a.0.total_cmp(&b.0));
    timed.into_iter().map(|(_, segment)| segment)
}

fn turn(segment: Segment) -> Turn {
    let label = segment.speaker.or(segment.channel);
    let known = label.as_deref().and_then(role_of);
    let role = segment.role.or(known).unwrap_or(Role::Unknown);
    let bare =
        |label: &String| known.is_some_and(|role| role != Role::Unknown) && is_role_word(label);
    Turn {
        role,
        text: segment.text,
        start: segment.start,
        end: segment.end,
        speaker: label.filter(|label| !bare(label)),
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
            "unknown Some(\"甲\") -  ",
            "unknown Some(\"1\") 2 c",
            "unknown Some(\"1\") - d",
        ];
        assert_eq!(turns, expected);
        let notes: Vec<_> = made.notes.iter().map(|note| note.kind).collect();
        assert_eq!(notes, [NoteKind::ChannelUnknown, NoteKind::EmptyTurn]);
        assert_eq!(made.id, "a");
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
