//! CPU time, and what took how much of it.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

/// So long a thing is repeated, so that the scheduler's own grain doesn't matter.
const LONG_ENOUGH: Duration = Duration::from_millis(250);

/// CPU seconds of this thread since it began, where the system tells (Linux).
fn cpu_seconds() -> Option<f64> {
    let line = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: u64 = line.split(' ').next()?.parse().ok()?;
    Some(nanoseconds as f64 / 1e9)
}

/// Seconds that each thing took, a figure a round.
pub struct Ledger {
    measured: bool,
    seconds: BTreeMap<&'static str, Vec<f64>>,
}

impl Ledger {
    /// An empty one; where nothing is `measured` everything is done just once.
    pub fn new(measured: bool) -> Self {
        Self {
            measured,
            seconds: BTreeMap::new(),
        }
    }

    /// Does `work` as often as it takes to measure it, and enters what once took.
    pub fn time(&mut self, name: &'static str, mut work: impl FnMut()) {
        let (cpu, began) = (cpu_seconds(), Instant::now());
        let mut times = 0;
        while times == 0 || self.measured && began.elapsed() < LONG_ENOUGH {
            work();
            times += 1;
        }
        let taken = match (cpu, cpu_seconds()) {
            (Some(from), Some(to)) => to - from,
            _ => began.elapsed().as_secs_f64(),
        };
        let seconds = self.seconds.entry(name).or_default();
        seconds.push(taken / f64::from(times));
    }

    /// The median of the seconds that `name` took.
    pub fn median(&self, name: &str) -> f64 {
        let mut seconds = self.seconds[name].clone();
        seconds.sort_by(f64::total_cmp);
        seconds[seconds.len() / 2]
    }
}
