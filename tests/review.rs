//! Sheets for a person to fill in, and what follows from what comes back.

use encoding_rs::GB18030;
use liyan::phrasebook::Phrasebook;
use liyan::phrasebook::labels::{Labels, Lang};
use liyan::phrasebook::rules::Rules;
use liyan::report::views::Naming;
use liyan::report::wire::{Line, read_line};
use liyan::review::apply::{Reviewed, Standing};
use liyan::review::figures::Figures;
use liyan::review::grid::{self, GridProblem};
use liyan::review::read::Wanted;
use liyan::review::{Appeal, Choice, Decision, sheet, write};
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Read, Write};

fn rules() -> Rules {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/book");
    let phrasebook = Phrasebook::folder(path.as_ref()).expect("it can be read");
    phrasebook
        .compile()
        .unwrap_or_else(|_| panic!("it compiles"))
}

fn lines() -> Vec<Line<'static>> {
    let text = include_str!("cli/assessed/old.jsonl");
    text.lines()
        .map(|line| read_line(line).expect("a line"))
        .collect()
}

/// A sheet as CSV with these rows: key, decision, corrected, reviewer, appeal.
fn answers(rows: &[[&str; 5]]) -> Vec<u8> {
    let mut sheet = String::from("key,decision,should be,reviewer,appeal\n");
    for row in rows {
        sheet.push_str(&(row.join(",") + "\n"));
    }
    sheet.into_bytes()
}

