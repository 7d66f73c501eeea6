//! Who speaks in a cue.
//!
//! Subtitles know no speakers, so people write them somehow: in voice tags, as a name
//! before a colon, as dashes before the lines of two people, as a colour.

use std::collections::BTreeMap;

use super::super::writing::join;
use super::captions::Caption;
use super::markup::Piece;
use crate::conversation::Role;
use crate::transcript::line::Line;
use crate::transcript::segment::Segment;

/// The stretches of talk in the captions, each with the times of its cue.
pub(super) fn segments(captions: &[Caption]) -> Vec<Segment> {
    let labels = Labels::of(captions);
    let coloured = colours_are_voices(captions, &labels);
    let mut talk = Talk {
        labels: &labels,
        segments: Vec::new(),
        last: None,
    };
    for caption in captions {
        for piece in &caption.marked.pieces {
            let voice = piece.voice.clone();
            let voice = voice.or_else(|| piece.colour.clone().filter(|_| coloured));
            talk.piece(piece, voice, caption);
        }
    }
    talk.segments
}

/// How often each label stands before a line of the file. Like in a plain text, one that
/// isn't in the table names somebody only if it comes back.
pub(super) struct Labels(BTreeMap<String, usize>);

impl Labels {
    fn of(captions: &[Caption]) -> Self {
        let pieces = captions.iter().flat_map(|caption| &caption.marked.pieces);
        Self::in_lines(pieces.flat_map(|piece| piece.text.lines()))
    }

    pub(super) fn in_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut times_used = BTreeMap::new();
        for line in lines {
            let label = Line::of(without_dash(line)).label;
            if !label.is_empty() {
                *times_used.entry(label.to_owned()).or_insert(0) += 1;
            }
        }
        Self(times_used)
    }

    pub(super) fn names(&self, line: &Line) -> bool {
        let used = self.0.get(line.label).copied().unwrap_or_default();
        line.role.is_some() || used > 1
    }
}

/// A dash before the words says that somebody else speaks.
fn without_dash(line: &str) -> &str {
    let line = line.trim();
    line.strip_prefix(DASHES).unwrap_or(line).trim_start()
}

const DASHES: [char; 5] = ['-', '–', '—', '－', '•'];

struct Talk<'a> {
    labels: &'a Labels,
    segments: Vec<Segment>,
    /// Whom the last label named.
    last: Option<(Role, Option<String>)>,
}

impl Talk<'_> {
    fn piece(&mut self, piece: &Piece, voice: Option<String>, caption: &Caption) {
        let lines = || piece.text.lines().map(str::trim);
        let dashes = lines().filter(|line| line.starts_with(DASHES)).count();
        let mut open = false;
        for whole in lines().filter(|line| !line.is_empty()) {
            let spoken = match dashes {
                0 => whole,
                _ => without_dash(whole),
            };
            let line = Line::of(spoken);
            if voice.is_none() && self.labels.names(&line) {
                let (role, speaker) = line.speaker();
                if role != Role::Scene {
                    self.last = Some((role, speaker.clone()));
                }
                self.push(caption, (role, speaker), line.text);
                open = true;
            } else if open && !(dashes > 1 && whole.starts_with(DASHES)) {
                self.go_on(spoken);
            } else {
                let who = match (&voice, dashes > 1) {
                    _ if line.scene => (Role::Scene, None),
                    (Some(voice), _) => (Role::Unknown, Some(voice.clone())),
                    (None, false) => self.still_speaks(),
                    (None, true) => (Role::Unknown, None),
                };
                let text = if line.scene { line.text } else { spoken };
                self.push(caption, who, text);
                open = true;
            }
        }
    }

    /// Where people write names they leave them out while the same person speaks;
    /// where a recogniser left one out, it didn't know.
    fn still_speaks(&self) -> (Role, Option<String>) {
        let last = self.last.clone();
        last.filter(|(role, _)| *role != Role::Unknown)
            .unwrap_or((Role::Unknown, None))
    }

    fn push(&mut self, caption: &Caption, (role, speaker): (Role, Option<String>), text: &str) {
        self.segments.push(Segment {
            speaker,
            role: (role != Role::Unknown).then_some(role),
            start: caption.span.start,
            end: caption.span.end,
            text: text.to_owned(),
            ..Segment::default()
        });
    }

    fn go_on(&mut self, text: &str) {
        if let Some(segment) = self.segments.last_mut() {
            join(&mut segment.text, text);
        }
    }
}

