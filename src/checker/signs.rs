//! What tells staff from clients, learnt from conversations that say who speaks.

use super::Checker;
use super::logistic::Table;
use crate::conversation::{Conversation, Role};
use crate::judging::roles::words_of;
use crate::matching::Scratch;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What fewer turns have says nothing.
const LEAST_TURNS: usize = 10;
/// So many words are kept besides the acts: those that say most, most often.
const MOST_WORDS: usize = 400;
/// How many words stand on a line of the file.
const WORDS_A_LINE: usize = 16;
/// How strongly weights are drawn to zero.
const PULL: f64 = 10.0;

/// Something that a turn has or hasn't.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Act(String),
    Word(Vec<char>),
}

impl Checker {
    /// The signs of `roles.toml`, weighed over `conversations` by logistic
    /// regression: acts, and single characters and pairs of them. Acts are counted
    /// as if nobody knew who speaks, which is the case that they are for.
    pub fn weigh_role_signs(&self, conversations: &[Conversation]) -> String {
        let mut rows: BTreeMap<Sign, Vec<u32>> = BTreeMap::new();
        let mut staff = Vec::new();
        let mut scratch = Scratch::default();
        for conversation in conversations {
            for (sign, turn) in self.signs(conversation, &mut scratch) {
                let row = staff.len() + turn;
                rows.entry(sign).or_default().push(row as u32);
            }
            staff.extend(conversation.turns.iter().map(|turn| turn.role));
        }
        // Others and scenes are nobody's turns here.
        let mut number = 0_u32;
        let numbers: Vec<Option<u32>> = staff
            .iter()
            .map(|role| {
                let counted = matches!(role, Role::Staff | Role::Client);
                counted.then(|| {
                    number += 1;
                    number - 1
                })
            })
            .collect();
        let (signs, columns): (Vec<Sign>, Vec<Vec<u32>>) = rows
            .into_iter()
            .map(|(sign, rows)| {
                let rows: BTreeSet<u32> = rows
                    .into_iter()
                    .filter_map(|row| numbers[row as usize])
                    .collect();
                (sign, rows.into_iter().collect::<Vec<u32>>())
            })
            .filter(|(_, rows)| rows.len() >= LEAST_TURNS)
            .unzip();
        let table = Table {
            columns,
            yes: staff
                .into_iter()
                .filter(|role| matches!(role, Role::Staff | Role::Client))
                .map(|role| role == Role::Staff)
                .collect(),
            pull: PULL,
        };
        write(&signs, &table)
    }

    /// The signs of a conversation's turns.
    fn signs(&self, conversation: &Conversation, scratch: &mut Scratch) -> Vec<(Sign, usize)> {
        let mut unknown = conversation.clone();
        for turn in &mut unknown.turns {
            if turn.role != Role::Scene {
                turn.role = Role::Unknown;
            }
        }
        let mut signs: Vec<(Sign, usize)> = self
            .hits(&unknown, scratch)
            .into_iter()
            .filter(|hit| hit.counts())
            .map(|hit| {
                let act = &self.rules.acts[hit.act.0 as usize];
                (Sign::Act(act.name.clone()), hit.turn)
            })
            .collect();
        for (turn, text) in unknown.turns.iter().enumerate() {
            let folded = self.rules.folding.fold(&text.text);
            signs.extend(
                words_of(folded.chars()).map(|word: &[char]| (Sign::Word(word.to_vec()), turn)),
            );
        }
        signs
    }
}

/// The file: fitted twice, the second time with the words alone that say most.
fn write(signs: &[Sign], table: &Table) -> String {
    let all: Vec<usize> = (0..signs.len()).collect();
    let weights = table.fit(&all);
    let says = |&sign: &usize| weights.of[sign].abs() * (table.columns[sign].len() as f64).sqrt();
    let (mut kept, mut words): (Vec<usize>, Vec<usize>) = all
        .into_iter()
        .partition(|&sign| matches!(signs[sign], Sign::Act(_)));
    words.sort_by(|a, b| says(b).total_cmp(&says(a)).then(a.cmp(b)));
    words.truncate(MOST_WORDS);
    kept.extend(words);
    let weights = table.fit(&kept);

    let tenths = |weight: f64| (weight * 10.0).round() as i64;
    let decimal = |tenths: i64| format!("{:.1}", tenths as f64 / 10.0);
    let mut page = format!("lean = {}\n", decimal(tenths(weights.lean)));
    let mut words: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for (sign, weight) in signs.iter().zip(&weights.of) {
        let weight = tenths(*weight);
        match sign {
            _ if weight == 0 => {}
            Sign::Act(act) => {
                let weight = decimal(weight);
                // Writing to a string can't fail.
                let _ = write!(page, "\n[[signs]]\nact = \"{act}\"\nweight = {weight}\n");
            }
            Sign::Word(word) => words.entry(weight).or_default().push(word.iter().collect()),
        }
    }
    for (weight, words) in words {
        let _ = write!(
            page,
            "\n[[words]]\nweight = {}\n{}",
            decimal(weight),
            listed(&words)
        );
    }
    page
}

/// `words = […]`, some on a line.
pub(super) fn listed(words: &[String]) -> String {
    let lines = words.chunks(WORDS_A_LINE).map(|line| {
        let quoted: Vec<String> = line.iter().map(|word| format!("\"{word}\"")).collect();
        format!("  {},\n", quoted.join(", "))
    });
    format!("words = [\n{}]\n", lines.collect::<String>())
}
