//! Rules that are made ready for one conversation only judge it as all rules do.

mod support;

use liyan::checker::Checker;
use liyan::phrasebook::Phrasebook;

#[test]
fn no_wording_is_left_out_that_could_stand_there() {
    let phrasebook = Phrasebook::builtin("qinzhou-2014").expect("it is shipped");
    let whole = support::checker();
    let corpora = ["labelled/develop", "labelled/practice", "quiet/quiet.jsonl"];
    let conversations = corpora.map(|corpus| support::conversations(&format!("corpora/{corpus}")));
    let sample: Vec<_> = conversations.iter().flatten().step_by(17).collect();
    let differing: Vec<_> = sample
        .iter()
        .filter(|conversation| {
            let turns = conversation.turns.iter().map(|turn| turn.text.as_str());
            let turns: Vec<&str> = turns.collect();
            let little = phrasebook.compile_for(&turns).expect("it has no faults");
            Checker::new(little).check(conversation) != whole.check(conversation)
        })
        .map(|conversation| &conversation.id)
        .collect();
    assert_eq!((sample.len(), differing), (33, Vec::new()));
}
