//! Sets of literals, arranged so that most places of a turn are passed over with a look.

/// Literals of which one must match.
///
/// Beside them stand two sets of 64 bits, one bit for each character with which a
/// literal begins or ends (several characters may share one). At most places of a turn
/// one look at these says that no literal can match there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Literals {
    /// Sorted, and none of them empty.
    all: Vec<Vec<char>>,
    first: u64,
    last: u64,
}

impl Literals {
    pub(super) fn new(mut all: Vec<Vec<char>>) -> Self {
        all.sort();
        all.dedup();
        let bits = |char: fn(&Vec<char>) -> Option<&char>| {
            all.iter()
                .filter_map(char)
                .fold(0, |bits, char| bits | bit(*char))
        };
        Self {
            first: bits(|literal| literal.first()),
            last: bits(|literal| literal.last()),
            all,
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Vec<char>] {
        &self.all
    }

    /// Those that begin with this character.
    pub(super) fn beginning_with(&self, char: char) -> &[Vec<char>] {
        if self.first & bit(char) == 0 {
            return &[];
        }
        let from = self.all.partition_point(|literal| literal[0] < char);
        let to = self.all[from..].partition_point(|literal| literal[0] == char);
        &self.all[from..from + to]
    }

    /// Those that end with this character.
    pub(super) fn ending_with(&self, char: char) -> impl Iterator<Item = &Vec<char>> {
        let possible = match self.last & bit(char) {
            0 => &[],
            _ => self.all.as_slice(),
        };
        possible
            .iter()
            .filter(move |literal| literal.last() == Some(&char))
    }
}

/// One of 128 bits for a character, to tell quickly what a turn doesn't contain.
pub(super) fn presence(char: char) -> u128 {
    1 << ((char as u32).wrapping_mul(0x85EB_CA6B) >> 25)
}

/// One of 64 bits for a character: the top six of a multiplicative hash.
fn bit(char: char) -> u64 {
    1 << ((char as u32).wrapping_mul(0x9E37_79B1) >> 26)
}
