//! Assessments that were saved, read back: what any report can be made of later,
//! without judging again.
//!
//! A line that can't be read is a problem with a place, and the next one is read all
//! the same. Several runs are merged: of conversations with the same id, judged by the
//! same phrasebook, the one that comes first is kept, so a correction is named before
//! what it corrects.

use super::wire::{self, Line, WireProblem};
use crate::transcript::{Place, Record};
use std::collections::{BTreeMap, BTreeSet};

/// A line that is no assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedProblem {
    /// Where it stands.
    pub place: Place,
    /// What is wrong with it.
    pub kind: WireProblem,
}

/// The assessment that a line of JSON Lines holds.
///
/// # Errors
/// If it is none, or one of another version of the contract.
pub fn read(record: &Record) -> Result<Line<'static>, SavedProblem> {
    let read = match std::str::from_utf8(&record.bytes) {
        Ok(line) => wire::read_line(line),
        Err(error) => Err(WireProblem::NotUtf8 {
            byte: error.valid_up_to() + 1,
        }),
    };
    read.map_err(|kind| SavedProblem {
        place: record.place.clone(),
        kind,
    })
}

/// Which conversations of which phrasebooks have been taken.
#[derive(Clone, Debug, Default)]
pub struct Merge {
    taken: BTreeSet<(usize, Box<str>)>,
    /// Each phrasebook with its number and how many conversations it judged.
    phrasebooks: BTreeMap<String, (usize, usize)>,
    again: usize,
}

impl Merge {
    /// Whether `line` is to be kept: not if its conversation, judged by the same
    /// phrasebook, has come before.
    pub fn takes(&mut self, line: &Line<'_>) -> bool {
        let next = self.phrasebooks.len();
        let (number, count) = match self.phrasebooks.get_mut(&*line.phrasebook) {
            Some(known) => known,
            None => self
                .phrasebooks
                .entry(line.phrasebook.clone().into_owned())
                .or_insert((next, 0)),
        };
        let is_new = self.taken.insert((*number, (&*line.id).into()));
        match is_new {
            true => *count += 1,
            false => self.again += 1,
        }
        is_new
    }

    /// How many lines were of conversations that had come before.
    pub fn again(&self) -> usize {
        self.again
    }

    /// The phrasebooks by name and version, and how many conversations of each were
    /// kept.
    pub fn phrasebooks(&self) -> impl Iterator<Item = (&str, usize)> {
        self.phrasebooks
            .iter()
            .map(|(name, (_, count))| (name.as_str(), *count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use crate::transcript::{Encoding, Format};

    fn record(bytes: &[u8]) -> Record {
        Record {
            place: Place::new("monday.jsonl", 7),
            format: Format::JSONL,
            encoding: Encoding::UTF_8,
            bytes: bytes.to_vec(),
            hints: Default::default(),
        }
    }

    #[test]
    fn a_line_comes_back_or_has_a_place() {
        let assessment = fixture::assessment();
        let mut line = Vec::new();
        wire::write_line(&assessment, &mut line);
        assert_eq!(read(&record(&line)), Ok(Line::from(&assessment)));
        let cases: [(&[u8], &str); 3] = [
            (b"{\"v\":9}", "other-version"),
            (b"{\"id\":\"a\",\"turns\":[]}", "no-assessment"),
            (b"{\"v\":1,\"id\":\"\xff\"}", "not-utf8"),
        ];
        for (bytes, code) in cases {
            let problem = read(&record(bytes)).expect_err("no assessment");
            assert_eq!((problem.place.line, problem.kind.code()), (7, code));
        }
    }

    #[test]
    fn the_first_of_the_same_is_kept_for_each_phrasebook() {
        let line = |id: &str, phrasebook: &str| {
            let mut assessment = fixture::assessment();
            id.clone_into(&mut assessment.id);
            phrasebook.clone_into(&mut assessment.phrasebook);
            assessment
        };
        let lines = [
            line("a", "q@1.0.0"),
            line("b", "q@1.0.0"),
            line("a", "q@1.0.0"),
            line("a", "q@1.1.0"),
        ];
        let mut merge = Merge::default();
        let taken = lines.each_ref().map(|line| merge.takes(&Line::from(line)));
        assert_eq!(taken, [true, true, false, true]);
        assert_eq!(merge.again(), 1);
        let phrasebooks: Vec<_> = merge.phrasebooks().collect();
        assert_eq!(phrasebooks, [("q@1.0.0", 2), ("q@1.1.0", 1)]);
    }
}
