//! How a turn reads: folded characters with the map back, sounds, language, words.
//!
//! Recognisers write the same words in many ways: full-width or half-width,
//! traditional or simplified, with punctuation or without, with every 嗯 and 那个
//! or with none. [`Folding`] takes all that away, and remembers for every
//! character that it keeps where in the received text it came from:
//!
//! ```text
//! received   嗯,請您 您稍 候。      bytes 0..
//! folded     请 您 稍 候            characters 0..4, each with its byte span
//! breaks    |          |          where the talk pauses, asks or ends
//! ```
//!
//! The wordings of a phrasebook pass through the very same function, so the two
//! can't disagree. This floor knows nothing of standards; all word lists that it
//! uses are handed to it.

mod fold;
mod language;
mod sound;
mod tables;
mod words;

pub use fold::{Break, Folded, Folding, FoldingSpec};
pub use language::{Language, LanguageSpec, foreign_language};
pub use sound::Sounds;
pub use words::word_edges;
