//! The job market as seekers see it.

use crate::conditions::{jobs, places};
use crate::domain::{JobClass, Kind};
use crate::engine::rates::reader::single;
use crate::engine::rates::tables::Tables;
use crate::engine::state::stocks::{RegionalStocks, float};
use crate::random::slot;

/// What seekers see of the month: vacancies, and the pull of each region.
#[derive(Clone, Debug)]
pub(crate) struct Market {
    /// Vacancies by region and class.
    pub open: Vec<u32>,
    /// By region one over the vacancies of each class to the power of the search elasticity, infinite without any.
    pub waits: Vec<[f32; 4]>,
    /// Pull of a region on people who move without an offer.
    pub pull: Vec<f32>,
}

impl Market {
    /// The market as it stands at the start of a month.
    pub fn new(tables: &Tables, stocks: &RegionalStocks) -> Self {
        let open: Vec<u32> = stocks.vacant.iter().map(|vacant| u32::try_from(*vacant).unwrap_or(0)).collect();
        let elasticity = single(tables.get(jobs::SEARCH_VACANCY_ELASTICITY, ()));
        let attraction: Vec<f32> = open.iter().map(|vacant| libm::powf(f32_of(*vacant), elasticity)).collect();
        let wait =
            |region: &[f32]| std::array::from_fn(|class| region.get(class).map_or(f32::INFINITY, |pull| 1.0 / pull));
        let waits = attraction.chunks(JobClass::count()).map(wait).collect();
        let (by_pay, by_vacancies) =
            (tables.get(places::MOVE_PAY_ELASTICITY, ()), tables.get(places::MOVE_VACANCY_ELASTICITY, ()));
        let pull = (0..stocks.regions)
            .map(|region| {
                let vacant: i64 = stocks.vacant[region * JobClass::count()..][..JobClass::count()].iter().sum();
                let seekers = float(stocks.unemployed[region].max(1));
                let tightness = libm::log((float(vacant) + 1.0) / seekers);
                let pay = tables.pay.region[region] + tables.pay.pass_through * stocks.productivity_gain[region];
                single(libm::exp(by_pay * pay + by_vacancies * tightness))
            })
            .collect();
        Self { open, waits, pull }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a weight, not a count")]
fn f32_of(count: u32) -> f32 {
    count as f32
}

/// Which of a market's vacancies an application is for; 0 when there is none.
pub(crate) fn vacancy(draw: [u32; 2], open: u32) -> u32 {
    if open == 0 { 0 } else { slot(u64::from(draw[0]) << 32 | u64::from(draw[1]), open) }
}
