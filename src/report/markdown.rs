//! A document in Markdown, to be pasted into a page or an issue: how many conversations
//! came out, clauses and groups, and the findings of those with the lowest scores.
//!
//! What comes from a transcript is escaped until no mark in it does anything: no
//! heading, link, image, HTML or table comes of it.

use super::views::{self, Cell, Column, Kind, Naming, Order, Rows, Table, View, cell_of};
use crate::scoring::across::{Across, By};
use std::cmp::Ordering;
use std::fmt::Write;

/// The most conversations that are shown.
const MOST_SHOWN: usize = 40;

/// A document that is being made. Of many conversations only those with the lowest
/// scores are kept.
pub struct Document<'a> {
    naming: Naming<'a>,
    kept: Vec<(usize, Rows)>,
    count: usize,
}

impl<'a> Document<'a> {
    /// Begins one.
    pub fn new(naming: Naming<'a>) -> Self {
        Self {
            naming,
            kept: Vec::new(),
            count: 0,
        }
    }

    /// Adds a conversation.
    pub fn add(&mut self, rows: &Rows) {
        self.kept.push((self.count, rows.clone()));
        self.count += 1;
        if self.kept.len() > 2 * MOST_SHOWN {
            self.keep_worst();
        }
    }

    fn keep_worst(&mut self) {
        self.kept.sort_by(worse_first);
        self.kept.truncate(MOST_SHOWN);
    }

    /// The whole document, its last line ended too.
    pub fn end(mut self, across: &Across, order: Order) -> String {
        if self.count > MOST_SHOWN {
            self.keep_worst();
        }
        let mut page = String::new();
        let title = self.naming.labels.choose(self.naming.rules.title());
        let _ = writeln!(page, "# {}\n", escaped(title));
        let _ = writeln!(page, "{}\n", escaped(&self.naming.rules.identity()));
        for item in views::totals(across, &self.naming) {
            let _ = writeln!(page, "- {}", escaped(&item));
        }
        self.sums(across, order, &mut page);
        self.sentences(across, &mut page);
        self.talks(&mut page);
        page
    }

    fn sums(&self, across: &Across, order: Order, page: &mut String) {
        let naming = &self.naming;
        let mut clauses = views::clauses(across, naming);
        clauses.rows.retain(|row| has_rate(clauses.columns, row));
        self.section(&clauses, page);
        for by in By::ALL {
            self.section(&views::groups(across, by, order, naming), page);
        }
    }

    fn sentences(&self, across: &Across, page: &mut String) {
        let naming = &self.naming;
        let differences = views::differences(across, naming);
        let alike = differences.iter().map(|of| views::told(of, naming));
        let list = across.complaints.list();
        let complaints = views::complaint_sentences(&across.complaints, &list, naming);
        for (key, told) in [("alike", alike.collect()), ("complaints", complaints)] {
            let told: Vec<String> = told;
            if told.is_empty() {
                continue;
            }
            self.heading(key, page);
            for sentence in told {
                let _ = writeln!(page, "- {}", escaped(&sentence));
            }
        }
        self.section_below(&views::complaints(&list, naming), page);
        self.section(&views::courtesy(across), page);
        let _ = writeln!(page, "\n{}", escaped(naming.labels.get("across.intervals")));
    }

    fn talks(&self, page: &mut String) {
        let naming = &self.naming;
        self.heading("conversations", page);
        if self.kept.len() < self.count {
            let shown = self.kept.len().to_string();
            let told = naming.labels.fill("summary.worst", &[("shown", shown)]);
            let _ = writeln!(page, "{}\n", escaped(&told));
        }
        let table = Table {
            key: "conversations",
            columns: View::Conversations.columns(),
            rows: self
                .kept
                .iter()
                .map(|(_, rows)| rows.talk.clone())
                .collect(),
        };
        self.table(&table, page);
        for (_, rows) in &self.kept {
            if rows.findings.is_empty() {
                continue;
            }
            let id = cell_of(View::Conversations, &rows.talk, "id").to_string();
            let _ = writeln!(page, "\n### {}\n", escaped(&id));
            for row in &rows.findings {
                self.finding(row, page);
            }
        }
    }

