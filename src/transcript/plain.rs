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
//! Lines `# id: …` and `# channel: …` may precede the first turn, other lines
//! with `#` there are skipped, and a line of three or more `-` or `=` parts
//! conversations. A whole line in brackets is a scene note.

use std::collections::HashMap;

use super::{
    Cut, Format, InputProblem, ProblemKind, Reader, Record, has_extension, is_role_word, role_of,
    times, utf8,
};
use crate::conversation::{Conversation, Role, Turn};

pub(super) const READER: Reader = Reader {
    format: Format::Plain,
    recognise,
    cut: Cut::Between(parts),
    parse,
};

fn recognise(head: &[u8], file_name: &str) -> bool {
    let valid = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let named = has_extension(file_name, &["txt", "log"]);
    named && !head.trim_ascii_start().starts_with(b"{")
        || valid.lines().any(|line| Line::of(line).role.is_some())
}

fn parts(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.len() >= 3 && (line.iter().all(|&b| b == b'-') || line.iter().all(|&b| b == b'='))
}

fn parse(record: &Record) -> Result<Conversation, InputProblem> {
    let text = utf8(&record.bytes, &record.place)?;
    // One platform joins turns by a backslash, an n and a space.
    let lines = text.lines().flat_map(|line| line.split("\\n ##"));
    let mut lines: Vec<&str> = lines.map(str::trim).collect();
    let mut talk = Talk::default();
    let header = lines.iter().take_while(|line| talk.header(line)).count();
    lines.drain(..header);
    if let [only] = lines[..] {
        lines = unfold(only);
    }
    let lines: Vec<Line> = lines.into_iter().map(Line::of).collect();
    let mut times_used = HashMap::new();
    for line in &lines {
        *times_used.entry(line.label).or_insert(0) += 1;
    }
    let names = |line: &Line| {
        line.role.is_some() || !line.label.is_empty() && times_used.get(line.label) > Some(&1)
    };
    talk.names_anyone = lines.iter().any(names);
    for line in &lines {
        if names(line) {
            talk.named(line);
        } else if !line.whole.is_empty() {
            talk.unnamed(&line.without_label());
        }
    }
    talk.finish(record)
}

/// A whole conversation on one line, cut before each known label. The label
/// has to stand free, since 您跟客户：… within a sentence is no turn.
fn unfold(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (colon, _) in line.match_indices(is_colon) {
        let label = line[from..colon]
            .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
            .next();
        let start = colon - label.map_or(0, str::len);
        if start > from && role_of(&line[start..colon]).is_some() {
            pieces.push(line[from..start].trim());
            from = start;
        }
    }
    pieces.push(&line[from..]);
    pieces
}

/// The conversation as far as it has been read.
#[derive(Default)]
struct Talk {
    conversation: Conversation,
    channel: String,
    /// Whether any line of it names a speaker.
    names_anyone: bool,
    /// Whether the last turn goes on with a line that names nobody.
    open: bool,
    /// Who spoke last, and goes on after a scene note.
    last: Option<(Role, Option<String>)>,
    /// A time that stood alone on its line and belongs to the next turn.
    stamp: Option<Stamp>,
}

impl Talk {
    /// Takes a line that may stand before the talk, if it is one.
    fn header(&mut self, line: &str) -> bool {
        let field = line.strip_prefix('#').filter(|rest| !rest.starts_with('#'));
        if let Some((key, value)) = field.and_then(|field| field.split_once(is_colon)) {
            match key.trim() {
                "id" => value.trim().clone_into(&mut self.conversation.id),
                "channel" => value.trim().clone_into(&mut self.channel),
                _ => {}
            }
        }
        line.is_empty() || field.is_some()
    }

    fn named(&mut self, line: &Line) {
        let (role, speaker) = line.speaker();
        if role != Role::Scene {
            self.last = Some((role, speaker.clone()));
        }
        self.turn(role, speaker, line);
    }

    fn unnamed(&mut self, line: &Line) {
        let timed = |stamp: Stamp| stamp.bracketed || !self.names_anyone;
        if line.scene {
            self.turn(Role::Scene, None, line);
            self.open = false;
        } else if line.stamp.is_some() && line.text.is_empty() {
            self.stamp = line.stamp;
        } else if self.stamp.is_some() || line.stamp.is_some_and(timed) {
            self.turn(Role::Unknown, None, line);
        } else {
            self.continued(line.whole);
        }
    }

    fn turn(&mut self, role: Role, speaker: Option<String>, line: &Line) {
        let before = self.stamp.take();
        let stamp = line.stamp.or(before);
        let (start, end) = times(
            stamp.map(|stamp| stamp.start),
            stamp.and_then(|stamp| stamp.end),
        );
        self.open = true;
        self.conversation.turns.push(Turn {
            role,
            text: line.text.to_owned(),
            start,
            end,
            speaker,
        });
    }

