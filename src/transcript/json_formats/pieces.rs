//! What was read of a file, put in order, beside what of it could not be.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::find::Levels;
use super::node::Node;
use super::path::Spot;
use super::read::Documents;
use super::recordings::{Part, chain, order};
use super::table::{Form, What};
use crate::transcript::format::Recordings;
use crate::transcript::segment::Recording;
use crate::transcript::{InputProblem, Place, ProblemKind};

/// What was made of a file.
#[derive(Default)]
pub(super) struct Pieces<'t> {
    pub(super) made: Vec<Piece<'t>>,
    /// The parts that were read.
    pub(super) read: BTreeSet<Part>,
    /// Lists in which nobody says anything.
    pub(super) silent: Vec<(Part, Rc<Spot<'t>>)>,
}

pub(super) struct Piece<'t> {
    pub(super) holder: Rc<Spot<'t>>,
    pub(super) recording: Recording,
    /// What the recogniser calls the task that it came from.
    pub(super) task: Option<String>,
}

impl Pieces<'_> {
    pub(super) fn finish(
        mut self,
        form: &Form,
        documents: &Documents,
        place: &Place,
    ) -> Recordings {
        let broken = documents.problem(place);
        if let Some(problem) = &broken {
            // All that is whole stands in the documents before.
            if documents.lines.len() < 2 || self.read_all() {
                return vec![Err(problem.clone())];
            }
            self.made.retain(|piece| documents.is_whole(&piece.holder));
            self.silent.retain(|(_, holder)| documents.is_whole(holder));
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
            } else if let (false, Some(kind)) = (on_way, instead(form, documents, &spot))
                && documents.is_whole(&spot)
            {
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

    pub(super) fn read_all(&self) -> bool {
        self.read.contains(&Part::All)
    }
}

fn instead<'t>(form: &Form, documents: &'t Documents, from: &Rc<Spot<'t>>) -> Option<ProblemKind> {
    let (what, word) = form.instead(&Levels::from(documents, from))?;
    Some(match what {
        What::Link => ProblemKind::LinkOnly { link: word },
        What::Unfinished => ProblemKind::NotFinished { status: word },
        What::Failed => ProblemKind::RecognitionFailed { detail: word },
        What::Silent => ProblemKind::NoTurns,
    })
}
