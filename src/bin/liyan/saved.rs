//! Assessments that were written before, line by line.

use crate::screen::Screen;
use liyan::report::saved::{self, SavedProblem};
use liyan::report::wire::Line;
use liyan::transcript::{Format, InputProblem, Options, Records};
use std::io::Stdin;
use std::path::PathBuf;

/// The lines of files, folders or standard input, in order.
pub struct Saved {
    records: Records<Stdin>,
}

/// Why a line isn't an assessment.
pub enum Unread {
    /// It can't be had.
    Input(InputProblem),
    /// It is something else.
    Saved(SavedProblem),
}

impl Saved {
    /// The lines of `paths`.
    pub fn new(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let options = Options {
            from: Some(Format::JSONL),
            ..Options::default()
        };
        Self {
            records: Records::new(paths, std::io::stdin(), options),
        }
    }
}

impl Iterator for Saved {
    type Item = Result<Line<'static>, Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.records.next()?.map_err(Unread::Input);
        Some(record.and_then(|record| saved::read(&record).map_err(Unread::Saved)))
    }
}

impl Unread {
    /// Tells the user.
    pub fn tell(&self, screen: &Screen) {
        match self {
            Unread::Input(problem) => screen.input_problem(problem),
            Unread::Saved(problem) => {
                screen.problem_at(&problem.place, problem.kind.code(), &problem.kind.params());
            }
        }
    }
}
