//! Lines of a given width, counted in terminal columns.
//!
//! Chinese breaks between any two characters, but doesn't begin a line with a
//! comma nor end one with an opening bracket; words in letters aren't broken
//! unless they fill a line by themselves. Which marks bind is data
//! (`layout.not-first`, `layout.not-last` of the labels).

use super::visible::{Visible, columns};
use crate::phrasebook::labels::Labels;

/// Stands where something was left out.
pub const ELLIPSIS: &str = "…";

/// `text` followed by as many blanks as bring it to `width` columns.
pub fn pad(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// `text` after as many blanks as bring it to `width` columns.
pub fn pad_left(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(columns(text));
    format!("{}{text}", " ".repeat(blanks))
}

/// `text` cut to `width` columns, with an ellipsis where it was cut.
pub fn cut(text: &str, width: usize) -> String {
    let visible = Visible::new(text);
    if visible.columns() <= width {
        return visible.text;
    }
    let mut shown = String::new();
    let mut room = width.saturating_sub(1);
    for cell in &visible.cells {
        let Some(rest) = room.checked_sub(cell.columns) else {
            break;
        };
        room = rest;
        shown.push_str(&visible.text[cell.shown.clone()]);
    }
    shown + ELLIPSIS
}

/// `text` cut to `width` columns with an ellipsis in its middle; names of recordings
/// differ in their ends.
pub fn cut_middle(text: &str, width: usize) -> String {
    let visible = Visible::new(text);
    if visible.columns() <= width {
        return visible.text;
    }
    let head = cut(text, width.div_ceil(2));
    let mut room = width.saturating_sub(columns(&head));
    let mut tail = visible.text.len();
    for cell in visible.cells.iter().rev() {
        let Some(rest) = room.checked_sub(cell.columns) else {
            break;
        };
        room = rest;
        tail = cell.shown.start;
    }
    head + &visible.text[tail..]
}

/// Breaks `text` into lines of at most `width` columns.
pub fn wrap(text: &str, width: usize, labels: &Labels) -> Vec<String> {
    let not_first = labels.get("layout.not-first");
    let not_last = labels.get("layout.not-last");
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text, not_first, not_last) {
        if columns(&line) + columns(piece.trim_end()) > width && !line.trim_end().is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        if columns(piece.trim_end()) <= width {
            line.push_str(piece);
            continue;
        }
        for cell in &Visible::new(piece).cells {
            let shown = &piece[cell.source.clone()];
            if columns(&line) + cell.columns > width && !line.is_empty() {
                if shown.trim().is_empty() {
                    continue;
                }
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(shown);
        }
    }
    let rest = line.trim_end();
    if !rest.is_empty() || lines.is_empty() {
        lines.push(rest.to_owned());
    }
    lines
}

/// Sets items one after another, `separator` between them, into lines of at most
/// `width` columns; an item is broken only where it fills a line by itself.
pub fn flow(items: &[String], separator: &str, width: usize, labels: &Labels) -> Vec<String> {
    flow_painted(items, separator, width, labels, |_, text| text.to_owned())
}

/// As [`flow`], with each item painted: `paint` is given its place among the items
/// and what of it stands in one line.
pub fn flow_painted(
    items: &[String],
    separator: &str,
    width: usize,
    labels: &Labels,
    paint: impl Fn(usize, &str) -> String,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut taken = 0;
    for (place, item) in items.iter().enumerate() {
        let more = columns(separator) + columns(item);
        match lines.last_mut() {
            Some(line) if taken + more <= width => {
                taken += more;
                line.push_str(separator);
                line.push_str(&paint(place, item));
            }
            _ => {
                let broken = wrap(item, width, labels);
                taken = broken.last().map_or(0, |line| columns(line));
                lines.extend(broken.iter().map(|line| paint(place, line)));
            }
        }
    }
    lines
}

/// Cuts `text` where a line may end. Blanks stay at the end of their piece.
fn pieces<'a>(text: &'a str, not_first: &str, not_last: &str) -> Vec<&'a str> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut pieces = Vec::new();
    let mut from = 0;
    for pair in chars.windows(2) {
        let [(_, before), (at, after)] = [pair[0], pair[1]];
        let in_word = !is_wide(before) && !is_wide(after) && !before.is_whitespace();
        let bound = after.is_whitespace()
            || in_word
            || columns(after.encode_utf8(&mut [0; 4])) == 0
            || not_first.contains(after)
            || not_last.contains(before);
        if !bound {
            pieces.push(&text[from..at]);
            from = at;
        }
    }
    pieces.push(&text[from..]);
    pieces
}

fn is_wide(char: char) -> bool {
    columns(char.encode_utf8(&mut [0; 4])) == 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::labels::Lang;

    #[test]
    fn lines_break_where_they_may() {
        let labels = Labels::builtin(Lang::Zh);
        let cases: [(&str, usize, &[&str]); 10] = [
            ("", 10, &[""]),
            ("请收好", 10, &["请收好"]),
            ("对不起，请稍候", 8, &["对不起，", "请稍候"]),
            ("对不起，请稍候", 6, &["对不", "起，请", "稍候"]),
            ("说“对不起”", 4, &["说", "“对", "不", "起”"]),
            ("to be or not", 6, &["to be", "or not"]),
            ("abcdefgh ij", 4, &["abcd", "efgh", "ij"]),
            ("到3号窗口", 5, &["到3号", "窗口"]),
            ("a  b", 2, &["a", "b"]),
            ("您好", 1, &["您", "好"]),
        ];
        for (text, width, lines) in cases {
            assert_eq!(wrap(text, width, &labels), lines, "{text:?} in {width}");
        }
    }

    #[test]
    fn items_stay_whole() {
        let labels = Labels::builtin(Lang::Zh);
        let items = [
            "9.3 接待".to_owned(),
            "9.4 请".to_owned(),
            "14.2 道别".to_owned(),
        ];
        let cases: [(usize, &[&str]); 3] = [
            (80, &["9.3 接待 · 9.4 请 · 14.2 道别"]),
            (20, &["9.3 接待 · 9.4 请", "14.2 道别"]),
            (6, &["9.3 接", "待", "9.4 请", "14.2", "道别"]),
        ];
        for (width, lines) in cases {
            assert_eq!(flow(&items, " · ", width, &labels), lines, "in {width}");
        }
    }

    #[test]
    fn cutting_keeps_characters_whole() {
        let cases = [
            ("您好", 4, "您好"),
            ("您好吗", 4, "您…"),
            ("您好吗", 5, "您好…"),
            ("您", 1, "…"),
            ("a\u{1b}b", 3, "a␛b"),
        ];
        for (text, width, shown) in cases {
            assert_eq!(cut(text, width), shown, "{text:?} in {width}");
        }
        let cases = [
            ("2026-03-01_window3_000123", 25, "2026-03-01_window3_000123"),
            ("2026-03-01_window3_000123", 11, "2026-…00123"),
            ("三号窗口录音七", 9, "三号…音七"),
            ("三号窗口录音七", 2, "…"),
        ];
        for (text, width, shown) in cases {
            assert_eq!(cut_middle(text, width), shown, "{text:?} in {width}");
        }
    }

    #[test]
    fn padding_counts_columns() {
        assert_eq!(
            (pad("您", 4), pad_left("您", 4)),
            ("您  ".to_owned(), "  您".to_owned())
        );
        assert_eq!(pad("您好", 3), "您好");
    }
}
