//! Who stands where at the end of a run: people of each group by what they do.

use crate::domain::{AgeBand, Kind, Origin, Qualification, Region, Sex};
use crate::engine::tally::{STANDINGS, Seen, Snapshot, Standing};
use strum::VariantArray;

/// People who are counted together. All traits are those that people have in the world in which they are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandingGroup {
    /// Everybody.
    All,
    /// People of one origin class (people who grew up abroad have none).
    Origin(Origin),
    /// People who grew up in a region; `None` is abroad.
    Upbringing(Option<Region>),
    /// People who grew up in a region, of one origin class.
    UpbringingOrigin(Region, Origin),
    /// One sex.
    Sex(Sex),
    /// People with one highest qualification.
    Qualification(Qualification),
    /// One band of age.
    Age(AgeBand),
}

/// Every group of a world with `regions` regions, in the order of tables.
#[must_use]
pub fn groups(regions: usize) -> Vec<StandingGroup> {
    use StandingGroup as G;
    let places = || Region::all(regions);
    let origins = || Origin::VARIANTS.iter().copied();
    let mut groups = vec![G::All];
    groups.extend(origins().map(G::Origin));
    groups.extend(places().map(Some).chain([None]).map(G::Upbringing));
    groups.extend(places().flat_map(|place| origins().map(move |origin| G::UpbringingOrigin(place, origin))));
    groups.extend(Sex::VARIANTS.iter().copied().map(G::Sex));
    groups.extend(Qualification::VARIANTS.iter().copied().map(G::Qualification));
    groups.extend(AgeBand::VARIANTS.iter().copied().map(G::Age));
    groups
}

/// The positions in [`groups`] of everything that somebody belongs to.
fn positions(person: &Seen, regions: usize) -> impl Iterator<Item = usize> {
    let origins = Origin::count();
    let origin = person.origin as usize;
    let upbringing = 1 + origins;
    let both = upbringing + regions + 1;
    let sex = both + regions * origins;
    let qualification = sex + Sex::count();
    let age = qualification + Qualification::count();
    let at_home = person.upbringing.map(|region| [1 + origin, both + region.index() * origins + origin]);
    [
        0,
        upbringing + person.upbringing.map_or(regions, Region::index),
        sex + person.sex as usize,
        qualification + person.qualification as usize,
        age + AgeBand::of(person.age_months / 12) as usize,
    ]
    .into_iter()
    .chain(at_home.into_iter().flatten())
}

/// Agents by group and standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standings {
    counts: Vec<[u64; STANDINGS]>,
}

impl Standings {
    /// The counts of agents by group and standing, in the order of [`groups`] and [`Standing`].
    #[must_use]
    pub fn from_counts(counts: Vec<[u64; STANDINGS]>) -> Self {
        Self { counts }
    }

    /// Agents of a group with a standing; `group` is a position in [`groups`].
    #[must_use]
    pub fn agents(&self, group: usize, standing: Standing) -> u64 {
        self.counts[group][standing as usize]
    }

    /// Agents of a group.
    #[must_use]
    pub fn everybody(&self, group: usize) -> u64 {
        self.counts[group].iter().sum()
    }
}

/// Counts everybody in a world with `regions` regions.
#[must_use]
pub fn standings(world: &Snapshot, regions: usize) -> Standings {
    let mut counts = vec![[0; STANDINGS]; groups(regions).len()];
    for person in world.people() {
        for group in positions(&person, regions) {
            counts[group][person.standing as usize] += 1;
        }
    }
    Standings { counts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;

    fn seen(identity: u64, standing: Standing) -> Seen {
        Seen {
            identity,
            age_months: 20 * 12,
            upbringing: Some(Region(1)),
            origin: Origin::LowerWorking,
            sex: Sex::Female,
            qualification: Qualification::Level2,
            standing,
        }
    }

    fn found(of: &Standings, group: StandingGroup, standing: Standing) -> u64 {
        of.agents(groups(2).iter().position(|known| *known == group).unwrap(), standing)
    }

    #[test]
    fn everybody_is_in_one_group_of_each_kind() {
        let abroad = Seen { upbringing: None, sex: Sex::Male, ..seen(2, Standing::Working) };
        let people = [seen(1, Standing::Neet), abroad];
        let counted = standings(&Snapshot::of([people.to_vec()].into_par_iter()), 2);
        assert_eq!(found(&counted, StandingGroup::All, Standing::Neet), 1);
        for group in [
            StandingGroup::Origin(Origin::LowerWorking),
            StandingGroup::Upbringing(Some(Region(1))),
            StandingGroup::UpbringingOrigin(Region(1), Origin::LowerWorking),
            StandingGroup::Sex(Sex::Female),
        ] {
            assert_eq!(found(&counted, group, Standing::Neet), 1, "{group:?}");
            assert_eq!(found(&counted, group, Standing::Working), 0, "{group:?}");
        }
        assert_eq!(found(&counted, StandingGroup::Upbringing(None), Standing::Working), 1);
        let total: u64 = (0..groups(2).len()).map(|group| counted.everybody(group)).sum();
        assert_eq!(total, 2 * 5 + 2, "people from abroad have no origin");
        assert_eq!(counted.everybody(0), 2);
    }
}
