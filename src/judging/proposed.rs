//! Breaches that no wording finds: the turns that are like those which people label.
//!
//! People are rude in ever new words; a list of wordings never ends. So each turn by
//! staff is weighed as well, by its characters and pairs of them and by those of the
//! turn and the scene before it (`proposals.toml`). Where that weighs enough for a
//! clause, its breach is proposed, and the assessment says that a model did so. Of
//! several clauses a turn is put to one: that by which it is farthest over the mark.
//!
//! And where wordings find a breach in a turn that is like none of those, it is doubted
//! and doesn't stand.

use crate::assessment::{By, Closeness};
use crate::conversation::{Conversation, Role};
use crate::matching::Hit;
use crate::phrasebook::proposals::{Gram, Place, Proposals, Proposed};
use crate::phrasebook::rules::Rules;
use crate::text::{Break, Folded};

/// The most characters that are shown as evidence where talk has no pauses.
const MOST_SHOWN: usize = 14;

/// What the model says of a conversation.
#[derive(Default)]
pub struct Opinion {
    /// The acts that it proposes.
    pub hits: Vec<Hit>,
    /// By turn, a bit for each clause of the model that nothing in it speaks for.
    doubts: Vec<u64>,
}

impl Opinion {
    /// Weighs the turns. `folded` are the turns as they are matched.
    pub fn new(rules: &Rules, conversation: &Conversation, folded: &[Folded]) -> Self {
        let proposals = &rules.proposals;
        let mut opinion = Self::default();
        if proposals.clauses.is_empty() {
            return opinion;
        }
        opinion.doubts.resize(conversation.turns.len(), 0);
        let mut rows = Vec::new();
        let mut weights = Vec::new();
        for weighed in weighed(conversation) {
            let turn = &folded[weighed.turn];
            if turn.is_empty() {
                continue;
            }
            rows.clear();
            weighed.grams(conversation, folded, |gram| {
                rows.extend(proposals.row(gram))
            });
            weigh(proposals, &mut rows, &mut weights);
            opinion.doubts[weighed.turn] = doubted(proposals, &weights);
            let farthest = farthest(proposals, &weights);
            let clause =
                farthest.and_then(|column| Some((column, proposals.clauses[column].clause?)));
            let Some((column, (_, act))) = clause else {
                continue;
            };
            let (start, end) = strongest(proposals, turn, column);
            opinion.hits.push(Hit {
                act,
                turn: weighed.turn,
                start,
                end,
                span: turn.span(start, end),
                by: By::Model,
                closeness: Closeness::Equivalent,
                wording: None,
                blocked: None,
            });
        }
        opinion
    }

    /// Whether a turn is so unlike any that people label as a breach of the clause that
    /// wordings which find one there are mistaken.
    pub fn doubts(&self, rules: &Rules, turn: usize, clause: usize) -> bool {
        let mut clauses = rules.proposals.clauses.iter();
        let is_it = |of: &Proposed| of.clause.is_some_and(|(its, _)| its == clause);
        let doubts = self.doubts.get(turn).copied().unwrap_or(0);
        doubts != 0
            && clauses
                .position(is_it)
                .is_some_and(|column| has(doubts, column))
    }
}

fn has(doubts: u64, column: usize) -> bool {
    doubts.checked_shr(column as u32).unwrap_or(0) & 1 == 1
}

/// A turn by staff, and what it is weighed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The turn.
    pub turn: usize,
    /// The last turn before it that somebody spoke.
    before: Option<usize>,
    /// The last scene before it.
    scene: Option<usize>,
}

/// The turns of a conversation that are weighed.
pub fn weighed(conversation: &Conversation) -> impl Iterator<Item = Weighed> {
    let (mut before, mut scene) = (None, None);
    conversation
        .turns
        .iter()
        .enumerate()
        .filter_map(move |(turn, of)| {
            let weighed = Weighed {
                turn,
                before,
                scene,
            };
            match of.role {
                Role::Scene => scene = Some(turn),
                _ => before = Some(turn),
            }
            (of.role == Role::Staff).then_some(weighed)
        })
}

impl Weighed {
    /// All that it is weighed by; the same gram may come several times.
    pub fn grams(
        &self,
        conversation: &Conversation,
        folded: &[Folded],
        mut each: impl FnMut(Gram),
    ) {
        let mut all = |place, speaker, turn: usize| {
            Gram::of(place, speaker, folded[turn].chars(), |_, gram| each(gram));
        };
        all(Place::Turn, None, self.turn);
        if let Some(before) = self.before {
            let speaker = match conversation.turns[before].role {
                Role::Staff => 's',
                Role::Client => 'c',
                _ => 'o',
            };
            all(Place::Before, Some(speaker), before);
        }
        if let Some(scene) = self.scene {
            all(Place::Scene, None, scene);
        }
    }
}

/// What the rows weigh for each clause. A gram counts once however often it stands there.
fn weigh(proposals: &Proposals, rows: &mut Vec<u32>, weights: &mut Vec<i32>) {
    rows.sort_unstable();
    rows.dedup();
    weights.clear();
    weights.extend(proposals.clauses.iter().map(|of| of.lean));
    for &row in rows.iter() {
        for (sum, weight) in weights.iter_mut().zip(proposals.weights(row)) {
            *sum += i32::from(*weight);
        }
    }
}

