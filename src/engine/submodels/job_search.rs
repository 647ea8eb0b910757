//! Applications: where somebody applies, what employers make of it, and on which vacancy it lands.
//!
//! Most of a month's work, so many are worked out abreast: what is drawn for each is brought into columns, on which
//! processors do several at once. Who is hired is settled in `jobs`.

use crate::calendar::Month;
use crate::conditions::support;
use crate::domain::{JobClass, Region, Seeker};
use crate::engine::events::hazards::{self, support_strength};
use crate::engine::exchange::context::MonthContext;
use crate::engine::exchange::market::vacancy;
use crate::engine::exchange::requests::{Applicant, Claimant, JobApplication, Requests};
use crate::engine::rates::hazards::LONGEST;
use crate::engine::state::person::Person;
use crate::engine::state::posts::post;
use crate::engine::submodels::moves::{self, Journey};
use crate::random::{Purpose, Winner, exponential, normal, uniform};
use std::hint::select_unpredictable;
use strum::VariantArray;

/// Applications worked out abreast.
pub(crate) const ABREAST: usize = 32;

/// What is drawn for applications worked out abreast.
struct Drawn {
    /// Waits of a unit mean for each class, and whether the application goes elsewhere.
    waits: [[f32; ABREAST]; 3],
    far: [u32; ABREAST],
    /// What employers see besides merit, of standard deviation 1.
    noise: [f32; ABREAST],
    vacancy: [[u32; 2]; ABREAST],
}

impl Drawn {
    fn new(applicants: &[Applicant], month: Month) -> Self {
        let (mut classes, mut scores) = ([[0; ABREAST]; 3], [[0; ABREAST]; 2]);
        let (mut far, mut vacancy) = ([0; ABREAST], [[0; 2]; ABREAST]);
        for (at, applicant) in applicants.iter().enumerate().take(ABREAST) {
            let luck = applicant.person.luck;
            [classes[0][at], classes[1][at], classes[2][at], far[at]] = luck.words(month.0, Purpose::Direction, 0);
            [scores[0][at], scores[1][at], vacancy[at][0], vacancy[at][1]] = luck.words(month.0, Purpose::Score, 0);
        }
        let mut waits = [[0.0; ABREAST]; 3];
        for (waits, words) in waits.iter_mut().zip(&classes) {
            for (wait, word) in waits.iter_mut().zip(words) {
                *wait = exponential(*word);
            }
        }
        let mut noise = [0.0; ABREAST];
        for (noise, (first, second)) in noise.iter_mut().zip(scores[0].iter().zip(&scores[1])) {
            *noise = normal(*first, *second);
        }
        Self { waits, far, noise, vacancy }
    }
}

/// Sends the applications of those who apply, and forgets them.
pub(crate) fn send(context: &MonthContext<'_>, requests: &mut Requests) {
    let mut applicants = std::mem::take(&mut requests.applicants);
    for applicants in applicants.chunks(ABREAST) {
        let drawn = Drawn::new(applicants, context.month);
        for (at, applicant) in applicants.iter().enumerate() {
            apply(&context.of(&applicant.person), applicant, &drawn, at, requests);
        }
    }
    applicants.clear();
    requests.applicants = applicants;
}

/// Sends one application.
fn apply(
    context: &MonthContext<'_>,
    applicant: &Applicant,
    drawn: &Drawn,
    place_drawn: usize,
    requests: &mut Requests,
) {
    let Applicant { at, person, .. } = applicant;
    if person.state.is_neet()
        && hazards::is_supported(person, &context.tables.hazards.support, context.month)
        && context.tables.get(support::RESERVED_POSTS, person.region) > 0.0
    {
        let rank = person.luck.words(context.month.0, Purpose::Queue, 3)[0];
        requests.claim(*at, person.region, JobClass::Working, Claimant::Supported, rank);
    }
    let is_far = context.tables.search_far[person.qualification()].includes(uniform(drawn.far[place_drawn]));
    let region = if is_far {
        moves::destination(context, person, Journey::ToWork, |there| context.offers.market.pull[there])
    } else {
        None
    };
    let place = region.unwrap_or(person.region);
    let units = std::array::from_fn(|class| drawn.waits[class][place_drawn]);
    let Some(class) = class(context, applicant, place, units) else { return };
    let score = merit(context, person, class, place) + drawn.noise[place_drawn];
    let (post, draw) = (post(place, class), drawn.vacancy[place_drawn]);
    requests.jobs[post].push(JobApplication {
        rank: select_unpredictable(score >= context.tables.threshold[class], ordered(score), 0),
        vacancy: vacancy(draw, context.offers.market.open[post]),
        draw,
        at: *at,
    });
}

/// Somebody leaves learning for the labour market: unemployed unless an application of the same month succeeds.
pub(crate) fn leave_learning(context: &MonthContext<'_>, at: u16, person: &mut Person, requests: &mut Requests) {
    person.seek(context.month);
    let word = person.luck.words(context.month.0, Purpose::Direction, 1)[0];
    if context.tables.hazards.leavers_search[person.health()].includes(uniform(word)) {
        requests.applicants.push(Applicant { at, seeker: Seeker::Leaver, person: *person });
    }
}

/// The class that somebody applies for in a region, if there are vacancies; people in work never go below their own.
#[inline]
fn class(context: &MonthContext<'_>, applicant: &Applicant, place: Region, units: [f32; 3]) -> Option<JobClass> {
    let person = &applicant.person;
    let lowest = match applicant.seeker {
        Seeker::Employed => person.state.job_class().map_or(0, |class| class as usize),
        Seeker::Unemployed | Seeker::Inactive | Seeker::Leaver => 0,
    };
    let (region, taste) =
        (&context.offers.market.waits[place.index()], &context.tables.direction[person.qualification()]);
    let mut first = Winner::nobody();
    for class in 0..3 {
        let wait = select_unpredictable(class < lowest, f32::INFINITY, region[class] * taste[class]);
        first.enter(class, units[class] * wait);
    }
    JobClass::VARIANTS.get(first.winner()?).copied()
}

/// The hiring score without its noise.
fn merit(context: &MonthContext<'_>, person: &Person, class: JobClass, place: Region) -> f32 {
    let weights = &context.tables.score;
    let steps = f32::from(person.qualification() as u8) - context.tables.requirement[class];
    let years = (f32::from(person.months_worked(context.month)) / 12.0).min(5.0);
    let months_out = usize::from(person.months_neet(context.month)).min(LONGEST - 1);
    // Support restores half of what months out of work take off.
    let out = weights.duration
        * context.tables.log_months[months_out]
        * (1.0 - 0.5 * support_strength(person, &context.tables.hazards.support, context.month)).max(0.0);
    let subsidy = if person.state.is_neet() { weights.subsidy } else { 0.0 };
    // Both ways are worked out: branches would be guessed wrong too often.
    let network = select_unpredictable(class == JobClass::Professional, weights.network[person.origin()], 0.0);
    let distance = if place == person.region { 0.0 } else { weights.distance };
    let (suits, lacks) = (weights.requirement + weights.excess * steps, weights.requirement * steps);
    let requirement = select_unpredictable(steps >= 0.0, suits, lacks);
    let own = weights.experience * years + weights.attainment * person.attainment_sd();
    requirement + own + network + subsidy - distance - out
}

/// Floats as integers of the same order, none of which is 0 for a number.
fn ordered(score: f32) -> u32 {
    let bits = score.to_bits();
    if bits >> 31 == 0 { bits | 1 << 31 } else { !bits }
}
