//! The review sheet: a row a verdict, with what a reviewer needs to see of it and cells
//! to fill in.
//!
//! The sheet goes through spreadsheets that take `9.10` for the number 9.1 and `007` for
//! 7, so each row carries a key, `a01#9.10`, which none of them takes for anything but
//! text. What is shown has gone through [`visible`]; keys are compared in that form.

use super::decision::{Appeal, Choice};
use crate::assessment::Verdict;
use crate::moment::Moment;
use crate::phrasebook::labels::{Labels, Lang};
use crate::report::views::{Cell, Column, Kind, Naming};
use crate::report::visible::visible;
use crate::report::wire::{Clause, Line};
use crate::report::wrap::cut;

/// What is shown of the talk around a verdict: so many turns before and after.
const AROUND: usize = 2;
/// The most turns of the talk in one cell.
const MOST_TURNS: usize = 12;
/// The most columns of characters that a turn takes in a cell; a spreadsheet takes
/// 32,767 characters.
const LONGEST: usize = 400;

/// The columns in their order. The reviewer fills in those that [`is_answer`] names.
pub const COLUMNS: &[Column] = &[
    Column::new("id", Kind::Text, 20),
    Column::new("started", Kind::Moment, 17),
    Column::new("branch", Kind::Text, 12),
    Column::new("agent", Kind::Text, 10),
    Column::new("clause", Kind::Text, 7),
    Column::new("title", Kind::Text, 18),
    Column::new("verdict", Kind::Text, 9),
    Column::new("points", Kind::Points, 7),
    Column::new("turn", Kind::Count, 6),
    Column::new("talk", Kind::Prose, 50),
    Column::new("said", Kind::Prose, 26),
    Column::new("missing", Kind::Prose, 26),
    Column::new("say", Kind::Prose, 30),
    Column::new("decision", Kind::Text, 10),
    Column::new("corrected", Kind::Text, 10),
    Column::new("comment", Kind::Prose, 30),
    Column::new("reviewer", Kind::Text, 10),
    Column::new("appeal", Kind::Text, 10),
    Column::new("phrasebook", Kind::Text, 14),
    Column::new("key", Kind::Text, 14),
];

/// Whether a column is for the reviewer to fill in.
pub fn is_answer(key: &str) -> bool {
    matches!(
        key,
        "decision" | "corrected" | "comment" | "reviewer" | "appeal"
    )
}

/// What a row is known by.
pub fn key(id: &str, clause: &str) -> String {
    format!("{}#{}", visible(id), visible(clause))
}

/// The row for one verdict of a conversation: a cell a column, the reviewer's empty.
pub fn row(line: &Line<'_>, of: &Clause<'_>, naming: &Naming<'_>) -> Vec<Cell<'static>> {
    let about = &line.about;
    let known = |text: &Option<_>| Cell::text(visible(Option::as_deref(text).unwrap_or_default()));
    let started = about.started_at.as_deref();
    let said: Vec<String> = of
        .evidence
        .iter()
        .map(|piece| visible(&piece.text))
        .collect();
    let costs = Verdict::from_name(&of.verdict).is_some_and(Verdict::is_problem);
    let mut cells = vec![
        Cell::text(visible(&line.id)),
        match started.and_then(Moment::read) {
            Some(moment) => Cell::Moment(moment),
            None => known(&about.started_at),
        },
        known(&about.branch),
        known(&about.agent),
        Cell::text(visible(&of.clause)),
        Cell::text(naming.title(&of.clause).to_owned()),
        Cell::text(naming.word("verdict", &of.verdict).into_owned()),
        Cell::Number(of.points),
        Cell::Count(of.trigger as u64),
        Cell::text(talk(line, of, naming.labels)),
        Cell::text(cut(&said.join(" / "), LONGEST)),
        Cell::text(naming.missing(of)),
        Cell::text(match costs {
            true => naming.say(of),
            false => String::new(),
        }),
    ];
    cells.resize(COLUMNS.len() - 2, Cell::Empty);
    cells.push(Cell::text(visible(&line.phrasebook)));
    cells.push(Cell::text(key(&line.id, &of.clause)));
    cells
}

/// The talk around a verdict, a line a turn, where the assessment carries it.
fn talk(line: &Line<'_>, of: &Clause<'_>, labels: &Labels) -> String {
    let Some(turns) = &line.turns else {
        return String::new();
    };
    let shown = of
        .evidence
        .iter()
        .map(|piece| piece.turn)
        .chain([of.trigger]);
    let (first, last) = shown.fold((usize::MAX, 0), |(first, last), turn| {
        (first.min(turn), last.max(turn))
    });
    let from = first.saturating_sub(AROUND).min(turns.len());
    let to = last.saturating_add(AROUND + 1).min(turns.len());
    let mut lines: Vec<String> = turns[from..to.max(from)]
        .iter()
        .enumerate()
        .map(|(at, turn)| {
            let role = labels.find(&format!("role.{}", turn.role)).unwrap_or("?");
            let text = cut(&turn.text, LONGEST);
            format!("{role} {}  {text}", from + at)
        })
        .collect();
    if lines.len() > MOST_TURNS {
        let more = (lines.len() - MOST_TURNS).to_string();
        lines.truncate(MOST_TURNS);
        lines.push(labels.fill("report.more-turns", &[("count", more)]));
    }
    lines.join("\n")
}

/// The words of a closed list, in one language: decisions, verdicts, appeals.
pub fn words(list: List, labels: &Labels) -> Vec<String> {
    list.codes()
        .iter()
        .map(|code| labels.get(&format!("{}.{code}", list.table())).to_owned())
        .collect()
}

/// A closed list of words that a cell may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// [`Choice`]
    Decision,
    /// A verdict, or that the clause didn't arise.
    Corrected,
    /// [`Appeal`]
    Appeal,
}

