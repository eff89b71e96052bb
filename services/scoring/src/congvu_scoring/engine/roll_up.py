"""A year from its months or quarters: average, cumulative, or by counting bands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu_kit.domain.canonical import Json, fingerprint
from congvu_scoring.common.exact import exact_text
from congvu_scoring.engine.compiled import CompiledPolicy
from congvu_scoring.engine.outcome import read_band
from congvu_scoring.engine.result import State
from congvu_scoring.engine.yearly import RESULT, of_periods, with_bands
from congvu_scoring.snapshots.rows import read_table, write_table
from congvu_scoring.snapshots.sections import PERIODS, WORK
from congvu_scoring.snapshots.snapshot import Snapshot
from congvu_scoring.snapshots.tables import Table


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
    table = with_bands(compiled, read_table(PERIODS, periods, "periods"))
    year = of_periods(compiled, table, compiled.environment(Snapshot()))
    state: State = "SCORED"
    if year.because is not None:
        state = "NOT_EVALUABLE" if year.rated else "NOT_RATED"
    return RollUpResult(compiled, table, year.rule.id, state, year.total, year.band)


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
