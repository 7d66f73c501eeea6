//! The table's files as they are written, and what is made of them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::node::Keys;
use super::path::Path;
use super::table::{
    About, At, Fields, Form, Instead, Kind, Named, Names, Split, Table, Way, What, Whole,
};
use super::terms::Term;
use super::time::{Message, Unit};
use crate::conversation::Role;

const FILES: [&str; 6] = [
    include_str!("../../../phrasebook/recognisers/alibaba.toml"),
    include_str!("../../../phrasebook/recognisers/chinese.toml"),
    include_str!("../../../phrasebook/recognisers/clouds.toml"),
    include_str!("../../../phrasebook/recognisers/open.toml"),
    include_str!("../../../phrasebook/recognisers/services.toml"),
    include_str!("../../../phrasebook/recognisers/chats.toml"),
];

/// The table that is shipped.
pub(super) fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    // A fault in it is caught by a test, not by a panic over somebody's transcript.
    TABLE.get_or_init(|| compile(&FILES).unwrap_or_else(|_| empty()))
}

fn empty() -> Table {
    let mut keys = Keys::default();
    Table {
        message: message(&mut keys),
        keys: Vec::new(),
        forms: Vec::new(),
    }
}

fn message(keys: &mut Keys) -> Message {
    Message {
        seconds: keys.ask("seconds"),
        nanos: keys.ask("nanos"),
    }
}

