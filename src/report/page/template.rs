//! The head of the page: its style and its script in one piece with it, and a policy
//! under which a browser runs these two, known by their hashes, and nothing else.

use crate::phrasebook::labels::{Labels, Lang};
use crate::phrasebook::rules::Rules;
use askama::Template;
use sha2::{Digest, Sha256};
use std::io;

const STYLES: [&str; 6] = [
    include_str!("style/base.css"),
    include_str!("style/overview.css"),
    include_str!("style/list.css"),
    include_str!("style/talk.css"),
    include_str!("style/narrow.css"),
    include_str!("style/print.css"),
];

/// In the order in which they need one another.
pub(super) const SCRIPTS: [&str; 17] = [
    include_str!("script/words.js"),
    include_str!("script/element.js"),
    include_str!("script/report.js"),
    include_str!("script/address.js"),
    include_str!("script/intervals.js"),
    include_str!("script/sums.js"),
    include_str!("script/charts.js"),
    include_str!("script/clauses.js"),
    include_str!("script/groups.js"),
    include_str!("script/across.js"),
    include_str!("script/overview.js"),
    include_str!("script/filters.js"),
    include_str!("script/list.js"),
    include_str!("script/verdicts.js"),
    include_str!("script/talk.js"),
    include_str!("script/places.js"),
    include_str!("script/main.js"),
];

#[derive(Template)]
#[template(path = "page/template.html")]
struct Head<'a> {
    lang: &'a str,
    title: &'a str,
    needs_script: [&'a str; 2],
    reading: &'a str,
    style: &'a str,
    style_hash: &'a str,
    script: &'a str,
    script_hash: &'a str,
}

/// Everything of the page that stands before the first conversation.
///
/// # Errors
/// Never, as long as memory can be written to.
pub(super) fn head(rules: &Rules, lang: Lang) -> io::Result<String> {
    let labels = Labels::builtin(lang);
    let (zh, en) = (Labels::builtin(Lang::Zh), Labels::builtin(Lang::En));
    let (style, script) = (joined(&STYLES), joined(&SCRIPTS));
    Head {
        lang: match lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        },
        title: labels.choose(rules.title()),
        needs_script: [zh.get("page.needs-script"), en.get("page.needs-script")],
        reading: labels.get("page.reading"),
        style: &style,
        style_hash: &hash(&style),
        script: &script,
        script_hash: &hash(&script),
    }
    .render()
    .map_err(io::Error::other)
}

/// The files as one. Browsers hash what they read, in which a line ends with `\n`
/// whatever the sources were checked out with.
fn joined(files: &[&str]) -> String {
    files.join("\n").replace("\r\n", "\n")
}

/// What a policy calls the hash of an inline style or script.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0u32, |bits, at| {
            bits << 8 | u32::from(group.get(at).copied().unwrap_or(0))
        });
        for digit in 0..4 {
            match digit <= group.len() {
                true => text.push(char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize & 63])),
                false => text.push('='),
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_every_length() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("\u{ff}\u{3ff}", "w7/Pvw=="),
        ];
        for (text, expected) in cases {
            assert_eq!(base64(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_in_style_or_script_ends_it() {
        for file in STYLES.iter().chain(&SCRIPTS) {
            for end in ["</", "<!--"] {
                assert!(!file.contains(end), "{end} in {file}");
            }
        }
    }
}
