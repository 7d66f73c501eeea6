//! Text with a speaker's name before each turn: what most people have.
//!
//! Nobody ever fixed this form. A line may read `客服：您好`, `【客服】您好`,
//! `[00:05] 坐席: 您好`, `坐席(00:00:05): 您好` or `00:00:05 坐席 您好`; a name
//! may stand alone with its time (`发言人 1  00:05`) above what was said; and any
//! line without a name goes on with the turn before. The danger is the other
//! way round: in 时间：九点 a colon stands after a word that nobody is called.
//!
//! So a label (what stands before the colon) names a speaker only if it is in
//! the table `phrasebook/speakers.toml`, or is short and stands before at least
//! two turns of the same conversation. Styles that have no colon need a label
//! from the table. The table also gives the role; whoever isn't in it, or only
//! as a numbered voice, is [`Role::Unknown`] and keeps the label as `speaker`.
//!
//! Lines `# id: …`, `# channel: …` and likewise `started_at`, `agent`, `branch`,
//! `business`, `client`, `complaint` and `tags` (parted by blanks) may precede the
//! first turn, other lines with `#` there are skipped, and a line of three or more
//! `-` or `=` parts conversations. A whole line in brackets is a scene note.

use std::collections::BTreeMap;

use super::detect::{Head, Sure};
use super::format::{Cut, Reader};
use super::line::Line;
use super::segment::Segment;
use super::talk::Talk;
use super::unfold::{unfold, unjoined};
use super::{InputProblem, Record, utf8};
use crate::conversation::{Conversation, Role, Turn};

pub(super) const READER: Reader = Reader {
    name: "text",
    extensions: &["txt", "log"],
    recognise,
    cut: Cut::Between(parts, parse),
};

fn recognise(head: &Head) -> Sure {
    let named = head.is_named(&["txt", "log"]) && !head.text.trim_ascii_start().starts_with('{');
    match named {
        _ if head.text.lines().any(|line| Line::of(line).role.is_some()) => Sure::Likely,
        true => Sure::Named,
        false => Sure::No,
    }
}

fn parts(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.len() >= 3 && (line.iter().all(|&b| b == b'-') || line.iter().all(|&b| b == b'='))
}

fn parse(record: &Record) -> Result<Conversation, InputProblem> {
    let text = utf8(&record.bytes, &record.place)?;
    read(text).finish(record)
}

/// The talk in a text that is part of another form, in its order.
pub(super) fn segments(text: &str) -> Vec<Segment> {
    let segment = |turn: Turn| Segment {
        speaker: turn.speaker,
        channel: None,
        role: Some(turn.role).filter(|role| *role != Role::Unknown),
        start: turn.start,
        end: turn.end,
        text: turn.text,
    };
    read(text).into_turns().into_iter().map(segment).collect()
}

/// Whether a text of some other form, a cell or a field, has the turns of two people in
/// it, or two of one.
pub(super) fn is_talk(text: &str) -> bool {
    // Most texts are a sentence, and there may be a million.
    if text.matches([':', '：', '】', ']', '>']).nth(1).is_none() {
        return false;
    }
    let mut lines = text.lines().flat_map(unjoined).flat_map(unfold);
    let named = |line: &str| {
        let line = Line::of(line);
        line.role.is_some() && !line.text.is_empty()
    };
    lines.by_ref().filter(|line| named(line)).nth(1).is_some()
}

fn read(text: &str) -> Talk {
    let lines = text.lines().flat_map(unjoined);
    let lines = lines.map(str::trim).filter(|line| !line.is_empty());
    let mut lines: Vec<&str> = lines.collect();
    let mut talk = Talk::default();
    let header = lines.iter().take_while(|line| talk.header(line)).count();
    lines.drain(..header);
    if let [only] = lines[..] {
        lines = unfold(only);
    }
    let named = |line: &&str| {
        let line = Line::of(line);
        line.role.is_some() && !line.scene
    };
    let spaced = !lines.iter().any(named) && spaced_labels(&lines);
    let take = if spaced { Line::before_blank } else { Line::of };
    // Taken apart twice rather than kept: a line of one letter would cost a
    // hundred bytes.
    let lines = || lines.iter().map(|line| take(line));
    let mut times_used = BTreeMap::new();
    for line in lines() {
        *times_used.entry(line.label).or_insert(0) += 1;
    }
    let names = |line: &Line| {
        line.role.is_some() || !line.label.is_empty() && times_used.get(line.label) > Some(&1)
    };
    talk.names_anyone = lines().any(|line| names(&line));
    for line in lines() {
        if names(&line) {
            talk.named(&line);
        } else {
            talk.unnamed(&line.without_label());
        }
        if talk.is_too_long() {
            break;
        }
    }
    talk
}

