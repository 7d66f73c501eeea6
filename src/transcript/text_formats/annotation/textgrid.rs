//! Praat's TextGrid, in its long and its short form.
//!
//! Both are the same values in the same order, and Praat itself reads over all that is
//! written around them: only numbers, texts in quotation marks and flags that stand free
//! count. `intervals [2]:` and `xmin =` are for people.

use super::super::super::detect::{Head, Sure};
use super::super::super::format::{Cut, Reader, Recordings};
use super::super::super::{InputProblem, Place, ProblemKind};
use super::tiers::{Mark, Tier, conversation};

pub(in super::super) const READER: Reader = Reader {
    name: "textgrid",
    extensions: &["textgrid"],
    recognise,
    cut: Cut::Whole(parse),
};

fn recognise(head: &Head) -> Sure {
    let first = head
        .text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(4);
    let is_signed = first.into_iter().any(|line| line.contains("\"TextGrid\""));
    match is_signed && head.text.contains("ooTextFile") {
        true => Sure::Signature,
        false if head.is_named(READER.extensions) => Sure::Named,
        false => Sure::No,
    }
}

fn parse(text: &str, place: &Place) -> Recordings {
    let (tiers, open) = tiers(text);
    let mut recordings = match tiers.is_empty() {
        true => Recordings::new(),
        false => conversation(tiers),
    };
    if let Some(line) = open {
        let place = Place::new(place.source.clone(), line);
        let kind = ProblemKind::CutOff;
        recordings.push(Err(InputProblem { place, kind }));
    }
    recordings
}

/// The tiers, and the line on which the file stops in the middle of one.
fn tiers(text: &str) -> (Vec<Tier>, Option<u64>) {
    let mut tokens = Tokens {
        rest: text,
        line: 1,
    };
    let is_kind = |token: &Token| matches!(token, Token::Text(text) if text == "TextGrid");
    if !tokens.by_ref().any(|(_, token)| is_kind(&token)) {
        return (Vec::new(), Some(tokens.line));
    }
    let mut tiers: Vec<Tier> = Vec::new();
    let mut numbers: Vec<f64> = Vec::new();
    let mut expected = None;
    let mut next_is_name = false;
    for (line, token) in tokens.by_ref() {
        match (token, tiers.last_mut()) {
            (Token::Number(number), _) => numbers.push(number),
            (Token::Text(class), _) if class == "IntervalTier" || class == "TextTier" => {
                tiers.push(Tier {
                    points: class == "TextTier",
                    ..Tier::default()
                });
                next_is_name = true;
                numbers.clear();
            }
            (Token::Text(name), Some(tier)) if next_is_name => {
                tier.name = name;
                next_is_name = false;
                numbers.clear();
            }
            (Token::Text(text), Some(tier)) => {
                // Before the first mark of a tier stand its own ends and their number.
                let own = if tier.points { 1 } else { 2 };
                if numbers.len() > own {
                    expected = numbers.get(numbers.len() - own - 1).copied();
                }
                let mut last = numbers.iter().rev().take(own).rev().copied();
                let (start, end) = (last.next(), last.next());
                let finite = |time: Option<f64>| time.filter(|time| time.is_finite());
                let end = if tier.points { start } else { end };
                tier.marks.push(Mark {
                    line,
                    start: finite(start),
                    end: finite(end),
                    damaged: finite(start).is_none() || finite(end).is_none(),
                    text,
                });
                numbers.clear();
            }
            (Token::Text(_), None) => {}
        }
    }
    let complete = tiers.last().is_none_or(|tier| {
        let expected = expected
            .unwrap_or(0.0)
            .max(numbers.get(2).copied().unwrap_or(0.0));
        tier.marks.len() as f64 >= expected
    });
    let whole = tokens.rest.is_empty() && complete;
    (tiers, (!whole).then_some(tokens.line))
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// `NaN` where it is none.
    Number(f64),
    Text(String),
}

/// The values of a file, each with the line on which it begins.
struct Tokens<'a> {
    /// What of the file is left; at the end nothing, unless a text was left open.
    rest: &'a str,
    line: u64,
}

impl Iterator for Tokens<'_> {
    type Item = (u64, Token);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.skip(self.rest.len() - self.rest.trim_start().len());
            let line = self.line;
            match self.rest.chars().next()? {
                '"' => return Some((line, self.text()?)),
                '!' => self.skip(self.rest.find('\n').unwrap_or(self.rest.len())),
                _ => {
                    let free = |c: char| c.is_whitespace() || c == '"';
                    let end = self.rest.find(free).unwrap_or(self.rest.len());
                    let word = &self.rest[..end];
                    let number = number(word);
                    self.skip(end);
                    if let Some(number) = number {
                        return Some((line, Token::Number(number)));
                    }
                }
            }
        }
    }
}

/// A number that stands free; Praat writes `--undefined--` for one that it doesn't know.
fn number(word: &str) -> Option<f64> {
    let begins = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    match word {
        "--undefined--" => Some(f64::NAN),
        _ if word.eq_ignore_ascii_case("nan") => Some(f64::NAN),
        _ if begins => word.parse().ok(),
        _ => None,
    }
}

impl Tokens<'_> {
    fn skip(&mut self, bytes: usize) {
        let (skipped, rest) = self.rest.split_at(bytes);
        self.line += skipped.bytes().filter(|&byte| byte == b'\n').count() as u64;
        self.rest = rest;
    }

    /// A text, in which a quotation mark is written twice. One without end is none.
    fn text(&mut self) -> Option<Token> {
        let mut text = String::new();
        let mut from = 1;
        loop {
            let end = from + self.rest[from..].find('"')?;
            text.push_str(&self.rest[from..end]);
            if !self.rest[end + 1..].starts_with('"') {
                self.skip(end + 1);
                return Some(Token::Text(text));
            }
            text.push('"');
            from = end + 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_free_counts() {
        let text = "xmin = 0 \n! 5 \"x\"\nintervals [2]:\n text = \"a \"\"b\"\"\nc\" <exists> 1.5e1 --undefined--";
        let tokens = Tokens {
            rest: text,
            line: 1,
        };
        let told: Vec<String> = tokens.map(|token| format!("{token:?}")).collect();
        let expected = [
            "(1, Number(0.0))",
            "(4, Text(\"a \\\"b\\\"\\nc\"))",
            "(5, Number(15.0))",
            "(5, Number(NaN))",
        ];
        assert_eq!(told, expected);
    }
}
