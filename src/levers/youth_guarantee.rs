//! `youth_guarantee`: training or a subsidised job for everybody who has been NEET for some months.

use super::common::Common;
use super::effect::Effect;
use super::work::Work;
use super::{Entry, Key, Lever, Policy};
use crate::calendar::Month;
use crate::conditions::{Condition, Group, OfferKind, Operation};
use crate::domain::Agency;
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;

/// Ages that it is for unless the target says otherwise (years).
const AGES: (u16, u16) = (16, 24);

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "youth_guarantee",
    purpose: "offers training or a subsidised job to young people who have been NEET for some months",
    keys: &[
        Key {
            name: "after_months",
            unit: "months",
            meaning: "months NEET after which it is offered (needed); ages 16 to 24 unless the target has its own",
        },
        Key {
            name: "jobs_per_year",
            unit: "starts a year",
            meaning: "subsidised jobs over all the regions, split by young people; none without it",
        },
        Key {
            name: "training_places_per_year",
            unit: "starts a year",
            meaning: "courses at level 2 or 3 for those below level 3, split likewise; none without it",
        },
        Key {
            name: "offer_within_months",
            unit: "months",
            meaning: "mean time until somebody who may have it is offered it; 3 without it",
        },
        Key { name: "reach", unit: "share", meaning: "people it is for whom the jobcentre knows; 0.9 without it" },
        Key {
            name: "job_unit_cost_gbp",
            unit: "GBP per job",
            meaning: "public cost of one job; the world's `guaranteed_job_unit_cost` without it",
        },
        Key {
            name: "training_unit_cost_gbp",
            unit: "GBP per start",
            meaning: "public cost of one course; the world's `guaranteed_training_unit_cost` without it",
        },
    ],
    evidence: "Future Jobs Fund (six-month jobs, up to GBP 6,500): after two years 27% more likely to be in unsubsidised work (DWP 2012, relative); New Deal for Young People: +5 points into jobs at first, fading (Blundell and others 2003); Youth Guarantee 2026: GBP 820 million over three years for 350,000 training and work experience places and 55,000 jobs after 18 months (DWP)",
    read: |table, world, start| YouthGuarantee::read(table, world, start).map(Lever::YouthGuarantee),
};

/// A guarantee of training or a job.
#[derive(Clone, Debug, PartialEq)]
pub struct YouthGuarantee {
    /// When, where, who, on what authority.
    pub common: Common,
    /// Months NEET after which it is offered.
    pub after_months: u16,
    /// Subsidised jobs over all the regions (starts a year).
    pub jobs_per_year: f64,
    /// Courses over all the regions (starts a year).
    pub training_places_per_year: f64,
    /// Mean months until somebody who may have it is offered it.
    pub offer_within_months: f64,
    /// Share of people it is for whom the jobcentre knows.
    pub reach: f64,
    /// Public cost of one job (GBP), if it is not the world's.
    pub job_unit_cost_gbp: Option<f64>,
    /// Public cost of one course (GBP), if it is not the world's.
    pub training_unit_cost_gbp: Option<f64>,
}

impl YouthGuarantee {
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs("after_months");
        table.needs_one_of(&["jobs_per_year", "training_places_per_year"]);
        let after_months = table.whole("after_months", 1, 120);
        let jobs = table.number("jobs_per_year", 0.0..=1e7);
        let training = table.number("training_places_per_year", 0.0..=1e7);
        let within = table.number("offer_within_months", 0.1..=120.0);
        let reach = table.number("reach", 0.0..=1.0);
        let job_unit_cost_gbp = table.number("job_unit_cost_gbp", 0.0..=1e6);
        let training_unit_cost_gbp = table.number("training_unit_cost_gbp", 0.0..=1e6);
        Some(Self {
            common: Common::read(table, world, start),
            after_months: after_months?,
            jobs_per_year: jobs.unwrap_or(0.0),
            training_places_per_year: training.unwrap_or(0.0),
            offer_within_months: within.unwrap_or(3.0),
            reach: reach.unwrap_or(0.9),
            job_unit_cost_gbp,
            training_unit_cost_gbp,
        })
    }

    /// Who may have it.
    fn group(&self) -> Group {
        let group = &self.common.group;
        let ages = if group.ages == Group::everybody().ages { AGES } else { group.ages };
        Group { ages, least_months_neet: group.least_months_neet.max(self.after_months), ..group.clone() }
    }
}