/// Whether nobody is named, and lines begin with a known label and a space all the same,
/// or labels stand on lines of their own: then there is no other sign.
fn spaced_labels(lines: &[&str]) -> bool {
    let (mut spaced, mut alone) = (0, Vec::new());
    for line in lines.iter().map(|line| Line::before_blank(line)) {
        spaced += usize::from(line.role.is_some());
        if line.role.is_some() && line.text.is_empty() {
            alone.push(line.label);
        }
    }
    alone.sort_unstable();
    alone.dedup();
    lines.len() > 1 && spaced * 10 >= lines.len() * 8 || alone.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{About, Channel, Note, NoteKind};
    use crate::transcript::{Encoding, Format, MOST_TURNS, Place, ProblemKind};

    fn read(text: &str) -> Result<Conversation, InputProblem> {
        let record = Record {
            place: Place::new("a.txt", 4),
            format: Format::PLAIN,
            encoding: Encoding::UTF_8,
            bytes: text.as_bytes().to_vec(),
            hints: Default::default(),
        };
        parse(&record)
    }

    /// The turns as `role@speaker start-end|text`, parted by ` / `.
    fn told(text: &str) -> String {
        let turns = read(text).map(|conversation| conversation.turns);
        let turns = turns.unwrap_or_default().into_iter().map(|turn| {
            let speaker = turn
                .speaker
                .map_or(String::new(), |name| format!("@{name}"));
            let start = turn.start.map_or(String::new(), |time| format!(" {time}"));
            let end = turn.end.map_or(String::new(), |time| format!("-{time}"));
            format!("{}{speaker}{start}{end}|{}", turn.role.name(), turn.text)
        });
        turns.collect::<Vec<_>>().join(" / ").replace('\n', "⏎")
    }

    /// Each line is a text and what it tells; `⏎` stands for a line end.
    fn check(table: &str) {
        for line in table.trim().lines() {
            let (text, expected) = line.trim().split_once(" => ").expect("a row");
            assert_eq!(told(&text.replace('⏎', "\n")), expected, "{line}");
        }
    }

    #[test]
    fn a_whole_conversation() {
        let text =
            "# id: c7\n#channel：counter\n# 备注\n\n客服：您好\n  请坐 \n客户 2:\n（递材料）\n";
        let expected = Conversation {
            id: "c7".to_owned(),
            channel: Some(Channel::Counter),
            turns: vec![
                Turn::new(Role::Staff, "您好\n请坐"),
                Turn {
                    speaker: Some("客户 2".to_owned()),
                    ..Turn::new(Role::Client, "")
                },
                Turn::new(Role::Scene, "递材料"),
            ],
            notes: vec![Note {
                turn: Some(1),
                kind: NoteKind::EmptyTurn,
                detail: String::new(),
            }],
            ..Conversation::default()
        };
        assert_eq!(read(text), Ok(expected));
        let expected = Conversation {
            id: "a:4".to_owned(),
            turns: vec![Turn::new(Role::Unknown, "您好")],
            notes: vec![Note {
                turn: None,
                kind: NoteKind::ChannelUnknown,
                detail: "shop".to_owned(),
            }],
            ..Conversation::default()
        };
        assert_eq!(read("# channel: shop\n您好"), Ok(expected));
    }

    #[test]
    fn what_a_talk_belongs_to_may_precede_it() {
        let head = "# started_at: 2026-03-02 09:15\n# agent：07\n# branch: 城南\n# business: 提取\n\
                    # client: c1\n# complaint: t1\n# tags: 熟人 busy=no\n# agent\n客服：您好";
        let about = read(head).map(|talk| talk.about());
        let text = |text: &str| Some(text.to_owned());
        let expected = About {
            started_at: text("2026-03-02 09:15"),
            agent: text("07"),
            branch: text("城南"),
            business: text("提取"),
            client: text("c1"),
            complaint: text("t1"),
            tags: vec!["熟人".to_owned(), "busy=no".to_owned()],
            visit: None,
        };
        assert_eq!(about, Ok(expected));
        let nothing = read("# agent:\n# tags:\n客服：您好").map(|talk| talk.about());
        assert_eq!(nothing, Ok(About::default()));
    }

    #[test]
    fn every_style_of_naming_a_speaker() {
        check(
            r"
            客服：您好 => staff|您好
            客户:您好 => client|您好
            座席 : 您好 => staff|您好
            工作人员：好⏎群众：好⏎柜员：好 => staff|好 / client|好 / staff|好
            甲：好⏎B：好 => unknown@甲|好 / unknown@B|好
            Agent: hi⏎CUSTOMER: hi => staff|hi / client|hi
            S: hi⏎Ｃ： hi => staff|hi / client|hi
            S1: hi => unknown@S1|hi
            SPEAKER_00: hi => unknown@SPEAKER_00|hi
            说话人1：好 => unknown@说话人1|好
            客服1023：好 => staff@客服1023|好
            坐席A：好 => staff@坐席A|好
            坐席（张三）：好 => staff@坐席（张三）|好
            张三(客服)：好 => staff@张三(客服)|好
            同事：好⏎其他：好 => other|好 / other|好
            旁白：客户离开 => scene|客户离开
            【客服】您好 => staff|您好
            [销售] 您好 => staff|您好
            [销售]：您好 => staff|您好
            客服	您好 => staff|您好
            **客服**：您好 => staff|您好
            ##客服##:您好\n ##客户##:喂 => staff|您好 / client|喂
            客服：您好 客户：查余额。客服：好 => staff|您好 / client|查余额。 / staff|好
            客服：您跟客户：说 => staff|您跟客户：说
            王女士：在吗⏎客服：在⏎王女士：好 => unknown@王女士|在吗 / staff|在 / unknown@王女士|好
            客服-张三：在⏎客服-张三：好 => staff@客服-张三|在 / staff@客服-张三|好
            ",
        );
    }

    #[test]
    fn every_style_of_giving_the_time() {
        check(
            r"
            [00:05] 坐席: 您好 => staff 5|您好
            00:01:05 坐席 您好 => staff 65|您好
            00:01:05 发言人 1 您好 => unknown@发言人 1 65|您好
            坐席(1:00:05.25): 您好 => staff 3605.25|您好
            坐席（00:05）您好 => staff 5|您好
            【坐席】[00:05]：您好 => staff 5|您好
            坐席 00:05: 您好 => staff 5|您好
            发言人 1  00:05⏎您好⏎请坐⏎⏎发言人 2  00:09⏎嗯 => unknown@发言人 1 5|您好⏎请坐 / unknown@发言人 2 9|嗯
            张三 00:05⏎好⏎张三 00:09⏎行 => unknown@张三 5|好 / unknown@张三 9|行
            [0:05 - 0:09] 坐席：好 => staff 5-9|好
            [0:0.000,0:2.380] 坐席：好 => staff 0-2.38|好
            00:00:05,120 --> 00:00:07,000 坐席：好 => staff 5.12-7|好
            [00:09 - 00:05] 坐席：好 => staff|好
            00:05⏎坐席：好 => staff 5|好
            [00:05] 您好⏎[00:09] 时间：九点 => unknown 5|您好 / unknown 9|时间：九点
            00:05 您好 => unknown 5|您好
            坐席：好⏎10:30 您过来 => staff|好⏎10:30 您过来
            坐席：好⏎10:30，您过来 => staff|好⏎10:30，您过来
            坐席：好⏎[10:61] 您过来 => staff|好⏎[10:61] 您过来
            ",
        );
    }

    #[test]
    fn what_looks_like_a_speaker_and_is_none() {
        check(
            r"
            客服：记一下⏎时间：九点 => staff|记一下⏎时间：九点
            客服：记一下⏎您好，请看：甲 => staff|记一下⏎您好，请看：甲
            客服：在⏎上午9:30⏎上午9:40 => staff|在⏎上午9:30⏎上午9:40
            客服：在⏎https://a⏎https://b => staff|在⏎https://a⏎https://b
            客服：在⏎存到 D:\a => staff|在⏎存到 D:\a
            客服：喂⏎[noise] 喂⏎[noise] 喂 => staff|喂⏎[noise] 喂⏎[noise] 喂
            客服：喂⏎李四 10:30 => staff|喂⏎李四 10:30
            客服：喂⏎一二三四五六七八九十一二三：a⏎一二三四五六七八九十一二三：b => staff|喂⏎一二三四五六七八九十一二三：a⏎一二三四五六七八九十一二三：b
            通话记录⏎客服：喂 => unknown|通话记录 / staff|喂
            客服：好⏎（客户（女）离开）⏎慢走 => staff|好 / scene|客户（女）离开 / staff|慢走
            [场景：电话铃响]⏎喂⏎喂 => scene|电话铃响 / unknown|喂 / unknown|喂
            客服：（笑）好（点头）⏎（是）的（吧） => staff|（笑）好（点头）⏎（是）的（吧）
            ：好⏎：好 => unknown|：好 / unknown|：好
            ",
        );
    }

    #[test]
    fn damage_is_reported_with_its_line() {
        let record = Record {
            place: Place::new("a.txt", 4),
            format: Format::PLAIN,
            encoding: Encoding::UTF_8,
            bytes: b"a: b\nab\xff".to_vec(),
            hints: Default::default(),
        };
        let expected = InputProblem {
            place: Place::new("a.txt", 5),
            kind: ProblemKind::NotUtf8 { byte: 3 },
        };
        assert_eq!(parse(&record), Err(expected));
        let expected = InputProblem {
            place: Place::new("a.txt", 4),
            kind: ProblemKind::NoTurns,
        };
        assert_eq!(read("# id: a\n\n"), Err(expected));
    }
    #[test]
    fn nobody_takes_twenty_thousand_turns() {
        let talk = |turns| "客服：好\n".repeat(turns);
        let count = read(&talk(MOST_TURNS)).map(|conversation| conversation.turns.len());
        assert_eq!(count, Ok(MOST_TURNS));
        let problem = read(&talk(MOST_TURNS + 1)).map_err(|problem| problem.to_string());
        let expected = r#"a.txt:4: too-many-turns limit="20000""#;
        assert_eq!(problem, Err(expected.to_owned()));
    }
}
