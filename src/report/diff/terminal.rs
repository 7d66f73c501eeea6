//! What changed, for people at a terminal.
//!
//! ```text
//! qinzhou-2014@1.0.0 → qinzhou-2014@1.1.0
//! 两边都有 3 段对话 · 有变化 2 · 平均分 86.5 → 84.0 · 升 0 · 降 2
//!
//! 条款  名称      新出现  结论变
//! ------------------------------
//! 9.5   材料不全       1       1
//!
//! 9.5  材料不全
//! 做到 → 不完整 1 · 没有 → 未做到 1
//!   a01  做到 → 不完整（缺 说明依据）
//!     旧    3 “根据规定”
//!     都有  3 “对不起” · 3 “还差发票”
//! ```

use super::{Change, Diff, DiffReport, Flip};
use crate::assessment::Verdict;
use crate::report::terminal::{DOT, Terminal};
use crate::report::visible::{columns, visible};
use crate::report::wire::{Clause, Proof};
use crate::report::wrap::{cut_middle, flow, pad, wrap};
use std::collections::BTreeMap;

/// Stands between what was and what is.
const TO: &str = " → ";
const INDENT: &str = "  ";
/// In narrower lines the table has numbers only.
const ROOM_FOR_TITLES: usize = 60;
/// The most ids that are listed of conversations that only one side has.
const MOST_IDS: usize = 20;

