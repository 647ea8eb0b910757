//! Jobs: who applies where, how employers rank them, and who is hired.
//!
//! Each application lands on one vacancy of its region and class. A vacancy takes the best applicant
//! who reaches its class's threshold; one with applicants of whom none does is a skill shortage. So
//! frictions, displacement and shortages follow from many people choosing at once.

use crate::calendar::Month;
use crate::conditions::jobs;
use crate::domain::{JobClass, Kind, Region};
use crate::engine::exchange::allocation::{Allocation, Who};
use crate::engine::exchange::context::MonthContext;
use crate::engine::exchange::market::vacancy;
use crate::engine::exchange::requests::{Claimant, PostClaim, Requests};
use crate::engine::parallel::{FEW_CHUNKS, sort_by_key};
use crate::engine::state::flow::Flow;
use crate::engine::state::person::Person;
use crate::engine::state::places_left::lapse;
use crate::engine::state::posts::{post, region_and_class};
use crate::engine::state::stocks::RegionalStocks;
use crate::engine::submodels::moves::{self, Journey};
use crate::engine::tally::VacancyTally;
use crate::random::Purpose;
use rayon::prelude::*;
use std::hint::select_unpredictable;

/// Asks for a post of one's class in another region, to move there for other reasons than the post.
pub(crate) fn ask_to_move(context: &MonthContext<'_>, at: u16, person: &Person, requests: &mut Requests) {
    let Some(class) = person.state.job_class() else { return };
    let region = moves::destination(context, person, Journey::WithoutOffer, |there| context.offers.market.pull[there]);
    if let Some(region) = region {
        let rank = person.luck.words(context.month.0, Purpose::Queue, 2)[0];
        requests.claim(at, region, class, Claimant::Moving, rank);
    }
}

/// Asks for promotion to the next class.
pub(crate) fn ask_for_promotion(context: &MonthContext<'_>, at: u16, person: &Person, requests: &mut Requests) {
    let next = match person.state.job_class() {
        Some(JobClass::Working) => JobClass::Intermediate,
        Some(JobClass::Intermediate) => JobClass::Professional,
        Some(JobClass::Professional) | None => return,
    };
    let rank = person.luck.words(context.month.0, Purpose::Queue, 2)[0];
    requests.claim(at, person.region, next, Claimant::Promotion, rank);
}

/// What hiring carries on from month to month.
#[derive(Clone, Debug)]
pub(crate) struct Hiring {
    /// Vacancies that people in the firm may claim before they are advertised, by region and class.
    internal: Vec<f64>,
    /// Memory of the month's vacancies.
    vacancies: Vec<Vacancy>,
}

impl Hiring {
    /// Nothing carried yet.
    pub fn new(regions: usize) -> Self {
        Self { internal: vec![0.0; regions * JobClass::count()], vacancies: Vec::new() }
    }
}

/// Gives claimed posts, then fills vacancies. Returns what happened to vacancies by region and class.
pub(crate) fn hire(
    context: &MonthContext<'_>,
    by_chunk: &[Requests],
    hiring: &mut Hiring,
    stocks: &mut RegionalStocks,
    allocations: &mut [Vec<(u16, Allocation)>],
) -> Vec<VacancyTally> {
    let mut open = context.offers.market.open.clone();
    let mut tallies = vec![VacancyTally::default(); open.len()];
    for (tally, open) in tallies.iter_mut().zip(&open) {
        tally.open = u64::from(*open);
    }
    let kept = give_claims(context, by_chunk, &mut hiring.internal, stocks, &mut open, allocations);
    for ((tally, market), left) in tallies.iter_mut().zip(&context.offers.market.open).zip(&open) {
        tally.filled = u64::from(market - left);
    }
    fill_vacancies(by_chunk, &open, &kept, &mut hiring.vacancies, &mut tallies, allocations);
    tallies
}

