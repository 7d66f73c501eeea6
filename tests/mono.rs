//! Recordings with one track: who speaks isn't known, or two speak in one stretch.

use liyan::conversation::{Channel, Conversation, Role, Turn};
use liyan::{Checker, Phrasebook};

/// The talk, a line a turn, all from one speaker or from nobody in particular; what
/// comes of the clauses, and what is noted.
fn judged(checker: &Checker, speaker: Option<&str>, talk: &[&str]) -> (Vec<String>, Vec<String>) {
    let turns = talk.iter().map(|text| Turn {
        speaker: speaker.map(str::to_owned),
        ..Turn::new(Role::Unknown, *text)
    });
    let conversation = Conversation {
        id: "mono".to_owned(),
        channel: Some(Channel::PhoneIn),
        turns: turns.collect(),
        ..Conversation::default()
    };
    let assessment = checker.check(&conversation);
    let verdicts = assessment.verdicts.iter();
    let verdicts =
        verdicts.map(|verdict| format!("{} {}", verdict.clause, verdict.worst.verdict.name()));
    let notes = assessment.notes.iter();
    let notes = notes.map(|note| match note.turn {
        Some(turn) => format!("{turn} {}", note.kind.name()),
        None => note.kind.name().to_owned(),
    });
    (verdicts.collect(), notes.collect())
}

#[test]
fn nothing_is_missed_where_nobody_knows_who_speaks() {
    let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
    let checker = Checker::new(phrasebook.compile().expect("it has no faults"));
    let apart = [
        "您好,公积金中心,请问有什么可以帮您",
        "帮我查一下我的公积金余额",
        "请您报一下身份证号",
        "四五零七零二",
        "您的余额是三万元,请问还有什么可以帮您",
        "没有了谢谢",
        "不客气,再见",
        "再见",
    ];
    let in_one = [
        "您好公积金中心请问有什么可以帮您帮我查一下我的公积金余额",
        "请您报一下身份证号嗯四五零七零二我记不全",
        "您的余额是三万元好的那我要提取怎么办呢",
        "行好嘞谢谢不客气其他我这号能帮到您的吗没有了再见",
    ];
    let told = ["9.1 met", "9.19 met", "14.2 met"];
    let left_open = [
        "9.1 undecided",
        "9.13 undecided",
        "9.19 undecided",
        "14.2 undecided",
    ];
    type Case<'a> = (Option<&'a str>, &'a [&'a str], &'a [&'a str], &'a [&'a str]);
    let cases: [Case<'_>; 3] = [
        (None, &apart, &told, &["roles-inferred"]),
        // One label for all is as good as none.
        (Some("A"), &apart, &told, &["roles-inferred"]),
        (
            None,
            &in_one,
            &left_open,
            &["roles-unknown", "0 mixed-turn", "2 mixed-turn"],
        ),
    ];
    for (speaker, talk, verdicts, notes) in cases {
        let judged = judged(&checker, speaker, talk);
        assert_eq!(
            judged,
            (
                verdicts.iter().map(|v| v.to_string()).collect(),
                notes.iter().map(|n| n.to_string()).collect()
            ),
            "{talk:?}"
        );
    }
}
