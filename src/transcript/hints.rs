//! What the user says of the input that the input itself doesn't say.

use super::SpeakerRoles;
use super::SpeakerTimes;
use super::text_formats::ColumnNames;

/// What is to be known to understand a record. All of it may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Which columns of tables hold what.
    pub columns: ColumnNames,
    /// Who speaks when, for texts without speakers.
    pub speakers: Option<SpeakerTimes>,
    /// Who is staff and who is client.
    pub roles: SpeakerRoles,
}
