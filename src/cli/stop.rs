//! Signals: how the user stops a run, and by which code the program then ends.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// The signal that was heard; a process has one.
static HEARD: OnceLock<Arc<AtomicUsize>> = OnceLock::new();

/// The wish to stop, which Ctrl-C, termination and the end of the terminal raise. Once it has been seen, a further
/// signal ends the program at once; not before, since one press may arrive as two signals.
#[derive(Clone, Default)]
pub(super) struct Stop {
    heard: Arc<AtomicUsize>,
    seen: Arc<AtomicBool>,
}

impl Stop {
    /// Starts to listen for signals.
    pub(super) fn listen() -> io::Result<Self> {
        let stop = Self { heard: Arc::clone(HEARD.get_or_init(Arc::default)), seen: Arc::default() };
        for signal in signals() {
            flag::register_conditional_shutdown(signal, code_of(signal), Arc::clone(&stop.seen))?;
            flag::register_usize(signal, Arc::clone(&stop.heard), usize::try_from(signal).unwrap_or(0))?;
        }
        Ok(stop)
    }

    /// Whether a signal came.
    pub(super) fn is_wanted(&self) -> bool {
        let wanted = self.heard.load(Ordering::Relaxed) != 0;
        if wanted {
            self.seen.store(true, Ordering::Relaxed);
        }
        wanted
    }
}

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
    fn a_further_signal_ends_the_program_only_after_the_first_was_seen() {
        let stop = Stop::default();
        assert!(!stop.is_wanted() && !stop.seen.load(Ordering::Relaxed));
        stop.heard.store(2, Ordering::Relaxed);
        assert!(!stop.seen.load(Ordering::Relaxed));
        assert!(stop.is_wanted() && stop.seen.load(Ordering::Relaxed));
    }

    #[test]
    #[cfg(unix)]
    fn an_ignored_signal_is_told_from_the_status_of_the_process() {
        let status = "Name:\trungs\nSigIgn:\t0000000000001001\nSigCgt:\t0000000000000000\n";
        assert_eq!([1, 2, 13].map(|signal| is_in_mask(status, signal)), [Some(true), Some(false), Some(true)]);
        assert_eq!(is_in_mask("", 1), None);
    }
}
