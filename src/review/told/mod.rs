//! What came of a review: for people, for programs, for documents.
//!
//! ```text
//! 复核 87 处 · 确认 71 · 改判 12 · 拿不准 4 · 还没填 13
//! 判对 85.5%（95% 76.4–91.5）· kappa 0.61 · alpha 0.61
//! 平均 84.2 → 84.6 分 · 改了结论的对话 12 · 转为合格 1
//!
//! 条款  名称      确认  改判  拿不准  判对  95%
//! ---------------------------------------------
//! 9.5   材料不全    10     4       1   71%  45–88
//! ```

mod json;

use super::apply::{Reviewed, Standing};
use super::decision::{Appeal, Decision};
use super::figures::{Figures, NeedsWork, Tally};
use super::ledger::Ledger;
use crate::phrasebook::labels::Labels;
use crate::phrasebook::rules::Rules;
use crate::report::diff::markdown::harmless;
use crate::report::terminal::{DOT, Terminal};
use crate::report::visible::{columns, visible};
use crate::report::wrap::{cut, cut_middle, flow, wrap};
use std::fmt::Write;

/// Stands between what was and what is.
const TO: &str = " → ";
const INDENT: &str = "  ";
/// The most columns that one turn takes.
const LONGEST: usize = 120;
/// The most open appeals that are listed at a terminal.
const MOST_APPEALS: usize = 20;

/// What came of a review.
pub struct Outcome<'a> {
    /// The decisions that stand.
    pub standing: &'a Standing,
    /// Figures over them.
    pub figures: &'a Figures,
    /// What became of scores.
    pub reviewed: &'a Reviewed<'a>,
    /// Rows that nobody has filled in.
    pub blank: usize,
    /// Rows that no decision could be made of.
    pub faulty: usize,
    /// The log, if there is one, and how many entries are new.
    pub log: Option<(&'a Ledger, u64)>,
}

/// How it is told.
#[derive(Clone, Copy)]
pub struct ReviewReport<'a> {
    /// Where clauses have their names and their order.
    pub rules: &'a Rules,
    /// The words.
    pub labels: &'a Labels,
    /// How many columns a line may take.
    pub width: usize,
    /// Whether there are colours.
    pub colours: bool,
}

