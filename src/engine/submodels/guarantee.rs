//! Guaranteed jobs and training: offers to people who have been NEET for some months.
//!
//! A guaranteed job is outside ordinary posts, as an apprenticeship is: it opens for the person and
//! closes behind them. Whoever leaves one early leaves its place unused until it ends.

use crate::conditions::{OfferKind, support};
use crate::domain::{JobClass, Programme, Qualification, Region};
use crate::engine::exchange::allocation::Allocation;
use crate::engine::exchange::context::MonthContext;
use crate::engine::exchange::requests::{Claimant, Requests};
use crate::engine::rates::groups::Members;
use crate::engine::state::person::Person;
use crate::engine::state::stocks::RegionalStocks;
use crate::engine::submodels::job_search;
use crate::random::{Purpose, uniform};
use crate::units::Probability;

/// An offer of guaranteed places.
pub(crate) struct Guaranteed<'a> {
    offer: &'a crate::conditions::Offer,
    members: Members,
    unit_cost_gbp: f64,
    /// Where it stands among the offers of the month.
    at: usize,
}

/// The month's offers of guaranteed places in a region, jobs before training.
pub(crate) fn open<'a>(context: &MonthContext<'a>, region: Region) -> Vec<Guaranteed<'a>> {
    let offers = context.tables.conditions.offers.iter().enumerate().filter(|(_, offer)| offer.region == region);
    let world_cost = |kind: OfferKind| match kind {
        OfferKind::GuaranteedJobs => Some(context.tables.get(support::GUARANTEED_JOB_UNIT_COST, ())),
        OfferKind::GuaranteedTraining => Some(context.tables.get(support::GUARANTEED_TRAINING_UNIT_COST, ())),
        OfferKind::Apprenticeships(_) | OfferKind::Support => None,
    };
    let open = |(at, offer): (usize, &'a crate::conditions::Offer)| {
        let unit_cost_gbp = world_cost(offer.kind).map(|cost| offer.unit_cost_gbp.unwrap_or(cost))?;
        Some(Guaranteed { offer, members: Members::new(&offer.group), unit_cost_gbp, at })
    };
    let mut open: Vec<Guaranteed<'a>> = offers.filter_map(open).collect();
    open.sort_by_key(|guaranteed| guaranteed.offer.kind);
    open
}

/// What somebody who was reached is given, if a place for them is left: a job before a course.
pub(crate) fn give(
    context: &MonthContext<'_>,
    open: &[Guaranteed<'_>],
    person: &Person,
    stocks: &mut RegionalStocks,
) -> Option<Allocation> {
    let course = course(person.qualification());
    let fits = |guaranteed: &&Guaranteed<'_>| {
        let is_open = stocks.targeted.is_left(guaranteed.at) && guaranteed.members.hold(person, context.month);
        is_open && (guaranteed.offer.kind == OfferKind::GuaranteedJobs || course.is_some())
    };
    let guaranteed = open.iter().find(fits)?;
    stocks.targeted.take(guaranteed.at);
    stocks.spent_gbp[person.region.index()] += guaranteed.unit_cost_gbp;
    if guaranteed.offer.kind == OfferKind::GuaranteedJobs {
        stocks.guarantee(person.region, context.tables.guaranteed_job_months);
        return Some(Allocation::GuaranteedJob);
    }
    course.map(Allocation::Course)
}

/// The course that is offered to people below level 3.
fn course(qualification: Qualification) -> Option<Programme> {
    match qualification {
        Qualification::BelowLevel2 => Some(Programme::FurtherLevel2),
        Qualification::Level2 => Some(Programme::FurtherLevel3),
        Qualification::Level3 | Qualification::Level4To5 | Qualification::Level6Plus => None,
    }
}

/// Begins a guaranteed job.
pub(crate) fn begin(context: &MonthContext<'_>, person: &mut Person) {
    person.work_guaranteed(context.month + context.tables.guaranteed_job_months, context.month);
}