/// What a file gives: decisions in short, and faults as row and code.
fn told(bytes: &[u8]) -> (Vec<String>, Vec<(u64, &'static str)>) {
    let mut wanted = Wanted::default();
    wanted.take("s", &grid::read(bytes).expect("tables"));
    for line in &lines() {
        wanted.see(line);
    }
    let decisions = wanted.decide(&rules(), &Labels::builtin(Lang::En));
    let decisions = decisions.iter().map(|(_, of)| {
        let verdict = |of: Option<liyan::Verdict>| of.map_or("none", liyan::Verdict::name);
        let choice = of.choice.map_or("-", Choice::name);
        let appeal = of.appeal.map_or("-", Appeal::name);
        let (was, is) = (verdict(of.was), verdict(of.is));
        format!("{} {} {was} {choice} {is} {appeal}", of.id, of.clause)
    });
    let decisions = decisions.collect();
    let faults = wanted.problems.iter().map(|of| (of.place.row, of.code));
    (decisions, faults.collect())
}

#[test]
fn rows_become_decisions_or_faults_with_their_place() {
    let rows = [
        ["curt#1.1", "confirm", "", "", ""],
        ["curt#2.1", "overturn", "", "", ""],
        ["second#3.1", "OVERTURN", "", "", ""],
        ["second#1.1", "改判", "不涉及", "", ""],
        ["papers#2.1", "overturn", "missed", "", ""],
        ["papers#3.1", "unsure", "", "", "待处理"],
        ["good#2.1", "overturn", "missed", "", ""],
        ["named#1.1", "", "", "", "open"],
        ["named#2.1", "", "", "", ""],
        ["hotline#1.1", "confirm", "met", "", "rejected"],
        ["curt#1.1", "overturn", "", "韦", "upheld"],
        // Faults from here on, in rows 13 and following.
        ["curt#1.1", "yes", "", "", ""],
        ["curt#1.1", "overturn", "splendid", "", ""],
        ["curt#1.1", "confirm", "", "", "lost"],
        ["nobody#1.1", "confirm", "", "", ""],
        ["curt#9.9", "confirm", "", "", ""],
        ["curt#1.1", "confirm", "met", "a", ""],
        ["curt#1.1", "overturn", "missed", "b", ""],
        ["curt#1.1", "overturn", "breached", "c", ""],
        ["second#3.1", "overturn", "met", "d", ""],
        ["good#1.1", "overturn", "", "e", ""],
        ["curt#1.1", "confirm", "", "f", "upheld"],
        ["curt#1.1", "", "met", "g", ""],
        ["curt#1.1", "confirm", "", "", ""],
        ["curt", "confirm", "", "", ""],
    ];
    let (decisions, faults) = told(&answers(&rows));
    let expected = [
        "curt 1.1 missed confirm missed -",
        "curt 2.1 missed overturn met -",
        "second 3.1 breached overturn none -",
        "second 1.1 missed overturn none -",
        "papers 2.1 partial overturn missed -",
        "papers 3.1 breached unsure breached open",
        "good 2.1 none overturn missed -",
        "named 1.1 met - met open",
        "hotline 1.1 met confirm met rejected",
        "curt 1.1 missed overturn met upheld",
    ];
    assert_eq!(decisions, expected);
    let expected = [
        (13, "unknown-decision"),
        (14, "unknown-verdict"),
        (15, "unknown-appeal"),
        (16, "unknown-conversation"),
        (17, "unknown-finding"),
        (18, "contradiction"),
        (19, "contradiction"),
        (20, "wrong-verdict"),
        (21, "wrong-verdict"),
        (22, "needs-verdict"),
        (23, "contradiction"),
        (24, "no-decision"),
        (25, "decided-twice"),
        (26, "unknown-finding"),
    ];
    assert_eq!(faults, expected);
}

#[test]
fn a_sheet_of_other_assessments_is_refused_row_by_row() {
    let sheet = "id,clause,verdict,decision,phrasebook\n\
        curt,1.1,missed,confirm,small@0.1.0\n\
        curt,2.1,met,confirm,small@0.1.0\n\
        papers,2.1,不完整,确认,small@0.2.0\n";
    let (decisions, faults) = told(sheet.as_bytes());
    assert_eq!(decisions, ["curt 1.1 missed confirm missed -"]);
    assert_eq!(faults, [(3, "other-verdict"), (4, "drawn-from-other")]);
    let (_, faults) = told(b"a,b,c\n1,2,3\n");
    assert_eq!(faults, [(0, "no-review-columns")]);
}

#[test]
fn encodings_and_separators_of_spreadsheets_are_read() {
    let text = "标识,复核,改判为\r\ncurt#1.1,改判,不涉及\r\n";
    let expected = ["curt 1.1 missed overturn none -"];
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let cases = [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        GB18030.encode(text).0.into_owned(),
        text.replace(',', ";").into_bytes(),
        text.replace(',', "\t").into_bytes(),
        utf16,
    ];
    for (number, bytes) in cases.iter().enumerate() {
        assert_eq!(told(bytes).0, expected, "{number}");
    }
}

/// All rows that the assessments have.
fn rows(naming: &Naming<'_>) -> write::Rows {
    let mut rows = Vec::new();
    for line in &lines() {
        rows.extend(line.verdicts.iter().map(|of| sheet::row(line, of, naming)));
    }
    rows
}

#[test]
fn what_is_written_is_read_in_either_language() {
    let rules = rules();
    for lang in Lang::ALL {
        let labels = Labels::builtin(lang);
        let naming = Naming::new(&rules, &labels);
        let rows = rows(&naming);
        let workbook = write::workbook(&rows, &naming).expect("it fits");
        assert_eq!(workbook, write::workbook(&rows, &naming).expect("it fits"));
        let from_csv = grid::read(&write::csv(&rows, &naming)).expect("a table");
        let from_workbook = grid::read(&workbook).expect("tables");
        assert_eq!(from_workbook.len(), 2, "the sheet, and how to fill it in");
        // Empty cells at the end of a row are there in CSV alone.
        let texts = |grid: &grid::Grid| -> Vec<Vec<String>> {
            let rows = grid.rows.iter().map(|(_, row)| {
                let last = row.iter().rposition(|cell| !cell.is_empty());
                row[..last.map_or(0, |last| last + 1)].to_vec()
            });
            rows.collect()
        };
        assert_eq!(texts(&from_csv[0]), texts(&from_workbook[0]));
        assert_eq!(from_csv[0].rows.len(), rows.len() + 1);
    }
}

#[test]
fn a_workbook_that_was_filled_in_is_read() {
    let mut book = Workbook::new();
    book.add_worksheet()
        .write_string(0, 0, "notes")
        .expect("a cell");
    let sheet = book.add_worksheet();
    sheet.set_name("复核").expect("a name");
    for (column, heading) in (0u16..).zip(["备注", "标识", "复核", "改判为"]) {
        sheet.write_string(0, column, heading).expect("a cell");
    }
    for (row, [key, decision]) in [(1, ["curt#1.1", "确认"]), (70_000, ["papers#2.1", "改判"])]
    {
        sheet.write_string(row, 1, key).expect("a cell");
        sheet.write_string(row, 2, decision).expect("a cell");
    }
    sheet.write_string(9, 1, "nobody#1.1").expect("a cell");
    sheet.write_number(9, 2, 7.0).expect("a cell");
    let (decisions, faults) = told(&book.save_to_buffer().expect("a workbook"));
    let expected = [
        "curt 1.1 missed confirm missed -",
        "papers 2.1 partial overturn met -",
    ];
    assert_eq!(decisions, expected);
    assert_eq!(faults, [(10, "unknown-conversation")]);
}

#[test]
fn nothing_from_a_transcript_is_run() {
    let rules = rules();
    let labels = Labels::builtin(Lang::En);
    let naming = Naming::new(&rules, &labels);
    let hostile = "=cmd|' /C calc'!A0\u{202e}\n\u{1b}";
    let mut line = lines().remove(2);
    line.id = hostile.into();
    line.about.agent = Some("@SUM(A1)".into());
    line.about.branch = Some("＝1+1".into());
    let rows: write::Rows = line
        .verdicts
        .iter()
        .map(|of| sheet::row(&line, of, &naming))
        .collect();
    let csv = String::from_utf8(write::csv(&rows, &naming)).expect("UTF-8");
    let shown = "=cmd|' /C calc'!A0�␊␛";
    assert!(
        csv.contains(&format!("\n'{shown},,'＝1+1,'@SUM(A1),")),
        "{csv}"
    );
    let workbook = write::workbook(&rows, &naming).expect("it fits");
    let mut archive = zip::ZipArchive::new(Cursor::new(&workbook)).expect("an archive");
    for at in 0..archive.len() {
        let mut part = String::new();
        let mut entry = archive.by_index(at).expect("a part");
        let name = entry.name().expect("a name").into_owned();
        entry.read_to_string(&mut part).expect("XML");
        // The lists to choose from are formulas to the format, and ours.
        let rest = part.replace("<formula1>\"", "");
        assert!(
            !rest.contains("<f>") && !rest.contains("<formula"),
            "{name}"
        );
        assert!(!part.contains("<hyperlink"), "{name}");
    }
    // And such an id still finds its conversation.
    let key = sheet::key(hostile, "1.1");
    for bytes in [write::csv(&rows, &naming), workbook] {
        let grids = grid::read(&bytes).expect("tables");
        let last = grids[0].rows[1].1.last().map(String::as_str);
        assert_eq!(last, Some(key.as_str()));
    }
}

/// An archive with a worksheet of this XML.
fn archive(sheet: &[u8]) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet();
    let plain = book.save_to_buffer().expect("a workbook");
    let mut from = zip::ZipArchive::new(Cursor::new(plain)).expect("an archive");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for at in 0..from.len() {
        let mut entry = from.by_index(at).expect("a part");
        let name = entry.name().expect("a name").into_owned();
        to.start_file(&name, options).expect("a part");
        if name.ends_with("sheet1.xml") {
            to.write_all(sheet).expect("memory");
        } else {
            std::io::copy(&mut entry, &mut to).expect("memory");
        }
    }
    to.finish().expect("memory").into_inner()
}

