//! What is wrong with which file, and what comes of it.

use crate::files::{CSV, CTM, EAF, JSON, SRT, STM, TEXTGRID, VTT, gz, workbook, zip};

/// A file, and what comes of it: `-` where nothing is told or nothing is judged.
pub struct Case {
    pub fault: &'static str,
    pub file: &'static str,
    pub bytes: Vec<u8>,
    pub ids: &'static str,
    pub problems: &'static str,
}

fn case(
    fault: &'static str,
    file: &'static str,
    bytes: impl Into<Vec<u8>>,
    ids: &'static str,
    problems: &'static str,
) -> Case {
    Case {
        fault,
        file,
        bytes: bytes.into(),
        ids,
        problems,
    }
}

/// The first part of a text.
fn cut(text: &str, before: &str) -> String {
    text.split_once(before).expect("it is in it").0.to_owned()
}

fn cut_off() -> Vec<Case> {
    let fault = "it stops in the middle";
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    vec![
        case(
            fault,
            "a.json",
            cut(JSON, "公积金"),
            "-",
            "truncated a.json:3",
        ),
        case(fault, "a.csv", cut(CSV, ",6000"), "1", "short-row a.csv:4"),
        case(fault, "a.srt", cut(SRT, "来提取"), "a", "-"),
        case(fault, "a.vtt", cut(VTT, "来提取"), "a", "-"),
        case(
            fault,
            "a.TextGrid",
            cut(TEXTGRID, "讲"),
            "a:1",
            "cut-off a.TextGrid:18",
        ),
        case(
            fault,
            "b.TextGrid",
            cut(TEXTGRID, "Object"),
            "-",
            "cut-off b.TextGrid:2",
        ),
        case(
            fault,
            "a.eaf",
            cut(EAF, "</TIER>"),
            "a:1",
            "cut-off a.eaf:7",
        ),
        case(
            fault,
            "b.eaf",
            cut(EAF, "<ANNOTATION_DOC"),
            "-",
            "no-turns b.eaf:1",
        ),
        case(fault, "a.stm", cut(STM, "<o> 我"), "call", "-"),
        case(fault, "a.ctm", cut(CTM, "0.5 提"), "call", "-"),
        case(
            fault,
            "a.xlsx",
            half(workbook()),
            "-",
            "not-a-workbook a.xlsx",
        ),
        case(
            fault,
            "a.txt.gz",
            half(gz(CSV.as_bytes())),
            "-",
            "bad-archive a.txt.gz",
        ),
        case(
            fault,
            "a.zip",
            half(zip(&[("a.txt", "客服：您好")])),
            "-",
            "bad-archive a.zip",
        ),
    ]
}

fn encodings() -> Vec<Case> {
    let fault = "half of it is in another encoding";
    let mixed = |text: &str, from: &str| {
        let (before, after) = text.split_once(from).expect("it is in it");
        let after = encoding_rs::GB18030.encode(after).0.into_owned();
        [before.as_bytes(), from.as_bytes(), &after].concat()
    };
    vec![
        case(fault, "a.json", mixed(JSON, "请问"), "a", "-"),
        case(fault, "a.csv", mixed(CSV, "您好"), "1", "-"),
        case(fault, "a.srt", mixed(SRT, "您好"), "a", "-"),
        case(fault, "a.eaf", mixed(EAF, "您"), "a", "-"),
        case(fault, "a.TextGrid", mixed(TEXTGRID, "您好"), "a", "-"),
    ]
}

fn quotes() -> Vec<Case> {
    let fault = "a quotation mark, a tag, a bracket too many or too few";
    let without = |text: &str, from: &str, to: &str| text.replacen(from, to, 1);
    vec![
        case(
            fault,
            "a.json",
            without(JSON, "我来", "\"我来"),
            "-",
            "not-json a.json:3",
        ),
        case(
            fault,
            "a.csv",
            without(CSV, "我来", "\"我来"),
            "1",
            "unclosed-quote a.csv:3",
        ),
        case(
            fault,
            "a.TextGrid",
            without(TEXTGRID, "讲\"", "讲"),
            "a:1",
            "cut-off a.TextGrid:18",
        ),
        case(
            fault,
            "a.eaf",
            without(EAF, "</ANNOTATION_VALUE>", "</X>"),
            "-",
            "not-xml a.eaf:6",
        ),
        case(
            fault,
            "b.eaf",
            without(EAF, "</TIER>", ""),
            "b:1",
            "not-xml b.eaf:7",
        ),
    ]
}

fn times() -> Vec<Case> {
    let fault = "a time that can't be";
    let other = |text: &str, from: &str, to: &str| text.replacen(from, to, 1);
    vec![
        case(fault, "a.json", other(JSON, "3.0", "NaN"), "a", "-"),
        case(fault, "b.json", other(JSON, "5.5", "0.5"), "b", "-"),
        case(fault, "a.csv", other(CSV, "3000", "NaN"), "1", "-"),
        case(fault, "a.srt", other(SRT, "00:00:03,000", "NaN"), "a", "-"),
        case(
            fault,
            "b.srt",
            other(SRT, "00:00:05,500", "00:00:01,500"),
            "b",
            "-",
        ),
        case(
            fault,
            "a.vtt",
            other(VTT, "00:05.500", "00:01.500"),
            "a",
            "-",
        ),
        case(
            fault,
            "a.TextGrid",
            other(TEXTGRID, "\n3\n6\n", "\nNaN\n6\n"),
            "a",
            "-",
        ),
        case(fault, "a.eaf", other(EAF, "\"3000\"", "\"NaN\""), "a", "-"),
        case(
            fault,
            "a.stm",
            other(STM, "3.0 5.5", "5.5 3.0"),
            "call",
            "-",
        ),
        case(fault, "a.ctm", other(CTM, "3.0", "NaN"), "call", "-"),
    ]
}

