//! From a file's text to the documents in it: one, or several one after another.

use std::rc::Rc;

use super::build::Building;
use super::mend::mended;
use super::node::{Key, Node};
use super::path::Spot;
use crate::transcript::{InputProblem, Place, ProblemKind, json};
use serde::de::IgnoredAny;
use serde_json::Deserializer;

/// What a file holds.
#[derive(Debug)]
pub(super) struct Documents {
    /// A list of the documents.
    pub(super) all: Node,
    /// The line on which each begins, from 1.
    pub(super) lines: Vec<u64>,
    /// Which keys were met, by number.
    pub(super) seen: Vec<bool>,
    /// What ended the reading before its time.
    pub(super) broken: Option<(u64, ProblemKind)>,
}

impl Documents {
    /// Whether a key stands anywhere in them.
    pub(super) fn mention(&self, key: Key) -> bool {
        self.seen.get(usize::from(key.0)).is_some_and(|seen| *seen)
    }

    /// The list of them, to look from.
    pub(super) fn root(&self) -> Rc<Spot<'_>> {
        Rc::new(Spot::root(&self.all))
    }

    /// What is wrong with the file at `place`, if something is.
    pub(super) fn problem(&self, place: &Place) -> Option<InputProblem> {
        let (line, kind) = self.broken.clone()?;
        Some(InputProblem {
            place: Place::new(place.source.clone(), place.line + line - 1),
            kind,
        })
    }
}

/// Reads a file as far as it can be read.
pub(super) fn read(text: &str, keys: &[(String, Key)]) -> Documents {
    let text = text.trim_end();
    let documents = read_strictly(text, keys);
    match documents.broken {
        Some((_, ProblemKind::NotJson { .. })) => read_strictly(&mended(text), keys),
        _ => documents,
    }
}

fn read_strictly(text: &str, keys: &[(String, Key)]) -> Documents {
    let building = Building::new(keys);
    let (mut all, mut lines) = (Vec::new(), Vec::new());
    let mut broken = None;
    let (mut at, mut line) = (0, 1);
    loop {
        let rest = &text[at..];
        // Some part documents by commas.
        let skipped = rest.len() - rest.trim_start_matches(is_between).len();
        line += count_lines(&rest[..skipped]);
        at += skipped;
        let rest = &text[at..];
        if rest.is_empty() {
            break;
        }
        let mut stream = Deserializer::from_str(rest);
        let (node, error) = building.document(&mut stream);
        all.push(node);
        lines.push(line);
        if let Some(error) = error {
            let kind = building.passed.take().unwrap_or_else(|| kind(rest, &error));
            broken = Some((line + error.line().max(1) as u64 - 1, kind));
            break;
        }
        if stream.end().is_ok() {
            break;
        }
        let length = length_of_first(rest);
        line += count_lines(&rest[..length]);
        at += length;
    }
    Documents {
        all: Node::List(all),
        lines,
        seen: building.seen.into_inner(),
        broken,
    }
}

/// How long the document is with which the text begins; it is one.
fn length_of_first(text: &str) -> usize {
    let mut stream = Deserializer::from_str(text).into_iter::<IgnoredAny>();
    match stream.next() {
        Some(Ok(_)) => stream.byte_offset(),
        _ => text.len(),
    }
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '\u{feff}')
}

fn count_lines(text: &str) -> u64 {
    text.bytes().filter(|&byte| byte == b'\n').count() as u64
}

fn kind(text: &str, error: &serde_json::Error) -> ProblemKind {
    let line = text
        .lines()
        .nth(error.line().saturating_sub(1))
        .unwrap_or_default();
    json::problem(line, error)
}

#[cfg(test)]
mod tests {
    use super::super::node::Keys;
    use super::*;

    fn told(text: &str) -> String {
        let mut keys = Keys::default();
        for name in ["a", "b"] {
            keys.ask(name);
        }
        let documents = read(text, &keys.sorted());
        let problem = documents.problem(&Place::new("x", 1));
        let problem = problem.map_or(String::new(), |problem| format!(" {problem}"));
        format!("{} {:?}{problem}", show(&documents.all), documents.lines)
    }

    fn show(node: &Node) -> String {
        let joined = |parts: Vec<String>| parts.join(",");
        match node {
            Node::List(items) => format!("[{}]", joined(items.iter().map(show).collect())),
            Node::Object(fields) => {
                let name = |key: Key| ["a", "b"].get(usize::from(key.0)).unwrap_or(&"_");
                let field = |(key, value): &(Key, Node)| format!("{}{}", name(*key), show(value));
                format!("{{{}}}", joined(fields.iter().map(field).collect()))
            }
            Node::Null => "-".to_owned(),
            Node::Text(text) => format!("{text:?}"),
            _ => node.word().unwrap_or_default(),
        }
    }

    #[test]
    fn only_what_is_asked_for_is_kept() {
        let cases = [
            (
                r#"{"a":1,"x":2,"y":"z","B":[1,"2",null]}"#,
                r#"[{a1,b[1,"2",-]}] [1]"#,
            ),
            (
                r#"{"x":{"y":[[{"_A":true}],3,[]]},"z":{}}"#,
                "[{_{_[[{atrue}]]}}] [1]",
            ),
            (
                r#"{"x":"{\"a\":\"[{\\\"b\\\":1}]\"}"}"#,
                "[{_{a[{b1}]}}] [1]",
            ),
            (r#""[{\"a\":1}]""#, "[[{a1}]] [1]"),
            (r#""\"{\\\"a\\\":1}\"""#, "[{a1}] [1]"),
            (r#"{"a":"{\"a\":"}"#, r#"[{a"{\"a\":"}] [1]"#),
            (
                r#"{"a":18446744073709551615,"b":1.5}"#,
                r#"[{a"18446744073709551615",b1.5}] [1]"#,
            ),
            (
                "\n{\n\"a\":1}\n \n{\"a\":2},\r\n[]\u{feff}{}",
                "[{a1},{a2},[],{}] [2, 5, 6, 6]",
            ),
            (
                "{\"a\":NaN}\n{\"a\":\"\\ud800\"}",
                "[{a\"\"},{a\"\u{fffd}\"}] [1, 2]",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn what_stands_before_the_damage_is_kept() {
        let deep = format!("{{\"a\":1,\"x\":{}", "[".repeat(100_000));
        let depths = format!("{}{}", "[".repeat(126), "]".repeat(126));
        let cases = [
            (
                r#"{"a":[1,{"b":"x"#,
                r#"[{a[1,{}]}] [1] x:1: truncated column="15""#,
            ),
            (
                "{\"a\":1}\n{\"a\":\n[2,",
                "[{a1},{a[2]}] [1, 2] x:3: truncated column=\"3\"",
            ),
            (
                "{\"a\":1}\n{\"b\":您}",
                "[{a1},{}] [1, 2] x:2: not-json column=\"6\" detail=\"expected value\"",
            ),
            ("", "[] []"),
            (&deep, "[{a1,_…}] [1] x:1: too-deep column=\"138\""),
        ];
        for (text, expected) in cases {
            let told = told(text).replace(&depths, "…");
            assert_eq!(told, expected, "{}", &text[..text.len().min(20)]);
        }
    }
}
