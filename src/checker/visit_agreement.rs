//! How well whole days are cut into visits, and what becomes of the verdicts: measured
//! on days that are composed of labelled conversations, where one knows who came when.

use super::{Checker, Cutting};
use crate::conversation::Conversation;
use crate::generate::day::{Day, Way, days};
use crate::matching::Scratch;
use crate::scoring::agreement::{Counts, DaysCut, Label, measure};
use std::collections::BTreeMap;
use std::ops::Range;

impl Checker {
    /// Composes days of `given` by each of `seeds`, cuts them, and judges what comes of
    /// it by `labels`, those of the clauses in `only`; of all where that is empty.
    pub fn measure_visits(
        &self,
        given: &[Conversation],
        labels: &[Label],
        only: &[String],
        way: Way,
        seeds: Range<u64>,
    ) -> DaysCut {
        let mut scratch = Scratch::default();
        let mut counted = DaysCut {
            known: way.name(),
            ..DaysCut::default()
        };
        for seed in seeds {
            let (mut by_hand, mut found) = (Vec::new(), Vec::new());
            for day in days(given, seed) {
                let day = day.known_by(way);
                counted.days += 1;
                for visit in cut_by_hand(&day) {
                    self.label(&visit, only, &mut scratch, &mut by_hand);
                }
                let recording = day.conversation.clone();
                let visits = self.visits(recording, Cutting::All, &mut scratch);
                counted.cuts.add(compare(&day, &visits));
                for visit in named(&day, visits) {
                    self.label(&visit, only, &mut scratch, &mut found);
                }
            }
            counted.by_hand.add(measure(&by_hand, labels).strict);
            counted.found.add(measure(&found, labels).strict);
        }
        counted
    }

    fn label(
        &self,
        visit: &Conversation,
        only: &[String],
        scratch: &mut Scratch,
        labels: &mut Vec<Label>,
    ) {
        let verdicts = self.check_with(visit, scratch).verdicts.into_iter();
        let asked = verdicts.filter(|verdict| only.is_empty() || only.contains(&verdict.clause));
        labels.extend(asked.map(|verdict| Label {
            conversation: visit.id.clone(),
            clause: verdict.clause,
            verdict: verdict.worst.verdict.name().to_owned(),
            missing: verdict.worst.missing,
        }));
    }
}

fn cut_by_hand(day: &Day) -> impl Iterator<Item = Conversation> + '_ {
    day.visits.iter().map(|part| Conversation {
        id: part.id.clone(),
        turns: day.conversation.turns[part.turns.clone()].to_vec(),
        ..day.conversation.clone_head()
    })
}

fn first_turn(visit: &Conversation) -> usize {
    visit.visit.as_ref().map_or(0, |visit| visit.first_turn)
}

fn compare(day: &Day, visits: &[Conversation]) -> Counts {
    let theirs = day.cuts();
    let starts = visits.iter().map(first_turn).filter(|start| *start > 0);
    let (right, wrong): (Vec<_>, Vec<_>) = starts.partition(|start| theirs.contains(start));
    Counts {
        both: right.len(),
        extra: wrong.len(),
        lacking: theirs.len() - right.len(),
    }
}

/// The visits as found, under the ids of the conversations that they were. Where one
/// falls into several, the longest part has its id, and the others keep their own.
fn named(day: &Day, visits: Vec<Conversation>) -> Vec<Conversation> {
    // The conversation with which each shares most turns, and how many.
    let shared: Vec<(usize, &str)> = visits
        .iter()
        .map(|visit| {
            let own = first_turn(visit)..first_turn(visit) + visit.turns.len();
            // Both are in order; only those between the two can share a turn.
            let from = day
                .visits
                .partition_point(|part| part.turns.end <= own.start);
            let parts = day.visits[from..].iter();
            let parts = parts.take_while(|part| part.turns.start < own.end);
            let parts = parts.map(|part| {
                let last = own.end.min(part.turns.end);
                (last - own.start.max(part.turns.start), part.id.as_str())
            });
            parts.max_by_key(|(turns, _)| *turns).unwrap_or_default()
        })
        .collect();
    let mut longest: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, (turns, id)) in shared.iter().enumerate() {
        let best = longest.entry(id).or_insert(number);
        if *turns > shared[*best].0 {
            *best = number;
        }
    }
    let numbered = visits.into_iter().enumerate();
    let named = numbered.map(|(number, mut visit)| {
        let id = shared[number].1;
        if longest.get(id) == Some(&number) {
            visit.id = id.to_owned();
        }
        visit
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{Role, Turn, Visit};
    use crate::generate::day::Part;

    fn day(parts: &[(&str, usize)]) -> Day {
        let mut turns = Vec::new();
        let visits = parts.iter().map(|(id, length)| {
            let first = turns.len();
            turns.extend((0..*length).map(|_| Turn::new(Role::Staff, "好")));
            Part {
                id: (*id).to_owned(),
                turns: first..turns.len(),
            }
        });
        let visits = visits.collect();
        Day {
            conversation: Conversation {
                turns,
                ..Conversation::default()
            },
            visits,
        }
    }

    fn cut(day: &Day, starts: &[usize]) -> Vec<Conversation> {
        let all = day.conversation.turns.len();
        let ends = starts.iter().skip(1).copied().chain([all]);
        let visits = starts.iter().zip(ends).enumerate();
        let visits = visits.map(|(number, (start, end))| Conversation {
            id: format!("#{number}"),
            turns: day.conversation.turns[*start..end].to_vec(),
            visit: Some(Visit {
                first_turn: *start,
                ..Visit::default()
            }),
            ..Conversation::default()
        });
        visits.collect()
    }

    #[test]
    fn what_is_found_is_compared_with_what_is() {
        let day = day(&[("a", 4), ("b", 6), ("c", 2)]);
        type Case<'a> = (&'a [usize], [usize; 3], &'a [&'a str]);
        let cases: [Case<'_>; 5] = [
            (&[0, 4, 10], [2, 0, 0], &["a", "b", "c"]),
            (&[0], [0, 0, 2], &["b"]),
            // Of two halves as long as each other the first is it.
            (&[0, 2, 4, 10], [2, 1, 0], &["a", "#1", "b", "c"]),
            (&[0, 4, 5, 10], [2, 1, 0], &["a", "#1", "b", "c"]),
            (&[0, 5, 10], [1, 1, 1], &["a", "b", "c"]),
        ];
        for (starts, [both, extra, lacking], ids) in cases {
            let visits = cut(&day, starts);
            let counts = Counts {
                both,
                extra,
                lacking,
            };
            assert_eq!(compare(&day, &visits), counts, "{starts:?}");
            let named = named(&day, visits);
            let named: Vec<&str> = named.iter().map(|visit| visit.id.as_str()).collect();
            assert_eq!(named, ids, "{starts:?}");
        }
    }
}
