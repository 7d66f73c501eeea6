//! Comma-separated values: one view as a table for a spreadsheet or a script.
//!
//! UTF-8 with a byte order mark, since without one Excel reads Chinese as something
//! else; lines end in CR LF; numbers, shares and moments as programs read them
//! ([`Cell`]).
//!
//! A spreadsheet takes a text that begins with `=` for a formula and runs it. No text
//! of ours begins so: in front of such a one stands an apostrophe, which spreadsheets
//! read as "this is text".

use super::views::{Cell, Naming, View};
use super::wire::Line;
use ::csv::{Terminator, Writer, WriterBuilder};
use std::borrow::Cow;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The bytes that precede all rows: the mark, and the headings of `view`.
pub fn head(view: View, naming: &Naming<'_>) -> Vec<u8> {
    let headings = view
        .columns()
        .iter()
        .map(|column| naming.heading(column.key));
    let mut out = BOM.to_vec();
    let mut writer = writer(&mut out);
    let written = writer.write_record(headings);
    debug_assert!(written.is_ok(), "a Vec takes everything");
    drop(writer);
    out
}

/// The rows that a conversation has in `view`.
pub fn rows(view: View, line: &Line<'_>, naming: &Naming<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = writer(&mut out);
    for row in view.rows(line, naming) {
        let written = writer.write_record(row.iter().map(|cell| field(cell).into_owned()));
        debug_assert!(written.is_ok(), "a Vec takes everything");
    }
    drop(writer);
    out
}

/// A whole table: the mark, headings, and rows of cells.
pub(crate) fn table<'a, 'c: 'a>(
    headings: impl Iterator<Item = &'a str>,
    rows: impl Iterator<Item = &'a [Cell<'c>]>,
) -> Vec<u8> {
    let mut out = BOM.to_vec();
    let mut writer = writer(&mut out);
    let written = writer.write_record(headings);
    debug_assert!(written.is_ok(), "a Vec takes everything");
    for row in rows {
        let written = writer.write_record(row.iter().map(|cell| field(cell).into_owned()));
        debug_assert!(written.is_ok(), "a Vec takes everything");
    }
    drop(writer);
    out
}

fn writer(out: &mut Vec<u8>) -> Writer<&mut Vec<u8>> {
    WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out)
}

/// What stands in the file for a cell.
fn field<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::Text(text) if text.starts_with(begins_formula) => Cow::from(format!("'{text}")),
        Cell::Text(text) => Cow::from(&**text),
        other => Cow::from(other.to_string()),
    }
}

/// Whether some spreadsheet would run a text that begins so; the wide forms are taken
/// for the narrow ones where Chinese or Japanese is spoken.
pub(crate) fn begins_formula(char: char) -> bool {
    matches!(
        char,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::labels::{Labels, Lang};
    use crate::report::fixture;

    #[test]
    fn a_table_with_a_mark_and_headings() {
        let (rules, labels) = (fixture::rules(), Labels::builtin(Lang::Zh));
        let naming = Naming::new(&rules, &labels);
        let mut assessment = fixture::assessment();
        assessment.verdicts.truncate(2);
        assessment.about.agent = Some("=cmd|' /C calc'!A0".to_owned());
        assessment.about.branch = Some("a,\"b\"".to_owned());
        let mut out = head(View::Findings, &naming);
        out.extend(rows(View::Findings, &Line::from(&assessment), &naming));
        let expected = "\u{feff}编号,开始时间,网点,工作人员,渠道,业务,条款,条号,名称,轻重,评定,扣分,轮次,情形,原话,\
            没有说,标准说法,用语,话术本\r\n\
            a01,,\"a,\"\"b\"\"\",'=cmd|' /C calc'!A0,柜台,,9.5,9,材料不全,一般,不完整,-2.5,2,,\
            对不起 / 还少一份购房合同,\
            说明依据的规定；为客户白跑一趟、耽误时间或添了麻烦表示歉意,\
            对不起，根据规定您还应提供xx资料，这次让您白跑一趟，真是抱歉。,意思相同,\
            qinzhou-2014@1.0.0\r\n";
        assert_eq!(String::from_utf8(out).as_deref(), Ok(expected));
    }

    #[test]
    fn no_text_is_a_formula_and_every_number_stays_one() {
        let cases = [
            (Cell::text("=1+1"), "'=1+1"),
            (Cell::text("+86"), "'+86"),
            (Cell::text("-1"), "'-1"),
            (Cell::text("@SUM(A1)"), "'@SUM(A1)"),
            (Cell::text("\t=1"), "'\t=1"),
            (Cell::text("\r=1"), "'\r=1"),
            (Cell::text("＝1"), "'＝1"),
            (Cell::text("a=1"), "a=1"),
            (Cell::text(" =1"), " =1"),
            (Cell::Number(-2.5), "-2.5"),
            (Cell::Count(3), "3"),
            (Cell::Empty, ""),
        ];
        for (cell, expected) in cases {
            assert_eq!(field(&cell), expected);
        }
    }
}
