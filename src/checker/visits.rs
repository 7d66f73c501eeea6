//! A whole day on one recorder, cut into visits.

use super::Checker;
use crate::conversation::{Channel, Conversation, Note, NoteKind, Role, Turn, Visit};
use crate::judging::roles::infer;
use crate::judging::visits::Day;
use crate::judging::{infer_channel, roles_known};
use crate::matching::{Hit, Scratch};
use crate::moment::Moment;
use jiff::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// From so many turns on a recording without times is a day's and no single talk.
const LONG_TURNS: f64 = 300.0;
/// From so many seconds on, where there are times.
const LONG_SECONDS: f64 = 3600.0;
/// A recording of more than this share of it is looked at, but left whole.
const DOUBTFUL: f64 = 0.4;
/// What falls into fewer visits isn't plainly a day: somebody may have come back.
const LEAST_VISITS: usize = 3;
/// Numbers in ids have as many digits at least, so that ids sort as visits do.
const DIGITS: usize = 3;

/// Which recordings are cut into visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cutting {
    /// Those that are plainly a day at a counter: of an hour and more (of 300 turns and
    /// more, where there are no times), with three visits or more in them, and no
    /// telephone call. Where shorter ones or calls seem to hold as many, that is noted.
    #[default]
    Long,
    /// All in which several are found.
    All,
    /// None.
    Nothing,
}

impl Checker {
    /// The visits that a recording holds, each a conversation of its own; the
    /// recording as it is, where it isn't cut.
    ///
    /// A visit is named after the recording, `day#001`, and points back to it. Its times
    /// count from its own beginning.
    pub fn visits(
        &self,
        mut recording: Conversation,
        cutting: Cutting,
        scratch: &mut Scratch,
    ) -> Vec<Conversation> {
        let share = share_of_long(&recording);
        let is_asked = cutting == Cutting::All;
        let is_short = !is_asked && share < DOUBTFUL;
        if cutting == Cutting::Nothing || is_short || recording.visit.is_some() {
            return vec![recording];
        }
        let mut hits = self.hits(&recording, scratch);
        let channel = recording.channel;
        let channel = channel.or_else(|| infer_channel(&self.rules, &recording, &hits));
        let is_call = matches!(channel, Some(Channel::PhoneIn | Channel::PhoneOut));
        let is_cut = is_asked || share >= 1.0 && !is_call;
        let mut told = None;
        if let Some(with_roles) = self.tell_speakers(&recording, &hits) {
            hits = self.hits(&with_roles, scratch);
            told = Some(with_roles);
        }
        let known = told.as_ref().unwrap_or(&recording);
        let visits = Day::new(&self.rules.folding, known, &hits).cut(&self.rules);
        match visits.len() {
            ..2 => vec![recording],
            count if !is_asked && count < LEAST_VISITS => vec![recording],
            _ if is_cut => parts(known, visits),
            count => {
                recording.notes.push(Note {
                    turn: None,
                    kind: NoteKind::SeveralVisits,
                    detail: count.to_string(),
                });
                vec![recording]
            }
        }
    }

    /// The recording with roles, where it has none and tells speakers apart: who speaks
    /// all day long is easier told than who speaks in one visit.
    fn tell_speakers(&self, recording: &Conversation, hits: &[Hit]) -> Option<Conversation> {
        let unknown = recording
            .turns
            .iter()
            .filter(|turn| turn.role == Role::Unknown);
        let labels: BTreeSet<Option<&str>> = unknown.map(|turn| turn.speaker.as_deref()).collect();
        if labels.len() < 2 || labels.contains(&None) || roles_known(recording) {
            return None;
        }
        let inferred = infer(&self.rules, recording, hits)?;
        let mut told = recording.clone();
        for (turn, role) in told.turns.iter_mut().zip(inferred.roles) {
            turn.role = role;
        }
        told.notes.retain(|note| note.kind != NoteKind::UnknownRole);
        told.notes.push(Note {
            turn: None,
            kind: NoteKind::RolesInferred,
            detail: format!("{:.2}", inferred.confidence),
        });
        Some(told)
    }
}

