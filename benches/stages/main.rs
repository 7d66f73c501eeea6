//! What each floor costs by itself, and what hangs on form and size of the input and
//! on the size of the phrasebook. Prints one JSON object.
//!
//! ```text
//! cargo bench --bench stages -- [--rounds N] [FILE]
//! cargo bench --bench stages -- --sightings PHRASES FILE
//! ```
//!
//! One thread, CPU time, everything once a round so that a slow minute of the machine
//! slows all; figures are medians. FILE holds one conversation a line, as
//! `liyan generate` writes them; without it a few of the repository's own are read.
//! Run by `cargo test` it works through a tiny input and measures nothing of worth.

mod books;
mod clock;
mod floors;
mod material;
mod sightings;

use clock::Ledger;
use serde_json::json;
use std::path::PathBuf;

fn main() {
    let mut rounds = 1;
    let mut phrases: Option<PathBuf> = None;
    let mut file: Option<PathBuf> = None;
    let mut measured = false;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().unwrap_or_else(|| panic!("{arg} takes a value"));
        match arg.as_str() {
            "--bench" => measured = true,
            "--rounds" => rounds = value().parse().expect("rounds are a number"),
            "--sightings" => phrases = Some(value().into()),
            path if !path.starts_with('-') => file = Some(path.into()),
            // What cargo and test runners hand to every target.
            _ => {}
        }
    }
    let file = file.unwrap_or_else(material::own);
    let written = match phrases {
        Some(phrases) => sightings::count(&phrases, &file),
        None => measure(&file, rounds, measured),
    };
    let mut out = anstream::stdout().lock();
    std::io::Write::write_fmt(&mut out, format_args!("{written:#}\n")).expect("it can be written");
}

fn measure(file: &std::path::Path, rounds: usize, measured: bool) -> serde_json::Value {
    let material = material::Material::read(file);
    let books = books::Books::new();
    let mut ledger = Ledger::new(measured);
    for _ in 0..rounds {
        floors::round(&material, &books, &mut ledger);
    }
    let conversations = material.conversations.len() as f64;
    let us = |name: &str| ledger.median(name) * 1e6 / conversations;
    let whole = us("whole");
    let by_text = us("hits by text") - us("fold");
    let by_sound = us("hits") - us("hits by text");
    let floors = [
        ("read", us("read")),
        ("parse", us("parse")),
        ("fold", us("fold")),
        ("match by text", by_text),
        ("match by sound", by_sound),
        ("language", us("language")),
        ("judge", us("hits copied and judged") - us("hits copied")),
        (
            "score",
            us("verdicts copied and scored") - us("verdicts copied"),
        ),
        ("write", us("write")),
    ];
    let counted: f64 = floors.iter().map(|(_, us)| us).sum();
    let unfolded = us("whole by text") - us("fold") + us("characters alone");
    json!({
        "bench": "stages",
        "bytes": material.bytes,
        "conversations": material.conversations.len(),
        "turns": material.turns(),
        "hits_per_conversation": material.hits as f64 / conversations,
        "rounds": rounds,
        "megabytes_per_cpu_second": material.bytes as f64 / conversations / whole,
        "us_per_conversation": floors
            .into_iter()
            .chain([("elsewhere", whole - counted), ("whole", whole)])
            .map(|(name, us)| json!({"floor": name, "us": us, "share": us / whole}))
            .collect::<Vec<_>>(),
        "robustness": {
            "whole": whole,
            "without_sound": us("whole by text"),
            "without_sound_and_folding": unfolded,
            "ratio": whole / unfolded,
        },
        "escaped": {
            "plain": whole,
            "escaped": us("whole, escaped"),
            "ratio": whole / us("whole, escaped"),
        },
        "phrasebook": books
            .sized()
            .map(|(name, book)| json!({
                "size": name,
                "wordings": book.rules().wordings.len(),
                "us": us(name),
                "ratio": us(name) / whole,
            }))
            .collect::<Vec<_>>(),
    })
}
