//! What money of a later year is worth in the first.

/// The yearly rate at which later costs and gains count less, for the first thirty years.
///
/// # Source
/// HM Treasury, The Green Book (2022), annex A6: the social time preference rate, in real terms.
pub const RATE: f64 = 0.035;
/// The rate after them.
pub const LATER_RATE: f64 = 0.03;
/// Years with the first rate.
const EARLY_YEARS: u16 = 30;

/// The weight of a year: `1 / 1.035^year` for the years 0 to 30, a factor of `1 / 1.03` for each one after. The first
/// twelve months of a run are year 0.
///
/// ```
/// use rungs::money::discount_factor;
///
/// assert_eq!(discount_factor(0), 1.0);
/// assert!((discount_factor(10) - 0.7089).abs() < 5e-5);
/// ```
#[must_use]
pub fn discount_factor(year: u16) -> f64 {
    let rates = (0..year).map(|passed| if passed < EARLY_YEARS { RATE } else { LATER_RATE });
    rates.fold(1.0, |factor, rate| factor / (1.0 + rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_agree_with_the_published_table() {
        // The Green Book's table of discount factors to four digits.
        for (year, published) in [(0, 1.0), (1, 0.9662), (5, 0.8420), (10, 0.7089), (30, 0.3563), (31, 0.3459)] {
            assert!((discount_factor(year) - published).abs() < 5e-5, "{year}: {}", discount_factor(year));
        }
    }
}
