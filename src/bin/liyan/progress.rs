//! How far a long run is: how many conversations, how many a second, and how long it will
//! still take where that can be told.

use clap::ArgMatches;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use liyan::phrasebook::labels::Labels;
use std::fmt::Write;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A bar for the conversations that a command line names.
pub fn bar(labels: &Labels, matches: &ArgMatches) -> ProgressBar {
    let paths = matches.get_many::<PathBuf>("path").into_iter().flatten();
    let number = paths.map(|path| lines(path)).sum::<Option<u64>>();
    let (bar, template) = match number {
        Some(number) => (ProgressBar::new(number), "cli.progress-of"),
        None => (ProgressBar::new_spinner(), "cli.progress"),
    };
    if let Ok(style) = ProgressStyle::with_template(labels.get(template)) {
        let rate = |state: &ProgressState, out: &mut dyn Write| {
            let _ = write!(out, "{:.0}", state.per_sec());
        };
        // Before anything is judged nobody can tell.
        let left = |state: &ProgressState, out: &mut dyn Write| {
            let left = time(state.eta());
            let _ = out.write_str(if state.pos() == 0 { "…" } else { &left });
        };
        bar.set_style(style.with_key("rate", rate).with_key("left", left));
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Minutes and seconds, `1:05`.
pub fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// How many conversations a file holds, if that can be told at a glance: where a line is
/// one. Counting them takes a thousandth of the time of judging them.
fn lines(path: &Path) -> Option<u64> {
    let is_lines = path
        .extension()
        .is_some_and(|extension| extension == "jsonl");
    let is_file = path.metadata().is_ok_and(|about| about.is_file());
    if !is_lines || !is_file {
        return None;
    }
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).ok()?);
    let mut count = 0;
    loop {
        let piece = file.fill_buf().ok()?;
        if piece.is_empty() {
            return Some(count);
        }
        count += piece.iter().filter(|byte| **byte == b'\n').count() as u64;
        let length = piece.len();
        file.consume(length);
    }
}
