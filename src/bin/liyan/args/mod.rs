//! The command line as clap is told of it. Every word of help is a label.

mod parts;

use crate::values::{moment, month, near, score, share, threads, whole_number};
use clap::{Arg, ArgAction, Command, value_parser};
use liyan::phrasebook::labels::Labels;
use parts::{
    choice, clauses, composing, document_format, from, no_redact, of_a_month, path, paths,
    phrasebook, phrasebook_at, quiet, reports, seed, understanding, visits,
};
use std::path::PathBuf;

/// The whole command line.
pub fn command(labels: &Labels) -> Command {
    let help = |key: &str| labels.get(&format!("help.{key}")).to_owned();
    Command::new("liyan")
        .version(env!("CARGO_PKG_VERSION"))
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
                .args(reports())
                .arg(
                    Arg::new("with-turns")
                        .long("with-turns")
                        .action(ArgAction::SetTrue),
                )
                .arg(no_redact())
                .arg(
                    Arg::new("threads")
                        .long("threads")
                        .value_name("N")
                        .value_parser(threads),
                )
                .arg(
                    Arg::new("fail-under")
                        .long("fail-under")
                        .value_name("SCORE")
                        .value_parser(score),
                )
                .arg(from())
                .args(understanding())
                .arg(visits())
                .arg(choice("channel", &["counter", "phone_in", "phone_out"]))
                .arg(quiet()),
        )
        .subcommand(
            Command::new("report")
                .arg(paths(true))
                .args(reports())
                .arg(phrasebook())
                .arg(Arg::new("rank").long("rank").action(ArgAction::SetTrue))
                .arg(
                    Arg::new("days")
                        .long("complaint-days")
                        .value_name("N")
                        .value_parser(value_parser!(u32).range(1..3661)),
                )
                .arg(quiet()),
        )
        .subcommand(
            Command::new("explain")
                .arg(paths(true))
                .arg(Arg::new("id").long("id").value_name("ID"))
                .arg(no_redact())
                .arg(clauses())
                .arg(phrasebook())
                .arg(from())
                .args(understanding())
                .arg(visits())
                .arg(choice("channel", &["counter", "phone_in", "phone_out"])),
        )
        .subcommand(
            Command::new("convert")
                .arg(paths(true))
                .arg(choice("to", &["jsonl", "srt", "text"]).required(true))
                .arg(path("out", "FILE"))
                .arg(Arg::new("id").long("id").value_name("ID"))
                .arg(from())
                .arg(visits())
                .arg(phrasebook())
                .args(understanding())
                .arg(choice("channel", &["counter", "phone_in", "phone_out"])),
        )
        .subcommand(Command::new("formats").arg(document_format()))
        .subcommand(
            Command::new("evaluate")
                .arg(paths(true))
                .arg(clauses())
                .arg(document_format())
                .arg(from())
                .args(understanding())
                .arg(Arg::new("against").long("against").value_name("PATH|NAME"))
                .arg(Arg::new("misses").long("misses").action(ArgAction::SetTrue))
                .args(composing())
                .arg(Arg::new("acts").long("acts").action(ArgAction::SetTrue))
                .arg(
                    Arg::new("map")
                        .long("map")
                        .value_name("LABEL=act+act,…")
                        .value_delimiter(',')
                        .requires("acts"),
                )
                .arg(
                    Arg::new("noise")
                        .long("noise")
                        .value_name("0,5,10,20")
                        .value_delimiter(',')
                        .value_parser(value_parser!(u8).range(0..=50)),
                )
                .arg(
                    Arg::new("without-roles")
                        .long("without-roles")
                        .action(ArgAction::SetTrue),
                )
                .arg(phrasebook()),
        )
        .subcommand(
            Command::new("diff")
                .arg(paths(true))
                .arg(
                    Arg::new("phrasebooks")
                        .long("phrasebooks")
                        .value_names(["OLD", "NEW"])
                        .num_args(2)
                        .conflicts_with("phrasebook"),
                )
                .arg(phrasebook())
                .arg(clauses())
                .arg(document_format())
                .arg(
                    Arg::new("most")
                        .long("most")
                        .value_name("N")
                        .value_parser(whole_number),
                )
                .arg(path("out", "FILE"))
                .arg(no_redact())
                .arg(
                    Arg::new("fail-on-change")
                        .long("fail-on-change")
                        .action(ArgAction::SetTrue),
                )
                .arg(visits())
                .arg(from())
                .arg(choice("channel", &["counter", "phone_in", "phone_out"])),
        )
        .subcommand(
            Command::new("sample")
                .arg(paths(true))
                .arg(path("out", "FILE.xlsx|FILE.csv").required(true))
                .arg(
                    Arg::new("draw-number")
                        .long("number")
                        .short('n')
                        .value_name("N")
                        .value_parser(whole_number),
                )
                .arg(
                    Arg::new("share")
                        .long("share")
                        .value_name("5%")
                        .conflicts_with("draw-number")
                        .value_parser(share),
                )
                .arg(Arg::new("whole").long("whole").action(ArgAction::SetTrue))
                .arg(choice(
                    "by",
                    &["clause", "verdict", "agent", "branch", "channel"],
                ))
                .arg(clauses())
                .arg(
                    Arg::new("verdicts")
                        .long("verdict")
                        .value_name("missed,breached")
                        .value_delimiter(',')
                        .value_parser(["met", "partial", "missed", "breached", "undecided"]),
                )
                .arg(
                    Arg::new("near")
                        .long("near")
                        .value_name("SCORE±N|N")
                        .value_parser(near),
                )
                .arg(seed())
                .arg(phrasebook()),
        )
        .subcommand(
            Command::new("review")
                .arg(
                    Arg::new("sheet")
                        .value_name("SHEET")
                        .num_args(1..)
                        .value_parser(value_parser!(PathBuf)),
                )
                .arg(path("assessments", "FILE").required_unless_present("verify"))
                .arg(path("log", "FILE"))
                .arg(path("out", "FILE"))
                .arg(document_format())
                .arg(
                    Arg::new("at")
                        .long("at")
                        .value_name("TIME")
                        .value_parser(moment),
                )
                .arg(path("verify", "LOG").conflicts_with_all([
                    "sheet",
                    "assessments",
                    "log",
                    "out",
                ]))
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
                .subcommand(Command::new("phrases").arg(phrasebook_at()))
                .subcommand(Command::new("roles").arg(paths(true)).arg(phrasebook()))
                .subcommand(Command::new("visits").arg(paths(true)).arg(phrasebook()))
                .subcommand(Command::new("proposals").arg(paths(true)).arg(phrasebook()))
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
                        .required_unless_present("month")
                        .value_parser(whole_number),
                )
                .arg(
                    Arg::new("month")
                        .long("month")
                        .value_name("2026-03")
                        .value_parser(month),
                )
                .arg(of_a_month("clerks", "40"))
                .arg(of_a_month("branches", "4"))
                .arg(phrasebook().requires("month"))
                .arg(seed())
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
        .translate(labels)
}

