//! The report that a trainer reads: one conversation at a time, findings first.
//!
//! ```text
//! a01  柜台  82.5 分  不合格
//! 不完整 1 · 做到 2
//!
//! 不完整  9.5  材料不全  第9条  一般  -2.5 分
//!   客户 2 │ 那我的材料够不够？
//!   客服 3 │ 对不起，还少一份购房合同。
//!          │ ^^^^^^  ^^^^^^^^^^^^^^^^
//!   √ 致歉
//!   √ 说明还缺什么
//!   × 因客户白跑一趟致歉
//!   应说  “……这次让您白跑一趟，真是抱歉。”
//!
//! 做到      9.3 接待办事客户 · 11.1 主动问好
//! 文明用语  您好 1 · 请 2 · 谢谢 0 · 对不起 1 · 再见 1
//! ```
//!
//! Nothing here writes or knows a terminal: a report is a text of lines no wider
//! than asked for, with escape sequences in it only if colours are asked for.

use super::excerpt::Excerpt;
use super::finding::findings;
use super::heads::Columns;
use super::look::Look;
use super::visible::visible;
use super::wrap::{cut, flow_painted};
use crate::assessment::{Assessment, Verdict};
use crate::conversation::{Channel, Conversation};
use crate::phrasebook::labels::Labels;
use crate::phrasebook::rules::Rules;

/// Stands between items of one line.
pub(crate) const DOT: &str = " · ";
/// However narrow the terminal is, no report is set narrower.
const NARROWEST: usize = 40;

/// How reports are set.
#[derive(Clone, Copy)]
pub struct Terminal<'a> {
    /// Where clauses have their names.
    pub rules: &'a Rules,
    /// The words.
    pub labels: &'a Labels,
    /// How many columns a line may take.
    pub width: usize,
    /// Whether there are colours; without them evidence is marked by a line of `^`.
    pub colours: bool,
}

