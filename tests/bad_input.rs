//! Whatever is wrong with a piece of input, the rest is judged, the message names the
//! place, and the exit status says how much could be read.

mod program;

use program::{Run, liyan};
use std::fs;
use std::path::Path;

/// A line that can be judged.
fn good(id: impl std::fmt::Display) -> String {
    format!(r#"{{"id":"{id}","channel":"counter","turns":[{{"role":"staff","text":"您好"}}]}}"#)
        + "\n"
}

/// Files to lay out, arguments, and what must come of them: the status, the ids of the
/// conversations judged, and the problems as `code place`.
struct Case {
    name: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
    paths: &'static [&'static str],
    status: i32,
    ids: Vec<String>,
    problems: &'static [&'static str],
}

fn case(
    name: &'static str,
    files: impl IntoIterator<Item = (&'static str, Vec<u8>)>,
    paths: &'static [&'static str],
    status: i32,
    ids: &[&str],
    problems: &'static [&'static str],
) -> Case {
    Case {
        name,
        files: files.into_iter().collect(),
        paths,
        status,
        ids: ids.iter().map(|id| (*id).to_owned()).collect(),
        problems,
    }
}

fn jsonl(lines: &[&str]) -> (&'static str, Vec<u8>) {
    ("a.jsonl", lines.concat().into_bytes())
}

