//! A turn as the page shows it, and where in it evidence stands.
//!
//! Evidence counts bytes of the text as received; a browser counts UTF-16 units of
//! the text that it shows. The way from one to the other is walked here, once.

use crate::report::visible::Visible;
use crate::span::Span;

/// A text that may be shown, with the way to it from the received bytes.
pub(super) struct Shown {
    pub(super) text: String,
    /// For each cell: the received byte that it begins at, and the UTF-16 unit.
    starts: Vec<(usize, usize)>,
}

impl Shown {
    pub(super) fn new(text: &str) -> Self {
        let visible = Visible::new(text);
        let mut starts = Vec::with_capacity(visible.cells.len() + 1);
        let mut units = 0;
        for cell in &visible.cells {
            starts.push((cell.source.start, units));
            let shown = &visible.text[cell.shown.clone()];
            units += shown.chars().map(char::len_utf16).sum::<usize>();
        }
        starts.push((text.len(), units));
        Self {
            text: visible.text,
            starts,
        }
    }

    /// The UTF-16 units that show the bytes of `span`; `None` where they show nothing
    /// of it, or it isn't a span of this text.
    pub(super) fn units(&self, span: Span) -> Option<(usize, usize)> {
        let (start, end) = (span.start as usize, span.end as usize);
        let length = self.starts.last()?.0;
        if start >= end || end > length {
            return None;
        }
        let first = self.starts.partition_point(|(byte, _)| *byte <= start) - 1;
        let behind = self.starts.partition_point(|(byte, _)| *byte < end);
        let (from, to) = (self.starts[first].1, self.starts[behind].1);
        (from < to).then_some((from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_the_units_that_show_them() {
        let cases = [
            // Text, bytes, what is shown there.
            ("您好,请坐", (7, 13), Some("请坐")),
            ("👍好的", (4, 7), Some("好")),
            ("👍好的", (0, 4), Some("👍")),
            // A span that begins within a character shows the whole of it.
            ("您好", (1, 3), Some("您")),
            ("a\u{1b}[31m好", (1, 2), Some("␛")),
            ("☺\u{fe0f}好", (0, 6), Some("☺")),
            ("☺\u{fe0f}好", (6, 9), Some("好")),
            ("e\u{301}好", (0, 1), Some("e\u{301}")),
            ("您好", (0, 7), None),
            ("您好", (3, 3), None),
            ("", (0, 1), None),
        ];
        for (text, (start, end), expected) in cases {
            let shown = Shown::new(text);
            let units: Vec<u16> = shown.text.encode_utf16().collect();
            let found = shown
                .units(Span::new(start, end))
                .map(|(from, to)| String::from_utf16_lossy(&units[from..to]));
            assert_eq!(found.as_deref(), expected, "{text:?} {start}..{end}");
        }
    }
}
