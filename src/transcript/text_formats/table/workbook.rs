//! Excel workbooks: each sheet is a table.
//!
//! A workbook is a zip of XML and can be made to ask for any amount of memory: by what it
//! inflates to, by a count that it announces, by two cells far apart, by one text that a
//! million cells share. So all of it is inflated once into nothing and measured before it
//! is opened, cells are taken one by one and never as a rectangle, and what they come to
//! is bounded.

use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, Xlsx, XlsxError};
use zip::ZipArchive;

use super::super::super::detect::{Head, Sure};
use super::super::super::format::{Cut, Reader, Recordings};
use super::super::super::{InputProblem, Place, ProblemKind};
use super::columns::ColumnNames;
use super::{MOST_CELLS, Row, recordings_below};

pub(in super::super) const READER: Reader = Reader {
    name: "xlsx",
    extensions: &["xlsx", "xlsm", "xls"],
    recognise,
    cut: Cut::Bytes(parse),
};

/// How zips begin, and the containers of older and of protected documents.
const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

fn recognise(head: &Head) -> Sure {
    let named = head.is_named(READER.extensions);
    let has_sheets = || head.bytes.windows(3).any(|bytes| bytes == b"xl/");
    match head.bytes {
        bytes if bytes.starts_with(ZIP) && (named || has_sheets()) => Sure::Signature,
        bytes if bytes.starts_with(OLE) && named => Sure::Signature,
        _ if named => Sure::Named,
        _ => Sure::No,
    }
}

fn parse(bytes: &[u8], place: &Place, said: &ColumnNames) -> Recordings {
    let place = Place::new(place.source.clone(), 0);
    let problem = |kind| {
        vec![Err(InputProblem {
            place: place.clone(),
            kind,
        })]
    };
    if bytes.starts_with(OLE) {
        return problem(ProblemKind::OldWorkbook);
    }
    if let Err(kind) = measure(bytes, MOST_INFLATED) {
        return problem(kind);
    }
    let mut workbook = match Xlsx::new(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(XlsxError::Password) => return problem(ProblemKind::OldWorkbook),
        Err(error) => return problem(not_a_workbook(&error)),
    };
    let sheets = workbook.sheets_metadata().to_vec();
    let sheets = sheets
        .into_iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let mut room = Room::default();
    let mut found = Recordings::new();
    let mut tables = 0;
    for sheet in sheets {
        let place = Place::new(format!("{}/{}", place.source, sheet.name), 0);
        let rows = match rows(&mut workbook, &sheet.name, &mut room) {
            Ok(rows) => rows,
            Err(kind) => {
                found.push(Err(InputProblem { place, kind }));
                continue;
            }
        };
        let Some(mut calls) = recordings_below(rows, said, &place) else {
            continue;
        };
        tables += 1;
        // A call a sheet: the sheet's name is the call's.
        if let [Ok(call)] = calls.as_mut_slice() {
            call.id = call.id.take().or(Some(sheet.name));
        }
        found.extend(calls);
    }
    match (tables, found.is_empty()) {
        (0, true) => problem(ProblemKind::ColumnsUnknown),
        _ => found,
    }
}

fn not_a_workbook(error: &XlsxError) -> ProblemKind {
    let detail = error.to_string();
    ProblemKind::NotAWorkbook { detail }
}

/// The most bytes that a workbook may inflate to.
const MOST_INFLATED: u64 = 256 << 20;

/// Inflates all of it into nothing.
///
/// # Errors
/// If it is no zip, comes to more than `most` bytes, or announces more texts than it can hold.
pub(crate) fn measure(bytes: &[u8], most: u64) -> Result<(), ProblemKind> {
    let damaged = |error: &dyn ToString| ProblemKind::NotAWorkbook {
        detail: error.to_string(),
    };
    let too_much = || ProblemKind::TooLong {
        limit: most as usize,
    };
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut left = most;
    for number in 0..zip.len() {
        let entry = zip.by_index(number).map_err(|error| damaged(&error))?;
        let announces = entry
            .name_raw()
            .to_ascii_lowercase()
            .ends_with(b"sharedstrings.xml");
        let mut entry = entry.take(left + 1);
        let mut kept = Vec::new();
        let count = match announces {
            true => entry.read_to_end(&mut kept).map(|count| count as u64),
            false => std::io::copy(&mut entry, &mut std::io::sink()),
        };
        let count = count.map_err(|error| damaged(&error))?;
        left = left.checked_sub(count).ok_or_else(too_much)?;
        if announced(&kept) > MOST_CELLS as u64 {
            return Err(too_much());
        }
    }
    Ok(())
}

