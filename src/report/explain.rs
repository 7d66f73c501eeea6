//! Why a conversation was judged as it was: each floor's work, laid open.
//!
//! Turn by turn what was folded, which acts were found and what took some away, and
//! which flags are up; then clause by clause where it arose and what became of it,
//! or what came closest.

use super::look::Look;
use super::redact::is_mask;
use super::visible::visible;
use super::wrap::wrap;
use crate::assessment::{Assessment, By, ClauseVerdict};
use crate::conversation::Conversation;
use crate::judging::near::{NearMiss, Reason, nearly_arose, nearly_said};
use crate::judging::{Judgement, Situation, Talk, Yielded};
use crate::matching::{Block, Hit};
use crate::phrasebook::labels::Labels;
use crate::phrasebook::rules::{Clause, Kind, Rules};
use crate::text::Folded;

/// How an explanation is set.
#[derive(Clone, Copy)]
pub struct Explanation<'a> {
    /// The rules that judged.
    pub rules: &'a Rules,
    /// The words.
    pub labels: &'a Labels,
    /// How many columns a line may take.
    pub width: usize,
    /// Whether there are colours.
    pub colours: bool,
}

impl Explanation<'_> {
    /// The explanation, for the clauses with these ids, or for all.
    pub fn page(
        &self,
        conversation: &Conversation,
        folded: &[Folded],
        assessment: &Assessment,
        judgement: &Judgement,
        clauses: &[String],
    ) -> String {
        let look = Look {
            colours: self.colours,
        };
        let mut page = format!("{}\n\n", look.strong(&visible(&conversation.id)));
        for (index, turn) in conversation.turns.iter().enumerate() {
            let role = self
                .labels
                .get(&format!("role.{}", turn.role.name()))
                .to_owned();
            self.lines(
                &mut page,
                &format!("{index} {role}"),
                &visible(&turn.text),
                "",
            );
            let text = folded
                .get(index)
                .map_or_else(String::new, |folded| shown(folded, &turn.text));
            self.lines(&mut page, "", &visible(&text), "explain.folded");
            let hits: Vec<String> = judgement
                .talk
                .hits_of(index)
                .iter()
                .filter(|hit| hit.wording.is_some())
                .map(|hit| self.hit(hit, &turn.text))
                .collect();
            self.lines(&mut page, "", &hits.join("  "), "explain.hits");
            self.lines(
                &mut page,
                "",
                &self.flags(&judgement.talk, index),
                "explain.flags",
            );
        }
        page.push('\n');
        if assessment.is_before_in_force() {
            page.push_str(self.labels.get("report.before-in-force"));
            page.push('\n');
            return page;
        }
        for (index, clause) in self.rules.clauses.iter().enumerate() {
            if clauses.is_empty() || clauses.contains(&clause.id) {
                let situations = judgement.situations.iter().filter(|s| s.clause == index);
                let verdict = assessment.verdicts.iter().find(|v| v.clause == clause.id);
                self.clause(
                    &mut page,
                    clause,
                    verdict,
                    situations,
                    conversation,
                    &judgement.talk,
                );
            }
        }
        page
    }

    fn clause<'s>(
        &self,
        page: &mut String,
        clause: &Clause,
        verdict: Option<&ClauseVerdict>,
        situations: impl Iterator<Item = &'s Situation>,
        conversation: &Conversation,
        talk: &Talk,
    ) {
        let word = match verdict {
            Some(verdict) => {
                let key = format!("verdict.{}", verdict.worst.verdict.name());
                self.labels.get(&key).to_owned()
            }
            None => self.labels.get("explain.did-not-arise").to_owned(),
        };
        let head = format!(
            "{} {}: {word}",
            clause.id,
            self.labels.choose(&clause.title)
        );
        page.push_str(&head);
        page.push('\n');
        for situation in situations {
            let values = [
                ("trigger", situation.trigger.to_string()),
                ("from", situation.from.to_string()),
                ("to", situation.to.to_string()),
            ];
            let mut line = self.labels.fill("explain.occasion", &values);
            match situation.yielded {
                Some(Yielded::To(to)) => {
                    let to = self.rules.clauses[to].id.clone();
                    line.push_str(&self.labels.fill("explain.yielded", &[("to", to)]));
                }
                Some(Yielded::Doubted) => line.push_str(self.labels.get("explain.doubted")),
                None => {}
            }
            self.lines(page, "", &line, "");
        }
        let Some(verdict) = verdict else {
            if let Some(near) = nearly_arose(talk, clause) {
                self.near_miss(page, &near, conversation);
            }
            return;
        };
        for evidence in &verdict.worst.evidence {
            let element = evidence.element.as_deref().unwrap_or("!");
            let line = format!("{element}  {}  {}", evidence.turn, visible(&evidence.text));
            self.lines(page, "", &line, "");
        }
        if clause.kind == Kind::Prohibition {
            return;
        }
        for element in clause
            .elements
            .iter()
            .filter(|e| verdict.worst.missing.contains(&e.key))
        {
            let line = self
                .labels
                .fill("explain.missing", &[("element", element.key.clone())]);
            self.lines(page, "", &line, "");
            if let Some(near) = nearly_said(talk, element, verdict.worst.trigger) {
                self.near_miss(page, &near, conversation);
            }
        }
    }

    fn near_miss(&self, page: &mut String, near: &NearMiss<'_>, conversation: &Conversation) {
        let turn = conversation.turns.get(near.hit.turn);
        let text = turn.map_or("", |turn| near.hit.span.of(&turn.text));
        let reason = match near.reason {
            Reason::Blocked(block) => self.block(block),
            Reason::Elsewhere => self.labels.get("explain.elsewhere").to_owned(),
            Reason::Unmet(unmet) => self
                .labels
                .fill("explain.unmet", &[("condition", unmet.name().to_owned())]),
        };
        let values = [
            ("act", self.rules.acts[near.hit.act.0 as usize].name.clone()),
            ("turn", near.hit.turn.to_string()),
            ("text", visible(text)),
            ("reason", reason),
        ];
        self.lines(
            page,
            "",
            &self.labels.fill("explain.near-miss", &values),
            "",
        );
    }

    fn hit(&self, hit: &Hit, text: &str) -> String {
        let name = &self.rules.acts[hit.act.0 as usize].name;
        let mut shown = format!("{name}={}", visible(hit.span.of(text)));
        if hit.by != By::Text {
            shown.push_str(&format!(
                " ({})",
                self.labels.get(&format!("by.{}", hit.by.name()))
            ));
        }
        if let Some(block) = hit.blocked {
            shown.push_str(&format!(" [{}]", self.block(block)));
        }
        shown
    }

    fn block(&self, block: Block) -> String {
        match block {
            Block::Role => self.labels.get("explain.by-role").to_owned(),
            Block::LookAlike => self.labels.get("explain.look-alike").to_owned(),
            Block::Away => self.labels.get("explain.away").to_owned(),
            Block::Guard(index) => {
                let guard = &self.rules.guards[index as usize];
                self.labels.choose(&guard.means).to_owned()
            }
        }
    }

    fn flags(&self, talk: &Talk, turn: usize) -> String {
        let up = talk.flags(turn);
        let names: Vec<&str> = self
            .rules
            .flags
            .iter()
            .enumerate()
            .filter(|(index, _)| up >> index & 1 == 1)
            .map(|(_, flag)| flag.name.as_str())
            .collect();
        names.join(" ")
    }

    /// `text` beside `head`, and nothing where there is no text.
    fn lines(&self, page: &mut String, head: &str, text: &str, key: &str) {
        if text.is_empty() {
            return;
        }
        let label = match key {
            "" => String::new(),
            key => format!("{} ", self.labels.get(key)),
        };
        let indent = if head.is_empty() { "     " } else { "" };
        let first = format!(
            "{indent}{head}{}{label}",
            if head.is_empty() { "" } else { "  " }
        );
        let room = self.width.saturating_sub(8).max(20);
        for (number, line) in wrap(&format!("{first}{text}"), room, self.labels)
            .iter()
            .enumerate()
        {
            let lead = if number > 0 { "       " } else { "" };
            page.push_str(&format!("{lead}{line}\n"));
        }
    }
}

/// The folded turn; what is masked in `text`, in which it is shown, is masked here too.
fn shown(folded: &Folded, text: &str) -> String {
    let chars = folded.chars().iter().enumerate();
    let shown = chars.map(|(at, char)| {
        let received = folded.span(at, at + 1).of(text).chars().next();
        received.filter(|char| is_mask(*char)).unwrap_or(*char)
    });
    shown.collect()
}
