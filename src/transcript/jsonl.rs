//! JSON Lines: one conversation a line, the codebook's own form.
//!
//! Lines come from scripts of many hands, so this reader is strict only where
//! it must be. Without a list of turns that are objects with text there is
//! nothing to judge; everything else may be missing, of another type, or
//! unknown. An odd value is kept as the text that it has in JSON, and times
//! that cannot be are left out.
//!
//! A line is first read into a small tree, [`Value`], that borrows from it and
//! holds only fields with a meaning here: what a recogniser adds (the time of
//! each word, say) is skipped unbuilt. A tree rather than derived types, since
//! those refuse a repeated key and can't say which turn holds the wrong type.
//!
//! Python writes `NaN` and `Infinity`, which are no JSON. Only when a line
//! fails are they blanked and the line read once more.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, Serialize, Serializer};
use serde_json::Number;
use serde_json::error::Category;

use super::{Cut, Format, InputProblem, ProblemKind, Reader, Record, has_extension, times, utf8};
use crate::conversation::{Conversation, Note, NoteKind, Role, Turn};

/// What a careful reader says of one clause in one conversation; the
/// codebook's label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The clause's id, `9.5`.
    pub clause: String,
    /// The word for the verdict.
    pub verdict: String,
    /// The turn in which the situation arises; 0 where the clause always
    /// applies.
    pub trigger: usize,
    /// The turns that carry the elements or the breach.
    pub evidence: Vec<usize>,
    /// Keys of the elements not said.
    pub missing: Vec<String>,
}

/// The conversation and the labels of one line. A conversation without an id
/// is left without one; [`Record::parse_labelled`] names it by its place.
///
/// # Errors
/// If the line is damaged, in another encoding or holds no turn, or if a label
/// has no clause or no verdict, or a field of the wrong type.
pub fn parse_labelled(bytes: &[u8]) -> Result<(Conversation, Vec<Label>), ProblemKind> {
    let place = super::Place::new("-", 1);
    let line = utf8(bytes, &place).map_err(|problem| problem.kind)?;
    with_tree(line, |root| Ok((conversation(root)?, labels(root)?)))
}

pub(super) fn parse_labelled_record(
    record: &Record,
) -> Result<(Conversation, Vec<Label>), InputProblem> {
    let mut parsed = parse_labelled(&record.bytes).map_err(|kind| record.problem(kind))?;
    name(&mut parsed.0, record);
    Ok(parsed)
}

pub(super) const READER: Reader = Reader {
    format: Format::Jsonl,
    recognise,
    cut: Cut::Lines,
    parse,
};

fn recognise(head: &[u8], file_name: &str) -> bool {
    let key = br#""turns""#;
    has_extension(file_name, &["jsonl", "ndjson"])
        || head.split(|&byte| byte == b'\n').any(|line| {
            line.trim_ascii_start().starts_with(b"{")
                && line.windows(key.len()).any(|window| window == key)
        })
}

fn parse(record: &Record) -> Result<Conversation, InputProblem> {
    let line = utf8(&record.bytes, &record.place)?;
    let mut parsed = with_tree(line, conversation).map_err(|kind| record.problem(kind))?;
    name(&mut parsed, record);
    Ok(parsed)
}

fn name(conversation: &mut Conversation, record: &Record) {
    if conversation.id.is_empty() {
        conversation.id = record.place.id();
    }
}

fn conversation(root: &mut Value) -> Result<Conversation, ProblemKind> {
    if !matches!(root, Value::Object(_)) {
        return Err(wrong("$", "object", root));
    }
    let turns = root.list("turns", "turns")?;
    if turns.is_empty() {
        return Err(ProblemKind::NoTurns);
    }
    let mut conversation = Conversation {
        id: root.take("id").into_text().unwrap_or_default(),
        started_at: root.take("started_at").into_text(),
        agent: root.take("agent").into_text(),
        branch: root.take("branch").into_text(),
        hours: root.take("hours").into_text(),
        tags: tags(root.take("tags")),
        turns: Vec::with_capacity(turns.len()),
        ..Conversation::default()
    };
    conversation.set_channel(&root.take("channel").into_text().unwrap_or_default());
    for (number, value) in turns.into_iter().enumerate() {
        let turn = turn(value, number, &mut conversation.notes)?;
        conversation.turns.push(turn);
    }
    conversation.note_empty_turns();
    Ok(conversation)
}

