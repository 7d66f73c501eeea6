//! JUnit's XML, as pipelines show it: a suite a conversation, a case a clause, a failure
//! for each finding.
//!
//! What a clause asked and what was said stands in the failure. A clause that the
//! transcript can't decide is skipped. Times are zero: nobody waited for a clause.

use super::views::Naming;
use super::visible::visible;
use super::wire::{Clause, Line};
use crate::assessment::Verdict;
use crate::moment::Moment;
use quick_xml::escape::escape;

/// What precedes the suites.
pub const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"liyan\">\n";
/// What follows them.
pub const TAIL: &str = "</testsuites>\n";

/// A conversation's suite.
pub fn suite(line: &Line<'_>, naming: &Naming<'_>) -> String {
    let count = |is: fn(Verdict) -> bool| {
        let verdicts = line.verdicts.iter();
        let known = verdicts.filter_map(|of| Verdict::from_name(&of.verdict));
        known.filter(|verdict| is(*verdict)).count()
    };
    let mut xml = format!(
        "<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"0\"",
        quoted(&line.id),
        line.verdicts.len(),
        count(Verdict::is_problem),
        count(|verdict| verdict == Verdict::Undecided),
    );
    let began = line.about.started_at.as_deref().and_then(Moment::read);
    if let Some(moment) = began {
        xml.push_str(&format!(" timestamp=\"{}\"", moment.date_time()));
    }
    xml.push_str(">\n<properties>\n");
    let score = line.score.map(|score| score.to_string());
    for (name, value) in [
        ("phrasebook", Some(&*line.phrasebook)),
        ("channel", line.channel.as_deref()),
        ("score", score.as_deref()),
        ("agent", line.about.agent.as_deref()),
        ("branch", line.about.branch.as_deref()),
        ("business", line.about.business.as_deref()),
    ] {
        if let Some(value) = value {
            let value = quoted(value);
            xml.push_str(&format!("<property name=\"{name}\" value=\"{value}\"/>\n"));
        }
    }
    xml.push_str("</properties>\n");
    for of in &line.verdicts {
        case(line, of, naming, &mut xml);
    }
    xml.push_str("</testsuite>\n");
    xml
}

fn case(line: &Line<'_>, of: &Clause<'_>, naming: &Naming<'_>, xml: &mut String) {
    let name = format!("{} {}", of.clause, naming.title(&of.clause));
    xml.push_str(&format!(
        "<testcase classname=\"{}\" name=\"{}\" time=\"0\"",
        quoted(&line.id),
        quoted(name.trim_end()),
    ));
    match Verdict::from_name(&of.verdict) {
        Some(verdict) if verdict.is_problem() => {
            let word = naming.word("verdict", verdict.name());
            let points = format!("{}", of.points);
            let message = format!("{word} {points}");
            let told = told(line, of, naming);
            xml.push_str(&format!(
                ">\n<failure type=\"{}\" message=\"{}\">{}</failure>\n</testcase>\n",
                verdict.name(),
                quoted(&message),
                told,
            ));
        }
        Some(Verdict::Undecided) => xml.push_str(">\n<skipped/>\n</testcase>\n"),
        _ => xml.push_str("/>\n"),
    }
}

/// What a person needs to see what was wrong, a line each.
fn told(line: &Line<'_>, of: &Clause<'_>, naming: &Naming<'_>) -> String {
    let turns = line.turns.as_deref().unwrap_or_default();
    let situation = turns.get(of.trigger).map(|turn| turn.text.to_string());
    let said: Vec<&str> = of.evidence.iter().map(|piece| &*piece.text).collect();
    let lines = [
        ("turn", of.trigger.to_string()),
        ("situation", situation.unwrap_or_default()),
        ("said", said.join(" / ")),
        ("missing", naming.missing(of)),
        ("say", naming.say(of)),
    ];
    let told = lines.into_iter().filter(|(_, text)| !text.is_empty());
    let told: Vec<String> = told
        .map(|(key, text)| {
            let values = [("turn", naming.heading(key).to_owned()), ("text", text)];
            quoted(&naming.labels.fill("report.at-turn", &values))
        })
        .collect();
    told.join("\n")
}

/// A text as it may stand between quotation marks. What XML can't hold has become
/// something that it can.
fn quoted(text: &str) -> String {
    escape(visible(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::labels::{Labels, Lang};
    use crate::report::fixture;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    #[test]
    fn a_suite_a_conversation_and_a_case_a_clause() {
        let (rules, labels) = (fixture::rules(), Labels::builtin(Lang::En));
        let naming = Naming::new(&rules, &labels);
        let (mut assessment, conversation) = (fixture::assessment(), fixture::conversation());
        assessment.about.started_at = Some("2026-03-02 9:15".to_owned());
        assessment.verdicts.remove(3);
        let line = Line::from(&assessment).with_turns(&conversation);
        let expected = r#"<testsuite name="a01" tests="4" failures="2" errors="0" skipped="1" time="0" timestamp="2026-03-02T09:15:00">
<properties>
<property name="phrasebook" value="qinzhou-2014@1.0.0"/>
<property name="channel" value="counter"/>
<property name="score" value="82.5"/>
<property name="agent" value="07"/>
</properties>
<testcase classname="a01" name="9.3 Receiving a client at the counter" time="0"/>
<testcase classname="a01" name="9.5 Documents incomplete" time="0">
<failure type="partial" message="partial -2.5">turn: 2
situation: 那我这些材料够不够？
said: 对不起 / 还少一份购房合同
not said: refers to the rule; regret for the wasted trip, the lost time or the trouble that it makes
the standard says: 对不起，根据规定您还应提供xx资料，这次让您白跑一趟，真是抱歉。</failure>
</testcase>
<testcase classname="a01" name="11.1 Greeting first" time="0">
<skipped/>
</testcase>
<testcase classname="a01" name="31.1 Slighting the client" time="0">
<failure type="breached" message="breached -10">turn: 5
situation: 等着，␛[31m没看见我忙着吗？
said: 等着</failure>
</testcase>
</testsuite>
"#;
        assert_eq!(suite(&line, &naming), expected);
    }

    #[test]
    fn whatever_is_said_the_xml_is_whole() {
        let (rules, labels) = (fixture::rules(), Labels::builtin(Lang::Zh));
        let naming = Naming::new(&rules, &labels);
        let nasty = "<b a=\"1\">&amp;]]>\u{0}\u{b}\u{fffe}\u{ffff}\u{202e}'\r\n</failure>";
        let mut assessment = fixture::assessment();
        nasty.clone_into(&mut assessment.id);
        assessment.about.agent = Some(nasty.to_owned());
        for of in &mut assessment.verdicts {
            for piece in &mut of.worst.evidence {
                nasty.clone_into(&mut piece.text);
            }
        }
        let xml = format!("{HEAD}{}{TAIL}", suite(&Line::from(&assessment), &naming));
        let allowed = |char: char| matches!(char, '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
        assert!(xml.chars().all(allowed), "{xml}");
        let mut reader = Reader::from_str(&xml);
        let mut suites = Vec::new();
        loop {
            match reader.read_event().expect("it is XML") {
                Event::Start(start) if start.name().as_ref() == "testsuite" => {
                    for attribute in start.attributes() {
                        suites.push(attribute.expect("an attribute").value.len());
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(suites.len(), 6);
    }
}
