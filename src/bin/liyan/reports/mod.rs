//! The reports of a run: several formats from one pass over the conversations, each
//! file there whole or not at all.
//!
//! What can be made of a conversation by itself is made on the thread that judged it
//! ([`Setting::parts`]); the rest, in the order of the input, by [`Reports`].

mod setting;
mod wanted;

pub use setting::{Parts, Setting};
pub use wanted::Wanted;

use crate::outcome::Outcome;
use crate::output::{self, Output};
use crate::screen::Screen;
use liyan::report::markdown::Document;
use liyan::report::views::{Order, Rows, case};
use liyan::report::wire::Line;
use liyan::report::{Format, Page, xlsx};
use liyan::scoring::across::Across;
use setting::Part;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Reports that are being written.
pub struct Reports<'a> {
    each: Vec<Report<'a>>,
    count: usize,
    /// For reports that show what only many conversations do.
    across: Option<Across>,
    order: Order,
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
    Book(Box<xlsx::Book<'a>>),
    Document(Document<'a>),
    /// Text that ends it.
    Tail(&'static str),
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

impl<'a> Reports<'a> {
    /// Opens all files and writes what precedes the conversations; on standard output it
    /// may have been written already, for reports that these follow. What shows across
    /// conversations is kept if a report or the caller shows it.
    ///
    /// # Errors
    /// If a file can't be made or written.
    pub fn open(
        setting: &Setting<'a>,
        wanted: &[Wanted],
        follows: bool,
        across: bool,
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
        let shows_many = [Format::Html, Format::Xlsx, Format::Markdown];
        let across = across || shows_many.into_iter().any(|format| setting.has(format));
        Ok(Self {
            each,
            count: 0,
            across: across.then(|| Across::new(setting.naming.rules, setting.days)),
            order: setting.order,
        })
    }

    /// Whether nothing goes to standard output.
    pub fn to_files(&self) -> bool {
        self.each.iter().all(|report| report.path.is_some())
    }

    /// What shows across the conversations so far, if it is kept.
    pub fn across(&self) -> Option<&Across> {
        self.across.as_ref()
    }

    /// Adds a conversation to each report; `line` is asked for if a report shows what
    /// only many conversations do.
    ///
    /// # Errors
    /// If one can't be written.
    pub fn add<'l>(
        &mut self,
        parts: &Parts,
        line: impl FnOnce() -> Line<'l>,
    ) -> Result<(), Unwritten> {
        if let Some(across) = &mut self.across {
            across.add(&case(&line()));
        }
        for (report, part) in self.each.iter_mut().zip(&parts.each) {
            let added = report.add(part, parts.rows.as_ref(), self.count);
            added.map_err(|error| unwritten(report.path.as_deref(), error))?;
        }
        self.count += 1;
        Ok(())
    }

    /// Writes what follows the conversations; files get their names if the work is
    /// `whole`. `summary` is what stands at the end at a terminal. Reports that are told
    /// `apart` from others of the same run carry that in their names.
    ///
    /// # Errors
    /// If one can't be written. The others are there all the same.
    pub fn finish(self, whole: bool, summary: &str, apart: Option<&str>) -> Result<(), Unwritten> {
        let mut failed = None;
        for report in self.each {
            let path = report.path.clone();
            if path.is_some() && !whole {
                continue;
            }
            if let Err(error) = report.finish(summary, apart, self.across.as_ref(), self.order) {
                failed.get_or_insert(unwritten(path.as_deref(), error));
            }
        }
        failed.map_or(Ok(()), Err)
    }
}

impl Report<'_> {
    fn add(&mut self, part: &Part, rows: Option<&Rows>, before: usize) -> io::Result<()> {
        let output = &mut self.output;
        match (part, &mut self.rest) {
            (Part::Entry(entry), Rest::Page(page)) => page.add(entry, output),
            (Part::Rows, Rest::Book(book)) => rows.map_or(Ok(()), |rows| book.add(rows)),
            (Part::Rows, Rest::Document(document)) => {
                rows.into_iter().for_each(|rows| document.add(rows));
                Ok(())
            }
            (Part::Bytes(bytes), _) if bytes.is_empty() => Ok(()),
            (Part::Bytes(bytes), rest) => {
                if before > 0 && matches!(rest, Rest::Summary) {
                    output.write_all(b"\n")?;
                }
                output.write_all(bytes)
            }
            (Part::Entry(_) | Part::Rows, _) => Ok(()),
        }
    }

    fn finish(
        mut self,
        summary: &str,
        apart: Option<&str>,
        across: Option<&Across>,
        order: Order,
    ) -> io::Result<()> {
        let output = &mut self.output;
        match (self.rest, across) {
            (Rest::Summary, _) => output.write_all(summary.as_bytes())?,
            (Rest::Page(page), across) => page.end(across, output)?,
            (Rest::Tail(tail), _) => output.write_all(tail.as_bytes())?,
            (Rest::Book(book), Some(across)) => book.end(across, order, output)?,
            (Rest::Document(document), Some(across)) => {
                output.write_all(document.end(across, order).as_bytes())?;
            }
            (Rest::Nothing | Rest::Book(_) | Rest::Document(_), _) => {}
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
