//! One finding: which clause, how bad, the talk that shows it, what was missing,
//! and what the standard would have said.

use super::excerpt::Excerpt;
use super::heads::Columns;
use super::show::origin_text;
use super::terminal::{DOT, Terminal};
use super::visible::{columns, visible};
use super::wrap::{flow, pad, wrap};
use crate::assessment::{Assessment, By, ClauseVerdict, Occasion, Verdict};
use crate::conversation::{Conversation, Role};
use crate::phrasebook::rules::{Clause, Rules, Severity};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Stands between the columns of a finding's head.
const GAP: &str = "  ";
const INDENT: &str = "  ";
const SAID: &str = "√ ";
const NOT_SAID: &str = "× ";
/// The most turns that one finding shows.
const MOST_TURNS: usize = 8;
/// How far behind a trigger that nobody answered the next staff turn is looked for.
const ANSWER_WITHIN: usize = 3;

/// The verdicts that cost points: what must not be first, then what was left out,
/// then what was half said; within each the gravest first, then in the standard's
/// order.
pub fn findings<'a>(assessment: &'a Assessment, rules: &Rules) -> Vec<&'a ClauseVerdict> {
    let mut findings: Vec<&ClauseVerdict> = assessment
        .verdicts
        .iter()
        .filter(|verdict| verdict.worst.verdict.is_problem())
        .collect();
    findings.sort_by_key(|finding| {
        let clause = rules.clause(&finding.clause);
        let severity = clause.map_or(Severity::Normal, |clause| clause.severity);
        (Reverse(finding.worst.verdict), Reverse(severity))
    });
    findings
}

