//! What shows only across many conversations.
//!
//! ```text
//! Case ─► Across ─┬─► tally, clauses     on the whole, and by clerk, branch, week …
//!                 ├─► alike              article 10: the same for stranger and friend?
//!                 └─► complaints         articles 45 and 47: reported back on in time?
//! ```
//!
//! Memory: a few numbers for each group and clause; for each conversation nothing but
//! what comparing groups needs, some 30 bytes for each tag that names one.

mod alike;
mod case;
mod complaints;
mod contrast;
mod tally;

pub use alike::{Alike, Difference, Meaning, SideName};
pub use case::Case;
pub use complaints::{Complaint, Complaints, Joined, Standing};
pub use contrast::Contrast;
pub use tally::{Counts, Range, Tally};

use crate::phrasebook::rules::{Kind, Rules};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// By what conversations are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Who served.
    Clerk,
    /// The branch.
    Branch,
    /// The channel; the names are those of [`Channel`](crate::conversation::Channel).
    Channel,
    /// What it was about.
    Business,
    /// The week; the names are its Mondays, `2026-03-02`.
    Week,
}

impl By {
    /// All of them.
    pub const ALL: [By; 5] = [By::Clerk, By::Branch, By::Channel, By::Business, By::Week];

    /// The word that stands for it in files.
    pub fn name(self) -> &'static str {
        match self {
            By::Clerk => "clerk",
            By::Branch => "branch",
            By::Channel => "channel",
            By::Business => "business",
            By::Week => "week",
        }
    }
}

/// Conversations that have something in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// How they came out on the whole.
    pub tally: Tally,
    /// How each clause came out that arose, by its place in [`Across::clauses`].
    pub clauses: BTreeMap<usize, Counts>,
}

/// Of more groups than that the further ones aren't kept; a name that is different in
/// every conversation is no group.
const MOST_GROUPS: usize = 5_000;

/// What is kept of many conversations that were judged by one phrasebook.
#[derive(Clone, Debug)]
pub struct Across {
    /// The clauses, those of the phrasebook in its order first.
    pub clauses: Vec<String>,
    /// All conversations.
    pub all: Group,
    /// How many were held before the standard was in force, and so weren't judged.
    pub before: usize,
    /// How many had a score in each tenth of what scoring allows, the lowest first.
    pub spread: [usize; 10],
    /// How often staff said each courtesy word.
    pub courtesy: Vec<(String, u64)>,
    /// The first day and the last on which a conversation was held.
    pub days: Option<(Date, Date)>,
    /// Whether groups that are to be served alike are.
    pub alike: Alike,
    /// What became of complaints.
    pub complaints: Complaints,
    groups: [BTreeMap<String, Group>; 5],
    /// Conversations whose group wasn't kept.
    left_out: [usize; 5],
    places: BTreeMap<String, usize>,
    /// Whether each clause forbids something.
    forbids: Vec<bool>,
    scale: Scale,
}

/// What a score may be.
#[derive(Clone, Copy, Debug)]
struct Scale {
    floor: f64,
    ceiling: f64,
    pass: f64,
}

impl Across {
    /// Nothing yet. Clauses are those of `rules`; a complaint is to be reported back on
    /// within `days`, or what the phrasebook says.
    pub fn new(rules: &Rules, days: Option<u32>) -> Self {
        let clauses: Vec<String> = rules.clauses.iter().map(|of| of.id.clone()).collect();
        let places = clauses.iter().cloned().zip(0..).collect();
        let scoring = &rules.scoring;
        Self {
            clauses,
            all: Group::default(),
            before: 0,
            spread: [0; 10],
            courtesy: Vec::new(),
            days: None,
            alike: Alike::default(),
            complaints: Complaints::new(scoring.complaints.as_ref(), days),
            groups: Default::default(),
            left_out: [0; 5],
            places,
            forbids: rules
                .clauses
                .iter()
                .map(|of| of.kind == Kind::Prohibition)
                .collect(),
            scale: Scale {
                floor: scoring.floor,
                ceiling: scoring.ceiling,
                pass: scoring.pass,
            },
        }
    }

