//! The line over each finding: verdict, clause, title, article, severity, points, in
//! columns that all findings of a conversation share. A title for which the line is
//! too short sends what follows it to the next one.

use super::terminal::{DOT, Terminal};
use super::visible::{columns, visible};
use super::wrap::{flow, pad, pad_left, wrap};
use crate::assessment::ClauseVerdict;

/// Stands between the columns.
const GAP: &str = "  ";

/// What the head of a finding says.
struct Head {
    verdict: String,
    clause: String,
    title: String,
    article: String,
    severity: String,
    points: String,
}

/// How wide the columns of the findings' heads are.
#[derive(Default)]
pub(super) struct Columns {
    verdict: usize,
    clause: usize,
    title: usize,
    article: usize,
    severity: usize,
    points: usize,
}

impl Columns {
    /// Columns that fit all findings of a conversation.
    pub(super) fn of(findings: &[&ClauseVerdict], terminal: &Terminal<'_>) -> Self {
        let heads: Vec<Head> = findings
            .iter()
            .map(|finding| terminal.finding_head(finding))
            .collect();
        let widest = |of: fn(&Head) -> &String| {
            heads
                .iter()
                .map(|head| columns(of(head)))
                .max()
                .unwrap_or(0)
        };
        let mut widths = Self {
            verdict: widest(|head| &head.verdict),
            clause: widest(|head| &head.clause),
            title: 0,
            article: widest(|head| &head.article),
            severity: widest(|head| &head.severity),
            points: widest(|head| &head.points),
        };
        let room = terminal.width().saturating_sub(widths.total());
        let titles = heads.iter().map(|head| columns(&head.title));
        widths.title = titles.filter(|title| *title <= room).max().unwrap_or(0);
        widths
    }

    fn total(&self) -> usize {
        let filled = [
            self.verdict,
            self.clause,
            self.title,
            self.article,
            self.severity,
            self.points,
        ];
        filled.iter().sum::<usize>() + columns(GAP) * (filled.len() - 1)
    }
}

impl Terminal<'_> {
    pub(crate) fn title(&self, clause: &str) -> String {
        let clause = self.rules.clause(clause);
        visible(clause.map_or("", |clause| self.labels.choose(&clause.title)))
    }

    fn finding_head(&self, finding: &ClauseVerdict) -> Head {
        let clause = self.rules.clause(&finding.clause);
        let number = clause.map(|clause| clause.article.to_string());
        let severity = clause.map(|clause| format!("severity.{}", clause.severity.name()));
        Head {
            verdict: self.verdict(finding.worst.verdict).to_owned(),
            clause: visible(&finding.clause),
            title: self.title(&finding.clause),
            article: number.map_or_else(String::new, |number| {
                self.labels.fill("unit.article", &[("number", number)])
            }),
            severity: severity.map_or_else(String::new, |key| self.labels.get(&key).to_owned()),
            points: self
                .labels
                .fill("report.points", &[("points", points(finding.points))]),
        }
    }

    pub(super) fn head_line(&self, finding: &ClauseVerdict, widths: &Columns, page: &mut String) {
        let look = self.look();
        let head = self.finding_head(finding);
        let verdict = pad(&head.verdict, widths.verdict);
        page.push_str(&look.verdict(finding.worst.verdict, &verdict));
        page.push_str(GAP);
        page.push_str(&look.strong(&pad(&head.clause, widths.clause)));
        page.push_str(GAP);
        if columns(&head.title) <= widths.title {
            page.push_str(&look.strong(&pad(&head.title, widths.title)));
            for (text, width) in [
                (&head.article, widths.article),
                (&head.severity, widths.severity),
            ] {
                page.push_str(GAP);
                page.push_str(&pad(text, width));
            }
            page.push_str(GAP);
            page.push_str(&pad_left(&head.points, widths.points));
            page.push('\n');
        } else {
            let indent = widths.verdict + widths.clause + 2 * columns(GAP);
            let room = self
                .width()
                .saturating_sub(indent)
                .max(columns(&head.severity));
            let mut lines = wrap(&head.title, room, self.labels);
            for line in &mut lines {
                *line = look.strong(line);
            }
            let rest = [head.article, head.severity, head.points];
            lines.extend(flow(&rest, DOT, room, self.labels));
            for (place, line) in lines.iter().enumerate() {
                if place > 0 {
                    page.push_str(&" ".repeat(indent));
                }
                page.push_str(line);
                page.push('\n');
            }
        }
    }
}

/// Points as a report writes them: `-2.5`, never `-0`.
fn points(points: f64) -> String {
    let rounded = (points * 100.0).round() / 100.0;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}
