//! The words by which columns are recognised: `phrasebook/columns.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::super::writing::half_width;
use crate::conversation::Channel;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Id,
    Text,
    Talk,
    Role,
    Speaker,
    StaffFlag,
    StaffText,
    ClientText,
    Start,
    End,
    CallStart,
    Date,
    Order,
    Agent,
    Branch,
    Channel,
    Track,
}

impl Kind {
    const ALL: [(&str, Kind); 17] = [
        ("id", Kind::Id),
        ("text", Kind::Text),
        ("talk", Kind::Talk),
        ("role", Kind::Role),
        ("speaker", Kind::Speaker),
        ("staff-flag", Kind::StaffFlag),
        ("staff-text", Kind::StaffText),
        ("client-text", Kind::ClientText),
        ("start", Kind::Start),
        ("end", Kind::End),
        ("call-start", Kind::CallStart),
        ("date", Kind::Date),
        ("order", Kind::Order),
        ("agent", Kind::Agent),
        ("branch", Kind::Branch),
        ("channel", Kind::Channel),
        ("track", Kind::Track),
    ];

    /// The kind that a name stands for on the command line and in the table of words,
    /// with the unit that may be part of it: `start-ms`.
    pub(super) fn from_name(name: &str) -> Option<(Kind, Option<Unit>)> {
        let name = name.replace('_', "-");
        let find = |name: &str| Kind::ALL.into_iter().find(|(known, _)| *known == name);
        if let Some((_, kind)) = find(&name) {
            return Some((kind, None));
        }
        let (name, unit) = name.rsplit_once('-')?;
        let unit = match unit {
            "ms" => Unit::Milliseconds,
            "s" => Unit::Seconds,
            _ => return None,
        };
        let (_, kind) = find(name)?;
        kind.is_time().then_some((kind, Some(unit)))
    }

    /// All names, as [`Kind::from_name`] takes them, for a message.
    pub(super) fn names() -> String {
        let names: Vec<&str> = Kind::ALL.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }

    pub(super) fn is_time(self) -> bool {
        matches!(self, Kind::Start | Kind::End)
    }
}

/// How numbers of a column count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Milliseconds,
    Seconds,
}

/// The table, ready to be asked.
#[derive(Default)]
pub(super) struct Words {
    names: BTreeMap<String, Name>,
    /// Words for units, the longest first.
    units: Vec<(String, Unit)>,
    channels: BTreeMap<String, Channel>,
    pub(super) am: Vec<String>,
    pub(super) pm: Vec<String>,
    pub(super) signs: Vec<(String, String)>,
    pub(super) yes: Vec<String>,
    pub(super) no: Vec<String>,
}

/// What a column's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) kind: Kind,
    pub(super) unit: Option<Unit>,
    /// Its place among the names of the kind; the first is the surest.
    pub(super) rank: usize,
}

impl Words {
    /// What a column of this name holds.
    pub(super) fn name(&self, written: &str) -> Option<Name> {
        // `"text": {` stands in another form.
        if written.contains(['{', '}', '"', '=']) {
            return None;
        }
        let folded = folded(written);
        if let Some(name) = self.names.get(&folded) {
            return Some(*name);
        }
        let bare = written
            .split(['(', '（', '[', '【'])
            .next()
            .unwrap_or_default();
        let unit = self.unit_at_end(&folded);
        unit.and_then(|(rest, unit)| {
            let name = self.names.get(rest).filter(|name| name.kind.is_time())?;
            let unit = Some(unit);
            Some(Name { unit, ..*name })
        })
        .or_else(|| self.names.get(&self::folded(bare)).copied())
    }

    /// The unit with which a name or a value ends, and what stands before it.
    pub(super) fn unit_at_end<'a>(&self, folded: &'a str) -> Option<(&'a str, Unit)> {
        self.units
            .iter()
            .find_map(|(word, unit)| Some((folded.strip_suffix(word.as_str())?, *unit)))
    }

    /// The channel that a cell's word stands for.
    pub(super) fn channel(&self, written: &str) -> Option<Channel> {
        self.channels.get(&folded(written)).copied()
    }
}

