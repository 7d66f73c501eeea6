//! What a spreadsheet makes of hostile talk: LibreOffice opens the workbook and the tables,
//! and everything in them is text. Left out where there is no LibreOffice.

use std::fs;
use std::io::{Write as _, stderr};
use std::path::Path;
use std::process::{Command, Stdio};

const TALK: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/browser/talk/hostile.jsonl"
);

/// Opens a file and writes it as flat XML, in which every formula and link is named.
fn opened(folder: &Path, file: &str, how: &[&str]) -> String {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let run = Command::new("soffice")
        .current_dir(folder)
        .args([&profile, "--headless"])
        .args(how)
        .args(["--convert-to", "fods", "--outdir", "opened", file])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(run.expect("it starts").success(), "{file}");
    let name = Path::new(file).with_extension("fods");
    fs::read_to_string(folder.join("opened").join(name)).expect("it was opened")
}

#[test]
fn a_spreadsheet_takes_hostile_talk_for_text() {
    let is_there = Command::new("soffice")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    if is_there.is_err() {
        // Past the test harness, which shows what a test prints only where it fails.
        let told = "\n!!! NOT TESTED: workbooks in LibreOffice. There is no soffice.\n\n";
        let _ = stderr().write_all(told.as_bytes());
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mut check = Command::new(env!("CARGO_BIN_EXE_liyan"));
    check
        .current_dir(folder)
        .args(["check", TALK, "--quiet", "--no-redact", "--lang", "en"]);
    for file in ["book.xlsx", "verdicts.csv"] {
        check.args(["--out", file]);
    }
    assert_eq!(check.status().expect("it starts").code(), Some(0));
    // Without a screen it doesn't look at the byte order mark, so the encoding is named.
    for (file, how) in [
        ("book.xlsx", &[][..]),
        ("verdicts.csv", &["--infilter=CSV:44,34,76,1"]),
    ] {
        let sheets = opened(folder, file, how);
        // In a table the apostrophe is what makes a text of it.
        let sheets = sheets.replace("<text:p>&apos;", "<text:p>");
        for text in [
            "<text:p>&lt;/script&gt;&lt;b&gt;id&lt;/b&gt;<",
            "<text:p>=HYPERLINK(&quot;http://x&quot;)<",
            "<text:p>=1+1 +cmd|&apos; /C calc&apos;!A0 @SUM(1) -1<",
            "<text:p>&lt;i&gt;城南&lt;/i&gt;<",
        ] {
            assert!(sheets.contains(text), "{file} has no {text}");
        }
        for acting in ["table:formula", "<text:a ", "\u{202e}", "\u{1b}"] {
            assert!(!sheets.contains(acting), "{file} has {acting:?}");
        }
    }
}
