//! What was said on an occasion, and what wasn't.

use super::occasion::{Situation, last_turn};
use super::talk::Talk;
use crate::assessment::{Closeness, Evidence, Occasion, Verdict};
use crate::conversation::Conversation;
use crate::matching::Hit;
use crate::phrasebook::rules::{Clause, Element, Form, Kind, Rules};
use crate::span::Span;

/// Judges one occasion of one clause.
pub(super) fn judge(
    rules: &Rules,
    talk: &Talk,
    conversation: &Conversation,
    clause: &Clause,
    situation: &Situation,
) -> Occasion {
    let mut evidence = Vec::new();
    let mut missing = Vec::new();
    let mut closeness: Option<Closeness> = None;
    if clause.kind == Kind::Prohibition {
        evidence.extend(opening(rules, talk, conversation, situation));
    }
    for element in &clause.elements {
        let hits = carriers(talk, clause, element, situation);
        // Of an element's wordings the closest to the standard counts; of all
        // elements the farthest.
        let Some(best) = hits.iter().map(|hit| hit.closeness).min() else {
            missing.push(element.key.clone());
            continue;
        };
        closeness = closeness.max(Some(best));
        evidence.extend(
            hits.into_iter()
                .map(|hit| prove(conversation, hit, Some(&element.key))),
        );
    }
    evidence
        .sort_by(|a: &Evidence, b| (a.turn, a.span, &a.element).cmp(&(b.turn, b.span, &b.element)));
    evidence.dedup();
    let verdict = match clause.kind {
        Kind::Prohibition => Verdict::Breached,
        Kind::Obligation if missing.is_empty() => Verdict::Met,
        Kind::Obligation if missing.len() == clause.elements.len() => Verdict::Missed,
        Kind::Obligation => Verdict::Partial,
    };
    Occasion {
        trigger: situation.trigger,
        verdict,
        missing,
        evidence,
        closeness,
    }
}

/// What opened the occasion. A sign that says nothing by itself stands for its turn, unless
/// something in that turn says more.
fn opening(
    rules: &Rules,
    talk: &Talk,
    conversation: &Conversation,
    situation: &Situation,
) -> Vec<Evidence> {
    let is_sign = |hit: &&Hit| rules.acts[hit.act.0 as usize].whole_turn;
    let opened_by = situation.opened_by.iter().map(|&at| &talk.hits()[at]);
    let (signs, words): (Vec<&Hit>, Vec<&Hit>) = opened_by.partition(is_sign);
    let mut evidence: Vec<Evidence> = words
        .iter()
        .map(|hit| prove(conversation, hit, None))
        .collect();
    for sign in signs {
        if words.iter().all(|hit| hit.turn != sign.turn) {
            let text = &conversation.turns[sign.turn].text;
            let start = text.len() - text.trim_start().len();
            evidence.push(Evidence {
                span: Span::new(start as u32, text.trim_end().len() as u32),
                text: text.trim().to_owned(),
                ..prove(conversation, sign, None)
            });
        }
    }
    evidence
}

/// The hits that carry an element on an occasion.
fn carriers<'a>(
    talk: &'a Talk,
    clause: &Clause,
    element: &Element,
    situation: &Situation,
) -> Vec<&'a Hit> {
    let last = if element.ahead == clause.ahead {
        situation.to
    } else {
        last_turn(
            talk,
            clause,
            situation.trigger,
            situation.own,
            element.ahead,
        )
    };
    let start = situation.trigger.max(situation.own);
    let before = element
        .before
        .map(|role| talk.first_by(role).unwrap_or(talk.len()));
    let carries = |at: usize, hit: &Hit| {
        hit.counts()
            && element.acts.has(hit.act)
            && !situation.taken.contains(&at)
            && before.is_none_or(|first| hit.turn < first)
            && (element.with.is_empty() || talk.does(hit.turn, &element.with))
            && !talk.does(hit.turn, &element.without)
            && talk.flags(hit.turn) & element.while_flags == element.while_flags
            && is_due(talk, element.form, situation, hit.turn, last)
            && !(element.strictly_after && hit.turn <= start)
    };
    talk.doing(&element.acts)
        .flat_map(|turn| talk.places_of(turn))
        .map(|at| (at, &talk.hits()[at]))
        .filter(|&(at, hit)| carries(at, hit))
        .map(|(_, hit)| hit)
        .collect()
}

fn is_due(talk: &Talk, form: Form, situation: &Situation, turn: usize, last: usize) -> bool {
    match form {
        Form::Init => talk.is_opening(turn),
        Form::End => talk.is_close(turn),
        Form::Response => (situation.from..=last).contains(&turn),
        Form::Precedence => (situation.from..situation.own).contains(&turn),
        Form::Coexistence => (situation.from..=last).contains(&turn),
        Form::Absence => false,
    }
}

fn prove(conversation: &Conversation, hit: &Hit, element: Option<&String>) -> Evidence {
    let turn = &conversation.turns[hit.turn];
    Evidence {
        turn: hit.turn,
        span: hit.span,
        text: hit.span.of(&turn.text).to_owned(),
        element: element.cloned(),
        by: hit.by,
    }
}
