//! What the program says to whom: golden cases of the real binary, each named for what
//! it shows. `TRYCMD=overwrite cargo test --test cli` writes them anew; read the diff.

/// The cases of a folder, run with nothing of the tester's own environment that
/// could change a word.
fn cases(locale: &str, cases: &str) {
    trycmd::TestCases::new()
        .env("LANG", locale)
        .env("LC_ALL", "")
        .env("LC_MESSAGES", "")
        .env("COLUMNS", "80")
        .env("NO_COLOR", "1")
        .case(cases);
}

#[test]
fn the_program_says_what_it_said() {
    cases("C.UTF-8", "tests/cli/*.toml");
}

#[test]
fn the_locale_chooses_the_language() {
    cases("en_GB.UTF-8", "tests/cli/english-locale/*.toml");
}
