//! What `--format jsonl` writes is what `schema/assessment.schema.json` promises.

use jsonschema::Validator;
use liyan::assessment::{Assessment, By, ClauseVerdict, Closeness, Evidence, Occasion, Verdict};
use liyan::conversation::{About, Channel, Conversation, Note, NoteKind, Role, Turn, Visit};
use liyan::report::wire::{Line, write_line};
use liyan::span::Span;
use serde_json::{Value, json};

fn schema() -> Validator {
    let text = include_str!("../schema/assessment.schema.json");
    let schema: Value = serde_json::from_str(text).expect("the schema is JSON");
    assert!(
        jsonschema::meta::is_valid(&schema),
        "the schema is a schema"
    );
    jsonschema::validator_for(&schema).expect("the schema stands by itself")
}

fn written(assessment: &Assessment) -> Value {
    let mut line = Vec::new();
    write_line(assessment, &mut line);
    parsed(line)
}

/// The full line, and the talk with it.
fn written_with_turns() -> Value {
    let turn = |start, end, speaker: Option<&str>| Turn {
        start,
        end,
        speaker: speaker.map(str::to_owned),
        ..Turn::new(Role::Staff, "您好\u{202e}")
    };
    let talk = Conversation {
        turns: vec![
            turn(None, None, None),
            turn(Some(0.0), Some(1.5), Some("A")),
        ],
        ..Conversation::default()
    };
    let mut line = Vec::new();
    let assessment = full();
    Line::from(&assessment).with_turns(&talk).write(&mut line);
    parsed(line)
}

fn parsed(line: Vec<u8>) -> Value {
    let line = String::from_utf8(line).expect("a line is UTF-8");
    let line = line.strip_suffix('\n').expect("a line is ended");
    assert!(!line.contains('\n'), "a line is one line");
    serde_json::from_str(line).expect("a line is JSON")
}

/// Nothing was found, and hardly anything is known.
fn bare() -> Assessment {
    Assessment {
        id: String::new(),
        phrasebook: "qinzhou-2014@1.0.0".to_owned(),
        channel: None,
        language: "unsure".to_owned(),
        score: None,
        vetoed: false,
        verdicts: Vec::new(),
        courtesy_words: Vec::new(),
        notes: Vec::new(),
        about: About::default(),
    }
}

/// Every field filled, every verdict, closeness, basis, channel and kind of note.
fn full() -> Assessment {
    let evidence = |by, element: Option<&str>| Evidence {
        turn: 7,
        span: Span::new(0, 9),
        text: "对不起\u{202e}\"\n".to_owned(),
        element: element.map(str::to_owned),
        by,
    };
    let occasion = |verdict, closeness| Occasion {
        trigger: 6,
        verdict,
        missing: vec!["regret".to_owned()],
        evidence: vec![
            evidence(By::Text, Some("apology")),
            evidence(By::Sound, None),
            evidence(By::Time, None),
        ],
        closeness,
    };
    let closenesses = [
        None,
        Some(Closeness::Verbatim),
        Some(Closeness::Equivalent),
        Some(Closeness::Informal),
    ];
    let verdicts = Verdict::ALL.into_iter().map(|verdict| ClauseVerdict {
        clause: "9.5".to_owned(),
        worst: occasion(verdict, Some(Closeness::Verbatim)),
        others: closenesses
            .map(|closeness| occasion(verdict, closeness))
            .to_vec(),
        points: -2.505,
        from: Some("lingshan@1.0.0".to_owned()),
    });
    let kinds = [
        NoteKind::ChannelUnknown,
        NoteKind::ChannelInferred,
        NoteKind::OtherLanguage,
        NoteKind::RolesUnknown,
        NoteKind::EmptyTurn,
        NoteKind::UnknownRole,
        NoteKind::CutOpening,
        NoteKind::TurnCut,
        NoteKind::BeforeInForce,
    ];
    let notes = kinds.into_iter().enumerate().map(|(place, kind)| Note {
        turn: (place % 2 == 0).then_some(place),
        kind,
        detail: "eng".to_owned(),
    });
    Assessment {
        id: "a01".to_owned(),
        channel: Some(Channel::Counter),
        language: "cmn".to_owned(),
        score: Some(86.49),
        vetoed: true,
        verdicts: verdicts.collect(),
        courtesy_words: vec![("您好".to_owned(), 1), ("请".to_owned(), 0)],
        notes: notes.collect(),
        about: About {
            started_at: Some("2026-03-02 09:15".to_owned()),
            agent: Some("07".to_owned()),
            branch: Some("城南".to_owned()),
            business: Some("提取".to_owned()),
            client: Some("c1".to_owned()),
            complaint: Some("t1".to_owned()),
            tags: vec!["熟人".to_owned()],
            visit: Some(Visit {
                of: "day-01".to_owned(),
                first_turn: 16,
                last_turn: 31,
                start: Some(640.5),
                end: None,
            }),
        },
        ..bare()
    }
}

