//! What one conversation adds to reports that are made of tables.

use super::cell::Cell;
use super::naming::Naming;
use super::{View, talks, verdicts};
use crate::report::wire::Line;

/// What one conversation adds to reports that are made of tables: its row, and one for
/// each finding, with words of their own. Made on any thread.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// Its row in [`View::Conversations`].
    pub talk: Vec<Cell<'static>>,
    /// Its rows in [`View::Findings`], the worst first.
    pub findings: Vec<Vec<Cell<'static>>>,
    /// Its score.
    pub score: Option<f64>,
    /// Whether a critical breach overrides the points.
    pub vetoed: bool,
}

impl Rows {
    /// What an assessment adds.
    pub fn new(line: &Line<'_>, naming: &Naming<'_>) -> Self {
        let owned = |row: Vec<Cell<'_>>| row.into_iter().map(Cell::into_owned).collect();
        let findings = verdicts::findings(line, naming).into_iter();
        Self {
            talk: owned(talks::row(line, naming)),
            findings: findings.map(owned).collect(),
            score: line.score,
            vetoed: line.vetoed,
        }
    }
}

/// The cell of a row in a column of its view; nothing where there is no such column.
pub fn cell_of<'a, 'b>(view: View, row: &'a [Cell<'b>], key: &str) -> &'a Cell<'b> {
    let place = view.columns().iter().position(|column| column.key == key);
    place
        .and_then(|place| row.get(place))
        .unwrap_or(&Cell::Empty)
}
