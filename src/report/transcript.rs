//! Conversations written out as transcripts, for other programs or to be read.
//!
//! Lines and text come back as the conversations that they were, but for notes: JSON
//! Lines whole; text without what stands nowhere in its form, and with line ends within
//! a turn as spaces. SRT has times and no place for anything else.

use super::json;
use super::wire::Visit;
use crate::conversation::{Conversation, Role, Turn};
use crate::phrasebook::labels::Labels;
use serde::Serialize;

/// How long a turn is shown of which the end isn't known: so many seconds, and so many
/// for each character.
const SHORTEST: f64 = 1.0;
const EACH_CHARACTER: f64 = 0.2;

/// A line of JSON; `liyan` reads it again.
pub fn line(conversation: &Conversation, out: &mut Vec<u8>) {
    let turns = conversation.turns.iter().map(|turn| TurnLine {
        role: turn.role.name(),
        text: &turn.text,
        start: turn.start,
        end: turn.end,
        speaker: turn.speaker.as_deref(),
    });
    json::write(
        &Line {
            id: &conversation.id,
            channel: conversation.channel.map(|channel| channel.name()),
            started_at: conversation.started_at.as_deref(),
            agent: conversation.agent.as_deref(),
            branch: conversation.branch.as_deref(),
            business: conversation.business.as_deref(),
            client: conversation.client.as_deref(),
            complaint: conversation.complaint.as_deref(),
            hours: conversation.hours.as_deref(),
            tags: &conversation.tags,
            visit: conversation.visit.as_ref().map(Visit::from),
            turns: turns.collect(),
        },
        out,
    );
    out.push(b'\n');
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    branch: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    business: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    complaint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    visit: Option<Visit<'a>>,
    turns: Vec<TurnLine<'a>>,
}

#[derive(Serialize)]
struct TurnLine<'a> {
    role: &'static str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
}

/// A line a turn, `[00:00:05.120] name: text`, below lines with the conversation's id
/// and channel. Between two conversations a line `---` has to stand.
pub fn text(conversation: &Conversation, labels: &Labels, out: &mut Vec<u8>) {
    let mut page = format!("# id: {}\n", on_one_line(&conversation.id));
    if let Some(channel) = conversation.channel {
        page.push_str(&format!("# channel: {}\n", channel.name()));
    }
    page.push('\n');
    for turn in &conversation.turns {
        match (turn.start.map(dotted), turn.end.map(dotted)) {
            (Some(start), Some(end)) => page.push_str(&format!("[{start} - {end}] ")),
            (Some(start), None) => page.push_str(&format!("[{start}] ")),
            (None, _) => {}
        }
        page.push_str(&said(turn, labels));
        page.push('\n');
    }
    out.extend_from_slice(page.as_bytes());
}

/// The subtitles of a conversation; `None` if none of its turns has a time. A turn
/// without a time begins where the one before it ends, and one without an end lasts
/// until the next one begins, but not longer than it takes to read.
pub fn srt(conversation: &Conversation, labels: &Labels, out: &mut Vec<u8>) -> Option<()> {
    let turns = &conversation.turns;
    turns.iter().find(|turn| turn.start.is_some())?;
    let mut page = String::new();
    let mut before = 0.0;
    for (number, turn) in turns.iter().enumerate() {
        let start = turn.start.unwrap_or(before);
        let end = turn.end.unwrap_or_else(|| {
            let length = turn.text.chars().count() as f64;
            let end = start + SHORTEST + EACH_CHARACTER * length;
            let next = turns[number + 1..].iter().find_map(|turn| turn.start);
            end.min(next.filter(|next| *next > start).unwrap_or(end))
        });
        let end = end.max(start);
        let (from, to) = (dotted(start), dotted(end));
        page.push_str(&format!(
            "{}\n{} --> {}\n{}\n\n",
            number + 1,
            from.replace('.', ","),
            to.replace('.', ","),
            said(turn, labels)
        ));
        before = end;
    }
    out.extend_from_slice(page.as_bytes());
    Some(())
}

