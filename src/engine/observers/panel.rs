//! Following people: at the end of each month everybody of the panel is looked at, and nobody else.

use super::view::MonthView;
use crate::calendar::Month;
use crate::domain::{Region, State};
use crate::engine::events::pay::log_pay;
use crate::engine::rates::month_rates::MonthRates;
use crate::engine::state::person::{ABROAD, Person, cohort_of};
use crate::engine::tally::{Detail, Follow, Glimpse, PanelMonth, PanelPerson, PanelSpell, PanelTally, PersonId};
use crate::random::Luck;
use std::sync::Arc;

/// Those who are followed, where they are, and what was seen of them.
#[derive(Clone, Debug)]
pub(crate) struct Panel {
    follow: Follow,
    followed: Vec<FollowedPerson>,
    tally: PanelTally,
    /// Rates and productivity gains of the month before, by which the last month of a spell was paid.
    before: Option<(Arc<MonthRates>, Vec<f64>)>,
}

#[derive(Clone, Debug)]
struct FollowedPerson {
    id: PersonId,
    chunk: usize,
    at: usize,
    /// Their present spell, and how they were when last seen.
    open: Option<(PanelSpell, Person)>,
    spells: u16,
}

impl Panel {
    /// A panel of nobody yet; `None` when nobody is to be followed.
    pub fn of(follow: Follow) -> Option<Box<Self>> {
        let panel = Self { follow, followed: Vec::new(), tally: PanelTally::default(), before: None };
        (follow != Follow::Nobody).then_some(Box::new(panel))
    }

    /// Meets somebody who enters the model at a place in a chunk.
    pub fn meet(&mut self, luck: &Luck, person: &Person, ordinal: u32, chunk: usize, at: usize) {
        let upbringing = (person.upbringing != ABROAD).then_some(Region(person.upbringing));
        let id = PersonId { cohort: cohort_of(person.birth), upbringing, ordinal };
        let is_wanted = match self.follow {
            Follow::Nobody => false,
            Follow::Share(share) => luck.is_in_panel(group_of(person), ordinal, share),
            Follow::One(wanted) => wanted == id,
        };
        if is_wanted {
            self.followed.push(FollowedPerson { id, chunk, at, open: None, spells: 0 });
        }
    }

    /// Learns where chunks are after some were dropped: the new place of each old one.
    pub fn move_chunks(&mut self, places: &[Option<usize>]) {
        self.followed.retain_mut(|followed| {
            let place = places.get(followed.chunk).copied().flatten();
            followed.chunk = place.unwrap_or(usize::MAX);
            place.is_some()
        });
    }

    /// Looks at everybody of the panel at the end of a month; spells are kept from `start` on.
    pub fn look(&mut self, view: &MonthView<'_>, start: Month) {
        match self.follow {
            Follow::Nobody => {}
            Follow::One(_) => self.note_month(view),
            Follow::Share(_) => {
                if view.month >= start {
                    self.note_spells(view, start);
                }
            }
        }
    }

    fn note_month(&mut self, view: &MonthView<'_>) {
        for followed in &self.followed {
            let person = &view.chunks[followed.chunk].people[followed.at];
            if person.state != State::Gone || person.since == view.month {
                self.tally.months.push(PanelMonth {
                    subject: subject(followed.id, person),
                    month: view.month,
                    glimpse: glimpse(person, view.rates, view.gain, view.month),
                    months_neet: person.months_neet(view.month),
                    is_support_start: person.support_start == view.month,
                });
            }
        }
    }

