//! A supplement laid on the phrasebook that it extends.
//!
//! What it adds stands beside what is there; a name that is taken is a fault. What it
//! changes must be there, and must become different. What it switches off goes, and
//! with it all that refers to it.

use super::changes::{ActChange, ClauseChange, ListChange, OffDraft};
use super::clause_draft::ClauseDraft;
use super::draft::WordingDraft;
use super::drafts::{Changes, Drafts, Extent};
use super::fields::Located;
use super::problem::{Problem, SourceFile};
use super::resolve::nearest;
use super::rules::Off;
use std::mem::take;
use std::sync::Arc;

/// Lays the phrasebook in place `book` of the chain on those below it, whose drafts end
/// where `below` says.
pub(super) fn lay(drafts: &mut Drafts, book: usize, below: &Extent, changes: Changes) {
    let problems = &mut drafts.problems;
    drop_taken(&mut drafts.acts, below.acts, problems, |act| {
        ("act", &act.file, &act.name)
    });
    drop_taken(&mut drafts.clauses, below.clauses, problems, |clause| {
        ("id", &clause.file, &clause.id)
    });
    drop_taken(&mut drafts.lists, below.lists, problems, |list| {
        ("name", &list.file, &list.name)
    });
    for change in changes.acts {
        change_act(drafts, below, change);
    }
    for change in changes.lists {
        change_list(drafts, below, change);
    }
    let own = drafts.books.get_mut(book);
    let off = own.map(|own| (Arc::clone(&own.file), take(&mut own.off)));
    for change in changes.clauses {
        change_clause(drafts, book, below, change);
    }
    for (file, entry) in off.into_iter().flat_map(|(file, off)| {
        let named = off.into_iter().map(move |entry| (Arc::clone(&file), entry));
        named.collect::<Vec<_>>()
    }) {
        switch_off(drafts, book, below, &file, entry);
    }
}

/// Takes out, and tells of, what has the name of something below.
fn drop_taken<T>(
    all: &mut Vec<T>,
    below: usize,
    problems: &mut Vec<Problem>,
    name: impl Fn(&T) -> (&'static str, &Arc<SourceFile>, &Located<String>),
) {
    for draft in all.split_off(below) {
        let (field, file, own) = name(&draft);
        let is_taken = all[..below].iter().any(|of| name(of).2.value == own.value);
        if is_taken {
            let params = vec![("name", own.value.clone()), ("field", field.to_owned())];
            problems.push(Problem::error("taken-below", file, own.at.clone(), params));
        } else {
            all.push(draft);
        }
    }
}

/// What is to be changed, among what is there; told of if it isn't.
fn find<'a>(
    names: impl Iterator<Item = &'a String> + Clone,
    wanted: &Located<String>,
    code: &'static str,
    file: &Arc<SourceFile>,
    problems: &mut Vec<Problem>,
) -> Option<usize> {
    let found = names.clone().position(|name| *name == wanted.value);
    if found.is_none() {
        let near = nearest(&wanted.value, names).unwrap_or_else(|| "?".to_owned());
        let params = vec![("name", wanted.value.clone()), ("near", near)];
        problems.push(Problem::error(code, file, wanted.at.clone(), params));
    }
    found
}

fn change_act(drafts: &mut Drafts, below: &Extent, change: ActChange) {
    let acts = &mut drafts.acts[..below.acts];
    let names = acts.iter().map(|act| &act.name.value);
    let problems = &mut drafts.problems;
    let Some(at) = find(names, &change.name, "no-act-below", &change.file, problems) else {
        return;
    };
    let act = &mut acts[at];
    let adds = change.wordings.len() + change.unless.len() + change.without.len();
    if adds == 0 {
        problems.push(changes_nothing(&change.file, &change.name));
    }
    for notation in change.without {
        let before = act.wordings.len();
        act.wordings
            .retain(|wording| wording.notation.value != notation.value);
        if act.wordings.len() == before {
            let params = vec![("wording", notation.value)];
            let problem = Problem::error("no-such-wording", &change.file, notation.at, params);
            problems.push(problem);
        }
    }
    for (own, more) in [
        (&mut act.wordings, change.wordings),
        (&mut act.unless, change.unless),
    ] {
        for wording in more {
            match own.iter().any(|other| same(other, &wording)) {
                true => problems.push(twice(wording)),
                false => own.push(wording),
            }
        }
    }
    for (own, more) in [
        (&mut act.says, change.says),
        (&mut act.silent, change.silent),
        (&mut act.todo, change.todo),
    ] {
        if !change.keep_examples {
            own.clear();
        }
        own.extend(more);
    }
}

fn same(one: &WordingDraft, other: &WordingDraft) -> bool {
    one.notation.value == other.notation.value && one.at == other.at && one.ends == other.ends
}

