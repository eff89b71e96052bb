//! What one caller may ask for in a minute: a person by `sub` and by `officer`, whatever number of
//! tokens or of accounts they use; somebody without a token by address.
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};

use moka::sync::Cache;

use crate::caller::Caller;
use crate::settings::Settings;
use crate::signing::Signer;
use crate::store::Store;

const WINDOW: Duration = Duration::from_secs(60);
/// How many callers are counted at a time.
const CALLERS_MAX: u64 = 1_000_000;

struct Window {
    begun: Instant,
    consumed: AtomicU64,
}

/// Counts in the shared store, and in this process while that does not answer.
struct Limiter {
    name: &'static str,
    points: u64,
    own: Cache<String, Arc<Window>>,
}

impl Limiter {
    fn new(name: &'static str, points: u64) -> Self {
        let own = Cache::builder().max_capacity(CALLERS_MAX).time_to_live(WINDOW).build();
        Self { name, points, own }
    }

    fn consume_alone(&self, key: &str, points: u64) -> (u64, u64) {
        let window = self
            .own
            .get_with_by_ref(key, || Arc::new(Window { begun: Instant::now(), consumed: AtomicU64::new(0) }));
        let consumed = window.consumed.fetch_add(points, Ordering::Relaxed) + points;
        let left = WINDOW.saturating_sub(window.begun.elapsed());
        (consumed, left.as_millis() as u64)
    }

    /// Milliseconds to wait when the rate is exceeded.
    async fn consume(&self, store: Option<&Store>, key: &str, points: u64) -> Option<u64> {
        let shared = match store {
            Some(store) => {
                let name = format!("congvu:{}:{key}", self.name);
                store.consume(&name, points, WINDOW.as_secs()).await
            }
            None => None,
        };
        let (consumed, left_ms) = shared.unwrap_or_else(|| self.consume_alone(key, points));
        (consumed > self.points).then_some(left_ms)
    }
}

pub struct Rates {
    known: Limiter,
    anonymous: Limiter,
    signer: Signer,
    store: Option<Arc<Store>>,
}

/// Whoever has an IPv6 address has the 2^64 beside it too: its network is what is counted.
pub fn network_of(address: &str) -> String {
    let bare = address.split('%').next().unwrap_or_default();
    match bare.parse::<IpAddr>() {
        Ok(IpAddr::V6(six)) => match six.to_ipv4_mapped() {
            Some(four) => four.to_string(),
            None => six.segments()[..4].iter().map(|group| format!("{group:x}:")).collect(),
        },
        _ => address.to_string(),
    }
}

impl Rates {
    pub fn new(settings: &Settings, store: Option<Arc<Store>>) -> Self {
        Self {
            known: Limiter::new("known", settings.number("rateLimitPerMinute")),
            anonymous: Limiter::new("anonymous", settings.number("rateLimitAnonymousPerMinute")),
            signer: Signer::new(&settings.secret),
            store,
        }
    }

    /// Names stay here: the store learns what cannot be turned back into them.
    fn counted_by(&self, caller: &Caller, address: &str) -> Vec<String> {
        let Some(known) = caller else {
            return vec![self.signer.keyed(&format!("address:{}", network_of(address)))];
        };
        let sub = self.signer.keyed(&format!("sub:{}", known.sub.to_lowercase()));
        let officer = known.officer.as_ref().map(|name| self.signer.keyed(&format!("officer:{name}")));
        std::iter::once(sub).chain(officer).collect()
    }

    /// Seconds to wait, for a caller who asked for more than the rate allows.
    pub async fn consume(&self, caller: &Caller, address: &str, points: u64) -> Option<u64> {
        let limiter = if caller.is_some() { &self.known } else { &self.anonymous };
        if limiter.points == 0 || points == 0 {
            return None;
        }
        let mut longest = None;
        for key in self.counted_by(caller, address) {
            longest = longest.max(limiter.consume(self.store.as_deref(), &key, points).await);
        }
        longest.map(|wait_ms| wait_ms.div_ceil(1000).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::network_of;

    #[test]
    fn one_network_is_one_caller_however_its_address_is_written() {
        let same = ["2001:db8::1", "2001:0DB8:0:0:ffff::", "2001:db8:0:0:1:2:3:4"];
        let networks = same.map(network_of);

        assert_eq!(networks[0], networks[1]);
        assert_eq!(networks[0], networks[2]);
        assert_ne!(networks[0], network_of("2001:db8:0:1::1"));
        assert_eq!(network_of("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
