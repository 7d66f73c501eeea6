//! Sets of places of a turn, a bit each: what makes it cheap to follow a wording from
//! all places at once.
//!
//! Place `p` lies before character `p`; a turn of `n` characters has the places 0 to
//! `n`. Most turns of real talk have fewer than 64 and fit one word.

/// Places below `64 * N`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places<const N: usize>([u64; N]);

impl<const N: usize> Places<N> {
    pub(super) const NONE: Self = Self([0; N]);
    /// The most characters that a turn can have to be seen through such sets.
    pub(super) const MOST_CHARS: usize = 64 * N - 1;

    /// This place alone.
    pub(super) fn only(place: usize) -> Self {
        let mut set = Self::NONE;
        set.insert(place);
        set
    }

    /// The places from `first` to `last`.
    pub(super) fn from_to(first: usize, last: usize) -> Self {
        let below = |end: usize| {
            let mut set = Self::NONE;
            for (index, word) in set.0.iter_mut().enumerate() {
                let bits = end.saturating_sub(index * 64).min(64);
                *word = if bits == 64 {
                    u64::MAX
                } else {
                    (1 << bits) - 1
                };
            }
            set
        };
        below(last + 1).and_not(below(first))
    }

    pub(super) fn insert(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    pub(super) fn contains(self, place: usize) -> bool {
        self.0[place / 64] & (1 << (place % 64)) != 0
    }

    /// The first of them.
    pub(super) fn first(self) -> Option<usize> {
        let word = self.0.iter().position(|word| *word != 0)?;
        Some(word * 64 + self.0[word].trailing_zeros() as usize)
    }

    /// How many there are.
    pub(super) fn len(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether both have a place.
    pub(super) fn meets(self, other: Self) -> bool {
        !self.and(other).is_empty()
    }

    pub(super) fn is_empty(self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn and(self, other: Self) -> Self {
        self.zip(other, |a, b| a & b)
    }

    pub(super) fn or(self, other: Self) -> Self {
        self.zip(other, |a, b| a | b)
    }

    pub(super) fn and_not(self, other: Self) -> Self {
        self.zip(other, |a, b| a & !b)
    }

    /// Each place moved one character on; what moves past the last bit is gone.
    pub(super) fn next(self) -> Self {
        let mut carry = 0;
        Self(self.0.map(|word| {
            let moved = word << 1 | carry;
            carry = word >> 63;
            moved
        }))
    }

    /// Each place moved one character back; place 0 is gone.
    pub(super) fn previous(self) -> Self {
        let mut moved = self;
        for index in 0..N {
            let carry = self.0.get(index + 1).map_or(0, |word| word << 63);
            moved.0[index] = self.0[index] >> 1 | carry;
        }
        moved
    }

    /// Whether a place strictly between the two is in the set.
    pub(super) fn has_within(self, start: usize, end: usize) -> bool {
        (start + 1..end).any(|place| self.contains(place))
    }

    /// The places, in order.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(index, word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros() as usize;
                    left &= left - 1;
                    index * 64 + bit
                })
            })
        })
    }

    fn zip(self, other: Self, join: impl Fn(u64, u64) -> u64) -> Self {
        let mut joined = self;
        for (word, other) in joined.0.iter_mut().zip(other.0) {
            *word = join(*word, other);
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn places_move_across_words() {
        let set = Places::<2>::only(63).or(Places::only(3));
        assert_eq!(set.next().iter().collect::<Vec<_>>(), [4, 64]);
        assert!(set.has_within(2, 4) && !set.has_within(3, 63));
        let few = Places::<2>::from_to(68, 70);
        assert_eq!(few.iter().collect::<Vec<_>>(), [68, 69, 70]);
        assert_eq!(set.next().previous(), set);
        assert!(Places::<1>::only(63).next().is_empty());
        assert!(Places::<1>::only(0).previous().is_empty());
    }
}
