"""What a policy reads of a snapshot, told from its expressions alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from congvu_scoring.engine.policy import Policy, outcome_expressions
from congvu_scoring.expressions.base import Condition, Expression
from congvu_scoring.operators.conditions import All, EventInForce, OneOf
from congvu_scoring.operators.measures import Criteria
from congvu_scoring.operators.rows import Rows
from congvu_scoring.operators.timeline import TimesWithin
from congvu_scoring.operators.values import NumberInput, TextField, TextInput, TextLiteral
from congvu_scoring.snapshots.sections import CONDUCT, ELEMENTS, EVENTS, HISTORY


@dataclass(frozen=True, slots=True)
class Reads:
    """Paths and lists that some expression reads; `events` and `conduct` are codes, None any."""

    inputs: frozenset[str]
    lists: frozenset[str]
    events: frozenset[str] | None
    conduct: frozenset[str] | None


def reads_of(policy: Policy) -> Reads:
    nodes = [
        node
        for expression in (
            *(measure.value for measure in policy.measures.values()),
            *(found for _, found in outcome_expressions(policy)),
        )
        for node in expression.walk()
    ]
    rows = [node for node in nodes if isinstance(node, Rows)]
    lists = {node.over for node in rows}
    if any(isinstance(node, TimesWithin) for node in nodes):
        lists.add(HISTORY.name)
    named = {event for node in nodes if isinstance(node, EventInForce) for event in node.events}
    return Reads(
        frozenset(_inputs(nodes)),
        frozenset(lists),
        None if EVENTS.name in lists else frozenset(named),
        _conduct_rules([node for node in rows if node.over == CONDUCT.name]),
    )


def _inputs(nodes: list[Expression]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, NumberInput | TextInput):
            yield node.path
        elif isinstance(node, Criteria):
            yield from (f"{node.source}.{item.key}" for item in node.criteria)
        elif isinstance(node, Rows) and node.over == ELEMENTS.name:
            yield ELEMENTS.name


def _conduct_rules(rows: list[Rows]) -> frozenset[str] | None:
    """The rules the ledgers know; None when a list of any rule is read."""
    known: set[str] = set()
    for node in rows:
        named = None if node.where is None else _rules_named(node.where)
        if named is None:
            return None
        known |= named
    return frozenset(known)


def _rules_named(where: Condition) -> set[str] | None:
    for one in where.conditions if isinstance(where, All) else (where,):
        if isinstance(one, OneOf) and isinstance(one.value, TextField) and one.value.name == "rule":
            found = {choice.value for choice in one.choices if isinstance(choice, TextLiteral)}
            return found if len(found) == len(one.choices) else None
    return None
