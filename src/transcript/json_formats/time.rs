//! Times in every unit in which they are written, to seconds.

use super::node::{Key, Node};

/// How a time is written. A number tells nothing of its unit, so each path to a time
/// has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Seconds: `1.2`, `"1.2"`, `"1.200s"`, or a message of `seconds` and `nanos`.
    Seconds,
    /// Thousandths of a second.
    Millis,
    /// Hundred billionths of a second, a number.
    Ticks,
    /// `PT1M3.2S`, a text.
    Iso,
    /// `00:01:03,200` or `1:03.2`, a text.
    Clock,
}

impl Unit {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "s" => Unit::Seconds,
            "ms" => Unit::Millis,
            "ticks" => Unit::Ticks,
            "iso" => Unit::Iso,
            "clock" => Unit::Clock,
            _ => return None,
        })
    }
}

/// The keys of a time that is a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message {
    pub(super) seconds: Key,
    pub(super) nanos: Key,
}

/// A time in seconds; nothing if it can't be one.
pub(super) fn seconds(node: &Node, unit: Unit, message: Message) -> Option<f64> {
    let time = match (unit, node) {
        (Unit::Iso, Node::Text(text)) => iso(text.trim())?,
        (Unit::Clock, Node::Text(text)) => clock(text.trim())?,
        (Unit::Iso | Unit::Clock, _) => return None,
        (Unit::Seconds, Node::Object(_)) => {
            let part = |key| node.field(key).and_then(number).unwrap_or_default();
            part(message.seconds) + part(message.nanos) / 1e9
        }
        (Unit::Seconds, Node::Text(text)) => {
            let text = text.trim();
            text.strip_suffix('s').unwrap_or(text).parse().ok()?
        }
        (Unit::Seconds, _) => number(node)?,
        // Divided, since a product with 0.001 is not the nearest number.
        (Unit::Millis, _) => number(node)? / 1e3,
        (Unit::Ticks, _) => number(node)? / 1e7,
    };
    // Some write -1 for what they don't know.
    (time.is_finite() && time >= 0.0).then_some(time)
}

fn number(node: &Node) -> Option<f64> {
    match node {
        Node::Int(number) => Some(*number as f64),
        Node::Float(number) => Some(*number),
        Node::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn iso(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut time = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let unit = match &rest[end..=end] {
            "H" => 3600.0,
            "M" => 60.0,
            "S" => 1.0,
            _ => return None,
        };
        time += rest[..end].parse::<f64>().ok()? * unit;
        rest = &rest[end + 1..];
    }
    Some(time)
}

fn clock(text: &str) -> Option<f64> {
    let text = text.replace(',', ".");
    let mut time = 0.0;
    for part in text.split(':') {
        time = time * 60.0 + part.trim().parse::<f64>().ok()?;
    }
    text.contains(':').then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_becomes_seconds() {
        let text = |text: &str| Node::Text(text.to_owned());
        let message = Message {
            seconds: Key(0),
            nanos: Key(1),
        };
        let proto = Node::Object(vec![(Key(0), text("63")), (Key(1), Node::Int(200_000_000))]);
        let cases = [
            (Node::Float(1.5), "s", Some(1.5)),
            (text("0.04"), "s", Some(0.04)),
            (text("1.200s"), "s", Some(1.2)),
            (proto, "s", Some(63.2)),
            (text(""), "s", None),
            (text("NaN"), "s", None),
            (Node::Int(5850), "ms", Some(5.85)),
            (text("5850"), "ms", Some(5.85)),
            (Node::Int(-1), "ms", None),
            (Node::Null, "ms", None),
            (Node::Int(63_200_000), "ticks", Some(6.32)),
            (Node::Float(700_000.0), "ticks", Some(0.07)),
            (text("PT1M3.2S"), "iso", Some(63.2)),
            (text("PT1H0.5S"), "iso", Some(3600.5)),
            (text("P1D"), "iso", None),
            (Node::Int(5), "iso", None),
            (text("00:01:03,200"), "clock", Some(63.2)),
            (text("1:03.2"), "clock", Some(63.2)),
            (text("63.2"), "clock", None),
        ];
        for (node, unit, expected) in cases {
            let unit = Unit::from_name(unit).expect("a unit");
            assert_eq!(seconds(&node, unit, message), expected, "{node:?} {unit:?}");
        }
    }
}
