//! Articles 45 and 47: whether complaints were reported back on, and in time.
//!
//! A complaint is made in one conversation and reported back on in another, days later,
//! perhaps by somebody else. What joins the two is the complaint's own key, where both
//! conversations carry one, or else the client's. There is no clock here: what is still
//! open is judged as of the last day on which any conversation was held.

use super::Case;
use crate::assessment::Verdict;
use crate::phrasebook::rules::Follow;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The conversations that have to do with complaints.
#[derive(Clone, Debug, Default)]
pub struct Complaints {
    follow: Option<Follow>,
    events: Vec<Event>,
    last_day: Option<Date>,
}

#[derive(Clone, Debug)]
struct Event {
    id: String,
    day: Option<Date>,
    complaint: Option<String>,
    client: Option<String>,
    agent: Option<String>,
    branch: Option<String>,
    kind: EventKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EventKind {
    Raised,
    Answered,
}

/// By what the conversations of a complaint were found to belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joined {
    /// The complaint's key.
    Complaint(String),
    /// The client's key.
    Client(String),
    /// Nothing: neither is given, so that no report can be found.
    Nothing,
}

/// Where a complaint stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing was reported back, and the time is over.
    Overdue,
    /// It was reported back on too late.
    Late,
    /// Nothing was reported back yet; there is time left.
    Open,
    /// It was reported back on in time.
    InTime,
    /// It was reported back on, or wasn't; when it was made isn't known.
    Undated,
    /// No key joins it with other conversations.
    Unjoined,
}

impl Standing {
    /// All of them, what there is to do about first.
    pub const ALL: [Standing; 6] = [
        Standing::Overdue,
        Standing::Late,
        Standing::Open,
        Standing::InTime,
        Standing::Undated,
        Standing::Unjoined,
    ];

    /// The word that stands for it in files.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Overdue => "overdue",
            Standing::Late => "late",
            Standing::Open => "open",
            Standing::InTime => "in-time",
            Standing::Undated => "undated",
            Standing::Unjoined => "unjoined",
        }
    }
}

/// A complaint, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// By what its conversations belong together.
    pub joined: Joined,
    /// The conversation in which it was made.
    pub raised: String,
    /// When that was.
    pub day: Option<Date>,
    /// Who took it.
    pub agent: Option<String>,
    /// At which branch.
    pub branch: Option<String>,
    /// How often it was made again before anything was reported back.
    pub again: usize,
    /// The conversation in which it was reported back on.
    pub answered: Option<String>,
    /// How many days that took; so far, where nothing was reported back.
    pub took: Option<i64>,
    /// Where it stands.
    pub standing: Standing,
}

