//! Several reports of one run, each in its file.

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const TALK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/talk");
const BOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/book");

fn liyan(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_liyan"))
        .current_dir(folder)
        .args(arguments)
        .args(["--lang", "en"])
        .output()
        .expect("the program starts")
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut all = vec!["check", "--phrasebook", BOOK, "--quiet"];
    all.extend(arguments);
    liyan(folder, &all)
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn day() -> String {
    format!("{TALK}/day.jsonl")
}

/// What lies in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).expect("a file")
}

#[test]
fn each_file_holds_what_its_format_alone_would() {
    let folder = folder();
    let folder = folder.path();
    let all = ["a.jsonl", "a.csv", "a.txt", "a"];
    let mut arguments = vec![day()];
    for name in all {
        arguments.extend(["--out".to_owned(), name.to_owned()]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let run = check(folder, &arguments);
    assert_eq!((run.status.code(), run.stdout), (Some(0), Vec::new()));
    for (name, format) in all
        .into_iter()
        .zip(["jsonl", "csv", "terminal", "terminal"])
    {
        let alone = check(folder, &[&day(), "--format", format]);
        assert!(alone.stdout == read(folder, name), "{name}");
        assert!(!alone.stdout.is_empty(), "{name}");
    }
}

#[test]
fn all_files_are_there_or_none() {
    let cases: [(&[&str], i32); 3] = [
        (&["--out", "a.jsonl", "--out", "no/where.csv"], 2),
        (&["--out", "a.csv", "--out", "."], 2),
        (&["--out", "a.csv", "--out", "./a.csv/b.csv"], 2),
    ];
    for (files, status) in cases {
        let folder = folder();
        let day = day();
        let mut arguments = vec![day.as_str()];
        arguments.extend(files);
        let run = check(folder.path(), &arguments);
        assert_eq!(run.status.code(), Some(status), "{files:?}");
        assert_eq!(names(folder.path()), Vec::<String>::new(), "{files:?}");
    }
}

const ASSESSED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/assessed");

#[test]
fn saved_lines_give_what_judging_gave() {
    let folder = folder();
    let folder = folder.path();
    let day = day();
    let judged = check(folder, &[&day, "--out", "a.jsonl", "--with-turns"]);
    assert_eq!(judged.status.code(), Some(0));
    for format in ["jsonl", "csv", "html"] {
        let mut arguments = vec![day.as_str(), "--format", format];
        if format == "jsonl" {
            arguments.push("--with-turns");
        }
        let first = check(folder, &arguments);
        let later = liyan(
            folder,
            &[
                "report",
                "a.jsonl",
                "--format",
                format,
                "--phrasebook",
                BOOK,
            ],
        );
        assert!(first.stdout == later.stdout, "{format}");
        assert_eq!(later.status.code(), Some(0), "{format}");
    }
}

#[test]
fn several_phrasebooks_are_told_apart_in_files_of_their_own() {
    let folder = folder();
    let folder = folder.path();
    let [old, new] = ["old", "new"].map(|name| format!("{ASSESSED}/{name}.jsonl"));
    let mut arguments = vec!["report", &old, &new, "--phrasebook", BOOK];
    arguments.extend(["--out", "m.html", "--out", "m.csv", "--out", "m"]);
    let run = liyan(folder, &arguments);
    assert_eq!(run.status.code(), Some(0));
    let expected = ["m.csv", "m.html", "m"].iter().flat_map(|name| {
        let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
        ["small@0.1.0", "small@0.2.0"].map(|book| {
            let name = format!("{stem}.{book}.{extension}");
            name.trim_end_matches('.').to_owned()
        })
    });
    let mut expected: Vec<String> = expected.collect();
    expected.sort();
    assert_eq!(names(folder), expected);

    // Standard output takes one page.
    let page = liyan(
        folder,
        &[
            "report",
            &old,
            &new,
            "--phrasebook",
            BOOK,
            "--format",
            "html",
        ],
    );
    let alone = liyan(
        folder,
        &["report", &old, "--phrasebook", BOOK, "--format", "html"],
    );
    assert_eq!(page.status.code(), Some(3));
    assert!(page.stdout == alone.stdout);
    let told = String::from_utf8_lossy(&page.stderr).into_owned();
    assert!(told.contains("name one with --out"), "{told}");
}

/// A talk in which everything that can be said is something that a spreadsheet, a
/// browser or a terminal would act on.
fn nasty() -> (Vec<&'static str>, String) {
    let texts = vec![
        "=1+1",
        "+SUM(A1)",
        "-1+2",
        "@cmd",
        "=HYPERLINK(\"http://a.b\",\"x\")",
        "＝1+1",
        "http://a.b/c",
        "mailto:a@b.c",
        "<script>alert(1)</script>",
        "&amp;|`*[x](y)",
        "_x0041_",
        "TRUE",
        "0123",
        "1e5",
    ];
    let lines = texts.iter().map(|text| {
        let line = serde_json::json!({
            "id": text, "channel": "counter", "agent": text, "branch": text, "business": text,
            "client": text, "complaint": text, "tags": [text], "started_at": "2026-03-02 09:15",
            "turns": [{"role": "staff", "text": format!("不归我管{text}")}],
        });
        format!("{line}\n")
    });
    let lines = lines.collect();
    (texts, lines)
}

#[test]
fn a_workbook_holds_what_things_are() {
    let folder = folder();
    let folder = folder.path();
    let (texts, lines) = nasty();
    fs::write(folder.join("nasty.jsonl"), lines).expect("a file");
    let run = check(folder, &["nasty.jsonl", "--no-redact", "--out", "a.xlsx"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    let mut book: Xlsx<_> = open_workbook(folder.join("a.xlsx")).expect("a workbook");
    let sheets = book.sheet_names();
    let expected = [
        "Summary",
        "Conversations",
        "Findings",
        "Clauses",
        "Clerks",
        "Branches",
        "Channels",
        "Business",
        "Weeks",
        "Clerks by clause",
        "Branches by clause",
    ];
    assert_eq!(sheets, expected);
    for sheet in &sheets {
        let formulas = book.worksheet_formula(sheet).expect("a sheet");
        assert_eq!(formulas.used_cells().count(), 0, "{sheet}");
    }
    let range = book.worksheet_range("Conversations").expect("a sheet");
    let mut rows = range.rows();
    let headings = rows.next().expect("headings");
    let column = |name: &str| {
        let place = headings.iter().position(|cell| cell == name);
        place.unwrap_or_else(|| panic!("no column {name}"))
    };
    for (row, text) in rows.zip(&texts) {
        for name in [
            "id",
            "clerk",
            "branch",
            "business",
            "client",
            "complaint",
            "tags",
        ] {
            assert_eq!(
                row[column(name)],
                Data::String((*text).to_owned()),
                "{name}"
            );
        }
        let Data::DateTime(began) = row[column("started")] else {
            panic!("{:?} is no moment", row[column("started")]);
        };
        assert_eq!(began.to_ymd_hms_milli(), (2026, 3, 2, 9, 15, 0, 0));
        assert_eq!(row[column("score")], Data::Float(30.0));
        assert_eq!(row[column("breached")], Data::Float(1.0));
        assert_eq!(row[column("result")], Data::String("fail".to_owned()));
    }
    let range = book.worksheet_range("Clauses").expect("a sheet");
    let rows: Vec<_> = range.rows().collect();
    let of = |clause: &str, name: &str| {
        let place = rows[0]
            .iter()
            .position(|cell| cell == name)
            .expect("a column");
        let row = rows.iter().find(|row| row[0] == clause).expect("a clause");
        row[place].clone()
    };
    assert_eq!(of("3.1", "rate"), Data::Float(1.0));
    assert_eq!(of("3.1", "arose"), Data::Float(14.0));

    let again = check(folder, &["nasty.jsonl", "--no-redact", "--out", "b.xlsx"]);
    assert_eq!(again.status.code(), Some(0));
    assert!(
        read(folder, "a.xlsx") == read(folder, "b.xlsx"),
        "the same bytes"
    );
}

#[test]
fn nothing_that_is_said_does_anything() {
    let folder = folder();
    let folder = folder.path();
    let (texts, lines) = nasty();
    fs::write(folder.join("nasty.jsonl"), lines).expect("a file");
    let mut arguments = vec!["nasty.jsonl", "--no-redact", "--view", "conversations"];
    for name in ["a.csv", "a.md", "a.xml"] {
        arguments.extend(["--out", name]);
    }
    assert_eq!(check(folder, &arguments).status.code(), Some(0));
    let csv = String::from_utf8(read(folder, "a.csv")).expect("UTF-8");
    let csv = csv.strip_prefix('\u{feff}').expect("a mark");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for (row, text) in reader.records().zip(&texts) {
        let row = row.expect("a row");
        assert_eq!(row[0].trim_start_matches('\''), *text);
        let starts = |cell: &str| cell.starts_with(['=', '+', '-', '@', '＝', '\t', '\r']);
        assert!(!row.iter().any(starts), "{row:?}");
    }
    let markdown = String::from_utf8(read(folder, "a.md")).expect("UTF-8");
    let mut marks = markdown.chars();
    let mut bare = String::new();
    while let Some(char) = marks.next() {
        match char {
            '\\' => drop(marks.next()),
            char => bare.push(char),
        }
    }
    for marks in ["<", "[", "`", "&", "://", "*x"] {
        assert!(!bare.contains(marks), "{marks}");
    }
    let xml = String::from_utf8(read(folder, "a.xml")).expect("UTF-8");
    assert!(!xml.contains("<script"));
    assert_eq!(
        xml.matches("<failure type=\"breached\"").count(),
        texts.len()
    );
}

#[test]
fn every_format_of_saved_lines_is_that_of_judging() {
    let folder = folder();
    let folder = folder.path();
    let day = day();
    let judged = check(folder, &[&day, "--out", "a.jsonl", "--with-turns"]);
    assert_eq!(judged.status.code(), Some(0));
    for format in ["xlsx", "markdown", "junit"] {
        let first = check(folder, &[&day, "--format", format]);
        let mut arguments = vec!["report", "a.jsonl", "--format", format];
        arguments.extend(["--phrasebook", BOOK]);
        let later = liyan(folder, &arguments);
        assert!(first.stdout == later.stdout, "{format}");
        assert!(!first.stdout.is_empty(), "{format}");
    }
}
