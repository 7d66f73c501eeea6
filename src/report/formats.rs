//! The formats that can be read: where they come from, and what they are told by.

use super::json;
use super::look::Look;
use super::visible::columns;
use super::wrap::{pad, wrap};
use crate::phrasebook::labels::Labels;
use crate::transcript::Format;
use serde::Serialize;

/// Columns between a name and what is said of it.
const GAP: usize = 2;

/// How the formats are shown.
#[derive(Clone, Copy)]
pub struct Formats<'a> {
    /// The words.
    pub labels: &'a Labels,
    /// How many columns a line may take.
    pub width: usize,
    /// Whether there are colours.
    pub colours: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'static str,
    extensions: &'static [&'static str],
    from: &'a str,
    sign: &'a str,
}

impl Formats<'_> {
    fn rows(&self) -> Vec<Row<'_>> {
        let words = |format: Format, word| {
            let key = format!("formats.{}.{word}", format.name());
            // Every format has them; a test says so.
            self.labels.find(&key).unwrap_or_default()
        };
        Format::all()
            .map(|format| Row {
                name: format.name(),
                extensions: format.extensions(),
                from: words(format, "from"),
                sign: words(format, "sign"),
            })
            .collect()
    }

    /// For people.
    pub fn terminal(&self) -> String {
        let look = Look {
            colours: self.colours,
        };
        let rows = self.rows();
        let widest = rows.iter().map(|row| columns(row.name)).max();
        let head = widest.unwrap_or_default() + GAP;
        let room = self.width.saturating_sub(head);
        let mut page = String::new();
        for row in &rows {
            let extensions = dotted(row.extensions);
            let below = match extensions.is_empty() {
                true => row.sign.to_owned(),
                false => format!("{extensions}  {}", row.sign),
            };
            let lines = wrap(row.from, room, self.labels).into_iter();
            let below = wrap(&below, room, self.labels).into_iter();
            let lines = lines.chain(below.map(|line| look.dim(&line)));
            for (number, line) in lines.enumerate() {
                page.push_str(&match number {
                    0 => look.strong(&pad(row.name, head)),
                    _ => " ".repeat(head),
                });
                page.push_str(&line);
                page.push('\n');
            }
        }
        page.push('\n');
        for line in wrap(
            self.labels.get("formats-page.after"),
            self.width,
            self.labels,
        ) {
            page.push_str(&line);
            page.push('\n');
        }
        page
    }

    /// For programs: a list of objects with `name`, `extensions`, `from` and `sign`.
    pub fn json(&self) -> String {
        let mut out = Vec::new();
        json::write(&self.rows(), &mut out);
        out.push(b'\n');
        String::from_utf8_lossy(&out).into_owned()
    }

    /// For documents: a table.
    pub fn markdown(&self) -> String {
        let mut page = String::new();
        let heads = ["name", "from", "extensions", "sign"];
        let heads = heads.map(|head| self.labels.get(&format!("formats-page.{head}")).to_owned());
        page.push_str(&format!(
            "| {} |\n| --- | --- | --- | --- |\n",
            heads.join(" | ")
        ));
        for row in self.rows() {
            let cells = [
                format!("`{}`", row.name),
                row.from.to_owned(),
                dotted(row.extensions),
                row.sign.to_owned(),
            ];
            let cells = cells.map(|cell| cell.replace('|', "\\|").replace('<', "&lt;"));
            page.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        page
    }
}

fn dotted(extensions: &[&str]) -> String {
    let dotted: Vec<_> = extensions.iter().map(|word| format!(".{word}")).collect();
    dotted.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::labels::Lang;

    #[test]
    fn every_format_is_shown_in_every_way() {
        for lang in Lang::ALL {
            let labels = Labels::builtin(lang);
            let formats = Formats {
                labels: &labels,
                width: 80,
                colours: false,
            };
            let (page, table) = (formats.terminal(), formats.markdown());
            assert!(page.lines().all(|line| columns(line) <= 80), "{page}");
            let rows: serde_json::Value = serde_json::from_str(&formats.json()).expect("JSON");
            for (number, format) in Format::all().enumerate() {
                let name = format.name();
                assert!(
                    page.lines()
                        .any(|line| line.split(' ').next() == Some(name))
                );
                assert!(table.contains(&format!("| `{name}` | ")));
                assert_eq!(rows[number]["name"], name);
                for word in ["from", "sign"] {
                    let words = rows[number][word].as_str().unwrap_or_default();
                    assert!(!words.is_empty(), "{lang:?}: formats.{name}.{word}");
                }
            }
        }
    }
}
