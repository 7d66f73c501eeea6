//! Drafts become rules.
//!
//! In this order, since each step needs the one before: how text is folded; the
//! names of all acts, guards, flags and clauses; wordings; clauses and the rest.
//! A fault never stops the search for others.

use super::clause_draft::{self, ClauseDraft};
use super::compile_clause::compile_clause;
use super::draft::{self, ActDraft, GuardDraft, ListDraft};
use super::fields::{Located, Reading};
use super::load::Files;
use super::problem::{Problem, SourceFile};
use super::resolve::{Names, Resolver, signals};
use super::rules::{
    Act, ActId, Article, Bilingual, Flag, Guard, GuardExample, MOST_FLAGS, RoleSigns, Rules,
    Scoring, Yield,
};
use super::settings::{
    self, ALTERNATE, BookDraft, CONFIDENCE, LEAST_SIGNS, RolesDraft, YieldDraft,
};
use super::wordings::Wordings;
use crate::text::{Folding, Language, LanguageSpec, Sounds};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Compiles the files of a phrasebook. Rules come out even where there are
/// faults, as long as there is a `book.toml`; use them only if none is an error.
pub(super) fn compile(files: &Files) -> (Option<Rules>, Vec<Problem>) {
    let mut compiler = Compiler::default();
    for file in files {
        compiler.read(file);
    }
    let rules = compiler.rules(files);
    (rules, compiler.problems)
}

#[derive(Default)]
struct Compiler {
    problems: Vec<Problem>,
    book: Option<BookDraft>,
    scoring: Option<Scoring>,
    acts: Vec<ActDraft>,
    guards: Vec<GuardDraft>,
    lists: Vec<ListDraft>,
    flags: Vec<draft::FlagDraft>,
    clauses: Vec<ClauseDraft>,
    yields: Vec<YieldDraft>,
    yields_file: Option<Arc<SourceFile>>,
    articles: Vec<Article>,
    roles: Option<RolesDraft>,
    names: Names,
}

impl Compiler {
    fn read(&mut self, file: &Arc<SourceFile>) {
        let reading = Reading::new(file);
        let folder = file.path.split_once('/').map_or("", |(folder, _)| folder);
        let problems = match (folder, file.path.as_str()) {
            ("acts", _) => keep(reading.read(draft::act), &mut self.acts),
            ("guards", _) => keep(reading.read(draft::guard), &mut self.guards),
            ("clauses", _) => keep(reading.read(clause_draft::clause), &mut self.clauses),
            ("lexicon", _) => {
                let (lists, problems) = reading.read(draft::lists);
                self.lists.extend(lists);
                problems
            }
            ("state", _) => {
                let (flags, problems) = reading.read(draft::flags);
                self.flags.extend(flags);
                problems
            }
            (_, "book.toml") => {
                let (book, problems) = reading.read(settings::book);
                self.book = Some(book);
                problems
            }
            (_, "scoring.toml") => {
                let (scoring, problems) = reading.read(settings::scoring);
                self.scoring = Some(scoring);
                problems
            }
            (_, "precedence.toml") => {
                let (yields, problems) = reading.read(settings::yields);
                self.yields = yields;
                self.yields_file = Some(Arc::clone(file));
                problems
            }
            (_, "roles.toml") => {
                let (roles, problems) = reading.read(settings::roles);
                self.roles = Some(roles);
                problems
            }
            (_, "articles.toml") => {
                let (articles, problems) = reading.read(settings::articles);
                self.articles = articles;
                problems
            }
            _ => vec![Problem::error(
                "stray-file",
                file,
                0..0,
                vec![("path", file.path.clone())],
            )],
        };
        self.problems.extend(problems);
    }

