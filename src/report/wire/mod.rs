//! The contract for other programs: one assessment, one line of JSON.
//!
//! `--format jsonl` writes a [`Line`] for each conversation that could be read, in
//! the order of the input whatever the number of threads, each ended by a newline.
//! Input that couldn't be read leaves no line; it is reported on standard error.
//! The types here are that contract and nothing else. The inner types of
//! [`crate::assessment`] are never serialised and may change freely.
//!
//! ```json
//! {"v":1,"id":"a01","phrasebook":"qinzhou-2014@1.0.0","channel":"counter",
//!  "language":"cmn","score":86.5,"vetoed":false,
//!  "verdicts":[{"clause":"9.5","verdict":"partial","trigger":6,
//!    "missing":["regret"],"wording":"equivalent","points":-2.5,
//!    "evidence":[{"turn":7,"start":0,"end":9,"text":"对不起",
//!                 "element":"apology","by":"text"}]}],
//!  "courtesy_words":{"您好":1,"请":3,"谢谢":0,"对不起":1,"再见":1},
//!  "notes":[{"turn":3,"kind":"other-language","detail":"eng"}],
//!  "about":{"started_at":"2026-03-02 09:15","agent":"07","branch":"城南",
//!    "business":"提取","client":null,"complaint":null,"tags":["熟人"]}}
//! ```
//!
//! (On one line; broken here to be read.) `schema/assessment.schema.json` says the
//! same as a JSON Schema.
//!
//! # What may be relied on
//! - Fields stand in the order shown, and all are there, except `occasions`, which
//!   is left out when empty, `from` of a verdict, which only clauses of a supplement
//!   have, `turns`, which is there where `--with-turns` asked for the talk itself, and
//!   `visit`, which only parts of longer recordings have. What isn't known is `null`, never missing.
//! - The same conversation and phrasebook give the same bytes.
//! - Turns are numbered from 0. `start` and `end` count **bytes** of UTF-8 in the
//!   turn's text as received, `end` being one past the last, and lie between
//!   characters.
//! - Characters that a terminal acts on or doesn't show are written as `\u` escapes.
//! - Within version 1 fields may be added at the end of an object, and words to
//!   `kind`; a reader passes over what it doesn't know. Anything else raises `v`.

mod about;
mod counts;

pub use about::{Said, Visit, Whereabouts};
pub use counts::Counts;

use super::json;
use crate::assessment::{Assessment, ClauseVerdict, Evidence, Occasion};
use crate::conversation::{Channel, Conversation, Note, NoteKind};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// The version of the contract that is written and read here.
pub const VERSION: u32 = 1;

/// One assessment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line<'a> {
    /// The contract's version, 1.
    pub v: u32,
    /// The conversation's id; from its input, or made from file name and line.
    pub id: Cow<'a, str>,
    /// Name and version of the phrasebook that judged, `qinzhou-2014@1.0.0`.
    pub phrasebook: Cow<'a, str>,
    /// `counter`, `phone_in` or `phone_out`; `null` where it isn't known. It is the
    /// channel that was judged by: one that was told from the talk is there too,
    /// with a note of kind `channel-inferred`.
    pub channel: Option<Cow<'a, str>>,
    /// ISO 639-3 code of the talk's language, or `unsure`.
    pub language: Cow<'a, str>,
    /// Points out of what the phrasebook's scoring allows, 0 to 100 in the first
    /// one, rounded to one decimal; `null` where nothing could be judged.
    pub score: Option<f64>,
    /// Whether a critical breach overrode the points.
    pub vetoed: bool,
    /// One entry for each clause that arose, in the standard's order.
    pub verdicts: Vec<Clause<'a>>,
    /// How often staff said each of the courtesy words; all of the phrasebook's
    /// words, in its order.
    pub courtesy_words: Counts<'a>,
    /// What a reader should know about the input, in the order of its discovery.
    pub notes: Vec<Remark<'a>>,
    /// Where the conversation belongs among others. Lines written before there was
    /// such a field are read as if nothing was known.
    #[serde(default)]
    pub about: Whereabouts<'a>,
    /// The talk, if it was asked for: what a page about it can be made of later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turns: Option<Vec<Said<'a>>>,
    /// The longer recording that it was cut out of, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit<'a>>,
}

