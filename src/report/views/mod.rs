//! Tables of typed cells: the same views for a workbook, for CSV and for Markdown.
//!
//! ```text
//! Line ───► talks, verdicts            a row or several for each conversation, as it comes
//! Across ─► sums, alike, complaints    tables of what shows across many
//! ```
//!
//! A view says which columns there are, how they are called and how wide they want to
//! be; a cell says what it is (a number, a moment, a text), and each format makes of it
//! what it can. What comes from a transcript has gone through
//! [`visible`](super::visible) before it stands in a cell.

mod alike;
mod cell;
mod complaints;
mod naming;
mod rows;
mod sums;
mod talks;
mod verdicts;

pub use alike::{alike, differences, told};
pub use cell::{Cell, Column, Kind, Table};
pub use complaints::{complaint_sentences, complaints};
pub use naming::Naming;
pub use rows::{Rows, cell_of};
pub use sums::{Order, clauses, courtesy, group_clauses, groups, totals};

use super::wire::Line;
use crate::assessment::Verdict;
use crate::conversation::NoteKind;
use crate::moment::Moment;
use crate::scoring::across::Case;

/// A table with rows for each conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// A row a conversation.
    Conversations,
    /// A row for each verdict that costs points.
    Findings,
    /// A row for each verdict, and one without for a conversation that has none.
    Verdicts,
}

impl View {
    /// All views.
    pub const ALL: [View; 3] = [View::Conversations, View::Findings, View::Verdicts];

    /// The word that stands for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            View::Conversations => "conversations",
            View::Findings => "findings",
            View::Verdicts => "verdicts",
        }
    }

    /// The view that a word stands for, if it is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }

    /// Its columns.
    pub fn columns(self) -> &'static [Column] {
        match self {
            View::Conversations => talks::COLUMNS,
            View::Findings | View::Verdicts => verdicts::COLUMNS,
        }
    }

    /// The rows that a conversation has in it: as many cells each as there are columns.
    pub fn rows<'a>(self, line: &'a Line<'_>, naming: &'a Naming<'_>) -> Vec<Vec<Cell<'a>>> {
        match self {
            View::Conversations => vec![talks::row(line, naming)],
            View::Findings => verdicts::findings(line, naming),
            View::Verdicts => verdicts::all(line, naming),
        }
    }
}

/// An assessment, as far as comparing it with others needs it.
pub fn case<'a>(line: &'a Line<'_>) -> Case<'a> {
    let about = &line.about;
    let verdicts = line.verdicts.iter();
    let counts = line.courtesy_words.0.iter();
    Case {
        id: &line.id,
        score: line.score,
        vetoed: line.vetoed,
        before: line
            .notes
            .iter()
            .any(|note| note.kind == NoteKind::BeforeInForce.name()),
        began: about.started_at.as_deref().and_then(Moment::read),
        agent: about.agent.as_deref(),
        branch: about.branch.as_deref(),
        channel: line.channel.as_deref(),
        business: about.business.as_deref(),
        client: about.client.as_deref(),
        complaint: about.complaint.as_deref(),
        tags: about.tags.iter().map(|tag| &**tag).collect(),
        verdicts: verdicts
            .filter_map(|of| Some((&*of.clause, Verdict::from_name(&of.verdict)?)))
            .collect(),
        courtesy: counts.map(|(word, count)| (&**word, *count)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::labels::{Labels, Lang};
    use crate::report::fixture;

    /// Each row as its cells that aren't empty, with the keys of their columns.
    fn told(view: View, line: &Line<'_>) -> Vec<String> {
        let (rules, labels) = (fixture::rules(), Labels::builtin(Lang::En));
        let naming = Naming::new(&rules, &labels);
        let rows = view.rows(line, &naming);
        let columns = view.columns();
        let tell = |row: &Vec<Cell<'_>>| {
            assert_eq!(row.len(), columns.len(), "{view:?}");
            let cells = columns.iter().zip(row);
            let cells = cells.filter(|(_, cell)| **cell != Cell::Empty);
            let cells: Vec<String> = cells
                .map(|(column, cell)| format!("{}={cell}", column.key))
                .collect();
            cells.join(" | ")
        };
        rows.iter().map(tell).collect()
    }

    #[test]
    fn a_conversation_is_a_row() {
        let mut assessment = fixture::assessment();
        assessment.about.started_at = Some("2026-03-02 09:15".to_owned());
        assessment.about.branch = Some("城南\u{202e}".to_owned());
        let expected = "id=a01 | started=2026-03-02 09:15:00 | branch=城南� | agent=07 | channel=counter | \
            score=82.5 | result=fail | breached=1 | missed=1 | partial=1 | met=1 | undecided=1 | \
            findings=31.1 14.2 9.5 | courtesy=1 | tags=vip | \
            notes=begins in mid-talk, the opening isn't there; turn 4: in English, for which the \
            phrasebook has no wordings: not judged; turn 6: in English, for which the phrasebook has no \
            wordings: not judged | phrasebook=qinzhou-2014@1.0.0";
        assert_eq!(
            told(View::Conversations, &Line::from(&assessment)),
            [expected]
        );
    }

    #[test]
    fn a_verdict_is_a_row_and_findings_come_worst_first() {
        let (assessment, conversation) = (fixture::assessment(), fixture::conversation());
        let line = Line::from(&assessment).with_turns(&conversation);
        let head = "id=a01 | agent=07 | channel=counter | ";
        let tail = " | phrasebook=qinzhou-2014@1.0.0";
        let rows = told(View::Findings, &line);
        let expected = [
            "clause=31.1 | article=31 | title=Slighting the client | severity=major | \
             verdict=breached | points=-10 | turn=5 | situation=等着，␛[31m没看见我忙着吗？ | said=等着",
            "clause=14.2 | article=14 | title=Polite parting | severity=minor | verdict=missed | \
             points=-5 | turn=6 | situation=ok, bye. | missing=a polite parting word | say=再见。",
            "clause=9.5 | article=9 | title=Documents incomplete | severity=normal | \
             verdict=partial | points=-2.5 | turn=2 | situation=那我这些材料够不够？ | \
             said=对不起 / 还少一份购房合同 | missing=refers to the rule; regret for the wasted \
             trip, the lost time or the trouble that it makes | \
             say=对不起，根据规定您还应提供xx资料，这次让您白跑一趟，真是抱歉。 | \
             wording=other words, same courtesy",
        ];
        assert_eq!(rows, expected.map(|row| format!("{head}{row}{tail}")));
        let all = told(View::Verdicts, &line);
        let clauses: Vec<&str> = all
            .iter()
            .filter_map(|row| row.split(" | ").find(|cell| cell.starts_with("clause=")))
            .collect();
        assert_eq!(
            clauses,
            [
                "clause=9.3",
                "clause=9.5",
                "clause=11.1",
                "clause=14.2",
                "clause=31.1"
            ]
        );
    }

    #[test]
    fn a_conversation_without_verdicts_is_not_lost() {
        let mut assessment = fixture::assessment();
        assessment.verdicts.clear();
        assessment.score = None;
        let line = Line::from(&assessment);
        assert_eq!(
            told(View::Verdicts, &line),
            ["id=a01 | agent=07 | channel=counter | phrasebook=qinzhou-2014@1.0.0"]
        );
        assert_eq!(told(View::Findings, &line), Vec::<String>::new());
    }
}
