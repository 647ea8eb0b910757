//! Levers: what a policy does to the conditions that people meet.
//!
//! One file a lever: its settings, its keys, its checks, its effect on a month, its evidence. A lever is a
//! pure function of world and month; it never touches a person, and two levers combine in any order to
//! the same bits. A new one is one file in `policies` and its line in [`LEVERS`].
//!
//! From the ground up: [`Common`] (when, where, for whom), [`Effect`] (what is done to a month) and
//! [`EffectBuilder`] (the words for it), [`Policy`] (what a file says), [`Lever`] (any policy, somewhere, for
//! somebody), and the policies with their registry. Next: `scenario` reads them from files and lays them
//! along the months.

mod apprenticeship_spending;
mod budget;
mod change;
mod common;
mod conflicts;
mod effect;
mod effect_builder;
mod lever;
mod policies;
mod policy;
mod remarks;
mod young_people;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use apprenticeship_spending::SpreadBy;
pub use budget::{Budget, Rank};
pub use change::ChangeBuilder;
pub use common::{COMMON_KEYS, Common, MOST_STRENGTH};
pub use conflicts::{Conflict, check_conflicts, conflicts, path};
pub use effect::Effect;
pub use effect_builder::EffectBuilder;
pub use lever::{Lever, LeverKind};
pub use policies::{
    Adjust, ApprenticeshipPlaces, Attainment, CareersGuidance, FurtherEducation, HigherEducation, HiringSubsidy,
    LEVERS, LocalPartnership, RegionalInnovation, RelocationSupport, Shock, SkillsLevy, YouthGuarantee,
};
pub use policy::{Part, Policy, SetNumber, Shared};
pub use remarks::remarks;