/// Stands in the list of verdicts for a clause that didn't arise.
pub const NOT_ARISEN: &str = "none";

impl List {
    fn table(self) -> &'static str {
        match self {
            List::Decision => "decision",
            List::Corrected => "corrected",
            List::Appeal => "appeal",
        }
    }

    fn codes(self) -> Vec<&'static str> {
        match self {
            List::Decision => Choice::ALL.map(|(name, _)| name).to_vec(),
            List::Corrected => vec!["met", "partial", "missed", "breached", NOT_ARISEN],
            List::Appeal => Appeal::ALL.map(|(name, _)| name).to_vec(),
        }
    }

    /// All words that a cell may hold, for a message about one that it may not.
    pub fn known(self, labels: &Labels) -> String {
        words(self, labels).join(labels.get("layout.between"))
    }
}

/// The list that a column's cells are taken from, if there is one.
pub fn list_of(column: &str) -> Option<List> {
    match column {
        "decision" => Some(List::Decision),
        "corrected" => Some(List::Corrected),
        "appeal" => Some(List::Appeal),
        _ => None,
    }
}

/// The words of all languages that liyan speaks, so that a sheet in one can be read under
/// another.
pub struct Vocabulary {
    labels: [Labels; 2],
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            labels: Lang::ALL.map(Labels::builtin),
        }
    }
}

impl Vocabulary {
    fn means(&self, key: &str, code: &str, word: &str) -> bool {
        let mut words = self.labels.iter().filter_map(|labels| labels.find(key));
        code.eq_ignore_ascii_case(word) || words.any(|of| of.eq_ignore_ascii_case(word))
    }

    /// The column that a heading stands for; its key counts, too.
    pub fn column(&self, heading: &str) -> Option<&'static str> {
        let heading = heading.trim();
        let mut keys = COLUMNS.iter().map(|column| column.key);
        keys.find(|key| self.means(&format!("column.{key}"), key, heading))
    }

    /// The code that a cell's word stands for; the code itself counts, too.
    pub fn code(&self, list: List, word: &str) -> Option<&'static str> {
        let (word, table) = (word.trim(), list.table());
        let mut codes = list.codes().into_iter();
        codes.find(|code| self.means(&format!("{table}.{code}"), code, word))
    }

    /// The verdict that a cell's word stands for.
    pub fn verdict(&self, word: &str) -> Option<Verdict> {
        let word = word.trim();
        let mut all = Verdict::ALL.into_iter();
        all.find(|of| self.means(&format!("verdict.{}", of.name()), of.name(), word))
    }
}
