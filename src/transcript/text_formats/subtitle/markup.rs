//! Tags and entities in the text of a cue.

/// A stretch of a cue's text in one voice.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Piece {
    /// The name in a voice tag, `<v 客服 01>`.
    pub(super) voice: Option<String>,
    /// The colour in which it stands, since some give each speaker one.
    pub(super) colour: Option<String>,
    /// The words without markup.
    pub(super) text: String,
}

/// The text of a cue, taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Marked {
    /// At least one.
    pub(super) pieces: Vec<Piece>,
    /// Where, in bytes of the text without markup, the word begins that is underlined
    /// as it is spoken.
    pub(super) underlined: Option<usize>,
    /// Whether times stand between the words.
    pub(super) timed_words: bool,
}

impl Marked {
    pub(super) fn of(raw: &str) -> Self {
        let mut marked = Marked::default();
        let mut piece = Piece::default();
        let mut length = 0;
        let mut rest = raw;
        while let Some(at) = rest.find(['<', '{', '&', '\\']) {
            piece.text.push_str(&rest[..at]);
            length += at;
            rest = &rest[at..];
            let (sign, after) = sign(rest);
            match sign {
                Sign::Voice(name) => {
                    marked.take(&mut piece);
                    piece.voice = Some(name).filter(|name| !name.is_empty());
                }
                Sign::Colour(colour) => {
                    marked.take(&mut piece);
                    piece.colour = colour;
                }
                Sign::Underline => marked.underlined = marked.underlined.or(Some(length)),
                Sign::Time => marked.timed_words = true,
                Sign::Text(c) => {
                    piece.text.push(c);
                    length += c.len_utf8();
                }
                Sign::Nothing => {}
            }
            rest = after;
        }
        piece.text.push_str(rest);
        marked.take(&mut piece);
        if marked.pieces.is_empty() {
            marked.pieces.push(Piece::default());
        }
        marked
    }

    fn take(&mut self, piece: &mut Piece) {
        let next = Piece {
            text: String::new(),
            ..piece.clone()
        };
        let piece = std::mem::replace(piece, next);
        if !piece.text.trim().is_empty() {
            self.pieces.push(piece);
        }
    }

    /// All words, whoever says them.
    pub(super) fn bare(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }
}

enum Sign {
    /// `<v name>`, or an empty name where the voice ends.
    Voice(String),
    /// `<font color=…>`, or none where it ends.
    Colour(Option<String>),
    Underline,
    Time,
    Text(char),
    /// Looks alone.
    Nothing,
}

/// The longest tag; what is longer is text.
const LONGEST_TAG: usize = 200;

/// What the sign with which the text begins says, and what follows it.
fn sign(text: &str) -> (Sign, &str) {
    let found = match text.as_bytes()[0] {
        b'<' => within(text, '>').and_then(|(inner, rest)| Some((tag(inner)?, rest))),
        b'{' => within(text, '}')
            .filter(|(inner, _)| inner.starts_with('\\'))
            .map(|(_, rest)| (Sign::Nothing, rest)),
        b'&' => entity(text),
        _ => ["\\N", "\\h"]
            .into_iter()
            .zip(['\n', ' '])
            .find_map(|(code, c)| Some((Sign::Text(c), text.strip_prefix(code)?))),
    };
    found.unwrap_or_else(|| {
        let first = text.chars().next().unwrap_or_default();
        (Sign::Text(first), &text[first.len_utf8()..])
    })
}

fn within(text: &str, close: char) -> Option<(&str, &str)> {
    let (end, _) = text
        .char_indices()
        .take(LONGEST_TAG)
        .find(|(_, c)| *c == close)?;
    Some((&text[1..end], &text[end + 1..]))
}

