//! The page: many conversations in one file for a browser, offline and printed.
//!
//! ```text
//! head     style, script, and a policy that lets nothing else in
//! blocks   one a conversation, as it comes: its turns, its verdicts
//! report   a row a conversation, what the standard asks, the words of both languages
//! ```
//!
//! The script at the head reads the report once the file is there, and a block only
//! when somebody opens that conversation: so memory here doesn't hold the talk, and a
//! browser stays quick with ten thousand of them.
//!
//! Nothing of a transcript ever becomes markup. It leaves here as JSON without `<`,
//! `>` or `&` (`json::write_for_page`), after
//! [`visible`](super::visible) has taken the sting out of it, and the script makes
//! text nodes of it. The policy in the head forbids everything else a second time.

mod across;
mod block;
mod row;
mod shown;
mod standard;
mod template;
mod words;

use super::json;
use super::wire::Line;
use crate::phrasebook::labels::Lang;
use crate::phrasebook::rules::Rules;
use crate::scoring::across::Across;
use across::Told;
use block::Block;
use row::Row;
use serde::Serialize;
use standard::Standard;
use std::io::{self, Write};
use words::Words;

const BLOCK: &[u8] = b"<script type=\"application/json\" class=\"block\">";
const REPORT: &[u8] = b"<script type=\"application/json\" id=\"report\">";
const CLOSE: &[u8] = b"</script>\n";
const END: &[u8] = b"</body>\n</html>\n";

/// What one conversation adds to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its row, as JSON.
    row: Vec<u8>,
    /// Its talk and verdicts, as JSON.
    block: Vec<u8>,
}

/// A page that is being written. Its beginning is written at once, each conversation
/// when it is added; of what was added only a row is kept, a few hundred bytes.
pub struct Page<'a> {
    rules: &'a Rules,
    lang: Lang,
    rows: Vec<u8>,
}

impl<'a> Page<'a> {
    /// Begins a page about conversations that were judged by `rules`. It opens in
    /// `lang`, and can be switched to the other.
    ///
    /// # Errors
    /// If `out` can't be written to.
    pub fn begin(rules: &'a Rules, lang: Lang, out: &mut impl Write) -> io::Result<Self> {
        out.write_all(template::head(rules, lang)?.as_bytes())?;
        Ok(Self {
            rules,
            lang,
            rows: Vec::new(),
        })
    }

    /// Adds a conversation.
    ///
    /// # Errors
    /// If `out` can't be written to.
    pub fn add(&mut self, entry: &Entry, out: &mut impl Write) -> io::Result<()> {
        for part in [BLOCK, &entry.block, CLOSE] {
            out.write_all(part)?;
        }
        if !self.rows.is_empty() {
            self.rows.extend_from_slice(b",\n");
        }
        self.rows.extend_from_slice(&entry.row);
        Ok(())
    }

    /// Ends the page. `across` is what shows only across the conversations that were
    /// added, if somebody has looked at them together.
    ///
    /// # Errors
    /// If `out` can't be written to.
    pub fn end(self, across: Option<&Across>, out: &mut impl Write) -> io::Result<()> {
        let about = About {
            across: across.map(|across| Told::new(self.rules, across)),
            lang: self.lang.name(),
            standard: Standard::new(self.rules),
            words: Words::new(),
        };
        let mut report = Vec::new();
        json::write_for_page(&about, &mut report);
        // The rows are JSON already, and take the place of the closing brace.
        report.pop();
        for part in [
            REPORT,
            &report,
            b",\"rows\":[\n",
            &self.rows,
            b"]}",
            CLOSE,
            END,
        ] {
            out.write_all(part)?;
        }
        Ok(())
    }
}

impl Entry {
    /// What an assessment adds. Without its turns the evidence is quoted, and there is
    /// no talk to read.
    pub fn new(rules: &Rules, line: &Line<'_>) -> Self {
        let (mut row, mut block) = (Vec::new(), Vec::new());
        json::write_for_page(&Row::new(rules, line), &mut row);
        json::write_for_page(&Block::new(rules, line), &mut block);
        Self { row, block }
    }
}

