//! Sharing work among threads, where there is enough of it.

use rayon::prelude::*;

/// Chunks below this number are worked through on one thread: there is too little to share.
pub(crate) const FEW_CHUNKS: usize = 64;
/// Things to sort above which threads share the work.
const MANY_TO_SORT: usize = 8_192;

/// Sorts by a key that no two have in common, on several threads when there is much to sort.
pub(crate) fn sort_by_key<T: Send, K: Ord>(queue: &mut [T], key: impl Fn(&T) -> K + Sync) {
    if queue.len() < MANY_TO_SORT {
        queue.sort_unstable_by_key(key);
    } else {
        queue.par_sort_unstable_by_key(key);
    }
}