/// How one clause came out: its worst occasion, and the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clause<'a> {
    /// The clause's id, `9.5`.
    pub clause: Cow<'a, str>,
    /// `met`, `partial`, `missed`, `breached` or `undecided`.
    pub verdict: Cow<'a, str>,
    /// The turn that raised it; 0 where the clause always applies.
    pub trigger: usize,
    /// Keys of the elements that weren't said, in the clause's order; empty unless
    /// the verdict is `partial` or `missed`.
    pub missing: Vec<Cow<'a, str>>,
    /// `verbatim`, `equivalent` or `informal`: how closely the words follow the
    /// standard's; `null` without evidence. The verdict doesn't depend on it.
    pub wording: Option<Cow<'a, str>>,
    /// What it adds to the score, rounded to two decimals; negative where it costs.
    pub points: f64,
    /// The words that prove it, in the order of the talk.
    pub evidence: Vec<Proof<'a>>,
    /// The clause's other occasions, in the order of the talk; left out when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub occasions: Vec<Other<'a>>,
    /// The supplement that added or changed the clause, `lingshan@1.0.0`; left out for
    /// a clause of the standard itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Cow<'a, str>>,
}

/// Another occasion of a clause. It earns no points: the worst one stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Other<'a> {
    /// As [`Clause::verdict`].
    pub verdict: Cow<'a, str>,
    /// As [`Clause::trigger`].
    pub trigger: usize,
    /// As [`Clause::missing`].
    pub missing: Vec<Cow<'a, str>>,
    /// As [`Clause::wording`].
    pub wording: Option<Cow<'a, str>>,
    /// As [`Clause::evidence`].
    pub evidence: Vec<Proof<'a>>,
}

/// Words that prove a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proof<'a> {
    /// The turn, numbered from 0.
    pub turn: usize,
    /// First byte in the turn's text as received.
    pub start: u32,
    /// One past the last byte in the turn's text as received.
    pub end: u32,
    /// The words themselves. Names and private numbers are masked by as many bytes, as
    /// everywhere, unless they were asked for ([`super::redact`]).
    pub text: Cow<'a, str>,
    /// Key of the element that they carry; `null` for a breach.
    pub element: Option<Cow<'a, str>>,
    /// `text`, `sound` or `time`: by what they were found.
    pub by: Cow<'a, str>,
}

/// Something that a reader should know about the input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remark<'a> {
    /// The turn it is about; `null` for the conversation as a whole.
    pub turn: Option<usize>,
    /// What it says, a word such as `other-language`.
    pub kind: Cow<'a, str>,
    /// Particulars, such as a language code; may be empty.
    pub detail: Cow<'a, str>,
}

/// Appends the line for `assessment` to `out`, its newline included.
pub fn write_line(assessment: &Assessment, out: &mut Vec<u8>) {
    Line::from(assessment).write(out);
}

impl<'a> Line<'a> {
    /// The line with the talk that was judged.
    #[must_use]
    pub fn with_turns(mut self, conversation: &'a Conversation) -> Self {
        self.turns = Some(conversation.turns.iter().map(Said::from).collect());
        self
    }

    /// Whether it wasn't judged since it was held before the standard was in force.
    pub fn is_before_in_force(&self) -> bool {
        let kind = NoteKind::BeforeInForce.name();
        self.notes.iter().any(|note| note.kind == kind)
    }

    /// Appends it to `out`, its newline included.
    pub fn write(&self, out: &mut Vec<u8>) {
        json::write(self, out);
        out.push(b'\n');
    }
}

/// Reads a line back.
///
/// # Errors
/// If it isn't such a line, or one of another version.
pub fn read_line(line: &str) -> Result<Line<'static>, WireProblem> {
    #[derive(Deserialize)]
    struct Version {
        v: Option<u32>,
    }
    let not_json = |error: serde_json::Error| WireProblem::NotJson {
        column: error.column(),
        detail: error.to_string(),
    };
    // The version first: a line of another one may have any shape.
    match serde_json::from_str(line).map_err(not_json)? {
        Version { v: Some(VERSION) } => serde_json::from_str(line).map_err(not_json),
        Version { v: Some(found) } => Err(WireProblem::OtherVersion { found }),
        Version { v: None } => Err(WireProblem::NoAssessment),
    }
}

/// Why a line could not be read back. The sentences about it are in the labels,
/// under `input.` and its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WireProblem {
    /// It is in another encoding, or damaged.
    NotUtf8 {
        /// The first byte that doesn't belong, from 1.
        byte: usize,
    },
    /// It is no JSON, or lacks a field, or has one of the wrong type.
    NotJson {
        /// Where, in bytes of the line, from 1; 0 where it can't be said.
        column: usize,
        /// The parser's own words.
        detail: String,
    },
    /// It is an object without a version: a conversation, say.
    NoAssessment,
    /// It was written under another version of the contract.
    OtherVersion {
        /// Which.
        found: u32,
    },
}