/// What the page knows besides the conversations.
#[derive(Serialize)]
struct About<'a> {
    across: Option<Told>,
    lang: &'static str,
    standard: Standard<'a>,
    words: Words,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{By, ClauseVerdict, Evidence, Occasion, Verdict};
    use crate::conversation::{Conversation, Role, Turn};
    use crate::phrasebook::labels::Labels;
    use crate::report::fixture;
    use crate::span::Span;
    use std::collections::BTreeSet;

    fn entry(line: &Line<'_>) -> (String, String) {
        let entry = Entry::new(&fixture::rules(), line);
        let text = |bytes| String::from_utf8(bytes).expect("JSON is UTF-8");
        (text(entry.row), text(entry.block))
    }

    #[test]
    fn the_row_of_a_conversation() {
        let (assessment, conversation) = (fixture::assessment(), fixture::conversation());
        let (row, _) = entry(&Line::from(&assessment).with_turns(&conversation));
        let expected = r#"{"id":"a01","channel":"counter","score":82.5,"vetoed":false,"agent":"07","branch":null,"business":null,"started":null,"day":null,"week":null,"tags":["vip"],"turns":8,"verdicts":[[0,0,0.0,[]],[1,1,-2.5,[1,3]],[2,4,0.0,[]],[3,2,-5.0,[0]],[4,3,-10.0,[]]],"courtesy":[],"notes":["cut-opening","other-language","other-language"]}"#;
        assert_eq!(row, expected);
    }

    #[test]
    fn the_block_of_a_conversation() {
        let (mut assessment, mut conversation) = (fixture::assessment(), fixture::conversation());
        assessment.verdicts.drain(3..);
        assessment.verdicts[0].from = Some("lingshan@1.0.0".to_owned());
        assessment.notes.truncate(2);
        conversation.turns.truncate(6);
        conversation.turns[0].start = Some(1.5);
        conversation.turns[0].speaker = Some("S\u{202e}1".to_owned());
        let (_, block) = entry(&Line::from(&assessment).with_turns(&conversation));
        let expected = concat!(
            r#"{"turns":[{"role":"staff","text":"您好，办什么？","start":1.5,"speaker":"S�1","marks":[[0,2,0,0,0]]},"#,
            r#"{"role":"client","text":"我来办公积金提取。"},"#,
            r#"{"role":"client","text":"那我这些材料够不够？"},"#,
            r#"{"role":"staff","text":"对不起，还少一份购房合同，您回去拿一下，复印件不行，要原件，另外银行流水也要盖章，缺一样都办不了。","marks":[[0,3,1,0,0],[4,12,1,0,1]]},"#,
            r#"{"role":"other","text":"Excuse me, where is window three?"},"#,
            r#"{"role":"staff","text":"等着，␛[31m没看见我忙着吗？"}],"#,
            r#""verdicts":[{"clause":"9.3","points":0.0,"from":"lingshan@1.0.0","occasions":[{"verdict":"met","trigger":0,"missing":[],"wording":"informal","evidence":[{"turn":0,"element":"greet","by":"text"}]}]},"#,
            r#"{"clause":"9.5","points":-2.5,"say":["对不起，根据规定您还应提供xx资料，这次让您白跑一趟，真是抱歉。"],"occasions":[{"verdict":"partial","trigger":2,"missing":["basis","regret"],"wording":"equivalent","evidence":[{"turn":3,"element":"apology","by":"text"},{"turn":3,"element":"missing","by":"sound"}]},{"verdict":"met","trigger":9,"missing":[],"wording":null,"evidence":[]}]},"#,
            r#"{"clause":"11.1","points":0.0,"why":"undecided.cut-opening","occasions":[{"verdict":"undecided","trigger":0,"missing":[],"wording":null,"evidence":[]}]}],"#,
            r#""notes":[{"turn":null,"kind":"cut-opening","detail":""},{"turn":4,"kind":"other-language","detail":"eng"}]}"#,
        );
        assert_eq!(block, expected);
    }

    #[test]
    fn nothing_of_a_transcript_is_markup() {
        let hostile = "</script><img src=x onerror=alert(1)>\u{202e}&amp;";
        let shown = r"\u003c/script\u003e\u003cimg src=x onerror=alert(1)\u003e�\u0026amp;";
        let conversation = Conversation {
            turns: vec![Turn::new(Role::Staff, hostile)],
            ..Conversation::default()
        };
        let mut assessment = fixture::assessment();
        assessment.id = hostile.to_owned();
        assessment.about.agent = Some(hostile.to_owned());
        assessment.about.tags = vec![hostile.to_owned()];
        assessment.notes[0].detail = hostile.to_owned();
        assessment.verdicts = vec![ClauseVerdict {
            clause: hostile.to_owned(),
            points: -1.0,
            from: None,
            worst: Occasion {
                trigger: 0,
                verdict: Verdict::Partial,
                missing: vec![hostile.to_owned()],
                evidence: vec![
                    Evidence {
                        turn: 0,
                        span: Span::new(0, 9),
                        text: hostile[..9].to_owned(),
                        element: Some(hostile.to_owned()),
                        by: By::Text,
                    },
                    // Of a turn that isn't there: its words are quoted.
                    Evidence {
                        turn: 7,
                        span: Span::new(0, 9),
                        text: hostile.to_owned(),
                        element: None,
                        by: By::Text,
                    },
                ],
                closeness: None,
            },
            others: Vec::new(),
        }];
        let (row, block) = entry(&Line::from(&assessment).with_turns(&conversation));
        for (json, times) in [(row, 4), (block, 6)] {
            assert_eq!(json.matches(shown).count(), times, "{json}");
            assert!(!json.contains(['<', '>', '&', '\u{202e}']), "{json}");
        }
    }

    #[test]
    fn without_its_turns_the_evidence_is_quoted() {
        let mut assessment = fixture::assessment();
        assessment.verdicts.drain(..4);
        assessment.notes.clear();
        let (_, block) = entry(&Line::from(&assessment));
        let expected = r#"{"turns":[],"verdicts":[{"clause":"31.1","points":-10.0,"occasions":[{"verdict":"breached","trigger":5,"missing":[],"wording":null,"evidence":[{"turn":5,"text":"等着","by":"text"}]}]}],"notes":[]}"#;
        assert_eq!(block, expected);
    }

    #[test]
    fn a_page_is_one_whole() {
        let rules = fixture::rules();
        let assessment = fixture::assessment();
        let entry = Entry::new(&rules, &Line::from(&assessment));
        for count in 0..3 {
            let mut out = Vec::new();
            let mut page = Page::begin(&rules, Lang::En, &mut out).expect("memory takes it");
            for _ in 0..count {
                page.add(&entry, &mut out).expect("memory takes it");
            }
            page.end(None, &mut out).expect("memory takes it");
            let html = String::from_utf8(out).expect("the page is UTF-8");
            assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"));
            assert!(html.ends_with("</script>\n</body>\n</html>\n"));
            assert_eq!(html.matches("class=\"block\"").count(), count);
            let (_, report) = html.split_once("id=\"report\">").expect("it has a report");
            let (report, _) = report.split_once("</script>").expect("which ends");
            let report: serde_json::Value = serde_json::from_str(report).expect("in JSON");
            assert_eq!(report["rows"].as_array().map(Vec::len), Some(count));
            assert_eq!(report["lang"], "en");
            assert_eq!(report["words"]["zh"]["verdict.met"], "做到");
            assert_eq!(report["standard"]["clauses"][1]["title"]["zh"], "材料不全");
        }
    }

    #[test]
    fn every_word_that_the_script_asks_for_is_there() {
        let labels = Labels::builtin(Lang::Zh);
        let mut asked = BTreeSet::new();
        for script in template::SCRIPTS {
            let mut rest = script;
            while let Some(at) = rest.find("page.") {
                rest = &rest[at..];
                let end = rest[5..].find(|c: char| !c.is_ascii_lowercase() && c != '-');
                let (key, behind) = rest.split_at(end.map_or(rest.len(), |end| end + 5));
                // A key that is put together from parts has a `$` in it.
                if behind.starts_with(['"', '\'', '`']) {
                    asked.insert(key);
                }
                rest = behind;
            }
        }
        let without: Vec<&&str> = asked
            .iter()
            .filter(|key| labels.find(key).is_none())
            .collect();
        assert_eq!(without, Vec::<&&str>::new());
        assert!(asked.len() > 50, "the keys were found: {asked:?}");
    }
}
