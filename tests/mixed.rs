//! A folder as people have it: the same talk from many tools, in many encodings, packed and
//! not, and two files that can't be read. One run reads it all, and says what was read how.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;

use encoding_rs::{BIG5, GB18030};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Who speaks, and what; the n-th turn from second 4n to 4n + 3.
const TALK: [(&str, &str); 4] = [
    ("staff", "您好，请问办什么业务？"),
    ("client", "我来办提取，要带什么？"),
    ("staff", "请带身份证和银行卡。"),
    ("client", "好的，谢谢。"),
];

/// The turns, each with its number, and with other words for the sides.
fn turns(staff: &'static str, client: &'static str) -> Vec<(usize, &'static str, &'static str)> {
    let name = move |role| if role == "staff" { staff } else { client };
    let numbered = TALK.iter().enumerate();
    numbered
        .map(|(number, (role, text))| (number, name(*role), *text))
        .collect()
}

fn written(turn: impl Fn(usize, &str, &str) -> String) -> String {
    let turns = turns("客服", "客户").into_iter();
    turns.map(|(n, name, text)| turn(n, name, text)).collect()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let marked = format!("\u{feff}{text}");
    marked.encode_utf16().flat_map(bytes).collect()
}

fn gz(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn zip(files: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = SimpleFileOptions::default();
        writer.start_file(*name, options).expect("memory takes it");
        writer.write_all(text.as_bytes()).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

fn gb18030(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn own() -> String {
    let turns: Vec<Value> = TALK
        .iter()
        .map(|(role, text)| json!({"role": role, "text": text}))
        .collect();
    json!({"id": "01", "channel": "counter", "turns": turns}).to_string() + "\n"
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["角色", "内容"]) {
        sheet.write(0, column, name).expect("a cell");
    }
    for (row, (_, name, text)) in (1..).zip(turns("客服", "客户")) {
        sheet.write(row, 0, name).expect("a cell");
        sheet.write(row, 1, text).expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

fn csv(names: &str) -> String {
    names.to_owned() + &written(|n, name, text| format!("{name},{},{text}\r\n", n * 4000))
}

fn textgrid() -> String {
    let mut text = String::from(
        "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n16\n<exists>\n2\n",
    );
    for side in ["客服", "客户"] {
        text += &format!("\"IntervalTier\"\n\"{side}\"\n0\n16\n4\n");
        text += &written(|n, name, said| {
            let said = if name == side { said } else { "" };
            format!("{}\n{}\n\"{said}\"\n", n * 4, n * 4 + 4)
        });
    }
    text
}

fn elan() -> String {
    let slot = |n: usize| {
        format!(
            "<TIME_SLOT TIME_SLOT_ID=\"s{n}\" TIME_VALUE=\"{}\"/>",
            n * 4000
        )
    };
    let slots: String = (0..5).map(slot).collect();
    let tier = |side: &str| {
        let own = written(|n, name, text| match name == side {
            true => format!(
                "<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1=\"s{n}\" TIME_SLOT_REF2=\"s{}\">\
                 <ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>",
                n + 1
            ),
            false => String::new(),
        });
        format!("<TIER TIER_ID=\"{side}\">{own}</TIER>")
    };
    let (staff, client) = (tier("客服"), tier("客户"));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT>\
         <TIME_ORDER>{slots}</TIME_ORDER>{staff}{client}</ANNOTATION_DOCUMENT>"
    )
}

/// Whisper's and FunASR's segments: the same keys, in seconds and in milliseconds.
fn segments(unit: usize, beside: &str) -> String {
    let segments: Vec<Value> = turns("SPEAKER_00", "SPEAKER_01")
        .into_iter()
        .map(|(n, name, text)| {
            json!({"start": n * 4 * unit, "end": (n * 4 + 3) * unit, "text": text, "speaker": name})
        })
        .collect();
    json!({"segments": segments, beside: 16.0, "language": "zh"}).to_string()
}

fn nls() -> String {
    let sentences: Vec<Value> = turns("0", "1")
        .into_iter()
        .map(|(n, track, text)| {
            let track: u8 = track.parse().expect("a number");
            json!({"BeginTime": n * 4000, "EndTime": n * 4000 + 3000, "Text": text, "ChannelId": track})
        })
        .collect();
    json!({"StatusText": "SUCCESS", "Result": {"Sentences": sentences}}).to_string()
}

fn lay_out(folder: &Path) {
    let clock = |n: usize, end: usize| format!("00:{:02}", n * 4 + end);
    let srt = written(|n, name, text| {
        let (start, end) = (clock(n, 0), clock(n, 3));
        format!(
            "{}\n00:{start},000 --> 00:{end},000\n{name}：{text}\n\n",
            n + 1
        )
    });
    let vtt = written(|n, name, text| {
        let (start, end) = (clock(n, 0), clock(n, 3));
        format!("{start}.000 --> {end}.000\n<v {name}>{text}</v>\n\n")
    });
    let html = written(|_, name, text| format!("<tr><td>{name}</td><td>{text}</td></tr>\n"));
    let utterance = |n: usize| format!("call-{n} {n}");
    let kaldi = written(|n, _, text| format!("{} {text}\n", &utterance(n)[..6]));
    let places = written(|n, _, _| format!("call-{n} call {}.0 {}.0\n", n * 4, n * 4 + 3));
    let speakers = written(|n, name, _| format!("call-{n} {name}\n"));
    let plain = written(|_, name, text| format!("{name}：{text}\r\n"));
    let packed = [
        ("周一/nls.json", nls()),
        ("周一/talk.vtt", format!("WEBVTT\n\n{vtt}")),
    ];
    let tall = "角色,開始時間(ms),內容\r\n客服,0,您好，請問辦什麼業務？\r\n客戶,4000,我來辦提取，要帶什麼？\r\n";
    let whisper = segments(1, "duration");
    let funasr = zstd::encode_all(segments(1000, "audio_duration_s").as_bytes(), 1);
    let files: [(&str, Vec<u8>); 16] = [
        ("01.jsonl", gb18030(&own())),
        ("02.srt", utf16(&srt, u16::to_le_bytes)),
        ("03.xlsx", workbook()),
        ("04.csv", gb18030(&csv("角色,开始时间(ms),内容\r\n"))),
        ("05.TextGrid", utf16(&textgrid(), u16::to_be_bytes)),
        ("06.json.gz", gz(&whisper)),
        ("07.txt", format!("\u{feff}{plain}").into_bytes()),
        ("08.zip", zip(&packed)),
        ("09.json.zst", funasr.expect("memory takes it")),
        ("10.eaf", elan().into_bytes()),
        ("11.csv", BIG5.encode(tall).0.into_owned()),
        ("12.json", whisper[..whisper.len() / 2].into()),
        ("13/text", kaldi.into_bytes()),
        ("13/segments", places.into_bytes()),
        ("13/utt2spk", speakers.into_bytes()),
        (
            "14.xls",
            format!("<table>\n<tr><th>角色</th><th>内容</th></tr>\n{html}</table>").into_bytes(),
        ),
    ];
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder");
        fs::write(path, bytes).expect("a file can be written");
    }
}

/// The exit status, and what was written to both.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_liyan"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("it is UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn one_run_reads_it_all_and_says_what_was_read_how() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    lay_out(folder.path());
    for (lang, expected) in [("en", EN), ("zh", ZH)] {
        let arguments = ["check", ".", "--lang", lang, "--format", "jsonl"];
        let (status, lines, told) = run(folder.path(), &arguments);
        assert_eq!(told, expected);
        assert_eq!(status, Some(3));
        assert_eq!(lines.lines().count(), 13);
    }
}

#[test]
fn it_is_the_same_talk_in_every_form() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    lay_out(folder.path());
    let arguments = ["convert", ".", "--to", "jsonl", "--staff", "SPEAKER_00,0"];
    let (_, lines, _) = run(folder.path(), &arguments);
    let mut different = Vec::new();
    for line in lines.lines() {
        let talk: Value = serde_json::from_str(line).expect("JSON");
        let turns = talk["turns"].as_array().expect("a list").iter();
        let word = |turn: &Value, key: &str| turn[key].as_str().unwrap_or_default().to_owned();
        let turns: Vec<_> = turns
            .map(|turn| (word(turn, "role"), word(turn, "text")))
            .collect();
        let starts = talk["turns"][1]["start"].as_f64();
        let same = turns.iter().map(|(role, text)| (&**role, &**text)).eq(TALK);
        if !same || starts.is_some_and(|start| start != 4.0) {
            different.push(line.to_owned());
        }
    }
    assert_eq!(different, Vec::<String>::new());
    assert_eq!(lines.lines().count(), 13);
}