/// The largest number that follows the name of a count, before the first text.
fn announced(xml: &[u8]) -> u64 {
    let name = b"uniqueCount";
    let texts = xml.windows(3).position(|bytes| bytes == b"<si");
    let xml = &xml[..texts.unwrap_or(xml.len())];
    let found = xml
        .windows(name.len())
        .enumerate()
        .filter(|(_, bytes)| bytes == name);
    let counts = found.map(|(at, _)| {
        let rest = &xml[at + name.len()..];
        let digits = rest.iter().skip_while(|byte| !byte.is_ascii_digit());
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_u64, |sum, digit| {
            sum.saturating_mul(10)
                .saturating_add(u64::from(digit - b'0'))
        })
    });
    counts.max().unwrap_or(0)
}

/// How much the cells of a workbook may still come to.
struct Room {
    cells: usize,
    bytes: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            cells: MOST_CELLS,
            bytes: MOST_INFLATED as usize,
        }
    }
}

/// The most columns that are looked at.
const MOST_COLUMNS: u32 = 256;

/// The rows of a sheet that aren't blank.
fn rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    room: &mut Room,
) -> Result<Vec<Row>, ProblemKind> {
    let mut cells = match workbook.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Vec::new()),
        Err(error) => return Err(not_a_workbook(&error)),
    };
    let limit = MOST_CELLS;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|error| not_a_workbook(&error))? {
        let (row, column) = cell.get_position();
        let text = written(cell.get_value());
        if column >= MOST_COLUMNS || text.trim().is_empty() {
            continue;
        }
        let line = u64::from(row) + 1;
        if rows.last().is_none_or(|last| last.line != line) {
            let cells = Vec::new();
            rows.push(Row { line, cells });
        }
        let Some(row) = rows.last_mut() else { continue };
        let column = column as usize;
        let more = (column + 1).saturating_sub(row.cells.len());
        room.cells = room
            .cells
            .checked_sub(more)
            .ok_or(ProblemKind::TooManyValues { limit })?;
        room.bytes = room
            .bytes
            .checked_sub(text.len())
            .ok_or(ProblemKind::TooManyValues { limit })?;
        row.cells
            .resize(row.cells.len().max(column + 1), String::new());
        row.cells[column] = text;
    }
    Ok(rows)
}

