//! Where in a document a value stands.
//!
//! A path is keys with dots between them: `additions.speaker`. A list on the way is
//! looked through for the first item that has the rest; `0` takes the first item,
//! `-1` the last, and `[]` behind a key all of them. `^` goes up to the object around,
//! and `channels#` is the number, from 0, that one has in the list `channels` around.

use std::rc::Rc;

use super::node::{Key, Keys, Node};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(Key),
    At(isize),
    Each,
    Up,
    Number(Key),
}

impl Step {
    pub(super) fn key(&self) -> Option<Key> {
        match self {
            Step::Key(key) | Step::Number(key) => Some(*key),
            Step::At(_) | Step::Each | Step::Up => None,
        }
    }
}

/// A path, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(pub(super) Vec<Step>);

impl Path {
    pub(super) fn parse(text: &str, keys: &mut Keys) -> Path {
        let mut steps = Vec::new();
        for mut part in text.split('.').filter(|part| !part.is_empty()) {
            while let Some(rest) = part.strip_prefix('^') {
                steps.push(Step::Up);
                part = rest;
            }
            if let Some(key) = part.strip_suffix('#') {
                steps.push(Step::Number(keys.ask(key)));
            } else if let Ok(number) = part.parse() {
                steps.push(Step::At(number));
            } else {
                let (key, each) = part
                    .strip_suffix("[]")
                    .map_or((part, false), |key| (key, true));
                steps.extend((!key.is_empty()).then(|| Step::Key(keys.ask(key))));
                steps.extend(each.then_some(Step::Each));
            }
        }
        Path(steps)
    }
}

/// A value, and what lies around it.
#[derive(Debug)]
pub(super) struct Spot<'t> {
    pub(super) node: &'t Node,
    /// The key under which it stands, itself or its list.
    pub(super) key: Key,
    /// Its number in that list.
    pub(super) number: usize,
    pub(super) up: Option<Rc<Spot<'t>>>,
}

impl<'t> Spot<'t> {
    /// A place with nothing around it.
    pub(super) fn root(node: &'t Node) -> Self {
        Spot {
            node,
            key: Key::OTHER,
            number: 0,
            up: None,
        }
    }

    /// The values at a path from here, until one is what is looked for.
    pub(super) fn visit(&self, path: &Path, mut found: impl FnMut(&Node) -> bool) -> bool {
        let (mut spot, mut steps) = (self, path.0.as_slice());
        while let [Step::Up, rest @ ..] = steps {
            let Some(around) = spot.around() else {
                return false;
            };
            (spot, steps) = (around, rest);
        }
        if let [Step::Number(key)] = steps {
            let mut spot = Some(spot);
            while let Some(inner) = spot.filter(|spot| spot.key != *key) {
                spot = inner.up.as_deref();
            }
            let number = spot.and_then(|spot| i64::try_from(spot.number).ok());
            return number.is_some_and(|number| found(&Node::Int(number)));
        }
        visit(spot.node, steps, &mut found)
    }

    /// How many lists and objects lie around it.
    pub(super) fn depth(&self) -> usize {
        let mut depth = 0;
        let mut up = self.up.as_deref();
        while let Some(around) = up {
            depth += 1;
            up = around.up.as_deref();
        }
        depth
    }

    /// The object around.
    pub(super) fn around(&self) -> Option<&Spot<'t>> {
        let mut spot = self.up.as_deref();
        while let Some(list) = spot.filter(|spot| !matches!(spot.node, Node::Object(_))) {
            spot = list.up.as_deref();
        }
        spot
    }

    /// What lies right below it, lists and objects.
    pub(super) fn below(self: &Rc<Self>) -> Vec<Rc<Spot<'t>>> {
        let spot = |node: &'t Node, key, number| {
            let up = Some(Rc::clone(self));
            let spot = Spot {
                node,
                key,
                number,
                up,
            };
            node.holds_any().then(|| Rc::new(spot))
        };
        match self.node {
            Node::List(items) => {
                let numbered = items.iter().enumerate();
                numbered
                    .filter_map(|(number, item)| spot(item, self.key, number))
                    .collect()
            }
            Node::Object(fields) => {
                let fields = fields.iter();
                fields
                    .filter_map(|(key, value)| spot(value, *key, 0))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The items that a path leads to from here, each list looked through.
    pub(super) fn items(self: &Rc<Self>, steps: &[Step], items: &mut Vec<Rc<Spot<'t>>>) {
        match (self.node, steps) {
            (Node::List(_), [Step::At(number), rest @ ..]) => {
                let below = self.below();
                let item = below
                    .iter()
                    .find(|item| Some(item.number) == nth(self.node, *number));
                if let Some(item) = item {
                    item.items(rest, items);
                }
            }
            (Node::List(_), _) => {
                for item in self.below() {
                    item.items(steps, items);
                }
            }
            (Node::Object(_), []) => items.push(Rc::clone(self)),
            (Node::Object(fields), [Step::Key(key), rest @ ..]) => {
                let field = fields.iter().rev().find(|(name, _)| name == key);
                if let Some((_, node)) = field {
                    let up = Some(Rc::clone(self));
                    let (key, number) = (*key, 0);
                    Rc::new(Spot {
                        node,
                        key,
                        number,
                        up,
                    })
                    .items(rest, items);
                }
            }
            _ => {}
        }
    }
}

fn visit(node: &Node, steps: &[Step], found: &mut impl FnMut(&Node) -> bool) -> bool {
    match (steps, node) {
        ([], _) => found(node),
        ([Step::Key(key), rest @ ..], Node::Object(_)) => node
            .field(*key)
            .is_some_and(|value| visit(value, rest, found)),
        ([Step::Key(_), ..], Node::List(items)) => {
            items.iter().any(|item| visit(item, steps, found))
        }
        ([Step::At(number), rest @ ..], Node::List(items)) => {
            nth(node, *number).is_some_and(|at| visit(&items[at], rest, found))
        }
        ([Step::Each, rest @ ..], Node::List(items)) => {
            let mut any = false;
            for item in items {
                any |= visit(item, rest, found);
            }
            any
        }
        _ => false,
    }
}

fn nth(list: &Node, number: isize) -> Option<usize> {
    let length = list.items().len();
    let at = match number {
        0.. => number.unsigned_abs(),
        _ => length.checked_sub(number.unsigned_abs())?,
    };
    (at < length).then_some(at)
}
