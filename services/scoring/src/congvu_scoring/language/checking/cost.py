"""What a policy costs at most: to score a person, to explain the score, to go that deep."""

from congvu_scoring.common.limits import BUDGET, OTHER_ROWS, WORK_ROWS
from congvu_scoring.engine.policy import Policy
from congvu_scoring.engine.reads import outcome_expressions
from congvu_scoring.expressions.base import Expression
from congvu_scoring.expressions.leaves import MeasureValue
from congvu_scoring.expressions.location import found_at
from congvu_scoring.expressions.sizes import Sizes

LEVELS_MAX = 100
"""Operators within each other, those of the measures that are named counted in: what Python's
stack holds several times over."""


def check_cost(policy: Policy) -> None:
    if (levels := _levels(policy)) > LEVELS_MAX:
        raise found_at("measures", "measures").refuse(
            f"operators stand {levels} within each other, measures counted in; {LEVELS_MAX} may",
            f"toán tử lồng nhau {levels} mức, kể cả qua các chỉ số; tối đa {LEVELS_MAX}",
        )
    if (cost := cost_of(policy)) > BUDGET:
        raise found_at("measures", "measures").refuse(
            f"a person with {WORK_ROWS} rows of work and {OTHER_ROWS} of each other list takes "
            f"{cost} steps; {BUDGET} may be",
            f"một người có {WORK_ROWS} dòng công việc và {OTHER_ROWS} dòng mỗi danh sách khác cần "
            f"{cost} bước; tối đa {BUDGET}",
        )


def cost_of(policy: Policy) -> int:
    """Steps for a person with the planned rows: the score, and the explanation written out."""
    sizes = Sizes()
    rules = sum(node.cost(sizes) for _, node in outcome_expressions(policy))
    told: dict[str, int] = {}
    score = 0
    for name, measure in policy.measures.items():
        score += measure.value.cost(sizes)
        told[name] = measure.value.cost(Sizes(told))
    return rules + score + told[policy.total]


def _levels(policy: Policy) -> int:
    known: dict[str, int] = {}
    for name, measure in policy.measures.items():
        known[name] = _levels_of(measure.value, known)
    return max(
        (*known.values(), *(_levels_of(each, known) for _, each in outcome_expressions(policy)))
    )


def _levels_of(node: Expression, known: dict[str, int]) -> int:
    if isinstance(node, MeasureValue):
        return 1 + known.get(node.name, 0)
    return 1 + max((_levels_of(below, known) for below in node.operands()), default=0)
