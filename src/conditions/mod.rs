//! Everything a month offers people: one flat table of named numbers, and offers for target groups.
//!
//! This is the seam between policy and engine. A lever edits conditions; past this room nothing can
//! tell a policy from the baseline. Nothing here knows a lever, a file or a person's life.

mod edit;
mod group;
mod registry;

pub use edit::{Edit, Operation, apply, order};
pub use group::Group;
pub use registry::{Condition, Met, Spec};

use crate::domain::{self, Kind, Level, Region};
use std::sync::Arc;
use strum::VariantArray;

/// An axis of a condition's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// The world's regions.
    Region,
    /// The world's regions again, as destinations.
    Destination,
    /// [`domain::Origin`].
    Origin,
    /// [`domain::Sex`].
    Sex,
    /// [`domain::Health`].
    Health,
    /// [`domain::Qualification`].
    Qualification,
    /// [`domain::JobClass`].
    JobClass,
    /// [`domain::Level`].
    Level,
    /// [`domain::Funding`].
    Funding,
    /// [`domain::AgeBand`].
    AgeBand,
    /// [`domain::Programme`].
    Programme,
    /// [`domain::NextStep`].
    NextStep,
    /// [`domain::Attainment`].
    Attainment,
    /// [`domain::AttainmentCut`].
    AttainmentCut,
    /// [`domain::Agency`].
    Agency,
    /// [`domain::Seeker`].
    Seeker,
    /// [`domain::SupportEffect`].
    SupportEffect,
    /// [`domain::AfterStudy`].
    AfterStudy,
    /// [`domain::Clock`].
    Clock,
    /// [`domain::CalendarMonth`].
    CalendarMonth,
}

impl Axis {
    /// The names along a closed axis; `None` for regions, which belong to the world.
    #[must_use]
    pub fn names(self) -> Option<Vec<&'static str>> {
        Some(match self {
            Self::Region | Self::Destination => return None,
            Self::Origin => domain::Origin::names(),
            Self::Sex => domain::Sex::names(),
            Self::Health => domain::Health::names(),
            Self::Qualification => domain::Qualification::names(),
            Self::JobClass => domain::JobClass::names(),
            Self::Level => domain::Level::names(),
            Self::Funding => domain::Funding::names(),
            Self::AgeBand => domain::AgeBand::names(),
            Self::Programme => domain::Programme::names(),
            Self::NextStep => domain::NextStep::names(),
            Self::Attainment => domain::Attainment::names(),
            Self::AttainmentCut => domain::AttainmentCut::names(),
            Self::Agency => domain::Agency::names(),
            Self::Seeker => domain::Seeker::names(),
            Self::SupportEffect => domain::SupportEffect::names(),
            Self::AfterStudy => domain::AfterStudy::names(),
            Self::Clock => domain::Clock::names(),
            Self::CalendarMonth => domain::CalendarMonth::names(),
        })
    }

    /// How many places the axis has in a world with `regions` regions.
    #[must_use]
    pub fn len(self, regions: usize) -> usize {
        self.names().map_or(regions, |names| names.len())
    }
}

/// Where each condition's table lies in the flat list of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    regions: usize,
    starts: Vec<usize>,
    lengths: Vec<Vec<usize>>,
    size: usize,
}

impl Layout {
    /// The layout for a world with `regions` regions.
    #[must_use]
    pub fn new(regions: usize) -> Self {
        let mut layout = Self { regions, starts: Vec::new(), lengths: Vec::new(), size: 0 };
        for condition in Condition::VARIANTS {
            let lengths: Vec<usize> = condition.spec().axes.iter().map(|axis| axis.len(regions)).collect();
            layout.starts.push(layout.size);
            layout.size += lengths.iter().product::<usize>();
            layout.lengths.push(lengths);
        }
        layout
    }

    /// The number of regions.
    #[must_use]
    pub fn regions(&self) -> usize {
        self.regions
    }

    /// The number of values.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The length of each axis of a condition.
    #[must_use]
    pub fn lengths(&self, condition: Condition) -> &[usize] {
        &self.lengths[condition as usize]
    }

    /// The positions of a condition's whole table, in row-major order.
    #[must_use]
    pub fn range(&self, condition: Condition) -> std::ops::Range<usize> {
        let start = self.starts[condition as usize];
        start..start + self.lengths[condition as usize].iter().product::<usize>()
    }