    fn rules(&mut self, files: &Files) -> Option<Rules> {
        let anywhere = files.first().cloned().unwrap_or_else(|| {
            Arc::new(SourceFile {
                path: "book.toml".to_owned(),
                text: String::new(),
            })
        });
        for (path, is_there) in [
            ("book.toml", self.book.is_some()),
            ("scoring.toml", self.scoring.is_some()),
        ] {
            if !is_there {
                self.problems.push(Problem::error(
                    "missing-file",
                    &anywhere,
                    0..0,
                    vec![("path", path.to_owned())],
                ));
            }
        }
        let book = self.book.take()?;
        let scoring = self.scoring.take()?;
        self.collect_names();
        let folding = Folding::new(&book.folding);
        let sounds = Sounds::new(&book.readings);
        let wordings = Wordings::new(&folding, &sounds, &mut self.problems).compile(
            &self.acts,
            &self.guards,
            &self.lists,
        );
        let acts = self.compile_acts();
        let guards = self.compile_guards();
        let clauses = std::mem::take(&mut self.clauses)
            .into_iter()
            .map(|draft| compile_clause(&self.names, &mut self.problems, draft))
            .collect();
        let flags = self.compile_flags();
        let yields = self.compile_yields();
        let role_signs = self.compile_roles();
        let mut resolver = Resolver {
            names: &self.names,
            file: &book.file,
            problems: &mut self.problems,
        };
        let courtesy_words = book
            .courtesy
            .iter()
            .filter_map(|(word, act)| Some((word.clone(), resolver.act(act)?)))
            .collect();
        let channel_signs = book
            .channels
            .iter()
            .map(|(channel, acts)| (*channel, resolver.acts(acts)))
            .collect();
        Some(Rules {
            name: book.name,
            version: book.version,
            title: book.title,
            in_force: book.in_force,
            opening: book.opening,
            close: book.close,
            folding,
            sounds,
            language: Language::new(&LanguageSpec {
                allowed: book.languages,
            }),
            acts,
            guards,
            wordings,
            flags,
            channel_signs,
            clauses,
            yields,
            articles: std::mem::take(&mut self.articles),
            scoring,
            role_signs,
            courtesy_words,
        })
    }

    fn collect_names(&mut self) {
        for (index, act) in self.acts.iter().enumerate() {
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
            let id = ActId((self.acts.len() + offset) as u16);
            self.names.acts.insert(name.to_owned(), id);
        }
        for (index, guard) in self.guards.iter().enumerate() {
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
        self.clauses
            .sort_by_key(|clause| clause_order(&clause.id.value));
        for (index, clause) in self.clauses.iter().enumerate() {
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
        if let Some(flag) = self.flags.get(MOST_FLAGS) {
            let most = vec![("most", MOST_FLAGS.to_string())];
            self.problems.push(Problem::error(
                "too-many-flags",
                &flag.file,
                flag.name.at.clone(),
                most,
            ));
            self.flags.truncate(MOST_FLAGS);
        }
        for (index, flag) in self.flags.iter().enumerate() {
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
            .guards
            .iter()
            .enumerate()
            .map(|(index, guard)| {
                let only = guard.acts.iter().map(|act| act.value.clone()).collect();
                (index as u16, only)
            })
            .collect();
        let mut acts = Vec::new();
        for draft in std::mem::take(&mut self.acts) {
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
        for draft in std::mem::take(&mut self.guards) {
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
        for draft in std::mem::take(&mut self.flags) {
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
        let Some(draft) = self.roles.take() else {
            return RoleSigns {
                weights: BTreeMap::new(),
                words: BTreeMap::new(),
                lean: 0.0,
                alternate: ALTERNATE,
                least: LEAST_SIGNS,
                confidence: CONFIDENCE,
            };
        };
        self.resolver(&draft.file, |resolver| RoleSigns {
            weights: draft
                .signs
                .iter()
                .filter_map(|(act, weight)| Some((resolver.act(act)?, *weight)))
                .collect(),
            words: draft
                .words
                .iter()
                .map(|(word, weight)| (word.chars().collect(), *weight))
                .collect(),
            lean: draft.lean,
            alternate: draft.alternate,
            least: draft.least,
            confidence: draft.confidence,
        })
    }

    fn compile_yields(&mut self) -> Vec<Yield> {
        let Some(file) = self.yields_file.take() else {
            return Vec::new();
        };
        let drafts = std::mem::take(&mut self.yields);
        self.resolver(&file, |resolver| {
            drafts
                .into_iter()
                .filter_map(|draft| {
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
                })
                .collect()
        })
    }
}

fn keep<T>((draft, problems): (T, Vec<Problem>), drafts: &mut Vec<T>) -> Vec<Problem> {
    drafts.push(draft);
    problems
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
