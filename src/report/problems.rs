//! What is wrong with a phrasebook or with input, shown where it stands.
//!
//! ```text
//! 错误[unknown-act]: 没有叫 apologi 的话语类型
//!   --> clauses/09.05-documents-incomplete.toml:14:12
//!    |
//! 14 | acts = ["apologi"]
//!    |         ^^^^^^^^^
//!    |
//!    = 办法: 是不是 apology？不是的话，在 acts/ 里新建 apologi.toml
//! ```
//!
//! A fault knows its code and particulars; the sentences stand in the labels under
//! `problem.<code>` or `input.<code>`: `what` is wrong, and what to `do`. Excerpts
//! are set by annotate-snippets, which disarms control characters in the quoted
//! file. It panics on a span inside a character, so spans are clamped first.

use super::visible::{columns, visible};
use super::wrap::wrap;
use crate::phrasebook::labels::Labels;
use crate::phrasebook::problem::{Gravity, Problem};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// Columns that stand before a title, besides the level's name and the code: `[]: `.
const TITLE_FRAME: usize = 4;
/// Columns that stand before an advice, besides its name: as many as the widest line
/// number, and ` = : `.
const ADVICE_FRAME: usize = 10;
/// No sentence is set narrower.
const NARROWEST: usize = 30;
/// What the phrasebook's reader gives for a name when it knows none like it.
const NO_NAME: &str = "?";

/// How problems are set.
#[derive(Clone, Copy)]
pub struct Problems<'a> {
    /// The words.
    pub labels: &'a Labels,
    /// How many columns a line may take.
    pub width: usize,
    /// Whether there are colours.
    pub colours: bool,
}

impl Problems<'_> {
    /// All faults of a phrasebook in the order given, and how many there are.
    pub fn phrasebook(&self, problems: &[Problem]) -> String {
        let mut page = String::new();
        for problem in problems {
            page.push_str(&self.problem(problem));
            page.push('\n');
        }
        let count = |gravity| {
            let same = problems.iter().filter(|problem| problem.gravity == gravity);
            same.count()
        };
        let counts: Vec<String> = [
            ("problems.errors", count(Gravity::Error)),
            ("problems.warnings", count(Gravity::Warning)),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| self.labels.fill(key, &[("count", count.to_string())]))
        .collect();
        page.push_str(&if counts.is_empty() {
            self.labels.get("problems.none").to_owned()
        } else {
            counts.join(super::terminal::DOT)
        });
        page.push('\n');
        page
    }

    /// One fault of a phrasebook, with its excerpt.
    pub fn problem(&self, problem: &Problem) -> String {
        let params = self.params(&problem.params);
        let key = format!("problem.{}", problem.code);
        let path = visible(&problem.file.path);
        let text = &problem.file.text;
        // A fault of the file as a whole has no place in it.
        let place = if problem.at == (0..0) {
            Origin::path(path).into()
        } else {
            let span = first_line(clamp(&problem.at, text), text);
            let mark = AnnotationKind::Primary.span(span);
            Snippet::source(text.as_str())
                .path(path)
                .annotation(mark)
                .into()
        };
        self.render(problem.gravity, problem.code, &key, &params, place)
    }

    /// A piece of input that could not be read. `place` is shown as it is given: a
    /// path, with a line behind it or without.
    pub fn input(&self, place: &str, code: &str, params: &[(&'static str, String)]) -> String {
        let params = self.params(params);
        let key = format!("input.{code}");
        let origin = Origin::path(visible(place));
        self.render(Gravity::Error, code, &key, &params, origin.into())
    }

    fn render(
        &self,
        gravity: Gravity,
        code: &str,
        key: &str,
        params: &[(&str, String)],
        place: Element<'_>,
    ) -> String {
        let (level, name) = match gravity {
            Gravity::Error => (Level::ERROR, self.labels.get("level.error")),
            Gravity::Warning => (Level::WARNING, self.labels.get("level.warning")),
        };
        let what = self.labels.fill(&format!("{key}.what"), params);
        let to_do = self.labels.fill(&format!("{key}.do"), params);
        let help = self.labels.get("level.help");
        let before = columns(name) + columns(code) + TITLE_FRAME;
        let title = level
            .with_name(name)
            .primary_title(self.set(&what, before))
            .id(code);
        let before = columns(help) + ADVICE_FRAME;
        let advice = Level::HELP
            .with_name(help)
            .message(self.set(&to_do, before));
        let renderer = if self.colours {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let renderer = renderer
            .term_width(self.width)
            .decor_style(DecorStyle::Ascii);
        let report = [Group::with_title(title).element(place).element(advice)];
        let mut page = renderer.render(&report);
        page.push('\n');
        page
    }

    /// Breaks a sentence with so many columns `before` it into lines.
    fn set(&self, sentence: &str, before: usize) -> String {
        let room = self.width.saturating_sub(before);
        wrap(sentence, room.max(NARROWEST), self.labels).join("\n")
    }

    /// Particulars as they may be shown: words for types and verdicts, and nothing
    /// where the fault's finder had nothing to say.
    fn params<'a>(&self, params: &[(&'a str, String)]) -> Vec<(&'a str, String)> {
        params
            .iter()
            .map(|(name, value)| {
                let word = match *name {
                    "expected" | "found" => self.labels.find(&format!("type.{value}")),
                    "verdict" => self.labels.find(&format!("verdict.{value}")),
                    "what" => self.labels.find(&format!("content.{value}")),
                    "near" if value == NO_NAME => Some(""),
                    _ => None,
                };
                (*name, word.map_or_else(|| visible(value), str::to_owned))
            })
            .collect()
    }
}

