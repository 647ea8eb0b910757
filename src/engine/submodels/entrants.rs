//! Entrants: pupils who begin their last year of compulsory schooling, and people who arrive from abroad.
//!
//! What they are is drawn once and for all; no place or market has a say. What pupils choose a year later is in `education`.

use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::conditions::population;
use crate::domain::{AgeBand, EnumTable, FIRST_AGE, Health, Indexed, Programme, Qualification, Region, Route, Sex};
use crate::engine::events::competing_risks;
use crate::engine::rates::entrants::Entrants;
use crate::engine::rates::month_rates::MonthRates;
use crate::engine::state::next_event::NextEvent;
use crate::engine::state::person::{ABROAD, EFFECT_STEPS, Person, luck_of};
use crate::random::{Luck, Purpose, normal, uniform};
use rayon::prelude::*;
use strum::VariantArray;

/// Everybody who enters this month, each with a number among those of their birth cohort, and when they are first due.
pub(crate) fn all(entry: &EntryContext<'_>, scale: f64, first_month: Month) -> Vec<(u32, Person, NextEvent)> {
    let begin = |(ordinal, pupil): (u32, Person)| (ordinal, pupil, NextEvent::end(pupil.end()));
    let mut entrants: Vec<_> =
        if entry.month.is_september() { pupils(entry, scale).into_iter().map(begin).collect() } else { Vec::new() };
    entrants.extend(arrivals(entry, scale, first_month));
    entrants
}

/// The pupils who begin their last compulsory year this month, a September, by region and ordinal; each with that number.
pub(crate) fn pupils(entry: &EntryContext<'_>, scale: f64) -> Vec<(u32, Person)> {
    let conditions = &entry.rates.everybody.conditions;
    let mut pupils = Vec::new();
    for region in 0..conditions.layout().regions() {
        let place = Region(u8::try_from(region).unwrap_or(u8::MAX));
        let expected = conditions.get(population::COHORT_SIZE, Region::at(region)) / scale;
        let number = entry.luck.rounded(expected, u32::from(place.0), entry.month.0, 0);
        let born = |ordinal| (ordinal, pupil(entry, ordinal, place));
        pupils.par_extend((0..number).into_par_iter().with_min_len(FEW_PEOPLE).map(born));
    }
    pupils
}

/// People whom it does not pay to share among threads.
const FEW_PEOPLE: usize = 4_096;

fn pupil(entry: &EntryContext<'_>, ordinal: u32, region: Region) -> Person {
    let EntryContext { luck, rates, month } = *entry;
    let first_birth = month - FIRST_AGE * MONTHS_A_YEAR;
    let own = luck_of(luck, first_birth, region.0, ordinal);
    let mut person = Person::pupil(own, first_birth, month, region);
    let words = person.luck.words(0, Purpose::Traits, 0);
    person.birth += u16::try_from((u64::from(words[3]) * 12) >> 32).unwrap_or(0);
    give_traits(&mut person, &rates.everybody.entrants, words);
    // Target groups are as they will be on the 16th birthday.
    let own = &rates.of(&person, person.birth + FIRST_AGE * MONTHS_A_YEAR).entrants;
    give_attainment(&mut person, own, own.attainment_by_region[region.index()]);
    person
}

/// Gives a person sex, health and an origin as in the region lived in.
fn give_traits(person: &mut Person, entrants: &Entrants, words: [u32; 4]) {
    let sex = if entrants.male_share.includes(uniform(words[0])) { Sex::Male } else { Sex::Female };
    let origin = pick(uniform(words[1]), &entrants.origin_share[person.region.index()]);
    let limited = entrants.health_limitation[origin].includes(uniform(words[2]));
    person.set_traits(sex, if limited { Health::Limited } else { Health::NotLimited }, origin);
}

/// The kind whose share of [0, 1) holds `at`: for what people are born as, which no policy changes.
fn pick<K: Indexed>(at: f64, shares: &EnumTable<K, f64>) -> K {
    let mut left = at;
    for kind in K::VARIANTS {
        left -= shares[*kind];
        if left < 0.0 {
            return *kind;
        }
    }
    K::VARIANTS[K::VARIANTS.len() - 1]
}

fn give_attainment(person: &mut Person, entrants: &Entrants, regional: f64) {
    let words = person.luck.words(0, Purpose::Attainment, 0);
    let typical = entrants.attainment_by_origin[person.origin()];
    let attainment = typical + regional + f64::from(normal(words[0], words[1]));
    person.attainment = clamped(entrants.helped(attainment) * 1000.0, 30_000.0);
    person.effect = i8::try_from(clamped(f64::from(normal(words[2], words[3])) * EFFECT_STEPS, 127.0)).unwrap_or(0);
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to the limit first")]
fn clamped(value: f64, limit: f64) -> i16 {
    libm::round(value.clamp(-limit, limit)) as i16
}

/// What people meet who enter the model this month.
#[derive(Clone, Copy)]
pub(crate) struct EntryContext<'a> {
    pub luck: &'a Luck,
    pub rates: &'a MonthRates,
    pub month: Month,
}

