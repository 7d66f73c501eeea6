//! One sheet: headings that stay where they are, rows, and a filter over them.

use super::style::Style;
use crate::report::views::{Cell, Column, Kind, Naming, Table};
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, ExcelDateTime,
    Format, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;

/// Of the long sheets, what stands behind these columns isn't printed: a page would hold
/// more than anybody can read.
const LAST_PRINTED: [&str; 2] = ["findings", "say"];
/// The most rows of a sheet, its heading included.
const MOST_ROWS: u32 = 1 << 20;
/// The most UTF-16 units of a cell.
const LONGEST: usize = 32_767;
const CUT: char = '…';
const A4: u8 = 9;

/// A sheet that rows are added to.
pub(super) struct Sheet {
    view: &'static str,
    columns: &'static [Column],
    /// Its place in the workbook.
    place: usize,
    /// The row that is written next.
    row: u32,
    /// How many sheets of this view there are; of a full one the rest goes to another.
    number: u32,
}

impl Sheet {
    /// A sheet of which no row stays in memory. Rows must come in their order.
    pub fn growing(
        workbook: &mut Workbook,
        view: &'static str,
        columns: &'static [Column],
        naming: &Naming<'_>,
        style: &Style,
    ) -> Result<Self, XlsxError> {
        let place = workbook.worksheets().len();
        let worksheet = workbook.add_worksheet_with_constant_memory()?;
        worksheet.set_name(name(view, 1, naming))?;
        head(worksheet, columns, naming, style)?;
        Ok(Self {
            view,
            columns,
            place,
            row: 1,
            number: 1,
        })
    }

    /// A sheet with all of a table.
    pub fn whole(
        workbook: &mut Workbook,
        table: &Table<'_>,
        naming: &Naming<'_>,
        style: &Style,
    ) -> Result<(), XlsxError> {
        let mut sheet = Self::growing(workbook, table.key, table.columns, naming, style)?;
        for row in &table.rows {
            sheet.add(workbook, row, naming, style)?;
        }
        sheet.end(workbook, style, naming)
    }

