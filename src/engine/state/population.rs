//! Who is in the model: a wake month and a 32-byte record per person, in chunks of one birth cohort.
//!
//! Months scan only the wake column; a record is read when its person is due. A chunk is never
//! reordered, and goes when its last person has gone. Nothing here draws a life: see `lives`.

use crate::calendar::MONTHS_A_YEAR;
use crate::domain::{
    Health, InactiveReason, JobClass, Level, Origin, Programme, Qualification, Region, Route, Sex, State,
};
use crate::engine::events::competing_risks::{Next, Rings};
use crate::random::{Luck, PersonLuck};
use strum::VariantArray;
use wide::u16x8;

/// Most people in a chunk, whatever the number of threads.
pub(crate) const CHUNK: usize = 16_384;
/// Region index that stands for abroad.
pub(crate) const ABROAD: u8 = u8::MAX;
/// A month that never comes.
pub(crate) const NEVER: u16 = u16::MAX;
/// Programme code of the last year of compulsory schooling.
const COMPULSORY: u8 = 5;
/// Where the detail of the present state begins among the bits of what was learned.
const DETAIL: u8 = 5;
/// Code of a guaranteed job.
const GUARANTEED: u8 = 1;
/// Steps of the personal effect per standard deviation.
pub(crate) const EFFECT_STEPS: f64 = 32.0;

/// One person. Age and months in a state are never stored: they follow from months of birth and entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(32))]
pub(crate) struct Person {
    /// The source of this person's draws; it is also who they are.
    pub luck: PersonLuck,
    /// Month of birth.
    pub birth: u16,
    /// Month in which the present state began.
    pub since: u16,
    /// Of people who are NEET the month in which that spell began, of others that in which their course or
    /// apprenticeship ends.
    landmark: u16,
    /// Month in which support began; 0 for never.
    pub support_start: u16,
    /// Months in work before the present state.
    pub experience: u16,
    /// Month up to which the present status has been counted.
    pub counted: u16,
    /// Attainment at 16, thousandths of a standard deviation.
    pub attainment: i16,
    /// Fixed personal effect, in [`EFFECT_STEPS`].
    pub effect: i8,
    pub state: State,
    pub region: Region,
    /// Region of upbringing, or [`ABROAD`].
    pub upbringing: u8,
    /// Region lived in before moving away to study.
    pub home: Region,
    traits: u8,
    /// Highest qualification, the route by which it came, and what the present state is about (programme,
    /// level or reason): three, two and three bits.
    learned: u8,
    /// Months unemployed at ages 18-20 and 21-23.
    pub months_unemployed: [u8; 2],
    /// What rings when this person is next due.
    pub rings: Rings,
}

/// Sex, health and origin, as their places in the lists of each, from the number that holds them.
#[inline]
pub(crate) fn kinds_of(traits: usize) -> [usize; 3] {
    [traits & 1, traits >> 1 & 1, traits >> 2 & 7]
}

/// The draws of a person born in `birth` who grew up in `upbringing`: cohort and region name the group.
pub(crate) fn luck_of(luck: &Luck, birth: u16, upbringing: u8, number: u32) -> PersonLuck {
    luck.person(u32::from(cohort_of(birth)) << 16 | u32::from(upbringing), number)
}

impl Person {
    /// Somebody who begins the last year of compulsory schooling.
    pub fn pupil(luck: PersonLuck, birth: u16, month: u16, region: Region) -> Self {
        Self {
            luck,
            birth,
            since: month,
            landmark: month + MONTHS_A_YEAR,
            support_start: 0,
            experience: 0,
            counted: month,
            attainment: 0,
            effect: 0,
            state: State::SixthForm,
            region,
            upbringing: region.0,
            home: region,
            traits: 0,
            learned: COMPULSORY << DETAIL,
            months_unemployed: [0; 2],
            rings: Rings::default(),
        }
    }

    /// Age in completed years.
    pub fn age(&self, month: u16) -> u16 {
        (month - self.birth) / MONTHS_A_YEAR
    }

    /// Months since the present state began.
    pub fn months_in_state(&self, month: u16) -> u16 {
        month.saturating_sub(self.since)
    }