fn silence() -> Vec<Case> {
    let fault = "nobody says anything";
    let mute = |text: &str| {
        let mut text = text.to_owned();
        for word in [
            "您好，请问办什么？",
            "我来提取公积金。",
            "我来提取。",
            "您好",
            "请讲",
            "好的",
            "提取",
        ] {
            text = text.replace(word, "");
        }
        text
    };
    vec![
        case(fault, "a.json", mute(JSON), "-", "no-turns a.json:1"),
        case(fault, "a.csv", mute(CSV), "-", "no-turns a.csv:1"),
        case(fault, "a.srt", mute(SRT), "-", "no-turns a.srt:1"),
        case(fault, "a.vtt", mute(VTT), "-", "no-turns a.vtt:1"),
        case(
            fault,
            "a.TextGrid",
            mute(TEXTGRID),
            "-",
            "no-turns a.TextGrid:1",
        ),
        case(fault, "a.eaf", mute(EAF), "-", "no-turns a.eaf:1"),
        case(fault, "a.stm", mute(STM), "-", "no-turns a.stm:1"),
        case(fault, "a.ctm", mute(CTM), "-", "no-turns a.ctm:1"),
    ]
}

fn something_else() -> Vec<Case> {
    let fault = "it is something else";
    let page = "<html><body><a>404 Not Found</a></body></html>\n";
    let data: Vec<u8> = (0..4000_u32).map(|n| (n * 37 + n * n * 11) as u8).collect();
    let mut cases = vec![
        case(fault, "a.json", page, "-", "no-reader a.json"),
        case(fault, "a.csv", page, "-", "columns-unknown a.csv:1"),
        case(fault, "a.srt", page, "-", "no-turns a.srt:1"),
        case(fault, "a.TextGrid", page, "-", "no-reader a.TextGrid"),
        case(fault, "a.eaf", page, "-", "no-reader a.eaf"),
        case(fault, "a.ctm", page, "-", "no-turns a.ctm:1"),
        case(fault, "a.xlsx", "Excel", "-", "not-a-workbook a.xlsx"),
        case(
            fault,
            "a.xlsx",
            "PK\x03\x04, and so on",
            "-",
            "not-a-workbook a.xlsx",
        ),
        case(
            fault,
            "a.zip",
            "PK\x03\x04, and so on",
            "-",
            "bad-archive a.zip",
        ),
        case(fault, "a.gz", "\x1f, and so on", "-", "no-reader a.gz"),
    ];
    for (name, empty, foreign) in [
        ("a.json", "empty-file a.json", "not-text a.json"),
        ("a.csv", "empty-file a.csv", "not-text a.csv"),
        ("a.srt", "empty-file a.srt", "not-text a.srt"),
        ("a.TextGrid", "empty-file a.TextGrid", "not-text a.TextGrid"),
        ("a.eaf", "empty-file a.eaf", "not-text a.eaf"),
        ("a.stm", "empty-file a.stm", "not-text a.stm"),
    ] {
        cases.push(case("it is empty", name, " \n", "-", empty));
        cases.push(case("it is no text", name, data.clone(), "-", foreign));
    }
    cases
}

fn too_much() -> Vec<Case> {
    let nested = "[".repeat(100_000);
    let brackets = "a hundred thousand brackets";
    let long = "x".repeat(5 << 20);
    let line = "a line of five megabytes";
    vec![
        case(brackets, "a.json", nested.clone(), "-", "too-deep a.json:1"),
        case(
            brackets,
            "a.csv",
            nested.clone(),
            "-",
            "columns-unknown a.csv:1",
        ),
        case(brackets, "a.srt", nested.clone(), "-", "no-turns a.srt:1"),
        case(brackets, "a.TextGrid", nested, "-", "too-deep a.TextGrid:1"),
        case(
            brackets,
            "a.eaf",
            "<ANNOTATION_DOCUMENT>".to_owned() + &"<TIER>".repeat(100_000),
            "-",
            "cut-off a.eaf:1",
        ),
        case(line, "a.json", long.clone(), "-", "no-reader a.json"),
        case(line, "a.csv", long.clone(), "-", "columns-unknown a.csv:1"),
        case(line, "a.vtt", long.clone(), "-", "no-turns a.vtt:1"),
        case(line, "a.stm", long.clone(), "-", "no-turns a.stm:1"),
    ]
}

/// All cases.
pub fn cases() -> impl Iterator<Item = Case> {
    let kinds = [
        cut_off(),
        encodings(),
        quotes(),
        times(),
        silence(),
        something_else(),
        too_much(),
    ];
    kinds.into_iter().flatten()
}
