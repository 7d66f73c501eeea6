//! Word edges, for the few wordings that must not match inside a word.
//!
//! 请 is a courtesy, 请假 is leave of absence. Whether a hit's edges are edges of
//! words is the one question that needs a segmenter, so jieba is asked for that
//! alone, only around such hits, and its dictionary (some 100 ms and 34 MB) is
//! loaded at the first question and never before.

use jieba_rs::Jieba;
use std::sync::LazyLock;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Whether characters `start..end` of `chars` begin and end at edges of words.
///
/// `chars` is one segment of folded text: jieba looks no further either.
pub fn is_word_edge(chars: &[char], start: usize, end: usize) -> bool {
    let text: String = chars.iter().collect();
    let mut at = 0;
    let mut edges = (start == 0, end == 0);
    for word in JIEBA.cut(&text, true) {
        at += word.word.chars().count();
        edges.0 |= at == start;
        edges.1 |= at == end;
    }
    edges == (true, true)
}

#[cfg(test)]
mod tests {
    use super::is_word_edge;

    #[test]
    fn a_hit_inside_a_word_has_no_edges() {
        let cases = [
            ("我要请假", 2, 3, false),
            ("请坐这边", 0, 1, true),
            ("这边请", 2, 3, true),
            ("邀请函拿来", 1, 2, false),
        ];
        for (text, start, end, want) in cases {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(is_word_edge(&chars, start, end), want, "{text}");
        }
    }
}
