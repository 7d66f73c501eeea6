//! Wordings: parsed, their names put in, made searchable.

use super::draft::{ActDraft, Edges, GuardDraft, ListDraft, WordingDraft};
use super::fields::Located;
use super::notation::{self, LONGEST, Piece};
use super::pattern::{self, Pattern, PatternFault};
use super::problem::{Problem, SourceFile};
use super::rarity::Rarity;
use super::rules::{ActId, At, Owner, Wording};
use super::said::Said;
use crate::text::{Folding, Sounds};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A wording is matched by sound only if it is one breath of so many syllables,
/// unless it or its act says otherwise: shorter ones have too many homophones, and
/// two short ones with a gap between them have even more.
const SOUND_FROM: usize = 3;

/// Makes wordings searchable. A fault never stops the search for others.
pub(super) struct Wordings<'a> {
    folding: &'a Folding,
    rarity: &'a Rarity,
    problems: &'a mut Vec<Problem>,
    /// What `<name>` can stand for.
    named: BTreeMap<String, Vec<Vec<Piece>>>,
    /// Where wordings are made ready for certain talk only: that, and how it sounds.
    only: Option<(&'a Said, &'a Sounds)>,
    /// For each name, whether anything that it stands for could be said there.
    sayable: BTreeMap<String, bool>,
    wordings: Vec<Wording>,
}

impl<'a> Wordings<'a> {
    pub(super) fn new(
        folding: &'a Folding,
        rarity: &'a Rarity,
        problems: &'a mut Vec<Problem>,
    ) -> Self {
        Self {
            folding,
            rarity,
            problems,
            named: BTreeMap::new(),
            only: None,
            sayable: BTreeMap::new(),
            wordings: Vec::new(),
        }
    }

    /// The same, but a wording that can't stand in certain talk is left without
    /// patterns, and its faults aren't found.
    pub(super) fn only(self, only: Option<(&'a Said, &'a Sounds)>) -> Self {
        Self { only, ..self }
    }

    /// All wordings of acts and guards, in their order.
    pub(super) fn compile(
        mut self,
        acts: &[ActDraft],
        guards: &[GuardDraft],
        lists: &[ListDraft],
    ) -> Vec<Wording> {
        self.collect_named(acts, guards, lists);
        for (index, act) in acts.iter().enumerate() {
            let id = ActId(index as u16);
            self.report_duplicates(act);
            for wording in &act.wordings {
                self.add(Owner::Act(id), wording, act.sound, &wording.file);
            }
            for wording in &act.unless {
                self.add(Owner::LookAlike(id), wording, Some(false), &wording.file);
            }
        }
        for (index, guard) in guards.iter().enumerate() {
            for wording in &guard.wordings {
                self.add(
                    Owner::Guard(index as u16),
                    wording,
                    Some(false),
                    &guard.file,
                );
            }
        }
        self.wordings
    }

    fn collect_named(&mut self, acts: &[ActDraft], guards: &[GuardDraft], lists: &[ListDraft]) {
        for list in lists {
            let words = list
                .words
                .iter()
                .filter_map(|(file, word)| self.parse(word, file))
                .collect();
            if self.named.insert(list.name.value.clone(), words).is_some() {
                self.problems.push(Problem::error(
                    "duplicate-list",
                    &list.file,
                    list.name.at.clone(),
                    vec![("name", list.name.value.clone())],
                ));
            }
            self.note_sayable(&list.name.value, list.words.iter().map(|(_, word)| word));
        }
        // Few acts are named by others, and reading all of them takes its time.
        let asked_for = names(acts, guards, lists);
        for act in acts {
            if !asked_for.contains(act.name.value.as_str()) {
                continue;
            }
            // Their faults are reported where they are compiled.
            let wordings = act
                .wordings
                .iter()
                .filter_map(|wording| notation::parse(&wording.notation.value, self.folding).ok())
                .collect();
            self.named.entry(act.name.value.clone()).or_insert(wordings);
            let notations = act.wordings.iter().map(|wording| &wording.notation);
            self.note_sayable(&act.name.value, notations);
        }
    }

