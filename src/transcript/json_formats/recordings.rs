//! From a file's text to its recordings.

use super::draft::table;
use super::find::{Found, Levels};
use super::node::Node;
use super::path::Spot;
use super::pieces::{Piece, Pieces};
use super::read::{Documents, read};
use super::segments::Reading;
use super::table::{About, Form};
use super::values::word_around;
use crate::transcript::detect::Sure;
use crate::transcript::format::Recordings;
use crate::transcript::segment::Recording;
use crate::transcript::{InputProblem, Place};

/// The forms that a text has, and how surely.
pub(super) fn forms(text: &str) -> Vec<(&'static str, Sure)> {
    let begins = text.trim_start().starts_with(['{', '[', '"', '\u{1e}']);
    if !begins {
        return Vec::new();
    }
    let table = table();
    let documents = read(text, &table.keys);
    let levels = Levels::of(&documents);
    let sure = |form: &'static Form| {
        let fits = form.ways.iter().filter(|way| !way.find(&levels).is_empty());
        let sure = fits
            .map(|way| {
                if way.weak {
                    Sure::Likely
                } else {
                    Sure::Signature
                }
            })
            .max();
        let instead = || form.instead(&levels).map(|_| Sure::Likely);
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
    let levels = Levels::of(&documents);
    let mut pieces = Pieces::default();
    for way in &form.ways {
        let before = pieces.read.clone();
        for found in way.find(&levels) {
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
pub(super) enum Part {
    All,
    Number(usize),
}

impl Documents {
    pub(super) fn part_of(&self, spot: &Spot) -> Part {
        let depth = match self.all.items() {
            [Node::List(_)] => 2,
            _ => 1,
        };
        let chain = chain(spot);
        chain
            .get(depth)
            .map_or(Part::All, |part| Part::Number(part.number))
    }

    /// Whether the document in which it stands isn't the one that breaks off.
    pub(super) fn is_whole(&self, spot: &Spot) -> bool {
        self.broken.is_none()
            || self.number(spot).map(|number| number + 1) != Some(self.lines.len())
    }

    /// Which document it stands in.
    fn number(&self, spot: &Spot) -> Option<usize> {
        chain(spot).get(1).map(|document| document.number)
    }

    pub(super) fn line(&self, spot: &Spot) -> u64 {
        let line = self.number(spot).and_then(|number| self.lines.get(number));
        line.copied().unwrap_or(1)
    }
}

/// What lies around, outermost first, and the spot itself.
pub(super) fn chain<'s, 't>(spot: &'s Spot<'t>) -> Vec<&'s Spot<'t>> {
    let mut chain = vec![spot];
    while let Some(up) = chain.last().and_then(|spot| spot.up.as_deref()) {
        chain.push(up);
    }
    chain.reverse();
    chain
}

/// Where it stands, for putting things in the order of the file.
pub(super) fn order(spot: &Spot) -> Vec<usize> {
    chain(spot).into_iter().map(|spot| spot.number).collect()
}
