//! Apprenticeships: applying, ranking for limited places, leaving early and completing.

use crate::calendar::MONTHS_A_YEAR;
use crate::conditions::{Condition as C, Conditions, Group, OfferKind};
use crate::domain::{Funding, JobClass, Kind, Level, Qualification, Region, Route};
use crate::engine::parallel::FEW_CHUNKS;
use crate::engine::rates::groups::Members;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::flow::EventKind;
use crate::engine::state::person::Person;
use crate::engine::state::stocks::{Places, float};
use crate::engine::submodels::hiring;
use crate::engine::transitions::{Grant, Outbox, Scene, Who};
use crate::random::{Purpose, exponentials, normal, race, uniform};
use rayon::prelude::*;
use strum::VariantArray;

/// Age in years from which apprenticeships are funded as for adults.
const ADULT_FUNDING: u16 = 25;

/// An application for an apprenticeship.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApprenticeshipApplication {
    pub at: u16,
    pub region: Region,
    pub level: Level,
    pub funding: Funding,
    /// Higher is better.
    pub score: f32,
}

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
pub(crate) fn apply(scene: &Scene<'_>, at: u16, person: &Person, outbox: &mut Outbox) {
    let words = person.luck.words(scene.month, Purpose::Apprenticeship, 0);
    let Some(level) = race(&levels(person.qualification()), &exponentials(words)) else { return };
    let noise = person.luck.words(scene.month, Purpose::Apprenticeship, 1);
    let funding = if person.age(scene.month) < ADULT_FUNDING { Funding::Under25 } else { Funding::From25 };
    outbox.apprenticeships.push(ApprenticeshipApplication {
        at,
        region: person.region,
        level: Level::VARIANTS[level],
        funding,
        score: scene.tables.score.attainment * person.attainment_sd() + normal(noise[0], noise[1]),
    });
}

/// Ranks applicants and gives the places of each region, level and funding group down the ranking;
/// places for target groups go to members who were left over.
pub(crate) fn allocate(
    scene: &Scene<'_>,
    economy: &Economy<'_>,
    chunks: &[Chunk],
    outboxes: &[Outbox],
    places: &mut Places,
    grants: &mut [Vec<(u16, Grant)>],
) {
    let mut queues: Vec<Vec<(f32, Who)>> = vec![Vec::new(); places.apprenticeships.len()];
    for (chunk, outbox) in outboxes.iter().enumerate() {
        for application in &outbox.apprenticeships {
            let at = place(application.region, application.level, application.funding);
            queues[at].push((application.score, Who { chunk, at: application.at }));
        }
    }
    let sort = |queue: &mut Vec<(f32, Who)>| queue.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    if chunks.len() < FEW_CHUNKS {
        queues.iter_mut().for_each(sort);
    } else {
        queues.par_iter_mut().for_each(sort);
    }
    let mut kept = Vec::new();
    for (at, queue) in queues.iter().enumerate() {
        let (region, level) = (at / Funding::count() / Level::count(), at / Funding::count() % Level::count());
        let open = whole(places.apprenticeships[at]).min(queue.len());
        places.apprenticeships[at] -= count(open);
        // Places for target groups are not tied to an age of funding: they go to the first queue that has members.
        if at % Funding::count() == 0 {
            kept = reserved(scene, economy, region, level);
        }
        let mut starts = open;
        for (rank, (_, who)) in queue.iter().enumerate() {
            let person = &chunks[who.chunk].people[usize::from(who.at)];
            let from_reserve = rank >= open && take_reserved(&mut kept, scene, person);
            starts += usize::from(from_reserve);
            let is_offered = rank < open || from_reserve;
            let grant = if is_offered { Grant::Apprenticeship(Level::VARIANTS[level]) } else { Grant::Refusal };
            grants[who.chunk].push((who.at, grant));
        }
        places.note_starts(at, i64::try_from(starts).unwrap_or(i64::MAX));
    }
}

/// What a run keeps beside the month: the world's baseline and the size of an agent.
pub(crate) struct Economy<'a> {
    pub baseline: &'a Conditions,
    pub scale: f64,
}

impl Economy<'_> {
    /// Places that employers and funding allow in a year.
    pub fn offered(&self, conditions: &Conditions, at: &[usize; 3]) -> f64 {
        (conditions.get(C::ApprenticeshipPlaces, at) * self.funding(conditions)).min(self.willing(conditions, at))
    }

    /// The most places that employers would offer in a year.
    pub fn willing(&self, conditions: &Conditions, at: &[usize; 3]) -> f64 {
        conditions.get(C::EmployerWillingness, at) * self.baseline.get(C::ApprenticeshipPlaces, at)
    }

    /// What the levy brings to the training budget, against the baseline; places follow it in today's pattern.
    fn funding(&self, conditions: &Conditions) -> f64 {
        let allowance = self.baseline.get(C::LevyAllowance, &[]);
        let budget = |conditions: &Conditions| {
            let one = |condition| conditions.get(condition, &[]);
            // The pay bill is what is above the baseline's allowance.
            let freed = one(C::LevyPayers) * (allowance - one(C::LevyAllowance));
            (one(C::LevyPayBill) * one(C::LevyRate) + freed).max(0.0) * one(C::LevyBudgetShare)
        };
        let before = budget(self.baseline);
        if before > 0.0 { budget(conditions) / before } else { 1.0 }
    }

    /// Places a year that employers would offer beyond those for everybody.
    fn room(&self, scene: &Scene<'_>, region: usize, level: usize) -> f64 {
        let conditions = &scene.tables.conditions;
        (0..Funding::count())
            .map(|funding| {
                let at = [region, level, funding];
                self.willing(conditions, &at) - self.offered(conditions, &at)
            })
            .fold(0.0, |sum, room| sum + room)
    }
}

