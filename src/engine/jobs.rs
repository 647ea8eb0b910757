//! Jobs: who applies where, how employers rank them, and who is hired.
//!
//! Each application lands on one vacancy of its region and class. A vacancy takes the best applicant
//! who reaches its class's threshold; one with applicants of whom none does is a skill shortage. So
//! frictions, displacement and shortages follow from many people choosing at once.

use crate::conditions::Condition as C;
use crate::domain::{JobClass, Kind, Region, Seeker};
use crate::engine::flow::post;
use crate::engine::hazards::{self, support_strength};
use crate::engine::lives::{Grant, Outbox, Scene, Who};
use crate::engine::moves::{self, Journey};
use crate::engine::places::{Places, float, take_whole};
use crate::engine::population::Person;
use crate::engine::tables::{LONGEST, Tables};
use crate::engine::tally::VacancyTally;
use crate::random::{Purpose, normal, race, slot, uniform};
use strum::VariantArray;

/// What seekers see of the month: vacancies, and the pull of each region.
#[derive(Clone, Debug)]
pub(crate) struct Market {
    /// Vacancies by region and class.
    pub open: Vec<u32>,
    /// Vacancies to the power of the search elasticity.
    attraction: Vec<f32>,
    /// Pull of a region on people who move without an offer.
    pub pull: Vec<f32>,
}

impl Market {
    /// The market as it stands at the start of a month.
    pub fn new(tables: &Tables, places: &Places) -> Self {
        let open: Vec<u32> = places.vacant.iter().map(|vacant| u32::try_from(*vacant).unwrap_or(0)).collect();
        let elasticity = single(tables.get(C::SearchVacancyElasticity, &[]));
        let attraction = open.iter().map(|vacant| libm::powf(f32_of(*vacant), elasticity)).collect();
        let (by_pay, by_vacancies) = (tables.get(C::MovePayElasticity, &[]), tables.get(C::MoveVacancyElasticity, &[]));
        let pull = (0..places.regions)
            .map(|region| {
                let vacant: i64 = places.vacant[region * JobClass::count()..][..JobClass::count()].iter().sum();
                let seekers = float(places.unemployed[region].max(1));
                let tightness = libm::log((float(vacant) + 1.0) / seekers);
                let pay = tables.pay.region[region] + tables.pay.pass_through * places.productivity_gain[region];
                single(libm::exp(by_pay * pay + by_vacancies * tightness))
            })
            .collect();
        Self { open, attraction, pull }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "weights are single precision by design")]
fn single(value: f64) -> f32 {
    value as f32
}

#[expect(clippy::cast_precision_loss, reason = "a weight, not a count")]
fn f32_of(count: u32) -> f32 {
    count as f32
}

/// An application for a vacancy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JobApplication {
    pub at: u16,
    /// Region and class, as numbered by `flow::post`.
    pub post: u16,
    pub score: f32,
    /// Which vacancy, and who goes first among equals.
    pub draw: [u32; 2],
}

/// A claim to a post within the region, ahead of advertising.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    pub at: u16,
    pub post: u16,
    pub claimant: Claimant,
    pub rank: u32,
}

/// Who claims a post; the first kind goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Claimant {
    /// An apprentice whom the employer keeps on.
    KeptOn,
    /// Somebody who asks for promotion.
    Promotion,
}

/// Claims a post of `class` in the region lived in.
pub(crate) fn claim(at: u16, person: &Person, class: JobClass, claimant: Claimant, rank: u32, outbox: &mut Outbox) {
    outbox.claims.push(Claim { at, post: numbered(person.region, class), claimant, rank });
}

/// Asks for promotion to the next class.
pub(crate) fn ask_for_promotion(scene: &Scene<'_>, at: u16, person: &Person, outbox: &mut Outbox) {
    let next = match person.state.job_class() {
        Some(JobClass::Working) => JobClass::Intermediate,
        Some(JobClass::Intermediate) => JobClass::Professional,
        Some(JobClass::Professional) | None => return,
    };
    let rank = person.luck.words(scene.month, Purpose::Queue, 2)[0];
    claim(at, person, next, Claimant::Promotion, rank, outbox);
}

