//! What is compressed is read as what it was, a zip as a folder, and neither can take
//! more memory or time than it deserves.

mod program;

use flate2::Compression;
use flate2::write::GzEncoder;
use program::{Run, liyan};
use std::fs;
use std::io::{Cursor, Write};
use std::process::Stdio;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn talk(id: &str) -> Vec<u8> {
    format!(r#"{{"id":"{id}","channel":"counter","turns":[{{"role":"staff","text":"您好"}}]}}"#)
        .into_bytes()
}

fn text() -> Vec<u8> {
    "客服：您好".into()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("memory takes it")
}

fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    zip_by(CompressionMethod::Deflated, files)
}

fn zip_by(method: CompressionMethod, files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in files {
        writer.start_file(*name, options).expect("memory takes it");
        writer.write_all(bytes).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

/// The same with other bytes in the place of some, of which there are as many.
fn replaced(bytes: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut bytes = bytes;
    let at = |bytes: &[u8]| bytes.windows(old.len()).position(|piece| piece == old);
    while let Some(at) = at(&bytes) {
        bytes[at..at + new.len()].copy_from_slice(new);
    }
    bytes
}

struct Case {
    name: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
    expected: Run,
}

fn cases() -> Vec<Case> {
    let case = |name, file, bytes, status, ids: &[&str], problems: &[&str]| Case {
        name,
        file,
        bytes,
        expected: Run::new(status, ids, problems),
    };
    let lines = [talk("a"), talk("b")].join(&b'\n');
    let folder = zip(&[
        ("b/2.txt", text()),
        ("b/10.jsonl", talk("ten")),
        ("__MACOSX/._a.txt", b"\0\x05\x16".to_vec()),
        (".hidden.txt", text()),
        ("notes.docx", b"PK".to_vec()),
        ("a.txt", text()),
        ("empty.txt", Vec::new()),
    ]);
    let gbk = zip_by(CompressionMethod::Stored, &[("xxxx/yy.txt", text())]);
    let gbk = replaced(gbk, b"xxxx/yy", b"\xc2\xbc\xd2\xf4/\xd2\xbb");
    let stored = zip_by(CompressionMethod::Stored, &[("a.txt", text())]);
    let damaged = replaced(stored, "您好".as_bytes(), "您坏".as_bytes());
    // The first flag of an entry says that it is encrypted.
    let locked = zip_by(CompressionMethod::Stored, &[("a.txt", text())]);
    let locked = replaced(locked, b"PK\x03\x04\x0a\0\0\0", b"PK\x03\x04\x0a\0\x01\0");
    let locked = replaced(locked, b"\x0a\0\0\0\0\0", b"\x0a\0\x01\0\0\0");
    let bomb = vec![b' '; 100 << 20];
    let long = [&talk("long")[..], b"\n", &bomb].concat();
    let twice = zip(&[("b.gz", gz(&text())), ("a.zip", zip(&[("a.txt", text())]))]);
    vec![
        case("lines", "a.jsonl.gz", gz(&lines), 0, &["a", "b"], &[]),
        case("lines", "a.jsonl.zst", zst(&lines), 0, &["a", "b"], &[]),
        case("text", "talk.txt.gz", gz(&text()), 0, &["talk:1"], &[]),
        case(
            "under another name",
            "talk.txt",
            gz(&text()),
            0,
            &["talk:1"],
            &[],
        ),
        case(
            "a folder",
            "a.zip",
            folder,
            3,
            &["a:1", "ten", "2:1"],
            &["empty-file a.zip/empty.txt"],
        ),
        case("names in GBK", "a.zip", gbk, 0, &["一:1"], &[]),
        case(
            "nothing to read",
            "a.zip",
            zip(&[("a.wav", vec![])]),
            2,
            &[],
            &["no-files a.zip"],
        ),
        case(
            "nothing at all",
            "a.zip",
            zip(&[]),
            2,
            &[],
            &["no-files a.zip"],
        ),
        case(
            "cut off",
            "a.jsonl.gz",
            gz(&lines)[..60].to_vec(),
            2,
            &[],
            &["bad-archive a.jsonl.gz"],
        ),
        case(
            "cut off",
            "a.zip",
            zip(&[("a.txt", text())])[..60].to_vec(),
            2,
            &[],
            &["bad-archive a.zip"],
        ),
        case(
            "a wrong checksum",
            "a.zip",
            damaged,
            2,
            &[],
            &["bad-archive a.zip/a.txt"],
        ),
        case(
            "locked",
            "a.zip",
            locked,
            2,
            &[],
            &["encrypted a.zip/a.txt"],
        ),
        case(
            "packed twice",
            "a.zip",
            twice,
            2,
            &[],
            &["nested-archive a.zip/a.zip", "nested-archive a.zip/b.gz"],
        ),
        case(
            "packed twice",
            "a.gz",
            gz(&gz(&text())),
            2,
            &[],
            &["nested-archive a.gz"],
        ),
        case(
            "a bomb behind a line",
            "a.jsonl.zst",
            zst(&long),
            3,
            &["long"],
            &["inflates-too-much a.jsonl.zst:2"],
        ),
        case(
            "a bomb in an archive",
            "a.zip",
            zip(&[
                ("a.jsonl", talk("a")),
                ("b.jsonl", long.clone()),
                ("c.jsonl", talk("c")),
            ]),
            3,
            &["a", "long"],
            &[
                "inflates-too-much a.zip/b.jsonl:2",
                "inflates-too-much a.zip/c.jsonl",
            ],
        ),
        case(
            "a recording",
            "a.txt",
            b"RIFF\0\0\0\0WAVEfmt ".to_vec(),
            2,
            &[],
            &["not-text a.txt"],
        ),
        case(
            "another archive",
            "a.txt",
            b"Rar!\x1a\x07\0".to_vec(),
            2,
            &[],
            &["not-text a.txt"],
        ),
        case(
            "a document that nobody reads",
            "a.docx",
            zip(&[
                ("[Content_Types].xml", vec![]),
                ("word/document.xml", vec![]),
            ]),
            2,
            &[],
            &["not-text a.docx"],
        ),
    ]
}

#[test]
fn what_is_packed_is_read_as_what_it_was() {
    let mut wrong = Vec::new();
    for case in cases() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join(case.file), &case.bytes).expect("a file");
        let run = Run::of(&mut liyan(folder.path(), &[case.file]));
        if run != case.expected {
            wrong.push(format!(
                "{}: {run:#?}\nexpected {:#?}",
                case.name, case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_packed_comes_through_a_pipe_as_well() {
    let packed = [
        (gz(&talk("a")), "a"),
        (zst(&talk("a")), "a"),
        (zip(&[("b.txt", text())]), "b:1"),
    ];
    for (bytes, id) in packed {
        let mut command = liyan(std::path::Path::new("."), &["-"]);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("it is piped");
        stdin.write_all(&bytes).expect("it reads");
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(Run::ended(&output), Run::new(0, &[id], &[]));
    }
}

#[test]
fn folders_are_searched_for_what_is_packed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = [
        ("a.jsonl.gz", gz(&talk("a"))),
        ("b.zip", zip(&[("b.txt", text())])),
        ("c.tar.gz", gz(b"ustar")),
        ("d.zst", zst(&talk("d"))),
        ("e.gz", gz(&text())),
    ];
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let run = Run::of(&mut liyan(folder.path(), &["."]));
    assert_eq!(run, Run::new(0, &["a", "b:1", "d", "e:1"], &[]));
}
