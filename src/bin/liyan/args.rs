//! The command line as clap is told of it. Every word of help is a label.

use crate::outcome::Outcome;
use crate::screen::Screen;
use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, value_parser};
use liyan::phrasebook::labels::Labels;
use std::path::PathBuf;

/// The whole command line.
pub fn command(labels: &Labels) -> Command {
    let help = |key: &str| labels.get(&format!("help.{key}")).to_owned();
    Command::new("liyan")
        .version(env!("CARGO_PKG_VERSION"))
        .about(help("about"))
        .after_help(help("after"))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(help("commands"))
        .subcommand_value_name("COMMAND")
        .arg(
            Arg::new("lang")
                .long("lang")
                .value_name("zh|en")
                .global(true)
                .value_parser(["zh", "en"]),
        )
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version),
        )
        .arg(
            Arg::new("color")
                .long("color")
                .value_name("auto|always|never")
                .global(true)
                .value_parser(["auto", "always", "never"]),
        )
        .subcommand(
            Command::new("check")
                .arg(paths(true))
                .arg(phrasebook())
                .arg(choice("format", &["terminal", "jsonl"]).default_value("terminal"))
                .arg(path("out", "FILE"))
                .arg(Arg::new("threads").long("threads").value_name("N").value_parser(threads))
                .arg(
                    Arg::new("fail-under")
                        .long("fail-under")
                        .value_name("SCORE")
                        .value_parser(value_parser!(f64)),
                )
                .arg(choice("from", &["jsonl", "text"]))
                .arg(choice("channel", &["counter", "phone_in", "phone_out"]))
                .arg(Arg::new("quiet").long("quiet").short('q').action(ArgAction::SetTrue)),
        )
        .subcommand(
            Command::new("explain")
                .arg(paths(true))
                .arg(Arg::new("id").long("id").value_name("ID"))
                .arg(clauses())
                .arg(phrasebook())
                .arg(choice("from", &["jsonl", "text"]))
                .arg(choice("channel", &["counter", "phone_in", "phone_out"])),
        )
        .subcommand(
            Command::new("evaluate")
                .arg(paths(true))
                .arg(clauses())
                .arg(Arg::new("misses").long("misses").action(ArgAction::SetTrue))
                .arg(Arg::new("acts").long("acts").action(ArgAction::SetTrue))
                .arg(phrasebook()),
        )
        .subcommand(
            Command::new("phrasebook")
                .subcommand_required(true)
                .subcommand_help_heading(help("commands"))
                .disable_help_subcommand(true)
                .subcommand(Command::new("check").arg(phrasebook_at()))
                .subcommand(Command::new("test").arg(phrasebook_at()).arg(clauses()))
                .subcommand(Command::new("list").arg(phrasebook_at()))
                .subcommand(
                    Command::new("show")
                        .arg(Arg::new("name").value_name("CLAUSE|ACT").required(true))
                        .arg(phrasebook()),
                ),
        )
        .subcommand(
            Command::new("generate")
                .arg(paths(true))
                .arg(
                    Arg::new("number")
                        .long("number")
                        .short('n')
                        .value_name("N")
                        .required(true)
                        .value_parser(value_parser!(u64)),
                )
                .arg(
                    Arg::new("seed")
                        .long("seed")
                        .value_name("SEED")
                        .default_value("1")
                        .value_parser(value_parser!(u64)),
                )
                .arg(path("out", "FILE")),
        )
        .subcommand(
            Command::new("completions").arg(
                Arg::new("shell")
                    .value_name("SHELL")
                    .required(true)
                    .value_parser(value_parser!(clap_complete::Shell)),
            ),
        )
        .subcommand(Command::new("manual"))
        .translate(labels, "help")
}

fn paths(required: bool) -> Arg {
    Arg::new("path")
        .value_name("PATH")
        .required(required)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf))
}

fn path(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .value_parser(value_parser!(PathBuf))
}

fn choice(name: &'static str, values: &[&'static str]) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(values.join("|"))
        .value_parser(PossibleValuesParser::new(values.to_vec()))
}

fn clauses() -> Arg {
    Arg::new("clauses")
        .long("clauses")
        .value_name("9.1,9.5")
        .value_delimiter(',')
}

fn phrasebook() -> Arg {
    Arg::new("phrasebook").long("phrasebook").value_name("NAME|DIR")
}

fn phrasebook_at() -> Arg {
    Arg::new("phrasebook").value_name("NAME|DIR")
}

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(threads @ 1..=1024) => Ok(threads),
        _ => Err("1..1024".to_owned()),
    }
}

/// Puts the labels' words in the place of clap's.
trait Translate {
    fn translate(self, labels: &Labels, path: &str) -> Self;
}

impl Translate for Command {
    fn translate(mut self, labels: &Labels, path: &str) -> Self {
        let about = format!("{path}.{}.about", self.get_name());
        if let Some(about) = labels.find(&about) {
            self = self.about(about.to_owned());
        }
        let names: Vec<String> = self
            .get_subcommands()
            .map(|command| command.get_name().to_owned())
            .collect();
        for name in names {
            self = self.mut_subcommand(name, |command| command.translate(labels, path));
        }
        let template = format!(
            "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
            labels.get("help.usage")
        );
        self.help_template(template)
            .disable_help_flag(true)
            .disable_version_flag(true)
            .arg(
                Arg::new("help")
                    .long("help")
                    .short('h')
                    .action(ArgAction::Help),
            )
            .mut_args(|arg| {
                let key = format!("help.arg.{}", arg.get_id());
                let heading = match arg.is_positional() {
                    true => "help.arguments",
                    false => "help.options",
                };
                let takes_values = !matches!(
                    arg.get_action(),
                    ArgAction::Help | ArgAction::Version | ArgAction::SetTrue
                );
                let arg = arg
                    .hide_possible_values(takes_values)
                    .hide_default_value(takes_values)
                    .help_heading(labels.get(heading).to_owned());
                match labels.find(&key) {
                    Some(help) => arg.help(help.to_owned()),
                    None => arg,
                }
            })
    }
}

/// Tells the user what clap didn't understand, or what they asked clap for.
pub fn report(screen: &Screen, error: &clap::Error) -> Outcome {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A closed pipe is no error, and there is nobody else to tell.
        let _ = error.print();
        return Outcome::DONE;
    }
    let value = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let known = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) => values.join(", "),
        _ => value(ContextKind::ValidSubcommand),
    };
    let key = match error.kind() {
        ErrorKind::UnknownArgument => "usage.unknown-argument",
        ErrorKind::InvalidSubcommand => "usage.unknown-command",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "usage.wrong-value",
        ErrorKind::MissingRequiredArgument => "usage.missing-argument",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "usage.missing-command"
        }
        _ => "usage.other",
    };
    let argument = match error.kind() {
        ErrorKind::InvalidSubcommand => value(ContextKind::InvalidSubcommand),
        _ => value(ContextKind::InvalidArg),
    };
    screen.tell(
        key,
        &[
            ("argument", argument),
            ("value", value(ContextKind::InvalidValue)),
            ("known", known),
        ],
    );
    Outcome::WRONG_USAGE
}
