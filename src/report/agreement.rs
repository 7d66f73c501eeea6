//! How far two labellings agree: for people, for programs, for documents.

use super::wrap::{pad, pad_left};
use crate::phrasebook::labels::Labels;
use crate::phrasebook::rules::Rules;
use crate::scoring::agreement::{Counts, Evaluation, Interval};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Columns of a clause's id, its title and a figure.
const COLUMNS: (usize, usize, usize) = (7, 33, 9);

/// How an evaluation is shown.
#[derive(Clone, Copy)]
pub struct AgreementReport<'a> {
    /// Where clauses have their names and their order.
    pub rules: &'a Rules,
    /// The words.
    pub labels: &'a Labels,
}

impl AgreementReport<'_> {
    /// Tables of a fixed width.
    pub fn terminal(&self, evaluation: &Evaluation) -> String {
        let mut page = String::new();
        let heads = self.heads();
        page.push_str(&row("", &heads[0], &heads[1..]));
        for (id, title, cells) in self.clauses(evaluation) {
            page.push_str(&row(&id, &title, &cells));
        }
        page.push('\n');
        for (name, counts, interval) in self.totals(evaluation) {
            let values = [
                ("name", pad(&name, 24)),
                ("precision", share(counts.precision())),
                ("recall", share(counts.recall())),
                ("score", share(counts.f1())),
                ("low", share(interval.low)),
                ("high", share(interval.high)),
            ];
            page.push_str(&self.labels.fill("evaluate.total", &values));
            page.push('\n');
        }
        page.push_str(&self.rest(evaluation));
        page.push('\n');
        self.confusion(evaluation, &mut page);
        page
    }

    /// The same as Markdown.
    pub fn markdown(&self, evaluation: &Evaluation) -> String {
        let get = |key: &str| self.labels.get(key).to_owned();
        let mut page = format!(
            "| | {} | {} | {} | 95 % |\n| --- | --- | --- | --- | --- |\n",
            get("evaluate.precision"),
            get("evaluate.recall"),
            get("evaluate.f1"),
        );
        for (name, counts, interval) in self.totals(evaluation) {
            // Writing to a string can't fail, here and below.
            let _ = writeln!(
                page,
                "| {name} | {} | {} | {} | {}–{} |",
                share(counts.precision()),
                share(counts.recall()),
                share(counts.f1()),
                share(interval.low),
                share(interval.high),
            );
        }
        let _ = write!(page, "\n{}\n\n", self.rest(evaluation));
        let heads = self.heads();
        let _ = writeln!(page, "| | {} |", heads.join(" | "));
        let _ = writeln!(page, "|{}", " --- |".repeat(heads.len() + 1));
        for (id, title, cells) in self.clauses(evaluation) {
            let _ = writeln!(page, "| {id} | {title} | {} |", cells.join(" | "));
        }
        page
    }

    /// The same as one JSON object, figures unrounded.
    pub fn json(&self, evaluation: &Evaluation) -> String {
        let agreement = &evaluation.agreement;
        let figures = |counts: &Counts| {
            json!({
                "both": counts.both, "extra": counts.extra, "lacking": counts.lacking,
                "precision": counts.precision(), "recall": counts.recall(), "f1": counts.f1(),
            })
        };
        let with_interval = |counts: &Counts, interval: &Interval| {
            let mut value = figures(counts);
            value["low"] = json!(interval.low);
            value["high"] = json!(interval.high);
            value
        };
        let [strict, raised, problem, breached] = &evaluation.intervals;
        let clauses: Map<String, Value> = agreement
            .by_clause
            .iter()
            .map(|(id, counts)| {
                let mut value = figures(counts);
                let raised = agreement.raised_by_clause.get(id);
                value["raised_f1"] = json!(raised.map(Counts::f1));
                (id.clone(), value)
            })
            .collect();
        let confusion: Vec<Value> = evaluation
            .confusion
            .counts
            .iter()
            .map(|((ours, theirs), count)| json!({"ours": ours, "theirs": theirs, "count": count}))
            .collect();
        let (same, all) = agreement.exact_missing;
        let value = json!({
            "v": 1,
            "phrasebook": self.rules.identity(),
            "conversations": evaluation.conversations,
            "strict": with_interval(&agreement.strict, strict),
            "raised": with_interval(&agreement.raised, raised),
            "problem": with_interval(&agreement.problem, problem),
            "breached": with_interval(&agreement.breached, breached),
            "mean_over_clauses": agreement.mean_over_clauses(),
            "missing_exact": {"same": same, "all": all},
            "kappa": evaluation.confusion.kappa(),
            "alpha": evaluation.confusion.alpha(),
            "clauses": clauses,
            "confusion": confusion,
        });
        format!("{value}\n")
    }

    fn heads(&self) -> Vec<String> {
        ["clause", "right", "extra", "lacking", "f1", "raised-f1"]
            .map(|key| self.labels.get(&format!("evaluate.{key}")).to_owned())
            .into()
    }

    /// Id, title and figures of each clause that either side labelled.
    fn clauses(&self, evaluation: &Evaluation) -> Vec<(String, String, Vec<String>)> {
        let agreement = &evaluation.agreement;
        self.rules
            .clauses
            .iter()
            .filter_map(|clause| {
                let counts = agreement.by_clause.get(&clause.id)?;
                let raised = agreement.raised_by_clause.get(&clause.id)?;
                let cells = vec![
                    counts.both.to_string(),
                    counts.extra.to_string(),
                    counts.lacking.to_string(),
                    share(counts.f1()),
                    share(raised.f1()),
                ];
                let title = self.labels.choose(&clause.title).to_owned();
                Some((clause.id.clone(), title, cells))
            })
            .collect()
    }

    fn totals(&self, evaluation: &Evaluation) -> Vec<(String, Counts, Interval)> {
        let agreement = &evaluation.agreement;
        [
            ("strict", agreement.strict),
            ("raised", agreement.raised),
            ("problem", agreement.problem),
            ("breached", agreement.breached),
        ]
        .into_iter()
        .zip(evaluation.intervals)
        .map(|((key, counts), interval)| {
            let name = self.labels.get(&format!("evaluate.{key}")).to_owned();
            (name, counts, interval)
        })
        .collect()
    }

    fn rest(&self, evaluation: &Evaluation) -> String {
        let (same, all) = evaluation.agreement.exact_missing;
        let values = [
            ("mean", share(evaluation.agreement.mean_over_clauses())),
            ("same", same.to_string()),
            ("all", all.to_string()),
            ("kappa", share(evaluation.confusion.kappa())),
            ("alpha", share(evaluation.confusion.alpha())),
            ("conversations", evaluation.conversations.to_string()),
        ];
        self.labels.fill("evaluate.rest", &values)
    }

    /// What ours says down, what theirs says across.
    fn confusion(&self, evaluation: &Evaluation, page: &mut String) {
        let confusion = &evaluation.confusion;
        let values = confusion.values();
        let word = |value: &str| match self.labels.find(&format!("verdict.{value}")) {
            Some(word) => word.to_owned(),
            None => self.labels.get("evaluate.none").to_owned(),
        };
        let _ = write!(page, "\n{}\n", self.labels.get("evaluate.confusion"));
        let mut line = pad("", 12);
        for value in &values {
            line.push_str(&pad_left(&word(value), 10));
        }
        let _ = writeln!(page, "{line}");
        for ours in &values {
            let mut line = pad(&word(ours), 12);
            for theirs in &values {
                let pair = ((*ours).to_owned(), (*theirs).to_owned());
                let count = confusion.counts.get(&pair).copied().unwrap_or(0);
                line.push_str(&pad_left(&count.to_string(), 10));
            }
            let _ = writeln!(page, "{line}");
        }
    }
}

fn row(id: &str, title: &str, cells: &[String]) -> String {
    let (id_width, title_width, width) = COLUMNS;
    let title = super::wrap::cut(title, title_width);
    let mut line = format!("{}{}", pad(id, id_width), pad(&title, title_width));
    for cell in cells {
        line.push_str(&pad_left(cell, width));
    }
    line.push('\n');
    line
}

fn share(value: f64) -> String {
    format!("{value:.3}")
}
