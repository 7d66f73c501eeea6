//! `docs/formats.md` and its Chinese twin say of every format what is read of it, and their
//! table of formats is the one that `liyan formats` prints.
//!
//! `LIYAN_BLESS=1 cargo test --test formats_page` writes that table anew.

use std::fs;

use liyan::phrasebook::labels::{Labels, Lang};
use liyan::report::formats::Formats;
use liyan::transcript::Format;

const PAGES: [(Lang, &str); 2] = [
    (Lang::En, "docs/formats.md"),
    (Lang::Zh, "docs/formats.zh-CN.md"),
];

#[test]
fn the_page_has_the_table_that_the_command_prints() {
    for (lang, path) in PAGES {
        let labels = Labels::builtin(lang);
        let formats = Formats {
            labels: &labels,
            width: 80,
            colours: false,
        };
        let (page, table) = (read(path), formats.markdown());
        let stands = between(&page, "formats");
        if std::env::var_os("LIYAN_BLESS").is_some() {
            let anew = page.replacen(
                &format!("<!-- formats -->\n{stands}"),
                &format!("<!-- formats -->\n{table}"),
                1,
            );
            fs::write(full(path), anew).expect("the page can be written");
        } else {
            assert!(stands == table, "{path} is stale: run with LIYAN_BLESS=1");
        }
    }
}

#[test]
fn the_page_says_of_every_format_what_is_read() {
    for (_, path) in PAGES {
        let page = read(path);
        let rows = between(&page, "fields").lines().skip(2);
        let first = rows.filter_map(|row| row.trim_start_matches('|').split('|').next());
        let mut told: Vec<&str> = first.flat_map(|names| names.split('`')).collect();
        told.retain(|name| !name.trim().is_empty());
        // Their own have paragraphs.
        told.extend(["jsonl", "json", "text"]);
        told.sort_unstable();
        let mut all: Vec<&str> = Format::all().map(Format::name).collect();
        all.sort_unstable();
        assert_eq!(told, all, "{path}");
    }
}

fn between<'a>(page: &'a str, name: &str) -> &'a str {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let rest = page.split_once(&open).expect("it is opened").1;
    rest.split_once(&close).expect("it is closed").0
}

fn full(path: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(full(path)).expect("the page is there")
}
