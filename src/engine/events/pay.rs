//! Hourly pay, worked out when somebody looks: nothing about pay is stored but what caused it.
//!
//! `ln w = class + qualification + region + experience + network - scar + parents + deviation`, not below the
//! minimum wage for the age; apprentices are paid by level, region, parents and deviation alone, and guaranteed jobs pay the minimum. The deviation is a first-order autoregression over calendar years whose
//! innovations are keyed by person and year, so that reading it changes nothing.

use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::domain::{AgeBand, JobClass, State};
use crate::engine::rates::pay::{MEMORY_YEARS, Pay};
use crate::engine::state::person::Person;
use crate::random::{Purpose, normal, normal_rows};

/// Log of hourly pay in base-year pounds; `None` for people without a job.
pub(crate) fn log_pay(person: &Person, pay: &Pay, productivity_gain: &[f64], month: Month) -> Option<f64> {
    log_pay_with(person, pay, productivity_gain, month, || parents_deviation(person, pay))
}

/// The same, if what [`parents_deviation`] gives is at hand.
fn log_pay_with(
    person: &Person,
    pay: &Pay,
    productivity_gain: &[f64],
    month: Month,
    parents: impl Fn() -> f64,
) -> Option<f64> {
    let shared = || {
        let regional = pay.region[person.region.index()] + pay.pass_through * productivity_gain[person.region.index()];
        regional + pay.parents.elasticity * parents() + pay.spread * deviation(person, pay, month)
    };
    if person.state == State::Apprenticeship {
        // The minimum wage for the age does not bind in an apprenticeship.
        return Some(pay.apprentice[person.level()] + shared());
    }
    let class = person.state.job_class()?;
    let minimum = pay.minimum[AgeBand::of(person.age(month))];
    if person.is_guaranteed() {
        return Some(minimum);
    }
    let network = if class == JobClass::Professional { pay.network[person.origin()] } else { 0.0 };
    let own = pay.class[class]
        + pay.qualification[person.qualification()]
        + experience(pay, f64::from(person.months_worked(month)) / 12.0)
        + network
        - scar(person, pay);
    Some((own + shared()).max(minimum))
}

/// Logs of hourly pay in base-year pounds: of a person, if they have a job, and that which their parents had at the
/// person's present age. `None` for people who grew up abroad. That of parents is keyed by person alone: it is the same
/// whenever and in whatever world one looks.
pub(crate) fn log_pay_beside_parents(
    person: &Person,
    pay: &Pay,
    productivity_gain: &[f64],
    month: Month,
) -> Option<(Option<f64>, f64)> {
    let region = person.upbringing_region()?;
    let at_age = pay.parents.by_age[AgeBand::of(person.age(month))];
    let usual = pay.parents.typical[person.origin()] + pay.region[region.index()] + at_age;
    let deviation = parents_deviation(person, pay);
    Some((log_pay_with(person, pay, productivity_gain, month, || deviation), usual + deviation))
}

/// Log points by which a person's parents were paid above what is usual for their class, region and age.
fn parents_deviation(person: &Person, pay: &Pay) -> f64 {
    let words = person.luck.words(0, Purpose::Parents, 0);
    pay.parents.spread * f64::from(normal(words[0], words[1]))
}

/// The experience profile: rising until its top, level after it.
fn experience(pay: &Pay, years: f64) -> f64 {
    let top =
        if pay.experience_squared < 0.0 { -pay.experience / (2.0 * pay.experience_squared) } else { f64::INFINITY };
    let years = years.min(top);
    pay.experience * years + pay.experience_squared * years * years
}

fn scar(person: &Person, pay: &Pay) -> f64 {
    let [early, late] = person.months_unemployed.map(f64::from);
    pay.scar[0] * early + pay.scar[1] * late
}

/// Personal deviation in standard deviations: variance one in every year.
fn deviation(person: &Person, pay: &Pay, month: Month) -> f64 {
    let year = usize::from(month.0 / MONTHS_A_YEAR);
    let first_block = (year + 1 - MEMORY_YEARS) / BLOCK_YEARS;
    let innovations = innovations(person, first_block);
    let mut sum = 0.0;
    for (back, weight) in pay.memory.weights.iter().enumerate() {
        let place = year - back - first_block * BLOCK_YEARS;
        sum += weight * f64::from(innovations[place % 2][place / 2]);
    }
    sum / pay.memory.spread
}

/// Years whose innovations have words of one key.
const BLOCK_YEARS: usize = 4;
/// Blocks that the years of memory may lie in.
const BLOCKS: usize = 3;
/// Pairs of years in so many blocks, and some to fill up what processors work out at once.
const PAIRS: usize = 8;

