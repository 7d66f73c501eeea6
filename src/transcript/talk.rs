//! How the lines of a plain text become turns.

use jiff::civil::{Date, Time};

use super::line::{Line, is_colon};
use super::stamp::Stamp;
use super::{InputProblem, MOST_TURNS, ProblemKind, Record, times};
use crate::conversation::{Conversation, Role, Turn};

/// Seconds.
const DAY: f64 = 86_400.0;

/// The conversation as far as it has been read.
#[derive(Default)]
pub(super) struct Talk {
    conversation: Conversation,
    channel: String,
    /// Whether any line of it names a speaker.
    pub(super) names_anyone: bool,
    /// Whether the last turn goes on with a line that names nobody.
    open: bool,
    /// Who spoke last, and goes on after a scene note.
    last: Option<(Role, Option<String>)>,
    /// A time that stood alone on its line and belongs to the next turn.
    stamp: Option<Stamp>,
    /// The day of the first time that has one, and of the last; and that time.
    days: Option<(Date, Date, f64)>,
}

impl Talk {
    /// Takes a line that may stand before the talk, if it is one.
    pub(super) fn header(&mut self, line: &str) -> bool {
        let field = line.strip_prefix('#').filter(|rest| !rest.starts_with('#'));
        if let Some((key, value)) = field.and_then(|field| field.split_once(is_colon)) {
            let value = value.trim();
            let told = || Some(value.to_owned()).filter(|value| !value.is_empty());
            let talk = &mut self.conversation;
            match key.trim() {
                "id" => value.clone_into(&mut talk.id),
                "channel" => value.clone_into(&mut self.channel),
                "started_at" => talk.started_at = told(),
                "agent" => talk.agent = told(),
                "branch" => talk.branch = told(),
                "business" => talk.business = told(),
                "client" => talk.client = told(),
                "complaint" => talk.complaint = told(),
                "tags" => talk.tags = value.split_whitespace().map(str::to_owned).collect(),
                _ => {}
            }
        }
        field.is_some()
    }

    /// Takes a line that names its speaker.
    pub(super) fn named(&mut self, line: &Line) {
        let (role, speaker) = line.speaker();
        if role != Role::Scene {
            self.last = Some((role, speaker.clone()));
        }
        self.turn(role, speaker, line);
    }

    /// Takes a line that names nobody.
    pub(super) fn unnamed(&mut self, line: &Line) {
        let timed = |stamp: Stamp| stamp.bracketed || !self.names_anyone;
        if line.scene {
            self.turn(Role::Scene, None, line);
            self.open = false;
        } else if line.stamp.is_some() && line.text.is_empty() {
            self.stamp = line.stamp;
        } else if self.stamp.is_some() || line.stamp.is_some_and(timed) {
            self.turn(Role::Unknown, None, line);
        } else {
            self.continued(line.whole);
        }
    }

    fn turn(&mut self, role: Role, speaker: Option<String>, line: &Line) {
        let before = self.stamp.take();
        let stamp = line.stamp.or(before).map(|stamp| self.on_its_day(stamp));
        let (start, end) = times(
            stamp.map(|stamp| stamp.start),
            stamp.and_then(|stamp| stamp.end),
        );
        self.open = true;
        self.conversation.turns.push(Turn {
            role,
            text: line.text.to_owned(),
            start,
            end,
            speaker,
        });
    }

    /// A time on a day, as seconds since the first day began; such as are without one
    /// follow those that have one.
    fn on_its_day(&mut self, mut stamp: Stamp) -> Stamp {
        let (first, last, _) = match (self.days, stamp.day) {
            (None, None) => return stamp,
            (None, Some(day)) => *self.days.insert((day, day, stamp.start)),
            (Some((first, last, start)), day) => {
                *self.days.insert((first, day.unwrap_or(last), start))
            }
        };
        let since = last.duration_since(first).as_secs() as f64;
        let reversed = stamp.end.is_some_and(|end| end < stamp.start);
        // Past midnight clocks begin anew.
        let next = if reversed { DAY } else { 0.0 };
        stamp.start += since;
        stamp.end = stamp.end.map(|end| end + since + next);
        stamp
    }

    /// Where times are of the calendar, makes them count from the first turn.
    fn count_from_the_beginning(&mut self) {
        let Some((day, ..)) = self.days else { return };
        let turns = &mut self.conversation.turns;
        let starts = turns.iter().filter_map(|turn| turn.start);
        let first = starts.fold(f64::INFINITY, f64::min);
        // Differences of decimals are none; a thousandth is enough.
        let since = |time: f64| ((time - first) * 1000.0).round() / 1000.0;
        for turn in turns.iter_mut() {
            turn.start = turn.start.map(since);
            turn.end = turn.end.map(since);
        }
        if self.conversation.started_at.is_none() && first.is_finite() {
            let seconds = jiff::SignedDuration::from_secs_f64(first);
            let moment = day.to_datetime(Time::midnight()).saturating_add(seconds);
            self.conversation.started_at = Some(moment.strftime("%Y-%m-%d %H:%M:%S").to_string());
        }
    }

    fn continued(&mut self, text: &str) {
        match self.conversation.turns.last_mut().filter(|_| self.open) {
            Some(turn) => {
                if !turn.text.is_empty() {
                    turn.text.push('\n');
                }
                turn.text.push_str(text);
            }
            None => {
                let (role, speaker) = self.last.clone().unwrap_or((Role::Unknown, None));
                self.open = self.last.is_some();
                self.conversation.turns.push(Turn {
                    speaker,
                    ..Turn::new(role, text)
                });
            }
        }
    }

    /// The turns, now that all lines have been taken.
    pub(super) fn into_turns(mut self) -> Vec<Turn> {
        self.count_from_the_beginning();
        self.conversation.turns
    }

    /// Whether it has more turns than a conversation may have.
    pub(super) fn is_too_long(&self) -> bool {
        self.conversation.turns.len() > MOST_TURNS
    }

    /// The conversation that `record` holds, now that all lines have been taken.
    pub(super) fn finish(mut self, record: &Record) -> Result<Conversation, InputProblem> {
        if self.is_too_long() {
            let limit = MOST_TURNS;
            return Err(record.problem(ProblemKind::TooManyTurns { limit }));
        }
        if self.conversation.turns.is_empty() {
            return Err(record.problem(ProblemKind::NoTurns));
        }
        self.count_from_the_beginning();
        if self.conversation.id.is_empty() {
            self.conversation.id = record.place.id();
        }
        self.conversation.set_channel(&self.channel);
        self.conversation.note_empty_turns();
        Ok(self.conversation)
    }
}