    fn continued(&mut self, text: &str) {
        match self.conversation.turns.last_mut().filter(|_| self.open) {
            Some(turn) => {
                if !turn.text.is_empty() {
                    turn.text.push('\n');
                }
                turn.text.push_str(text);
            }
            None => {
                let (role, speaker) = self.last.clone().unwrap_or((Role::Unknown, None));
                self.open = self.last.is_some();
                self.conversation.turns.push(Turn {
                    speaker,
                    ..Turn::new(role, text)
                });
            }
        }
    }

    fn finish(mut self, record: &Record) -> Result<Conversation, InputProblem> {
        if self.conversation.turns.is_empty() {
            return Err(record.problem(ProblemKind::NoTurns));
        }
        if self.conversation.id.is_empty() {
            self.conversation.id = record.place.id();
        }
        self.conversation.set_channel(&self.channel);
        self.conversation.note_empty_turns();
        Ok(self.conversation)
    }
}

/// A line, and what it would say if its label is a speaker.
#[derive(Clone, Copy, Default)]
struct Line<'a> {
    whole: &'a str,
    stamp: Option<Stamp>,
    /// Empty if there is nothing that could be one.
    label: &'a str,
    /// The role, if the label is in the table.
    role: Option<Role>,
    text: &'a str,
    /// Whether all of it stands in brackets.
    scene: bool,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let plain = Line::unlabelled(line.trim());
        plain
            .in_brackets()
            .or_else(|| plain.before_colon())
            .or_else(|| plain.before_space())
            .unwrap_or(plain)
    }

    fn unlabelled(whole: &'a str) -> Self {
        let (stamp, text) = Stamp::lead(whole).map_or((None, whole), |(s, text)| (Some(s), text));
        Line {
            whole,
            stamp,
            text,
            ..Line::default()
        }
    }

    /// The line when its label has turned out to be none.
    fn without_label(&self) -> Self {
        if self.label.is_empty() {
            *self
        } else {
            Line::unlabelled(self.whole)
        }
    }

    /// `【客服】您好`, `[销售]: 您好`, and whole lines in brackets.
    fn in_brackets(&self) -> Option<Self> {
        let (label, after) = bracketed(self.text)?;
        let role = role_of(label);
        if role.is_none() && after.is_empty() {
            let inner = label.split_once(is_colon);
            let inner = inner.filter(|(word, _)| role_of(word) == Some(Role::Scene));
            let text = inner.map_or(label, |(_, text)| text).trim();
            return Some(Line {
                scene: true,
                text,
                ..*self
            });
        }
        let after = after.trim_start();
        let (stamp, after) = match Stamp::lead(after) {
            Some((stamp, after)) if self.stamp.is_none() => (Some(stamp), after),
            _ => (self.stamp, after),
        };
        let said = after.strip_prefix(is_colon);
        // Without a colon [noise] would become a speaker.
        (role.is_some() || said.is_some() && is_short(label)).then(|| Line {
            stamp,
            label,
            role,
            text: said.unwrap_or(after).trim_start(),
            ..*self
        })
    }

    /// `客服：您好`, `坐席(00:00:05): 您好`, `发言人 1  00:05`, and a tab.
    fn before_colon(&self) -> Option<Self> {
        for (at, c) in self.text.char_indices().take(LONGEST_KNOWN) {
            let (label, tail) = (self.text[..at].trim(), &self.text[at..]);
            if NEVER_IN_LABELS.contains(c) || is_colon(c) && label.is_empty() {
                return None;
            }
            if label.is_empty() || !(is_colon(c) || c.is_whitespace() || is_open(c)) {
                continue;
            }
            if let Some(text) = tail.strip_prefix(is_colon) {
                let clock = label.ends_with(is_digit) && text.starts_with(is_digit);
                let address = text.starts_with(['/', '\\']);
                let role = role_of(label).filter(|_| !address);
                let sure = role.is_some() || !clock && !address && is_short(label);
                return sure.then(|| self.said(label, role, text));
            }
            if let Some((stamp, after)) = Stamp::lead(tail.trim_start()) {
                let said = after.strip_prefix(is_colon);
                let role = role_of(label);
                let sure = (said.is_some() || after.is_empty()) && is_short(label);
                let line = Line {
                    stamp: self.stamp.or(Some(stamp)),
                    ..*self
                };
                return (role.is_some() || sure)
                    .then(|| line.said(label, role, said.unwrap_or(after)));
            }
            if c == '\t'
                && let Some(role) = role_of(label)
            {
                return Some(self.said(label, Some(role), tail));
            }
        }
        None
    }

    /// `00:00:05 坐席 您好` and `00:00:05 坐席`: only behind a time, since any
    /// sentence may begin with a word from the table.
    fn before_space(&self) -> Option<Self> {
        self.stamp?;
        let spaces = self
            .text
            .match_indices(char::is_whitespace)
            .map(|(at, _)| at);
        let mut ends: Vec<usize> = spaces.take(2).collect();
        ends.push(self.text.len());
        ends.into_iter().rev().find_map(|end| {
            let (label, text) = self.text.split_at(end);
            role_of(label).map(|role| self.said(label, Some(role), text))
        })
    }

    fn said(&self, label: &'a str, role: Option<Role>, text: &'a str) -> Self {
        Line {
            label: label.trim(),
            role,
            text: text.trim_start(),
            ..*self
        }
    }

    /// The role, and the label where it says more than the role does.
    fn speaker(&self) -> (Role, Option<String>) {
        let parted = || self.label.split(|c: char| !c.is_alphanumeric());
        let role = self.role.or_else(|| {
            let mut words = parted().filter(|word| word.chars().count() > 1);
            words.find_map(role_of)
        });
        let role = role.unwrap_or(Role::Unknown);
        let bare = role != Role::Unknown && is_role_word(self.label);
        let speaker = (!bare && role != Role::Scene).then(|| self.label.to_owned());
        (role, speaker)
    }
}

