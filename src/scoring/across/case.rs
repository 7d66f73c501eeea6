//! One conversation, as far as comparing needs it.

use super::By;
use crate::assessment::Verdict;
use crate::moment::Moment;

/// One conversation, as far as comparing needs it.
#[derive(Clone, Debug, Default)]
pub struct Case<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its score; `None` when nothing could be judged.
    pub score: Option<f64>,
    /// Whether a critical breach overrides the points.
    pub vetoed: bool,
    /// Whether it was held before the standard was in force.
    pub before: bool,
    /// When it began.
    pub began: Option<Moment>,
    /// Who served.
    pub agent: Option<&'a str>,
    /// Which branch.
    pub branch: Option<&'a str>,
    /// The word for its channel.
    pub channel: Option<&'a str>,
    /// What it was about.
    pub business: Option<&'a str>,
    /// By which key the house knows the client.
    pub client: Option<&'a str>,
    /// By which key the house knows the complaint.
    pub complaint: Option<&'a str>,
    /// Free labels.
    pub tags: Vec<&'a str>,
    /// The clauses that arose, by id.
    pub verdicts: Vec<(&'a str, Verdict)>,
    /// How often staff said each courtesy word.
    pub courtesy: Vec<(&'a str, u32)>,
}

impl<'a> Case<'a> {
    /// The group that it belongs to; `week` is the name of its week.
    pub(super) fn group<'b>(&'b self, by: By, week: Option<&'b str>) -> Option<&'b str> {
        let name = match by {
            By::Clerk => self.agent,
            By::Branch => self.branch,
            By::Channel => self.channel,
            By::Business => self.business,
            By::Week => week,
        };
        name.filter(|name| !name.is_empty())
    }

    pub(super) fn courtesy_total(&self) -> u64 {
        let counts = self.courtesy.iter();
        counts.map(|(_, count)| u64::from(*count)).sum()
    }

    /// How a clause came out, if it arose.
    pub(super) fn verdict(&self, clause: &str) -> Option<Verdict> {
        let mut verdicts = self.verdicts.iter();
        let found = verdicts.find(|(id, _)| *id == clause);
        found.map(|(_, verdict)| *verdict)
    }
}
