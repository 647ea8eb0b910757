//! A lever of any kind: a policy behind one face, with when, where, for whom and on what authority.

use super::common::{COMMON_KEYS, Common, region_names};
use super::effect::Effect;
use super::effect_builder::EffectBuilder;
use super::policy::{Part, Policy, SetNumber};
use crate::calendar::Month;
use crate::toml_tables::{Key, KeyInfo, Printer, TableReader, print_keys, read_keys};
use crate::world::World;
use std::any::Any;
use std::fmt::Debug;
use std::sync::Arc;

/// A lever with its settings, checked.
///
/// ```
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let scenario = Scenario::load("growth-and-skills-levy", &Overrides::default(), &world)?;
/// let levers: Vec<&str> = scenario.levers.iter().map(|lever| lever.kind().name).collect();
/// assert!(levers.contains(&"skills_levy"));
/// # Ok::<(), Diagnostics>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lever {
    /// When, where, for whom, on what authority.
    pub common: Common,
    policy: Arc<dyn AnyPolicy>,
}

impl PartialEq for Lever {
    fn eq(&self, other: &Self) -> bool {
        self.common == other.common && self.policy.is(&*other.policy)
    }
}

impl Lever {
    /// A policy, when, where and for whom.
    #[must_use]
    pub fn new(common: Common, policy: impl Policy) -> Self {
        Self { common, policy: Arc::new(policy) }
    }

    /// Which kind it is.
    #[must_use]
    pub fn kind(&self) -> LeverKind {
        self.policy.kind()
    }

    /// The policy, if it is this one.
    #[must_use]
    pub fn policy<P: Policy>(&self) -> Option<&P> {
        self.policy.as_any().downcast_ref()
    }

    /// This lever with `factor` times its strength: its money, places and changes. What has no cost to scale
    /// stays as it is.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        let mut scaled = self.clone();
        if self.policy.can_be_scaled() {
            scaled.common.full_strength *= factor;
        }
        scaled
    }

    /// What it does in a month; nothing at all while it is not in force.
    #[must_use]
    pub fn effect(&self, world: &World, month: Month) -> Effect {
        let strength = self.common.strength(month);
        if strength <= 0.0 {
            return Effect::default();
        }
        self.effect_at(world, strength, month)
    }

    /// What it does in a month in which it has this strength, from 0 (nothing) to 1 (all of it), or more when it
    /// is scaled up.
    #[must_use]
    pub fn effect_at(&self, world: &World, strength: f64, month: Month) -> Effect {
        let mut effect = EffectBuilder::new(world, &self.common, strength, month);
        self.policy.act(&mut effect);
        effect.build()
    }

    /// The numbers that it sets to a value: no other lever may set them at the same time.
    #[must_use]
    pub fn sets(&self, world: &World) -> Vec<SetNumber> {
        self.policy.sets(&self.common, world)
    }

    /// What it takes, at a strength, of something of which there is so much.
    #[must_use]
    pub fn takes(&self, world: &World, strength: f64) -> Vec<Part> {
        self.policy.takes(&self.common, world, strength)
    }

    /// Whether it acts in Septembers alone.
    #[must_use]
    pub fn acts_in_september(&self) -> bool {
        self.policy.acts_in_september()
    }

    /// Keys that say something and change nothing, with what they would act on.
    #[must_use]
    pub fn idle_keys(&self) -> Vec<(&'static str, &'static str)> {
        self.policy.idle_keys(&self.common)
    }

    /// Writes it as a table that reads back to the same lever.
    pub fn print(&self, world: &World, out: &mut Printer) {
        let (path, regions) = (format!("levers.{}", self.kind().name), region_names(world));
        out.heading(&format!("[[{path}]]"));
        self.common.print_head(out, &regions);
        self.policy.print(&self.common, out, &regions);
        self.common.print_tail(&path, out, &regions);
    }
}

/// A policy of any type.
trait AnyPolicy: Debug + Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn is(&self, other: &dyn AnyPolicy) -> bool;
    fn kind(&self) -> LeverKind;
    fn can_be_scaled(&self) -> bool;
    fn acts_in_september(&self) -> bool;
    fn act(&self, effect: &mut EffectBuilder<'_>);
    fn sets(&self, common: &Common, world: &World) -> Vec<SetNumber>;
    fn takes(&self, common: &Common, world: &World, strength: f64) -> Vec<Part>;
    fn idle_keys(&self, common: &Common) -> Vec<(&'static str, &'static str)>;
    fn print(&self, common: &Common, out: &mut Printer, regions: &[&str]);
}

