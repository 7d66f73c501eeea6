//! The log of decisions: JSON Lines that only grow, each entry with the SHA-256 of the
//! one before, so that nobody can change, drop or slip in one without its showing.
//!
//! ```json
//! {"v":1,"n":2,"prev":"9c1f…","at":"2026-04-01T09:00:00Z","file":"april.xlsx","row":17,
//!  "id":"a01","clause":"9.5","phrasebook":"qinzhou-2014@1.0.0","was":"missed",
//!  "decision":"overturn","is":"met","reviewer":"韦","comment":"说了，听成了别的字","appeal":null}
//! ```
//!
//! (On one line.) `prev` is over the bytes of the line before, its newline left out; for
//! the first entry it is 64 zeros. `was` and `is` are `null` where the clause has no
//! verdict; `decision` is `null` where only an appeal was opened. What no chain can show
//! is that its last entries were cut off: whoever keeps the last hash elsewhere can.

use super::decision::{Appeal, Choice, Decision};
use super::read::RowPlace;
use crate::assessment::Verdict;
use crate::report::json;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The version of the log.
const VERSION: u32 = 1;
/// What stands for the entry before the first.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[derive(Serialize, Deserialize)]
struct Entry {
    v: u32,
    n: u64,
    prev: String,
    at: String,
    file: String,
    row: u64,
    id: String,
    clause: String,
    phrasebook: String,
    was: Option<String>,
    decision: Option<String>,
    is: Option<String>,
    reviewer: String,
    comment: String,
    appeal: Option<String>,
}

/// Why a log can't be trusted, at the first place that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong: `no-entry`, `entry-unfinished`, `entry-number`, `entry-changed` or
    /// `entry-hash`.
    pub code: &'static str,
}

/// A log that holds together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// How many entries it has.
    pub entries: u64,
    /// The hash of its last entry.
    pub head: String,
    /// What was decided, in order.
    pub decisions: Vec<Decision>,
}

impl Default for Ledger {
    /// One without entries.
    fn default() -> Self {
        Self {
            entries: 0,
            head: NOTHING.to_owned(),
            decisions: Vec::new(),
        }
    }
}

impl Ledger {
    /// Reads a log and holds each entry against the one before.
    ///
    /// # Errors
    /// The first entry that doesn't fit.
    pub fn read(log: &[u8]) -> Result<Self, Broken> {
        let mut ledger = Self::default();
        let mut rest = log;
        while !rest.is_empty() {
            let wrong = |code| Broken {
                line: ledger.entries + 1,
                code,
            };
            let end = rest.iter().position(|byte| *byte == b'\n');
            let end = end.ok_or(wrong("entry-unfinished"))?;
            let line = &rest[..end];
            rest = &rest[end + 1..];
            let entry: Entry = serde_json::from_slice(line).map_err(|_| wrong("no-entry"))?;
            if entry.v != VERSION {
                return Err(wrong("no-entry"));
            }
            if entry.prev != ledger.head {
                // One that counts on from the last was written after something else in
                // its place; otherwise what stood between is gone, or this came from
                // elsewhere.
                return Err(match entry.n == ledger.entries + 1 && ledger.entries > 0 {
                    true => Broken {
                        line: ledger.entries,
                        code: "entry-changed",
                    },
                    false => wrong("entry-hash"),
                });
            }
            if entry.n != ledger.entries + 1 {
                return Err(wrong("entry-number"));
            }
            let decision = decision(entry).ok_or(wrong("no-entry"))?;
            ledger.entries += 1;
            ledger.head = hash(line);
            ledger.decisions.push(decision);
        }
        Ok(ledger)
    }

    /// The entries to append for those of `decisions` that say something new, made at the
    /// moment that `at` writes; what the same reviewer has said before of the same verdict
    /// isn't repeated. The ledger goes on to stand for the longer log.
    pub fn append(&mut self, decisions: &[(RowPlace, Decision)], at: &str) -> Vec<u8> {
        let unit = |of: &Decision| {
            (
                of.id.clone(),
                of.clause.clone(),
                of.phrasebook.clone(),
                of.reviewer.clone(),
            )
        };
        let known = self.decisions.iter().map(|of| (unit(of), of.clone()));
        let mut latest: BTreeMap<_, Decision> = known.collect();
        let mut log = Vec::new();
        for (place, decision) in decisions {
            if latest.get(&unit(decision)) == Some(decision) {
                continue;
            }
            latest.insert(unit(decision), decision.clone());
            let mut line = Vec::new();
            json::write(&self.entry(place, decision, at), &mut line);
            self.entries += 1;
            self.head = hash(&line);
            self.decisions.push(decision.clone());
            log.extend(line);
            log.push(b'\n');
        }
        log
    }

    fn entry(&self, place: &RowPlace, of: &Decision, at: &str) -> Entry {
        let name = |verdict: Option<Verdict>| verdict.map(|of| of.name().to_owned());
        Entry {
            v: VERSION,
            n: self.entries + 1,
            prev: self.head.clone(),
            at: at.to_owned(),
            file: place.file.clone(),
            row: place.row,
            id: of.id.clone(),
            clause: of.clause.clone(),
            phrasebook: of.phrasebook.clone(),
            was: name(of.was),
            decision: of.choice.map(|choice| choice.name().to_owned()),
            is: name(of.is),
            reviewer: of.reviewer.clone(),
            comment: of.comment.clone(),
            appeal: of.appeal.map(|appeal| appeal.name().to_owned()),
        }
    }
}

