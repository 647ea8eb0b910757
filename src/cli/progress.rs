//! What is shown while an experiment runs, and how the user stops it.

use super::stop::Stop;
use super::terminal;
use crate::experiment::{Cost, Observer};
use crate::results::about::Timings;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Least time between two lines when stderr is not a terminal.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// How progress is shown.
enum Shown {
    Bar(ProgressBar),
    Lines(Mutex<Instant>),
    Nothing,
}

/// Whether anything is said while running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verbosity {
    /// Progress and remarks.
    Normal,
    /// Errors only.
    Quiet,
}

/// Counts what is done, shows it, and hands on the wish to stop.
pub(super) struct Progress {
    stop: Stop,
    started: Instant,
    person_months: AtomicU64,
    replicates: AtomicU64,
    expected_person_months: u64,
    expected_replicates: u64,
    shown: Shown,
}

impl Progress {
    pub(super) fn new(stop: Stop, cost: &Cost, replicates: u32, verbosity: Verbosity) -> Self {
        let started = now();
        let shown = match verbosity {
            Verbosity::Quiet => Shown::Nothing,
            Verbosity::Normal if terminal::can_draw() => Shown::Bar(bar(cost.person_months)),
            Verbosity::Normal => Shown::Lines(Mutex::new(started)),
        };
        Self {
            stop,
            started,
            person_months: AtomicU64::new(0),
            replicates: AtomicU64::new(0),
            expected_person_months: cost.person_months.max(1),
            expected_replicates: u64::from(replicates),
            shown,
        }
    }

    /// Time since the start (seconds).
    fn seconds(&self) -> f64 {
        now().duration_since(self.started).as_secs_f64()
    }

    /// Person-months simulated so far.
    fn simulated(&self) -> u64 {
        self.person_months.load(Ordering::Relaxed)
    }

    /// How long it has taken so far.
    pub(super) fn timings(&self, threads: usize) -> Timings {
        Timings {
            wall_seconds: self.seconds(),
            person_months: self.simulated(),
            person_months_per_second: self.millions_per_second() * 1e6,
            threads,
        }
    }

    /// Says something beside the bar.
    pub(super) fn say(&self, text: &str) {
        match &self.shown {
            Shown::Bar(bar) => bar.suspend(|| terminal::status(text)),
            Shown::Lines(_) => terminal::status(text),
            Shown::Nothing => {}
        }
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }

    /// Person-months a second so far, in millions.
    fn millions_per_second(&self) -> f64 {
        as_f64(self.simulated()) / self.seconds().max(0.001) / 1e6
    }

    fn line(&self) -> String {
        let done = as_f64(self.simulated()) / as_f64(self.expected_person_months);
        let left = self.seconds() * (1.0 / done.clamp(0.001, 1.0) - 1.0);
        format!(
            "{} of {} replicates done, {:.0} million person-months a second, {} left",
            self.replicates.load(Ordering::Relaxed),
            self.expected_replicates,
            self.millions_per_second(),
            terminal::duration(left)
        )
    }

    fn say_now_and_then(&self, last: &Mutex<Instant>) {
        // whoever holds the lock is already speaking
        let Ok(mut last) = last.try_lock() else { return };
        if now().duration_since(*last) >= BETWEEN_LINES {
            *last = now();
            terminal::status(&self.line());
        }
    }
}

impl Observer for Progress {
    fn person_months(&self, count: u64) {
        self.person_months.fetch_add(count, Ordering::Relaxed);
        match &self.shown {
            Shown::Bar(bar) => bar.inc(count),
            Shown::Lines(last) => self.say_now_and_then(last),
            Shown::Nothing => {}
        }
    }

    fn replicate_done(&self) {
        let done = self.replicates.fetch_add(1, Ordering::Relaxed) + 1;
        if let Shown::Bar(bar) = &self.shown {
            bar.set_message(format!("{done}/{} replicates", self.expected_replicates));
        }
    }

    fn stop_wanted(&self) -> bool {
        self.stop.is_wanted()
    }
}

fn bar(person_months: u64) -> ProgressBar {
    let template = "{msg}  {wide_bar}  {per_sec} person-months  {eta} left";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let style = style.with_key("per_sec", |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
        let _ = write!(out, "{:.0} M/s", state.per_sec() / 1e6);
    });
    let bar = ProgressBar::new(person_months).with_style(style).with_message("warming up");
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

#[expect(
    clippy::disallowed_methods,
    reason = "progress and timings are told apart from results, which never see a clock"
)]
fn now() -> Instant {
    Instant::now()
}

fn as_f64(count: u64) -> f64 {
    count as f64
}
