//! How far two labellings agree, as a table.

use super::wrap::{pad, pad_left};
use crate::phrasebook::labels::Labels;
use crate::phrasebook::rules::Rules;
use crate::scoring::agreement::{Agreement, Counts};

/// The table: a line a clause, then the totals.
pub fn table(agreement: &Agreement, rules: &Rules, labels: &Labels) -> String {
    let mut page = row(
        "",
        labels.get("evaluate.clause"),
        &[
            labels.get("evaluate.right"),
            labels.get("evaluate.extra"),
            labels.get("evaluate.lacking"),
            labels.get("evaluate.f1"),
            labels.get("evaluate.raised-f1"),
        ],
    );
    let in_order = rules
        .clauses
        .iter()
        .filter_map(|clause| Some((clause, agreement.by_clause.get(&clause.id)?)));
    for (clause, counts) in in_order {
        let raised = agreement
            .raised_by_clause
            .get(&clause.id)
            .copied()
            .unwrap_or_default();
        let cells = [
            counts.both.to_string(),
            counts.extra.to_string(),
            counts.lacking.to_string(),
            share(counts.f1()),
            share(raised.f1()),
        ];
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        page.push_str(&row(&clause.id, labels.choose(&clause.title), &cells));
    }
    page.push('\n');
    for (key, counts) in [
        ("evaluate.strict", agreement.strict),
        ("evaluate.raised", agreement.raised),
        ("evaluate.problem", agreement.problem),
        ("evaluate.breached", agreement.breached),
    ] {
        page.push_str(&total(labels.get(key), counts, labels));
    }
    let values = [
        ("mean", share(agreement.mean_over_clauses())),
        ("same", agreement.exact_missing.0.to_string()),
        ("all", agreement.exact_missing.1.to_string()),
    ];
    page.push_str(&labels.fill("evaluate.rest", &values));
    page.push('\n');
    page
}

fn row(id: &str, title: &str, cells: &[&str]) -> String {
    let mut line = format!("{}{}", pad(id, 7), pad(title, 36));
    for cell in cells {
        line.push_str(&pad_left(cell, 9));
    }
    line.push('\n');
    line
}

fn total(name: &str, counts: Counts, labels: &Labels) -> String {
    let values = [
        ("name", pad(name, 24)),
        ("precision", share(counts.precision())),
        ("recall", share(counts.recall())),
        ("score", share(counts.f1())),
    ];
    format!("{}\n", labels.fill("evaluate.total", &values))
}

fn share(value: f64) -> String {
    format!("{value:.3}")
}
