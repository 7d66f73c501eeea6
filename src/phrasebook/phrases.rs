//! What acts can be said with in one breath, written out: a list for other programs,
//! such as the hot words of a recogniser or the patterns of `grep -F -f`.

use super::pattern::Node;
use super::rules::{At, Owner, Rules};
use std::collections::BTreeSet;

/// All phrases that do an act by themselves wherever they stand, folded, each once.
///
/// What wordings say with a gap in between isn't among them, nor what counts only at
/// word edges or in a certain place of the turn: a list without conditions would claim
/// too much for it.
pub fn phrases(rules: &Rules) -> BTreeSet<String> {
    let unconditional = rules.wordings.iter().filter(|wording| {
        matches!(wording.owner, Owner::Act(_))
            && !wording.word_edges
            && wording.at == At::Anywhere
            && wording.ends.is_none()
    });
    unconditional
        .flat_map(|wording| &wording.patterns)
        .filter_map(|pattern| match pattern.nodes.as_slice() {
            [Node::Run(run)] => Some(run.literals()),
            _ => None,
        })
        .flatten()
        // A single character proves nothing without what stands around it.
        .filter(|literal| literal.len() > 1)
        .map(|literal| literal.into_iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::phrases;
    use crate::phrasebook::Phrasebook;
    use std::path::Path;

    #[test]
    fn only_what_needs_no_condition_is_written_out() {
        let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/book");
        let phrasebook = Phrasebook::folder(&book).expect("it can be read");
        let rules = phrasebook.compile().expect("it has no faults");
        let found: Vec<String> = phrases(&rules).into_iter().collect();
        assert_eq!(
            found,
            [
                "不好意思",
                "不归我管",
                "你来啦",
                "公积金热线",
                "对不起",
                "您好",
                "让您白跑一趟"
            ]
        );
    }
}
