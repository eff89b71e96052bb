"""A year from its months or quarters: average, cumulative, or by counting bands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from congvu_kit.domain.canonical import Json, fingerprint
from congvu_scoring.common.exact import exact_text
from congvu_scoring.engine.compiled import CompiledPolicy
from congvu_scoring.engine.policy import RollUpMethod
from congvu_scoring.engine.result import State
from congvu_scoring.engine.scoring import read_band
from congvu_scoring.engine.snapshot_codes import check_distinct_periods, check_known
from congvu_scoring.expressions.environment import NotEvaluable
from congvu_scoring.snapshots.rows import read_table, write_table
from congvu_scoring.snapshots.sections import PERIODS, WORK
from congvu_scoring.snapshots.snapshot import Snapshot
from congvu_scoring.snapshots.tables import Table

RESULT = "result"
"""The measure that a cumulated year is the quotient of."""


@dataclass(frozen=True)
class RollUpResult:
    """`method` is the rule that was used.

    A year without a rated period is NOT_RATED, or NOT_EVALUABLE when one of its periods was.
    """

    compiled: CompiledPolicy
    periods: Table
    method: str
    state: State
    total: Fraction | None
    band: str | None

    def document(self) -> dict[str, Json]:
        return {
            "format": "congvu.rollup/1",
            "policy": {"id": self.compiled.policy.id, "hash": self.compiled.policy.hash},
            "settings": self.compiled.settings(),
            "periods": write_table(PERIODS, self.periods),
            "method": self.method,
            "state": self.state,
            "total": None if self.total is None else exact_text(self.total),
            "band": self.band,
        }

    def hash(self) -> str:
        return fingerprint(self.document())


def roll_up(compiled: CompiledPolicy, periods: Sequence[object]) -> RollUpResult:
    """`periods` as in the conformance format; only those in state SCORED count."""
    given = read_table(PERIODS, periods, "periods")
    check_distinct_periods("periods", given)
    known = compiled.policy.bands.known
    check_known(compiled.policy, "periods", "band", given.cells["band"], known)
    table = _with_bands(compiled, given)
    scored = table.where([cell == "SCORED" for cell in table.cells["state"]])
    env = compiled.environment(Snapshot())
    env.lists = {"periods": scored}
    method = _method(compiled)
    if not len(scored):
        name = method.rule.id if method else "roll_up"
        missing = "NOT_EVALUABLE" in table.cells["state"]
        state: State = "NOT_EVALUABLE" if missing else "NOT_RATED"
        return RollUpResult(compiled, table, name, state, None, None)
    if method is None:
        average = _average(scored)
        read = read_band(compiled.policy.bands, average, env)
        return RollUpResult(compiled, table, "roll_up", "SCORED", average, read)
    env.rule = method.rule
    try:
        total = _known(scored) if method.total is None else method.total.evaluate(env)
        if total is not None:
            env.outcome = {"total": total}
        band = next((code for when, code in method.bands if when.evaluate(env)), method.otherwise)
    except NotEvaluable:
        return RollUpResult(compiled, table, method.rule.id, "NOT_EVALUABLE", None, None)
    if band is None and total is not None:
        band = read_band(compiled.policy.bands, total, env)
    return RollUpResult(compiled, table, method.rule.id, "SCORED", total, band)


def band_of(compiled: CompiledPolicy, total: Fraction) -> str:
    """Of a former result that is known by its total alone."""
    return read_band(compiled.policy.bands, total, compiled.environment(Snapshot()))


def period_sums(components: Mapping[str, Fraction], snapshot: Snapshot) -> dict[str, Fraction]:
    """What a period gives to a cumulated year: its assigned work in reference products, and how
    much of it its result is worth. Nothing where there is no result."""
    result = components.get(RESULT)
    if result is None:
        return {}
    work = snapshot.table(WORK.name)
    coefficients, quantities = work.numbers["coefficient"], work.numbers["assigned"]
    assigned = coefficients.times(quantities).total()
    return {"numerator": result * assigned, "denominator": assigned}


def _with_bands(compiled: CompiledPolicy, periods: Table) -> Table:
    """A period stated by its total alone gets the band of that total."""
    env = compiled.environment(Snapshot())
    totals = periods.numbers["total"]
    bands = tuple(
        read_band(compiled.policy.bands, totals.at(index), env)
        if band is None and totals.has(index)
        else band
        for index, band in enumerate(periods.cells["band"])
    )
    return replace(periods, cells={**periods.cells, "band": bands})


def _method(compiled: CompiledPolicy) -> RollUpMethod | None:
    roll_up_rules = compiled.policy.roll_up
    if roll_up_rules is None:
        return None
    if roll_up_rules.switch is None:
        return next(iter(roll_up_rules.methods.values()))
    return roll_up_rules.methods[str(compiled.constants[roll_up_rules.switch])]


def _known(scored: Table) -> Fraction | None:
    """The average, shown beside a band that was counted, when every period has a total."""
    column = scored.numbers["total"]
    return _average(scored) if column.present is None else None


def _average(scored: Table) -> Fraction:
    return scored.numbers["total"].total() / len(scored)
