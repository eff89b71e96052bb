//! GraphQL subscriptions, fed by the feeds of changes: what one operation on them tells.
use std::collections::VecDeque;
use std::sync::Arc;

use hive_router::ntex::web::HttpRequest;
use hive_router::query_planner::state::supergraph_state::OperationKind;
use hive_router::query_planner::utils::parsing::safe_parse_schema;
use hive_router::sonic_rs;

use crate::admission::Admission;
use crate::coercion::coerce;
use crate::faults::{errors_of, Fault};
use crate::feeds::{Asker, Edge, Heard, Hearing, Listening, Page, Refused};
use crate::introspection::Introspection;
use crate::judge::{one, Faults, Judge};
use crate::messages::Language;
use crate::operation::{chosen, fragments, Document, Field, Operation};
use crate::schema::Schema;
use crate::selections::{argument, Chosen, Scope, Variables};
use crate::serve::Gateway;
use crate::settings::{read_file, ConfigError, Settings};
use crate::streams::Streams;

/// What can be subscribed to, and how it may be asked for.
pub struct Subscriptions {
    schema: Schema,
    judge: Judge,
    about: Introspection,
}

/// An operation that was found good.
pub struct Asked {
    document: Document,
    name: Option<String>,
    variables: Variables,
}

pub fn quoted(text: &str) -> String {
    sonic_rs::to_string(text).unwrap_or_default()
}

fn object<'a>(chosen: &Chosen<'a>, value: impl Fn(&str, &[&'a Field]) -> String) -> String {
    let fields: Vec<String> = chosen
        .iter()
        .filter_map(|(key, same)| Some(format!("{}:{}", quoted(key), value(&same.first()?.name, same))))
        .collect();
    format!("{{{}}}", fields.join(","))
}

fn value_in(Edge { cursor, node }: &Edge, name: &str) -> String {
    quoted(match name {
        "cursor" => cursor,
        "eventType" => &node.event_type,
        "province" => &node.province,
        "at" => &node.at,
        "payload" => &node.payload,
        _ => "ChangeEvent",
    })
}

/// The result that tells a refusal.
fn refusal(key: &str, refused: &Refused) -> String {
    let path = Some(vec![key].into());
    let fault =
        Fault { message: refused.text.clone(), path, ..Fault::default() }.with("code", refused.code());
    format!("{{\"data\":null,\"errors\":{}}}", errors_of(&[fault]))
}

impl Subscriptions {
    pub fn read(settings: &Settings, streams: &Streams) -> Result<Self, ConfigError> {
        let wrong = |text: String| ConfigError(format!("subscriptions.graphql: {text}"));
        let text = read_file("subscriptions", &settings.home.join("subscriptions.graphql"))?;
        let document = safe_parse_schema(&text).map_err(|error| wrong(error.to_string()))?;
        let schema = Schema::read(&document);
        match streams.subscriptions.iter().find(|each| schema.field("Subscription", &each.name).is_none()) {
            Some(each) => Err(wrong(format!("there is no subscription {}", each.name))),
            None => {
                let (judge, about) = (Judge::new(settings, &document), Introspection::of(&document));
                Ok(Self { schema, judge, about })
            }
        }
    }

    pub fn judged(
        &self,
        text: &str,
        name: Option<String>,
        variables: Variables,
        language: Language,
    ) -> Result<Asked, Faults> {
        let document = self.judge.judge(&self.schema, text, name.as_deref(), language)?;
        let operation = chosen(&document, name.as_deref()).expect("it was judged to be there");
        let variables = coerce(&self.schema, &document, &operation, variables, language)?;
        Ok(Asked { document, name, variables })
    }

    /// The result of what is no subscription.
    pub fn answered(&self, asked: &Asked, streams: &Streams) -> String {
        let names: Vec<String> = streams.subscriptions.iter().map(|each| quoted(&each.name)).collect();
        let scope = Scope { fragments: &fragments(&asked.document), variables: &asked.variables };
        let data = object(&asked.root(), |name, same| match name {
            "subscriptions" => format!("[{}]", names.join(",")),
            "__schema" | "__type" => self.about.told(same, &scope),
            _ => quoted("Query"),
        });
        format!("{{\"data\":{data}}}")
    }
}

impl Asked {
    fn operation(&self) -> Operation<'_> {
        chosen(&self.document, self.name.as_deref()).expect("it was judged to be there")
    }

    pub fn is_subscription(&self) -> bool {
        self.operation().kind == OperationKind::Subscription
    }

    fn root(&self) -> Chosen<'_> {
        let mut root = Chosen::new();
        let scope = Scope { fragments: &fragments(&self.document), variables: &self.variables };
        scope.choose(self.operation().selections, &mut root);
        root
    }

    /// The result that tells an event.
    fn told(&self, edge: &Edge) -> String {
        let (root, fragments) = (self.root(), fragments(&self.document));
        let Some((key, same)) = root.first() else { return String::new() };
        let fields = Scope { fragments: &fragments, variables: &self.variables }.below(same);
        let event = object(&fields, |name, _| value_in(edge, name));
        format!("{{\"data\":{{{}:{event}}}}}", quoted(key))
    }
}

