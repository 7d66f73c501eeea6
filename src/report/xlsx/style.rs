//! How cells look.

use crate::report::views::Kind;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The formats that cells have.
pub(super) struct Style {
    pub title: Format,
    pub heading: Format,
    pub strong: Format,
    pub prose: Format,
    text: Format,
    count: Format,
    score: Format,
    points: Format,
    share: Format,
    moment: Format,
    day: Format,
    /// A verdict's word, the gravest first: breached, missed, partial, met.
    pub verdicts: [(&'static str, Format); 4],
}

impl Style {
    /// The format of cells that hold that kind.
    pub fn of(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Text => &self.text,
            Kind::Prose => &self.prose,
            Kind::Count => &self.count,
            Kind::Score => &self.score,
            Kind::Points => &self.points,
            Kind::Share => &self.share,
            Kind::Moment => &self.moment,
        }
    }

    /// The format of a day without a time.
    pub fn day(&self) -> &Format {
        &self.day
    }
}

impl Default for Style {
    fn default() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top);
        let number = |format: &str| plain.clone().set_num_format(format);
        let colour = |colour: u32| Format::new().set_font_color(Color::RGB(colour));
        Self {
            title: Format::new().set_bold().set_font_size(16),
            heading: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00E8_EDF2))
                .set_border_bottom(FormatBorder::Thin),
            strong: plain.clone().set_bold(),
            prose: plain.clone().set_text_wrap(),
            count: number("0"),
            score: number("0.0"),
            points: number("0.0#"),
            share: number("0%"),
            moment: number("yyyy-mm-dd hh:mm"),
            day: number("yyyy-mm-dd"),
            text: plain,
            verdicts: [
                ("verdict.breached", colour(0x00B4_2318).set_bold()),
                ("verdict.missed", colour(0x00B5_4708).set_bold()),
                ("verdict.partial", colour(0x0093_6B00)),
                ("verdict.met", colour(0x0017_6B3A)),
            ],
        }
    }
}
