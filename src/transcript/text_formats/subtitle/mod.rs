//! Subtitles: SRT, WebVTT, SBV and LRC.
//!
//! ```text
//! text ─► cues ─► markup ─► captions ─► voices ─► segments
//!         times   tags      said once   who
//! ```
//!
//! What is wrong in such files is wrong in all four: numbers are missing, times are
//! written in any way, blank lines fall where they like. So all are read alike, and only
//! where the times stand is each form's own.

mod captions;
mod clock;
mod cue;
mod lrc;
mod markup;
mod sbv;
mod srt;
mod voices;
mod vtt;

use super::bad_times;
use crate::transcript::format::Recordings;
use crate::transcript::segment::Recording;
use captions::Caption;
use markup::Marked;

pub(super) use clock::Span;
pub(super) use cue::Cue;
pub(super) use lrc::READER as LRC;
pub(super) use markup::unescaped;
pub(super) use sbv::READER as SBV;
pub(super) use srt::READER as SRT;
pub(super) use vtt::READER as VTT;

/// The conversation that the cues hold.
pub(super) fn recording(cues: Vec<Cue>) -> Recordings {
    let reversed = |span: Span| {
        span.end
            .zip(span.start)
            .is_some_and(|(end, start)| end < start)
    };
    let bad = |cue: &&Cue| cue.damaged || reversed(cue.span);
    let notes = bad_times(cues.iter().filter(bad).map(|cue| cue.line));
    let captions = cues.into_iter().map(|cue| Caption {
        line: cue.line,
        span: cue.span,
        marked: Marked::of(&cue.text),
    });
    let captions = captions::once(captions.collect());
    vec![Ok(Recording {
        segments: voices::segments(&captions),
        notes,
        ..Recording::default()
    })]
}
