//! liyan 礼言 judges transcripts of spoken service, clause by clause, against a
//! published service standard: what was said as it should be, half said, left out, or
//! should not have been said, with the words that prove it, and a score.
//!
//! Two nouns carry the library. A [`phrasebook`] is a standard made judgeable; it is
//! read and compiled once into immutable [`Rules`]. A [`Checker`] judges any number of
//! conversations by them, from any number of threads.
//!
//! ```
//! use liyan::{Channel, Checker, Conversation, Phrasebook, Role, Turn, Verdict};
//!
//! let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
//! let rules = phrasebook.compile().expect("it has no faults");
//! let checker = Checker::new(rules);
//!
//! let conversation = Conversation {
//!     id: "a01".to_owned(),
//!     channel: Some(Channel::PhoneIn),
//!     turns: vec![
//!         Turn::new(Role::Staff, "您好,公积金管理中心"),
//!         Turn::new(Role::Client, "喂你好,我的余额在哪里查?"),
//!         Turn::new(Role::Staff, "手机上就能查"),
//!         Turn::new(Role::Client, "好,再见"),
//!         Turn::new(Role::Staff, "再见"),
//!     ],
//!     ..Conversation::default()
//! };
//! let assessment = checker.check(&conversation); // cannot fail
//! let call = &assessment.verdicts[0];
//! assert_eq!((call.clause.as_str(), call.worst.verdict), ("9.1", Verdict::Met));
//! assert_eq!(call.worst.evidence[0].text, "您好");
//! ```
//!
//! # Floors
//!
//! Each floor imports only from floors below it; a test says so.
//!
//! ```text
//!  bytes ─► transcript ─► Conversation ─► text ─► matching ─► judging ─► scoring ─► report ─► bytes
//!                1             0            1         3           4          5         6
//!                                                     ▲           ▲          ▲         ▲
//!  phrasebook/ ─► draft ─► compile ─► Rules (2) ──────┴───────────┴──────────┴─────────┘
//! ```
//!
//! | floor | module | what it does |
//! | --- | --- | --- |
//! | 0 | [`span`], [`conversation`], [`assessment`], [`moment`] | plain values |
//! | 1 | [`transcript`] | any tool's file in, conversations out |
//! | 1 | [`text`] | how a turn reads: folding with the map back, sounds, language, word edges |
//! | 2 | [`phrasebook`] | what the standard asks: read, checked, compiled |
//! | 3 | [`matching`] | where the words are |
//! | 4 | [`judging`] | what they mean there |
//! | 5 | [`scoring`] | what it is worth, and how well it agrees with a person |
//! | 6 | [`report`] | how it is told |
//! | 7 | [`checker`], [`generate`] | the whole line, for one conversation or for many |
//! | 7 | [`review`] | what people say of verdicts: samples, sheets, decisions |
//!
//! What is deliberately absent: the library prints nothing, opens no network
//! connection and reads no clock; after a phrasebook has been compiled nothing can
//! fail, since 'cannot tell' is a verdict; and no floor knows a Chinese word, since
//! wordings are data.

pub mod assessment;
pub mod checker;
pub mod conversation;
pub mod generate;
pub mod judging;
pub mod matching;
pub mod moment;
pub mod phrasebook;
pub mod report;
pub mod review;
pub mod scoring;
pub mod span;
pub mod text;
pub mod transcript;

pub use assessment::{Assessment, Verdict};
pub use checker::Checker;
pub use conversation::{Channel, Conversation, Role, Turn};
pub use phrasebook::Phrasebook;
pub use phrasebook::rules::Rules;
