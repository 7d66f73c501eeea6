//! A phrasebook, compiled: immutable, and one copy for all threads.
//!
//! Names have become indices, wordings have become patterns, word lists have
//! become tables. Nothing here can fail any more.

pub use super::acts::{ActSet, Acts};
pub use super::clause::{
    Clause, Element, Example, Form, Kind, Names, Nearby, Open, Severity, Trigger,
};
use super::pattern::Pattern;
use super::proposals::Proposals;
use super::said::Said;
use crate::assessment::Closeness;
use crate::conversation::{Channel, Role};
use crate::text::{Folding, Language, Sounds};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// An act, by its place in [`Rules::acts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActId(pub u16);

/// A set of flags of the talk's state, a bit each, by place in [`Rules::flags`].
pub type Flags = u64;

/// The most flags that a phrasebook can have.
pub const MOST_FLAGS: usize = 64;

/// A text in each of the languages that reports speak.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A phrasebook by itself, without what it extends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// Its name, `qinzhou-2014`.
    pub name: String,
    /// Its version, `1.0.0`.
    pub version: String,
    /// What the standard or the supplement is called.
    pub title: Bilingual,
}

impl Book {
    /// Name and version, `qinzhou-2014@1.0.0`.
    pub fn identity(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }
}

/// A clause that a supplement switches off.
#[derive(Clone, Debug, PartialEq)]
pub struct Off {
    /// Its id.
    pub clause: String,
    /// What it is called where it is judged.
    pub title: Bilingual,
    /// Why it isn't judged here.
    pub why: Bilingual,
    /// Which phrasebook says so, by place in [`Rules::books`].
    pub book: usize,
}

/// Where a clause has what is particular about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin<'a> {
    /// The supplement.
    pub book: &'a Book,
    /// Whether the clause is the supplement's own; otherwise it changes one that is
    /// there without it.
    pub is_added: bool,
}

/// Everything that judging needs.
pub struct Rules {
    /// The phrasebook, the last one, after those that it extends.
    pub books: Vec<Book>,
    /// The day from which the standard is in force, if it names one. Conversations from
    /// before aren't judged by it.
    pub in_force: Option<Date>,
    /// How many staff turns make up the opening.
    pub opening: usize,
    /// How many turns make up the close.
    pub close: usize,
    /// The only talk that its wordings are ready for, where they are so for some only.
    pub said: Option<Said>,
    /// Makes text comparable.
    pub folding: Folding,
    /// Makes sounds comparable.
    pub sounds: Sounds,
    /// Tells the language.
    pub language: Language,
    /// All acts, signals included.
    pub acts: Vec<Act>,
    /// All guards.
    pub guards: Vec<Guard>,
    /// What is searched, for acts, look-alikes and guards alike.
    pub wordings: Vec<Wording>,
    /// The flags of the talk's state.
    pub flags: Vec<Flag>,
    /// How the channel is told where the input doesn't name it.
    pub channel_signs: Vec<(Channel, Acts)>,
    /// The clauses, in the standard's order.
    pub clauses: Vec<Clause>,
    /// Where clauses meet, which yields.
    pub yields: Vec<Yield>,
    /// Clauses that aren't judged here, though those below have them.
    pub off: Vec<Off>,
    /// The articles of the standard.
    pub articles: Vec<Article>,
    /// What verdicts are worth.
    pub scoring: Scoring,
    /// What tells staff from clients where the input doesn't.
    pub role_signs: RoleSigns,
    /// What tells visits apart.
    pub visit_signs: VisitSigns,
    /// What proposes a breach where no wording finds one.
    pub proposals: Proposals,
    /// The courtesy words that are counted, each with the act that says it.
    pub courtesy_words: Vec<(String, ActId)>,
}

impl Rules {
    /// The clause with this id.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    /// The act with this name.
    pub fn act(&self, name: &str) -> Option<ActId> {
        let index = self.acts.iter().position(|act| act.name == name)?;
        Some(ActId(index as u16))
    }

    /// Name and version, `qinzhou-2014@1.0.0`; those of supplements follow after a plus
    /// sign.
    pub fn identity(&self) -> String {
        let names: Vec<String> = self.books.iter().map(Book::identity).collect();
        names.join("+")
    }

    /// What the standard is called, or the supplement that is judged by.
    pub fn title(&self) -> &Bilingual {
        const NONE: &Bilingual = &Bilingual {
            zh: String::new(),
            en: String::new(),
        };
        self.books.last().map_or(NONE, |book| &book.title)
    }