    fn note_spells(&mut self, view: &MonthView<'_>, start: Month) {
        let before = self.before.take();
        for followed in &mut self.followed {
            let person = &view.chunks[followed.chunk].people[followed.at];
            if let Some((spell, last)) = &mut followed.open {
                if goes_on(last, person) {
                    *last = *person;
                    continue;
                }
                let (rates, gain) = before.as_ref().map_or((view.rates, view.gain), |(rates, gain)| (rates, gain));
                spell.last = glimpse(last, rates, gain, view.month - 1);
                spell.end = Some(view.month);
                self.tally.spells.push(*spell);
                followed.open = None;
            }
            if person.state != State::Gone {
                followed.spells += 1;
                let first = glimpse(person, view.rates, view.gain, view.month);
                // What is under way when counting starts has begun with its state; later all changes are seen.
                let began = if view.month == start { person.since } else { view.month };
                let spell = PanelSpell {
                    subject: subject(followed.id, person),
                    number: followed.spells,
                    start: began,
                    end: None,
                    first,
                    last: first,
                };
                followed.open = Some((spell, *person));
            }
        }
        self.before = Some((Arc::clone(view.rates), view.gain.to_vec()));
    }

    /// Everything seen, with the spells that go on after `month`, the last one simulated.
    pub fn into_tally(mut self, month: Month) -> PanelTally {
        if let Some((rates, gain)) = &self.before {
            for (mut spell, last) in self.followed.into_iter().filter_map(|followed| followed.open) {
                spell.last = glimpse(&last, rates, gain, month);
                self.tally.spells.push(spell);
            }
        }
        self.tally.spells.sort_by_key(|spell| (spell.subject.id, spell.number));
        self.tally
    }
}

/// Cohort and region of upbringing in one number, as they name a person's draws.
fn group_of(person: &Person) -> u32 {
    u32::from(cohort_of(person.birth)) << 16 | u32::from(person.upbringing)
}

/// Whether a spell goes on: the same state since the same month, of the same kind, in the same place.
fn goes_on(before: &Person, now: &Person) -> bool {
    (before.state, before.since, before.region, detail(before)) == (now.state, now.since, now.region, detail(now))
}

fn subject(id: PersonId, person: &Person) -> PanelPerson {
    PanelPerson { id, birth: person.birth, sex: person.sex(), origin: person.reported_origin() }
}

fn glimpse(person: &Person, rates: &MonthRates, gain: &[f64], month: Month) -> Glimpse {
    Glimpse {
        state: person.state,
        detail: detail(person),
        region: person.region,
        qualification: person.qualification(),
        route: person.route(),
        pay_gbp_per_hour: log_pay(person, &rates.of(person, month).pay, gain, month).map(libm::exp),
    }
}