fn numbered(region: Region, class: JobClass) -> u16 {
    u16::try_from(post(region, class)).unwrap_or(u16::MAX)
}

/// Somebody leaves learning for the labour market: unemployed unless an application of the same month succeeds.
pub(crate) fn leave_learning(scene: &Scene<'_>, at: u16, person: &mut Person, outbox: &mut Outbox) {
    person.seek(scene.month);
    let rates = &scene.tables.hazards;
    let ratio = hazards::ratio(person, rates, C::SearchIntensity, scene.month);
    let intensity = rates.search_intensity[Seeker::Leaver as usize];
    let hazard = intensity * rates.search_by_health[person.health() as usize] * ratio;
    let word = person.luck.words(scene.month, Purpose::Direction, 1)[0];
    if uniform(word) < -libm::expm1(-f64::from(hazard)) {
        apply(scene, at, person, Seeker::Leaver, outbox);
    }
}

/// Sends one application.
pub(crate) fn apply(scene: &Scene<'_>, at: u16, person: &Person, seeker: Seeker, outbox: &mut Outbox) {
    let words = person.luck.words(scene.month, Purpose::Direction, 0);
    let is_far = uniform(words[3]) < scene.tables.search_far[person.qualification() as usize];
    let region = if is_far {
        moves::destination(scene, person, Journey::ToWork, |there| scene.market.pull[there])
    } else {
        None
    };
    let place = region.unwrap_or(person.region);
    let lowest = match seeker {
        Seeker::Employed => person.state.job_class().map_or(0, |class| class as usize),
        Seeker::Unemployed | Seeker::Inactive | Seeker::Leaver => 0,
    };
    let tastes = &scene.tables.direction[person.qualification() as usize];
    let weights = (0..JobClass::count()).map(|class| {
        let at = post(place, JobClass::VARIANTS[class]);
        if class < lowest { 0.0 } else { tastes[class] * scene.market.attraction[at] }
    });
    let Some(class) = race(weights, |class| words[class]) else { return };
    let class = JobClass::VARIANTS[class];
    let noise = person.luck.words(scene.month, Purpose::Score, 0);
    let score = merit(scene, person, class, place) + normal(noise[0], noise[1]);
    outbox.jobs.push(JobApplication { at, post: numbered(place, class), score, draw: [noise[2], noise[3]] });
}

/// The hiring score without its noise.
fn merit(scene: &Scene<'_>, person: &Person, class: JobClass, place: Region) -> f32 {
    let weights = &scene.tables.score;
    let steps = f32::from(person.qualification() as u8) - scene.tables.requirement[class as usize];
    let years = (f32::from(person.months_worked(scene.month)) / 12.0).min(5.0);
    let months_out = usize::from(person.months_neet(scene.month)).min(LONGEST - 1);
    // Support restores half of what months out of work take off.
    let out = weights.duration
        * scene.tables.log_months[months_out]
        * (1.0 - 0.5 * support_strength(person, &scene.tables.hazards, scene.month));
    let network = if class == JobClass::Professional { weights.network[person.origin() as usize] } else { 0.0 };
    let distance = if place == person.region { 0.0 } else { weights.distance };
    let requirement =
        if steps >= 0.0 { weights.requirement + weights.excess * steps } else { weights.requirement * steps };
    requirement + weights.experience * years + weights.attainment * person.attainment_sd() + network - distance - out
}

/// Gives claimed posts, then fills vacancies. Returns what happened to vacancies by region and class.
pub(crate) fn hire(
    scene: &Scene<'_>,
    outboxes: &[Outbox],
    internal: &mut [f64],
    grants: &mut [Vec<(u16, Grant)>],
) -> Vec<VacancyTally> {
    let mut open = scene.market.open.clone();
    let mut tallies = vec![VacancyTally::default(); open.len()];
    for (tally, open) in tallies.iter_mut().zip(&open) {
        tally.open = u64::from(*open);
    }
    give_claims(scene, outboxes, internal, &mut open, &mut tallies, grants);
    fill_vacancies(scene, outboxes, &open, &mut tallies, grants);
    tallies
}

