//! Exports that somebody's own system writes, met often enough to be read.

mod html;
mod html_list;
mod html_table;
mod runs;

pub(super) use html_list::READER as HTML_LIST;
pub(super) use html_table::READER as HTML_TABLE;
pub(super) use runs::READER as RUNS;

use super::super::segment::Segment;

/// The talk in a cell that holds one in such a form.
pub(super) fn segments(cell: &str) -> Option<Vec<Segment>> {
    match () {
        () if runs::is_there(cell) => Some(runs::segments(cell)),
        () if html_list::is_there(cell) => Some(html_list::segments(cell)),
        () => None,
    }
}
