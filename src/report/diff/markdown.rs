//! What changed, as Markdown: for the note that goes with a changed phrasebook.

use super::{Change, Diff, DiffReport};
use crate::report::visible::visible;
use std::fmt::Write;

impl DiffReport<'_> {
    /// A heading, the figures, a table of clauses, and a table of flips a clause.
    pub fn markdown(&self, diff: &Diff) -> String {
        let get = |key: &'static str| self.labels.get(key);
        let mut page = String::new();
        let [old, new] = self.phrasebooks(diff).map(|name| harmless(&name));
        // Writing to a string can't fail, here and below.
        let _ = match old == new {
            true => writeln!(page, "# {old}\n"),
            false => writeln!(page, "# {old} → {new}\n"),
        };
        for item in self.totals(diff) {
            let _ = writeln!(page, "- {item}");
        }
        for (key, ids) in ["diff.only-old-ids", "diff.only-new-ids"]
            .into_iter()
            .zip(&diff.only)
        {
            if !ids.is_empty() {
                let ids: Vec<String> = ids.iter().map(|id| harmless(id)).collect();
                let _ = writeln!(page, "\n{} {}", get(key), ids.join(get("layout.between")));
            }
        }
        let counts = diff.by_clause(self.rules);
        if counts.is_empty() {
            return page;
        }
        let names = Change::ALL.map(|change| {
            let key = format!("diff.{}", change.name());
            self.labels.get(&key).to_owned()
        });
        let _ = writeln!(
            page,
            "\n| {} | {} | {} |\n| --- | --- |{}",
            get("column.clause"),
            get("column.title"),
            names.join(" | "),
            " ---: |".repeat(names.len()),
        );
        for (id, of) in &counts {
            let of: Vec<String> = of.0.iter().map(usize::to_string).collect();
            let title = harmless(self.title(id));
            let _ = writeln!(page, "| {} | {title} | {} |", harmless(id), of.join(" | "));
        }
        for (id, _) in counts {
            let (shown, more) = self.shown(diff, id);
            if shown.is_empty() {
                continue;
            }
            let title = harmless(self.title(id));
            let _ = writeln!(page, "\n## {} {title}\n", harmless(id));
            let _ = writeln!(
                page,
                "| {} | {} | {} |\n| --- | --- | --- |",
                get("column.id"),
                get("diff.old"),
                get("diff.new")
            );
            for flip in shown {
                let [old, new] = [&flip.old, &flip.new].map(|of| {
                    let words = of.as_ref().map(|of| self.words(of)).unwrap_or_default();
                    harmless(format!("{} {words}", self.outcome(of.as_ref())).trim_end())
                });
                let _ = writeln!(page, "| {} | {old} | {new} |", harmless(&flip.id));
            }
            if more > 0 {
                let text = self
                    .labels
                    .fill("diff.more", &[("count", more.to_string())]);
                let _ = writeln!(page, "\n{text}");
            }
        }
        page
    }
}

/// Text that shows itself in a table of Markdown and does nothing.
pub(crate) fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in visible(text).chars() {
        match char {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '!' | '~' => {
                out.push('\\');
                out.push(char);
            }
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn markdown_of_a_transcript_is_text() {
        let cases = [
            ("对不起", "对不起"),
            ("a|b\nc", r"a\|b␊c"),
            ("<img src=x>", "&lt;img src=x&gt;"),
            ("[x](javascript:1)", r"\[x\](javascript:1)"),
            ("**x** `y` ~z~", r"\*\*x\*\* \`y\` \~z\~"),
        ];
        for (text, expected) in cases {
            assert_eq!(harmless(text), expected);
        }
    }
}