fn give_claims(
    scene: &Scene<'_>,
    outboxes: &[Outbox],
    internal: &mut [f64],
    open: &mut [u32],
    tallies: &mut [VacancyTally],
    grants: &mut [Vec<(u16, Grant)>],
) {
    let mut claims: Vec<(u16, Claimant, u32, Who)> = Vec::new();
    for (chunk, outbox) in outboxes.iter().enumerate() {
        let here =
            outbox.claims.iter().map(|claim| (claim.post, claim.claimant, claim.rank, Who { chunk, at: claim.at }));
        claims.extend(here);
    }
    claims.sort_unstable();
    let allowed: Vec<u32> = open
        .iter()
        .zip(internal)
        .enumerate()
        .map(|(at, (open, carried))| {
            let share = scene.tables.get(C::InternalShare, &[at % JobClass::count()]);
            *carried += f64::from(*open) * share;
            u32::try_from(take_whole(carried)).unwrap_or(0)
        })
        .collect();
    let mut given = vec![0; open.len()];
    for (at, _, _, who) in claims {
        let at = usize::from(at);
        if given[at] < allowed[at].min(scene.market.open[at]) {
            given[at] += 1;
            open[at] -= 1;
            tallies[at].filled += 1;
            grants[who.chunk].push((who.at, job_at(at)));
        }
    }
}

fn job_at(at: usize) -> Grant {
    let region = Region(u8::try_from(at / JobClass::count()).unwrap_or(u8::MAX));
    Grant::Job(region, JobClass::VARIANTS[at % JobClass::count()])
}

/// A vacancy and its best applicant so far.
#[derive(Clone, Copy)]
struct Vacancy {
    /// Score in an order that integers have, then the draw that settles ties; 0 when nobody suits.
    best: u64,
    chunk: u32,
    at: u16,
    is_seen: bool,
}

/// Floats as integers of the same order, none of which is 0 for a number.
fn ordered(score: f32) -> u32 {
    let bits = score.to_bits();
    if bits >> 31 == 0 { bits | 1 << 31 } else { !bits }
}

fn fill_vacancies(
    scene: &Scene<'_>,
    outboxes: &[Outbox],
    open: &[u32],
    tallies: &mut [VacancyTally],
    grants: &mut [Vec<(u16, Grant)>],
) {
    let mut starts = Vec::with_capacity(open.len() + 1);
    let mut total = 0usize;
    for count in open {
        starts.push(total);
        total += usize::try_from(*count).unwrap_or(0);
    }
    starts.push(total);
    let mut vacancies = vec![Vacancy { best: 0, chunk: 0, at: 0, is_seen: false }; total];
    for (chunk, outbox) in (0..).zip(outboxes) {
        for application in &outbox.jobs {
            let at = usize::from(application.post);
            if open[at] == 0 {
                continue;
            }
            let draw = u64::from(application.draw[0]) << 32 | u64::from(application.draw[1]);
            let vacancy = &mut vacancies[starts[at] + usize::try_from(slot(draw, open[at])).unwrap_or(0)];
            vacancy.is_seen = true;
            let rank = u64::from(ordered(application.score)) << 32 | u64::from(application.draw[1]);
            // Of equals, those looked at first keep the place.
            if application.score >= scene.tables.threshold[at % JobClass::count()] && rank > vacancy.best {
                *vacancy = Vacancy { best: rank, chunk, at: application.at, is_seen: true };
            }
        }
    }
    for (at, tally) in tallies.iter_mut().enumerate() {
        for vacancy in &vacancies[starts[at]..starts[at + 1]] {
            if vacancy.best > 0 {
                tally.filled += 1;
                grants[usize::try_from(vacancy.chunk).unwrap_or(usize::MAX)].push((vacancy.at, job_at(at)));
            } else {
                tally.shortage += u64::from(vacancy.is_seen);
            }
        }
    }
}

/// Takes up a job, moving there if it is elsewhere.
pub(crate) fn take(person: &mut Person, region: Region, class: JobClass, month: u16) {
    if person.region != region {
        person.region = region;
        person.home = region;
    }
    person.work(class.state(), month);
}
