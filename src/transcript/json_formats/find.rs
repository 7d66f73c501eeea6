//! Where in a document the segments of a form are.
//!
//! People wrap what they get: in an answer's envelope, in a list of calls, in a field
//! of their own. So a list is looked for anywhere, outermost first; what lies at the
//! same depth and fits as well is another recording.

use std::rc::Rc;

use super::node::Node;
use super::path::{Path, Spot, Step};
use super::read::Documents;
use super::table::{At, Form, Instead, Way, What, Whole};
use super::terms::Term;

/// The items of one recording.
pub(super) struct Found<'t> {
    /// The object that holds the list, or the list itself where any will do.
    pub(super) holder: Rc<Spot<'t>>,
    pub(super) items: Vec<Rc<Spot<'t>>>,
}

/// What lies in a document, or in a part of it, by how deep.
pub(super) struct Levels<'t> {
    pub(super) documents: &'t Documents,
    levels: Vec<Vec<Rc<Spot<'t>>>>,
}

/// How deep a transcript may be wrapped up, and among how many lists and objects.
const DEEPEST: usize = 12;
const WIDEST: usize = 300_000;

impl<'t> Levels<'t> {
    pub(super) fn of(documents: &'t Documents) -> Self {
        Self::from(documents, &documents.root())
    }

    pub(super) fn from(documents: &'t Documents, spot: &Rc<Spot<'t>>) -> Self {
        let mut levels = vec![vec![Rc::clone(spot)]];
        while let Some(last) = levels.last().filter(|last| !last.is_empty())
            && levels.len() < DEEPEST
        {
            let next = last.iter().flat_map(Spot::below).take(WIDEST).collect();
            levels.push(next);
        }
        Self { documents, levels }
    }

    /// What is found at the least depth at which anything is.
    fn outermost<T>(&self, found: impl Fn(&Rc<Spot<'t>>) -> Option<T>) -> Vec<T> {
        let levels = self.levels.iter();
        let mut levels = levels.map(|level| level.iter().filter_map(&found).collect::<Vec<T>>());
        levels.find(|here| !here.is_empty()).unwrap_or_default()
    }

    fn mentions(&self, terms: &[Term]) -> bool {
        let mention = |key| self.documents.mention(key);
        terms.iter().all(|term| term.may_hold(mention))
    }
}

impl Way {
    /// The recordings that can be read this way.
    pub(super) fn find<'t>(&self, levels: &Levels<'t>) -> Vec<Found<'t>> {
        if !levels.mentions(&self.has) || !levels.mentions(&self.beside) {
            return Vec::new();
        }
        let found = levels.outermost(|spot| {
            let items = match &self.at {
                At::Path(at) => at.items_of(spot),
                At::Anywhere => of_list(spot),
                At::Top if spot.depth() < 2 => of_list(spot),
                At::Top => Vec::new(),
            };
            let fits = !items.is_empty()
                && self.has.iter().all(|term| term.holds(&items))
                && self.beside.iter().all(|term| term.holds_around(spot));
            fits.then(|| Found {
                holder: Rc::clone(spot),
                items,
            })
        });
        match self.whole {
            Whole::List | Whole::Last => found,
            Whole::File => together(levels.documents, found),
            Whole::Item => found.into_iter().flat_map(apart).collect(),
        }
    }
}

fn together<'t>(documents: &'t Documents, found: Vec<Found<'t>>) -> Vec<Found<'t>> {
    let Some(first) = found.first() else {
        return found;
    };
    let holder = match found.len() {
        1 => Rc::clone(&first.holder),
        _ => documents.root(),
    };
    let items = found.into_iter().flat_map(|found| found.items).collect();
    vec![Found { holder, items }]
}

fn apart(found: Found) -> impl Iterator<Item = Found> {
    found.items.into_iter().map(|item| Found {
        holder: Rc::clone(&item),
        items: vec![item],
    })
}

impl Form {
    /// What stands there in place of a transcript, and the word that says so.
    pub(super) fn instead(&self, levels: &Levels) -> Option<(What, String)> {
        self.instead.iter().find_map(|instead| {
            let mut keys = instead.at.path.0.iter().filter_map(Step::key);
            if !keys.all(|key| levels.documents.mention(key)) || !levels.mentions(&instead.beside) {
                return None;
            }
            let found = levels.outermost(|spot| instead.told_by(spot));
            Some((instead.what, found.into_iter().next()?))
        })
    }
}

impl Instead {
    fn told_by(&self, spot: &Spot) -> Option<String> {
        if !self.beside.iter().all(|term| term.holds_around(spot)) {
            return None;
        }
        let mut told = None;
        spot.visit(&self.at.path, |node| {
            told = match self.what {
                What::Silent if self.at.words.is_empty() => is_empty(node).then(String::new),
                What::Link => node.word().filter(|word| is_link(word)),
                _ => node.word().filter(|word| self.at.lists(word)),
            };
            told.is_some()
        });
        told
    }
}

fn is_empty(node: &Node) -> bool {
    match node {
        Node::Null => true,
        Node::List(items) => items.is_empty(),
        Node::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn is_link(word: &str) -> bool {
    let scheme = word.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| ["http", "https", "s3", "oss", "gs", "cos"].contains(&scheme))
}

/// The objects in a list.
fn of_list<'t>(spot: &Rc<Spot<'t>>) -> Vec<Rc<Spot<'t>>> {
    let mut items = match spot.node {
        Node::List(_) => spot.below(),
        _ => Vec::new(),
    };
    items.retain(|item| matches!(item.node, Node::Object(_)));
    items
}

impl Path {
    /// The items at this path, if the object has the first key of it; of a list, if the
    /// path begins with all of its items.
    fn items_of<'t>(&self, spot: &Rc<Spot<'t>>) -> Vec<Rc<Spot<'t>>> {
        let mut items = Vec::new();
        match (spot.node, self.0.as_slice()) {
            (Node::Object(_), [Step::Key(_), ..]) => spot.items(&self.0, &mut items),
            (Node::List(_), [Step::Each, rest @ ..]) => spot.items(rest, &mut items),
            _ => {}
        }
        items
    }
}