/// The end of a guaranteed job: the employer keeps some in an ordinary post if one is free, and the others
/// look for a job.
pub(crate) fn finish(context: &MonthContext<'_>, at: u16, person: &mut Person, requests: &mut Requests) {
    let words = person.luck.words(context.month.0, Purpose::AfterGuarantee, 0);
    if Probability(context.tables.get(support::GUARANTEED_JOB_KEPT_ON, ())).includes(uniform(words[0])) {
        person.seek(context.month);
        return requests.claim(at, person.region, JobClass::Working, Claimant::KeptOn, words[1]);
    }
    job_search::leave_learning(context, at, person, requests);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::conditions::{Condition, Conditions, Group};
    use crate::engine::tally::{Status, Tallies};
    use crate::engine::tests::{change_for, months_in, offer, other_gbp, plan, run_on, uk, warmed};
    use std::sync::Arc;

    const SCALE: u32 = 1_000;
    const MONTHS: u16 = 24;

    fn long_neet() -> Group {
        Group { ages: (16, 24), least_months_neet: 6, ..Group::everybody() }
    }

    /// The UK with so many guaranteed places of a kind a year in each region, and everybody they are for soon reached.
    fn with(kind: OfferKind, places: f64) -> Arc<Conditions> {
        let mut conditions = uk();
        offer(&mut conditions, &long_neet(), kind, places);
        change_for(&mut conditions, &long_neet(), support::CONTACT.any(), 5.0);
        Arc::new(conditions)
    }

    fn runs(kind: OfferKind, places: &[f64]) -> Vec<Tallies> {
        let plan = plan(SCALE, MONTHS, 12);
        let trunk = warmed(plan, &Arc::new(uk()));
        places.iter().map(|places| run_on(trunk.clone(), &with(kind, *places), MONTHS)).collect()
    }

    fn starts(tallies: &Tallies, unit_cost: Condition<()>) -> f64 {
        other_gbp(tallies) / f64::from(SCALE) / uk().get(unit_cost, ())
    }

    #[test]
    fn jobs_keep_to_their_places_and_take_people_out_of_neet() {
        let [none, some, more] = &runs(OfferKind::GuaranteedJobs, &[0.0, 4_000.0, 12_000.0])[..] else { panic!() };
        let starts = [none, some, more].map(|tallies| starts(tallies, support::GUARANTEED_JOB_UNIT_COST));
        assert!(starts[0].abs() < 1e-9 && starts.is_sorted_by(|fewer, more| fewer < more), "{starts:?}");
        for (starts, places) in starts[1..].iter().zip([4_000.0, 12_000.0]) {
            assert!((starts - starts.round()).abs() < 1e-6, "whole agents");
            // Each of 12 regions starts with a fraction of an agent's place, and carries the others over.
            let offered = places * 12.0 * 2.0 / f64::from(SCALE);
            assert!(*starts <= offered + 12.0, "{starts} of {offered}");
        }
        let neet = [Status::UnemployedShort, Status::UnemployedLong, Status::InactiveShort, Status::InactiveLong];
        assert!(months_in(more, &neet) < months_in(none, &neet));
        assert!(months_in(more, &[Status::Working]) > months_in(none, &[Status::Working]));
    }

    #[test]
    fn training_is_for_people_below_level_3_and_leads_to_courses() {
        let [none, more] = &runs(OfferKind::GuaranteedTraining, &[0.0, 12_000.0])[..] else { panic!() };
        assert!(starts(more, support::GUARANTEED_TRAINING_UNIT_COST) > 10.0);
        let learning = |tallies| months_in(tallies, &[Status::FurtherEducation]);
        assert!(learning(more) > learning(none));
        assert_eq!(course(Qualification::Level3), None);
    }

    #[test]
    fn a_guaranteed_job_holds_no_ordinary_post_and_pays_the_minimum() {
        let luck = crate::random::Luck::new(1, 1).person(0, 1);
        let mut person = Person::pupil(luck, Month(1_200), Month(1_390), Region(0));
        person.work_guaranteed(Month(1_446), Month(1_440));
        assert_eq!((person.post_class(), person.state.job_class()), (None, Some(JobClass::Working)));
        let mut flow = crate::engine::state::flow::Flow::new(1);
        flow.add(&person);
        assert_eq!(flow.held, [0, 0, 0]);
        let before = person;
        person.work(crate::domain::State::WorkingClassJob, Month(1_443));
        flow.replace(&before, &mut person, Month(1_443), Month(1_500));
        assert_eq!(flow.held, [1, 0, 0], "an ordinary post taken from a guaranteed job is one more held");
        assert_eq!(person.months_worked(Month(1_444)), 4);
    }
}
