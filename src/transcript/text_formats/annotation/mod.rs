//! Annotations: Praat TextGrids, ELAN documents, and the lists of Kaldi and its kin.

mod eaf;
mod kaldi;
mod lists;
mod textgrid;
mod tiers;

pub(super) use eaf::READER as EAF;
pub(super) use kaldi::READER as KALDI;
pub(super) use lists::{CTM, STM};
pub(super) use textgrid::READER as TEXTGRID;
