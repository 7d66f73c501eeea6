//! Signatures: what must be there, and what must not.
//!
//! `start` asks that some item has it, even if it is null; `!spk` that none has;
//! `text|sentence` for one of the two, `file&model` for both on the same item. Behind
//! a colon stands of what kind it is: `string`, `number`, `fraction` (a number with
//! one; either may be a text), `lines` (a text with a time before each), `talk` (a text with
//! speakers' names in it), `list`, `object`.

use std::rc::Rc;

use super::lines;
use super::node::{Key, Keys, Node};
use super::path::{Path, Spot, Step};
use crate::transcript::plain;

#[derive(Debug)]
pub(super) struct Term {
    not: bool,
    /// One of these, each with all of its parts.
    any: Vec<Vec<(Path, Kind)>>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Any,
    String,
    Number,
    Fraction,
    Lines,
    Talk,
    List,
    Object,
}

impl Term {
    /// # Errors
    /// The word for a kind that is none.
    pub(super) fn parse(text: &str, keys: &mut Keys) -> Result<Term, String> {
        let not = text.starts_with('!');
        let mut any = Vec::new();
        for all in text.trim_start_matches('!').split('|') {
            let mut parts = Vec::new();
            for part in all.split('&') {
                let (path, kind) = part.split_once(':').unwrap_or((part, ""));
                let kind = match kind {
                    "" => Kind::Any,
                    "string" => Kind::String,
                    "number" => Kind::Number,
                    "fraction" => Kind::Fraction,
                    "lines" => Kind::Lines,
                    "talk" => Kind::Talk,
                    "list" => Kind::List,
                    "object" => Kind::Object,
                    _ => return Err(kind.to_owned()),
                };
                parts.push((Path::parse(path, keys), kind));
            }
            any.push(parts);
        }
        Ok(Term { not, any })
    }

    /// Whether it holds of a list of items.
    pub(super) fn holds(&self, items: &[Rc<Spot>]) -> bool {
        self.not
            != items
                .iter()
                .any(|item| self.any.iter().any(|all| has_all(item, all)))
    }

    /// Whether it holds of the objects around some place, from `spot` outwards.
    pub(super) fn holds_around(&self, spot: &Spot) -> bool {
        let has = |path: &(Path, Kind)| {
            let mut around = Some(spot);
            while let Some(inner) = around {
                if has_all(inner, std::slice::from_ref(path)) {
                    return true;
                }
                around = inner.around();
            }
            false
        };
        self.not != self.any.iter().any(|all| all.iter().all(has))
    }

    /// Whether it may hold, as far as the keys say that stand anywhere.
    pub(super) fn may_hold(&self, mentioned: impl Fn(Key) -> bool) -> bool {
        let first = |(path, _): &(Path, Kind)| match path.0.iter().find_map(Step::key) {
            Some(key) => mentioned(key),
            None => true,
        };
        self.not || self.any.iter().any(|all| all.iter().all(first))
    }
}

/// Whether a text is a number, as some write all of theirs.
fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok()
}

fn has_all(spot: &Spot, all: &[(Path, Kind)]) -> bool {
    all.iter()
        .all(|(path, kind)| spot.visit(path, |node| kind.fits(node)))
}

impl Kind {
    fn fits(self, node: &Node) -> bool {
        match self {
            Kind::Any => true,
            Kind::String => matches!(node, Node::Text(_)),
            Kind::Number => match node {
                Node::Text(text) => is_number(text),
                node => matches!(node, Node::Int(_) | Node::Float(_)),
            },
            Kind::Fraction => match node {
                Node::Float(number) => number.fract() != 0.0,
                Node::Text(text) => is_number(text) && text.contains('.'),
                _ => false,
            },
            Kind::Lines => match node {
                Node::Text(text) => lines::are_stamped(text),
                _ => false,
            },
            Kind::Talk => match node {
                Node::Text(text) => !lines::are_stamped(text) && plain::is_talk(text),
                _ => false,
            },
            Kind::List => matches!(node, Node::List(_)),
            Kind::Object => matches!(node, Node::Object(_)),
        }
    }
}