#[test]
fn workbooks_that_would_burst_are_refused() {
    let sparse = br#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>
        <row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>b</t></is></c></row>
        </sheetData></worksheet>"#;
    let grids = grid::read(&archive(sparse)).expect("two cells are no burden");
    assert_eq!(
        grids[0].rows,
        [(1, vec!["a".to_owned()])],
        "the far one isn't read"
    );
    let bomb = archive(&vec![b' '; 300 << 20]);
    assert!(bomb.len() < 1 << 20, "it is small: {}", bomb.len());
    let refused = grid::read(&bomb);
    assert_eq!(refused, Err(GridProblem::TooLarge { limit: 256 << 20 }));
    let damaged = grid::read(b"PK\x03\x04 and nothing else");
    assert!(
        matches!(damaged, Err(GridProblem::NotAWorkbook { .. })),
        "{damaged:?}"
    );
    let old = grid::read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on");
    assert_eq!(old, Err(GridProblem::OldWorkbook));
}

fn decision(id: &str, clause: &str, was: Option<&str>, is: Option<&str>) -> Decision {
    let verdict = |name: Option<&str>| name.and_then(liyan::Verdict::from_name);
    let (was, is) = (verdict(was), verdict(is));
    Decision {
        id: id.to_owned(),
        clause: clause.to_owned(),
        phrasebook: "small@0.1.0".to_owned(),
        was,
        choice: Some(match was == is {
            true => Choice::Confirm,
            false => Choice::Overturn,
        }),
        is,
        reviewer: String::new(),
        comment: String::new(),
        appeal: None,
    }
}

