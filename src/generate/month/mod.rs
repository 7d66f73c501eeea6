//! A month of a house: given talk, held by clerks at branches on the days from Monday to
//! Friday, for clients who come again, with complaints and calls about what became of
//! them.
//!
//! What goes wrong in it is planted, so that reports have something true to find: the
//! words that a clause asks for are cut from talk in which they were said, more often
//! by one clerk, at one branch, from one day on, or when it is busy.
//! `phrasebook/month.toml` says which.

mod plan;
mod talk;

use super::{Chance, vary};
use crate::checker::Checker;
use crate::conversation::{Channel, Conversation};
use jiff::civil::{Date, Weekday};
use plan::{Lapse, Plan};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{self, Write};
use talk::{Kind, Talk};

/// Minutes of the day at which the doors open, and for how long.
const OPENS: usize = 8 * 60 + 30;
const OPEN_FOR: usize = 8 * 60 + 30;
/// So many conversations a client has, on average.
const TALKS_A_CLIENT: usize = 4;

/// A month, and how large the house is.
#[derive(Clone, Copy, Debug)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// How many clerks there are.
    pub clerks: usize,
    /// At how many branches.
    pub branches: usize,
}

/// Writes `number` conversations as JSON Lines, in the order in which they were held,
/// drawn from `given` by `seed`: the same arguments, the same bytes. What is a complaint,
/// and which words a clause asks for, `checker` tells.
///
/// # Errors
/// If `out` can't be written to, or `given` is empty.
pub fn generate_month(
    given: &[Conversation],
    checker: &Checker,
    number: u64,
    seed: u64,
    month: &Month,
    out: &mut impl Write,
) -> io::Result<()> {
    if given.is_empty() {
        let kind = io::ErrorKind::InvalidInput;
        return Err(io::Error::new(kind, "no conversations"));
    }
    let plan = Plan::shipped().map_err(io::Error::other)?;
    let talks = given.iter().map(|given| Talk::new(given, checker));
    let mut house = House::new(&plan, month, talks.collect(), number, Chance(seed));
    let days = month.days();
    let count = days.len() as u64;
    let mut written = 0_u64;
    for (day, place) in days.into_iter().zip(0..) {
        let until = number * (place + 1) / count;
        for minute in house.minutes(until - written) {
            let mut line = house.line(&When { day, minute });
            line["id"] = json!(format!("m{written:05}"));
            writeln!(out, "{line}")?;
            written += 1;
        }
    }
    Ok(())
}

impl Month {
    /// The days on which the house is open: no Saturdays or Sundays.
    fn days(&self) -> Vec<Date> {
        let days = (1..=self.first.days_in_month())
            .filter_map(|day| self.first.with().day(day).build().ok());
        days.filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
            .collect()
    }
}

struct Clerk {
    name: String,
    branch: usize,
    /// How many of a hundred courtesies they leave out anywhere.
    careless: usize,
}

struct When {
    day: Date,
    minute: usize,
}

/// A report that is owed on a complaint.
struct Owed {
    from: Date,
    complaint: Option<String>,
    client: String,
}

struct House<'a> {
    plan: &'a Plan,
    plain: Vec<Talk<'a>>,
    complaints: Vec<Talk<'a>>,
    reports: Vec<Talk<'a>>,
    branches: Vec<String>,
    clerks: Vec<Clerk>,
    clients: usize,
    /// How many complaints were made.
    made: usize,
    owed: VecDeque<Owed>,
    chance: Chance,
}

impl<'a> House<'a> {
    fn new(
        plan: &'a Plan,
        month: &Month,
        talks: Vec<Talk<'a>>,
        number: u64,
        mut chance: Chance,
    ) -> Self {
        let branches = month.branches.max(1);
        let clerks = (0..month.clerks.max(1)).map(|place| Clerk {
            name: plan.clerk(place),
            branch: place % branches,
            careless: chance.below(plan.lapses.careless + 1),
        });
        let clerks = clerks.collect();
        let (complaints, others): (Vec<_>, Vec<_>) = talks
            .into_iter()
            .partition(|talk| talk.kind == Kind::Complaint);
        let (reports, plain): (Vec<_>, Vec<_>) = others
            .into_iter()
            .partition(|talk| talk.kind == Kind::Report);
        Self {
            plan,
            plain,
            complaints,
            reports,
            branches: (0..branches).map(|place| plan.branch(place)).collect(),
            clerks,
            clients: (number as usize / TALKS_A_CLIENT).max(1),
            made: 0,
            owed: VecDeque::new(),
            chance,
        }
    }

    /// When the conversations of a day begin, more of them when it is busy.
    fn minutes(&mut self, number: u64) -> Vec<usize> {
        let mut minutes: Vec<usize> = (0..number)
            .map(|_| {
                let minute = OPENS + self.chance.below(OPEN_FOR);
                let is_moved = !self.plan.busy.is_at(minute) && self.chance.below(4) == 0;
                match is_moved {
                    true => OPENS + self.chance.below(OPEN_FOR),
                    false => minute,
                }
            })
            .collect();
        minutes.sort_unstable();
        minutes
    }

