//! Target groups: which people an offer is for.

use crate::domain::{Health, Origin, Qualification, Region, Sex};
use strum::VariantArray;

/// A target group: everyone who meets all of its parts.
///
/// ```
/// use rungs::conditions::Group;
/// use rungs::domain::Sex;
///
/// let young_women = Group { ages: (16, 19), sexes: vec![Sex::Female], ..Group::everybody() };
/// assert!(!young_women.is_everybody());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// Ages in completed years, first and last.
    pub ages: (u16, u16),
    /// Origin classes.
    pub origins: Vec<Origin>,
    /// Sexes.
    pub sexes: Vec<Sex>,
    /// Highest qualifications.
    pub qualifications: Vec<Qualification>,
    /// Health.
    pub health: Vec<Health>,
    /// Regions of upbringing; empty means all, abroad included.
    pub upbringing: Vec<Region>,
    /// Regions lived in; empty means all.
    pub residence: Vec<Region>,
    /// Fewest months NEET (0 includes people who are not NEET).
    pub least_months_neet: u16,
}

/// The most target groups that may meet something differently in one month.
pub const MOST_GROUPS: usize = 12;

impl Group {
    /// The group of everybody.
    #[must_use]
    pub fn everybody() -> Self {
        Self {
            ages: (0, u16::MAX),
            origins: Origin::VARIANTS.to_vec(),
            sexes: Sex::VARIANTS.to_vec(),
            qualifications: Qualification::VARIANTS.to_vec(),
            health: Health::VARIANTS.to_vec(),
            upbringing: Vec::new(),
            residence: Vec::new(),
            least_months_neet: 0,
        }
    }

    /// Whether somebody may be in both.
    #[must_use]
    pub fn may_share_members(&self, other: &Self) -> bool {
        fn meet<T: PartialEq>(one: &[T], other: &[T]) -> bool {
            one.iter().any(|member| other.contains(member))
        }
        // of regions none means all
        let places = |one: &[Region], other: &[Region]| one.is_empty() || other.is_empty() || meet(one, other);
        self.ages.0 <= other.ages.1
            && other.ages.0 <= self.ages.1
            && meet(&self.origins, &other.origins)
            && meet(&self.sexes, &other.sexes)
            && meet(&self.qualifications, &other.qualifications)
            && meet(&self.health, &other.health)
            && places(&self.upbringing, &other.upbringing)
            && places(&self.residence, &other.residence)
    }

    /// Whether it leaves nobody out.
    #[must_use]
    pub fn is_everybody(&self) -> bool {
        *self == Self::everybody()
    }
}
