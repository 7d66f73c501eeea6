//! How an assessment is told: the contract for machines, then one writer a form.
//!
//! ```text
//! Assessment ─┬─► wire       a line of JSON; what other programs may rely on,
//!             │              and saved reads back
//!             ├─► terminal   what a trainer reads: findings first, with the talk
//!             ├─► page       one file for a browser: overview, list, each talk
//!             └─► summary    after several conversations; tables sets it
//! two wires ────► diff       which verdicts flip between two assessments
//! Problem ──────► problems   what is wrong with a phrasebook or with input
//! ```
//!
//! Nothing here does I/O, judges, or has words of its own: verdicts come from
//! below, words from [`crate::phrasebook::labels`], and what a transcript contains
//! is shown only after [`visible`] has taken the sting out of it.

pub mod agreement;
pub mod csv;
pub mod days;
pub mod diff;
mod excerpt;
pub mod explain;
mod finding;
#[cfg(test)]
pub(crate) mod fixture;
mod format;
pub mod formats;
mod heads;
pub(crate) mod json;
pub mod junit;
mod look;
pub mod markdown;
mod overview;
pub mod page;
pub mod problems;
pub mod reading;
pub mod redact;
mod rest;
pub mod saved;
pub mod show;
pub mod summary;
mod tables;
pub mod terminal;
pub mod transcript;
pub mod views;
pub mod visible;
mod window;
pub mod wire;
pub(crate) mod wrap;
pub mod xlsx;

pub use diff::{Diff, DiffReport};
pub use format::Format;
pub use page::Page;
pub use problems::Problems;
pub use summary::Summary;
pub use terminal::Terminal;

#[cfg(test)]
mod tests {
    use crate::assessment::{By, Closeness, Verdict};
    use crate::conversation::{Channel, Role};
    use crate::phrasebook::labels::{Labels, Lang};
    use crate::phrasebook::rules::{Form, Severity};
    use std::fs;
    use std::path::{Path, PathBuf};

    /// The texts between quotation marks that look like keys of labels.
    fn keys(source: &str) -> impl Iterator<Item = &str> {
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        code.split('"').skip(1).step_by(2).filter(|text| {
            let is_name = |part: &str| {
                !part.is_empty()
                    && part
                        .chars()
                        .all(|char| char.is_ascii_lowercase() || char == '-')
            };
            text.split_once('.')
                .is_some_and(|(table, name)| is_name(table) && is_name(name))
        })
    }

    fn sources(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("the folder can be read").path();
            match path.is_dir() {
                true => found.extend(sources(&path)),
                false if path.extension().is_some_and(|name| name == "rs") => found.push(path),
                false => {}
            }
        }
        found
    }

    #[test]
    fn every_key_that_this_floor_asks_for_has_words() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report");
        let labels = Labels::builtin(Lang::Zh);
        let mut asked = 0;
        let mut without = Vec::new();
        for path in sources(&folder) {
            let source = fs::read_to_string(&path).expect("sources are UTF-8");
            for key in keys(&source) {
                asked += 1;
                if labels.find(key).is_none() {
                    without.push(format!("{}: {key}", path.display()));
                }
            }
        }
        assert_eq!(without, Vec::<String>::new());
        assert!(asked > 40, "the keys were found: {asked}");
    }

    #[test]
    fn every_word_of_an_assessment_has_a_label() {
        let conversation = include_str!("../conversation.rs");
        let notes = conversation.lines().filter_map(|line| {
            let (_, name) = line
                .trim()
                .strip_prefix("NoteKind::")?
                .split_once(" => \"")?;
            Some(name.trim_end_matches("\","))
        });
        let mut keys: Vec<String> = notes.map(|name| format!("note.{name}")).collect();
        assert!(keys.len() >= 8, "the kinds of notes were found: {keys:?}");
        keys.extend(Verdict::ALL.map(|verdict| format!("verdict.{}", verdict.name())));
        keys.extend(Channel::ALL.map(|channel| format!("channel.{}", channel.name())));
        keys.extend(Severity::ALL.map(|(name, _)| format!("severity.{name}")));
        keys.extend(Form::ALL.map(|(name, _)| format!("form.{name}")));
        keys.extend(
            [
                Role::Staff,
                Role::Client,
                Role::Other,
                Role::Scene,
                Role::Unknown,
            ]
            .map(|role| format!("role.{}", role.name())),
        );
        keys.extend(
            [By::Text, By::Sound, By::Time, By::Model].map(|by| format!("by.{}", by.name())),
        );
        keys.extend(
            [
                Closeness::Verbatim,
                Closeness::Equivalent,
                Closeness::Informal,
            ]
            .map(|closeness| format!("closeness.{}", closeness.name())),
        );
        let labels = Labels::builtin(Lang::Zh);
        keys.retain(|key| labels.find(key).is_none());
        assert_eq!(keys, Vec::<String>::new());
    }
}
