//! Signals: how the user stops a run, and by which code the program then ends.

use crate::experiment::Observer;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// The signal that was heard; a process has one.
static HEARD: OnceLock<Arc<AtomicUsize>> = OnceLock::new();
/// Whether a signal may end a verb that keeps nothing.
static MAY_END: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// The wish to stop, which Ctrl-C, termination and the end of the terminal raise. Once is enough: a further signal changes
/// nothing, so that what was finished is not lost while it is being written.
#[derive(Clone, Default)]
pub(super) struct Stop {
    heard: Arc<AtomicUsize>,
}

impl Stop {
    /// Starts to listen for signals.
    pub(super) fn listen() -> Result<Self, Deaf> {
        let stop = Self { heard: Arc::clone(HEARD.get_or_init(Arc::default)) };
        for signal in signals() {
            flag::register_usize(signal, Arc::clone(&stop.heard), usize::try_from(signal).unwrap_or(0))
                .map_err(Deaf)?;
        }
        Ok(stop)
    }

    /// Whether a signal came.
    pub(super) fn is_wanted(&self) -> bool {
        self.heard.load(Ordering::Relaxed) != 0
    }
}

impl Observer for Stop {
    fn person_months(&self, _count: u64) {}

    fn replicate_done(&self) {}

    fn stop_wanted(&self) -> bool {
        self.is_wanted()
    }
}

/// Lets signals end the program at once, as verbs do that have nothing to keep: by the code of those that stop in order.
pub(super) fn end_at_once() -> Result<(), Deaf> {
    let may_end = MAY_END.get_or_init(|| Arc::new(AtomicBool::new(true)));
    for signal in signals() {
        flag::register_conditional_shutdown(signal, code_of(signal), Arc::clone(may_end)).map_err(Deaf)?;
    }
    Ok(())
}

/// Does what no signal may cut in two, such as giving a file its name.
pub(super) fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
    let may_end = |may: bool| MAY_END.get().into_iter().for_each(|flag| flag.store(may, Ordering::SeqCst));
    may_end(false);
    let done = work();
    may_end(true);
    done
}

/// The system lets nobody listen for signals.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen for signals: {0}")]
pub(super) struct Deaf(io::Error);

/// The signals that stop a run.
#[cfg(unix)]
fn signals() -> Vec<i32> {
    let hup = signal_hook::consts::SIGHUP;
    [SIGINT, SIGTERM].into_iter().chain((!is_ignored(hup)).then_some(hup)).collect()
}

#[cfg(not(unix))]
fn signals() -> Vec<i32> {
    vec![SIGINT, SIGTERM]
}

/// Whether a signal was ignored from the start, as `nohup` has it; taken as ignored where the system does not say.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    is_in_mask(&status, signal).unwrap_or(true)
}

/// Whether the mask of ignored signals in the status of a process has this one.
#[cfg(unix)]
fn is_in_mask(status: &str, signal: i32) -> Option<bool> {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    let mask = u64::from_str_radix(mask.trim(), 16).ok()?;
    Some(mask >> (signal - 1) & 1 == 1)
}

/// Hears the signal that a file is as large as it may be, which would end the program without a word: the write then
/// fails and is said.
#[cfg(unix)]
pub(super) fn hear_file_limits() {
    // Without it the signal ends the program, as it did before.
    let _ = flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

#[cfg(not(unix))]
pub(super) fn hear_file_limits() {}

/// The code by which shells name the end by a signal.
fn code_of(signal: i32) -> i32 {
    128 + signal
}

/// The exit code of what was stopped: 130 by Ctrl-C, 143 by termination, 129 by the end of the terminal.
pub(super) fn exit_code() -> u8 {
    let heard = HEARD.get().map_or(0, |heard| heard.load(Ordering::Relaxed));
    let signal = i32::try_from(heard).ok().filter(|signal| *signal > 0).unwrap_or(SIGINT);
    u8::try_from(code_of(signal)).unwrap_or(130)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn an_ignored_signal_is_told_from_the_status_of_the_process() {
        let status = "Name:\trungs\nSigIgn:\t0000000000001001\nSigCgt:\t0000000000000000\n";
        assert_eq!([1, 2, 13].map(|signal| is_in_mask(status, signal)), [Some(true), Some(false), Some(true)]);
        assert_eq!(is_in_mask("", 1), None);
    }
}
