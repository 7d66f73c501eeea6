//! JSON Lines: one conversation a line, the codebook's own form.
//!
//! Lines come from scripts of many hands, so this reader is strict only where
//! it must be. Without a list of turns that are objects with text there is
//! nothing to judge; everything else may be missing, of another type, or
//! unknown. An odd value is kept as the text that it has in JSON, and times
//! that cannot be are left out.
//!
//! A role is one of the codebook's words or one of those that people write
//! before a colon (`客服`, `agent`, `坐席2`), by the same table. A word that
//! tells more than the role serves as the speaker's name, too.

use super::detect::{Head, Sure};
use super::format::{Cut, Reader};
use super::json::{Value, with_tree};
use super::labels::{self, Label};
use super::speakers::{is_role_word, role_of};
use super::{InputProblem, ProblemKind, Record, times, utf8};
use crate::conversation::{Conversation, Note, NoteKind, Role, Turn, Visit};

/// The conversation and the labels of one line. A conversation without an id
/// is left without one; [`Record::parse_labelled`] names it by its place.
///
/// # Errors
/// If the line is damaged, in another encoding or holds no turn, or if a label
/// has no clause or no verdict, or a field of the wrong type.
pub fn parse_labelled(bytes: &[u8]) -> Result<(Conversation, Vec<Label>), ProblemKind> {
    let place = super::Place::new("-", 1);
    let line = utf8(bytes, &place).map_err(|problem| problem.kind)?;
    with_tree(line, |root| Ok((conversation(root)?, labels::take(root)?)))
}

pub(super) fn parse_labelled_record(
    record: &Record,
) -> Result<(Conversation, Vec<Label>), InputProblem> {
    let mut parsed = parse_labelled(&record.bytes).map_err(|kind| record.problem(kind))?;
    name(&mut parsed.0, record);
    Ok(parsed)
}

pub(super) const READER: Reader = Reader {
    name: "jsonl",
    extensions: &["jsonl", "ndjson", "json"],
    recognise,
    cut: Cut::Lines(parse),
};

pub(super) fn recognise(head: &Head) -> Sure {
    let object = |line: &str| line.trim_ascii_start().starts_with('{');
    let turns = |line: &str| object(line) && line.contains("\"turns\"");
    // A list may have its objects on lines of their own, but its lines don't stand alone.
    let list = head.text.trim_ascii_start().starts_with('[');
    match head.text.split('\n').any(turns) {
        true if !list => Sure::Signature,
        _ if head.is_named(&["jsonl", "ndjson"]) => Sure::Likely,
        _ => Sure::No,
    }
}

/// Whether an object has turns; of a damaged one, whether it speaks of any.
pub(super) fn has_turns(object: &[u8]) -> bool {
    let text = String::from_utf8_lossy(object);
    let turns = with_tree(&text, |root| {
        let first = root.list("turns", "turns")?.into_iter().next();
        Ok(matches!(first, Some(Value::Object(_))))
    });
    turns.unwrap_or_else(|_| text.contains("\"turns\""))
}

pub(super) fn parse(record: &Record) -> Result<Conversation, InputProblem> {
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
        return Err(root.is_not("object", "$"));
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
        business: root.take("business").into_text(),
        client: root.take("client").into_text(),
        complaint: root.take("complaint").into_text(),
        hours: root.take("hours").into_text(),
        tags: tags(root.take("tags")),
        visit: visit(root.take("visit")),
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
        return Err(value.is_not("object", &format!("turns[{number}]")));
    }
    // Written so by people who make our form of theirs.
    let text = match value.take("text") {
        Value::Null => value.take("content"),
        text => text,
    };
    let text = match text {
        Value::Null => String::new(),
        Value::Text(text) => text.into_owned(),
        other => return Err(other.is_not("string", &format!("turns[{number}].text"))),
    };
    let speaker = value.take("speaker").into_text();
    let (role, name) = match value.take("role").into_text() {
        None => {
            // Where nobody has a role a speaker's name may tell it.
            let role = speaker.as_deref().and_then(role_of);
            (role.unwrap_or(Role::Unknown), None)
        }
        Some(word) => who(word).unwrap_or_else(|word| {
            notes.push(Note {
                turn: Some(number),
                kind: NoteKind::UnknownRole,
                detail: word,
            });
            (Role::Unknown, None)
        }),
    };
    let (start, end) = times(value.take("start").seconds(), value.take("end").seconds());
    Ok(Turn {
        role,
        text,
        start,
        end,
        speaker: speaker.or(name),
    })
}

/// The role that a word stands for, and the word again where it names who has it
/// (`客服1023`) or a voice (`甲`). A word that nobody knows comes back as it is.
fn who(word: String) -> Result<(Role, Option<String>), String> {
    if let Some(role) = Role::from_name(&word) {
        return Ok((role, None));
    }
    let Some(role) = role_of(&word) else {
        return Err(word);
    };
    let names = match role {
        Role::Unknown => true,
        Role::Scene => false,
        _ => !is_role_word(&word),
    };
    Ok((role, names.then_some(word)))
}