/// Whether each speaker has a colour: there are several, nearly all cues have one, and
/// nothing else says who speaks.
fn colours_are_voices(captions: &[Caption], labels: &Labels) -> bool {
    let pieces = || captions.iter().flat_map(|caption| &caption.marked.pieces);
    let mut colours: BTreeMap<&str, usize> = BTreeMap::new();
    for colour in pieces().filter_map(|piece| piece.colour.as_deref()) {
        *colours.entry(colour).or_insert(0) += 1;
    }
    let coloured: usize = colours.values().sum();
    let named = pieces().any(|piece| {
        let mut lines = piece.text.lines();
        piece.voice.is_some() || lines.any(|line| labels.names(&Line::of(without_dash(line))))
    });
    colours.len() > 1 && coloured * 10 >= pieces().count() * 9 && !named
}

#[cfg(test)]
mod tests {
    use super::super::clock::Span;
    use super::super::markup::Marked;
    use super::*;

    fn told(cues: &str) -> String {
        let caption = |raw: &str| Caption {
            line: 0,
            span: Span {
                start: None,
                end: None,
            },
            marked: Marked::of(&raw.replace('⏎', "\n")),
        };
        let captions: Vec<Caption> = cues.split(" / ").map(caption).collect();
        let told = segments(&captions).into_iter().map(|segment| {
            let role = segment
                .role
                .map_or(String::new(), |role| format!("{}:", role.name()));
            let speaker = segment
                .speaker
                .map_or(String::new(), |speaker| format!("{speaker}>"));
            format!("{role}{speaker}{}", segment.text)
        });
        told.collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn speakers_are_found_however_they_are_written() {
        let table = "
            您好⏎请讲 => 您好请讲
            hello⏎there => hello there
            您好 A⏎B 请讲 => 您好 A B 请讲
            客服：您好⏎客户：喂 => staff:您好 / client:喂
            客服：您好 / 请讲 / 客户：喂 / 在吗 => staff:您好 / staff:请讲 / client:喂 / client:在吗
            [SPEAKER_00]: 您好 / 喂 => SPEAKER_00>您好 / 喂
            [[SPEAKER_00]]您好 => SPEAKER_00>您好
            (speaker 0) 您好 / (speaker ?) 喂 => speaker 0>您好 / speaker ?>喂
            Speaker 1: hi => Speaker 1>hi
            王芳: 您好 / 李雷: 喂 / 王芳: 请讲 / 李雷: 好 => 王芳>您好 / 李雷>喂 / 王芳>请讲 / 李雷>好
            时间：九点 / 好 => 时间：九点 / 好
            - 您好⏎- 喂 => 您好 / 喂
            - 客服：您好⏎- 客户：喂 => staff:您好 / client:喂
            - 您好⏎请讲⏎- 喂 => 您好请讲 / 喂
            - 您好 => 您好
            <v 客服 01>您好<v 客户>喂 / 嗯 => 客服 01>您好 / 客户>喂 / 嗯
            <v 客服>时间：九点⏎客户：多 => 客服>时间：九点客户：多
            <font color=red>您好</font> / <font color=\"#0f0\">喂</font> => red>您好 / #0f0>喂
            <font color=red>您好</font> / 喂 / 好 => 您好 / 喂 / 好
            <font color=red>客服：您好</font> / <font color=blue>客户：喂</font> => staff:您好 / client:喂
            （音乐） / 客服：您好 => scene:音乐 / staff:您好
            10:30 您过来 => 10:30 您过来
            ";
        for row in table.trim().lines() {
            let (cues, expected) = row.trim().split_once(" => ").expect("a row");
            assert_eq!(told(cues), expected, "{cues}");
        }
    }
}