impl ReviewReport<'_> {
    fn frame(&self) -> Terminal<'_> {
        Terminal {
            rules: self.rules,
            labels: self.labels,
            width: self.width,
            colours: self.colours,
        }
    }

    fn count(&self, key: &str, count: usize) -> String {
        self.labels.fill(key, &[("count", count.to_string())])
    }

    /// The lines above the tables, each of several items.
    fn totals(&self, of: &Outcome<'_>) -> Vec<Vec<String>> {
        let total = of.figures.total;
        let decided = total.confirmed + total.overturned + total.unsure;
        let mut rows = vec![self.count("review.decided", decided)];
        for (key, count) in [
            ("review.confirmed-count", total.confirmed),
            ("review.overturned-count", total.overturned),
            ("review.unsure-count", total.unsure),
            ("review.blank-count", of.blank),
            ("review.faulty-count", of.faulty),
        ] {
            if count > 0 {
                rows.push(self.count(key, count));
            }
        }
        let mut lines = vec![rows];
        if let Some(share) = total.precision() {
            let interval = total.interval();
            let values = [
                ("share", percent(share)),
                ("low", percent(interval.low)),
                ("high", percent(interval.high)),
            ];
            let agreement = |key: &str, kappa: f64, alpha: f64| {
                let values = [
                    ("kappa", format!("{kappa:.2}")),
                    ("alpha", format!("{alpha:.2}")),
                ];
                self.labels.fill(key, &values)
            };
            let confusion = &of.figures.confusion;
            let mut items = vec![
                self.labels.fill("review.precision", &values),
                agreement("review.agreement", confusion.kappa(), confusion.alpha()),
            ];
            if of.figures.pairs() > 0 {
                let between = &of.figures.between;
                items.push(agreement(
                    "review.between",
                    between.kappa(),
                    between.alpha(),
                ));
            }
            lines.push(items);
        }
        let reviewed = of.reviewed;
        let mut items = vec![self.count("review.corrected", reviewed.corrected)];
        if reviewed.scored > 0 && reviewed.corrected > 0 {
            let mean = |sum: f64| format!("{:.1}", sum / reviewed.scored as f64);
            let values = [
                ("old", mean(reviewed.sums[0])),
                ("new", mean(reviewed.sums[1])),
            ];
            items.insert(0, self.labels.fill("diff.mean", &values));
        }
        let keys = ["diff.newly-passed", "diff.newly-failed"];
        for (key, count) in keys.into_iter().zip(reviewed.newly) {
            if count > 0 {
                items.push(self.count(key, count));
            }
        }
        lines.push(items);
        let appeals = of.standing.appeals();
        let mut items = Vec::new();
        for ((name, _), count) in Appeal::ALL.into_iter().zip(appeals) {
            if count > 0 {
                items.push(self.count(&format!("review.appeals-{name}"), count));
            }
        }
        lines.push(items);
        if let Some((ledger, new)) = of.log {
            let values = [
                ("new", new.to_string()),
                ("count", ledger.entries.to_string()),
                ("hash", ledger.head.clone()),
            ];
            lines.push(vec![self.labels.fill("review.log", &values)]);
        }
        lines.retain(|items| !items.is_empty());
        lines
    }

    /// Headings and rows of the table of clauses.
    fn clauses(&self, figures: &Figures) -> (Vec<&str>, Vec<Vec<String>>) {
        let headings = vec![
            self.labels.get("column.clause"),
            self.labels.get("column.title"),
            self.labels.get("review.confirmed"),
            self.labels.get("review.overturned"),
            self.labels.get("review.unsure"),
            self.labels.get("review.right"),
            "95 %",
        ];
        let place = |id: &str| self.rules.clauses.iter().position(|of| of.id == id);
        let mut tallies: Vec<(&String, &Tally)> = figures.by_clause.iter().collect();
        tallies.sort_by_key(|(id, _)| (place(id).unwrap_or(usize::MAX), *id));
        let rows = tallies.into_iter().map(|(id, tally)| {
            let interval = tally.interval();
            let share = tally.precision();
            let range = format!("{}–{}", percent(interval.low), percent(interval.high));
            vec![
                visible(id),
                self.frame().title(id),
                some(tally.confirmed),
                some(tally.overturned),
                some(tally.unsure),
                share.map(percent).unwrap_or_default(),
                share.map(|_| range).unwrap_or_default(),
            ]
        });
        (headings, rows.collect())
    }

    /// Lines for a terminal, the last one ended too.
    pub fn terminal(&self, of: &Outcome<'_>) -> String {
        let frame = self.frame();
        let mut page = String::new();
        for items in self.totals(of) {
            let lines = flow(&items, DOT, frame.width(), self.labels);
            frame.lines(&lines, &mut page);
        }
        let (headings, rows) = self.clauses(of.figures);
        if !rows.is_empty() {
            page.push('\n');
            frame.table(&headings, &[2, 3, 4, 5, 6], 1, rows, &mut page);
        }
        let needy = of.figures.needs_work();
        if !needy.is_empty() {
            self.heading("review.needs-work", &mut page);
        }
        for clause in &needy {
            self.needy(clause, &mut page);
        }
        self.appeals(of.standing, &mut page);
        page
    }

    fn heading(&self, key: &'static str, page: &mut String) {
        page.push('\n');
        page.push_str(&self.frame().look().strong(self.labels.get(key)));
        page.push('\n');
    }

    fn needy(&self, of: &NeedsWork, page: &mut String) {
        let frame = self.frame();
        let head = format!("{}  {}", visible(&of.clause), frame.title(&of.clause));
        let mut lines = vec![head];
        let room = frame.width().saturating_sub(2 * columns(INDENT));
        let turns = flow(&self.turns(of), DOT, room, self.labels);
        lines.extend(turns.into_iter().map(|line| format!("{INDENT}{line}")));
        for words in self.words(of) {
            let broken = wrap(&words, room, self.labels);
            lines.extend(broken.into_iter().map(|line| format!("{INDENT}{line}")));
        }
        for line in lines {
            page.push_str(&format!("{INDENT}{line}\n"));
        }
    }

    fn turns(&self, of: &NeedsWork) -> Vec<String> {
        let word = |verdict: &str| {
            let key = format!("corrected.{verdict}");
            self.labels.find(&key).unwrap_or(verdict).to_owned()
        };
        let turns = of.turns.iter();
        turns
            .map(|(was, is, count)| format!("{}{TO}{} {count}", word(was), word(is)))
            .collect()
    }

    fn words(&self, of: &NeedsWork) -> Vec<String> {
        let told = of.words.iter().map(|words| {
            let text = self.labels.fill("report.quote", &[("text", &words.text)]);
            let values = [
                ("text", text),
                ("overturned", words.overturned.to_string()),
                ("decided", words.decided.to_string()),
            ];
            self.labels.fill("review.words", &values)
        });
        let unheard = of.unheard.iter().map(|(text, count)| {
            let text = cut(text, LONGEST);
            let text = self.labels.fill("report.quote", &[("text", text)]);
            let values = [("text", text), ("count", count.to_string())];
            self.labels.fill("review.unheard", &values)
        });
        told.chain(unheard).collect()
    }

    fn appeals(&self, standing: &Standing, page: &mut String) {
        let open: Vec<&Decision> = standing.open_appeals().collect();
        if open.is_empty() {
            return;
        }
        self.heading("review.open-appeals", page);
        let frame = self.frame();
        for decision in open.iter().take(MOST_APPEALS) {
            let verdict = decision.was.map_or("", |was| frame.verdict(was));
            let id = cut_middle(&decision.id, frame.width() / 2);
            let tail = format!(
                "{}  {}  {verdict}",
                visible(&decision.clause),
                frame.title(&decision.clause)
            );
            let items = [id, tail];
            let room = frame.width() - columns(INDENT);
            for line in flow(&items, INDENT, room, self.labels) {
                page.push_str(&format!("{INDENT}{line}\n"));
            }
        }
        if open.len() > MOST_APPEALS {
            let more = self.count("diff.more", open.len() - MOST_APPEALS);
            page.push_str(&format!("{INDENT}{more}\n"));
        }
    }

    /// The same as Markdown.
    pub fn markdown(&self, of: &Outcome<'_>) -> String {
        let mut page = String::new();
        for items in self.totals(of) {
            // Writing to a string can't fail, here and below.
            let _ = writeln!(page, "- {}", items.join(DOT));
        }
        let (headings, rows) = self.clauses(of.figures);
        if !rows.is_empty() {
            let rule = " --- |".repeat(headings.len());
            let _ = writeln!(page, "\n| {} |\n|{rule}", headings.join(" | "));
            for row in rows {
                let row: Vec<String> = row.iter().map(|cell| harmless(cell)).collect();
                let _ = writeln!(page, "| {} |", row.join(" | "));
            }
        }
        let needy = of.figures.needs_work();
        if !needy.is_empty() {
            let _ = writeln!(page, "\n## {}\n", self.labels.get("review.needs-work"));
        }
        for of in &needy {
            let title = self.frame().title(&of.clause);
            let _ = writeln!(page, "- {} {}", harmless(&of.clause), harmless(&title));
            for line in self.turns(of).into_iter().chain(self.words(of)) {
                let _ = writeln!(page, "  - {}", harmless(&line));
            }
        }
        let open: Vec<&Decision> = of.standing.open_appeals().collect();
        if !open.is_empty() {
            let _ = writeln!(page, "\n## {}\n", self.labels.get("review.open-appeals"));
        }
        for of in open {
            let _ = writeln!(page, "- {} {}", harmless(&of.id), harmless(&of.clause));
        }
        page
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}%", 100.0 * share)
}

/// A count; nothing for none, so that what there is stands out.
fn some(count: usize) -> String {
    match count {
        0 => String::new(),
        _ => count.to_string(),
    }
}
