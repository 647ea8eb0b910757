//! Posts: how the target moves with residents, growth and innovation, and how posts follow it.

use crate::conditions::{Conditions, apprenticeships, jobs, places, support};
use crate::domain::{Indexed, JobClass, Kind, Level, Region};
use crate::engine::rates::tables::Tables;
use crate::engine::state::posts::post;
use crate::engine::state::stocks::{RegionalStocks, float, take_whole};
use crate::units::Hazard;
use std::sync::Arc;
use strum::VariantArray;

/// A month of growth of target posts.
pub(crate) fn grow_posts(stocks: &mut RegionalStocks, tables: &Tables) {
    for (at, growth) in stocks.growth.iter_mut().enumerate() {
        let (region, class) = (at / JobClass::count(), at % JobClass::count());
        *growth += tables.get(jobs::POSTS_GROWTH, (Region::at(region), JobClass::at(class))) / 12.0;
    }
}

/// Next month's posts and vacancies: older people leave and are hired, vacancies lapse, targets
/// move with residents, growth and innovation, and part of the gap to the target is opened.
pub(crate) fn turn(stocks: &mut RegionalStocks, tables: &Tables, baseline: &Arc<Conditions>) {
    grow(stocks, tables, baseline);
    for region in 0..stocks.regions {
        let targets = targets(stocks, tables, region);
        for (class, target) in targets.iter().enumerate() {
            turn_posts(stocks, tables, region, class, *target);
        }
    }
    for region in 0..stocks.regions {
        for level in Level::VARIANTS {
            let months = f64::from(tables.apprenticeship_months[*level]);
            stocks.extra_apprentices[region * Level::count() + level.index()] *= 1.0 - 1.0 / months;
        }
    }
    let months = tables.get(jobs::HIRING_SUBSIDY_MONTHS, ());
    for posts in &mut stocks.subsidised_posts {
        *posts *= 1.0 - 1.0 / months;
    }
}

fn grow(stocks: &mut RegionalStocks, tables: &Tables, baseline: &Conditions) {
    let lag = tables.get(places::INNOVATION_LAG_MONTHS, ());
    let elasticity = tables.get(places::PRODUCTIVITY_ELASTICITY, ());
    for region in 0..stocks.regions {
        let now = tables.get(places::INNOVATION_INVESTMENT, Region::at(region));
        let base = baseline.get(places::INNOVATION_INVESTMENT, Region::at(region));
        // One million more in both keeps a region without any investment finite.
        let goal = libm::log((now + 1.0) / (base + 1.0));
        stocks.innovation[region] += (goal - stocks.innovation[region]) / lag;
        let index = |conditions: &Conditions| conditions.get(places::PRODUCTIVITY_INDEX, Region::at(region));
        let adjusted = libm::log(index(&tables.conditions) / index(baseline));
        stocks.productivity_gain[region] = elasticity * stocks.innovation[region] + adjusted;
    }
}

/// Target posts for people aged 16-39 by class.
fn targets(stocks: &RegionalStocks, tables: &Tables, region: usize) -> [f64; 3] {
    let residents = float(stocks.residents[region]);
    let mut targets: [f64; 3] = std::array::from_fn(|class| {
        let per_resident = tables.get(jobs::POSTS_PER_RESIDENT, (Region::at(region), JobClass::at(class)));
        per_resident * residents * libm::exp(stocks.growth[region * JobClass::count() + class])
    });
    let professional = JobClass::Professional as usize;
    let gain = tables.get(places::PROFESSIONAL_ELASTICITY, ()) * stocks.productivity_gain[region];
    let extra = targets[professional] * libm::expm1(gain);
    targets[professional] += extra;
    for (class, target) in targets.iter_mut().enumerate() {
        *target += tables.get(places::LOCAL_MULTIPLIER, JobClass::at(class)) * extra;
        // These are posts for everybody, of whom the young hold their share.
        let programmes = opened_by_programmes(stocks, tables, region, class);
        *target += programmes * tables.get(jobs::YOUNG_SHARE, JobClass::at(class));
    }
    targets.map(|target| target.max(0.0))
}