impl Terminal<'_> {
    /// The report on one conversation: lines, the last one ended too.
    ///
    /// `conversation` is the one that was judged; turns that it doesn't have aren't
    /// shown.
    pub fn conversation(&self, assessment: &Assessment, conversation: &Conversation) -> String {
        let mut page = String::new();
        self.head(assessment, conversation, &mut page);
        let findings = findings(assessment, self.rules);
        let columns = Columns::of(&findings, self);
        let excerpt = Excerpt::new(conversation, self.labels, self.look(), self.width());
        for finding in findings {
            page.push('\n');
            self.finding(finding, &columns, &excerpt, conversation, &mut page);
        }
        self.rest(assessment, &mut page);
        page
    }

    pub(crate) fn look(&self) -> Look {
        Look {
            colours: self.colours,
        }
    }

    pub(crate) fn width(&self) -> usize {
        self.width.max(NARROWEST)
    }

    /// How a conversation came out, and the verdict whose colour says so.
    pub(super) fn result(&self, score: Option<f64>, vetoed: bool) -> (&str, Verdict) {
        match score {
            _ if vetoed => (self.labels.get("report.vetoed"), Verdict::Breached),
            None => (self.labels.get("report.no-score"), Verdict::Undecided),
            Some(score) if score >= self.rules.scoring.pass => {
                (self.labels.get("report.pass"), Verdict::Met)
            }
            Some(_) => (self.labels.get("report.fail"), Verdict::Missed),
        }
    }

    pub(super) fn channel(&self, channel: Option<Channel>) -> &str {
        let key = format!("channel.{}", channel.map_or("none", Channel::name));
        self.labels.find(&key).unwrap_or_default()
    }

    pub(crate) fn verdict(&self, verdict: Verdict) -> &str {
        let key = format!("verdict.{}", verdict.name());
        self.labels.find(&key).unwrap_or_default()
    }

    fn head(&self, assessment: &Assessment, conversation: &Conversation, page: &mut String) {
        let look = self.look();
        let (result, colour) = match assessment.is_before_in_force() {
            true => (self.labels.get("report.not-judged"), Verdict::Undecided),
            false => self.result(assessment.score, assessment.vetoed),
        };
        let mut items = vec![
            cut(&assessment.id, self.width()),
            self.channel(assessment.channel).to_owned(),
        ];
        let others = [&conversation.branch, &conversation.agent];
        items.extend(others.into_iter().flatten().map(|who| visible(who)));
        if let Some(score) = assessment.score {
            let score = format!("{score:.1}");
            items.push(self.labels.fill("report.score", &[("score", &score)]));
        }
        items.push(result.to_owned());
        let last = items.len() - 1;
        let lines = flow_painted(
            &items,
            "  ",
            self.width(),
            self.labels,
            |place, text| match place {
                0 => look.strong(text),
                _ if place == last => look.verdict(colour, text),
                _ => text.to_owned(),
            },
        );
        self.lines(&lines, page);
        self.counts(assessment, page);
    }

    fn counts(&self, assessment: &Assessment, page: &mut String) {
        let mut items = Vec::new();
        let mut colours = Vec::new();
        let has_finding = assessment
            .verdicts
            .iter()
            .any(|of| of.worst.verdict.is_problem());
        if assessment.is_before_in_force() {
            items.push(self.labels.get("report.before-in-force").to_owned());
        } else if assessment.verdicts.is_empty() {
            items.push(self.labels.get("report.nothing-arose").to_owned());
        } else if !has_finding {
            items.push(self.labels.get("report.nothing-found").to_owned());
            colours.push(Verdict::Met);
        }
        for verdict in [
            Verdict::Breached,
            Verdict::Missed,
            Verdict::Partial,
            Verdict::Met,
            Verdict::Undecided,
        ] {
            let same = assessment
                .verdicts
                .iter()
                .filter(|of| of.worst.verdict == verdict);
            let count = same.count().to_string();
            if count != "0" {
                let values = [("verdict", self.verdict(verdict)), ("count", &count)];
                items.push(self.labels.fill("report.count", &values));
                colours.push(verdict);
            }
        }
        let look = self.look();
        let lines = flow_painted(
            &items,
            DOT,
            self.width(),
            self.labels,
            |place, text| match colours.get(place) {
                Some(verdict) => look.verdict(*verdict, text),
                None => text.to_owned(),
            },
        );
        self.lines(&lines, page);
    }

    pub(crate) fn lines(&self, lines: &[String], page: &mut String) {
        for line in lines {
            page.push_str(line);
            page.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::labels::Lang;
    use crate::report::fixture;
    use crate::report::visible::{columns, is_hidden};

    fn report(lang: Lang, width: usize, colours: bool) -> String {
        let (rules, labels) = (fixture::rules(), Labels::builtin(lang));
        let terminal = Terminal {
            rules: &rules,
            labels: &labels,
            width,
            colours,
        };
        terminal.conversation(&fixture::assessment(), &fixture::conversation())
    }

    #[test]
    fn a_report_in_chinese() {
        let expected = "\
a01  柜台  82.5 分  不合格
违反 1 · 未做到 1 · 不完整 1 · 做到 1 · 无法判断 1

违反    31.1  怠慢      第31条  严重   -10 分
  客服 5 │ 等着，␛[31m没看见我忙着吗？
         │ ^^^^

未做到  14.2  礼貌道别  第14条  轻微    -5 分
  客户 6 │ ok, bye.
  客服 7 │ 嗯。
  × 道别
  应说  “再见。”

不完整  9.5   材料不全  第9条   一般  -2.5 分
  客户 2 │ 那我这些材料够不够？
  客服 3 │ 对不起，还少一份购房合同，您回去拿一下，复印件不行，要原件，另外银行…
         │ ^^^^^^  ^^^^^^^^^^^^^^^^
  √ 致歉
  × 说明依据的规定
  √ 说明还缺什么材料（按读音认出）
  × 为客户白跑一趟、耽误时间或添了麻烦表示歉意
  应说  “对不起，根据规定您还应提供xx资料，这次让您白跑一趟，真是抱歉。”
  另见  第 9 轮做到

做到      9.3 接待办事客户
无法判断  11.1 主动问好
          转写从半截开始，看不到开场
用语随意  9.3 接待办事客户
文明用语  您好 1 · 请 0
说明      转写从半截开始，看不到开场
          第 4、6 轮  说的是英语，话术本没有收，没有评
";
        assert_eq!(report(Lang::Zh, 80, false), expected);
    }

    #[test]
    fn a_report_in_english() {
        let expected = "\
a01  counter  score 82.5  fail
1 breached · 1 missed · 1 partial · 1 met · 1 undecided

breached  31.1  Slighting the client  art. 31  major    -10
  staff  5 │ 等着，␛[31m没看见我忙着吗？
           │ ^^^^

missed    14.2  Polite parting        art. 14  minor     -5
  client 6 │ ok, bye.
  staff  7 │ 嗯。
  × a polite parting word
  say  “再见。”

partial   9.5   Documents incomplete  art. 9   normal  -2.5
  client 2 │ 那我这些材料够不够？
  staff  3 │ 对不起，还少一份购房合同，您回去拿一下，复印件不行，要原件，另外银…
           │ ^^^^^^  ^^^^^^^^^^^^^^^^
  √ apology
  × refers to the rule
  √ says which document is still needed (known by its sound)
  × regret for the wasted trip, the lost time or the trouble that it makes
  say  “对不起，根据规定您还应提供xx资料，这次让您白跑一趟，真是抱歉。”
  also  turn 9 met

met         9.3 Receiving a client at the counter
undecided   11.1 Greeting first
            the transcript begins in mid-talk, the opening isn't there
too casual  9.3 Receiving a client at the counter
courtesy    您好 1 · 请 0
notes       begins in mid-talk, the opening isn't there
            turns 4, 6  in English, for which the phrasebook has no wordings:
            not judged
";
        assert_eq!(report(Lang::En, 80, false), expected);
    }

    #[test]
    fn colours_take_the_place_of_marks() {
        let coloured = report(Lang::Zh, 80, true);
        assert!(
            coloured.contains("\u{1b}[4m\u{1b}[32m对不起\u{1b}[0m，"),
            "{coloured}"
        );
        let mut bare = String::new();
        let mut pieces = coloured.split('\u{1b}');
        bare.extend(pieces.next());
        bare.extend(pieces.filter_map(|piece| Some(piece.split_once('m')?.1)));
        let plain = report(Lang::Zh, 80, false);
        let unmarked = plain.lines().filter(|line| !line.trim_end().ends_with('^'));
        assert!(
            bare.lines()
                .map(str::trim_end)
                .eq(unmarked.map(str::trim_end)),
            "{bare}"
        );
    }

    #[test]
    fn every_line_keeps_the_width_and_hides_nothing() {
        for lang in Lang::ALL {
            for width in 40..125 {
                for line in report(lang, width, false).lines() {
                    assert!(columns(line) <= width, "{width}: {line}");
                    assert!(!line.chars().any(is_hidden), "{width}: {line:?}");
                }
            }
        }
    }

    #[test]
    fn heads_of_other_outcomes() {
        let (rules, labels) = (fixture::rules(), Labels::builtin(Lang::Zh));
        let terminal = Terminal {
            rules: &rules,
            labels: &labels,
            width: 80,
            colours: false,
        };
        let judged = |score, vetoed, verdicts| Assessment {
            id: "\u{1b}]0;x\u{7}".to_owned(),
            channel: None,
            score,
            vetoed,
            verdicts: fixture::assessment().verdicts.drain(verdicts).collect(),
            courtesy_words: Vec::new(),
            notes: Vec::new(),
            ..fixture::assessment()
        };
        let head = "␛]0;x␇  渠道不明";
        let cases = [
            (judged(None, false, 0..0), "  无法评分\n没有涉及任何条款\n"),
            (
                judged(Some(0.0), true, 0..0),
                "  0.0 分  一票否决\n没有涉及任何条款\n",
            ),
            (
                judged(Some(85.0), false, 0..1),
                "  85.0 分  合格\n没有发现问题 · 做到 1\n\n\
                 做到      9.3 接待办事客户\n用语随意  9.3 接待办事客户\n",
            ),
        ];
        for (assessment, expected) in cases {
            let report = terminal.conversation(&assessment, &Conversation::default());
            assert_eq!(report, format!("{head}{expected}"));
        }
    }

    #[test]
    fn an_assessment_of_another_conversation_does_no_harm() {
        let (rules, labels) = (fixture::rules(), Labels::builtin(Lang::En));
        let terminal = Terminal {
            rules: &rules,
            labels: &labels,
            width: 0,
            colours: false,
        };
        let mut assessment = fixture::assessment();
        for verdict in &mut assessment.verdicts {
            verdict.clause = "99.9".to_owned();
            verdict.worst.trigger = usize::MAX;
        }
        let report = terminal.conversation(&assessment, &Conversation::default());
        assert!(report.contains("99.9"), "{report}");
    }
}
