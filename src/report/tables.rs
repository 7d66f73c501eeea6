//! The tables after several conversations: how each came out, and which clauses cost
//! points.
//!
//! ```text
//! 共 3 段对话 · 平均 81.7 分 · 合格 1 · 不合格 2
//!
//! 编号  渠道  得分  结果    违反  未做到  不完整  问题条款
//! --------------------------------------------------------------
//! a01   柜台  82.5  不合格     1       1       1  31.1 14.2 9.5
//! ```

use super::summary::{Counts, Row, Summary};
use super::terminal::{DOT, Terminal};
use super::visible::{columns, visible};
use super::wrap::{cut_middle, flow_painted};
use crate::assessment::Verdict;
use crate::conversation::Channel;
use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle,
};

/// Ids are cut so that the column of findings keeps so much room, but not shorter
/// than a few columns.
const ROOM_FOR_FINDINGS: usize = 20;
const NARROWEST_ID: usize = 8;
/// What comfy-table leaves between columns, given the padding below.
const GAP: &str = "  ";
const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('-').junction('-'));

impl Terminal<'_> {
    /// The summary: lines, the last one ended too.
    pub fn summary(&self, summary: &Summary<'_>) -> String {
        let mut page = String::new();
        self.totals(summary, &mut page);
        let rows = summary.shown();
        if !rows.is_empty() {
            page.push('\n');
            if rows.len() < summary.count {
                let shown = rows.len().to_string();
                let text = self.labels.fill("summary.worst", &[("shown", shown)]);
                page.push_str(&self.look().strong(&text));
                page.push('\n');
            }
            self.conversations(&rows, &mut page);
            page.push('\n');
            self.clauses_that_failed(&summary.failed_clauses(), &mut page);
        }
        page
    }

    fn totals(&self, summary: &Summary<'_>, page: &mut String) {
        let fill = |key: &str, name: &str, value: String| self.labels.fill(key, &[(name, value)]);
        let mut items = vec![fill("summary.title", "count", summary.count.to_string())];
        if summary.scored > 0 {
            let mean = summary.total / summary.scored as f64;
            items.push(fill("summary.mean", "score", format!("{mean:.1}")));
        }
        let unscored = summary.count - summary.scored - summary.before_in_force;
        let failed = summary
            .scored
            .saturating_sub(summary.passed + summary.vetoed);
        for (key, count) in [
            ("summary.passed", summary.passed),
            ("summary.failed", failed),
            ("summary.vetoed", summary.vetoed),
            ("summary.no-score", unscored),
            ("summary.before-in-force", summary.before_in_force),
        ] {
            if count > 0 {
                items.push(fill(key, "count", count.to_string()));
            }
        }
        let look = self.look();
        let lines = flow_painted(
            &items,
            DOT,
            self.width(),
            self.labels,
            |place, text| match place {
                0 => look.strong(text),
                _ => text.to_owned(),
            },
        );
        self.lines(&lines, page);
    }

    fn conversations(&self, rows: &[&Row], page: &mut String) {
        let header = [
            self.labels.get("column.id"),
            self.labels.get("column.channel"),
            self.labels.get("column.score"),
            self.labels.get("column.result"),
            self.verdict(Verdict::Breached),
            self.verdict(Verdict::Missed),
            self.verdict(Verdict::Partial),
            self.labels.get("column.findings"),
        ];
        let mut cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| self.conversation_cells(row))
            .collect();
        // Ids give way, so that the findings have room.
        let last = header.len() - 1;
        let others = (1..last).map(|column| widest(column, &header, &cells) + columns(GAP));
        let findings = widest(last, &header, &cells).min(ROOM_FOR_FINDINGS);
        let taken = others.sum::<usize>() + columns(GAP) + findings;
        let room = self.width().saturating_sub(taken).max(NARROWEST_ID);
        for row in &mut cells {
            row[0] = cut_middle(&row[0], room);
        }
        self.table(&header, &[2, 4, 5, 6], last, cells, page);
    }

    fn conversation_cells(&self, row: &Row) -> Vec<String> {
        let channel = format!(
            "channel-short.{}",
            row.channel.map_or("none", Channel::name)
        );
        let findings: Vec<String> = row.findings.iter().map(|id| visible(id)).collect();
        vec![
            visible(&row.id),
            self.labels.get(&channel).to_owned(),
            row.score
                .map(|score| format!("{score:.1}"))
                .unwrap_or_default(),
            match row.before_in_force {
                true => self.labels.get("report.not-judged").to_owned(),
                false => self.result(row.score, row.vetoed).0.to_owned(),
            },
            count(row.counts.breached),
            count(row.counts.missed),
            count(row.counts.partial),
            findings.join(" "),
        ]
    }

    fn clauses_that_failed(&self, failed: &[(&str, Counts)], page: &mut String) {
        if failed.is_empty() {
            page.push_str(self.labels.get("summary.no-clauses"));
            page.push('\n');
            return;
        }
        page.push_str(&self.look().strong(self.labels.get("summary.clauses")));
        page.push('\n');
        let header = [
            self.labels.get("column.clause"),
            self.labels.get("column.title"),
            self.labels.get("column.arose"),
            self.verdict(Verdict::Breached),
            self.verdict(Verdict::Missed),
            self.verdict(Verdict::Partial),
            self.labels.get("column.rate"),
        ];
        let cells = failed.iter().map(|(id, counts)| {
            let arose = counts.arose().max(1);
            let rate = (100 * counts.failed() + arose / 2) / arose;
            vec![
                visible(id),
                self.title(id),
                arose.to_string(),
                count(counts.breached),
                count(counts.missed),
                count(counts.partial),
                format!("{rate}%"),
            ]
        });
        self.table(&header, &[2, 3, 4, 5, 6], 1, cells.collect(), page);
    }

    /// A table without a frame: the columns `numbers` stand to the right, and only
    /// the column `breaking` is broken where the width doesn't suffice.
    pub(crate) fn table(
        &self,
        header: &[&str],
        numbers: &[usize],
        breaking: usize,
        cells: Vec<Vec<String>>,
        page: &mut String,
    ) {
        let mut table = Table::new();
        table
            .force_no_tty()
            .load_style(STYLE)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.width()).unwrap_or(u16::MAX))
            .set_header(header.iter().map(Cell::new))
            .add_rows(cells);
        for (place, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, u16::from(place + 1 < header.len())));
            if place != breaking {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
            if numbers.contains(&place) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for (place, line) in table.lines().enumerate() {
            let line = line.trim_end();
            page.push_str(&if place < 2 {
                self.look().dim(line)
            } else {
                line.to_owned()
            });
            page.push('\n');
        }
    }
}

