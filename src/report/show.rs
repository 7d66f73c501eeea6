//! What is in a phrasebook, for those who judge by it: a clause in full, an act with
//! its wordings, or the list of all.

use super::look::Look;
use super::wrap::{flow, pad, wrap};
use crate::assessment::Closeness;
use crate::phrasebook::labels::Labels;
use crate::phrasebook::rules::{
    Act, ActId, Book, Clause, Kind, Nearby, Open, Origin, Owner, Rules, Signal, Trigger,
};

/// Columns for the heads of paragraphs.
const HEAD_COLUMN: usize = 14;
/// How many of the grams that weigh most are shown of a clause.
const MOST_GRAMS: usize = 40;
/// Columns for an article's number and title.
const ARTICLE_COLUMN: usize = 32;

/// How a phrasebook is shown.
#[derive(Clone, Copy)]
pub struct Show<'a> {
    /// The rules.
    pub rules: &'a Rules,
    /// The words.
    pub labels: &'a Labels,
    /// How many columns a line may take.
    pub width: usize,
    /// Whether there are colours.
    pub colours: bool,
}

impl Show<'_> {
    fn look(&self) -> Look {
        Look {
            colours: self.colours,
        }
    }

    fn label(&self, key: &str) -> String {
        self.labels.fill::<&str>(key, &[])
    }

    /// All clauses, then every article and what becomes of it.
    pub fn list(&self) -> String {
        let mut page = format!(
            "{}  {}\n\n",
            self.look().strong(self.labels.choose(self.rules.title())),
            self.rules.identity()
        );
        for clause in &self.rules.clauses {
            let severity = self.label(&format!("severity.{}", clause.severity.name()));
            let title = self.labels.choose(&clause.title);
            let origin = self.origin(clause).map(|origin| format!("  {origin}"));
            page.push_str(&format!(
                "  {} {} {} {title}{}\n",
                pad(&clause.id, 5),
                pad(&self.label(kind_key(clause.kind)), 12),
                pad(&severity, 9),
                self.look().dim(&origin.unwrap_or_default()),
            ));
        }
        self.switched_off(&mut page);
        page.push_str(&format!(
            "\n{}\n\n",
            self.look().strong(&self.label("show.articles"))
        ));
        for article in &self.rules.articles {
            let judged = match article.clauses.is_empty() {
                true => self.label("show.not-judged"),
                false => article.clauses.join(" "),
            };
            let why = article
                .why
                .as_ref()
                .map(|why| self.labels.choose(why))
                .unwrap_or_default();
            let number = pad(&article.number.to_string(), 4);
            let head = format!("{number}{}", self.labels.choose(&article.title));
            let text = format!("{judged}  {why}");
            self.beside(&mut page, &head, ARTICLE_COLUMN, text.trim_end());
        }
        page
    }

    /// Which clauses aren't judged here, and why.
    fn switched_off(&self, page: &mut String) {
        if self.rules.off.is_empty() {
            return;
        }
        let head = self.label("show.off");
        page.push_str(&format!("\n{}\n\n", self.look().strong(&head)));
        for off in &self.rules.off {
            let head = format!("{} {}", off.clause, self.labels.choose(&off.title));
            let by = self.rules.books.get(off.book).map(Book::identity);
            let why = self.labels.choose(&off.why);
            let text = format!("{why} ({})", by.unwrap_or_default());
            self.beside(page, &head, ARTICLE_COLUMN, &text);
        }
    }

    /// Which supplement a clause is from or is changed by, if it is.
    fn origin(&self, clause: &Clause) -> Option<String> {
        Some(origin_text(self.labels, self.rules.origin(clause)?))
    }

    /// One clause or act, by id or name.
    pub fn one(&self, name: &str) -> Option<String> {
        if let Some(clause) = self.rules.clause(name) {
            return Some(self.clause(clause));
        }
        let id = self.rules.act(name)?;
        let mut page = String::new();
        self.act(&mut page, id);
        Some(page)
    }

    fn clause(&self, clause: &Clause) -> String {
        let look = self.look();
        let mut page = format!(
            "{}  {}\n",
            look.strong(&clause.id),
            look.strong(self.labels.choose(&clause.title))
        );
        let channels: Vec<String> = clause
            .channels
            .iter()
            .map(|channel| self.label(&format!("channel.{}", channel.name())))
            .collect();
        let article = self
            .labels
            .fill("show.article", &[("number", clause.article.to_string())]);
        let facts = [
            article,
            self.label(kind_key(clause.kind)),
            self.label(&format!("severity.{}", clause.severity.name())),
            channels.join("/"),
            format!(
                "{} {}",
                self.label(&format!("status.{}", clause.status)),
                clause.since
            ),
        ];
        page.push_str(&format!("{}\n", facts.join(" · ")));
        if let Some(origin) = self.origin(clause) {
            page.push_str(&format!("{origin}\n"));
        }
        page.push('\n');
        self.paragraph(
            &mut page,
            &self.label("show.when"),
            self.labels.choose(&clause.when),
        );
        if let Some(say) = &clause.say {
            self.paragraph(&mut page, &self.label("show.say"), say);
        }
        page.push_str(&format!("\n{}\n", look.strong(&self.label("show.arises"))));
        for open in &clause.opens {
            self.paragraph(&mut page, "·", &self.open(open));
        }
        let mut acts: Vec<ActId> = Vec::new();
        if !clause.elements.is_empty() {
            page.push_str(&format!("\n{}\n", look.strong(&self.label("show.asks"))));
        }
        for element in &clause.elements {
            let form = self.label(&format!("form.{}", element.form.name()));
            let text = format!("{} ({form})", self.labels.choose(&element.means));
            self.paragraph(&mut page, &element.key, &text);
            acts.extend(element.acts.iter());
        }
        for open in &clause.opens {
            if let Trigger::Acts(opening) = &open.on {
                acts.extend(opening.iter());
            }
        }
        page.push_str(&format!(
            "\n{}\n",
            look.strong(&self.label("show.wordings"))
        ));
        let mut shown: Vec<ActId> = Vec::new();
        for id in acts {
            if !shown.contains(&id) && self.rules.acts[id.0 as usize].signal.is_none() {
                shown.push(id);
                self.act(&mut page, id);
            }
            self.proposed(&mut page, id);
        }
        self.arbitration(&mut page, clause);
        page
    }

    /// What weighs most for an act that the model proposes.
    fn proposed(&self, page: &mut String, id: ActId) {
        let strongest = self.rules.proposals.strongest(id, MOST_GRAMS);
        if strongest.is_empty() {
            return;
        }
        let grams: Vec<String> = strongest
            .iter()
            .map(|(gram, weight)| format!("{gram} +{weight}"))
            .collect();
        let head = self.label("show.proposed");
        page.push_str(&format!("\n{}\n", self.look().strong(&head)));
        self.paragraph(page, "·", &grams.join("  "));
    }

    fn arbitration(&self, page: &mut String, clause: &Clause) {
        let index = self
            .rules
            .clauses
            .iter()
            .position(|other| other.id == clause.id);
        let yields = self
            .rules
            .yields
            .iter()
            .filter(|rule| Some(rule.clause) == index);
        for rule in yields {
            let to: Vec<&str> = rule
                .to
                .iter()
                .map(|&to| self.rules.clauses[to].id.as_str())
                .collect();
            let head = self.labels.fill("show.yields", &[("to", to.join(" "))]);
            page.push_str(&format!("\n{}\n", self.look().strong(&head)));
            self.paragraph(page, "·", self.labels.choose(&rule.why));
        }
    }

    /// A condition in words: acts by their meaning, flags by theirs.
    fn open(&self, open: &Open) -> String {
        let mut parts = vec![match &open.on {
            Trigger::Always => self.label("show.always"),
            Trigger::Close => self.label("show.at-close"),
            Trigger::Acts(acts) => self.acts(acts),
        }];
        let mut add = |key: &str, text: String| {
            if !text.is_empty() {
                parts.push(self.labels.fill(key, &[("what", text)]));
            }
        };
        add("show.with", self.acts(&open.with));
        add("show.without", self.acts(&open.without));
        add("show.while", self.flags(open.while_flags));
        add("show.unless", self.flags(open.unless_flags));
        add("show.after", self.nearby(&open.after));
        add("show.not-after", self.nearby(&open.not_after));
        add("show.then", self.nearby(&open.then));
        add("show.not-then", self.nearby(&open.not_then));
        parts.join(&self.label("show.and"))
    }

    fn nearby(&self, nearby: &[Nearby]) -> String {
        let all: Vec<String> = nearby.iter().map(|one| self.acts(&one.acts)).collect();
        all.join(&self.label("show.and"))
    }

    fn acts(&self, acts: &[ActId]) -> String {
        let names: Vec<String> = acts
            .iter()
            .map(|id| {
                let act = &self.rules.acts[id.0 as usize];
                match act.signal {
                    Some(Signal::Proposed) => self.label("signal.proposed"),
                    Some(_) => self.label(&format!("signal.{}", act.name.trim_start_matches('@'))),
                    None => self.labels.choose(&act.means).to_owned(),
                }
            })
            .collect();
        names.join(&self.label("show.or"))
    }

    fn flags(&self, flags: u64) -> String {
        let names: Vec<&str> = self
            .rules
            .flags
            .iter()
            .enumerate()
            .filter(|(index, _)| flags >> index & 1 == 1)
            .map(|(_, flag)| self.labels.choose(&flag.means))
            .collect();
        names.join(&self.label("show.and"))
    }

    fn act(&self, page: &mut String, id: ActId) {
        let act: &Act = &self.rules.acts[id.0 as usize];
        let roles: Vec<String> = act
            .by
            .iter()
            .map(|role| self.label(&format!("role.{}", role.name())))
            .collect();
        page.push_str(&format!(
            "  {}  {} ({})\n",
            self.look().strong(&act.name),
            self.labels.choose(&act.means),
            roles.join("/")
        ));
        for closeness in [
            Closeness::Verbatim,
            Closeness::Equivalent,
            Closeness::Informal,
        ] {
            let wordings: Vec<String> = self
                .rules
                .wordings
                .iter()
                .filter(|wording| wording.owner == Owner::Act(id) && wording.closeness == closeness)
                .map(|wording| wording.notation.clone())
                .collect();
            self.wordings(page, &format!("closeness.{}", closeness.name()), &wordings);
        }
        let look_alikes: Vec<String> = self
            .rules
            .wordings
            .iter()
            .filter(|wording| wording.owner == Owner::LookAlike(id))
            .map(|wording| wording.notation.clone())
            .collect();
        self.wordings(page, "show.look-alikes", &look_alikes);
    }

    fn wordings(&self, page: &mut String, key: &str, wordings: &[String]) {
        if wordings.is_empty() {
            return;
        }
        page.push_str(&format!("    {}\n", self.look().dim(&self.label(key))));
        for line in flow(wordings, "  ", self.width.saturating_sub(6), self.labels) {
            page.push_str(&format!("      {line}\n"));
        }
    }

    /// A head in a narrow column, and text wrapped beside it.
    fn paragraph(&self, page: &mut String, head: &str, text: &str) {
        self.beside(page, head, HEAD_COLUMN, text);
    }

    fn beside(&self, page: &mut String, head: &str, column: usize, text: &str) {
        let lines = wrap(text, self.width.saturating_sub(column + 2), self.labels);
        for (number, line) in lines.iter().enumerate() {
            let head = if number == 0 { head } else { "" };
            page.push_str(&format!("  {}{line}\n", pad(head, column)));
        }
    }
}

/// What a supplement has to do with a clause, in words.
pub(super) fn origin_text(labels: &Labels, origin: Origin<'_>) -> String {
    let key = match origin.is_added {
        true => "show.added",
        false => "show.changed",
    };
    labels.fill(key, &[("book", origin.book.identity())])
}

fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Obligation => "show.obligation",
        Kind::Prohibition => "show.prohibition",
    }
}