/// Innovations of all years from the first of a block on: the earlier of each pair of years, and the later.
fn innovations(person: &Person, first_block: usize) -> [[f32; PAIRS]; 2] {
    let (mut first, mut second) = ([0; PAIRS], [0; PAIRS]);
    for block in 0..BLOCKS {
        let key = u16::try_from(first_block + block).unwrap_or(0);
        let words = person.luck.words(key, Purpose::Pay, 0);
        [first[2 * block], second[2 * block], first[2 * block + 1], second[2 * block + 1]] = words;
    }
    normal_rows(&first, &second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EnumTable, Region};
    use crate::engine::rates::pay::{ParentsPay, PayMemory};
    use crate::engine::state::person::ABROAD;
    use crate::random::Luck;

    fn flat() -> Pay {
        Pay {
            class: EnumTable::new([2.0, 2.2, 2.5]),
            qualification: EnumTable::filled(0.0),
            region: vec![0.0],
            experience: 0.06,
            experience_squared: -0.002,
            network: EnumTable::new([0.1, 0.0, 0.0, 0.0, 0.0]),
            scar: [0.01, 0.005],
            memory: PayMemory::new(0.5),
            spread: 0.0,
            minimum: EnumTable::filled(-10.0),
            apprentice: EnumTable::filled(1.9),
            pass_through: 0.5,
            parents: ParentsPay {
                typical: EnumTable::new([3.2, 3.0, 2.8, 2.6, 2.4]),
                spread: 0.0,
                elasticity: 0.0,
                by_age: EnumTable::filled(-0.5),
            },
        }
    }

    fn worker(state: State) -> Person {
        let mut person = Person::pupil(Luck::new(1, 0).person(0, 1), Month(1200), Month(1390), Region(0));
        person.work(state, Month(1440));
        person
    }

    fn parents_log_pay(person: &Person, pay: &Pay) -> Option<f64> {
        log_pay_beside_parents(person, pay, &[0.0], Month(1440)).map(|(_, parents)| parents)
    }

    fn pay_of(person: &Person, pay: &Pay) -> f64 {
        log_pay(person, pay, &[0.0], Month(1440)).unwrap()
    }

    #[test]
    fn networks_pay_in_professional_jobs_only() {
        assert!((pay_of(&worker(State::Professional), &flat()) - 2.6).abs() < 1e-12);
        assert!((pay_of(&worker(State::WorkingClassJob), &flat()) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn months_unemployed_when_young_leave_a_scar() {
        let mut person = worker(State::WorkingClassJob);
        person.months_unemployed = [10, 4];
        assert!((pay_of(&person, &flat()) - (2.0 - 0.1 - 0.02)).abs() < 1e-12);
    }

    #[test]
    fn pay_is_not_below_the_minimum_wage() {
        let mut pay = flat();
        pay.minimum = EnumTable::filled(3.0);
        assert!((pay_of(&worker(State::WorkingClassJob), &pay) - 3.0).abs() < 1e-12);
    }

    #[test]
    fn experience_raises_pay_until_its_top() {
        assert!((experience(&flat(), 5.0) - 0.25).abs() < 1e-12);
        assert!((experience(&flat(), 40.0) - experience(&flat(), 15.0)).abs() < 1e-12);
    }

    #[test]
    fn the_deviation_has_unit_variance_and_the_stated_persistence() {
        let (mut squares, mut products) = (0.0, 0.0);
        let count = 20_000u32;
        for ordinal in 0..count {
            let person = Person::pupil(Luck::new(5, 0).person(0, ordinal), Month(1200), Month(1390), Region(0));
            let now = deviation(&person, &flat(), Month(1440));
            let later = deviation(&person, &flat(), Month(1452));
            squares += now * now;
            products += now * later;
        }
        let n = f64::from(count);
        assert!(((squares - n) / (2.0 * n).sqrt()).abs() < 4.5);
        assert!(((products - 0.5 * n) / (1.25 * n).sqrt()).abs() < 4.5);
    }

    #[test]
    fn what_parents_were_paid_beyond_the_usual_adds_its_share_to_the_pay_of_their_child() {
        let mut pay = flat();
        pay.parents.spread = 0.4;
        let (person, before) = (worker(State::WorkingClassJob), pay_of(&worker(State::WorkingClassJob), &pay));
        let usual = 3.2 - 0.5;
        pay.parents.elasticity = 0.25;
        let beyond = parents_log_pay(&person, &pay).unwrap() - usual;
        assert!(beyond.abs() > 1e-3);
        assert!((pay_of(&person, &pay) - before - 0.25 * beyond).abs() < 1e-12);
    }

    #[test]
    fn parents_were_paid_by_class_region_and_age() {
        let mut pay = flat();
        pay.region = vec![0.1];
        let mut person = worker(State::WorkingClassJob);
        assert!((parents_log_pay(&person, &pay).unwrap() - (3.2 + 0.1 - 0.5)).abs() < 1e-12);
        person.upbringing = ABROAD;
        assert_eq!(parents_log_pay(&person, &pay), None);
    }

    #[test]
    fn people_without_a_job_have_no_pay() {
        let mut person = worker(State::WorkingClassJob);
        person.seek(Month(1441));
        assert_eq!(log_pay(&person, &flat(), &[0.0], Month(1442)), None);
    }
}