    /// Month in which the present NEET spell began; 0 when not NEET.
    pub fn neet_since(&self) -> u16 {
        if self.state.is_neet() { self.landmark } else { 0 }
    }

    /// Month in which the present course, apprenticeship or guaranteed job ends.
    pub fn end(&self) -> u16 {
        if self.state.is_neet() { NEVER } else { self.landmark }
    }

    /// Months in the present NEET spell; 0 when not NEET.
    pub fn months_neet(&self, month: u16) -> u16 {
        if self.state.is_neet() { month.saturating_sub(self.landmark) } else { 0 }
    }

    fn detail(&self) -> u8 {
        self.learned >> DETAIL
    }

    /// Attainment at 16 in standard deviations.
    pub fn attainment_sd(&self) -> f32 {
        f32::from(self.attainment) / 1000.0
    }

    /// Sex, health and origin in one number: four times origin, twice health, and sex.
    pub fn traits(&self) -> usize {
        usize::from(self.traits)
    }

    pub fn sex(&self) -> Sex {
        Sex::VARIANTS[kinds_of(self.traits())[0]]
    }

    pub fn health(&self) -> Health {
        Health::VARIANTS[kinds_of(self.traits())[1]]
    }

    pub fn origin(&self) -> Origin {
        Origin::VARIANTS[kinds_of(self.traits())[2]]
    }

    /// Origin class as reported: people who grew up abroad have none.
    pub fn reported_origin(&self) -> Option<Origin> {
        (self.upbringing != ABROAD).then(|| self.origin())
    }

    /// Region of upbringing; `None` for abroad.
    pub fn upbringing_region(&self) -> Option<Region> {
        (self.upbringing != ABROAD).then_some(Region(self.upbringing))
    }

    pub fn set_traits(&mut self, sex: Sex, health: Health, origin: Origin) {
        self.traits = sex as u8 | (health as u8) << 1 | (origin as u8) << 2;
    }

    pub fn qualification(&self) -> Qualification {
        Qualification::VARIANTS[usize::from(self.learned & 7)]
    }

    /// The route by which the highest qualification came.
    pub fn route(&self) -> Route {
        Route::VARIANTS[usize::from(self.learned >> 3 & 3)]
    }

    /// Records a qualification and the route by which it came, unless a higher one is held.
    pub fn gain(&mut self, qualification: Qualification, route: Route) {
        if qualification >= self.qualification() {
            self.learned = qualification as u8 | (route as u8) << 3 | self.detail() << DETAIL;
        }
    }

    /// Level of the present apprenticeship.
    pub fn level(&self) -> Level {
        Level::VARIANTS[usize::from(self.detail()).min(2)]
    }

    /// The present course.
    pub fn programme(&self) -> Programme {
        Programme::VARIANTS[usize::from(self.detail()).min(4)]
    }

    /// Why somebody who is inactive does not seek work.
    pub fn reason(&self) -> InactiveReason {
        InactiveReason::VARIANTS[usize::from(self.detail()).min(2)]
    }

    /// Whether stocks and counts see no difference between two states of the same person.
    pub fn is_counted_as(&self, other: &Self) -> bool {
        (self.state, self.detail(), self.region, self.neet_since())
            == (other.state, other.detail(), other.region, other.neet_since())
    }

    /// Whether this person has left the model.
    pub fn has_gone(&self) -> bool {
        self.state == State::Gone
    }

    /// Whether this is the last year of compulsory schooling.
    pub fn is_pupil(&self) -> bool {
        self.state == State::SixthForm && self.detail() == COMPULSORY
    }

    /// Begins a course.
    pub fn study(&mut self, programme: Programme, end: u16, month: u16) {
        let state = match programme {
            Programme::SixthForm => State::SixthForm,
            Programme::FurtherLevel2 | Programme::FurtherLevel3 => State::FurtherEducation,
            Programme::HigherShort | Programme::HigherDegree => State::HigherEducation,
        };
        self.enter(state, programme as u8, end, month);
    }

