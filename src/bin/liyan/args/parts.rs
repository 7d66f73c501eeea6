//! Arguments that several commands take.

use crate::values::whole_number;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, value_parser};
use liyan::report;
use liyan::report::views::View;
use liyan::transcript::{ColumnNames, Encoding, Format, SpeakerTimes};
use std::path::PathBuf;

pub fn paths(required: bool) -> Arg {
    Arg::new("path")
        .value_name("PATH")
        .required(required)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf))
}

pub fn path(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .value_parser(value_parser!(PathBuf))
}

/// Which reports are written, and where to.
pub fn reports() -> [Arg; 3] {
    let formats = report::Format::ALL.map(report::Format::name);
    [
        choice("format", &formats).action(ArgAction::Append),
        path("out-files", "FILE")
            .long("out")
            .action(ArgAction::Append),
        choice("view", &View::ALL.map(View::name)),
    ]
}

pub fn quiet() -> Arg {
    Arg::new("quiet")
        .long("quiet")
        .short('q')
        .action(ArgAction::SetTrue)
}

pub fn choice(name: &'static str, values: &[&'static str]) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(values.join("|"))
        .value_parser(PossibleValuesParser::new(values.to_vec()))
}

/// The format of the input. There are too many to list them in the usage.
pub fn from() -> Arg {
    let names = Format::all().map(Format::name);
    Arg::new("from")
        .long("from")
        .value_name("FORMAT")
        .value_parser(PossibleValuesParser::new(names))
}

/// Whether names and private numbers are shown.
pub fn no_redact() -> Arg {
    Arg::new("no-redact")
        .long("no-redact")
        .action(ArgAction::SetTrue)
}

/// How figures are written, as opposed to conversations.
pub fn document_format() -> Arg {
    Arg::new("document-format")
        .long("format")
        .value_name("terminal|json|markdown")
        .value_parser(["terminal", "json", "markdown"])
}

/// Which recordings are cut into visits.
pub fn visits() -> Arg {
    choice("visits", &["long", "all", "none"])
}

/// Whether whole days are composed to be cut, and how.
pub fn composing() -> [Arg; 2] {
    let compose = Arg::new("compose").long("visits");
    [
        compose.action(ArgAction::SetTrue),
        seed().requires("compose"),
    ]
}

/// Whose labels stand for one side of the talk.
fn side(name: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("LABEL,…")
        .value_delimiter(',')
}

/// The encoding of the input.
fn encoding() -> Arg {
    Arg::new("encoding")
        .long("encoding")
        .value_name("NAME")
        .value_parser(|name: &str| {
            let known = "utf-8, gb18030, big5, utf-16 …";
            Encoding::from_name(name).ok_or_else(|| known.to_owned())
        })
}

/// Who speaks when, where the input doesn't say.
fn speakers() -> Arg {
    Arg::new("speakers")
        .long("speakers")
        .value_name("FILE.rttm")
        .value_parser(|path: &str| {
            let text = std::fs::read(path).map_err(|error| error.to_string())?;
            let name = std::path::Path::new(path).file_name().unwrap_or_default();
            SpeakerTimes::read(&String::from_utf8_lossy(&text), &name.to_string_lossy())
                .ok_or_else(|| "SPEAKER a 1 0.5 2.0 <NA> <NA> spk0 <NA> <NA>".to_owned())
        })
}

/// How the talk in the input is to be understood, where it doesn't say.
pub fn understanding() -> [Arg; 5] {
    [
        encoding(),
        side("staff"),
        side("client"),
        columns(),
        speakers(),
    ]
}

/// Which columns of tables hold what.
fn columns() -> Arg {
    Arg::new("columns")
        .long("columns")
        .value_name("text=…,role=…")
        .value_parser(|written: &str| {
            ColumnNames::read(written).map_err(|known| format!("text=…; {known}"))
        })
}

pub fn clauses() -> Arg {
    Arg::new("clauses")
        .long("clauses")
        .value_name("9.1,9.5")
        .value_delimiter(',')
}

pub fn phrasebook() -> Arg {
    Arg::new("phrasebook")
        .long("phrasebook")
        .value_name("NAME|DIR")
}

pub fn phrasebook_at() -> Arg {
    Arg::new("phrasebook").value_name("NAME|DIR")
}

pub fn seed() -> Arg {
    Arg::new("seed")
        .long("seed")
        .value_name("SEED")
        .default_value("1")
        .value_parser(whole_number)
}

/// How large the house of a generated month is.
pub fn of_a_month(name: &'static str, usual: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("N")
        .requires("month")
        .default_value(usual)
        .value_parser(value_parser!(u16).range(1..10_000))
}