impl WireProblem {
    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            WireProblem::NotUtf8 { .. } => "not-utf8",
            WireProblem::NotJson { .. } => "not-json",
            WireProblem::NoAssessment => "no-assessment",
            WireProblem::OtherVersion { .. } => "other-version",
        }
    }

    /// What the sentence about it has to name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            WireProblem::NotUtf8 { byte } => vec![("byte", byte.to_string())],
            WireProblem::NotJson { column, detail } => {
                vec![("column", column.to_string()), ("detail", detail.clone())]
            }
            WireProblem::NoAssessment => Vec::new(),
            WireProblem::OtherVersion { found } => {
                vec![("found", found.to_string()), ("known", VERSION.to_string())]
            }
        }
    }
}

impl fmt::Display for WireProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for WireProblem {}

impl<'a> From<&'a Assessment> for Line<'a> {
    fn from(assessment: &'a Assessment) -> Self {
        Self {
            v: VERSION,
            id: Cow::from(&assessment.id),
            phrasebook: Cow::from(&assessment.phrasebook),
            channel: assessment.channel.map(Channel::name).map(Cow::from),
            language: Cow::from(&assessment.language),
            score: assessment
                .score
                .filter(|score| score.is_finite())
                .map(|score| rounded(score, 10.0)),
            vetoed: assessment.vetoed,
            verdicts: assessment.verdicts.iter().map(Clause::from).collect(),
            courtesy_words: Counts(
                assessment
                    .courtesy_words
                    .iter()
                    .map(|(word, count)| (Cow::from(word), *count))
                    .collect(),
            ),
            notes: assessment.notes.iter().map(Remark::from).collect(),
            about: Whereabouts::from(&assessment.about),
            visit: assessment.about.visit.as_ref().map(Visit::from),
            turns: None,
        }
    }
}

impl<'a> From<&'a ClauseVerdict> for Clause<'a> {
    fn from(of: &'a ClauseVerdict) -> Self {
        let worst = Other::from(&of.worst);
        Self {
            clause: Cow::from(&of.clause),
            verdict: worst.verdict,
            trigger: worst.trigger,
            missing: worst.missing,
            wording: worst.wording,
            points: if of.points.is_finite() {
                rounded(of.points, 100.0)
            } else {
                0.0
            },
            evidence: worst.evidence,
            occasions: of.others.iter().map(Other::from).collect(),
            from: of.from.as_deref().map(Cow::from),
        }
    }
}

impl<'a> From<&'a Occasion> for Other<'a> {
    fn from(occasion: &'a Occasion) -> Self {
        Self {
            verdict: Cow::from(occasion.verdict.name()),
            trigger: occasion.trigger,
            missing: occasion.missing.iter().map(Cow::from).collect(),
            wording: occasion
                .closeness
                .map(|closeness| Cow::from(closeness.name())),
            evidence: occasion.evidence.iter().map(Proof::from).collect(),
        }
    }
}

impl<'a> From<&'a Evidence> for Proof<'a> {
    fn from(evidence: &'a Evidence) -> Self {
        Self {
            turn: evidence.turn,
            start: evidence.span.start,
            end: evidence.span.end,
            text: Cow::from(&evidence.text),
            element: evidence.element.as_deref().map(Cow::from),
            by: Cow::from(evidence.by.name()),
        }
    }
}

impl<'a> From<&'a Note> for Remark<'a> {
    fn from(note: &'a Note) -> Self {
        Self {
            turn: note.turn,
            kind: Cow::from(note.kind.name()),
            detail: Cow::from(&note.detail),
        }
    }
}