    /// Begins an apprenticeship.
    pub fn apprentice(&mut self, level: Level, end: u16, month: u16) {
        self.enter(State::Apprenticeship, level as u8, end, month);
    }

    /// Begins a job.
    pub fn work(&mut self, state: State, month: u16) {
        self.enter(state, 0, NEVER, month);
    }

    /// Begins a guaranteed job.
    pub fn work_guaranteed(&mut self, end: u16, month: u16) {
        self.enter(State::WorkingClassJob, GUARANTEED, end, month);
    }

    /// Whether this is a guaranteed job.
    pub fn is_guaranteed(&self) -> bool {
        (self.state == State::WorkingClassJob) & (self.detail() == GUARANTEED)
    }

    /// The class of the ordinary post held, if one is.
    pub fn post_class(&self) -> Option<JobClass> {
        if self.is_guaranteed() { None } else { self.state.job_class() }
    }

    /// Becomes unemployed.
    pub fn seek(&mut self, month: u16) {
        self.enter(State::Unemployed, 0, NEVER, month);
    }

    /// Becomes inactive.
    pub fn withdraw(&mut self, month: u16) {
        let reason = match (self.health(), self.sex(), self.age(month)) {
            (Health::Limited, _, _) => InactiveReason::Health,
            (Health::NotLimited, Sex::Female, 21..) => InactiveReason::Caring,
            (Health::NotLimited, _, _) => InactiveReason::Other,
        };
        self.enter(State::Inactive, reason as u8, NEVER, month);
    }

    /// Leaves the model.
    pub fn go(&mut self, month: u16) {
        self.enter(State::Gone, 0, NEVER, month);
    }

    fn enter(&mut self, state: State, detail: u8, end: u16, month: u16) {
        self.leave_present(month);
        self.landmark = match (self.state.is_neet(), state.is_neet()) {
            (true, true) => self.landmark,
            (false, true) => month,
            (_, false) => end,
        };
        self.state = state;
        self.learned = self.learned & ((1 << DETAIL) - 1) | detail << DETAIL;
        self.since = month;
    }

    /// Books what the present state leaves behind: experience, or months of unemployment.
    fn leave_present(&mut self, month: u16) {
        if self.state.job_class().is_some() || self.state == State::Apprenticeship {
            self.experience += self.months_in_state(month);
        }
        if self.state == State::Unemployed {
            for (band, first_age) in [18u16, 21].into_iter().enumerate() {
                let from = self.since.max(self.birth + first_age * MONTHS_A_YEAR);
                let to = month.min(self.birth + (first_age + 3) * MONTHS_A_YEAR);
                let months = u8::try_from(to.saturating_sub(from)).unwrap_or(u8::MAX);
                self.months_unemployed[band] = self.months_unemployed[band].saturating_add(months);
            }
        }
    }

    /// Months in work, the present job included.
    pub fn months_worked(&self, month: u16) -> u16 {
        let working = self.state.job_class().is_some() || self.state == State::Apprenticeship;
        self.experience + if working { self.months_in_state(month) } else { 0 }
    }
}

/// The birth cohort of people born in `birth`: those who turn sixteen in one academic year.
pub(crate) fn cohort_of(birth: u16) -> u16 {
    (birth + 4) / MONTHS_A_YEAR
}

/// People of one birth cohort.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    pub cohort: u16,
    /// The next month in which each person has to be looked at; of people in work it may be too early while their hazards fall.
    pub wake: Vec<u16>,
    /// Of unemployed people the month before which nothing but a search can ring; 0 for others.
    pub alone_until: Vec<u16>,
    pub people: Vec<Person>,
    /// People who have not gone.
    pub present: usize,
}

impl Chunk {
    /// A chunk without people.
    pub fn new(cohort: u16) -> Self {
        Self { cohort, wake: Vec::new(), alone_until: Vec::new(), people: Vec::new(), present: 0 }
    }

    /// Adds a person who has to be looked at next as said.
    pub fn push(&mut self, person: Person, next: Next) {
        self.people.push(Person { rings: next.rings, ..person });
        self.wake.push(next.month);
        self.alone_until.push(next.alone_until);
        self.present += 1;
    }

