"""How steps are tried in every state."""

from collections.abc import Callable
from copy import deepcopy

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict


def refuses(step: Callable[[], object], aggregate: Aggregate) -> bool:
    """Whether it is a conflict, which then has changed and recorded nothing."""
    before = deepcopy(aggregate)
    try:
        step()
    except Conflict:
        assert aggregate == before
        assert aggregate.pull_events() == []
        return True
    return False
