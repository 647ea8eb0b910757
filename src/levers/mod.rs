//! Levers: what a policy does to the conditions that people meet.
//!
//! One file a lever: its settings, its keys, its checks, its effect on a month, its evidence. A lever is a
//! pure function of world and month; it never touches a person, and two levers combine in any order to
//! the same bits. A new one is one file and one line in [`LEVERS`].
//!
//! From the ground up: [`Common`] (when, where, for whom), [`Effect`] (what is done to a month) and
//! `EffectBuilder` (the words for it), [`Policy`] (what a lever's file says), [`Lever`] (any policy, somewhere,
//! for somebody), the levers, and [`LEVERS`]. Next: `scenario` reads them from files and lays them along
//! the months.

mod adjust;
mod apprenticeship_places;
mod apprenticeship_spending;
mod attainment;
mod budget;
mod careers_guidance;
mod change;
mod common;
mod conflicts;
mod effect;
mod effect_builder;
mod further_education;
mod higher_education;
mod hiring_subsidy;
mod lever;
mod local_partnership;
mod policy;
mod regional_innovation;
mod registry;
mod relocation_support;
mod shock;
mod skills_levy;
mod young_people;
mod youth_guarantee;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use adjust::Adjust;
pub use apprenticeship_places::ApprenticeshipPlaces;
pub use apprenticeship_spending::SpreadBy;
pub use attainment::Attainment;
pub use budget::{Budget, Rank};
pub use careers_guidance::CareersGuidance;
pub use change::ChangeBuilder;
pub use common::{COMMON_KEYS, Common, MOST_STRENGTH};
pub use conflicts::{Conflict, check_conflicts, conflicts, path};
pub use effect::Effect;
pub use effect_builder::EffectBuilder;
pub use further_education::FurtherEducation;
pub use higher_education::HigherEducation;
pub use hiring_subsidy::HiringSubsidy;
pub use lever::{Lever, LeverKind};
pub use local_partnership::LocalPartnership;
pub use policy::{Policy, SetNumber};
pub use regional_innovation::RegionalInnovation;
pub use registry::LEVERS;
pub use relocation_support::RelocationSupport;
pub use shock::Shock;
pub use skills_levy::SkillsLevy;
pub use youth_guarantee::YouthGuarantee;