impl Terminal<'_> {
    pub(super) fn finding(
        &self,
        finding: &ClauseVerdict,
        columns: &Columns,
        excerpt: &Excerpt<'_>,
        conversation: &Conversation,
        page: &mut String,
    ) {
        self.head_line(finding, columns, page);
        self.talk(&finding.worst, excerpt, conversation, page);
        let clause = self.rules.clause(&finding.clause);
        if finding.worst.verdict == Verdict::Breached {
            self.basis(&finding.worst, page);
        } else {
            self.elements(&finding.worst, clause, page);
        }
        self.say(&finding.worst, clause, page);
        self.elsewhere(finding, page);
        self.origin(clause, page);
    }

    /// Which supplement has the clause, where it isn't the standard's as it is.
    fn origin(&self, clause: Option<&Clause>, page: &mut String) {
        let Some(origin) = clause.and_then(|clause| self.rules.origin(clause)) else {
            return;
        };
        let label = format!("{}{GAP}", self.labels.get("report.from"));
        let text = visible(&origin_text(self.labels, origin));
        self.hang(&label, &text, page);
    }

    fn talk(
        &self,
        occasion: &Occasion,
        excerpt: &Excerpt<'_>,
        talk: &Conversation,
        page: &mut String,
    ) {
        let mut turns = BTreeSet::from([occasion.trigger]);
        turns.extend(occasion.evidence.iter().map(|piece| piece.turn));
        if occasion.evidence.is_empty() {
            turns.extend(answer_to(occasion.trigger, talk));
        }
        turns.retain(|turn| *turn < talk.turns.len());
        for turn in turns.iter().take(MOST_TURNS) {
            excerpt.turn(*turn, &occasion.evidence, page);
        }
        let more = turns.len().saturating_sub(MOST_TURNS);
        if more > 0 {
            let text = self
                .labels
                .fill("report.more-turns", &[("count", more.to_string())]);
            self.hang("", &text, page);
        }
    }

    /// What was asked for, and which of it was said.
    fn elements(&self, occasion: &Occasion, clause: Option<&Clause>, page: &mut String) {
        let look = self.look();
        let known = clause.map_or(&[][..], |clause| &clause.elements);
        for element in known {
            let means = visible(self.labels.choose(&element.means));
            if occasion.missing.contains(&element.key) {
                self.item(
                    NOT_SAID,
                    &look.verdict(Verdict::Partial, NOT_SAID),
                    &means,
                    page,
                );
                continue;
            }
            let key = Some(element.key.as_str());
            let by: BTreeSet<By> = occasion
                .evidence
                .iter()
                .filter(|piece| piece.element.as_deref() == key)
                .map(|piece| piece.by)
                .collect();
            let text = self.remark_by(means, &by);
            self.item(SAID, &look.verdict(Verdict::Met, SAID), &text, page);
        }
        for key in &occasion.missing {
            if !known.iter().any(|element| element.key == *key) {
                let key = visible(key);
                self.item(
                    NOT_SAID,
                    &look.verdict(Verdict::Partial, NOT_SAID),
                    &key,
                    page,
                );
            }
        }
    }

    fn say(&self, occasion: &Occasion, clause: Option<&Clause>, page: &mut String) {
        let Some(clause) = clause else { return };
        let said = what_to_say(clause, &occasion.missing);
        let label = self.labels.get("report.say");
        for (place, say) in said.into_iter().enumerate() {
            let label = if place == 0 {
                label.to_owned()
            } else {
                pad("", columns(label))
            };
            let text = self.labels.fill("report.quote", &[("text", visible(say))]);
            self.hang(&(label + GAP), &text, page);
        }
    }

    /// How a breach was found, where it wasn't by its characters.
    fn basis(&self, occasion: &Occasion, page: &mut String) {
        let by: BTreeSet<By> = occasion.evidence.iter().map(|piece| piece.by).collect();
        if !by.is_empty() && !by.contains(&By::Text) {
            let words: Vec<String> = by.iter().map(|by| self.by(*by)).collect();
            self.hang("", &words.join(DOT), page);
        }
    }

    fn elsewhere(&self, finding: &ClauseVerdict, page: &mut String) {
        if finding.others.is_empty() {
            return;
        }
        let items: Vec<String> = finding
            .others
            .iter()
            .map(|occasion| {
                let turn = occasion.trigger.to_string();
                let values = [
                    ("turn", turn.as_str()),
                    ("verdict", self.verdict(occasion.verdict)),
                ];
                self.labels.fill("report.occasion", &values)
            })
            .collect();
        let label = format!("{}{GAP}", self.labels.get("report.elsewhere"));
        let indent = columns(INDENT) + columns(&label);
        let lines = flow(
            &items,
            DOT,
            self.width().saturating_sub(indent),
            self.labels,
        );
        self.hang_lines(&label, &self.look().dim(&label), &lines, page);
    }

    fn remark_by(&self, text: String, by: &BTreeSet<By>) -> String {
        match by.first() {
            Some(first) if !by.contains(&By::Text) => {
                let remark = self.by(*first);
                self.labels
                    .fill("report.remark", &[("text", text), ("remark", remark)])
            }
            _ => text,
        }
    }

    fn by(&self, by: By) -> String {
        self.labels.get(&format!("by.{}", by.name())).to_owned()
    }

    fn hang(&self, label: &str, text: &str, page: &mut String) {
        self.item(label, &self.look().dim(label), text, page);
    }

    fn item(&self, label: &str, painted: &str, text: &str, page: &mut String) {
        let indent = columns(INDENT) + columns(label);
        let lines = wrap(text, self.width().saturating_sub(indent), self.labels);
        self.hang_lines(label, painted, &lines, page);
    }

    /// Lines with a label before the first, the others under it.
    fn hang_lines(&self, label: &str, painted: &str, lines: &[String], page: &mut String) {
        let blank = " ".repeat(columns(label));
        for (place, line) in lines.iter().enumerate() {
            page.push_str(INDENT);
            page.push_str(if place == 0 { painted } else { &blank });
            page.push_str(line);
            page.push('\n');
        }
    }
}

/// What the standard would have said: the clause's own sentence, unless only some
/// elements are missing and each of those has one to itself.
pub(super) fn what_to_say<'a>(clause: &'a Clause, missing: &[impl AsRef<str>]) -> Vec<&'a str> {
    let is_missing = |key: &str| missing.iter().any(|other| other.as_ref() == key);
    let mut said: Vec<&str> = Vec::new();
    for element in &clause.elements {
        if is_missing(&element.key) {
            said.extend(element.say.as_deref());
        }
    }
    if missing.len() >= clause.elements.len() || said.len() < missing.len() {
        said = clause.say.as_deref().map_or(said, |say| vec![say]);
    }
    said
}

/// The staff turn that should have answered `trigger`, to show what was said instead.
fn answer_to(trigger: usize, talk: &Conversation) -> Option<usize> {
    let is_staff = |turn: &usize| {
        talk.turns
            .get(*turn)
            .is_some_and(|turn| turn.role == Role::Staff)
    };
    if is_staff(&trigger) {
        return None;
    }
    let next = trigger.saturating_add(1);
    (next..next.saturating_add(ANSWER_WITHIN)).find(is_staff)
}
