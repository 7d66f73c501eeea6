//! Tables of sums over many conversations: clauses, clerks, branches, weeks …

use super::cell::{Cell, Column, Kind, Table};
use super::naming::Naming;
use crate::report::visible::shown;
use crate::scoring::across::{Across, By, Counts, Group, Range};
use std::borrow::Cow;
use std::cmp::Reverse;

/// So many clauses are named with a group.
const WORST: usize = 3;

const CLAUSES: &[Column] = &[
    Column::new("clause", Kind::Text, 8),
    Column::new("article", Kind::Count, 8),
    Column::new("title", Kind::Text, 24),
    Column::new("severity", Kind::Text, 9),
    Column::new("arose", Kind::Count, 9),
    Column::new("breached", Kind::Count, 9),
    Column::new("missed", Kind::Count, 9),
    Column::new("partial", Kind::Count, 9),
    Column::new("met", Kind::Count, 9),
    Column::new("undecided", Kind::Count, 10),
    Column::new("rate", Kind::Share, 9),
    Column::new("low", Kind::Share, 9),
    Column::new("high", Kind::Share, 9),
];

const GROUPS: &[Column] = &[
    Column::new("name", Kind::Text, 16),
    Column::new("conversations", Kind::Count, 9),
    Column::new("mean", Kind::Score, 9),
    Column::new("low", Kind::Score, 9),
    Column::new("high", Kind::Score, 9),
    Column::new("passed", Kind::Share, 9),
    Column::new("vetoed", Kind::Count, 9),
    Column::new("findings-each", Kind::Points, 10),
    Column::new("courtesy-each", Kind::Points, 10),
    Column::new("often", Kind::Text, 26),
];

const GROUP_CLAUSES: &[Column] = &[
    Column::new("name", Kind::Text, 16),
    Column::new("clause", Kind::Text, 8),
    Column::new("title", Kind::Text, 24),
    Column::new("arose", Kind::Count, 9),
    Column::new("failed", Kind::Count, 9),
    Column::new("rate", Kind::Share, 9),
    Column::new("low", Kind::Share, 9),
    Column::new("high", Kind::Share, 9),
];

const COURTESY: &[Column] = &[
    Column::new("word", Kind::Text, 16),
    Column::new("times", Kind::Count, 9),
    Column::new("each", Kind::Points, 9),
];

/// In which order groups stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By name. People aren't ranked unless somebody asks for it.
    #[default]
    Name,
    /// By mean score, the lowest first.
    Score,
}

/// How all conversations came out, a remark each: how many, when, their mean score, and
/// how many passed.
pub fn totals(across: &Across, naming: &Naming<'_>) -> Vec<String> {
    let tally = across.all.tally;
    let fill = |key: &str, values: &[(&str, String)]| naming.labels.fill(key, values);
    let count = |count: usize| vec![("count", count.to_string())];
    let mut items = vec![fill("across.count", &count(tally.count + across.before))];
    if let Some((first, last)) = across.days {
        let days = [("first", first.to_string()), ("last", last.to_string())];
        items.push(fill("across.days", &days));
    }
    if let Some(mean) = tally.mean() {
        let mut values = vec![("score", format!("{mean:.1}"))];
        let key = match across.score_range(&tally) {
            Some(range) => {
                values.push(("low", format!("{:.1}", range.low)));
                values.push(("high", format!("{:.1}", range.high)));
                "across.mean-range"
            }
            None => "across.mean",
        };
        items.push(fill(key, &values));
    }
    let failed = tally.scored.saturating_sub(tally.passed + tally.vetoed);
    for (key, number) in [
        ("summary.passed", tally.passed),
        ("summary.failed", failed),
        ("summary.vetoed", tally.vetoed),
        ("summary.no-score", tally.count - tally.scored),
        ("across.before", across.before),
    ] {
        if number > 0 {
            items.push(fill(key, &count(number)));
        }
    }
    items
}

/// How often each courtesy word was said.
pub fn courtesy(across: &Across) -> Table<'_> {
    let number = across.all.tally.count.max(1) as f64;
    let row = |(word, count): &'_ (String, u64)| {
        vec![
            Cell::text(shown(word).into_owned()),
            Cell::Count(*count),
            Cell::number(Some(*count as f64 / number)),
        ]
    };
    Table {
        key: "courtesy",
        columns: COURTESY,
        rows: across.courtesy.iter().map(row).collect(),
    }
}

