//! A JSON value as transcripts need it: tolerant, borrowed and bounded.
//!
//! A line is read into a small tree, [`Value`], that borrows from it and holds
//! only fields with a meaning here: what a recogniser adds (the time of each
//! word, say) is skipped unbuilt. A tree rather than derived types, since those
//! refuse a repeated key and can't say which turn holds the wrong type.
//!
//! Python writes `NaN` and `Infinity`, which are no JSON. Only when a line
//! fails are they blanked and the line read once more.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use serde_json::Number;
use serde_json::error::Category;

use super::{ProblemKind, tree};

/// A JSON value that borrows from its line.
#[derive(Default)]
pub(super) enum Value<'a> {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Value<'a>>),
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// Takes a field out of an object. Of a repeated key the last counts, as
    /// in most parsers.
    pub(super) fn take(&mut self, key: &str) -> Value<'a> {
        let Value::Object(fields) = self else {
            return Value::Null;
        };
        let field = fields.iter_mut().rev().find(|(name, _)| name == key);
        field
            .map(|(_, value)| std::mem::take(value))
            .unwrap_or_default()
    }

    /// Takes a list out of an object; a missing one is empty.
    pub(super) fn list(&mut self, key: &str, path: &str) -> Result<Vec<Value<'a>>, ProblemKind> {
        match self.take(key) {
            Value::Null => Ok(Vec::new()),
            Value::List(items) => Ok(items),
            other => Err(other.is_not("list", path)),
        }
    }

    /// A string as it is, anything else as compact JSON; nothing for null and
    /// for the empty string.
    pub(super) fn into_text(self) -> Option<String> {
        match self {
            Value::Null => None,
            Value::Text(text) => Some(text.into_owned()),
            other => serde_json::to_string(&other).ok(),
        }
        .filter(|text| !text.is_empty())
    }

    pub(super) fn seconds(self) -> Option<f64> {
        match self {
            Value::Number(number) => number.as_f64(),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// The problem that it stands at `path`, where something else belongs.
    pub(super) fn is_not(&self, expected: &'static str, path: &str) -> ProblemKind {
        ProblemKind::WrongType {
            field: path.to_owned(),
            expected,
            found: match self {
                Value::Null => "null",
                Value::Bool(_) => "boolean",
                Value::Number(_) => "number",
                Value::Text(_) => "string",
                Value::List(_) => "list",
                Value::Object(_) => "object",
            },
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(number) => number.serialize(serializer),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Object(fields) => serializer.collect_map(fields.iter().map(|(k, v)| (k, v))),
        }
    }
}

/// Reads a line and hands its tree on.
pub(super) fn with_tree<T>(
    line: &str,
    then: impl FnOnce(&mut Value) -> Result<T, ProblemKind>,
) -> Result<T, ProblemKind> {
    let blanked;
    let mut root = match read(line) {
        Ok(root) => root,
        Err(problem) => {
            blanked = without_nan(line).ok_or(problem)?;
            read(&blanked)?
        }
    };
    then(&mut root)
}

/// The line with an empty string in place of each number that JSON doesn't
/// know, if there is one. Everything keeps its column.
fn without_nan(line: &str) -> Option<String> {
    let mut blanked = line.as_bytes().to_vec();
    let (mut at, mut quoted, mut found) = (0, false, false);
    while let Some(&byte) = blanked.get(at) {
        let word = [&b"NaN"[..], b"Infinity", b"-Infinity"]
            .into_iter()
            .find(|word| !quoted && blanked[at..].starts_with(word));
        if let Some(word) = word {
            blanked[at..at + word.len()].fill(b' ');
            blanked[at..at + 2].fill(b'"');
            at += word.len();
            found = true;
            continue;
        }
        quoted ^= byte == b'"';
        // What a backslash escapes can't end a string.
        at += if byte == b'\\' { 2 } else { 1 };
    }
    String::from_utf8(blanked).ok().filter(|_| found)
}

fn read(line: &str) -> Result<Value<'_>, ProblemKind> {
    tree::read(line).map_err(|(error, passed)| passed.unwrap_or_else(|| problem(line, &error)))
}

/// What is wrong with a line.
pub(super) fn problem(line: &str, error: &serde_json::Error) -> ProblemKind {
    let before = &line.as_bytes()[..error.column().min(line.len())];
    let characters = String::from_utf8_lossy(before).chars().count();
    let column = characters.max(1);
    let message = error.to_string();
    let detail = message.split(" at line ").next().unwrap_or_default();
    match error.classify() {
        Category::Eof => ProblemKind::Truncated { column },
        // The library has no better mark for it than these words.
        _ if detail == "recursion limit exceeded" => ProblemKind::TooDeep { column },
        _ => ProblemKind::NotJson {
            column,
            detail: detail.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::{InputProblem, Place};
    use super::*;

    fn id(line: &str) -> Result<Option<String>, ProblemKind> {
        with_tree(line, |root| Ok(root.take("id").into_text()))
    }

    #[test]
    fn values_keep_the_text_that_they_have_in_json() {
        let cases = [
            (r#""x y""#, Some("x y")),
            (r#""""#, None),
            ("null", None),
            ("12", Some("12")),
            ("1.50", Some("1.5")),
            ("NaN", None),
            ("-Infinity", None),
            (r#""NaN""#, Some("NaN")),
            (r#"[1, {"a" : true}]"#, Some(r#"[1,{"a":true}]"#)),
            (r#"1,"id":2"#, Some("2")),
        ];
        for (value, expected) in cases {
            let line = format!(r#"{{"x":NaN,"id":{value}}}"#);
            assert_eq!(id(&line), Ok(expected.map(str::to_owned)), "{value}");
        }
    }
    fn told(line: &str) -> String {
        let Err(kind) = id(line) else {
            return String::new();
        };
        let place = Place::new("-", 1);
        InputProblem { place, kind }
            .to_string()
            .replacen("-:1: ", "", 1)
    }

    #[test]
    fn damage_has_its_column() {
        let table = r#"
            {"turns":[{"text":"您"} => truncated column="22"
            {"turns":[{"text":"您好 => truncated column="21"
            您好 => not-json column="1" detail="expected value"
            {} {} => not-json column="4" detail="trailing characters"
            {"id":NaN,"turns":[x]} => not-json column="20" detail="expected value"
            {"text":"\ud800"} => not-json column="16" detail="unexpected end of hex escape"
            {"text":"\udc00"} => not-json column="15" detail="lone leading surrogate in hex escape"
            "#;
        for row in table.trim().lines() {
            let (line, expected) = row.trim().split_once(" => ").expect("a row");
            assert_eq!(told(line), expected, "{line}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(told(&deep), "too-deep column=\"128\"");
        assert_eq!(
            told(&format!(r#"{{"tags":{deep}"#)),
            "too-deep column=\"135\""
        );
        assert_eq!(
            told(&format!(r#"{{"x":{deep}"#)),
            "truncated column=\"100005\""
        );
        assert_eq!(told(""), "truncated column=\"1\"");
    }
}