    fn note_sayable<'n>(
        &mut self,
        name: &str,
        mut notations: impl Iterator<Item = &'n Located<String>>,
    ) {
        let Some((said, sounds)) = self.only else {
            return;
        };
        let aids = (self.folding, sounds);
        let sayable =
            notations.any(|notation| said.may_hold(&notation.value, true, &|_| true, aids));
        let sofar = self.sayable.entry(name.to_owned()).or_default();
        *sofar |= sayable;
    }

    fn report_duplicates(&mut self, act: &ActDraft) {
        let mut seen = BTreeMap::new();
        for wording in &act.wordings {
            let notation = &wording.notation;
            let key = (
                &notation.value,
                wording.at as u8,
                wording.ends.map(|end| end as u8),
            );
            if let Some(at) = seen.insert(key, notation.at.start) {
                self.problems.push(Problem::error(
                    "duplicate-wording",
                    &act.file,
                    notation.at.clone(),
                    vec![
                        ("wording", notation.value.clone()),
                        ("other", act.file.line(at).to_string()),
                    ],
                ));
            }
        }
    }

    /// Signs of regular expressions mean nothing here, and would fold away unseen.
    fn report_vanishing(&mut self, notation: &Located<String>, file: &Arc<SourceFile>) {
        if let Some(sign) = notation
            .value
            .find(['?', '+', '^', '$', '\\', '{', '}', '.'])
        {
            let at = notation.at.start + 1 + sign;
            self.problems.push(Problem::error(
                "vanishing-sign",
                file,
                at..at + 1,
                vec![("sign", notation.value[sign..=sign].to_owned())],
            ));
        }
    }

    fn parse(&mut self, notation: &Located<String>, file: &Arc<SourceFile>) -> Option<Vec<Piece>> {
        self.report_vanishing(notation, file);
        match notation::parse(&notation.value, self.folding) {
            Ok(pieces) => Some(pieces),
            Err(fault) => {
                // The value's place includes its opening quotation mark.
                let start = notation.at.start + 1 + fault.at.start;
                let end = (start + fault.at.len().max(1)).min(notation.at.end);
                self.problems.push(Problem::error(
                    fault.kind.code(),
                    file,
                    start.min(end)..end,
                    vec![("most", LONGEST.to_string())],
                ));
                None
            }
        }
    }

    fn add(
        &mut self,
        owner: Owner,
        draft: &WordingDraft,
        sound: Option<bool>,
        file: &Arc<SourceFile>,
    ) {
        let sound = draft.sound.or(sound);
        if let Some((said, sounds)) = self.only
            && !said.may_hold(
                &draft.notation.value,
                sound != Some(false),
                &|name| self.sayable.get(name).is_none_or(|sayable| *sayable),
                (self.folding, sounds),
            )
        {
            self.push(owner, draft, Vec::new(), sound);
            return;
        }
        let at = draft.notation.at.clone();
        let Some(pieces) = self.parse(&draft.notation, file) else {
            return;
        };
        let expanded = match draft.notation.value.contains('<') {
            true => self.expand(pieces, &mut Vec::new()),
            false => Ok(pieces),
        };
        let pieces = match expanded {
            Ok(pieces) => pieces,
            Err((code, name)) => {
                self.problems
                    .push(Problem::error(code, file, at, vec![("name", name)]));
                return;
            }
        };
        let wording = ("wording", draft.notation.value.clone());
        let patterns = match pattern::compile(pieces, self.rarity) {
            Ok(patterns) => patterns,
            Err(fault) => {
                let code = match fault {
                    PatternFault::Empty => "nothing-to-look-for",
                    PatternFault::TooManyVariants => "too-many-variants",
                };
                self.problems
                    .push(Problem::error(code, file, at, vec![wording]));
                return;
            }
        };
        let shortest = patterns.iter().map(Pattern::shortest).min().unwrap_or(0);
        let is_bare = draft.edges.is_none() && draft.at == At::Anywhere;
        if shortest < 2 && is_bare && matches!(owner, Owner::Act(_)) {
            self.problems
                .push(Problem::error("too-short", file, at, vec![wording]));
        }
        self.push(owner, draft, patterns, sound);
    }

    fn push(
        &mut self,
        owner: Owner,
        draft: &WordingDraft,
        patterns: Vec<Pattern>,
        sound: Option<bool>,
    ) {
        let sounded: Vec<bool> = patterns
            .iter()
            .map(|pattern| match sound {
                Some(wanted) => wanted,
                None => pattern.is_one_breath() && pattern.shortest() >= SOUND_FROM,
            })
            .collect();
        let mut letters = Vec::new();
        if sounded.contains(&true) {
            for pattern in &patterns {
                pattern.collect_letters(&mut letters);
            }
            letters.sort_unstable();
            letters.dedup();
        }
        self.wordings.push(Wording {
            owner,
            notation: draft.notation.value.clone(),
            closeness: draft.closeness,
            letters,
            sound_alone: sound == Some(true),
            patterns,
            sounded,
            word_edges: draft.edges == Some(Edges::Word),
            at: draft.at,
            ends: draft.ends,
        });
    }

    /// Puts what `<name>` stands for in its place.
    fn expand(
        &self,
        pieces: Vec<Piece>,
        path: &mut Vec<String>,
    ) -> Result<Vec<Piece>, (&'static str, String)> {
        let mut expanded = Vec::with_capacity(pieces.len());
        for piece in pieces {
            expanded.push(match piece {
                Piece::Named(name) => {
                    if path.contains(&name) {
                        return Err(("circular-name", name));
                    }
                    let Some(wordings) = self.named.get(&name) else {
                        return Err(("unknown-list", name));
                    };
                    path.push(name);
                    let choices = wordings
                        .iter()
                        .map(|wording| self.expand(wording.clone(), path))
                        .collect::<Result<Vec<_>, _>>()?;
                    path.pop();
                    Piece::OneOf(choices)
                }
                Piece::OneOf(alternatives) => Piece::OneOf(
                    alternatives
                        .into_iter()
                        .map(|alternative| self.expand(alternative, path))
                        .collect::<Result<_, _>>()?,
                ),
                Piece::Optional(inner) => Piece::Optional(self.expand(inner, path)?),
                Piece::Literal(_) | Piece::Gap => piece,
            });
        }
        Ok(expanded)
    }
}

/// The names that stand between angle brackets somewhere.
fn names<'a>(
    acts: &'a [ActDraft],
    guards: &'a [GuardDraft],
    lists: &'a [ListDraft],
) -> BTreeSet<&'a str> {
    let of_acts = acts
        .iter()
        .flat_map(|act| act.wordings.iter().chain(&act.unless));
    let of_guards = guards.iter().flat_map(|guard| &guard.wordings);
    let words = lists.iter().flat_map(|list| &list.words);
    of_acts
        .chain(of_guards)
        .map(|wording| wording.notation.value.as_str())
        .chain(words.map(|(_, word)| word.value.as_str()))
        .flat_map(|notation| notation.split('<').skip(1))
        .filter_map(|rest| Some(rest.split_once('>')?.0))
        .collect()
}
