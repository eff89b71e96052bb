//! The feeds of changes, asked as a caller: what streams and subscriptions tell.
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hive_router::ntex::web::HttpRequest;
use hive_router::sonic_rs;
use hive_router::tokio::select;
use hive_router::tokio::sync::watch;
use hive_router::tokio::time::sleep;
use serde::Deserialize;

use crate::admission::Admission;
use crate::serve::Gateway;
use crate::streams::{Stream, Streams};

const FINAL: [&str; 3] = ["UNAUTHENTICATED", "FORBIDDEN", "INVALID"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    pub event_type: String,
    pub province: String,
    pub at: String,
    pub payload: String,
}

#[derive(Deserialize)]
pub struct Edge {
    pub cursor: String,
    pub node: Event,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    pub edges: Vec<Edge>,
    page_info: PageInfo,
}

impl Page {
    pub fn end(&self) -> &str {
        &self.page_info.end_cursor
    }
}

/// A feed says no; the code is that of the answer.
#[derive(Deserialize)]
pub struct Refused {
    #[serde(rename = "message")]
    pub text: String,
    #[serde(default, rename = "extensions")]
    about: About,
}

#[derive(Default, Deserialize)]
struct About {
    code: Option<String>,
}

impl Refused {
    pub fn new(code: &str, text: &str) -> Self {
        Self { text: text.into(), about: About { code: Some(code.into()) } }
    }

    pub fn code(&self) -> &str {
        self.about.code.as_deref().unwrap_or("INTERNAL")
    }
}

#[derive(Deserialize)]
struct Answer {
    data: Option<HashMap<String, Option<Page>>>,
    #[serde(default)]
    errors: Vec<Refused>,
}

/// Who is counted: the account, else the address.
pub fn listener_of(admission: &Admission) -> &str {
    admission.caller.as_ref().map_or(&admission.address, |known| &known.sub)
}

/// Counts who listens.
struct Listeners {
    most: usize,
    most_of_caller: usize,
    counts: Mutex<HashMap<String, usize>>,
}

/// One who listens, until this is dropped.
pub struct Listening {
    all: Arc<Listeners>,
    who: String,
}

impl Listeners {
    fn enter(self: &Arc<Self>, who: &str) -> Option<Listening> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let own = counts.get(who).copied().unwrap_or_default();
        if own >= self.most_of_caller || counts.values().sum::<usize>() >= self.most {
            return None;
        }
        counts.insert(who.into(), own + 1);
        Some(Listening { all: self.clone(), who: who.into() })
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut counts = self.all.counts.lock().unwrap_or_else(PoisonError::into_inner);
        match counts.get_mut(&self.who) {
            Some(own) if *own > 1 => *own -= 1,
            _ => {
                counts.remove(&self.who);
            }
        }
    }
}

pub struct Feeds {
    pub streams: Streams,
    listeners: Arc<Listeners>,
    ending: watch::Sender<bool>,
}

impl Feeds {
    pub fn new(streams: Streams) -> Self {
        let listeners = Listeners {
            most: streams.listeners_max,
            most_of_caller: streams.listeners_of_caller_max,
            counts: Mutex::default(),
        };
        Self { listeners: Arc::new(listeners), ending: watch::Sender::new(false), streams }
    }

    /// None for a listener that is one too many.
    pub fn listen(&self, admission: &Admission) -> Option<Listening> {
        self.listeners.enter(listener_of(admission))
    }

    /// All that is listened to ends with it.
    pub fn end(&self) {
        self.ending.send_replace(true);
    }

    pub fn ending(&self) -> watch::Receiver<bool> {
        self.ending.subscribe()
    }
}

/// Asks one feed as one caller.
pub struct Asker {
    pub gateway: Arc<Gateway>,
    pub req: HttpRequest,
    pub admission: Arc<Admission>,
    pub stream: Arc<Stream>,
    pub province: Option<String>,
}

