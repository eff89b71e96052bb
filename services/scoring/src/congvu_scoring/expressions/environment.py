"""What an expression sees while one snapshot is scored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from congvu_scoring.common.bilingual import Rule, Words
from congvu_scoring.snapshots.snapshot import Snapshot
from congvu_scoring.snapshots.tables import Table

if TYPE_CHECKING:
    from congvu_scoring.expressions.base import Number

Value = Fraction | str


class NotEvaluable(Exception):
    """A number has no value for this snapshot; never a zero in disguise (E-I7)."""

    def __init__(self, rule: Rule, words: Words) -> None:
        super().__init__(f"{rule.id}: {words.en}")
        self.rule = rule
        self.words = words


@dataclass(frozen=True, slots=True)
class Measure:
    """A named number of a policy. `shown` ones are the components of a result."""

    rule: Rule
    value: "Number"
    unit: str
    low: Fraction | None = None
    high: Fraction | None = None
    shown: bool = True
    evidence: bool = False


@dataclass(slots=True)
class Environment:
    """One scoring run: the snapshot, the constants of the policy, values found so far, the row."""

    snapshot: Snapshot
    constants: Mapping[str, Value]
    measures: Mapping[str, Measure]
    bands: tuple[str, ...]
    """Band codes, best first."""
    rule: Rule
    lists: Mapping[str, Table] = field(default_factory=dict)
    """Lists that do not come from the snapshot: periods of a roll-up, the timeline."""
    outcome: Mapping[str, Value] = field(default_factory=dict)
    """What is known once the total is: total, band, raw_band, state."""
    found: dict[str, Fraction | NotEvaluable] = field(default_factory=dict)
    table: Table = field(default_factory=lambda: Table(0))
    index: int = 0
    outer: tuple[tuple[Table, int], ...] = ()

    def measure(self, name: str) -> Fraction:
        """The value of a measure, computed once."""
        known = self.found.get(name)
        if known is None:
            known = self._compute(self.measures[name])
            self.found[name] = known
        if isinstance(known, NotEvaluable):
            raise known
        return known

    def _compute(self, measure: Measure) -> Fraction | NotEvaluable:
        before = self.rule, self.table, self.index, self.outer
        self.rule, self.outer = measure.rule, ()
        try:
            value = measure.value.evaluate(self)
        except NotEvaluable as missing:
            return missing
        finally:
            self.rule, self.table, self.index, self.outer = before
        return value

    def rows_of(self, name: str) -> Table:
        if name == "group":
            return self.table.groups[self.index]
        found = self.lists.get(name)
        return self.snapshot.table(name) if found is None else found

    def each(self, table: Table) -> Iterator[int]:
        """Step through rows; expressions evaluated meanwhile read the row stood on."""
        before = self.table, self.index, self.outer
        self.outer = (*self.outer, (self.table, self.index))
        self.table = table
        try:
            for index in range(len(table)):
                self.index = index
                yield index
        finally:
            self.table, self.index, self.outer = before

    def missing(self, vi: str, en: str) -> NotEvaluable:
        return NotEvaluable(self.rule, Words(vi, en))