impl<P: Policy> AnyPolicy for P {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is(&self, other: &dyn AnyPolicy) -> bool {
        other.as_any().downcast_ref::<P>() == Some(self)
    }

    fn kind(&self) -> LeverKind {
        LeverKind::of::<P>()
    }

    fn can_be_scaled(&self) -> bool {
        Policy::can_be_scaled(self)
    }

    fn acts_in_september(&self) -> bool {
        Policy::acts_in_september(self)
    }

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        Policy::act(self, effect);
    }

    fn sets(&self, common: &Common, world: &World) -> Vec<SetNumber> {
        Policy::sets(self, common, world)
    }

    fn takes(&self, common: &Common, world: &World, strength: f64) -> Vec<Part> {
        Policy::takes(self, common, world, strength)
    }

    fn idle_keys(&self, common: &Common) -> Vec<(&'static str, &'static str)> {
        Policy::idle_keys(self, common)
    }

    fn print(&self, common: &Common, out: &mut Printer, regions: &[&str]) {
        let printed = own_keys::<P>().filter(|key| self.is_printed(key.about().name, common));
        print_keys(printed, self, out, regions);
    }
}

/// A kind of lever: what the registry knows of a policy.
#[derive(Clone, Copy, Debug)]
pub struct LeverKind {
    /// Its name in files: `[[levers.NAME]]`.
    pub name: &'static str,
    /// What it is for, in one line.
    pub purpose: &'static str,
    /// What is known about effects of this kind.
    pub evidence: &'static str,
    keys: fn() -> Vec<KeyInfo>,
    read: fn(&mut TableReader<'_>, &World, Month) -> Option<Lever>,
    #[cfg(test)]
    pub(crate) example: fn(Common, f64) -> Lever,
    #[cfg(test)]
    pub(crate) supply: fn(&crate::conditions::Conditions) -> f64,
}

impl LeverKind {
    /// The kind that a policy is.
    #[must_use]
    pub const fn of<P: Policy>() -> Self {
        Self {
            name: P::NAME,
            purpose: P::PURPOSE,
            evidence: P::EVIDENCE,
            keys: || own_keys::<P>().map(|key| *key.about()).collect(),
            read: read::<P>,
            #[cfg(test)]
            example: |common, size| Lever::new(common, P::example(size)),
            #[cfg(test)]
            supply: P::supply,
        }
    }

    /// Its own keys.
    #[must_use]
    pub fn own_keys(&self) -> Vec<KeyInfo> {
        (self.keys)()
    }

    /// All its keys: its own, then those that every lever has.
    #[must_use]
    pub fn keys(&self) -> Vec<KeyInfo> {
        self.own_keys().into_iter().chain(COMMON_KEYS.iter().map(|key| *key.about())).collect()
    }

    /// The key of a name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<KeyInfo> {
        self.keys().into_iter().find(|key| key.name == name)
    }

    /// The lever that a table sets; mistakes are noted there. A lever without `from` starts with the run.
    #[must_use]
    pub fn read(&self, mut table: TableReader<'_>, world: &World, run_start: Month) -> Option<Lever> {
        let lever = self.read_from(&mut table, world, run_start);
        table.finish();
        lever
    }

    /// The same, while further keys may be asked for.
    pub(super) fn read_from(&self, table: &mut TableReader<'_>, world: &World, run_start: Month) -> Option<Lever> {
        (self.read)(table, world, run_start)
    }
}

fn own_keys<P: Policy>() -> impl Iterator<Item = &'static Key<P>> {
    P::KEYS.iter().chain(P::LAST_KEYS)
}

fn read<P: Policy>(table: &mut TableReader<'_>, world: &World, run_start: Month) -> Option<Lever> {
    let regions = region_names(world);
    let mut policy = P::default();
    let complete = read_keys(P::KEYS, &mut policy, table, &regions);
    if !P::NEEDS_ONE_OF.is_empty() {
        table.needs_one_of(P::NEEDS_ONE_OF);
    }
    let common = Common::read(table, world, run_start);
    let complete = read_keys(P::LAST_KEYS, &mut policy, table, &regions) && complete;
    policy.check(&common, world, table);
    complete.then(|| Lever::new(common, policy))
}
