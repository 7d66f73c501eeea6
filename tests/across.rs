//! What only many conversations show, on data made for it: article 10 (the same for
//! stranger and friend, busy and quiet, praise and blame), articles 45 and 47 (complaints
//! that nobody reported back on), article 50 (talk from before a standard is in force).
//!
//! `LIYAN_BLESS=1 cargo test --test across` writes the reports anew; read the diff.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

fn liyan(folder: &Path, lang: &str, arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_liyan"))
        .current_dir(folder)
        .args(arguments)
        .args(["--lang", lang])
        .env("COLUMNS", "80")
        .output()
        .expect("the program starts");
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(0), "{arguments:?}: {told}");
    String::from_utf8(run.stdout).expect("reports are UTF-8")
}

#[test]
fn each_report_says_what_its_data_was_made_for() {
    let mut stale = Vec::new();
    for (name, book) in [
        ("alike", "qinzhou-2014"),
        ("complaints", "qinzhou-2014"),
        ("in-force", "qinzhou-lingshan"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let talk = root(&format!("corpora/reports/{name}.jsonl"));
        let talk = talk.to_str().expect("a path in UTF-8");
        let book = ["--phrasebook", book];
        let check = [
            "check",
            talk,
            "--quiet",
            "--out",
            "assessed.jsonl",
            book[0],
            book[1],
        ];
        liyan(folder.path(), "en", &check);
        for lang in ["en", "zh"] {
            let report = ["report", "assessed.jsonl", book[0], book[1]];
            let told = liyan(folder.path(), lang, &report);
            let path = root(&format!("tests/across/{name}.{lang}.txt"));
            if std::env::var_os("LIYAN_BLESS").is_some() {
                fs::write(&path, &told).expect("it can be written");
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if told != expected {
                stale.push(format!("{}:\n{told}", path.display()));
            }
        }
    }
    assert!(stale.is_empty(), "{}", stale.join("\n"));
}