/// The decision that an entry holds, if its words are known.
fn decision(entry: Entry) -> Option<Decision> {
    fn known<T: Copy>(word: Option<&str>, all: &[(&str, T)]) -> Option<Option<T>> {
        let Some(word) = word else { return Some(None) };
        let found = all.iter().find(|(name, _)| *name == word);
        found.map(|(_, value)| Some(*value))
    }
    let verdicts = Verdict::ALL.map(|verdict| (verdict.name(), verdict));
    Some(Decision {
        was: known(entry.was.as_deref(), &verdicts)?,
        choice: known(entry.decision.as_deref(), &Choice::ALL)?,
        is: known(entry.is.as_deref(), &verdicts)?,
        appeal: known(entry.appeal.as_deref(), &Appeal::ALL)?,
        id: entry.id,
        clause: entry.clause,
        phrasebook: entry.phrasebook,
        reviewer: entry.reviewer,
        comment: entry.comment,
    })
}

fn hash(line: &[u8]) -> String {
    let digest = Sha256::digest(line);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(id: &str, choice: Choice) -> (RowPlace, Decision) {
        let place = RowPlace {
            file: "april.xlsx".to_owned(),
            sheet: "复核".to_owned(),
            row: 2,
        };
        let decision = Decision {
            id: id.to_owned(),
            clause: "9.5".to_owned(),
            phrasebook: "q@1".to_owned(),
            was: Some(Verdict::Missed),
            choice: Some(choice),
            is: match choice {
                Choice::Overturn => Some(Verdict::Met),
                _ => Some(Verdict::Missed),
            },
            reviewer: "韦".to_owned(),
            comment: "a\n\u{202e}b".to_owned(),
            appeal: None,
        };
        (place, decision)
    }

    fn log(ids: &[&str]) -> Vec<u8> {
        let decisions: Vec<_> = ids.iter().map(|id| decided(id, Choice::Confirm)).collect();
        Ledger::default().append(&decisions, "2026-04-01T09:00:00Z")
    }

    #[test]
    fn an_entry_to_the_byte() {
        let expected = concat!(
            r#"{"v":1,"n":1,"prev":"0000000000000000000000000000000000000000000000000000000000000000","#,
            r#""at":"2026-04-01T09:00:00Z","file":"april.xlsx","row":2,"id":"a","clause":"9.5","#,
            r#""phrasebook":"q@1","was":"missed","decision":"confirm","is":"missed","#,
            r#""reviewer":"韦","comment":"a\n\u202eb","appeal":null}"#,
            "\n"
        );
        assert_eq!(String::from_utf8(log(&["a"])).as_deref(), Ok(expected));
    }

    #[test]
    fn a_log_reads_back_and_goes_on() {
        let first = log(&["a", "b"]);
        let mut ledger = Ledger::read(&first).expect("it holds together");
        assert_eq!(ledger.entries, 2);
        let more = [
            decided("a", Choice::Confirm),
            decided("a", Choice::Overturn),
            decided("c", Choice::Unsure),
        ];
        let mut whole = first.clone();
        whole.extend(ledger.append(&more, "2026-04-02T09:00:00Z"));
        let again = Ledger::read(&whole).expect("it still does");
        assert_eq!(again, ledger);
        // The first of the three had been said before.
        let said: Vec<_> = again
            .decisions
            .iter()
            .map(|of| (&*of.id, of.choice))
            .collect();
        let expected = [
            ("a", Some(Choice::Confirm)),
            ("b", Some(Choice::Confirm)),
            ("a", Some(Choice::Overturn)),
            ("c", Some(Choice::Unsure)),
        ];
        assert_eq!(said, expected);
        assert_eq!(ledger.append(&more[1..], "later"), b"");
    }

    #[test]
    fn whatever_is_done_to_it_shows() {
        let good = String::from_utf8(log(&["a", "b", "c", "d"])).expect("UTF-8");
        let lines: Vec<&str> = good.lines().collect();
        let joined = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect();
        let cases: [(&str, String, u64, &str); 8] = [
            (
                "changed",
                good.replace("\"id\":\"b\"", "\"id\":\"x\""),
                2,
                "entry-changed",
            ),
            (
                "dropped",
                joined(&[lines[0], lines[2], lines[3]]),
                2,
                "entry-hash",
            ),
            ("beheaded", joined(&lines[1..]), 1, "entry-hash"),
            (
                "doubled",
                joined(&[lines[0], lines[0], lines[1]]),
                2,
                "entry-hash",
            ),
            ("swapped", joined(&[lines[1], lines[0]]), 1, "entry-hash"),
            (
                "cut",
                good[..good.len() - 1].to_owned(),
                4,
                "entry-unfinished",
            ),
            ("no entry", format!("{}\n{{}}\n", lines[0]), 2, "no-entry"),
            (
                "renumbered",
                format!("{}\n", lines[0].replace("\"n\":1", "\"n\":7")),
                1,
                "entry-number",
            ),
        ];
        for (name, log, line, code) in cases {
            let read = Ledger::read(log.as_bytes());
            assert_eq!(read, Err(Broken { line, code }), "{name}");
        }
        assert_eq!(Ledger::read(b""), Ok(Ledger::default()));
    }
}
