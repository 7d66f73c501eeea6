//! The first sheet: how all conversations came out, at a glance.

use super::sheet::{cut, write};
use super::style::Style;
use crate::report::views::{self, Cell, Kind, Naming};
use crate::report::visible::shown;
use crate::scoring::across::{Across, By, Difference};
use rust_xlsxwriter::{Chart, ChartType, Format, Workbook, Worksheet, XlsxError};

/// Where the chart stands, right of the figures.
const CHART_COLUMN: u16 = 4;
const WIDTHS: [f64; 4] = [26.0, 14.0, 14.0, 4.0];

/// Fills the sheet, which is the first of the workbook.
pub(super) fn fill(
    workbook: &mut Workbook,
    across: &Across,
    differences: &[Difference],
    naming: &Naming<'_>,
    style: &Style,
) -> Result<(), XlsxError> {
    let worksheet = workbook.worksheet_from_index(0)?;
    let name = naming.labels.get("view.summary").to_owned();
    worksheet.set_name(&name)?;
    for (at, width) in (0..).zip(WIDTHS) {
        worksheet.set_column_width(at, width)?;
    }
    worksheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    let mut page = Page {
        worksheet,
        style,
        row: 0,
    };
    page.title(naming.labels.choose(naming.rules.title()))?;
    page.line(&naming.rules.identity())?;
    page.row += 1;
    totals(&mut page, across, naming)?;
    let spread = spread(&mut page, across, naming)?;
    courtesy(&mut page, across, naming)?;
    let mut told = Vec::new();
    for difference in differences {
        told.push(views::told(difference, naming));
    }
    page.section("alike", &told, naming)?;
    let list = across.complaints.list();
    let told = views::complaint_sentences(&across.complaints, &list, naming);
    page.section("complaints", &told, naming)?;
    page.row += 1;
    page.line(naming.labels.get("across.intervals"))?;
    charts(worksheet, &name, spread, across, naming)
}

struct Page<'a> {
    worksheet: &'a mut Worksheet,
    style: &'a Style,
    row: u32,
}

