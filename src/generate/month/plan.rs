//! What a month is made of, as `phrasebook/month.toml` says.

use serde::Deserialize;

const PLAN: &str = include_str!("../../../phrasebook/month.toml");

/// Who works where, about what, and what goes wrong.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plan {
    branches: Vec<String>,
    surnames: Vec<String>,
    given: Vec<String>,
    other: String,
    businesses: Vec<Business>,
    pub tags: Vec<OneOf>,
    pub busy: Busy,
    pub lapses: Lapses,
    pub complaints: Complaints,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Business {
    name: String,
    words: Vec<String>,
}

/// Tags of which a conversation gets one at most, and how many of a hundred do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OneOf {
    pub of: Vec<(String, usize)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Busy {
    /// From and until, in minutes of the day.
    hours: Vec<(usize, usize)>,
    tag: String,
    otherwise: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lapses {
    /// The clauses whose words are left out where a lapse names none.
    pub courtesies: Vec<String>,
    /// The most of a hundred that a clerk leaves out anywhere.
    pub careless: usize,
    pub planted: Vec<Lapse>,
}

/// Some clauses' words aren't said. What isn't given holds always.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lapse {
    /// Counted from 1.
    pub clerk: Option<usize>,
    /// Counted from 1.
    pub branch: Option<usize>,
    pub from_day: Option<i8>,
    pub tag: Option<String>,
    pub clauses: Option<Vec<String>>,
    pub percent: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Complaints {
    /// How many of a thousand conversations are complaints.
    pub per_mille: usize,
    /// How many of a hundred have a key of their own.
    pub keyed: usize,
    /// How many of a hundred are never reported back on.
    pub forgotten: usize,
    pub within_days: usize,
}

impl Plan {
    /// The shipped one. A test says that it can be read.
    pub fn shipped() -> Result<Self, toml::de::Error> {
        toml::from_str(PLAN)
    }

    pub fn branch(&self, place: usize) -> String {
        nth(&self.branches, place)
    }

    /// Every given name once with each surname, so that neighbours have different ones.
    pub fn clerk(&self, place: usize) -> String {
        let (surnames, given) = (self.surnames.len().max(1), self.given.len().max(1));
        let (round, place) = (place / (surnames * given), place % (surnames * given));
        let surname = place % surnames;
        let name = (place / surnames + surname) % given;
        let name = [self.surnames.get(surname), self.given.get(name)];
        let name: String = name.into_iter().flatten().map(String::as_str).collect();
        numbered(&name, round)
    }

    /// What a talk is about, by the first word in it that says so.
    pub fn business(&self, text: &str) -> &str {
        let names = self.businesses.iter().flat_map(|business| {
            let words = business.words.iter();
            words.filter_map(|word| Some((text.find(word.as_str())?, business.name.as_str())))
        });
        let first = names.min_by_key(|(at, _)| *at);
        first.map_or(&self.other, |(_, name)| name)
    }
}

impl Busy {
    pub fn is_at(&self, minute: usize) -> bool {
        let mut hours = self.hours.iter();
        hours.any(|(from, until)| (*from..*until).contains(&minute))
    }

    /// The tag of a conversation that begins then.
    pub fn tag(&self, minute: usize) -> &str {
        match self.is_at(minute) {
            true => &self.tag,
            false => &self.otherwise,
        }
    }
}

/// The word at a place of a list that begins anew, with a number, where it ends.
fn nth(words: &[String], place: usize) -> String {
    let length = words.len().max(1);
    let word = words.get(place % length).map_or("", String::as_str);
    numbered(word, place / length)
}

fn numbered(word: &str, round: usize) -> String {
    match round {
        0 => word.to_owned(),
        _ => format!("{word}{}", round + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;
    use crate::phrasebook::groups;
    use std::collections::BTreeSet;

    #[test]
    fn names_differ_and_begin_anew() {
        let plan = Plan::shipped().expect("the file can be read");
        let clerks: BTreeSet<String> = (0..200).map(|place| plan.clerk(place)).collect();
        assert_eq!(clerks.len(), 200);
        let branches = [0, 3, 4, 9].map(|place| plan.branch(place));
        assert_eq!(branches, ["城东网点", "河口网点", "城东网点2", "城西网点3"]);
    }

    #[test]
    fn a_talk_is_about_what_is_said_first() {
        let plan = Plan::shipped().expect("the file can be read");
        for (text, business) in [
            ("还贷款的提取", "贷款"),
            ("租房的明细", "提取"),
            ("几点下班", "其他业务"),
        ] {
            assert_eq!(plan.business(text), business, "{text}");
        }
    }

    #[test]
    fn tags_are_those_that_groups_are_told_by() {
        let plan = Plan::shipped().expect("the file can be read");
        let lists = plan.tags.iter().flat_map(|list| &list.of);
        let tags = lists.map(|(tag, _)| tag.as_str());
        let planted = plan.lapses.planted.iter();
        let tags = tags.chain(planted.filter_map(|lapse| lapse.tag.as_deref()));
        for tag in tags.chain([plan.busy.tag(0), plan.busy.tag(600)]) {
            assert!(groups::side_of(tag).is_some(), "{tag}");
        }
        assert_eq!((plan.busy.tag(0), plan.busy.tag(600)), ("闲时", "忙时"));
    }
}