/// `span` brought within `text` and widened to whole characters.
fn clamp(span: &Range<usize>, text: &str) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// The part of a span in its first line: a fault of a whole table is shown at its
/// head.
fn first_line(span: Range<usize>, text: &str) -> Range<usize> {
    let shown = &text[span.clone()];
    let shown = shown.find(['\r', '\n']).map_or(shown, |end| &shown[..end]);
    span.start..span.start + shown.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::labels::Lang;
    use crate::phrasebook::problem::SourceFile;
    use std::sync::Arc;

    const CLAUSE: &str = "id = \"9.5\"\n[[elements]]\nkey = \"致歉\"\nacts = [\"apologi\"]\n";

    fn problem(code: &'static str, at: &str, params: Vec<(&'static str, String)>) -> Problem {
        let file = Arc::new(SourceFile {
            path: "clauses/09.05.toml".to_owned(),
            text: CLAUSE.to_owned(),
        });
        let start = CLAUSE.find(at).expect("the excerpt has it");
        Problem::error(code, &file, start..start + at.len(), params)
    }

    fn set(lang: Lang, show: impl Fn(&Problems<'_>) -> String) -> String {
        let labels = Labels::builtin(lang);
        show(&Problems {
            labels: &labels,
            width: 80,
            colours: false,
        })
    }

    #[test]
    fn a_phrasebook_fault_shows_line_excerpt_and_advice() {
        let params = vec![
            ("name", "apologi".to_owned()),
            ("near", "apology".to_owned()),
        ];
        let unknown = problem("unknown-act", "\"apologi\"", params);
        let params = vec![
            ("field", "key".to_owned()),
            ("expected", "list".to_owned()),
            ("found", "string".to_owned()),
        ];
        let mut wrong = problem("wrong-type", "\"致歉\"", params);
        wrong.gravity = Gravity::Warning;
        let zh = set(Lang::Zh, |set| {
            set.phrasebook(&[unknown.clone(), wrong.clone()])
        });
        let expected = "\
错误[unknown-act]: 没有叫 apologi 的话语类型
 --> clauses/09.05.toml:4:9
  |
4 | acts = [\"apologi\"]
  |         ^^^^^^^^^
  |
  = 办法: 是不是 apology？不是的话，在 acts/ 里新建 apologi.toml

提醒[wrong-type]: key 应当是一个列表，这里却是一段文字
 --> clauses/09.05.toml:3:7
  |
3 | key = \"致歉\"
  |       ^^^^^^
  |
  = 办法: 把 key 的值改成一个列表

错误 1 处 · 提醒 1 处
";
        assert_eq!(zh, expected);
    }

    #[test]
    fn an_input_fault_shows_its_place() {
        let params = [
            ("column", "18".to_owned()),
            ("detail", "expected `,`\u{1b}[2J".to_owned()),
        ];
        let en = set(Lang::En, |set| {
            set.input("calls/a.jsonl:12", "not-json", &params)
        });
        let expected = "\
error[not-json]: not JSON from character 18 on: expected `,`␛[2J
--> calls/a.jsonl:12
 = help: look at the commas, quotes and brackets here; JSON Lines has one
         conversation a line, each a whole JSON object
";
        assert_eq!(en, expected);
    }

    #[test]
    fn no_span_breaks_it() {
        let text = "a = \"您好\"\r\n\u{202e}b = \"\u{1b}[31m\u{200b}\"\n\n致歉".to_owned();
        let file = Arc::new(SourceFile {
            path: "\u{1b}x".to_owned(),
            text: text.clone(),
        });
        for colours in [false, true] {
            let labels = Labels::builtin(Lang::Zh);
            let set = Problems {
                labels: &labels,
                width: 40,
                colours,
            };
            for start in 0..text.len() + 3 {
                for end in [0, start, start + 1, start + 2, text.len(), usize::MAX] {
                    let mut problem = Problem::error("no-opens", &file, 0..0, Vec::new());
                    problem.at = start..end;
                    let shown = set.problem(&problem);
                    assert!(shown.contains("no-opens"), "{start}..{end}");
                    assert!(colours || !shown.contains('\u{1b}'), "{start}..{end}");
                    assert!(!shown.contains('\u{202e}'), "{start}..{end}");
                }
            }
            let nothing = Arc::new(SourceFile {
                path: "empty.toml".to_owned(),
                text: String::new(),
            });
            let fault = Problem::error("no-opens", &nothing, 0..5, Vec::new());
            assert!(set.problem(&fault).contains("no-opens"));
        }
    }

    #[test]
    fn no_advice_names_what_nobody_knows() {
        let params = vec![("name", "x".to_owned()), ("near", NO_NAME.to_owned())];
        let shown = set(Lang::En, |set| {
            set.problem(&problem("unknown-flag", "9.5", params.clone()))
        });
        assert!(
            shown.ends_with("= help: correct its spelling, or define the flag in state/\n"),
            "{shown}"
        );
    }

    /// Every code, with the particulars that its finder gives.
    const CODES: &[(&str, &[&str])] = &[
        ("problem.not-toml", &["detail"]),
        ("problem.unknown-field", &["field", "known"]),
        ("problem.missing-field", &["field"]),
        ("problem.wrong-type", &["field", "expected", "found"]),
        ("problem.unknown-value", &["field", "found", "known"]),
        ("problem.out-of-range", &["field", "found", "least", "most"]),
        ("problem.unknown-act", &["name", "near"]),
        ("problem.unknown-guard", &["name", "near"]),
        ("problem.unknown-flag", &["name", "near"]),
        ("problem.unknown-clause", &["name", "near"]),
        ("problem.unknown-list", &["name"]),
        ("problem.duplicate-act", &["name", "other"]),
        ("problem.duplicate-clause", &["name", "other"]),
        ("problem.duplicate-flag", &["name", "other"]),
        ("problem.duplicate-list", &["name", "other"]),
        ("problem.duplicate-wording", &["wording", "other"]),
        ("problem.unclosed-bracket", &[]),
        ("problem.stray-bracket", &[]),
        ("problem.empty-brackets", &[]),
        ("problem.brackets-too-deep", &[]),
        ("problem.wording-too-long", &["most"]),
        ("problem.nothing-to-look-for", &["wording"]),
        ("problem.too-many-variants", &["wording"]),
        ("problem.too-short", &["wording"]),
        ("problem.circular-name", &["name"]),
        ("problem.no-elements", &[]),
        ("problem.no-opens", &[]),
        ("problem.no-example", &["verdict"]),
        ("problem.no-silent-example", &[]),
        ("problem.unknown-element", &["name", "known"]),
        ("problem.article-twice", &["number"]),
        ("problem.article-missing", &["number"]),
        ("problem.too-many-flags", &["most"]),
        ("problem.stray-file", &["path"]),
        ("problem.missing-file", &["path"]),
        ("problem.no-channel", &[]),
        ("problem.example-turn", &["line"]),
        ("problem.unknown-date", &["found"]),
        ("input.not-found", &[]),
        ("input.unreadable", &["detail"]),
        ("input.not-utf8", &["byte"]),
        ("input.not-text", &["what"]),
        ("input.not-a-file", &[]),
        ("input.bad-archive", &["detail"]),
        ("input.encrypted", &[]),
        ("input.nested-archive", &[]),
        ("input.inflates-too-much", &["times"]),
        ("input.too-many-files", &["limit"]),
        ("input.unsure-encoding", &["likely"]),
        ("input.not-json", &["column", "detail"]),
        ("input.wrong-type", &["field", "expected", "found"]),
        ("input.too-long", &["limit"]),
        ("input.too-deep", &["column"]),
        ("input.truncated", &["column"]),
        ("input.empty-file", &[]),
        ("input.no-reader", &[]),
        ("input.several-readers", &["formats"]),
        ("input.no-files", &[]),
        ("input.no-turns", &[]),
        ("input.other-version", &["found", "known"]),
    ];

    #[test]
    fn every_code_has_both_sentences_and_they_fill() {
        for lang in Lang::ALL {
            let labels = Labels::builtin(lang);
            for (code, params) in CODES {
                let values: Vec<(&str, &str)> = params.iter().map(|name| (*name, "§")).collect();
                for part in ["what", "do"] {
                    let key = format!("{code}.{part}");
                    assert!(labels.find(&key).is_some(), "{key}");
                    let filled = labels.fill(&key, &values);
                    let unfilled = filled.find('{').map(|at| &filled[at..]);
                    assert_eq!(unfilled, None, "{lang:?} {key}");
                }
            }
        }
    }
}