    fn line(&mut self, when: &When) -> Value {
        let due = self.owed.iter().position(|owed| owed.from <= when.day);
        if let Some(owed) = due.filter(|_| !self.reports.is_empty())
            && let Some(owed) = self.owed.remove(owed)
        {
            let mut line = self.held(when, Kind::Report);
            line["client"] = json!(owed.client);
            line["complaint"] = json!(owed.complaint);
            return line;
        }
        let is_complaint = self.chance.below(1000) < self.plan.complaints.per_mille;
        match is_complaint && !self.complaints.is_empty() {
            true => self.complaint(when),
            false => self.held(when, Kind::Plain),
        }
    }

    fn complaint(&mut self, when: &When) -> Value {
        let mut line = self.held(when, Kind::Complaint);
        let plan = &self.plan.complaints;
        self.made += 1;
        let key = (self.chance.below(100) < plan.keyed).then(|| format!("t{:04}", self.made));
        let client = line["client"].as_str().map(str::to_owned);
        // Now and then nobody wrote down whose complaint it was.
        let client = client.filter(|_| key.is_some() || self.chance.below(4) > 0);
        line["complaint"] = json!(key);
        line["client"] = json!(client);
        let is_forgotten = self.chance.below(100) < plan.forgotten;
        let after = 1 + self.chance.below(plan.within_days.max(1)) as i64;
        let from = when.day.checked_add(jiff::Span::new().days(after));
        if let (false, Some(client), Ok(from)) = (is_forgotten, client, from) {
            self.owed.push_back(Owed {
                from,
                complaint: key,
                client,
            });
        }
        line
    }

    fn held(&mut self, when: &When, kind: Kind) -> Value {
        let chance = &mut self.chance;
        let talks = match kind {
            Kind::Complaint => &self.complaints,
            Kind::Report => &self.reports,
            // A corpus of complaints alone is a month of them.
            Kind::Plain if self.plain.is_empty() => match self.complaints.is_empty() {
                true => &self.reports,
                false => &self.complaints,
            },
            Kind::Plain => &self.plain,
        };
        let talk = &talks[chance.below(talks.len())];
        let place = chance.below(self.clerks.len());
        let clerk = &self.clerks[place];
        let tags = tags(self.plan, when, chance);
        let mut left_out = Vec::new();
        for clause in talk.clauses() {
            let is_courtesy = self.plan.lapses.courtesies.iter().any(|of| of == clause);
            let planted = self.plan.lapses.planted.iter();
            let planted = planted.filter(|lapse| {
                let holds = match &lapse.clauses {
                    Some(clauses) => clauses.iter().any(|of| of == clause),
                    None => is_courtesy,
                };
                holds && happens_to(lapse, place, clerk, when, &tags)
            });
            let planted = planted.map(|lapse| lapse.percent);
            let careless = is_courtesy.then_some(clerk.careless);
            let percents: Vec<usize> = planted.chain(careless).collect();
            if percents
                .into_iter()
                .any(|percent| chance.below(100) < percent)
            {
                left_out.push(clause);
            }
        }
        let turns: Vec<Value> = talk
            .without(&left_out)
            .iter()
            .map(|turn| json!({"role": turn.role.name(), "text": vary(turn, chance)}))
            .collect();
        let text: String = talk.conversation.spoken().collect();
        let (hour, minute) = (when.minute / 60, when.minute % 60);
        json!({
            "id": "",
            "channel": talk.conversation.channel.map(Channel::name),
            "started_at": format!("{} {hour:02}:{minute:02}", when.day),
            "agent": clerk.name,
            "branch": self.branches[clerk.branch],
            "business": self.plan.business(&text),
            "client": format!("c{:05}", chance.below(self.clients)),
            "complaint": null,
            "tags": tags,
            "turns": turns,
        })
    }
}

fn tags(plan: &Plan, when: &When, chance: &mut Chance) -> Vec<String> {
    let mut tags = vec![plan.busy.tag(when.minute).to_owned()];
    for list in &plan.tags {
        let mut drawn = chance.below(100);
        for (tag, percent) in &list.of {
            if drawn < *percent {
                tags.push(tag.clone());
                break;
            }
            drawn -= percent;
        }
    }
    tags
}

fn happens_to(lapse: &Lapse, place: usize, clerk: &Clerk, when: &When, tags: &[String]) -> bool {
    lapse.clerk.is_none_or(|clerk| clerk == place + 1)
        && lapse.branch.is_none_or(|branch| branch == clerk.branch + 1)
        && lapse.from_day.is_none_or(|day| when.day.day() >= day)
        && lapse.tag.as_ref().is_none_or(|tag| tags.contains(tag))
}
