//! Simulated ages and the bands in which rates are told.

use strum::{IntoStaticStr, VariantArray};

/// The youngest simulated age in years.
pub const FIRST_AGE: u16 = 16;
/// People leave the model on the birthday on which they reach this age in years.
pub const LEAVING_AGE: u16 = 40;
/// The number of simulated ages in years.
pub const AGES: usize = 24;

/// Age bands of hazards and rates, in completed years: from each first age to the one before the next.
///
/// ```
/// use rungs::domain::{AgeBand, Kind};
///
/// let band = AgeBand::of(19);
/// assert_eq!(band.name(), "18-20");
/// assert_eq!((band.first_age(), band.end_age()), (18, 21));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum AgeBand {
    #[strum(serialize = "16-17")]
    From16,
    #[strum(serialize = "18-20")]
    From18,
    #[strum(serialize = "21-24")]
    From21,
    #[strum(serialize = "25-29")]
    From25,
    #[strum(serialize = "30-34")]
    From30,
    #[strum(serialize = "35-39")]
    From35,
}

/// The first age of each band in years, and the age after the last; the names of the bands follow from it.
const EDGES: [u16; 7] = [FIRST_AGE, 18, 21, 25, 30, 35, LEAVING_AGE];

impl AgeBand {
    /// The band of an age in completed years (ages under 16 count with the first band, over 39 with the last).
    #[must_use]
    pub fn of(age_years: u16) -> Self {
        // By table: branches would be guessed wrong too often where everybody's ages meet.
        const BY_AGE: [AgeBand; 36] = {
            let mut bands = [AgeBand::From16; 36];
            let (mut age, mut band) = (EDGES[1] as usize, 0);
            while age < bands.len() {
                if age == EDGES[band + 1] as usize {
                    band += 1;
                }
                bands[age] = AgeBand::VARIANTS[band];
                age += 1;
            }
            bands
        };
        BY_AGE[usize::from(age_years).min(BY_AGE.len() - 1)]
    }

    /// The first age in years of the band.
    #[must_use]
    pub fn first_age(self) -> u16 {
        EDGES[self as usize]
    }

    /// The first age in years after the band.
    #[must_use]
    pub fn end_age(self) -> u16 {
        EDGES[self as usize + 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Kind;

    #[test]
    fn every_age_falls_into_its_band() {
        for age in FIRST_AGE..LEAVING_AGE {
            let band = AgeBand::of(age);
            assert!((band.first_age()..band.end_age()).contains(&age));
        }
        assert_eq!((AgeBand::of(0), AgeBand::of(99)), (AgeBand::From16, AgeBand::From35));
    }

    #[test]
    fn a_band_is_named_by_its_ages() {
        for band in AgeBand::VARIANTS {
            assert_eq!(band.name(), format!("{}-{}", band.first_age(), band.end_age() - 1));
            assert_eq!(format!("{band:?}"), format!("From{}", band.first_age()));
        }
        assert_eq!(AGES, usize::from(LEAVING_AGE - FIRST_AGE));
    }
}
