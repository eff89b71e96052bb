//! How long a request may take, all it asks of services together: by what kind of operation it is.
use std::collections::HashSet;
use std::time::{Duration, Instant};

use hive_router::query_planner::state::supergraph_state::OperationKind;

use crate::admission::Admission;
use crate::operation::{fragments, Document, Fragments, Operation, Selection, SelectionSet};
use crate::schema::{named, Input, Schema};
use crate::settings::Settings;

/// What each on the way keeps of the time that is left, to say in time that it was not enough.
const KEPT: f64 = 0.1;
const KEPT_MAX: Duration = Duration::from_millis(150);

pub struct Budgets {
    query: Duration,
    mutation: Duration,
    import: Duration,
    /// The mutations that take lists row by row.
    imports: HashSet<String>,
}

fn less(time: Duration) -> Duration {
    time - time.mul_f64(KEPT).min(KEPT_MAX)
}

/// What is left of a request's time, for one call within it.
pub fn left(admission: &Admission) -> Duration {
    let ends = admission.ends.get().map_or(admission.arrived, |(ends, _)| *ends);
    less(ends.saturating_duration_since(Instant::now()))
}

/// What a service is told to keep to, in milliseconds: less than its caller waits.
pub fn told_ms(wait: Duration) -> u64 {
    (less(wait).as_millis() as u64).max(1)
}

impl Budgets {
    pub fn new(settings: &Settings, schema: &Schema) -> Self {
        let takes_rows = |name: &str| match schema.inputs.get(name) {
            Some(Input::Object(fields)) => {
                fields.iter().any(|field| schema.rows.contains(named(&field.kind)))
            }
            _ => false,
        };
        let mutations = schema.types.get("Mutation").into_iter().flatten();
        let imports = mutations
            .filter(|(_, field)| field.arguments.values().any(|kind| takes_rows(named(kind))))
            .map(|(name, _)| name.clone())
            .collect();
        let time = |key| Duration::from_millis(settings.number(key));
        Self {
            query: time("queryTimeoutMs"),
            mutation: time("mutationTimeoutMs"),
            import: time("importTimeoutMs"),
            imports,
        }
    }

    fn has_import(&self, set: &SelectionSet, fragments: &Fragments<'_>) -> bool {
        set.items.iter().any(|selection| match selection {
            Selection::Field(field) => self.imports.contains(&field.name),
            Selection::InlineFragment(fragment) => self.has_import(&fragment.selection_set, fragments),
            Selection::FragmentSpread(spread) => fragments
                .get(spread.fragment_name.as_str())
                .is_some_and(|fragment| self.has_import(&fragment.selection_set, fragments)),
        })
    }

    pub fn of(&self, document: &Document, operation: &Operation<'_>) -> Duration {
        if operation.kind != OperationKind::Mutation {
            return self.query;
        }
        if self.has_import(operation.selections, &fragments(document)) {
            self.import
        } else {
            self.mutation
        }
    }
}
