//! The scripts of `benches/` work: over a tiny corpus, with nothing fetched, and without
//! looking at how long anything took.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What a bench measures of the smallest input, or `None` where there is no Python.
#[expect(clippy::print_stderr, reason = "what isn't tested is said")]
fn measured(bench: &str) -> Option<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/run");
    let version = "import sys; sys.exit(sys.version_info < (3, 10))";
    let python = Command::new("python3").args(["-c", version]).status();
    if !python.is_ok_and(|status| status.success()) {
        eprintln!("!!! NOT TESTED: benches/run {bench}. There is no Python of 3.10 or newer.");
        return None;
    }
    let output = Command::new("python3")
        .arg(script)
        .args([bench, "--json", "--offline", "--size", "0.02"])
        .args(["--rounds", "1"])
        .env("LIYAN", env!("CARGO_BIN_EXE_liyan"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("Python starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{bench}: {errors}");
    Some(serde_json::from_slice(&output.stdout).expect("figures are JSON"))
}

fn keys(value: &Value) -> Vec<&str> {
    let object = value.as_object().expect("it is an object");
    object.keys().map(String::as_str).collect()
}

#[test]
fn peers_are_run_or_said_to_be_left_out() {
    let Some(measured) = measured("peers") else {
        return;
    };
    let mut named = keys(&measured["programs"]);
    let left_out = measured["left_out"].as_array().expect("it is a list");
    named.extend(left_out.iter().filter_map(|one| one["program"].as_str()));
    named.sort_unstable();
    assert_eq!(named, ["fast", "liyan", "plain", "rg"]);
    assert!(measured["programs"]["liyan"]["written_mb"].as_f64() > Some(0.0));
}

#[test]
fn cores_takes_three_sizes_and_every_number_of_threads() {
    let Some(measured) = measured("cores") else {
        return;
    };
    let sizes = measured["sizes"].as_array().expect("it is a list");
    let times: Vec<_> = sizes.iter().map(|row| row["times"].as_u64()).collect();
    assert_eq!(times, [Some(1), Some(4), Some(16)]);
    assert_eq!(measured["threads"][0]["threads"], 1);
}

#[test]
fn start_asks_for_help_and_judges_one() {
    let Some(measured) = measured("start") else {
        return;
    };
    let commands = ["--help", "check, as JSON Lines", "check, one conversation"];
    assert_eq!(keys(&measured["commands"]), commands);
}
