//! Records read before the phrasebook is made ready: if they turn out to be all, it
//! needs to be ready for them alone.

use liyan::transcript::{InputProblem, Record};

/// So much input, in bytes, is read before it is known whether there is more.
const LITTLE: usize = 64 << 10;

/// The first records, and whether there are others.
pub struct Ahead {
    records: Vec<Result<Record, InputProblem>>,
    is_all: bool,
}

impl Ahead {
    /// Reads until there is more than a little, or nothing left.
    pub fn read(records: &mut impl Iterator<Item = Result<Record, InputProblem>>) -> Self {
        let mut ahead = Self {
            records: Vec::new(),
            is_all: false,
        };
        let mut bytes = 0;
        while bytes < LITTLE {
            let Some(record) = records.next() else {
                ahead.is_all = true;
                break;
            };
            bytes += record.as_ref().map_or(0, |record| record.bytes.len());
            ahead.records.push(record);
        }
        ahead
    }

    /// The texts of all turns, if there are no others.
    pub fn turns(&self) -> Option<Vec<String>> {
        let parsed = self.records.iter().flatten().flat_map(Record::parse);
        let turns = parsed.flatten().flat_map(|conversation| conversation.turns);
        self.is_all.then(|| turns.map(|turn| turn.text).collect())
    }

    /// The records again.
    pub fn into_records(self) -> impl Iterator<Item = Result<Record, InputProblem>> + Send {
        self.records.into_iter()
    }
}