/// What is said, behind who says it.
fn said(turn: &Turn, labels: &Labels) -> String {
    let role = labels.get(match turn.role {
        Role::Staff => "speaker.staff",
        Role::Client => "speaker.client",
        Role::Other => "speaker.other",
        Role::Scene => "speaker.scene",
        Role::Unknown => "speaker.unknown",
    });
    let name = turn.speaker.as_deref().map(on_one_line);
    let who = match name.filter(|name| !name.is_empty()) {
        None => role.to_owned(),
        Some(name) if turn.role == Role::Unknown => name,
        Some(name) => format!("{role}({name})"),
    };
    format!(
        "{who}{}{}",
        labels.get("speaker.says"),
        on_one_line(&turn.text)
    )
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `00:00:05.120`.
fn dotted(seconds: f64) -> String {
    let all = (seconds * 1000.0).round() as u64;
    let (hours, minutes) = (all / 3_600_000, all / 60_000 % 60);
    let (seconds, thousandths) = (all / 1000 % 60, all % 1000);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{self, Channel};
    use crate::phrasebook::labels::Lang;
    use crate::transcript::{Encoding, Format, Place, Record};

    fn turn(role: Role, speaker: Option<&str>, times: [Option<f64>; 2], text: &str) -> Turn {
        Turn {
            role,
            text: text.to_owned(),
            start: times[0],
            end: times[1],
            speaker: speaker.map(str::to_owned),
        }
    }

    fn conversation() -> Conversation {
        Conversation {
            id: "c 7".to_owned(),
            channel: Some(Channel::PhoneIn),
            started_at: Some("2024-05-01 09:00".to_owned()),
            agent: Some("17".to_owned()),
            branch: Some("东区".to_owned()),
            hours: Some("9-17".to_owned()),
            tags: vec!["vip".to_owned()],
            visit: Some(conversation::Visit {
                of: "day".to_owned(),
                first_turn: 3,
                last_turn: 7,
                start: Some(12.5),
                end: None,
            }),
            turns: vec![
                turn(Role::Staff, None, [Some(0.0), Some(1.25)], "您好"),
                turn(Role::Client, Some("B"), [Some(1.5), None], "查\n余额"),
                turn(Role::Staff, Some("客服1023"), [None, None], "好"),
                turn(
                    Role::Unknown,
                    Some("SPEAKER_02"),
                    [Some(3725.5), None],
                    "喂",
                ),
                turn(Role::Scene, None, [None, None], "挂断"),
            ],
            ..Conversation::default()
        }
    }

    fn read(format: Format, bytes: Vec<u8>) -> Conversation {
        let record = Record {
            place: Place::new("a", 1),
            format,
            encoding: Encoding::UTF_8,
            bytes,
            hints: Default::default(),
        };
        record.parse().remove(0).expect("it was written to be read")
    }

    #[test]
    fn a_line_comes_back() {
        let mut out = Vec::new();
        line(&conversation(), &mut out);
        assert_eq!(read(Format::JSONL, out), conversation());
    }

    #[test]
    fn a_text_comes_back_as_far_as_it_has_the_places() {
        for lang in Lang::ALL {
            let mut out = Vec::new();
            text(&conversation(), &Labels::builtin(lang), &mut out);
            let got = read(Format::PLAIN, out);
            let expected = conversation();
            assert_eq!((&got.id, got.channel), (&expected.id, expected.channel));
            let roles: Vec<_> = got
                .turns
                .iter()
                .map(|turn| (turn.role, turn.start))
                .collect();
            let wanted = expected.turns.iter().map(|turn| (turn.role, turn.start));
            assert_eq!(roles, wanted.collect::<Vec<_>>(), "{lang:?}");
            assert_eq!(got.turns[3], expected.turns[3], "{lang:?}");
        }
    }

    #[test]
    fn texts_are_as_people_write_them() {
        let labels = Labels::builtin(Lang::Zh);
        let mut out = Vec::new();
        text(&conversation(), &labels, &mut out);
        let expected = "\
# id: c 7
# channel: phone_in

[00:00:00.000 - 00:00:01.250] 客服：您好
[00:00:01.500] 客户(B)：查 余额
客服(客服1023)：好
[01:02:05.500] SPEAKER_02：喂
场景：挂断
";
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn subtitles_have_times_throughout() {
        let labels = Labels::builtin(Lang::En);
        let mut out = Vec::new();
        assert_eq!(srt(&conversation(), &labels, &mut out), Some(()));
        let expected = "\
1
00:00:00,000 --> 00:00:01,250
Staff: 您好

2
00:00:01,500 --> 00:00:03,300
Client(B): 查 余额

3
00:00:03,300 --> 00:00:04,500
Staff(客服1023): 好

4
01:02:05,500 --> 01:02:06,700
SPEAKER_02: 喂

5
01:02:06,700 --> 01:02:08,100
Scene: 挂断

";
        assert_eq!(String::from_utf8_lossy(&out), expected);
        let silent = Conversation {
            turns: vec![Turn::new(Role::Staff, "x")],
            ..Conversation::default()
        };
        let mut out = Vec::new();
        assert_eq!((srt(&silent, &labels, &mut out), out.len()), (None, 0));
    }
}
