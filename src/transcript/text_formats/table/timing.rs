//! From the times of a table's rows to seconds from the beginning of each call.

use super::Row;
use super::columns::Columns;
use super::time::{DAY, HOUR, Written, is_none, read};
use super::words::{Kind, Unit};

/// When a row says that its turn began and ended.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Times {
    pub(super) start: Option<Written>,
    pub(super) end: Option<Written>,
    /// Whether one of them couldn't be understood.
    pub(super) bad: bool,
}

/// The times of all rows. Numbers have become offsets.
///
/// # Errors
/// The name of a column of whole numbers, which could be seconds or milliseconds.
pub(super) fn times(rows: &[Row], columns: &Columns) -> Result<Vec<Times>, String> {
    let cell = |row, kind| columns.cell(row, kind);
    let date = |row| read(&format!("{} 0:00:00", cell(row, Kind::Date)));
    let mut times: Vec<Times> = rows
        .iter()
        .map(|row| {
            let (start, end) = (cell(row, Kind::Start), cell(row, Kind::End));
            let mut times = Times {
                start: read(start),
                end: read(end),
                bad: false,
            };
            times.bad =
                times.start.is_none() && !is_none(start) || times.end.is_none() && !is_none(end);
            if let Some(Written::Moment(day)) = date(row) {
                times.start = times.start.map(|time| time.on(day));
                times.end = times.end.map(|time| time.on(day));
            }
            times
        })
        .collect();
    let starts = || times.iter().filter_map(|times| times.start);
    let ends = || times.iter().filter_map(|times| times.end);
    let start = unit(columns, Kind::Start, starts());
    let end = unit(columns, Kind::End, ends());
    let (start, end) = (start.or(end), end.or(start));
    for (kind, unit, bare) in [
        (Kind::Start, start, starts().any(is_bare)),
        (Kind::End, end, ends().any(is_bare)),
    ] {
        if unit.is_none() && bare {
            return Err(columns
                .get(kind)
                .map(|column| column.name.clone())
                .unwrap_or_default());
        }
    }
    for times in &mut times {
        times.start = times.start.map(|time| time.in_unit(start));
        times.end = times.end.map(|time| time.in_unit(end));
    }
    Ok(times)
}

/// The unit of a column: that of its name, or seconds where there are decimals.
fn unit(columns: &Columns, kind: Kind, mut times: impl Iterator<Item = Written>) -> Option<Unit> {
    let named = columns.get(kind).and_then(|column| column.unit);
    let decimal = |time| matches!(time, Written::Number { decimal: true, .. });
    named.or_else(|| times.any(decimal).then_some(Unit::Seconds))
}

/// Nought is nought in every unit.
fn is_bare(time: Written) -> bool {
    matches!(time, Written::Number { value, .. } if value != 0.0)
}

impl Written {
    fn in_unit(self, unit: Option<Unit>) -> Self {
        match self {
            Written::Number { value, .. } => {
                Written::Offset(unit.unwrap_or(Unit::Seconds).micros(value))
            }
            other => other,
        }
    }

    fn on(self, day: i64) -> Self {
        match self {
            Written::Clock(clock) => Written::Moment(day + clock),
            other => other,
        }
    }
}

/// Whether `09:00:05` is a time of day in this table: some call begins at one that is
/// no time since a beginning. `firsts` are the times with which calls begin.
pub(super) fn is_time_of_day(firsts: impl Iterator<Item = Option<Written>>) -> bool {
    firsts
        .flatten()
        .any(|time| matches!(time, Written::Clock(clock) if clock >= HOUR))
}

