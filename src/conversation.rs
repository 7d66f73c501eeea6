//! A conversation as it was held: turns, who spoke them, and where.
//!
//! Plain values. How a file becomes one is [`crate::transcript`]'s business.

use std::fmt;

/// Where a conversation takes place; the codebook's `channel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// Face to face at a counter.
    Counter,
    /// A call that the client placed.
    PhoneIn,
    /// A call that staff placed.
    PhoneOut,
}

impl Channel {
    /// All channels, in the order of the codebook.
    pub const ALL: [Channel; 3] = [Channel::Counter, Channel::PhoneIn, Channel::PhoneOut];

    /// The word that stands for it in files: `counter`, `phone_in`, `phone_out`.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Counter => "counter",
            Channel::PhoneIn => "phone_in",
            Channel::PhoneOut => "phone_out",
        }
    }

    /// The channel that a file's word stands for, if it is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

/// Who a turn belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Somebody of the house who serves.
    Staff,
    /// The one being served.
    Client,
    /// Another client, or a colleague.
    Other,
    /// A stage direction or system event; nobody says it.
    Scene,
    /// Not known.
    Unknown,
}

impl Role {
    /// The word that stands for it in files.
    pub fn name(self) -> &'static str {
        match self {
            Role::Staff => "staff",
            Role::Client => "client",
            Role::Other => "other",
            Role::Scene => "scene",
            Role::Unknown => "unknown",
        }
    }

    /// The role that a file's word stands for, if it is one.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Role::Staff,
            Role::Client,
            Role::Other,
            Role::Scene,
            Role::Unknown,
        ]
        .into_iter()
        .find(|role| role.name() == name)
    }
}

/// One uninterrupted stretch of one person's talk, or one scene note.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Who speaks.
    pub role: Role,
    /// What was said, as received. Evidence spans count its bytes.
    pub text: String,
    /// Seconds from the beginning of the conversation, if known.
    pub start: Option<f64>,
    /// Seconds from the beginning of the conversation, if known.
    pub end: Option<f64>,
    /// The recogniser's own name for the speaker, if it gave one.
    pub speaker: Option<String>,
}

impl Turn {
    /// A turn without times or speaker id.
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self {
            role,
            text: text.into(),
            start: None,
            end: None,
            speaker: None,
        }
    }
}

/// A conversation, in the order in which it was held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversation {
    /// The name by which reports refer to it.
    pub id: String,
    /// Where it was held; `None` where the input doesn't say.
    pub channel: Option<Channel>,
    /// The turns, numbered from 0.
    pub turns: Vec<Turn>,
    /// When it began, as the input writes it.
    pub started_at: Option<String>,
    /// Who served.
    pub agent: Option<String>,
    /// Which branch.
    pub branch: Option<String>,
    /// What it was about, as the house files it.
    pub business: Option<String>,
    /// By which key the house knows the client; the same in all their conversations.
    pub client: Option<String>,
    /// By which key the house knows the complaint that it belongs to.
    pub complaint: Option<String>,
    /// Published office hours, as the input writes them.
    pub hours: Option<String>,
    /// Free labels of the input; `key=value` where they have a key.
    pub tags: Vec<String>,
    /// What the reader had to assume or leave out.
    pub notes: Vec<Note>,
    /// The longer recording of which it is a part, if it is.
    pub visit: Option<Visit>,
}

/// Of which longer recording a conversation is a part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visit {
    /// The recording's id.
    pub of: String,
    /// Which of the recording's turns is the first, numbered from 0.
    pub first_turn: usize,
    /// Which is the last.
    pub last_turn: usize,
    /// When it begins, in seconds on the recording's clock, if known.
    pub start: Option<f64>,
    /// When it ends.
    pub end: Option<f64>,
}

impl fmt::Display for Visit {
    /// `day-01 0:10:40–0:13:31`, or by turns where there are no times.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |seconds: f64| {
            // Saturates at both ends; a clock has no more than that to show.
            let all = seconds as u64;
            let (hours, minutes, seconds) = (all / 3600, all / 60 % 60, all % 60);
            format!("{hours}:{minutes:02}:{seconds:02}")
        };
        let (from, to) = match self.start.zip(self.end) {
            Some((start, end)) => (clock(start), clock(end)),
            None => (self.first_turn.to_string(), self.last_turn.to_string()),
        };
        write!(out, "{} {from}\u{2013}{to}", self.of)
    }
}

impl Conversation {
    /// All of it but the talk and what is noted.
    pub fn clone_head(&self) -> Self {
        Self {
            id: self.id.clone(),
            channel: self.channel,
            turns: Vec::new(),
            started_at: self.started_at.clone(),
            agent: self.agent.clone(),
            branch: self.branch.clone(),
            business: self.business.clone(),
            client: self.client.clone(),
            complaint: self.complaint.clone(),
            hours: self.hours.clone(),
            tags: self.tags.clone(),
            notes: Vec::new(),
            visit: self.visit.clone(),
        }
    }

