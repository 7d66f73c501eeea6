//! What is doubtful about a phrasebook that can be used: a clause without an
//! example for a verdict that it can give, an article that nothing accounts for.

use super::load::Files;
use super::problem::{Gravity, Problem, SourceFile};
use super::rules::{Clause, Kind, Rules};
use crate::assessment::Verdict;
use std::sync::Arc;

/// Looks for what should be better.
pub(super) fn lint(files: &Files, rules: &Rules) -> Vec<Problem> {
    let mut problems = Vec::new();
    for clause in &rules.clauses {
        let id = format!("\"{}\"", clause.id);
        let file = files
            .iter()
            .find(|file| file.path.starts_with("clauses/") && file.text.contains(&id));
        let Some(file) = file else { continue };
        for verdict in expected_verdicts(clause) {
            let has = clause
                .examples
                .iter()
                .any(|example| example.verdict == Some(verdict));
            if !has && !clause.never.contains(&verdict) {
                problems.push(warning(
                    "no-example",
                    file,
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
            problems.push(warning("no-silent-example", file, Vec::new()));
        }
    }
    if let Some(file) = files.iter().find(|file| file.path == "articles.toml") {
        problems.extend(lint_articles(file, rules));
    }
    problems
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
            problems.push(warning("article-twice", file, vec![("number", number)]));
        }
    }
    for clause in &rules.clauses {
        let listed = rules.articles.iter().any(|article| {
            article.number == clause.article && article.clauses.contains(&clause.id)
        });
        if !listed {
            let number = clause.article.to_string();
            problems.push(warning("article-missing", file, vec![("number", number)]));
        }
    }
    problems
}

fn warning(
    code: &'static str,
    file: &Arc<SourceFile>,
    params: Vec<(&'static str, String)>,
) -> Problem {
    Problem {
        gravity: Gravity::Warning,
        ..Problem::error(code, file, 0..0, params)
    }
}
