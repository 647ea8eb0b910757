//! Every condition by name: its axes, unit, meaning and the values it may take.

use super::Axis;
use strum::VariantArray;

/// One condition: a table of numbers that people meet, which a policy may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
#[repr(u8)]
pub enum Condition {
    /// People who reach the end of compulsory schooling each September (persons a year).
    CohortSize,
    /// Origin classes among those people; sums to 1 in each region (share).
    OriginShare,
    /// Men and boys among those people (share).
    MaleShare,
    /// People who arrive from abroad, spread over the years of the band (persons a year).
    Arrivals,
    /// Highest qualifications of people who arrive; sums to 1 (share).
    ArrivalQualification,
    /// People who arrive to study in higher education (share).
    ArrivalStudents,
    /// Leaving the country (hazard per month).
    Departure,
    /// People with a lasting health limitation (share).
    HealthLimitation,
    /// Typical pay of the main earner, in base-year prices (GBP per hour).
    ParentalPay,
    /// Standard deviation of parental log pay within an origin class (log points).
    ParentalPaySpread,
    /// Pay of parents when they were as old as their child is now, against `parental_pay` (ratio).
    ParentalPayByAge,
    /// Mean attainment at 16 of an origin class against the national mean (standard deviations).
    AttainmentByOrigin,
    /// Mean attainment at 16 in a region, given origin class, against the national mean (standard deviations).
    AttainmentByRegion,
    /// Attainment that divides low from middle and middle from high (standard deviations).
    AttainmentThreshold,
    /// Gain in attainment at 16 of those below `attainment_help_below`, up to it (standard deviations).
    AttainmentHelp,
    /// Attainment at 16 below which earlier help is given (standard deviations).
    AttainmentHelpBelow,
    /// Next steps at 16 (weight).
    ChoiceAt16,
    /// Next steps after a level 2 course (weight).
    ChoiceAfterLevel2,
    /// Next steps after a level 3 course (weight).
    ChoiceAfterLevel3,
    /// Ratio on the weight of a next step by origin class (ratio).
    ChoiceByOrigin,
    /// Ratio on the weight of a next step by region of upbringing (ratio).
    ChoiceByRegion,
    /// Ratio on the weight of a next step by sex (ratio).
    ChoiceBySex,
    /// Length of a course from September (months).
    CourseMonths,
    /// Leaving a course early (hazard per month).
    Withdrawal,
    /// Ratio on leaving a course or an apprenticeship early by origin class (ratio).
    WithdrawalByOrigin,
    /// Passing at the end of a course (probability).
    PassRate,
    /// Share of higher education entrants who take a course below a degree (probability).
    HigherShortShare,
    /// People outside learning who start a course, averaged over the year (hazard per month).
    ReturnToLearning,
    /// Ratio on returning to learning by origin class (ratio).
    ReturnByOrigin,
    /// Share of a year's entries to learning that fall in September (share).
    SeptemberShare,
    /// Places for people who return to learning (persons a year).
    CoursePlaces,
    /// Ratio on choosing or asking for a course; whoever does so because of it needs one of `extra_course_places` (ratio).
    CoursePull,
    /// Places for those whom `course_pull` brings; higher education has them in common under the degree (starts a year).
    ExtraCoursePlaces,
    /// Public cost of one start on those places (GBP per start).
    ExtraCourseUnitCost,
    /// Further public money to everybody who starts a course, for each year of it (GBP a year).
    Bursary,
    /// Entrants to higher education who study in another region (probability).
    LeaveHomeToStudy,
    /// Attraction of a region to students from elsewhere (weight).
    StudyPull,
    /// Where graduates go who had moved to study (weight).
    AfterStudy,
    /// Places that employers and funding allow (starts a year).
    ApprenticeshipPlaces,
    /// Length of the programme (months).
    ApprenticeshipMonths,
    /// Share of a year's places offered in a month; sums to 1 (share).
    ApprenticeshipSeason,
    /// Leaving an apprenticeship early (hazard per month).
    ApprenticeshipWithdrawal,
    /// Passing at the end of an apprenticeship (probability).
    ApprenticeshipPassRate,
    /// People who are NEET applying for an apprenticeship (hazard per month).
    ApprenticeshipApplication,
    /// People in work applying for an apprenticeship (hazard per month).
    ApprenticeshipApplicationInWork,
    /// Completers for whom the employer wants to keep a post (probability).
    ApprenticeshipKeptOn,
    /// Class of the post that a completer is kept on in; sums to 1 (share).
    ApprenticeshipClass,
    /// Early leavers who apply for a job at once rather than becoming unemployed (probability).
    ApprenticeshipLeaverToJob,
    /// Public cost of one start (GBP per start).
    ApprenticeshipUnitCost,
    /// Most places employers would offer, against the baseline places (ratio).
    EmployerWillingness,
    /// Share of places beyond the baseline that replace ordinary posts (share).
    ApprenticeshipDisplacement,
    /// Pay bill above the levy allowance (GBP a year).
    LevyPayBill,
    /// Apprenticeship levy rate on that pay bill (share).
    LevyRate,
    /// Share of levy receipts that reaches the training budget (share).
    LevyBudgetShare,
    /// Allowance that each payer takes off the levy (GBP a year).
    LevyAllowance,
    /// Employers who pay the levy (employers).
    LevyPayers,
    /// Posts for people aged 16-39 per resident aged 16-39 (posts per person).
    PostsPerResident,
    /// Share of all posts of a class that people aged 16-39 hold (share).
    YoungShare,
    /// People aged 40 and over leaving their post (hazard per month).
    OlderSeparation,
    /// Growth of target posts per resident (log points a year).
    PostsGrowth,
    /// Share of the gap between target and actual posts that is opened in a month (share per month).
    PostsGapOpened,
    /// A vacancy being withdrawn unfilled (hazard per month).
    VacancyLapse,
    /// Losing or leaving a job for unemployment (hazard per month).
    Separation,
    /// Ratio on that hazard (ratio).
    SeparationByQualification,
    /// Ratio on that hazard (ratio).
    SeparationByHealth,
    /// Leaving a job for inactivity (hazard per month).
    LeaveToInactivity,
    /// Unemployed people who stop seeking (hazard per month).
    GiveUpSearch,
    /// Ratio on becoming inactive (ratio).
    InactivityByOrigin,
    /// Ratio on becoming inactive (ratio).
    InactivityByQualification,
    /// Ratio on becoming inactive (ratio).
    InactivityByHealth,
    /// Inactive people who start to seek work (hazard per month).
    StartSeeking,
    /// Ratio on starting to seek (ratio).
    SeekingByQualification,
    /// Ratio on starting to seek (ratio).
    SeekingByHealth,
    /// Hazard of sending an application (applications per month).
    SearchIntensity,
    /// Ratio on sending applications (ratio).
    SearchByHealth,
    /// Phi: search, return to learning and starting to seek fall by (1 + d/1.5)^-phi, d months NEET (elasticity).
    DurationDependence,
    /// Taste for applying to a class of job (log weight).
    SearchDirection,
    /// Response of the direction of search to expected pay (elasticity).
    SearchPayElasticity,
    /// Response of the direction of search to vacancies (elasticity).
    SearchVacancyElasticity,
    /// Applications sent to another region (probability).
    SearchFar,
    /// Lowest qualification rank (0 below level 2 to 4 degree) that meets the requirement (qualification rank).
    JobRequirement,
    /// Gain when the qualification meets the requirement (score).
    ScoreRequirement,
    /// Gain for each step of qualification above the requirement (score per step).
    ScoreExcess,
    /// Gain for each year of experience, up to five (score per year).
    ScoreExperience,
    /// Gain for attainment at 16 (score per standard deviation).
    ScoreAttainment,
    /// Family networks: counts for professional jobs only (score).
    ScoreNetwork,
    /// Loss when the job is in another region (score).
    ScoreDistance,
    /// Loss for months out of work, times ln(1 + d) (score per log month).
    ScoreDuration,
    /// Gain from a hiring subsidy, for people who are NEET (score).
    ScoreSubsidy,
    /// Public money to the employer who hires somebody NEET for an advertised vacancy (GBP per hire).
    HiringSubsidy,
    /// Posts that would not be there without the subsidy, for each subsidised hire (posts per hire).
    HiringSubsidyExtraPosts,
    /// Mean time for which such a post lasts (months).
    HiringSubsidyMonths,
    /// Lowest score an employer accepts (score).
    HiringThreshold,
    /// Asking for promotion out of this class (hazard per month).
    Promotion,
    /// Ratio on that hazard (ratio).
    PromotionByQualification,
    /// Ratio on that hazard (ratio).
    PromotionByOrigin,
    /// Share of a month's vacancies open to promotion and kept-on apprentices before advertising (share).
    InternalShare,
    /// Weight of the fixed personal effect in the log hazard of an exit (log points per standard deviation).
    PersonalLoading,
    /// People who are NEET known to an agency (share).
    AgencyReach,
    /// People lost when one agency hands over to another (share).
    HandoverLoss,
    /// An agency trying to reach somebody who is NEET (hazard per month).
    Contact,
    /// Caseload that funded support can carry (persons at a time).
    SupportPlaces,
    /// Length of support (months).
    SupportMonths,
    /// Months over which the effect fades after support (months).
    SupportFadeMonths,
    /// Effect while supported (hazard ratio).
    SupportEffect,
    /// Share of the effect that people with a health limitation get (share).
    SupportHealthDiscount,
    /// Ratio on the effect of support beyond 1 (ratio).
    SupportQuality,
    /// Public cost of one period of support (GBP per place).
    SupportUnitCost,
    /// Vacancies in working-class jobs that employers keep for people on support who apply (posts a year).
    ReservedPosts,
    /// Length of a guaranteed job (months).
    GuaranteedJobMonths,
    /// People at the end of a guaranteed job whom the employer wants to keep in a working-class post (probability).
    GuaranteedJobKeptOn,
    /// Guaranteed jobs that replace ordinary working-class posts (share).
    GuaranteedJobDisplacement,
    /// Public cost of one guaranteed job (GBP per job).
    GuaranteedJobUnitCost,
    /// Public cost of one start of guaranteed training (GBP per start).
    GuaranteedTrainingUnitCost,
    /// Benefits that somebody NEET is paid, on average over those who claim and those who do not (GBP per person-month).
    NeetBenefit,
    /// Moves between regions: the weights of destinations (persons a year).
    MoveFlow,
    /// People without a job moving to another region without an offer (hazard per month).
    MoveHazard,
    /// People in work seeking a post of their class in another region (hazard per month).
    MoveHazardInWork,
    /// Ratio on both (ratio).
    MoveByQualification,
    /// Public money to somebody NEET who is hired in another region (GBP per move).
    MovingGrantWithOffer,
    /// Public money to somebody NEET who moves without an offer (GBP per move).
    MovingGrantWithoutOffer,
    /// Response of destinations to pay (elasticity).
    MovePayElasticity,
    /// Response of destinations to vacancies per seeker (elasticity).
    MoveVacancyElasticity,
    /// Output per hour worked (index, world = 100).
    ProductivityIndex,
    /// Business and public research and development (GBP million a year).
    InnovationInvestment,
    /// Mean delay from investment to productivity (months).
    InnovationLagMonths,
    /// Log points of productivity per log point of innovation stock (elasticity).
    ProductivityElasticity,
    /// Log points of professional posts per log point of productivity (elasticity).
    ProfessionalElasticity,
    /// Log points of pay per log point of productivity (elasticity).
    PayPassThrough,
    /// Further local posts for each extra professional post (posts per post).
    LocalMultiplier,
    /// Typical starting pay of a class of job for a person with a level 3 qualification, in base-year prices (GBP per hour).
    PayByClass,
    /// Pay by qualification within a class (log points).
    PayByQualification,
    /// Pay in a region against the national mean (log points).
    PayByRegion,
    /// Pay growth in the first year of experience (log points per year).
    PayExperience,
    /// Change of that growth with experience (log points per year squared).
    PayExperienceSquared,
    /// Pay in professional jobs by origin class (log points).
    PayNetwork,
    /// Lasting loss of pay for each month unemployed at 18-20 (log points per month).
    PayScarEarly,
    /// Lasting loss of pay for each month unemployed at 21-23 (log points per month).
    PayScarLate,
    /// Persistence of the personal deviation of pay (correlation over a year).
    PayPersistence,
    /// Standard deviation of the personal deviation of pay (log points).
    PaySpread,
    /// What a log point of parents' pay above what is usual for their class and region adds to that of their child (elasticity).
    PayByParents,
    /// Legal minimum for the age (GBP per hour).
    MinimumWage,
    /// Typical pay of an apprentice (GBP per hour).
    ApprenticePay,
}

