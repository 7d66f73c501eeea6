//! Text into rows and cells.
//!
//! The usual rules: a cell in quotation marks may hold delimiters, line ends and, twice,
//! quotation marks. What people's scripts do besides is forgiven: a mark within a cell
//! that isn't doubled, blanks around one. A mark that is never closed would swallow all
//! that follows, up to the next row that has one; so where, behind a line end, a cell
//! begins within a cell, the row with the open mark is given up, and the next line is a
//! row again.

use super::{MOST_CELLS, Row};

/// The rows of a text, and the lines of those that could not be read.
#[derive(Debug, Default, PartialEq)]
pub(in super::super) struct Delimited {
    pub(in super::super) rows: Vec<Row>,
    /// Where a quotation mark was left open.
    pub(super) unclosed: Vec<u64>,
    /// How far it was read.
    pub(super) end: End,
}

/// Where reading ended.
#[derive(Debug, Default, PartialEq)]
pub(super) enum End {
    #[default]
    Reached,
    /// On this line, since too many quotation marks had been left open.
    Faulty(u64),
    /// On this line, since there were more cells than any table has.
    TooMuch(u64),
}

/// The most open quotation marks of a file that are worth telling.
pub(super) const MOST_UNCLOSED: usize = 50;

/// The longest cell in bytes; and what it comes down to once so many bytes have been
/// looked through for closing marks that aren't there.
const LONGEST: usize = 4 << 20;
const SHORT: usize = 16 << 10;
const MOST_IN_VAIN: usize = 64 << 20;

/// The most cells of a row.
const MOST_IN_ROW: usize = 1000;

/// The first `most` rows of a text that aren't blank.
pub(in super::super) fn rows(text: &str, delimiter: u8, most: usize) -> Delimited {
    let mut read = Delimited::default();
    let mut rest = text;
    let mut line = 1;
    let mut in_vain = 0;
    let mut room = MOST_CELLS;
    while !rest.is_empty() && read.rows.len() < most {
        let row = match row(rest, delimiter, &mut in_vain) {
            Ok(row) => row,
            Err(Unclosed) => {
                read.unclosed.push(line);
                if read.unclosed.len() == MOST_UNCLOSED {
                    read.end = End::Faulty(line);
                    return read;
                }
                let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
                line += 1;
                rest = &rest[length..];
                continue;
            }
        };
        let (taken, left) = rest.split_at(row.length);
        rest = left;
        let cells = row.cells;
        room = match room.checked_sub(cells.len()) {
            Some(room) => room,
            None => {
                read.end = End::TooMuch(line);
                return read;
            }
        };
        let row = Row { line, cells };
        line += taken.bytes().filter(|&byte| byte == b'\n').count() as u64;
        if !row.is_blank() {
            read.rows.push(row);
        }
    }
    read
}

struct Unclosed;

/// One row, and how many bytes it takes with its line end.
struct Taken {
    cells: Vec<String>,
    length: usize,
}

fn row(text: &str, delimiter: u8, in_vain: &mut usize) -> Result<Taken, Unclosed> {
    let bytes = text.as_bytes();
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let blank = |byte: &&u8| **byte == b' ' && delimiter != b' ';
        let quote = at + bytes[at..].iter().take_while(blank).count();
        let whole = match bytes.get(quote) {
            Some(b'"') => match quoted(text, quote, delimiter, in_vain) {
                // `"购房"提取` begins with a word in marks, and isn't marked itself.
                Err(Unclosed) if plain(&text[quote + 1..], delimiter).contains('"') => None,
                cell => Some(cell?),
            },
            _ => None,
        };
        let (cell, end) = whole.unwrap_or_else(|| {
            // What no header can name may stay together.
            let last = cells.len() + 1 == MOST_IN_ROW;
            let cell = plain(&text[at..], if last { b'\n' } else { delimiter });
            (cell.trim_end_matches('\r').to_owned(), at + cell.len())
        });
        cells.push(cell);
        at = end;
        match bytes.get(at) {
            Some(byte) if *byte == delimiter => at += 1,
            Some(_) => {
                return Ok(Taken {
                    cells,
                    length: at + 1,
                });
            }
            None => return Ok(Taken { cells, length: at }),
        }
    }
}

/// What stands before the next delimiter or line end.
fn plain(text: &str, delimiter: u8) -> &str {
    let ends = |byte: u8| byte == delimiter || byte == b'\n';
    let end = text.bytes().position(ends);
    &text[..end.unwrap_or(text.len())]
}

