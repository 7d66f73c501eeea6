//! Names of persons: before a title, behind a lead, told when asked for, and wherever
//! they are said again.
//!
//! What a name is can't be told from its characters, so nothing is taken for one
//! without a reason beside it: 李先生, 我叫张伟, 免贵姓农, 小韦, and a short piece of talk
//! that begins with a surname where a name was asked for or a private number follows.
//! A full name that is known is masked in the whole conversation.

use super::line::Line;
use super::words::NameWords;
use std::collections::BTreeSet;
use std::ops::Range;

/// A given name has so many characters at most.
const MOST_GIVEN: usize = 2;
/// So many names are looked for in a whole conversation; nobody tells more.
const MOST_NAMES: usize = 64;
/// A piece of talk that is a name isn't longer, particles included.
const LONGEST_PIECE: usize = 8;

/// Marks the names in the turns of one conversation.
pub(super) fn mark_names(lines: &mut [Line], words: &NameWords) {
    let mut known = Known::default();
    for (index, line) in lines.iter_mut().enumerate() {
        Finder { line, words, index }.find(&mut known);
    }
    for index in 0..lines.len() {
        let asked = lines[..index]
            .iter()
            .rev()
            .find(|line| line.spoken)
            .is_some_and(|line| words.asks.within(&line.chars));
        let line = &mut lines[index];
        Finder { line, words, index }.find_bare(asked, &mut known);
    }
    for line in lines.iter_mut() {
        for full in &known.full {
            for at in 0..line.chars.len() {
                if line.chars[at..].starts_with(full) {
                    line.mask(at..at + full.len());
                }
            }
        }
    }
    for (index, line) in lines.iter_mut().enumerate() {
        Finder { line, words, index }.find_spelled(&known);
    }
}

/// What the turns have told.
#[derive(Default)]
struct Known {
    full: BTreeSet<Vec<char>>,
    /// Characters of names, with the turn that told them.
    letters: BTreeSet<(usize, char)>,
    surnames: BTreeSet<(usize, char)>,
}

impl Known {
    fn is_near(told: &BTreeSet<(usize, char)>, index: usize, char: char) -> bool {
        let mut near = index.saturating_sub(NEAR)..=index.saturating_add(NEAR);
        near.any(|at| told.contains(&(at, char)))
    }
}

/// So many turns on, what was told is still being talked about.
const NEAR: usize = 2;

/// Looks for names in one turn.
struct Finder<'a> {
    line: &'a mut Line,
    words: &'a NameWords,
    index: usize,
}

