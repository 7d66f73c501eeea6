//! A talk that stands on one line.
//!
//! Systems that keep a call in one field join its turns by a space, a sign of their own
//! or by `\n` written out, and people copy that on. A turn begins where a known label
//! begins and stands free: 您跟客户：… within a sentence is none.

use super::line::{Line, is_colon, is_open};

/// How far a line is looked at for a label that begins here, in bytes.
const WINDOW: usize = 100;

/// The lines that are joined in one by a backslash and an n. Of those before something
/// that is no label nobody knows whether they are meant.
pub(super) fn unjoined(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest?;
        let cut = text.match_indices("\\n").find(|(at, sign)| {
            let after = text[at + sign.len()..].trim_start();
            after.starts_with("##") || begins_turn(after)
        });
        match cut {
            Some((at, sign)) => {
                rest = Some(&text[at + sign.len()..]);
                Some(text[..at].trim_end_matches("\\r"))
            }
            None => {
                rest = None;
                Some(text)
            }
        }
    })
}

/// A whole conversation on one line, cut before each known label, with the time or the
/// brackets that stand before it.
pub(super) fn unfold(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut skip_to = 0;
    let mut before = None;
    for (at, c) in line.char_indices() {
        let last = before.replace(c);
        let free = last.is_none_or(|last| !last.is_alphanumeric() && last != '_');
        let bracket = matches!(c, '【' | '[');
        let begins = c.is_alphanumeric() || is_open(c) || matches!(c, '#' | '*');
        if at < skip_to || !(free || bracket) || !begins {
            continue;
        }
        let window = within(&line[at..]);
        if !window.contains(|c| is_colon(c) || is_open(c)) {
            continue;
        }
        let turn = Line::of(window);
        if turn.role.is_none() || turn.label.is_empty() {
            continue;
        }
        skip_to = at + (window.len() - turn.text.len()).max(1);
        // 您好（客户）… names somebody, 您好【客户】喂 is two turns.
        let round = matches!(c, '(' | '（') && turn.stamp.is_none();
        let inside = !free && !begins_turn(&line[from..]);
        if round && !window.contains(is_colon) || inside {
            continue;
        }
        if at > from {
            pieces.push(line[from..at].trim_end_matches(is_parting).trim());
        }
        from = at;
    }
    pieces.push(&line[from..]);
    pieces
}

/// What systems write between turns.
fn is_parting(c: char) -> bool {
    matches!(c, '|' | ';' | '/' | ' ' | '\t' | '\u{3000}')
}

fn begins_turn(text: &str) -> bool {
    let line = Line::of(within(text));
    line.role.is_some() && !line.label.is_empty()
}

fn within(text: &str) -> &str {
    let mut end = text.len().min(WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_on_one_line_are_parted() {
        let table = "
            客服：您好 客户：查余额。客服：好 => 客服：您好 / 客户：查余额。 / 客服：好
            客服：您好|客户：喂;客服：请讲 => 客服：您好 / 客户：喂 / 客服：请讲
            【客服】您好【客户】喂 => 【客服】您好 / 【客户】喂
            [00:05] 客服：您好 [00:09] 客户：喂 => [00:05] 客服：您好 / [00:09] 客户：喂
            发言人 1：您好 发言人 2：喂 => 发言人 1：您好 / 发言人 2：喂
            ##客服##:您好 ##客户##:喂 => ##客服##:您好 / ##客户##:喂
            **客服**：您好 **客户**：喂 => **客服**：您好 / **客户**：喂
            坐席(00:05)：您好 客户(00:09)：喂 => 坐席(00:05)：您好 / 客户(00:09)：喂
            Agent: hello Customer: hi, there => Agent: hello / Customer: hi, there
            客服：您跟客户：说 => 客服：您跟客户：说
            客服：请问（客户）您好 => 客服：请问（客户）您好
            客服：时间：九点 => 客服：时间：九点
            张三【客服】：好 => 张三【客服】：好
            您好 => 您好
            ";
        for row in table.trim().lines() {
            let (line, expected) = row.trim().split_once(" => ").expect("a row");
            assert_eq!(unfold(line).join(" / "), expected, "{line}");
        }
    }

    #[test]
    fn line_ends_that_are_written_out_are_line_ends() {
        let table = r"
            ##客服##:您好\n ##客户##:喂 => ##客服##:您好 / ##客户##:喂
            客服：您好\n客户：喂\r\n客服：好 => 客服：您好 / 客户：喂 / 客服：好
            客服：存到 D:\new => 客服：存到 D:\new
            ";
        for row in table.trim().lines() {
            let (line, expected) = row.trim().split_once(" => ").expect("a row");
            let told: Vec<&str> = unjoined(line).map(str::trim).collect();
            assert_eq!(told.join(" / "), expected, "{line}");
        }
    }
}
