//! One conversation as it is read: its turns with the evidence in them, its verdicts
//! with what was missing, and notes.

use super::shown::Shown;
use crate::assessment::Verdict;
use crate::phrasebook::rules::Rules;
use crate::report::finding::what_to_say;
use crate::report::rest::reason;
use crate::report::visible::visible;
use crate::report::wire::{self, Line, Proof};
use crate::span::Span;
use serde::Serialize;
use std::borrow::Cow;

/// The block of a conversation.
#[derive(Serialize)]
pub(super) struct Block<'a> {
    turns: Vec<Turn>,
    verdicts: Vec<Judged<'a>>,
    notes: Vec<Note>,
}

/// A turn.
#[derive(Serialize)]
struct Turn {
    role: String,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<Mark>,
}

/// Evidence within a turn: from and to in UTF-16 units of its text, and whose it is:
/// the verdict, the occasion and the piece, each by place.
#[derive(Serialize)]
struct Mark(usize, usize, usize, usize, usize);

/// How a clause came out.
#[derive(Serialize)]
struct Judged<'a> {
    clause: String,
    points: f64,
    /// The supplement that the clause comes from, if it does from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    say: Vec<&'a str>,
    /// The one that stands first.
    occasions: Vec<Occasion>,
}

/// How a clause came out on one occasion.
#[derive(Serialize)]
struct Occasion {
    verdict: &'static str,
    trigger: usize,
    missing: Vec<String>,
    wording: Option<String>,
    evidence: Vec<Piece>,
}

/// A piece of evidence. Its words are in the turn; here only where there is no turn.
#[derive(Serialize)]
struct Piece {
    turn: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    element: Option<String>,
    by: String,
}

/// What a reader should know about the transcript.
#[derive(Serialize)]
struct Note {
    turn: Option<usize>,
    kind: String,
    detail: String,
}

impl<'a> Block<'a> {
    pub(super) fn new(rules: &'a Rules, line: &Line<'_>) -> Self {
        let said = line.turns.as_deref().unwrap_or_default();
        let mut marked = Marked {
            shown: said.iter().map(|turn| Shown::new(&turn.text)).collect(),
            marks: said.iter().map(|_| Vec::new()).collect(),
        };
        let verdicts = line.verdicts.iter().enumerate();
        let verdicts = verdicts
            .map(|(place, of)| Judged::new(rules, line, (place, of), &mut marked))
            .collect();
        let turns = said.iter().zip(marked.shown).zip(marked.marks);
        Self {
            turns: turns
                .map(|((turn, shown), marks)| Turn {
                    role: visible(&turn.role),
                    text: shown.text,
                    start: turn.start,
                    speaker: turn.speaker.as_deref().map(visible),
                    marks,
                })
                .collect(),
            verdicts,
            notes: line
                .notes
                .iter()
                .map(|note| Note {
                    turn: note.turn,
                    kind: visible(&note.kind),
                    detail: visible(&note.detail),
                })
                .collect(),
        }
    }
}

impl<'a> Judged<'a> {
    fn new(
        rules: &'a Rules,
        line: &Line<'_>,
        (place, of): (usize, &wire::Clause<'_>),
        marked: &mut Marked,
    ) -> Self {
        let clause = rules.clause(&of.clause);
        let verdict = Verdict::from_name(&of.verdict).unwrap_or(Verdict::Undecided);
        let say = clause
            .filter(|_| verdict.is_problem())
            .map_or(Vec::new(), |clause| what_to_say(clause, &of.missing));
        let notes = line.notes.iter().map(|note| &*note.kind);
        let standing = Came {
            verdict: &of.verdict,
            trigger: of.trigger,
            missing: &of.missing,
            wording: of.wording.as_deref(),
            evidence: &of.evidence,
        };
        let others = of.occasions.iter().map(|other| Came {
            verdict: &other.verdict,
            trigger: other.trigger,
            missing: &other.missing,
            wording: other.wording.as_deref(),
            evidence: &other.evidence,
        });
        Self {
            clause: visible(&of.clause),
            points: of.points,
            from: of.from.as_deref().map(visible),
            why: (verdict == Verdict::Undecided).then(|| reason(clause, notes)),
            say,
            occasions: std::iter::once(standing)
                .chain(others)
                .enumerate()
                .map(|(nth, came)| Occasion::new(&came, (place, nth), marked))
                .collect(),
        }
    }
}

/// The contract's two kinds of occasions, seen as one.
struct Came<'a> {
    verdict: &'a str,
    trigger: usize,
    missing: &'a [Cow<'a, str>],
    wording: Option<&'a str>,
    evidence: &'a [Proof<'a>],
}

impl Occasion {
    fn new(came: &Came<'_>, (place, nth): (usize, usize), marked: &mut Marked) -> Self {
        let pieces = came.evidence.iter().enumerate();
        Self {
            verdict: Verdict::from_name(came.verdict)
                .unwrap_or(Verdict::Undecided)
                .name(),
            trigger: came.trigger,
            missing: came.missing.iter().map(|key| visible(key)).collect(),
            wording: came.wording.map(visible),
            evidence: pieces
                .map(|(at, piece)| Piece {
                    turn: piece.turn,
                    text: match marked.mark(piece, (place, nth, at)) {
                        Some(()) => None,
                        None => Some(visible(&piece.text)),
                    },
                    element: piece.element.as_deref().map(visible),
                    by: visible(&piece.by),
                })
                .collect(),
        }
    }
}

/// The turns as they are shown, and what is marked in each.
struct Marked {
    shown: Vec<Shown>,
    marks: Vec<Vec<Mark>>,
}

impl Marked {
    /// Marks a piece of evidence in its turn; `None` where the turn isn't there or
    /// doesn't have it.
    fn mark(&mut self, piece: &Proof<'_>, (place, nth, at): (usize, usize, usize)) -> Option<()> {
        let span = (piece.start <= piece.end).then(|| Span::new(piece.start, piece.end))?;
        let (from, to) = self.shown.get(piece.turn)?.units(span)?;
        self.marks[piece.turn].push(Mark(from, to, place, nth, at));
        Some(())
    }
}
