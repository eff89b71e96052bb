//! How many requests are answered at a time: as many as come through in good time; the rest hear no at
//! once.
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::log;
use crate::metrics::Metrics;
use crate::settings::Settings;

/// Some always pass: an answer that is late for other reasons closes no door.
const AT_LEAST: usize = 8;
/// Of its time: what took longer came too late into the house.
const GOOD_TIME: f64 = 0.25;
const CUT: f64 = 0.9;
/// One caller does not keep the others out.
const SHARE_OF_CALLER: f64 = 0.5;

struct State {
    limit: f64,
    running: usize,
    held: HashMap<String, usize>,
    cut: Option<Instant>,
}

pub struct Doors {
    most: usize,
    least: usize,
    state: Mutex<State>,
    /// Since it was last told.
    turned_away: AtomicU64,
    metrics: Arc<Metrics>,
}

/// A request that was let in; it goes out when this is dropped.
pub struct Place {
    doors: Arc<Doors>,
    sender: String,
    came: Instant,
    /// The time it has in all, once that is known.
    pub budget: Option<Duration>,
}

impl Doors {
    pub fn new(settings: &Settings, metrics: &Arc<Metrics>) -> Self {
        let most = settings.number("maxInFlight") as usize;
        metrics.in_flight_limit(most);
        let state = State { limit: most as f64, running: 0, held: HashMap::new(), cut: None };
        let (least, state, turned_away) = (AT_LEAST.min(most), Mutex::new(state), AtomicU64::new(0));
        Self { most, least, state, turned_away, metrics: metrics.clone() }
    }

    /// Says how many were turned away since it last did, if any were.
    pub fn tell(&self) {
        let number = self.turned_away.swap(0, Ordering::Relaxed);
        if number > 0 {
            log::warn("requests were turned away", json!({"number": number}));
        }
    }

    /// A place for one more of this sender's requests, if there is one.
    pub fn enter(self: &Arc<Self>, sender: String) -> Option<Place> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let most = state.limit as usize;
        let share = ((most as f64 * SHARE_OF_CALLER) as usize).max(self.least);
        let own = state.held.get(&sender).copied().unwrap_or_default();
        if state.running >= most || own >= share {
            self.metrics.overload_refusal();
            self.turned_away.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        state.running += 1;
        *state.held.entry(sender.clone()).or_default() += 1;
        self.metrics.in_flight(state.running);
        Some(Place { doors: self.clone(), sender, came: Instant::now(), budget: None })
    }

    /// What came in since the last cut says nothing yet of what the cut has done.
    fn learn(&self, state: &mut State, came: Instant, budget: Duration) {
        if came.elapsed() <= budget.mul_f64(GOOD_TIME) {
            state.limit = (state.limit + 1.0 / state.limit).min(self.most as f64);
        } else if state.cut.is_none_or(|cut| came > cut) {
            state.limit = (state.limit * CUT).max(self.least as f64);
            state.cut = Some(Instant::now());
        }
        self.metrics.in_flight_limit(state.limit as usize);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.doors.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.running -= 1;
        self.doors.metrics.in_flight(state.running);
        if let Some(own) = state.held.get_mut(&self.sender) {
            *own -= 1;
            if *own == 0 {
                state.held.remove(&self.sender);
            }
        }
        if let Some(budget) = self.budget {
            self.doors.learn(&mut state, self.came, budget);
        }
    }
}
