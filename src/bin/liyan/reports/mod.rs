//! The reports of a run: several formats from one pass over the conversations, each
//! file there whole or not at all.
//!
//! What can be made of a conversation by itself is made on the thread that judged it
//! ([`Setting::parts`]); the rest, in the order of the input, by [`Reports`].

mod wanted;

pub use wanted::Wanted;

use crate::outcome::Outcome;
use crate::output::{self, Output};
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::conversation::Conversation;
use liyan::report::views::{Naming, View};
use liyan::report::wire::Line;
use liyan::report::{Format, Page, csv, page};
use liyan::scoring::across::Across;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How reports are set; shared between threads.
pub struct Setting<'a> {
    /// How things are called.
    pub naming: Naming<'a>,
    /// The table that CSV shows.
    pub view: View,
    /// Whether lines for programs carry the talk.
    pub with_turns: bool,
    formats: Vec<Format>,
}

/// What each report says of one conversation, as far as that can be said by itself.
pub struct Parts(Vec<Part>);

enum Part {
    Bytes(Vec<u8>),
    Entry(page::Entry),
}

impl<'a> Setting<'a> {
    /// A setting of those reports.
    pub fn new(naming: Naming<'a>, view: View, with_turns: bool, wanted: &[Wanted]) -> Self {
        Self {
            naming,
            view,
            with_turns,
            formats: wanted.iter().map(|wanted| wanted.format).collect(),
        }
    }

    /// Whether any report is in this format.
    pub fn has(&self, format: Format) -> bool {
        self.formats.contains(&format)
    }

    /// What each report says of a conversation: `line` without the talk, and the talk if
    /// it is there. `at_terminal` is what stands at a
    /// terminal.
    pub fn parts<'t>(
        &self,
        line: Line<'t>,
        talk: Option<&'t Conversation>,
        at_terminal: &str,
    ) -> Parts {
        let full = match talk {
            Some(talk) => line.clone().with_turns(talk),
            None => line.clone(),
        };
        let part = |format: &Format| match format {
            Format::Terminal => Part::Bytes(at_terminal.as_bytes().to_vec()),
            Format::Html => Part::Entry(page::Entry::new(self.naming.rules, &full)),
            Format::Jsonl => {
                let mut out = Vec::new();
                match self.with_turns {
                    true => full.write(&mut out),
                    false => line.write(&mut out),
                }
                Part::Bytes(out)
            }
            Format::Csv => Part::Bytes(csv::rows(self.view, &full, &self.naming)),
        };
        Parts(self.formats.iter().map(part).collect())
    }
}

impl<'a> Setting<'a> {
    /// Writes what precedes the conversations.
    fn begin(&self, format: Format, has_head: bool, output: &mut Output) -> io::Result<Rest<'a>> {
        let Naming { rules, labels } = self.naming;
        match format {
            Format::Terminal => Ok(Rest::Summary),
            Format::Html => Page::begin(rules, labels.lang(), output).map(Rest::Page),
            Format::Jsonl => Ok(Rest::Nothing),
            Format::Csv => {
                if !has_head {
                    output.write_all(&csv::head(self.view, &self.naming))?;
                }
                Ok(Rest::Nothing)
            }
        }
    }
}

/// Reports that are being written.
pub struct Reports<'a> {
    each: Vec<Report<'a>>,
    count: usize,
}

struct Report<'a> {
    path: Option<PathBuf>,
    output: Output,
    rest: Rest<'a>,
}

/// What a report keeps until its end.
enum Rest<'a> {
    Nothing,
    /// Its conversations are parted by an empty line, and a summary follows them.
    Summary,
    Page(Page<'a>),
}

/// Which report could not be written, and why.
pub struct Unwritten {
    path: Option<PathBuf>,
    error: io::Error,
}

impl Unwritten {
    /// Tells the user, unless it is that whoever reads has seen enough.
    pub fn tell(&self, screen: &Screen) -> Outcome {
        output::unwritten(screen, self.path.as_deref(), &self.error)
    }
}