/// What a subscription tells, result after result.
pub enum Told {
    Result(String),
    SignOfLife,
}

pub struct Telling {
    asked: Asked,
    key: String,
    wants: Arc<crate::streams::Stream>,
    hearing: Option<Hearing>,
    ready: VecDeque<String>,
}

/// Who subscribes, and by which request.
#[derive(Clone)]
pub struct Subscriber {
    pub gateway: Arc<Gateway>,
    pub req: HttpRequest,
    pub admission: Arc<Admission>,
}

impl Telling {
    /// Looks for the first events; what ends it is told as the last one.
    pub async fn open(
        subscriber: &Subscriber,
        asked: Asked,
        listening: Option<Listening>,
    ) -> Result<Self, Faults> {
        let Subscriber { gateway, req, admission } = subscriber;
        let say = |text: &str| gateway.messages.say(text, admission.language).to_string();
        let internal = || one(Fault::new(say("INTERNAL"), "INTERNAL", 200));
        let root = asked.root();
        let Some((key, Some(field))) = root.first().map(|(key, same)| (*key, same.first())) else {
            return Err(one(Fault::standard(
                "A subscription selects one field.",
                "GRAPHQL_VALIDATION_FAILED",
            )));
        };
        let stream = gateway.feeds.streams.told_by(&field.name).ok_or_else(internal)?;
        let given = |name| argument(field, name, &asked.variables);
        let (after, province, key) = (given("after"), given("province"), key.to_string());
        let mut telling = Self { asked, key, wants: stream.clone(), hearing: None, ready: VecDeque::new() };
        let Some(listening) = listening else {
            telling.refuse(&Refused::new("RATE_LIMITED", &say("RATE_LIMITED")));
            return Ok(telling);
        };
        let asker = Asker {
            gateway: gateway.clone(),
            req: req.clone(),
            admission: admission.clone(),
            stream,
            province,
        };
        match Hearing::open(asker, after.as_deref(), listening).await {
            Ok((hearing, page)) => {
                telling.hearing = Some(hearing);
                telling.take(&page);
            }
            Err(refused) => telling.refuse(&refused),
        }
        Ok(telling)
    }

    fn refuse(&mut self, refused: &Refused) {
        self.hearing = None;
        self.ready.push_back(refusal(&self.key, refused));
    }

    fn take(&mut self, page: &Page) {
        let wanted = page.edges.iter().filter(|edge| self.wants.wants(&edge.node.event_type));
        self.ready.extend(wanted.map(|edge| self.asked.told(edge)));
    }

    /// None when it is over.
    pub async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some(result) = self.ready.pop_front() {
                return Some(Told::Result(result));
            }
            match self.hearing.as_mut()?.next().await? {
                Heard::Page(page) => self.take(&page),
                Heard::SignOfLife => return Some(Told::SignOfLife),
                Heard::Refused(refused) => self.refuse(&refused),
            }
        }
    }
}
