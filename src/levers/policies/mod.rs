//! Every policy, one file each, and the registry of the kinds of lever they make.

mod adjust;
mod apprenticeship_places;
mod attainment;
mod careers_guidance;
mod further_education;
mod higher_education;
mod hiring_subsidy;
mod local_partnership;
mod regional_innovation;
mod relocation_support;
mod shock;
mod skills_levy;
mod youth_guarantee;

pub use adjust::Adjust;
pub use apprenticeship_places::ApprenticeshipPlaces;
pub use attainment::Attainment;
pub use careers_guidance::CareersGuidance;
pub use further_education::FurtherEducation;
pub use higher_education::HigherEducation;
pub use hiring_subsidy::HiringSubsidy;
pub use local_partnership::LocalPartnership;
pub use regional_innovation::RegionalInnovation;
pub use relocation_support::RelocationSupport;
pub use shock::Shock;
pub use skills_levy::SkillsLevy;
pub use youth_guarantee::YouthGuarantee;

use super::lever::LeverKind;

/// All kinds of lever, in the order in which they are listed, read and printed.
pub const LEVERS: &[LeverKind] = &[
    LeverKind::of::<SkillsLevy>(),
    LeverKind::of::<ApprenticeshipPlaces>(),
    LeverKind::of::<LocalPartnership>(),
    LeverKind::of::<YouthGuarantee>(),
    LeverKind::of::<FurtherEducation>(),
    LeverKind::of::<HigherEducation>(),
    LeverKind::of::<Attainment>(),
    LeverKind::of::<CareersGuidance>(),
    LeverKind::of::<RelocationSupport>(),
    LeverKind::of::<HiringSubsidy>(),
    LeverKind::of::<RegionalInnovation>(),
    LeverKind::of::<Shock>(),
    LeverKind::of::<Adjust>(),
];