/// People who arrive from abroad this month, each with a number among those of their birth cohort, and when they are
/// first due.
fn arrivals(entry: &EntryContext<'_>, scale: f64, first_month: Month) -> Vec<(u32, Person, NextEvent)> {
    let conditions = &entry.rates.everybody.conditions;
    let mut expected = Vec::new();
    for region in 0..conditions.layout().regions() {
        for band in AgeBand::VARIANTS {
            let ages = band.first_age()..band.end_age();
            let months = f64::from(band.end_age() - band.first_age()) * f64::from(MONTHS_A_YEAR);
            let mean = conditions.get(population::ARRIVALS, (Region::at(region), *band)) / scale / months;
            for age in ages {
                let part = u8::try_from(age).unwrap_or(u8::MAX);
                let place = u32::try_from(region).unwrap_or(u32::MAX);
                for number in 0..entry.luck.rounded(mean, place, entry.month.0, part) {
                    let ordinal = u32::from(entry.month - first_month) << 22 | place << 14 | number & 0x3FFF;
                    expected.push((ordinal, region, *band, age));
                }
            }
        }
    }
    let arrive = |(ordinal, region, band, age)| {
        let person = arrival(entry, ordinal, region, band, age);
        (ordinal, person, competing_risks::next_event(&person, entry.rates, entry.month))
    };
    expected.into_par_iter().with_min_len(FEW_PEOPLE).map(arrive).collect()
}

fn arrival(entry: &EntryContext<'_>, ordinal: u32, region: usize, band: AgeBand, age: u16) -> Person {
    let (entrants, luck, month) = (&entry.rates.everybody.entrants, entry.luck, entry.month);
    let place = Region(u8::try_from(region).unwrap_or(u8::MAX));
    let birth = month - age * MONTHS_A_YEAR - 6;
    let mut person = Person::pupil(luck_of(luck, birth, ABROAD, ordinal), birth, month, place);
    person.upbringing = ABROAD;
    let words = person.luck.words(0, Purpose::Traits, 0);
    give_traits(&mut person, entrants, words);
    give_attainment(&mut person, entrants, 0.0);
    let words = person.luck.words(0, Purpose::Arrival, 0);
    let qualification = pick(uniform(words[0]), &entrants.arrival_qualification);
    if entrants.arrival_students[band].includes(uniform(words[1])) {
        person.gain(Qualification::Level3, Route::Academic);
        let months = entry.rates.everybody.course_months[Programme::HigherDegree];
        person.study(Programme::HigherDegree, month + months, month);
    } else {
        person.gain(qualification, Route::Academic);
        person.seek(month);
    }
    person
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::{Group, education};
    use crate::domain::Origin;
    use crate::engine::tests::{change_for, fill, uk};
    use std::sync::Arc;

    #[test]
    fn earlier_help_brings_pupils_below_the_line_up_to_it_and_nobody_past_it() {
        let mut conditions = uk();
        fill(&mut conditions, education::ATTAINMENT_HELP, 0.3);
        fill(&mut conditions, education::ATTAINMENT_HELP_BELOW, -0.4);
        let entrants = MonthRates::new(&Arc::new(conditions)).everybody.entrants;
        for (before, after) in [(-1.0, -0.7), (-0.5, -0.4), (-0.4, -0.4), (0.8, 0.8)] {
            assert!((entrants.helped(before) - after).abs() < 1e-12);
        }
    }

    #[test]
    fn help_for_pupils_of_one_origin_in_one_region_leaves_all_others_as_they_were() {
        let mut policy = uk();
        fill(&mut policy, education::ATTAINMENT_HELP, 1e-9);
        let helped = Group { origins: vec![Origin::LowerWorking], residence: vec![Region(3)], ..Group::everybody() };
        change_for(&mut policy, &helped, education::ATTAINMENT_HELP, 1e9);
        let pupils_of = |conditions| {
            let rates = MonthRates::new(&Arc::new(conditions));
            pupils(&EntryContext { luck: &Luck::new(1, 1), rates: &rates, month: Month(1_508) }, 1_000.0)
        };
        let (before, after) = (pupils_of(uk()), pupils_of(policy));
        assert_eq!(before.len(), after.len());
        let mut gained = 0;
        for ((_, before), (_, after)) in before.iter().zip(&after) {
            let is_helped = before.origin() == Origin::LowerWorking && before.region == Region(3);
            assert!(after.attainment == before.attainment || is_helped);
            gained += usize::from(after.attainment > before.attainment);
        }
        assert!(gained > 3);
    }
}
