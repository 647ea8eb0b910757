//! Quantities that are easily confused, and every conversion between them.
//!
//! A hazard may exceed one; a probability may not. Nothing here knows the model.

/// A monthly hazard (events per person-month at risk, zero or more; may exceed one).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Hazard(pub f64);

/// A probability between zero and one.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Probability(pub f64);

impl Probability {
    /// Whether a draw that is uniform between zero and one falls within it.
    #[inline]
    #[must_use]
    pub fn includes(self, draw: f64) -> bool {
        draw < self.0
    }
}

impl Hazard {
    /// The probability of at least one event in one month: `1 - exp(-h)`.
    #[must_use]
    pub fn over_a_month(self) -> Probability {
        Probability(-libm::expm1(-self.0))
    }

    /// The constant hazard that gives `probability` over `months`: `-ln(1-p)/months`.
    #[must_use]
    pub fn from_probability(probability: Probability, months: f64) -> Self {
        Self(-libm::log1p(-probability.0) / months)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hazard_and_its_probability_are_inverse() {
        for p in [0.0, 0.001, 0.2, 0.99] {
            let back = Hazard::from_probability(Probability(p), 1.0).over_a_month();
            assert!((back.0 - p).abs() < 1e-12);
        }
    }

    #[test]
    fn a_certain_event_includes_every_draw_and_an_impossible_one_none() {
        for draw in [0.0, 0.5, 1.0 - f64::EPSILON] {
            assert!(Probability(1.0).includes(draw) && !Probability(0.0).includes(draw));
        }
    }

    #[test]
    fn twelve_months_at_the_converted_hazard_give_the_yearly_probability() {
        let monthly = Hazard::from_probability(Probability(0.28), 12.0).over_a_month();
        assert!((libm::pow(1.0 - monthly.0, 12.0) - 0.72).abs() < 1e-12);
    }
}