    /// Takes those out of `due` who can do nothing but search in `month`.
    pub fn set_seekers_apart(&self, month: u16, due: &mut Vec<u16>, seekers: &mut Vec<u16>) {
        seekers.resize(due.len(), 0);
        let (mut others, mut found) = (0, 0);
        for at in 0..due.len() {
            // Written into both lists and kept in one: a branch would be guessed wrong half of the time.
            let person = due[at];
            (due[others], seekers[found]) = (person, person);
            let is_seeker = month < self.alone_until[usize::from(person)];
            others += usize::from(!is_seeker);
            found += usize::from(is_seeker);
        }
        due.truncate(others);
        seekers.truncate(found);
    }

    /// The people due in `month`, in order.
    pub fn due(&self, month: u16, due: &mut Vec<u16>) {
        self::due(&self.wake, month, due);
    }
}

/// Finds who is due: the places of at most 65,536 wake months that are `month`, in order.
pub fn due(wake: &[u16], month: u16, due: &mut Vec<u16>) {
    due.clear();
    let (blocks, rest) = wake.as_chunks::<64>();
    for (start, block) in (0..=u16::MAX).step_by(64).zip(blocks) {
        let mut flags = 0;
        for (shift, wakes) in (0..64).step_by(8).zip(block.as_chunks::<8>().0) {
            flags |= u64::from(u16x8::from(*wakes).simd_eq(u16x8::splat(month)).to_bitmask()) << shift;
        }
        due.extend(ones(flags).map(|at| start + at));
    }
    let start = wake.len() - rest.len();
    let found = (0..).zip(rest).filter(|(_, wake)| **wake == month);
    due.extend(found.filter_map(|(at, _)| u16::try_from(start + at).ok()));
}

/// The places of the bits that are set.
fn ones(mut flags: u64) -> impl Iterator<Item = u16> {
    (0..flags.count_ones()).map(move |_| {
        let at = flags.trailing_zeros();
        flags &= flags - 1;
        u16::try_from(at).unwrap_or(0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Person {
        Person::pupil(Luck::new(1, 1).person(0, 0), 1200, 1390, Region(0))
    }

    #[test]
    fn a_person_lies_within_one_line_of_the_cache() {
        assert_eq!((std::mem::size_of::<Person>(), std::mem::align_of::<Person>()), (32, 32));
    }

    #[test]
    fn traits_read_back() {
        let mut person = person();
        person.set_traits(Sex::Male, Health::Limited, Origin::LowerWorking);
        person.gain(Qualification::Level3, Route::Vocational);
        person.gain(Qualification::Level2, Route::Academic);
        assert_eq!(
            (person.sex(), person.health(), person.origin()),
            (Sex::Male, Health::Limited, Origin::LowerWorking)
        );
        assert_eq!((person.qualification(), person.route()), (Qualification::Level3, Route::Vocational));
    }

    #[test]
    fn months_unemployed_are_booked_by_age() {
        let mut person = person();
        let birthday_20 = person.birth + 240;
        person.seek(birthday_20 + 6);
        person.work(State::WorkingClassJob, birthday_20 + 15);
        assert_eq!(person.months_unemployed, [6, 3]);
    }

    #[test]
    fn a_neet_spell_goes_on_when_somebody_stops_seeking() {
        let mut person = person();
        person.seek(1430);
        person.withdraw(1435);
        assert_eq!(person.months_neet(1440), 10);
        assert_eq!(person.months_in_state(1440), 5);
    }

    #[test]
    fn work_counts_as_experience_when_it_ends() {
        let mut person = person();
        person.work(State::WorkingClassJob, 1430);
        person.work(State::Professional, 1436);
        assert_eq!((person.experience, person.months_worked(1440)), (6, 10));
    }

    #[test]
    fn only_those_due_are_found() {
        let mut chunk = Chunk::new(0);
        for _ in 0..130 {
            chunk.push(person(), Next::end(5));
        }
        chunk.wake[64] = 7;
        chunk.wake[129] = 7;
        let mut due = Vec::new();
        chunk.due(7, &mut due);
        assert_eq!(due, [64, 129]);
    }
}
