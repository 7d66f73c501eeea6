//! Folding: one reading for all the ways in which the same words are written.

use super::tables::{CharClass, Tables};
use crate::span::Span;

/// What the talk does between two characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// It runs on.
    #[default]
    None,
    /// A space, a filler or an enumeration comma: no pause worth the name.
    Soft,
    /// A comma or its like.
    Comma,
    /// A sentence ends.
    End,
    /// A sentence ends as a question.
    Question,
    /// It breaks off (——).
    Cut,
}

impl Break {
    /// Whether a sentence ends here, in whatever way.
    pub fn ends_sentence(self) -> bool {
        self >= Break::End
    }
}

/// The word lists that folding needs; they come from a phrasebook.
#[derive(Clone, Debug, Default)]
pub struct FoldingSpec {
    /// Words that carry nothing wherever they stand (嗯, 那个).
    pub fillers: Vec<String>,
    /// Characters that are said twice only by stuttering (我我).
    pub stutters: Vec<char>,
    /// Characters read as another: dialect spellings (嘅 as 的).
    pub variants: Vec<(char, char)>,
}

/// A turn's text as it is matched.
///
/// Positions are characters of this text, not of the received one;
/// [`Folded::span`] leads back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folded {
    chars: Vec<char>,
    spans: Vec<Span>,
    breaks: Vec<Break>,
    quoted: Vec<bool>,
}

impl Folded {
    /// The characters that are left.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// What the talk does before character `at`; `at` may be [`Folded::len`].
    pub fn break_before(&self, at: usize) -> Break {
        self.breaks.get(at).copied().unwrap_or(Break::End)
    }

    /// Whether character `at` stands in quotation marks.
    pub fn is_quoted(&self, at: usize) -> bool {
        self.quoted.get(at).copied().unwrap_or(false)
    }

    /// Whether a sentence ends strictly inside `start..end`.
    pub fn sentence_ends_within(&self, start: usize, end: usize) -> bool {
        (start + 1..end).any(|at| self.breaks[at].ends_sentence())
    }

    /// The sentence around character `at`, as a range of characters.
    pub fn sentence(&self, at: usize) -> (usize, usize) {
        self.stretch(at, Break::End)
    }

    /// The piece between two commas or stronger breaks around character `at`.
    pub fn segment(&self, at: usize) -> (usize, usize) {
        self.stretch(at, Break::Comma)
    }

    fn stretch(&self, at: usize, limit: Break) -> (usize, usize) {
        let start = (1..=at)
            .rev()
            .find(|&i| self.break_before(i) >= limit)
            .unwrap_or(0);
        let end = (at + 1..self.len())
            .find(|&i| self.break_before(i) >= limit)
            .unwrap_or(self.len());
        (start, end)
    }

    /// The bytes of the received text from character `start` up to `end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        if start >= end || end > self.len() {
            return Span::default();
        }
        Span::new(self.spans[start].start, self.spans[end - 1].end)
    }

    fn clear(&mut self) {
        self.chars.clear();
        self.spans.clear();
        self.breaks.clear();
        self.quoted.clear();
    }

    fn push(&mut self, char: char, span: Span, before: Break, quoted: bool) {
        self.chars.push(char);
        self.spans.push(span);
        self.breaks.push(before);
        self.quoted.push(quoted);
    }

    fn truncate(&mut self, len: usize) {
        self.chars.truncate(len);
        self.spans.truncate(len);
        self.breaks.truncate(len);
        self.quoted.truncate(len);
    }
}

/// Folds text. Immutable once made; share it between threads.
#[derive(Debug)]
pub struct Folding {
    tables: Tables,
    fillers: Vec<Vec<char>>,
    /// [`presence`] of what fillers begin with: at most places of a turn one look at
    /// it says that none does.
    filler_firsts: u64,
    stutters: Vec<char>,
    /// The characters of fillers and stutters, sorted.
    may_go: Vec<char>,
}

impl Folding {
    /// A folding with the given word lists. The lists themselves are folded
    /// first, so that they may be written in any of the ways they stand for.
    pub fn new(spec: &FoldingSpec) -> Self {
        let mut folding = Self {
            tables: Tables::new(&spec.variants),
            fillers: Vec::new(),
            filler_firsts: 0,
            stutters: spec.stutters.clone(),
            may_go: Vec::new(),
        };
        let mut fillers: Vec<Vec<char>> = spec
            .fillers
            .iter()
            .map(|word| folding.fold(word).chars)
            .filter(|word| !word.is_empty())
            .collect();
        // The longest first: 就是说 must not leave a 说 behind.
        fillers.sort_by_key(|word| std::cmp::Reverse(word.len()));
        folding.filler_firsts = fillers
            .iter()
            .fold(0, |all, filler| all | presence(filler[0]));
        folding.may_go = fillers.iter().flatten().copied().collect();
        folding.may_go.extend(&spec.stutters);
        folding.may_go.sort_unstable();
        folding.fillers = fillers;
        folding
    }

    /// What a character is read as, if it is a letter that no filler and no stutter
    /// could take away.
    pub fn plain(&self, char: char) -> Option<char> {
        let CharClass::Letter(letter) = self.tables.class(char) else {
            return None;
        };
        self.may_go
            .binary_search(&letter)
            .is_err()
            .then_some(letter)
    }

    /// Folds one text.
    pub fn fold(&self, text: &str) -> Folded {
        let mut folded = Folded::default();
        self.fold_into(text, &mut folded, &mut Folded::default());
        folded
    }

    /// Folds one text into `folded`, with `scratch` to work in; both are
    /// emptied first and keep their memory for the next call.
    pub fn fold_into(&self, text: &str, folded: &mut Folded, scratch: &mut Folded) {
        self.map_into(text, scratch);
        self.drop_fillers(scratch, folded);
    }

