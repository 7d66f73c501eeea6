//! What an item says: its text, its times, its speaker.

use std::rc::Rc;

use super::join::join;
use super::node::Node;
use super::path::{Path, Spot, Step};
use super::table::{Fields, Named};
use super::time::{Message, Unit, seconds};

/// The text at the first of the paths where one stands.
pub(super) fn text(item: &Spot, texts: &[Vec<Path>]) -> String {
    let mut text = String::new();
    for paths in texts {
        let mut pieces = Vec::new();
        for path in paths {
            item.visit(path, |node| {
                let before = pieces.len();
                push(node, &mut pieces);
                pieces.len() > before
            });
        }
        text = join(pieces.iter().map(String::as_str));
        if !text.trim().is_empty() {
            break;
        }
    }
    text
}

/// A text, or all texts of a list.
fn push(node: &Node, pieces: &mut Vec<String>) {
    match node {
        Node::Text(text) if text.is_empty() => {}
        Node::Text(text) => pieces.push(text.clone()),
        Node::Int(_) | Node::Float(_) => pieces.extend(node.word()),
        Node::List(items) => items.iter().for_each(|item| push(item, pieces)),
        Node::Null | Node::Bool(_) | Node::Object(_) => {}
    }
}

/// The word at the first of the paths where one stands that means something.
pub(super) fn word(item: &Spot, paths: &[Named]) -> Option<String> {
    paths.iter().find_map(|named| {
        let mut told = None;
        item.visit(&named.path, |node| {
            told = node.word().filter(|word| !named.lists(word));
            told.is_some()
        });
        told
    })
}

/// The word at the first of the paths where one stands, here or further and further
/// out.
pub(super) fn word_around(from: &Spot, paths: &[Path]) -> Option<String> {
    paths.iter().find_map(|path| {
        let mut around = Some(from);
        while let Some(spot) = around {
            let mut told = None;
            // What an item of a list is called is not what the whole is called.
            let is_list = matches!(spot.node, Node::List(_));
            if !is_list || path.0.first() == Some(&Step::Each) {
                spot.visit(path, |node| {
                    told = told.take().or_else(|| node.word());
                    told.is_some()
                });
            }
            if told.is_some() {
                return told;
            }
            around = spot.around();
        }
        None
    })
}

/// Whether the item is one of those that are kept.
pub(super) fn is_kept(item: &Spot, only: &[Named]) -> bool {
    only.iter().all(|named| {
        let mut kept = true;
        item.visit(&named.path, |node| {
            kept = node.word().is_none_or(|word| named.lists(&word));
            true
        });
        kept
    })
}

/// When the item begins and ends, in seconds.
pub(super) fn times(item: &Spot, fields: &Fields, message: Message) -> (Option<f64>, Option<f64>) {
    let start = time(item, &fields.start, message);
    let end = time(item, &fields.end, message);
    let end = end.or_else(|| Some(start? + time(item, &fields.length, message)?));
    (start, end)
}

fn time(item: &Spot, paths: &[(Path, Unit)], message: Message) -> Option<f64> {
    paths.iter().find_map(|(path, unit)| {
        let mut told = None;
        item.visit(path, |node| {
            told = seconds(node, *unit, message);
            told.is_some()
        });
        told
    })
}

/// The items that a path leads to, in this object or the nearest around that has any.
pub(super) fn items_around<'t>(from: &Rc<Spot<'t>>, path: &Path) -> Vec<Rc<Spot<'t>>> {
    let mut around = Some(Rc::clone(from));
    while let Some(spot) = around {
        let mut items = Vec::new();
        if matches!(spot.node, Node::Object(_)) {
            spot.items(&path.0, &mut items);
        }
        if !items.is_empty() {
            return items;
        }
        around = spot.up.clone();
    }
    Vec::new()
}