/// What is known of a condition before any world is loaded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// The name in TOML, CSV and tables.
    pub name: &'static str,
    /// The subject it belongs to.
    pub subject: &'static str,
    /// The axes of its table, outermost first; none for a single number.
    pub axes: &'static [Axis],
    /// The unit of each number.
    pub unit: &'static str,
    /// What it means, in a few words.
    pub meaning: &'static str,
    /// The lowest value allowed.
    pub lowest: f64,
    /// The highest value allowed.
    pub highest: f64,
    /// Who meets it.
    pub met_by: Met,
}

/// Who meets a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// Each person for themselves: a lever may change it for a target group alone.
    People,
    /// A place, a queue or everybody who enters: it is the same for all who meet it.
    Places,
}

impl Condition {
    /// Its name, axes, unit, meaning and range.
    #[must_use]
    pub fn spec(self) -> &'static Spec {
        &SPECS[self as usize]
    }

    /// The axis along which the numbers are parts of one whole (shares that sum to 1, or weights between
    /// which somebody chooses), as a position in its axes.
    #[must_use]
    pub fn parts_axis(self) -> Option<usize> {
        let axes = self.spec().axes;
        if self.is_shared_out() {
            return axes.len().checked_sub(1);
        }
        let is_choice =
            matches!(self, Self::ChoiceAt16 | Self::ChoiceAfterLevel2 | Self::ChoiceAfterLevel3 | Self::AfterStudy);
        is_choice.then_some(0)
    }

    /// Whether the numbers along the last axis are shares that sum to 1.
    #[must_use]
    pub fn is_shared_out(self) -> bool {
        matches!(
            self,
            Self::OriginShare | Self::ArrivalQualification | Self::ApprenticeshipSeason | Self::ApprenticeshipClass
        )
    }

    /// The condition with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|condition| condition.spec().name == name)
    }
}

