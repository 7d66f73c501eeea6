//! Exit statuses, as the manual documents them.

use std::process::ExitCode;

/// How a run of the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome(u8);

impl Outcome {
    /// Everything was done.
    pub const DONE: Outcome = Outcome(0);
    /// Everything was done, and a score lies under the limit or a test failed.
    pub const BELOW: Outcome = Outcome(1);
    /// Wrong usage, a faulty phrasebook, or nothing could be read or written.
    pub const FAILED: Outcome = Outcome(2);
    /// The same, where the command line is at fault.
    pub const WRONG_USAGE: Outcome = Outcome::FAILED;
    /// Done, but part of the input could not be read.
    pub const IN_PART: Outcome = Outcome(3);

    /// Ended by a signal: 130 from the keyboard, 143 by a request to end.
    pub fn ended_by(status: usize) -> Self {
        Outcome(u8::try_from(status).unwrap_or(130))
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(outcome.0)
    }
}
