//! What is doubtful about a phrasebook that can be used: a clause without an
//! example for a verdict that it can give, an article that nothing accounts for.

use super::layers::Layer;
use super::problem::{Problem, SourceFile};
use super::rules::{Clause, Kind, Rules};
use crate::assessment::Verdict;
use std::sync::Arc;

/// Looks for what should be better.
pub(super) fn lint(layers: &[Layer], rules: &Rules) -> Vec<Problem> {
    let mut problems = Vec::new();
    for clause in &rules.clauses {
        let Some(file) = file_of(clause, layers) else {
            continue;
        };
        for verdict in expected_verdicts(clause) {
            let has = clause
                .examples
                .iter()
                .any(|example| example.verdict == Some(verdict));
            if !has && !clause.never.contains(&verdict) {
                problems.push(Problem::warning(
                    "no-example",
                    file,
                    0..0,
                    vec![("verdict", verdict.name().to_owned())],
                ));
            }
        }
        if clause
            .examples
            .iter()
            .all(|example| example.verdict.is_some())
            && arises_at_will(clause)
        {
            problems.push(Problem::warning(
                "no-silent-example",
                file,
                0..0,
                Vec::new(),
            ));
        }
    }
    // A supplement needs no list of its own as long as it adds no clause.
    let lists = layers.iter().rev().find_map(|layer| {
        let mut files = layer.files.iter();
        files.find(|file| layer.inside(file) == "articles.toml")
    });
    if let Some(file) = lists {
        problems.extend(lint_articles(file, rules));
    }
    problems
}

/// The file of a clause; that of the supplement which changes it, if one does.
fn file_of<'a>(clause: &Clause, layers: &'a [Layer]) -> Option<&'a Arc<SourceFile>> {
    let id = format!("\"{}\"", clause.id);
    let layer = layers.get(clause.changed.unwrap_or(clause.book))?;
    let mut files = layer.files.iter();
    files.find(|file| layer.inside(file).starts_with("clauses/") && file.text.contains(&id))
}

fn expected_verdicts(clause: &Clause) -> Vec<Verdict> {
    match (clause.kind, clause.elements.len()) {
        (Kind::Prohibition, _) => vec![Verdict::Breached],
        (Kind::Obligation, 0..=1) => vec![Verdict::Met, Verdict::Missed],
        (Kind::Obligation, _) => vec![Verdict::Met, Verdict::Partial, Verdict::Missed],
    }
}

/// A clause that always arises can't have an example for silence.
fn arises_at_will(clause: &Clause) -> bool {
    clause
        .opens
        .iter()
        .all(|open| matches!(open.on, super::rules::Trigger::Acts(_)))
}

fn lint_articles(file: &Arc<SourceFile>, rules: &Rules) -> Vec<Problem> {
    let mut problems = Vec::new();
    for article in &rules.articles {
        let same = rules
            .articles
            .iter()
            .filter(|other| other.number == article.number);
        if same.count() > 1 {
            let number = article.number.to_string();
            let params = vec![("number", number)];
            problems.push(Problem::warning("article-twice", file, 0..0, params));
        }
    }
    for clause in &rules.clauses {
        let listed = rules.articles.iter().any(|article| {
            article.number == clause.article && article.clauses.contains(&clause.id)
        });
        if !listed {
            let number = clause.article.to_string();
            let params = vec![("number", number)];
            problems.push(Problem::warning("article-missing", file, 0..0, params));
        }
    }
    problems
}
