//! How a [`Node`] is built from JSON, and how much of one.
//!
//! Below a key that no reader asks for, numbers and texts are passed over, so that a
//! recogniser's probabilities cost nothing; lists and objects are looked into, since
//! people wrap transcripts in forms of their own. A text that is JSON itself is read
//! in its place, and again if that is a text.
//!
//! Where the document breaks off, what was read before stays: the form can be told
//! from it, and the error beside it says where.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

use super::node::{Key, Node, fold_into};
use crate::transcript::ProblemKind;

/// The most values that are kept of a document: a day's talk with the time of each
/// word, several times over.
pub(super) const MOST_VALUES: usize = 3_000_000;

/// How many texts may be JSON in one another.
const DEEPEST_TEXT: usize = 3;

/// What is known while a document is read.
pub(super) struct Building<'k> {
    keys: &'k [(String, Key)],
    buffer: RefCell<String>,
    /// The keys that were met.
    pub(super) seen: RefCell<Vec<bool>>,
    values: Cell<usize>,
    /// What was read of a value before it broke off.
    rest: RefCell<Option<Node>>,
    /// The bound that was passed, if that is what went wrong.
    pub(super) passed: RefCell<Option<ProblemKind>>,
}

impl<'k> Building<'k> {
    pub(super) fn new(keys: &'k [(String, Key)]) -> Self {
        Self {
            keys,
            buffer: RefCell::default(),
            seen: RefCell::new(vec![false; keys.len()]),
            values: Cell::new(0),
            rest: RefCell::default(),
            passed: RefCell::default(),
        }
    }

    /// The next document of a stream, as far as it can be read.
    pub(super) fn document<'de, R: serde_json::de::Read<'de>>(
        &self,
        stream: &mut serde_json::Deserializer<R>,
    ) -> (Node, Option<serde_json::Error>) {
        let tree = Tree {
            wanted: true,
            texts: 0,
            building: self,
        };
        match tree.deserialize(stream) {
            Ok(node) => (node, None),
            Err(error) => (self.rest.take().unwrap_or(Node::Null), Some(error)),
        }
    }

    fn count<E: Error>(&self) -> Result<(), E> {
        self.values.set(self.values.get() + 1);
        if self.values.get() <= MOST_VALUES {
            return Ok(());
        }
        let limit = MOST_VALUES;
        self.passed
            .replace(Some(ProblemKind::TooManyValues { limit }));
        Err(E::custom("a bound is passed"))
    }

    fn key(&self, name: &str) -> Key {
        let mut buffer = self.buffer.borrow_mut();
        fold_into(name, &mut buffer);
        let found = self
            .keys
            .binary_search_by(|(known, _)| known.as_str().cmp(&buffer));
        let Ok(at) = found else {
            return Key::OTHER;
        };
        let key = self.keys[at].1;
        self.seen.borrow_mut()[usize::from(key.0)] = true;
        key
    }
}

/// Builds a [`Node`].
#[derive(Clone, Copy)]
struct Tree<'b, 'k> {
    /// Whether numbers and texts are kept, too.
    wanted: bool,
    /// In how many texts it stands.
    texts: usize,
    building: &'b Building<'k>,
}

impl Tree<'_, '_> {
    fn text(&self, text: &str) -> Node {
        if self.texts < DEEPEST_TEXT && looks_like_json(text) {
            let mut stream = serde_json::Deserializer::from_str(text);
            let inner = Tree {
                texts: self.texts + 1,
                ..*self
            };
            if let Ok(node) = inner.deserialize(&mut stream)
                && stream.end().is_ok()
            {
                return node;
            }
            // Then it only looked so.
            self.building.rest.take();
        }
        match self.wanted {
            true => Node::Text(text.to_owned()),
            false => Node::Null,
        }
    }

    fn scalar(&self, node: Node) -> Node {
        if self.wanted { node } else { Node::Null }
    }
}

/// Nobody says anything that begins so.
fn looks_like_json(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | '[')) => true,
        (Some('"'), Some('{' | '[' | '\\' | '"')) => text.len() > 4,
        _ => false,
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_, '_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(self.scalar(Node::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(self.scalar(Node::Int(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        let node = match i64::try_from(value) {
            Ok(value) => Node::Int(value),
            // Only a name can be so large.
            Err(_) => Node::Text(value.to_string()),
        };
        Ok(self.scalar(node))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(self.scalar(Node::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(self.text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        let ended = loop {
            match seq.next_element_seed(self) {
                Ok(Some(item)) if self.wanted || item.holds_any() => items.push(item),
                Ok(Some(_)) => continue,
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
            if let Err(error) = self.building.count() {
                break Err(error);
            }
        };
        match ended {
            Ok(()) => Ok(Node::List(items)),
            Err(error) => {
                items.extend(self.building.rest.take());
                self.building.rest.replace(Some(Node::List(items)));
                Err(error)
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        let mut key = Key::OTHER;
        let ended = loop {
            key = match map.next_key_seed(KeyOf(self.building)) {
                Ok(Some(key)) => key,
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            };
            let wanted = key != Key::OTHER;
            match map.next_value_seed(Tree { wanted, ..self }) {
                Ok(value) if wanted || value.holds_any() => fields.push((key, value)),
                Ok(_) => continue,
                Err(error) => break Err(error),
            }
            if let Err(error) = self.building.count() {
                break Err(error);
            }
        };
        match ended {
            Ok(()) => Ok(Node::Object(fields)),
            Err(error) => {
                fields.extend(self.building.rest.take().map(|rest| (key, rest)));
                self.building.rest.replace(Some(Node::Object(fields)));
                Err(error)
            }
        }
    }
}

/// Finds the number of a key.
struct KeyOf<'b, 'k>(&'b Building<'k>);

impl<'de> DeserializeSeed<'de> for KeyOf<'_, '_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyOf<'_, '_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok(self.0.key(name))
    }
}
