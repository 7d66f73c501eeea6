//! What verdicts are worth, what shows only across many conversations, and how well
//! verdicts agree with a person's.

pub mod across;
pub mod agreement;
mod points;

pub use points::{Score, score};
