//! Labelled utterances: alone, with the act that they do or only look like; or as a turn
//! in a piece of talk, with the clause that arises there or only seems to.

use liyan::conversation::{Channel, Conversation, Role, Turn};
use liyan::transcript::{InputProblem, ProblemKind, Record};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

/// An utterance and what a person says of it.
pub struct Utterance {
    /// The talk that it is in; often there is no more than itself.
    pub conversation: Conversation,
    /// The turn that it is.
    pub turn: usize,
    /// What it is labelled with.
    pub labelled: Labelled,
    /// Whether it is that; otherwise it only looks so.
    pub is_it: bool,
    /// The clause that a look-alike is really of, if it is of any.
    pub really: Option<String>,
}

/// What an utterance is labelled with.
pub enum Labelled {
    /// An act, by name.
    Act(String),
    /// A clause, by id.
    Clause(String),
}

impl Labelled {
    /// The act's name, or the clause's id.
    pub fn name(&self) -> &str {
        let (Labelled::Act(name) | Labelled::Clause(name)) = self;
        name
    }
}

#[derive(Deserialize)]
struct Form {
    turns: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Alone {
    #[serde(flatten)]
    label: Label,
    #[serde(flatten)]
    said: Said,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Label {
    Act(String),
    Not(String),
}

#[derive(Deserialize)]
struct Said {
    role: String,
    text: String,
}

impl Said {
    fn turn(self) -> Turn {
        let role = Role::from_name(&self.role).unwrap_or(Role::Staff);
        Turn::new(role, self.text)
    }
}

#[derive(Deserialize)]
struct Piece {
    clause: String,
    hit: bool,
    really: Option<String>,
    channel: Option<String>,
    at: usize,
    turns: Vec<Said>,
}

/// Reads a line.
///
/// # Errors
/// If it is neither form.
pub fn utterance(record: &Record) -> Result<Utterance, InputProblem> {
    let form: Form = read(record)?;
    if form.turns.is_none() {
        let Alone { label, said } = read(record)?;
        let is_it = matches!(label, Label::Act(_));
        let (Label::Act(name) | Label::Not(name)) = label;
        return Ok(Utterance {
            conversation: Conversation {
                turns: vec![said.turn()],
                ..Conversation::default()
            },
            turn: 0,
            labelled: Labelled::Act(name),
            is_it,
            really: None,
        });
    }
    let piece: Piece = read(record)?;
    Ok(Utterance {
        conversation: Conversation {
            channel: piece.channel.as_deref().and_then(Channel::from_name),
            turns: piece.turns.into_iter().map(Said::turn).collect(),
            ..Conversation::default()
        },
        turn: piece.at,
        labelled: Labelled::Clause(piece.clause),
        is_it: piece.hit,
        really: piece.really,
    })
}

fn read<T: DeserializeOwned>(record: &Record) -> Result<T, InputProblem> {
    serde_json::from_slice(&record.bytes).map_err(|error| {
        let message = error.to_string();
        let detail = message.split(" at line ").next().unwrap_or_default();
        InputProblem {
            place: record.place.clone(),
            kind: ProblemKind::NotJson {
                column: error.column().max(1),
                detail: detail.to_owned(),
            },
        }
    })
}
