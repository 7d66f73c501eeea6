//! A clause, compiled: when it arises, how long it stays due, what fulfils it.

use super::acts::Acts;
use super::rules::{Bilingual, Flags};
use crate::assessment::Verdict;
use crate::conversation::{Channel, Role};

/// Whether a clause asks for something or forbids it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something must be said when a situation arises.
    Obligation,
    /// Something must not be said or done.
    Prohibition,
}

/// How bad it is to fail a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A courtesy less.
    Minor,
    /// The ordinary case.
    Normal,
    /// A serious lapse.
    Major,
    /// Overrides all points.
    Critical,
}

impl Severity {
    /// All severities, mildest first, with the words that stand for them.
    pub const ALL: [(&'static str, Severity); 4] = [
        ("minor", Severity::Minor),
        ("normal", Severity::Normal),
        ("major", Severity::Major),
        ("critical", Severity::Critical),
    ];

    /// The word that stands for it.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// When, seen from its trigger, something is due. Names of the Declare templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In the opening.
    Init,
    /// In the close.
    End,
    /// From the trigger on.
    Response,
    /// Before the trigger.
    Precedence,
    /// Around the trigger.
    Coexistence,
    /// Never.
    Absence,
}

impl Form {
    /// All forms with the words that stand for them.
    pub const ALL: [(&'static str, Form); 6] = [
        ("init", Form::Init),
        ("end", Form::End),
        ("response", Form::Response),
        ("precedence", Form::Precedence),
        ("coexistence", Form::Coexistence),
        ("absence", Form::Absence),
    ];

    /// The word that stands for it.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// One judgeable requirement of the standard.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its id, `9.5`.
    pub id: String,
    /// Which phrasebook has it, by place in [`super::rules::Rules::books`].
    pub book: usize,
    /// Which one last changed it, if one did.
    pub changed: Option<usize>,
    /// The article it stands in.
    pub article: u16,
    /// Obligation or prohibition.
    pub kind: Kind,
    /// When its elements are due, unless they say otherwise.
    pub form: Form,
    /// Where it applies.
    pub channels: Vec<Channel>,
    /// How bad it is to fail it.
    pub severity: Severity,
    /// Draft, trial or stable.
    pub status: String,
    /// Since which version of the phrasebook.
    pub since: String,
    /// Its name.
    pub title: Bilingual,
    /// When it arises.
    pub when: Bilingual,
    /// What the standard would have said.
    pub say: Option<String>,
    /// What raises it; any one does.
    pub opens: Vec<Open>,
    /// How many staff turns before the trigger still belong to the occasion.
    pub back: usize,
    /// How many staff turns from the trigger on belong to it.
    pub ahead: usize,
    /// Acts at which the talk moves on.
    pub closes: Acts,
    /// What must be said; empty for a prohibition.
    pub elements: Vec<Element>,
    /// Verdicts that it can't give, and so needs no example for: what raises it may
    /// be one of its elements.
    pub never: Vec<Verdict>,
    /// Cases that show how it is judged; tested.
    pub examples: Vec<Example>,
}

impl Clause {
    /// Whether it is judged in this channel.
    pub fn applies_to(&self, channel: Option<Channel>) -> bool {
        match channel {
            Some(channel) => self.channels.contains(&channel),
            None => Channel::ALL.iter().all(|all| self.channels.contains(all)),
        }
    }
}

/// A situation in which a clause arises.
#[derive(Clone, Debug, Default)]
pub struct Open {
    /// What is looked for.
    pub on: Trigger,
    /// Acts of which one must be in the same turn.
    pub with: Acts,
    /// Acts that must not be in the same turn.
    pub without: Acts,
    /// What must have happened before, all of it.
    pub after: Vec<Nearby>,
    /// What must not have happened before, none of it.
    pub not_after: Vec<Nearby>,
    /// What must happen later, all of it.
    pub then: Vec<Nearby>,
    /// What must not happen later, none of it.
    pub not_then: Vec<Nearby>,
    /// Flags that must be up.
    pub while_flags: Flags,
    /// Flags that must be down.
    pub unless_flags: Flags,
    /// Which turn is named as the trigger.
    pub names: Names,
}

/// What opens an occasion.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Trigger {
    /// Any of these acts.
    Acts(Acts),
    /// The conversation itself.
    #[default]
    Always,
    /// Its end.
    Close,
}

/// Acts within so many turns.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearby {
    /// Any of these.
    pub acts: Acts,
    /// Within so many turns; the turn itself isn't counted.
    pub turns: usize,
}

/// Which turn of an occasion is named as its trigger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// The turn with the act.
    #[default]
    Own,
    /// The last turn before it by somebody other than staff.
    Asked,
    /// The turn that the condition `then` found.
    Then,
    /// The turn that the condition `after` found.
    After,
}

/// A part of what a clause asks for.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its key, `apology`.
    pub key: String,
    /// What it is.
    pub means: Bilingual,
    /// Acts of which any one carries it.
    pub acts: Acts,
    /// When it is due.
    pub form: Form,
    /// How many staff turns from the trigger on it may stand; the clause's
    /// `ahead` unless it says otherwise.
    pub ahead: usize,
    /// It must come before the first turn by this role.
    pub before: Option<Role>,
    /// It can't stand in the trigger turn itself.
    pub strictly_after: bool,
    /// It must stand in the same turn as one of these.
    pub with: Acts,
    /// It can't stand in the same turn as one of these.
    pub without: Acts,
    /// Flags that must be up in the turn where it stands.
    pub while_flags: Flags,
    /// What to say instead; the clause's model sentence where it is `None`.
    pub say: Option<String>,
}

/// A conversation and what a clause makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Where it is held; the clause's first channel unless it says otherwise.
    pub channel: Channel,
    /// The turns.
    pub turns: Vec<(Role, String)>,
    /// What must come out; `None` for silence.
    pub verdict: Option<Verdict>,
    /// Which elements must be found missing.
    pub missing: Vec<String>,
    /// Why it fails as yet.
    pub todo: Option<String>,
    /// Line in the file where it stands, for messages.
    pub line: usize,
    /// Which phrasebook has that file, by place in [`super::rules::Rules::books`].
    pub book: usize,
}
