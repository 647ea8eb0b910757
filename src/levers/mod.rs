//! Levers: what a policy does to the conditions that people meet.
//!
//! One file a lever: its keys, its checks, its effect on a month, its evidence. A lever is a pure
//! function of world and month; it never touches a person, and two levers combine in any order to
//! the same bits. A new one is one file, one variant of [`Lever`] and one line in [`LEVERS`].
//! Next: `scenario` reads them from files and lays them along the months.

mod adjust;
mod apprenticeship_places;
mod attainment;
mod budget;
mod careers_guidance;
mod common;
mod effect;
mod further_education;
mod higher_education;
mod hiring_subsidy;
mod local_partnership;
mod regional_innovation;
mod relocation_support;
mod shock;
mod skills_levy;
mod together;
mod work;
mod youth_guarantee;

#[cfg(test)]
pub(crate) mod tests;

pub use adjust::Adjust;
pub use apprenticeship_places::ApprenticeshipPlaces;
pub use attainment::Attainment;
pub use budget::{Budget, Rank};
pub use careers_guidance::CareersGuidance;
pub use common::{Common, MOST_STRENGTH};
pub use effect::Effect;
pub use further_education::FurtherEducation;
pub use higher_education::HigherEducation;
pub use hiring_subsidy::HiringSubsidy;
pub use local_partnership::LocalPartnership;
pub use regional_innovation::RegionalInnovation;
pub use relocation_support::RelocationSupport;
pub use shock::Shock;
pub use skills_levy::{SkillsLevy, SpreadBy};
pub use together::{Clash, check_together, clashes, path};
pub use youth_guarantee::YouthGuarantee;

use crate::calendar::Month;
use crate::conditions::Condition;
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;

/// A lever with its settings, checked.
#[derive(Clone, Debug, PartialEq, strum::EnumDiscriminants)]
#[strum_discriminants(name(LeverKind), derive(strum::VariantArray), doc = "Which lever it is.")]
pub enum Lever {
    /// The growth and skills levy.
    SkillsLevy(SkillsLevy),
    /// Further apprenticeship places.
    ApprenticeshipPlaces(ApprenticeshipPlaces),
    /// A partnership of agencies with wrap-around support.
    LocalPartnership(LocalPartnership),
    /// Training or a subsidised job after some months without either.
    YouthGuarantee(YouthGuarantee),
    /// Places, bursaries and achievement in further education.
    FurtherEducation(FurtherEducation),
    /// Places and grants in higher education.
    HigherEducation(HigherEducation),
    /// Earlier help for pupils with the lowest attainment.
    Attainment(Attainment),
    /// Careers guidance at school and college.
    CareersGuidance(CareersGuidance),
    /// Grants for moving to another region.
    RelocationSupport(RelocationSupport),
    /// Money for employers who hire from a target group.
    HiringSubsidy(HiringSubsidy),
    /// Investment in innovation.
    RegionalInnovation(RegionalInnovation),
    /// A recession or a change of demand.
    Shock(Shock),
    /// A change of any named condition.
    Adjust(Adjust),
}

/// All levers, in the order of [`Lever`].
pub const LEVERS: &[Entry] = &[
    skills_levy::ENTRY,
    apprenticeship_places::ENTRY,
    local_partnership::ENTRY,
    youth_guarantee::ENTRY,
    further_education::ENTRY,
    higher_education::ENTRY,
    attainment::ENTRY,
    careers_guidance::ENTRY,
    relocation_support::ENTRY,
    hiring_subsidy::ENTRY,
    regional_innovation::ENTRY,
    shock::ENTRY,
    adjust::ENTRY,
];

/// What every lever can do.
pub trait Policy {
    /// When, where, for whom, on what authority.
    fn common(&self) -> &Common;

    /// What it does in a month in which it has this strength, from 0 (nothing) to 1 (all of it), or more when it is scaled up.
    fn effect(&self, world: &World, strength: f64) -> Effect;

    /// The same, for levers that change with the whole years since they began.
    fn effect_after(&self, world: &World, strength: f64, _years: u16) -> Effect {
        self.effect(world, strength)
    }

    /// The numbers that it sets to a value, rather than change by an amount, each with the key that
    /// sets it: no other lever may set them at the same time.
    fn sets(&self, _world: &World) -> Vec<(&'static str, Condition, Vec<usize>)> {
        Vec::new()
    }

    /// Writes its own keys.
    fn print(&self, world: &World, out: &mut Printer);
}

