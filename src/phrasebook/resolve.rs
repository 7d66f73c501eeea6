//! Names to indices, with a fault for each name that stands for nothing.

use super::clause_draft::NearbyDraft;
use super::fields::Located;
use super::problem::{Problem, SourceFile};
use super::rules::{ActId, Acts, Flags, Nearby, Signal};
use std::collections::BTreeMap;
use std::sync::Arc;

/// All names that a phrasebook defines.
#[derive(Default)]
pub(super) struct Names {
    pub acts: BTreeMap<String, ActId>,
    pub guards: BTreeMap<String, u16>,
    pub flags: BTreeMap<String, u32>,
    pub clauses: BTreeMap<String, usize>,
}

/// Looks names up, on behalf of one file.
pub(super) struct Resolver<'a> {
    pub names: &'a Names,
    pub file: &'a Arc<SourceFile>,
    pub problems: &'a mut Vec<Problem>,
}

impl Resolver<'_> {
    fn unknown(&mut self, code: &'static str, name: &Located<String>, near: Option<String>) {
        let mut params = vec![("name", name.value.clone())];
        params.push(("near", near.unwrap_or_else(|| "?".to_owned())));
        self.problems
            .push(Problem::error(code, self.file, name.at.clone(), params));
    }

    pub fn act(&mut self, name: &Located<String>) -> Option<ActId> {
        let found = self.names.acts.get(&name.value).copied();
        if found.is_none() {
            let near = nearest(&name.value, self.names.acts.keys());
            self.unknown("unknown-act", name, near);
        }
        found
    }

    pub fn acts(&mut self, names: &[Located<String>]) -> Acts {
        let acts: Vec<ActId> = names.iter().filter_map(|name| self.act(name)).collect();
        acts.into()
    }

    pub fn guards(&mut self, names: &[Located<String>]) -> Vec<u16> {
        let mut found = Vec::new();
        for name in names {
            match self.names.guards.get(&name.value) {
                Some(guard) => found.push(*guard),
                None => {
                    let near = nearest(&name.value, self.names.guards.keys());
                    self.unknown("unknown-guard", name, near);
                }
            }
        }
        found
    }

    pub fn flags(&mut self, names: &[Located<String>]) -> Flags {
        let mut found = 0;
        for name in names {
            match self.names.flags.get(&name.value) {
                Some(flag) => found |= 1 << flag,
                None => {
                    let near = nearest(&name.value, self.names.flags.keys());
                    self.unknown("unknown-flag", name, near);
                }
            }
        }
        found
    }

    pub fn clause(&mut self, name: &Located<String>) -> Option<usize> {
        let found = self.names.clauses.get(&name.value).copied();
        if found.is_none() {
            let near = nearest(&name.value, self.names.clauses.keys());
            self.unknown("unknown-clause", name, near);
        }
        found
    }

    pub fn nearby(&mut self, drafts: &[NearbyDraft]) -> Vec<Nearby> {
        drafts
            .iter()
            .map(|draft| Nearby {
                acts: self.acts(&draft.acts),
                turns: draft.turns,
            })
            .collect()
    }
}

/// The signals' names, which every phrasebook has.
pub(super) fn signals() -> impl Iterator<Item = (&'static str, Signal)> {
    Signal::ALL.into_iter()
}

/// The known name that looks most like `name`, if one does.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> Option<String> {
    known
        .map(|other| (shared_pairs(name, other), other))
        .filter(|(shared, _)| *shared > 0.4)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, other)| other.clone())
}

/// The share of adjacent letter pairs that two names have in common.
fn shared_pairs(a: &str, b: &str) -> f64 {
    let pairs =
        |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (a, b) = (pairs(a), pairs(b));
    let shared = a.iter().filter(|pair| b.contains(pair)).count();
    2.0 * shared as f64 / (a.len() + b.len()).max(1) as f64
}
