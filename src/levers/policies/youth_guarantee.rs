//! `youth_guarantee`: training or a subsidised job for everybody who has been NEET for some months.

use crate::conditions::support::{AGENCY_REACH, CONTACT, HANDOVER_LOSS};
use crate::conditions::{Group, OfferKind};
use crate::domain::Agency;
use crate::levers::common::Common;
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::Policy;
use crate::toml_tables::Key;

/// Ages that it is for unless the target says otherwise (years).
const AGES: (u16, u16) = (16, 24);

/// A guarantee of training or a job.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct YouthGuarantee {
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

impl Policy for YouthGuarantee {
    const NAME: &'static str = "youth_guarantee";
    const PURPOSE: &'static str =
        "offers training or a subsidised job to young people who have been NEET for some months";
    const EVIDENCE: &'static str = "Future Jobs Fund (six-month jobs, up to GBP 6,500): after two years 27% more likely to be in unsubsidised work (DWP 2012, relative); New Deal for Young People: +5 points into jobs at first, fading (Blundell and others 2003); Youth Guarantee 2026: GBP 820 million over three years for 350,000 training and work experience places and 55,000 jobs after 18 months (DWP)";
    const KEYS: &'static [Key<Self>] = &[
        Key::whole("after_months", 1..=120, |own: &mut Self| &mut own.after_months)
            .means("months", "months NEET after which it is offered; ages 16 to 24 unless the target has its own")
            .needed(),
        Key::number("jobs_per_year", 0.0..=1e7, |own: &mut Self| &mut own.jobs_per_year)
            .means("starts a year", "subsidised jobs over all the regions, split by young people")
            .otherwise("none"),
        Key::number("training_places_per_year", 0.0..=1e7, |own: &mut Self| &mut own.training_places_per_year)
            .means("starts a year", "courses at level 2 or 3 for those below level 3, split likewise")
            .otherwise("none"),
        Key::number("offer_within_months", 0.1..=120.0, |own: &mut Self| &mut own.offer_within_months)
            .means("months", "mean time until somebody who may have it is offered it")
            .or(3.0),
        Key::number("reach", 0.0..=1.0, |own: &mut Self| &mut own.reach)
            .means("share", "people it is for whom the jobcentre knows")
            .or(0.9),
        Key::number_or_none("job_unit_cost_gbp", 0.0..=1e6, |own: &mut Self| &mut own.job_unit_cost_gbp)
            .means("GBP per job", "public cost of one job")
            .otherwise("the world's `guaranteed_job_unit_cost`"),
        Key::number_or_none("training_unit_cost_gbp", 0.0..=1e6, |own: &mut Self| &mut own.training_unit_cost_gbp)
            .means("GBP per start", "public cost of one course")
            .otherwise("the world's `guaranteed_training_unit_cost`"),
    ];
    const NEEDS_ONE_OF: &'static [&'static str] = &["jobs_per_year", "training_places_per_year"];

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        if self.jobs_per_year + self.training_places_per_year <= 0.0 {
            return;
        }
        let group = self.narrowed(effect.group());
        // The jobcentre itself makes the offer: nobody is lost on the way to another agency.
        effect.change(AGENCY_REACH).of(Agency::Jobcentre).for_group(&group).at_least(self.reach);
        effect.change(HANDOVER_LOSS).for_group(&group).at_most(0.0);
        effect.change(CONTACT).for_group(&group).at_least(1.0 / self.offer_within_months);
        effect.offer(&group, OfferKind::GuaranteedJobs, self.jobs_per_year, self.job_unit_cost_gbp);
        let training = self.training_places_per_year;
        effect.offer(&group, OfferKind::GuaranteedTraining, training, self.training_unit_cost_gbp);
    }

    fn idle_keys(&self, _common: &Common) -> Vec<(&'static str, &'static str)> {
        let keys = [
            ("job_unit_cost_gbp", self.job_unit_cost_gbp.is_some() && self.jobs_per_year <= 0.0, "`jobs_per_year`"),
            (
                "training_unit_cost_gbp",
                self.training_unit_cost_gbp.is_some() && self.training_places_per_year <= 0.0,
                "`training_places_per_year`",
            ),
        ];
        keys.into_iter().filter(|(_, is_idle, _)| *is_idle).map(|(key, _, what)| (key, what)).collect()
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        tests::guarantee(400.0 * size, 800.0 * size)
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        conditions.offers.iter().map(|offer| offer.places).sum()
    }
}

impl YouthGuarantee {
    /// Who of a target group may have it.
    fn narrowed(&self, group: &Group) -> Group {
        let ages = if group.ages == Group::everybody().ages { AGES } else { group.ages };
        Group { ages, least_months_neet: group.least_months_neet.max(self.after_months), ..group.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Region;
    use crate::levers::testing::{ForEverybody, conditions_with, world, young_women};

    pub(super) fn guarantee(jobs_per_year: f64, training_places_per_year: f64) -> YouthGuarantee {
        YouthGuarantee {
            after_months: 6,
            jobs_per_year,
            training_places_per_year,
            offer_within_months: 2.0,
            reach: 0.8,
            job_unit_cost_gbp: Some(7_000.0),
            training_unit_cost_gbp: None,
        }
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
        let group = Group { ages: (18, 21), least_months_neet: 9, ..young_women() };
        assert_eq!(guarantee(1.0, 0.0).narrowed(&group), group);
    }

    #[test]
    fn those_it_is_for_are_known_and_offered_it_within_the_time() {
        let world = world();
        let lever = guarantee(1.0, 0.0);
        let own = conditions_with(lever.effect(&world, 1.0), &world)
            .met_by(|group| *group == lever.narrowed(&Group::everybody()));
        assert!((own.get(CONTACT, ()) - 0.5).abs() < 1e-12);
        assert!((own.get(AGENCY_REACH, (Region(0), Agency::Jobcentre)) - 0.8).abs() < 1e-12);
        assert!(own.get(HANDOVER_LOSS, Region(0)) <= 0.0);
    }
}
