//! As much of HTML as such exports need: tags, their attributes, and the text between.

use super::super::subtitle::unescaped;

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Html<'a> {
    /// `<li start=0>`: its name in small letters, and what follows it.
    Open(String, &'a str),
    Close(String),
    /// Text, with its entities as written.
    Text(&'a str),
}

/// The longest tag in bytes; what is longer is text.
const LONGEST: usize = 4_000;

/// The pieces of a document, each with the byte at which it begins.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (usize, Html<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &text[at..];
            let from = at;
            if rest.is_empty() {
                return None;
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                let end = comment.find("-->").map_or(rest.len(), |end| end + 7);
                at += end;
                continue;
            }
            if let Some((piece, length)) = tag(rest) {
                at += length;
                return Some((from, piece));
            }
            // What begins so and is no tag is text.
            let sign = usize::from(rest.starts_with('<'));
            let length = rest[sign..].find('<').map_or(rest.len(), |end| sign + end);
            at += length;
            return Some((from, Html::Text(&rest[..length])));
        }
    })
}

fn tag(text: &str) -> Option<(Html<'_>, usize)> {
    let inner = text.strip_prefix('<')?;
    let (closes, named) = match inner.strip_prefix('/') {
        Some(named) => (true, named),
        None => (false, inner),
    };
    if !named.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) {
        return None;
    }
    let mut quote = None;
    // Where another tag begins this one was none.
    let end = named
        .bytes()
        .take(LONGEST)
        .position(|byte| match (quote, byte) {
            (None, b'>' | b'<') => true,
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                false
            }
            (Some(open), byte) if open == byte => {
                quote = None;
                false
            }
            _ => false,
        })?;
    if named.as_bytes()[end] != b'>' {
        return None;
    }
    let name_end = named.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    let (name, attributes) = named[..end].split_at(name_end.unwrap_or(end).min(end));
    // `ss:Cell` is a cell.
    let name = name
        .rsplit(':')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let length = text.len() - named.len() + end + 1;
    let piece = match closes {
        true => Html::Close(name),
        false => Html::Open(name, attributes),
    };
    Some((piece, length))
}

/// The value of an attribute, in quotation marks or not.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(end.max(1).min(rest.len()));
        let Some(value) = after.trim_start().strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let quoted = ['"', '\'']
            .into_iter()
            .find(|quote| value.starts_with(*quote));
        let (value, after) = match quoted {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        let bare = key.rsplit(':').next().unwrap_or_default();
        if bare.eq_ignore_ascii_case(name) {
            return Some(unescaped(value));
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_fall_into_pieces() {
        let text =
            "<!DOCTYPE html><!-- <li> --><LI start=5 class=\"a>b\">坐席：<b>好</b> 3 < 5</li><br/>";
        let told: Vec<String> = pieces(text)
            .map(|(_, piece)| format!("{piece:?}"))
            .collect();
        let expected = [
            "Open(\"!doctype\", \" html\")",
            "Open(\"li\", \" start=5 class=\\\"a>b\\\"\")",
            "Text(\"坐席：\")",
            "Open(\"b\", \"\")",
            "Text(\"好\")",
            "Close(\"b\")",
            "Text(\" 3 \")",
            "Text(\"< 5\")",
            "Close(\"li\")",
            "Open(\"br\", \"/\")",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn attributes_are_found() {
        let attributes = " start=13070 checked end = '14870' ss:Index=\"3\" title=\"a &amp; b\"/";
        let of = |name| attribute(attributes, name);
        assert_eq!(of("start").as_deref(), Some("13070"));
        assert_eq!(of("END").as_deref(), Some("14870"));
        assert_eq!(of("index").as_deref(), Some("3"));
        assert_eq!(of("title").as_deref(), Some("a & b"));
        assert_eq!(of("checked"), None);
        assert_eq!(of("speed"), None);
    }
}
