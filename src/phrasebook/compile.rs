//! Drafts become rules.
//!
//! In this order, since each step needs the one before: how text is folded; the
//! names of all acts, guards, flags and clauses; wordings; clauses and the rest.
//! A fault never stops the search for others.

use super::compile_clause::{change_clause, compile_clause};
use super::drafts::Drafts;
use super::fields::Located;
use super::layers::Layer;
use super::problem::{Problem, SourceFile};
use super::rarity::Rarity;
use super::resolve::{Names, Resolver, signals};
use super::rules::{
    Act, ActId, Acts, Bilingual, Book, Clause, Flag, Follow, Guard, GuardExample, MOST_FLAGS,
    RoleSigns, Rules, VisitSigns, Yield,
};
use super::said::Said;
use super::settings::{ALTERNATE, BookDraft, CLOSE, CONFIDENCE, LEAST_SIGNS, OPENING};
use super::wordings::Wordings;
use crate::conversation::Channel;
use crate::text::{Folding, FoldingSpec, Language, LanguageSpec, Sounds};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Compiles a chain of phrasebooks, the ground first. Rules come out even where there
/// are faults, as long as there is a `book.toml`; use them only if none is an error.
///
/// With `talk`, the texts of some turns, wordings that can't stand there may be left
/// without patterns, and their faults unfound.
pub(super) fn compile(layers: &[Layer], talk: Option<&[&str]>) -> (Option<Rules>, Vec<Problem>) {
    let mut compiler = Compiler {
        drafts: Drafts::read(layers),
        talk,
        problems: Vec::new(),
        names: Names::default(),
    };
    let rules = compiler.rules();
    let mut problems = compiler.drafts.problems;
    problems.extend(compiler.problems);
    (rules, problems)
}

struct Compiler<'t> {
    drafts: Drafts,
    talk: Option<&'t [&'t str]>,
    problems: Vec<Problem>,
    names: Names,
}