/// Gives claimed posts, which takes them off those open. Returns who got one that employers keep for people
/// on support, in order: they have applied for an advertised one as well.
fn give_claims(
    context: &MonthContext<'_>,
    by_chunk: &[Requests],
    internal: &mut [f64],
    stocks: &mut RegionalStocks,
    open: &mut [u32],
    allocations: &mut [Vec<(u16, Allocation)>],
) -> Vec<Who> {
    let mut claims: Vec<(u64, Who)> = Vec::new();
    for (chunk, requests) in by_chunk.iter().enumerate() {
        claims.extend(requests.claims.iter().map(|claim| (claim.order(), Who { chunk, at: claim.at })));
    }
    sort_by_key(&mut claims, |claim| *claim);
    for (at, (allowed, open)) in internal.iter_mut().zip(&*open).enumerate() {
        lapse(allowed);
        *allowed += f64::from(*open) * context.tables.get(jobs::INTERNAL_SHARE, JobClass::at(at % JobClass::count()));
    }
    let mut kept = Vec::new();
    for (order, who) in claims {
        let (at, claimant) = PostClaim::post_and_claimant(order);
        let may_have = match claimant {
            Claimant::KeptOn | Claimant::Promotion => internal[at] >= 1.0,
            Claimant::Supported => stocks.reserved_posts[at / JobClass::count()] >= 1.0,
            Claimant::Moving => true,
        };
        if !may_have || open[at] == 0 {
            continue;
        }
        open[at] -= 1;
        if matches!(claimant, Claimant::KeptOn | Claimant::Promotion) {
            internal[at] -= 1.0;
        }
        let (region, class) = region_and_class(at);
        allocations[who.chunk].push((who.at, Allocation::Post(region, class)));
        if claimant == Claimant::Supported {
            stocks.reserved_posts[at / JobClass::count()] -= 1.0;
            kept.push(who);
        }
    }
    kept.sort_unstable();
    kept
}

/// A vacancy and its best applicant so far.
#[derive(Clone, Copy, Debug, Default)]
struct Vacancy {
    /// Rank of the best application, then the draw that settles ties; 0 when nobody suits.
    rank: u64,
    /// Chunk of the best applicant and place in it.
    chunk: u32,
    at: u16,
    is_seen: bool,
}

/// What became of the vacancies of one region and class.
#[derive(Clone, Debug)]
struct Settled {
    /// Who is hired, by chunk and place in it.
    hired: Vec<(u32, u16)>,
    /// Vacancies for which nobody who applied is fit.
    shortage: u64,
}

/// Fills each advertised vacancy with its best applicant who is fit, but for those who `kept` a post already.
fn fill_vacancies(
    by_chunk: &[Requests],
    open: &[u32],
    kept: &[Who],
    memory: &mut Vec<Vacancy>,
    tallies: &mut [VacancyTally],
    allocations: &mut [Vec<(u16, Allocation)>],
) {
    memory.clear();
    memory.resize(open.iter().map(|count| index(*count)).sum(), Vacancy::default());
    let mut rest = memory.as_mut_slice();
    let mut markets: Vec<&mut [Vacancy]> = Vec::with_capacity(open.len());
    for count in open {
        let (market, others) = rest.split_at_mut(index(*count));
        markets.push(market);
        rest = others;
    }
    let settle = |(post, market): (usize, &mut [Vacancy])| {
        rank(by_chunk, post, market, kept);
        settled(market)
    };
    let settled: Vec<Settled> = if by_chunk.len() < FEW_CHUNKS {
        markets.into_iter().enumerate().map(settle).collect()
    } else {
        markets.into_par_iter().enumerate().map(settle).collect()
    };
    for (at, (tally, settled)) in tallies.iter_mut().zip(&settled).enumerate() {
        tally.shortage += settled.shortage;
        for (chunk, who) in &settled.hired {
            tally.filled += 1;
            let (region, class) = region_and_class(at);
            allocations[index(*chunk)].push((*who, Allocation::Job(region, class)));
        }
    }
}

