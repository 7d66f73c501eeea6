//! Article 10: groups that are to be served alike, as a table and in plain words.

use super::cell::{Cell, Column, Kind, Table};
use super::naming::Naming;
use crate::phrasebook::groups;
use crate::phrasebook::labels::Lang;
use crate::report::visible::visible;
use crate::scoring::across::{Across, Contrast, Difference, Meaning, SideName};

const COLUMNS: &[Column] = &[
    Column::new("one", Kind::Text, 16),
    Column::new("other", Kind::Text, 16),
    Column::new("count-one", Kind::Count, 9),
    Column::new("count-other", Kind::Count, 9),
    Column::new("mean-one", Kind::Score, 9),
    Column::new("mean-other", Kind::Score, 9),
    Column::new("difference", Kind::Score, 9),
    Column::new("low", Kind::Score, 9),
    Column::new("high", Kind::Score, 9),
    Column::new("courtesy-one", Kind::Points, 10),
    Column::new("courtesy-other", Kind::Points, 10),
    Column::new("met-one", Kind::Share, 10),
    Column::new("met-other", Kind::Share, 10),
    Column::new("meaning", Kind::Prose, 60),
];

/// The groups compared: a row a comparison.
pub fn alike<'a>(differences: &[Difference], naming: &Naming<'_>) -> Table<'a> {
    let row = |of: &Difference| {
        let [one, other] = of.sides.each_ref().map(|side| side_name(side, naming));
        let side = |contrast: Option<Contrast>, at: usize| contrast.map(|of| of.sides[at]);
        let score = of.score;
        vec![
            Cell::text(one),
            Cell::text(other),
            Cell::Count(of.counts[0] as u64),
            Cell::Count(of.counts[1] as u64),
            Cell::number(side(score, 0)),
            Cell::number(side(score, 1)),
            Cell::number(score.map(|of| of.by())),
            Cell::number(score.map(|of| of.difference.low)),
            Cell::number(score.map(|of| of.difference.high)),
            Cell::number(side(of.courtesy, 0)),
            Cell::number(side(of.courtesy, 1)),
            Cell::share(side(of.met, 0)),
            Cell::share(side(of.met, 1)),
            Cell::text(told(of, naming)),
        ]
    };
    Table {
        key: "alike",
        columns: COLUMNS,
        rows: differences.iter().map(row).collect(),
    }
}

/// The groups that are compared.
pub fn differences(across: &Across, naming: &Naming<'_>) -> Vec<Difference> {
    let scoring = &naming.rules.scoring;
    across.alike.differences(scoring.ceiling - scoring.floor)
}

/// What a comparison says, in plain words: first the scores, then what else is sure.
pub fn told(of: &Difference, naming: &Naming<'_>) -> String {
    // A Chinese full stop brings its own space.
    let between = match naming.labels.lang() {
        Lang::Zh => "",
        Lang::En => " ",
    };
    sentences(of, naming).join(between)
}

fn sentences(of: &Difference, naming: &Naming<'_>) -> Vec<String> {
    let [one, other] = of.sides.each_ref().map(|side| side_name(side, naming));
    let mut values = vec![
        ("one", one),
        ("other", other),
        ("count-one", of.counts[0].to_string()),
        ("count-other", of.counts[1].to_string()),
    ];
    let Some(score) = of.score else {
        return vec![naming.labels.fill("alike.too-few", &values)];
    };
    let range = score.difference;
    values.extend([
        ("points", format!("{:.1}", score.by().abs())),
        ("low", format!("{:+.1}", range.low)),
        ("high", format!("{:+.1}", range.high)),
        (
            "most",
            format!("{:.1}", range.low.abs().max(range.high.abs())),
        ),
    ]);
    let key = match of.meaning {
        Meaning::TooFew => "alike.too-few",
        Meaning::Alike => "alike.alike",
        Meaning::Unclear => "alike.unclear",
        Meaning::Differs if score.by() > 0.0 => "alike.higher",
        Meaning::Differs => "alike.lower",
    };
    let mut told = vec![naming.labels.fill(key, &values)];
    let sure = |contrast: Option<Contrast>| contrast.filter(Contrast::is_sure);
    if let Some(courtesy) = sure(of.courtesy) {
        told.push(both(
            naming,
            "alike.courtesy",
            &values,
            courtesy,
            |figure| format!("{figure:.2}"),
        ));
    }
    if let Some(met) = sure(of.met) {
        told.push(both(naming, "alike.met", &values, met, |figure| {
            format!("{:.1}%", figure * 100.0)
        }));
    }
    told
}

fn both(
    naming: &Naming<'_>,
    key: &str,
    values: &[(&str, String)],
    contrast: Contrast,
    write: fn(f64) -> String,
) -> String {
    let mut values = values.to_vec();
    let [a, b] = contrast.sides.map(write);
    values.extend([("figure-one", a), ("figure-other", b)]);
    naming.labels.fill(key, &values)
}

fn side_name(side: &SideName, naming: &Naming<'_>) -> String {
    match side {
        SideName::Of(name, place) => {
            let pair = groups::pairs().iter().find(|pair| pair.name == *name);
            let title = pair.map(|pair| naming.labels.choose(&pair.sides[*place].title));
            title.unwrap_or_default().to_owned()
        }
        SideName::Tagged(key, value) => visible(&format!("{key}={value}")),
        SideName::Others(key) => {
            let key = visible(key);
            naming.labels.fill("alike.others", &[("key", key)])
        }
    }
}
