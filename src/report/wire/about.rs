//! Where the conversation belongs, and the talk itself where it was asked for.

use crate::conversation::{self, About, Turn};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Where the conversation belongs among others: what reports group and join by. All
/// of it as the input writes it, `null` where the input doesn't say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Whereabouts<'a> {
    /// When it began.
    pub started_at: Option<Cow<'a, str>>,
    /// Who served.
    pub agent: Option<Cow<'a, str>>,
    /// Which branch.
    pub branch: Option<Cow<'a, str>>,
    /// What it was about, as the house files it.
    pub business: Option<Cow<'a, str>>,
    /// By which key the house knows the client.
    pub client: Option<Cow<'a, str>>,
    /// By which key the house knows the complaint that it belongs to.
    pub complaint: Option<Cow<'a, str>>,
    /// Free labels; `key=value` where they have a key.
    pub tags: Vec<Cow<'a, str>>,
}

/// One turn of the talk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said<'a> {
    /// `staff`, `client`, `other`, `scene` or `unknown`.
    pub role: Cow<'a, str>,
    /// What was said, as received but for what is masked.
    pub text: Cow<'a, str>,
    /// Seconds from the beginning of the conversation.
    pub start: Option<f64>,
    /// Seconds from the beginning of the conversation.
    pub end: Option<f64>,
    /// The recogniser's own name for the speaker.
    pub speaker: Option<Cow<'a, str>>,
}

/// Of which longer recording a conversation is a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Visit<'a> {
    /// The recording's id.
    pub of: Cow<'a, str>,
    /// Which of the recording's turns is the conversation's turn 0.
    pub first_turn: usize,
    /// Which of them is its last.
    pub last_turn: usize,
    /// When it begins, in seconds on the recording's clock; `null` where there are no
    /// times.
    pub start: Option<f64>,
    /// When it ends.
    pub end: Option<f64>,
}

impl<'a> From<&'a conversation::Visit> for Visit<'a> {
    fn from(visit: &'a conversation::Visit) -> Self {
        Self {
            of: Cow::from(&visit.of),
            first_turn: visit.first_turn,
            last_turn: visit.last_turn,
            start: visit.start,
            end: visit.end,
        }
    }
}

impl<'a> From<&'a About> for Whereabouts<'a> {
    fn from(about: &'a About) -> Self {
        let text = |text: &'a Option<String>| text.as_deref().map(Cow::from);
        Self {
            started_at: text(&about.started_at),
            agent: text(&about.agent),
            branch: text(&about.branch),
            business: text(&about.business),
            client: text(&about.client),
            complaint: text(&about.complaint),
            tags: about.tags.iter().map(Cow::from).collect(),
        }
    }
}

impl<'a> From<&'a Turn> for Said<'a> {
    fn from(turn: &'a Turn) -> Self {
        Self {
            role: Cow::from(turn.role.name()),
            text: Cow::from(&turn.text),
            start: turn.start,
            end: turn.end,
            speaker: turn.speaker.as_deref().map(Cow::from),
        }
    }
}
