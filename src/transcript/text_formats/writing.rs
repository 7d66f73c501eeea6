//! How letters and numbers are written: width, wrapping, decimals.

/// A character in the width that programs expect.
pub(super) fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    }
}

/// Whole seconds and the digits behind the point, as the nearest number: what a file
/// with the same time as a decimal number would give.
pub(super) fn exact(whole: u64, fraction: &str) -> Option<f64> {
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{whole}.{fraction}0").parse().ok()
}

/// Joins what stands on two lines for want of room: with a space where words have
/// spaces between them.
pub(super) fn join(text: &mut String, more: &str) {
    let before = text.chars().next_back();
    let after = more.chars().next();
    let apart = before
        .zip(after)
        .is_some_and(|(before, after)| !before.is_whitespace() && !after.is_whitespace());
    if apart && !(before.is_some_and(is_wide) && after.is_some_and(is_wide)) {
        text.push(' ');
    }
    text.push_str(more);
}

/// Characters of scripts that put no space between words, and their punctuation.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3fffd}' | '…' | '—' | '“' | '”' | '‘' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_a_space_between_them() {
        let joined = |text: &str, more: &str| {
            let mut text = text.to_owned();
            join(&mut text, more);
            text
        };
        assert_eq!(joined("您好，", "请讲"), "您好，请讲");
        assert_eq!(joined("hello", "there"), "hello there");
        assert_eq!(joined("卡号", "A1"), "卡号 A1");
        assert_eq!(joined("", "A1"), "A1");
        assert_eq!(joined("a ", "b"), "a b");
    }
}