impl Page<'_> {
    fn text(&mut self, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        let text = cut(text);
        self.worksheet
            .write_string_with_format(self.row, column, text, format)?;
        Ok(())
    }

    fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.text(0, text, &self.style.title)?;
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, text: &str) -> Result<(), XlsxError> {
        self.text(0, &shown(text), self.style.of(Kind::Text))?;
        self.row += 1;
        Ok(())
    }

    fn figures(&mut self, label: &str, cells: &[(Cell<'_>, Kind)]) -> Result<(), XlsxError> {
        self.text(0, label, self.style.of(Kind::Text))?;
        for (at, (cell, kind)) in (1..).zip(cells) {
            write(self.worksheet, (self.row, at), cell, *kind, self.style)?;
        }
        self.row += 1;
        Ok(())
    }

    fn headings(&mut self, keys: &[&str], naming: &Naming<'_>) -> Result<(), XlsxError> {
        for (at, key) in (0..).zip(keys) {
            self.text(at, naming.heading(key), &self.style.heading)?;
        }
        self.row += 1;
        Ok(())
    }

    fn section(
        &mut self,
        view: &str,
        told: &[String],
        naming: &Naming<'_>,
    ) -> Result<(), XlsxError> {
        if told.is_empty() {
            return Ok(());
        }
        self.row += 1;
        let title = naming
            .labels
            .find(&format!("view.{view}"))
            .unwrap_or_default();
        self.text(0, title, &self.style.strong)?;
        self.row += 1;
        for sentence in told {
            self.line(sentence)?;
        }
        Ok(())
    }
}

fn totals(page: &mut Page<'_>, across: &Across, naming: &Naming<'_>) -> Result<(), XlsxError> {
    let tally = across.all.tally;
    let count = |count: usize| (Cell::Count(count as u64), Kind::Count);
    let heading = |key: &str| naming.heading(key).to_owned();
    page.figures(
        &heading("conversations"),
        &[count(tally.count + across.before)],
    )?;
    if let Some((first, last)) = across.days {
        let day = |day| {
            let moment = crate::moment::Moment { day, time: None };
            (Cell::Moment(moment), Kind::Moment)
        };
        page.figures(&heading("days"), &[day(first), day(last)])?;
    }
    page.figures(
        &heading("mean"),
        &[(Cell::number(tally.mean()), Kind::Score)],
    )?;
    if let Some(range) = across.score_range(&tally) {
        let end = |end| (Cell::number(Some(end)), Kind::Score);
        page.figures(&heading("range"), &[end(range.low), end(range.high)])?;
    }
    let failed = tally.scored.saturating_sub(tally.passed + tally.vetoed);
    let rate = (Cell::share(tally.pass_rate()), Kind::Share);
    let word = |key: &str| naming.labels.get(key).to_owned();
    page.figures(&word("report.pass"), &[count(tally.passed), rate])?;
    page.figures(&word("report.fail"), &[count(failed)])?;
    page.figures(&word("report.vetoed"), &[count(tally.vetoed)])?;
    page.figures(
        &word("report.no-score"),
        &[count(tally.count - tally.scored)],
    )?;
    if across.before > 0 {
        page.figures(&heading("before"), &[count(across.before)])?;
    }
    let each = |each| (Cell::number(each), Kind::Points);
    page.figures(&heading("findings-each"), &[each(tally.findings_each())])?;
    page.figures(&heading("courtesy-each"), &[each(tally.courtesy_each())])
}

/// The scores by tenths of the scale; gives the rows in which they stand.
fn spread(
    page: &mut Page<'_>,
    across: &Across,
    naming: &Naming<'_>,
) -> Result<(u32, u32), XlsxError> {
    page.row += 1;
    page.headings(&["score", "conversations"], naming)?;
    let scoring = &naming.rules.scoring;
    let tenth = (scoring.ceiling - scoring.floor) / 10.0;
    let first = page.row;
    for (place, count) in across.spread.iter().enumerate() {
        let from = scoring.floor + tenth * place as f64;
        let label = format!("{from:.0}–{:.0}", from + tenth);
        page.figures(&label, &[(Cell::Count(*count as u64), Kind::Count)])?;
    }
    Ok((first, page.row - 1))
}

fn courtesy(page: &mut Page<'_>, across: &Across, naming: &Naming<'_>) -> Result<(), XlsxError> {
    if across.courtesy.is_empty() {
        return Ok(());
    }
    page.row += 1;
    let table = views::courtesy(across);
    let keys: Vec<&str> = table.columns.iter().map(|column| column.key).collect();
    page.headings(&keys, naming)?;
    for row in &table.rows {
        for (at, (cell, column)) in (0..).zip(row.iter().zip(table.columns)) {
            write(
                page.worksheet,
                (page.row, at),
                cell,
                column.kind,
                page.style,
            )?;
        }
        page.row += 1;
    }
    Ok(())
}

/// The spread of scores, and the mean score of each week where there are several.
fn charts(
    worksheet: &mut Worksheet,
    summary: &str,
    (first, last): (u32, u32),
    across: &Across,
    naming: &Naming<'_>,
) -> Result<(), XlsxError> {
    let mut bars = Chart::new(ChartType::Column);
    bars.add_series()
        .set_categories((summary, first, 0, last, 0))
        .set_values((summary, first, 1, last, 1))
        .set_gap(20);
    bars.title().set_name(naming.labels.get("view.spread"));
    bars.legend().set_hidden();
    worksheet.insert_chart(2, CHART_COLUMN, &bars)?;
    let weeks = across.groups(By::Week).len() as u32;
    if weeks > 1 {
        let sheet = naming.labels.get("view.week");
        let mut line = Chart::new(ChartType::Line);
        line.add_series()
            .set_categories((sheet, 1, 0, weeks, 0))
            .set_values((sheet, 1, 2, weeks, 2));
        line.title().set_name(naming.heading("mean-by-week"));
        line.legend().set_hidden();
        worksheet.insert_chart(18, CHART_COLUMN, &line)?;
    }
    Ok(())
}