/// Finds the best applicant for each vacancy of one region and class.
fn rank(by_chunk: &[Requests], post: usize, market: &mut [Vacancy], kept: &[Who]) {
    if market.is_empty() {
        return;
    }
    for (chunk, requests) in by_chunk.iter().enumerate() {
        for application in &requests.jobs[post] {
            if !kept.is_empty() && kept.binary_search(&Who { chunk, at: application.at }).is_ok() {
                continue;
            }
            let mut at = index(application.vacancy);
            if at >= market.len() {
                // A claim took it first. One vacancy fewer draws again only those who came for that one.
                at = index(vacancy(application.draw, narrow(market.len())));
            }
            let vacancy = &mut market[at];
            vacancy.is_seen = true;
            let rank = u64::from(application.rank) << 32 | u64::from(application.draw[1]);
            // Of equals, those looked at first keep the place.
            let is_better = (application.rank > 0) & (rank > vacancy.rank);
            let own = (rank, narrow(chunk), application.at);
            (vacancy.rank, vacancy.chunk, vacancy.at) =
                select_unpredictable(is_better, own, (vacancy.rank, vacancy.chunk, vacancy.at));
        }
    }
}

/// Who is hired, when everybody has been looked at.
fn settled(market: &[Vacancy]) -> Settled {
    let (mut hired, mut found, mut shortage) = (vec![(0, 0); market.len()], 0, 0);
    for vacancy in market {
        // Written whether or not somebody is hired, and overwritten if not: a branch would be guessed wrong too often.
        hired[found] = (vacancy.chunk, vacancy.at);
        found += usize::from(vacancy.rank > 0);
        shortage += u64::from(vacancy.is_seen & (vacancy.rank == 0));
    }
    hired.truncate(found);
    Settled { hired, shortage }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Books what public money does when somebody NEET is hired for an advertised vacancy.
pub(crate) fn pay_for_hire(
    context: &MonthContext<'_>,
    person: &Person,
    region: Region,
    class: JobClass,
    flow: &mut Flow,
) {
    if !person.state.is_neet() {
        return;
    }
    let money = &context.tables.hiring;
    let grant = if region == person.region { 0.0 } else { money.moving_grant_gbp };
    let extra_posts = if money.subsidy_gbp > 0.0 { money.extra_posts } else { 0.0 };
    flow.spent_gbp[region.index()] += f64::from(money.subsidy_gbp + grant);
    flow.subsidised_posts[post(region, class)] += f64::from(extra_posts);
}

/// Takes up a job, moving there if it is elsewhere.
pub(crate) fn take(person: &mut Person, region: Region, class: JobClass, month: Month) {
    if person.region != region {
        person.region = region;
        person.home = region;
    }
    person.work(class.state(), month);
}

#[cfg(test)]
mod tests {
    use crate::conditions::{Conditions, Edit, Group, GroupEdit, OfferKind, Operation, jobs, places, support};
    use crate::domain::Region;
    use crate::engine::tally::{Status, Tallies};
    use crate::engine::tests::{change_for, fill, months_in, offer, other_gbp, plan, run_on, set, uk, warmed};
    use std::sync::Arc;

    const SCALE: u32 = 1_000;
    const MONTHS: u16 = 24;
    const NEET: [Status; 4] =
        [Status::UnemployedShort, Status::UnemployedLong, Status::InactiveShort, Status::InactiveLong];

    /// The UK as it is, and with some of its conditions changed.
    fn without_and_with(change: impl Fn(&mut Conditions)) -> (Tallies, Tallies) {
        without_and_with_for(MONTHS, change)
    }

    fn without_and_with_for(months: u16, change: impl Fn(&mut Conditions)) -> (Tallies, Tallies) {
        let mut changed = uk();
        change(&mut changed);
        let trunk = warmed(plan(SCALE, months, 12), &Arc::new(uk()));
        (run_on(trunk.clone(), &Arc::new(uk()), months), run_on(trunk, &Arc::new(changed), months))
    }

    #[test]
    fn a_subsidy_is_paid_for_each_hire_from_neet_and_its_extra_posts_take_people_out_of_it() {
        // Further posts are opened and filled over years: in the first two nothing is gained yet.
        let subsidised = |extra_posts: f64| {
            without_and_with_for(60, move |conditions| {
                fill(conditions, jobs::HIRING_SUBSIDY, 2_000.0);
                fill(conditions, jobs::HIRING_SUBSIDY_EXTRA_POSTS, extra_posts);
            })
        };
        let (without, deadweight) = subsidised(0.0);
        assert_eq!(without.periods[1].stock, deadweight.periods[1].stock, "all of it deadweight changes nobody");
        let hires = other_gbp(&deadweight) / f64::from(SCALE) / 2_000.0;
        assert!(hires > 100.0 && (hires - hires.round()).abs() < 1e-6);
        let (_, additional) = subsidised(0.5);
        assert!(months_in(&additional, &NEET) < months_in(&without, &NEET));
    }

    #[test]
    fn a_better_standing_of_the_long_term_neet_moves_them_past_others() {
        let long = Group { least_months_neet: 12, ..Group::everybody() };
        let (without, with) = without_and_with(|conditions| {
            change_for(conditions, &long, jobs::SCORE_DURATION, 0.0);
            for position in conditions.layout().range(jobs::SCORE_SUBSIDY) {
                let edit = Edit { condition: jobs::SCORE_SUBSIDY.any(), position, operation: Operation::Shift(1.0) };
                conditions.changes.push(GroupEdit { group: long.clone(), edit });
            }
        });
        let long = [Status::UnemployedLong, Status::InactiveLong];
        assert!(months_in(&with, &long) < months_in(&without, &long));
        assert!(months_in(&with, &[Status::UnemployedShort]) > months_in(&without, &[Status::UnemployedShort]));
    }

    #[test]
    fn posts_kept_for_people_on_support_bring_more_of_them_into_work() {
        let reached = Group { ages: (16, 24), ..Group::everybody() };
        let supported = |reserved: f64| {
            let mut conditions = uk();
            offer(&mut conditions, &reached, OfferKind::Support, 20_000.0);
            for region in 0..12 {
                set(&mut conditions, support::RESERVED_POSTS, Region::at(region), reserved);
            }
            Arc::new(conditions)
        };
        let trunk = warmed(plan(SCALE, MONTHS, 12), &Arc::new(uk()));
        let neet = [0.0, 30_000.0].map(|posts| months_in(&run_on(trunk.clone(), &supported(posts), MONTHS), &NEET));
        assert!(neet[1] < neet[0], "{neet:?}");
    }

    #[test]
    fn grants_for_moving_are_paid_to_those_who_move_from_being_neet() {
        for grant in [places::MOVING_GRANT_WITH_OFFER.any(), places::MOVING_GRANT_WITHOUT_OFFER.any()] {
            let (without, with) = without_and_with(|conditions| fill(conditions, grant, 1_500.0));
            assert_eq!(without.periods[1].stock, with.periods[1].stock, "money alone changes nobody");
            let moves = other_gbp(&with) / f64::from(SCALE) / 1_500.0;
            assert!(moves > 0.0 && (moves - moves.round()).abs() < 1e-6, "{grant:?} {moves}");
            let all: u32 = with.periods.iter().flat_map(|tally| &tally.moves).sum();
            assert!(moves < f64::from(all));
        }
    }

    #[test]
    fn people_in_work_move_to_vacancies_of_their_class_and_leave_as_many() {
        let moving =
            |hazard: f64| without_and_with(move |conditions| fill(conditions, places::MOVE_HAZARD_IN_WORK, hazard)).1;
        let (none, some) = (moving(0.0), moving(0.01));
        let moves = |tallies: &Tallies| tallies.periods.iter().flat_map(|tally| &tally.moves).sum::<u32>();
        assert!(moves(&some) > 2 * moves(&none), "{} {}", moves(&some), moves(&none));
        let in_work = [Status::Working, Status::Intermediate, Status::Professional];
        let work = |tallies: &Tallies| u64::from(months_in(tallies, &in_work));
        assert!(work(&some) < work(&none), "a post that was left is vacant until somebody is found");
    }
}
