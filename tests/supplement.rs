//! A branch's supplement (article 49), on the worked example that is shipped: what it
//! adds, tightens and switches off, and that it leaves everything else alone.

mod support;

use liyan::assessment::ClauseVerdict;
use liyan::checker::Checker;
use liyan::conversation::{Channel, Conversation, Role, Turn};
use liyan::phrasebook::Phrasebook;
use liyan::phrasebook::rules::Severity;

fn lingshan() -> Checker {
    let phrasebook = Phrasebook::builtin("qinzhou-lingshan").expect("it is shipped");
    Checker::new(
        phrasebook
            .compile()
            .unwrap_or_else(|_| panic!("it compiles")),
    )
}

#[test]
fn five_clauses_and_where_they_come_from() {
    let checker = lingshan();
    let rules = checker.rules();
    assert_eq!(
        rules.identity(),
        "qinzhou-2014@1.0.0+qinzhou-lingshan@1.0.0"
    );
    let changed: Vec<(&str, String, bool)> = rules
        .clauses
        .iter()
        .filter_map(|clause| {
            let origin = rules.origin(clause)?;
            Some((clause.id.as_str(), origin.book.identity(), origin.is_added))
        })
        .collect();
    let book = || "qinzhou-lingshan@1.0.0".to_owned();
    let expected = [
        ("9.5", book(), false),
        ("14.2", book(), false),
        ("49.1", book(), true),
        ("49.2", book(), true),
    ];
    assert_eq!(changed, expected);
    let off: Vec<&str> = rules.off.iter().map(|off| off.clause.as_str()).collect();
    assert_eq!(off, ["9.21"]);
    assert!(rules.clause("9.21").is_none());
    let base = support::checker();
    assert_eq!(rules.clauses.len(), base.rules().clauses.len() + 2 - 1);
    let severity = |of: &Checker| of.rules().clause("14.2").map(|clause| clause.severity);
    assert_eq!(
        (severity(&base), severity(&checker)),
        (Some(Severity::Minor), Some(Severity::Normal))
    );
}

#[test]
fn a_verdict_says_which_supplement_it_owes_itself_to() {
    let conversation = Conversation {
        channel: Some(Channel::Counter),
        turns: vec![
            Turn::new(Role::Staff, "您好,请问办什么业务"),
            Turn::new(Role::Client, "我都等了半个小时了"),
            Turn::new(Role::Staff, "让您久等了"),
        ],
        ..Conversation::default()
    };
    let assessment = lingshan().check(&conversation);
    let from = |id: &str| {
        let of = assessment.verdicts.iter().find(|of| of.clause == id);
        of.map(|of| of.from.clone())
    };
    assert_eq!(
        from("49.1"),
        Some(Some("qinzhou-lingshan@1.0.0".to_owned()))
    );
    assert_eq!(from("9.3"), Some(None));
}

#[test]
fn what_it_leaves_alone_is_judged_as_before() {
    let (base, checker) = (support::checker(), lingshan());
    let others = |verdicts: Vec<ClauseVerdict>| -> Vec<ClauseVerdict> {
        let own = ["9.5", "14.2", "49.1", "49.2", "9.21"];
        let is_other = |of: &ClauseVerdict| !own.contains(&of.clause.as_str());
        verdicts.into_iter().filter(is_other).collect()
    };
    let mut compared = 0;
    for conversation in support::conversations("corpora/labelled/practice/counter.jsonl") {
        let before = others(base.check(&conversation).verdicts);
        let now = others(checker.check(&conversation).verdicts);
        assert_eq!(before, now, "{}", conversation.id);
        compared += before.len();
    }
    assert!(compared > 100, "verdicts were compared: {compared}");
}

#[test]
fn a_supplement_may_lie_on_a_supplement() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file can be written");
    };
    write(
        "branch/book.toml",
        "name = \"branch\"\nversion = \"1\"\nextends = \"qinzhou-2014\"\n",
    );
    write(
        "branch/clauses/14.02.toml",
        "changes = \"14.2\"\nseverity = \"normal\"\n",
    );
    write(
        "desk/book.toml",
        "name = \"desk\"\nversion = \"2\"\nextends = \"../branch\"\n",
    );
    write(
        "desk/clauses/14.02.toml",
        "changes = \"14.2\"\nseverity = \"major\"\n",
    );
    write("desk/scoring.toml", "pass = 80\n[points]\nmajor = 20\n");
    let phrasebook = Phrasebook::folder(&folder.path().join("desk")).expect("it can be read");
    assert_eq!(phrasebook.problems(), []);
    let Ok(rules) = phrasebook.compile() else {
        panic!("it compiles");
    };
    assert_eq!(rules.identity(), "qinzhou-2014@1.0.0+branch@1+desk@2");
    let clause = rules.clause("14.2").expect("it is there");
    assert_eq!(clause.severity, Severity::Major);
    let origin = rules.origin(clause).map(|origin| origin.book.name.as_str());
    assert_eq!(origin, Some("desk"));
    // What it doesn't say of the scoring stays.
    let scoring = &rules.scoring;
    assert_eq!((scoring.pass, scoring.start), (80.0, 100.0));
    let points = |severity| scoring.points.get(&severity).copied();
    assert_eq!(
        (points(Severity::Major), points(Severity::Minor)),
        (Some(20.0), Some(2.0))
    );
}
