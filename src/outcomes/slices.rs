//! Which people a result is about: breakdowns written out into slices.

use crate::domain::{Origin, Region, Sex};
use crate::engine::tally::Slice;
use crate::scenario::Breakdown;
use strum::VariantArray;

/// The slices of these breakdowns in a world with `regions` regions: everybody first, then each
/// breakdown in the order asked for, none twice.
///
/// ```
/// use rungs::outcomes::slices;
/// use rungs::prelude::*;
///
/// assert_eq!(slices(&[], 12), [Slice::All]);
/// assert_eq!(slices(&[Breakdown::Residence], 12).len(), 1 + 12);
/// ```
#[must_use]
pub fn slices(by: &[Breakdown], regions: usize) -> Vec<Slice> {
    let mut all = vec![Slice::All];
    for breakdown in by {
        for slice in of_breakdown(*breakdown, regions) {
            if !all.contains(&slice) {
                all.push(slice);
            }
        }
    }
    all
}

fn of_breakdown(breakdown: Breakdown, regions: usize) -> Vec<Slice> {
    let places = || Region::all(regions);
    let origins = || Origin::VARIANTS.iter().copied();
    let sexes = || Sex::VARIANTS.iter().copied();
    match breakdown {
        Breakdown::Residence => places().map(Slice::Residence).collect(),
        Breakdown::Upbringing => places().map(Some).chain([None]).map(Slice::Upbringing).collect(),
        Breakdown::Origin => origins().map(Slice::Origin).collect(),
        Breakdown::Sex => sexes().map(Slice::Sex).collect(),
        Breakdown::ResidenceOrigin => {
            places().flat_map(|place| origins().map(move |origin| Slice::ResidenceOrigin(place, origin))).collect()
        }
        Breakdown::UpbringingOrigin => {
            places().flat_map(|place| origins().map(move |origin| Slice::UpbringingOrigin(place, origin))).collect()
        }
        Breakdown::OriginSex => {
            origins().flat_map(|origin| sexes().map(move |sex| Slice::OriginSex(origin, sex))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_always_there_and_first() {
        assert_eq!(slices(&[], 12), vec![Slice::All]);
        assert_eq!(slices(&[Breakdown::Sex], 12), vec![Slice::All, Slice::Sex(Sex::Female), Slice::Sex(Sex::Male)]);
    }

    #[test]
    fn every_breakdown_has_its_slices_for_any_number_of_regions() {
        for regions in [1, 12, 41] {
            let all = [
                Breakdown::Residence,
                Breakdown::Upbringing,
                Breakdown::Origin,
                Breakdown::Sex,
                Breakdown::ResidenceOrigin,
                Breakdown::UpbringingOrigin,
                Breakdown::OriginSex,
            ];
            assert_eq!(slices(&all, regions).len(), 1 + regions + regions + 1 + 5 + 2 + 5 * regions + 5 * regions + 10);
        }
    }

    #[test]
    fn a_breakdown_asked_for_twice_is_there_once() {
        let once = slices(&[Breakdown::Residence], 3);
        assert_eq!(slices(&[Breakdown::Residence, Breakdown::Residence], 3), once);
    }
}
