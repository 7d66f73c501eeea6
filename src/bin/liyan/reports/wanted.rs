//! Which reports a command line asks for: each in its format, each in its place.

use crate::outcome::Outcome;
use crate::screen::Screen;
use clap::ArgMatches;
use liyan::report::Format;
use std::io::IsTerminal;
use std::path::PathBuf;

/// A report that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its format.
    pub format: Format,
    /// The file that it goes to; standard output without one.
    pub path: Option<PathBuf>,
}

impl Wanted {
    /// The reports that `--format` and `--out` ask for. The format of a file is told
    /// by its name, unless as many formats are named as files.
    ///
    /// # Errors
    /// The exit status, once the user has been told what doesn't go together.
    pub fn of(screen: &Screen, matches: &ArgMatches) -> Result<Vec<Self>, Outcome> {
        let formats: Vec<Format> = matches
            .get_many::<String>("format")
            .into_iter()
            .flatten()
            .filter_map(|name| Format::from_name(name))
            .collect();
        let paths = matches
            .get_many::<PathBuf>("out-files")
            .into_iter()
            .flatten();
        let paths: Vec<PathBuf> = paths.cloned().collect();
        let wanted = pair(&formats, &paths).map_err(|(key, path)| {
            screen.tell(key, &[("path", path)]);
            Outcome::WRONG_USAGE
        })?;
        let to_screen = |of: &Wanted| of.path.is_none() && of.format == Format::Xlsx;
        if wanted.iter().any(to_screen) && std::io::stdout().is_terminal() {
            screen.tell("usage.not-for-a-terminal", &[]);
            return Err(Outcome::WRONG_USAGE);
        }
        Ok(wanted)
    }
}

type Mismatch = (&'static str, String);

fn pair(formats: &[Format], paths: &[PathBuf]) -> Result<Vec<Wanted>, Mismatch> {
    if paths.is_empty() {
        return match formats {
            [] => Ok(vec![Wanted {
                format: Format::Terminal,
                path: None,
            }]),
            [format] => Ok(vec![Wanted {
                format: *format,
                path: None,
            }]),
            _ => Err(("usage.formats-without-files", String::new())),
        };
    }
    if !formats.is_empty() && formats.len() != paths.len() {
        return Err(("usage.formats-and-files", String::new()));
    }
    let mut wanted: Vec<Wanted> = Vec::new();
    for (place, path) in paths.iter().enumerate() {
        let shown = || path.display().to_string();
        if wanted.iter().any(|other| other.path.as_ref() == Some(path)) {
            return Err(("usage.same-file", shown()));
        }
        let format = match formats.get(place) {
            Some(format) => Some(*format),
            None if path.extension().is_none() => Some(Format::Terminal),
            None => Format::of_file(path),
        };
        wanted.push(Wanted {
            format: format.ok_or_else(|| ("usage.unknown-extension", shown()))?,
            path: Some(path.clone()),
        });
    }
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_and_files_go_together_or_not() {
        let table = "
            => terminal
            csv => csv
            csv jsonl => usage.formats-without-files
            | a.csv => csv:a.csv
            | a.csv b.jsonl => csv:a.csv jsonl:b.jsonl
            jsonl | a.csv => jsonl:a.csv
            jsonl csv | a b => jsonl:a csv:b
            csv | a b => usage.formats-and-files
            csv jsonl | a => usage.formats-and-files
            | a.csv a.csv => usage.same-file a.csv
            | a.pdf => usage.unknown-extension a.pdf
            csv | a.pdf => csv:a.pdf
            | /dev/full => terminal:/dev/full
        ";
        for row in table.trim().lines() {
            let (asked, expected) = row.trim().split_once("=> ").expect("a row");
            let (formats, paths) = asked.split_once('|').unwrap_or((asked, ""));
            let formats: Vec<Format> = formats
                .split_whitespace()
                .filter_map(Format::from_name)
                .collect();
            let paths: Vec<PathBuf> = paths.split_whitespace().map(PathBuf::from).collect();
            let told = match pair(&formats, &paths) {
                Err((key, path)) => format!("{key} {path}").trim().to_owned(),
                Ok(wanted) => {
                    let told = wanted.iter().map(|wanted| match &wanted.path {
                        Some(path) => format!("{}:{}", wanted.format.name(), path.display()),
                        None => wanted.format.name().to_owned(),
                    });
                    told.collect::<Vec<_>>().join(" ")
                }
            };
            assert_eq!(told, expected, "{row}");
        }
    }
}