/// The times of one call's rows, in their order, as seconds from its beginning: that of
/// the call, where the table gives it, or of its first turn.
pub(super) fn seconds(
    times: &[Times],
    call_start: Option<Written>,
    time_of_day: bool,
) -> Vec<(Option<f64>, Option<f64>)> {
    let mut day = 0;
    let mut before: Option<i64> = None;
    let mut on_axis = Vec::with_capacity(times.len());
    for Times { start, end, .. } in times {
        let start = start.map(|start| match start {
            // Past midnight clocks begin anew.
            Written::Clock(clock) => {
                let leap = before.map_or(0, |before| clock + day - before);
                day += match leap {
                    _ if leap < -DAY / 2 => DAY,
                    _ if leap > DAY / 2 && day > 0 => -DAY,
                    _ => 0,
                };
                before = Some(clock + day);
                point(Written::Clock(clock + day), time_of_day)
            }
            other => point(other, time_of_day),
        });
        let end = end.map(|end| match (end, start) {
            (Written::Clock(clock), Some((_, start))) => {
                let clock = clock + day;
                let next = if clock < start - DAY / 2 { DAY } else { 0 };
                point(Written::Clock(clock + next), time_of_day)
            }
            (end, _) => point(end, time_of_day),
        });
        on_axis.push((start, end));
    }
    let absolute = |(is_absolute, micros): (bool, i64)| is_absolute.then_some(micros);
    let first = on_axis
        .iter()
        .filter_map(|(start, _)| absolute((*start)?))
        .min();
    let is_clock = times
        .iter()
        .any(|times| matches!(times.start, Some(Written::Clock(_))));
    let call_start = call_start.and_then(|start| match start {
        Written::Moment(moment) if is_clock => Some(moment.rem_euclid(DAY)),
        start => absolute(point(start, time_of_day)),
    });
    let base = match (call_start, first) {
        (Some(call), Some(first)) if call <= first && first - call < DAY => call,
        (_, first) => first.unwrap_or(0),
    };
    let since = |(is_absolute, micros): (bool, i64)| {
        let micros = if is_absolute { micros - base } else { micros };
        micros as f64 / 1e6
    };
    on_axis
        .into_iter()
        .map(|(start, end)| (start.map(since), end.map(since)))
        .collect()
}

/// A time on its axis: whether that is the calendar's, and where.
fn point(time: Written, time_of_day: bool) -> (bool, i64) {
    match time {
        Written::Moment(micros) => (true, micros),
        Written::Clock(micros) => (time_of_day, micros),
        Written::Offset(micros) => (false, micros),
        Written::Number { value, .. } => (false, Unit::Seconds.micros(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows `start-end`, parted by blanks; the call's own beginning may precede `|`.
    fn told(written: &str) -> String {
        let (call, rows) = written.split_once('|').unwrap_or(("", written));
        let time = |cell: &str| read(&cell.replace('_', " "));
        let rows: Vec<Times> = rows
            .split_whitespace()
            .map(|row| {
                let (start, end) = row.split_once('~').unwrap_or((row, ""));
                let (start, end) = (time(start), time(end));
                Times {
                    start,
                    end,
                    bad: false,
                }
            })
            .collect();
        let of_day = is_time_of_day(rows.iter().take(1).map(|times| times.start));
        let told = seconds(&rows, time(call), of_day)
            .into_iter()
            .map(|(start, end)| {
                let end = end.map_or(String::new(), |end| format!("~{end}"));
                start.map_or("-".to_owned(), |start| start.to_string()) + &end
            });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn calls_begin_at_nought() {
        let cases = [
            (
                "2024-01-01_23:59:58~2024-01-02_00:00:01 2024-01-02_00:00:03",
                "0~3 5",
            ),
            ("23:59:58~00:00:01 00:00:03~00:00:05 23:59:59", "0~3 5~7 1"),
            ("09:00:05 09:00:05.5 09:00:03", "2 2.5 0"),
            ("00:00:05~00:00:07 00:01:05", "5~7 65"),
            ("01:05~01:07 75:00", "65~67 4500"),
            ("2024-01-01_09:00:00|09:00:05 09:00:07", "5 7"),
            ("2024-01-01_09:00:00|2024-01-01_09:00:05.12", "5.12"),
            ("2024-01-01_09:00:09|2024-01-01_09:00:05", "0"),
            ("09:00:00|09:00:05", "5"),
            ("2024-01-01_09:00:00|5s 7s", "5 7"),
            ("- 5s", "- 5"),
        ];
        for (written, expected) in cases {
            assert_eq!(told(written), expected, "{written}");
        }
    }
}
