//! Clocks that ring more in one month of the year than in others.

/// When in the year a clock that has a season rings: a share of its yearly hazard falls in one month, the rest evenly
/// in the others. Its points lie evenly in a time that runs that much faster and slower.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Season {
    pub(super) clock: usize,
    /// The month, counted from January as 0.
    month: u16,
    /// Its share of the year, in [`YEAR`]ths.
    share: u64,
    /// 65,536ths of a month, in 2^-24, that a [`YEAR`]th of the year's hazard takes in that month, and in the others.
    pace: [u64; 2],
    /// Hazard over the average of the year in that month, and in the others.
    height: [f32; 2],
}

/// Parts of a year's hazard.
pub(super) const YEAR: u64 = 1 << 24;

impl Season {
    /// The season of a clock: `share` of the hazard of the year falls in `month`.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 2^24")]
    pub fn new(clock: usize, month: u16, share: f64) -> Self {
        let parts = ((share * YEAR as f64) as u64).min(YEAR);
        let pace = |months: u64, parts: u64| (months << 40).checked_div(parts).unwrap_or(0);
        let height = [share * 12.0, (1.0 - share) * 12.0 / 11.0].map(|height| height as f32);
        Self { clock, month, share: parts, pace: [pace(1, parts), pace(11, YEAR - parts)], height }
    }

    /// The hazard of a clock in a month over its average of the year.
    #[inline]
    pub(super) fn height(&self, clock: usize, month: u16) -> f32 {
        if clock != self.clock {
            1.0
        } else if month % 12 == self.month {
            self.height[0]
        } else {
            self.height[1]
        }
    }

    /// When in the year, in 65,536ths of a month, this much of the year's hazard has passed, if that of the month
    /// with a share of its own is taken first.
    #[inline]
    pub(super) fn moment(&self, part: u64) -> u64 {
        let own = u64::from(self.month) << 16;
        if part < self.share {
            return own + ((part * self.pace[0]) >> 24);
        }
        let when = ((part - self.share) * self.pace[1]) >> 24;
        when + (u64::from(when >= own) << 16)
    }
}
