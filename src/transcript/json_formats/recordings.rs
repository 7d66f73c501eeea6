//! From a file's text to its recordings.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::draft::table;
use super::find::Found;
use super::node::Node;
use super::path::Spot;
use super::read::{Documents, read};
use super::segments::Reading;
use super::table::{About, Form, What};
use super::values::word_around;
use crate::transcript::detect::Sure;
use crate::transcript::format::Recordings;
use crate::transcript::segment::Recording;
use crate::transcript::{InputProblem, Place, ProblemKind};

/// The forms that a text has, and how surely.
pub(super) fn forms(text: &str) -> Vec<(&'static str, Sure)> {
    let begins = text.trim_start().starts_with(['{', '[', '"', '\u{1e}']);
    if !begins {
        return Vec::new();
    }
    let table = table();
    let documents = read(text, &table.keys);
    let sure = |form: &'static Form| {
        let fits = form
            .ways
            .iter()
            .filter(|way| !way.find(&documents).is_empty());
        let sure = fits
            .map(|way| {
                if way.weak {
                    Sure::Likely
                } else {
                    Sure::Signature
                }
            })
            .max();
        let instead = || form.instead(&documents.root()).map(|_| Sure::Signature);
        Some((form.name.as_str(), sure.or_else(instead)?))
    };
    table.forms.iter().filter_map(sure).collect()
}

/// The recordings of a text of the form that is called `name`.
pub(super) fn parse(name: &str, text: &str, place: &Place) -> Recordings {
    let table = table();
    let Some(form) = table.forms.iter().find(|form| form.name == name) else {
        return Vec::new();
    };
    let documents = read(text, &table.keys);
    let mut pieces = Pieces::default();
    for way in &form.ways {
        let before = pieces.read.clone();
        for found in way.find(&documents) {
            let unit = documents.unit(&found.holder);
            if before.contains(&unit) || unit == Unit::All && !before.is_empty() {
                continue;
            }
            let segments = Reading::segments(way, &found, table.message);
            if segments.is_empty() {
                pieces.silent.insert(unit);
                continue;
            }
            let mut recording = about(&form.about, &found);
            recording.segments = segments;
            pieces.read.insert(unit);
            pieces
                .tasks
                .push(word_around(&found.holder, &form.about.task));
            pieces.made.push((unit, recording));
        }
        if pieces.read.contains(&Unit::All) {
            break;
        }
    }
    pieces.finish(form, &documents, place)
}

fn about(about: &About, found: &Found) -> Recording {
    let told = |paths| word_around(&found.holder, paths);
    Recording {
        id: told(&about.id),
        started_at: told(&about.started),
        agent: told(&about.agent),
        branch: told(&about.branch),
        ..Recording::default()
    }
}

/// A part of a file that may hold a conversation of its own: a document of several, or
/// an item of a list that is the whole file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    All,
    Part(usize),
}

impl Documents {
    fn unit(&self, spot: &Rc<Spot>) -> Unit {
        let mut chain = vec![&**spot];
        while let Some(up) = chain.last().and_then(|spot| spot.up.as_deref()) {
            chain.push(up);
        }
        // The root, then the document, then what lies in it.
        let part = chain.iter().rev().nth(self.depth());
        part.map_or(Unit::All, |part| Unit::Part(part.number))
    }

    /// How deep below the list of documents the parts of the file lie.
    fn depth(&self) -> usize {
        match self.all.items() {
            [Node::List(_)] => 2,
            _ => 1,
        }
    }

    fn parts(&self) -> Vec<Rc<Spot<'_>>> {
        let documents = self.root().below();
        match self.depth() {
            1 => documents,
            _ => documents.iter().flat_map(Spot::below).collect(),
        }
    }

    fn line(&self, part: &Spot) -> u64 {
        let number = if self.depth() == 1 { part.number } else { 0 };
        self.lines.get(number).copied().unwrap_or(1)
    }
}

/// What was made of a file's parts.
#[derive(Default)]
struct Pieces {
    made: Vec<(Unit, Recording)>,
    /// What the recogniser called the task that each came from.
    tasks: Vec<Option<String>>,
    read: BTreeSet<Unit>,
    /// Where the list of segments is, and nothing in it.
    silent: BTreeSet<Unit>,
}

impl Pieces {
    fn finish(mut self, form: &Form, documents: &Documents, place: &Place) -> Recordings {
        let broken = documents.problem(place);
        if let (Some(problem), true) = (&broken, documents.lines.len() < 2 || self.read_all()) {
            return vec![Err(problem.clone())];
        }
        let mut items: Vec<(Unit, _)> = Vec::new();
        if !self.read_all() {
            for part in documents.parts() {
                let unit = Unit::Part(part.number);
                let is_last = part.number + 1 == documents.lines.len();
                let kind = match instead(form, &part) {
                    _ if self.read.contains(&unit) || broken.is_some() && is_last => None,
                    None if self.silent.contains(&unit) => Some(ProblemKind::NoTurns),
                    kind => kind,
                };
                let line = place.line + documents.line(&part) - 1;
                let place = Place::new(place.source.clone(), line);
                items.extend(kind.map(|kind| (unit, Err(InputProblem { place, kind }))));
            }
        }
        self.name();
        items.extend(self.made.drain(..).map(|(unit, made)| (unit, Ok(made))));
        items.sort_by_key(|(unit, _)| *unit);
        let mut items: Recordings = items.into_iter().map(|(_, item)| item).collect();
        items.extend(broken.map(Err));
        if items.is_empty() {
            let kind = ProblemKind::NoTurns;
            items.push(Err(InputProblem {
                place: place.clone(),
                kind,
            }));
        }
        items
    }

    /// Names several recordings that have no names of their own by their tasks. What
    /// names two of them names none.
    fn name(&mut self) {
        if self.made.len() > 1 {
            for ((_, recording), task) in self.made.iter_mut().zip(self.tasks.drain(..)) {
                recording.id = recording.id.take().or(task);
            }
        }
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for id in self
            .made
            .iter()
            .filter_map(|(_, recording)| recording.id.as_ref())
        {
            *count.entry(id.clone()).or_default() += 1;
        }
        for (_, recording) in &mut self.made {
            recording.id = recording.id.take().filter(|id| count[id] == 1);
        }
    }

    fn read_all(&self) -> bool {
        self.read.contains(&Unit::All)
    }
}

fn instead(form: &Form, part: &Rc<Spot>) -> Option<ProblemKind> {
    let (what, word) = form.instead(part)?;
    Some(match what {
        What::Link => ProblemKind::LinkOnly { link: word },
        What::Unfinished => ProblemKind::NotFinished { status: word },
        What::Failed => ProblemKind::RecognitionFailed { detail: word },
    })
}
