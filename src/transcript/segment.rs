//! What a reader makes of a file, before anybody has asked who is who: stretches of
//! talk as the recogniser cut them.
//!
//! A reader's whole duty is to put each value into the right field, in the right unit.
//! Joining, sorting, roles and empty stretches are the business of [`super::assemble`].

use crate::conversation::{Channel, Note, Role};

/// One stretch of talk.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Segment {
    /// The recogniser's name for who speaks, as it writes it: `0`, `SPEAKER_01`.
    pub(super) speaker: Option<String>,
    /// The track of the recording that it was heard on, as written: `0`, `ch_1`, `left`.
    pub(super) channel: Option<String>,
    /// Who that is, if the form itself says so (`AGENT`); words are left to the table.
    pub(super) role: Option<Role>,
    /// Seconds from the beginning of the recording.
    pub(super) start: Option<f64>,
    /// Seconds from the beginning of the recording.
    pub(super) end: Option<f64>,
    /// What was said, as written.
    pub(super) text: String,
}

impl Recording {
    /// Whether anything says who speaks in it.
    pub(super) fn has_speakers(&self) -> bool {
        let mut segments = self.segments.iter();
        segments.any(|segment| {
            segment.speaker.is_some() || segment.channel.is_some() || segment.role.is_some()
        })
    }
}

/// One conversation as a file holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Recording {
    /// Its name; without one it gets that of the file.
    pub(super) id: Option<String>,
    /// Where it was held, if the file says so.
    pub(super) channel: Option<Channel>,
    /// When it began, as written.
    pub(super) started_at: Option<String>,
    /// Who served.
    pub(super) agent: Option<String>,
    /// Which branch.
    pub(super) branch: Option<String>,
    /// In the order of the file; they may overlap, be empty, or go back in time.
    pub(super) segments: Vec<Segment>,
    /// Whether each of them is a single word.
    pub(super) by_word: bool,
    /// What the reader had to assume or leave out.
    pub(super) notes: Vec<Note>,
}
