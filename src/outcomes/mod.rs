//! Measures: what the counts of a run say, each with its unit, denominator, ages and direction.
//!
//! A measure reads whole-number counts and gives a numerator and a denominator; a value with an
//! empty denominator is unknown, never zero. One file a measure or family of measures; all are
//! listed in [`measures`]. Nothing here knows about replicates or files: see [`crate::statistics`]
//! and [`crate::output`].

mod activity;
mod apprenticeships;
mod class_by_age;
mod counted;
mod decomposition;
mod destinations;
mod education_mobility;
mod employment;
mod entries;
mod evaluate;
mod fluidity;
mod higher_education;
mod income_mobility;
mod job_class;
mod labour_flows;
mod median_pay;
mod mobility;
mod mobility_matrix;
mod neet;
mod odds;
mod over_qualification;
mod pay_by_age;
mod qualification_by_age;
mod qualifications;
mod regional_gap;
mod routes;
mod slices;
mod spending;
mod state_shares;
mod surveyed;
mod vacancies;
mod who_moved;
mod youth_unemployment;

pub use counted::Counted;
pub use decomposition::{DECOMPOSED, Decomposed, Decomposition};
pub use evaluate::{Period, RunOutcome, evaluate};
pub use mobility_matrix::{Matrix, matrix};
pub use slices::slices;
pub use surveyed::Surveyed;
pub use who_moved::{Change, Group, WhoMoved, groups, who_moved};

use crate::engine::tally::Slice;
use std::sync::LazyLock;

/// Which direction of change is better for the people concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither by itself.
    Neither,
}

impl Better {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neither => "neither",
        }
    }
}

/// Whether a measure belongs in a short table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prominence {
    /// Shown unless something else is asked for.
    Headline,
    /// Shown when asked for.
    Detail,
}

/// How the periods of a run are joined into one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// Numerators and denominators are summed before the division.
    Sum,
    /// The numerator is already the value (a median, a logarithm): known values of periods are averaged.
    Average,
}

/// The slices for which a measure exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every slice.
    Anyone,
    /// Everybody and regions of residence: what is counted belongs to a place, not to a person.
    Places,
    /// Slices that hold every origin class: origins are what is compared.
    Origins,
    /// Everybody alone: regions are what is compared.
    Everybody,
}

/// One measure.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// The name used in files, such as `neet_rate`.
    pub key: &'static str,
    /// The name used in tables.
    pub label: &'static str,
    /// The unit of the value.
    pub unit: &'static str,
    /// The numerator in words.
    pub numerator: &'static str,
    /// The denominator in words.
    pub denominator: &'static str,
    /// The ages in completed years, in words.
    pub ages: &'static str,
    /// Which direction is better.
    pub better: Better,
    /// Whether it is shown without being asked for.
    pub prominence: Prominence,
    /// How periods are joined.
    pub pooling: Pooling,
    /// The slices for which it exists.
    pub scope: Scope,
    /// Numerator and denominator of one period and slice.
    pub compute: fn(&Counted) -> Ratio,
}

impl Measure {
    /// Whether the measure exists for a slice.
    #[must_use]
    pub fn applies_to(&self, slice: Slice) -> bool {
        match self.scope {
            Scope::Anyone => true,
            Scope::Places => matches!(slice, Slice::All | Slice::Residence(_)),
            Scope::Origins => !matches!(
                slice,
                Slice::ResidenceOrigin(..) | Slice::UpbringingOrigin(..) | Slice::Origin(_) | Slice::OriginSex(..)
            ),
            Scope::Everybody => slice == Slice::All,
        }
    }

    /// Whether it is shown without being asked for.
    #[must_use]
    pub fn is_headline(&self) -> bool {
        self.prominence == Prominence::Headline
    }

    /// This measure, shown only when asked for.
    const fn detail(self) -> Self {
        Self { prominence: Prominence::Detail, ..self }
    }

    /// This measure, shown without being asked for.
    const fn headline(self) -> Self {
        Self { prominence: Prominence::Headline, ..self }
    }

    /// This measure with a direction.
    const fn better(self, better: Better) -> Self {
        Self { better, ..self }
    }
}

/// A headline share of person-months or people, better when higher; families start from it.
const fn share(
    key: &'static str,
    label: &'static str,
    numerator: &'static str,
    denominator: &'static str,
    ages: &'static str,
    compute: fn(&Counted) -> Ratio,
) -> Measure {
    Measure {
        key,
        label,
        unit: "share",
        numerator,
        denominator,
        ages,
        better: Better::Higher,
        prominence: Prominence::Headline,
        pooling: Pooling::Sum,
        scope: Scope::Anyone,
        compute,
    }
}

/// A numerator and a denominator, at full scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// What is counted; the value itself when the measure is averaged over periods.
    pub numerator: f64,
    /// What it is divided by; when it is zero the value is unknown.
    pub denominator: f64,
}

impl Ratio {
    /// Nothing out of nothing.
    const UNKNOWN: Self = Self { numerator: 0.0, denominator: 0.0 };