/// In the order of [`Condition`]; a test holds the two together.
static SPECS: &[Spec] = &[
    Spec {
        name: "cohort_size",
        subject: "population",
        axes: &[Axis::Region],
        unit: "persons a year",
        meaning: "people who reach the end of compulsory schooling each September",
        lowest: 0.0,
        highest: 100000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "origin_share",
        subject: "population",
        axes: &[Axis::Region, Axis::Origin],
        unit: "share",
        meaning: "origin classes among those people; sums to 1 in each region",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "male_share",
        subject: "population",
        axes: &[],
        unit: "share",
        meaning: "men and boys among those people",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "arrivals",
        subject: "population",
        axes: &[Axis::Region, Axis::AgeBand],
        unit: "persons a year",
        meaning: "people who arrive from abroad, spread over the years of the band",
        lowest: 0.0,
        highest: 100000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "arrival_qualification",
        subject: "population",
        axes: &[Axis::Qualification],
        unit: "share",
        meaning: "highest qualifications of people who arrive; sums to 1",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "arrival_students",
        subject: "population",
        axes: &[Axis::AgeBand],
        unit: "share",
        meaning: "people who arrive to study in higher education",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "departure",
        subject: "population",
        axes: &[Axis::AgeBand],
        unit: "hazard per month",
        meaning: "leaving the country",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "health_limitation",
        subject: "population",
        axes: &[Axis::Origin],
        unit: "share",
        meaning: "people with a lasting health limitation",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "parental_pay",
        subject: "population",
        axes: &[Axis::Origin],
        unit: "GBP per hour",
        meaning: "typical pay of the main earner, in base-year prices",
        lowest: 1.0,
        highest: 1000.0,
        met_by: Met::People,
    },
    Spec {
        name: "parental_pay_spread",
        subject: "population",
        axes: &[],
        unit: "log points",
        meaning: "standard deviation of parental log pay within an origin class",
        lowest: 0.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "parental_pay_by_age",
        subject: "population",
        axes: &[Axis::AgeBand],
        unit: "ratio",
        meaning: "pay of parents when they were as old as their child is now, against parental_pay",
        lowest: 0.1,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "attainment_by_origin",
        subject: "education",
        axes: &[Axis::Origin],
        unit: "standard deviations",
        meaning: "mean attainment at 16 of an origin class against the national mean",
        lowest: -5.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "attainment_by_region",
        subject: "education",
        axes: &[Axis::Region],
        unit: "standard deviations",
        meaning: "mean attainment at 16 in a region, given origin class, against the national mean",
        lowest: -5.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "attainment_threshold",
        subject: "education",
        axes: &[Axis::AttainmentCut],
        unit: "standard deviations",
        meaning: "attainment that divides low from middle and middle from high",
        lowest: -5.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "attainment_help",
        subject: "education",
        axes: &[],
        unit: "standard deviations",
        meaning: "gain in attainment at 16 of those below `attainment_help_below`, up to it",
        lowest: 0.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "attainment_help_below",
        subject: "education",
        axes: &[],
        unit: "standard deviations",
        meaning: "attainment at 16 below which earlier help is given",
        lowest: -5.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "choice_at_16",
        subject: "education",
        axes: &[Axis::NextStep, Axis::Attainment],
        unit: "weight",
        meaning: "next steps at 16",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::People,
    },
    Spec {
        name: "choice_after_level_2",
        subject: "education",
        axes: &[Axis::NextStep, Axis::Attainment],
        unit: "weight",
        meaning: "next steps after a level 2 course",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::People,
    },
    Spec {
        name: "choice_after_level_3",
        subject: "education",
        axes: &[Axis::NextStep, Axis::Attainment],
        unit: "weight",
        meaning: "next steps after a level 3 course",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::People,
    },
    Spec {
        name: "choice_by_origin",
        subject: "education",
        axes: &[Axis::NextStep, Axis::Origin],
        unit: "ratio",
        meaning: "ratio on the weight of a next step by origin class",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "choice_by_region",
        subject: "education",
        axes: &[Axis::Region, Axis::NextStep],
        unit: "ratio",
        meaning: "ratio on the weight of a next step by region of upbringing",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "choice_by_sex",
        subject: "education",
        axes: &[Axis::NextStep, Axis::Sex],
        unit: "ratio",
        meaning: "ratio on the weight of a next step by sex",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "course_months",
        subject: "education",
        axes: &[Axis::Programme],
        unit: "months",
        meaning: "length of a course from September",
        lowest: 1.0,
        highest: 120.0,
        met_by: Met::People,
    },
    Spec {
        name: "withdrawal",
        subject: "education",
        axes: &[Axis::Programme],
        unit: "hazard per month",
        meaning: "leaving a course early",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "withdrawal_by_origin",
        subject: "education",
        axes: &[Axis::Origin],
        unit: "ratio",
        meaning: "ratio on leaving a course or an apprenticeship early by origin class",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "pass_rate",
        subject: "education",
        axes: &[Axis::Programme],
        unit: "probability",
        meaning: "passing at the end of a course",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "higher_short_share",
        subject: "education",
        axes: &[Axis::Attainment],
        unit: "probability",
        meaning: "share of higher education entrants who take a course below a degree",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "return_to_learning",
        subject: "education",
        axes: &[Axis::AgeBand, Axis::Qualification],
        unit: "hazard per month",
        meaning: "people outside learning who start a course, averaged over the year",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "return_by_origin",
        subject: "education",
        axes: &[Axis::Origin],
        unit: "ratio",
        meaning: "ratio on returning to learning by origin class",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "september_share",
        subject: "education",
        axes: &[],
        unit: "share",
        meaning: "share of a year's entries to learning that fall in September",
        lowest: 1.0 / 12.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "course_places",
        subject: "education",
        axes: &[Axis::Region, Axis::Programme],
        unit: "persons a year",
        meaning: "places for people who return to learning",
        lowest: 0.0,
        highest: 1000000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "course_pull",
        subject: "education",
        axes: &[Axis::Programme],
        unit: "ratio",
        meaning: "ratio on choosing or asking for a course; whoever does so because of it needs one of `extra_course_places`",
        lowest: 1.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "extra_course_places",
        subject: "education",
        axes: &[Axis::Region, Axis::Programme],
        unit: "starts a year",
        meaning: "places for those whom `course_pull` brings; higher education has them in common under the degree",
        lowest: 0.0,
        highest: 1000000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "extra_course_unit_cost",
        subject: "education",
        axes: &[Axis::Programme],
        unit: "GBP per start",
        meaning: "public cost of one start on those places",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "bursary",
        subject: "education",
        axes: &[Axis::Programme],
        unit: "GBP a year",
        meaning: "further public money to everybody who starts a course, for each year of it",
        lowest: 0.0,
        highest: 100000.0,
        met_by: Met::People,
    },
    Spec {
        name: "leave_home_to_study",
        subject: "education",
        axes: &[Axis::Origin],
        unit: "probability",
        meaning: "entrants to higher education who study in another region",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "study_pull",
        subject: "education",
        axes: &[Axis::Region],
        unit: "weight",
        meaning: "attraction of a region to students from elsewhere",
        lowest: 0.0,
        highest: 1000000000.0,
        met_by: Met::People,
    },
    Spec {
        name: "after_study",
        subject: "education",
        axes: &[Axis::AfterStudy],
        unit: "weight",
        meaning: "where graduates go who had moved to study",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::People,
    },
    Spec {
        name: "apprenticeship_places",
        subject: "apprenticeships",
        axes: &[Axis::Region, Axis::Level, Axis::Funding],
        unit: "starts a year",
        meaning: "places that employers and funding allow",
        lowest: 0.0,
        highest: 100000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "apprenticeship_months",
        subject: "apprenticeships",
        axes: &[Axis::Level],
        unit: "months",
        meaning: "length of the programme",
        lowest: 1.0,
        highest: 120.0,
        met_by: Met::People,
    },
    Spec {
        name: "apprenticeship_season",
        subject: "apprenticeships",
        axes: &[Axis::CalendarMonth],
        unit: "share",
        meaning: "share of a year's places offered in a month; sums to 1",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "apprenticeship_withdrawal",
        subject: "apprenticeships",
        axes: &[Axis::Level],
        unit: "hazard per month",
        meaning: "leaving an apprenticeship early",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "apprenticeship_pass_rate",
        subject: "apprenticeships",
        axes: &[Axis::Level],
        unit: "probability",
        meaning: "passing at the end of an apprenticeship",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "apprenticeship_application",
        subject: "apprenticeships",
        axes: &[Axis::AgeBand],
        unit: "hazard per month",
        meaning: "people who are NEET applying for an apprenticeship",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "apprenticeship_application_in_work",
        subject: "apprenticeships",
        axes: &[Axis::AgeBand],
        unit: "hazard per month",
        meaning: "people in work applying for an apprenticeship",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "apprenticeship_kept_on",
        subject: "apprenticeships",
        axes: &[Axis::Level],
        unit: "probability",
        meaning: "completers for whom the employer wants to keep a post",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "apprenticeship_class",
        subject: "apprenticeships",
        axes: &[Axis::Level, Axis::JobClass],
        unit: "share",
        meaning: "class of the post that a completer is kept on in; sums to 1",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "apprenticeship_leaver_to_job",
        subject: "apprenticeships",
        axes: &[],
        unit: "probability",
        meaning: "early leavers who apply for a job at once rather than becoming unemployed",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "apprenticeship_unit_cost",
        subject: "apprenticeships",
        axes: &[Axis::Level],
        unit: "GBP per start",
        meaning: "public cost of one start",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "employer_willingness",
        subject: "apprenticeships",
        axes: &[Axis::Region, Axis::Level, Axis::Funding],
        unit: "ratio",
        meaning: "most places employers would offer, against the baseline places",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::Places,
    },
    Spec {
        name: "apprenticeship_displacement",
        subject: "apprenticeships",
        axes: &[Axis::Level],
        unit: "share",
        meaning: "share of places beyond the baseline that replace ordinary posts",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "levy_pay_bill",
        subject: "apprenticeships",
        axes: &[],
        unit: "GBP a year",
        meaning: "pay bill above the levy allowance",
        lowest: 0.0,
        highest: 10000000000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "levy_rate",
        subject: "apprenticeships",
        axes: &[],
        unit: "share",
        meaning: "apprenticeship levy rate on that pay bill",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "levy_budget_share",
        subject: "apprenticeships",
        axes: &[],
        unit: "share",
        meaning: "share of levy receipts that reaches the training budget",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "levy_allowance",
        subject: "apprenticeships",
        axes: &[],
        unit: "GBP a year",
        meaning: "allowance that each payer takes off the levy",
        lowest: 0.0,
        highest: 1000000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "levy_payers",
        subject: "apprenticeships",
        axes: &[],
        unit: "employers",
        meaning: "employers who pay the levy",
        lowest: 0.0,
        highest: 100000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "posts_per_resident",
        subject: "jobs",
        axes: &[Axis::Region, Axis::JobClass],
        unit: "posts per person",
        meaning: "posts for people aged 16-39 per resident aged 16-39",
        lowest: 0.0,
        highest: 5.0,
        met_by: Met::Places,
    },
    Spec {
        name: "young_share",
        subject: "jobs",
        axes: &[Axis::JobClass],
        unit: "share",
        meaning: "share of all posts of a class that people aged 16-39 hold",
        lowest: 0.01,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "older_separation",
        subject: "jobs",
        axes: &[Axis::JobClass],
        unit: "hazard per month",
        meaning: "people aged 40 and over leaving their post",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "posts_growth",
        subject: "jobs",
        axes: &[Axis::Region, Axis::JobClass],
        unit: "log points a year",
        meaning: "growth of target posts per resident",
        lowest: -1.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "posts_gap_opened",
        subject: "jobs",
        axes: &[],
        unit: "share per month",
        meaning: "share of the gap between target and actual posts that is opened in a month",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "vacancy_lapse",
        subject: "jobs",
        axes: &[],
        unit: "hazard per month",
        meaning: "a vacancy being withdrawn unfilled",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::Places,
    },
    Spec {
        name: "separation",
        subject: "jobs",
        axes: &[Axis::JobClass, Axis::AgeBand],
        unit: "hazard per month",
        meaning: "losing or leaving a job for unemployment",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "separation_by_qualification",
        subject: "jobs",
        axes: &[Axis::Qualification],
        unit: "ratio",
        meaning: "ratio on that hazard",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "separation_by_health",
        subject: "jobs",
        axes: &[Axis::Health],
        unit: "ratio",
        meaning: "ratio on that hazard",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "leave_to_inactivity",
        subject: "jobs",
        axes: &[Axis::Sex, Axis::AgeBand],
        unit: "hazard per month",
        meaning: "leaving a job for inactivity",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "give_up_search",
        subject: "jobs",
        axes: &[Axis::Sex, Axis::AgeBand],
        unit: "hazard per month",
        meaning: "unemployed people who stop seeking",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "inactivity_by_origin",
        subject: "jobs",
        axes: &[Axis::Origin],
        unit: "ratio",
        meaning: "ratio on becoming inactive",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "inactivity_by_qualification",
        subject: "jobs",
        axes: &[Axis::Qualification],
        unit: "ratio",
        meaning: "ratio on becoming inactive",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "inactivity_by_health",
        subject: "jobs",
        axes: &[Axis::Health],
        unit: "ratio",
        meaning: "ratio on becoming inactive",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "start_seeking",
        subject: "jobs",
        axes: &[Axis::Sex, Axis::AgeBand],
        unit: "hazard per month",
        meaning: "inactive people who start to seek work",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "seeking_by_qualification",
        subject: "jobs",
        axes: &[Axis::Qualification],
        unit: "ratio",
        meaning: "ratio on starting to seek",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "seeking_by_health",
        subject: "jobs",
        axes: &[Axis::Health],
        unit: "ratio",
        meaning: "ratio on starting to seek",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "search_intensity",
        subject: "jobs",
        axes: &[Axis::Seeker],
        unit: "applications per month",
        meaning: "hazard of sending an application",
        lowest: 0.0,
        highest: 50.0,
        met_by: Met::People,
    },
    Spec {
        name: "search_by_health",
        subject: "jobs",
        axes: &[Axis::Health],
        unit: "ratio",
        meaning: "ratio on sending applications",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "duration_dependence",
        subject: "jobs",
        axes: &[],
        unit: "elasticity",
        meaning: "phi: search, return to learning and starting to seek fall by (1 + d/1.5)^-phi, d months NEET",
        lowest: 0.0,
        highest: 3.0,
        met_by: Met::People,
    },
    Spec {
        name: "search_direction",
        subject: "jobs",
        axes: &[Axis::Qualification, Axis::JobClass],
        unit: "log weight",
        meaning: "taste for applying to a class of job",
        lowest: -20.0,
        highest: 20.0,
        met_by: Met::People,
    },
    Spec {
        name: "search_pay_elasticity",
        subject: "jobs",
        axes: &[],
        unit: "elasticity",
        meaning: "response of the direction of search to expected pay",
        lowest: 0.0,
        highest: 20.0,
        met_by: Met::People,
    },
    Spec {
        name: "search_vacancy_elasticity",
        subject: "jobs",
        axes: &[],
        unit: "elasticity",
        meaning: "response of the direction of search to vacancies",
        lowest: 0.0,
        highest: 20.0,
        met_by: Met::Places,
    },
    Spec {
        name: "search_far",
        subject: "jobs",
        axes: &[Axis::Qualification],
        unit: "probability",
        meaning: "applications sent to another region",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "job_requirement",
        subject: "jobs",
        axes: &[Axis::JobClass],
        unit: "qualification rank",
        meaning: "lowest qualification rank (0 below level 2 to 4 degree) that meets the requirement",
        lowest: 0.0,
        highest: 4.0,
        met_by: Met::People,
    },
    Spec {
        name: "score_requirement",
        subject: "jobs",
        axes: &[],
        unit: "score",
        meaning: "gain when the qualification meets the requirement",
        lowest: -20.0,
        highest: 20.0,
        met_by: Met::People,
    },
    Spec {
        name: "score_excess",
        subject: "jobs",
        axes: &[],
        unit: "score per step",
        meaning: "gain for each step of qualification above the requirement",
        lowest: -20.0,
        highest: 20.0,
        met_by: Met::People,
    },
    Spec {
        name: "score_experience",
        subject: "jobs",
        axes: &[],
        unit: "score per year",
        meaning: "gain for each year of experience, up to five",
        lowest: -20.0,
        highest: 20.0,
        met_by: Met::People,
    },
    Spec {
        name: "score_attainment",
        subject: "jobs",
        axes: &[],
        unit: "score per standard deviation",
        meaning: "gain for attainment at 16",
        lowest: -20.0,
        highest: 20.0,
        met_by: Met::People,
    },
    Spec {
        name: "score_network",
        subject: "jobs",
        axes: &[Axis::Origin],
        unit: "score",
        meaning: "family networks: counts for professional jobs only",
        lowest: -20.0,
        highest: 20.0,
        met_by: Met::People,
    },
    Spec {
        name: "score_distance",
        subject: "jobs",
        axes: &[],
        unit: "score",
        meaning: "loss when the job is in another region",
        lowest: -20.0,
        highest: 20.0,
        met_by: Met::People,
    },
    Spec {
        name: "score_duration",
        subject: "jobs",
        axes: &[],
        unit: "score per log month",
        meaning: "loss for months out of work, times ln(1 + d)",
        lowest: -20.0,
        highest: 20.0,
        met_by: Met::People,
    },
    Spec {
        name: "score_subsidy",
        subject: "jobs",
        axes: &[],
        unit: "score",
        meaning: "gain from a hiring subsidy, for people who are NEET",
        lowest: 0.0,
        highest: 20.0,
        met_by: Met::People,
    },
    Spec {
        name: "hiring_subsidy",
        subject: "jobs",
        axes: &[],
        unit: "GBP per hire",
        meaning: "public money to the employer who hires somebody NEET for an advertised vacancy",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::People,
    },
    Spec {
        name: "hiring_subsidy_extra_posts",
        subject: "jobs",
        axes: &[],
        unit: "posts per hire",
        meaning: "posts that would not be there without the subsidy, for each subsidised hire",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "hiring_subsidy_months",
        subject: "jobs",
        axes: &[],
        unit: "months",
        meaning: "mean time for which such a post lasts",
        lowest: 1.0,
        highest: 120.0,
        met_by: Met::Places,
    },
    Spec {
        name: "hiring_threshold",
        subject: "jobs",
        axes: &[Axis::JobClass],
        unit: "score",
        meaning: "lowest score an employer accepts",
        lowest: -20.0,
        highest: 20.0,
        met_by: Met::People,
    },
    Spec {
        name: "promotion",
        subject: "jobs",
        axes: &[Axis::JobClass],
        unit: "hazard per month",
        meaning: "asking for promotion out of this class",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "promotion_by_qualification",
        subject: "jobs",
        axes: &[Axis::Qualification],
        unit: "ratio",
        meaning: "ratio on that hazard",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "promotion_by_origin",
        subject: "jobs",
        axes: &[Axis::Origin],
        unit: "ratio",
        meaning: "ratio on that hazard",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "internal_share",
        subject: "jobs",
        axes: &[Axis::JobClass],
        unit: "share",
        meaning: "share of a month's vacancies open to promotion and kept-on apprentices before advertising",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "personal_loading",
        subject: "jobs",
        axes: &[Axis::Clock],
        unit: "log points per standard deviation",
        meaning: "weight of the fixed personal effect in the log hazard of an exit",
        lowest: -5.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "agency_reach",
        subject: "support",
        axes: &[Axis::Region, Axis::Agency],
        unit: "share",
        meaning: "people who are NEET known to an agency",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "handover_loss",
        subject: "support",
        axes: &[Axis::Region],
        unit: "share",
        meaning: "people lost when one agency hands over to another",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "contact",
        subject: "support",
        axes: &[],
        unit: "hazard per month",
        meaning: "an agency trying to reach somebody who is NEET",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "support_places",
        subject: "support",
        axes: &[Axis::Region],
        unit: "persons at a time",
        meaning: "caseload that funded support can carry",
        lowest: 0.0,
        highest: 100000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "support_months",
        subject: "support",
        axes: &[],
        unit: "months",
        meaning: "length of support",
        lowest: 1.0,
        highest: 120.0,
        met_by: Met::Places,
    },
    Spec {
        name: "support_fade_months",
        subject: "support",
        axes: &[],
        unit: "months",
        meaning: "months over which the effect fades after support",
        lowest: 1.0,
        highest: 120.0,
        met_by: Met::People,
    },
    Spec {
        name: "support_effect",
        subject: "support",
        axes: &[Axis::SupportEffect],
        unit: "hazard ratio",
        meaning: "effect while supported",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "support_health_discount",
        subject: "support",
        axes: &[Axis::Region],
        unit: "share",
        meaning: "share of the effect that people with a health limitation get",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "support_quality",
        subject: "support",
        axes: &[Axis::Region],
        unit: "ratio",
        meaning: "ratio on the effect of support beyond 1",
        lowest: 0.0,
        highest: 10.0,
        met_by: Met::People,
    },
    Spec {
        name: "support_unit_cost",
        subject: "support",
        axes: &[],
        unit: "GBP per place",
        meaning: "public cost of one period of support",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "reserved_posts",
        subject: "support",
        axes: &[Axis::Region],
        unit: "posts a year",
        meaning: "vacancies in working-class jobs that employers keep for people on support who apply",
        lowest: 0.0,
        highest: 100000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "guaranteed_job_months",
        subject: "support",
        axes: &[],
        unit: "months",
        meaning: "length of a guaranteed job",
        lowest: 1.0,
        highest: 120.0,
        met_by: Met::Places,
    },
    Spec {
        name: "guaranteed_job_kept_on",
        subject: "support",
        axes: &[],
        unit: "probability",
        meaning: "people at the end of a guaranteed job whom the employer wants to keep in a working-class post",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "guaranteed_job_displacement",
        subject: "support",
        axes: &[],
        unit: "share",
        meaning: "guaranteed jobs that replace ordinary working-class posts",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::Places,
    },
    Spec {
        name: "guaranteed_job_unit_cost",
        subject: "support",
        axes: &[],
        unit: "GBP per job",
        meaning: "public cost of one guaranteed job",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "guaranteed_training_unit_cost",
        subject: "support",
        axes: &[],
        unit: "GBP per start",
        meaning: "public cost of one start of guaranteed training",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "neet_benefit",
        subject: "support",
        axes: &[],
        unit: "GBP per person-month",
        meaning: "benefits paid per person-month NEET at 16-24, claimed or not; saved by each that is avoided",
        lowest: 0.0,
        highest: 10000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "move_flow",
        subject: "places",
        axes: &[Axis::Region, Axis::Destination],
        unit: "persons a year",
        meaning: "moves between regions: the weights of destinations",
        lowest: 0.0,
        highest: 100000000.0,
        met_by: Met::People,
    },
    Spec {
        name: "move_hazard",
        subject: "places",
        axes: &[Axis::AgeBand],
        unit: "hazard per month",
        meaning: "people without a job moving to another region without an offer",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "move_hazard_in_work",
        subject: "places",
        axes: &[Axis::AgeBand],
        unit: "hazard per month",
        meaning: "people in work who want to move to another region and do when a post of their class is vacant there",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "move_by_qualification",
        subject: "places",
        axes: &[Axis::Qualification],
        unit: "ratio",
        meaning: "ratio on both hazards of moving",
        lowest: 0.0,
        highest: 100.0,
        met_by: Met::People,
    },
    Spec {
        name: "moving_grant_with_offer",
        subject: "places",
        axes: &[],
        unit: "GBP per move",
        meaning: "public money to somebody NEET who is hired in another region",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::People,
    },
    Spec {
        name: "moving_grant_without_offer",
        subject: "places",
        axes: &[],
        unit: "GBP per move",
        meaning: "public money to somebody NEET who moves without an offer",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::People,
    },
    Spec {
        name: "move_pay_elasticity",
        subject: "places",
        axes: &[],
        unit: "elasticity",
        meaning: "response of destinations to pay",
        lowest: -20.0,
        highest: 20.0,
        met_by: Met::Places,
    },
    Spec {
        name: "move_vacancy_elasticity",
        subject: "places",
        axes: &[],
        unit: "elasticity",
        meaning: "response of destinations to vacancies per seeker",
        lowest: -20.0,
        highest: 20.0,
        met_by: Met::Places,
    },
    Spec {
        name: "productivity_index",
        subject: "places",
        axes: &[Axis::Region],
        unit: "index, world = 100",
        meaning: "output per hour worked",
        lowest: 1.0,
        highest: 1000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "innovation_investment",
        subject: "places",
        axes: &[Axis::Region],
        unit: "GBP million a year",
        meaning: "business and public research and development",
        lowest: 0.0,
        highest: 1000000.0,
        met_by: Met::Places,
    },
    Spec {
        name: "innovation_lag_months",
        subject: "places",
        axes: &[],
        unit: "months",
        meaning: "mean delay from investment to productivity",
        lowest: 1.0,
        highest: 600.0,
        met_by: Met::Places,
    },
    Spec {
        name: "productivity_elasticity",
        subject: "places",
        axes: &[],
        unit: "elasticity",
        meaning: "log points of productivity per log point of innovation stock",
        lowest: 0.0,
        highest: 5.0,
        met_by: Met::Places,
    },
    Spec {
        name: "professional_elasticity",
        subject: "places",
        axes: &[],
        unit: "elasticity",
        meaning: "log points of professional posts per log point of productivity",
        lowest: 0.0,
        highest: 20.0,
        met_by: Met::Places,
    },
    Spec {
        name: "pay_pass_through",
        subject: "places",
        axes: &[],
        unit: "elasticity",
        meaning: "log points of pay per log point of productivity",
        lowest: 0.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "local_multiplier",
        subject: "places",
        axes: &[Axis::JobClass],
        unit: "posts per post",
        meaning: "further local posts for each extra professional post",
        lowest: 0.0,
        highest: 20.0,
        met_by: Met::Places,
    },
    Spec {
        name: "pay_by_class",
        subject: "pay",
        axes: &[Axis::JobClass],
        unit: "GBP per hour",
        meaning: "typical starting pay of a class of job for a person with a level 3 qualification, in base-year prices",
        lowest: 1.0,
        highest: 1000.0,
        met_by: Met::People,
    },
    Spec {
        name: "pay_by_qualification",
        subject: "pay",
        axes: &[Axis::Qualification],
        unit: "log points",
        meaning: "pay by qualification within a class",
        lowest: -5.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "pay_by_region",
        subject: "pay",
        axes: &[Axis::Region],
        unit: "log points",
        meaning: "pay in a region against the national mean",
        lowest: -5.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "pay_experience",
        subject: "pay",
        axes: &[],
        unit: "log points per year",
        meaning: "pay growth in the first year of experience",
        lowest: -1.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "pay_experience_squared",
        subject: "pay",
        axes: &[],
        unit: "log points per year squared",
        meaning: "change of that growth with experience",
        lowest: -1.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "pay_network",
        subject: "pay",
        axes: &[Axis::Origin],
        unit: "log points",
        meaning: "pay in professional jobs by origin class",
        lowest: -5.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "pay_scar_early",
        subject: "pay",
        axes: &[],
        unit: "log points per month",
        meaning: "lasting loss of pay for each month unemployed at 18-20",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "pay_scar_late",
        subject: "pay",
        axes: &[],
        unit: "log points per month",
        meaning: "lasting loss of pay for each month unemployed at 21-23",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "pay_persistence",
        subject: "pay",
        axes: &[],
        unit: "correlation over a year",
        meaning: "persistence of the personal deviation of pay",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "pay_spread",
        subject: "pay",
        axes: &[],
        unit: "log points",
        meaning: "standard deviation of the personal deviation of pay",
        lowest: 0.0,
        highest: 5.0,
        met_by: Met::People,
    },
    Spec {
        name: "pay_by_parents",
        subject: "pay",
        axes: &[],
        unit: "elasticity",
        meaning: "what parents' pay above the usual of their class and region adds to that of their child",
        lowest: 0.0,
        highest: 1.0,
        met_by: Met::People,
    },
    Spec {
        name: "minimum_wage",
        subject: "pay",
        axes: &[Axis::AgeBand],
        unit: "GBP per hour",
        meaning: "legal minimum for the age",
        lowest: 0.0,
        highest: 1000.0,
        met_by: Met::People,
    },
    Spec {
        name: "apprentice_pay",
        subject: "pay",
        axes: &[Axis::Level],
        unit: "GBP per hour",
        meaning: "typical pay of an apprentice",
        lowest: 1.0,
        highest: 1000.0,
        met_by: Met::People,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_has_its_own_row() {
        assert_eq!(SPECS.len(), Condition::VARIANTS.len());
        for condition in Condition::VARIANTS {
            let variant = format!("{condition:?}").to_lowercase();
            assert_eq!(condition.spec().name.replace('_', ""), variant);
            assert_eq!(Condition::named(condition.spec().name), Some(*condition));
            assert!(condition.spec().lowest < condition.spec().highest);
        }
    }
}
