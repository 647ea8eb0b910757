//! What a lever is: a policy with its keys, and what it does to a month. Each file of a lever has one of these.

use super::common::Common;
use super::effect_builder::EffectBuilder;
use crate::conditions::Condition;
use crate::toml_tables::{Key, TableReader};
use crate::world::World;
use std::fmt::Debug;

/// A number that a policy sets to a value rather than change by an amount: the key that sets it, the
/// condition, and one index for each of its axes.
pub type SetNumber = (&'static str, Condition, Vec<usize>);

/// A part of something of which there is so much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The key that takes it.
    pub key: &'static str,
    /// How much it takes.
    pub amount: f64,
    /// How much there is.
    pub most: f64,
    /// Of what, in a few words.
    pub of: &'static str,
    /// Who shares it.
    pub shared: Shared,
}

/// Who shares what levers take parts of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Everybody: there is one for all regions.
    Everywhere,
    /// A region, whatever the target group.
    ByRegion,
    /// The members of a target group in a region.
    ByRegionAndGroup,
}

/// A policy: its settings are the fields of the type, its keys say how files set them.
///
/// `Default` is a blank to be filled in by the keys, not the policy without any key typed: that is
/// [`without_keys`](crate::toml_tables::without_keys).
pub trait Policy: Clone + Debug + Default + PartialEq + Send + Sync + 'static {
    /// Its name in files: `[[levers.NAME]]`.
    const NAME: &'static str;

    /// What it is for, in one line.
    const PURPOSE: &'static str;

    /// What is known about effects of this kind.
    const EVIDENCE: &'static str;

    /// Its own keys, beside those that every lever has.
    const KEYS: &'static [Key<Self>];

    /// Further keys, which come after those that every lever has.
    const LAST_KEYS: &'static [Key<Self>] = &[];

    /// Keys of which one at least is needed.
    const NEEDS_ONE_OF: &'static [&'static str] = &[];

    /// Notes what does not go together: keys that were read, the common ones, and the world.
    fn check(&self, _common: &Common, _world: &World, _table: &mut TableReader<'_>) {}

    /// Whether a key is printed: one that may not stand beside the common keys is not.
    fn is_printed(&self, _key: &str, _common: &Common) -> bool {
        true
    }

    /// What it does to a month, as much as it is in force then: strength may pass 1.
    fn act(&self, effect: &mut EffectBuilder<'_>);

    /// The numbers that it sets: no other lever may set them at the same time.
    fn sets(&self, _common: &Common, _world: &World) -> Vec<SetNumber> {
        Vec::new()
    }

    /// What it takes, at a strength, of something of which there is so much: levers of one kind never take more together.
    fn takes(&self, _common: &Common, _world: &World, _strength: f64) -> Vec<Part> {
        Vec::new()
    }

    /// Keys that say something and change nothing, with what they would act on.
    fn idle_keys(&self, _common: &Common) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    /// Whether it acts in Septembers alone, when pupils reach their last compulsory year.
    fn acts_in_september(&self) -> bool {
        false
    }

    /// Whether there can be more of it than its keys say, at more cost.
    fn can_be_scaled(&self) -> bool {
        true
    }

    /// One of a size for the tests of all levers: 0 is nothing at all, 2 is more than 1.
    #[cfg(test)]
    fn example(size: f64) -> Self;

    /// How much there is of what it supplies.
    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64;
}
