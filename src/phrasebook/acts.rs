//! Sets of acts, which judging asks about all the time.

use super::rules::ActId;
use std::ops::Deref;

/// Acts in the order in which they were named, and as a set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Acts {
    named: Vec<ActId>,
    set: ActSet,
}

impl Acts {
    /// Whether it is one of them.
    pub fn has(&self, act: ActId) -> bool {
        self.set.has(act)
    }

    /// Whether one of them is in the set.
    pub fn meet(&self, set: &ActSet) -> bool {
        self.set.meets(set)
    }

    /// Adds more of them.
    pub fn extend(&mut self, more: impl IntoIterator<Item = ActId>) {
        for act in more {
            self.named.push(act);
            self.set.insert(act);
        }
    }
}

impl From<Vec<ActId>> for Acts {
    fn from(named: Vec<ActId>) -> Self {
        let mut acts = Self::default();
        acts.extend(named);
        acts
    }
}

impl Deref for Acts {
    type Target = [ActId];

    fn deref(&self) -> &[ActId] {
        &self.named
    }
}

/// A set of acts, a bit each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActSet(Vec<u64>);

impl ActSet {
    /// Adds an act.
    pub fn insert(&mut self, ActId(act): ActId) {
        let word = usize::from(act) / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (act % 64);
    }

    /// Whether it is one of them.
    pub fn has(&self, ActId(act): ActId) -> bool {
        let word = self.0.get(usize::from(act) / 64);
        word.is_some_and(|word| word & (1 << (act % 64)) != 0)
    }

    /// Whether the two have an act in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// Takes all of them out, and keeps the memory.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::{ActId, ActSet, Acts};

    #[test]
    fn sets_meet_where_they_share_an_act() {
        let acts = Acts::from(vec![ActId(300), ActId(2)]);
        assert_eq!(&*acts, [ActId(300), ActId(2)]);
        let cases = [
            (2, true),
            (300, true),
            (3, false),
            (66, false),
            (900, false),
        ];
        for (act, want) in cases {
            let mut set = ActSet::default();
            set.insert(ActId(act));
            assert_eq!(
                (acts.has(ActId(act)), acts.meet(&set)),
                (want, want),
                "{act}"
            );
            set.clear();
            assert!(!acts.meet(&set), "{act}");
        }
    }
}
