//! Tiers: who speaks on which, and which hold no turns.
//!
//! An annotator gives each speaker a tier, and then adds tiers for words, sounds,
//! translations and remarks. Read all alike, everything would be said twice. So of tiers
//! that are called like such layers none is read, unless there are no others.

use std::sync::OnceLock;

use serde::Deserialize;

use super::super::super::format::Recordings;
use super::super::super::segment::{Recording, Segment};
use super::super::super::speakers::role_of;
use super::super::bad_times;
use super::super::subtitle::{Cue, Span, recording};

/// A tier as an annotation tool keeps it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tier {
    pub(super) name: String,
    /// Who speaks on it, where the form has a place for that.
    pub(super) participant: Option<String>,
    /// Whether its marks have no length.
    pub(super) points: bool,
    pub(super) marks: Vec<Mark>,
}

/// A stretch of a tier.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Mark {
    pub(super) line: u64,
    /// In seconds.
    pub(super) start: Option<f64>,
    pub(super) end: Option<f64>,
    /// Whether its times can't be understood.
    pub(super) damaged: bool,
    pub(super) text: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    layers: Vec<String>,
    unnamed: Vec<String>,
    pauses: Vec<String>,
}

const SOURCE: &str = include_str!("../../../../phrasebook/tiers.toml");

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    // A fault of the table is caught by a test, not by a panic at somebody's file.
    NAMES.get_or_init(|| toml::from_str(SOURCE).unwrap_or_default())
}

fn is_in(list: &[String], name: &str) -> bool {
    list.iter().any(|word| *word == name)
}

/// What a tier's name says of it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Speaker,
    Unnamed,
    Layer,
}

impl Tier {
    fn kind(&self) -> Kind {
        let name = self.name.trim().to_lowercase();
        let known = |name: &str| role_of(name).is_some();
        let mut parts = name.split(|c: char| !c.is_alphanumeric());
        match () {
            () if name.is_empty() || is_in(&names().unnamed, &name) => Kind::Unnamed,
            () if known(&name) => Kind::Speaker,
            () if is_in(&names().layers, &name) => Kind::Layer,
            () if parts.any(|part| is_in(&names().layers, part)) => Kind::Layer,
            () => Kind::Speaker,
        }
    }

    fn is_silent(&self) -> bool {
        self.marks.iter().all(|mark| !mark.is_said())
    }

    /// Who speaks on it: of a layer, whom the rest of its name names.
    fn speaker(&self) -> Option<String> {
        if let Some(participant) = &self.participant {
            return Some(participant.clone());
        }
        let name = self.name.trim();
        match self.kind() {
            Kind::Speaker => Some(name.to_owned()),
            Kind::Unnamed => None,
            Kind::Layer => {
                let parts = name.split(['-', '@', '_', '/', ':']).map(str::trim);
                let layer = |part: &&str| {
                    let part = part.to_lowercase();
                    is_in(&names().layers, &part) || part.is_empty()
                };
                parts
                    .into_iter()
                    .find(|part| !layer(part))
                    .map(str::to_owned)
            }
        }
    }
}

impl Mark {
    fn is_said(&self) -> bool {
        let text = self.text.trim();
        !text.is_empty() && !is_in(&names().pauses, &text.to_lowercase())
    }

    fn is_bad(&self) -> bool {
        let reversed = self
            .end
            .zip(self.start)
            .is_some_and(|(end, start)| end < start);
        self.damaged || reversed
    }
}