/// Which part of a longer recording this is, as `liyan convert --visits` writes it.
fn visit(mut value: Value) -> Option<Visit> {
    let turn = |number: f64| number as usize;
    let (start, end) = times(value.take("start").seconds(), value.take("end").seconds());
    Some(Visit {
        of: value.take("of").into_text()?,
        first_turn: value.take("first_turn").seconds().map(turn)?,
        last_turn: value.take("last_turn").seconds().map(turn)?,
        start,
        end,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Channel;
    use crate::transcript::{Encoding, Format, Place};

    fn record(line: impl AsRef<[u8]>) -> Record {
        Record {
            place: Place::new("calls/a.jsonl", 7),
            format: Format::JSONL,
            encoding: Encoding::UTF_8,
            bytes: line.as_ref().to_vec(),
            hints: Default::default(),
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
            "business":"提取","client":"c7","complaint":12,"hours":{"mon":[9,17.5],"am":true},"tags":["vip",3],
            "visit":{"of":"day","first_turn":16,"last_turn":19,"start":600.5,"end":null},"turns":[
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
            business: Some("提取".to_owned()),
            client: Some("c7".to_owned()),
            complaint: Some("12".to_owned()),
            hours: Some(r#"{"mon":[9,17.5],"am":true}"#.to_owned()),
            tags: vec!["vip".to_owned(), "3".to_owned()],
            notes: Vec::new(),
            visit: Some(Visit {
                of: "day".to_owned(),
                first_turn: 16,
                last_turn: 19,
                start: Some(600.5),
                end: None,
            }),
        };
        assert_eq!(parse(&record(line)), Ok(expected));
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
        assert_eq!(parse(&record(line)), Ok(expected));
        let ids = [
            (r#""x y""#, "x y"),
            ("12", "12"),
            ("-Infinity", "a:7"),
            (r#"{"$oid":"f"}"#, r#"{"$oid":"f"}"#),
        ];
        for (id, expected) in ids {
            let line = format!(r#"{{"id":{id},"turns":[{{"text":"NaN"}}]}}"#);
            let parsed = parse(&record(line));
            let told = parsed.map(|parsed| (parsed.id, parsed.turns));
            let turns = vec![Turn::new(Role::Unknown, "NaN")];
            assert_eq!(told, Ok((expected.to_owned(), turns)));
        }
    }

    fn fault(json: &str) -> String {
        let place = "calls/a.jsonl:7: ";
        let problem = parse(&record(json)).map_err(|problem| problem.to_string());
        let problem = problem.err().unwrap_or_default();
        problem.strip_prefix(place).unwrap_or_default().to_owned()
    }

    #[test]
    fn every_fault_has_its_place() {
        let table = r#"
            [] => wrong-type field="$" expected="object" found="list"
            {} => no-turns
            {"turns":[]} => no-turns
            {"turns":"x"} => wrong-type field="turns" expected="list" found="string"
            {"turns":[{"text":"x"},null]} => wrong-type field="turns[1]" expected="object" found="null"
            {"turns":[{"text":true}]} => wrong-type field="turns[0].text" expected="string" found="boolean"
            "#;
        for row in table.trim().lines() {
            let (json, expected) = row.trim().split_once(" => ").expect("a row");
            assert_eq!(fault(json), expected, "{json}");
        }
        let damaged = record(b"{\"id\":\"\xff\"}");
        let kind = ProblemKind::NotUtf8 { byte: 8 };
        assert_eq!(parse(&damaged), Err(damaged.problem(kind)));
    }
    #[test]
    fn roles_are_the_codebooks_or_the_speaker_tables() {
        let cases = [
            ("staff", "staff", None, false),
            ("unknown", "unknown", None, false),
            ("客服", "staff", None, false),
            ("AGENT", "staff", None, false),
            ("坐席2", "staff", Some("坐席2"), false),
            ("客户（王女士）", "client", Some("客户（王女士）"), false),
            ("系统", "scene", None, false),
            ("甲", "unknown", Some("甲"), false),
            ("SPEAKER_01", "unknown", Some("SPEAKER_01"), false),
            ("boss", "unknown", None, true),
        ];
        for (word, role, speaker, noted) in cases {
            let line = format!(r#"{{"turns":[{{"role":"{word}","text":"x"}}]}}"#);
            let parsed = parse(&record(line)).expect("a line");
            let turn = &parsed.turns[0];
            let mut kinds = parsed.notes.iter().map(|note| note.kind);
            let got = (
                turn.role.name(),
                turn.speaker.as_deref(),
                kinds.any(|kind| kind == NoteKind::UnknownRole),
            );
            assert_eq!(got, (role, speaker, noted), "{word}");
        }
        let line = r#"{"turns":[{"role":"坐席2","speaker":"A","text":"x"}]}"#;
        let both = parse(&record(line));
        assert_eq!(both.expect("a line").turns[0].speaker.as_deref(), Some("A"));
    }

    #[test]
    fn a_line_goes_without_labels_and_without_an_id() {
        let mut conversation = Conversation {
            id: "a:7".to_owned(),
            turns: vec![Turn::new(Role::Unknown, "x")],
            notes: vec![note(None, NoteKind::ChannelUnknown, "")],
            ..Conversation::default()
        };
        let line = br#"{"turns":[{"text":"x"}]}"#;
        let named = parse_labelled_record(&record(line));
        assert_eq!(named, Ok((conversation.clone(), Vec::new())));
        conversation.id.clear();
        assert_eq!(parse_labelled(line), Ok((conversation, Vec::new())));
    }
}