    /// Takes one more conversation into account.
    pub fn add(&mut self, case: &Case<'_>) {
        if let Some(moment) = case.began {
            let day = moment.day;
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
        if case.before {
            self.before += 1;
            return;
        }
        let verdicts: Vec<_> = case
            .verdicts
            .iter()
            .map(|(clause, verdict)| (self.place(clause), *verdict))
            .collect();
        let add = |group: &mut Group| {
            let tally = &mut group.tally;
            tally.count += 1;
            tally.vetoed += usize::from(case.vetoed);
            if let Some(score) = case.score {
                tally.add_score(score);
                let passed = !case.vetoed && score >= self.scale.pass;
                tally.passed += usize::from(passed);
            }
            tally.courtesy += case.courtesy_total();
            for (place, verdict) in &verdicts {
                tally.findings += usize::from(verdict.is_problem());
                group.clauses.entry(*place).or_default().add(*verdict);
            }
        };
        add(&mut self.all);
        let week = case.began.map(|moment| moment.week().to_string());
        for (place, by) in By::ALL.into_iter().enumerate() {
            let Some(name) = case.group(by, week.as_deref()) else {
                continue;
            };
            let groups = &mut self.groups[place];
            let has_room = groups.len() < MOST_GROUPS;
            match groups.get_mut(name) {
                Some(group) => add(group),
                None if has_room => add(groups.entry(name.to_owned()).or_default()),
                None => self.left_out[place] += 1,
            }
        }
        if let Some(score) = case.score {
            let share = (score - self.scale.floor) / (self.scale.ceiling - self.scale.floor);
            let tenth = (share * 10.0).clamp(0.0, 9.0) as usize;
            self.spread[tenth] += 1;
        }
        for (word, count) in &case.courtesy {
            match self.courtesy.iter_mut().find(|(known, _)| known == word) {
                Some((_, sum)) => *sum += u64::from(*count),
                None => self.courtesy.push(((*word).to_owned(), u64::from(*count))),
            }
        }
        self.alike.add(case);
        self.complaints.add(case);
    }

    /// Where the mean score of such conversations lies; no further than scores go.
    pub fn score_range(&self, tally: &Tally) -> Option<Range> {
        let Range { low, high } = tally.range()?;
        Some(Range {
            low: low.max(self.scale.floor),
            high: high.min(self.scale.ceiling),
        })
    }

    /// The groups by name, digits as numbers: `8` before `12`.
    pub fn groups(&self, by: By) -> Vec<(&str, &Group)> {
        let place = By::ALL.iter().position(|other| *other == by).unwrap_or(0);
        let mut groups: Vec<(&str, &Group)> = self.groups[place]
            .iter()
            .map(|(name, group)| (name.as_str(), group))
            .collect();
        groups.sort_by_cached_key(|(name, _)| pieces(name));
        groups
    }

    /// How many conversations belong to groups that weren't kept, since there were too
    /// many.
    pub fn left_out(&self, by: By) -> usize {
        let place = By::ALL.iter().position(|other| *other == by);
        place.map_or(0, |place| self.left_out[place])
    }

    /// The clauses that came up in a group, in the standard's order, and how they came
    /// out there. A prohibition leaves no verdict where it is kept, so it counts as met
    /// in each conversation without a breach of it.
    pub fn clause_counts(&self, group: &Group) -> Vec<(&str, Counts)> {
        let told = |(place, counts): (&usize, &Counts)| {
            let mut counts = *counts;
            if self.forbids.get(*place).copied().unwrap_or(false) {
                let told = counts.arose() + counts.undecided;
                counts.met += (group.tally.count as u32).saturating_sub(told);
            }
            (self.clauses[*place].as_str(), counts)
        };
        group.clauses.iter().map(told).collect()
    }

    fn place(&mut self, clause: &str) -> usize {
        if let Some(place) = self.places.get(clause) {
            return *place;
        }
        let place = self.clauses.len();
        self.clauses.push(clause.to_owned());
        self.places.insert(clause.to_owned(), place);
        place
    }
}

/// A name as text and numbers in turn, to be put in order by.
fn pieces(name: &str) -> Vec<(String, u64)> {
    let mut pieces = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digit = |char: char| char.is_ascii_digit();
        let text = rest.find(digit).unwrap_or(rest.len());
        let (text, behind) = rest.split_at(text);
        let number = behind.find(|char| !digit(char)).unwrap_or(behind.len());
        let (number, behind) = behind.split_at(number);
        pieces.push((text.to_owned(), number.parse().unwrap_or(u64::MAX)));
        rest = behind;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::Verdict;
    use crate::moment::Moment;
    use crate::phrasebook::Phrasebook;

    pub(super) fn rules() -> Rules {
        let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
        match phrasebook.compile() {
            Ok(rules) => rules,
            Err(_) => panic!("it has no faults"),
        }
    }

    #[test]
    fn conversations_are_summed_on_the_whole_and_by_group() {
        let mut across = Across::new(&rules(), None);
        for (place, (agent, score)) in [("12", 90.0), ("8", 50.0), ("12", 70.0), ("", 100.0)]
            .into_iter()
            .enumerate()
        {
            across.add(&Case {
                score: Some(score),
                agent: Some(agent),
                channel: Some("counter"),
                began: Moment::read(&format!("2026-03-0{} 9:15", 1 + place)),
                verdicts: match place {
                    0 => vec![("9.3", Verdict::Missed), ("29", Verdict::Breached)],
                    _ => vec![("9.3", Verdict::Missed), ("99.1", Verdict::Met)],
                },
                courtesy: vec![("您好", 2), ("请", 1)],
                ..Case::default()
            });
        }
        across.add(&Case {
            before: true,
            began: Moment::read("2014-01-01"),
            ..Case::default()
        });
        let told = |by| {
            let told = across.groups(by).into_iter().map(|(name, group)| {
                let tally = group.tally;
                (name.to_owned(), tally.count, tally.mean().unwrap_or(-1.0))
            });
            told.collect::<Vec<_>>()
        };
        assert_eq!(
            told(By::Clerk),
            [("8".to_owned(), 1, 50.0), ("12".to_owned(), 2, 80.0)]
        );
        assert_eq!(told(By::Branch), []);
        assert_eq!(told(By::Channel), [("counter".to_owned(), 4, 77.5)]);
        assert_eq!(
            told(By::Week),
            [
                ("2026-02-23".to_owned(), 1, 90.0),
                ("2026-03-02".to_owned(), 3, (50.0 + 70.0 + 100.0) / 3.0)
            ]
        );
        let all = across.all.tally;
        assert_eq!(
            (all.count, all.passed, all.findings, across.before),
            (4, 3, 5, 1)
        );
        assert_eq!(all.courtesy_each(), Some(3.0));
        assert_eq!(
            across.courtesy,
            [("您好".to_owned(), 8), ("请".to_owned(), 4)]
        );
        assert_eq!(across.spread, [0, 0, 0, 0, 0, 1, 0, 1, 0, 2]);
        let clauses = across.clause_counts(&across.all);
        let missed = Counts {
            missed: 4,
            ..Counts::default()
        };
        let kept = Counts {
            breached: 1,
            met: 3,
            ..Counts::default()
        };
        let met = Counts {
            met: 3,
            ..Counts::default()
        };
        assert_eq!(clauses, [("9.3", missed), ("29", kept), ("99.1", met)]);
        let days = across.days.map(|(first, last)| format!("{first} {last}"));
        assert_eq!(days.as_deref(), Some("2014-01-01 2026-03-04"));
    }

    #[test]
    fn names_that_never_come_again_are_no_groups() {
        let mut across = Across::new(&rules(), None);
        for place in 0..MOST_GROUPS + 7 {
            let name = place.to_string();
            across.add(&Case {
                agent: Some(&name),
                ..Case::default()
            });
        }
        assert_eq!(across.groups(By::Clerk).len(), MOST_GROUPS);
        assert_eq!(
            (across.left_out(By::Clerk), across.left_out(By::Branch)),
            (7, 0)
        );
        assert_eq!(across.all.tally.count, MOST_GROUPS + 7);
    }
}