/// # Errors
/// What is wrong with the files, in words.
fn compile(files: &[&str]) -> Result<Table, String> {
    let mut keys = Keys::default();
    let mut forms = Vec::new();
    for file in files {
        let draft: Draft = toml::from_str(file).map_err(|error| error.to_string())?;
        for form in draft.form {
            let name = form.name.clone();
            forms.push(
                form.compile(&mut keys)
                    .map_err(|what| format!("{name}: {what}"))?,
            );
        }
    }
    Ok(Table {
        message: message(&mut keys),
        keys: keys.sorted(),
        forms,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    form: Vec<FormDraft>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct FormDraft {
    name: String,
    id: String,
    task: String,
    started: String,
    agent: String,
    branch: String,
    way: Vec<WayDraft>,
    instead: Vec<InsteadDraft>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WayDraft {
    at: Option<String>,
    has: String,
    beside: String,
    weak: bool,
    text: String,
    start: String,
    end: String,
    length: String,
    speaker: String,
    channel: String,
    role: String,
    roles: BTreeMap<String, String>,
    names: Option<NamesDraft>,
    only: String,
    whole: Whole,
    is: KindDraft,
    part: String,
    split: Option<SplitDraft>,
    gaps: bool,
    marks: bool,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KindDraft {
    #[default]
    Segments,
    Words,
    Lines,
    Talk,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesDraft {
    at: String,
    id: String,
    name: String,
    by: String,
    #[serde(default)]
    roles: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SplitDraft {
    at: String,
    text: String,
    start: String,
    end: String,
    speaker: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InsteadDraft {
    at: String,
    #[serde(default)]
    beside: String,
    what: What,
}

impl FormDraft {
    fn compile(self, keys: &mut Keys) -> Result<Form, String> {
        let about = About {
            id: paths(&self.id, keys),
            task: paths(&self.task, keys),
            started: paths(&self.started, keys),
            agent: paths(&self.agent, keys),
            branch: paths(&self.branch, keys),
        };
        let mut ways = Vec::new();
        for way in self.way {
            ways.push(way.compile(keys)?);
        }
        let mut instead = Vec::new();
        for draft in &self.instead {
            instead.push(Instead {
                at: named(&draft.at, '=', keys).pop().ok_or("at")?,
                beside: terms(&draft.beside, keys)?,
                what: draft.what,
            });
        }
        Ok(Form {
            instead,
            name: self.name,
            about,
            ways,
        })
    }
}

impl WayDraft {
    fn compile(self, keys: &mut Keys) -> Result<Way, String> {
        let fields = Fields {
            text: texts(&self.text, keys),
            start: times(&self.start, keys)?,
            end: times(&self.end, keys)?,
            length: times(&self.length, keys)?,
            speaker: named(&self.speaker, '!', keys),
            channel: named(&self.channel, '!', keys),
            role: named(&self.role, '!', keys),
        };
        let split = self.split.map(|split| split.compile(keys)).transpose()?;
        let kind = match self.is {
            KindDraft::Segments => Kind::Segments(split),
            KindDraft::Words => Kind::Words(texts(&self.part, keys)),
            KindDraft::Lines => Kind::Lines,
            KindDraft::Talk => Kind::Talk,
        };
        let mut roles = BTreeMap::new();
        for (word, role) in self.roles {
            let role = Role::from_name(&role).ok_or(role)?;
            roles.insert(word.to_lowercase(), role);
        }
        Ok(Way {
            at: match self.at.as_deref() {
                None => At::Anywhere,
                Some(".") => At::Top,
                Some(at) => At::Path(Path::parse(at, keys)),
            },
            has: terms(&self.has, keys)?,
            beside: terms(&self.beside, keys)?,
            weak: self.weak,
            only: named(&self.only, '=', keys),
            whole: self.whole,
            names: self.names.map(|names| names.compile(keys)),
            gaps: self.gaps,
            marks: self.marks,
            fields,
            roles,
            kind,
        })
    }
}

impl NamesDraft {
    fn compile(self, keys: &mut Keys) -> Names {
        Names {
            at: Path::parse(&self.at, keys),
            id: paths(&self.id, keys),
            name: paths(&self.name, keys),
            by: paths(&self.by, keys),
            are_roles: self.roles,
        }
    }
}

impl SplitDraft {
    fn compile(self, keys: &mut Keys) -> Result<Split, String> {
        let fields = Fields {
            text: texts(&self.text, keys),
            start: times(&self.start, keys)?,
            end: times(&self.end, keys)?,
            speaker: named(&self.speaker, '!', keys),
            length: Vec::new(),
            channel: Vec::new(),
            role: Vec::new(),
        };
        let at = Path::parse(&self.at, keys);
        Ok(Split { at, fields })
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

fn paths(text: &str, keys: &mut Keys) -> Vec<Path> {
    parts(text).map(|path| Path::parse(path, keys)).collect()
}

fn texts(text: &str, keys: &mut Keys) -> Vec<Vec<Path>> {
    let pieces = |part: &str| {
        part.split('+')
            .map(|path| Path::parse(path, keys))
            .collect()
    };
    parts(text).map(pieces).collect()
}

fn terms(text: &str, keys: &mut Keys) -> Result<Vec<Term>, String> {
    parts(text).map(|term| Term::parse(term, keys)).collect()
}

fn times(text: &str, keys: &mut Keys) -> Result<Vec<(Path, Unit)>, String> {
    let time = |part: &str| {
        let (path, unit) = part.split_once(':').ok_or(part)?;
        let unit = Unit::from_name(unit).ok_or(part)?;
        Ok((Path::parse(path, keys), unit))
    };
    parts(text).map(time).collect()
}

fn named(text: &str, sign: char, keys: &mut Keys) -> Vec<Named> {
    let named = parts(text).map(|part| {
        let (path, words) = part.split_once(sign).unwrap_or((part, ""));
        let words = words.split(',').filter(|word| !word.is_empty());
        Named {
            path: Path::parse(path, keys),
            words: words.map(str::to_owned).collect(),
        }
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let table = compile(&FILES).map_err(|what| panic!("{what}"));
        let names = table.map(|table| table.forms.into_iter().map(|form| form.name));
        let names: Vec<String> = names.into_iter().flatten().collect();
        let readers: Vec<&str> = super::super::READERS
            .iter()
            .map(|reader| reader.name)
            .collect();
        assert_eq!(names, readers);
    }
}
