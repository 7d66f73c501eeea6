//! Private numbers: identity cards, telephones, bank cards, accounts.
//!
//! They differ in length and in nothing else that recognisers keep, so all are known
//! by their being long: from seven digits on, however they are written or said and
//! whatever is said between them (`138-7777 5216`, 幺三八,嗯,零零七七…后面是一二零六). What
//! counts something, a date, and the numbers of public services are left.

use super::words::{Lexicon, Words};
use std::ops::Range;

/// A note in brackets between digits may be so long.
const LONGEST_NOTE: usize = 12;
/// How far before a number the word stands that makes it everybody's.
const PUBLIC_REACH: usize = 10;
/// So many digits and more never count anything.
const MOST_COUNTED: usize = 9;

/// A number that is long enough to be private.
pub(super) struct Number {
    /// Its groups of digits, as ranges of characters.
    pub groups: Vec<Range<usize>>,
    /// What it is, however it is written.
    pub values: Vec<u8>,
    /// Whether the words before it say that it is everybody's.
    pub is_public: bool,
}

/// The long numbers in a turn.
pub(super) fn long_numbers(chars: &[char], words: &Words) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !is_digit(chars, at, words) {
            at += 1;
            continue;
        }
        let groups = run(chars, at, words);
        at = groups.last().map_or(at, |group| group.end) + 1;
        for part in groups.split(|group| is_service(chars, group, words)) {
            let part = without_amounts(chars, part, words);
            if is_long(chars, part, words) {
                let start = part.first().map_or(0, |group| group.start);
                let before = &chars[start.saturating_sub(PUBLIC_REACH)..start];
                found.push(Number {
                    groups: part.to_vec(),
                    values: part
                        .iter()
                        .flat_map(|group| values(chars, group, words))
                        .collect(),
                    is_public: words.public.within(before),
                });
            }
        }
    }
    found
}

/// Groups of digits that are said as one number, from `start` on.
fn run(chars: &[char], start: usize, words: &Words) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut digits = 0;
    let mut at = start;
    loop {
        let mut end = at;
        while is_digit(chars, end, words) {
            end += 1;
        }
        digits += end - at;
        groups.push(at..end);
        let next = behind_gap(chars, end, words);
        if digits == IDENTITY_DIGITS && chars.get(next).is_some_and(|c| words.last.contains(c)) {
            groups.push(next..next + 1);
            return groups;
        }
        if next == end || !is_digit(chars, next, words) {
            return groups;
        }
        at = next;
    }
}

/// Digits of an identity card's number before its last place, which may be a letter.
const IDENTITY_DIGITS: usize = 17;

/// Where the next digit could stand, behind what may lie between two.
fn behind_gap(chars: &[char], end: usize, words: &Words) -> usize {
    let mut at = end;
    while let Some(&char) = chars.get(at) {
        if char.is_whitespace() || char == '-' || char == '－' {
            at += 1;
        } else if let Some(length) = words.between.at(chars, at) {
            at += length;
        } else if let Some(length) = note(&chars[at..]) {
            at += length;
        } else {
            break;
        }
    }
    at
}

/// How long the note in brackets is that begins here.
fn note(chars: &[char]) -> Option<usize> {
    let close = match chars.first()? {
        '(' => ')',
        '（' => '）',
        _ => return None,
    };
    let end = chars
        .iter()
        .take(LONGEST_NOTE)
        .position(|&char| char == close)?;
    Some(end + 1)
}

fn is_digit(chars: &[char], at: usize, words: &Words) -> bool {
    let digit = |at: usize| words.digits.get(chars.get(at)?);
    match digit(at) {
        None => false,
        Some((_, false)) => true,
        Some((_, true)) => {
            let strong = |at: usize| digit(at).is_some_and(|(_, weak)| !weak);
            at > 0 && strong(at - 1) && strong(at + 1)
        }
    }
}

fn values<'a>(
    chars: &'a [char],
    group: &Range<usize>,
    words: &'a Words,
) -> impl Iterator<Item = u8> + 'a {
    let digits = chars[group.clone()].iter();
    digits.filter_map(|char| words.digits.get(char).map(|(value, _)| *value))
}

fn is_service(chars: &[char], group: &Range<usize>, words: &Words) -> bool {
    let digits: Vec<u8> = values(chars, group, words).collect();
    digits.len() == 5 && words.services.iter().any(|head| digits.starts_with(head))
}

/// The groups without those at the end that are a sum of money or a count.
fn without_amounts<'a>(
    chars: &[char],
    mut groups: &'a [Range<usize>],
    words: &Words,
) -> &'a [Range<usize>] {
    let gap = |a: &Range<usize>, b: &Range<usize>| chars[a.end..b.start].iter().collect::<String>();
    if let [.., whole, part] = groups
        && part.len() <= 2
        && gap(whole, part) == "."
        && groups
            .iter()
            .nth_back(2)
            .is_none_or(|before| gap(before, whole) != ".")
    {
        groups = &groups[..groups.len() - 2];
    }
    let is_counted = |group: &Range<usize>, units: &Lexicon| {
        group.len() <= MOST_COUNTED && units.at(chars, group.end).is_some()
    };
    while let Some((last, rest)) = groups.split_last()
        && is_counted(last, &words.units)
    {
        groups = rest;
    }
    groups
}

fn is_long(chars: &[char], groups: &[Range<usize>], words: &Words) -> bool {
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    if digits < words.least || is_date(chars, groups, words) || is_thousands(chars, groups) {
        return false;
    }
    let gap_counts = |pair: &[Range<usize>]| {
        let gap = &chars[pair[0].end..pair[1].start];
        !gap.iter().all(|char| char.is_whitespace())
    };
    let singles = groups.iter().filter(|group| group.len() == 1).count();
    let lists = groups.windows(2).filter(|pair| gap_counts(pair)).count();
    // 1, 2, 3: a list.
    singles * 2 <= groups.len() || lists * 2 < groups.len()
}

/// Whether it is a day (`2024-03-15`, 20240315) or a few years.
fn is_date(chars: &[char], groups: &[Range<usize>], words: &Words) -> bool {
    let number = |group: &Range<usize>| {
        values(chars, group, words).fold(0_u64, |number, digit| {
            number.saturating_mul(10) + u64::from(digit)
        })
    };
    let is_year = |group: &Range<usize>| group.len() == 4 && (1900..2100).contains(&number(group));
    let is_day = |month: u64, day: u64| (1..=12).contains(&month) && (1..=31).contains(&day);
    match groups {
        [whole] if whole.len() == 8 => {
            let number = number(whole);
            (1900..2100).contains(&(number / 10_000)) && is_day(number / 100 % 100, number % 100)
        }
        [year, month, day, rest @ ..] if is_year(year) && month.len() <= 2 && day.len() <= 2 => {
            is_day(number(month), number(day)) && rest.iter().all(|group| group.len() <= 2)
        }
        _ => groups.iter().all(is_year),
    }
}

/// Whether it is one number with commas between its thousands.
fn is_thousands(chars: &[char], groups: &[Range<usize>]) -> bool {
    let is_comma = |pair: &[Range<usize>]| {
        pair[0].end + 1 == pair[1].start && matches!(chars[pair[0].end], ',' | '，')
    };
    let ascii = groups
        .iter()
        .all(|group| chars[group.clone()].iter().all(char::is_ascii_digit));
    match groups {
        [first, rest @ ..] if !rest.is_empty() && ascii => {
            first.len() <= 3
                && chars[first.start] != '0'
                && rest.iter().all(|group| group.len() == 3)
                && groups.windows(2).all(is_comma)
        }
        _ => false,
    }
}