/// How long a recording is, as a share of what counts as long.
fn share_of_long(recording: &Conversation) -> f64 {
    match span(&recording.turns) {
        Some((first, last)) => (last - first) / LONG_SECONDS,
        None => recording.turns.len() as f64 / LONG_TURNS,
    }
}

/// When the first of turns begins and the last ends, in seconds.
fn span(turns: &[Turn]) -> Option<(f64, f64)> {
    let starts = turns.iter().filter_map(|turn| turn.start);
    let ends = turns.iter().filter_map(|turn| turn.end.or(turn.start));
    starts
        .min_by(f64::total_cmp)
        .zip(ends.max_by(f64::total_cmp))
}

/// The recording in parts. Notes on turns go with their turns; those on the whole stand
/// with the first part, but for what every part has to say of itself.
fn parts(recording: &Conversation, visits: Vec<Range<usize>>) -> Vec<Conversation> {
    let digits = visits.len().to_string().len().max(DIGITS);
    let notes = NotesByTurn::new(&recording.notes);
    let numbered = visits.into_iter().enumerate();
    let parts = numbered.map(|(number, range)| {
        let mut turns = recording.turns[range.clone()].to_vec();
        let times = span(&turns);
        let start = times.map(|(start, _)| start);
        let visit = Visit {
            of: recording.id.clone(),
            first_turn: range.start,
            last_turn: range.end - 1,
            start,
            end: times.map(|(_, end)| end),
        };
        let mut notes = notes.within(&range, number == 0);
        notes.push(Note {
            turn: None,
            kind: NoteKind::Visit,
            detail: visit.to_string(),
        });
        for turn in &mut turns {
            let own = |time: Option<f64>| time.zip(start).map(|(time, start)| millis(time - start));
            (turn.start, turn.end) = (own(turn.start), own(turn.end));
        }
        Conversation {
            id: format!("{}#{:0digits$}", recording.id, number + 1),
            turns,
            started_at: began(recording.started_at.as_deref(), start),
            client: None,
            complaint: None,
            notes,
            visit: Some(visit),
            ..recording.clone_head()
        }
    });
    parts.collect()
}

/// The notes of a recording, handed out part by part.
struct NotesByTurn<'a> {
    of_turns: Vec<(usize, &'a Note)>,
    of_all: Vec<&'a Note>,
}

impl<'a> NotesByTurn<'a> {
    fn new(notes: &'a [Note]) -> Self {
        let of_turns = notes.iter().filter_map(|note| Some((note.turn?, note)));
        let mut of_turns: Vec<(usize, &Note)> = of_turns.collect();
        of_turns.sort_by_key(|(turn, _)| *turn);
        Self {
            of_turns,
            of_all: notes.iter().filter(|note| note.turn.is_none()).collect(),
        }
    }

    fn within(&self, range: &Range<usize>, is_first: bool) -> Vec<Note> {
        // What every part has to say of itself.
        let of_each = |kind: NoteKind| {
            matches!(
                kind,
                NoteKind::ChannelUnknown | NoteKind::RolesInferred | NoteKind::Encoding
            )
        };
        let place = |turn: usize| self.of_turns.partition_point(|(at, _)| *at < turn);
        let of_turns = self.of_turns[place(range.start)..place(range.end)].iter();
        let of_all = self
            .of_all
            .iter()
            .filter(|note| is_first || of_each(note.kind));
        let own = of_turns.map(|(turn, note)| Note {
            turn: Some(turn - range.start),
            ..(*note).clone()
        });
        own.chain(of_all.map(|note| (*note).clone())).collect()
    }
}

/// A difference of times is no finer than the times.
fn millis(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

/// When the part began, if it is known when the whole did.
fn began(whole: Option<&str>, start: Option<f64>) -> Option<String> {
    let whole = whole?;
    let moment = Moment::read(whole).filter(|moment| moment.time.is_some());
    let later = moment.zip(start).and_then(|(moment, start)| {
        let seconds = Span::new().try_seconds(start as i64).ok()?;
        moment.date_time().checked_add(seconds).ok()
    });
    // As jiff writes it: 2026-03-02T09:15:00.
    Some(later.map_or_else(|| whole.to_owned(), |moment| moment.to_string()))
}
