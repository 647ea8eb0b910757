//! Levers: what a policy does to the conditions that people meet.
//!
//! One file a lever: its keys, its checks, its effect on a month, its evidence. A lever is a pure
//! function of world and month; it never touches a person, and two levers combine in any order to
//! the same bits. A new one is one file, one variant of [`Lever`] and one line in [`LEVERS`].
//! Next: `scenario` reads them from files and lays them along the months.

mod adjust;
mod apprenticeship_places;
mod common;
mod effect;
mod local_partnership;
mod printer;
mod regional_innovation;
mod skills_levy;
mod table;
mod together;
pub mod typed;

#[cfg(test)]
pub(crate) mod tests;

pub use adjust::Adjust;
pub use apprenticeship_places::ApprenticeshipPlaces;
pub use common::{Common, MOST_STRENGTH};
pub use effect::Effect;
pub use local_partnership::LocalPartnership;
pub use printer::Printer;
pub use regional_innovation::RegionalInnovation;
pub use skills_levy::SkillsLevy;
pub use table::{Log, Table, closest};
pub use together::{Clash, check_together, clashes, path};

use crate::calendar::Month;
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
    /// Investment in innovation.
    RegionalInnovation(RegionalInnovation),
    /// A change of any named condition.
    Adjust(Adjust),
}

/// All levers, in the order of [`Lever`].
pub const LEVERS: &[Entry] = &[
    skills_levy::ENTRY,
    apprenticeship_places::ENTRY,
    local_partnership::ENTRY,
    regional_innovation::ENTRY,
    adjust::ENTRY,
];

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
    read: fn(&mut Table<'_>, &World, Month) -> Option<Lever>,
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
    pub fn read(&self, mut table: Table<'_>, world: &World, run_start: Month) -> Option<Lever> {
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

    /// When, where, for whom, on what authority.
    #[must_use]
    pub fn common(&self) -> &Common {
        match self {
            Self::SkillsLevy(lever) => &lever.common,
            Self::ApprenticeshipPlaces(lever) => &lever.common,
            Self::LocalPartnership(lever) => &lever.common,
            Self::RegionalInnovation(lever) => &lever.common,
            Self::Adjust(lever) => &lever.common,
        }
    }

    /// This lever with `factor` times its strength.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        let mut scaled = self.clone();
        let common = match &mut scaled {
            Self::SkillsLevy(lever) => &mut lever.common,
            Self::ApprenticeshipPlaces(lever) => &mut lever.common,
            Self::LocalPartnership(lever) => &mut lever.common,
            Self::RegionalInnovation(lever) => &mut lever.common,
            Self::Adjust(lever) => &mut lever.common,
        };
        common.full_strength *= factor;
        scaled
    }

    /// What it does in a month; nothing at all while it is not in force.
    #[must_use]
    pub fn effect(&self, world: &World, month: Month) -> Effect {
        let strength = self.common().strength(month);
        if strength <= 0.0 {
            return Effect::default();
        }
        match self {
            Self::SkillsLevy(lever) => lever.effect(world, strength),
            Self::ApprenticeshipPlaces(lever) => lever.effect(world, strength),
            Self::LocalPartnership(lever) => lever.effect(world, strength),
            Self::RegionalInnovation(lever) => lever.effect(world, strength),
            Self::Adjust(lever) => lever.effect(world, strength),
        }
    }

    /// Writes it as a table that reads back to the same lever.
    pub fn print(&self, world: &World, out: &mut Printer) {
        let path = format!("levers.{}", self.entry().name);
        out.heading(&format!("[[{path}]]"));
        self.common().print_head(world, out);
        match self {
            Self::SkillsLevy(lever) => lever.print(out),
            Self::ApprenticeshipPlaces(lever) => lever.print(out),
            Self::LocalPartnership(lever) => lever.print(out),
            Self::RegionalInnovation(lever) => lever.print(out),
            Self::Adjust(lever) => lever.print(world, out),
        }
        self.common().print_tail(world, &path, out);
    }
}
