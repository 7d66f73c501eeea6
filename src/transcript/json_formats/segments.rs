//! From the items of a list to segments.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::find::Found;
use super::join::{join, without_gaps};
use super::path::{Path, Spot};
use super::table::{Fields, Kind, Split, Way, Whole};
use super::time::Message;
use super::values::{is_kept, items_around, text, times, word};
use super::{lines, marks};
use crate::conversation::Role;
use crate::transcript::plain;
use crate::transcript::segment::Segment;
use crate::transcript::speakers::role_of;

/// A way to read, about to read one recording.
pub(super) struct Reading<'w> {
    way: &'w Way,
    message: Message,
    /// What items call by these words.
    names: BTreeMap<String, String>,
}

impl<'w> Reading<'w> {
    /// The segments of a recording, those without text left out.
    pub(super) fn segments(way: &'w Way, found: &Found, message: Message) -> Vec<Segment> {
        let reading = Reading {
            names: names(way, &found.holder),
            way,
            message,
        };
        let items: Vec<_> = found
            .items
            .iter()
            .filter(|item| is_kept(item, &way.only))
            .collect();
        let items = match way.whole {
            Whole::Last => reading.last(items),
            _ => items,
        };
        let mut segments = match &way.kind {
            Kind::Segments(split) => reading.each(&items, split.as_ref()),
            Kind::Words(part) => reading.grouped(&items, part),
            Kind::Lines => reading.texts(&items, lines::segments),
            Kind::Talk => reading.texts(&items, plain::segments),
        };
        if way.marks {
            segments = segments.into_iter().flat_map(marks::cut).collect();
        }
        for segment in &mut segments {
            segment.text = match way.gaps {
                true => without_gaps(&segment.text),
                false => segment.text.trim().to_owned(),
            };
        }
        segments.retain(|segment| !segment.text.is_empty());
        forget_lone_channel(&mut segments);
        segments
    }

    /// The items of the last object in which anybody is named.
    fn last<'i, 't>(&self, items: Vec<&'i Rc<Spot<'t>>>) -> Vec<&'i Rc<Spot<'t>>> {
        let holder = |item: &Spot| item.up.as_deref().map(|up| std::ptr::from_ref(up.node));
        let names = |item: &&&Rc<Spot>| word(item, &self.way.fields.speaker).is_some();
        let last = items.iter().rev().find(names).and_then(|item| holder(item));
        items
            .into_iter()
            .filter(|item| holder(item) == last)
            .collect()
    }

    fn each(&self, items: &[&Rc<Spot>], split: Option<&Split>) -> Vec<Segment> {
        let whole = items.iter().flat_map(|item| {
            let segment = self.segment(item, &self.way.fields);
            match split {
                Some(split) => self.split(item, split, segment),
                None => vec![segment],
            }
        });
        whole.collect()
    }

    fn segment(&self, item: &Spot, fields: &Fields) -> Segment {
        let (start, end) = times(item, fields, self.message);
        let mut role = word(item, &fields.role);
        let mut speaker = word(item, &fields.speaker);
        if let Some(names) = &self.way.names {
            let by = names.by.iter().find_map(|by| word_at(item, by));
            let name = by.and_then(|by| self.names.get(&by).cloned());
            let called = if names.are_roles {
                &mut role
            } else {
                &mut speaker
            };
            *called = name.or(called.take());
        }
        Segment {
            role: role.as_deref().and_then(|word| self.role(word)),
            speaker: speaker.or(role),
            channel: word(item, &fields.channel),
            start,
            end,
            text: text(item, &fields.text),
        }
    }

    fn role(&self, word: &str) -> Option<Role> {
        let own = self.way.roles.get(&word.to_lowercase()).copied();
        let role = own
            .or_else(|| Role::from_name(word))
            .or_else(|| role_of(word));
        role.filter(|role| *role != Role::Unknown)
    }

    /// One segment a speaker, where the words of an item have several. A word without
    /// one belongs to whoever speaks.
    fn split(&self, item: &Rc<Spot>, split: &Split, whole: Segment) -> Vec<Segment> {
        let mut words = Vec::new();
        item.items(&split.at.0, &mut words);
        let words: Vec<Segment> = words
            .iter()
            .map(|word| self.segment(word, &split.fields))
            .collect();
        let mut speakers = words.iter().filter_map(|word| word.speaker.clone());
        let Some(first) = speakers.next() else {
            return vec![whole];
        };
        if speakers.all(|speaker| speaker == first) {
            let speaker = whole.speaker.or(Some(first));
            return vec![Segment { speaker, ..whole }];
        }
        let mut speaker = first;
        let words = words.into_iter().map(|word| {
            speaker = word.speaker.clone().unwrap_or(speaker.clone());
            let word = Segment {
                speaker: Some(speaker.clone()),
                role: whole.role,
                channel: whole.channel.clone(),
                ..word
            };
            // Nothing but who speaks parts them.
            (Some(String::new()), word)
        });
        gathered(words)
    }

