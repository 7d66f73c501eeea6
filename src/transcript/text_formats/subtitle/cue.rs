//! Cues: what stands on the screen at one time.

use super::clock::{Span, span};

/// One cue of a subtitle file.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Cue {
    /// The line on which its times stand, from 1.
    pub(in super::super) line: u64,
    /// Its times in seconds.
    pub(in super::super) span: Span,
    /// Whether one of them couldn't be understood.
    pub(in super::super) damaged: bool,
    /// Its text as written, by lines.
    pub(in super::super) text: String,
}

/// The cues of SRT and WebVTT. A line of times begins one, with or without a blank line
/// or a number before it, and whatever follows up to the next is its text. Where cues
/// may have a `name`, that of the next one stands behind a blank line.
pub(super) fn cues(text: &str, named: bool) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut block = Block::Header;
    let mut after_blank = true;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end();
        if let Some(span) = span(line) {
            if let Some(last) = cues.last_mut() {
                drop_name(&mut last.text, named);
            }
            cues.push(Cue {
                line: number,
                span,
                damaged: span.start.is_none() || span.end.is_none(),
                text: String::new(),
            });
            block = Block::Cue;
        } else if after_blank && is_no_cue(line) {
            block = Block::Comment;
        } else if block == Block::Comment && line.trim().is_empty() {
            block = Block::Header;
        } else if block == Block::Cue
            && let Some(cue) = cues.last_mut()
        {
            cue.text.push_str(line);
            cue.text.push('\n');
        } else if block == Block::Header
            && let Some(cue) = cues.last_mut()
            && !line.trim().is_empty()
        {
            // Behind a comment stands the name of the next cue, or nothing.
            cue.text.push('\n');
            cue.text.push_str(line);
            cue.text.push('\n');
        }
        after_blank = line.trim().is_empty();
    }
    for cue in &mut cues {
        cue.text.truncate(cue.text.trim_end().len());
    }
    cues
}

#[derive(PartialEq)]
enum Block {
    /// Before the first cue, and behind a comment.
    Header,
    Comment,
    Cue,
}

/// `NOTE`, `STYLE` and `REGION` begin blocks that aren't shown.
fn is_no_cue(line: &str) -> bool {
    let mut words = line.split_whitespace();
    match words.next() {
        Some("NOTE") => true,
        Some("STYLE" | "REGION") => words.next().is_none(),
        _ => false,
    }
}

/// Takes the next cue's number or name off the end of a cue's text. A number is one
/// wherever it stands.
fn drop_name(text: &mut String, named: bool) {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let (before, last) = body.rsplit_once('\n').unwrap_or(("", body));
    let number = !last.trim().is_empty() && last.trim().bytes().all(|byte| byte.is_ascii_digit());
    let parted = before.ends_with('\n') || before.trim().is_empty();
    if number || named && parted {
        text.truncate(before.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, named: bool) -> Vec<String> {
        let time = |time: Option<f64>| time.map_or("?".to_owned(), |time| time.to_string());
        let cue = |cue: Cue| {
            let Span { start, end } = cue.span;
            let text = cue.text.replace('\n', "⏎");
            format!("{} {}-{} {text}", cue.line, time(start), time(end))
        };
        cues(&text.replace('⏎', "\n"), named)
            .into_iter()
            .map(cue)
            .collect()
    }

    #[test]
    fn cues_are_found_in_untidy_files() {
        let cases: [(&str, &[&str]); 10] = [
            (
                "1⏎00:01,0 --> 00:02,0⏎您好⏎请讲⏎⏎2⏎00:03,0 --> 00:04,0⏎喂",
                &["2 1-2 您好⏎请讲", "7 3-4 喂"],
            ),
            (
                "00:01,0 --> 00:02,0⏎您好⏎00:03,0 --> 00:04,0⏎喂",
                &["1 1-2 您好", "3 3-4 喂"],
            ),
            (
                "00:01,0 --> 00:02,0⏎5⏎⏎7⏎00:03,0 --> 00:04,0⏎喂⏎⏎⏎",
                &["1 1-2 5", "5 3-4 喂"],
            ),
            (
                "00:01,0 --> 00:02,0⏎您好⏎⏎请讲⏎8⏎00:03,0 --> 00:04,0⏎喂",
                &["1 1-2 您好⏎⏎请讲", "6 3-4 喂"],
            ),
            (
                "WEBVTT 字幕⏎Kind: captions⏎⏎NOTE⏎一⏎二⏎⏎a1⏎00:01.0 --> 00:02.0⏎您好",
                &["9 1-2 您好"],
            ),
            (
                "WEBVTT⏎⏎00:01.0 --> 00:02.0⏎您好⏎⏎NOTE 完⏎⏎STYLE⏎::cue {}⏎⏎3f/2-0⏎00:03.0 --> 00:04.0⏎喂",
                &["3 1-2 您好", "12 3-4 喂"],
            ),
            ("1⏎00:0A:01,0 --> 00:02,0⏎您好", &["2 ?-2 您好"]),
            (
                "00:01,0 --> 00:02,0⏎⏎2⏎00:03,0 --> 00:04,0⏎NOTE 5",
                &["1 1-2 ", "4 3-4 NOTE 5"],
            ),
            (
                "WEBVTT⏎⏎a1⏎00:01.0 --> 00:02.0  ⏎您好  ⏎  ⏎a2⏎00:03.0 --> 00:04.0⏎喂",
                &["4 1-2 您好", "8 3-4 喂"],
            ),
            ("没有时间", &[]),
        ];
        for (text, expected) in cases {
            let named = text.starts_with("WEBVTT");
            assert_eq!(told(text, named), expected, "{text}");
        }
    }
}
