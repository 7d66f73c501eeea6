//! Which part of a long text to show, so that what matters in it is seen.
//!
//! Everything wanted is kept, and grows by a character at a time to both sides, each
//! stretch in turn, until the room is used up. Every gap costs a column for its `…`.

use super::visible::Cell;
use std::ops::Range;

/// Where not everything wanted can be shown, each stretch gets so many columns.
const LEAST_SHARE: usize = 8;

/// Which cells to show in `room` columns: all, or those of `wanted` with as much
/// around them as there is room for. The ranges are in order and don't touch.
pub fn window(cells: &[Cell], wanted: &[Range<usize>], room: usize) -> Vec<Range<usize>> {
    let mut before = vec![0];
    for cell in cells {
        before.push(before[before.len() - 1] + cell.columns);
    }
    let all = 0..cells.len();
    let cost = |kept: &[Range<usize>]| -> usize {
        let shown: usize = kept
            .iter()
            .map(|range| before[range.end] - before[range.start])
            .sum();
        let cut_start = usize::from(kept.first().is_some_and(|first| first.start > 0));
        let cut_end = usize::from(kept.last().is_some_and(|last| last.end < cells.len()));
        shown + cut_start + cut_end + kept.len().saturating_sub(1)
    };
    if before[cells.len()] <= room {
        return vec![all];
    }
    let mut kept = wanted.to_vec();
    if kept.is_empty() {
        kept.push(0..0);
    }
    // Too much by itself: the beginning of each stretch, and of many the first few.
    if cost(&kept) > room {
        kept.truncate((room / LEAST_SHARE).max(1));
        let share = (room / kept.len()).saturating_sub(2);
        for range in &mut kept {
            let end = |cell: &usize| before[*cell] - before[range.start] <= share;
            range.end = (range.start..=range.end).rfind(end).unwrap_or(range.start);
        }
        kept.retain(|range| !range.is_empty());
    }
    loop {
        let mut has_grown = false;
        for place in 0..kept.len() * 2 {
            let grown = grow(&kept, place / 2, place % 2 == 0, cells.len());
            if let Some(grown) = grown.filter(|grown| cost(grown) <= room) {
                has_grown = true;
                let has_merged = grown.len() < kept.len();
                kept = grown;
                if has_merged {
                    break;
                }
            }
        }
        if !has_grown {
            break;
        }
    }
    // A `…` that stands for one character says less than the character; what is farthest
    // out on either side makes room for it.
    let (first, last) = (wanted.first(), wanted.last());
    while let Some(hole) = kept
        .windows(2)
        .position(|pair| pair[0].end + 1 == pair[1].start)
    {
        let mut closed = kept.clone();
        closed[hole].end = closed.remove(hole + 1).end;
        let end = closed.len() - 1;
        if cost(&closed) > room && last.is_some_and(|last| last.end < closed[end].end) {
            closed[end].end -= 1;
        }
        if cost(&closed) > room && first.is_some_and(|first| first.start > closed[0].start) {
            closed[0].start += 1;
        }
        if cost(&closed) > room {
            break;
        }
        kept = closed;
    }
    kept
}

/// `kept` with one of its ranges a cell longer, and merged with its neighbour where
/// they now touch.
fn grow(
    kept: &[Range<usize>],
    place: usize,
    to_the_right: bool,
    cells: usize,
) -> Option<Vec<Range<usize>>> {
    let mut grown = kept.to_vec();
    let range = grown.get_mut(place)?;
    if to_the_right {
        range.end = (range.end < cells).then_some(range.end + 1)?;
        let end = range.end;
        if grown.get(place + 1).is_some_and(|next| next.start <= end) {
            grown[place].end = grown.remove(place + 1).end;
        }
    } else {
        range.start = range.start.checked_sub(1)?;
        let start = range.start;
        if place > 0 && grown[place - 1].end >= start {
            grown[place - 1].end = grown.remove(place).end;
        }
    }
    Some(grown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::visible::Visible;

    #[test]
    fn stretches_grow_until_the_room_is_used_up() {
        let cells = Visible::new("0123456789").cells;
        let shown = |wanted: &[(usize, usize)], room| -> String {
            let mut text = String::new();
            let mut at = 0;
            let wanted: Vec<Range<usize>> = wanted.iter().map(|&(start, end)| start..end).collect();
            for range in window(&cells, &wanted, room) {
                text.push_str(if range.start > at { "_" } else { "" });
                text.extend(range.clone().map(|cell| cell.to_string()));
                at = range.end;
            }
            text + if at < cells.len() { "_" } else { "" }
        };
        type Case<'a> = (&'a [(usize, usize)], usize, &'a str);
        let cases: [Case<'_>; 11] = [
            (&[], 10, "0123456789"),
            (&[], 4, "012_"),
            (&[(5, 6)], 5, "_456_"),
            (&[(9, 10)], 4, "_789"),
            (&[(1, 2), (8, 9)], 7, "012_789"),
            (&[(2, 3), (6, 7)], 8, "0123_67_"),
            (&[(3, 4), (5, 6)], 5, "_345_"),
            (&[(2, 8)], 6, "_2345_"),
            (&[(0, 5), (6, 10)], 6, "01234_"),
            (&[(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)], 8, "0123456_"),
            (&[(4, 5)], 0, "_"),
        ];
        let got: Vec<String> = cases
            .iter()
            .map(|(wanted, room, _)| shown(wanted, *room))
            .collect();
        let expected: Vec<&str> = cases.iter().map(|(_, _, expected)| *expected).collect();
        assert_eq!(got, expected);
    }
}
