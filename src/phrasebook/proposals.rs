//! What proposes a breach where no wording finds one: weights that single characters
//! and pairs of them have for a clause, in the turn and in what came before it.
//!
//! ```text
//! [weights]
//! grams = '''
//! t急什 ..c....A        t the turn itself, b the turn before, s the last scene
//! '''                   a letter a clause: a to z speak for it, A to Z against it
//! ```
//!
//! `liyan phrasebook proposals` writes the file; nobody has to read it, but anybody can.

use super::fields::Table;
use super::rules::{Act, ActId, Bilingual, Clause, Open, Signal, Trigger};
use crate::conversation::Role;

/// The letter before the first character of a text, and the one behind its last.
const FIRST: char = '^';
const LAST: char = '$';

/// Where a gram stands, seen from the turn that is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the turn itself.
    Turn,
    /// In the last turn before it that somebody spoke.
    Before,
    /// In the last scene before it.
    Scene,
}

impl Place {
    const LETTERS: [(char, Place); 3] = [
        ('t', Place::Turn),
        ('b', Place::Before),
        ('s', Place::Scene),
    ];
}

/// A character or a pair of them, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gram(u64);

impl Gram {
    fn new(place: Place, first: char, second: Option<char>) -> Self {
        let second = second.map_or(0, |second| second as u64);
        Self((place as u64) << 42 | (first as u64) << 21 | second)
    }

    /// Whether it stands in the turn itself.
    pub fn is_own(self) -> bool {
        self.0 >> 42 == Place::Turn as u64
    }

    /// As the file writes it.
    pub fn written(self) -> String {
        let (letter, _) = Place::LETTERS[(self.0 >> 42) as usize];
        let chars = [self.0 >> 21 & 0x1F_FFFF, self.0 & 0x1F_FFFF]
            .map(|code| char::from_u32(code as u32).filter(|char| *char != '\0'));
        std::iter::once(letter)
            .chain(chars.into_iter().flatten())
            .collect()
    }

    /// The gram that the file writes like this.
    pub fn read(written: &str) -> Option<Self> {
        let mut chars = written.chars();
        let letter = chars.next()?;
        let (_, place) = Place::LETTERS.into_iter().find(|(of, _)| *of == letter)?;
        let gram = Self::new(place, chars.next()?, chars.next());
        chars.next().is_none().then_some(gram)
    }

    /// The grams of a text, each with the place of its first character in `chars`.
    /// `speaker` stands for who says it, where that matters.
    pub fn of(
        place: Place,
        speaker: Option<char>,
        chars: &[char],
        mut each: impl FnMut(usize, Gram),
    ) {
        let mut last = FIRST;
        if let Some(next) = speaker {
            each(0, Self::new(place, last, Some(next)));
            last = next;
        }
        for (at, &next) in chars.iter().enumerate() {
            each(at.saturating_sub(1), Self::new(place, last, Some(next)));
            each(at, Self::new(place, next, None));
            last = next;
        }
        let at = chars.len().saturating_sub(1);
        each(at, Self::new(place, last, Some(LAST)));
    }
}

/// A clause of which breaches are proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// The clause, by its place in the rules, and the act that stands for it, `@31.3`;
    /// `None` where the clause is switched off.
    pub clause: Option<(usize, ActId)>,
    /// What a turn weighs that has no gram of the list.
    pub lean: i32,
    /// From which weight on a breach is proposed.
    pub least: i32,
    /// Below which weight a breach that wordings find is none.
    pub doubt: i32,
}

/// Which breaches are proposed, and by what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposals {
    /// The clauses.
    pub clauses: Vec<Proposed>,
    grams: Vec<Gram>,
    /// A row a gram, a column a clause.
    weights: Vec<i8>,
    /// Places in `grams`, plus one, hashed.
    slots: Vec<u32>,
}

impl Proposals {
    /// Proposals for these clauses; each row is as wide as they are many.
    pub fn new(clauses: Vec<Proposed>, rows: Vec<(Gram, Vec<i8>)>) -> Self {
        let size = (rows.len() * 2).next_power_of_two().max(2);
        let mut proposals = Self {
            clauses,
            slots: vec![0; size],
            ..Self::default()
        };
        for (gram, weights) in rows {
            let mut slot = proposals.slot(gram);
            while proposals.slots[slot] != 0 {
                slot = (slot + 1) % size;
            }
            proposals.grams.push(gram);
            proposals.slots[slot] = proposals.grams.len() as u32;
            proposals.weights.extend(weights);
        }
        proposals
    }