/// The cell whose opening mark stands at `open`, and where the delimiter or line end
/// behind it is.
fn quoted(
    text: &str,
    open: usize,
    delimiter: u8,
    in_vain: &mut usize,
) -> Result<(String, usize), Unclosed> {
    let bytes = text.as_bytes();
    let longest = if *in_vain < MOST_IN_VAIN {
        LONGEST
    } else {
        SHORT
    };
    let limit = bytes.len().min(open + longest);
    let mut cell = String::new();
    let mut from = open + 1;
    let mut several_lines = false;
    let mut at = from;
    while at < limit {
        match bytes[at] {
            b'\n' => several_lines = true,
            b'"' if bytes.get(at + 1) == Some(&b'"') => {
                cell.push_str(&text[from..=at]);
                from = at + 2;
                at += 1;
            }
            b'"' => {
                let blank = |byte: &&u8| matches!(**byte, b' ' | b'\r');
                let end = at + 1 + bytes[at + 1..].iter().take_while(blank).count();
                let behind = bytes.get(end);
                if behind.is_none_or(|byte| *byte == delimiter || *byte == b'\n') {
                    cell.push_str(&text[from..at]);
                    return Ok((cell, end));
                }
                let before = bytes[at - 1];
                if several_lines && (before == delimiter || before == b'\n') {
                    break;
                }
            }
            _ => {}
        }
        at += 1;
    }
    *in_vain += at - open;
    Err(Unclosed)
}

/// The signs that part cells, the likeliest first.
pub(super) const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The delimiter that a first line `sep=;` names, as Excel understands it, and the text
/// behind that line.
pub(super) fn named_delimiter(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let line = line.trim_matches(['\r', '"', ' ']);
    let sign = line
        .strip_prefix("sep=")
        .or_else(|| line.strip_prefix("SEP="))?;
    let delimiter = match sign {
        "" => b'\t',
        _ => *sign.as_bytes().first()?,
    };
    delimiter.is_ascii().then_some((delimiter, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let read = rows(&text.replace('⏎', "\n"), b',', usize::MAX);
        let row = |row: &Row| format!("{}:{}", row.line, row.cells.join("|"));
        let mut told: Vec<String> = read.rows.iter().map(row).collect();
        told.extend(read.unclosed.iter().map(|line| format!("{line} open")));
        told.join(" / ").replace('\n', "⏎")
    }

    #[test]
    fn cells_are_cut_as_people_write_them() {
        let table = r#"
            a,b⏎c,d => 1:a|b / 2:c|d
            "a,b",c⏎⏎,,⏎d => 1:a,b|c / 4:d
            "a⏎b","c ""d"""⏎e => 1:a⏎b|c "d" / 3:e
            a, "b" ,c => 1:a|b|c
            "他说"好"的",b => 1:他说"好"的|b
            5" 屏,b => 1:5" 屏|b
            a,""⏎"",b => 1:a| / 2:|b
            a,"b⏎c,d⏎e,f => 2:c|d / 3:e|f / 1 open
            a,"b⏎c,"d"⏎e,f => 2:c|d / 3:e|f / 1 open
            a,"购房"提取⏎b => 1:a|"购房"提取 / 2:b
            a,b⏎"c,d => 1:a|b / 2 open
            a,"客服：⏎"好"吧⏎",b => 2:好"吧⏎|b / 1 open
            "#;
        for line in table.trim().lines() {
            let (text, expected) = line.trim().split_once(" => ").expect("a row");
            assert_eq!(told(text), expected, "{line}");
        }
        let crlf = rows("a,b\r\n\"c\"\r\n", b',', usize::MAX);
        assert_eq!(crlf.rows[0].cells, ["a", "b"]);
        assert_eq!(crlf.rows[1].cells, ["c"]);
    }

    #[test]
    fn nobody_leaves_a_thousand_marks_open() {
        let read = rows(&"a,\"x\nb\n".repeat(1000), b',', usize::MAX);
        assert_eq!(read.unclosed.len(), MOST_UNCLOSED);
        assert_eq!(read.end, End::Faulty(99));
    }

    #[test]
    fn excel_names_its_delimiter() {
        assert_eq!(named_delimiter("sep=;\r\na;b"), Some((b';', "a;b")));
        assert_eq!(named_delimiter("\"sep=,\"\na"), Some((b',', "a")));
        assert_eq!(named_delimiter("a;b\n"), None);
    }
}
