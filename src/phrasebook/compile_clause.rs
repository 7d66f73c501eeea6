//! The draft of a clause becomes a clause.

use super::clause_draft::ClauseDraft;
use super::problem::Problem;
use super::resolve::{Names, Resolver};
use super::rules::{Clause, Element, Example, Kind, Open, Trigger};
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
    let default_channel = draft.channels.first().copied().unwrap_or(Channel::Counter);
    let keys: Vec<String> = draft.elements.iter().map(|e| e.key.value.clone()).collect();
    let mut examples = Vec::new();
    for example in draft.examples {
        for key in &example.missing {
            if !keys.contains(&key.value) {
                problems.push(Problem::error(
                    "unknown-element",
                    &file,
                    key.at.clone(),
                    vec![("name", key.value.clone()), ("known", keys.join(", "))],
                ));
            }
        }
        examples.push(Example {
            channel: example.channel.unwrap_or(default_channel),
            turns: example.turns,
            verdict: example.verdict,
            missing: example.missing.into_iter().map(|key| key.value).collect(),
            todo: example.todo,
            line: file.line(example.at.start),
        });
    }
    let (form, ahead) = (draft.form, draft.ahead);
    let mut resolver = Resolver {
        names,
        file: &file,
        problems,
    };
    Clause {
        opens: draft
            .opens
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
            .collect(),
        closes: resolver.acts(&draft.closes),
        elements: draft
            .elements
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
            .collect(),
        id: draft.id.value,
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