/// How wide a column of a table is by itself.
fn widest(column: usize, header: &[&str], cells: &[Vec<String>]) -> usize {
    let cells = cells.iter().map(|row| columns(&row[column]));
    cells.chain([columns(header[column])]).max().unwrap_or(0)
}

/// A count; nothing for none, so that what there is stands out.
fn count(count: usize) -> String {
    match count {
        0 => String::new(),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::Assessment;
    use crate::phrasebook::labels::{Labels, Lang};
    use crate::report::fixture;

    fn set(lang: Lang, assessments: &[Assessment]) -> String {
        let (rules, labels) = (fixture::rules(), Labels::builtin(lang));
        let mut summary = Summary::new(&rules);
        for assessment in assessments {
            summary.add(assessment);
        }
        let terminal = Terminal {
            rules: &rules,
            labels: &labels,
            width: 80,
            colours: false,
        };
        terminal.summary(&summary)
    }

    fn named(id: &str, score: Option<f64>, vetoed: bool) -> Assessment {
        Assessment {
            id: id.to_owned(),
            score,
            vetoed,
            ..fixture::assessment()
        }
    }

    fn few() -> Vec<Assessment> {
        let mut good = named("二号窗口/午后-录音", Some(96.0), false);
        good.verdicts.truncate(1);
        let mut blank = named("c", None, false);
        blank.verdicts.clear();
        blank.channel = None;
        vec![
            named("a01", Some(82.5), false),
            good,
            named("b", Some(0.0), true),
            blank,
        ]
    }

    #[test]
    fn a_summary_in_chinese() {
        let expected = "\
共 4 段对话 · 平均 59.5 分 · 合格 1 · 不合格 1 · 一票否决 1 · 无法评分 1

编号                渠道  得分  结果      违反  未做到  不完整  问题条款
-----------------------------------------------------------------------------
a01                 柜台  82.5  不合格       1       1       1  31.1 14.2 9.5
二号窗口/午后-录音  柜台  96.0  合格
b                   柜台   0.0  一票否决     1       1       1  31.1 14.2 9.5
c                   不明        无法评分

失分的条款，失分多的在前
条款  名称      涉及  违反  未做到  不完整  失分率
--------------------------------------------------
9.5   材料不全     2                     2    100%
14.2  礼貌道别     2             2            100%
31.1  怠慢         2     2                    100%
";
        assert_eq!(set(Lang::Zh, &few()), expected);
    }

    #[test]
    fn a_summary_in_english() {
        let expected = "\
4 conversations · mean score 59.5 · 1 passed · 1 failed · 1 vetoed · 1 unscored

id            channel  score  result    breached  missed  partial  findings
--------------------------------------------------------------------------------
a01           counter   82.5  fail             1       1        1  31.1 14.2 9.5
二号…后-录音  counter   96.0  pass
b             counter    0.0  vetoed           1       1        1  31.1 14.2 9.5
c             ?               no score

clauses that cost points, the most frequent first
clause  title                 arose  breached  missed  partial  rate
--------------------------------------------------------------------
9.5     Documents incomplete      2                          2  100%
14.2    Polite parting            2                 2           100%
31.1    Slighting the client      2         2                   100%
";
        assert_eq!(set(Lang::En, &few()), expected);
    }

    #[test]
    fn of_many_the_lowest_are_shown() {
        let many: Vec<Assessment> = (0..1000)
            .map(|place| {
                named(
                    &format!("n{place}"),
                    Some(f64::from(place * 37 % 1000)),
                    place == 500,
                )
            })
            .collect();
        let page = set(Lang::En, &many);
        let ids: Vec<&str> = page
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .filter(|word| word.starts_with('n') && word[1..].parse::<u32>().is_ok())
            .collect();
        // The vetoed one first, then by score: the place is 973 times the score.
        let mut expected = vec!["n500".to_owned()];
        expected.extend((0..39).map(|score| format!("n{}", score * 973 % 1000)));
        assert_eq!(ids, expected);
        assert!(
            page.starts_with("1000 conversations · mean score 499.5 · 914 passed"),
            "{page}"
        );
        assert!(page.contains("\nthe 40 with the lowest scores\n"), "{page}");
    }

    #[test]
    fn nothing_judged_is_said_so() {
        assert_eq!(set(Lang::En, &[]), "0 conversations\n");
    }
}
