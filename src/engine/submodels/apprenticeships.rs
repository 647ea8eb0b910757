//! Apprenticeships: applying, ranking for limited places, leaving early and completing.

use crate::conditions::{Offer, OfferKind, apprenticeships};
use crate::domain::{Funding, JobClass, Kind, Level, Qualification, Region, Route};
use crate::engine::exchange::allocation::{Allocation, Who};
use crate::engine::exchange::context::MonthContext;
use crate::engine::exchange::requests::{ApprenticeshipApplication, Claimant, Requests};
use crate::engine::parallel::FEW_CHUNKS;
use crate::engine::rates::economy::Economy;
use crate::engine::rates::groups::Members;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::flow::ApprenticeshipEventKind;
use crate::engine::state::person::Person;
use crate::engine::state::stocks::RegionalStocks;
use crate::engine::submodels::apprenticeship_queues::{Candidate, Places, offered};
use crate::engine::submodels::job_search;
use crate::random::{Purpose, exponentials, normal, race, uniform};
use rayon::prelude::*;
use strum::VariantArray;

/// Age in years from which apprenticeships are funded as for adults.
const ADULT_FUNDING: u16 = 25;

/// The levels that a qualification leads to, with more taste for the higher where there are two.
fn levels(qualification: Qualification) -> [f32; 3] {
    match qualification {
        Qualification::BelowLevel2 => [1.0, 0.0, 0.0],
        Qualification::Level2 => [1.0, 1.5, 0.0],
        Qualification::Level3 => [0.0, 1.0, 1.5],
        Qualification::Level4To5 | Qualification::Level6Plus => [0.0, 0.0, 1.0],
    }
}

/// Applies for a place in the region lived in.
pub(crate) fn apply(context: &MonthContext<'_>, at: u16, person: &Person, requests: &mut Requests) {
    let words = person.luck.words(context.month.0, Purpose::Apprenticeship, 0);
    let Some(level) = race(&levels(person.qualification()), &exponentials(words)) else { return };
    let noise = person.luck.words(context.month.0, Purpose::Apprenticeship, 1);
    let funding = if person.age(context.month) < ADULT_FUNDING { Funding::Under25 } else { Funding::From25 };
    requests.apprenticeships.push(ApprenticeshipApplication {
        at,
        region: person.region,
        level: Level::VARIANTS[level],
        funding,
        draw: uniform(noise[2]),
        score: context.tables.score.attainment * person.attainment_sd() + normal(noise[0], noise[1]),
    });
}

/// Ranks applicants and gives the places of each region, level and funding group down the ranking;
/// places for target groups go to members who were left over.
pub(crate) fn allocate(
    context: &MonthContext<'_>,
    economy: &Economy<'_>,
    chunks: &[Chunk],
    by_chunk: &[Requests],
    stocks: &mut RegionalStocks,
    allocations: &mut [Vec<(u16, Allocation)>],
) {
    let mut queues: Vec<Vec<Candidate>> = vec![Vec::new(); stocks.apprenticeships.len()];
    for (chunk, requests) in by_chunk.iter().enumerate() {
        for application in &requests.apprenticeships {
            let at = place(application.region, application.level, application.funding);
            let who = Who { chunk, at: application.at };
            queues[at].push(Candidate { score: application.score, draw: application.draw, who });
        }
    }
    let sort = |queue: &mut Vec<Candidate>| {
        queue.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.who.cmp(&b.who)));
    };
    if chunks.len() < FEW_CHUNKS {
        queues.iter_mut().for_each(sort);
    } else {
        queues.par_iter_mut().for_each(sort);
    }
    let mut kept = Vec::new();
    for (at, queue) in queues.iter().enumerate() {
        let (region, level) = (at / Funding::count() / Level::count(), at / Funding::count() % Level::count());
        // Places for target groups are not tied to an age of funding: they go to the first queue that has members.
        if at % Funding::count() == 0 {
            kept = reserved(context, region, level);
        }
        let places = Places { all: stocks.apprenticeships[at], new: stocks.new_apprenticeships[at] };
        let offered = offered(queue, places, &mut stocks.applicants[at], context.month);
        let key = (Region::at(region), Level::VARIANTS[level], Funding::VARIANTS[at % Funding::count()]);
        let usual_gbp = context.tables.get(apprenticeships::APPRENTICESHIP_UNIT_COST, key.1);
        let further_gbp = economy.start_gbp(&context.tables.conditions, key) - usual_gbp;
        let mut starts = 0;
        for (candidate, is_offered) in queue.iter().zip(&offered) {
            let who = candidate.who;
            let person = &chunks[who.chunk].people[usize::from(who.at)];
            let further_gbp =
                if *is_offered { Some(further_gbp) } else { take_reserved(&kept, context, person, stocks) };
            stocks.apprenticeships[at] -= f64::from(u8::from(*is_offered));
            let allocation = further_gbp.map_or(Allocation::Refusal, |further_gbp| {
                starts += 1;
                stocks.spent_gbp[region] += further_gbp;
                Allocation::Apprenticeship(key.1)
            });
            allocations[who.chunk].push((who.at, allocation));
        }
        stocks.note_starts(at, starts);
    }
}

fn place(region: Region, level: Level, funding: Funding) -> usize {
    (region.index() * Level::count() + level as usize) * Funding::count() + funding as usize
}

struct Reserved {
    members: Members,
    /// What a start costs beyond the world's unit cost (GBP).
    further_gbp: f64,
    /// Where the offer stands among those of the month.
    at: usize,
}