    /// A share of agents, each standing for `counted.scale()` people.
    #[must_use]
    pub fn of_agents(counted: &Counted, numerator: u64, denominator: u64) -> Self {
        Self { numerator: float(numerator) * counted.scale(), denominator: float(denominator) * counted.scale() }
    }

    /// A value that is no ratio, worked out from `agents`; unknown when it is `None`.
    fn of_value(counted: &Counted, value: Option<f64>, agents: u64) -> Self {
        value.map_or(Self::UNKNOWN, |value| Self { numerator: value, denominator: float(agents) * counted.scale() })
    }

    /// Agents a year, as people a year.
    fn a_year(counted: &Counted, agents: u64) -> Self {
        Self { numerator: float(agents) * counted.scale(), denominator: counted.years() }
    }

    /// Numerator over denominator; `None` when the denominator is zero.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.denominator > 0.0).then(|| self.numerator / self.denominator)
    }
}

/// A count as a float: exact below 2^53, more person-months than any run has.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn float(count: u64) -> f64 {
    count as f64
}

/// The measures of results, in the order of tables and files.
#[must_use]
pub fn measures() -> &'static [Measure] {
    static OF_RESULTS: LazyLock<Vec<Measure>> = LazyLock::new(|| {
        let families: [&[Measure]; 19] = [
            &neet::MEASURES,
            &youth_unemployment::MEASURES,
            &state_shares::MEASURES,
            &apprenticeships::MEASURES,
            &higher_education::MEASURES,
            &qualifications::MEASURES,
            &employment::MEASURES,
            &job_class::MEASURES,
            &over_qualification::MEASURES,
            &median_pay::MEASURES,
            &vacancies::MEASURES,
            &mobility::MEASURES,
            &mobility_matrix::MEASURES,
            &fluidity::MEASURES,
            &education_mobility::MEASURES,
            &income_mobility::MEASURES,
            &routes::MEASURES,
            &regional_gap::MEASURES,
            &spending::MEASURES,
        ];
        families.concat()
    });
    &OF_RESULTS
}

/// All measures: those of results ([`measures`]), and after them those that only serve to compare a world with what is published. Most of
/// these ask a survey and are unknown of a run without one.
#[must_use]
pub fn all_measures() -> &'static [Measure] {
    static ALL: LazyLock<Vec<Measure>> = LazyLock::new(|| {
        let families: [&[Measure]; 8] = [
            measures(),
            &activity::MEASURES,
            &class_by_age::MEASURES,
            &qualification_by_age::MEASURES,
            &pay_by_age::MEASURES,
            &labour_flows::MEASURES,
            &entries::MEASURES,
            &destinations::MEASURES,
        ];
        families.concat()
    });
    &ALL
}

/// The measure of results with this key.
#[must_use]
pub fn measure_named(key: &str) -> Option<&'static Measure> {
    measures().iter().find(|measure| measure.key == key)
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_measure_says_what_it_is() {
        for measure in all_measures() {
            for text in [measure.key, measure.label, measure.unit, measure.numerator, measure.denominator, measure.ages]
            {
                assert!(!text.is_empty() && text.trim() == text, "{measure:?}");
            }
            let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_.".contains(letter);
            assert!(measure.key.chars().all(plain), "{}", measure.key);
        }
    }

    #[test]
    fn no_two_measures_share_a_key_or_a_label() {
        let keys: BTreeSet<_> = all_measures().iter().map(|measure| measure.key).collect();
        let labels: BTreeSet<_> = all_measures().iter().map(|measure| measure.label).collect();
        assert_eq!((keys.len(), labels.len()), (all_measures().len(), all_measures().len()));
    }

    #[test]
    fn nothing_counted_is_unknown_and_not_zero_unless_it_is_a_count_a_year() {
        let empty = testing::Sheet::new().counted();
        for measure in all_measures() {
            let value = (measure.compute)(&empty).value();
            let a_year = measure.unit.ends_with("a year");
            assert_eq!(value, a_year.then_some(0.0), "{}", measure.key);
        }
    }

    #[test]
    fn what_asks_a_survey_is_no_measure_of_results() {
        let mut sheet = testing::Sheet::crowded();
        let with = sheet.counted();
        sheet.period.survey = None;
        let without = sheet.counted();
        let value = |measure: &Measure, counted| (measure.compute)(counted).value();
        assert!(measures().iter().all(|measure| value(measure, &with) == value(measure, &without)));
        let (results, others) = all_measures().split_at(measures().len());
        assert!(results.iter().zip(measures()).all(|(one, same)| one.key == same.key));
        assert!(others.iter().filter(|measure| value(measure, &without).is_none()).count() > 20);
    }

    #[test]
    fn shares_lie_between_zero_and_one_on_a_crowded_sheet() {
        let crowded = testing::Sheet::crowded().counted();
        for measure in all_measures().iter().filter(|measure| measure.unit == "share") {
            let value = (measure.compute)(&crowded).value().unwrap();
            assert!((0.0..=1.0).contains(&value), "{}: {value}", measure.key);
        }
    }
}
