//! How reports are set, and what each says of one conversation by itself.

use super::{Rest, Wanted};
use crate::output::Output;
use clap::ArgMatches;
use liyan::conversation::Conversation;
use liyan::report::markdown::Document;
use liyan::report::views::{Naming, Order, Rows, View};
use liyan::report::wire::Line;
use liyan::report::{Format, Page, csv, junit, page, xlsx};
use std::io::{self, Write};

/// How reports are set; shared between threads.
pub struct Setting<'a> {
    /// How things are called.
    pub naming: Naming<'a>,
    /// The table that CSV shows.
    pub view: View,
    /// Whether lines for programs carry the talk.
    pub with_turns: bool,
    /// In which order groups stand.
    pub order: Order,
    /// Within how many days complaints are to be reported back on, if somebody says.
    pub days: Option<u32>,
    formats: Vec<Format>,
}

/// What each report says of one conversation, as far as that can be said by itself.
pub struct Parts {
    pub(super) each: Vec<Part>,
    /// For all reports that are made of tables.
    pub(super) rows: Option<Rows>,
}

pub(super) enum Part {
    Bytes(Vec<u8>),
    Entry(page::Entry),
    Rows,
}

impl<'a> Setting<'a> {
    /// A setting of those reports, as the command line says.
    pub fn new(naming: Naming<'a>, wanted: &[Wanted], matches: &ArgMatches) -> Self {
        let has = |name: &str| matches!(matches.try_get_one::<bool>(name), Ok(Some(true)));
        let view = matches.get_one::<String>("view");
        let view = view.and_then(|name| View::from_name(name));
        let days = matches.try_get_one::<u32>("days");
        Self {
            naming,
            view: view.unwrap_or(View::Verdicts),
            with_turns: has("with-turns"),
            order: match has("rank") {
                true => Order::Score,
                false => Order::Name,
            },
            days: days.ok().flatten().copied(),
            formats: wanted.iter().map(|wanted| wanted.format).collect(),
        }
    }

    /// Whether any report is in this format.
    pub fn has(&self, format: Format) -> bool {
        self.formats.contains(&format)
    }

    /// What each report says of a conversation: `line` without the talk, and the talk if
    /// it is there. `at_terminal` is what stands at a terminal.
    pub fn parts(&self, line: &Line<'_>, talk: Option<&Conversation>, at_terminal: &str) -> Parts {
        let with_talk;
        let full = match talk {
            Some(talk) => {
                with_talk = line.clone().with_turns(talk);
                &with_talk
            }
            None => line,
        };
        let naming = &self.naming;
        let part = |format: &Format| match format {
            Format::Terminal => Part::Bytes(at_terminal.as_bytes().to_vec()),
            Format::Html => Part::Entry(page::Entry::new(naming.rules, full)),
            Format::Jsonl => {
                let mut out = Vec::new();
                match self.with_turns {
                    true => full.write(&mut out),
                    false => line.write(&mut out),
                }
                Part::Bytes(out)
            }
            Format::Csv => Part::Bytes(csv::rows(self.view, full, naming)),
            Format::Junit => Part::Bytes(junit::suite(full, naming).into_bytes()),
            Format::Xlsx | Format::Markdown => Part::Rows,
        };
        let has_tables = self.has(Format::Xlsx) || self.has(Format::Markdown);
        Parts {
            each: self.formats.iter().map(part).collect(),
            rows: has_tables.then(|| Rows::new(full, naming)),
        }
    }

    /// Writes what precedes the conversations, unless it has been written.
    pub(super) fn begin(
        &self,
        format: Format,
        has_head: bool,
        output: &mut Output,
    ) -> io::Result<Rest<'a>> {
        let naming = self.naming;
        match format {
            Format::Terminal => Ok(Rest::Summary),
            Format::Html => Page::begin(naming.rules, naming.labels.lang(), output).map(Rest::Page),
            Format::Jsonl => Ok(Rest::Nothing),
            Format::Csv => {
                if !has_head {
                    output.write_all(&csv::head(self.view, &naming))?;
                }
                Ok(Rest::Nothing)
            }
            Format::Junit => {
                output.write_all(junit::HEAD.as_bytes())?;
                Ok(Rest::Tail(junit::TAIL))
            }
            Format::Xlsx => {
                let book = xlsx::Book::begin(naming)?;
                Ok(Rest::Book(Box::new(book)))
            }
            Format::Markdown => Ok(Rest::Document(Document::new(naming))),
        }
    }
}
