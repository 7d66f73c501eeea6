//! What shows only across many conversations, as a page for a terminal: how they came
//! out, clauses, clerks and branches, whether all are served alike, complaints.
//!
//! ```text
//! 共 5000 段对话 · 2026-03-02 至 2026-03-29 · 平均 71.4 分（95% 区间 70.9–71.9）
//!
//! 工作人员
//! 名称  对话数  平均分   95% 区间  合格率  常失分
//! ------------------------------------------------------
//! 8         41    80.2  75.1–85.3     90%  9.20 ×12  9.5 ×7
//! ```

use super::terminal::{DOT, Terminal};
use super::views::{self, Cell, Kind, Naming, Order, Table};
use super::wrap::{flow_painted, wrap};
use crate::scoring::across::{Across, By, Standing};

/// The most rows that a table shows.
const MOST_ROWS: usize = 60;
/// The most complaints that are listed.
const MOST_COMPLAINTS: usize = 20;
/// How wide the longest bar is.
const BAR: usize = 40;

const CLAUSES: &[&str] = &[
    "clause", "title", "arose", "breached", "missed", "partial", "rate", "range",
];
const GROUPS: &[&str] = &[
    "name",
    "conversations",
    "mean",
    "range",
    "passed",
    "vetoed",
    "often",
];
const COMPLAINTS: &[&str] = &[
    "standing",
    "complaint",
    "client",
    "made",
    "made-in",
    "agent",
    "took",
];

