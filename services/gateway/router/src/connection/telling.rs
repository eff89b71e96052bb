//! What a connection subscribes to: each under an id of its own, told until either ends it.
use std::rc::Rc;
use std::time::Duration;

use hive_router::executor::executors::graphql_transport_ws::SubscribePayload;
use hive_router::ntex::rt;
use hive_router::ntex::web::ws::Message;
use hive_router::tokio::select;
use hive_router::tokio::sync::oneshot;
use hive_router::tokio::time::sleep;

use super::Connection;
use crate::admission::Admission;
use crate::faults::{errors_of, Fault};
use crate::feeds::Listening;
use crate::judge::{one, Faults};
use crate::subscriptions::{quoted, Asked, Subscriber, Telling, Told};

/// Whoever takes slowly is told no more than has been taken.
const LOOK_WHETHER_TAKEN: Duration = Duration::from_millis(20);

impl Connection {
    fn judged(&self, payload: SubscribePayload, admission: &Admission) -> Result<Asked, Faults> {
        if !self.gateway.answers.documents.takes(&payload.query) {
            let text = self.gateway.messages.say("DOCUMENT_UNKNOWN", admission.language);
            return Err(one(Fault::new(text, "NOT_FOUND", 404)));
        }
        let variables = payload.variables.unwrap_or_default();
        let (name, language) = (payload.operation_name, admission.language);
        self.gateway.subscriptions.judged(&payload.query, name, variables, language)
    }

    pub(super) fn subscribed(self: &Rc<Self>, id: String, payload: SubscribePayload) -> Option<Message> {
        let Some(subscriber) = self.subscriber.borrow().clone() else {
            return self.closing((4401, "Unauthorized"));
        };
        if self.running.borrow().contains_key(&id) {
            return self.closing((4409, &format!("Subscriber for {id} already exists")));
        }
        let asked = match self.judged(payload, &subscriber.admission) {
            Ok(asked) => asked,
            Err(faults) => return Some(error_of(&id, &faults)),
        };
        // In the order in which they are asked for, whenever each is begun.
        let counts = asked.is_subscription();
        let listening = counts.then(|| self.gateway.feeds.listen(&subscriber.admission)).flatten();
        let (stop, stopped) = oneshot::channel();
        self.running.borrow_mut().insert(id.clone(), stop);
        let own = self.clone();
        rt::spawn(async move {
            select! {
                biased;
                _ = stopped => {}
                () = own.tell(&id, &subscriber, asked, listening) => {}
            }
        });
        None
    }

    async fn tell(&self, id: &str, subscriber: &Subscriber, asked: Asked, listening: Option<Listening>) {
        if !asked.is_subscription() {
            self.send(next_of(id, &self.gateway.subscriptions.answered(&asked, &self.gateway.feeds.streams)))
                .await;
        } else {
            match Telling::open(subscriber, asked, listening).await {
                Ok(mut telling) => {
                    while let Some(told) = telling.next().await {
                        if let Told::Result(result) = told {
                            self.send(next_of(id, &result)).await;
                        }
                    }
                }
                Err(faults) => {
                    self.running.borrow_mut().remove(id);
                    return self.send(error_of(id, &faults)).await;
                }
            }
        }
        if self.running.borrow_mut().remove(id).is_some() {
            self.send(Message::Text(format!(r#"{{"id":{},"type":"complete"}}"#, quoted(id)).into())).await;
        }
    }

    async fn send(&self, message: Message) {
        while self.sink.io().is_wr_backpressure() && !self.sink.io().is_closed() {
            sleep(LOOK_WHETHER_TAKEN).await;
        }
        let _ = self.sink.send(message).await;
    }
}

fn next_of(id: &str, result: &str) -> Message {
    Message::Text(format!(r#"{{"id":{},"type":"next","payload":{result}}}"#, quoted(id)).into())
}

fn error_of(id: &str, faults: &Faults) -> Message {
    let errors = errors_of(faults);
    Message::Text(format!(r#"{{"id":{},"type":"error","payload":{errors}}}"#, quoted(id)).into())
}
