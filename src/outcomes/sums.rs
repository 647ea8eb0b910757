//! Sums of cells, which counts of every kind are made of.

/// Sums the rows of `cells` in a table laid out as `outer` blocks of `total` cells each.
pub(super) fn sum_cells(table: &[u32], cells: &[usize], total: usize, outer: usize) -> Vec<u64> {
    let width = table.len() / (total * outer);
    let mut sums = vec![0; width * outer];
    for (block, block_sums) in sums.chunks_exact_mut(width).enumerate() {
        for cell in cells {
            let at = (block * total + cell) * width;
            for (sum, count) in block_sums.iter_mut().zip(&table[at..at + width]) {
                *sum += u64::from(*count);
            }
        }
    }
    sums
}

/// Adds the sums of other counts, place by place.
pub(super) fn add_each(sums: &mut [u64], more: &[u64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}