fn tag(inner: &str) -> Option<Sign> {
    if inner.starts_with(|c: char| c.is_ascii_digit()) {
        return super::clock::seconds(inner).map(|_| Sign::Time);
    }
    let (closes, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner.trim_end_matches('/')),
    };
    let (head, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let name = head.split('.').next().unwrap_or_default();
    Some(match name.to_ascii_lowercase().as_str() {
        "v" if closes => Sign::Voice(String::new()),
        "v" => Sign::Voice(unescaped(rest.trim())),
        "font" if closes => Sign::Colour(None),
        "font" => Sign::Colour(colour(rest)),
        "u" if !closes => Sign::Underline,
        "br" => Sign::Text('\n'),
        "b" | "i" | "u" | "s" | "c" | "lang" | "ruby" | "rt" | "span" | "p" => Sign::Nothing,
        _ => return None,
    })
}

fn colour(attributes: &str) -> Option<String> {
    let (_, value) = attributes.split_once("color")?;
    let value = value.trim_start().strip_prefix('=')?.trim();
    let quoted = |c: char| matches!(c, '"' | '\'');
    let value = value.trim_start_matches(quoted);
    let end = value.find(|c: char| quoted(c) || c.is_whitespace());
    let value = value[..end.unwrap_or(value.len())].to_ascii_lowercase();
    (!value.is_empty()).then_some(value)
}

/// The text with its entities as the characters that they stand for.
pub(in super::super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((Sign::Text(c), after)) => {
                plain.push(c);
                rest = after;
            }
            Some((_, after)) => rest = after,
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(text: &str) -> Option<(Sign, &str)> {
    let (name, rest) = within(text, ';')?;
    let code = name.strip_prefix('#').and_then(|code| {
        let hexadecimal = code.strip_prefix(['x', 'X']);
        match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => code.parse().ok(),
        }
    });
    let sign = match name {
        "lt" => Sign::Text('<'),
        "gt" => Sign::Text('>'),
        "amp" => Sign::Text('&'),
        "quot" => Sign::Text('"'),
        "apos" => Sign::Text('\''),
        "nbsp" => Sign::Text(' '),
        "lrm" | "rlm" | "shy" | "zwnj" | "zwj" => Sign::Nothing,
        _ => Sign::Text(char::from_u32(code?)?),
    };
    Some((sign, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(raw: &str) -> String {
        let piece = |piece: &Piece| {
            let voice = piece
                .voice
                .as_ref()
                .map_or(String::new(), |v| format!("{v}>"));
            let colour = piece
                .colour
                .as_ref()
                .map_or(String::new(), |c| format!("{c}:"));
            format!("{voice}{colour}{}", piece.text)
        };
        let marked = Marked::of(raw);
        let pieces: Vec<String> = marked.pieces.iter().map(piece).collect();
        let underlined = marked
            .underlined
            .map_or(String::new(), |at| format!(" _{at}"));
        let timed = if marked.timed_words { " timed" } else { "" };
        pieces.join("|").replace('\n', "⏎") + &underlined + timed
    }

    #[test]
    fn markup_is_taken_off() {
        let table = r##"
            <i>您好</i>，{\an8}<b>请讲</b> => 您好，请讲
            <v 客服 01>您好</v> => 客服 01>您好
            <v.loud.red 客户>喂 => 客户>喂
            <v 甲>您好<v 乙>喂</v>嗯 => 甲>您好|乙>喂|嗯
            <v A&amp;B>x => A&B>x
            <font color="#00FF00">您好</font> <font color=red>喂 => #00ff00:您好|red:喂
            a &lt;b&gt; &amp;&nbsp;c&lrm;&#65;&#x4e2d; => a <b> & cA中
            AT&T; R&D => AT&T; R&D
            您好 <u>请</u>问 => 您好 请问 _7
            您好<00:00:01.000><c> 请问</c> => 您好 请问 timed
            5 < 6 <客服> {x} C:\a\Nb => 5 < 6 <客服> {x} C:\a⏎b
            a<br/>b => a⏎b
            好<i></i> => 好
            "##;
        for row in table.trim().lines() {
            let (raw, expected) = row.trim_start().split_once(" => ").expect("a row");
            assert_eq!(told(raw), expected, "{raw}");
        }
    }
}