/// As for two wordings of one file, but the other one stands elsewhere.
fn twice(wording: WordingDraft) -> Problem {
    let params = vec![
        ("wording", wording.notation.value),
        ("other", String::new()),
    ];
    Problem::error(
        "duplicate-wording",
        &wording.file,
        wording.notation.at,
        params,
    )
}

fn change_list(drafts: &mut Drafts, below: &Extent, change: ListChange) {
    let lists = &mut drafts.lists[..below.lists];
    let names = lists.iter().map(|list| &list.name.value);
    let problems = &mut drafts.problems;
    let Some(at) = find(names, &change.name, "no-list-below", &change.file, problems) else {
        return;
    };
    if change.words.is_empty() {
        problems.push(changes_nothing(&change.file, &change.name));
    }
    let words = change.words.into_iter();
    lists[at]
        .words
        .extend(words.map(|word| (Arc::clone(&change.file), word)));
}

/// What a change says of the clause as a whole is done here; what refers to acts waits
/// until all their names are known.
fn change_clause(drafts: &mut Drafts, book: usize, below: &Extent, change: ClauseChange) {
    let clauses = &mut drafts.clauses[..below.clauses];
    let ids = clauses.iter().map(|clause| &clause.id.value);
    let problems = &mut drafts.problems;
    let Some(at) = find(ids, &change.id, "no-clause-below", &change.file, problems) else {
        return;
    };
    let clause = &mut clauses[at];
    if !differs(clause, &change) {
        problems.push(changes_nothing(&change.file, &change.id));
    }
    clause.changed = Some(book);
    if !change.channels.is_empty() {
        clause.channels.clone_from(&change.channels);
    }
    clause.severity = change.severity.unwrap_or(clause.severity);
    clause.back = change.back.unwrap_or(clause.back);
    clause.ahead = change.ahead.unwrap_or(clause.ahead);
    if let Some(status) = change.status {
        status.clone_into(&mut clause.status);
    }
    if let Some(title) = &change.title {
        clause.title.clone_from(title);
    }
    if let Some(when) = &change.when {
        clause.when.clone_from(when);
    }
    if change.say.is_some() {
        clause.say.clone_from(&change.say);
    }
    clause.never.extend(&change.never);
    if !change.keep_examples {
        clause.examples.clear();
    }
    drafts.changes.push(change);
}

/// Whether a change makes the clause another one.
fn differs(clause: &ClauseDraft, change: &ClauseChange) -> bool {
    let is_other = [
        !change.channels.is_empty() && change.channels != clause.channels,
        change.severity.is_some_and(|of| of != clause.severity),
        change.back.is_some_and(|of| of != clause.back),
        change.ahead.is_some_and(|of| of != clause.ahead),
        change.status.is_some_and(|of| of != clause.status),
        change.title.as_ref().is_some_and(|of| *of != clause.title),
        change.when.as_ref().is_some_and(|of| *of != clause.when),
        change.say.is_some() && change.say != clause.say,
    ];
    let more = change.opens.len() + change.elements.len() + change.closes.len();
    is_other.contains(&true) || more > 0
}

fn switch_off(
    drafts: &mut Drafts,
    book: usize,
    below: &Extent,
    file: &Arc<SourceFile>,
    entry: OffDraft,
) {
    // Others may have been switched off before it.
    let places: Vec<usize> = (0..drafts.clauses.len())
        .filter(|at| drafts.clauses[*at].book < book)
        .collect();
    debug_assert!(places.len() <= below.clauses, "nothing was added below");
    let ids = places.iter().map(|at| &drafts.clauses[*at].id.value);
    let code = "no-clause-below";
    let Some(found) = find(ids, &entry.clause, code, file, &mut drafts.problems) else {
        return;
    };
    let clause = drafts.clauses.remove(places[found]);
    let id = clause.id.value;
    if clause.changed == Some(book) {
        let params = vec![("name", id.clone())];
        let at = entry.clause.at.clone();
        let problem = Problem::error("off-and-changed", file, at, params);
        drafts.problems.push(problem);
    }
    drafts.changes.retain(|change| change.id.value != id);
    for (_, yields) in &mut drafts.yields {
        yields.retain(|of| of.clause.value != id);
        for of in yields.iter_mut() {
            of.to.retain(|to| to.value != id);
        }
        yields.retain(|of| !of.to.is_empty());
    }
    for article in &mut drafts.articles {
        let before = article.clauses.len();
        article.clauses.retain(|of| *of != id);
        if article.clauses.is_empty() && before > 0 && article.why.is_none() {
            article.why = Some(entry.why.clone());
        }
    }
    drafts.off.push(Off {
        clause: id,
        title: clause.title,
        why: entry.why,
        book,
    });
}

fn changes_nothing(file: &Arc<SourceFile>, name: &Located<String>) -> Problem {
    let params = vec![("name", name.value.clone())];
    Problem::warning("changes-nothing", file, name.at.clone(), params)
}