#[test]
fn every_line_keeps_the_schema() {
    let schema = schema();
    let mut cases = vec![("bare", bare()), ("full", full())];
    cases.extend(Channel::ALL.map(|channel| {
        let channel = Some(channel);
        ("channel", Assessment { channel, ..bare() })
    }));
    let odd = Assessment {
        score: Some(f64::NAN),
        verdicts: vec![ClauseVerdict {
            points: f64::INFINITY,
            ..full().verdicts.remove(0)
        }],
        ..full()
    };
    cases.push(("odd numbers", odd));
    let mut lines: Vec<(&str, Value)> = cases
        .iter()
        .map(|(name, assessment)| (*name, written(assessment)))
        .collect();
    lines.push(("with turns", written_with_turns()));
    for (name, line) in lines {
        let faults: Vec<String> = schema
            .iter_errors(&line)
            .map(|fault| fault.to_string())
            .collect();
        assert_eq!(faults, Vec::<String>::new(), "{name}: {line}");
    }
}

#[test]
fn the_full_line_has_every_field_of_the_schema() {
    let line = written_with_turns();
    let schema: Value =
        serde_json::from_str(include_str!("../schema/assessment.schema.json")).expect("JSON");
    let clause = &line["verdicts"][0];
    let cases = [
        (&schema, &line),
        (&schema["$defs"]["clause"], clause),
        (&schema["$defs"]["occasion"], &clause["occasions"][0]),
        (&schema["$defs"]["proof"], &clause["evidence"][0]),
        (&schema["$defs"]["note"], &line["notes"][0]),
        (&schema["$defs"]["about"], &line["about"]),
        (&schema["$defs"]["said"], &line["turns"][1]),
    ];
    let keys = |object: &Value| -> Vec<String> {
        let mut keys: Vec<String> = object
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key.clone())
            .collect();
        keys.sort();
        keys
    };
    for (schema, written) in cases {
        assert_eq!(keys(&schema["properties"]), keys(written));
    }
}

#[test]
fn the_schema_refuses_wrong_lines() {
    let schema = schema();
    let cases: [(&str, Value); 16] = [
        ("/v", json!(2)),
        ("/id", json!(1)),
        ("/phrasebook", json!("qinzhou-2014")),
        ("/channel", json!("desk")),
        ("/language", json!("Chinese")),
        ("/score", json!("86.5")),
        ("/verdicts/0/verdict", json!("good")),
        ("/verdicts/0/trigger", json!(-1)),
        ("/verdicts/0/wording", json!("close")),
        ("/verdicts/0/occasions", json!([])),
        ("/verdicts/0/evidence/0/by", json!("guess")),
        ("/courtesy_words/您好", json!(0.5)),
        ("/about/agent", json!(7)),
        ("/about/tags", json!("熟人")),
        ("/turns/0/role", json!("boss")),
        ("/visit/first_turn", json!(-1)),
    ];
    let good = written_with_turns();
    assert!(schema.is_valid(&good));
    for (place, wrong) in cases {
        let mut line = good.clone();
        *line.pointer_mut(place).expect("the full line has it") = wrong;
        assert!(!schema.is_valid(&line), "{place}");
    }
    for place in [
        "",
        "/verdicts/0",
        "/verdicts/0/occasions/0",
        "/verdicts/0/evidence/0",
        "/notes/0",
        "/about",
        "/turns/0",
        "/visit",
    ] {
        let object = |line: &mut Value, change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
            let object = line.pointer_mut(place).and_then(Value::as_object_mut);
            change(object.expect("the full line has it"));
        };
        let mut more = good.clone();
        object(&mut more, &|object| {
            object.insert("mood".to_owned(), json!("bad"));
        });
        assert!(!schema.is_valid(&more), "{place}: a further field");
        let mut less = good.clone();
        object(&mut less, &|object| {
            // In the order of the alphabet; the first may be one that came later.
            let mut needed = object.keys().filter(|key| *key != "visit");
            let last = needed.next_back().cloned().unwrap_or_default();
            object.remove(&last);
        });
        assert!(!schema.is_valid(&less), "{place}: a field less");
    }
}
