//! Words to a text: with spaces between Latin words, with none between characters.

/// The words in one text. Spaces that stand in the words stay.
pub(super) fn join<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for word in words {
        let last = text.chars().next_back();
        let first = word.chars().next();
        if let (Some(last), Some(first)) = (last, first)
            && is_parted(last, first)
        {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

fn is_parted(last: char, first: char) -> bool {
    let begins = first.is_alphanumeric() && !is_cjk(first) || "($€£&#@".contains(first);
    let ends = last.is_alphanumeric() && !is_cjk(last) || ".,!?;)%\"".contains(last);
    begins && ends
}

/// The text without the spaces that stand between two Chinese or Japanese characters,
/// as recognisers without a language model of writing leave them.
pub(super) fn without_gaps(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(gap) = rest.find(char::is_whitespace) {
        let after = rest[gap..].trim_start();
        kept.push_str(&rest[..gap]);
        let (last, first) = (kept.chars().next_back(), after.chars().next());
        if !(last.is_some_and(is_cjk) && first.is_some_and(is_cjk)) {
            kept.push_str(&rest[gap..rest.len() - after.len()]);
        }
        rest = after;
    }
    kept + rest
}

/// Characters that are written without spaces, their punctuation with them.
fn is_cjk(c: char) -> bool {
    matches!(
        c,
        '\u{2e80}'..='\u{312f}'
            | '\u{31a0}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_as_they_are_written() {
        let cases: [(&[&str], &str); 8] = [
            (&["您", "好", "，", "请", "坐"], "您好，请坐"),
            (
                &["Hello", ",", "how", "are", "you", "?"],
                "Hello, how are you?",
            ),
            (&["办", "ETC", "卡", "吗"], "办ETC卡吗"),
            (&["App", "Store", "里", "下载"], "App Store里下载"),
            (&[" Hello", " there", "."], " Hello there."),
            (&["One", " ", "two"], "One two"),
            (&["cost", "$5", "(each)"], "cost $5 (each)"),
            (&["好", ",", "再见"], "好,再见"),
        ];
        for (words, expected) in cases {
            assert_eq!(join(words.iter().copied()), expected);
        }
    }

    #[test]
    fn gaps_between_characters_close() {
        let cases = [
            (" 您 好 请问  有 什么 ", "您好请问有什么"),
            ("办 ETC 卡 吗", "办 ETC 卡吗"),
            ("hello  there 您 好", "hello  there 您好"),
            ("好 ， 再见", "好，再见"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(without_gaps(text), expected);
        }
    }
}