const BRACKETS: [(char, char); 6] = [
    ('[', ']'),
    ('(', ')'),
    ('（', '）'),
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
];

/// The most characters that an unknown speaker's label has, and that a line is
/// searched for a known one.
const LONGEST: usize = 12;
const LONGEST_KNOWN: usize = 24;

/// Signs of a sentence, or of some other form.
const NEVER_IN_LABELS: &str = "，。？！；、…,?!;\"'“”‘’「」《》{}<>|=";

/// What stands in the brackets with which the text begins, and what follows.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (open, close) = BRACKETS.into_iter().find(|pair| text.starts_with(pair.0))?;
    let mut depth = 0;
    let (end, _) = text.match_indices([open, close]).find(|(_, sign)| {
        depth += if sign.starts_with(open) { 1 } else { -1 };
        depth == 0
    })?;
    Some((&text[open.len_utf8()..end], &text[end + close.len_utf8()..]))
}

fn is_short(label: &str) -> bool {
    !label.is_empty() && label.chars().count() <= LONGEST
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

fn is_open(c: char) -> bool {
    BRACKETS.iter().any(|pair| pair.0 == c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// A time before or behind a label, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stamp {
    start: f64,
    end: Option<f64>,
    bracketed: bool,
}

impl Stamp {
    /// The time with which the text begins, and what follows it: `00:05`,
    /// `[1:00:05.25]`, `(0:05 - 0:09)`.
    fn lead(text: &str) -> Option<(Stamp, &str)> {
        let close = BRACKETS.into_iter().find(|pair| text.starts_with(pair.0));
        let inner = close.map_or(text, |(open, _)| &text[open.len_utf8()..]);
        let (start, rest) = clock(inner.trim_start())?;
        let range = ["-->", "-", "~", "～", "–", "—", ","]
            .into_iter()
            .find_map(|sign| rest.trim_start().strip_prefix(sign))
            .and_then(|rest| clock(rest.trim_start()));
        let (end, rest) = range.map_or((None, rest), |(end, rest)| (Some(end), rest));
        let rest = match close {
            Some((_, close)) => rest.trim_start().strip_prefix(close)?,
            // 10:30，… is a sentence that begins with a time.
            None => {
                let free = |c: char| c.is_whitespace() || is_colon(c) || is_open(c);
                (rest.is_empty() || rest.starts_with(free)).then_some(rest)?
            }
        };
        let bracketed = close.is_some();
        Some((
            Stamp {
                start,
                end,
                bracketed,
            },
            rest.trim_start(),
        ))
    }
}

/// Minutes and seconds, with or without hours and a fraction.
fn clock(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c| !is_digit(c) && c != ':' && c != '.');
    let written = text[..end.unwrap_or(text.len())].trim_end_matches([':', '.']);
    let (whole, seconds) = written.rsplit_once(':')?;
    let (hours, minutes) = whole.split_once(':').unwrap_or(("0", whole));
    let whole = |text: &str| text.parse::<u16>().ok().map(f64::from);
    let seconds: f64 = seconds.parse().ok().filter(|seconds| *seconds < 60.0)?;
    let total = whole(hours)? * 3600.0 + whole(minutes)? * 60.0 + seconds;
    let rest = &text[written.len()..];
    // A comma with other than three digits parts the ends of a range.
    let thousandths = rest
        .strip_prefix(',')
        .map(|rest| rest.split_at(rest.find(|c| !is_digit(c)).unwrap_or(rest.len())));
    match thousandths.filter(|(digits, _)| digits.len() == 3) {
        Some((digits, rest)) => Some((total + digits.parse::<f64>().ok()? / 1000.0, rest)),
        None => Some((total, rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{Channel, Note, NoteKind};
    use crate::transcript::Place;

    fn read(text: &str) -> Result<Conversation, InputProblem> {
        let record = Record {
            place: Place::new("a.txt", 4),
            format: Format::Plain,
            bytes: text.as_bytes().to_vec(),
        };
        record.parse()
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
            format: Format::Plain,
            bytes: b"a: b\nab\xff".to_vec(),
        };
        let expected = InputProblem {
            place: Place::new("a.txt", 5),
            kind: ProblemKind::NotUtf8 { byte: 3 },
        };
        assert_eq!(record.parse(), Err(expected));
        let expected = InputProblem {
            place: Place::new("a.txt", 4),
            kind: ProblemKind::NoTurns,
        };
        assert_eq!(read("# id: a\n\n"), Err(expected));
    }
}