#[test]
fn what_is_read_on_request_is_read_then() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    lay_out(folder.path());
    let arguments = ["convert", "11.csv", "--to", "text", "--encoding", "big5"];
    let (status, text, told) = run(folder.path(), &arguments);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    assert!(text.contains("您好，請問辦什麼業務？"), "{text}");
}

const EN: &str = "\
error[unsure-encoding]: not UTF-8; it looks like Big5, but that isn't certain
--> ./11.csv
\x20= help: name the encoding with --encoding, for example --encoding big5 or
         --encoding gb18030
error[truncated]: breaks off at character 161; the JSON isn't finished
--> ./12.json:1
\x20= help: a copy or download probably stopped half-way; fetch it again
Files read: 14, conversations: 13 · jsonl 1 (GB18030 1) · text 1
srt 1 (UTF-16LE 1) · vtt 1 · csv 1 (GB18030 1) · textgrid 1 (UTF-16BE 1) · eaf 1
kaldi 1 · html-table 1 · xlsx 1 · nls 1 · whisper 2 · funasr 1
Could not be read: 2 (see above). Conversations judged all the same: 13.
";
const ZH: &str = "\
错误[unsure-encoding]: 不是 UTF-8，看着像 Big5，拿不准
--> ./11.csv
\x20= 办法: 用 --encoding 写明编码，例如 --encoding big5 或 --encoding gb18030
错误[truncated]: 到第 161 个字符就断了，JSON 没有写完
--> ./12.json:1
\x20= 办法: 多半是复制或下载没有完成，请重新取一次
读了 14 个文件，13 段对话 · jsonl 1（GB18030 1） · text 1 · srt 1（UTF-16LE 1）
vtt 1 · csv 1（GB18030 1） · textgrid 1（UTF-16BE 1） · eaf 1 · kaldi 1
html-table 1 · xlsx 1 · nls 1 · whisper 2 · funasr 1
有 2 处读不了（见上）；其余 13 段对话已照常评判。
";
