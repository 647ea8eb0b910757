//! Where each condition's table lies in the flat list of values.

use super::axis::TableKey;
use super::condition::Condition;

/// Where each condition's table lies in the flat list of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    regions: usize,
    starts: Vec<usize>,
    lengths: Vec<Vec<usize>>,
    size: usize,
}

impl Layout {
    /// The layout for a world with `regions` regions.
    #[must_use]
    pub fn new(regions: usize) -> Self {
        let mut layout = Self { regions, starts: Vec::new(), lengths: Vec::new(), size: 0 };
        for condition in Condition::all() {
            let lengths: Vec<usize> = condition.spec().axes.iter().map(|axis| axis.len(regions)).collect();
            layout.starts.push(layout.size);
            layout.size += lengths.iter().product::<usize>();
            layout.lengths.push(lengths);
        }
        layout
    }

    /// The number of regions.
    #[must_use]
    pub fn regions(&self) -> usize {
        self.regions
    }

    /// The number of values.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The length of each axis of a condition.
    #[must_use]
    pub fn lengths<K>(&self, condition: Condition<K>) -> &[usize] {
        &self.lengths[condition.index()]
    }

    /// The positions of a condition's whole table, in row-major order.
    #[must_use]
    pub fn range<K>(&self, condition: Condition<K>) -> std::ops::Range<usize> {
        let start = self.starts[condition.index()];
        start..start + self.lengths[condition.index()].iter().product::<usize>()
    }

    /// The position of one value.
    #[must_use]
    #[inline]
    pub fn position<K: TableKey>(&self, condition: Condition<K>, key: K) -> usize {
        self.position_at(condition.any(), key.indexes().as_ref())
    }

    /// The position of one value of a condition of which only the name is known; `at` has one index for each axis.
    #[must_use]
    #[inline]
    pub fn position_at(&self, condition: Condition, at: &[usize]) -> usize {
        let lengths = &self.lengths[condition.index()];
        debug_assert_eq!(lengths.len(), at.len(), "{}", condition.spec().name);
        let offset = lengths.iter().zip(at).fold(0, |offset, (length, index)| offset * length + index);
        self.starts[condition.index()] + offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::{Destination, places::MOVE_FLOW};
    use crate::domain::Region;

    #[test]
    fn positions_fill_the_table_without_gap_or_overlap() {
        for regions in [1_u8, 12, 41] {
            let last_region = Region(regions - 1);
            let layout = Layout::new(usize::from(regions));
            let mut seen = vec![0; layout.size()];
            for condition in Condition::all() {
                for position in layout.range(condition) {
                    seen[position] += 1;
                }
            }
            assert!(seen.iter().all(|count| *count == 1));
            let last = layout.position(MOVE_FLOW, (last_region, Destination(last_region)));
            assert_eq!(last + 1, layout.range(MOVE_FLOW).end);
        }
    }
}
