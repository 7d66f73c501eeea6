//! What came of a review, as one JSON object for programs.

use super::{Outcome, ReviewReport};
use crate::report::json;
use crate::review::figures::Tally;
use serde_json::{Value, json};

impl ReviewReport<'_> {
    /// The same as one JSON object, figures unrounded.
    pub fn json(&self, of: &Outcome<'_>) -> String {
        let tally = |tally: &Tally| {
            let interval = tally.interval();
            json!({
                "confirmed": tally.confirmed, "overturned": tally.overturned,
                "unsure": tally.unsure, "precision": tally.precision(),
                "low": interval.low, "high": interval.high,
            })
        };
        let clauses: serde_json::Map<String, Value> = of
            .figures
            .by_clause
            .iter()
            .map(|(id, of)| (id.clone(), tally(of)))
            .collect();
        let needy: Vec<Value> = of
            .figures
            .needs_work()
            .iter()
            .map(|of| {
                let turns: Vec<Value> = of
                    .turns
                    .iter()
                    .map(|(was, is, count)| json!({"was": was, "is": is, "count": count}))
                    .collect();
                let words: Vec<Value> = of
                    .words
                    .iter()
                    .map(|of| {
                        json!({"text": of.text, "overturned": of.overturned,
                            "decided": of.decided})
                    })
                    .collect();
                let unheard: Vec<Value> = of
                    .unheard
                    .iter()
                    .map(|(text, count)| json!({"text": text, "count": count}))
                    .collect();
                json!({"clause": of.clause, "turns": turns, "words": words, "unheard": unheard})
            })
            .collect();
        let open: Vec<Value> = of
            .standing
            .open_appeals()
            .map(|of| json!({"id": of.id, "clause": of.clause}))
            .collect();
        let [opened, upheld, rejected] = of.standing.appeals();
        let confusion = &of.figures.confusion;
        let between = &of.figures.between;
        let reviewed = of.reviewed;
        let mean = |sum: f64| (reviewed.scored > 0).then(|| sum / reviewed.scored as f64);
        let has_pairs = of.figures.pairs() > 0;
        let told = json!({
            "v": 1,
            "phrasebook": self.rules.identity(),
            "total": tally(&of.figures.total),
            "blank": of.blank,
            "faulty": of.faulty,
            "kappa": confusion.kappa(),
            "alpha": confusion.alpha(),
            "between_reviewers": has_pairs.then(|| json!({
                "pairs": of.figures.pairs(), "kappa": between.kappa(), "alpha": between.alpha(),
            })),
            "clauses": clauses,
            "needs_work": needy,
            "appeals": {"open": opened, "upheld": upheld, "rejected": rejected},
            "open_appeals": open,
            "conversations": reviewed.conversations,
            "corrected": reviewed.corrected,
            "mean_before": mean(reviewed.sums[0]),
            "mean_after": mean(reviewed.sums[1]),
            "newly_passed": reviewed.newly[0],
            "newly_failed": reviewed.newly[1],
            "log": of.log.map(|(ledger, new)| json!({
                "entries": ledger.entries, "new": new, "head": ledger.head,
            })),
        });
        let mut page = Vec::new();
        json::write(&told, &mut page);
        page.push(b'\n');
        String::from_utf8_lossy(&page).into_owned()
    }
}