impl DiffReport<'_> {
    /// Lines, the last one ended too.
    pub fn terminal(&self, diff: &Diff) -> String {
        let frame = self.frame();
        let mut page = String::new();
        let [old, new] = self.phrasebooks(diff);
        if !old.is_empty() || !new.is_empty() {
            let line = match old == new {
                true => old,
                false => format!("{old}{TO}{new}"),
            };
            page.push_str(&frame.look().strong(&visible(&line)));
            page.push('\n');
        }
        let totals = flow(&self.totals(diff), DOT, frame.width(), self.labels);
        frame.lines(&totals, &mut page);
        self.only(diff, &mut page);
        let counts = diff.by_clause(self.rules);
        if counts.is_empty() {
            return page;
        }
        page.push('\n');
        self.table(diff, &mut page);
        for (clause, _) in counts {
            let (shown, more) = self.shown(diff, clause);
            page.push('\n');
            let head = format!("{}  {}", visible(clause), visible(self.title(clause)));
            page.push_str(&frame.look().strong(&head));
            page.push('\n');
            self.transitions(diff, clause, &mut page);
            for flip in shown {
                self.flip(flip, &mut page);
            }
            if more > 0 {
                let text = self
                    .labels
                    .fill("diff.more", &[("count", more.to_string())]);
                page.push_str(&format!("{INDENT}{text}\n"));
            }
        }
        page
    }

    fn frame(&self) -> Terminal<'_> {
        Terminal {
            rules: self.rules[1],
            labels: self.labels,
            width: self.width,
            colours: self.colours,
        }
    }

    /// How many conversations, and what became of the scores.
    pub(super) fn totals(&self, diff: &Diff) -> Vec<String> {
        let fill = |key: &str, count: usize| self.labels.fill(key, &[("count", count.to_string())]);
        let mut items = vec![fill("diff.both", diff.both)];
        if diff.both > 0 {
            items.push(match diff.changed {
                0 => self.labels.get("diff.same").to_owned(),
                changed => fill("diff.in-conversations", changed),
            });
        }
        let (up, down) = diff.moved();
        if let [Some(old), Some(new)] = [0, 1].map(|side| diff.totals[side].mean())
            && diff.changed > 0
        {
            let values = [("old", format!("{old:.1}")), ("new", format!("{new:.1}"))];
            items.push(self.labels.fill("diff.mean", &values));
        }
        for (key, count) in [
            ("diff.up", up),
            ("diff.down", down),
            ("diff.newly-passed", diff.newly.passed),
            ("diff.newly-failed", diff.newly.failed),
            ("diff.only-old", diff.only[0].len()),
            ("diff.only-new", diff.only[1].len()),
        ] {
            if count > 0 {
                items.push(fill(key, count));
            }
        }
        items
    }

    /// Which conversations only one side has.
    fn only(&self, diff: &Diff, page: &mut String) {
        let frame = self.frame();
        for (key, ids) in ["diff.only-old-ids", "diff.only-new-ids"]
            .into_iter()
            .zip(&diff.only)
        {
            if ids.is_empty() {
                continue;
            }
            let room = frame.width() - columns(INDENT);
            let mut items: Vec<String> = ids
                .iter()
                .take(MOST_IDS)
                .map(|id| cut_middle(id, room / 2))
                .collect();
            if ids.len() > MOST_IDS {
                let more = (ids.len() - MOST_IDS).to_string();
                items.push(self.labels.fill("diff.more", &[("count", more)]));
            }
            page.push('\n');
            page.push_str(self.labels.get(key));
            page.push('\n');
            for line in flow(&items, INDENT, room, self.labels) {
                page.push_str(&format!("{INDENT}{line}\n"));
            }
        }
    }

    fn table(&self, diff: &Diff, page: &mut String) {
        let counts = diff.by_clause(self.rules);
        let changes: Vec<(usize, String)> = Change::ALL
            .into_iter()
            .enumerate()
            .filter(|(place, _)| counts.iter().any(|(_, of)| of.0[*place] > 0))
            .map(|(place, change)| (place, format!("diff.{}", change.name())))
            .collect();
        let has_title = self.frame().width() >= ROOM_FOR_TITLES;
        let mut header = vec![self.labels.get("column.clause")];
        header.extend(has_title.then(|| self.labels.get("column.title")));
        let numbers: Vec<usize> = (header.len()..header.len() + changes.len()).collect();
        header.extend(changes.iter().map(|(_, key)| self.labels.get(key)));
        let cells = counts.iter().map(|(id, counts)| {
            let mut row = vec![visible(id)];
            row.extend(has_title.then(|| visible(self.title(id))));
            row.extend(changes.iter().map(|(place, _)| match counts.0[*place] {
                0 => String::new(),
                count => count.to_string(),
            }));
            row
        });
        self.frame().table(
            &header,
            &numbers,
            usize::from(has_title),
            cells.collect(),
            page,
        );
    }

    /// From which verdict to which, and how often.
    fn transitions(&self, diff: &Diff, clause: &str, page: &mut String) {
        let mut counts: BTreeMap<(Option<Verdict>, Option<Verdict>), usize> = BTreeMap::new();
        let verdict =
            |of: &Option<Clause<'_>>| of.as_ref().and_then(|of| Verdict::from_name(&of.verdict));
        let flips = diff.flips.iter().filter(|flip| {
            flip.clause == clause && !matches!(flip.change, Change::Elements | Change::Points)
        });
        for flip in flips {
            *counts
                .entry((verdict(&flip.old), verdict(&flip.new)))
                .or_default() += 1;
        }
        let mut items: Vec<String> = counts
            .into_iter()
            .map(|((old, new), count)| {
                let [old, new] = [old, new].map(|of| self.verdict_word(of));
                format!("{old}{TO}{new} {count}")
            })
            .collect();
        items.extend(self.point_transitions(diff, clause));
        let frame = self.frame();
        let lines = flow(&items, DOT, frame.width(), self.labels);
        if !items.is_empty() {
            frame.lines(&lines, page);
        }
    }

    /// From how many points to how many, where the verdict stays, and how often.
    fn point_transitions(&self, diff: &Diff, clause: &str) -> Vec<String> {
        let mut counts: BTreeMap<[String; 2], usize> = BTreeMap::new();
        for flip in &diff.flips {
            if flip.clause == clause
                && flip.change == Change::Points
                && let (Some(old), Some(new)) = (&flip.old, &flip.new)
            {
                let points = [old, new].map(|of| format!("{}", of.points));
                *counts.entry(points).or_default() += 1;
            }
        }
        let told = counts.into_iter().map(|([old, new], count)| {
            let values = [("old", old), ("new", new), ("count", count.to_string())];
            self.labels.fill("diff.other-points", &values)
        });
        told.collect()
    }

    fn flip(&self, flip: &Flip, page: &mut String) {
        let frame = self.frame();
        let look = frame.look();
        let room = frame.width() - columns(INDENT);
        let id = cut_middle(&flip.id, room / 3);
        let text = format!(
            "{}{TO}{}",
            visible(&self.outcome(flip.old.as_ref())),
            visible(&self.outcome(flip.new.as_ref()))
        );
        let beside = columns(&id) + 2;
        let lines = wrap(&text, room.saturating_sub(beside), self.labels);
        for (place, line) in lines.iter().enumerate() {
            let head = match place {
                0 => format!("{}  ", look.strong(&id)),
                _ => " ".repeat(beside),
            };
            page.push_str(&format!("{INDENT}{head}{line}\n"));
        }
        self.proofs(flip, page);
    }

    /// What only one side has found, then what both have.
    fn proofs(&self, flip: &Flip, page: &mut String) {
        let pieces = |of: &Option<Clause<'static>>| {
            of.as_ref()
                .map(|of| of.evidence.clone())
                .unwrap_or_default()
        };
        let (old, new) = (pieces(&flip.old), pieces(&flip.new));
        let only = |own: &[Proof<'static>], other: &[Proof<'static>]| -> Vec<Proof<'static>> {
            let lacks = |piece: &&Proof<'static>| !other.iter().any(|of| same_words(piece, of));
            own.iter().filter(lacks).cloned().collect()
        };
        let both: Vec<_> = old
            .iter()
            .filter(|piece| new.iter().any(|of| same_words(piece, of)))
            .cloned()
            .collect();
        let mut rows = Vec::new();
        for (key, of, own, other) in [
            ("diff.old", &flip.old, &old, &new),
            ("diff.new", &flip.new, &new, &old),
        ] {
            let Some(of) = of else { continue };
            let only = only(own, other);
            if own.is_empty() {
                let turn = of.trigger.to_string();
                rows.push((key, self.labels.fill("diff.no-words", &[("turn", turn)])));
            } else if !only.is_empty() {
                rows.push((key, self.quotes(&only)));
            }
        }
        if !both.is_empty() {
            rows.push(("diff.both-say", self.quotes(&both)));
        }
        let widest = rows
            .iter()
            .map(|(key, _)| columns(self.labels.get(key)))
            .max();
        for (key, words) in rows {
            let label = pad(self.labels.get(key), widest.unwrap_or(0));
            self.proof(&label, &words, page);
        }
    }

    fn proof(&self, label: &str, words: &str, page: &mut String) {
        let frame = self.frame();
        let label = format!("{INDENT}{INDENT}{label}  ");
        let lines = wrap(words, frame.width() - columns(&label), self.labels);
        for (place, line) in lines.iter().enumerate() {
            match place {
                0 => page.push_str(&frame.look().dim(&label)),
                _ => page.push_str(&" ".repeat(columns(&label))),
            }
            page.push_str(line);
            page.push('\n');
        }
    }

    /// The words that prove a verdict, or where it arose when there are none.
    pub(super) fn words(&self, of: &Clause<'_>) -> String {
        if of.evidence.is_empty() {
            let turn = of.trigger.to_string();
            return self.labels.fill("diff.no-words", &[("turn", turn)]);
        }
        self.quotes(&of.evidence)
    }

    fn quotes(&self, pieces: &[Proof<'_>]) -> String {
        let words: Vec<String> = pieces
            .iter()
            .map(|piece| {
                let text = visible(&piece.text);
                let quoted = self.labels.fill("report.quote", &[("text", text)]);
                format!("{} {quoted}", piece.turn)
            })
            .collect();
        words.join(DOT)
    }

    fn verdict_word(&self, verdict: Option<Verdict>) -> &str {
        match verdict {
            Some(verdict) => self.labels.find(&format!("verdict.{}", verdict.name())),
            None => self.labels.find("diff.none"),
        }
        .unwrap_or_default()
    }
}

/// Whether two pieces are the same words of the same turn.
fn same_words(a: &Proof<'_>, b: &Proof<'_>) -> bool {
    (a.turn, a.start, a.end) == (b.turn, b.start, b.end)
}