/// A cell as a text file would write it.
fn written(value: &DataRef) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            unmangled(text)
        }
        DataRef::SharedString(text) => unmangled(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => decimal(*number),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(time) => clock(time),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Line ends that Excel has written as signs of its own.
fn unmangled(text: &str) -> String {
    text.replace("_x000D_", "").replace("\r\n", "\n")
}

/// Of whole numbers Excel keeps fifteen digits; a longer one says so, as in text.
fn decimal(number: f64) -> String {
    match number.abs() >= 1e15 {
        true => format!("{number:.14E}").replace('E', "E+"),
        false => number.to_string(),
    }
}

fn clock(time: &ExcelDateTime) -> String {
    let value = time.as_f64();
    if !(0.0..3e6).contains(&value) {
        return String::new();
    }
    if time.is_duration() || value < 1.0 {
        let thousandths = (value * 86_400_000.0).round() as u64;
        let (seconds, thousandths) = (thousandths / 1000, thousandths % 1000);
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        let (hours, minutes) = (minutes / 60, minutes % 60);
        return format!("{hours:02}:{minutes:02}:{seconds:02}") + &fraction(thousandths);
    }
    let (year, month, day, hour, minute, second, thousandths) = time.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        + &fraction(u64::from(thousandths))
}

fn fraction(thousandths: u64) -> String {
    match thousandths {
        0 => String::new(),
        some => format!(".{some:03}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{ExcelDateTime as Date, Format, Workbook};

    fn told(bytes: &[u8]) -> Vec<String> {
        let place = Place::new("a.xlsx", 1);
        let told = parse(bytes, &place, &ColumnNames::default())
            .into_iter()
            .map(|call| match call {
                Err(problem) => problem.to_string(),
                Ok(call) => {
                    let turns = call.segments.iter().map(|segment| {
                        let time = |time: Option<f64>| {
                            time.map_or("-".to_owned(), |time| time.to_string())
                        };
                        let (start, end) = (time(segment.start), time(segment.end));
                        format!("{start}~{end} {}", segment.text)
                    });
                    let turns: Vec<_> = turns.collect();
                    let (id, at) = (
                        call.id.unwrap_or_default(),
                        call.started_at.unwrap_or_default(),
                    );
                    format!("{id} {at}| {}", turns.join(" / "))
                }
            });
        told.collect()
    }

    #[test]
    fn cells_of_all_kinds_are_read() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let time = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss.000");
        let clock = Format::new().set_num_format("hh:mm:ss");
        for (column, name) in ["流水号", "角色", "开始时间", "内容", "时长"]
            .iter()
            .enumerate()
        {
            sheet.write(2, column as u16, *name).expect("a cell");
        }
        let at = |second, milli| {
            let day = Date::from_ymd(2024, 1, 1).expect("a day");
            day.and_hms_milli(9, 0, second, milli).expect("a time")
        };
        sheet.write(0, 0, "通话明细").expect("a cell");
        sheet.write(4, 0, 1023).expect("a cell");
        sheet.write(4, 1, "坐席").expect("a cell");
        sheet
            .write_with_format(4, 2, at(5, 0), &time)
            .expect("a cell");
        sheet.write(4, 3, "您好\n请讲").expect("a cell");
        sheet.write(5, 1, "客户").expect("a cell");
        sheet
            .write_with_format(5, 2, at(7, 250), &time)
            .expect("a cell");
        sheet.write(5, 3, 12345).expect("a cell");
        sheet
            .write(6, 0, 123_456_789_012_345_678_f64)
            .expect("a cell");
        sheet.write(6, 1, "客户").expect("a cell");
        sheet
            .write_with_format(6, 2, at(9, 0), &time)
            .expect("a cell");
        sheet.write(6, 3, "喂").expect("a cell");
        let sheet = workbook.add_worksheet();
        sheet.set_name("C7").expect("a name");
        sheet.write(0, 0, "角色").expect("a cell");
        sheet.write(0, 1, "内容").expect("a cell");
        sheet.write(0, 2, "时间").expect("a cell");
        sheet.write(1, 0, "坐席").expect("a cell");
        sheet.write(1, 1, "早").expect("a cell");
        let early = Date::from_hms(8, 0, 1).expect("a time");
        sheet
            .write_with_format(1, 2, &early, &clock)
            .expect("a cell");
        workbook
            .add_worksheet()
            .write(0, 0, "说明")
            .expect("a cell");
        let bytes = workbook.save_to_buffer().expect("memory takes it");
        let expected = [
            "1023 2024-01-01 09:00:05| 0~- 您好\n请讲 / 2.25~- 12345",
            "1.23456789012346E+17 2024-01-01 09:00:09| 0~- 喂",
            "C7 08:00:01| 0~- 早",
        ];
        assert_eq!(told(&bytes), expected);
        let columns = "a.xlsx:0: columns-unknown";
        let mut other = Workbook::new();
        other.add_worksheet().write(0, 0, "说明").expect("a cell");
        assert_eq!(
            told(&other.save_to_buffer().expect("memory takes it")),
            [columns]
        );
    }

    #[test]
    fn what_isnt_a_workbook_is_told() {
        assert_eq!(told(OLE), ["a.xlsx:0: old-workbook"]);
        let told = told(b"PK\x03\x04 and nothing").remove(0);
        assert!(told.starts_with("a.xlsx:0: not-a-workbook"), "{told}");
    }

    #[test]
    fn a_bomb_is_measured_before_it_is_opened() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "x".repeat(20_000)).expect("a cell");
        let bytes = workbook.save_to_buffer().expect("memory takes it");
        assert_eq!(measure(&bytes, 100_000), Ok(()));
        let limit = 10_000;
        assert_eq!(
            measure(&bytes, limit as u64),
            Err(ProblemKind::TooLong { limit })
        );
    }

    #[test]
    fn counts_are_found_wherever_they_stand() {
        let cases = [
            ("<sst uniqueCount=\"12\" count='99'>", 12),
            ("<x:sst uniqueCount = '99999999999999999999999'", u64::MAX),
            ("<sst uniqueCount=\"1\"><si><t>uniqueCount 9</t>", 1),
            ("<sst>", 0),
        ];
        for (xml, expected) in cases {
            assert_eq!(announced(xml.as_bytes()), expected, "{xml}");
        }
    }
}
