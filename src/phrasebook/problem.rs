//! What is wrong with a phrasebook, and where.
//!
//! A fault names itself by a stable code; the sentences that people read stand in
//! the label files under the same code, so that they can be had in any language.

use std::ops::Range;
use std::sync::Arc;

/// A file of a phrasebook.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Its path inside the phrasebook, with forward slashes.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl SourceFile {
    /// The line that byte `at` lies in, counted from 1.
    pub fn line(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        self.text.as_bytes()[..at]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
            + 1
    }
}

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// The phrasebook can't be used.
    Error,
    /// It can, but somebody should look.
    Warning,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable code, `unknown-act`.
    pub code: &'static str,
    /// How bad.
    pub gravity: Gravity,
    /// The file.
    pub file: Arc<SourceFile>,
    /// Where in it, in bytes.
    pub at: Range<usize>,
    /// What the sentence about it has to name.
    pub params: Vec<(&'static str, String)>,
}

impl Problem {
    /// An error in `file` at `at`.
    pub fn error(
        code: &'static str,
        file: &Arc<SourceFile>,
        at: Range<usize>,
        params: Vec<(&'static str, String)>,
    ) -> Self {
        Self {
            code,
            gravity: Gravity::Error,
            file: Arc::clone(file),
            at,
            params,
        }
    }

    /// A warning about `file` at `at`.
    pub fn warning(
        code: &'static str,
        file: &Arc<SourceFile>,
        at: Range<usize>,
        params: Vec<(&'static str, String)>,
    ) -> Self {
        Self {
            gravity: Gravity::Warning,
            ..Self::error(code, file, at, params)
        }
    }

    /// Where it stands when problems are listed: by file, then by place.
    pub fn place(&self) -> (&str, usize) {
        (&self.file.path, self.at.start)
    }
}
