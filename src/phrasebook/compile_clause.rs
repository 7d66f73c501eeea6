//! The draft of a clause becomes a clause.

use super::changes::ClauseChange;
use super::clause_draft::{ClauseDraft, ElementDraft, ExampleDraft, OpenDraft};
use super::problem::{Problem, SourceFile};
use super::resolve::{Names, Resolver};
use super::rules::{Clause, Element, Example, Form, Kind, Open, Trigger};
use crate::conversation::Channel;
use std::sync::Arc;

/// Compiles the draft of one clause; notes what is wrong with it in `problems`.
pub(super) fn compile_clause(
    names: &Names,
    problems: &mut Vec<Problem>,
    draft: ClauseDraft,
) -> Clause {
    let file = Arc::clone(&draft.file);
    for (code, is_wrong) in [
        ("no-channel", draft.channels.is_empty()),
        ("no-opens", draft.opens.is_empty()),
        (
            "no-elements",
            draft.kind == Kind::Obligation && draft.elements.is_empty(),
        ),
    ] {
        if is_wrong {
            problems.push(Problem::error(code, &file, draft.id.at.clone(), Vec::new()));
        }
    }
    let keys: Vec<String> = draft.elements.iter().map(|e| e.key.value.clone()).collect();
    let default_channel = draft.channels.first().copied();
    let examples = draft.examples;
    let examples = examples_of(
        examples,
        problems,
        &file,
        &keys,
        default_channel,
        draft.book,
    );
    let (form, ahead) = (draft.form, draft.ahead);
    let mut resolver = Resolver {
        names,
        file: &file,
        problems,
    };
    Clause {
        opens: opens_of(&draft.opens, &mut resolver),
        closes: resolver.acts(&draft.closes),
        elements: elements_of(&draft.elements, &mut resolver, form, ahead),
        id: draft.id.value,
        book: draft.book,
        changed: draft.changed,
        article: draft.article,
        kind: draft.kind,
        form,
        channels: draft.channels,
        severity: draft.severity,
        status: draft.status,
        since: draft.since,
        title: draft.title,
        when: draft.when,
        say: draft.say,
        back: draft.back,
        ahead,
        never: draft.never,
        examples,
    }
}

/// Puts into a clause what a supplement says of it and that refers to acts: further
/// openings, elements that are new or take the place of one with their key, examples.
pub(super) fn change_clause(
    names: &Names,
    problems: &mut Vec<Problem>,
    clause: &mut Clause,
    change: ClauseChange,
) {
    let mut resolver = Resolver {
        names,
        file: &change.file,
        problems,
    };
    clause.opens.extend(opens_of(&change.opens, &mut resolver));
    clause
        .closes
        .extend(resolver.acts(&change.closes).iter().copied());
    let elements = elements_of(&change.elements, &mut resolver, clause.form, clause.ahead);
    for element in elements {
        match clause.elements.iter_mut().find(|of| of.key == element.key) {
            Some(same) => *same = element,
            None => clause.elements.push(element),
        }
    }
    let keys: Vec<String> = clause.elements.iter().map(|of| of.key.clone()).collect();
    let channel = clause.channels.first().copied();
    let book = clause.changed.unwrap_or(clause.book);
    let examples = change.examples;
    let examples = examples_of(examples, problems, &change.file, &keys, channel, book);
    clause.examples.extend(examples);
}

fn opens_of(drafts: &[OpenDraft], resolver: &mut Resolver<'_>) -> Vec<Open> {
    drafts
        .iter()
        .map(|open| Open {
            on: match (open.always, open.close) {
                (true, _) => Trigger::Always,
                (_, true) => Trigger::Close,
                _ => Trigger::Acts(resolver.acts(&open.acts)),
            },
            with: resolver.acts(&open.with),
            without: resolver.acts(&open.without),
            after: resolver.nearby(&open.after),
            not_after: resolver.nearby(&open.not_after),
            then: resolver.nearby(&open.then),
            not_then: resolver.nearby(&open.not_then),
            while_flags: resolver.flags(&open.while_flags),
            unless_flags: resolver.flags(&open.unless_flags),
            names: open.names,
        })
        .collect()
}

/// `form` and `ahead` are the clause's own, for elements that don't say theirs.
fn elements_of(
    drafts: &[ElementDraft],
    resolver: &mut Resolver<'_>,
    form: Form,
    ahead: usize,
) -> Vec<Element> {
    drafts
        .iter()
        .map(|element| Element {
            key: element.key.value.clone(),
            means: element.means.clone(),
            acts: resolver.acts(&element.acts),
            form: element.form.unwrap_or(form),
            ahead: element.ahead.unwrap_or(ahead),
            before: element.before,
            strictly_after: element.strictly_after,
            with: resolver.acts(&element.with),
            without: resolver.acts(&element.without),
            while_flags: resolver.flags(&element.while_flags),
            say: element.say.clone(),
        })
        .collect()
}

/// `keys` are those of the clause's elements, of which some may be missing.
fn examples_of(
    drafts: Vec<ExampleDraft>,
    problems: &mut Vec<Problem>,
    file: &Arc<SourceFile>,
    keys: &[String],
    channel: Option<Channel>,
    book: usize,
) -> Vec<Example> {
    let mut examples = Vec::new();
    for example in drafts {
        for key in &example.missing {
            if !keys.contains(&key.value) {
                problems.push(Problem::error(
                    "unknown-element",
                    file,
                    key.at.clone(),
                    vec![("name", key.value.clone()), ("known", keys.join(", "))],
                ));
            }
        }
        examples.push(Example {
            channel: example.channel.or(channel).unwrap_or(Channel::Counter),
            turns: example.turns,
            verdict: example.verdict,
            missing: example.missing.into_iter().map(|key| key.value).collect(),
            todo: example.todo,
            line: file.line(example.at.start),
            book,
        });
    }
    examples
}