    fn finding(&self, row: &[Cell<'_>], page: &mut String) {
        let told = |key: &str| escaped(&cell_of(View::Findings, row, key).to_string());
        let _ = writeln!(
            page,
            "- **{} {} {}** {}",
            told("verdict"),
            told("clause"),
            told("title"),
            told("points"),
        );
        for key in ["turn", "situation", "said", "missing", "say"] {
            let text = told(key);
            if !text.is_empty() {
                let heading = escaped(self.naming.heading(key));
                let values = [("turn", heading), ("text", text)];
                let _ = writeln!(
                    page,
                    "  - {}",
                    self.naming.labels.fill("report.at-turn", &values)
                );
            }
        }
    }

    fn heading(&self, view: &str, page: &mut String) {
        let title = self.naming.labels.find(&format!("view.{view}"));
        let _ = writeln!(page, "\n## {}\n", escaped(title.unwrap_or(view)));
    }

    fn section(&self, table: &Table<'_>, page: &mut String) {
        if !table.rows.is_empty() {
            self.heading(table.key, page);
            self.table(table, page);
        }
    }

    fn section_below(&self, table: &Table<'_>, page: &mut String) {
        if !table.rows.is_empty() {
            page.push('\n');
            self.table(table, page);
        }
    }

    /// A table, without the columns in which nothing stands.
    fn table(&self, table: &Table<'_>, page: &mut String) {
        let mut columns: Vec<(usize, &Column)> = table.columns.iter().enumerate().collect();
        columns.retain(|(at, _)| table.rows.iter().any(|row| row[*at] != Cell::Empty));
        let mut line = |cells: Vec<String>| {
            let _ = writeln!(page, "| {} |", cells.join(" | "));
        };
        let heading = |column: &Column| escaped(self.naming.heading(column.key));
        line(columns.iter().map(|(_, column)| heading(column)).collect());
        let side = |column: &Column| match column.kind {
            Kind::Text | Kind::Prose | Kind::Moment => "---",
            _ => "---:",
        };
        line(
            columns
                .iter()
                .map(|(_, column)| side(column).to_owned())
                .collect(),
        );
        for row in &table.rows {
            let cells = columns.iter();
            let told = |(at, column): &(usize, &Column)| escaped(&row[*at].told(column.kind));
            line(cells.map(told).collect());
        }
    }
}

fn has_rate(columns: &[Column], row: &[Cell<'_>]) -> bool {
    let mut cells = columns.iter().zip(row);
    cells.any(|(column, cell)| {
        column.key == "rate" && matches!(cell, Cell::Share(rate) if *rate > 0.0)
    })
}

/// Vetoed and low scores first, unscored last, otherwise as they came.
fn worse_first(a: &(usize, Rows), b: &(usize, Rows)) -> Ordering {
    let score = |rows: &Rows| rows.score.unwrap_or(f64::INFINITY);
    let vetoed = b.1.vetoed.cmp(&a.1.vetoed);
    vetoed
        .then(score(&a.1).total_cmp(&score(&b.1)))
        .then(a.0.cmp(&b.0))
}

/// A text in which no mark does anything. Full stops, dashes and the like do only where
/// they could begin an item of a list, or a line; a stop also behind `www`, a colon
/// before `//`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, char) in text.char_indices() {
        let (before, behind) = (&text[..at], &text[at + char.len_utf8()..]);
        let alone = behind.is_empty() || behind.starts_with([' ', char]);
        let is_mark = match char {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&' | '@'
            | '$' => true,
            ':' => behind.starts_with("//"),
            '.' if ends_www(before) => true,
            '.' | ')' => alone && before.bytes().all(|byte| byte.is_ascii_digit()),
            '-' | '+' | '=' => alone && before.is_empty(),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

fn ends_www(text: &str) -> bool {
    let end = text.as_bytes();
    end.len() >= 3 && end[end.len() - 3..].eq_ignore_ascii_case(b"www")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::labels::{Labels, Lang};
    use crate::report::fixture;
    use crate::report::wire::Line;

    #[test]
    fn no_mark_does_anything() {
        let cases = [
            (
                "<script>alert(1)</script>",
                "\\<script\\>alert(1)\\</script\\>",
            ),
            ("![x](http://a.b/c)", "\\!\\[x\\](http\\://a.b/c)"),
            ("a|b", "a\\|b"),
            (
                "# 标题 *重* _点_ `码`",
                "\\# 标题 \\*重\\* \\_点\\_ \\`码\\`",
            ),
            ("- 一", "\\- 一"),
            ("1. 一", "1\\. 一"),
            ("12) 一", "12\\) 一"),
            ("9.5 分", "9.5 分"),
            ("-2.5", "-2.5"),
            ("---", "\\---"),
            ("==", "\\=="),
            ("www.a.cn a@b.cn &amp;", "www\\.a.cn a\\@b.cn \\&amp;"),
            ("您好,请坐。", "您好,请坐。"),
            ("\\", "\\\\"),
        ];
        for (text, expected) in cases {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn a_document() {
        let (rules, labels) = (fixture::rules(), Labels::builtin(Lang::Zh));
        let naming = Naming::new(&rules, &labels);
        let mut document = Document::new(naming);
        let mut across = Across::new(&rules, None);
        let mut assessment = fixture::assessment();
        assessment.verdicts.remove(3);
        let conversation = fixture::conversation();
        let line = Line::from(&assessment).with_turns(&conversation);
        across.add(&views::case(&line));
        document.add(&Rows::new(&line, &naming));
        let expected = "\
# 服务标准

qinzhou-2014\\@1.0.0

- 共 1 段对话
- 平均 82.5 分
- 不合格 1

## 条款

| 条款 | 条号 | 名称 | 轻重 | 涉及 | 违反 | 不完整 | 失分率 |
| --- | ---: | --- | --- | ---: | ---: | ---: | ---: |
| 9.5 | 9 | 材料不全 | 一般 | 1 |  | 1 | 100% |
| 31.1 | 31 | 怠慢 | 严重 | 1 | 1 |  | 100% |

## 工作人员

| 名称 | 对话数 | 平均分 | 合格率 | 每段问题 | 每段文明用语 | 常失分 |
| --- | ---: | ---: | ---: | ---: | ---: | --- |
| 07 | 1 | 82.5 | 0% | 2 | 1 | 9.5 ×1  31.1 ×1 |

## 渠道

| 名称 | 对话数 | 平均分 | 合格率 | 每段问题 | 每段文明用语 | 常失分 |
| --- | ---: | ---: | ---: | ---: | ---: | --- |
| 柜台 | 1 | 82.5 | 0% | 2 | 1 | 9.5 ×1  31.1 ×1 |

## 文明用语

| 用语 | 次数 | 每段次数 |
| --- | ---: | ---: |
| 您好 | 1 | 1 |
| 请 | 0 | 0 |

区间的意思是：这样的对话再多，平均数 100 次里有 95 次落在其中。两组的区间有重叠，两组就可能并无差别。

## 对话

| 编号 | 工作人员 | 渠道 | 得分 | 结果 | 违反 | 不完整 | 做到 | 无法判断 | 问题条款 | 文明用语 | 标签 | 说明 | 话术本 |
| --- | --- | --- | ---: | --- | ---: | ---: | ---: | ---: | --- | ---: | --- | --- | --- |
| a01 | 07 | 柜台 | 82.5 | 不合格 | 1 | 1 | 1 | 1 | 31.1 9.5 | 1 | vip | 转写从半截开始，看不到开场；第 4 轮：说的是英语，话术本没有收，没有评；第 6 轮：说的是英语，话术本没有收，没有评 | qinzhou-2014\\@1.0.0 |

### a01

- **违反 31.1 怠慢** -10
  - 轮次：5
  - 情形：等着，␛\\[31m没看见我忙着吗？
  - 原话：等着
- **不完整 9.5 材料不全** -2.5
  - 轮次：2
  - 情形：那我这些材料够不够？
  - 原话：对不起 / 还少一份购房合同
  - 没有说：说明依据的规定；为客户白跑一趟、耽误时间或添了麻烦表示歉意
  - 标准说法：对不起，根据规定您还应提供xx资料，这次让您白跑一趟，真是抱歉。
";
        assert_eq!(document.end(&across, Order::Name), expected);
    }

    #[test]
    fn of_many_the_lowest_are_shown() {
        let (rules, labels) = (fixture::rules(), Labels::builtin(Lang::En));
        let naming = Naming::new(&rules, &labels);
        let mut document = Document::new(naming);
        for place in 0..1_000_u32 {
            let mut assessment = fixture::assessment();
            assessment.id = format!("n{place}");
            assessment.score = Some(f64::from(place * 37 % 1000));
            assessment.verdicts.clear();
            document.add(&Rows::new(&Line::from(&assessment), &naming));
        }
        let page = document.end(&Across::new(&rules, None), Order::Name);
        let shown: Vec<&str> = page
            .lines()
            .filter_map(|line| line.strip_prefix("| n")?.split(' ').next())
            .collect();
        let expected: Vec<String> = (0..40)
            .map(|score| (score * 973 % 1000).to_string())
            .collect();
        assert_eq!(shown, expected);
    }
}
