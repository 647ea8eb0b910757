//! Cells: the groups of people that counts are kept for, and the slices that are sums of them.

use super::status::{STATUSES, Status};
use crate::calendar::MONTHS_A_YEAR;
use crate::domain::{FIRST_AGE, Origin, Region, Sex};
use strum::VariantArray;

/// Age in months from which people are counted.
pub(crate) const FIRST_COUNTED_MONTHS: u16 = FIRST_AGE * MONTHS_A_YEAR;

/// The region-or-group part of a result: which people it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slice {
    /// Everybody.
    All,
    /// People living in a region.
    Residence(Region),
    /// People living in a region, of one origin class.
    ResidenceOrigin(Region, Origin),
    /// People who grew up in a region; `None` is abroad.
    Upbringing(Option<Region>),
    /// People who grew up in a region, of one origin class.
    UpbringingOrigin(Region, Origin),
    /// One origin class (people who grew up abroad have none).
    Origin(Origin),
    /// One sex.
    Sex(Sex),
    /// One origin class and sex.
    OriginSex(Origin, Sex),
}

/// Numbers the cells of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cells {
    regions: usize,
}

/// Origin classes and, last, people who grew up abroad.
const ORIGINS: usize = 6;

impl Cells {
    /// The cells of a world with `regions` regions.
    #[must_use]
    pub fn new(regions: usize) -> Self {
        Self { regions }
    }

    /// The number of regions.
    #[must_use]
    pub fn regions(self) -> usize {
        self.regions
    }

    /// How many cells there are.
    #[must_use]
    pub fn count(self) -> usize {
        (2 * self.regions + 1) * ORIGINS + ORIGINS * 2
    }

    /// The three cells of one person. `origin` and `upbringing` are `None` for people from abroad.
    #[must_use]
    pub fn of_person(
        self,
        residence: Region,
        upbringing: Option<Region>,
        origin: Option<Origin>,
        sex: Sex,
    ) -> [usize; 3] {
        let origin = origin.map_or(ORIGINS - 1, |origin| origin as usize);
        let upbringing = upbringing.map_or(self.regions, Region::index);
        [
            residence.index() * ORIGINS + origin,
            (self.regions + upbringing) * ORIGINS + origin,
            (2 * self.regions + 1) * ORIGINS + origin * 2 + sex as usize,
        ]
    }

    /// Position in the stock of a period; `age` in years.
    #[must_use]
    pub fn stock_at(self, cell: usize, age: u16, status: Status) -> usize {
        // Age outermost: people of one chunk are of one or two ages, and their counts lie close together.
        (usize::from(age - 16) * self.count() + cell) * STATUSES + status as usize
    }

    /// The origin class of the people of a cell; `None` is abroad.
    #[must_use]
    pub fn origin_of(self, cell: usize) -> Option<Origin> {
        let sexes = (2 * self.regions + 1) * ORIGINS;
        let index = if cell < sexes { cell % ORIGINS } else { (cell - sexes) / 2 };
        Origin::VARIANTS.get(index).copied()
    }

    /// The cells whose sum is a slice.
    #[must_use]
    pub fn of_slice(self, slice: Slice) -> Vec<usize> {
        let up = self.regions * ORIGINS;
        let sexes = (2 * self.regions + 1) * ORIGINS;
        match slice {
            Slice::All => (sexes..sexes + ORIGINS * 2).collect(),
            Slice::Residence(region) => (0..ORIGINS).map(|origin| region.index() * ORIGINS + origin).collect(),
            Slice::ResidenceOrigin(region, origin) => vec![region.index() * ORIGINS + origin as usize],
            Slice::Upbringing(region) => {
                let row = region.map_or(self.regions, Region::index);
                (0..ORIGINS).map(|origin| up + row * ORIGINS + origin).collect()
            }
            Slice::UpbringingOrigin(region, origin) => vec![up + region.index() * ORIGINS + origin as usize],
            Slice::Origin(origin) => (0..2).map(|sex| sexes + origin as usize * 2 + sex).collect(),
            Slice::Sex(sex) => (0..ORIGINS).map(|origin| sexes + origin * 2 + sex as usize).collect(),
            Slice::OriginSex(origin, sex) => vec![sexes + origin as usize * 2 + sex as usize],
        }
    }
}

/// Adds counts position by position.
pub(crate) fn add(sum: &mut [u32], more: &[u32]) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slice_family_covers_every_person_once() {
        let cells = Cells::new(3);
        let person = cells.of_person(Region(1), None, None, Sex::Male);
        let holds = |slice| cells.of_slice(slice).iter().filter(|cell| person.contains(cell)).count();
        assert_eq!(holds(Slice::All), 1);
        assert_eq!(holds(Slice::Residence(Region(1))), 1);
        assert_eq!(holds(Slice::Residence(Region(2))), 0);
        assert_eq!(holds(Slice::Upbringing(None)), 1);
        assert_eq!(holds(Slice::Sex(Sex::Male)), 1);
        assert_eq!(Origin::VARIANTS.iter().map(|origin| holds(Slice::Origin(*origin))).sum::<usize>(), 0);
    }

    #[test]
    fn a_cell_knows_the_origin_of_its_people() {
        let cells = Cells::new(3);
        for origin in Origin::VARIANTS.iter().map(|origin| Some(*origin)).chain([None]) {
            for cell in cells.of_person(Region(2), Some(Region(0)), origin, Sex::Male) {
                assert_eq!(cells.origin_of(cell), origin);
            }
        }
    }

    #[test]
    fn cells_are_numbered_without_gap() {
        let cells = Cells::new(2);
        let mut seen = vec![false; cells.count()];
        for region in 0..2 {
            for origin in Origin::VARIANTS.iter().map(|origin| Some(*origin)).chain([None]) {
                for sex in [Sex::Female, Sex::Male] {
                    for upbringing in [Some(Region(0)), Some(Region(1)), None] {
                        for cell in cells.of_person(Region(region), upbringing, origin, sex) {
                            seen[cell] = true;
                        }
                    }
                }
            }
        }
        assert!(seen.iter().all(|seen| *seen));
    }
}
