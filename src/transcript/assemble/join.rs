//! Which segments are one turn.

use super::Piece;
use crate::text::word_edges;

/// Seconds of silence in which a speaker draws breath; after a longer one it is another
/// turn, since something may have happened meanwhile.
const LONGEST_BREATH: f64 = 3.0;
/// Seconds between the halves of a word that was cut.
const LONGEST_CUT: f64 = 0.3;
/// The most bytes that a turn is joined to; nobody holds forth longer.
const MOST_BYTES: usize = 6_000;
/// How many characters beside a cut are looked at for a word.
const LOOK: usize = 6;

/// Joins what one speaker says without more than a breath between. What has no times
/// stays as it was cut, and so does what somebody else speaks in between.
pub(super) fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if goes_on(last, &piece) => append(last, &piece),
            _ => joined.push(piece),
        }
    }
    joined
}

fn goes_on(last: &Piece, next: &Piece) -> bool {
    let (Some(end), Some(start)) = (last.end.or(last.start), next.start) else {
        return false;
    };
    let same = last.label == next.label && last.role == next.role && !next.turns;
    let fits = last.text.len() + next.text.len() <= MOST_BYTES;
    let gap = start - end;
    same && fits
        && match last.label {
            Some(_) => gap <= LONGEST_BREATH,
            // Nobody knows who goes on; but a word is one person's.
            None => gap <= LONGEST_CUT && cuts_a_word(&last.text, &next.text),
        }
}

/// Whether one long word begins in the one and ends in the other. Short ones are made by
/// chance: what one person does and another's good make two characters of a word.
fn cuts_a_word(last: &str, next: &str) -> bool {
    let before = last
        .chars()
        .rev()
        .take(LOOK)
        .take_while(|char| is_han(*char));
    let mut chars: Vec<char> = before.collect();
    chars.reverse();
    let cut = chars.len();
    chars.extend(next.chars().take(LOOK).take_while(|char| is_han(*char)));
    let edges = word_edges(&chars);
    let after = edges.partition_point(|edge| *edge <= cut);
    let (Some(start), Some(end)) = (edges[..after].last(), edges.get(after)) else {
        return false;
    };
    if *start == cut {
        return false;
    }
    end - start >= LONG_WORD
}

/// So many characters are a long word.
const LONG_WORD: usize = 3;

fn append(last: &mut Piece, next: &Piece) {
    // A word that was cut has no pause in it.
    let paused = match (last.end, next.start) {
        (Some(end), Some(start)) => start - end > LONGEST_CUT,
        _ => true,
    };
    let (before, after) = (last.text.chars().next_back(), next.text.chars().next());
    let parts = |char: char| char.is_alphanumeric() && (paused || !is_han(char));
    let stops = matches!(before, Some('.' | ',' | '?' | '!' | ';' | ':'));
    if stops || before.is_some_and(parts) && after.is_some_and(char::is_alphanumeric) {
        last.text.push(' ');
    }
    last.text.push_str(&next.text);
    last.end = match (last.end, next.end) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => b.or(a),
    };
}

/// Takes out the spaces that a recogniser writes between words or characters, unless
/// they are rare enough to be pauses.
pub(super) fn without_word_spaces(pieces: &mut [Piece]) {
    let (mut spaces, mut letters) = (0_usize, 0_usize);
    for piece in pieces.iter() {
        letters += piece.text.chars().filter(|char| is_han(*char)).count();
        spaces += gaps(&piece.text).len();
    }
    if spaces as f64 <= PAUSES * letters as f64 {
        return;
    }
    for piece in pieces {
        let gaps = gaps(&piece.text);
        let kept = piece
            .text
            .char_indices()
            .filter(|(at, _)| gaps.binary_search(at).is_err());
        piece.text = kept.map(|(_, char)| char).collect();
    }
}

/// More spaces than these among the characters, and they stand between words.
const PAUSES: f64 = 0.2;

/// Where spaces stand between two characters of Chinese, in bytes.
fn gaps(text: &str) -> Vec<usize> {
    let mut gaps = Vec::new();
    let mut last = None;
    let mut kept = 0;
    for (at, char) in text.char_indices() {
        if matches!(char, ' ' | '\t' | '\u{3000}') {
            gaps.push(at);
            continue;
        }
        if !(last.is_some_and(is_cjk) && is_cjk(char)) {
            gaps.truncate(kept);
        }
        kept = gaps.len();
        last = Some(char);
    }
    gaps.truncate(kept);
    gaps
}

fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Characters of Chinese and their punctuation.
fn is_cjk(char: char) -> bool {
    is_han(char) || matches!(char, '\u{3001}'..='\u{301f}' | '\u{ff01}'..='\u{ff5e}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Role;

    fn piece(label: &str, times: &str, text: &str) -> Piece {
        let (start, end) = times.split_once('-').expect("two times");
        Piece {
            label: (label != "-").then(|| label.to_owned()),
            role: Role::Unknown,
            start: start.parse().ok(),
            end: end.parse().ok(),
            text: text.to_owned(),
            turns: false,
            bad_times: false,
        }
    }

    #[test]
    fn a_turn_goes_on_until_somebody_else_speaks_or_a_breath_is_over() {
        type Row<'a> = (&'a str, &'a str, &'a str);
        let cases: [(&[Row<'_>], &[&str]); 11] = [
            (
                &[("-", "0-1", "您要办"), ("-", "1-2", "好的")],
                &["0-1 您要办", "1-2 好的"],
            ),
            (
                &[
                    ("A", "0-2", "带身份"),
                    ("A", "2.1-3", "证和A"),
                    ("A", "3-4", "卡"),
                ],
                &["0-4 带身份证和A 卡"],
            ),
            (
                &[("A", "0-1", "您好，"), ("A", "1.5-2", "请坐")],
                &["0-2 您好，请坐"],
            ),
            (
                &[("A", "0-1", "您好"), ("A", "4-5", "请坐")],
                &["0-5 您好 请坐"],
            ),
            (
                &[("A", "0-1", "请稍等"), ("A", "4.1-5", "久等了")],
                &["0-1 请稍等", "4.1-5 久等了"],
            ),
            (
                &[
                    ("A", "0-2", "您好"),
                    ("B", "1-1.5", "嗯"),
                    ("A", "2-3", "请坐"),
                ],
                &["0-2 您好", "1-1.5 嗯", "2-3 请坐"],
            ),
            (
                &[("A", "0-4", "Good morning."), ("A", "2-3", "Sir")],
                &["0-4 Good morning. Sir"],
            ),
            (
                &[("A", "x-x", "您好"), ("A", "x-x", "请坐")],
                &["- 您好", "- 请坐"],
            ),
            (
                &[("A", "0-x", "您好"), ("A", "1-2", "请坐")],
                &["0-2 您好 请坐"],
            ),
            // Without speakers only what is one word.
            (
                &[("-", "0-1", "带上身份"), ("-", "1.1-2", "证")],
                &["0-2 带上身份证"],
            ),
            (
                &[("-", "0-1", "带上身份证"), ("-", "1.1-2", "带来了")],
                &["0-1 带上身份证", "1.1-2 带来了"],
            ),
        ];
        for (pieces, turns) in cases {
            let pieces = pieces
                .iter()
                .map(|(label, times, text)| piece(label, times, text));
            let told = join(pieces.collect()).into_iter().map(|piece| {
                let time = |time: Option<f64>| time.map(|time| time.to_string());
                let times = [time(piece.start), time(piece.end)].map(Option::unwrap_or_default);
                format!("{} {}", times.join("-"), piece.text)
            });
            assert_eq!(told.collect::<Vec<_>>(), turns);
        }
    }

    #[test]
    fn spaces_between_words_go_and_pauses_stay() {
        let cases = [
            (
                &["您好 请 问 办 什么 业务", "提 取"][..],
                &["您好请问办什么业务", "提取"][..],
            ),
            (
                &["您好 请问您办什么业务", "我来办提取"],
                &["您好 请问您办什么业务", "我来办提取"],
            ),
            (
                &["我 用 iPhone 12 登 录 ，  不 行"],
                &["我用 iPhone 12 登录，不行"],
            ),
            (&["thank you very much"], &["thank you very much"]),
        ];
        for (texts, left) in cases {
            let mut pieces: Vec<Piece> = texts.iter().map(|text| piece("A", "0-1", text)).collect();
            without_word_spaces(&mut pieces);
            let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!(texts, left);
        }
    }
}