impl Asker {
    async fn ask(&self, after: Option<&str>) -> Result<Page, Refused> {
        let question = self.gateway.feeds.streams.question_of(&self.stream.service);
        let variables = HashMap::from([
            ("after".to_string(), sonic_rs::json!(after)),
            ("province".to_string(), sonic_rs::json!(self.province)),
        ]);
        let admission = Arc::new(self.admission.again());
        let answered = self.gateway.answers.ask(&self.req, &admission, (&question, variables)).await;
        let body =
            answered.map_err(|fault| Refused::new(fault.code.unwrap_or("INTERNAL"), &fault.message))?;
        let no_page = || Refused::new("INTERNAL", self.gateway.messages.say("INTERNAL", admission.language));
        let answer: Answer = sonic_rs::from_slice(&body).map_err(|_| no_page())?;
        match answer.errors.into_iter().next() {
            Some(refused) => Err(refused),
            None => answer.data.and_then(|data| data.into_values().next().flatten()).ok_or_else(no_page),
        }
    }
}

/// What a listener hears.
pub enum Heard {
    Page(Page),
    /// Nothing for a while: proxies and clients see that somebody is there.
    SignOfLife,
    /// For good; nothing comes after it.
    Refused(Refused),
}

/// One listener, until it goes, the gateway does or it is refused for good: page after page behind
/// the first. Waits between looks, and longer in trouble.
pub struct Hearing {
    asker: Asker,
    after: String,
    has_more: bool,
    wait: Duration,
    heard: Instant,
    is_over: bool,
    ending: watch::Receiver<bool>,
    _listening: Listening,
}

impl Hearing {
    pub async fn open(
        asker: Asker,
        after: Option<&str>,
        listening: Listening,
    ) -> Result<(Self, Page), Refused> {
        let page = asker.ask(after).await?;
        let feeds = &asker.gateway.feeds;
        let hearing = Self {
            after: page.page_info.end_cursor.clone(),
            has_more: page.page_info.has_next_page,
            wait: Duration::from_millis(feeds.streams.look_every_ms),
            heard: Instant::now(),
            is_over: false,
            ending: feeds.ending(),
            asker,
            _listening: listening,
        };
        Ok((hearing, page))
    }

    /// None when the gateway ends, and after a refusal.
    pub async fn next(&mut self) -> Option<Heard> {
        let sign_of_life = Duration::from_millis(self.asker.gateway.feeds.streams.sign_of_life_ms);
        while !self.is_over {
            let mut ending = self.ending.clone();
            let looked = select! {
                biased;
                _ = ending.wait_for(|is_over| *is_over) => return None,
                looked = self.look() => looked,
            };
            let heard = match looked {
                Ok(Some(page)) => Heard::Page(page),
                Ok(None) if self.heard.elapsed() > sign_of_life => Heard::SignOfLife,
                Ok(None) => continue,
                Err(refused) => {
                    self.is_over = true;
                    Heard::Refused(refused)
                }
            };
            self.heard = Instant::now();
            return Some(heard);
        }
        None
    }

    /// None where a look found nothing new; an error for what is refused for good.
    async fn look(&mut self) -> Result<Option<Page>, Refused> {
        if !self.has_more {
            sleep(self.wait).await;
        }
        let streams = &self.asker.gateway.feeds.streams;
        match self.asker.ask(Some(&self.after)).await {
            Ok(page) => {
                let is_new = page.page_info.end_cursor != self.after;
                self.after.clone_from(&page.page_info.end_cursor);
                self.has_more = page.page_info.has_next_page;
                self.wait = Duration::from_millis(streams.look_every_ms);
                Ok(is_new.then_some(page))
            }
            Err(refused) if FINAL.contains(&refused.code()) => Err(refused),
            Err(_) => {
                self.has_more = false;
                self.wait = (2 * self.wait).min(Duration::from_millis(streams.backoff_max_ms));
                Ok(None)
            }
        }
    }
}