/// A name as the table writes it.
pub(super) fn folded(written: &str) -> String {
    let sign = |c: &char| !c.is_whitespace() && (c.is_alphanumeric() || *c == '+');
    let half = written.chars().map(half_width);
    half.filter(sign).flat_map(char::to_lowercase).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    names: BTreeMap<String, Vec<String>>,
    units: BTreeMap<String, Vec<String>>,
    channels: BTreeMap<String, Vec<String>>,
    clock: Clock,
    truth: Truth,
}

#[derive(Deserialize)]
struct Clock {
    am: Vec<String>,
    pm: Vec<String>,
    signs: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Truth {
    yes: Vec<String>,
    no: Vec<String>,
}

const SOURCE: &str = include_str!("../../../../phrasebook/columns.toml");

/// The shipped words.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    // A fault of the table is caught by a test, not by a panic at somebody's file.
    WORDS.get_or_init(|| toml::from_str(SOURCE).map(words_of).unwrap_or_default())
}

fn words_of(table: Table) -> Words {
    let mut words = Words {
        am: table.clock.am,
        pm: table.clock.pm,
        signs: table.clock.signs,
        yes: table.truth.yes,
        no: table.truth.no,
        ..Words::default()
    };
    for (name, list) in table.names {
        if let Some((kind, unit)) = Kind::from_name(&name) {
            let named = list.into_iter().enumerate();
            words
                .names
                .extend(named.map(|(rank, word)| (word, Name { kind, unit, rank })));
        }
    }
    for (name, list) in table.units {
        let unit = match name.as_str() {
            "ms" => Unit::Milliseconds,
            _ => Unit::Seconds,
        };
        words
            .units
            .extend(list.into_iter().map(|word| (word, unit)));
    }
    words
        .units
        .sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    for (name, list) in table.channels {
        if let Some(channel) = Channel::from_name(&name) {
            words
                .channels
                .extend(list.into_iter().map(|word| (word, channel)));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sound() {
        let table: Table = toml::from_str(SOURCE).expect("TOML");
        let mut faults = Vec::new();
        for section in table.names.keys() {
            if Kind::from_name(section).is_none() {
                faults.push(format!("[names] has an unknown kind: {section}"));
            }
        }
        for section in table.channels.keys() {
            if Channel::from_name(section).is_none() {
                faults.push(format!("[channels] has an unknown channel: {section}"));
            }
        }
        for section in [&table.names, &table.channels] {
            let mut seen = BTreeMap::new();
            for (name, word) in section
                .iter()
                .flat_map(|(name, list)| list.iter().map(move |word| (name, word)))
            {
                if folded(word) != *word {
                    faults.push(format!("{name}: {word} is never found"));
                }
                if let Some(other) = seen.insert(word, name) {
                    faults.push(format!("{word} stands in {other} and in {name}"));
                }
            }
        }
        assert_eq!(faults, Vec::<String>::new());
    }

    #[test]
    fn names_are_read_with_their_units() {
        let name = |written: &str| words().name(written).map(|name| (name.kind, name.unit));
        let (ms, s) = (Some(Unit::Milliseconds), Some(Unit::Seconds));
        let cases = [
            ("内容", Some((Kind::Text, None))),
            (" Call_ID ", Some((Kind::Id, None))),
            ("开始时间（毫秒）", Some((Kind::Start, ms))),
            ("开始时间(ms)", Some((Kind::Start, ms))),
            ("start_sec", Some((Kind::Start, s))),
            ("End Time [s]", Some((Kind::End, s))),
            ("BeginTime", Some((Kind::Start, ms))),
            ("角色（客服/客户）", Some((Kind::Role, None))),
            ("满意度", None),
            ("agents", None),
            ("\"text\": {", None),
        ];
        for (written, expected) in cases {
            assert_eq!(name(written), expected, "{written}");
        }
    }
}
