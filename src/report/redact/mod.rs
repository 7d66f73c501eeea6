//! What reports don't show: numbers and names that give a person away.
//!
//! Recordings of service are full of identity cards, telephones, accounts and names,
//! and reports are passed around. So before any writer sees a conversation and its
//! assessment, [`Redaction::apply`] masks both:
//!
//! ```text
//! received  我叫梁家乐,450702199603150035,麻烦您。
//! shown     我叫＊＊＊,******************,麻烦您。
//! ```
//!
//! Every character is replaced by one of as many bytes. So whatever counts characters
//! or bytes of the received text, evidence first of all, holds for the shown one too,
//! and no writer needs to know that there is redaction. Judging comes before it and
//! sees everything.
//!
//! What stands in the words of `phrasebook/redaction.toml` under `never`, the courtesy
//! words among them, is never taken for a name.

mod line;
mod names;
mod numbers;
mod words;

use crate::assessment::Assessment;
use crate::conversation::{Conversation, Role};
use crate::span::Span;
use line::{Line, is_han};
use names::mark_names;
use numbers::{Number, long_numbers};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use words::Words;

/// Masks what gives a person away. Immutable; share it between threads.
pub struct Redaction {
    words: Words,
}

static BUILTIN: LazyLock<Redaction> = LazyLock::new(|| Redaction {
    words: Words::builtin(),
});

impl Redaction {
    /// The shipped one.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Masks a conversation and what was said of it, in place. Texts keep their
    /// number of characters and of bytes. What the conversation is found again by (id,
    /// agent, branch, complaint) stays, and a client who is known by a name or a private
    /// number gets a key in its place.
    ///
    /// `conversation` is the one that was judged. Once it is masked, other assessments
    /// of it can be masked with it.
    pub fn apply(&self, conversation: &mut Conversation, assessment: &mut Assessment) {
        let masks = self.masks(conversation);
        for (turn, masks) in conversation.turns.iter_mut().zip(masks) {
            turn.text = masked(&turn.text, &masks);
            if let Some(speaker) = &mut turn.speaker {
                *speaker = self.text(speaker);
            }
        }
        let occasions = assessment
            .verdicts
            .iter_mut()
            .flat_map(|verdict| std::iter::once(&mut verdict.worst).chain(&mut verdict.others));
        for evidence in occasions.flat_map(|occasion| &mut occasion.evidence) {
            let turn = conversation.turns.get(evidence.turn);
            if let Some(shown) = turn.map(|turn| evidence.span.of(&turn.text))
                && shown.len() == evidence.text.len()
            {
                shown.clone_into(&mut evidence.text);
            }
        }
        for note in conversation.notes.iter_mut().chain(&mut assessment.notes) {
            note.detail = self.text(&note.detail);
        }
        let tags = conversation
            .tags
            .iter_mut()
            .chain(&mut assessment.about.tags);
        for tag in tags {
            *tag = self.text(tag);
        }
        let clients = [&mut conversation.client, &mut assessment.about.client];
        for client in clients.into_iter().flatten() {
            *client = self.client(client);
        }
    }

    /// The key of a client: another one in its place where it is a name or a private
    /// number, the same wherever the same client comes.
    fn client(&self, key: &str) -> String {
        let is_name = key.chars().any(is_han);
        if !is_name && self.text(key) == key {
            return key.to_owned();
        }
        let hash = Sha256::digest(key.as_bytes());
        let shown: Vec<String> = hash
            .iter()
            .take(KEY_BYTES)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{}{}", MASKS[0], shown.concat())
    }

    /// What of each turn is masked: spans of bytes, in order.
    pub fn masks(&self, conversation: &Conversation) -> Vec<Vec<Span>> {
        let turns = conversation.turns.iter();
        self.spans(turns.map(|turn| (turn.text.as_str(), turn.role != Role::Scene)))
    }

    /// A single text, masked.
    pub fn text(&self, text: &str) -> String {
        let spans = self.spans(std::iter::once((text, true)));
        spans
            .first()
            .map_or_else(String::new, |spans| masked(text, spans))
    }

    fn spans<'a>(&self, texts: impl Iterator<Item = (&'a str, bool)>) -> Vec<Vec<Span>> {
        let mut lines: Vec<Line> = texts
            .map(|(text, spoken)| Line::new(text, spoken, &self.words.names))
            .collect();
        let numbers: Vec<Vec<Number>> = lines
            .iter()
            .map(|line| long_numbers(&line.chars, &self.words))
            .collect();
        // A number that is everybody's is so wherever it is said again.
        let public: BTreeSet<&[u8]> = numbers
            .iter()
            .flatten()
            .filter(|number| number.is_public)
            .map(|number| number.values.as_slice())
            .collect();
        for (line, numbers) in lines.iter_mut().zip(&numbers) {
            let private = numbers
                .iter()
                .filter(|number| !public.contains(number.values.as_slice()));
            for group in private.flat_map(|number| number.groups.clone()) {
                line.number[group].fill(true);
            }
        }
        mark_names(&mut lines, &self.words.names);
        lines.iter().map(spans_of).collect()
    }
}

