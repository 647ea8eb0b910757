//! Whom a changed condition affects: those whose hazards depend on it. Who of them has to look ahead again is in
//! `events::rescheduling`.

use crate::conditions::{Condition as C, apprenticeships, education, jobs, places, population, support};
use crate::domain::State;

/// Whose hazards depend on something: a set of kinds of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Affected(u8);

impl Affected {
    pub const NOBODY: Self = Self(0);
    pub const LEARNING: Self = Self(1);
    pub const IN_WORK: Self = Self(2);
    pub const NEET: Self = Self(4);

    /// Those whose hazards depend on `condition`.
    pub fn by(condition: C) -> Self {
        let lists = [(Self::LEARNING, &FOR_LEARNING[..]), (Self::IN_WORK, &FOR_IN_WORK), (Self::NEET, &FOR_NEET)];
        let held = lists.into_iter().filter(|(_, conditions)| conditions.contains(&condition));
        held.fold(Self::NOBODY, |all, (who, _)| all.and(who))
    }

    /// These and others.
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These without others.
    pub fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether people in a state are among them.
    pub fn include(self, state: State) -> bool {
        let kind = match state {
            State::SixthForm | State::FurtherEducation | State::HigherEducation | State::Apprenticeship => {
                Self::LEARNING
            }
            State::WorkingClassJob | State::Intermediate | State::Professional => Self::IN_WORK,
            State::Unemployed | State::Inactive => Self::NEET,
            State::Gone => Self::NOBODY,
        };
        self.0 & kind.0 != 0
    }
}

/// Conditions on which hazards of learners depend.
const FOR_LEARNING: [C; 4] = [
    jobs::PERSONAL_LOADING.any(),
    education::WITHDRAWAL.any(),
    education::WITHDRAWAL_BY_ORIGIN.any(),
    apprenticeships::APPRENTICESHIP_WITHDRAWAL.any(),
];
/// Conditions on which hazards of people in work depend.
const FOR_IN_WORK: [C; 21] = [
    jobs::PERSONAL_LOADING.any(),
    jobs::SEPARATION.any(),
    jobs::SEPARATION_BY_QUALIFICATION.any(),
    jobs::SEPARATION_BY_HEALTH.any(),
    jobs::LEAVE_TO_INACTIVITY.any(),
    jobs::INACTIVITY_BY_ORIGIN.any(),
    jobs::INACTIVITY_BY_QUALIFICATION.any(),
    jobs::INACTIVITY_BY_HEALTH.any(),
    jobs::SEARCH_INTENSITY.any(),
    jobs::SEARCH_BY_HEALTH.any(),
    jobs::PROMOTION.any(),
    jobs::PROMOTION_BY_QUALIFICATION.any(),
    jobs::PROMOTION_BY_ORIGIN.any(),
    education::RETURN_TO_LEARNING.any(),
    education::RETURN_BY_ORIGIN.any(),
    education::SEPTEMBER_SHARE.any(),
    education::COURSE_PULL.any(),
    apprenticeships::APPRENTICESHIP_APPLICATION_IN_WORK.any(),
    places::MOVE_HAZARD_IN_WORK.any(),
    places::MOVE_BY_QUALIFICATION.any(),
    population::DEPARTURE.any(),
];
/// Conditions on which hazards of people who are NEET depend.
const FOR_NEET: [C; 27] = [
    jobs::PERSONAL_LOADING.any(),
    jobs::GIVE_UP_SEARCH.any(),
    jobs::START_SEEKING.any(),
    jobs::SEEKING_BY_QUALIFICATION.any(),
    jobs::SEEKING_BY_HEALTH.any(),
    jobs::INACTIVITY_BY_ORIGIN.any(),
    jobs::INACTIVITY_BY_QUALIFICATION.any(),
    jobs::INACTIVITY_BY_HEALTH.any(),
    jobs::SEARCH_INTENSITY.any(),
    jobs::SEARCH_BY_HEALTH.any(),
    support::CONTACT.any(),
    support::AGENCY_REACH.any(),
    support::HANDOVER_LOSS.any(),
    education::RETURN_TO_LEARNING.any(),
    education::RETURN_BY_ORIGIN.any(),
    education::SEPTEMBER_SHARE.any(),
    education::COURSE_PULL.any(),
    apprenticeships::APPRENTICESHIP_APPLICATION.any(),
    places::MOVE_HAZARD.any(),
    places::MOVE_BY_QUALIFICATION.any(),
    population::DEPARTURE.any(),
    jobs::DURATION_DEPENDENCE.any(),
    support::SUPPORT_EFFECT.any(),
    support::SUPPORT_MONTHS.any(),
    support::SUPPORT_FADE_MONTHS.any(),
    support::SUPPORT_HEALTH_DISCOUNT.any(),
    support::SUPPORT_QUALITY.any(),
];