/// The clause over whose mark the weights are farthest, if they reach any.
fn farthest(proposals: &Proposals, weights: &[i32]) -> Option<usize> {
    let over = |column: usize| weights[column] - proposals.clauses[column].least;
    (0..weights.len())
        .filter(|&column| over(column) >= 0)
        .max_by_key(|&column| (over(column), std::cmp::Reverse(column)))
}

fn doubted(proposals: &Proposals, weights: &[i32]) -> u64 {
    let clauses = proposals.clauses.iter().zip(weights).take(64);
    clauses.enumerate().fold(0, |all, (column, (of, weight))| {
        all | u64::from(*weight < of.doubt) << column
    })
}

/// Where a turn's own words weigh most for a clause: the piece between pauses, or as
/// much as can be shown of a piece that is longer.
fn strongest(proposals: &Proposals, turn: &Folded, column: usize) -> (usize, usize) {
    let mut weighs = vec![0_i32; turn.len()];
    Gram::of(Place::Turn, None, turn.chars(), |at, gram| {
        if let Some(row) = proposals.row(gram) {
            weighs[at] += i32::from(proposals.weights(row)[column]);
        }
    });
    let weight = |&(start, end): &(usize, usize)| weighs[start..end].iter().sum::<i32>();
    let cuts = (1..turn.len()).filter(|&at| turn.break_before(at) >= Break::Comma);
    let ends: Vec<usize> = cuts.chain([turn.len()]).collect();
    let mut start = 0;
    let pieces = ends
        .into_iter()
        .map(|end| (std::mem::replace(&mut start, end), end));
    let heaviest = |all: &mut dyn Iterator<Item = (usize, usize)>| {
        all.max_by_key(|piece| (weight(piece), std::cmp::Reverse(piece.0)))
    };
    let whole = (0, turn.len());
    let (start, end) = heaviest(&mut pieces.into_iter()).unwrap_or(whole);
    if end - start <= MOST_SHOWN {
        return (start, end);
    }
    let windows = (start..=end - MOST_SHOWN).map(|at| (at, at + MOST_SHOWN));
    heaviest(&mut windows.into_iter()).unwrap_or((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Turn;
    use crate::phrasebook::Phrasebook;
    use crate::phrasebook::rules::ActId;

    /// What is proposed of two clauses, 0 and 1, and which turns are doubted for both.
    fn opinion(turns: &[(Role, &str)]) -> (Vec<(u16, String)>, Vec<usize>) {
        let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
        let Ok(mut rules) = phrasebook.compile() else {
            panic!("it compiles");
        };
        let clause = |clause: usize| Proposed {
            clause: Some((clause, ActId(clause as u16))),
            lean: -10,
            least: 0,
            doubt: -9,
        };
        let rows = [
            ("t腿", [6, 2]),
            ("t腿长", [4, 0]),
            ("t长", [0, 9]),
            ("bc再", [5, 0]),
            ("s忙", [0, 12]),
        ];
        let gram = |written| Gram::read(written).expect("a gram");
        rules.proposals = Proposals::new(
            vec![clause(0), clause(1)],
            rows.map(|(written, weights)| (gram(written), weights.to_vec()))
                .to_vec(),
        );
        let conversation = Conversation {
            turns: turns
                .iter()
                .map(|(role, text)| Turn::new(*role, *text))
                .collect(),
            ..Conversation::default()
        };
        let folded: Vec<Folded> = turns
            .iter()
            .map(|(_, text)| rules.folding.fold(text))
            .collect();
        let opinion = Opinion::new(&rules, &conversation, &folded);
        let hits = opinion
            .hits
            .iter()
            .map(|hit| {
                assert_eq!(hit.by, By::Model);
                (hit.act.0, hit.span.of(turns[hit.turn].1).to_owned())
            })
            .collect();
        let doubted = (0..turns.len())
            .filter(|&turn| (0..2).all(|clause| opinion.doubts(&rules, turn, clause)))
            .collect();
        (hits, doubted)
    }

    #[test]
    fn a_turn_is_put_to_the_clause_that_it_is_farthest_over() {
        use Role::{Client, Scene, Staff};
        // Both reach their marks, 0 and 1 over them.
        let (hits, doubted) = opinion(&[(Staff, "您去吧,腿长在您身上")]);
        assert_eq!(hits, [(1, "腿长在您身上".to_owned())]);
        assert!(doubted.is_empty());
        // What goes before tips it: only the last turn counts, and staff alone are weighed.
        let (hits, doubted) = opinion(&[
            (Client, "再跑一趟"),
            (Staff, "腿长在您身上"),
            (Client, "腿长"),
            (Staff, "好的"),
        ]);
        assert_eq!(hits, [(0, "腿长在您身上".to_owned())]);
        assert_eq!(doubted, [3]);
        // A scene is in force until the next; a gram counts once.
        let (hits, doubted) = opinion(&[
            (Staff, "好的"),
            (Scene, "忙"),
            (Client, "喂"),
            (Staff, "好的"),
            (Scene, "来了一人"),
            (Staff, "腿腿腿"),
        ]);
        assert_eq!(hits, [(1, "好的".to_owned())]);
        assert_eq!(doubted, [0]);
    }

    #[test]
    fn of_talk_without_pauses_the_heaviest_stretch_is_shown() {
        let said = "这个事情我跟您说了半天了您自己的腿长在您自己身上您就再跑一趟嘛";
        let (hits, _) = opinion(&[(Role::Staff, said)]);
        assert_eq!(hits, [(1, "我跟您说了半天了您自己的腿长".to_owned())]);
    }
}
