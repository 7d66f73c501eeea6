//! All files of a phrasebook, read: the drafts of what it extends, and what it adds,
//! changes and switches off itself.
//!
//! Phrasebooks are read from the ground up. A fault never stops the search for others.

use super::changes::{self, ActChange, ClauseChange, ListChange};
use super::clause_draft::{self, ClauseDraft};
use super::draft::{self, ActDraft, FlagDraft, GuardDraft, ListDraft};
use super::fields::{Reading, Table};
use super::layers::Layer;
use super::problem::{Problem, SourceFile};
use super::proposals::{self, ProposalsDraft};
use super::rules::{Article, Off, Scoring};
use super::settings::{self, BookDraft, FollowDraft, RolesDraft, YieldDraft};
use super::supplement;
use super::visits::{self, VisitsDraft};
use std::sync::Arc;

/// Everything that is written, names still names.
#[derive(Default)]
pub(super) struct Drafts {
    pub problems: Vec<Problem>,
    /// One a phrasebook, the ground first.
    pub books: Vec<BookDraft>,
    pub scoring: Option<Scoring>,
    pub follow: Option<FollowDraft>,
    pub acts: Vec<ActDraft>,
    pub guards: Vec<GuardDraft>,
    pub lists: Vec<ListDraft>,
    pub flags: Vec<FlagDraft>,
    pub clauses: Vec<ClauseDraft>,
    /// What is left to change once names are known, in the order in which it is done.
    pub changes: Vec<ClauseChange>,
    pub yields: Vec<(Arc<SourceFile>, Vec<YieldDraft>)>,
    pub articles: Vec<Article>,
    pub roles: Vec<RolesDraft>,
    pub visits: Vec<VisitsDraft>,
    /// The last one of the chain that has any.
    pub proposals: ProposalsDraft,
    pub off: Vec<Off>,
}

/// What one phrasebook says of those below it.
#[derive(Default)]
pub(super) struct Changes {
    pub acts: Vec<ActChange>,
    pub lists: Vec<ListChange>,
    pub clauses: Vec<ClauseChange>,
}

/// A file of a folder: something new, or a change of something below.
enum Written<N, C> {
    New(N),
    Change(C),
}

impl Drafts {
    /// Reads all files of all phrasebooks.
    pub fn read(layers: &[Layer]) -> Self {
        let mut drafts = Self::default();
        for (book, layer) in layers.iter().enumerate() {
            let below = drafts.extent();
            let mut changes = Changes::default();
            for file in &layer.files {
                drafts.read_file(layer, book, file, &mut changes);
            }
            drafts.report_missing(layer, book);
            if book > 0 {
                supplement::lay(&mut drafts, book, &below, changes);
            }
        }
        drafts
    }

    /// How much there is before a further phrasebook is read.
    fn extent(&self) -> Extent {
        Extent {
            acts: self.acts.len(),
            lists: self.lists.len(),
            clauses: self.clauses.len(),
        }
    }

    fn read_file(
        &mut self,
        layer: &Layer,
        book: usize,
        file: &Arc<SourceFile>,
        changes: &mut Changes,
    ) {
        let reading = Reading::new(file);
        let inside = layer.inside(file);
        let folder = inside.split_once('/').map_or("", |(folder, _)| folder);
        // Only what lies on another phrasebook can change one.
        let is_change = |table: &Table<'_>| book > 0 && changes::is_change(table);
        let problems = match (folder, inside) {
            ("acts", _) => {
                let (act, problems) = reading.read(|table| match is_change(table) {
                    true => Written::Change(changes::act(table)),
                    false => Written::New(draft::act(table)),
                });
                match act {
                    Written::New(act) => self.acts.push(act),
                    Written::Change(change) => changes.acts.push(change),
                }
                problems
            }
            ("clauses", _) => {
                let (clause, problems) = reading.read(|table| match is_change(table) {
                    true => Written::Change(changes::clause(table)),
                    false => Written::New(clause_draft::clause(table)),
                });
                match clause {
                    Written::New(clause) => self.clauses.push(ClauseDraft { book, ..clause }),
                    Written::Change(change) => changes.clauses.push(change),
                }
                problems
            }
            ("lexicon", _) => {
                let (lists, problems) = reading.read(|table| {
                    let read = |list: &Table<'_>| {
                        let written = match is_change(list) {
                            true => Written::Change(changes::list(list)),
                            false => Written::New(draft::list(list)),
                        };
                        list.finish();
                        written
                    };
                    table.tables("lists").iter().map(read).collect::<Vec<_>>()
                });
                for list in lists {
                    match list {
                        Written::New(list) => self.lists.push(list),
                        Written::Change(change) => changes.lists.push(change),
                    }
                }
                problems
            }
            ("guards", _) => {
                let (guard, problems) = reading.read(draft::guard);
                self.guards.push(guard);
                problems
            }
            ("state", _) => {
                let (flags, problems) = reading.read(draft::flags);
                self.flags.extend(flags);
                problems
            }
            (_, "book.toml") => {
                let (draft, problems) = reading.read(settings::book);
                self.books.push(draft);
                problems
            }
            (_, "scoring.toml") => {
                let before = self.scoring.take();
                let ((scoring, follow), problems) =
                    reading.read(|table| settings::scoring(table, before));
                self.scoring = Some(scoring);
                self.follow = follow.or(self.follow.take());
                problems
            }
            (_, "precedence.toml") => {
                let (yields, problems) = reading.read(settings::yields);
                self.yields.push((Arc::clone(file), yields));
                problems
            }
            (_, "roles.toml") => {
                let (roles, problems) = reading.read(settings::roles);
                self.roles.push(roles);
                problems
            }
            (_, "visits.toml") => {
                let (visits, problems) = reading.read(visits::visits);
                self.visits.push(visits);
                problems
            }
            (_, "proposals.toml") => {
                let (proposals, problems) = reading.read(proposals::proposals);
                self.proposals = proposals;
                problems
            }
            (_, "articles.toml") => {
                let below = std::mem::take(&mut self.articles);
                let (articles, problems) = reading.read(|table| settings::articles(table, below));
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

    /// A phrasebook has a `book.toml`; the lowest has a `scoring.toml`, too.
    fn report_missing(&mut self, layer: &Layer, book: usize) {
        let anywhere = layer.files.first().cloned().unwrap_or_else(|| {
            Arc::new(SourceFile {
                path: "book.toml".to_owned(),
                text: String::new(),
            })
        });
        for (path, is_there) in [
            ("book.toml", self.books.len() > book),
            ("scoring.toml", self.scoring.is_some()),
        ] {
            if !is_there {
                let params = vec![("path", path.to_owned())];
                let problem = Problem::error("missing-file", &anywhere, 0..0, params);
                self.problems.push(problem);
            }
        }
    }
}

/// How many drafts belong to the phrasebooks below.
pub(super) struct Extent {
    pub acts: usize,
    pub lists: usize,
    pub clauses: usize,
}