/// Whether `char` stands for one that is masked.
pub fn is_mask(char: char) -> bool {
    MASKS.contains(&char)
}

/// What stands for a character of one, two, three and four bytes.
const MASKS: [char; 4] = ['*', '\u{d7}', '\u{ff0a}', '\u{1f7b6}'];

/// So much of a hash that two clients hardly ever meet in it.
const KEY_BYTES: usize = 6;

fn masked(text: &str, spans: &[Span]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut spans = spans.iter().peekable();
    for (at, char) in text.char_indices() {
        while spans.next_if(|span| span.end as usize <= at).is_some() {}
        let hidden = spans.peek().is_some_and(|span| span.start as usize <= at);
        shown.push(if hidden {
            MASKS[char.len_utf8() - 1]
        } else {
            char
        });
    }
    shown
}

fn spans_of(line: &Line) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut at = 0;
    for (index, char) in line.chars.iter().enumerate() {
        let end = at + char.len_utf8() as u32;
        if line.number[index] || line.name[index] {
            match spans.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => spans.push(Span::new(at, end)),
            }
        }
        at = end;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{By, Evidence, Occasion, Verdict};
    use crate::conversation::Turn;
    use crate::report::fixture;

    #[test]
    fn numbers_are_masked_however_they_are_written() {
        let cases = [
            ("450702199603150035", "******************"),
            ("45070219960315003X吗", "******************吗"),
            (
                "我的是四五零七零二一九八六零七幺二零零二叉",
                "我的是＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊",
            ),
            ("电话138 7777-5216。", "电话*** ****-****。"),
            ("１３８７７７７５２１６", "＊＊＊＊＊＊＊＊＊＊＊"),
            (
                "幺三八,嗯,零零七七……后面是一二零六",
                "＊＊＊,嗯,＊＊＊＊……后面是＊＊＊＊",
            ),
            (
                "四五二八零一（报完）七五一零",
                "＊＊＊＊＊＊（报完）＊＊＊＊",
            ),
            ("0777-2836600转8001", "****-*******转8001"),
            ("座机二八八六零幺二", "座机＊＊＊＊＊＊＊"),
            ("幺三八零妖七七五二一六", "＊＊＊＊＊＊＊＊＊＊＊"),
            ("一 三 八 零 七 七 七", "＊ ＊ ＊ ＊ ＊ ＊ ＊"),
            // Too short, or a count, a day, a list, everybody's.
            ("尾号七三幺六", "尾号七三幺六"),
            ("余额83201.17,贷款1200000元", "余额83201.17,贷款1200000元"),
            ("一共1,200,000", "一共1,200,000"),
            ("2024-03-15 09:30到20240401", "2024-03-15 09:30到20240401"),
            ("二零一九到二零二零,二零二一", "二零一九到二零二零,二零二一"),
            ("1、2、3、4、5、6、7号窗", "1、2、3、4、5、6、7号窗"),
            ("打12329,12345也行", "打12329,12345也行"),
            ("投诉电话是2836600,您记着", "投诉电话是2836600,您记着"),
            ("三万五千块,分三百六十期", "三万五千块,分三百六十期"),
        ];
        for (text, shown) in cases {
            assert_eq!(Redaction::builtin().text(text), shown);
        }
    }

    #[test]
    fn names_are_masked_where_something_says_that_they_are_names() {
        let cases = [
            ("李先生您好", "＊先生您好"),
            ("请问是谢国强先生吗", "请问是＊＊＊先生吗"),
            ("请问是刘海燕刘女士吗", "请问是＊＊＊＊女士吗"),
            ("欧阳女士,陆叔,潘总好", "＊＊女士,＊叔,＊总好"),
            ("我叫梁家乐,单位是糖厂", "我叫＊＊＊,单位是糖厂"),
            ("姓名:张伟 身份证", "姓名:＊＊ 身份证"),
            ("我叫农大力您查一下", "我叫＊＊＊您查一下"),
            ("免贵姓农,农田的农", "免贵姓＊,＊＊的＊"),
            ("我姓冼，冼丽君，打我座机", "我姓＊，＊＊＊，打我座机"),
            ("我是贷后科小覃,找老周", "我是贷后科小＊,找老＊"),
            ("喂,是陆建平吗?", "喂,是＊＊＊吗?"),
            ("稽核科的凌峰", "稽核科的＊＊"),
            (
                "梁志伟 一三八零七七零二五幺六",
                "＊＊＊ ＊＊＊＊＊＊＊＊＊＊＊",
            ),
            ("黄雅小姐,唔该叫阿玲", "＊＊小姐,唔该叫阿＊"),
            ("弓长张", "＊＊＊"),
            // Words that begin like a name, and those who have none here.
            ("谢谢先生,这边请", "谢谢先生,这边请"),
            ("我叫同事来,高兴,马上到", "我叫同事来,高兴,马上到"),
            ("留个姓名和电话,老百姓的事", "留个姓名和电话,老百姓的事"),
            (
                "小区、小时、老师、阿姨、小程序",
                "小区、小时、老师、阿姨、小程序",
            ),
            ("大姐,您先生的单位是方便面厂", "大姐,您先生的单位是方便面厂"),
            ("师傅师傅,给孙子吃", "师傅师傅,给孙子吃"),
            ("您好,请,谢谢,对不起,再见", "您好,请,谢谢,对不起,再见"),
            ("", ""),
        ];
        for (text, shown) in cases {
            assert_eq!(Redaction::builtin().text(text), shown);
        }
    }

    fn shown(turns: &[(Role, &str)]) -> Vec<String> {
        let mut conversation = Conversation {
            turns: turns
                .iter()
                .map(|(role, text)| Turn::new(*role, *text))
                .collect(),
            ..Conversation::default()
        };
        Redaction::builtin().apply(&mut conversation, &mut fixture::assessment());
        conversation
            .turns
            .into_iter()
            .map(|turn| turn.text)
            .collect()
    }

    #[test]
    fn a_name_that_is_known_is_masked_wherever_it_is_said() {
        let told = [
            (Role::Staff, "韦国强的材料齐了。您贵姓?"),
            (Role::Client, "韦国强。"),
            (Role::Scene, "柜员查韦国强的资料"),
            (Role::Staff, "韦国强,热线2836600,对吧"),
            (Role::Client, "2836600?李。"),
        ];
        let expected = [
            "＊＊＊的材料齐了。您贵姓?",
            "＊＊＊。",
            "柜员查＊＊＊的资料",
            "＊＊＊,热线2836600,对吧",
            "2836600?李。",
        ];
        assert_eq!(shown(&told), expected);
        let spelled = [
            (Role::Client, "我姓磨"),
            (Role::Staff, "石磨的磨,好的"),
            (Role::Client, "磨先生吗"),
        ];
        assert_eq!(shown(&spelled), ["我姓＊", "＊＊的＊,好的", "＊先生吗"]);
    }

    #[test]
    fn evidence_notes_and_keys_are_masked_with_the_talk() {
        let mut conversation = Conversation {
            turns: vec![Turn::new(Role::Staff, "您好,李先生,138 0077 1234")],
            client: Some("450702199603150035".to_owned()),
            tags: vec!["回电=13800771234".to_owned()],
            ..Conversation::default()
        };
        let piece = |start: u32, end: u32| Evidence {
            turn: 0,
            span: Span::new(start, end),
            text: Span::new(start, end)
                .of(&conversation.turns[0].text)
                .to_owned(),
            element: None,
            by: By::Text,
        };
        let worst = Occasion {
            trigger: 0,
            verdict: Verdict::Met,
            missing: Vec::new(),
            evidence: vec![piece(0, 6), piece(7, 16), piece(17, 30)],
            closeness: None,
        };
        let mut assessment = fixture::assessment();
        assessment.verdicts.truncate(1);
        assessment.verdicts[0].worst = worst;
        assessment.about = conversation.about();
        assessment.notes[0].detail = "坐席（王女士）".to_owned();
        let spans = |assessment: &Assessment| {
            let evidence = assessment.verdicts[0].worst.evidence.iter();
            evidence.map(|piece| piece.span).collect::<Vec<_>>()
        };
        let before = spans(&assessment);
        Redaction::builtin().apply(&mut conversation, &mut assessment);
        let texts = assessment.verdicts[0].worst.evidence.iter();
        let texts: Vec<&str> = texts.map(|piece| piece.text.as_str()).collect();
        assert_eq!(texts, ["您好", "＊先生", "*** **** ****"]);
        assert_eq!(spans(&assessment), before);
        assert_eq!(assessment.notes[0].detail, "坐席（＊女士）");
        assert_eq!(assessment.about, conversation.about());
        assert_eq!(conversation.tags, ["回电=***********"]);
        assert_eq!(conversation.client.as_deref(), Some("*923fa43f66ed"));
    }

    #[test]
    fn a_mask_has_as_many_bytes_as_what_it_hides() {
        for text in ["我叫梁𠮷,é138é0077é1234", "姓𠮷", "我叫王é", "𠮷138𠮷"] {
            let shown = Redaction::builtin().text(text);
            let sizes = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            assert_eq!(sizes(&shown), sizes(text), "{shown}");
        }
        assert_eq!(Redaction::builtin().text("我叫梁𠮷"), "我叫＊🞶");
    }

    #[test]
    fn much_of_everything_takes_no_time() {
        let word = |text: &str| text.repeat(20_000);
        for text in [
            word("叫"),
            word("我叫王明"),
            word("1 "),
            word("1("),
            word("姓王的王"),
            word("1……"),
        ] {
            assert_eq!(Redaction::builtin().text(&text).len(), text.len());
        }
    }
}
