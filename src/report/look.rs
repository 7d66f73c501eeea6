//! Colours, few and calm: red for what must not be, yellow for what was left out,
//! green for what was said well, dim for what is only there to orient.

use crate::assessment::Verdict;
use anstyle::{AnsiColor, Style};

/// Paints text, or leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether there are colours.
    pub colours: bool,
}

impl Look {
    /// `text` in `style`, if there are colours.
    pub fn paint(self, style: Style, text: &str) -> String {
        if self.colours && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// The head of a report.
    pub fn strong(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    /// What only orients: speakers, turn numbers, headings of tables.
    pub fn dim(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    /// A word in the colour of a verdict.
    pub fn verdict(self, verdict: Verdict, text: &str) -> String {
        self.paint(verdict_style(verdict), text)
    }

    /// Evidence inside a turn: of what was said well, or of a breach.
    pub fn evidence(self, is_breach: bool, text: &str) -> String {
        let verdict = if is_breach {
            Verdict::Breached
        } else {
            Verdict::Met
        };
        self.paint(verdict_style(verdict).underline(), text)
    }
}

fn verdict_style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Met => AnsiColor::Green.on_default(),
        Verdict::Partial => AnsiColor::Yellow.on_default(),
        Verdict::Missed => AnsiColor::Yellow.on_default().bold(),
        Verdict::Breached => AnsiColor::Red.on_default().bold(),
        Verdict::Undecided => AnsiColor::Cyan.on_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colours_nothing_is_added() {
        let plain = Look { colours: false };
        assert_eq!(plain.strong("a") + &plain.evidence(true, "b"), "ab");
        let coloured = Look { colours: true };
        assert_eq!(coloured.strong("a"), "\u{1b}[1ma\u{1b}[0m");
        assert_eq!(coloured.strong(""), "");
    }
}
