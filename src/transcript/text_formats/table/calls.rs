//! From rows to calls.

use std::collections::BTreeMap;

use super::super::super::format::Recordings;
use super::super::super::plain;
use super::super::super::segment::{Recording, Segment};
use super::super::super::speakers::role_of;
use super::super::super::{InputProblem, Place, ProblemKind};
use super::super::{bad_times, homemade};
use super::Row;
use super::columns::Columns;
use super::time::{is_none, read};
use super::timing::{Times, is_time_of_day, seconds, times};
use super::words::{Kind, words};
use crate::conversation::{Channel, Note, NoteKind, Role};

/// The calls that the rows below a header hold, in the order in which they begin.
pub(super) fn recordings(rows: Vec<Row>, columns: &Columns, place: &Place) -> Recordings {
    let mut problems = Recordings::new();
    let rows: Vec<Row> = rows
        .into_iter()
        .filter(|row| match fault(row, columns) {
            None => true,
            Some(Fault::NoTurn) => false,
            Some(Fault::Short(kind)) => {
                let place = Place::new(place.source.clone(), row.line);
                problems.push(Err(InputProblem { place, kind }));
                false
            }
        })
        .map(|row| fitted(row, columns))
        .collect();
    let times = match times(&rows, columns) {
        Ok(times) => times,
        Err(column) => {
            let line = rows.first().map_or(place.line, |row| row.line);
            let place = Place::new(place.source.clone(), line);
            let kind = ProblemKind::UnitUnknown { column };
            return vec![Err(InputProblem { place, kind })];
        }
    };
    let spoken: Vec<Vec<Segment>> = rows.iter().map(|row| said(row, columns)).collect();
    let calls = calls(&rows, columns, &spoken);
    let firsts = calls.iter().map(|call| {
        let mut starts = call.rows.iter().map(|row| times[*row].start);
        starts.find(Option::is_some).flatten()
    });
    let time_of_day = is_time_of_day(firsts);
    let table = Table {
        rows: &rows,
        columns,
        times: &times,
        spoken: &spoken,
        time_of_day,
    };
    let mut recordings: Recordings = calls.iter().map(|call| Ok(table.recording(call))).collect();
    recordings.extend(problems);
    recordings
}

enum Fault {
    /// A sum or a signature below the table.
    NoTurn,
    Short(ProblemKind),
}

/// What is wrong with a row that ends before what was said.
fn fault(row: &Row, columns: &Columns) -> Option<Fault> {
    let words = [Kind::Text, Kind::Talk, Kind::StaffText, Kind::ClientText];
    let first = words
        .iter()
        .filter_map(|kind| columns.get(*kind))
        .map(|column| column.index);
    let first = first.min()?;
    let filled = row
        .cells
        .iter()
        .filter(|cell| !cell.trim().is_empty())
        .count();
    let silent = words.iter().all(|kind| columns.cell(row, *kind).is_empty());
    let turn = [Kind::Role, Kind::Speaker, Kind::Start];
    let nobodys = turn.iter().any(|kind| columns.has(*kind))
        && turn.iter().all(|kind| columns.cell(row, *kind).is_empty());
    match filled {
        _ if silent && (filled < 2 || nobodys) => Some(Fault::NoTurn),
        _ if row.cells.len() > first => None,
        _ => Some(Fault::Short(ProblemKind::ShortRow {
            cells: row.cells.len(),
            column: first + 1,
        })),
    }
}

/// The row with as many cells as the header has. Of more cells than that, those that
/// can only be words with the delimiter in them are words again.
fn fitted(mut row: Row, columns: &Columns) -> Row {
    while row.cells.len() > columns.width && row.cells.last().is_some_and(String::is_empty) {
        row.cells.pop();
    }
    let extra = row.cells.len().saturating_sub(columns.width);
    let words = columns.get(Kind::Text).or(columns.get(Kind::Talk));
    if let Some(column) = words.filter(|_| extra > 0) {
        let words = column.index..=column.index + extra;
        let joined = row.cells[words.clone()].join(&columns.delimiter());
        row.cells.splice(words, [joined]);
    }
    row
}

