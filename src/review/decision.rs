//! What a person decides about a verdict.

use crate::assessment::Verdict;

/// The decision itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// The verdict is right.
    Confirm,
    /// It is wrong.
    Overturn,
    /// The reviewer can't tell.
    Unsure,
}

impl Choice {
    /// All of them with the words that stand for them in files.
    pub const ALL: [(&'static str, Choice); 3] = [
        ("confirm", Choice::Confirm),
        ("overturn", Choice::Overturn),
        ("unsure", Choice::Unsure),
    ];

    /// The word that stands for it in files.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// Where the appeal of somebody concerned stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Appeal {
    /// It waits for a decision.
    Open,
    /// It was right: the verdict falls.
    Upheld,
    /// It was not: the verdict stands.
    Rejected,
}

impl Appeal {
    /// All of them with the words that stand for them in files.
    pub const ALL: [(&'static str, Appeal); 3] = [
        ("open", Appeal::Open),
        ("upheld", Appeal::Upheld),
        ("rejected", Appeal::Rejected),
    ];

    /// The word that stands for it in files.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// A decision about the verdict on a clause in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The conversation's id.
    pub id: String,
    /// The clause's id.
    pub clause: String,
    /// The phrasebook that judged.
    pub phrasebook: String,
    /// What it said; `None` where it had nothing to say of the clause.
    pub was: Option<Verdict>,
    /// `None` where only an appeal is open so far.
    pub choice: Option<Choice>,
    /// What it should have said; `None` where the clause didn't arise. The same as `was`
    /// unless it is overturned.
    pub is: Option<Verdict>,
    /// Who decided, if they say so.
    pub reviewer: String,
    /// Why, if they say so.
    pub comment: String,
    /// Where an appeal stands, if there is one.
    pub appeal: Option<Appeal>,
}

impl Decision {
    /// Whether the verdict is another one now.
    pub fn overturns(&self) -> bool {
        self.choice == Some(Choice::Overturn)
    }
}