    /// The supplement that adds or changes a clause; `None` for a clause of the
    /// standard as it is.
    pub fn origin(&self, clause: &Clause) -> Option<Origin<'_>> {
        let (book, is_added) = match clause.changed {
            Some(book) => (book, false),
            None => (clause.book, true),
        };
        let book = self.books.get(book).filter(|_| book > 0)?;
        Some(Origin { book, is_added })
    }
}

/// What an utterance does.
#[derive(Clone, Debug)]
pub struct Act {
    /// Its name, `please-wait`.
    pub name: String,
    /// What it is.
    pub means: Bilingual,
    /// Whose utterances can do it; empty for a signal.
    pub by: Vec<Role>,
    /// Whether one utterance of it serves one occasion alone.
    pub exclusive: bool,
    /// Which guards take it away, by place in [`Rules::guards`].
    pub guards: Vec<u16>,
    /// Whether it counts when it isn't the client who is addressed.
    pub anyone: bool,
    /// Whether it is a sign that says nothing by itself (a 您 somewhere): what proves
    /// something is then the whole turn.
    pub whole_turn: bool,
    /// If it isn't found by words: what raises it.
    pub signal: Option<Signal>,
    /// Utterances that do it, and look-alikes that don't; tested.
    pub says: Vec<String>,
    /// See `says`.
    pub silent: Vec<String>,
    /// Utterances it misses as yet, tested to be still missed.
    pub todo: Vec<String>,
}

/// Acts that the turns' shape and times show, or a model proposes, not wordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// A client's turn that breaks off before its end (`@broken-off`).
    BrokenOff,
    /// A staff turn that starts while the client still speaks (`@overlapping`).
    Overlapping,
    /// A turn by staff (`@staff-turn`).
    StaffTurn,
    /// A turn by the client (`@client-turn`).
    ClientTurn,
    /// A turn by somebody else (`@other-turn`).
    OtherTurn,
    /// A turn like those that people label as a breach of a clause (`@31.3`).
    Proposed,
}

impl Signal {
    /// The signals to which clauses can refer, and the names under which they do.
    pub const ALL: [(&'static str, Signal); 5] = [
        ("@broken-off", Signal::BrokenOff),
        ("@overlapping", Signal::Overlapping),
        ("@staff-turn", Signal::StaffTurn),
        ("@client-turn", Signal::ClientTurn),
        ("@other-turn", Signal::OtherTurn),
    ];
}

/// What takes an act away from an utterance that has its words.
#[derive(Clone, Debug)]
pub struct Guard {
    /// Its name, `negation`.
    pub name: String,
    /// What it is.
    pub means: Bilingual,
    /// Where it stands, seen from the act's words.
    pub place: GuardPlace,
    /// How many characters may lie between.
    pub reach: usize,
    /// Whether words in quotation marks count as guarded.
    pub quotes: bool,
    /// Talk with the act that it must leave, and talk that it must take.
    pub examples: Vec<GuardExample>,
}

/// Where a guard stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuardPlace {
    /// Before the act's words, in the same sentence.
    Before,
    /// After them, in the same sentence.
    After,
    /// Around them: the act's words lie within the guard's.
    Over,
    /// Anywhere in the same turn.
    Turn,
}

/// An utterance with an act's words, and whether they count.
#[derive(Clone, Debug)]
pub struct GuardExample {
    /// The utterance.
    pub text: String,
    /// The act.
    pub act: ActId,
    /// Whether the act is done.
    pub counts: bool,
}

/// Whose wording it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// It does the act.
    Act(ActId),
    /// It only looks as if: an act's words within it don't count.
    LookAlike(ActId),
    /// It guards, by place in [`Rules::guards`].
    Guard(u16),
}

/// A wording, ready to be searched.
#[derive(Clone, Debug)]
pub struct Wording {
    /// Whose it is.
    pub owner: Owner,
    /// As the phrasebook writes it.
    pub notation: String,
    /// How close it is to the standard's words.
    pub closeness: Closeness,
    /// What is searched; a wording may fall into several patterns.
    pub patterns: Vec<Pattern>,
    /// For each pattern whether it is searched by sound too.
    pub sounded: Vec<bool>,
    /// Its own characters, sorted, if anything is searched by sound. A recogniser gets
    /// one or two characters of a phrase wrong, not most of them: what only sounds like
    /// the wording must have half of them right.
    pub letters: Vec<char>,
    /// Whether sound alone may decide where it stands by itself between pauses.
    pub sound_alone: bool,
    /// Whether its edges must be edges of words.
    pub word_edges: bool,
    /// Where in the turn it must stand.
    pub at: At,
    /// How the sentence must end behind it.
    pub ends: Option<SentenceEnd>,
}

