//! The names that callers still use.

#![expect(non_upper_case_globals, missing_docs, reason = "goes when the last caller has moved")]

use super::axis::Key;
use super::condition::{AnyKey, Condition};
use super::layout::Layout;
use super::rows::{apprenticeships, education, jobs, pay, places, population, support};

/// Where one value of a condition is.
pub trait At<K> {
    /// Its position.
    fn position(self, layout: &Layout, condition: Condition<K>) -> usize;
}

impl<K: Key> At<K> for K {
    #[inline]
    fn position(self, layout: &Layout, condition: Condition<K>) -> usize {
        layout.position_at(condition, self.indexes().as_ref())
    }
}

impl At<AnyKey> for &[usize] {
    #[inline]
    fn position(self, layout: &Layout, condition: Condition) -> usize {
        layout.position_at(condition, self)
    }
}

impl<const N: usize> At<AnyKey> for &[usize; N] {
    #[inline]
    fn position(self, layout: &Layout, condition: Condition) -> usize {
        layout.position_at(condition, self)
    }
}

impl At<AnyKey> for &Vec<usize> {
    #[inline]
    fn position(self, layout: &Layout, condition: Condition) -> usize {
        layout.position_at(condition, self)
    }
}

impl Condition {
    pub const CohortSize: Self = population::COHORT_SIZE.any();
    pub const OriginShare: Self = population::ORIGIN_SHARE.any();
    pub const MaleShare: Self = population::MALE_SHARE.any();
    pub const Arrivals: Self = population::ARRIVALS.any();
    pub const ArrivalQualification: Self = population::ARRIVAL_QUALIFICATION.any();
    pub const ArrivalStudents: Self = population::ARRIVAL_STUDENTS.any();
    pub const Departure: Self = population::DEPARTURE.any();
    pub const HealthLimitation: Self = population::HEALTH_LIMITATION.any();
    pub const ParentalPay: Self = population::PARENTAL_PAY.any();
    pub const ParentalPaySpread: Self = population::PARENTAL_PAY_SPREAD.any();
    pub const ParentalPayByAge: Self = population::PARENTAL_PAY_BY_AGE.any();
    pub const AttainmentByOrigin: Self = education::ATTAINMENT_BY_ORIGIN.any();
    pub const AttainmentByRegion: Self = education::ATTAINMENT_BY_REGION.any();
    pub const AttainmentThreshold: Self = education::ATTAINMENT_THRESHOLD.any();
    pub const AttainmentHelp: Self = education::ATTAINMENT_HELP.any();
    pub const AttainmentHelpBelow: Self = education::ATTAINMENT_HELP_BELOW.any();
    pub const ChoiceAt16: Self = education::CHOICE_AT_16.any();
    pub const ChoiceAfterLevel2: Self = education::CHOICE_AFTER_LEVEL_2.any();
    pub const ChoiceAfterLevel3: Self = education::CHOICE_AFTER_LEVEL_3.any();
    pub const ChoiceByOrigin: Self = education::CHOICE_BY_ORIGIN.any();
    pub const ChoiceByRegion: Self = education::CHOICE_BY_REGION.any();
    pub const ChoiceBySex: Self = education::CHOICE_BY_SEX.any();
    pub const CourseMonths: Self = education::COURSE_MONTHS.any();
    pub const Withdrawal: Self = education::WITHDRAWAL.any();
    pub const WithdrawalByOrigin: Self = education::WITHDRAWAL_BY_ORIGIN.any();
    pub const PassRate: Self = education::PASS_RATE.any();
    pub const HigherShortShare: Self = education::HIGHER_SHORT_SHARE.any();
    pub const ReturnToLearning: Self = education::RETURN_TO_LEARNING.any();
    pub const ReturnByOrigin: Self = education::RETURN_BY_ORIGIN.any();
    pub const SeptemberShare: Self = education::SEPTEMBER_SHARE.any();
    pub const CoursePlaces: Self = education::COURSE_PLACES.any();
    pub const CoursePull: Self = education::COURSE_PULL.any();
    pub const ExtraCoursePlaces: Self = education::EXTRA_COURSE_PLACES.any();
    pub const ExtraCourseUnitCost: Self = education::EXTRA_COURSE_UNIT_COST.any();
    pub const Bursary: Self = education::BURSARY.any();
    pub const LeaveHomeToStudy: Self = education::LEAVE_HOME_TO_STUDY.any();
    pub const StudyPull: Self = education::STUDY_PULL.any();
    pub const AfterStudy: Self = education::AFTER_STUDY.any();
    pub const ApprenticeshipPlaces: Self = apprenticeships::APPRENTICESHIP_PLACES.any();
    pub const ApprenticeshipMonths: Self = apprenticeships::APPRENTICESHIP_MONTHS.any();
    pub const ApprenticeshipSeason: Self = apprenticeships::APPRENTICESHIP_SEASON.any();
    pub const ApprenticeshipWithdrawal: Self = apprenticeships::APPRENTICESHIP_WITHDRAWAL.any();
    pub const ApprenticeshipPassRate: Self = apprenticeships::APPRENTICESHIP_PASS_RATE.any();
    pub const ApprenticeshipApplication: Self = apprenticeships::APPRENTICESHIP_APPLICATION.any();
    pub const ApprenticeshipApplicationInWork: Self = apprenticeships::APPRENTICESHIP_APPLICATION_IN_WORK.any();
    pub const ApprenticeshipKeptOn: Self = apprenticeships::APPRENTICESHIP_KEPT_ON.any();
    pub const ApprenticeshipClass: Self = apprenticeships::APPRENTICESHIP_CLASS.any();
    pub const ApprenticeshipLeaverToJob: Self = apprenticeships::APPRENTICESHIP_LEAVER_TO_JOB.any();
    pub const ApprenticeshipUnitCost: Self = apprenticeships::APPRENTICESHIP_UNIT_COST.any();
    pub const EmployerWillingness: Self = apprenticeships::EMPLOYER_WILLINGNESS.any();
    pub const ApprenticeshipDisplacement: Self = apprenticeships::APPRENTICESHIP_DISPLACEMENT.any();
    pub const LevyPayBill: Self = apprenticeships::LEVY_PAY_BILL.any();
    pub const LevyRate: Self = apprenticeships::LEVY_RATE.any();
    pub const LevyBudgetShare: Self = apprenticeships::LEVY_BUDGET_SHARE.any();
    pub const LevyAllowance: Self = apprenticeships::LEVY_ALLOWANCE.any();
    pub const LevyPayers: Self = apprenticeships::LEVY_PAYERS.any();
    pub const PostsPerResident: Self = jobs::POSTS_PER_RESIDENT.any();
    pub const YoungShare: Self = jobs::YOUNG_SHARE.any();
    pub const OlderSeparation: Self = jobs::OLDER_SEPARATION.any();
    pub const PostsGrowth: Self = jobs::POSTS_GROWTH.any();
    pub const PostsGapOpened: Self = jobs::POSTS_GAP_OPENED.any();
    pub const VacancyLapse: Self = jobs::VACANCY_LAPSE.any();
    pub const Separation: Self = jobs::SEPARATION.any();
    pub const SeparationByQualification: Self = jobs::SEPARATION_BY_QUALIFICATION.any();
    pub const SeparationByHealth: Self = jobs::SEPARATION_BY_HEALTH.any();
    pub const LeaveToInactivity: Self = jobs::LEAVE_TO_INACTIVITY.any();
    pub const GiveUpSearch: Self = jobs::GIVE_UP_SEARCH.any();
    pub const InactivityByOrigin: Self = jobs::INACTIVITY_BY_ORIGIN.any();
    pub const InactivityByQualification: Self = jobs::INACTIVITY_BY_QUALIFICATION.any();
    pub const InactivityByHealth: Self = jobs::INACTIVITY_BY_HEALTH.any();
    pub const StartSeeking: Self = jobs::START_SEEKING.any();
    pub const SeekingByQualification: Self = jobs::SEEKING_BY_QUALIFICATION.any();
    pub const SeekingByHealth: Self = jobs::SEEKING_BY_HEALTH.any();
    pub const SearchIntensity: Self = jobs::SEARCH_INTENSITY.any();
    pub const SearchByHealth: Self = jobs::SEARCH_BY_HEALTH.any();
    pub const DurationDependence: Self = jobs::DURATION_DEPENDENCE.any();
    pub const SearchDirection: Self = jobs::SEARCH_DIRECTION.any();
    pub const SearchPayElasticity: Self = jobs::SEARCH_PAY_ELASTICITY.any();
    pub const SearchVacancyElasticity: Self = jobs::SEARCH_VACANCY_ELASTICITY.any();
    pub const SearchFar: Self = jobs::SEARCH_FAR.any();
    pub const JobRequirement: Self = jobs::JOB_REQUIREMENT.any();
    pub const ScoreRequirement: Self = jobs::SCORE_REQUIREMENT.any();
    pub const ScoreExcess: Self = jobs::SCORE_EXCESS.any();
    pub const ScoreExperience: Self = jobs::SCORE_EXPERIENCE.any();
    pub const ScoreAttainment: Self = jobs::SCORE_ATTAINMENT.any();
    pub const ScoreNetwork: Self = jobs::SCORE_NETWORK.any();
    pub const ScoreDistance: Self = jobs::SCORE_DISTANCE.any();
    pub const ScoreDuration: Self = jobs::SCORE_DURATION.any();
    pub const ScoreSubsidy: Self = jobs::SCORE_SUBSIDY.any();
    pub const HiringSubsidy: Self = jobs::HIRING_SUBSIDY.any();
    pub const HiringSubsidyExtraPosts: Self = jobs::HIRING_SUBSIDY_EXTRA_POSTS.any();
    pub const HiringSubsidyMonths: Self = jobs::HIRING_SUBSIDY_MONTHS.any();
    pub const HiringThreshold: Self = jobs::HIRING_THRESHOLD.any();
    pub const Promotion: Self = jobs::PROMOTION.any();
    pub const PromotionByQualification: Self = jobs::PROMOTION_BY_QUALIFICATION.any();
    pub const PromotionByOrigin: Self = jobs::PROMOTION_BY_ORIGIN.any();
    pub const InternalShare: Self = jobs::INTERNAL_SHARE.any();
    pub const PersonalLoading: Self = jobs::PERSONAL_LOADING.any();
    pub const AgencyReach: Self = support::AGENCY_REACH.any();
    pub const HandoverLoss: Self = support::HANDOVER_LOSS.any();
    pub const Contact: Self = support::CONTACT.any();
    pub const SupportPlaces: Self = support::SUPPORT_PLACES.any();
    pub const SupportMonths: Self = support::SUPPORT_MONTHS.any();
    pub const SupportFadeMonths: Self = support::SUPPORT_FADE_MONTHS.any();
    pub const SupportEffect: Self = support::SUPPORT_EFFECT.any();
    pub const SupportHealthDiscount: Self = support::SUPPORT_HEALTH_DISCOUNT.any();
    pub const SupportQuality: Self = support::SUPPORT_QUALITY.any();
    pub const SupportUnitCost: Self = support::SUPPORT_UNIT_COST.any();
    pub const ReservedPosts: Self = support::RESERVED_POSTS.any();
    pub const GuaranteedJobMonths: Self = support::GUARANTEED_JOB_MONTHS.any();
    pub const GuaranteedJobKeptOn: Self = support::GUARANTEED_JOB_KEPT_ON.any();
    pub const GuaranteedJobDisplacement: Self = support::GUARANTEED_JOB_DISPLACEMENT.any();
    pub const GuaranteedJobUnitCost: Self = support::GUARANTEED_JOB_UNIT_COST.any();
    pub const GuaranteedTrainingUnitCost: Self = support::GUARANTEED_TRAINING_UNIT_COST.any();
    pub const NeetBenefit: Self = support::NEET_BENEFIT.any();
    pub const MoveFlow: Self = places::MOVE_FLOW.any();
    pub const MoveHazard: Self = places::MOVE_HAZARD.any();
    pub const MoveHazardInWork: Self = places::MOVE_HAZARD_IN_WORK.any();
    pub const MoveByQualification: Self = places::MOVE_BY_QUALIFICATION.any();
    pub const MovingGrantWithOffer: Self = places::MOVING_GRANT_WITH_OFFER.any();
    pub const MovingGrantWithoutOffer: Self = places::MOVING_GRANT_WITHOUT_OFFER.any();
    pub const MovePayElasticity: Self = places::MOVE_PAY_ELASTICITY.any();
    pub const MoveVacancyElasticity: Self = places::MOVE_VACANCY_ELASTICITY.any();
    pub const ProductivityIndex: Self = places::PRODUCTIVITY_INDEX.any();
    pub const InnovationInvestment: Self = places::INNOVATION_INVESTMENT.any();
    pub const InnovationLagMonths: Self = places::INNOVATION_LAG_MONTHS.any();
    pub const ProductivityElasticity: Self = places::PRODUCTIVITY_ELASTICITY.any();
    pub const ProfessionalElasticity: Self = places::PROFESSIONAL_ELASTICITY.any();
    pub const PayPassThrough: Self = places::PAY_PASS_THROUGH.any();
    pub const LocalMultiplier: Self = places::LOCAL_MULTIPLIER.any();
    pub const PayByClass: Self = pay::PAY_BY_CLASS.any();
    pub const PayByQualification: Self = pay::PAY_BY_QUALIFICATION.any();
    pub const PayByRegion: Self = pay::PAY_BY_REGION.any();
    pub const PayExperience: Self = pay::PAY_EXPERIENCE.any();
    pub const PayExperienceSquared: Self = pay::PAY_EXPERIENCE_SQUARED.any();
    pub const PayNetwork: Self = pay::PAY_NETWORK.any();
    pub const PayScarEarly: Self = pay::PAY_SCAR_EARLY.any();
    pub const PayScarLate: Self = pay::PAY_SCAR_LATE.any();
    pub const PayPersistence: Self = pay::PAY_PERSISTENCE.any();
    pub const PaySpread: Self = pay::PAY_SPREAD.any();
    pub const PayByParents: Self = pay::PAY_BY_PARENTS.any();
    pub const MinimumWage: Self = pay::MINIMUM_WAGE.any();
    pub const ApprenticePay: Self = pay::APPRENTICE_PAY.any();
}
