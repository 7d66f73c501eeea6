//! Which language a conversation is held in.
//!
//! whatlang is asked once a conversation and only among the languages that the
//! phrasebook names: asked freely it takes 好的 bye bye for Slovak. It can't tell
//! Cantonese from Mandarin, nor is it asked to.

use whatlang::{Detector, Lang};

/// Which languages a talk may be in.
#[derive(Clone, Debug)]
pub struct LanguageSpec {
    /// ISO 639-3 codes; the first is the one that the wordings are written in.
    pub allowed: Vec<String>,
}

/// Tells the language of a talk. Immutable; share it between threads.
pub struct Language {
    detector: Detector,
}

/// As much text as is needed to tell; more costs time and changes nothing.
const SAMPLE_BYTES: usize = 600;
/// Below this whatlang's own confidence is no answer.
const CONFIDENCE: f64 = 0.5;

impl Language {
    /// A detector among the languages of `spec`; unknown codes are passed over.
    pub fn new(spec: &LanguageSpec) -> Self {
        let allowed = spec.allowed.iter().filter_map(Lang::from_code).collect();
        Self {
            detector: Detector::with_allowlist(allowed),
        }
    }

    /// The ISO 639-3 code of the language of `texts` taken together, or `None`
    /// where it can't be told.
    pub fn detect<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Option<&'static str> {
        let mut sample = String::new();
        for text in texts {
            sample.push_str(text);
            sample.push('\n');
            if sample.len() >= SAMPLE_BYTES {
                break;
            }
        }
        let info = self.detector.detect(&sample)?;
        (info.confidence() >= CONFIDENCE).then(|| info.lang().code())
    }
}

/// Whether a turn is plainly in a script other than Chinese: three letters or
/// more and not a single Han character.
pub fn foreign_language(text: &str) -> bool {
    let mut letters = 0;
    for char in text.chars() {
        if is_han(char) {
            return false;
        }
        if char.is_alphabetic() {
            letters += 1;
        }
    }
    letters >= 3
}

fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::{Language, LanguageSpec, foreign_language};

    #[test]
    fn answers_among_the_allowed_or_not_at_all() {
        let language = Language::new(&LanguageSpec {
            allowed: vec!["cmn".into(), "eng".into()],
        });
        let cases = [
            (vec!["您好,请问办什么业务", "查余额"], Some("cmn")),
            (vec!["Hello, how can I help you today?"], Some("eng")),
            (vec!["好的 OK 您请坐这边"], Some("cmn")),
            (vec!["123 456"], None),
            (vec![], None),
        ];
        for (texts, want) in cases {
            assert_eq!(language.detect(texts.iter().copied()), want, "{texts:?}");
        }
    }

    #[test]
    fn a_turn_without_han_is_foreign() {
        assert!(foreign_language("Excuse me?"));
        assert!(!foreign_language("OK 好"));
        assert!(!foreign_language("OK"));
    }
}
