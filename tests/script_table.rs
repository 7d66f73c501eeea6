//! `phrasebook/script.txt` (traditional to simplified, a pair a line) is made from
//! the library opencc-fmmseg's data. This test makes it anew and compares;
//! `LIYAN_BLESS=1 cargo test --test script_table` writes it.

use opencc_fmmseg::OpenCC;
use std::fmt::Write;

/// Where talk differs from the library's answer for a lone character.
const OVERRULED: [(char, char); 3] = [('著', '着'), ('妳', '你'), ('麽', '么')];

#[test]
fn script_table_is_the_librarys() {
    let library = OpenCC::new();
    let mut table = String::new();
    for code in (0x3400..=0x9FFF_u32).chain(0xF900..=0xFAFF) {
        let char = char::from_u32(code).expect("no surrogates in these ranges");
        let overruled = OVERRULED.iter().find(|(from, _)| *from == char);
        let simplified = match overruled {
            Some((_, to)) => to.to_string(),
            None => library.convert(&char.to_string(), "t2s", false),
        };
        if simplified.chars().count() == 1 && !simplified.starts_with(char) {
            writeln!(table, "{char}{simplified}").expect("writing to a string");
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/phrasebook/script.txt");
    if std::env::var_os("LIYAN_BLESS").is_some() {
        std::fs::write(path, &table).expect("phrasebook/ can be written");
    }
    let stored = std::fs::read_to_string(path).expect("phrasebook/script.txt is there");
    assert!(
        stored == table,
        "script.txt is stale: run with LIYAN_BLESS=1"
    );
}
