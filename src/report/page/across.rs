//! What shows only across many conversations and isn't a sum over rows: whether groups
//! are served alike, and what became of complaints. Told in both languages.

use crate::phrasebook::labels::{Labels, Lang};
use crate::phrasebook::rules::Rules;
use crate::report::views::{self, Naming};
use crate::report::visible::visible;
use crate::scoring::across::{Across, Complaint, Joined, Standing};
use serde::Serialize;
use std::collections::BTreeMap;

/// The most complaints that are listed.
const MOST_COMPLAINTS: usize = 200;

/// What is told of many conversations.
#[derive(Serialize)]
pub(super) struct Told {
    /// By language.
    sentences: BTreeMap<&'static str, Sentences>,
    /// The complaints that there is something to do about, or was.
    complaints: Vec<Listed>,
}

#[derive(Serialize)]
struct Sentences {
    /// A paragraph for each comparison.
    alike: Vec<String>,
    complaints: Vec<String>,
}

/// A complaint that wasn't reported back on in time.
#[derive(Serialize)]
struct Listed {
    standing: &'static str,
    key: String,
    day: Option<String>,
    raised: String,
    branch: Option<String>,
    agent: Option<String>,
    took: Option<i64>,
}

impl Told {
    pub(super) fn new(rules: &Rules, across: &Across) -> Self {
        let list = across.complaints.list();
        let told = |lang| {
            let labels = Labels::builtin(lang);
            let naming = Naming::new(rules, &labels);
            let differences = views::differences(across, &naming);
            Sentences {
                alike: differences
                    .iter()
                    .map(|of| views::told(of, &naming))
                    .collect(),
                complaints: views::complaint_sentences(&across.complaints, &list, &naming),
            }
        };
        let late = |of: &&Complaint| matches!(of.standing, Standing::Overdue | Standing::Late);
        Self {
            sentences: Lang::ALL.map(|lang| (lang.name(), told(lang))).into(),
            complaints: list
                .iter()
                .filter(late)
                .take(MOST_COMPLAINTS)
                .map(Listed::new)
                .collect(),
        }
    }
}

impl Listed {
    fn new(of: &Complaint) -> Self {
        let key = match &of.joined {
            Joined::Complaint(key) | Joined::Client(key) => visible(key),
            Joined::Nothing => String::new(),
        };
        Self {
            standing: of.standing.name(),
            key,
            day: of.day.map(|day| day.to_string()),
            raised: visible(&of.raised),
            branch: of.branch.as_deref().map(visible),
            agent: of.agent.as_deref().map(visible),
            took: of.took,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use crate::scoring::across::Case;

    #[test]
    fn comparisons_are_told_in_both_languages() {
        let rules = fixture::rules();
        let mut across = Across::new(&rules, None);
        for tag in ["key=<a>", "key=b\u{202e}", "key=b\u{202e}"] {
            across.add(&Case {
                id: tag,
                score: Some(80.0),
                tags: vec![tag],
                ..Case::default()
            });
        }
        let told = serde_json::to_value(Told::new(&rules, &across)).expect("texts and numbers");
        let expected = serde_json::json!({
            "sentences": {
                "en": {
                    "alike": ["key=<a> and key=b�: too few conversations to tell (1 and 2; 20 each are the least)."],
                    "complaints": [],
                },
                "zh": {
                    "alike": ["key=<a>与key=b�：对话太少，看不出来（1 段与 2 段；每组至少 20 段）。"],
                    "complaints": [],
                },
            },
            "complaints": [],
        });
        assert_eq!(told, expected);
    }
}
