//! The units of conditions, each with the range that numbers in it usually have.

/// The unit of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    PersonsAYear,
    Share,
    HazardPerMonth,
    GbpPerHour,
    LogPoints,
    Ratio,
    StandardDeviations,
    Weight,
    Months,
    Probability,
    StartsAYear,
    GbpPerStart,
    GbpAYear,
    Employers,
    PostsPerPerson,
    LogPointsAYear,
    SharePerMonth,
    ApplicationsPerMonth,
    Elasticity,
    LogWeight,
    QualificationRank,
    Score,
    ScorePerStep,
    ScorePerYear,
    ScorePerStandardDeviation,
    ScorePerLogMonth,
    GbpPerHire,
    PostsPerHire,
    LogPointsPerStandardDeviation,
    PersonsAtATime,
    HazardRatio,
    GbpPerPlace,
    PostsAYear,
    GbpPerJob,
    GbpPerPersonMonth,
    GbpPerMove,
    Index,
    GbpMillionAYear,
    PostsPerPost,
    LogPointsPerYear,
    LogPointsPerYearSquared,
    LogPointsPerMonth,
    CorrelationOverAYear,
}

impl Unit {
    /// How users read it.
    #[must_use]
    pub const fn text(self) -> &'static str {
        self.text_and_range().0
    }

    /// The lowest and the highest number that it usually allows; a condition may narrow or widen this.
    #[must_use]
    pub const fn range(self) -> (f64, f64) {
        let (_, lowest, highest) = self.text_and_range();
        (lowest, highest)
    }

    const fn text_and_range(self) -> (&'static str, f64, f64) {
        match self {
            Self::PersonsAYear => ("persons a year", 0.0, 1e8),
            Self::Share => ("share", 0.0, 1.0),
            Self::HazardPerMonth => ("hazard per month", 0.0, 10.0),
            Self::GbpPerHour => ("GBP per hour", 1.0, 1000.0),
            Self::LogPoints => ("log points", -5.0, 5.0),
            Self::Ratio => ("ratio", 0.0, 100.0),
            Self::StandardDeviations => ("standard deviations", -5.0, 5.0),
            Self::Weight => ("weight", 0.0, 1e6),
            Self::Months => ("months", 1.0, 120.0),
            Self::Probability => ("probability", 0.0, 1.0),
            Self::StartsAYear => ("starts a year", 0.0, 1e8),
            Self::GbpPerStart => ("GBP per start", 0.0, 1e6),
            Self::GbpAYear => ("GBP a year", 0.0, 1e13),
            Self::Employers => ("employers", 0.0, 1e8),
            Self::PostsPerPerson => ("posts per person", 0.0, 5.0),
            Self::LogPointsAYear => ("log points a year", -1.0, 1.0),
            Self::SharePerMonth => ("share per month", 0.0, 1.0),
            Self::ApplicationsPerMonth => ("applications per month", 0.0, 50.0),
            Self::Elasticity => ("elasticity", -20.0, 20.0),
            Self::LogWeight => ("log weight", -20.0, 20.0),
            Self::QualificationRank => ("qualification rank", 0.0, 4.0),
            Self::Score => ("score", -20.0, 20.0),
            Self::ScorePerStep => ("score per step", -20.0, 20.0),
            Self::ScorePerYear => ("score per year", -20.0, 20.0),
            Self::ScorePerStandardDeviation => ("score per standard deviation", -20.0, 20.0),
            Self::ScorePerLogMonth => ("score per log month", -20.0, 20.0),
            Self::GbpPerHire => ("GBP per hire", 0.0, 1e6),
            Self::PostsPerHire => ("posts per hire", 0.0, 1.0),
            Self::LogPointsPerStandardDeviation => ("log points per standard deviation", -5.0, 5.0),
            Self::PersonsAtATime => ("persons at a time", 0.0, 1e8),
            Self::HazardRatio => ("hazard ratio", 0.0, 100.0),
            Self::GbpPerPlace => ("GBP per place", 0.0, 1e6),
            Self::PostsAYear => ("posts a year", 0.0, 1e8),
            Self::GbpPerJob => ("GBP per job", 0.0, 1e6),
            Self::GbpPerPersonMonth => ("GBP per person-month", 0.0, 10000.0),
            Self::GbpPerMove => ("GBP per move", 0.0, 1e6),
            Self::Index => ("index, world = 100", 1.0, 1000.0),
            Self::GbpMillionAYear => ("GBP million a year", 0.0, 1e6),
            Self::PostsPerPost => ("posts per post", 0.0, 20.0),
            Self::LogPointsPerYear => ("log points per year", -1.0, 1.0),
            Self::LogPointsPerYearSquared => ("log points per year squared", -1.0, 1.0),
            Self::LogPointsPerMonth => ("log points per month", 0.0, 1.0),
            Self::CorrelationOverAYear => ("correlation over a year", 0.0, 1.0),
        }
    }
}
