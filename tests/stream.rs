//! A year of recordings goes through in order, in the same bytes whatever the number of
//! threads, and in memory that doesn't grow with it.
//!
//! One test and nothing beside it, since what it measures belongs to the process.

mod support;

use liyan::assessment::Assessment;
use liyan::checker::{Checker, StreamOptions};
use liyan::phrasebook::Phrasebook;
use liyan::report::wire;
use liyan::transcript::{Options, Records};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

const MANY: u64 = 20_000;

/// How much more memory than before the first conversation may ever be held. At most
/// three batches of 512 conversations are in hand: one being judged, one being read, and
/// the results of one on their way out. That is some 5 MiB as measured, and a margin for
/// what allocators keep for each thread; the bytes of the input alone are 24 MiB.
const BOUND: u64 = 16 << 20;

/// The phrasebook is a small one: what is tested doesn't depend on what is looked for,
/// and without optimisation the shipped one would take minutes.
fn checker() -> Checker {
    let phrasebook = Phrasebook::folder(&support::path("tests/cli/book")).expect("a folder");
    Checker::new(phrasebook.compile().expect("it has no faults"))
}

/// What came out: how many conversations, and what their bytes hash to.
fn check(checker: &Checker, path: &Path, threads: usize) -> (u64, u64) {
    let options = StreamOptions {
        threads: Some(threads),
        ..StreamOptions::default()
    };
    let (mut count, mut digest) = (0, DefaultHasher::new());
    let records = Records::new([path], std::io::empty(), Options::default());
    let render = |checked: liyan::checker::Checked| {
        let mut line = Vec::new();
        wire::write_line(&checked.assessment, &mut line);
        (checked.place.line, checked.assessment, line)
    };
    checker
        .check_records(records, options, render, |result| {
            let (line, assessment, bytes): (u64, Assessment, Vec<u8>) =
                result.expect("what is generated can be read");
            assert_eq!((line, assessment.id), (count + 1, format!("g{count:08}")));
            digest.write(&bytes);
            count += 1;
            Ok(ControlFlow::Continue(()))
        })
        .expect("the sink doesn't fail");
    (count, digest.finish())
}

/// The most memory that this process has held since the last [`forget`], in bytes;
/// nothing where the system doesn't tell.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

/// Sets the peak back to what is held now. Where the system refuses, the peak of the
/// beginning stands, and growth can only come out smaller.
fn forget() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

#[test]
fn many_conversations_go_through_in_order_and_in_little_memory() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("many.jsonl");
    let given = support::conversations("corpora/labelled/practice");
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    liyan::generate::generate(&given, MANY, 1, &mut file).expect("it can be written");
    file.flush().expect("it can be written");
    drop((file, given));
    let checker = checker();

    forget();
    let before = peak();
    let by_one = check(&checker, &path, 1);
    let by_two = check(&checker, &path, 2);
    let after = peak();

    assert_eq!(by_one.0, MANY);
    assert_eq!(by_two, by_one, "the number of threads changes nothing");
    if let (Some(before), Some(after)) = (before, after) {
        let growth = after.saturating_sub(before);
        assert!(growth < BOUND, "{} MiB more than before", growth >> 20);
    }
}