/// The clauses that arose: the most often failed first.
pub fn clauses<'a>(across: &'a Across, naming: &'a Naming<'_>) -> Table<'a> {
    let mut counts = across.clause_counts(&across.all);
    counts.sort_by_key(|(_, counts)| Reverse(counts.failed()));
    let row = |(clause, counts): (&'a str, Counts)| {
        let article = naming.rules.clause(clause).map(|clause| clause.article);
        let many = |count: u32| Cell::some(count as usize);
        let [low, high] = ends(counts.range(), Cell::share);
        vec![
            Cell::text(shown(clause)),
            article.map_or(Cell::Empty, |article| Cell::Count(u64::from(article))),
            Cell::text(naming.title(clause)),
            Cell::text(naming.severity(clause)),
            Cell::Count(u64::from(counts.arose())),
            many(counts.breached),
            many(counts.missed),
            many(counts.partial),
            many(counts.met),
            many(counts.undecided),
            Cell::share(counts.rate()),
            low,
            high,
        ]
    };
    Table {
        key: "clauses",
        columns: CLAUSES,
        rows: counts.into_iter().map(row).collect(),
    }
}

/// The groups: how many conversations, their mean score and where it lies, and the
/// clauses that they fail most often.
pub fn groups<'a>(across: &'a Across, by: By, order: Order, naming: &'a Naming<'_>) -> Table<'a> {
    let mut groups = across.groups(by);
    if order == Order::Score && by != By::Week {
        let mean = |group: &Group| group.tally.mean().unwrap_or(f64::INFINITY);
        groups.sort_by(|(_, a), (_, b)| mean(a).total_cmp(&mean(b)));
    }
    let row = |(name, group): (&'a str, &'a Group)| {
        let tally = group.tally;
        let [low, high] = ends(across.score_range(&tally), Cell::number);
        vec![
            Cell::text(group_name(by, name, naming)),
            Cell::Count(tally.count as u64),
            Cell::number(tally.mean()),
            low,
            high,
            Cell::share(tally.pass_rate()),
            Cell::some(tally.vetoed),
            Cell::number(tally.findings_each()),
            Cell::number(tally.courtesy_each()),
            Cell::text(often(across, group)),
        ]
    };
    Table {
        key: by.name(),
        columns: GROUPS,
        rows: groups.into_iter().map(row).collect(),
    }
}

/// How each clause came out in each group.
pub fn group_clauses<'a>(across: &'a Across, by: By, naming: &'a Naming<'_>) -> Table<'a> {
    let mut rows = Vec::new();
    for (name, group) in across.groups(by) {
        for (clause, counts) in across.clause_counts(group) {
            if counts.arose() == 0 {
                continue;
            }
            let [low, high] = ends(counts.range(), Cell::share);
            rows.push(vec![
                Cell::text(group_name(by, name, naming)),
                Cell::text(shown(clause)),
                Cell::text(naming.title(clause)),
                Cell::Count(u64::from(counts.arose())),
                Cell::some(counts.failed() as usize),
                Cell::share(counts.rate()),
                low,
                high,
            ]);
        }
    }
    Table {
        key: match by {
            By::Clerk => "clerk-clauses",
            By::Branch => "branch-clauses",
            By::Channel => "channel-clauses",
            By::Business => "business-clauses",
            By::Week => "week-clauses",
        },
        columns: GROUP_CLAUSES,
        rows,
    }
}

fn group_name<'a>(by: By, name: &'a str, naming: &'a Naming<'_>) -> Cow<'a, str> {
    match by {
        By::Channel => naming.word("channel", name),
        _ => shown(name),
    }
}

/// The clauses that a group fails most often.
fn often(across: &Across, group: &Group) -> String {
    let mut failed: Vec<(usize, u32)> = group
        .clauses
        .iter()
        .map(|(place, counts)| (*place, counts.failed()))
        .filter(|(_, failed)| *failed > 0)
        .collect();
    failed.sort_by_key(|(_, failed)| Reverse(*failed));
    let named = failed.iter().take(WORST);
    let named: Vec<String> = named
        .map(|(place, failed)| format!("{} ×{failed}", shown(&across.clauses[*place])))
        .collect();
    named.join("  ")
}

fn ends<'a>(range: Option<Range>, cell: fn(Option<f64>) -> Cell<'a>) -> [Cell<'a>; 2] {
    [
        cell(range.map(|range| range.low)),
        cell(range.map(|range| range.high)),
    ]
}