/// Puts the labels' words in the place of clap's.
trait Translate {
    fn translate(self, labels: &Labels) -> Self;
    fn translate_below(self, labels: &Labels, path: &str) -> Self;
}

impl Translate for Command {
    fn translate(self, labels: &Labels) -> Self {
        self.translate_below(labels, "help")
    }

    fn translate_below(mut self, labels: &Labels, path: &str) -> Self {
        if let Some(about) = labels.find(&format!("{path}.about")) {
            self = self.about(about.to_owned());
        }
        let names: Vec<String> = self
            .get_subcommands()
            .map(|command| command.get_name().to_owned())
            .collect();
        for name in names {
            let path = format!("{path}.{name}");
            self = self.mut_subcommand(name, |command| command.translate_below(labels, &path));
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

#[cfg(test)]
mod tests {
    use super::*;
    use liyan::phrasebook::labels::Lang;

    /// Commands and arguments for which there are no words.
    fn speechless(command: &Command, path: &str) -> Vec<String> {
        let path = format!("{path} {}", command.get_name());
        let args = command
            .get_arguments()
            .filter(|arg| arg.get_help().is_none())
            .map(|arg| format!("{path} {}", arg.get_id()));
        let mut found: Vec<String> = args.collect();
        if command.get_about().is_none() {
            found.push(path.clone());
        }
        for below in command.get_subcommands() {
            found.extend(speechless(below, &path));
        }
        found
    }

    #[test]
    fn every_command_and_argument_has_words_in_each_language() {
        for lang in Lang::ALL {
            let command = command(&Labels::builtin(lang));
            command.clone().debug_assert();
            assert_eq!(speechless(&command, ""), Vec::<String>::new(), "{lang:?}");
        }
    }
}
