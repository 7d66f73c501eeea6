//! What was read how: files by format and encoding.
//!
//! Formats and encodings are told from the files themselves. Whoever gave a folder of
//! many kinds should see at a glance what each was taken for, since a file that is
//! taken for the wrong thing may be read without a complaint.
//!
//! ```text
//! 读了 6 个文件，9 段对话 · jsonl 2 · text 3（GB18030 2、UTF-16LE 1） · srt 1
//! ```

use super::terminal::DOT;
use super::visible::visible;
use super::wrap::flow;
use crate::phrasebook::labels::Labels;
use crate::transcript::{Encoding, Format, Record};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files that were read so far.
#[derive(Default)]
pub struct Reading {
    last: Option<File>,
    /// How many files of each format, by its place among all, are in each encoding.
    files: BTreeMap<(usize, &'static str), usize>,
}

struct File {
    source: Arc<str>,
    format: Format,
    encoding: Encoding,
}

impl Reading {
    /// Counts the file that a record is from; all records of a file come together.
    pub fn add(&mut self, record: &Record) {
        match &mut self.last {
            Some(last) if last.source == record.place.source => {
                // Until a file writes something else than ASCII it passes for UTF-8.
                if record.encoding != Encoding::UTF_8 {
                    last.encoding = record.encoding;
                }
            }
            last => {
                let next = File {
                    source: Arc::clone(&record.place.source),
                    format: record.format,
                    encoding: record.encoding,
                };
                if let Some(file) = last.replace(next) {
                    *self.files.entry(key(&file)).or_default() += 1;
                }
            }
        }
    }

    fn files(&self) -> BTreeMap<(usize, &'static str), usize> {
        let mut files = self.files.clone();
        if let Some(file) = &self.last {
            *files.entry(key(file)).or_default() += 1;
        }
        files
    }

    /// What is worth saying of it, besides how many conversations there were: nothing
    /// where one file is of a form of liyan's own and in UTF-8.
    pub fn page(&self, conversations: usize, labels: &Labels, width: usize) -> Option<String> {
        let files = self.files();
        let count: usize = files.values().sum();
        let formats: Vec<Format> = Format::all().collect();
        let (place, encoding) = files.keys().next()?;
        let own = [Format::JSONL, Format::PLAIN].contains(&formats[*place]);
        if count == 1 && own && *encoding == Encoding::UTF_8.name() {
            return None;
        }
        let values = [
            ("files", count.to_string()),
            ("conversations", conversations.to_string()),
        ];
        let mut items = vec![labels.fill("reading.files", &values)];
        for (place, format) in formats.iter().enumerate() {
            let of_format = files.iter().filter(|((of, _), _)| *of == place);
            let count: usize = of_format.clone().map(|(_, count)| count).sum();
            let others = of_format.filter(|((_, name), _)| *name != Encoding::UTF_8.name());
            let others: Vec<String> = others
                .map(|((_, name), count)| {
                    let values = [("name", visible(name)), ("count", count.to_string())];
                    labels.fill("reading.encoding", &values)
                })
                .collect();
            if count > 0 {
                let values = [
                    ("name", format.name().to_owned()),
                    ("count", count.to_string()),
                    ("encodings", others.join(labels.get("layout.between"))),
                ];
                items.push(labels.fill("reading.format", &values));
            }
        }
        Some(flow(&items, DOT, width, labels).join("\n"))
    }
}

fn key(file: &File) -> (usize, &'static str) {
    let place = Format::all().position(|format| format == file.format);
    (place.unwrap_or_default(), file.encoding.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::labels::Lang;
    use crate::transcript::Place;

    fn told(files: &[(&str, Format, Encoding)], lang: Lang) -> Option<String> {
        let mut reading = Reading::default();
        for (line, (source, format, encoding)) in files.iter().enumerate() {
            reading.add(&Record {
                place: Place::new(*source, line as u64 + 1),
                format: *format,
                encoding: *encoding,
                bytes: Vec::new(),
                hints: Default::default(),
            });
        }
        reading.page(files.len(), &Labels::builtin(lang), 60)
    }

    #[test]
    fn files_are_told_by_format_and_encoding() {
        let (jsonl, text) = (Format::JSONL, Format::PLAIN);
        let (utf8, gb18030) = (Encoding::UTF_8, Encoding::GB18030);
        let big5 = Encoding::BIG5;
        let one = [("a", jsonl, utf8), ("a", jsonl, utf8)];
        assert_eq!(told(&[], Lang::Zh), None);
        assert_eq!(told(&one, Lang::Zh), None);
        let late = [
            ("a", text, utf8),
            ("a", text, gb18030),
            ("a", text, gb18030),
        ];
        let expected = "读了 1 个文件，3 段对话 · text 1（GB18030 1）";
        assert_eq!(told(&late, Lang::Zh).as_deref(), Some(expected));
        let many = [
            ("a", text, big5),
            ("b", text, gb18030),
            ("c", jsonl, utf8),
            ("d", text, gb18030),
            ("d", text, gb18030),
            ("e", text, utf8),
        ];
        let expected = "Files read: 5, conversations: 6 · jsonl 1\n\
                        text 4 (Big5 1, GB18030 2)";
        assert_eq!(told(&many, Lang::En).as_deref(), Some(expected));
    }
}
