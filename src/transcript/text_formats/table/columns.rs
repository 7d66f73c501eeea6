//! Which column of a table holds what.

use std::collections::BTreeMap;

use super::super::super::speakers::role_of;
use super::Row;
use super::words::{Kind, Unit, folded, words};
use crate::conversation::Role;

/// What the user says of the columns: `text=内容,start_ms=3`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnNames(Vec<(String, String)>);

impl ColumnNames {
    /// The columns that `written` names: pairs of what a column holds and its name, or
    /// its number from 1 where no column is called so, parted by commas.
    ///
    /// # Errors
    /// All words that may stand before `=`, where a part can't be understood.
    pub fn read(written: &str) -> Result<Self, String> {
        let mut names = Vec::new();
        for part in written
            .split([',', '，'])
            .filter(|part| !part.trim().is_empty())
        {
            let pair = part
                .split_once('=')
                .map(|(kind, name)| (kind.trim(), name.trim()));
            match pair {
                Some((kind, name)) if Kind::from_name(kind).is_some() && !name.is_empty() => {
                    names.push((kind.to_owned(), name.to_owned()));
                }
                _ => return Err(Kind::names()),
            }
        }
        Ok(Self(names))
    }

    /// Whether every column is named by its number, so that no row of names is needed.
    pub(super) fn is_by_number(&self) -> bool {
        let number = |(_, name): &(String, String)| name.parse::<usize>().is_ok();
        !self.0.is_empty() && self.0.iter().all(number)
    }
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// From 0.
    pub(super) index: usize,
    /// How its numbers count, if its name says so.
    pub(super) unit: Option<Unit>,
    /// Its name as written.
    pub(super) name: String,
}

/// The columns that are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Columns {
    of: BTreeMap<Kind, Column>,
    /// How many cells a row has.
    pub(super) width: usize,
    delimiter: Option<u8>,
}

impl Columns {
    /// The columns that a row of names tells, if it is one: there is one for what was
    /// said, and something besides, or nothing but names.
    pub(super) fn of_header(row: &Row, said: &ColumnNames) -> Option<Self> {
        let mut columns = Columns {
            width: row.cells.len(),
            ..Columns::default()
        };
        let mut ranks: BTreeMap<Kind, usize> = BTreeMap::new();
        for (index, cell) in row.cells.iter().enumerate() {
            let Some(name) = words().name(cell) else {
                continue;
            };
            let better = ranks.get(&name.kind).is_none_or(|rank| name.rank < *rank);
            if better {
                ranks.insert(name.kind, name.rank);
                columns.set(name.kind, index, name.unit, cell);
            }
        }
        if !columns.has_words() {
            columns.by_role(row);
        }
        let named = row
            .cells
            .iter()
            .filter(|cell| !cell.trim().is_empty())
            .count();
        let guessed = columns.has_words() && (columns.of.len() > 1 || named == 1);
        let told = columns.say(row, said)?;
        (columns.has_words() && (guessed || told > 0)).then_some(columns)
    }

    /// The columns of a table without names, as the user numbers them.
    pub(super) fn by_number(width: usize, said: &ColumnNames) -> Option<Self> {
        let mut columns = Columns {
            width,
            ..Columns::default()
        };
        let blank = Row {
            line: 0,
            cells: vec![String::new(); width],
        };
        columns.say(&blank, said)?;
        columns.has_words().then_some(columns)
    }

    /// Columns at these places, for forms that never have names.
    pub(super) fn fixed(of: &[(Kind, usize)], width: usize) -> Self {
        let mut columns = Columns {
            width,
            ..Columns::default()
        };
        for (kind, index) in of {
            columns.set(*kind, *index, None, "");
        }
        columns
    }

    /// Takes the user's word; how many columns it named, or nothing if one isn't there.
    fn say(&mut self, row: &Row, said: &ColumnNames) -> Option<usize> {
        for (kind, name) in &said.0 {
            let (kind, unit) = Kind::from_name(kind)?;
            let called = |cell: &String| folded(cell) == folded(name) && !folded(name).is_empty();
            let index = row.cells.iter().position(called).or_else(|| {
                let number: usize = name.parse().ok()?;
                (1..=row.cells.len()).contains(&number).then(|| number - 1)
            })?;
            // What the user calls the words isn't at the same time somebody's name.
            self.of.retain(|_, column| column.index != index);
            let unit = unit.or_else(|| words().name(&row.cells[index]).and_then(|name| name.unit));
            self.set(kind, index, unit, &row.cells[index]);
        }
        Some(said.0.len())
    }

