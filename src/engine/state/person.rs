//! One person in 32 bytes: who they are. What they do at present is in `occupation`.

use super::next_event::Occurrence;
use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::domain::{Health, Origin, Qualification, Region, Route, Sex, State};
use crate::engine::tally::Cells;
use crate::random::{Luck, PersonLuck};
use strum::VariantArray;

/// Region index that stands for abroad.
pub(crate) const ABROAD: u8 = u8::MAX;
/// Programme code of the last year of compulsory schooling.
pub(super) const COMPULSORY: u8 = 5;
/// Where the detail of the present state begins among the bits of what was learned.
pub(super) const DETAIL: u8 = 5;
/// Steps of the personal effect per standard deviation.
pub(crate) const EFFECT_STEPS: f64 = 32.0;

/// One person. Age and months in a state are never stored: they follow from months of birth and entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(32))]
pub(crate) struct Person {
    /// The source of this person's draws; it is also who they are.
    pub luck: PersonLuck,
    /// Month of birth.
    pub birth: Month,
    /// Month in which the present state began.
    pub since: Month,
    /// Of people who are NEET the month in which that spell began, of others that in which their course or
    /// apprenticeship ends.
    pub(super) landmark: Month,
    /// Month in which support began; [`Month::FIRST`] if it never did.
    pub support_start: Month,
    /// Months in work before the present state.
    pub experience: u16,
    /// Month up to which the present status has been counted.
    pub counted: Month,
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
    pub(super) learned: u8,
    /// Months unemployed at ages 18-20 and 21-23.
    pub months_unemployed: [u8; 2],
    /// What happens when this person is next due.
    pub occurrence: Occurrence,
}

/// Sex, health and origin, as their places in the lists of each, from the number that holds them.
#[inline]
pub(crate) fn kinds_of(traits: usize) -> [usize; 3] {
    [traits & 1, traits >> 1 & 1, traits >> 2 & 7]
}

/// The draws of a person born in `birth` who grew up in `upbringing`: cohort and region name the group.
pub(crate) fn luck_of(luck: &Luck, birth: Month, upbringing: u8, number: u32) -> PersonLuck {
    luck.person(u32::from(cohort_of(birth)) << 16 | u32::from(upbringing), number)
}

/// The birth cohort of people born in `birth`: those who turn sixteen in one academic year.
pub(crate) fn cohort_of(birth: Month) -> u16 {
    (birth.0 + 4) / MONTHS_A_YEAR
}

impl Person {
    /// Somebody who begins the last year of compulsory schooling.
    pub fn pupil(luck: PersonLuck, birth: Month, month: Month, region: Region) -> Self {
        Self {
            luck,
            birth,
            since: month,
            landmark: month + MONTHS_A_YEAR,
            support_start: Month::FIRST,
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
            occurrence: Occurrence::default(),
        }
    }

    /// Age in completed years.
    pub fn age(&self, month: Month) -> u16 {
        (month - self.birth) / MONTHS_A_YEAR
    }

    /// What the present state is about.
    pub(super) fn detail(&self) -> u8 {
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
}

impl Cells {
    /// The cells of a person.
    pub(crate) fn of(self, person: &Person) -> [usize; 3] {
        self.of_person(person.region, person.upbringing_region(), person.reported_origin(), person.sex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Person {
        Person::pupil(Luck::new(1, 1).person(0, 0), Month(1200), Month(1390), Region(0))
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
}
