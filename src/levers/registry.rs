//! Every kind of lever, in the order in which they are listed, read and printed.

use super::adjust::Adjust;
use super::apprenticeship_places::ApprenticeshipPlaces;
use super::attainment::Attainment;
use super::careers_guidance::CareersGuidance;
use super::further_education::FurtherEducation;
use super::higher_education::HigherEducation;
use super::hiring_subsidy::HiringSubsidy;
use super::lever::LeverKind;
use super::local_partnership::LocalPartnership;
use super::regional_innovation::RegionalInnovation;
use super::relocation_support::RelocationSupport;
use super::shock::Shock;
use super::skills_levy::SkillsLevy;
use super::youth_guarantee::YouthGuarantee;

/// All kinds of lever.
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
