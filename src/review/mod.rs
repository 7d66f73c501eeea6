//! What people say of verdicts: which are drawn for a second look, what comes back, and
//! what follows from it.
//!
//! ```text
//! Line ─► draw ─► sheet ─► write ─► a workbook or CSV   (filled in by a person)
//!                                        │
//!         ┌──────────────────────────────┘
//!         ▼
//!       grid ─► read ─► Decision ─┬─► ledger    the log, each entry with the hash of the one before
//!                                 ├─► apply     corrected lines and scores
//!                                 └─► figures   precision, agreement, wordings ─► told
//! ```
//!
//! A row is a verdict on one clause in one conversation. Nothing here reads a clock or
//! opens a file; chance comes from a seed.

pub mod apply;
pub mod decision;
pub mod draw;
pub mod figures;
pub mod grid;
pub mod ledger;
pub mod read;
pub mod sheet;
pub mod told;
pub mod write;

pub use apply::Reviewed;
pub use decision::{Appeal, Choice, Decision};
pub use draw::{Draw, Sampler};
pub use read::RowProblem;