fn turn(mut value: Value, number: usize, notes: &mut Vec<Note>) -> Result<Turn, ProblemKind> {
    if !matches!(value, Value::Object(_)) {
        return Err(wrong(&format!("turns[{number}]"), "object", &value));
    }
    let text = match value.take("text") {
        Value::Null => String::new(),
        Value::Text(text) => text.into_owned(),
        other => return Err(wrong(&format!("turns[{number}].text"), "string", &other)),
    };
    let role = match value.take("role").into_text() {
        None => Role::Unknown,
        Some(word) => Role::from_name(&word).unwrap_or_else(|| {
            notes.push(Note {
                turn: Some(number),
                kind: NoteKind::UnknownRole,
                detail: word,
            });
            Role::Unknown
        }),
    };
    let (start, end) = times(value.take("start").seconds(), value.take("end").seconds());
    Ok(Turn {
        role,
        text,
        start,
        end,
        speaker: value.take("speaker").into_text(),
    })
}

fn tags(value: Value) -> Vec<String> {
    match value {
        Value::List(items) => items.into_iter().filter_map(Value::into_text).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| format!("{key}={}", value.into_text().unwrap_or_default()))
            .collect(),
        other => other.into_text().into_iter().collect(),
    }
}

fn labels(root: &mut Value) -> Result<Vec<Label>, ProblemKind> {
    let labels = root.list("labels", "labels")?.into_iter().enumerate();
    labels.map(|(number, value)| label(value, number)).collect()
}

fn label(mut value: Value, number: usize) -> Result<Label, ProblemKind> {
    let at = |field: &str| format!("labels[{number}].{field}");
    if !matches!(value, Value::Object(_)) {
        return Err(wrong(&format!("labels[{number}]"), "object", &value));
    }
    let word = |value, field: &str| match value {
        Value::Text(text) => Ok(text.into_owned()),
        other => Err(wrong(&at(field), "string", &other)),
    };
    let index = |value, field: &str| {
        match &value {
            Value::Number(number) => number.as_u64().and_then(|number| number.try_into().ok()),
            _ => None,
        }
        .ok_or_else(|| wrong(&at(field), "whole-number", &value))
    };
    Ok(Label {
        clause: word(value.take("clause"), "clause")?,
        verdict: word(value.take("verdict"), "verdict")?,
        trigger: match value.take("trigger") {
            Value::Null => 0,
            trigger => index(trigger, "trigger")?,
        },
        evidence: value
            .list("evidence", &at("evidence"))?
            .into_iter()
            .map(|item| index(item, "evidence"))
            .collect::<Result<_, _>>()?,
        missing: value
            .list("missing", &at("missing"))?
            .into_iter()
            .map(|item| word(item, "missing"))
            .collect::<Result<_, _>>()?,
    })
}

fn wrong(field: &str, expected: &'static str, found: &Value) -> ProblemKind {
    ProblemKind::WrongType {
        field: field.to_owned(),
        expected,
        found: found.type_name(),
    }
}

