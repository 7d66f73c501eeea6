//! What a careful reader says of a conversation: the codebook's labels.
//!
//! They measure how well liyan judges. So, unlike a conversation, they are read
//! strictly: a label that is half understood would spoil a figure in silence.

use super::ProblemKind;
use super::json::Value;

/// What a careful reader says of one clause in one conversation; the
/// codebook's label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The clause's id, `9.5`.
    pub clause: String,
    /// The word for the verdict.
    pub verdict: String,
    /// The turn in which the situation arises; 0 where the clause always
    /// applies.
    pub trigger: usize,
    /// The turns that carry the elements or the breach.
    pub evidence: Vec<usize>,
    /// Keys of the elements not said.
    pub missing: Vec<String>,
}

/// Takes the labels out of a line.
pub(super) fn take(root: &mut Value) -> Result<Vec<Label>, ProblemKind> {
    let labels = root.list("labels", "labels")?.into_iter().enumerate();
    labels.map(|(number, value)| label(value, number)).collect()
}

fn label(mut value: Value, number: usize) -> Result<Label, ProblemKind> {
    let at = |field: &str| format!("labels[{number}].{field}");
    if !matches!(value, Value::Object(_)) {
        return Err(value.is_not("object", &format!("labels[{number}]")));
    }
    let word = |value: Value, field: &str| match value {
        Value::Text(text) => Ok(text.into_owned()),
        other => Err(other.is_not("string", &at(field))),
    };
    let index = |value: Value, field: &str| {
        match &value {
            Value::Number(number) => number.as_u64().and_then(|number| number.try_into().ok()),
            _ => None,
        }
        .ok_or_else(|| value.is_not("whole-number", &at(field)))
    };
    Ok(Label {
        clause: word(value.take("clause"), "clause")?,
        verdict: word(value.take("verdict"), "verdict")?,
        trigger: match value.take("trigger") {
            Value::Null => 0,
            trigger => index(trigger, "trigger")?,
        },
        evidence: value
            .list("evidence", &at("evidence"))?
            .into_iter()
            .map(|item| index(item, "evidence"))
            .collect::<Result<_, _>>()?,
        missing: value
            .list("missing", &at("missing"))?
            .into_iter()
            .map(|item| word(item, "missing"))
            .collect::<Result<_, _>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::json::with_tree;
    use super::*;

    fn labels(list: &str) -> Result<Vec<Label>, ProblemKind> {
        with_tree(&format!(r#"{{"labels":{list}}}"#), take)
    }

    #[test]
    fn labels_are_taken_as_they_are() {
        let label = Label {
            clause: "9.5".to_owned(),
            verdict: "partial".to_owned(),
            trigger: 6,
            evidence: vec![7],
            missing: vec!["regret".to_owned()],
        };
        let short = Label {
            clause: "9.6".to_owned(),
            verdict: "met".to_owned(),
            ..Label::default()
        };
        let all = r#"[{"clause":"9.5","verdict":"partial","trigger":6,"evidence":[7],"missing":["regret"]},
            {"clause":"9.6","verdict":"met"}]"#;
        assert_eq!(labels(all), Ok(vec![label, short]));
        assert_eq!(labels("null"), Ok(Vec::new()));
    }

    #[test]
    fn labels_are_read_strictly() {
        let table = r#"
            {} => labels: list, not object
            [0] => labels[0]: object, not number
            [{"clause":9.5}] => labels[0].clause: string, not number
            [{"clause":"1"}] => labels[0].verdict: string, not null
            [{"clause":"1","verdict":"met","trigger":"0"}] => labels[0].trigger: whole-number, not string
            [{"clause":"1","verdict":"met","evidence":[-1]}] => labels[0].evidence: whole-number, not number
            [{"clause":"1","verdict":"met","missing":"x"}] => labels[0].missing: list, not string
            "#;
        for row in table.trim().lines() {
            let (list, expected) = row.trim().split_once(" => ").expect("a row");
            let told = match labels(list) {
                Err(ProblemKind::WrongType {
                    field,
                    expected,
                    found,
                }) => format!("{field}: {expected}, not {found}"),
                other => format!("{other:?}"),
            };
            assert_eq!(told, expected, "{list}");
        }
    }
}