    /// Words gathered to segments, each channel for itself.
    fn grouped(&self, items: &[&Rc<Spot>], part: &[Vec<Path>]) -> Vec<Segment> {
        let mut channels: Vec<(Option<String>, Vec<_>)> = Vec::new();
        for item in items {
            let word = self.segment(item, &self.way.fields);
            let part = Some(text(item, part)).filter(|part| !part.is_empty());
            match channels
                .iter_mut()
                .find(|(channel, _)| *channel == word.channel)
            {
                Some((_, words)) => words.push((part, word)),
                None => channels.push((word.channel.clone(), vec![(part, word)])),
            }
        }
        channels
            .into_iter()
            .flat_map(|(_, words)| gathered(words))
            .collect()
    }

    fn texts(&self, items: &[&Rc<Spot>], cut: fn(&str) -> Vec<Segment>) -> Vec<Segment> {
        let texts = items.iter().map(|item| text(item, &self.way.fields.text));
        texts.flat_map(|text| cut(&text)).collect()
    }
}

/// One channel tells nobody from anybody.
fn forget_lone_channel(segments: &mut [Segment]) {
    let first = segments.first().map(|segment| segment.channel.clone());
    let is_first = |segment: &Segment| Some(&segment.channel) == first.as_ref();
    if segments.iter().all(is_first) {
        for segment in segments {
            segment.channel = None;
        }
    }
}

/// A silence in seconds behind which a new segment begins, if nothing else says where.
const PAUSE: f64 = 1.5;

/// The words, each with the part of the talk that it belongs to, as segments: a new
/// one begins with another speaker and another part; where parts aren't told, behind
/// the end of a sentence and a pause.
fn gathered(words: impl IntoIterator<Item = (Option<String>, Segment)>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut texts: Vec<Vec<String>> = Vec::new();
    let mut part_before = None;
    for (part, word) in words {
        let is_spoken = word.text.chars().any(char::is_alphanumeric);
        let sets_out = segments
            .last()
            .zip(texts.last())
            .is_none_or(|(last, texts)| {
                let mut written = texts.iter().rev().filter(|text| !text.trim().is_empty());
                let ended = written.next().is_some_and(|text| is_end(text));
                let silence = last.end.zip(word.start).map(|(end, start)| start - end);
                let pause = silence.is_some_and(|silence| silence > PAUSE);
                let other = word.speaker.is_some() && word.speaker != last.speaker;
                is_spoken && (other || part != part_before || part.is_none() && (ended || pause))
            });
        match segments.last_mut().zip(texts.last_mut()) {
            Some((last, texts)) if !sets_out => {
                if !word.text.trim().is_empty() {
                    last.start = last.start.or(word.start);
                    last.end = word.end.or(last.end);
                }
                texts.push(word.text);
            }
            _ => {
                part_before = part;
                texts.push(vec![word.text.clone()]);
                segments.push(word);
            }
        }
    }
    for (segment, texts) in segments.iter_mut().zip(&texts) {
        segment.text = join(texts.iter().map(String::as_str));
    }
    segments
}

fn is_end(text: &str) -> bool {
    text.trim_end()
        .ends_with(['。', '？', '！', '?', '!', '.', ';', '；'])
}

fn names(way: &Way, holder: &Rc<Spot>) -> BTreeMap<String, String> {
    let Some(names) = &way.names else {
        return BTreeMap::new();
    };
    let objects = items_around(holder, &names.at);
    let named = objects.iter().filter_map(|object| {
        let id = names.id.iter().find_map(|path| word_at(object, path))?;
        let name = names.name.iter().find_map(|path| word_at(object, path))?;
        Some((id, name))
    });
    named.collect()
}

fn word_at(item: &Spot, path: &Path) -> Option<String> {
    let mut told = None;
    item.visit(path, |node| {
        told = node.word();
        told.is_some()
    });
    told
}
