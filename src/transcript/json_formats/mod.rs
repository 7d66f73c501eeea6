//! What recognisers write as JSON: one reader for all, and a table of what each calls
//! its fields.
//!
//! ```text
//! text ─► read ─► Documents ─► find ─► Found items ─► segments ─► Recording
//!         mend                  ▲                        ▲
//! phrasebook/recognisers/ ─► draft ─► table: forms, their ways, signatures, paths
//! ```
//!
//! A new form is a few lines in the table, its name below and its words in the labels.

mod build;
mod draft;
mod find;
mod join;
mod lines;
mod marks;
mod mend;
mod node;
mod path;
mod pieces;
mod read;
mod recordings;
mod segments;
mod table;
mod terms;
mod time;
mod values;

use super::detect::{Head, Sure};
use super::format::{Cut, Reader};
use super::{InputProblem, Place};

/// The readers of forms by these names, each of which the table has.
macro_rules! readers {
    ($($name:literal)*) => {
        pub(super) const READERS: &[&Reader] = &[$(&Reader {
            name: $name,
            extensions: &["json"],
            recognise: |head| recognise(head, $name),
            cut: Cut::Whole(|text, place| recordings::parse($name, text, place)),
        }),*];
    };
}

readers! {
    "nls"
    "dashscope"
    "tingwu"
    "alibaba-qc"
    "tencent"
    "iflytek"
    "volcengine"
    "huawei"
    "baidu"
    "wecom"
    "aws-transcribe"
    "aws-call"
    "azure"
    "google"
    "whisper"
    "transformers"
    "whisper-cpp"
    "funasr"
    "vosk"
    "deepgram"
    "assemblyai"
    "gladia"
    "rev"
    "speechmatics"
    "soniox"
    "elevenlabs"
    "messages"
    "sharegpt"
    "harper-valley"
    "list"
}

/// What is wrong with a file that begins as JSON does and is of no form, if it breaks
/// off or isn't JSON further on.
pub(super) fn damage(text: &str, place: &Place) -> Option<InputProblem> {
    recordings::damage(text, place)
}

/// Which form a file has is told once for all of them.
fn recognise(head: &Head, name: &str) -> Sure {
    let forms = head.json_forms.get_or_init(|| recordings::forms(head.text));
    let form = forms.iter().find(|(form, _)| *form == name);
    form.map_or(Sure::No, |(_, sure)| *sure)
}