/// Ordinary posts of a class that subsidies open, less those that extra apprentices and guaranteed jobs replace.
fn opened_by_programmes(stocks: &RegionalStocks, tables: &Tables, region: usize, class: usize) -> f64 {
    let mut posts = stocks.subsidised_posts[region * JobClass::count() + class];
    for level in Level::VARIANTS {
        let displaced = tables.get(apprenticeships::APPRENTICESHIP_DISPLACEMENT, Level::at(level.index()))
            * stocks.extra_apprentices[region * Level::count() + level.index()];
        posts -= displaced * f64::from(tables.apprenticeship_class[*level][JobClass::VARIANTS[class]]);
    }
    if class == JobClass::Working as usize {
        posts -= tables.get(support::GUARANTEED_JOB_DISPLACEMENT, ()) * float(stocks.guaranteed[region]);
    }
    posts
}

fn turn_posts(stocks: &mut RegionalStocks, tables: &Tables, region: usize, class: usize, young_target: f64) {
    let at = post(Region(u8::try_from(region).unwrap_or(u8::MAX)), JobClass::VARIANTS[class]);
    let young_share = tables.get(jobs::YOUNG_SHARE, JobClass::at(class));
    let older_target = young_target * (1.0 - young_share) / young_share;

    let carried = &mut stocks.carried;
    carried.older_left[at] += float(stocks.older[at]) * tables.get(jobs::OLDER_SEPARATION, JobClass::at(class));
    let left = take_whole(&mut carried.older_left[at]).min(stocks.older[at]);
    stocks.older[at] -= left;
    stocks.vacant[at] += left;

    carried.lapsed[at] += float(stocks.vacant[at]) * Hazard(tables.get(jobs::VACANCY_LAPSE, ())).over_a_month().0;
    stocks.vacant[at] -= take_whole(&mut carried.lapsed[at]).min(stocks.vacant[at]);

    let gap = young_target + older_target - float(stocks.held[at] + stocks.older[at] + stocks.vacant[at]);
    carried.opened[at] += gap * tables.get(jobs::POSTS_GAP_OPENED, ());
    let opened = take_whole(&mut carried.opened[at]).max(-stocks.vacant[at]);
    stocks.vacant[at] += opened;

    let wanted = (older_target - float(stocks.older[at])).max(0.0);
    carried.older_hired[at] += wanted.min((1.0 - young_share) * float(stocks.vacant[at]));
    let hired = take_whole(&mut carried.older_hired[at]).min(stocks.vacant[at]);
    stocks.older[at] += hired;
    stocks.vacant[at] -= hired;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guaranteed_jobs_and_subsidies_open_and_close_posts_for_the_young_by_their_share() {
        let conditions = Arc::new(crate::engine::tests::uk());
        let tables = Tables::new(&conditions);
        let mut stocks = RegionalStocks::new(12);
        stocks.residents[0] = 1_000;
        let before = targets(&stocks, &tables, 0);
        stocks.guarantee(Region(0), 2);
        stocks.subsidised_posts[JobClass::Intermediate as usize] = 3.0;
        let after = targets(&stocks, &tables, 0);
        let share = |class: JobClass| conditions.get(jobs::YOUNG_SHARE, class);
        let displaced = conditions.get(support::GUARANTEED_JOB_DISPLACEMENT, ());
        let expected = [-displaced * share(JobClass::Working), 3.0 * share(JobClass::Intermediate), 0.0];
        for class in 0..3 {
            assert!((after[class] - before[class] - expected[class]).abs() < 1e-9);
        }
        for _ in 0..2 {
            stocks.end_support();
        }
        assert!((targets(&stocks, &tables, 0)[0] - before[0]).abs() < 1e-9, "the job has closed");
    }

    #[test]
    fn a_higher_productivity_index_is_a_gain_of_as_much() {
        let baseline = crate::engine::tests::uk();
        let mut higher = crate::engine::tests::uk();
        for value in &mut higher.values_mut()[baseline.layout().range(places::PRODUCTIVITY_INDEX)] {
            *value *= 1.1;
        }
        let mut stocks = RegionalStocks::new(12);
        grow(&mut stocks, &Tables::new(&Arc::new(higher)), &baseline);
        assert!(stocks.productivity_gain.iter().all(|gain| (gain - libm::log(1.1)).abs() < 1e-12));
    }
}