/// The conversation that is held on the tiers.
pub(super) fn conversation(mut tiers: Vec<Tier>) -> Recordings {
    tiers.retain(|tier| !tier.is_silent());
    let turns = |tier: &Tier| tier.kind() != Kind::Layer;
    let stretches = |tier: &Tier| !tier.points;
    // Points are remarks, unless nobody drew stretches.
    for keep in [&stretches as &dyn Fn(&Tier) -> bool, &turns] {
        if tiers.iter().any(keep) {
            tiers.retain(keep);
        }
    }
    if !tiers.iter().any(turns) {
        finest_left_out(&mut tiers);
    }
    let said = |tier: Tier| {
        let speaker = tier.speaker();
        let marks = tier.marks.into_iter().filter(Mark::is_said);
        marks.map(move |mark| (speaker.clone(), mark))
    };
    let marks: Vec<(Option<String>, Mark)> = tiers.into_iter().flat_map(said).collect();
    if marks.iter().all(|(speaker, _)| speaker.is_none()) {
        // Then names may stand before the words, as in subtitles.
        let cue = |(_, mark): (_, Mark)| Cue {
            line: mark.line,
            span: Span {
                start: mark.start,
                end: mark.end,
            },
            damaged: mark.damaged,
            text: mark.text,
        };
        return recording(marks.into_iter().map(cue).collect());
    }
    let bad = marks.iter().filter(|(_, mark)| mark.is_bad());
    let notes = bad_times(bad.map(|(_, mark)| mark.line));
    let segment = |(speaker, mark): (Option<String>, Mark)| Segment {
        speaker,
        start: mark.start,
        end: mark.end,
        text: mark.text.trim().to_owned(),
        ..Segment::default()
    };
    vec![Ok(Recording {
        segments: marks.into_iter().map(segment).collect(),
        notes,
        ..Recording::default()
    })]
}

/// Where there are words and sounds only, the words are what was said: of each speaker
/// the tier with the fewest marks.
fn finest_left_out(tiers: &mut Vec<Tier>) {
    let fewest = |speaker: &Option<String>, tiers: &[Tier]| {
        let of = tiers.iter().filter(|tier| tier.speaker() == *speaker);
        of.map(|tier| tier.marks.len()).min()
    };
    let all = tiers.clone();
    let mut taken: Vec<Option<String>> = Vec::new();
    tiers.retain(|tier| {
        let speaker = tier.speaker();
        let first = !taken.contains(&speaker);
        let keep = first && fewest(&speaker, &all) == Some(tier.marks.len());
        if keep {
            taken.push(speaker);
        }
        keep
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_sound() {
        let names: Names = toml::from_str(SOURCE).expect("TOML");
        let all = names
            .layers
            .iter()
            .chain(&names.unnamed)
            .chain(&names.pauses);
        let odd: Vec<&String> = all.filter(|word| word.to_lowercase() != **word).collect();
        assert_eq!(odd, Vec::<&String>::new(), "are never found");
        let both = names
            .layers
            .iter()
            .filter(|word| is_in(&names.unnamed, word));
        assert_eq!(both.count(), 0);
    }

    /// Tiers are `name: text text …`, parted by `|`; `.name` has points.
    fn told(written: &str) -> String {
        let tier = |written: &str| {
            let (name, texts) = written.split_once(':').expect("a tier");
            let name = name.trim();
            Tier {
                name: name.trim_start_matches('.').to_owned(),
                points: name.starts_with('.'),
                marks: texts
                    .split_whitespace()
                    .map(|text| Mark {
                        text: text.to_owned(),
                        ..Mark::default()
                    })
                    .collect(),
                ..Tier::default()
            }
        };
        let made = conversation(written.split('|').map(tier).collect()).remove(0);
        let told = made
            .expect("it can be read")
            .segments
            .into_iter()
            .map(|segment| {
                let speaker = segment
                    .speaker
                    .map_or(String::new(), |name| format!("{name}>"));
                let role = segment
                    .role
                    .map_or(String::new(), |role| format!("{}:", role.name()));
                format!("{role}{speaker}{}", segment.text)
            });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn turns_are_told_from_layers() {
        let cases = [
            ("客服: 您好 sil |客户: 喂", "客服>您好 客户>喂"),
            ("客服: 您好 |客服 - words: 您 好 |备注: 笑", "客服>您好"),
            ("words@agent: 您 好 |agent: 您好", "agent>您好"),
            ("张三: 您好 |李四: 喂 |words: 您 好 喂", "张三>您好 李四>喂"),
            ("text: 您好 喂", "您好 喂"),
            ("text: 客服：您好 客户：喂", "staff:您好 client:喂"),
            ("words: 您好 请 |phones: n i h ao", "您好 请"),
            (
                "甲 - words: 您好 |甲 - phones: n i |乙 - words: 喂 |乙 - phones: w e i",
                "甲>您好 乙>喂",
            ),
            ("客服: 您好 |.events: 铃声", "客服>您好"),
            (".客服: 您好", "客服>您好"),
            ("客服: |客户: 喂", "客户>喂"),
        ];
        for (written, expected) in cases {
            assert_eq!(told(written), expected, "{written}");
        }
    }
}
