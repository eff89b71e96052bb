//! What an operation costs, by the sizes and weights that the services declare in the supergraph.
use std::collections::HashMap;

use hive_router::sonic_rs::{JsonValueTrait, Value};

use crate::operation::{
    condition, fragments, on, Document, Field, Fragments, Operation, Selection, SelectionSet,
};
use crate::schema::{Literal, Price, Schema, PAGE_MAX};

/// What one value costs, be it a field or an element of a plain list; an object costs 1.
const VALUE: f64 = 0.1;
/// The schema itself is long, and read by tools: one look at it is half of what may be asked.
const INTROSPECTION: f64 = 2_500.0;
/// Tenths do not add up exactly.
const ROUNDING: f64 = 1e-6;

pub struct PageTooLong;

type Counted = Result<f64, PageTooLong>;
type Variables = HashMap<String, Value>;

/// The page that stands above a field, and the fields that are as long.
#[derive(Clone, Copy)]
struct Above<'a> {
    page: u32,
    price: &'a Price,
}

struct Counting<'a> {
    schema: &'a Schema,
    fragments: Fragments<'a>,
    operation: &'a Operation<'a>,
    variables: &'a Variables,
    known: HashMap<(&'a str, u32), f64>,
}

/// What an operation costs: one for each object it may answer with and a tenth for each value,
/// times the lists they stand in.
///
/// Each fragment is counted once for each place it can stand in, so fragments cannot blow up the
/// count.
pub fn cost_of(
    schema: &Schema,
    document: &Document,
    operation: &Operation<'_>,
    variables: &Variables,
) -> Result<u64, PageTooLong> {
    let fragments = fragments(document);
    let mut counting = Counting { schema, fragments, operation, variables, known: HashMap::new() };
    let cost = counting.set(operation.selections, operation.root(), None)?;
    Ok((cost - ROUNDING).ceil().max(0.0) as u64)
}

impl<'a> Counting<'a> {
    /// An argument as a number; what is no number is the longest page.
    fn number(&self, value: &Literal) -> f64 {
        let longest = f64::from(PAGE_MAX);
        let literal = |value: &Literal| match value {
            Literal::Int(number) => number.as_i64().map(|value| value as f64),
            _ => None,
        };
        let Literal::Variable(name) = value else { return literal(value).unwrap_or(longest) };
        match self.variables.get(name).filter(|given| !given.is_null()) {
            Some(given) => given.as_f64().unwrap_or(longest),
            None => {
                let declared = self.operation.variables.iter().find(|each| each.name == *name);
                let usual = declared.and_then(|each| each.default_value.as_ref());
                usual.and_then(literal).unwrap_or(longest)
            }
        }
    }

    fn page(&self, field: &Field, price: &Price) -> Result<u32, PageTooLong> {
        let mut page = 0;
        for (name, usual) in &price.slicing {
            let argument = field.arguments.iter().find(|(given, _)| given == name);
            let asked = argument.map_or(f64::from(*usual), |(_, value)| self.number(value));
            if asked > f64::from(PAGE_MAX) {
                return Err(PageTooLong);
            }
            let is_page = asked >= 1.0 && asked.fract() == 0.0;
            page = page.max(if is_page { asked as u32 } else { PAGE_MAX });
        }
        Ok(page)
    }

    fn field(&mut self, field: &'a Field, kind: &'a str, above: Option<Above<'a>>) -> Counted {
        match field.name.as_str() {
            "__schema" | "__type" => return Ok(INTROSPECTION),
            "__typename" => return Ok(VALUE),
            _ => {}
        }
        let Some(found) = self.schema.field(kind, &field.name) else { return Ok(0.0) };
        let price = &found.price;
        let below = if price.slicing.is_empty() {
            None
        } else {
            Some(Above { page: self.page(field, price)?, price })
        };
        let sized = above.filter(|above| above.price.sized.contains(&field.name));
        let size = sized.map_or(price.size.unwrap_or(1.0), |above| f64::from(above.page));
        if field.selection_set.items.is_empty() {
            return Ok(price.weight.unwrap_or(0.0) + size * VALUE);
        }
        let inner = self.set(&field.selection_set, &found.named, below)?;
        Ok(size * (price.weight.unwrap_or(1.0) + inner))
    }

    fn set(&mut self, set: &'a SelectionSet, kind: &'a str, above: Option<Above<'a>>) -> Counted {
        let mut cost = 0.0;
        for selection in &set.items {
            cost += match selection {
                Selection::Field(field) => self.field(field, kind, above)?,
                Selection::InlineFragment(fragment) => {
                    let kept = fragment.type_condition.as_ref().map(on);
                    self.set(&fragment.selection_set, kept.unwrap_or(kind), above)?
                }
                Selection::FragmentSpread(spread) => self.fragment(&spread.fragment_name, above)?,
            };
        }
        Ok(cost)
    }

    fn fragment(&mut self, name: &'a str, above: Option<Above<'a>>) -> Counted {
        let key = (name, above.map_or(0, |above| above.page));
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        self.known.insert(key, 0.0);
        let Some(fragment) = self.fragments.get(name).copied() else { return Ok(0.0) };
        let cost = self.set(&fragment.selection_set, condition(fragment), above)?;
        self.known.insert(key, cost);
        Ok(cost)
    }
}

/// How often an operation counts for the rate: every root field is one call, and so is every alias
/// below, which asks for one thing again.
pub fn rate_points(document: &Document, operation: &Operation<'_>) -> u32 {
    let fragments = fragments(document);
    points(operation.selections, true, &fragments, &mut HashMap::new()).max(1)
}

fn points<'a>(
    set: &'a SelectionSet,
    is_root: bool,
    fragments: &Fragments<'a>,
    seen: &mut HashMap<(&'a str, bool), u32>,
) -> u32 {
    let mut found = 0;
    for selection in &set.items {
        found += match selection {
            Selection::Field(field) => {
                u32::from(is_root || field.alias.is_some())
                    + points(&field.selection_set, false, fragments, seen)
            }
            Selection::InlineFragment(fragment) => points(&fragment.selection_set, is_root, fragments, seen),
            Selection::FragmentSpread(spread) => {
                let key = (spread.fragment_name.as_str(), is_root);
                if let Some(known) = seen.get(&key) {
                    *known
                } else {
                    seen.insert(key, 0);
                    let fragment = fragments.get(key.0).copied();
                    let counted =
                        fragment.map_or(0, |one| points(&one.selection_set, is_root, fragments, seen));
                    seen.insert(key, counted);
                    counted
                }
            }
        };
    }
    found
}
