"""What staff must score by the decree, computed from the demo data alone.

The platform computes it from what passed through its interfaces, with its own engine: the story
holds one against the other. Formulas and vectors: Decree 335/2025/NĐ-CP, staff without a leading
position.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu_demo.dataset import Dataset, Plan

REFERENCE_POINTS = 5
STEP = Fraction(1, 4)
"""A failure or delay takes a quarter of one product's points."""

GENERAL_BY_DEFAULT = {
    "I.1": Fraction(5),
    "I.2": Fraction(5),
    **{f"II.{n}": Fraction(5, 2) for n in (1, 2, 3, 4)},
}
"""Groups I and II count as met, group III needs evidence."""

RESULT_POINTS = 70


@dataclass(frozen=True)
class Line:
    """One assignment at the end of the quarter; faults with a confirmed cause are left out."""

    coefficient: Fraction
    assigned: int
    completed: int
    failures: int
    delays: int


@dataclass(frozen=True)
class Score:
    quantity: Fraction
    quality: Fraction
    progress: Fraction
    general: Fraction

    @property
    def total(self) -> Fraction:
        result = (self.quantity + self.quality + self.progress) / 3
        return self.general + result * RESULT_POINTS


def staff_score(data: Dataset, officer: str) -> Score:
    lines = list(_lines(data, officer))
    assigned = _total(lines, lambda line: line.assigned)
    quantity = _total(lines, lambda line: line.completed)
    quality = _total(lines, lambda line: _credit(line.completed, line.failures))
    progress = _total(lines, lambda line: _credit(line.completed, line.delays))
    given = {each.criterion: Fraction(each.points) for each in data.criteria_of(officer)}
    return Score(
        quantity=min(quantity / assigned, Fraction(1)),
        quality=min(quality / assigned, Fraction(1)),
        progress=min(progress / assigned, Fraction(1)),
        general=sum({**GENERAL_BY_DEFAULT, **given}.values(), Fraction(0)),
    )


def _total(lines: Sequence[Line], worth: Callable[[Line], Fraction | int]) -> Fraction:
    """In reference products."""
    return sum((line.coefficient * worth(line) for line in lines), Fraction(0))


def _credit(completed: int, faults: int) -> Fraction:
    return max(Fraction(0), completed - STEP * min(faults, 4 * completed))


def _lines(data: Dataset, officer: str) -> Iterator[Line]:
    products = {each["code"]: each for each in data.products}
    mine = [each for each in data.dossiers if each.officer == officer and each.completed_at]
    done = Counter(each.procedure_code for each in mine)
    late = Counter(each.procedure_code for each in mine if (each.completed_at or "") > each.due_at)
    for plan in data.plans_of(officer):
        product = products[plan.product]
        procedure = product["procedure_code"]
        confirmed = plan.cause_count if plan.cause_confirmed else 0
        yield Line(
            coefficient=Fraction(product["points"]) / REFERENCE_POINTS,
            assigned=plan.quantity,
            completed=done[procedure] if plan.done is None else plan.done,
            failures=plan.failures,
            delays=late[procedure] - confirmed if plan.done is None else _delays(plan),
        )


def _delays(plan: Plan) -> int:
    return plan.done or 0 if plan.completed_on > plan.due_on else 0
