//! The characters that wordings are made of, numbered.

/// A character's number; 0 is every character that no wording has.
pub(super) type Letter = u16;

/// Numbers characters, as they are written or as they sound.
#[derive(Debug)]
pub(super) struct Alphabet {
    /// By code, for the characters up to U+FFFF.
    letters: Vec<Letter>,
    /// The few behind it.
    others: Vec<(char, Letter)>,
    count: Letter,
}

impl Alphabet {
    pub(super) fn new() -> Self {
        Self {
            letters: vec![0; 0x1_0000],
            others: Vec::new(),
            count: 1,
        }
    }

    /// The number of a character of a wording, new if it has none yet.
    pub(super) fn number(&mut self, char: char) -> Letter {
        let known = self.of(char);
        if known != 0 {
            return known;
        }
        let letter = self.count;
        self.count += 1;
        match self.letters.get_mut(char as usize) {
            Some(slot) => *slot = letter,
            None => self.others.push((char, letter)),
        }
        letter
    }

    /// The number of a character of a turn.
    pub(super) fn of(&self, char: char) -> Letter {
        match self.letters.get(char as usize) {
            Some(letter) => *letter,
            None => {
                let known = self.others.iter().find(|(other, _)| *other == char);
                known.map_or(0, |(_, letter)| *letter)
            }
        }
    }

    /// One more than the highest number.
    pub(super) fn len(&self) -> usize {
        usize::from(self.count)
    }

    /// The same numbers, but each character is seen as `reading` has it.
    pub(super) fn read_through(self, reading: impl Fn(char) -> char) -> Self {
        let letters = (0..0x1_0000_u32)
            .map(|code| char::from_u32(code).map_or(0, |char| self.of(reading(char))))
            .collect();
        Self { letters, ..self }
    }
}