/// Where in a turn a wording must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// Anywhere.
    #[default]
    Anywhere,
    /// At the beginning of the turn.
    TurnStart,
    /// At the end of the turn.
    TurnEnd,
    /// It is the whole turn.
    Turn,
    /// At the beginning of a piece between commas.
    SegmentStart,
    /// At the end of a piece between commas.
    SegmentEnd,
    /// It is a whole piece between commas.
    Segment,
}

/// How a sentence ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentenceEnd {
    /// With a question mark.
    Question,
    /// Not with a question mark.
    Statement,
}

/// A bit of what is going on in the talk.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Its name, `papers-out`.
    pub name: String,
    /// What it is.
    pub means: Bilingual,
    /// Acts that raise it.
    pub on: Acts,
    /// Acts that lower it.
    pub off: Acts,
    /// Flags without which it isn't raised.
    pub requires: Flags,
    /// Acts of which one must be in the turn that raises it.
    pub with: Acts,
    /// Acts that must not be in the turn that raises it.
    pub without: Acts,
    /// Where it can be raised; everywhere where it is empty.
    pub channels: Vec<Channel>,
    /// How many turns it stays up; `None` until lowered.
    pub lasts: Option<usize>,
    /// Whether staff's words meanwhile are for somebody other than the client.
    pub away: bool,
}

/// Where one clause's occasion gives way to another's.
#[derive(Clone, Debug)]
pub struct Yield {
    /// The clause that gives way, by place in [`Rules::clauses`].
    pub clause: usize,
    /// The clauses that it gives way to.
    pub to: Vec<usize>,
    /// Within so many turns of the trigger.
    pub turns: usize,
    /// Why.
    pub why: Bilingual,
}

/// An article of the standard.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its number.
    pub number: u16,
    /// Its heading.
    pub title: Bilingual,
    /// Ids of the clauses that judge it; empty where it can't be judged.
    pub clauses: Vec<String>,
    /// Why it can't be judged, or what of it can't.
    pub why: Option<Bilingual>,
}

/// What verdicts are worth.
#[derive(Clone, Debug)]
pub struct Scoring {
    /// The score before anything is taken off.
    pub start: f64,
    /// No score is lower.
    pub floor: f64,
    /// No score is higher.
    pub ceiling: f64,
    /// The mark from which a conversation passes.
    pub pass: f64,
    /// Points for a missed or breached clause, by severity.
    pub points: BTreeMap<Severity, f64>,
    /// Severities of which one breach overrides the points.
    pub veto: Vec<Severity>,
    /// The score that a veto gives.
    pub vetoed: f64,
    /// How complaints are followed through several conversations, if they are.
    pub complaints: Option<Follow>,
}

/// Which clauses tell that a complaint was made, and that it was reported back on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// A complaint is made where one of these arises.
    pub raised: Vec<String>,
    /// It is reported back on where one of these is met, or in part.
    pub answered: Vec<String>,
    /// Within so many days.
    pub days: u32,
}

/// What tells where one visit ends and the next begins, in a recording of many. All that
/// stands about a place adds up to the natural logarithm of the odds that it is one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VisitSigns {
    /// Where a place leans that has no sign at all.
    pub lean: f64,
    /// Silences of so many seconds and more, and what they say; the longest that fits
    /// counts.
    pub pauses: Vec<(f64, f64)>,
    /// What is said where there are no times.
    pub untimed: f64,
    /// What an act says in the turn before, in the two before that, in the turn behind,
    /// and in the two behind that.
    pub acts: BTreeMap<ActId, [f64; 4]>,
    /// Who speaks before, and who behind.
    pub roles: BTreeMap<Role, [f64; 2]>,
    /// Words of one or two folded characters, before and behind.
    pub words: BTreeMap<Vec<char>, [f64; 2]>,
    /// Visits of so many turns and more, and what they say against themselves.
    pub lengths: Vec<(usize, f64)>,
}

/// What tells staff from clients where the input doesn't.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleSigns {
    /// How much an act speaks for staff; below zero, for the client. With the other
    /// signs of a turn it adds up to the natural logarithm of the odds.
    pub weights: BTreeMap<ActId, f64>,
    /// The same for words of one or two folded characters.
    pub words: BTreeMap<Vec<char>, f64>,
    /// Where a turn leans that has no sign at all.
    pub lean: f64,
    /// How likely it is that the next turn is somebody else's.
    pub alternate: f64,
    /// The sum of weights from which roles can count as told.
    pub least: f64,
    /// How likely the role of a turn must be right, on average.
    pub confidence: f64,
}
