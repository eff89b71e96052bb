"""The year of a person: its months or quarters, counted by the policy's method (E-I10)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.engine.compiled import CompiledPolicy
from congvu_scoring.engine.head_cap import UNIT_BAND
from congvu_scoring.engine.outcome import read_band
from congvu_scoring.engine.policy import RollUpMethod
from congvu_scoring.engine.snapshot_codes import check_distinct_periods, check_known
from congvu_scoring.expressions.base import Expression
from congvu_scoring.expressions.environment import Environment, NotEvaluable
from congvu_scoring.expressions.explanation import Explanation, Input, line
from congvu_scoring.snapshots.sections import EVENTS, HISTORY, MADE_OF, PERIODS
from congvu_scoring.snapshots.snapshot import Snapshot
from congvu_scoring.snapshots.tables import Column, Table

RESULT = "result"
"""The measure that a cumulated year is the quotient of."""

NO_PERIOD = Bilingual(
    "Không có tháng, quý nào trong năm được đánh giá", "No month or quarter of the year is rated"
)
NO_SCORE = Bilingual(
    "Các tháng, quý trong năm chưa có điểm: xem lý do ở từng kỳ",
    "The months or quarters of the year have no score: each says why",
)
MADE = Bilingual("Các kỳ trong năm", "The periods of the year")

_READ = frozenset({EVENTS.name, HISTORY.name, PERIODS.name})


@dataclass(frozen=True)
class Year:
    """`counted` are the scored periods, each with its band; `total` is unknown where bands are
    counted and a period is known by its band alone."""

    rule: Rule
    counted: Table
    total: Fraction | None
    band: str | None
    because: NotEvaluable | None = None
    rated: bool = True


def is_year(snapshot: Snapshot) -> bool:
    """Made of other periods: nothing else of it is counted."""
    return MADE_OF in snapshot.texts


def with_bands(compiled: CompiledPolicy, given: Table) -> Table:
    """Checked; a period stated by its total alone gets the band of that total."""
    check_distinct_periods(PERIODS.name, given)
    check_known(
        compiled.policy, PERIODS.name, "band", given.cells["band"], compiled.policy.bands.known
    )
    env = compiled.environment(Snapshot())
    totals = given.numbers["total"]
    bands = tuple(
        read_band(compiled.policy.bands, totals.at(index), env)
        if band is None and totals.has(index)
        else band
        for index, band in enumerate(given.cells["band"])
    )
    return replace(given, cells={**given.cells, "band": bands})


def of_periods(compiled: CompiledPolicy, periods: Table, env: Environment) -> Year:
    """What `periods`, with their bands, make: only those in state SCORED count. From here on `env`
    sees them."""
    scored = periods.where([cell == "SCORED" for cell in periods.cells["state"]])
    env.lists = {**env.lists, PERIODS.name: scored}
    method = method_of(compiled)
    env.rule = method.rule
    if not len(scored):
        rated = "NOT_EVALUABLE" in periods.cells["state"]
        because = NotEvaluable(method.rule, NO_SCORE if rated else NO_PERIOD)
        return Year(method.rule, scored, None, None, because, rated)
    try:
        total = _average(scored) if method.total is None else method.total.evaluate(env)
        if total is not None:
            env.outcome = {"total": total}
        band = next((code for when, code in method.bands if when.evaluate(env)), method.otherwise)
        if band is None:
            if total is None:
                raise env.missing("Có kỳ chưa có điểm số", "a period has no total")
            band = read_band(compiled.policy.bands, total, env)
    except NotEvaluable as because:
        return Year(method.rule, scored, None, None, because)
    return Year(method.rule, scored, total, band)


def method_of(compiled: CompiledPolicy) -> RollUpMethod:
    """The one that its switch chooses; without any, the average."""
    roll_up_rules = compiled.policy.roll_up
    if roll_up_rules is None:
        text = Bilingual("Trung bình các kỳ được đánh giá", "Average of the rated periods")
        return RollUpMethod(Rule("roll_up", compiled.policy.sources[0].id, text), None)
    if roll_up_rules.switch is None:
        return next(iter(roll_up_rules.methods.values()))
    return roll_up_rules.methods[str(compiled.constants[roll_up_rules.switch])]


def _average(scored: Table) -> Fraction | None:
    """When every period has a total; shown beside a band that was counted."""
    column = scored.numbers["total"]
    return column.total() / len(scored) if _whole(column) else None


def _whole(column: Column) -> bool:
    return column.present is None or all(column.present)


def shown_components(scored: Table) -> dict[str, Fraction]:
    """General criteria and result of the year, as far as every period tells them: the result over
    all that was assigned, else the average."""
    numbers = {name: scored.numbers[name] for name in ("general", RESULT)}
    known = {
        name: column.total() / len(scored)
        for name, column in numbers.items()
        if len(scored) and _whole(column)
    }
    above, below = scored.numbers["numerator"], scored.numbers["denominator"]
    if RESULT in known and _whole(above) and _whole(below) and below.total():
        known[RESULT] = above.total() / below.total()
    return known


def reads_the_year(expression: Expression) -> bool:
    """Whether it asks for nothing but events, what was before, the unit's band and the outcome. A
    rule about the work of a period had its say there."""
    reads = expression.reads_in_all()
    return not reads.measures and reads.inputs <= {UNIT_BAND} and reads.lists <= _READ


def explained(compiled: CompiledPolicy, snapshot: Snapshot, total: Fraction | None) -> Explanation:
    """How the total came about, and every period down to the sheet and the seal that prove it."""
    env = compiled.environment(snapshot)
    periods = with_bands(compiled, snapshot.table(PERIODS.name))
    found = of_periods(compiled, periods, env)
    env.known = {}
    method = method_of(compiled)
    counted: tuple[Explanation, ...] = ()
    if total is not None and method.total is not None:
        counted = method.total.explain(env, Fraction(1))
    elif total is not None:
        counted = tuple(_lines(found.rule, found.counted, Fraction(1, len(found.counted))))
    text = found.rule.text if found.because is None else found.because.text
    proofs = tuple(_lines(found.rule, periods, Fraction(0)))
    made = line(found.rule, MADE, None, Fraction(0), children=proofs)
    children = (*counted, *([made] if proofs else ()))
    return line(found.rule, text, total, total or Fraction(0), children=children)


def _lines(rule: Rule, periods: Table, share: Fraction) -> Iterator[Explanation]:
    """One a period: `share` of its total, and what it is known by."""
    totals = periods.numbers["total"]
    for index, title in enumerate(periods.titles()):
        total = totals.at(index) if totals.has(index) else None
        inputs = tuple(_proofs(periods, index))
        points = share * total if total is not None else Fraction(0)
        name = periods.cells["origin_name"][index]
        told = title if name is None else Bilingual(f"{title.vi} ({name})", f"{title.en} ({name})")
        yield line(rule, told, total, points, inputs=inputs)


def _proofs(periods: Table, index: int) -> Iterator[Input]:
    totals = periods.numbers["total"]
    if totals.has(index):
        yield Input("total", totals.text(index))
    for name in ("state", "band", "origin", "origin_hash"):
        cell = periods.cells[name][index]
        if cell is not None:
            yield Input(name, str(cell))
    evidence = periods.cells["evidence"][index]
    if isinstance(evidence, tuple) and evidence:
        yield Input("evidence", periods.label(index), evidence)
