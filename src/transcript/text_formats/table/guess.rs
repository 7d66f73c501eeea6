//! What the columns of a table hold that has no names for them.

use super::super::super::speakers::role_of;
use super::Row;
use super::columns::Columns;
use super::time::{Written, is_none, read};
use super::words::Kind;
use crate::conversation::Role;

/// The columns as their cells tell them: one of nothing but words for people, one or two
/// of nothing but times, the longest words, and in the first column what several rows
/// share. Nothing without people; words alone stand in every text.
pub(super) fn guess(first: &[Row]) -> Option<Columns> {
    let width = first.iter().map(|row| row.cells.len()).min()?;
    let all = |column: usize, is: &dyn Fn(&str) -> bool| {
        let mut filled = first
            .iter()
            .map(|row| row.cell(column))
            .filter(|cell| !is_none(cell));
        let some = filled.clone().next().is_some();
        some && filled.all(is)
    };
    if first.len() < 2 || width < 2 {
        return None;
    }
    // c1 could be the first client's number, and is a call's more often.
    let clear = |column: usize| {
        let mut roles = first.iter().filter_map(|row| role_of(row.cell(column)));
        roles.any(|role| role != Role::Unknown)
    };
    let mut columns = 0..width;
    let role = columns.find(|at| clear(*at) && all(*at, &|cell| role_of(cell).is_some()))?;
    let times = (0..width).filter(|column| all(*column, &is_time)).take(2);
    let times: Vec<usize> = times.filter(|column| *column != role).collect();
    let length = |column: &usize| {
        first
            .iter()
            .map(|row| row.cell(*column).len())
            .sum::<usize>()
    };
    let others = (0..width).filter(|column| *column != role && !times.contains(column));
    let text = others.max_by_key(length)?;
    let mut of = vec![(Kind::Role, role), (Kind::Text, text)];
    of.extend(
        [Kind::Start, Kind::End]
            .into_iter()
            .zip(times.iter().copied()),
    );
    let shared = first
        .windows(2)
        .any(|rows| rows[0].cell(0) == rows[1].cell(0));
    if shared && of.iter().all(|(_, column)| *column != 0) {
        of.push((Kind::Id, 0));
    }
    Some(Columns::fixed(&of, width))
}

/// A time that needs no name to be understood.
fn is_time(cell: &str) -> bool {
    match read(cell) {
        Some(Written::Number { .. }) => cell.contains('.'),
        time => time.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_by_their_cells() {
        let cases = [
            (
                "c1|1|客服|00:05|您好 c1|2|客户|00:09|查余额",
                Some(vec![
                    (Kind::Role, 2),
                    (Kind::Text, 4),
                    (Kind::Start, 3),
                    (Kind::Id, 0),
                ]),
            ),
            (
                "1.5|3.0|agent|hello 4.0|5.5|customer|hi",
                Some(vec![
                    (Kind::Role, 2),
                    (Kind::Text, 3),
                    (Kind::Start, 0),
                    (Kind::End, 1),
                ]),
            ),
            ("a|您好 b|查余额", None),
            ("客服|您好", None),
        ];
        for (rows, expected) in cases {
            let rows: Vec<Row> = rows
                .split(' ')
                .map(|row| Row {
                    line: 1,
                    cells: row.split('|').map(str::to_owned).collect(),
                })
                .collect();
            let width = rows[0].cells.len();
            let expected = expected.map(|of| Columns::fixed(&of, width));
            assert_eq!(guess(&rows), expected, "{rows:?}");
        }
    }
}