/// What a row says, by whom: one turn, or a whole talk.
fn said(row: &Row, columns: &Columns) -> Vec<Segment> {
    let by = |role: Role, kind| Segment {
        role: Some(role),
        text: columns.cell(row, kind).to_owned(),
        ..Segment::default()
    };
    if columns.has(Kind::StaffText) && columns.has(Kind::ClientText) {
        let both = [
            by(Role::Staff, Kind::StaffText),
            by(Role::Client, Kind::ClientText),
        ];
        let said = |segment: &Segment| !segment.text.is_empty();
        return both.into_iter().filter(said).collect();
    }
    let names = [Kind::Role, Kind::Speaker, Kind::StaffFlag, Kind::Track];
    if names.into_iter().any(|kind| columns.has(kind)) && !columns.cell(row, Kind::Text).is_empty()
        || !columns.has(Kind::Talk) && columns.has(Kind::Role)
    {
        return vec![turn(row, columns)];
    }
    let talk = columns.cell(row, Kind::Talk);
    let talk = if talk.is_empty() {
        columns.cell(row, Kind::Text)
    } else {
        talk
    };
    let segments = homemade::segments(talk).unwrap_or_else(|| plain::segments(talk));
    match segments.is_empty() {
        true => vec![Segment::default()],
        false => segments,
    }
}

fn turn(row: &Row, columns: &Columns) -> Segment {
    let cell = |kind| Some(columns.cell(row, kind)).filter(|cell| !is_none(cell));
    let word = cell(Kind::Role);
    let flag = cell(Kind::StaffFlag).and_then(|flag| {
        let is = |list: &[String]| list.iter().any(|word| flag.eq_ignore_ascii_case(word));
        match (is(&words().yes), is(&words().no)) {
            (true, _) => Some(Role::Staff),
            (_, true) => Some(Role::Client),
            _ => None,
        }
    });
    let role = word.and_then(role_of).filter(|role| *role != Role::Unknown);
    let track = cell(Kind::Track).or_else(|| {
        let channel = cell(Kind::Channel)?;
        is_track(channel).then_some(channel)
    });
    Segment {
        speaker: cell(Kind::Speaker).or(word).map(str::to_owned),
        channel: track.map(str::to_owned),
        role: role.or(flag),
        text: columns.cell(row, Kind::Text).to_owned(),
        ..Segment::default()
    }
}

/// A column called channel may mean the recording's: `0`, `L`, `left`, `ch_1`.
fn is_track(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let number = word
        .trim_start_matches("ch")
        .trim_start_matches(['_', '-', ' ']);
    number.len() <= 2 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        || matches!(word.as_str(), "l" | "r" | "left" | "right" | "mono")
}

/// The rows of one call.
struct Call {
    id: Option<String>,
    rows: Vec<usize>,
    /// Whether the number by which its rows were found is what Excel left of one.
    rounded: bool,
}

fn calls(rows: &[Row], columns: &Columns, spoken: &[Vec<Segment>]) -> Vec<Call> {
    let whole = columns.has(Kind::Talk) && !columns.has(Kind::Role)
        || spoken.iter().any(|segments| segments.len() > 1) && !columns.has(Kind::StaffText);
    let mut calls: Vec<Call> = Vec::new();
    let mut known: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut last = None;
    for (number, row) in rows.iter().enumerate() {
        let id = columns.cell(row, Kind::Id);
        let rounded = is_rounded(id);
        // Where cells were joined, only the first row has the call's number.
        let call = match id {
            "" if whole => None,
            "" => last,
            _ => {
                let mut key = vec![id];
                if rounded {
                    let others = [Kind::Agent, Kind::Branch, Kind::CallStart, Kind::Date];
                    key.extend(others.map(|kind| columns.cell(row, kind)));
                }
                let next = calls.len();
                Some(*known.entry(key).or_insert(next))
            }
        };
        let call = call.unwrap_or(calls.len());
        if call == calls.len() {
            calls.push(Call {
                id: Some(id.to_owned()).filter(|id| !id.is_empty()),
                rows: Vec::new(),
                rounded,
            });
        }
        calls[call].rows.push(number);
        last = Some(call);
    }
    for call in &mut calls {
        call.rows.sort_by_cached_key(|row| {
            let order = columns.cell(&rows[*row], Kind::Order);
            order.parse::<u64>().unwrap_or(u64::MAX)
        });
    }
    calls
}

