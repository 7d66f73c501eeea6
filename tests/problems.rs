//! Every fault of a phrasebook has a golden message, in both languages, in a folder
//! named for the fault: the files that differ from `base/`, and what is said of them.
//! `LIYAN_BLESS=1 cargo test --test problems` writes the messages anew; read the diff.

use liyan::phrasebook::Phrasebook;
use liyan::phrasebook::labels::{Labels, Lang};
use liyan::report::Problems;
use std::fs;
use std::path::{Path, PathBuf};

const WIDTH: usize = 80;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems")
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        let target = to.join(path.file_name().expect("entries have names"));
        if path.is_dir() {
            copy_tree(&path, &target);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}

/// The messages about `base/` with the files of `case` put over it; where the case has
/// a `supplement/`, about that, `base/` lying beside it with the files of the case's own
/// `base/` put over it.
fn messages(case: &Path, lang: Lang) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let supplement = case.join("supplement");
    let (base, over, checked) = match supplement.is_dir() {
        true => ("base", case.join("base"), "supplement"),
        false => ("", case.to_owned(), ""),
    };
    let base = folder.path().join(base);
    copy_tree(&root().join("base"), &base);
    if over.is_dir() {
        copy_tree(&over, &base);
    }
    if supplement.is_dir() {
        copy_tree(&supplement, &folder.path().join(checked));
    }
    if let Ok(without) = fs::read_to_string(case.join(".without")) {
        for path in without.lines() {
            fs::remove_file(base.join(path)).expect("base has the file");
        }
    }
    let problems = Phrasebook::folder(&folder.path().join(checked))
        .expect("the folder can be read")
        .problems();
    Problems {
        labels: &Labels::builtin(lang),
        width: WIDTH,
        colours: false,
    }
    .phrasebook(&problems)
}

#[test]
fn base_has_no_faults() {
    let problems = Phrasebook::folder(&root().join("base"))
        .expect("the folder can be read")
        .problems();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn each_fault_is_told_as_before() {
    let mut wrong = Vec::new();
    let mut cases: Vec<PathBuf> = fs::read_dir(root())
        .expect("the cases are there")
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.is_dir() && !path.ends_with("base"))
        .collect();
    cases.sort();
    for case in &cases {
        let name = case
            .file_name()
            .and_then(|name| name.to_str())
            .expect("names are UTF-8");
        for (lang, file) in [(Lang::Zh, "expected.zh.txt"), (Lang::En, "expected.en.txt")] {
            let got = messages(case, lang);
            let golden = case.join(file);
            if std::env::var_os("LIYAN_BLESS").is_some() {
                fs::write(&golden, &got).expect("a golden file can be written");
            }
            let wanted = fs::read_to_string(&golden).unwrap_or_default();
            if got != wanted {
                wrong.push(format!("{name}/{file}:\n{got}\nwanted:\n{wanted}"));
            }
        }
        let english = fs::read_to_string(case.join("expected.en.txt")).unwrap_or_default();
        let says_its_name = name == "ten-at-once" || english.contains(&format!("[{name}]"));
        if !says_its_name {
            wrong.push(format!(
                "{name}: the fault isn't the one that the folder is named for"
            ));
        }
    }
    assert!(cases.len() > 30, "the cases were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
