//! What breaches are like that no wording finds, learnt from talk that people labelled.

use super::Checker;
use super::examples::played;
use super::margin::{Row, Separation};
use crate::assessment::Verdict;
use crate::conversation::Conversation;
use crate::judging;
use crate::judging::proposed::{Opinion, Weighed, weighed};
use crate::matching::Scratch;
use crate::phrasebook::proposals::{Gram, HEAVIEST, letter};
use crate::phrasebook::rules::{Clause, Example, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What fewer turns have says nothing.
const LEAST_TURNS: u32 = 6;
/// What stands before the turn says somewhat less than the turn itself.
const BEFORE: f64 = 0.8;
/// The share of proposals that must be right. Each set is weighed by what the others
/// teach.
const PRECISION: f64 = 0.95;
/// So many false proposals are borne, per clause, in turns of whole conversations that
/// breach nothing.
const MOST_FALSE: usize = 1;
/// A breach that wordings find is doubted where it weighs less than this share of those
/// that people labelled.
const DOUBT: f64 = 0.02;
/// A mark that fewer turns reach is none.
const LEAST_PROPOSED: usize = 3;
/// So many steps of a weight's letter make one whole of the margin.
const STEPS: f64 = 32.0;

/// Labelled talk to learn from.
pub struct Lesson {
    /// The talk.
    pub conversation: Conversation,
    /// Turns with the clause that each breaches.
    pub breaches: Vec<(usize, String)>,
    /// The turn that was labelled; `None` where all were.
    pub only: Option<usize>,
    /// Whether somebody could have said it in a talk as it stands: marks are set by that
    /// alone.
    pub is_talk: bool,
    /// The number of the set that it is from.
    pub set: usize,
}

/// A turn to learn from.
struct Turn {
    grams: BTreeSet<Gram>,
    breaches: BTreeSet<String>,
    set: usize,
    is_talk: bool,
    /// Whether it is from a whole conversation and breaches nothing.
    is_clean: bool,
}

impl Checker {
    /// `proposals.toml`, learnt from `lessons`: for each prohibition the weights of the
    /// grams that tell its breaches from all other turns, and a mark that keeps what is
    /// proposed right in nineteen of twenty cases, as far as sets tell that weren't learnt from.
    pub fn weigh_proposals(&self, lessons: &[Lesson]) -> String {
        let turns = self.turns(lessons);
        let mut counts: BTreeMap<Gram, u32> = BTreeMap::new();
        for gram in turns.iter().flat_map(|turn| &turn.grams) {
            *counts.entry(*gram).or_default() += 1;
        }
        counts.retain(|_, count| *count >= LEAST_TURNS);
        let grams: Vec<Gram> = counts.into_keys().collect();
        let rows: Vec<Row> = turns
            .iter()
            .map(|turn| {
                let known = turn.grams.iter();
                known
                    .filter_map(|gram| {
                        let feature = grams.binary_search(gram).ok()?;
                        Some((feature as u32, value(*gram)))
                    })
                    .collect()
            })
            .collect();
        let clauses = self.rules.clauses.iter().enumerate();
        let learnt: Vec<Learnt> = clauses
            .filter(|(_, clause)| clause.kind == Kind::Prohibition)
            .filter_map(|(index, clause)| {
                let mut learnt = learn(&clause.id, &grams, &turns, &rows)?;
                let own = self.own_breaches(index, clause);
                let weights = own.iter().map(|own| learnt.weigh(&grams, own));
                learnt.doubt = weights.fold(learnt.doubt, i32::min);
                Some(learnt)
            })
            .collect();
        write(&grams, &learnt)
    }

    /// The turns of a clause's own examples in which wordings find its breach. Nobody
    /// could say what such an example is for if it were doubted.
    fn own_breaches(&self, index: usize, clause: &Clause) -> Vec<BTreeSet<Gram>> {
        let mut scratch = Scratch::default();
        let breached = |example: &&Example| example.verdict == Some(Verdict::Breached);
        let mut own = Vec::new();
        for example in clause.examples.iter().filter(breached) {
            let conversation = played(clause, example);
            let hits = self.hits(&conversation, &mut scratch);
            let (rules, nobody) = (&self.rules, Opinion::default());
            let judgement =
                judging::judge(rules, &conversation, conversation.channel, hits, &nobody);
            let folded = scratch.folded(conversation.turns.len());
            let found = |weighed: &Weighed| {
                let mut situations = judgement.situations.iter();
                situations.any(|of| of.clause == index && of.own == weighed.turn)
            };
            own.extend(weighed(&conversation).filter(found).map(|weighed| {
                let mut grams = BTreeSet::new();
                weighed.grams(&conversation, folded, |gram| {
                    grams.insert(gram);
                });
                grams
            }));
        }
        own
    }

    fn turns(&self, lessons: &[Lesson]) -> Vec<Turn> {
        let mut turns = Vec::new();
        for lesson in lessons {
            let conversation = &lesson.conversation;
            let folded: Vec<_> = conversation
                .turns
                .iter()
                .map(|turn| self.rules.folding.fold(&turn.text))
                .collect();
            for weighed in weighed(conversation) {
                if lesson.only.is_some_and(|only| only != weighed.turn) {
                    continue;
                }
                let mut grams = BTreeSet::new();
                weighed.grams(conversation, &folded, |gram| {
                    grams.insert(gram);
                });
                let breaches: BTreeSet<String> = lesson
                    .breaches
                    .iter()
                    .filter(|(turn, _)| *turn == weighed.turn)
                    .map(|(_, clause)| clause.clone())
                    .collect();
                turns.push(Turn {
                    grams,
                    set: lesson.set,
                    is_talk: lesson.is_talk,
                    is_clean: lesson.only.is_none() && breaches.is_empty(),
                    breaches,
                });
            }
        }
        turns
    }
}

/// What is learnt of a clause, in the steps in which it is written.
struct Learnt {
    clause: String,
    lean: i32,
    /// By gram.
    weights: Vec<i8>,
    /// The weight from which a breach is proposed, and that below which one is doubted.
    least: i32,
    doubt: i32,
}

impl Learnt {
    /// What a turn will weigh.
    fn weigh(&self, grams: &[Gram], turn: &BTreeSet<Gram>) -> i32 {
        let known = turn
            .iter()
            .filter_map(|gram| grams.binary_search(gram).ok());
        self.lean + known.map(|at| i32::from(self.weights[at])).sum::<i32>()
    }
}

fn steps(weight: f64) -> i32 {
    (weight * STEPS).round() as i32
}

/// How much a gram counts that stands in a turn.
fn value(gram: Gram) -> f64 {
    if gram.is_own() { 1.0 } else { BEFORE }
}

/// The weights for a clause, and its marks; `None` where no mark would be good enough.
fn learn(clause: &str, grams: &[Gram], turns: &[Turn], rows: &[Row]) -> Option<Learnt> {
    let fit = |learnt_from: &dyn Fn(&Turn) -> bool| {
        let (rows, is_of): (Vec<&Row>, Vec<bool>) = turns
            .iter()
            .zip(rows)
            .filter(|(turn, _)| learnt_from(turn))
            .map(|(turn, row)| (row, turn.breaches.contains(clause)))
            .unzip();
        is_of
            .contains(&true)
            .then(|| Separation::fit(grams.len(), &rows, &is_of))
    };
    let mut held_back: Vec<(f64, &Turn)> = Vec::new();
    let talks = turns.iter().filter(|turn| turn.is_talk);
    let sets: BTreeSet<usize> = talks.map(|turn| turn.set).collect();
    for set in sets {
        let separation = fit(&|turn| turn.set != set)?;
        held_back.extend(
            turns
                .iter()
                .zip(rows)
                .filter(|(turn, _)| turn.set == set && turn.is_talk)
                .map(|(turn, row)| (separation.weigh(row), turn)),
        );
    }
    held_back.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let (mut right, mut falsely, mut least) = (0, 0, None);
    for (number, (weight, turn)) in held_back.iter().enumerate() {
        let is_right = turn.breaches.contains(clause);
        right += usize::from(is_right);
        falsely += usize::from(!is_right && turn.is_clean);
        if falsely > MOST_FALSE {
            break;
        }
        let proposed = number + 1;
        if proposed >= LEAST_PROPOSED && right as f64 >= PRECISION * proposed as f64 {
            least = Some(*weight);
        }
    }
    let theirs: Vec<f64> = held_back
        .iter()
        .filter(|(_, turn)| turn.breaches.contains(clause))
        .map(|(weight, _)| *weight)
        .collect();
    let at = (theirs.len() as f64 * (1.0 - DOUBT)) as usize;
    let separation = fit(&|_| true)?;
    let heaviest = i32::from(HEAVIEST);
    let written = |(gram, weight): (&Gram, &f64)| {
        steps(weight * value(*gram)).clamp(-heaviest, heaviest) as i8
    };
    Some(Learnt {
        clause: clause.to_owned(),
        lean: steps(separation.lean),
        weights: grams.iter().zip(&separation.of).map(written).collect(),
        least: steps(least?),
        doubt: steps(*theirs.get(at)?),
    })
}

/// The file, without its head.
fn write(grams: &[Gram], learnt: &[Learnt]) -> String {
    let mut page = String::new();
    for of in learnt {
        // Writing to a string can't fail.
        let _ = write!(
            page,
            "[[clauses]]\nclause = \"{}\"\nlean = {}\nleast = {}\ndoubt = {}\n\n",
            of.clause, of.lean, of.least, of.doubt
        );
    }
    page.push_str("[weights]\ngrams = '''\n");
    for (feature, gram) in grams.iter().enumerate() {
        let weights: Vec<i8> = learnt.iter().map(|of| of.weights[feature]).collect();
        if weights.iter().any(|weight| *weight != 0) {
            let letters: String = weights.into_iter().map(letter).collect();
            let _ = writeln!(page, "{} {letters}", gram.written());
        }
    }
    page.push_str("'''\n");
    page
}