#[test]
fn scores_follow_the_verdicts() {
    type Case<'a> = (&'a str, &'a str, Option<&'a str>, Option<&'a str>, f64);
    let cases: [Case<'_>; 7] = [
        ("curt", "1.1", Some("missed"), Some("missed"), 60.0),
        ("curt", "1.1", Some("missed"), Some("met"), 80.0),
        ("curt", "2.1", Some("missed"), None, 80.0),
        ("curt", "2.1", Some("missed"), Some("partial"), 70.0),
        ("second", "3.1", Some("breached"), None, 80.0),
        ("good", "2.1", None, Some("missed"), 80.0),
        // What isn't what it was when it was decided stays.
        ("curt", "1.1", Some("partial"), Some("met"), 60.0),
    ];
    let rules = rules();
    for (id, clause, was, is, score) in cases {
        let mut standing = Standing::default();
        standing.take(decision(id, clause, was, is));
        let mut reviewed = Reviewed::new(&rules, &standing);
        let mut line = lines()
            .into_iter()
            .find(|line| line.id == id)
            .expect("it is there");
        let notes = line.notes.len();
        let before = line.clone();
        reviewed.correct(&mut line);
        assert_eq!(line.score, Some(score), "{id} {clause} {is:?}");
        if before.score == line.score {
            assert_eq!(line, before);
            continue;
        }
        let verdict = line.verdicts.iter().find(|of| of.clause == clause);
        assert_eq!(verdict.map(|of| &*of.verdict), is);
        let note = line
            .notes
            .last()
            .map(|note| (&*note.kind, note.detail.to_string()));
        let name = |verdict: Option<&str>| verdict.unwrap_or("none").to_owned();
        let detail = format!("{clause} {} → {}", name(was), name(is));
        assert_eq!(
            (line.notes.len(), note),
            (notes + 1, Some(("overturned", detail)))
        );
        assert_eq!((reviewed.conversations, reviewed.corrected), (1, 1));
    }
}

#[test]
fn the_last_word_stands_and_appeals_stay_open_until_settled() {
    let mut standing = Standing::default();
    let with = |choice, appeal| Decision {
        choice,
        appeal,
        ..decision("curt", "1.1", Some("missed"), Some("missed"))
    };
    let now = |standing: &Standing| {
        let one = standing.all().next().expect("there is one");
        (one.choice, one.appeal)
    };
    let steps = [
        (Some(Choice::Unsure), None, (Some(Choice::Unsure), None)),
        (Some(Choice::Confirm), None, (Some(Choice::Confirm), None)),
        (Some(Choice::Unsure), None, (Some(Choice::Confirm), None)),
        (
            None,
            Some(Appeal::Open),
            (Some(Choice::Confirm), Some(Appeal::Open)),
        ),
        (
            Some(Choice::Confirm),
            None,
            (Some(Choice::Confirm), Some(Appeal::Open)),
        ),
        (
            Some(Choice::Overturn),
            Some(Appeal::Upheld),
            (Some(Choice::Overturn), Some(Appeal::Upheld)),
        ),
    ];
    for (choice, appeal, expected) in steps {
        standing.take(with(choice, appeal));
        assert_eq!(now(&standing), expected);
    }
    assert_eq!(standing.appeals(), [0, 1, 0]);
}

#[test]
fn figures_say_which_wordings_need_work() {
    let line = lines().remove(5);
    let judged = &line.verdicts[1];
    assert_eq!((&*judged.clause, &*judged.verdict), ("2.1", "partial"));
    let mut figures = Figures::default();
    for (number, is) in ["met", "met", "partial"].into_iter().enumerate() {
        let decision = decision(&number.to_string(), "2.1", Some("partial"), Some(is));
        let answers = ["不好意思，您还缺结婚证".to_owned()];
        figures.add(&decision, Some(judged), &answers);
    }
    let one_wrong = decision("a", "1.1", Some("missed"), Some("met"));
    figures.add(&one_wrong, None, &[]);
    let needy = figures.needs_work();
    // One wrong verdict alone doesn't make a wording bad.
    assert_eq!(needy.len(), 1);
    assert_eq!(
        (needy[0].clause.as_str(), needy[0].tally.overturned),
        ("2.1", 2)
    );
    assert_eq!(
        needy[0].turns,
        [("partial".to_owned(), "met".to_owned(), 2)]
    );
    let words = &needy[0].words[0];
    assert_eq!(
        (words.text.as_str(), words.overturned, words.decided),
        ("不好意思", 2, 3)
    );
    let unheard = [("不好意思，您还缺结婚证".to_owned(), 2)];
    assert_eq!(needy[0].unheard, unheard);
    assert_eq!(figures.total.precision(), Some(0.25));
    // Two people on the same two verdicts: they agree on one.
    for (reviewer, verdicts) in [("a", ["met", "partial"]), ("b", ["met", "missed"])] {
        for (id, is) in ["x", "y"].into_iter().zip(verdicts) {
            figures.hear(&Decision {
                reviewer: reviewer.to_owned(),
                ..decision(id, "2.1", Some("partial"), Some(is))
            });
        }
    }
    figures.compare_reviewers();
    assert_eq!(figures.pairs(), 2);
    assert!((figures.between.kappa() - 1.0 / 3.0).abs() < 1e-9);
}
