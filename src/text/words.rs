//! Word edges, for the few wordings that must not match inside a word.
//!
//! 操 is an oath, 操作 is what one does with a mouse. Whether a hit's edges are edges of
//! words is the one question that needs a segmenter, so jieba is asked for that
//! alone, only around such hits, and its dictionary (some 100 ms and 34 MB) is
//! loaded at the first question and never before. A phrasebook that lists the words it
//! means (`unless = ["请假"]`) is spared that; the shipped one keeps the question for
//! one conversation in ten.

use jieba_rs::Jieba;
use std::sync::LazyLock;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Where words begin and end in `chars`, its beginning and its end included, in order.
///
/// `chars` is one segment of folded text: jieba looks no further either.
pub fn word_edges(chars: &[char]) -> Vec<usize> {
    let text: String = chars.iter().collect();
    let mut at = 0;
    let mut edges = vec![0];
    for word in JIEBA.cut(&text, true) {
        at += word.word.chars().count();
        edges.push(at);
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::word_edges;

    #[test]
    fn edges_lie_between_words() {
        let cases: [(&str, &[usize]); 5] = [
            ("我要请假", &[0, 2, 4]),
            ("请坐这边", &[0, 1, 2, 4]),
            ("这边请", &[0, 2, 3]),
            ("邀请函拿来", &[0, 3, 5]),
            ("", &[0]),
        ];
        for (text, want) in cases {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(word_edges(&chars), want, "{text}");
        }
    }
}