    /// Where it belongs among others.
    pub fn about(&self) -> About {
        About {
            started_at: self.started_at.clone(),
            agent: self.agent.clone(),
            branch: self.branch.clone(),
            business: self.business.clone(),
            client: self.client.clone(),
            complaint: self.complaint.clone(),
            tags: self.tags.clone(),
            visit: self.visit.clone(),
        }
    }

    /// What was said in it, turn by turn, by whomever.
    pub fn spoken(&self) -> impl Iterator<Item = &str> {
        let spoken = self.turns.iter().filter(|turn| turn.role != Role::Scene);
        spoken.map(|turn| turn.text.as_str())
    }

    /// Takes it to have been held in `channel`, if it doesn't say where.
    pub fn assume_channel(&mut self, channel: Option<Channel>) {
        if self.channel.is_none() && channel.is_some() {
            self.channel = channel;
            self.notes
                .retain(|note| note.kind != NoteKind::ChannelUnknown);
        }
    }
}

/// Where a conversation belongs among others: what reports group and join by. All of
/// it as the input writes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// When it began.
    pub started_at: Option<String>,
    /// Who served.
    pub agent: Option<String>,
    /// Which branch.
    pub branch: Option<String>,
    /// What it was about, as the house files it.
    pub business: Option<String>,
    /// By which key the house knows the client.
    pub client: Option<String>,
    /// By which key the house knows the complaint that it belongs to.
    pub complaint: Option<String>,
    /// Free labels; `key=value` where they have a key.
    pub tags: Vec<String>,
    /// The longer recording of which it is a part, if it is.
    pub visit: Option<Visit>,
}

/// What a reader of the assessment should know about the input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The turn it is about; `None` for the conversation as a whole.
    pub turn: Option<usize>,
    /// What it says.
    pub kind: NoteKind,
    /// Particulars: a language code, the word that wasn't understood.
    pub detail: String,
}

/// The kinds of [`Note`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// The input names no channel, or one that nobody knows.
    ChannelUnknown,
    /// The channel was told from how the talk opens.
    ChannelInferred,
    /// A turn is in a language that the phrasebook has no wordings for.
    OtherLanguage,
    /// Who is staff and who is client isn't known.
    RolesUnknown,
    /// Who is staff was told from what is said; the detail is the confidence.
    RolesInferred,
    /// A turn is labelled as the client's and plainly the staff's; it was judged as theirs.
    RoleMended,
    /// A turn has no text.
    EmptyTurn,
    /// A turn's role is a word that nobody knows.
    UnknownRole,
    /// The transcript begins in mid-talk.
    CutOpening,
    /// A turn is longer than the limit; what lies behind wasn't judged.
    TurnCut,
    /// It was held before the standard was in force, and isn't judged by it; the detail
    /// is the date from which it is.
    BeforeInForce,
    /// Who speaks was taken from a list of another tool; the detail is its name.
    SpeakersListed,
    /// Such a list has nothing on this recording; the detail is its name.
    SpeakersNotListed,
    /// The name by which the turns of a call were found is one that Excel has rounded
    /// (`1.23E+17`); they may be of several.
    IdRounded,
    /// Times that can't be were left out; the detail is the lines on which they stand.
    BadTimes,
    /// The file wasn't written in UTF-8; the detail is what it was read as.
    Encoding,
    /// It was cut out of a longer recording; the detail is the recording's id, and its
    /// first and last turn there.
    Visit,
    /// The recording seems to hold several visits, and wasn't cut; the detail is how many.
    SeveralVisits,
    /// Two people seem to speak in one turn.
    MixedTurn,
    /// Nobody speaks of those whom the user names as staff or client; the detail is their
    /// names.
    SpeakerNotFound,
    /// Segments in which nobody says anything (noise, silence, music) were left out; the
    /// detail is how many.
    SetApart,
    /// Characters were damaged; the detail is how many.
    DamagedText,
}

impl NoteKind {
    /// The word that stands for it in assessments.
    pub fn name(self) -> &'static str {
        match self {
            NoteKind::ChannelUnknown => "channel-unknown",
            NoteKind::ChannelInferred => "channel-inferred",
            NoteKind::OtherLanguage => "other-language",
            NoteKind::RolesUnknown => "roles-unknown",
            NoteKind::RolesInferred => "roles-inferred",
            NoteKind::RoleMended => "role-mended",
            NoteKind::EmptyTurn => "empty-turn",
            NoteKind::UnknownRole => "unknown-role",
            NoteKind::CutOpening => "cut-opening",
            NoteKind::TurnCut => "turn-cut",
            NoteKind::BeforeInForce => "before-in-force",
            NoteKind::SpeakersListed => "speakers-listed",
            NoteKind::SpeakersNotListed => "speakers-not-listed",
            NoteKind::IdRounded => "id-rounded",
            NoteKind::BadTimes => "bad-times",
            NoteKind::Encoding => "encoding",
            NoteKind::Visit => "visit",
            NoteKind::SeveralVisits => "several-visits",
            NoteKind::MixedTurn => "mixed-turn",
            NoteKind::SpeakerNotFound => "speaker-not-found",
            NoteKind::SetApart => "set-apart",
            NoteKind::DamagedText => "damaged-text",
        }
    }
}