/// Places kept for target groups.
fn reserved(context: &MonthContext<'_>, region: usize, level: usize) -> Vec<Reserved> {
    let (here, level) = (Region::at(region), Level::VARIANTS[level]);
    let kind = OfferKind::Apprenticeships(level);
    let offers = context.tables.conditions.offers.iter().enumerate();
    let usual_gbp = context.tables.get(apprenticeships::APPRENTICESHIP_UNIT_COST, level);
    let reserve = |(at, offer): (usize, &Offer)| Reserved {
        members: Members::new(&offer.group),
        further_gbp: offer.unit_cost_gbp.map_or(0.0, |own| own - usual_gbp),
        at,
    };
    offers.filter(|(_, offer)| offer.region == here && offer.kind == kind).map(reserve).collect()
}

/// Takes a place kept for a group that the person is of; what it costs beyond the world's unit cost (GBP).
fn take_reserved(
    reserved: &[Reserved],
    context: &MonthContext<'_>,
    person: &Person,
    stocks: &mut RegionalStocks,
) -> Option<f64> {
    let is_open = |pool: &&Reserved| stocks.targeted.is_left(pool.at) && pool.members.hold(person, context.month);
    let open = reserved.iter().find(is_open)?;
    stocks.targeted.take(open.at);
    Some(open.further_gbp)
}

/// Begins an apprenticeship.
pub(crate) fn begin(context: &MonthContext<'_>, person: &mut Person, level: Level) {
    let months = context.tables.apprenticeship_months[level];
    person.apprentice(level, context.month + months, context.month);
}

/// Somebody leaves early: some for a job, the others to look for one.
pub(crate) fn withdraw(context: &MonthContext<'_>, at: u16, person: &mut Person, requests: &mut Requests) {
    let word = person.luck.words(context.month.0, Purpose::AfterApprenticeship, 0)[0];
    if context.tables.apprenticeship_leaver_to_job.includes(uniform(word)) {
        job_search::leave_learning(context, at, person, requests);
    } else {
        person.seek(context.month);
    }
}

fn award(level: Level) -> Qualification {
    match level {
        Level::Level2 => Qualification::Level2,
        Level::Level3 => Qualification::Level3,
        Level::Level4Plus => Qualification::Level4To5,
    }
}

/// The end of the programme: a qualification if passed, and a post with the employer if one is free.
pub(crate) fn finish(context: &MonthContext<'_>, at: u16, person: &mut Person, requests: &mut Requests) {
    let level = person.level();
    let words = person.luck.words(context.month.0, Purpose::AfterApprenticeship, 1);
    let tables = context.tables;
    if tables.apprenticeship_pass_rate[level].includes(uniform(words[0])) {
        person.gain(award(level), Route::Apprenticeship);
        requests.flow.note(ApprenticeshipEventKind::Completion, person, level, context.month);
        if tables.apprenticeship_kept_on[level].includes(uniform(words[1])) {
            let classes = person.luck.words(context.month.0, Purpose::AfterApprenticeship, 2);
            if let Some(class) = race(tables.apprenticeship_class[level].values(), &exponentials(classes)) {
                let queue = classes[3];
                person.seek(context.month);
                return requests.claim(at, person.region, JobClass::VARIANTS[class], Claimant::KeptOn, queue);
            }
        }
    }
    job_search::leave_learning(context, at, person, requests);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::{Conditions, PricedPlaces};
    use crate::engine::tally::{Slice, Tallies};
    use crate::engine::tests::{other_gbp, plan, run_on, set, uk, warmed};
    use std::sync::Arc;

    const SCALE: u32 = 1_000;
    const MONTHS: u16 = 12;

    /// The UK with two fifths more places at level 3 for under 25s in each region, at so much beyond the world's unit cost.
    fn with_places_at(further_gbp: f64) -> Arc<Conditions> {
        let mut conditions = uk();
        let (level, funding) = (Level::Level3, Funding::Under25);
        let unit_cost_gbp = conditions.get(apprenticeships::APPRENTICESHIP_UNIT_COST, level) + further_gbp;
        for region in Region::all(12) {
            let key = (region, level, funding);
            let today = conditions.get(apprenticeships::APPRENTICESHIP_PLACES, key);
            set(&mut conditions, apprenticeships::APPRENTICESHIP_PLACES, key, 1.4 * today);
            conditions.priced.push(PricedPlaces { region, level, funding, places: 0.4 * today, unit_cost_gbp });
        }
        Arc::new(conditions)
    }

    fn young_starts_at_level_3(tallies: &Tallies) -> u32 {
        let of_period = |period: &crate::engine::tally::PeriodTally| -> u32 {
            let at = |cell| [0, 1].map(|age| period.starts[period.start_at(cell, Level::Level3, age)]);
            period.cells.of_slice(Slice::All).into_iter().flat_map(at).sum()
        };
        tallies.periods.iter().map(of_period).sum()
    }

    #[test]
    fn a_start_costs_the_price_of_its_place_dearer_or_cheaper_than_the_worlds() {
        let trunk = warmed(plan(SCALE, MONTHS, 12), &Arc::new(uk()));
        let [usual, dearer, cheaper] =
            [0.0, 700.0, -700.0].map(|gbp| run_on(trunk.clone(), &with_places_at(gbp), MONTHS));
        assert_eq!(usual.periods[0].starts, dearer.periods[0].starts, "money alone changes nobody");
        assert!(other_gbp(&usual).abs() < 1e-9);
        // Two of seven places cost GBP 700 more; each of 12 regions is rounded to pounds every month.
        let expected = 200.0 * f64::from(SCALE) * f64::from(young_starts_at_level_3(&usual));
        let rounded = 12.0 * f64::from(MONTHS);
        assert!(expected > 0.0 && (other_gbp(&dearer) - expected).abs() < rounded, "{} {expected}", other_gbp(&dearer));
        assert!((other_gbp(&cheaper) + expected).abs() < rounded, "{}", other_gbp(&cheaper));
    }
}
