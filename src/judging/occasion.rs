//! When a clause is due: the situations that raise it, and how far each reaches.

use super::talk::Talk;
use crate::conversation::Role;
use crate::phrasebook::rules::{Clause, Kind, Names, Nearby, Open, Trigger};

/// A stretch of talk in which a clause is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// The clause, by place in the rules.
    pub clause: usize,
    /// The turn that is named as the trigger.
    pub trigger: usize,
    /// The turn whose act opened it.
    pub own: usize,
    /// The first turn that belongs to it.
    pub from: usize,
    /// The last turn that belongs to it.
    pub to: usize,
    /// Hits that opened it, by place in [`Talk::hits`].
    pub opened_by: Vec<usize>,
    /// To what it gave way, if it did.
    pub yielded: Option<Yielded>,
    /// Hits that serve another occasion, by place in [`Talk::hits`].
    pub taken: Vec<usize>,
}

/// To what a situation gives way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yielded {
    /// To this clause, by place in the rules.
    To(usize),
    /// To the model, which doubts it.
    Doubted,
}

/// Adds the situations in which `clause` arises.
pub(super) fn open(talk: &Talk, clause: &Clause, index: usize, situations: &mut Vec<Situation>) {
    let mut opened: Vec<Situation> = Vec::new();
    for open in &clause.opens {
        for (own, opened_by) in triggers(talk, open) {
            if let Ok(trigger) = holds(talk, open, own) {
                opened.push(situation(talk, clause, index, trigger, own, opened_by));
            }
        }
    }
    opened.sort_by_key(|situation| (situation.own, situation.trigger));
    for next in opened {
        let merges = situations.last_mut().filter(|last| {
            last.clause == index
                && (last.own == next.own
                    || (clause.kind == Kind::Obligation && clause.ahead > 1 && next.own <= last.to))
        });
        match merges {
            Some(last) => {
                last.to = last.to.max(next.to);
                last.from = last.from.min(next.from);
                last.trigger = last.trigger.min(next.trigger);
                last.opened_by.extend(next.opened_by);
                last.opened_by.dedup();
            }
            None => situations.push(next),
        }
    }
}

/// Turns that could open an occasion, with the hits that do.
pub(super) fn triggers(talk: &Talk, open: &Open) -> Vec<(usize, Vec<usize>)> {
    match &open.on {
        _ if talk.is_empty() => Vec::new(),
        Trigger::Always => vec![(0, Vec::new())],
        Trigger::Close => {
            let last = talk
                .last_by(Role::Client)
                .or_else(|| talk.len().checked_sub(1));
            last.map(|turn| (turn, Vec::new())).into_iter().collect()
        }
        Trigger::Acts(acts) => {
            let opening = |turn: usize| {
                let does = |at: &usize| {
                    let hit = &talk.hits()[*at];
                    hit.counts() && acts.has(hit.act)
                };
                (turn, talk.places_of(turn).filter(does).collect())
            };
            talk.doing(acts).map(opening).collect()
        }
    }
}

/// A condition of an opening that doesn't hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// A flag that must be up is down.
    While,
    /// A flag that must be down is up.
    Unless,
    /// The turn lacks an act that must be in it.
    With,
    /// The turn has an act that must not be in it.
    Without,
    /// Something that must have happened before didn't.
    After,
    /// Something that must not have happened before did.
    NotAfter,
    /// Something that must happen later doesn't.
    Then,
    /// Something that must not happen later does.
    NotThen,
}

impl Unmet {
    /// The name of the condition, as phrasebooks write it.
    pub fn name(self) -> &'static str {
        match self {
            Unmet::While => "while",
            Unmet::Unless => "unless",
            Unmet::With => "with",
            Unmet::Without => "without",
            Unmet::After => "after",
            Unmet::NotAfter => "not_after",
            Unmet::Then => "then",
            Unmet::NotThen => "not_then",
        }
    }
}

/// Whether the conditions hold around turn `own`: the turn that is named as the
/// trigger, or the first condition that doesn't hold.
pub(super) fn holds(talk: &Talk, open: &Open, own: usize) -> Result<usize, Unmet> {
    let flags = talk.flags(own);
    let before = |nearby: &Nearby| {
        (own.saturating_sub(nearby.turns)..own)
            .rev()
            .find(|&turn| talk.does(turn, &nearby.acts))
    };
    let later = |nearby: &Nearby| {
        let last = talk.len().min(own + 1 + nearby.turns);
        (own + 1..last).find(|&turn| talk.does(turn, &nearby.acts))
    };
    let unless = |unmet: Unmet, holds: bool| match holds {
        true => Ok(()),
        false => Err(unmet),
    };
    unless(Unmet::While, flags & open.while_flags == open.while_flags)?;
    unless(Unmet::Unless, flags & open.unless_flags == 0)?;
    let with = open.with.is_empty() || talk.does(own, &open.with);
    unless(Unmet::With, with)?;
    unless(Unmet::Without, !talk.does(own, &open.without))?;
    let mut after = None;
    for nearby in &open.after {
        let turn = before(nearby).ok_or(Unmet::After)?;
        after = after.or(Some(turn));
    }
    let not_after = open.not_after.iter().all(|nearby| before(nearby).is_none());
    unless(Unmet::NotAfter, not_after)?;
    let mut then = None;
    for nearby in &open.then {
        let turn = later(nearby).ok_or(Unmet::Then)?;
        then = then.or(Some(turn));
    }
    let not_then = open.not_then.iter().all(|nearby| later(nearby).is_none());
    unless(Unmet::NotThen, not_then)?;
    Ok(match open.names {
        Names::Own => own,
        Names::Asked => talk.asked_before(own).unwrap_or(own),
        Names::Then => then.unwrap_or(own),
        Names::After => after.unwrap_or(own),
    })
}

fn situation(
    talk: &Talk,
    clause: &Clause,
    index: usize,
    trigger: usize,
    own: usize,
    opened_by: Vec<usize>,
) -> Situation {
    let first = trigger.min(own);
    let from = talk
        .staff_turns()
        .iter()
        .rev()
        .filter(|&&staff| staff < first)
        .take(clause.back)
        .last()
        .copied()
        .unwrap_or(first);
    Situation {
        clause: index,
        trigger,
        own,
        from,
        to: last_turn(talk, clause, trigger, own, clause.ahead),
        opened_by,
        yielded: None,
        taken: Vec::new(),
    }
}

/// The last of `ahead` staff turns from the trigger on, or the turn before the
/// talk moves on, if that comes first.
pub(super) fn last_turn(
    talk: &Talk,
    clause: &Clause,
    trigger: usize,
    own: usize,
    ahead: usize,
) -> usize {
    let start = trigger.max(own);
    let mut last = start;
    let mut seen = 0;
    for turn in start..talk.len() {
        if turn > start && talk.does(turn, &clause.closes) {
            break;
        }
        if talk.role(turn) == Role::Staff {
            seen += 1;
            if seen > ahead {
                break;
            }
        }
        last = turn;
    }
    last
}
