//! Posts by region and class, and their numbers.

use crate::domain::{JobClass, Kind, Region};
use strum::VariantArray;

/// The number of a region's posts of a class.
pub(crate) fn post(region: Region, class: JobClass) -> usize {
    region.index() * JobClass::count() + class as usize
}

/// The region and class of posts by their number.
pub(crate) fn region_and_class(post: usize) -> (Region, JobClass) {
    let region = Region(u8::try_from(post / JobClass::count()).unwrap_or(u8::MAX));
    (region, JobClass::VARIANTS[post % JobClass::count()])
}