    /// Columns called 客服 and 客户 hold what each of them said, if no other holds words.
    fn by_role(&mut self, row: &Row) {
        let called = |role: Role| {
            let is = |cell: &String| role_of(cell) == Some(role);
            row.cells.iter().position(is)
        };
        if let (Some(staff), Some(client)) = (called(Role::Staff), called(Role::Client)) {
            self.of
                .retain(|_, column| ![staff, client].contains(&column.index));
            self.set(Kind::StaffText, staff, None, &row.cells[staff]);
            self.set(Kind::ClientText, client, None, &row.cells[client]);
        }
    }

    fn set(&mut self, kind: Kind, index: usize, unit: Option<Unit>, name: &str) {
        let name = name.trim().to_owned();
        self.of.insert(kind, Column { index, unit, name });
    }

    /// The same in a text whose cells are parted so.
    pub(super) fn parted_by(mut self, delimiter: u8) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// What parts the cells.
    pub(super) fn delimiter(&self) -> String {
        char::from(self.delimiter.unwrap_or(b',')).to_string()
    }

    fn has_words(&self) -> bool {
        let both = self.has(Kind::StaffText) && self.has(Kind::ClientText);
        both || self.has(Kind::Text) || self.has(Kind::Talk)
    }

    pub(super) fn has(&self, kind: Kind) -> bool {
        self.of.contains_key(&kind)
    }

    pub(super) fn get(&self, kind: Kind) -> Option<&Column> {
        self.of.get(&kind)
    }

    /// What a row holds of this kind; nothing where there is no such column.
    pub(super) fn cell<'a>(&self, row: &'a Row, kind: Kind) -> &'a str {
        self.get(kind).map_or("", |column| row.cell(column.index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(header: &str, said: &str) -> String {
        let row = Row {
            line: 1,
            cells: header.split('|').map(str::to_owned).collect(),
        };
        let said = ColumnNames::read(said).expect("it can be understood");
        let Some(columns) = Columns::of_header(&row, &said) else {
            return "none".to_owned();
        };
        let column = |(kind, column): (&Kind, &Column)| match column.unit {
            Some(unit) => format!("{kind:?}={} {unit:?}", column.index),
            None => format!("{kind:?}={}", column.index),
        };
        columns.of.iter().map(column).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn columns_are_told_by_their_names() {
        let cases = [
            (
                "流水号|工号|角色|开始时间|结束时间|内容",
                "",
                "Id=0 Text=5 Role=2 Start=3 End=4 Agent=1",
            ),
            (
                "call_id|speaker|start_ms|text",
                "",
                "Id=0 Text=3 Speaker=1 Start=2 Milliseconds",
            ),
            (
                "编号|会话ID|对话内容|网点|渠道",
                "",
                "Id=1 Talk=2 Branch=3 Channel=4",
            ),
            ("时间|客服|客户", "", "StaffText=1 ClientText=2 Start=0"),
            ("对话内容", "", "Talk=0"),
            ("客服|客户", "", "StaffText=0 ClientText=1"),
            ("内容|满意度", "", "none"),
            ("姓名|年龄", "", "none"),
            ("A|B|说了啥", "text=说了啥,role=B", "Text=2 Role=1"),
            ("A|B|说了啥", "text=3,start_s=1", "Text=2 Start=0 Seconds"),
            ("内容|角色|备注", "text=备注", "Text=2 Role=1"),
            ("内容|角色", "text=没有", "none"),
        ];
        for (header, said, expected) in cases {
            assert_eq!(told(header, said), expected, "{header} {said}");
        }
    }

    #[test]
    fn what_the_user_says_is_checked() {
        let count = |written: &str| ColumnNames::read(written).map(|names| names.0.len());
        for written in ["text=a,who=b", "text", "text="] {
            assert_eq!(count(written), Err(Kind::names()), "{written}");
        }
        assert_eq!(count("text=a，role=b"), Ok(2));
    }
}
