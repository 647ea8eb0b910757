//! What rows of results are about: a scenario, a measure, a subgroup of people and a period, in columns that tables share.

use crate::domain::Kind;
use crate::engine::tally::Slice;
use crate::results::about::NamedRegion;
use crate::results::cell;
use crate::results::column::RowColumn;
use crate::results::shared_columns::{MEASURE, MONTHS, ORIGIN, PERIOD, REGION, REGION_BASIS, SCENARIO, SEX, UNIT};
use serde::Deserialize;

pub use crate::outcomes::{LAST_YEAR, WHOLE_RUN};

/// The name of a margin: not broken down.
pub const ALL: &str = "all";
/// The name of upbringing outside the world's regions.
const ABROAD: &str = "abroad";
/// An index that no list reaches stands for a name that is not there.
const NAMELESS: &str = "?";

/// The people that a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subgroup {
    /// A region's name, `abroad`, or `all`.
    pub region: String,
    /// `residence`, `upbringing`, or empty when not by region.
    pub region_basis: String,
    /// An origin class, or `all`.
    pub origin: String,
    /// A sex, or `all`.
    pub sex: String,
}

impl Subgroup {
    /// Everybody.
    #[must_use]
    pub fn everybody() -> Self {
        Self::of(Slice::All, &[])
    }

    /// The columns of a slice.
    #[must_use]
    pub fn of(slice: Slice, regions: &[NamedRegion]) -> Self {
        let name = |index: usize| regions.get(index).map_or(NAMELESS, |region| region.name.as_str());
        let of = |region: &str, basis: &str, origin: &str, sex: &str| Self {
            region: region.to_owned(),
            region_basis: basis.to_owned(),
            origin: origin.to_owned(),
            sex: sex.to_owned(),
        };
        match slice {
            Slice::All => of(ALL, "", ALL, ALL),
            Slice::Residence(region) => of(name(region.index()), "residence", ALL, ALL),
            Slice::ResidenceOrigin(region, origin) => of(name(region.index()), "residence", origin.name(), ALL),
            Slice::Upbringing(Some(region)) => of(name(region.index()), "upbringing", ALL, ALL),
            Slice::Upbringing(None) => of(ABROAD, "upbringing", ALL, ALL),
            Slice::UpbringingOrigin(region, origin) => of(name(region.index()), "upbringing", origin.name(), ALL),
            Slice::Origin(origin) => of(ALL, "", origin.name(), ALL),
            Slice::Sex(sex) => of(ALL, "", ALL, sex.name()),
            Slice::OriginSex(origin, sex) => of(ALL, "", origin.name(), sex.name()),
        }
    }
}

/// What the numbers of a row are about, as it stands in a file: the shared columns that rows begin with.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Heading<'a> {
    /// The scenario's name.
    #[serde(borrow, deserialize_with = "cell::as_text")]
    pub scenario: &'a str,
    /// The measure's key.
    pub measure: &'a str,
    /// The unit.
    pub unit: &'a str,
    /// A region's name, `abroad`, or [`ALL`].
    #[serde(borrow, deserialize_with = "cell::as_text")]
    pub region: &'a str,
    /// `residence`, `upbringing`, or empty.
    pub region_basis: &'a str,
    /// An origin class, or [`ALL`].
    pub origin: &'a str,
    /// A sex, or [`ALL`].
    pub sex: &'a str,
    /// A month, [`WHOLE_RUN`] or [`LAST_YEAR`].
    pub period: &'a str,
    /// The length of the period in months.
    pub months: u32,
}

impl Heading<'_> {
    /// Whom the row is about.
    #[must_use]
    pub fn subgroup(&self) -> Subgroup {
        let [region, region_basis, origin, sex] =
            [self.region, self.region_basis, self.origin, self.sex].map(str::to_owned);
        Subgroup { region, region_basis, origin, sex }
    }
}

/// What the numbers of a row are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowKey {
    /// The scenario's name.
    pub scenario: String,
    /// The measure's key.
    pub measure: String,
    /// The unit.
    pub unit: String,
    /// Whom it is about.
    pub subgroup: Subgroup,
    /// A month, [`WHOLE_RUN`] or [`LAST_YEAR`].
    pub period: String,
    /// The length of the period in months.
    pub months: u32,
}

impl RowKey {
    /// The key that a heading stands for.
    #[must_use]
    pub fn of(heading: &Heading<'_>) -> Self {
        Self {
            scenario: heading.scenario.to_owned(),
            measure: heading.measure.to_owned(),
            unit: heading.unit.to_owned(),
            subgroup: heading.subgroup(),
            period: heading.period.to_owned(),
            months: heading.months,
        }
    }

    /// As a heading.
    #[must_use]
    pub fn heading(&self) -> Heading<'_> {
        let Subgroup { region, region_basis, origin, sex } = &self.subgroup;
        Heading {
            scenario: &self.scenario,
            measure: &self.measure,
            unit: &self.unit,
            region,
            region_basis,
            origin,
            sex,
            period: &self.period,
            months: self.months,
        }
    }
}

/// A row that begins with a heading.
pub trait Keyed {
    /// What it is about.
    fn key(&self) -> &RowKey;
}

/// The columns of a heading.
#[must_use]
pub fn heading_fields<Row: Keyed>() -> Vec<RowColumn<Row>> {
    vec![
        SCENARIO.of(|row: &Row| cell::text(&row.key().scenario)),
        MEASURE.of(|row: &Row| row.key().measure.clone()),
        UNIT.of(|row: &Row| row.key().unit.clone()),
        REGION.of(|row: &Row| cell::text(&row.key().subgroup.region)),
        REGION_BASIS.of(|row: &Row| row.key().subgroup.region_basis.clone()),
        ORIGIN.of(|row: &Row| row.key().subgroup.origin.clone()),
        SEX.of(|row: &Row| row.key().subgroup.sex.clone()),
        PERIOD.of(|row: &Row| row.key().period.clone()),
        MONTHS.of(|row: &Row| row.key().months.to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Origin, Region};

    #[test]
    fn margins_are_called_all_and_abroad_is_a_region_of_upbringing() {
        let names = crate::results::testing::results().world.regions;
        let columns = |slice| {
            let Subgroup { region, region_basis, origin, sex } = Subgroup::of(slice, &names);
            [region, region_basis, origin, sex].join("|")
        };
        assert_eq!(columns(Slice::All), "all||all|all");
        assert_eq!(columns(Slice::Residence(Region(0))), "North|residence|all|all");
        assert_eq!(columns(Slice::Upbringing(None)), "abroad|upbringing|all|all");
        assert_eq!(columns(Slice::Origin(Origin::LowerWorking)), "all||lower working|all");
    }
}
