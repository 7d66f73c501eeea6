//! What is said of a command line that can't be understood.

use crate::outcome::Outcome;
use crate::output::unwritten;
use crate::screen::Screen;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;

/// Tells the user what clap didn't understand, or what they asked clap for.
pub fn report(screen: &Screen, error: &clap::Error) -> Outcome {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return match error.print() {
            Ok(()) => Outcome::DONE,
            Err(error) => unwritten(screen, None, &error),
        };
    }
    let between = screen.labels.get("layout.between");
    let value = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(between),
        _ => String::new(),
    };
    // What a parser of ours finds wrong is what it would have taken.
    let known = match error.source() {
        Some(taken) => taken.to_string(),
        None => value(ContextKind::ValidValue),
    };
    let given = value(ContextKind::InvalidValue);
    let other = value(ContextKind::PriorArg);
    let key = match error.kind() {
        ErrorKind::UnknownArgument => "usage.unknown-argument",
        ErrorKind::InvalidSubcommand => "usage.unknown-command",
        ErrorKind::InvalidValue if given.is_empty() => "usage.missing-value",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "usage.wrong-value",
        ErrorKind::ArgumentConflict if other == value(ContextKind::InvalidArg) => "usage.twice",
        ErrorKind::ArgumentConflict => "usage.not-together",
        ErrorKind::MissingRequiredArgument => "usage.missing-argument",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "usage.missing-command"
        }
        _ => "usage.other",
    };
    let argument = match error.kind() {
        ErrorKind::InvalidSubcommand => value(ContextKind::InvalidSubcommand),
        _ => value(ContextKind::InvalidArg),
    };
    screen.tell(
        key,
        &[
            ("argument", argument),
            ("other", other),
            ("value", given),
            ("known", known),
        ],
    );
    Outcome::WRONG_USAGE
}