/// The keys that every lever has.
pub const COMMON_KEYS: &[Key] = &[
    Key { name: "from", unit: "month", meaning: "first month in force; the run's first month without it" },
    Key { name: "to", unit: "month", meaning: "last month in full force; for ever without it" },
    Key { name: "ramp_months", unit: "months", meaning: "months until full strength, in equal steps; 0 without it" },
    Key {
        name: "fade_months",
        unit: "months",
        meaning: "months after `to` until nothing is left, in equal steps; 0 without it",
    },
    Key {
        name: "full_strength",
        unit: "ratio",
        meaning: "how much of it once it is ramped up: 2 is twice the money, places and changes; 1 without it",
    },
    Key { name: "regions", unit: "names", meaning: "where; everywhere without it" },
    Key {
        name: "target",
        unit: "table",
        meaning: "for whom: ages, origin, sex, qualification, health, upbringing, months_neet_at_least; everybody without it",
    },
    Key { name: "source", unit: "text", meaning: "on what authority (needed)" },
];

/// A lever's line in the registry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name in files: `[[levers.NAME]]`.
    pub name: &'static str,
    /// What it is for, in one line.
    pub purpose: &'static str,
    /// Its own keys, beside [`COMMON_KEYS`].
    pub keys: &'static [Key],
    /// What is known about effects of this kind.
    pub evidence: &'static str,
    read: fn(&mut TableReader<'_>, &World, Month) -> Option<Lever>,
}

/// A key that a lever understands.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What it means, and what holds without it.
    pub meaning: &'static str,
}

impl Entry {
    /// The lever that a table sets; mistakes go to the table's log. A lever without `from` starts
    /// with the run.
    #[must_use]
    pub fn read(&self, mut table: TableReader<'_>, world: &World, run_start: Month) -> Option<Lever> {
        let lever = (self.read)(&mut table, world, run_start);
        table.finish();
        lever
    }
}

impl Lever {
    /// Its line in the registry.
    #[must_use]
    pub fn entry(&self) -> &'static Entry {
        &LEVERS[LeverKind::from(self) as usize]
    }

    /// What it can do.
    #[must_use]
    pub fn policy(&self) -> &dyn Policy {
        match self {
            Self::SkillsLevy(lever) => lever,
            Self::ApprenticeshipPlaces(lever) => lever,
            Self::LocalPartnership(lever) => lever,
            Self::YouthGuarantee(lever) => lever,
            Self::FurtherEducation(lever) => lever,
            Self::HigherEducation(lever) => lever,
            Self::Attainment(lever) => lever,
            Self::CareersGuidance(lever) => lever,
            Self::RelocationSupport(lever) => lever,
            Self::HiringSubsidy(lever) => lever,
            Self::RegionalInnovation(lever) => lever,
            Self::Shock(lever) => lever,
            Self::Adjust(lever) => lever,
        }
    }

    /// When, where, for whom, on what authority.
    #[must_use]
    pub fn common(&self) -> &Common {
        self.policy().common()
    }

    /// This lever with `factor` times its strength: its money, places and changes. What has no cost to scale, a shock or an
    /// `adjust` without one, stays as it is.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        let mut scaled = self.clone();
        let common = match &mut scaled {
            Self::SkillsLevy(lever) => &mut lever.common,
            Self::ApprenticeshipPlaces(lever) => &mut lever.common,
            Self::LocalPartnership(lever) => &mut lever.common,
            Self::YouthGuarantee(lever) => &mut lever.common,
            Self::FurtherEducation(lever) => &mut lever.common,
            Self::HigherEducation(lever) => &mut lever.common,
            Self::Attainment(lever) => &mut lever.common,
            Self::CareersGuidance(lever) => &mut lever.common,
            Self::RelocationSupport(lever) => &mut lever.common,
            Self::HiringSubsidy(lever) => &mut lever.common,
            Self::RegionalInnovation(lever) => &mut lever.common,
            Self::Adjust(lever) if lever.cost_gbp_million_per_year > 0.0 => &mut lever.common,
            Self::Shock(_) | Self::Adjust(_) => return scaled,
        };
        common.full_strength *= factor;
        scaled
    }

    /// What it does in a month; nothing at all while it is not in force.
    #[must_use]
    pub fn effect(&self, world: &World, month: Month) -> Effect {
        let common = self.common();
        let strength = common.strength(month);
        if strength <= 0.0 {
            return Effect::default();
        }
        self.policy().effect_after(world, strength, (month.0 - common.from.0) / 12)
    }

    /// Writes it as a table that reads back to the same lever.
    pub fn print(&self, world: &World, out: &mut Printer) {
        let path = format!("levers.{}", self.entry().name);
        out.heading(&format!("[[{path}]]"));
        self.common().print_head(world, out);
        self.policy().print(world, out);
        self.common().print_tail(world, &path, out);
    }
}