impl Complaints {
    /// Follows complaints as a phrasebook says, if it does, within `days` or what the
    /// phrasebook says.
    pub(super) fn new(follow: Option<&Follow>, days: Option<u32>) -> Self {
        let follow = follow.cloned().map(|follow| Follow {
            days: days.unwrap_or(follow.days),
            ..follow
        });
        Self {
            follow,
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, case: &Case<'_>) {
        let Some(follow) = &self.follow else { return };
        let day = case.began.map(|moment| moment.day);
        self.last_day = self.last_day.max(day);
        let answers = |verdict| matches!(verdict, Some(Verdict::Met | Verdict::Partial));
        let arises = |verdict: Option<Verdict>| verdict.is_some_and(|of| of != Verdict::Undecided);
        let kind = if follow
            .answered
            .iter()
            .any(|clause| answers(case.verdict(clause)))
        {
            EventKind::Answered
        } else if follow
            .raised
            .iter()
            .any(|clause| arises(case.verdict(clause)))
        {
            EventKind::Raised
        } else {
            return;
        };
        let text = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        self.events.push(Event {
            id: case.id.to_owned(),
            day,
            complaint: text(case.complaint),
            client: text(case.client),
            agent: text(case.agent),
            branch: text(case.branch),
            kind,
        });
    }

    /// Within how many days complaints are to be reported back on; `None` where the
    /// phrasebook doesn't follow them.
    pub fn days(&self) -> Option<u32> {
        self.follow.as_ref().map(|follow| follow.days)
    }

    /// The day as of which open complaints are judged.
    pub fn as_of(&self) -> Option<Date> {
        self.last_day
    }

    /// All complaints, what there is to do about first, then the oldest first.
    pub fn list(&self) -> Vec<Complaint> {
        let mut joiner = Joiner::default();
        let mut events: Vec<&Event> = self.events.iter().collect();
        // A report without a date can only be of what came before it in the input.
        events.sort_by_key(|event| event.day.or(self.last_day));
        for event in events {
            joiner.take(event);
        }
        let days = i64::from(self.days().unwrap_or_default());
        let mut list: Vec<Complaint> = joiner
            .complaints
            .into_iter()
            .map(|found| self.told(found, days))
            .collect();
        list.sort_by(|a, b| (a.standing, a.day, &a.raised).cmp(&(b.standing, b.day, &b.raised)));
        list
    }

    /// How many reports belong to no complaint among these conversations.
    pub fn stray_reports(&self) -> usize {
        let answered = self
            .events
            .iter()
            .filter(|event| event.kind == EventKind::Answered);
        let used = self
            .list()
            .iter()
            .filter(|of| of.answered.is_some())
            .count();
        answered.count().saturating_sub(used)
    }

    fn told(&self, found: Found<'_>, days: i64) -> Complaint {
        let Found {
            raised,
            again,
            answered,
        } = found;
        let until = match answered {
            Some(answer) => answer.day,
            None => self.last_day,
        };
        let took = raised.day.zip(until).map(|(from, until)| {
            let span = from.until(until).map_or(0, |span| span.get_days());
            i64::from(span)
        });
        let joined = match (&raised.complaint, &raised.client) {
            (Some(key), _) => Joined::Complaint(key.clone()),
            (None, Some(key)) => Joined::Client(key.clone()),
            (None, None) => Joined::Nothing,
        };
        let standing = match (answered.is_some(), took) {
            _ if joined == Joined::Nothing => Standing::Unjoined,
            (_, None) => Standing::Undated,
            (true, Some(took)) if took <= days => Standing::InTime,
            (true, Some(_)) => Standing::Late,
            (false, Some(took)) if took <= days => Standing::Open,
            (false, Some(_)) => Standing::Overdue,
        };
        Complaint {
            joined,
            raised: raised.id.clone(),
            day: raised.day,
            agent: raised.agent.clone(),
            branch: raised.branch.clone(),
            again,
            answered: answered.map(|answer| answer.id.clone()),
            took,
            standing,
        }
    }
}

struct Found<'e> {
    raised: &'e Event,
    again: usize,
    answered: Option<&'e Event>,
}

/// Puts events to complaints, in the order of their days.
#[derive(Default)]
struct Joiner<'e> {
    complaints: Vec<Found<'e>>,
    /// The complaints that are open, oldest first, by the keys that they go by.
    by_complaint: BTreeMap<&'e str, Vec<usize>>,
    by_client: BTreeMap<&'e str, Vec<usize>>,
}

impl<'e> Joiner<'e> {
    fn take(&mut self, event: &'e Event) {
        let open = self.open_for(event);
        match (event.kind, open) {
            (EventKind::Answered, Some(at)) => {
                self.complaints[at].answered = Some(event);
                self.close(at);
            }
            (EventKind::Answered, None) => {}
            (EventKind::Raised, Some(at)) => self.complaints[at].again += 1,
            (EventKind::Raised, None) => {
                let at = self.complaints.len();
                self.complaints.push(Found {
                    raised: event,
                    again: 0,
                    answered: None,
                });
                if let Some(key) = &event.complaint {
                    self.by_complaint.entry(key).or_default().push(at);
                }
                if let Some(key) = &event.client {
                    self.by_client.entry(key).or_default().push(at);
                }
            }
        }
    }

    /// The open complaint that an event is about: the one with its key, or the client's
    /// oldest one that has no other key.
    fn open_for(&self, event: &Event) -> Option<usize> {
        let by_key = event
            .complaint
            .as_deref()
            .and_then(|key| self.by_complaint.get(key));
        if let Some(at) = by_key.and_then(|open| open.first()) {
            return Some(*at);
        }
        let of_client = self.by_client.get(event.client.as_deref()?)?;
        let agrees = |at: &&usize| {
            let other = &self.complaints[**at].raised.complaint;
            other.is_none() || event.complaint.is_none()
        };
        of_client.iter().find(agrees).copied()
    }

