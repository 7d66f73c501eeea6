//! A JSON document as the readers need it: with nothing in it that no reader asks for.
//!
//! Keys are told apart by number, and without regard to case and joints, since one
//! writer's `BeginTime` is the next one's `begin_time` and means the same.

/// A JSON value.
#[derive(Debug, PartialEq)]
pub(super) enum Node {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(Key, Node)>),
}

/// The number of a key that some reader asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(pub(super) u16);

impl Key {
    /// Any key that no reader asks for. What lies below it may still be a transcript.
    pub(super) const OTHER: Key = Key(u16::MAX);
}

impl Node {
    /// The field of an object. Of a repeated key the last counts, as in most parsers.
    pub(super) fn field(&self, key: Key) -> Option<&Node> {
        let Node::Object(fields) = self else {
            return None;
        };
        let field = fields.iter().rev().find(|(name, _)| *name == key);
        field.map(|(_, value)| value)
    }

    /// The items of a list, nothing of anything else.
    pub(super) fn items(&self) -> &[Node] {
        match self {
            Node::List(items) => items,
            _ => &[],
        }
    }

    /// A word, or a number as it would be written; nothing of anything else.
    pub(super) fn word(&self) -> Option<String> {
        match self {
            Node::Text(text) => Some(text.trim().to_owned()),
            Node::Int(number) => Some(number.to_string()),
            Node::Float(number) => Some(number.to_string()),
            Node::Bool(value) => Some(value.to_string()),
            Node::Null | Node::List(_) | Node::Object(_) => None,
        }
        .filter(|word| !word.is_empty())
    }

    /// Whether something may lie in it.
    pub(super) fn holds_any(&self) -> bool {
        match self {
            Node::List(items) => !items.is_empty(),
            Node::Object(fields) => !fields.is_empty(),
            _ => false,
        }
    }
}

/// The keys that some reader asks for.
#[derive(Debug, Default)]
pub(super) struct Keys(Vec<String>);

impl Keys {
    /// The key that a name stands for, made one that is asked for.
    pub(super) fn ask(&mut self, name: &str) -> Key {
        let name = folded(name);
        let number = self.0.iter().position(|known| *known == name);
        let number = number.unwrap_or_else(|| {
            self.0.push(name);
            self.0.len() - 1
        });
        u16::try_from(number).map_or(Key::OTHER, Key)
    }

    /// The keys for looking up, in order.
    pub(super) fn sorted(&self) -> Vec<(String, Key)> {
        let numbered = self
            .0
            .iter()
            .zip(0..)
            .map(|(name, number)| (name.clone(), Key(number)));
        let mut sorted: Vec<_> = numbered.collect();
        sorted.sort();
        sorted
    }
}

/// A key without case and joints.
pub(super) fn folded(name: &str) -> String {
    let mut folded = String::new();
    fold_into(name, &mut folded);
    folded
}

/// The same in place of what `buffer` holds.
pub(super) fn fold_into(name: &str, buffer: &mut String) {
    buffer.clear();
    let kept = name.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
    buffer.extend(kept.map(|c| c.to_ascii_lowercase()));
}
