//! Which rows of a finished run to show.

use crate::folder::read::Saved;
use crate::outcomes::measure_named;
use crate::results::keys::{ALL, Heading, Subgroup, WHOLE_RUN};
use crate::results::tables::effects::EffectRow;

/// Which rows of one column to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Rows that are not broken down by it.
    Total,
    /// Rows that are, one for each.
    Each,
    /// Rows with this name.
    Named(String),
}

impl Pick {
    fn takes(&self, name: &str) -> bool {
        match self {
            Self::Total => name == ALL,
            Self::Each => name != ALL,
            Self::Named(wanted) => name == wanted,
        }
    }
}

/// Which effects to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Keys of measures; empty for the headline measures.
    pub measures: Vec<String>,
    /// Names of scenarios; empty for all.
    pub scenarios: Vec<String>,
    /// The period as in the file.
    pub period: String,
    /// `residence` or `upbringing`; empty for either.
    pub region_basis: String,
    /// Which regions.
    pub region: Pick,
    /// Which origin classes.
    pub origin: Pick,
    /// Which sexes.
    pub sex: Pick,
}

impl Default for Filter {
    /// Headline measures of everybody over the whole run.
    fn default() -> Self {
        Self {
            measures: Vec::new(),
            scenarios: Vec::new(),
            period: WHOLE_RUN.to_owned(),
            region_basis: String::new(),
            region: Pick::Total,
            origin: Pick::Total,
            sex: Pick::Total,
        }
    }
}

impl Filter {
    /// Whether an effect is to be shown.
    #[must_use]
    pub fn takes(&self, effect: &EffectRow) -> bool {
        effect.key.period == self.period
            && self.takes_about(&effect.key.scenario, &effect.key.measure, &effect.key.subgroup)
    }

    /// Whether a row is to be shown, whatever its period.
    #[must_use]
    pub fn takes_any_period(&self, heading: &Heading<'_>) -> bool {
        self.takes_about(heading.scenario, heading.measure, &heading.subgroup())
    }

    fn takes_about(&self, scenario: &str, measure: &str, place: &Subgroup) -> bool {
        let is_measure = if self.measures.is_empty() {
            measure_named(measure).is_some_and(|measure| measure.is_headline())
        } else {
            self.measures.iter().any(|wanted| wanted == measure)
        };
        is_measure
            && (self.scenarios.is_empty() || self.scenarios.iter().any(|wanted| wanted == scenario))
            && (self.region_basis.is_empty()
                || place.region_basis.is_empty()
                || place.region_basis == self.region_basis)
            && self.region.takes(&place.region)
            && self.origin.takes(&place.origin)
            && self.sex.takes(&place.sex)
    }

    /// The effects of one run that it takes, in the order of the file.
    #[must_use]
    pub fn effects_of(&self, saved: &Saved) -> Vec<EffectRow> {
        saved.effects.iter().filter(|effect| self.takes(effect)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::claim::claim;
    use crate::folder::disk::Overwrite;
    use crate::results::run::Results;
    use crate::results::testing;

    fn saved(results: &Results) -> Saved {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("run");
        claim(&out, Overwrite::Refuse).unwrap().write(results, &[]).unwrap();
        Saved::load(&out).unwrap()
    }

    #[test]
    fn the_usual_table_has_headline_measures_of_everybody() {
        let rows = Filter::default().effects_of(&saved(&testing::results()));
        assert!(rows.iter().any(|row| row.key.measure == "neet_rate"));
        assert!(rows.iter().all(|row| row.key.measure != "neet_inactive"
            && row.key.subgroup.region == "all"
            && row.key.subgroup.sex == "all"));
    }

    #[test]
    fn a_filter_takes_each_region_of_one_basis() {
        let filter = Filter {
            measures: vec!["neet_rate".to_owned()],
            region: Pick::Each,
            region_basis: "upbringing".to_owned(),
            ..Filter::default()
        };
        let rows = filter.effects_of(&saved(&testing::results()));
        assert_eq!(rows.iter().map(|row| row.key.subgroup.region.as_str()).collect::<Vec<_>>(), ["abroad"]);
    }
}