impl Policy for YouthGuarantee {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut work = Work::new(world, &self.common, strength);
        if self.jobs_per_year + self.training_places_per_year <= 0.0 {
            return work.done();
        }
        let group = self.group();
        // The jobcentre itself makes the offer: nobody is lost on the way to another agency.
        let jobcentre = Some(Agency::Jobcentre as usize);
        work.change_for(&group, Condition::AgencyReach, &[jobcentre], Operation::AtLeast(self.reach));
        work.change_for(&group, Condition::HandoverLoss, &[], Operation::AtMost(0.0));
        work.change_for(&group, Condition::Contact, &[], Operation::AtLeast(1.0 / self.offer_within_months));
        work.offer(&group, OfferKind::GuaranteedJobs, self.jobs_per_year, self.job_unit_cost_gbp);
        let training = self.training_places_per_year;
        work.offer(&group, OfferKind::GuaranteedTraining, training, self.training_unit_cost_gbp);
        work.done()
    }

    fn print(&self, _world: &World, out: &mut Printer) {
        out.whole("after_months", u64::from(self.after_months));
        out.number("jobs_per_year", self.jobs_per_year);
        out.number("training_places_per_year", self.training_places_per_year);
        out.number("offer_within_months", self.offer_within_months);
        out.number("reach", self.reach);
        if let Some(cost) = self.job_unit_cost_gbp {
            out.number("job_unit_cost_gbp", cost);
        }
        if let Some(cost) = self.training_unit_cost_gbp {
            out.number("training_unit_cost_gbp", cost);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::levers::tests::{common, conditions_with, world, young_women};

    fn guarantee(jobs_per_year: f64, training_places_per_year: f64) -> YouthGuarantee {
        YouthGuarantee {
            common: common(),
            after_months: 6,
            jobs_per_year,
            training_places_per_year,
            offer_within_months: 2.0,
            reach: 0.8,
            job_unit_cost_gbp: Some(7_000.0),
            training_unit_cost_gbp: None,
        }
    }

    pub(crate) fn example(size: f64) -> Lever {
        Lever::YouthGuarantee(guarantee(400.0 * size, 800.0 * size))
    }

    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        conditions.offers.iter().map(|offer| offer.places).sum()
    }

    #[test]
    fn jobs_and_courses_are_offered_after_the_months_and_split_by_young_people() {
        let world = world();
        let effect = guarantee(400.0, 800.0).effect(&world, 0.5);
        let of = |kind| effect.offers().iter().filter(move |offer| offer.kind == kind);
        assert_eq!(of(OfferKind::GuaranteedJobs).map(|offer| offer.places).collect::<Vec<_>>(), [100.0, 50.0, 50.0]);
        assert!((of(OfferKind::GuaranteedTraining).map(|offer| offer.places).sum::<f64>() - 400.0).abs() < 1e-9);
        assert!(of(OfferKind::GuaranteedJobs).all(|offer| offer.unit_cost_gbp == Some(7_000.0)));
        assert!(effect.offers().iter().all(|offer| offer.group.ages == AGES && offer.group.least_months_neet == 6));
        assert!(effect.edits().is_empty(), "nobody else meets anything new");
    }

    #[test]
    fn a_target_group_narrows_it_and_may_wait_longer() {
        let mut lever = guarantee(1.0, 0.0);
        lever.common.group = Group { ages: (18, 21), least_months_neet: 9, ..young_women() };
        assert_eq!(lever.group(), lever.common.group);
    }

    #[test]
    fn those_it_is_for_are_known_and_offered_it_within_the_time() {
        let world = world();
        let lever = guarantee(1.0, 0.0);
        let own = conditions_with(lever.effect(&world, 1.0), &world).met_by(|group| *group == lever.group());
        assert!((own.get(Condition::Contact, &[]) - 0.5).abs() < 1e-12);
        assert!((own.get(Condition::AgencyReach, &[0, Agency::Jobcentre as usize]) - 0.8).abs() < 1e-12);
        assert!(own.get(Condition::HandoverLoss, &[0]) <= 0.0);
    }
}