/// Rounds to one part in `parts`; a rounded-away minus sign goes with the rest.
fn rounded(number: f64, parts: f64) -> f64 {
    (number * parts).round() / parts + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn line(assessment: &Assessment) -> String {
        let mut out = Vec::new();
        write_line(assessment, &mut out);
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    #[test]
    fn a_line_is_the_contract_to_the_byte() {
        let expected = concat!(
            r#"{"v":1,"id":"a01","phrasebook":"qinzhou-2014@1.0.0","channel":"counter","#,
            r#""language":"cmn","score":82.5,"vetoed":false,"verdicts":["#,
            r#"{"clause":"9.3","verdict":"met","trigger":0,"missing":[],"wording":"informal","#,
            r#""points":0.0,"evidence":["#,
            r#"{"turn":0,"start":0,"end":6,"text":"您好","element":"greet","by":"text"}]},"#,
            r#"{"clause":"9.5","verdict":"partial","trigger":2,"missing":["basis","regret"],"#,
            r#""wording":"equivalent","points":-2.5,"evidence":["#,
            r#"{"turn":3,"start":0,"end":9,"text":"对不起","element":"apology","by":"text"},"#,
            r#"{"turn":3,"start":12,"end":36,"text":"还少一份购房合同","element":"missing","by":"sound"}],"#,
            r#""occasions":[{"verdict":"met","trigger":9,"missing":[],"wording":null,"evidence":[]}]},"#,
            r#"{"clause":"11.1","verdict":"undecided","trigger":0,"missing":[],"wording":null,"#,
            r#""points":0.0,"evidence":[]},"#,
            r#"{"clause":"14.2","verdict":"missed","trigger":6,"missing":["farewell"],"#,
            r#""wording":null,"points":-5.0,"evidence":[]},"#,
            r#"{"clause":"31.1","verdict":"breached","trigger":5,"missing":[],"wording":null,"#,
            r#""points":-10.0,"evidence":["#,
            r#"{"turn":5,"start":0,"end":6,"text":"等着","element":null,"by":"text"}]}],"#,
            r#""courtesy_words":{"您好":1,"请":0},"notes":["#,
            r#"{"turn":null,"kind":"cut-opening","detail":""},"#,
            r#"{"turn":4,"kind":"other-language","detail":"eng"},"#,
            r#"{"turn":6,"kind":"other-language","detail":"eng"}],"#,
            r#""about":{"started_at":null,"agent":"07","branch":null,"business":null,"#,
            r#""client":null,"complaint":null,"tags":["vip"]}}"#,
            "\n"
        );
        assert_eq!(line(&fixture::assessment()), expected);
    }

    #[test]
    fn lines_are_appended_to_a_reused_buffer() {
        let mut out = b"before\n".to_vec();
        write_line(&fixture::assessment(), &mut out);
        assert!(out.starts_with(b"before\n{\"v\":1,"));
    }

    #[test]
    fn a_line_reads_back_as_written() {
        let assessment = fixture::assessment();
        assert_eq!(read_line(&line(&assessment)), Ok(Line::from(&assessment)));
    }

    #[test]
    fn the_talk_stands_at_the_end_where_it_is_asked_for() {
        let (assessment, conversation) = (fixture::assessment(), fixture::conversation());
        let mut out = Vec::new();
        let whole = Line::from(&assessment).with_turns(&conversation);
        whole.write(&mut out);
        let written = String::from_utf8(out).expect("JSON is UTF-8");
        let before = line(&assessment);
        let rest = written.strip_prefix(before.trim_end().trim_end_matches('}'));
        let expected = concat!(
            r#"},"turns":[{"role":"staff","text":"您好，办什么？","#,
            r#""start":null,"end":null,"speaker":null},"#,
        );
        assert!(
            rest.is_some_and(|rest| rest.starts_with(expected)),
            "{written}"
        );
        assert_eq!(read_line(&written), Ok(whole));
    }

    #[test]
    fn older_lines_say_nothing_of_where_they_belong() {
        let assessment = fixture::assessment();
        let line = line(&assessment);
        let at = line.find(",\"about\"").expect("the field is there");
        let read = read_line(&format!("{}}}", &line[..at])).expect("a line");
        assert_eq!(read.about, Whereabouts::default());
        assert_eq!(read.notes, Line::from(&assessment).notes);
    }

    #[test]
    fn numbers_are_rounded_and_never_odd() {
        let cases = [
            (Some(86.549_9), -2.505, "86.5", "-2.51"),
            (Some(0.04), -0.001, "0.0", "0.0"),
            (Some(-0.01), 0.0, "0.0", "0.0"),
            (Some(f64::NAN), f64::NAN, "null", "0.0"),
            (None, f64::NEG_INFINITY, "null", "0.0"),
            (Some(100.0), 1.0 / 3.0, "100.0", "0.33"),
        ];
        for (score, points, written_score, written_points) in cases {
            let mut assessment = fixture::assessment();
            assessment.score = score;
            assessment.verdicts.truncate(1);
            assessment.verdicts[0].points = points;
            let line = line(&assessment);
            let has = |field: &str, number: &str| line.contains(&format!("\"{field}\":{number},"));
            assert!(has("score", written_score), "{score:?}: {line}");
            assert!(has("points", written_points), "{points}: {line}");
        }
    }

    #[test]
    fn other_lines_are_refused_and_further_fields_passed_over() {
        let assessment = fixture::assessment();
        let good = line(&assessment);
        let more = good.replacen("\"v\":1,", "\"v\":1,\"mood\":[],", 1);
        assert_eq!(read_line(&more), Ok(Line::from(&assessment)));
        let later = read_line(&good.replacen("\"v\":1,", "\"v\":2,", 1));
        assert_eq!(later, Err(WireProblem::OtherVersion { found: 2 }));
        assert_eq!(read_line("{}"), Err(WireProblem::NoAssessment));
        for bad in [
            "",
            "{",
            "[]",
            "{\"v\":1}",
            "{\"v\":\"1\"}",
            &good[..good.len() / 2],
        ] {
            let read = read_line(bad);
            assert!(
                matches!(read, Err(WireProblem::NotJson { .. })),
                "{bad}: {read:?}"
            );
        }
    }
}
