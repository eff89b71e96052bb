//! The addresses of one service: whom to call next, and whom to leave alone for a while.
//!
//! The same numbers as `services/gateway/src/replicas.mjs`.
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;
use url::Url;

use crate::log;
use crate::metrics::Metrics;
use crate::outbound::get;

pub const LOOK_EVERY: Duration = Duration::from_secs(1);
const LOOK_WITHIN: Duration = Duration::from_secs(1);
const LOOK_BYTES_MAX: usize = 64 * 1024;

/// More than half of at least so many calls in ten seconds kept their callers in vain: no more are made...
const CALLS_MIN: usize = 5;
const ROLLING: Duration = Duration::from_secs(10);
/// ...except by one call every so often, which closes the circuit when it is answered.
const RESET: Duration = Duration::from_secs(2);

/// One that is ready is asked again: a connection may break on its own, while all others are away.
const TIMES_MAX: usize = 2;

#[derive(Default)]
struct Circuit {
    calls: VecDeque<(Instant, bool)>,
    opened: Option<Instant>,
    is_tried: bool,
}

impl Circuit {
    fn is_open(&self) -> bool {
        self.opened.is_some_and(|at| self.is_tried || at.elapsed() < RESET)
    }

    /// It says itself that it is ready; what was counted of a closed circuit still counts.
    fn close(&mut self) {
        if self.opened.is_some() {
            *self = Self::default();
        }
    }

    fn record(&mut self, is_fault: bool) {
        let now = Instant::now();
        if self.is_tried {
            self.is_tried = false;
            self.opened = is_fault.then_some(now);
            self.calls.clear();
            return;
        }
        self.calls.push_back((now, is_fault));
        while self.calls.front().is_some_and(|(at, _)| at.elapsed() > ROLLING) {
            self.calls.pop_front();
        }
        let faults = self.calls.iter().filter(|(_, is_fault)| *is_fault).count();
        if self.opened.is_none() && self.calls.len() >= CALLS_MIN && faults * 2 > self.calls.len() {
            self.opened = Some(now);
        }
    }
}

pub struct Replica {
    pub url: String,
    ready_url: String,
    is_ready: AtomicBool,
    circuit: Mutex<Circuit>,
    service: &'static str,
    index: usize,
    /// How many of the service's are.
    open: Arc<AtomicI64>,
    metrics: Arc<Metrics>,
}

impl Replica {
    fn with<T>(&self, change: impl FnOnce(&mut Circuit) -> T) -> T {
        let mut circuit = self.circuit.lock().unwrap_or_else(PoisonError::into_inner);
        let was = circuit.opened.is_some();
        let changed = change(&mut circuit);
        let is = circuit.opened.is_some();
        drop(circuit);
        if was != is {
            let about = json!({"on": self.service, "replica": self.index});
            let open =
                self.open.fetch_add(if is { 1 } else { -1 }, Ordering::Relaxed) + if is { 1 } else { -1 };
            self.metrics.breakers_open(self.service, open);
            if is {
                log::error("a service is left alone: it does not answer", about);
            } else {
                log::info("a service is called again", about);
            }
        }
        changed
    }

    fn is_open(&self) -> bool {
        self.with(|circuit| circuit.is_open())
    }

    /// Takes the one call that an open circuit lets through.
    fn begin(&self) {
        self.with(|circuit| circuit.is_tried = circuit.opened.is_some());
    }

    pub fn record(&self, is_fault: bool) {
        self.with(|circuit| circuit.record(is_fault));
    }

    fn says_ready(&self) -> bool {
        self.is_ready.load(Ordering::Relaxed)
    }

    /// It says so itself, before it is asked again.
    pub fn is_not_ready(&self) {
        self.is_ready.store(false, Ordering::Relaxed);
    }

    async fn look(&self) -> String {
        let state = match get(&self.ready_url, LOOK_WITHIN, LOOK_BYTES_MAX).await {
            Ok(answer) if answer.status.is_success() => "ready".to_string(),
            Ok(answer) => format!("not ready (HTTP {})", answer.status.as_u16()),
            Err(_) => "does not answer".to_string(),
        };
        let is_ready = state == "ready";
        self.is_ready.store(is_ready, Ordering::Relaxed);
        if is_ready {
            self.with(Circuit::close);
        }
        state
    }
}

pub struct Replicas {
    pub service: &'static str,
    pub all: Vec<Replica>,
    turn: AtomicUsize,
}

impl Replicas {
    pub fn new(service: &'static str, urls: &[String], metrics: &Arc<Metrics>) -> Self {
        let open = Arc::new(AtomicI64::new(0));
        metrics.expect(service);
        let one = |(index, url): (usize, &String)| {
            let ready = Url::parse(url).and_then(|url| url.join("/readyz"));
            Replica {
                url: url.clone(),
                ready_url: ready.map(String::from).unwrap_or_default(),
                is_ready: AtomicBool::new(true),
                circuit: Mutex::default(),
                service,
                index,
                open: open.clone(),
                metrics: metrics.clone(),
            }
        };
        let all = urls.iter().enumerate().map(one).collect();
        Self { service, all, turn: AtomicUsize::new(0) }
    }

    /// The next to call: of those that say they are ready, else of all, one tried least. None when all
    /// are left alone.
    pub fn next(&self, tried: &[usize]) -> Option<(usize, &Replica)> {
        let times = |index: usize| tried.iter().filter(|each| **each == index).count();
        let all = self.all.iter().enumerate();
        let left: Vec<_> = all.filter(|(index, each)| !each.is_open() && times(*index) < TIMES_MAX).collect();
        let ready: Vec<_> = left.iter().copied().filter(|(_, each)| each.says_ready()).collect();
        let mut among = if ready.is_empty() { left } else { ready };
        let least = among.iter().map(|(index, _)| times(*index)).min()?;
        among.retain(|(index, _)| times(*index) == least);
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) + 1;
        let (index, replica) = among[turn % among.len()];
        replica.begin();
        Some((index, replica))
    }

    /// `ready` when one is; else what the first says. All are looked at, together.
    pub async fn look(&self) -> String {
        let states = join_all(self.all.iter().map(Replica::look)).await;
        let ready = states.iter().find(|state| *state == "ready");
        ready.or(states.first()).cloned().unwrap_or_default()
    }
}