    fn close(&mut self, at: usize) {
        let raised = self.complaints[at].raised;
        let drop = |open: Option<&mut Vec<usize>>| {
            if let Some(open) = open {
                open.retain(|other| *other != at);
            }
        };
        drop(
            raised
                .complaint
                .as_deref()
                .and_then(|key| self.by_complaint.get_mut(key)),
        );
        drop(
            raised
                .client
                .as_deref()
                .and_then(|key| self.by_client.get_mut(key)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::Moment;

    fn key(text: &str) -> Option<&str> {
        (text != "-").then_some(text)
    }

    /// Each line is a conversation: its day in March (0 where none is known), what it
    /// is, the complaint's key and the client's (`-` for none).
    fn told(lines: &str) -> Vec<String> {
        let follow = Follow {
            raised: vec!["9.18".to_owned(), "46.1".to_owned()],
            answered: vec!["47".to_owned()],
            days: 15,
        };
        let mut complaints = Complaints::new(Some(&follow), None);
        for (place, line) in lines.trim().lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let &[day, what, complaint, client] = words.as_slice() else {
                panic!("four words: {line}");
            };
            let verdict = match what {
                "complains" => ("46.1", Verdict::Missed),
                "reports" => ("47", Verdict::Partial),
                "nothing-told" => ("47", Verdict::Missed),
                "undecided" => ("46.1", Verdict::Undecided),
                _ => ("9.3", Verdict::Met),
            };
            let id = format!("t{place}");
            complaints.add(&Case {
                id: &id,
                began: Moment::read(&format!("2026-03-{day:0>2}")),
                verdicts: vec![verdict],
                complaint: key(complaint),
                client: key(client),
                ..Case::default()
            });
        }
        let mut told: Vec<String> = complaints
            .list()
            .into_iter()
            .map(|of| {
                let joined = match of.joined {
                    Joined::Complaint(key) | Joined::Client(key) => key,
                    Joined::Nothing => "-".to_owned(),
                };
                let answered = of.answered.unwrap_or_else(|| "-".to_owned());
                let took = of.took.map_or("?".to_owned(), |took| took.to_string());
                let standing = of.standing.name();
                format!(
                    "{joined} {}→{answered} {took} +{} {standing}",
                    of.raised, of.again
                )
            })
            .collect();
        if complaints.stray_reports() > 0 {
            told.push(format!("stray {}", complaints.stray_reports()));
        }
        told
    }

    #[test]
    fn complaints_and_their_reports_find_each_other() {
        let cases: [(&str, &[&str]); 9] = [
            (
                "1 complains k1 -\n9 reports k1 -",
                &["k1 t0→t1 8 +0 in-time"],
            ),
            (
                "1 complains - c1\n20 reports - c1",
                &["c1 t0→t1 19 +0 late"],
            ),
            // The report carries the client alone, or comes first in the input.
            (
                "5 reports - c1\n1 complains k1 c1",
                &["k1 t1→t0 4 +0 in-time"],
            ),
            (
                "1 complains k1 -\n3 complains k2 -\n20 chat - -",
                &["k1 t0→- 19 +0 overdue", "k2 t1→- 17 +0 overdue"],
            ),
            ("1 complains k1 -\n16 chat - -", &["k1 t0→- 15 +0 open"]),
            (
                "1 complains k1 c1\n4 complains - c1\n6 reports k1 -\n8 complains - c1",
                &["c1 t3→- 0 +0 open", "k1 t0→t2 5 +1 in-time"],
            ),
            // Another complaint of the same client isn't answered by this report.
            (
                "1 complains k1 c1\n2 reports k2 c1",
                &["k1 t0→- 1 +0 open", "stray 1"],
            ),
            (
                "1 complains - -\n2 reports - -\n1 undecided k3 c3",
                &["- t0→- 1 +0 unjoined", "stray 1"],
            ),
            (
                "0 complains k1 -\n2 reports k1 -\n1 complains k2 -\n2 nothing-told k2 -",
                &["k2 t2→- 1 +0 open", "k1 t0→t1 ? +0 undated"],
            ),
        ];
        for (lines, expected) in cases {
            assert_eq!(told(lines), expected, "{lines}");
        }
    }
}
