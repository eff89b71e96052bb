"""The codes a policy knows, told from its expressions: what may be entered for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.common.exact import comma, exact_text, exact_vi
from congvu_scoring.common.spelling import nearest
from congvu_scoring.engine.policy import Policy
from congvu_scoring.engine.reads import outcome_expressions, reads_of
from congvu_scoring.engine.snapshot_checks import ANY_ELEMENT, stated_ranges
from congvu_scoring.expressions.base import Condition, Expression
from congvu_scoring.expressions.leaves import TextLiteral
from congvu_scoring.operators.comparisons import OneOf
from congvu_scoring.operators.criteria import Criteria
from congvu_scoring.operators.fields import Flag, TextField
from congvu_scoring.operators.ledger import Ledger
from congvu_scoring.operators.logic import All
from congvu_scoring.operators.rows import Rows
from congvu_scoring.snapshots.sections import CONDUCT, ELEMENTS, INDICATORS, WORK

SHOWN_MAX = 20
"""Codes that a refusal lists; a longer list is nearest-one-only."""

TIMES_MAX = 366
"""How often a rule of the ledger can be met in one period: once a day of the longest year."""

SHARED = "shared"

_SORTING = ("kind", "orientation")


@dataclass(frozen=True, slots=True)
class Scale:
    """What a number of a code may be; `step` counts from zero."""

    low: Fraction | None
    high: Fraction | None
    step: Fraction | None = None

    def takes(self, value: Fraction) -> bool:
        within = (self.low is None or value >= self.low) and (
            self.high is None or value <= self.high
        )
        return within and (self.step is None or (value / self.step).denominator == 1)

    def text(self) -> Bilingual:
        low = "–" if self.low is None else exact_text(self.low)
        high = "–" if self.high is None else exact_text(self.high)
        if self.step is None:
            return Bilingual(f"từ {comma(low)} đến {comma(high)}", f"{low} to {high}")
        vi, en = exact_vi(self.step), exact_text(self.step)
        return Bilingual(
            f"từ {comma(low)} đến {comma(high)}, bước {vi}", f"{low} to {high} in steps of {en}"
        )


@dataclass(frozen=True)
class Vocabulary:
    """None where any code will do, empty where the policy reads none."""

    criteria: Mapping[str, Scale]
    elements: frozenset[str] | None
    scales: Mapping[str, Scale]
    """Of elements, by code."""
    conduct: Mapping[str, int] | None
    """How often each rule of the ledger can be met in one period."""
    indicators: bool
    perspectives: frozenset[str] | None
    outputs: bool
    """Whether the indicators of a perspective measure one output, and share its weight."""
    shared: bool
    """Whether some indicators count for the unit alone."""
    events: frozenset[str]
    sections: frozenset[str]
    """Of the snapshot, by name: those of which some rule reads something."""
    work: Mapping[str, frozenset[str]]
    """Of `kind` and `orientation`: those that some rule reads, where others would be lost."""


def vocabulary_of(policy: Policy) -> Vocabulary:
    reads, nodes = reads_of(policy), tuple(_nodes(policy))
    criteria, rated = _scales(policy, nodes)
    any_element = ELEMENTS.name in reads.inputs or ANY_ELEMENT in policy.inputs
    named = frozenset(
        path.removeprefix(f"{ELEMENTS.name}.")
        for path in reads.inputs
        if path.startswith(f"{ELEMENTS.name}.")
    )
    return Vocabulary(
        criteria=criteria,
        elements=None if any_element else named,
        scales=rated,
        conduct=_conduct(nodes, reads.conduct if CONDUCT.name in reads.lists else frozenset()),
        indicators=INDICATORS.name in reads.lists,
        perspectives=_perspectives(nodes) if INDICATORS.name in reads.lists else frozenset(),
        outputs=_grouped(nodes),
        shared=any(isinstance(node, Flag) and node.name == SHARED for node in nodes),
        events=reads.events,
        sections=frozenset({path.partition(".")[0] for path in reads.inputs} | reads.lists),
        work={name: known for name in _SORTING if (known := _sorted_by(name, nodes)) is not None},
    )


def not_known(code: str, known: Sequence[str]) -> Bilingual:
    """The end of a refusal that names what there is, and never what was written."""
    meant = nearest(code, known)
    if meant is not None:
        return Bilingual(f"; gần nhất: {meant}", f"; the nearest is {meant}")
    if not known or len(known) > SHOWN_MAX:
        return Bilingual("", "")
    listed = ", ".join(sorted(known))
    return Bilingual(f"; các mã có: {listed}", f"; known: {listed}")


def _nodes(policy: Policy) -> Iterator[Expression]:
    roots = chain(
        (measure.value for measure in policy.measures.values()),
        (found for _, found in outcome_expressions(policy)),
    )
    return chain.from_iterable(root.walk() for root in roots)


def _scales(
    policy: Policy, nodes: Sequence[Expression]
) -> tuple[dict[str, Scale], dict[str, Scale]]:
    steps = {
        f"{node.source}.{item.key}": item.step
        for node in nodes
        if isinstance(node, Criteria)
        for item in node.criteria
    }
    scales = {
        path: Scale(low, high, steps.get(path))
        for path, (_, low, high) in stated_ranges(policy).items()
    }
    return _under("general", scales), _under(ELEMENTS.name, scales)


def _under(section: str, scales: Mapping[str, Scale]) -> dict[str, Scale]:
    start = f"{section}."
    return {
        path.removeprefix(start): scale for path, scale in scales.items() if path.startswith(start)
    }


def _conduct(nodes: Sequence[Expression], rules: frozenset[str] | None) -> Mapping[str, int] | None:
    if rules is None:
        return None
    entries = chain.from_iterable(node.entries for node in nodes if isinstance(node, Ledger))
    most = {entry.rule.id: entry.most for entry in entries if entry.most is not None}
    return {rule: most.get(rule, TIMES_MAX) for rule in rules}


def _perspectives(nodes: Sequence[Expression]) -> frozenset[str] | None:
    """Those that conditions name; any when they are groups of their own, or nothing names one."""
    named = frozenset(chain.from_iterable(_named("perspective", node) for node in nodes))
    return None if _grouped(nodes) or not named else named


def _grouped(nodes: Sequence[Expression]) -> bool:
    return any(isinstance(node, Rows) and node.by == "perspective" for node in nodes)


def _sorted_by(name: str, nodes: Sequence[Expression]) -> frozenset[str] | None:
    """The values that rows of work are kept by, when every reading keeps only such rows."""
    readings = [node for node in nodes if isinstance(node, Rows) and node.over == WORK.name]
    kept = [frozenset(_kept(name, node.where)) for node in readings]
    return frozenset(chain.from_iterable(kept)) if kept and all(kept) else None


def _kept(name: str, where: Condition | None) -> Iterator[str]:
    conditions = where.conditions if isinstance(where, All) else (where,)
    for condition in conditions:
        if condition is not None:
            yield from _named(name, condition)


def _named(name: str, node: Expression) -> Iterator[str]:
    if isinstance(node, OneOf) and isinstance(node.value, TextField) and node.value.name == name:
        yield from (each.value for each in node.choices if isinstance(each, TextLiteral))
