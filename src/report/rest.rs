//! What stands under the findings, as short as can be: what was done well, what
//! couldn't be decided and why, the courtesy words, and notes on the transcript.

use super::terminal::{DOT, Terminal};
use super::visible::{columns, visible};
use super::wrap::{flow, flow_painted, pad, wrap};
use crate::assessment::{Assessment, ClauseVerdict, Closeness, Verdict};
use crate::conversation::{Note, NoteKind};
use crate::phrasebook::rules::{Clause, Form};

const GAP: &str = "  ";
/// The most turns that one note names.
const MOST_TURNS: usize = 8;

/// Why a clause is undecided, as far as the kinds of notes on the transcript tell.
pub(super) fn reason<'a>(
    clause: Option<&Clause>,
    notes: impl Iterator<Item = &'a str> + Clone,
) -> &'static str {
    let has = |kind: NoteKind| notes.clone().any(|note| note == kind.name());
    let cut_opening = has(NoteKind::CutOpening);
    if cut_opening && clause.is_some_and(|clause| clause.form == Form::Init) {
        "undecided.cut-opening"
    } else if has(NoteKind::RolesUnknown) {
        "undecided.roles-unknown"
    } else if cut_opening {
        "undecided.cut-opening"
    } else if has(NoteKind::ChannelUnknown) {
        "undecided.channel-unknown"
    } else {
        "undecided.not-shown"
    }
}

impl Terminal<'_> {
    pub(super) fn rest(&self, assessment: &Assessment, page: &mut String) {
        let mut blocks = vec![
            (
                "report.met",
                self.clauses(assessment, |of| of.worst.verdict == Verdict::Met),
            ),
            ("report.undecided", self.undecided(assessment)),
            (
                "report.informal",
                self.clauses(assessment, |of| {
                    of.worst.closeness == Some(Closeness::Informal)
                }),
            ),
            ("report.courtesy", self.courtesy(assessment)),
            ("report.notes", self.notes(assessment)),
        ];
        blocks.retain(|(_, lines)| !lines.is_empty());
        if !blocks.is_empty() {
            page.push('\n');
        }
        for (key, lines) in blocks {
            let label = pad(self.labels.get(key), self.label_width());
            let blank = pad("", self.label_width());
            for (place, line) in lines.iter().enumerate() {
                let label = if place == 0 {
                    self.look().dim(&label)
                } else {
                    blank.clone()
                };
                page.extend([&label, GAP, line, "\n"]);
            }
        }
    }

    fn label_width(&self) -> usize {
        ["met", "undecided", "informal", "courtesy", "notes"]
            .map(|label| columns(self.labels.get(&format!("report.{label}"))))
            .into_iter()
            .max()
            .unwrap_or(0)
    }

    fn room(&self) -> usize {
        self.width()
            .saturating_sub(self.label_width() + columns(GAP))
    }

    fn clauses(
        &self,
        assessment: &Assessment,
        which: impl Fn(&ClauseVerdict) -> bool,
    ) -> Vec<String> {
        let which = assessment.verdicts.iter().filter(|of| which(of));
        let items: Vec<String> = which.map(|of| self.named(&of.clause)).collect();
        flow(&items, DOT, self.room(), self.labels)
    }

    fn named(&self, clause: &str) -> String {
        let named = format!("{} {}", visible(clause), self.title(clause));
        named.trim_end().to_owned()
    }

    /// Clauses that couldn't be decided, each reason in a line under its clauses.
    fn undecided(&self, assessment: &Assessment) -> Vec<String> {
        let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
        for of in &assessment.verdicts {
            if of.worst.verdict != Verdict::Undecided {
                continue;
            }
            let kinds = assessment.notes.iter().map(|note| note.kind.name());
            let reason = reason(self.rules.clause(&of.clause), kinds);
            let named = self.named(&of.clause);
            match groups.iter_mut().find(|(other, _)| *other == reason) {
                Some((_, clauses)) => clauses.push(named),
                None => groups.push((reason, vec![named])),
            }
        }
        let mut lines = Vec::new();
        for (reason, clauses) in groups {
            lines.extend(flow(&clauses, DOT, self.room(), self.labels));
            let reason = wrap(self.labels.get(reason), self.room(), self.labels);
            lines.extend(reason.iter().map(|line| self.look().dim(line)));
        }
        lines
    }

    fn courtesy(&self, assessment: &Assessment) -> Vec<String> {
        let words = &assessment.courtesy_words;
        let items: Vec<String> = words
            .iter()
            .map(|(word, count)| format!("{} {count}", visible(word)))
            .collect();
        flow_painted(
            &items,
            DOT,
            self.room(),
            self.labels,
            |place, text| match words.get(place) {
                Some((_, 0)) => self.look().dim(text),
                _ => text.to_owned(),
            },
        )
    }

    /// Notes that say the same of several turns are one.
    fn notes(&self, assessment: &Assessment) -> Vec<String> {
        let mut groups: Vec<(&Note, Vec<usize>)> = Vec::new();
        for note in &assessment.notes {
            let same = groups.iter_mut().find(|(other, _)| {
                (other.kind, &other.detail, other.turn.is_some())
                    == (note.kind, &note.detail, note.turn.is_some())
            });
            match same {
                Some((_, turns)) => turns.extend(note.turn),
                None => groups.push((note, note.turn.into_iter().collect())),
            }
        }
        groups
            .into_iter()
            .flat_map(|(note, turns)| {
                let text = self.note(note);
                let text = match self.turns(&turns) {
                    Some(turns) => format!("{turns}{GAP}{text}"),
                    None => text,
                };
                wrap(&text, self.room(), self.labels)
            })
            .collect()
    }

    fn note(&self, note: &Note) -> String {
        let translated = match note.kind {
            NoteKind::OtherLanguage => self.labels.find(&format!("language.{}", note.detail)),
            NoteKind::ChannelInferred => self.labels.find(&format!("channel.{}", note.detail)),
            _ => None,
        };
        let detail = translated.map_or_else(|| visible(&note.detail), str::to_owned);
        self.labels
            .fill(&format!("note.{}", note.kind.name()), &[("detail", detail)])
    }

    fn turns(&self, turns: &[usize]) -> Option<String> {
        let numbers: Vec<String> = turns
            .iter()
            .take(MOST_TURNS)
            .map(usize::to_string)
            .collect();
        match turns {
            [] => None,
            [turn] => Some(self.labels.fill("unit.turn", &[("turn", turn.to_string())])),
            _ => {
                let named = self.labels.fill(
                    "unit.turns",
                    &[("turns", numbers.join(self.labels.get("layout.between")))],
                );
                let more = || {
                    self.labels
                        .fill("unit.more", &[("count", turns.len().to_string())])
                };
                Some(match turns.len() {
                    ..=MOST_TURNS => named,
                    _ => format!("{named} {}", more()),
                })
            }
        }
    }
}
