//! Who moved: the same person in both worlds, at the end of the run.

use crate::domain::{AgeBand, Origin, Qualification, Region, Sex};
use crate::engine::tally::{Seen, Snapshot, Standing};
use std::cmp::Ordering;
use strum::{IntoStaticStr, VariantArray};

/// How a person stands in the scenario against themselves in the baseline.
///
/// The rungs are: NEET; in learning or a working-class job; an intermediate job; a professional job. Learning and
/// working-class jobs are on one rung and so neither above nor below each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Movement {
    /// On a higher rung.
    #[strum(serialize = "moved up")]
    Up,
    /// On a lower rung, but still in a job or in learning.
    #[strum(serialize = "moved down")]
    Down,
    /// NEET, where the baseline has them in a job or in learning: someone else has their place.
    #[strum(serialize = "displaced")]
    Displaced,
    /// In learning instead of a working-class job, or the other way round.
    #[strum(serialize = "sideways")]
    Sideways,
    /// Doing the same.
    #[strum(serialize = "unchanged")]
    Unchanged,
    /// In the country in the scenario alone.
    #[strum(serialize = "only in scenario")]
    OnlyScenario,
    /// In the country in the baseline alone.
    #[strum(serialize = "only in baseline")]
    OnlyBaseline,
}

/// Number of [`Movement`] values.
pub const CHANGES: usize = 7;

impl Movement {
    /// Whether people with this change are in both worlds.
    #[must_use]
    pub fn is_in_both(self) -> bool {
        match self {
            Self::Up | Self::Down | Self::Displaced | Self::Sideways | Self::Unchanged => true,
            Self::OnlyScenario | Self::OnlyBaseline => false,
        }
    }

    fn of(baseline: Standing, scenario: Standing) -> Self {
        match rung(scenario).cmp(&rung(baseline)) {
            Ordering::Greater => Self::Up,
            Ordering::Less if scenario == Standing::Neet => Self::Displaced,
            Ordering::Less => Self::Down,
            Ordering::Equal if scenario == baseline => Self::Unchanged,
            Ordering::Equal => Self::Sideways,
        }
    }
}

fn rung(standing: Standing) -> u8 {
    match standing {
        Standing::Neet => 0,
        Standing::Learning | Standing::Working => 1,
        Standing::Intermediate => 2,
        Standing::Professional => 3,
    }
}

/// People whose changes are counted together. Qualification, age and standing are those in the baseline (in the
/// scenario, for people who are there alone).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoverGroup {
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
    /// People who do one thing.
    Standing(Standing),
}

/// Every group of a world with `regions` regions, in the order of tables.
#[must_use]
pub fn groups(regions: usize) -> Vec<MoverGroup> {
    let places = || Region::all(regions);
    let origins = || Origin::VARIANTS.iter().copied();
    let mut groups = vec![MoverGroup::All];
    groups.extend(origins().map(MoverGroup::Origin));
    groups.extend(places().map(Some).chain([None]).map(MoverGroup::Upbringing));
    groups.extend(places().flat_map(|place| origins().map(move |origin| MoverGroup::UpbringingOrigin(place, origin))));
    groups.extend(Sex::VARIANTS.iter().copied().map(MoverGroup::Sex));
    groups.extend(Qualification::VARIANTS.iter().copied().map(MoverGroup::Qualification));
    groups.extend(AgeBand::VARIANTS.iter().copied().map(MoverGroup::Age));
    groups.extend(Standing::VARIANTS.iter().copied().map(MoverGroup::Standing));
    groups
}

/// The positions in [`groups`] of everything that somebody belongs to.
fn positions(person: &Seen, regions: usize) -> impl Iterator<Item = usize> {
    let origins = Origin::VARIANTS.len();
    let origin = person.origin as usize;
    let upbringing = 1 + origins;
    let both = upbringing + regions + 1;
    let sex = both + regions * origins;
    let qualification = sex + Sex::VARIANTS.len();
    let age = qualification + Qualification::VARIANTS.len();
    let standing = age + AgeBand::VARIANTS.len();
    let at_home = person.upbringing.map(|region| [1 + origin, both + region.index() * origins + origin]);
    [
        0,
        upbringing + person.upbringing.map_or(regions, Region::index),
        sex + person.sex as usize,
        qualification + person.qualification as usize,
        age + AgeBand::of(person.age_months / 12) as usize,
        standing + person.standing as usize,
    ]
    .into_iter()
    .chain(at_home.into_iter().flatten())
}

/// Agents by group and change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoMoved {
    counts: Vec<[u64; CHANGES]>,
}

impl WhoMoved {
    /// The counts of agents by group and change, in the order of [`groups`] and [`Movement`].
    #[must_use]
    pub fn from_counts(counts: Vec<[u64; CHANGES]>) -> Self {
        Self { counts }
    }

