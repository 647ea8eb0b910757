//! The threads that work is done on.

use rayon::prelude::*;

/// The system refused to start as many threads as were asked for.
#[derive(Debug, thiserror::Error)]
#[error("cannot start {threads} threads: {source}")]
pub struct ThreadsRefused {
    threads: usize,
    source: rayon::ThreadPoolBuildError,
}

/// Does `work` on `threads` threads, at least one.
///
/// ```
/// use rungs::threads::on_threads;
///
/// assert_eq!(on_threads(2, || 6 * 7)?, 42);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the system refuses that many threads.
pub fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> Result<T, ThreadsRefused> {
    Ok(pool(threads).map_err(|source| ThreadsRefused { threads, source })?.install(work))
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build()
}

/// Does `work` on each of `things`, at once on the threads that [`on_threads`] gave, one after the other if there are none;
/// what comes of them is in their order.
pub(crate) fn at_once<A: Send, B: Send>(things: Vec<A>, work: impl Fn(A) -> B + Send + Sync) -> Vec<B> {
    match rayon::current_thread_index() {
        Some(_) => things.into_par_iter().map(work).collect(),
        None => things.into_iter().map(work).collect(),
    }
}

/// Does `work` on `threads` threads, or on this one alone if the system refuses them: for work that must not fail for that.
pub fn on_threads_if_any<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    match pool(threads) {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
