//! Whom a changed condition affects: those whose hazards depend on it. Who of them has to look ahead again is in
//! `events::rescheduling`.

use crate::conditions::Condition as C;
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
const FOR_LEARNING: [C; 4] = [C::PersonalLoading, C::Withdrawal, C::WithdrawalByOrigin, C::ApprenticeshipWithdrawal];
/// Conditions on which hazards of people in work depend.
const FOR_IN_WORK: [C; 21] = [
    C::PersonalLoading,
    C::Separation,
    C::SeparationByQualification,
    C::SeparationByHealth,
    C::LeaveToInactivity,
    C::InactivityByOrigin,
    C::InactivityByQualification,
    C::InactivityByHealth,
    C::SearchIntensity,
    C::SearchByHealth,
    C::Promotion,
    C::PromotionByQualification,
    C::PromotionByOrigin,
    C::ReturnToLearning,
    C::ReturnByOrigin,
    C::SeptemberShare,
    C::CoursePull,
    C::ApprenticeshipApplicationInWork,
    C::MoveHazardInWork,
    C::MoveByQualification,
    C::Departure,
];
/// Conditions on which hazards of people who are NEET depend.
const FOR_NEET: [C; 27] = [
    C::PersonalLoading,
    C::GiveUpSearch,
    C::StartSeeking,
    C::SeekingByQualification,
    C::SeekingByHealth,
    C::InactivityByOrigin,
    C::InactivityByQualification,
    C::InactivityByHealth,
    C::SearchIntensity,
    C::SearchByHealth,
    C::Contact,
    C::AgencyReach,
    C::HandoverLoss,
    C::ReturnToLearning,
    C::ReturnByOrigin,
    C::SeptemberShare,
    C::CoursePull,
    C::ApprenticeshipApplication,
    C::MoveHazard,
    C::MoveByQualification,
    C::Departure,
    C::DurationDependence,
    C::SupportEffect,
    C::SupportMonths,
    C::SupportFadeMonths,
    C::SupportHealthDiscount,
    C::SupportQuality,
];