/// `1.23E+17`: from the fifteenth digit on Excel forgets them.
fn is_rounded(id: &str) -> bool {
    let power = id.split_once(['E', 'e']).map(|(digits, power)| {
        let number = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
        };
        let power = power.trim_start_matches('+');
        !digits.is_empty()
            && !power.is_empty()
            && number(digits)
            && number(power)
            && digits.contains('.')
    });
    power.unwrap_or(false)
}

struct Table<'a> {
    rows: &'a [Row],
    columns: &'a Columns,
    times: &'a [Times],
    spoken: &'a [Vec<Segment>],
    time_of_day: bool,
}

impl Table<'_> {
    fn recording(&self, call: &Call) -> Recording {
        let rows = || call.rows.iter().map(|row| &self.rows[*row]);
        let times: Vec<Times> = call.rows.iter().map(|row| self.times[*row]).collect();
        let call_start = self.first(call, Kind::CallStart);
        let spans = seconds(&times, call_start.and_then(read), self.time_of_day);
        let reversed = |(start, end): &(Option<f64>, Option<f64>)| end < start && end.is_some();
        let bad =
            |(times, span): (&Times, &(Option<f64>, Option<f64>))| times.bad || reversed(span);
        let bad = rows()
            .zip(times.iter().zip(&spans))
            .filter(|(_, of)| bad(*of));
        let mut notes = bad_times(bad.map(|(row, _)| row.line));
        let mut segments = Vec::new();
        for (row, span) in call.rows.iter().zip(spans) {
            let turns = &self.spoken[*row];
            for segment in turns {
                let mut segment = segment.clone();
                // A talk in one cell has times of its own, or none.
                if turns.len() == 1 || self.columns.has(Kind::StaffText) {
                    segment.start = segment.start.or(span.0);
                    segment.end = segment.end.or(span.1);
                }
                segments.push(segment);
            }
        }
        if call.rounded {
            notes.push(Note {
                turn: None,
                kind: NoteKind::IdRounded,
                detail: call.id.clone().unwrap_or_default(),
            });
        }
        Recording {
            id: call.id.clone(),
            channel: self.channel(call),
            started_at: self.started_at(call, call_start),
            agent: self.first(call, Kind::Agent).map(str::to_owned),
            branch: self.first(call, Kind::Branch).map(str::to_owned),
            segments,
            notes,
            by_word: false,
        }
    }

    /// What the first row that has anything of this kind has.
    fn first(&self, call: &Call, kind: Kind) -> Option<&str> {
        let rows = call
            .rows
            .iter()
            .map(|row| self.columns.cell(&self.rows[*row], kind));
        rows.into_iter().find(|cell| !is_none(cell))
    }

    fn channel(&self, call: &Call) -> Option<Channel> {
        words().channel(self.first(call, Kind::Channel)?)
    }

    /// When the call began, as written.
    fn started_at(&self, call: &Call, call_start: Option<&str>) -> Option<String> {
        use super::time::Written::{Clock, Moment};
        let date = self.first(call, Kind::Date);
        let start = call_start.or_else(|| self.first(call, Kind::Start));
        let when = start.filter(|start| match read(start) {
            Some(Moment(_)) => true,
            Some(Clock(_)) => call_start.is_some() || self.time_of_day,
            _ => false,
        });
        match (date, when) {
            (Some(date), Some(when)) if matches!(read(when), Some(Clock(_))) => {
                Some(format!("{date} {when}"))
            }
            (_, Some(when)) => Some(when.to_owned()),
            (date, None) => date.map(str::to_owned),
        }
    }
}
