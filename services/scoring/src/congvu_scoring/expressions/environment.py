"""What an expression sees while one snapshot is scored."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.limits import BITS_MAX, BUDGET, OverLimit
from congvu_scoring.expressions.explanation import Explanation
from congvu_scoring.snapshots.snapshot import Snapshot
from congvu_scoring.snapshots.tables import Table

T = TypeVar("T")
Value = Fraction | str

SMALL_BITS = 512
"""Numbers this long, both sides of the line together, cost one step."""


class NotEvaluable(Exception):
    """A number has no value for this snapshot; never a zero in disguise (E-I7)."""

    def __init__(self, rule: Rule, text: Bilingual) -> None:
        super().__init__(f"{rule.id}: {text.en}")
        self.rule = rule
        self.text = text


class Computable(Protocol):
    def evaluate(self, env: "Environment") -> Fraction: ...

    def explain(self, env: "Environment", scale: Fraction) -> tuple[Explanation, ...]: ...


class Named(Protocol):
    """A measure: the number behind a name, and its rule."""

    @property
    def rule(self) -> Rule: ...

    @property
    def value(self) -> Computable: ...


@dataclass(slots=True)
class Environment:
    """One scoring run: the snapshot, the constants of the policy, values found so far, the row."""

    snapshot: Snapshot
    constants: Mapping[str, Value]
    measures: Mapping[str, Named]
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
    known: dict[object, Any] | None = None
    """Where the outcome does not change any more: what is the same wherever it is asked for."""
    left: int = BUDGET
    """Steps left. Counted, not timed: the same snapshot gives the same result on every machine."""

    def spend(self, steps: int) -> None:
        """Raise `OverLimit` when there are no more."""
        self.left -= steps
        if self.left < 0:
            raise OverLimit

    def keep(self, value: Fraction) -> Fraction:
        """The value, paid for; a multiplication grows with the square of the length."""
        above, below = value.numerator.bit_length(), value.denominator.bit_length()
        if above + below <= SMALL_BITS:
            self.spend(1)
        elif above > BITS_MAX or below > BITS_MAX:
            raise OverLimit
        else:
            self.spend(1 + ((above + below) >> 9) ** 2)
        return value

    def of_table(self, asked: object, table: Table, make: Callable[[], T]) -> T:
        """What was made of the table already; within other rows it may be another thing."""
        if self.known is None or self.outer:
            return make()
        key = asked, id(table)
        if key not in self.known:
            self.known[key] = table, make()  # The table too: another one may get its id.
        made: T = self.known[key][1]
        return made

    def sum(self, values: Iterable[Fraction]) -> Fraction:
        total = Fraction(0)
        for value in values:
            total += value
            if total.denominator.bit_length() > SMALL_BITS:
                self.keep(total)
        return total

    def measure(self, name: str) -> Fraction:
        """The value of a measure, computed once."""
        known = self.found.get(name)
        if known is None:
            known = self._compute(self.measures[name])
            self.found[name] = known
        if isinstance(known, NotEvaluable):
            raise known
        return known

    def _compute(self, measure: Named) -> Fraction | NotEvaluable:
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
        return NotEvaluable(self.rule, Bilingual(vi, en))
