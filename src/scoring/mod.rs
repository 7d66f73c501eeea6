//! What verdicts are worth, and how well they agree with a person's.

pub mod agreement;
mod points;

pub use points::{Score, score};
