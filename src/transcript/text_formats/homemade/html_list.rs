//! A list in HTML with times: `<li start=13070 end=14870 speed=4.0>坐席：您好</li>`, in
//! milliseconds. Pauses are items of the list, too: `<li start=0 silence=6>6S.</li>`.

use super::super::super::Place;
use super::super::super::detect::{Head, Sure};
use super::super::super::format::{Cut, Reader, Recordings};
use super::super::super::line::Line;
use super::super::super::segment::{Recording, Segment};
use super::super::bad_times;
use super::super::signature;
use super::super::subtitle::unescaped;
use super::html::{Html, attribute, pieces};
use crate::conversation::Role;

pub(in super::super) const READER: Reader = Reader {
    name: "html-list",
    extensions: &["html", "htm"],
    // Other forms quote such lists; a document begins with a tag.
    recognise: |head: &Head| -> Sure {
        signature(head.text.trim_start().starts_with('<') && is_there(head.text))
    },
    cut: Cut::Whole(parse),
};

/// Whether items of a list have times.
pub(super) fn is_there(text: &str) -> bool {
    text.contains('<')
        && pieces(text).any(|(_, piece)| match piece {
            Html::Open(name, attributes) => {
                name == "li" && attribute(attributes, "start").is_some()
            }
            _ => false,
        })
}

fn parse(text: &str, _: &Place) -> Recordings {
    let items = items(text);
    let bad = items.iter().filter(|item| item.bad).map(|item| item.byte);
    let lines = bad.map(|byte| 1 + text[..byte].matches('\n').count() as u64);
    // A note names no more lines than this.
    let notes = bad_times(lines.take(20));
    vec![Ok(Recording {
        segments: items.into_iter().map(|item| item.segment).collect(),
        notes,
        ..Recording::default()
    })]
}

/// The talk in such a list.
pub(super) fn segments(text: &str) -> Vec<Segment> {
    items(text).into_iter().map(|item| item.segment).collect()
}

struct Item {
    byte: usize,
    bad: bool,
    segment: Segment,
}

fn items(text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut open = false;
    for (byte, piece) in pieces(text) {
        match piece {
            Html::Open(name, attributes) if name == "li" => {
                close(&mut items, open);
                let start = attribute(attributes, "start");
                open = start.is_some() && attribute(attributes, "silence").is_none();
                if open {
                    let ms = |written: Option<String>| {
                        let ms: f64 = written?.trim().parse().ok()?;
                        ms.is_finite().then_some(ms / 1000.0)
                    };
                    let (start, end) = (ms(start), ms(attribute(attributes, "end")));
                    let reversed = end.zip(start).is_some_and(|(end, start)| end < start);
                    items.push(Item {
                        byte,
                        bad: start.is_none() || end.is_none() || reversed,
                        segment: Segment {
                            start,
                            end,
                            ..Segment::default()
                        },
                    });
                }
            }
            Html::Close(name) if matches!(name.as_str(), "li" | "ul" | "ol") => {
                close(&mut items, open);
                open = false;
            }
            Html::Text(words) if open => {
                if let Some(item) = items.last_mut() {
                    item.segment.text.push_str(words);
                }
            }
            _ => {}
        }
    }
    close(&mut items, open);
    items
}

/// Takes the speaker out of an item's words, now that it has all of them.
fn close(items: &mut [Item], open: bool) {
    let Some(segment) = items
        .last_mut()
        .filter(|_| open)
        .map(|item| &mut item.segment)
    else {
        return;
    };
    let text = unescaped(segment.text.trim());
    let line = Line::of(&text);
    let short = !line.label.is_empty() && !line.label.contains(char::is_whitespace);
    segment.text = match line.role.is_some() || short {
        true => {
            let (role, speaker) = line.speaker();
            segment.role = Some(role).filter(|role| *role != Role::Unknown);
            segment.speaker = speaker;
            line.text.to_owned()
        }
        false => text,
    };
}