fn damaged_lines() -> Vec<Case> {
    let (one, two) = (good("one"), good("two"));
    let mut fifty: Vec<u8> = (1..=50).flat_map(|id| good(id).into_bytes()).collect();
    let at = fifty
        .split(|byte| *byte == b'\n')
        .take(36)
        .map(|line| line.len() + 1);
    let at: usize = at.sum();
    fifty[at + 8] = 0xff;
    let others: Vec<String> = (1..=50)
        .filter(|id| *id != 37)
        .map(|id| id.to_string())
        .collect();
    let nested = "[".repeat(100_000);
    let closed = "]".repeat(100_000);
    let long = format!(r#"{{"id":"{}"}}"#, "x".repeat(20 << 20));
    let crowd = format!(r#"{{"turns":[{}{{}}]}}"#, "{},".repeat(20_000));
    let values = format!(r#"{{"tags":[{}0],"turns":[]}}"#, "0,".repeat(1 << 20));
    vec![
        case(
            "the last line is cut off",
            [jsonl(&[
                &one,
                &two,
                r#"{"id":"three","turns":[{"text":"您"#,
            ])],
            &["a.jsonl"],
            3,
            &["one", "two"],
            &["truncated a.jsonl:3"],
        ),
        Case {
            ids: others,
            ..case(
                "one line of fifty isn't UTF-8",
                [("a.jsonl", fifty)],
                &["a.jsonl"],
                3,
                &[],
                &["not-utf8 a.jsonl:37"],
            )
        },
        case(
            "wrong types",
            [jsonl(&[
                &one,
                "{\"turns\":\"您好\"}\n",
                "{\"turns\":[{\"text\":1}]}\n",
                "{\"turns\":[[]]}\n",
                "[]\n",
                "\"turns\"\n",
                "{\"turns\":[]}\n",
                &two,
            ])],
            &["a.jsonl"],
            3,
            &["one", "two"],
            &[
                "wrong-type a.jsonl:2",
                "wrong-type a.jsonl:3",
                "wrong-type a.jsonl:4",
                "wrong-type a.jsonl:5",
                "wrong-type a.jsonl:6",
                "no-turns a.jsonl:7",
            ],
        ),
        case(
            "a hundred thousand brackets where they matter",
            [jsonl(&[
                &one,
                &format!("{{\"turns\":{nested}{closed}}}\n"),
                &two,
            ])],
            &["a.jsonl"],
            3,
            &["one", "two"],
            &["too-deep a.jsonl:2"],
        ),
        case(
            "a hundred thousand brackets where nobody looks",
            [jsonl(&[
                &one.replace("\"id\"", &format!("\"x\":{nested}{closed},\"id\"")),
                &two,
            ])],
            &["a.jsonl"],
            0,
            &["one", "two"],
            &[],
        ),
        case(
            "a line of twenty megabytes",
            [jsonl(&[&one, &long, "\n", &two])],
            &["a.jsonl"],
            3,
            &["one", "two"],
            &["too-long a.jsonl:2"],
        ),
        case(
            "more turns than anybody takes, and more values than they need",
            [jsonl(&[&one, &crowd, "\n", &values, "\n", &two])],
            &["a.jsonl"],
            3,
            &["one", "two"],
            &["too-many-turns a.jsonl:2", "too-many-values a.jsonl:3"],
        ),
        case(
            "a key twice: the last counts",
            [jsonl(&[&one.replace(
                "\"id\"",
                "\"id\":\"first\",\"turns\":0,\"id\"",
            )])],
            &["a.jsonl"],
            0,
            &["one"],
            &[],
        ),
        case(
            "a line of another form",
            [jsonl(&[&one, "客服：您好\n", &two])],
            &["a.jsonl"],
            3,
            &["one", "two"],
            &["not-json a.jsonl:2"],
        ),
    ]
}

fn damaged_files() -> Vec<Case> {
    let good = |id: &str| good(id).into_bytes();
    let big5 = || b"\xab\xc8\xaa\x41\xa1\x47\xb1\x7a\xa6\x6e".to_vec();
    vec![
        case(
            "an empty file",
            [("a.jsonl", vec![])],
            &["a.jsonl"],
            2,
            &[],
            &["empty-file a.jsonl"],
        ),
        case(
            "an empty file beside a good one",
            [("a.jsonl", vec![]), ("b.jsonl", good("b"))],
            &["."],
            3,
            &["b"],
            &["empty-file ./a.jsonl"],
        ),
        case(
            "a missing file",
            [],
            &["none.jsonl"],
            2,
            &[],
            &["not-found none.jsonl"],
        ),
        case(
            "a missing file beside a good one",
            [("b.jsonl", good("b"))],
            &["none.jsonl", "b.jsonl", "none"],
            3,
            &["b"],
            &["not-found none.jsonl", "not-found none"],
        ),
        case(
            "a folder without transcripts",
            [("calls/a.wav", b"RIFF".to_vec())],
            &["calls"],
            2,
            &[],
            &["no-files calls"],
        ),
        case(
            "a folder without transcripts beside a good file",
            [("calls/a.wav", vec![]), ("b.jsonl", good("b"))],
            &["calls", "b.jsonl"],
            3,
            &["b"],
            &["no-files calls"],
        ),
        case(
            "a file in an encoding that is read only on request",
            [("a.txt", big5()), ("b.txt", "客服：您好".into())],
            &["."],
            3,
            &["b:1"],
            &["unsure-encoding ./a.txt"],
        ),
        case(
            "a file of another form",
            [
                ("a.json", b"{\n\"x\": 1\n}".to_vec()),
                ("b.jsonl", good("b")),
            ],
            &["."],
            3,
            &["b"],
            &["no-reader ./a.json"],
        ),
        case(
            "a name that would turn a terminal red",
            [("a\u{1b}[31m.jsonl", b"{\"turns\":[]}".to_vec())],
            &["a\u{1b}[31m.jsonl"],
            2,
            &[],
            &["no-turns a␛[31m.jsonl:1"],
        ),
    ]
}

#[test]
fn what_can_be_read_is_judged_and_the_rest_is_named() {
    let mut wrong = Vec::new();
    for case in damaged_lines().into_iter().chain(damaged_files()) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in &case.files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder");
            fs::write(path, bytes).expect("a file can be written");
        }
        let expected = Run {
            status: Some(case.status),
            ids: case.ids,
            problems: case
                .problems
                .iter()
                .map(|&problem| problem.to_owned())
                .collect(),
        };
        let run = Run::of(&mut liyan(folder.path(), case.paths));
        if run != expected {
            wrong.push(format!("{}:\n{run:#?}\nexpected {expected:#?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[cfg(unix)]
fn run(folder: &Path, paths: &[&str]) -> Run {
    Run::of(&mut liyan(folder, paths))
}

#[cfg(unix)]
#[test]
fn links_lead_nobody_in_a_circle() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("calls")).expect("a folder");
    fs::write(at("calls/good.jsonl"), good("good")).expect("a file");
    symlink(at("calls"), at("calls/again")).expect("a link");
    symlink(at("b.jsonl"), at("calls/a.jsonl")).expect("a link");
    symlink(at("calls/a.jsonl"), at("b.jsonl")).expect("a link");
    let expected = Run::new(0, &["good"], &[]);
    assert_eq!(run(folder.path(), &["calls"]), expected);
    let expected = Run::new(3, &["good"], &["unreadable b.jsonl"]);
    assert_eq!(
        run(folder.path(), &["b.jsonl", "calls/good.jsonl"]),
        expected
    );
}

#[cfg(unix)]
#[test]
fn nobody_waits_for_a_pipe_in_a_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("a.jsonl"))
        .status();
    assert!(made.expect("POSIX has mkfifo").success());
    fs::write(folder.path().join("b.jsonl"), good("b")).expect("a file");
    let expected = Run::new(3, &["b"], &["not-a-file ./a.jsonl"]);
    assert_eq!(run(folder.path(), &["."]), expected);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let secret = folder.path().join("a.jsonl");
    fs::write(&secret, good("secret")).expect("a file");
    fs::write(folder.path().join("b.jsonl"), good("b")).expect("a file");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).expect("its owner may");
    if fs::read(&secret).is_ok() {
        // Root reads everything.
        return;
    }
    let expected = Run::new(3, &["b"], &["unreadable ./a.jsonl"]);
    assert_eq!(run(folder.path(), &["."]), expected);
}

#[cfg(unix)]
#[test]
fn an_argument_may_be_any_bytes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let name = OsStr::from_bytes(b"a\xff.jsonl");
    fs::write(folder.path().join(name), good("a")).expect("a file");
    let run = Run::of(liyan(folder.path(), &[]).arg(name));
    assert_eq!(run, Run::new(0, &["a"], &[]));
}
