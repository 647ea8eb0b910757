//! The colours of charts and what they mean.

use crate::svg::Colour;
use crate::text::number::Reading;

/// Text and lines that carry the message. The style sheet gives each of these colours its dark counterpart.
pub(super) const INK: Colour = Colour(0x1A, 0x1D, 0x21);
/// Text and lines that explain.
pub(super) const MUTED: Colour = Colour(0x62, 0x68, 0x70);
/// Lines to read values by.
pub(super) const GRID: Colour = Colour(0xE3, 0xE5, 0xE8);
/// The ground of a cell that says nothing clear.
pub(super) const PALE: Colour = Colour(0xF1, 0xF2, 0xF3);
/// What everything is drawn on.
pub(super) const PAPER: Colour = Colour(0xFE, 0xFE, 0xFD);
/// A level, where no direction is meant.
pub(super) const LEVEL: Colour = Colour(0x5B, 0x6B, 0x7F);
/// A change for the better, for the worse, and one that is neither: three colours that colour-blind readers
/// tell apart (after Okabe and Ito 2008, darkened for contrast).
const BETTER: Colour = Colour(0x0B, 0x65, 0xB0);
const WORSE: Colour = Colour(0xC2, 0x4E, 0x00);
const NEITHER: Colour = Colour(0x7A, 0x51, 0x96);
/// A change that is not clear.
const UNCLEAR: Colour = Colour(0x8A, 0x90, 0x98);
/// Colours that tell things apart that have no direction, such as states and routes: blues and greens, grey,
/// oranges. The style sheet gives each its dark counterpart.
pub(super) const KINDS: [Colour; 8] = [
    Colour(0x1D, 0x4E, 0x89),
    Colour(0x4D, 0x8F, 0xC4),
    Colour(0x9C, 0xCB, 0xE3),
    Colour(0x2A, 0x8C, 0x82),
    Colour(0xC9, 0xCD, 0xD2),
    Colour(0xF0, 0xB4, 0x5C),
    Colour(0xB8, 0x4A, 0x14),
    Colour(0x7A, 0x51, 0x96),
];

/// What the colour of a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Tone {
    /// For the better.
    Better,
    /// For the worse.
    Worse,
    /// Clear, and neither better nor worse.
    Neither,
    /// Not clear, no difference, or unknown.
    Unclear,
    /// A level and not a change.
    Level,
}

impl Tone {
    /// The tone of a reading.
    pub(in crate::report) fn of(reading: Reading) -> Self {
        match reading {
            Reading::Better => Self::Better,
            Reading::Worse => Self::Worse,
            Reading::Higher | Reading::Lower => Self::Neither,
            Reading::NoDifference | Reading::NotClear | Reading::Same | Reading::TooFew | Reading::Unknown => {
                Self::Unclear
            }
        }
    }

    /// The name used by the style sheet.
    pub(in crate::report) fn class(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Neither => "neither",
            Self::Unclear => "unclear",
            Self::Level => "level",
        }
    }

    pub(super) fn colour(self) -> Colour {
        match self {
            Self::Better => BETTER,
            Self::Worse => WORSE,
            Self::Neither => NEITHER,
            Self::Unclear => UNCLEAR,
            Self::Level => LEVEL,
        }
    }
}

/// How strong the fill of a change of this size is, of the largest of its kind.
pub(super) fn strength(size: f64, largest: f64) -> f64 {
    let share = if largest > 0.0 { (size.abs() / largest).clamp(0.0, 1.0) } else { 0.0 };
    // Four steps that can be told apart: rounding keeps from suggesting more.
    [0.14, 0.26, 0.38, 0.5][if share < 0.25 {
        0
    } else if share < 0.5 {
        1
    } else if share < 0.75 {
        2
    } else {
        3
    }]
}