    /// Where a gram is looked for first: the upper bits of a product with a number
    /// without pattern.
    fn slot(&self, gram: Gram) -> usize {
        let bits = self.slots.len().trailing_zeros();
        (gram.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize
    }

    /// The row of a gram, if it has one.
    pub fn row(&self, gram: Gram) -> Option<u32> {
        let mut slot = self.slot(gram);
        loop {
            match self.slots[slot].checked_sub(1) {
                None => return None,
                Some(row) if self.grams[row as usize] == gram => return Some(row),
                Some(_) => slot = (slot + 1) % self.slots.len(),
            }
        }
    }

    /// What a row's gram weighs for each of the clauses.
    pub fn weights(&self, row: u32) -> &[i8] {
        let wide = self.clauses.len();
        &self.weights[row as usize * wide..][..wide]
    }

    /// The grams that weigh most for the clause with this act, heaviest first.
    pub fn strongest(&self, act: ActId, most: usize) -> Vec<(String, i8)> {
        let is_it = |of: &Proposed| of.clause.is_some_and(|(_, its)| its == act);
        let Some(column) = self.clauses.iter().position(is_it) else {
            return Vec::new();
        };
        let mut all: Vec<(i8, Gram)> = (0..self.grams.len() as u32)
            .map(|row| (self.weights(row)[column], self.grams[row as usize]))
            .collect();
        all.sort_by_key(|(weight, gram)| (std::cmp::Reverse(*weight), *gram));
        all.truncate(most);
        all.into_iter()
            .map(|(weight, gram)| (gram.written(), weight))
            .collect()
    }
}

/// A clause as the file names it.
pub(super) struct ProposedDraft {
    pub clause: String,
    pub lean: i32,
    pub least: i32,
    pub doubt: i32,
}

/// `proposals.toml` before its clauses are looked up.
#[derive(Default)]
pub(super) struct ProposalsDraft {
    pub clauses: Vec<ProposedDraft>,
    pub rows: Vec<(Gram, Vec<i8>)>,
}

impl ProposalsDraft {
    /// Looks the clauses up and gives each that is there one more way to arise. What
    /// is proposed counts whoever is addressed, as what wordings find of the clause.
    pub fn compile(&mut self, acts: &mut Vec<Act>, clauses: &mut [Clause]) -> Proposals {
        let mut proposed = Vec::new();
        for draft in self.clauses.drain(..) {
            let act = ActId(acts.len() as u16);
            let clause = clauses.iter().position(|of| of.id == draft.clause);
            if let Some(clause) = clause {
                let to_anyone = |open: &Open| match &open.on {
                    Trigger::Acts(on) => on.iter().any(|id| acts[id.0 as usize].anyone),
                    _ => false,
                };
                acts.push(Act {
                    name: format!("@{}", draft.clause),
                    means: Bilingual::default(),
                    by: vec![Role::Staff],
                    exclusive: false,
                    guards: Vec::new(),
                    whole_turn: false,
                    anyone: clauses[clause].opens.iter().any(to_anyone),
                    signal: Some(Signal::Proposed),
                    says: Vec::new(),
                    silent: Vec::new(),
                    todo: Vec::new(),
                });
                clauses[clause].opens.push(Open {
                    on: Trigger::Acts(vec![act].into()),
                    ..Open::default()
                });
            }
            proposed.push(Proposed {
                clause: clause.map(|clause| (clause, act)),
                lean: draft.lean,
                least: draft.least,
                doubt: draft.doubt,
            });
        }
        Proposals::new(proposed, std::mem::take(&mut self.rows))
    }
}

pub(super) fn proposals(table: &Table<'_>) -> ProposalsDraft {
    const LIMIT: i64 = 1 << 20;
    let clauses: Vec<ProposedDraft> = table
        .tables("clauses")
        .into_iter()
        .map(|clause| {
            let number = |key| {
                clause
                    .number(key, -LIMIT..LIMIT)
                    .map(|number| number as i32)
            };
            let read = ProposedDraft {
                lean: number("lean").unwrap_or(0),
                least: number("least").unwrap_or(0),
                doubt: number("doubt").unwrap_or(i32::MIN),
                clause: clause.required_text("clause").value,
            };
            clause.finish();
            read
        })
        .collect();
    let mut rows = Vec::new();
    let weights = table.table("weights");
    let grams = weights.as_ref().and_then(|table| table.text("grams"));
    let Some(grams) = grams else {
        return ProposalsDraft::default();
    };
    if let Some(table) = weights {
        table.finish();
    }
    for line in grams.value.lines().filter(|line| !line.is_empty()) {
        match row(line).filter(|(_, weights)| weights.len() == clauses.len()) {
            Some(row) => rows.push(row),
            None => {
                let known = format!("t{FIRST}{LAST} {}", letter(0).repeat(clauses.len()));
                let params = vec![
                    ("field", "grams".to_owned()),
                    ("found", line.to_owned()),
                    ("known", known),
                ];
                table
                    .reading
                    .problem("unknown-value", grams.at.clone(), params);
            }
        }
    }
    ProposalsDraft { clauses, rows }
}

fn row(line: &str) -> Option<(Gram, Vec<i8>)> {
    let (gram, letters) = line.rsplit_once(' ')?;
    let weight = |letter: char| match letter {
        '.' => Some(0),
        'a'..='z' => Some(letter as i8 - 'a' as i8 + 1),
        'A'..='Z' => Some('A' as i8 - letter as i8 - 1),
        _ => None,
    };
    let weights: Option<Vec<i8>> = letters.chars().map(weight).collect();
    Some((Gram::read(gram)?, weights?))
}

/// The heaviest weight that a letter can stand for.
pub const HEAVIEST: i8 = 26;

/// The letter that stands for a weight.
pub fn letter(weight: i8) -> String {
    let letter = match weight.clamp(-HEAVIEST, HEAVIEST) {
        0 => b'.',
        weight @ 1.. => b'a' + weight as u8 - 1,
        weight => b'A' + weight.unsigned_abs() - 1,
    };
    char::from(letter).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grams(place: Place, speaker: Option<char>, text: &str) -> Vec<(usize, String)> {
        let chars: Vec<char> = text.chars().collect();
        let mut all = Vec::new();
        Gram::of(place, speaker, &chars, |at, gram| {
            all.push((at, gram.written()))
        });
        all
    }

    #[test]
    fn grams_know_where_they_stand() {
        let all = |of: &[(usize, &str)]| -> Vec<(usize, String)> {
            of.iter()
                .map(|(at, gram)| (*at, gram.to_string()))
                .collect()
        };
        assert_eq!(
            grams(Place::Turn, None, "等着"),
            all(&[
                (0, "t^等"),
                (0, "t等"),
                (0, "t等着"),
                (1, "t着"),
                (1, "t着$")
            ])
        );
        assert_eq!(
            grams(Place::Before, Some('c'), "喂"),
            all(&[(0, "b^c"), (0, "bc喂"), (0, "b喂"), (0, "b喂$")])
        );
        assert_eq!(grams(Place::Scene, None, ""), all(&[(0, "s^$")]));
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let weights: Vec<i8> = vec![0, 1, 26, -1, -26, 3];
        let letters: String = weights.iter().map(|weight| letter(*weight)).collect();
        assert_eq!(letters, ".azAZc");
        let gram = Gram::new(Place::Before, '急', Some('什'));
        assert_eq!(row(&format!("b急什 {letters}")), Some((gram, weights)));
        for faulty in ["b急什", "x急 .", "t急什么 .", "t急 ?", "t ."] {
            assert_eq!(row(faulty), None, "{faulty}");
        }
    }

    #[test]
    fn every_gram_finds_its_row_and_no_other_does() {
        let gram = |code: u32| {
            Gram::new(
                Place::Turn,
                char::from_u32(code).expect("a character"),
                None,
            )
        };
        let clause = Proposed {
            clause: Some((0, ActId(7))),
            lean: 0,
            least: 1,
            doubt: 0,
        };
        let rows = (0x4E00..0x4F00).map(|code| (gram(code), vec![(code % 20) as i8]));
        let proposals = Proposals::new(vec![clause], rows.collect());
        for code in 0x4E00..0x4F00 {
            let row = proposals.row(gram(code)).expect("it is there");
            assert_eq!(proposals.weights(row), [(code % 20) as i8]);
        }
        assert_eq!(proposals.row(gram(0x5000)), None);
        assert_eq!(
            proposals.strongest(ActId(7), 2),
            [("t下".to_owned(), 19), ("t丟".to_owned(), 19)]
        );
        assert!(proposals.strongest(ActId(8), 2).is_empty());
        assert_eq!(Proposals::default().clauses, []);
    }
}
