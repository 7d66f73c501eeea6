//! The review sheet as a file: a workbook with lists to choose from, or CSV.
//!
//! In a workbook every text is a text, whatever it begins with; in CSV an apostrophe
//! stands before what a spreadsheet would run.

use super::sheet::{COLUMNS, is_answer, list_of, words};
use crate::report::csv;
use crate::report::views::{Cell, Kind, Naming};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Workbook, Worksheet, XlsxError,
};

/// Rows of a sheet.
pub type Rows = Vec<Vec<Cell<'static>>>;

/// A workbook has so many rows, headings included.
pub const MOST_ROWS: usize = 1_048_576;
/// How long a line of prose may be before the row needs another one, and how many lines
/// a row shows at most.
const MOST_LINES: usize = 12;

/// The sheet as CSV.
pub fn csv(rows: &Rows, naming: &Naming<'_>) -> Vec<u8> {
    let headings = COLUMNS.iter().map(|column| naming.heading(column.key));
    csv::table(headings, rows.iter().map(Vec::as_slice))
}

/// The sheet as a workbook, and a second sheet that says how to fill it in.
///
/// # Errors
/// If there are more rows than a workbook has.
pub fn workbook(rows: &Rows, naming: &Naming<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same sample gives the same bytes, so the file doesn't say when it was made.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name(naming.labels.get("sheet.name"))?;
    fill(sheet, rows, naming)?;
    explain(book.add_worksheet(), naming)?;
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, rows: &Rows, naming: &Naming<'_>) -> Result<(), XlsxError> {
    let plain = Format::new().set_align(FormatAlign::Top);
    let prose = plain.clone().set_text_wrap();
    let answer = prose
        .clone()
        .set_background_color(Color::RGB(0x00FF_F8E1))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00E0_D6B8));
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00E8_EEF4));
    let dates = plain.clone().set_num_format("yyyy-mm-dd hh:mm");
    let days = plain.clone().set_num_format("yyyy-mm-dd");
    let points = plain.clone().set_num_format("0.##");
    for (at, column) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(at, f64::from(column.width))?;
        sheet.write_string_with_format(0, at, naming.heading(column.key), &heading)?;
    }
    for (number, row) in (1u32..).zip(rows) {
        for ((at, column), cell) in (0u16..).zip(COLUMNS).zip(row) {
            let format = match column.kind {
                _ if is_answer(column.key) => &answer,
                Kind::Prose => &prose,
                _ => &plain,
            };
            match cell {
                Cell::Empty => sheet.write_blank(number, at, format)?,
                Cell::Text(text) => sheet.write_string_with_format(number, at, &**text, format)?,
                Cell::Count(count) => {
                    sheet.write_number_with_format(number, at, *count as f64, format)?
                }
                Cell::Number(value) | Cell::Share(value) => {
                    sheet.write_number_with_format(number, at, *value, &points)?
                }
                Cell::Moment(moment) => {
                    let day = moment.day;
                    let (year, month) = (day.year().unsigned_abs(), day.month().unsigned_abs());
                    let date = ExcelDateTime::from_ymd(year, month, day.day().unsigned_abs())?;
                    match moment.time {
                        None => sheet.write_datetime_with_format(number, at, &date, &days)?,
                        Some(time) => {
                            let date = date.and_hms(
                                u16::from(time.hour().unsigned_abs()),
                                time.minute().unsigned_abs(),
                                f64::from(time.second()),
                            )?;
                            sheet.write_datetime_with_format(number, at, &date, &dates)?
                        }
                    }
                }
            };
        }
        let lines = row
            .iter()
            .zip(COLUMNS)
            .filter_map(|(cell, column)| match cell {
                Cell::Text(text) if column.kind == Kind::Prose => Some(lines(text, column.width)),
                _ => None,
            });
        let height = lines.max().unwrap_or(1).clamp(1, MOST_LINES);
        sheet.set_row_height(number, 15.0 * height as f64)?;
    }
    let last = rows.len() as u32;
    sheet.autofilter(0, 0, last, COLUMNS.len() as u16 - 1)?;
    sheet.set_freeze_panes(1, 1)?;
    for (at, column) in (0u16..).zip(COLUMNS) {
        if let Some(list) = list_of(column.key) {
            let choice = DataValidation::new().allow_list_strings(&words(list, naming.labels))?;
            sheet.add_data_validation(1, at, last.max(1), at, &choice)?;
        }
    }
    Ok(())
}

/// How many lines a text takes in a column of that width, Chinese counted twice.
fn lines(text: &str, width: u16) -> usize {
    let columns = |line: &str| {
        line.chars()
            .map(|char| 1 + usize::from(!char.is_ascii()))
            .sum()
    };
    text.lines()
        .map(|line| usize::div_ceil(columns(line), usize::from(width)).max(1))
        .sum()
}

fn explain(sheet: &mut Worksheet, naming: &Naming<'_>) -> Result<(), XlsxError> {
    let labels = naming.labels;
    let prose = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let strong = Format::new().set_bold().set_align(FormatAlign::Top);
    sheet.set_name(labels.get("sheet.help-name"))?;
    sheet.set_column_width(0, 18)?;
    sheet.set_column_width(1, 90)?;
    for (row, key) in (0u32..).zip(["decision", "corrected", "comment", "reviewer", "appeal"]) {
        sheet.write_string_with_format(row, 0, naming.heading(key), &strong)?;
        let text = labels.get(match key {
            "decision" => "sheet.help-decision",
            "corrected" => "sheet.help-corrected",
            "comment" => "sheet.help-comment",
            "reviewer" => "sheet.help-reviewer",
            _ => "sheet.help-appeal",
        });
        sheet.write_string_with_format(row, 1, text, &prose)?;
        sheet.set_row_height(row, 48)?;
    }
    Ok(())
}
