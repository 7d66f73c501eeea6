//! `liyan report`: any report from assessments that were saved, without judging again.
//!
//! Lines of one phrasebook are told together, those of another apart: what was asked
//! for may have changed between them. The first phrasebook's lines are taken as they
//! come; those of others wait in a nameless file for their turn.

use crate::input;
use crate::outcome::Outcome;
use crate::reports::{Reports, Setting, Unwritten, Wanted};
use crate::saved::Saved;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::phrasebook::Phrasebook;
use liyan::phrasebook::rules::{Book, Rules};
use liyan::report::Format;
use liyan::report::saved::Merge;
use liyan::report::views::Naming;
use liyan::report::visible::visible;
use liyan::report::wire::{Line, read_line};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::path::PathBuf;

/// Runs the command.
pub fn run(screen: &Screen, matches: &ArgMatches) -> Outcome {
    let wanted = match Wanted::of(screen, matches) {
        Ok(wanted) => wanted,
        Err(outcome) => return outcome,
    };
    let paths = matches.get_many::<PathBuf>("path").into_iter().flatten();
    let mut lines = Lines {
        screen,
        saved: Saved::new(paths.cloned()),
        merge: Merge::default(),
        unread: 0,
    };
    let mut run = Run {
        screen,
        matches,
        wanted: &wanted,
        told: Vec::new(),
        left_out: false,
    };
    match run.all(&mut lines) {
        Err(Stop::Outcome(outcome)) => outcome,
        Err(Stop::Unwritten(unwritten)) => unwritten.tell(screen),
        Err(Stop::Io(error)) => Unwritten::from(error).tell(screen),
        Ok(()) => run.outcome(&lines),
    }
}

/// The assessments in the order of the input, those that came before aside.
struct Lines<'a> {
    screen: &'a Screen,
    saved: Saved,
    merge: Merge,
    unread: usize,
}

impl Iterator for Lines<'_> {
    type Item = Line<'static>;

    fn next(&mut self) -> Option<Line<'static>> {
        loop {
            match self.saved.next()? {
                Ok(line) if self.merge.takes(&line) => return Some(line),
                Ok(_) => {}
                Err(problem) => {
                    problem.tell(self.screen);
                    self.unread += 1;
                }
            }
        }
    }
}

/// Why there is no report.
enum Stop {
    Outcome(Outcome),
    Unwritten(Unwritten),
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Io(error)
    }
}

impl From<Unwritten> for Stop {
    fn from(unwritten: Unwritten) -> Self {
        Stop::Unwritten(unwritten)
    }
}

struct Run<'a> {
    screen: &'a Screen,
    matches: &'a ArgMatches,
    wanted: &'a [Wanted],
    /// The phrasebooks that have been told of, each with how many conversations.
    told: Vec<(String, usize)>,
    /// Whether something was left out for want of a file.
    left_out: bool,
}

