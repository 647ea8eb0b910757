//! What is spent on apprenticeships today, cell by cell, and how a sum is spread over the cells.

use super::young_people::shares;
use crate::conditions::Condition;
use crate::domain::{AGES, Funding, JobClass, Kind, Level, Region};
use crate::world::World;
use strum::{IntoStaticStr, VariantArray};

/// Hours of work paid in a year for one post (assumption: about 32 hours a week).
const HOURS_A_YEAR: f64 = 1_664.0;

/// What the budget follows over regions when it does not follow today's spending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, VariantArray, IntoStaticStr)]
pub enum SpreadBy {
    /// People who reach 16.
    #[default]
    #[strum(serialize = "young people")]
    YoungPeople,
    /// People who are NEET.
    #[strum(serialize = "need")]
    Need,
    /// What employers pay.
    #[strum(serialize = "payroll")]
    Payroll,
}

/// One kind of place in one region: what it costs and what is spent on it today.
pub(super) struct Cell {
    pub region: Region,
    pub level: Level,
    pub funding: Funding,
    pub places: f64,
    pub unit_cost_gbp: f64,
}

impl Cell {
    pub(super) fn spending(&self) -> f64 {
        self.places * self.unit_cost_gbp
    }

    pub(super) fn is_young(&self) -> bool {
        self.funding == Funding::Under25
    }

    pub(super) fn is_lower(&self) -> bool {
        matches!(self.level, Level::Level2 | Level::Level3)
    }

    pub(super) fn at(&self) -> [usize; 3] {
        [self.region.index(), self.level as usize, self.funding as usize]
    }
}

/// Every kind of place in some regions.
pub(super) fn cells(world: &World, regions: &[Region]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for region in regions {
        for level in Level::VARIANTS {
            let unit_cost_gbp = world.baseline.get(Condition::ApprenticeshipUnitCost, &[*level as usize]);
            for funding in Funding::VARIANTS {
                let at = [region.index(), *level as usize, *funding as usize];
                let places = world.baseline.get(Condition::ApprenticeshipPlaces, &at);
                cells.push(Cell { region: *region, level: *level, funding: *funding, places, unit_cost_gbp });
            }
        }
    }
    cells
}

/// How far money follows something else over regions (1) rather than today's spending (0).
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    pub share: f64,
    pub by: SpreadBy,
}

impl Spread {
    /// The share of one pound that goes to each of the cells: over regions between today's spending and what it is
    /// to follow, and within a region like its own spending today.
    pub(super) fn pattern(&self, world: &World, cells: &[Cell], eligible: impl Fn(&Cell) -> bool) -> Vec<f64> {
        let spending: Vec<f64> = cells.iter().map(|cell| if eligible(cell) { cell.spending() } else { 0.0 }).collect();
        let kinds = Level::count() * Funding::count();
        let by_region: Vec<f64> = spending.chunks(kinds).map(|kinds| kinds.iter().sum()).collect();
        let today = shares(by_region.clone());
        let followed = shares(cells.iter().step_by(kinds).map(|cell| self.followed(world, cell.region)).collect());
        let mut pattern = Vec::with_capacity(cells.len());
        for (at, of_region) in spending.chunks(kinds).enumerate() {
            let total = by_region[at];
            let region_share = (1.0 - self.share) * today[at] + self.share * followed[at];
            pattern.extend(of_region.iter().map(|kind| if total > 0.0 { region_share * kind / total } else { 0.0 }));
        }
        pattern
    }

    /// The weight of a region in what the money is to follow.
    fn followed(&self, world: &World, region: Region) -> f64 {
        match self.by {
            SpreadBy::YoungPeople => world.baseline.get(Condition::CohortSize, &[region.index()]),
            SpreadBy::Need => world.baseline.get(Condition::SupportPlaces, &[region.index()]),
            SpreadBy::Payroll => payroll_gbp(world, region),
        }
    }
}

/// What all employers of a region pay in a year: posts of the young and the older by class, at typical pay.
/// Residents aged 16 to 39 are taken as that many cohorts.
pub(super) fn payroll_gbp(world: &World, region: Region) -> f64 {
    let baseline = &world.baseline;
    let at = region.index();
    let residents = baseline.get(Condition::CohortSize, &[at]) * f64::from(u16::try_from(AGES).unwrap_or(u16::MAX));
    let regional = libm::exp(baseline.get(Condition::PayByRegion, &[at]));
    let of_class = |class: usize| {
        let young = baseline.get(Condition::PostsPerResident, &[at, class]) * residents;
        let posts = young / baseline.get(Condition::YoungShare, &[class]);
        posts * baseline.get(Condition::PayByClass, &[class]) * regional * HOURS_A_YEAR
    };
    (0..JobClass::count()).map(of_class).fold(0.0, |sum, pay| sum + pay)
}
