"""What a policy reads of a snapshot, told from its expressions alone."""

from functools import reduce
from operator import or_

from congvu_scoring.engine.policy import Policy, outcome_expressions
from congvu_scoring.expressions.reads import NOTHING, Reads


def reads_of(policy: Policy) -> Reads:
    expressions = (
        *(measure.value for measure in policy.measures.values()),
        *(found for _, found in outcome_expressions(policy)),
    )
    return reduce(or_, (expression.reads_in_all() for expression in expressions), NOTHING)
