//! What is spent on apprenticeships today, cell by cell, and how a sum is spread over the cells.

use super::young_people::shares;
use crate::conditions::apprenticeships::{APPRENTICESHIP_PLACES, APPRENTICESHIP_UNIT_COST};
use crate::conditions::jobs::{POSTS_PER_RESIDENT, YOUNG_SHARE};
use crate::conditions::pay::{PAY_BY_CLASS, PAY_BY_REGION};
use crate::conditions::population::COHORT_SIZE;
use crate::conditions::support::SUPPORT_PLACES;
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

    pub(super) fn key(&self) -> (Region, Level, Funding) {
        (self.region, self.level, self.funding)
    }
}

/// Every kind of place in some regions.
pub(super) fn cells(world: &World, regions: &[Region]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for region in regions {
        for level in Level::VARIANTS {
            let unit_cost_gbp = world.baseline.get(APPRENTICESHIP_UNIT_COST, *level);
            for funding in Funding::VARIANTS {
                let key = (*region, *level, *funding);
                let places = world.baseline.get(APPRENTICESHIP_PLACES, key);
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
            SpreadBy::YoungPeople => world.baseline.get(COHORT_SIZE, region),
            SpreadBy::Need => world.baseline.get(SUPPORT_PLACES, region),
            SpreadBy::Payroll => payroll_gbp(world, region),
        }
    }
}

/// What all employers of a region pay in a year: posts of the young and the older by class, at typical pay.
/// Residents aged 16 to 39 are taken as that many cohorts.
pub(super) fn payroll_gbp(world: &World, region: Region) -> f64 {
    let baseline = &world.baseline;
    let residents = baseline.get(COHORT_SIZE, region) * f64::from(u16::try_from(AGES).unwrap_or(u16::MAX));
    let regional = libm::exp(baseline.get(PAY_BY_REGION, region));
    let of_class = |class: JobClass| {
        let young = baseline.get(POSTS_PER_RESIDENT, (region, class)) * residents;
        let posts = young / baseline.get(YOUNG_SHARE, class);
        posts * baseline.get(PAY_BY_CLASS, class) * regional * HOURS_A_YEAR
    };
    JobClass::VARIANTS.iter().copied().map(of_class).fold(0.0, |sum, pay| sum + pay)
}