    /// The position of one value; `at` has one index for each axis.
    #[must_use]
    pub fn position(&self, condition: Condition, at: &[usize]) -> usize {
        let lengths = &self.lengths[condition as usize];
        debug_assert_eq!(lengths.len(), at.len(), "{condition:?}");
        let offset = lengths.iter().zip(at).fold(0, |offset, (length, index)| offset * length + index);
        self.starts[condition as usize] + offset
    }
}

/// The most target groups that may meet something differently in one month.
pub const MOST_GROUPS: usize = 12;

/// The conditions of one month.
#[derive(Clone, Debug, PartialEq)]
pub struct Conditions {
    layout: Arc<Layout>,
    values: Vec<f64>,
    /// Places for target groups alone, in a fixed order.
    pub offers: Vec<Offer>,
    /// What target groups meet differently, in a fixed order.
    pub changes: Vec<Change>,
    /// Public money that levers book this month whatever people do, by region (GBP, full scale).
    pub booked_gbp: Vec<f64>,
}

/// Places that only members of a target group are offered this month.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The region that they are in.
    pub region: Region,
    /// Who may take one.
    pub group: Group,
    /// What they are.
    pub kind: OfferKind,
    /// How many, in the unit of the kind.
    pub places: f64,
    /// Public cost of one (GBP), if it is not the world's; apprenticeships are charged at the world's.
    pub unit_cost_gbp: Option<f64>,
}

/// What the places for a target group are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfferKind {
    /// Apprenticeships (starts a year).
    Apprenticeships(Level),
    /// Support (persons at a time).
    Support,
    /// Guaranteed jobs (starts a year).
    GuaranteedJobs,
    /// Guaranteed training (starts a year).
    GuaranteedTraining,
}

/// One number that members of a target group meet differently: done to what everybody meets.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Who meets it.
    pub group: Group,
    /// What is done.
    pub edit: Edit,
}

impl Conditions {
    /// Conditions with these values in the order of `layout`, and no offers.
    ///
    /// # Panics
    /// If the number of values is not the layout's.
    #[must_use]
    pub fn new(layout: Arc<Layout>, values: Vec<f64>) -> Self {
        assert_eq!(values.len(), layout.size());
        let booked_gbp = vec![0.0; layout.regions()];
        Self { layout, values, offers: Vec::new(), changes: Vec::new(), booked_gbp }
    }

    /// Where each table lies.
    #[must_use]
    pub fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    /// All values, in layout order.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// All values, to be edited.
    pub fn values_mut(&mut self) -> &mut [f64] {
        &mut self.values
    }

    /// One number; `at` has one index for each axis of the condition.
    #[must_use]
    pub fn get(&self, condition: Condition, at: &[usize]) -> f64 {
        self.values[self.layout.position(condition, at)]
    }

    /// The target groups that meet something differently, each once, in order.
    #[must_use]
    pub fn groups(&self) -> Vec<&Group> {
        let mut groups: Vec<&Group> = self.changes.iter().map(|change| &change.group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// What somebody meets who belongs to the groups that `is_member` names and to no other.
    #[must_use]
    pub fn met_by(&self, is_member: impl Fn(&Group) -> bool) -> Self {
        let mut own = Self { changes: Vec::new(), ..self.clone() };
        let changes = self.changes.iter().filter(|change| is_member(&change.group));
        apply(&mut own, &mut changes.map(|change| change.edit).collect::<Vec<_>>());
        own
    }

    /// A condition's whole table in row-major order.
    #[must_use]
    pub fn table(&self, condition: Condition) -> &[f64] {
        &self.values[self.layout.range(condition)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_fill_the_table_without_gap_or_overlap() {
        for regions in [1, 12, 41] {
            let layout = Layout::new(regions);
            let mut seen = vec![0; layout.size()];
            for condition in Condition::VARIANTS {
                for position in layout.range(*condition) {
                    seen[position] += 1;
                }
            }
            assert!(seen.iter().all(|count| *count == 1));
            let last = layout.position(Condition::MoveFlow, &[regions - 1, regions - 1]);
            assert_eq!(last + 1, layout.range(Condition::MoveFlow).end);
        }
    }
}
