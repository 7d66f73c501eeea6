//! What the user sees and in which language: standard error, widths, colours.

use anstream::ColorChoice;
use clap::ArgMatches;
use liyan::phrasebook::labels::{Labels, Lang};
use liyan::phrasebook::rules::Rules;
use liyan::report::visible::visible;
use liyan::report::{Problems, Terminal};
use liyan::transcript::{InputProblem, Place};
use std::io::{IsTerminal, Write};

/// Without a terminal, or one that doesn't tell, reports are this wide.
const USUAL_WIDTH: usize = 80;
/// However wide the terminal is, lines don't get longer.
const WIDEST: usize = 120;

/// Speaks to the user.
pub struct Screen {
    /// The words.
    pub labels: Labels,
    /// Columns.
    pub width: usize,
    colour: ColorChoice,
}

impl Screen {
    /// As the environment and `--lang`, wherever it stands, ask for. The language
    /// must be known before the command line is understood, since it is the one
    /// that a misunderstanding is explained in.
    pub fn of_process() -> Self {
        let arguments: Vec<String> = std::env::args_os()
            .map(|argument| argument.to_string_lossy().into_owned())
            .collect();
        let asked = arguments.iter().enumerate().find_map(|(at, argument)| {
            match argument.strip_prefix("--lang=") {
                Some(lang) => Lang::from_name(lang),
                None if argument == "--lang" => Lang::from_name(arguments.get(at + 1)?),
                None => None,
            }
        });
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
            .unwrap_or_default();
        let width = terminal_size::terminal_size()
            .map(|(width, _)| usize::from(width.0))
            .or_else(|| std::env::var("COLUMNS").ok()?.parse().ok())
            .unwrap_or(USUAL_WIDTH);
        Self {
            labels: Labels::builtin(asked.unwrap_or_else(|| Lang::from_locale(&locale))),
            width: width.clamp(40, WIDEST),
            colour: ColorChoice::Auto,
        }
    }

    /// With the colours that the command line asks for.
    pub fn with(mut self, matches: &ArgMatches) -> Self {
        self.colour = match matches.get_one::<String>("color").map(String::as_str) {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            _ => ColorChoice::Auto,
        };
        self
    }

    /// Whether standard output takes colours.
    pub fn colours(&self) -> bool {
        self.coloured(&std::io::stdout())
    }

    fn coloured(&self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.colour {
            ColorChoice::Auto => anstream::AutoStream::choice(stream) != ColorChoice::Never,
            choice => choice != ColorChoice::Never,
        }
    }

    /// How reports are set, on standard output or in a file, which has no colours
    /// unless somebody insists.
    pub fn terminal<'a>(&'a self, rules: &'a Rules, to_file: bool) -> Terminal<'a> {
        Terminal {
            rules,
            labels: &self.labels,
            width: self.width,
            colours: match to_file {
                true => self.colour == ColorChoice::Always,
                false => self.colours(),
            },
        }
    }

    /// How problems are set on standard error.
    pub fn problems(&self) -> Problems<'_> {
        Problems {
            labels: &self.labels,
            width: self.width,
            colours: self.coloured(&std::io::stderr()),
        }
    }

    /// Writes to standard error. That it can't be written to is nothing that
    /// could be told to anybody.
    pub fn say(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end());
    }

    /// Says the sentence `key`, with its places filled. What is put in comes from
    /// outside and is made harmless first.
    pub fn tell(&self, key: &str, values: &[(&str, String)]) {
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| (*name, visible(value)))
            .collect();
        self.say(&self.labels.fill(key, &values));
    }

    /// Says what is wrong with a piece of input.
    pub fn input_problem(&self, problem: &InputProblem) {
        self.problem_at(&problem.place, problem.kind.code(), &problem.kind.params());
    }

    /// Says what is wrong at a place of the input: the sentences `input.<code>`.
    pub fn problem_at(&self, place: &Place, code: &str, params: &[(&'static str, String)]) {
        let source = match &*place.source {
            "-" => self.labels.get("cli.standard-input"),
            source => source,
        };
        let place = match place.line {
            0 => source.to_owned(),
            line => format!("{source}:{line}"),
        };
        self.say(&self.problems().input(&place, code, params));
    }

    /// Whether progress would be seen: standard error is a terminal, and reports
    /// don't go to one.
    pub fn shows_progress(&self, to_file: bool) -> bool {
        std::io::stderr().is_terminal() && (to_file || !std::io::stdout().is_terminal())
    }
}
