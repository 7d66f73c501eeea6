//! What recognisers write as JSON: one reader a file, one row here.

use super::format::Reader;

pub(super) const READERS: &[&Reader] = &[];