/// It isn't known which.
impl From<io::Error> for Unwritten {
    fn from(error: io::Error) -> Self {
        unwritten(None, error)
    }
}

/// The table that CSV shows, as `--view` asks for.
pub fn view(matches: &ArgMatches) -> View {
    let name = matches.get_one::<String>("view");
    name.and_then(|name| View::from_name(name))
        .unwrap_or(View::Verdicts)
}

impl<'a> Reports<'a> {
    /// Opens all files and writes what precedes the conversations, which on standard
    /// output may have been written already, for reports that these follow.
    ///
    /// # Errors
    /// If a file can't be made or written.
    pub fn open(
        setting: &Setting<'a>,
        wanted: &[Wanted],
        follows: bool,
    ) -> Result<Self, Unwritten> {
        let mut each = Vec::new();
        for Wanted { format, path } in wanted {
            let opened = Output::open(path.as_deref()).and_then(|mut output| {
                let has_head = follows && path.is_none();
                let rest = setting.begin(*format, has_head, &mut output)?;
                Ok((output, rest))
            });
            let (output, rest) = opened.map_err(|error| unwritten(path.as_deref(), error))?;
            each.push(Report {
                path: path.clone(),
                output,
                rest,
            });
        }
        Ok(Self { each, count: 0 })
    }

    /// Whether nothing goes to standard output.
    pub fn to_files(&self) -> bool {
        self.each.iter().all(|report| report.path.is_some())
    }

    /// Adds a conversation to each report.
    ///
    /// # Errors
    /// If one can't be written.
    pub fn add(&mut self, parts: &Parts) -> Result<(), Unwritten> {
        for (report, part) in self.each.iter_mut().zip(&parts.0) {
            let added = report.add(part, self.count);
            added.map_err(|error| unwritten(report.path.as_deref(), error))?;
        }
        self.count += 1;
        Ok(())
    }

    /// Writes what follows the conversations; files get their names if the work is
    /// `whole`. `summary` is what stands at the end at a terminal. Reports that are told
    /// `apart` from others of the same run carry that in their names. `across` is what
    /// shows only across the conversations.
    ///
    /// # Errors
    /// If one can't be written. The others are there all the same.
    pub fn finish(
        self,
        whole: bool,
        summary: &str,
        apart: Option<&str>,
        across: Option<&Across>,
    ) -> Result<(), Unwritten> {
        let mut failed = None;
        for report in self.each {
            let path = report.path.clone();
            if path.is_some() && !whole {
                continue;
            }
            if let Err(error) = report.finish(summary, apart, across) {
                failed.get_or_insert(unwritten(path.as_deref(), error));
            }
        }
        failed.map_or(Ok(()), Err)
    }
}

impl Report<'_> {
    fn add(&mut self, part: &Part, before: usize) -> io::Result<()> {
        let output = &mut self.output;
        match (part, &mut self.rest) {
            (Part::Entry(entry), Rest::Page(page)) => page.add(entry, output),
            (Part::Bytes(bytes), _) if bytes.is_empty() => Ok(()),
            (Part::Bytes(bytes), rest) => {
                if before > 0 && matches!(rest, Rest::Summary) {
                    output.write_all(b"\n")?;
                }
                output.write_all(bytes)
            }
            (Part::Entry(_), _) => Ok(()),
        }
    }

    fn finish(
        mut self,
        summary: &str,
        apart: Option<&str>,
        across: Option<&Across>,
    ) -> io::Result<()> {
        match self.rest {
            Rest::Nothing => {}
            Rest::Summary => self.output.write_all(summary.as_bytes())?,
            Rest::Page(page) => page.end(across, &mut self.output)?,
        }
        if let Some(apart) = apart {
            self.output.tell_apart(apart);
        }
        self.output.finish()
    }
}

fn unwritten(path: Option<&Path>, error: io::Error) -> Unwritten {
    Unwritten {
        path: path.map(Path::to_owned),
        error,
    }
}
