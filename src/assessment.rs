//! What liyan says of one conversation: verdicts, the words that prove them,
//! a score, and notes.
//!
//! Plain values. The form in which they leave the program is a contract of its
//! own, [`crate::report::wire`]; these types may change without breaking it.

use crate::conversation::{About, Channel, Note, NoteKind};
use crate::span::Span;

/// How a clause came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The situation arose and every element was said.
    Met,
    /// It arose, and some elements were said.
    Partial,
    /// It arose, and no element was said.
    Missed,
    /// Something was said or done that must not be.
    Breached,
    /// The transcript can't tell.
    Undecided,
}

impl Verdict {
    /// All verdicts, mildest first.
    pub const ALL: [Verdict; 5] = [
        Verdict::Met,
        Verdict::Partial,
        Verdict::Missed,
        Verdict::Breached,
        Verdict::Undecided,
    ];

    /// The word that stands for it in files.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::Partial => "partial",
            Verdict::Missed => "missed",
            Verdict::Breached => "breached",
            Verdict::Undecided => "undecided",
        }
    }

    /// The verdict that a file's word stands for, if it is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// Whether a reviewer has to do something about it.
    pub fn is_problem(self) -> bool {
        matches!(self, Verdict::Partial | Verdict::Missed | Verdict::Breached)
    }
}

/// How closely what was said follows the standard's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// The standard's own words.
    Verbatim,
    /// Other words for the same courtesy.
    Equivalent,
    /// The courtesy is there, in words too casual for a counter.
    Informal,
}

impl Closeness {
    /// The word that stands for it in files.
    pub fn name(self) -> &'static str {
        match self {
            Closeness::Verbatim => "verbatim",
            Closeness::Equivalent => "equivalent",
            Closeness::Informal => "informal",
        }
    }
}

/// By what a piece of evidence was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// Its characters.
    Text,
    /// Its sound: the recogniser wrote other characters that are said alike.
    Sound,
    /// The times of the turns.
    Time,
    /// Its likeness to what people have labelled: no wording found it.
    Model,
}

impl By {
    /// The word that stands for it in assessments.
    pub fn name(self) -> &'static str {
        match self {
            By::Text => "text",
            By::Sound => "sound",
            By::Time => "time",
            By::Model => "model",
        }
    }
}

/// The words that prove a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The turn, numbered from 0.
    pub turn: usize,
    /// Where in that turn's text as received.
    pub span: Span,
    /// The words themselves.
    pub text: String,
    /// The element of the clause that they carry; `None` for a breach.
    pub element: Option<String>,
    /// How they were found.
    pub by: By,
}

/// One stretch of talk in which a clause was due, and how it came out there.
#[derive(Clone, Debug, PartialEq)]
pub struct Occasion {
    /// The turn that raised it; 0 where the clause always applies.
    pub trigger: usize,
    /// How it came out.
    pub verdict: Verdict,
    /// Keys of the elements not said, in the clause's order.
    pub missing: Vec<String>,
    /// What proves it, in the order of the talk.
    pub evidence: Vec<Evidence>,
    /// How closely the words follow the standard; `None` without evidence.
    pub closeness: Option<Closeness>,
}

/// The outcome of one clause in one conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct ClauseVerdict {
    /// The clause's id, `9.5`.
    pub clause: String,
    /// The worst occasion, which stands for the clause.
    pub worst: Occasion,
    /// The others, in the order of the talk.
    pub others: Vec<Occasion>,
    /// Points that it adds to the score; never positive in the first standard.
    pub points: f64,
    /// The supplement that added or changed the clause, `lingshan@1.0.0`; `None` for a
    /// clause of the standard itself.
    pub from: Option<String>,
}

/// All that is said of one conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The conversation's id.
    pub id: String,
    /// Name and version of the phrasebook, `qinzhou-2014@1.0.0`.
    pub phrasebook: String,
    /// The channel that was judged by.
    pub channel: Option<Channel>,
    /// ISO 639-3 code of the talk's language, or `unsure`.
    pub language: String,
    /// 0 to 100 in the first standard; `None` when nothing could be judged.
    pub score: Option<f64>,
    /// Whether a critical breach overrides the points.
    pub vetoed: bool,
    /// One a clause, in the standard's order.
    pub verdicts: Vec<ClauseVerdict>,
    /// How often staff said each of the courtesy words, in the standard's order.
    pub courtesy_words: Vec<(String, u32)>,
    /// What a reader should know about the input.
    pub notes: Vec<Note>,
    /// Where the conversation belongs among others.
    pub about: About,
}

impl Assessment {
    /// Whether it wasn't judged since it was held before the standard was in force.
    pub fn is_before_in_force(&self) -> bool {
        let kinds = self.notes.iter().map(|note| note.kind);
        kinds
            .into_iter()
            .any(|kind| kind == NoteKind::BeforeInForce)
    }
}