    /// Agents of a group with a change; `group` is a position in [`groups`].
    #[must_use]
    pub fn agents(&self, group: usize, change: Movement) -> u64 {
        self.counts[group][change as usize]
    }

    /// Agents of a group who are in both worlds.
    #[must_use]
    pub fn in_both(&self, group: usize) -> u64 {
        Movement::VARIANTS.iter().filter(|change| change.is_in_both()).map(|change| self.agents(group, *change)).sum()
    }
}

/// Finds everybody of the baseline in the scenario, in a world with `regions` regions.
#[must_use]
pub fn who_moved(baseline: &Snapshot, scenario: &Snapshot, regions: usize) -> WhoMoved {
    let mut counts = vec![[0; CHANGES]; groups(regions).len()];
    let mut count = |person: &Seen, change: Movement| {
        for group in positions(person, regions) {
            counts[group][change as usize] += 1;
        }
    };
    let (mut before, mut after) = (baseline.people().peekable(), scenario.people().peekable());
    loop {
        match (before.peek().copied(), after.peek().copied()) {
            (Some(one), Some(other)) if one.key() == other.key() => {
                count(&one, Movement::of(one.standing, other.standing));
                before.next();
                after.next();
            }
            (Some(one), other) if other.is_none_or(|other| one.key() < other.key()) => {
                count(&one, Movement::OnlyBaseline);
                before.next();
            }
            (_, Some(other)) => {
                count(&other, Movement::OnlyScenario);
                after.next();
            }
            (_, None) => return WhoMoved { counts },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Kind;
    use rayon::prelude::*;

    const _: () = assert!(Movement::VARIANTS.len() == CHANGES);

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

    fn snapshot(people: &[Seen]) -> Snapshot {
        Snapshot::of([people.to_vec()].into_par_iter())
    }

    fn found(moved: &WhoMoved, group: MoverGroup) -> [u64; CHANGES] {
        let at = groups(2).iter().position(|known| *known == group).unwrap();
        std::array::from_fn(|change| moved.agents(at, Movement::VARIANTS[change]))
    }

    #[test]
    fn changes_agree_with_a_hand_worked_example() {
        use Standing as S;
        let pairs: [[Option<S>; 2]; 10] = [
            [Some(S::Neet), Some(S::Working)],
            [Some(S::Working), Some(S::Professional)],
            [Some(S::Professional), Some(S::Intermediate)],
            [Some(S::Intermediate), Some(S::Neet)],
            [Some(S::Learning), Some(S::Working)],
            [Some(S::Neet), Some(S::Neet)],
            [Some(S::Professional), Some(S::Professional)],
            [Some(S::Working), None],
            [None, Some(S::Neet)],
            [None, Some(S::Working)],
        ];
        let world = |at: usize| {
            let people = pairs.iter().zip(1..).filter_map(|(pair, identity)| Some(seen(identity, pair[at]?)));
            snapshot(&people.collect::<Vec<_>>())
        };
        let moved = who_moved(&world(0), &world(1), 2);
        // Up, down, displaced, sideways, unchanged, only in the scenario, only in the baseline.
        assert_eq!(found(&moved, MoverGroup::All), [2, 1, 1, 1, 2, 2, 1]);
        assert_eq!(moved.in_both(0), 7);
        assert_eq!(found(&moved, MoverGroup::Standing(S::Neet)), [1, 0, 0, 0, 1, 1, 0]);
    }

    #[test]
    fn everybody_is_in_one_group_of_each_kind() {
        let abroad = Seen { upbringing: None, sex: Sex::Male, ..seen(2, Standing::Working) };
        let moved = who_moved(&snapshot(&[]), &snapshot(&[seen(1, Standing::Neet), abroad]), 2);
        let one = |group| found(&moved, group)[Movement::OnlyScenario as usize];
        assert_eq!(one(MoverGroup::All), 2);
        for group in [
            MoverGroup::Origin(Origin::LowerWorking),
            MoverGroup::Upbringing(Some(Region(1))),
            MoverGroup::Upbringing(None),
            MoverGroup::UpbringingOrigin(Region(1), Origin::LowerWorking),
            MoverGroup::Sex(Sex::Male),
        ] {
            assert_eq!(one(group), 1, "{group:?}");
        }
        for group in [MoverGroup::Qualification(Qualification::Level2), MoverGroup::Age(AgeBand::From18)] {
            assert_eq!(one(group), 2, "{group:?}");
        }
        let total: u64 = groups(2).into_iter().map(one).sum();
        assert_eq!(total, 2 * 6 + 2, "people from abroad have no origin");
    }

    #[test]
    fn a_world_compared_with_itself_has_moved_nobody() {
        let world = snapshot(&[seen(1, Standing::Neet), seen(2, Standing::Learning)]);
        let moved = who_moved(&world, &world, 2);
        assert_eq!(found(&moved, MoverGroup::All), [0, 0, 0, 0, 2, 0, 0]);
        assert_eq!(Movement::Displaced.name(), "displaced");
    }
}
