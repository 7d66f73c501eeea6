//! What is shown twice and was said once.
//!
//! Captions made by machines repeat themselves. Whisper shows a sentence once a word,
//! with another word underlined each time; live captions roll, so that a cue begins
//! with the line on which the one before ended, or grow from cue to cue.

use super::clock::Span;
use super::markup::Marked;

/// A cue without its markup.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Caption {
    pub(super) line: u64,
    pub(super) span: Span,
    pub(super) marked: Marked,
}

/// The captions, each word of them once.
pub(super) fn once(captions: Vec<Caption>) -> Vec<Caption> {
    let captions = without_highlights(captions);
    let timed = captions.iter().any(|caption| caption.marked.timed_words);
    match rolls(&captions, timed) {
        true => unrolled(captions, timed),
        false => captions,
    }
}

/// Joins the cues of a sentence of which one word after another is underlined.
fn without_highlights(captions: Vec<Caption>) -> Vec<Caption> {
    let mut joined: Vec<Caption> = Vec::with_capacity(captions.len());
    for caption in captions {
        let Some(last) = joined.last_mut() else {
            joined.push(caption);
            continue;
        };
        let (before, now) = (last.marked.underlined, caption.marked.underlined);
        // From an underlined word back to one before it, the sentence begins anew.
        let goes_on = match (before, now) {
            (Some(before), Some(now)) => now > before,
            (None, None) => false,
            _ => true,
        };
        if goes_on && last.marked.bare().trim() == caption.marked.bare().trim() {
            last.marked.underlined = now.or(before);
            last.span.end = caption.span.end.or(last.span.end);
        } else {
            joined.push(caption);
        }
    }
    joined
}

/// Whether cues begin as the ones before ended: one that has times between its words
/// does it by its make, others where most cues of several lines do.
fn rolls(captions: &[Caption], timed: bool) -> bool {
    let pairs = captions.windows(2).map(|pair| (&pair[0], &pair[1]));
    let repeated = pairs.filter(|(last, next)| overlap(last, next, timed) > 0 || grows(last, next));
    let repeated = repeated.count();
    let held = captions.iter().filter(|caption| lines(caption).len() > 1);
    repeated > 0 && (timed || repeated > 1 && repeated * 2 >= held.count().max(captions.len() / 2))
}

fn unrolled(captions: Vec<Caption>, timed: bool) -> Vec<Caption> {
    let mut kept: Vec<Caption> = Vec::with_capacity(captions.len());
    let mut previous: Option<Caption> = None;
    for caption in captions {
        let mut new = caption.clone();
        if let Some(last) = &previous {
            let old = overlap(last, &caption, timed);
            let grown = old == 0 && grows(last, &caption);
            if let Some(shown) = kept.last_mut().filter(|_| grown) {
                shown.marked = caption.marked.clone();
                shown.span.end = caption.span.end.or(shown.span.end);
                previous = Some(caption);
                continue;
            }
            if old > 0 {
                drop_lines(&mut new.marked, old);
            }
        }
        if new.marked.bare().trim().is_empty() {
            if let Some(shown) = kept.last_mut() {
                shown.span.end = caption.span.end.or(shown.span.end);
            }
        } else {
            kept.push(new);
        }
        previous = Some(caption);
    }
    kept
}

fn lines(caption: &Caption) -> Vec<String> {
    let bare = caption.marked.bare();
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// How many lines the second begins with that the first ends with. A single line may
/// well be said twice, unless it is known that captions roll.
fn overlap(first: &Caption, second: &Caption, timed: bool) -> usize {
    let (first, second) = (lines(first), lines(second));
    let twice = !timed && first.len() == 1 && second.len() == 1;
    if twice || first.len().max(second.len()) > MOST_LINES {
        return 0;
    }
    let most = first.len().min(second.len());
    (1..=most)
        .rev()
        .find(|&count| first[first.len() - count..] == second[..count])
        .unwrap_or(0)
}

/// No screen has room for more, and comparing the lines of longer ones would take for
/// ever.
const MOST_LINES: usize = 8;

/// Whether the second says what the first says, and goes on.
fn grows(first: &Caption, second: &Caption) -> bool {
    let (first, second) = (first.marked.bare(), second.marked.bare());
    let (first, second) = (first.trim(), second.trim());
    first.chars().count() > 1 && second.len() > first.len() && second.starts_with(first)
}

/// Takes the first lines that aren't blank.
fn drop_lines(marked: &mut Marked, count: usize) {
    let mut left = count;
    for piece in &mut marked.pieces {
        let kept: Vec<&str> = piece
            .text
            .lines()
            .filter(|line| {
                let old = left > 0 && !line.trim().is_empty();
                left -= usize::from(old);
                !old
            })
            .collect();
        piece.text = kept.join("\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(cues: &[&str]) -> Vec<String> {
        let caption = |(number, raw): (usize, &&str)| Caption {
            line: 0,
            span: Span {
                start: Some(number as f64),
                end: Some(number as f64 + 1.0),
            },
            marked: Marked::of(&raw.replace('⏎', "\n")),
        };
        let captions = once(cues.iter().enumerate().map(caption).collect());
        let told = captions.into_iter().map(|caption| {
            let time = |time: Option<f64>| time.unwrap_or(-1.0);
            let Span { start, end } = caption.span;
            let text = caption.marked.bare().trim().replace('\n', "⏎");
            format!("{}-{} {text}", time(start), time(end))
        });
        told.collect()
    }

    #[test]
    fn what_is_shown_twice_was_said_once() {
        let cases: [(&[&str], &[&str]); 6] = [
            (
                &[
                    "<u>您好</u>请讲",
                    "您好<u>请讲</u>",
                    "您好请讲",
                    "<u>您好</u>请讲",
                    "您好<u>请讲</u>",
                ],
                &["0-3 您好请讲", "3-5 您好请讲"],
            ),
            (
                &["好的", "好的", "好的"],
                &["0-1 好的", "1-2 好的", "2-3 好的"],
            ),
            (
                &[
                    " ⏎您好<00:01><c> 请讲</c>",
                    "您好 请讲⏎ ",
                    "您好 请讲⏎查<00:02><c>余额</c>",
                    "查余额⏎ ",
                ],
                &["0-2 您好 请讲", "2-4 查余额"],
            ),
            (
                &["您好⏎请讲", "请讲⏎查余额", "查余额⏎好的", "好的⏎谢谢"],
                &["0-1 您好⏎请讲", "1-2 查余额", "2-3 好的", "3-4 谢谢"],
            ),
            (
                &["您好", "您好请", "您好请讲", "查", "查余额"],
                &["0-3 您好请讲", "3-4 查", "4-5 查余额"],
            ),
            (
                &["您好", "您好请问", "好"],
                &["0-1 您好", "1-2 您好请问", "2-3 好"],
            ),
        ];
        for (cues, expected) in cases {
            assert_eq!(told(cues), expected, "{cues:?}");
        }
    }
}
