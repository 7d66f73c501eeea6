//! The forms in which results can be had.

use std::path::Path;

/// A form in which results can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people at a terminal: [`Terminal`](super::Terminal).
    Terminal,
    /// For a browser: [`Page`](super::Page).
    Html,
    /// For programs, a line a conversation: [`wire`](super::wire).
    Jsonl,
    /// A workbook with a sheet a view: [`xlsx`](super::xlsx).
    Xlsx,
    /// A table for a spreadsheet or a script: [`csv`](super::csv).
    Csv,
    /// A document to be pasted: [`markdown`](super::markdown).
    Markdown,
    /// For pipelines: [`junit`](super::junit).
    Junit,
}

impl Format {
    /// All forms.
    pub const ALL: [Format; 7] = [
        Format::Terminal,
        Format::Html,
        Format::Xlsx,
        Format::Csv,
        Format::Markdown,
        Format::Junit,
        Format::Jsonl,
    ];

    /// The word that stands for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Terminal => "terminal",
            Format::Html => "html",
            Format::Jsonl => "jsonl",
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
            Format::Junit => "junit",
        }
    }

    /// The form that a word stands for, if it is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether a further report in this form can follow one on standard output.
    pub fn can_follow(self) -> bool {
        matches!(self, Format::Terminal | Format::Jsonl | Format::Csv)
    }

    /// The form that a file's extension tells, if it does.
    pub fn of_file(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "xlsx" => Some(Format::Xlsx),
            "csv" => Some(Format::Csv),
            "md" | "markdown" => Some(Format::Markdown),
            "xml" => Some(Format::Junit),
            "html" | "htm" => Some(Format::Html),
            "txt" => Some(Format::Terminal),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_extensions() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
        }
        let cases = [
            ("a/b.jsonl", Some(Format::Jsonl)),
            ("b.NDJSON", Some(Format::Jsonl)),
            ("报告.csv", Some(Format::Csv)),
            ("a.htm", Some(Format::Html)),
            ("a.xlsx", Some(Format::Xlsx)),
            ("a.md", Some(Format::Markdown)),
            ("a.xml", Some(Format::Junit)),
            ("a.txt", Some(Format::Terminal)),
            ("csv", None),
            ("a.pdf", None),
            (".csv", None),
        ];
        for (path, expected) in cases {
            assert_eq!(Format::of_file(Path::new(path)), expected, "{path}");
        }
    }
}
