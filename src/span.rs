//! Byte spans in a turn's text as it was received.
//!
//! Everything that liyan shows as evidence is one of these. Folded text has
//! positions of its own (characters, see [`crate::text`]); the two never mix,
//! since only [`crate::text::Folded::span`] turns one into the other.

/// A half-open range of bytes, `start..end`, in one turn's text as received.
///
/// Both ends lie on character boundaries of that text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`, in bytes.
    ///
    /// # Panics
    /// If `start` lies behind `end`.
    pub fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "a span must not end before it starts");
        Self { start, end }
    }

    /// The text that the span covers, or the empty string where it doesn't
    /// lie within `text`.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn covers_whole_characters() {
        assert_eq!(Span::new(3, 9).of("请您稍候"), "您稍");
        assert_eq!(Span::new(1, 4).of("请您"), "");
    }

    #[test]
    fn overlap_needs_a_shared_byte() {
        assert!(Span::new(0, 3).overlaps(Span::new(2, 5)));
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
    }
}
