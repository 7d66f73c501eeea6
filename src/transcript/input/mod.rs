//! From paths to records: which files are read, what is unpacked, where one record ends.
//!
//! ```text
//! paths ─► walk ─► open ─► inflated ─► decoded ─► line ends ─► source ─► Record
//!                    └──► archive ──► (each entry again)
//! ```

mod archive;
mod inflated;
mod line_ends;
mod magic;
mod objects;
mod open;
mod records;
mod source;
mod walk;

pub use records::{Options, Records};

pub(super) use objects::first as first_object;
pub(super) use walk::without_compression;
