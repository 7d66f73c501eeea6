//! How a [`Value`] is built, and how much of one.
//!
//! Of an object only the fields that have a meaning are built. A value takes more
//! room in memory than on its line, some forty bytes for the two of `0,`; so turns
//! and values are counted, and a hostile line is given up before it has cost
//! anything.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::json::Value;
use super::{MOST_TURNS, ProblemKind};

/// The most values with a meaning that a line may hold: twice what as many turns as
/// are allowed need with all their fields.
const MOST_VALUES: usize = 12 * MOST_TURNS;

/// Reads a line. Which bound it has passed, if one, is told beside the error.
///
/// # Errors
/// The library's own; the bound, if that is the reason.
pub(super) fn read(line: &str) -> Result<Value<'_>, (serde_json::Error, Option<ProblemKind>)> {
    let bounds = Bounds::default();
    let tree = Tree {
        whole: false,
        most: usize::MAX,
        bounds: &bounds,
    };
    let mut deserializer = serde_json::Deserializer::from_str(line);
    let root = tree.deserialize(&mut deserializer);
    root.and_then(|root| deserializer.end().map(|()| root))
        .map_err(|error| (error, bounds.passed.take()))
}

/// How much of a line has been built, and which bound that has passed.
#[derive(Default)]
struct Bounds {
    values: Cell<usize>,
    passed: RefCell<Option<ProblemKind>>,
}

impl Bounds {
    /// Counts a value that is about to be built.
    fn count<E: Error>(&self) -> Result<(), E> {
        self.values.set(self.values.get() + 1);
        let limit = MOST_VALUES;
        match self.values.get() > limit {
            true => Err(self.pass(ProblemKind::TooManyValues { limit })),
            false => Ok(()),
        }
    }

    fn pass<E: Error>(&self, kind: ProblemKind) -> E {
        self.passed.replace(Some(kind));
        E::custom("a bound is passed")
    }
}

/// Builds a [`Value`]; in objects only of the fields that have a meaning,
/// unless the whole of it is wanted.
#[derive(Clone, Copy)]
struct Tree<'b> {
    whole: bool,
    /// The most items, if it is a list.
    most: usize,
    bounds: &'b Bounds,
}

fn has_meaning(key: &str) -> bool {
    matches!(
        key,
        "id" | "channel"
            | "turns"
            | "started_at"
            | "agent"
            | "branch"
            | "business"
            | "client"
            | "complaint"
            | "hours"
            | "tags"
            | "visit"
            | "labels"
            | "role"
            | "text"
            | "content"
            | "start"
            | "end"
            | "speaker"
            | "clause"
            | "verdict"
            | "trigger"
            | "evidence"
            | "missing"
    )
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value<'de>, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value<'de>, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value<'de>, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
        let each = Tree {
            most: usize::MAX,
            ..self
        };
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(each)? {
            self.bounds.count()?;
            if items.len() == self.most {
                let limit = self.most;
                return Err(self.bounds.pass(ProblemKind::TooManyTurns { limit }));
            }
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key_seed(self)? {
            match key {
                Value::Text(key) if self.whole || has_meaning(&key) => {
                    self.bounds.count()?;
                    let field = Tree {
                        whole: self.whole || !matches!(&*key, "turns" | "labels"),
                        most: if key == "turns" {
                            MOST_TURNS
                        } else {
                            usize::MAX
                        },
                        ..self
                    };
                    fields.push((key, map.next_value_seed(field)?));
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_hold_to_the_value() {
        let passed = |line: &str| read(line).err().and_then(|(_, passed)| passed);
        let turns = |count: usize| format!(r#"{{"turns":[{}{{}}]}}"#, "{},".repeat(count - 1));
        let tags = |count: usize| format!(r#"{{"tags":[[{}0]]}}"#, "0,".repeat(count - 1));
        let unknown = |count: usize| format!(r#"{{"x":[{}0]}}"#, "0,".repeat(count - 1));
        let (turns_limit, values_limit) = (MOST_TURNS, MOST_VALUES);
        let too_many_turns = ProblemKind::TooManyTurns { limit: turns_limit };
        let too_many_values = ProblemKind::TooManyValues {
            limit: values_limit,
        };
        // The field and the inner list are values, too.
        let cases = [
            (turns(turns_limit), None),
            (turns(turns_limit + 1), Some(too_many_turns)),
            (tags(values_limit - 2), None),
            (tags(values_limit - 1), Some(too_many_values)),
            (unknown(values_limit + 1), None),
        ];
        for (line, expected) in cases {
            assert_eq!(passed(&line), expected, "{}…", &line[..12]);
        }
    }
}
