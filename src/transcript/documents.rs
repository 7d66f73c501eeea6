//! JSON: liyan's own conversations in a list, or over several lines.
//!
//! What JSON Lines has on one line each is here as editors and scripts like to lay it
//! out. Each object is read as if it stood on a line of its own.

use super::detect::{Head, Sure};
use super::format::{Cut, Reader};
use super::input::first_object;
use super::jsonl;

pub(super) const READER: Reader = Reader {
    name: "json",
    extensions: &["json"],
    recognise,
    cut: Cut::Objects(jsonl::parse),
};

fn recognise(head: &Head) -> Sure {
    let begins = head.text.trim_start().starts_with(['{', '[']);
    if !begins || jsonl::recognise(head) == Sure::Signature {
        return Sure::No;
    }
    let first = first_object(head.text.as_bytes());
    Sure::from(first.is_some_and(|first| jsonl::has_turns(&first)))
}