    /// Adds a row.
    pub fn add(
        &mut self,
        workbook: &mut Workbook,
        cells: &[Cell<'_>],
        naming: &Naming<'_>,
        style: &Style,
    ) -> Result<(), XlsxError> {
        if self.row == MOST_ROWS {
            self.end(workbook, style, naming)?;
            let next = Self::next(self, workbook, naming, style)?;
            *self = next;
        }
        let worksheet = workbook.worksheet_from_index(self.place)?;
        for (at, (cell, column)) in (0..).zip(cells.iter().zip(self.columns)) {
            write(worksheet, (self.row, at), cell, column.kind, style)?;
        }
        self.row += 1;
        Ok(())
    }

    fn next(
        &self,
        workbook: &mut Workbook,
        naming: &Naming<'_>,
        style: &Style,
    ) -> Result<Self, XlsxError> {
        let place = workbook.worksheets().len();
        let number = self.number + 1;
        let worksheet = workbook.add_worksheet_with_constant_memory()?;
        worksheet.set_name(name(self.view, number, naming))?;
        head(worksheet, self.columns, naming, style)?;
        Ok(Self {
            place,
            row: 1,
            number,
            ..*self
        })
    }

    /// Puts on what needs the number of rows: the filter, the colours of verdicts, bars
    /// behind shares.
    pub fn end(
        &self,
        workbook: &mut Workbook,
        style: &Style,
        naming: &Naming<'_>,
    ) -> Result<(), XlsxError> {
        let worksheet = workbook.worksheet_from_index(self.place)?;
        let last = self.row.saturating_sub(1).max(1);
        let width = self.columns.len() as u16;
        worksheet.autofilter(0, 0, last, width.saturating_sub(1))?;
        let mut printed = (0..).zip(self.columns);
        if let Some((at, _)) = printed.find(|(_, column)| LAST_PRINTED.contains(&column.key)) {
            worksheet.set_print_area(0, 0, last, at)?;
        }
        for (at, column) in (0..).zip(self.columns) {
            match column.key {
                "verdict" => {
                    for (key, format) in &style.verdicts {
                        let word = naming.labels.get(key);
                        let rule = ConditionalFormatCellRule::EqualTo(word.to_owned());
                        let colour = ConditionalFormatCell::new()
                            .set_rule(rule)
                            .set_format(format);
                        worksheet.add_conditional_format(1, at, last, at, &colour)?;
                    }
                }
                "rate" => {
                    let bar = ConditionalFormatDataBar::new()
                        .set_minimum(rust_xlsxwriter::ConditionalFormatType::Number, 0)
                        .set_maximum(rust_xlsxwriter::ConditionalFormatType::Number, 1)
                        .set_fill_color("F4B183")
                        .set_solid_fill(true);
                    worksheet.add_conditional_format(1, at, last, at, &bar)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// A sheet's name: 31 characters at most, and none of a few.
fn name(view: &str, number: u32, naming: &Naming<'_>) -> String {
    let name = naming.labels.find(&format!("view.{view}")).unwrap_or(view);
    match number {
        1 => name.to_owned(),
        _ => format!("{name} {number}"),
    }
}

fn head(
    worksheet: &mut Worksheet,
    columns: &[Column],
    naming: &Naming<'_>,
    style: &Style,
) -> Result<(), XlsxError> {
    for (at, column) in (0..).zip(columns) {
        worksheet.set_column_width(at, f64::from(column.width))?;
        let heading = naming.heading(column.key);
        worksheet.write_string_with_format(0, at, heading, &style.heading)?;
    }
    worksheet
        .set_freeze_panes(1, 1)?
        .set_repeat_rows(0, 0)?
        .set_landscape()
        .set_paper_size(A4)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer("&P / &N")
        .set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Writes a cell as what it is.
pub(super) fn write(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
    kind: Kind,
    style: &Style,
) -> Result<(), XlsxError> {
    let format = style.of(kind);
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            let format = match kind {
                Kind::Prose => format,
                _ => style.of(Kind::Text),
            };
            worksheet.write_string_with_format(row, column, cut(text), format)?;
        }
        Cell::Count(count) => number(worksheet, (row, column), *count as f64, format)?,
        Cell::Number(value) | Cell::Share(value) => {
            number(worksheet, (row, column), *value, format)?;
        }
        Cell::Moment(moment) => {
            let day = moment.day;
            let parts = (u16::try_from(day.year()), day.month().unsigned_abs());
            let (Ok(year), month) = parts else {
                return Ok(());
            };
            let Ok(date) = ExcelDateTime::from_ymd(year, month, day.day().unsigned_abs()) else {
                // Days from before 1900 are no days to a spreadsheet.
                let text = cell.to_string();
                worksheet.write_string_with_format(row, column, text, style.of(Kind::Text))?;
                return Ok(());
            };
            let (date, format) = match moment.time {
                Some(time) => {
                    let [hour, minute, second] =
                        [time.hour(), time.minute(), time.second()].map(i8::unsigned_abs);
                    let date = date.and_hms(u16::from(hour), minute, f64::from(second))?;
                    (date, style.of(Kind::Moment))
                }
                None => (date, style.day()),
            };
            worksheet.write_datetime_with_format(row, column, date, format)?;
        }
    }
    Ok(())
}

fn number(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: f64,
    format: &Format,
) -> Result<(), XlsxError> {
    worksheet.write_number_with_format(row, column, value, format)?;
    Ok(())
}

/// A text as far as a cell can hold it.
pub(super) fn cut(text: &str) -> Cow<'_, str> {
    // Every UTF-16 unit takes at least one byte.
    if text.len() <= LONGEST {
        return Cow::from(text);
    }
    let mut units = 0;
    let mut room = 0;
    for (at, char) in text.char_indices() {
        units += char.len_utf16();
        if units <= LONGEST - CUT.len_utf16() {
            room = at + char.len_utf8();
        }
    }
    match units <= LONGEST {
        true => Cow::from(text),
        false => Cow::from(format!("{}{CUT}", &text[..room])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_so_much_and_no_more() {
        let fits = "好".repeat(LONGEST);
        assert_eq!(cut(&fits), fits);
        let long = cut(&"好".repeat(LONGEST + 1)).into_owned();
        assert_eq!(long.encode_utf16().count(), LONGEST);
        assert!(long.ends_with("好…"));
        let wide = cut(&"👍".repeat(LONGEST)).into_owned();
        assert_eq!(wide.encode_utf16().count(), LONGEST);
        assert!(wide.ends_with("👍…"));
    }
}