impl Compiler<'_> {
    fn rules(&mut self) -> Option<Rules> {
        let books = std::mem::take(&mut self.drafts.books);
        if books.is_empty() {
            return None;
        }
        let mut scoring = self.drafts.scoring.take()?;
        self.collect_names();
        let (folding, readings) = folding(&books);
        let folding = Folding::new(&folding);
        let sounds = Sounds::new(&readings);
        let rarity = Rarity::in_examples(&self.drafts.acts, &self.drafts.clauses);
        let said = self.talk.map(|talk| {
            let turns = talk.iter().copied();
            Said::new(turns, &folding, &sounds)
        });
        let wordings = Wordings::new(&folding, &rarity, &mut self.problems)
            .only(said.as_ref().map(|said| (said, &sounds)))
            .compile(&self.drafts.acts, &self.drafts.guards, &self.drafts.lists);
        let mut acts = self.compile_acts();
        let guards = self.compile_guards();
        let mut clauses = self.compile_clauses();
        let proposals = self.drafts.proposals.compile(&mut acts, &mut clauses);
        scoring.complaints = self.compile_follow();
        let flags = self.compile_flags();
        let yields = self.compile_yields();
        let role_signs = self.compile_roles();
        let visit_signs = self.compile_visits();
        let in_force = self.in_force(&books);
        let last = |of: fn(&BookDraft) -> Option<usize>| books.iter().rev().find_map(of);
        let mut languages = books.iter().rev().map(|book| &book.languages);
        let allowed = languages.find(|all| !all.is_empty()).cloned();
        let allowed = allowed.unwrap_or_default();
        Some(Rules {
            said,
            in_force,
            opening: last(|book| book.opening).unwrap_or(OPENING),
            close: last(|book| book.close).unwrap_or(CLOSE),
            folding,
            sounds,
            language: Language::new(&LanguageSpec { allowed }),
            acts,
            guards,
            wordings,
            flags,
            channel_signs: self.channel_signs(&books),
            clauses,
            yields,
            off: std::mem::take(&mut self.drafts.off),
            articles: std::mem::take(&mut self.drafts.articles),
            scoring,
            role_signs,
            visit_signs,
            proposals,
            courtesy_words: self.courtesy_words(&books),
            books: books
                .into_iter()
                .map(|book| Book {
                    name: book.name,
                    version: book.version,
                    title: book.title,
                })
                .collect(),
        })
    }

    fn compile_follow(&mut self) -> Option<Follow> {
        let draft = self.drafts.follow.take()?;
        let [raised, answered] = [draft.raised, draft.answered].map(|names| {
            self.resolver(&draft.file, |resolver| {
                let known = names
                    .into_iter()
                    .filter(|name| resolver.clause(name).is_some());
                known.map(|name| name.value).collect()
            })
        });
        Some(Follow {
            raised,
            answered,
            days: draft.days,
        })
    }

    /// The latest of the dates: what isn't in force yet can't add to what is. A
    /// supplement that claims an earlier one is told so.
    fn in_force(&mut self, books: &[BookDraft]) -> Option<Date> {
        let mut latest: Option<Date> = None;
        for book in books {
            let Some(own) = &book.in_force else { continue };
            if let Some(below) = latest.filter(|below| own.value < *below) {
                let params = vec![
                    ("found", own.value.to_string()),
                    ("below", below.to_string()),
                ];
                let at = own.at.clone();
                let problem = Problem::warning("in-force-too-early", &book.file, at, params);
                self.problems.push(problem);
            }
            latest = latest.max(Some(own.value));
        }
        latest
    }

    fn courtesy_words(&mut self, books: &[BookDraft]) -> Vec<(String, ActId)> {
        let mut words = Vec::new();
        for book in books {
            self.resolver(&book.file, |resolver| {
                let known = book.courtesy.iter();
                words.extend(
                    known.filter_map(|(word, act)| Some((word.clone(), resolver.act(act)?))),
                );
            });
        }
        words
    }

    fn channel_signs(&mut self, books: &[BookDraft]) -> Vec<(Channel, Acts)> {
        let mut signs: Vec<(Channel, Acts)> = Vec::new();
        for book in books {
            for (channel, acts) in &book.channels {
                let acts = self.resolver(&book.file, |resolver| resolver.acts(acts));
                match signs.iter_mut().find(|(other, _)| other == channel) {
                    Some((_, known)) => known.extend(acts.iter().copied()),
                    None => signs.push((*channel, acts)),
                }
            }
        }
        signs
    }

    fn compile_clauses(&mut self) -> Vec<Clause> {
        let drafts = std::mem::take(&mut self.drafts.clauses);
        let mut clauses: Vec<Clause> = drafts
            .into_iter()
            .map(|draft| compile_clause(&self.names, &mut self.problems, draft))
            .collect();
        for change in std::mem::take(&mut self.drafts.changes) {
            let changed = clauses.iter_mut().find(|of| of.id == change.id.value);
            if let Some(clause) = changed {
                change_clause(&self.names, &mut self.problems, clause, change);
            }
        }
        clauses
    }

    fn collect_names(&mut self) {
        for (index, act) in self.drafts.acts.iter().enumerate() {
            if self
                .names
                .acts
                .insert(act.name.value.clone(), ActId(index as u16))
                .is_some()
            {
                self.problems
                    .push(duplicate("duplicate-act", &act.file, &act.name));
            }
        }
        for (offset, (name, _)) in signals().enumerate() {
            let id = ActId((self.drafts.acts.len() + offset) as u16);
            self.names.acts.insert(name.to_owned(), id);
        }
        for (index, guard) in self.drafts.guards.iter().enumerate() {
            if self
                .names
                .guards
                .insert(guard.name.value.clone(), index as u16)
                .is_some()
            {
                self.problems
                    .push(duplicate("duplicate-act", &guard.file, &guard.name));
            }
        }
        self.drafts
            .clauses
            .sort_by_key(|clause| clause_order(&clause.id.value));
        for (index, clause) in self.drafts.clauses.iter().enumerate() {
            if self
                .names
                .clauses
                .insert(clause.id.value.clone(), index)
                .is_some()
            {
                self.problems
                    .push(duplicate("duplicate-clause", &clause.file, &clause.id));
            }
        }
        if let Some(flag) = self.drafts.flags.get(MOST_FLAGS) {
            let most = vec![("most", MOST_FLAGS.to_string())];
            self.problems.push(Problem::error(
                "too-many-flags",
                &flag.file,
                flag.name.at.clone(),
                most,
            ));
            self.drafts.flags.truncate(MOST_FLAGS);
        }
        for (index, flag) in self.drafts.flags.iter().enumerate() {
            if self
                .names
                .flags
                .insert(flag.name.value.clone(), index as u32)
                .is_some()
            {
                self.problems
                    .push(duplicate("duplicate-flag", &flag.file, &flag.name));
            }
        }
    }

    fn compile_acts(&mut self) -> Vec<Act> {
        let by_default: Vec<(u16, Vec<String>)> = self
            .drafts
            .guards
            .iter()
            .enumerate()
            .map(|(index, guard)| {
                let only = guard.acts.iter().map(|act| act.value.clone()).collect();
                (index as u16, only)
            })
            .collect();
        let mut acts = Vec::new();
        for draft in std::mem::take(&mut self.drafts.acts) {
            let guards = match &draft.guards {
                None => by_default
                    .iter()
                    .filter(|(_, only)| only.is_empty() || only.contains(&draft.name.value))
                    .map(|(index, _)| *index)
                    .collect(),
                Some(names) => self.resolver(&draft.file, |resolver| resolver.guards(names)),
            };
            acts.push(Act {
                name: draft.name.value,
                means: draft.means,
                by: draft.by,
                exclusive: draft.exclusive,
                guards,
                anyone: draft.anyone,
                whole_turn: draft.whole_turn,
                signal: None,
                says: draft.says,
                silent: draft.silent,
                todo: draft.todo,
            });
        }
        acts.extend(signals().map(|(name, signal)| Act {
            name: name.to_owned(),
            means: Bilingual::default(),
            by: Vec::new(),
            exclusive: false,
            guards: Vec::new(),
            anyone: true,
            whole_turn: false,
            signal: Some(signal),
            says: Vec::new(),
            silent: Vec::new(),
            todo: Vec::new(),
        }));
        acts
    }

    fn resolver<T>(
        &mut self,
        file: &Arc<SourceFile>,
        ask: impl FnOnce(&mut Resolver<'_>) -> T,
    ) -> T {
        ask(&mut Resolver {
            names: &self.names,
            file,
            problems: &mut self.problems,
        })
    }

    fn compile_guards(&mut self) -> Vec<Guard> {
        let mut guards = Vec::new();
        for draft in std::mem::take(&mut self.drafts.guards) {
            self.resolver(&draft.file, |resolver| resolver.acts(&draft.acts));
            let examples = self.resolver(&draft.file, |resolver| {
                draft
                    .examples
                    .iter()
                    .filter_map(|(text, act, counts)| {
                        Some(GuardExample {
                            text: text.clone(),
                            act: resolver.act(act)?,
                            counts: *counts,
                        })
                    })
                    .collect()
            });
            guards.push(Guard {
                name: draft.name.value,
                means: draft.means,
                place: draft.place,
                reach: draft.reach,
                quotes: draft.quotes,
                examples,
            });
        }
        guards
    }

    fn compile_flags(&mut self) -> Vec<Flag> {
        let mut flags = Vec::new();
        for draft in std::mem::take(&mut self.drafts.flags) {
            flags.push(self.resolver(&draft.file, |resolver| Flag {
                on: resolver.acts(&draft.on),
                off: resolver.acts(&draft.off),
                requires: resolver.flags(&draft.requires),
                with: resolver.acts(&draft.with),
                without: resolver.acts(&draft.without),
                channels: draft.channels.clone(),
                name: draft.name.value.clone(),
                means: draft.means.clone(),
                lasts: draft.lasts,
                away: draft.away,
            }));
        }
        flags
    }

    fn compile_roles(&mut self) -> RoleSigns {
        let mut signs = RoleSigns {
            weights: BTreeMap::new(),
            words: BTreeMap::new(),
            lean: 0.0,
            alternate: ALTERNATE,
            least: LEAST_SIGNS,
            confidence: CONFIDENCE,
        };
        for draft in std::mem::take(&mut self.drafts.roles) {
            let words = draft.words.iter();
            signs
                .words
                .extend(words.map(|(word, weight)| (word.chars().collect(), *weight)));
            signs.lean = draft.lean.unwrap_or(signs.lean);
            signs.alternate = draft.alternate.unwrap_or(signs.alternate);
            signs.least = draft.least.unwrap_or(signs.least);
            signs.confidence = draft.confidence.unwrap_or(signs.confidence);
            self.resolver(&draft.file, |resolver| {
                let known = draft.signs.iter();
                signs
                    .weights
                    .extend(known.filter_map(|(act, weight)| Some((resolver.act(act)?, *weight))));
            });
        }
        signs
    }

    fn compile_visits(&mut self) -> VisitSigns {
        let mut signs = VisitSigns::default();
        for draft in std::mem::take(&mut self.drafts.visits) {
            let file = Arc::clone(&draft.file);
            self.resolver(&file, |resolver| {
                draft.lay_over(&mut signs, |name| resolver.act(name));
            });
        }
        signs
    }

    fn compile_yields(&mut self) -> Vec<Yield> {
        let mut yields = Vec::new();
        for (file, drafts) in std::mem::take(&mut self.drafts.yields) {
            self.resolver(&file, |resolver| {
                yields.extend(drafts.into_iter().filter_map(|draft| {
                    Some(Yield {
                        clause: resolver.clause(&draft.clause)?,
                        to: draft
                            .to
                            .iter()
                            .filter_map(|id| resolver.clause(id))
                            .collect(),
                        turns: draft.turns,
                        why: draft.why,
                    })
                }));
            });
        }
        yields
    }
}

/// How text is made comparable: all that any phrasebook of the chain says.
fn folding(books: &[BookDraft]) -> (FoldingSpec, Vec<(char, String)>) {
    let mut all = FoldingSpec::default();
    let mut readings = Vec::new();
    for book in books {
        all.fillers.extend(book.folding.fillers.iter().cloned());
        all.stutters.extend(&book.folding.stutters);
        all.variants.extend(&book.folding.variants);
        readings.extend(book.readings.iter().cloned());
    }
    (all, readings)
}

fn duplicate(code: &'static str, file: &Arc<SourceFile>, name: &Located<String>) -> Problem {
    Problem::error(
        code,
        file,
        name.at.clone(),
        vec![("name", name.value.clone())],
    )
}

/// Ids in the order of the standard: 9.2 before 9.10 before 11.1.
fn clause_order(id: &str) -> Vec<u32> {
    id.split('.')
        .map(|part| part.parse().unwrap_or(u32::MAX))
        .collect()
}
