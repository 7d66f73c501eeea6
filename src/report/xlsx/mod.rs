//! A workbook: one sheet a view, for people who work with a spreadsheet.
//!
//! ```text
//! Rows ────► Book   the rows of a conversation, as it comes; nothing stays in memory
//! Across ──► Book   the sheets that show many conversations, at the end
//! ```
//!
//! Cells are what they are: numbers are numbers, days are days, shares are shown in per
//! cent. A text is never a formula and never a link, whatever it begins with, since it
//! is written as a text; what a cell can't hold is cut, with a mark. Nothing depends on
//! the hour: the same conversations give the same bytes.

mod sheet;
mod style;
mod summary;

use super::views::{self, Naming, Order, Rows, View};
use crate::scoring::across::{Across, By};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use sheet::Sheet;
use std::io::{self, Write};
use style::Style;

/// The views that grow with each conversation, in the order of their sheets.
const GROWING: [View; 2] = [View::Conversations, View::Findings];

/// A workbook that is being written.
pub struct Book<'a> {
    naming: Naming<'a>,
    workbook: Workbook,
    style: Style,
    sheets: [Sheet; 2],
}

impl<'a> Book<'a> {
    /// Begins one.
    ///
    /// # Errors
    /// If there is no room for what waits to be written.
    pub fn begin(naming: Naming<'a>) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        let style = Style::default();
        // Stands first and is filled last.
        workbook.add_worksheet();
        let mut begin = |view: View| {
            Sheet::growing(&mut workbook, view.name(), view.columns(), &naming, &style)
        };
        let sheets = [begin(GROWING[0]), begin(GROWING[1])];
        let [conversations, findings] = sheets;
        Ok(Self {
            naming,
            sheets: [conversations.map_err(failed)?, findings.map_err(failed)?],
            workbook,
            style,
        })
    }

    /// Adds a conversation.
    ///
    /// # Errors
    /// If there is no room for what waits to be written.
    pub fn add(&mut self, rows: &Rows) -> io::Result<()> {
        let [conversations, findings] = &mut self.sheets;
        conversations
            .add(&mut self.workbook, &rows.talk, &self.naming, &self.style)
            .map_err(failed)?;
        for row in &rows.findings {
            findings
                .add(&mut self.workbook, row, &self.naming, &self.style)
                .map_err(failed)?;
        }
        Ok(())
    }

    /// Writes the whole workbook, with what shows across its conversations.
    ///
    /// # Errors
    /// If `out` can't be written to.
    pub fn end(
        mut self,
        across: &Across,
        order: Order,
        out: &mut (impl Write + Send),
    ) -> io::Result<()> {
        self.sums(across, order)
            .and_then(|()| self.workbook.save_to_writer(out))
            .map_err(failed)
    }

    fn sums(&mut self, across: &Across, order: Order) -> Result<(), XlsxError> {
        for sheet in &self.sheets {
            sheet.end(&mut self.workbook, &self.style, &self.naming)?;
        }
        let naming = self.naming;
        let differences = views::differences(across, &naming);
        let complaints = across.complaints.list();
        let mut tables = vec![views::clauses(across, &naming)];
        for by in By::ALL {
            tables.push(views::groups(across, by, order, &naming));
        }
        tables.push(views::group_clauses(across, By::Clerk, &naming));
        tables.push(views::group_clauses(across, By::Branch, &naming));
        tables.push(views::alike(&differences, &naming));
        tables.push(views::complaints(&complaints, &naming));
        for table in tables.iter().filter(|table| !table.rows.is_empty()) {
            Sheet::whole(&mut self.workbook, table, &naming, &self.style)?;
        }
        summary::fill(
            &mut self.workbook,
            across,
            &differences,
            &naming,
            &self.style,
        )?;
        // The library would put down the hour of its making.
        let day = across.days.map_or((1980, 1, 1), |(_, last)| {
            (
                last.year().unsigned_abs(),
                last.month().unsigned_abs(),
                last.day().unsigned_abs(),
            )
        });
        let day = ExcelDateTime::from_ymd(day.0, day.1, day.2)
            .or_else(|_| ExcelDateTime::from_ymd(1980, 1, 1))?;
        let title = naming.labels.choose(naming.rules.title());
        let about = DocProperties::new()
            .set_title(title)
            .set_author("liyan")
            .set_creation_datetime(&day);
        self.workbook.set_properties(&about);
        Ok(())
    }
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    }
}
