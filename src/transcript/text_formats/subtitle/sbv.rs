//! SubViewer as YouTube writes it, `.sbv`: `0:00:05.000,0:00:07.000` and the text below.

use super::clock::{Span, seconds};
use super::cue::Cue;
use crate::transcript::Place;
use crate::transcript::detect::{Head, Sure};
use crate::transcript::format::{Cut, Reader, Recordings};

pub(in super::super) const READER: Reader = Reader {
    name: "sbv",
    extensions: &["sbv"],
    recognise,
    cut: Cut::Whole(parse),
};

fn recognise(head: &Head) -> Sure {
    match head.text.lines().any(|line| span(line).is_some()) {
        true => Sure::Signature,
        false if head.is_named(READER.extensions) => Sure::Named,
        false => Sure::No,
    }
}

/// Both times, of which one may be damaged, and nothing else.
fn span(line: &str) -> Option<Span> {
    let (start, end) = line.trim().split_once(',')?;
    let clock = |text: &str| text.matches(':').count() == 2 && text.contains('.');
    let time = |text: &str| {
        let plain = !text.contains([',', ' ']);
        plain.then(|| seconds(text)).flatten()
    };
    let (from, to) = (time(start), time(end));
    let told = match (from, to) {
        (Some(_), Some(_)) => true,
        (Some(_), None) => clock(end),
        (None, Some(_)) => clock(start),
        (None, None) => false,
    };
    told.then_some(Span {
        start: from,
        end: to,
    })
}

fn parse(text: &str, _: &Place) -> Recordings {
    let mut cues: Vec<Cue> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(span) = span(line) {
            cues.push(Cue {
                line: number,
                span,
                damaged: span.start.is_none() || span.end.is_none(),
                text: String::new(),
            });
        } else if let Some(cue) = cues.last_mut() {
            // Two lines on the screen are parted so.
            cue.text.push_str(&line.replace("[br]", "\n"));
            cue.text.push('\n');
        }
    }
    super::recording(cues)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_times() {
        let both = |start, end| Some(Span { start, end });
        let cases = [
            ("0:00:05.000,0:00:07.500", both(Some(5.0), Some(7.5))),
            ("0:00:05.000,0:00:0x.500", both(Some(5.0), None)),
            ("0:05,0:07", both(Some(5.0), Some(7.0))),
            ("9:30,您过来", None),
            ("1,2", None),
        ];
        for (line, expected) in cases {
            assert_eq!(span(line), expected, "{line}");
        }
    }
}
