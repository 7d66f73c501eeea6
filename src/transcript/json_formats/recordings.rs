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
        let instead = || form.instead(&documents.root()).map(|_| Sure::Likely);
        Some((form.name.as_str(), sure.or_else(instead)?))
    };
    table.forms.iter().filter_map(sure).collect()
}

/// What is wrong with a text that begins as JSON, if it isn't JSON throughout.
pub(super) fn damage(text: &str, place: &Place) -> Option<InputProblem> {
    let begins = text.trim_start().starts_with(['{', '[']);
    begins.then(|| read(text, &table().keys).problem(place))?
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
            let part = documents.part_of(&found.holder);
            if before.contains(&part) || part == Part::All && !before.is_empty() {
                continue;
            }
            let segments = Reading::segments(way, &found, table.message);
            if segments.is_empty() {
                pieces.silent.push((part, found.holder));
                continue;
            }
            pieces.read.insert(part);
            pieces.made.push(Piece {
                task: word_around(&found.holder, &form.about.task),
                recording: Recording {
                    segments,
                    ..about(&form.about, &found)
                },
                holder: found.holder,
            });
        }
        if pieces.read_all() {
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
/// an item of a list that is the whole file. Each is read in the first way that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    All,
    Number(usize),
}

impl Documents {
    fn part_of(&self, spot: &Spot) -> Part {
        let depth = match self.all.items() {
            [Node::List(_)] => 2,
            _ => 1,
        };
        let chain = chain(spot);
        chain
            .get(depth)
            .map_or(Part::All, |part| Part::Number(part.number))
    }

    fn line(&self, spot: &Spot) -> u64 {
        let document = chain(spot).get(1).map(|document| document.number);
        let line = document.and_then(|number| self.lines.get(number));
        line.copied().unwrap_or(1)
    }
}

/// What lies around, outermost first, and the spot itself.
fn chain<'s, 't>(spot: &'s Spot<'t>) -> Vec<&'s Spot<'t>> {
    let mut chain = vec![spot];
    while let Some(up) = chain.last().and_then(|spot| spot.up.as_deref()) {
        chain.push(up);
    }
    chain.reverse();
    chain
}

/// Where it stands, for putting things in the order of the file.
fn order(spot: &Spot) -> Vec<usize> {
    chain(spot).into_iter().map(|spot| spot.number).collect()
}

/// What was made of a file.
#[derive(Default)]
struct Pieces<'t> {
    made: Vec<Piece<'t>>,
    /// The parts that were read.
    read: BTreeSet<Part>,
    /// Lists in which nobody says anything.
    silent: Vec<(Part, Rc<Spot<'t>>)>,
}

struct Piece<'t> {
    holder: Rc<Spot<'t>>,
    recording: Recording,
    /// What the recogniser calls the task that it came from.
    task: Option<String>,
}

impl Pieces<'_> {
    fn finish(mut self, form: &Form, documents: &Documents, place: &Place) -> Recordings {
        let broken = documents.problem(place);
        if let (Some(problem), true) = (&broken, documents.lines.len() < 2 || self.read_all()) {
            return vec![Err(problem.clone())];
        }
        let problem = |spot: &Spot, kind| {
            let line = place.line + documents.line(spot) - 1;
            let place = Place::new(place.source.clone(), line);
            (order(spot), Err(InputProblem { place, kind }))
        };
        self.name();
        let missing = self.missing(form, documents).into_iter();
        let mut items: Vec<_> = missing.map(|(spot, kind)| problem(&spot, kind)).collect();
        for (part, spot) in &self.silent {
            if !self.read.contains(part) && !self.read_all() {
                items.push(problem(spot, ProblemKind::NoTurns));
                self.read.insert(*part);
            }
        }
        let made = self.made.into_iter();
        items.extend(made.map(|piece| (order(&piece.holder), Ok(piece.recording))));
        items.sort_by(|a, b| a.0.cmp(&b.0));
        let mut items: Recordings = items.into_iter().map(|(_, item)| item).collect();
        items.extend(broken.map(Err));
        if items.is_empty() {
            let place = place.clone();
            let kind = ProblemKind::NoTurns;
            items.push(Err(InputProblem { place, kind }));
        }
        items
    }

    /// What stands in the place of a recording: in the lists in which others were read,
    /// or are the whole file.
    fn missing<'t>(
        &self,
        form: &Form,
        documents: &'t Documents,
    ) -> Vec<(Rc<Spot<'t>>, ProblemKind)> {
        let holders = self.made.iter().map(|piece| &piece.holder);
        let holders: Vec<_> = holders
            .chain(self.silent.iter().map(|(_, spot)| spot))
            .collect();
        let address = |node: &Node| std::ptr::from_ref(node);
        let last: BTreeSet<_> = holders.iter().map(|holder| address(holder.node)).collect();
        let mut way: BTreeSet<_> = holders
            .iter()
            .flat_map(|holder| chain(holder))
            .map(|spot| address(spot.node))
            .collect();
        way.insert(address(&documents.all));
        if let [list @ Node::List(_)] = documents.all.items() {
            way.insert(address(list));
        }
        let mut missing = Vec::new();
        let mut left = vec![documents.root()];
        while let Some(spot) = left.pop() {
            let on_way = way.contains(&address(spot.node));
            if on_way && !last.contains(&address(spot.node)) {
                let below = spot.below().into_iter();
                let is_list = matches!(spot.node, Node::List(_));
                left.extend(below.filter(|spot| is_list || way.contains(&address(spot.node))));
            } else if let (false, Some(kind)) = (on_way, instead(form, &spot)) {
                missing.push((spot, kind));
            }
        }
        missing
    }

    /// Names several recordings that have no names of their own by their tasks. What
    /// names two of them names none.
    fn name(&mut self) {
        if self.made.len() > 1 {
            for piece in &mut self.made {
                piece.recording.id = piece.recording.id.take().or(piece.task.take());
            }
        }
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for id in self
            .made
            .iter()
            .filter_map(|piece| piece.recording.id.as_ref())
        {
            *count.entry(id.clone()).or_default() += 1;
        }
        for piece in &mut self.made {
            piece.recording.id = piece.recording.id.take().filter(|id| count[id] == 1);
        }
    }

    fn read_all(&self) -> bool {
        self.read.contains(&Part::All)
    }
}

fn instead(form: &Form, from: &Rc<Spot>) -> Option<ProblemKind> {
    let (what, word) = form.instead(from)?;
    Some(match what {
        What::Link => ProblemKind::LinkOnly { link: word },
        What::Unfinished => ProblemKind::NotFinished { status: word },
        What::Failed => ProblemKind::RecognitionFailed { detail: word },
        What::Silent => ProblemKind::NoTurns,
    })
}