fn count(number: usize) -> f64 {
    float(i64::try_from(number).unwrap_or(i64::MAX))
}

fn place(region: Region, level: Level, funding: Funding) -> usize {
    (region.index() * Level::count() + level as usize) * Funding::count() + funding as usize
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count, at least zero")]
fn whole(places: f64) -> usize {
    // Seasonal shares that sum to a whole place must not fall short of it by a rounding error.
    (places.max(0.0) + 1e-9).floor() as usize
}

struct Reserved {
    places: u32,
    members: Members,
}

/// Places kept for target groups this month, as far as employers are willing to offer them.
fn reserved(scene: &Scene<'_>, economy: &Economy<'_>, region: usize, level: usize) -> Vec<Reserved> {
    let season = scene.tables.get(C::ApprenticeshipSeason, &[usize::from(scene.month % MONTHS_A_YEAR)]);
    let offered = OfferKind::Apprenticeships(Level::VARIANTS[level]);
    let here = scene.tables.conditions.offers.iter().filter(|offer| offer.region.index() == region);
    let asked: Vec<_> = here.filter(|offer| offer.kind == offered).map(|offer| (&offer.group, offer.places)).collect();
    let total: f64 = asked.iter().fold(0.0, |sum, (_, yearly)| sum + yearly);
    let share = if total > 0.0 { (economy.room(scene, region, level) / total).min(1.0) } else { 0.0 };
    let reserve = |(at, (group, yearly)): (usize, (&Group, f64))| {
        let expected = yearly * share * season / economy.scale;
        let (place, part) = (region * Level::count() + level, FIRST_PART + at);
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let part = u8::try_from(part).unwrap_or(u8::MAX);
        Reserved { places: scene.luck.rounded(expected, place, scene.month, part), members: Members::new(group) }
    };
    asked.into_iter().enumerate().map(reserve).collect()
}

/// Keeps the rounding of offers apart from that of people who enter.
const FIRST_PART: usize = 64;

fn take_reserved(reserved: &mut [Reserved], scene: &Scene<'_>, person: &Person) -> bool {
    let open = reserved.iter_mut().find(|pool| pool.places >= 1 && pool.members.hold(person, scene.month));
    if let Some(pool) = open {
        pool.places -= 1;
        return true;
    }
    false
}

/// Begins an apprenticeship.
pub(crate) fn begin(scene: &Scene<'_>, person: &mut Person, level: Level) {
    let months = scene.tables.apprenticeship_months[level as usize];
    person.apprentice(level, scene.month + months, scene.month);
}

/// Somebody leaves early: some for a job, the others to look for one.
pub(crate) fn withdraw(scene: &Scene<'_>, at: u16, person: &mut Person, outbox: &mut Outbox) {
    let word = person.luck.words(scene.month, Purpose::AfterApprenticeship, 0)[0];
    if uniform(word) < scene.tables.apprenticeship_leaver_to_job {
        hiring::leave_learning(scene, at, person, outbox);
    } else {
        person.seek(scene.month);
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
pub(crate) fn finish(scene: &Scene<'_>, at: u16, person: &mut Person, outbox: &mut Outbox) {
    let level = person.level();
    let words = person.luck.words(scene.month, Purpose::AfterApprenticeship, 1);
    let tables = scene.tables;
    if uniform(words[0]) < tables.apprenticeship_pass_rate[level as usize] {
        person.gain(award(level), Route::Apprenticeship);
        outbox.flow.note(EventKind::ApprenticeshipCompletion, person, level, scene.month);
        if uniform(words[1]) < tables.apprenticeship_kept_on[level as usize] {
            let classes = person.luck.words(scene.month, Purpose::AfterApprenticeship, 2);
            if let Some(class) = race(&tables.apprenticeship_class[level as usize], &exponentials(classes)) {
                let queue = classes[3];
                person.seek(scene.month);
                return hiring::claim(at, person, JobClass::VARIANTS[class], hiring::Claimant::KeptOn, queue, outbox);
            }
        }
    }
    hiring::leave_learning(scene, at, person, outbox);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{fill, uk};

    #[test]
    fn places_follow_what_the_levy_brings_to_the_budget_as_far_as_employers_go() {
        let baseline = uk();
        let economy = Economy { baseline: &baseline, scale: 1.0 };
        let at = [0, 1, 0];
        let today = baseline.get(C::ApprenticeshipPlaces, &at);
        let offered = |condition, value| {
            let mut conditions = uk();
            fill(&mut conditions, condition, value);
            economy.offered(&conditions, &at) / today
        };
        assert!((offered(C::LevyRate, baseline.get(C::LevyRate, &[])) - 1.0).abs() < 1e-15);
        assert!((offered(C::LevyRate, 0.006) - 1.2).abs() < 1e-12);
        assert!((offered(C::LevyBudgetShare, 0.345) - 0.5).abs() < 1e-12);
        // No allowance: 34,200 payers owe GBP 15,000 more each, beside GBP 3.84 billion.
        assert!((offered(C::LevyAllowance, 0.0) - (1.0 + 34_200.0 * 15_000.0 / 3.84e9)).abs() < 1e-12);
        assert!((offered(C::LevyRate, 0.05) - 1.5).abs() < 1e-12, "employers would offer half as many again");
    }
}