impl Finder<'_> {
    fn find(&mut self, known: &mut Known) {
        for at in 0..self.line.chars.len() {
            if let Some(name) = self.before_title(at) {
                self.take(name, known);
            }
            if let Some(name) = self.behind_lead(at).or_else(|| self.behind_weak_lead(at)) {
                self.take(name, known);
            }
            if let Some(name) = self.family(at) {
                let surname = self.line.chars[name.start];
                if self.take(name, known) {
                    known.surnames.insert((self.index, surname));
                }
            }
            if let Some(name) = self.familiar(at) {
                self.take(name, known);
            }
            if let Some(length) = self.words.spelled.at(&self.line.chars, at) {
                self.line.mask(at..at + length);
            }
        }
    }

    fn take(&mut self, name: Range<usize>, known: &mut Known) -> bool {
        let taken = self.line.mask(name.clone());
        if taken {
            let chars = self.line.get(name);
            known
                .letters
                .extend(chars.iter().map(|char| (self.index, *char)));
            if chars.len() > 1 && known.full.len() < MOST_NAMES {
                known.full.insert(chars.to_vec());
            }
        }
        taken
    }

    fn char(&self, at: usize) -> Option<char> {
        self.line.chars.get(at).copied()
    }

    /// How long the surname is that begins here; of those that are everyday words
    /// only where `weak` ones are asked for.
    fn surname(&self, at: usize, weak: bool) -> Option<usize> {
        if let Some(length) = self.words.compound.at(&self.line.chars, at) {
            return Some(length);
        }
        let char = self.char(at)?;
        let is_one = self.words.strong.contains(&char) || weak && self.words.weak.contains(&char);
        is_one.then_some(1)
    }

    fn may_be_given(&self, at: usize) -> bool {
        let words = self.words;
        let may = |char| !words.stops.contains(&char) && !words.particles.contains(&char);
        let is_title = words.titles.at(&self.line.chars, at).is_some();
        !self.line.is_edge(at) && !is_title && self.char(at).is_some_and(may)
    }

    fn is_free_before(&self, at: usize) -> bool {
        self.line.is_edge_before(at) || self.words.before.contains(&self.line.chars[at - 1])
    }

    /// 李先生, 谢国强先生, 刘海燕刘女士.
    fn before_title(&self, title: usize) -> Option<Range<usize>> {
        if title == 0 {
            return None;
        }
        if self.words.titles.at(&self.line.chars, title).is_none() {
            return self.before_short_title(title);
        }
        let full = |start: usize, weak: bool| {
            let surname = self.surname(start, weak)?;
            let given = start + surname..title;
            let fits = !given.is_empty() && given.len() <= MOST_GIVEN;
            (fits && given.into_iter().all(|at| self.may_be_given(at))).then_some(start..title)
        };
        let starts = || title.saturating_sub(2 + MOST_GIVEN)..title;
        if let Some(name) = starts()
            .filter(|&at| self.is_free_before(at))
            .find_map(|at| full(at, true))
        {
            return Some(name);
        }
        for start in title.saturating_sub(2)..title {
            let weak = self.is_free_before(start);
            if self.surname(start, weak) == Some(title - start) {
                return Some(self.with_full_before(start, title));
            }
        }
        starts().find_map(|at| full(at, false))
    }

    fn before_short_title(&self, title: usize) -> Option<Range<usize>> {
        let start = title - 1;
        let is_name = self.is_short_title(title) && self.surname(start, false) == Some(1);
        is_name.then_some(start..title)
    }

    fn is_short_title(&self, at: usize) -> bool {
        let is_one = self
            .char(at)
            .is_some_and(|char| self.words.short.contains(&char));
        is_one && self.may_end(at + 1) && !self.line.never[at]
    }

    /// Whether what ends before `at` may be a title or a name of its own.
    fn may_end(&self, at: usize) -> bool {
        let may = |char| self.words.after.contains(&char) || self.words.particles.contains(&char);
        self.line.is_edge(at) || self.char(at).is_some_and(may)
    }

    /// The surname before a title, with the full name if that stands before it.
    fn with_full_before(&self, start: usize, title: usize) -> Range<usize> {
        let surname = self.line.get(start..title);
        let lengths = (surname.len() + 1)..=(surname.len() + MOST_GIVEN);
        let full = lengths.rev().find_map(|length| {
            let from = start.checked_sub(length)?;
            self.line
                .get(from..start)
                .starts_with(surname)
                .then_some(from)
        });
        full.unwrap_or(start)..title
    }

    /// 我叫梁家乐, 姓名:张伟.
    fn behind_lead(&self, at: usize) -> Option<Range<usize>> {
        let mut start = at + self.words.leads.at(&self.line.chars, at)?;
        while self
            .char(start)
            .is_some_and(|char| char.is_whitespace() || self.words.joins.contains(&char))
        {
            start += 1;
        }
        let given = start + self.surname(start, true)?;
        let end = (given..given + MOST_GIVEN)
            .find(|&at| !self.may_be_given(at))
            .unwrap_or(given + MOST_GIVEN);
        (end > given).then_some(start..end)
    }

    /// 请问是覃梅吗?: a name that fills the rest of its piece.
    fn behind_weak_lead(&self, at: usize) -> Option<Range<usize>> {
        let start = at + self.words.weak_leads.at(&self.line.chars, at)?;
        let mut within = start..start + LONGEST_PIECE;
        let end = within.find(|&at| self.line.is_edge(at))?;
        self.whole(start..end, false)
    }

    /// The name that a piece is, but for particles at its end.
    fn whole(&self, piece: Range<usize>, weak: bool) -> Option<Range<usize>> {
        let particles = &self.words.particles;
        let mut end = piece.end;
        while end > piece.start && particles.contains(&self.line.chars[end - 1]) {
            end -= 1;
        }
        let given = piece.start + self.surname(piece.start, weak)?;
        let length = end.checked_sub(given)?;
        let is_title = length > 0 && self.is_short_title(given);
        let fits = (1..=MOST_GIVEN).contains(&length) && !is_title;
        (fits && (given..end).all(|at| self.may_be_given(at))).then_some(piece.start..end)
    }

    /// 免贵姓农.
    fn family(&self, at: usize) -> Option<Range<usize>> {
        let words = self.words;
        let is_word = words.family.contains(&self.char(at)?)
            && !(at > 0 && words.not_family.contains(&self.line.chars[at - 1]));
        let start = at + 1;
        if !is_word || !self.may_be_given(start) {
            return None;
        }
        let length = self.surname(start, true);
        let alone = self.line.is_edge(start + 1).then_some(1);
        length.or(alone).map(|length| start..start + length)
    }

    /// 小韦, 老周, 阿玲.
    fn familiar(&self, at: usize) -> Option<Range<usize>> {
        let (words, word, start) = (self.words, self.char(at)?, at + 1);
        let is_nick = words.nick.contains(&word)
            && self.may_be_given(start)
            && self.line.is_edge(start + 1)
            && !words.short.contains(&self.char(start)?)
            && words.titles.at(&self.line.chars, at).is_none();
        let is_word = words.familiar.contains(&word);
        let surname = is_word
            .then(|| self.surname(start, self.may_end(at + 2)))
            .flatten();
        surname
            .or(is_nick.then_some(1))
            .map(|length| start..start + length)
    }

    /// Names that stand by themselves: asked for, before a number, or with a surname
    /// that has just been told.
    fn find_bare(&mut self, asked: bool, known: &mut Known) {
        for piece in self.line.pieces() {
            let before_number = (piece.end..piece.end + 3)
                .any(|at| self.line.number.get(at).copied().unwrap_or(false));
            if asked && piece.len() == 1 && self.surname(piece.start, false).is_some() {
                self.take(piece.clone(), known);
            }
            if (asked || before_number)
                && let Some(name) = self.whole(piece.clone(), true)
            {
                self.take(name, known);
            }
            for at in piece {
                // 姓农 says it; what follows there isn't the name.
                let is_said = at > 0 && self.words.family.contains(&self.line.chars[at - 1]);
                let surname = self.line.chars[at];
                let is_told = !is_said && Known::is_near(&known.surnames, self.index, surname);
                let end = (at + 1..)
                    .take_while(|&at| self.may_be_given(at))
                    .take(MOST_GIVEN + 1)
                    .last();
                if is_told
                    && let Some(last) = end
                    && last - at <= MOST_GIVEN
                    && let Some(name) = self.whole(at..last + 1, true)
                {
                    self.take(name, known);
                }
            }
        }
    }

    /// 石磨的磨: the word gives the name away.
    fn find_spelled(&mut self, known: &Known) {
        for of in 1..self.line.chars.len() {
            let Some(letter) = self
                .char(of + 1)
                .filter(|_| self.words.of.contains(&self.line.chars[of]))
            else {
                continue;
            };
            let next = self.char(of + 2);
            let ends = self.line.is_edge(of + 2)
                || next.is_some_and(|char| char == letter || self.words.particles.contains(&char));
            if ends && Known::is_near(&known.letters, self.index, letter) {
                let word = (of.saturating_sub(2)..of).filter(|&at| !self.line.is_edge(at));
                for at in word.collect::<Vec<_>>() {
                    self.line.mask(at..at + 1);
                }
                self.line.mask(of + 1..of + 2);
            }
        }
    }
}
