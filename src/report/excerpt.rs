//! A few turns of the talk, with the words that matter marked.
//!
//! ```text
//!   客户  6 │ 那我这些材料够不够？
//!   客服  7 │ 对不起，还少一份购房合同原件，您得…
//!           │ ^^^^^^  ^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! The bar is repeated beside the marks because some consoles draw it two columns
//! wide. A turn takes one line. Of a long one the evidence is kept, with as much around
//! it as the width allows and `…` for what was left out.

use super::look::Look;
use super::visible::{Cell, Visible, columns};
use super::window::window;
use super::wrap::{ELLIPSIS, pad, pad_left};
use crate::assessment::Evidence;
use crate::conversation::{Conversation, Role};
use crate::phrasebook::labels::Labels;
use std::ops::Range;

/// Stands before every line of an excerpt.
const INDENT: &str = "  ";
/// Stands between who speaks and what is said.
const GUTTER: &str = " │ ";
/// However narrow the terminal is, a turn gets as many columns.
const LEAST_COLUMNS: usize = 16;
const MARK: &str = "^";

/// Shows turns of one conversation, with columns that fit all of it.
pub struct Excerpt<'a> {
    conversation: &'a Conversation,
    labels: &'a Labels,
    look: Look,
    width: usize,
    role: usize,
    number: usize,
    clock: usize,
}

impl<'a> Excerpt<'a> {
    /// Excerpts of `conversation` in lines of at most `width` columns.
    pub fn new(
        conversation: &'a Conversation,
        labels: &'a Labels,
        look: Look,
        width: usize,
    ) -> Self {
        let turns = &conversation.turns;
        let roles = turns
            .iter()
            .map(|turn| columns(role_label(turn.role, labels)));
        let clocks = turns.iter().filter_map(|turn| clock(turn.start));
        Self {
            conversation,
            labels,
            look,
            width,
            role: roles.max().unwrap_or(0),
            number: turns.len().saturating_sub(1).to_string().len(),
            clock: clocks.map(|clock| clock.len()).max().unwrap_or(0),
        }
    }

    /// Adds turn `index` to `page`, with those of `evidence` marked that lie in it.
    pub fn turn(&self, index: usize, evidence: &[Evidence], page: &mut String) {
        let Some(turn) = self.conversation.turns.get(index) else {
            return;
        };
        let mut speaker = pad(role_label(turn.role, self.labels), self.role);
        speaker.push(' ');
        speaker.push_str(&pad_left(&index.to_string(), self.number));
        if self.clock > 0 {
            speaker.push(' ');
            speaker.push_str(&pad_left(
                &clock(turn.start).unwrap_or_default(),
                self.clock,
            ));
        }
        let blank = pad("", columns(&speaker));
        let before = columns(INDENT) + columns(&speaker) + columns(GUTTER);
        let room = self.width.saturating_sub(before).max(LEAST_COLUMNS);

        let visible = Visible::new(&turn.text);
        let marks = marks(&visible.cells, index, evidence);
        let kept = window(&visible.cells, &marked_ranges(&marks), room);

        page.push_str(INDENT);
        page.push_str(&self.look.dim(&(speaker + GUTTER)));
        page.push_str(&self.text(&visible, &marks, &kept));
        page.push('\n');
        if !self.look.colours {
            let line = mark_line(&visible, &marks, &kept);
            if !line.is_empty() {
                page.extend([INDENT, &blank, GUTTER, &line, "\n"]);
            }
        }
    }

    fn text(&self, visible: &Visible, marks: &[Mark], kept: &[Range<usize>]) -> String {
        let mut text = String::new();
        let mut at = 0;
        for range in kept {
            if range.start > at {
                text.push_str(&self.look.dim(ELLIPSIS));
            }
            let mut from = range.start;
            while from < range.end {
                let mark = marks[from];
                let to = (from..range.end)
                    .find(|&cell| marks[cell] != mark)
                    .unwrap_or(range.end);
                let start = visible.cells[from].shown.start;
                let shown = &visible.text[start..visible.cells[to - 1].shown.end];
                match mark {
                    Mark::None => text.push_str(shown),
                    Mark::Said => text.push_str(&self.look.evidence(false, shown)),
                    Mark::Breach => text.push_str(&self.look.evidence(true, shown)),
                }
                from = to;
            }
            at = range.end;
        }
        if at < visible.cells.len() {
            text.push_str(&self.look.dim(ELLIPSIS));
        }
        text
    }
}

/// What a cell of a turn proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    None,
    Said,
    Breach,
}

fn role_label(role: Role, labels: &Labels) -> &str {
    labels
        .find(&format!("role.{}", role.name()))
        .unwrap_or_default()
}

/// Seconds as `1:05` or `1:02:05`.
fn clock(seconds: Option<f64>) -> Option<String> {
    let seconds = seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0)? as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    })
}