impl Run<'_> {
    fn all(&mut self, lines: &mut Lines<'_>) -> Result<(), Stop> {
        let mut source: Box<dyn Iterator<Item = Line<'static>> + '_> = Box::new(lines);
        while let Some(first) = source.next() {
            let mut rest = Spill::default();
            self.one(first, &mut source, &mut rest)?;
            match rest.lines()? {
                Some(lines) => source = Box::new(lines),
                None => break,
            }
        }
        Ok(())
    }

    /// The reports on the lines of one phrasebook; `rest` gets the others.
    fn one(
        &mut self,
        first: Line<'static>,
        lines: &mut dyn Iterator<Item = Line<'static>>,
        rest: &mut Spill,
    ) -> Result<(), Stop> {
        let phrasebook = first.phrasebook.clone().into_owned();
        let wanted = self.wanted_now();
        let rules = self.rules(&phrasebook)?;
        let naming = Naming::new(&rules, &self.screen.labels);
        let mut setting = Setting::new(naming, &wanted, self.matches);
        // What a line carries stays with it.
        setting.with_turns = true;
        let follows = !self.told.is_empty();
        let shows_many = setting.has(Format::Terminal);
        let mut reports = Reports::open(&setting, &wanted, follows, shows_many)?;
        let mut count = 0;
        for line in std::iter::once(first).chain(lines) {
            if *line.phrasebook != phrasebook {
                rest.add(&line)?;
                continue;
            }
            let parts = setting.parts(&line, None, "");
            reports.add(&parts, || line)?;
            count += 1;
        }
        let is_apart = rest.file.is_some() || !self.told.is_empty();
        let apart = is_apart.then_some(phrasebook.as_str());
        let page = match reports.across() {
            Some(across) if shows_many => {
                let terminal = self.screen.terminal(&rules, reports.to_files());
                self.headed(terminal.across(across, setting.order), apart)
            }
            _ => String::new(),
        };
        reports.finish(true, &page, apart)?;
        self.told.push((phrasebook, count));
        Ok(())
    }

    /// The reports that are wanted of the phrasebook whose turn it is. Standard output
    /// takes one document, or lines and rows of several.
    fn wanted_now(&mut self) -> Vec<Wanted> {
        let mut wanted = self.wanted.to_vec();
        if !self.told.is_empty() {
            wanted.retain(|of| of.path.is_some() || of.format.can_follow());
            self.left_out |= wanted.len() < self.wanted.len();
        }
        wanted
    }

    /// The phrasebook that is named, or the shipped one that judged; for one that isn't
    /// at hand, one that knows no names.
    fn rules(&self, judged_by: &str) -> Result<Rules, Stop> {
        let named = self.matches.contains_id("phrasebook");
        // Of a supplement and what it extends, the supplement stands last.
        let last = judged_by.rsplit('+').next().unwrap_or_default();
        let name = last.split('@').next().unwrap_or_default();
        if !named && Phrasebook::builtin(name).is_none() {
            let values = [("name", judged_by.to_owned())];
            self.screen.tell("cli.unknown-names", &values);
            let mut rules =
                self.compiled(Phrasebook::builtin_names().first().map_or("", |of| of))?;
            rules.clauses.clear();
            rules.articles.clear();
            rules.books = vec![Book {
                name: name.to_owned(),
                ..Book::default()
            }];
            return Ok(rules);
        }
        let rules = match self.matches.get_one::<String>("phrasebook") {
            Some(named) => self.compiled(named)?,
            None => self.compiled(name)?,
        };
        if rules.identity() != judged_by {
            let values = [("name", judged_by.to_owned()), ("known", rules.identity())];
            self.screen.tell("cli.other-names", &values);
        }
        Ok(rules)
    }

    fn compiled(&self, name: &str) -> Result<Rules, Stop> {
        input::rules_named(self.screen, name).map_err(Stop::Outcome)
    }

    /// A page under the name of its phrasebook, where there are several.
    fn headed(&self, page: String, apart: Option<&str>) -> String {
        let between = if self.told.is_empty() { "" } else { "\n" };
        match apart {
            None => page,
            Some(phrasebook) => format!("{between}{}\n{page}", visible(phrasebook)),
        }
    }

    fn outcome(&self, lines: &Lines<'_>) -> Outcome {
        if !self.matches.get_flag("quiet") {
            self.remarks(lines);
        }
        if self.left_out {
            self.screen.tell("cli.needs-files", &[]);
        }
        match (self.told.is_empty(), lines.unread) {
            (true, _) => Outcome::FAILED,
            (false, 0) if !self.left_out => Outcome::DONE,
            _ => Outcome::IN_PART,
        }
    }

    fn remarks(&self, lines: &Lines<'_>) {
        let again = lines.merge.again();
        if again > 0 {
            self.screen
                .tell("cli.again", &[("count", again.to_string())]);
        }
        if self.told.len() > 1 {
            let between = self.screen.labels.get("layout.between");
            let told = self.told.iter();
            let told: Vec<String> = told
                .map(|(name, count)| format!("{name} ({count})"))
                .collect();
            self.screen
                .tell("cli.apart", &[("names", told.join(between))]);
        }
    }
}

/// Lines that wait for their turn, in a nameless file.
#[derive(Default)]
struct Spill {
    file: Option<BufWriter<File>>,
}

impl Spill {
    fn add(&mut self, line: &Line<'_>) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(BufWriter::new(tempfile::tempfile()?)),
        };
        let mut bytes = Vec::new();
        line.write(&mut bytes);
        file.write_all(&bytes)
    }

    /// The lines again, if there are any.
    fn lines(self) -> io::Result<Option<impl Iterator<Item = Line<'static>>>> {
        let Some(file) = self.file else {
            return Ok(None);
        };
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        let lines = BufReader::new(file).lines();
        // They were written by `add`.
        Ok(Some(
            lines
                .map_while(Result::ok)
                .filter_map(|line| read_line(&line).ok()),
        ))
    }
}
