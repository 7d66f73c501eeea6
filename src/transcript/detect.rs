//! How one form is told from another: by what only it has, never by how large or how
//! likely a number is.

use std::cell::OnceCell;

use super::format::{Cut, Format};
use super::{ProblemKind, has_extension};

/// How a file begins.
pub(super) struct Head<'a> {
    /// Its text without byte order mark, up to where the head ends; of bytes that are
    /// no text, what can be read of them.
    ///
    /// Of a file that begins as JSON does it is all of it, wherever that is within the
    /// limit, since what tells one from another may stand at the end.
    pub(super) text: &'a str,
    /// The same as it came, for containers that have a magic number.
    pub(super) bytes: &'a [u8],
    /// The file's name, or path; `-` for standard input.
    pub(super) name: &'a str,
    /// Which of the forms it has that are JSON; told once for all of them.
    pub(super) json_forms: OnceCell<Vec<(&'static str, Sure)>>,
}

impl<'a> Head<'a> {
    pub(super) fn new(text: &'a str, bytes: &'a [u8], name: &'a str) -> Self {
        Self {
            text,
            bytes,
            name,
            json_forms: OnceCell::new(),
        }
    }

    /// Whether the file's name ends so, in whatever case; extensions without the dot.
    pub(super) fn is_named(&self, extensions: &[&str]) -> bool {
        has_extension(self.name, extensions)
    }
}

/// How sure a reader is that a file is of its form. The surest one reads it; of two
/// that are equally sure neither does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// It is of another form.
    No,
    /// Only the name says so, and others share it.
    Named,
    /// It looks so, but other forms may look alike: a colon behind a speaker's word.
    Likely,
    /// It has what only this form has: its signature.
    Signature,
}

/// Whether the signature is there, for readers that go by nothing else.
impl From<bool> for Sure {
    fn from(is_there: bool) -> Self {
        match is_there {
            true => Sure::Signature,
            false => Sure::No,
        }
    }
}

/// The most bytes of text that a reader is shown, unless it reads JSON.
const LONGEST: usize = 64 << 10;

fn block(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

impl Format {
    /// The format of a file that begins so.
    ///
    /// # Errors
    /// [`ProblemKind::EmptyFile`], [`ProblemKind::NoReader`] or
    /// [`ProblemKind::SeveralReaders`].
    pub(super) fn detect(head: &Head) -> Result<Format, ProblemKind> {
        if head.bytes.trim_ascii().is_empty() {
            return Err(ProblemKind::EmptyFile);
        }
        // Nobody but the readers of JSON needs more of it than a block.
        let brief = Head::new(block(head.text), head.bytes, head.name);
        let all = Format::all().map(|format| {
            let head = if format.is_json() { head } else { &brief };
            (format, (format.reader().recognise)(head))
        });
        let all: Vec<_> = all.filter(|(_, sure)| *sure > Sure::No).collect();
        let surest = all.iter().map(|(_, sure)| *sure).max();
        let mut formats: Vec<Format> = all
            .into_iter()
            .filter(|(_, sure)| Some(*sure) == surest)
            .map(|(format, _)| format)
            .collect();
        match (formats.pop(), formats.is_empty()) {
            (Some(format), true) => Ok(format),
            (Some(last), false) => {
                formats.push(last);
                Err(ProblemKind::SeveralReaders { formats })
            }
            (None, _) => Err(ProblemKind::NoReader),
        }
    }

    /// The format of a file that begins with this line, if one line is enough: only
    /// where each line stands for itself and has the signature in it.
    pub(super) fn detect_by_line(line: &Head) -> Option<Format> {
        Format::all().find(|format| {
            let reader = format.reader();
            matches!(reader.cut, Cut::Lines(_)) && (reader.recognise)(line) == Sure::Signature
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_signature() {
        let several = ProblemKind::SeveralReaders {
            formats: vec![Format::JSONL, Format::PLAIN],
        };
        let (jsonl, json) = (Ok(Format::JSONL), Ok(Format::JSON));
        let plain = Ok(Format::PLAIN);
        let cases = [
            ("jsonl", r#"{"id":1,"turns":[]}"#, "-", &jsonl),
            ("broken first line", "oops\n{\"turns\":[]}\n", "-", &jsonl),
            ("named jsonl", r#"{"id":1,"#, "a.NDJSON", &jsonl),
            ("a list", r#"[{"turns":[{}]}]"#, "-", &json),
            ("a list by lines", "[\n{\"turns\":[{}]},\n", "-", &json),
            ("over several lines", "{\n\"turns\":\n[{}\n]}", "-", &json),
            ("damaged", "{\n\"turns\":\n[x\n]}", "-", &json),
            ("jsonl named txt", r#"{"turns":[]}"#, "a.txt", &jsonl),
            ("speaker", "客服：您好", "-", &plain),
            ("text named jsonl", "客服：您好", "a.jsonl", &Err(several)),
            ("no speaker, named txt", "您好", "a.txt", &plain),
            ("no speaker", "您好", "-", &Err(ProblemKind::NoReader)),
            (
                "other json",
                "{\n \"text\": 1}",
                "a.json",
                &Err(ProblemKind::NoReader),
            ),
            ("blank", " \n\t\n", "a.txt", &Err(ProblemKind::EmptyFile)),
        ];
        for (case, text, name, expected) in cases {
            let head = Head::new(text, text.as_bytes(), name);
            assert_eq!(Format::detect(&head), *expected, "{case}");
        }
    }
}