fn detail(person: &Person) -> Detail {
    match person.state {
        State::SixthForm if person.is_pupil() => Detail::Compulsory,
        State::SixthForm | State::FurtherEducation | State::HigherEducation => Detail::Programme(person.programme()),
        State::Apprenticeship => Detail::Level(person.level()),
        State::WorkingClassJob if person.is_guaranteed() => Detail::Guaranteed,
        State::Inactive => Detail::Reason(person.reason()),
        State::WorkingClassJob | State::Intermediate | State::Professional | State::Unemployed | State::Gone => {
            Detail::None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::{Conditions, jobs};
    use crate::engine::month::Simulation;
    use crate::engine::plan::Plan;
    use crate::engine::tests::{fill, plan, uk};
    use std::collections::{BTreeMap, BTreeSet};

    const EVERYBODY: Follow = Follow::Share(u32::MAX);

    fn lived(plan: Plan, follow: Follow, conditions: &Conditions) -> Simulation {
        let conditions = Arc::new(conditions.clone());
        let mut simulation = Simulation::new(plan).following(follow);
        while simulation.month() < plan.start.plus(plan.months) {
            simulation.step(&conditions);
        }
        simulation
    }

    #[test]
    fn following_people_changes_nobody() {
        let plan = plan(4_000, 24, 12);
        let alone = lived(plan, Follow::Nobody, &uk()).into_tallies();
        for follow in [EVERYBODY, Follow::Share(u32::MAX / 10)] {
            let mut watched = lived(plan, follow, &uk());
            assert!(!watched.take_panel().spells.is_empty());
            assert!(alone == watched.into_tallies());
        }
    }

    #[test]
    fn everybody_does_one_thing_in_each_month_in_which_they_are_there() {
        let plan = plan(4_000, 24, 12);
        let mut simulation = lived(plan, EVERYBODY, &uk());
        let present = simulation.people();
        let spells = simulation.take_panel().spells;
        let mut lives: BTreeMap<PersonId, Vec<PanelSpell>> = BTreeMap::new();
        spells.iter().for_each(|spell| lives.entry(spell.subject.id).or_default().push(*spell));
        assert_eq!(lives.values().filter(|spells| spells.iter().any(|spell| spell.end.is_none())).count(), present);
        for spells in lives.values() {
            assert!(spells.windows(2).all(|pair| pair[0].end == Some(pair[1].start)), "{spells:?}");
            assert!(spells.iter().zip(1..).all(|(spell, number)| spell.number == number));
            assert!(spells.iter().all(|spell| spell.end.is_none_or(|end| end > spell.start && end > plan.start)));
            let is_paid = |spell: &PanelSpell| {
                let state = spell.first.state;
                state.job_class().is_some() || state == State::Apprenticeship
            };
            assert!(spells.iter().all(|spell| spell.first.pay_gbp_per_hour.is_some() == is_paid(spell)));
        }
    }

    #[test]
    fn the_panel_is_of_the_same_people_in_every_replicate_and_world_and_of_the_share_asked_for() {
        let people = |follow: Follow, replicate: u32, conditions: &Conditions| {
            let plan = Plan { replicate, ..plan(2_000, 12, 12) };
            let spells = lived(plan, follow, conditions).take_panel().spells;
            spells.into_iter().map(|spell| spell.subject.id).collect::<BTreeSet<PersonId>>()
        };
        let tenth = Follow::Share(u32::MAX / 10);
        let mut other = uk();
        fill(&mut other, jobs::SEPARATION, 0.03);
        let all = people(EVERYBODY, 1, &uk());
        let chosen = people(tenth, 1, &uk());
        // Who is there at all is a matter of luck and of who left: of those that are, the same are chosen.
        for (replicate, conditions) in [(2, &uk()), (1, &other)] {
            let (all_there, chosen_there) =
                (people(EVERYBODY, replicate, conditions), people(tenth, replicate, conditions));
            let both: BTreeSet<&PersonId> = all.intersection(&all_there).collect();
            assert!(both.len() * 2 > all.len(), "most are there in any case");
            assert!(both.into_iter().all(|id| chosen.contains(id) == chosen_there.contains(id)));
        }
        let (found, expected) = (chosen.len(), all.len() / 10);
        // four standard errors of a binomial share
        assert!(found.abs_diff(expected).pow(2) < 16 * expected, "found {found}, expected about {expected}");
    }

    #[test]
    fn one_life_is_seen_from_school_on_and_agrees_with_its_spells() {
        let plan = plan(4_000, 24, 12);
        let spells = lived(plan, EVERYBODY, &uk()).take_panel().spells;
        let id = spells.iter().find(|spell| spell.number == 4).unwrap().subject.id;
        let own: Vec<&PanelSpell> = spells.iter().filter(|spell| spell.subject.id == id).collect();
        let months = lived(plan, Follow::One(id), &uk()).take_panel().months;
        assert!(months.windows(2).all(|pair| pair[0].month.plus(1) == pair[1].month));
        for month in months.iter().filter(|month| month.month >= plan.start && month.glimpse.state != State::Gone) {
            let holds =
                |spell: &&&PanelSpell| spell.start <= month.month && spell.end.is_none_or(|end| month.month < end);
            let spell = own.iter().find(holds).unwrap();
            assert_eq!((spell.first.state, spell.first.region), (month.glimpse.state, month.glimpse.region));
            if spell.start == month.month {
                assert_eq!(spell.first, month.glimpse);
            }
        }
        let unknown = PersonId { ordinal: u32::MAX, ..id };
        assert_eq!(lived(plan, Follow::One(unknown), &uk()).take_panel(), PanelTally::default());
    }
}
