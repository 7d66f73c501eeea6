//! How well composed days were cut into visits: for people, for documents, for programs.

use super::visible::columns;
use super::wrap::{pad, pad_left};
use crate::phrasebook::labels::Labels;
use crate::scoring::agreement::{Counts, DaysCut};
use serde_json::{Value, json};

/// Between two columns.
const GAP: &str = "  ";

/// A table, a line for each way in which days came.
pub fn terminal(measured: &[DaysCut], labels: &Labels) -> String {
    let table = table(measured, labels);
    let heads = table[0].len();
    let widths = (0..heads).map(|at| table.iter().map(|row| columns(&row[at])).max());
    let widths: Vec<usize> = widths.map(Option::unwrap_or_default).collect();
    let lines = table.iter().map(|row| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(at, (cell, width))| match at {
            0 => pad(cell, *width),
            _ => pad_left(cell, *width),
        });
        cells.collect::<Vec<_>>().join(GAP) + "\n"
    });
    let table: String = lines.collect();
    format!("{table}{}\n", labels.get("days-cut.foot"))
}

/// The same as Markdown.
pub fn markdown(measured: &[DaysCut], labels: &Labels) -> String {
    let mut lines: Vec<String> = table(measured, labels)
        .iter()
        .map(|row| format!("| {} |\n", row.join(" | ")))
        .collect();
    let under = lines[0].matches(" | ").count();
    lines.insert(1, format!("| ---{} |\n", " | ---:".repeat(under)));
    format!("{}\n{}\n", lines.concat(), labels.get("days-cut.foot"))
}

/// The same as one JSON object, figures unrounded.
pub fn json(measured: &[DaysCut]) -> String {
    let figures = |counts: &Counts| {
        json!({
            "both": counts.both, "extra": counts.extra, "lacking": counts.lacking,
            "precision": counts.precision(), "recall": counts.recall(), "f1": counts.f1(),
        })
    };
    let ways = measured.iter().map(|of| {
        json!({
            "known": of.known, "days": of.days, "cuts": figures(&of.cuts),
            "by_hand": figures(&of.by_hand), "found": figures(&of.found),
        })
    });
    let value = json!({"v": 1, "ways": ways.collect::<Vec<Value>>()});
    format!("{value}\n")
}

/// The head and the rows.
fn table(measured: &[DaysCut], labels: &Labels) -> Vec<Vec<String>> {
    let get = |key: &str| labels.get(key).to_owned();
    let mut table = vec![vec![
        get("days-cut.known"),
        get("days-cut.days"),
        get("days-cut.cuts"),
        get("evaluate.precision"),
        get("evaluate.recall"),
        get("evaluate.f1"),
        get("days-cut.by-hand"),
        get("days-cut.found"),
    ]];
    let share = |share: f64| format!("{share:.3}");
    table.extend(measured.iter().map(|of| {
        vec![
            get(&format!("days-cut.{}", of.known)),
            of.days.to_string(),
            (of.cuts.both + of.cuts.lacking).to_string(),
            share(of.cuts.precision()),
            share(of.cuts.recall()),
            share(of.cuts.f1()),
            share(of.by_hand.f1()),
            share(of.found.f1()),
        ]
    }));
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::labels::Lang;

    fn measured() -> [DaysCut; 2] {
        let counts = |both, extra, lacking| Counts {
            both,
            extra,
            lacking,
        };
        [
            DaysCut {
                known: "times-and-roles",
                days: 2,
                cuts: counts(9, 1, 1),
                by_hand: counts(8, 0, 0),
                found: counts(7, 0, 1),
            },
            DaysCut {
                known: "neither",
                days: 12,
                cuts: counts(80, 20, 20),
                by_hand: counts(0, 0, 0),
                found: counts(1, 1, 1),
            },
        ]
    }

    #[test]
    fn figures_stand_below_each_other() {
        let expected = "\
known            days  cuts  precision  recall     F1  by hand  found
times and roles     2    10      0.900   0.900  0.900    1.000  0.933
neither            12   100      0.800   0.800  0.800    1.000  0.500
F1 is that of the cuts; by hand and found: strict F1 of the verdicts on visits that were cut so.
";
        let labels = Labels::builtin(Lang::En);
        assert_eq!(terminal(&measured(), &labels), expected);
        let expected = "\
| 已知 | 天数 | 切分 | 精确率 | 召回率 | F1 | 人工切 | 自动切 |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| 时间和角色 | 2 | 10 | 0.900 | 0.900 | 0.900 | 1.000 | 0.933 |
| 都没有 | 12 | 100 | 0.800 | 0.800 | 0.800 | 1.000 | 0.500 |

F1 指切分；人工切、自动切：这样切出的各次接待，其结论的严格 F1。
";
        let labels = Labels::builtin(Lang::Zh);
        assert_eq!(markdown(&measured(), &labels), expected);
        let expected = r#"{"v":1,"ways":[{"by_hand":{"both":8,"extra":0,"f1":1.0,"lacking":0,"precision":1.0,"recall":1.0},"cuts":{"both":9,"extra":1,"f1":0.9,"lacking":1,"precision":0.9,"recall":0.9},"days":2,"found":{"both":7,"extra":0,"f1":0.9333333333333333,"lacking":1,"precision":1.0,"recall":0.875},"known":"times-and-roles"}]}
"#;
        assert_eq!(json(&measured()[..1]), expected);
    }
}