fn marks(cells: &[Cell], turn: usize, evidence: &[Evidence]) -> Vec<Mark> {
    let mut marks = vec![Mark::None; cells.len()];
    for piece in evidence.iter().filter(|piece| piece.turn == turn) {
        let (start, end) = (piece.span.start as usize, piece.span.end as usize);
        let first = cells.partition_point(|cell| cell.source.end <= start);
        let last = cells.partition_point(|cell| cell.source.start < end);
        let mark = if piece.element.is_some() {
            Mark::Said
        } else {
            Mark::Breach
        };
        for marked in marks.get_mut(first..last).unwrap_or_default() {
            *marked = mark.max(*marked);
        }
    }
    marks
}

fn marked_ranges(marks: &[Mark]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (cell, _) in marks
        .iter()
        .enumerate()
        .filter(|(_, mark)| **mark != Mark::None)
    {
        match ranges.last_mut() {
            Some(range) if range.end == cell => range.end = cell + 1,
            _ => ranges.push(cell..cell + 1),
        }
    }
    ranges
}

fn mark_line(visible: &Visible, marks: &[Mark], kept: &[Range<usize>]) -> String {
    let mut line = String::new();
    let mut at = 0;
    for range in kept {
        if range.start > at {
            line.push(' ');
        }
        for cell in range.clone() {
            let mark = if marks[cell] == Mark::None { " " } else { MARK };
            line.push_str(&mark.repeat(visible.cells[cell].columns));
        }
        at = range.end;
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::By;
    use crate::conversation::Turn;
    use crate::phrasebook::labels::Lang;
    use crate::span::Span;

    fn shown(text: &str, evidence: &[(u32, u32)], width: usize) -> String {
        let conversation = Conversation {
            turns: vec![Turn::new(Role::Staff, text)],
            ..Conversation::default()
        };
        let evidence: Vec<Evidence> = evidence
            .iter()
            .map(|&(start, end)| Evidence {
                turn: 0,
                span: Span::new(start, end),
                text: String::new(),
                element: None,
                by: By::Text,
            })
            .collect();
        let labels = Labels::builtin(Lang::Zh);
        let mut page = String::new();
        Excerpt::new(&conversation, &labels, Look { colours: false }, width)
            .turn(0, &evidence, &mut page);
        page
    }

    #[test]
    fn marks_stand_under_the_words() {
        type Case<'a> = (&'a str, &'a [(u32, u32)], &'a str);
        let cases: [Case<'_>; 8] = [
            ("对不起，请稍候", &[], "对不起，请稍候\n"),
            (
                "对不起，请稍候",
                &[(0, 9), (12, 21)],
                "对不起，请稍候\n         │ ^^^^^^  ^^^^^^\n",
            ),
            ("ok 您好", &[(3, 9)], "ok 您好\n         │    ^^^^\n"),
            // Neither in the middle of a character nor behind the end.
            ("您好", &[(1, 2)], "您好\n         │ ^^\n"),
            ("您好", &[(4, 99)], "您好\n         │   ^^\n"),
            ("您好", &[(6, 9)], "您好\n"),
            ("您\u{1b}好", &[(4, 7)], "您␛好\n         │    ^^\n"),
            ("", &[(0, 0)], "\n"),
        ];
        for (text, evidence, expected) in cases {
            let expected = format!("  客服 0 │ {expected}");
            assert_eq!(shown(text, evidence, 80), expected, "{text:?}");
        }
    }

    #[test]
    fn long_turns_keep_their_evidence() {
        let text = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸";
        let cases: [(&[(u32, u32)], &str); 6] = [
            (&[], "一二三四五六七八九…\n"),
            (&[(0, 6)], "一二三四五六七八九…\n         │ ^^^^\n"),
            (
                &[(54, 60)],
                "…乙丙丁戊己庚辛壬癸\n         │                ^^^^\n",
            ),
            (
                &[(27, 33)],
                "…七八九十甲乙丙丁戊…\n         │        ^^^^\n",
            ),
            (
                &[(0, 3), (57, 60)],
                "一二三四五…庚辛壬癸\n         │ ^^               ^^\n",
            ),
            (
                &[(0, 60)],
                "一二三四五六七八九…\n         │ ^^^^^^^^^^^^^^^^^^\n",
            ),
        ];
        for (evidence, expected) in cases {
            let expected = format!("  客服 0 │ {expected}");
            assert_eq!(shown(text, evidence, 31), expected, "{evidence:?}");
        }
    }

    #[test]
    fn no_line_is_wider_than_it_may_be() {
        let text = "您e\u{301}好，ab\u{1b}c 请\u{200b}稍候 👍🏽 再见".repeat(3);
        let len = text.len() as u32;
        for width in (28..90).step_by(3) {
            for start in (0..len).step_by(7) {
                let evidence = [(start, (start + 11).min(len + 5)), (len - 9, len)];
                for line in shown(&text, &evidence, width).lines() {
                    assert!(columns(line) <= width, "{width} {start}: {line}");
                }
            }
        }
    }

    #[test]
    fn times_stand_beside_the_turn() {
        let cases = [
            (Some(5.9), Some("0:05")),
            (Some(65.0), Some("1:05")),
            (Some(3725.0), Some("1:02:05")),
            (Some(-1.0), None),
            (Some(f64::NAN), None),
            (None, None),
        ];
        for (seconds, expected) in cases {
            assert_eq!(clock(seconds).as_deref(), expected, "{seconds:?}");
        }
    }
}