    /// First step: width, case, script; punctuation becomes breaks.
    fn map_into(&self, text: &str, mapped: &mut Folded) {
        mapped.clear();
        let mut before = Break::None;
        let mut depth = 0_u32;
        for (at, char) in text.char_indices() {
            let end = at + char.len_utf8();
            match self.tables.class(char) {
                CharClass::Ignored => {}
                CharClass::Break(kind) => before = before.max(kind),
                CharClass::QuoteTurns => {
                    depth = u32::from(depth == 0);
                    before = before.max(Break::Soft);
                }
                CharClass::QuoteOpens => {
                    depth += 1;
                    before = before.max(Break::Soft);
                }
                CharClass::QuoteCloses => {
                    depth = depth.saturating_sub(1);
                    before = before.max(Break::Soft);
                }
                CharClass::Letter(letter) => {
                    mapped.push(letter, Span::new(at as u32, end as u32), before, depth > 0);
                    before = Break::None;
                }
            }
        }
        mapped.breaks.push(before);
    }

    /// Second step: fillers and stutters go, and leave a soft break.
    fn drop_fillers(&self, mapped: &Folded, folded: &mut Folded) {
        folded.clear();
        let mut before = Break::None;
        let mut at = 0;
        while at < mapped.len() {
            before = before.max(mapped.breaks[at]);
            if let Some(filler) = self.filler_at(mapped, at) {
                at += filler;
                before = before.max(Break::Soft);
                continue;
            }
            let char = mapped.chars[at];
            let said_twice = folded.chars.last() == Some(&char) && self.stutters.contains(&char);
            if said_twice && before <= Break::Comma {
                before = folded.breaks.pop().unwrap_or_default();
                folded.truncate(folded.chars.len() - 1);
            } else if matches!(before, Break::Soft | Break::Comma)
                && let Some(length) = repeated(&folded.chars, &mapped.chars[at..])
            {
                let start = folded.chars.len() - length;
                before = folded.breaks[start];
                folded.truncate(start);
            }
            folded.push(char, mapped.spans[at], before, mapped.quoted[at]);
            before = Break::None;
            at += 1;
        }
        folded.breaks.push(before.max(mapped.breaks[mapped.len()]));
    }

    fn filler_at(&self, mapped: &Folded, at: usize) -> Option<usize> {
        let rest = &mapped.chars[at..];
        if self.filler_firsts & presence(rest[0]) == 0 {
            return None;
        }
        self.fillers
            .iter()
            .find(|filler| {
                rest.starts_with(filler)
                    && (at + 1..at + filler.len()).all(|i| mapped.breaks[i] <= Break::Soft)
            })
            .map(Vec::len)
    }
}

/// One of 64 bits for a character.
fn presence(char: char) -> u64 {
    1 << ((char as u32).wrapping_mul(0x9E37_79B1) >> 26)
}

/// How many characters at the end of `said` are said again at the start of
/// `next` (感 感谢: one). Three at most: a longer repetition is emphasis.
fn repeated(said: &[char], next: &[char]) -> Option<usize> {
    (1..=3.min(said.len()))
        .rev()
        .find(|&length| next.starts_with(&said[said.len() - length..]))
}

#[cfg(test)]
mod tests {
    use super::{Break, Folding, FoldingSpec};

    fn folding() -> Folding {
        Folding::new(&FoldingSpec {
            fillers: vec!["嗯".into(), "那个".into(), "就是说".into(), "啊".into()],
            stutters: vec!['我', '您'],
            variants: vec![('嘅', '的'), ('妳', '你')],
        })
    }

    #[test]
    fn folds_every_way_of_writing_to_one() {
        let cases = [
            ("请稍候", "请稍候"),
            ("請稍候", "请稍候"),
            ("嗯,请您 您稍候", "请您稍候"),
            ("请那个稍候啊", "请稍候"),
            ("我我想", "我想"),
            ("感 感谢您", "感谢您"),
            ("对不 对不起", "对不起"),
            ("对不起,对不起", "对不起"),
            ("谢谢", "谢谢"),
            ("ＡＰＰ", "app"),
            ("我嘅", "我的"),
            ("就是说这个", "这个"),
            ("请\u{200b}稍\u{202e}候", "请稍候"),
            ("著急", "着急"),
            ("", ""),
        ];
        let folding = folding();
        let wrong: Vec<_> = cases
            .iter()
            .map(|(text, want)| {
                (
                    text,
                    folding.fold(text).chars.iter().collect::<String>(),
                    want,
                )
            })
            .filter(|(_, got, want)| got != *want)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn leads_back_to_the_received_bytes() {
        let text = "嗯,請您 您稍候。";
        let folded = folding().fold(text);
        assert_eq!(folded.span(0, 4).of(text), "請您 您稍候");
        assert_eq!(folded.span(2, 4).of(text), "稍候");
    }

    #[test]
    fn punctuation_becomes_breaks() {
        let folded = folding().fold("是吧?好,请说——");
        let breaks: Vec<Break> = (0..=folded.len()).map(|i| folded.break_before(i)).collect();
        assert_eq!(
            breaks,
            [
                Break::None,
                Break::None,
                Break::Question,
                Break::Comma,
                Break::None,
                Break::Cut
            ]
        );
        assert_eq!(folded.sentence(2), (2, 5));
        assert_eq!(folded.segment(3), (3, 5));
    }

    #[test]
    fn knows_what_is_quoted() {
        for text in ["他说“爱办不办”的", "他说\"爱办不办\"的"] {
            let folded = folding().fold(text);
            let quoted: Vec<bool> = (0..folded.len()).map(|i| folded.is_quoted(i)).collect();
            assert_eq!(quoted, [false, false, true, true, true, true, false]);
        }
    }
}