/// A JSON value that borrows from its line.
#[derive(Default)]
enum Value<'a> {
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
    fn take(&mut self, key: &str) -> Value<'a> {
        let Value::Object(fields) = self else {
            return Value::Null;
        };
        let field = fields.iter_mut().rev().find(|(name, _)| name == key);
        field
            .map(|(_, value)| std::mem::take(value))
            .unwrap_or_default()
    }

    /// Takes a list out of an object; a missing one is empty.
    fn list(&mut self, key: &str, path: &str) -> Result<Vec<Value<'a>>, ProblemKind> {
        match self.take(key) {
            Value::Null => Ok(Vec::new()),
            Value::List(items) => Ok(items),
            other => Err(wrong(path, "list", &other)),
        }
    }

    /// A string as it is, anything else as compact JSON; nothing for null and
    /// for the empty string.
    fn into_text(self) -> Option<String> {
        match self {
            Value::Null => None,
            Value::Text(text) => Some(text.into_owned()),
            other => serde_json::to_string(&other).ok(),
        }
        .filter(|text| !text.is_empty())
    }

    fn seconds(self) -> Option<f64> {
        match self {
            Value::Number(number) => number.as_f64(),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::Text(_) => "string",
            Value::List(_) => "list",
            Value::Object(_) => "object",
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
fn with_tree<T>(
    line: &str,
    then: impl FnOnce(&mut Value) -> Result<T, ProblemKind>,
) -> Result<T, ProblemKind> {
    let blanked;
    let mut root = match read(line) {
        Ok(root) => root,
        Err(error) => {
            blanked = without_nan(line).ok_or_else(|| problem(line, &error))?;
            read(&blanked).map_err(|error| problem(line, &error))?
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

fn problem(line: &str, error: &serde_json::Error) -> ProblemKind {
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

fn read(line: &str) -> serde_json::Result<Value<'_>> {
    let mut deserializer = serde_json::Deserializer::from_str(line);
    let value = Tree { whole: false }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Builds a [`Value`]; in objects only of the fields in [`FIELDS`], unless the
/// whole of it is wanted.
#[derive(Clone, Copy)]
struct Tree {
    whole: bool,
}

fn has_meaning(key: &str) -> bool {
    matches!(
        key,
        "id" | "channel"
            | "turns"
            | "started_at"
            | "agent"
            | "branch"
            | "hours"
            | "tags"
            | "labels"
            | "role"
            | "text"
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

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree {
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
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key_seed(self)? {
            match key {
                Value::Text(key) if self.whole || has_meaning(&key) => {
                    let whole = self.whole || !matches!(&*key, "turns" | "labels");
                    fields.push((key, map.next_value_seed(Tree { whole })?));
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
    use crate::conversation::Channel;
    use crate::transcript::Place;

    fn record(line: impl AsRef<[u8]>) -> Record {
        Record {
            place: Place::new("calls/a.jsonl", 7),
            format: Format::Jsonl,
            bytes: line.as_ref().to_vec(),
        }
    }

    fn note(turn: Option<usize>, kind: NoteKind, detail: &str) -> Note {
        Note {
            turn,
            kind,
            detail: detail.to_owned(),
        }
    }

    #[test]
    fn a_whole_line() {
        let line = r#"{"id":"a","channel":"phone_in","lang":"zh","started_at":"9:00","agent":17,"branch":"总部",
            "hours":{"mon":[9,17.5],"am":true},"tags":["vip",3],"turns":[
            {"role":"staff","text":"您\"好","start":"1.5","end":2,"speaker":0,"words":[{"text":"您"}]},
            {"role":"client","text":"\u597d","start":3,"end":1},{"role":"other","text":"x","start":-1},
            {"role":"scene","text":"x","start":NaN,"end":"nan"}]}"#;
        let plain = Turn::new(Role::Staff, "您\"好");
        let expected = Conversation {
            id: "a".to_owned(),
            channel: Some(Channel::PhoneIn),
            turns: vec![
                Turn {
                    start: Some(1.5),
                    end: Some(2.0),
                    speaker: Some("0".to_owned()),
                    ..plain
                },
                Turn::new(Role::Client, "好"),
                Turn::new(Role::Other, "x"),
                Turn::new(Role::Scene, "x"),
            ],
            started_at: Some("9:00".to_owned()),
            agent: Some("17".to_owned()),
            branch: Some("总部".to_owned()),
            hours: Some(r#"{"mon":[9,17.5],"am":true}"#.to_owned()),
            tags: vec!["vip".to_owned(), "3".to_owned()],
            notes: Vec::new(),
        };
        assert_eq!(record(line).parse(), Ok(expected));
    }

    #[test]
    fn what_is_missing_or_odd_is_noted() {
        let line = r#"{"channel":"web","id":null,"tags":{"q":"vip"},"turns":[{"speaker":"A","text":"x"},
            {"role":"boss"},{"text":" ","role":null},{"text":"x","text":"y","role":"staff"}]}"#;
        let expected = Conversation {
            id: "a:7".to_owned(),
            turns: vec![
                Turn {
                    speaker: Some("A".to_owned()),
                    ..Turn::new(Role::Unknown, "x")
                },
                Turn::new(Role::Unknown, ""),
                Turn::new(Role::Unknown, " "),
                Turn::new(Role::Staff, "y"),
            ],
            tags: vec!["q=vip".to_owned()],
            notes: vec![
                note(None, NoteKind::ChannelUnknown, "web"),
                note(Some(1), NoteKind::UnknownRole, "boss"),
                note(Some(1), NoteKind::EmptyTurn, ""),
                note(Some(2), NoteKind::EmptyTurn, ""),
            ],
            ..Conversation::default()
        };
        assert_eq!(record(line).parse(), Ok(expected));
        let ids = [
            (r#""x y""#, "x y"),
            ("12", "12"),
            ("-Infinity", "a:7"),
            (r#"{"$oid":"f"}"#, r#"{"$oid":"f"}"#),
        ];
        for (id, expected) in ids {
            let parsed = record(format!(r#"{{"id":{id},"turns":[{{"text":"NaN"}}]}}"#)).parse();
            let told = parsed.map(|parsed| (parsed.id, parsed.turns));
            let turns = vec![Turn::new(Role::Unknown, "NaN")];
            assert_eq!(told, Ok((expected.to_owned(), turns)));
        }
    }

    /// Each line is JSON and the fault that is told of it.
    fn check(table: &str, fault: impl Fn(&str) -> String) {
        for line in table.trim().lines() {
            let (json, expected) = line.trim().split_once(" => ").expect("a row");
            assert_eq!(fault(json), expected, "{json}");
        }
    }

    fn fault(json: &str) -> String {
        let place = "calls/a.jsonl:7: ";
        let problem = record(json).parse().map_err(|problem| problem.to_string());
        let problem = problem.err().unwrap_or_default();
        problem.strip_prefix(place).unwrap_or_default().to_owned()
    }

    #[test]
    fn every_fault_has_its_place() {
        check(
            r#"
            {"turns":[{"text":"您"} => truncated column="22"
            {"turns":[{"text":"您好 => truncated column="21"
            您好 => not-json column="1" detail="expected value"
            {} {} => not-json column="4" detail="trailing characters"
            {"id":NaN,"turns":[x]} => not-json column="20" detail="expected value"
            {"text":"\ud800"} => not-json column="16" detail="unexpected end of hex escape"
            {"text":"\udc00"} => not-json column="15" detail="lone leading surrogate in hex escape"
            [] => wrong-type field="$" expected="object" found="list"
            {} => no-turns
            {"turns":[]} => no-turns
            {"turns":"x"} => wrong-type field="turns" expected="list" found="string"
            {"turns":[{"text":"x"},null]} => wrong-type field="turns[1]" expected="object" found="null"
            {"turns":[{"text":true}]} => wrong-type field="turns[0].text" expected="string" found="boolean"
            "#,
            fault,
        );
        let deep = "[".repeat(100_000);
        assert_eq!(fault(&deep), "too-deep column=\"128\"");
        assert_eq!(
            fault(&format!(r#"{{"tags":{deep}"#)),
            "too-deep column=\"135\""
        );
        assert_eq!(
            fault(&format!(r#"{{"x":{deep}"#)),
            "truncated column=\"100005\""
        );
        assert_eq!(fault(""), "truncated column=\"1\"");
        let damaged = record(b"{\"id\":\"\xff\"}");
        let kind = ProblemKind::NotUtf8 { byte: 8 };
        assert_eq!(damaged.parse(), Err(damaged.problem(kind)));
    }

    #[test]
    fn labels_are_read_strictly() {
        let parse = |labels: &str| {
            record(format!(r#"{{"turns":[{{"text":"x"}}],"labels":{labels}}}"#)).parse_labelled()
        };
        let label = Label {
            clause: "9.5".to_owned(),
            verdict: "partial".to_owned(),
            trigger: 6,
            evidence: vec![7],
            missing: vec!["regret".to_owned()],
        };
        let short = Label {
            clause: "9.6".to_owned(),
            verdict: "met".to_owned(),
            ..Label::default()
        };
        let all = r#"[{"clause":"9.5","verdict":"partial","trigger":6,"evidence":[7],"missing":["regret"]},
            {"clause":"9.6","verdict":"met"}]"#;
        let mut conversation = Conversation {
            id: "a:7".to_owned(),
            turns: vec![Turn::new(Role::Unknown, "x")],
            notes: vec![note(None, NoteKind::ChannelUnknown, "")],
            ..Conversation::default()
        };
        assert_eq!(parse(all), Ok((conversation.clone(), vec![label, short])));
        assert_eq!(parse("null"), Ok((conversation.clone(), Vec::new())));
        conversation.id.clear();
        let unnamed = parse_labelled(br#"{"turns":[{"text":"x"}]}"#);
        assert_eq!(unnamed, Ok((conversation, Vec::new())));
        check(
            r#"
            {} => labels: list, not object
            [0] => labels[0]: object, not number
            [{"clause":9.5}] => labels[0].clause: string, not number
            [{"clause":"1"}] => labels[0].verdict: string, not null
            [{"clause":"1","verdict":"met","trigger":"0"}] => labels[0].trigger: whole-number, not string
            [{"clause":"1","verdict":"met","evidence":[-1]}] => labels[0].evidence: whole-number, not number
            [{"clause":"1","verdict":"met","missing":"x"}] => labels[0].missing: list, not string
            "#,
            |labels| match parse(labels).map_err(|problem| problem.kind) {
                Err(ProblemKind::WrongType {
                    field,
                    expected,
                    found,
                }) => format!("{field}: {expected}, not {found}"),
                other => format!("{other:?}"),
            },
        );
    }
}