impl Terminal<'_> {
    /// The page: lines, the last one ended too.
    pub fn across(&self, across: &Across, order: Order) -> String {
        let naming = Naming::new(self.rules, self.labels);
        let mut page = String::new();
        self.totals_of(across, &naming, &mut page);
        if across.all.tally.count == 0 {
            return page;
        }
        self.spread(across, &mut page);
        let mut clauses = views::clauses(across, &naming);
        clauses.rows.retain(|row| failed(clauses.columns, row));
        self.section(&clauses, CLAUSES, "title", &mut page);
        for by in By::ALL {
            let groups = views::groups(across, by, order, &naming);
            // One group is all there is, and that stands above.
            if groups.rows.len() > 1 || (by == By::Clerk && !groups.rows.is_empty()) {
                self.section(&groups, GROUPS, "often", &mut page);
            }
            if across.left_out(by) > 0 {
                let count = across.left_out(by).to_string();
                self.prose(
                    &self.labels.fill("across.left-out", &[("count", count)]),
                    &mut page,
                );
            }
        }
        self.served_alike(across, &naming, &mut page);
        self.complaints_of(across, &naming, &mut page);
        self.courtesy_of(across, &mut page);
        page.push('\n');
        self.prose(self.labels.get("across.intervals"), &mut page);
        page
    }

    fn totals_of(&self, across: &Across, naming: &Naming<'_>, page: &mut String) {
        let items = views::totals(across, naming);
        let lines = flow_painted(
            &items,
            DOT,
            self.width(),
            self.labels,
            |place, text| match place {
                0 => self.look().strong(text),
                _ => text.to_owned(),
            },
        );
        self.lines(&lines, page);
    }

    /// How many conversations had a score in each tenth of the scale.
    fn spread(&self, across: &Across, page: &mut String) {
        let most = across.spread.iter().max().copied().unwrap_or(0);
        if most == 0 {
            return;
        }
        self.heading("spread", page);
        let scoring = &self.rules.scoring;
        let tenth = (scoring.ceiling - scoring.floor) / 10.0;
        for (place, count) in across.spread.iter().enumerate() {
            let from = scoring.floor + tenth * place as f64;
            let bar = "=".repeat((count * BAR).div_ceil(most));
            let range = format!("{from:.0}–{:.0}", from + tenth);
            page.push_str(&format!("{range:>9}  {count:>6}  {bar}"));
            page.truncate(page.trim_end().len());
            page.push('\n');
        }
    }

    fn served_alike(&self, across: &Across, naming: &Naming<'_>, page: &mut String) {
        let differences = views::differences(across, naming);
        if differences.is_empty() {
            return;
        }
        self.heading("alike", page);
        for difference in &differences {
            self.prose(&views::told(difference, naming), page);
        }
    }

    fn complaints_of(&self, across: &Across, naming: &Naming<'_>, page: &mut String) {
        let list = across.complaints.list();
        let sentences = views::complaint_sentences(&across.complaints, &list, naming);
        if sentences.is_empty() {
            return;
        }
        self.heading("complaints", page);
        for sentence in sentences {
            self.prose(&sentence, page);
        }
        let to_do = |standing| matches!(standing, Standing::Overdue | Standing::Late);
        let list: Vec<_> = list.into_iter().filter(|of| to_do(of.standing)).collect();
        if !list.is_empty() {
            page.push('\n');
            let table = views::complaints(&list, naming);
            self.rows(&table, COMPLAINTS, "made-in", MOST_COMPLAINTS, page);
        }
    }

    fn courtesy_of(&self, across: &Across, page: &mut String) {
        if across.courtesy.is_empty() {
            return;
        }
        self.heading("courtesy", page);
        let each = |count: u64| count as f64 / across.all.tally.count.max(1) as f64;
        let items: Vec<String> = across
            .courtesy
            .iter()
            .map(|(word, count)| {
                format!(
                    "{} {count} ({:.2})",
                    super::visible::visible(word),
                    each(*count)
                )
            })
            .collect();
        let lines = flow_painted(&items, DOT, self.width(), self.labels, |_, text| {
            text.to_owned()
        });
        self.lines(&lines, page);
    }

    fn heading(&self, view: &str, page: &mut String) {
        let title = self
            .labels
            .find(&format!("view.{view}"))
            .unwrap_or_default();
        page.push('\n');
        page.push_str(&self.look().strong(title));
        page.push('\n');
    }

    fn prose(&self, text: &str, page: &mut String) {
        self.lines(&wrap(text, self.width(), self.labels), page);
    }

    fn section(&self, table: &Table<'_>, keys: &[&str], breaking: &str, page: &mut String) {
        if !table.rows.is_empty() {
            self.heading(table.key, page);
            self.rows(table, keys, breaking, MOST_ROWS, page);
        }
    }

    /// The columns `keys` of a table, those aside in which nothing stands; `range` is
    /// the ends of an interval in one column.
    fn rows(
        &self,
        table: &Table<'_>,
        keys: &[&str],
        breaking: &str,
        most: usize,
        page: &mut String,
    ) {
        let told = |row: &[Cell<'_>], key: &str| {
            let at = table.columns.iter().position(|column| column.key == key);
            at.map_or(String::new(), |at| row[at].told(table.columns[at].kind))
        };
        let cell = |row: &[Cell<'_>], key: &str| match key {
            "range" => match (told(row, "low"), told(row, "high")) {
                (low, high) if low.is_empty() || high.is_empty() => String::new(),
                (low, high) => format!("{low}–{high}"),
            },
            key => told(row, key),
        };
        let mut columns: Vec<(&str, Vec<String>)> = keys
            .iter()
            .map(|key| {
                let rows = table.rows.iter().take(most);
                (*key, rows.map(|row| cell(row, key)).collect())
            })
            .collect();
        columns.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        let headings: Vec<&str> = columns
            .iter()
            .map(|(key, _)| {
                self.labels
                    .find(&format!("column.{key}"))
                    .unwrap_or_default()
            })
            .collect();
        let is_number = |key: &str| {
            let column = table.columns.iter().find(|column| column.key == key);
            key == "range"
                || column
                    .is_some_and(|of| !matches!(of.kind, Kind::Text | Kind::Prose | Kind::Moment))
        };
        let numbers: Vec<usize> = (0..columns.len())
            .filter(|at| is_number(columns[*at].0))
            .collect();
        let breaking = columns.iter().position(|(key, _)| *key == breaking);
        let shown = table.rows.len().min(most);
        let cells = (0..shown)
            .map(|row| {
                columns
                    .iter()
                    .map(|(_, cells)| cells[row].clone())
                    .collect()
            })
            .collect();
        let breaking = breaking.unwrap_or(columns.len().saturating_sub(1));
        self.table(&headings, &numbers, breaking, cells, page);
        if table.rows.len() > shown {
            let count = (table.rows.len() - shown).to_string();
            self.prose(&self.labels.fill("across.more", &[("count", count)]), page);
        }
    }
}

/// Whether a clause's row shows that it cost points.
fn failed(columns: &[views::Column], row: &[Cell<'_>]) -> bool {
    let mut cells = columns.iter().zip(row);
    cells.any(|(column, cell)| {
        column.key == "rate" && matches!(cell, Cell::Share(rate) if *rate > 0.0)
    })
}
