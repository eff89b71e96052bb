"""What one request may ask at most."""

from collections.abc import Mapping, Sequence
from typing import Any

from strawberry.extensions import MaxAliasesLimiter, QueryDepthLimiter

from congvu_kit.domain.errors import Invalid

DEPTH_MAX = 15
ALIASES_MAX = 50
TOKENS_MAX = 10_000
REPRESENTATIONS_MAX = 2_000
"""Entities in one `_entities` call: an operation of the gateway's highest cost, 5,000, names
1,666 (an edge, a node and the entity each)."""

# Made once: a limiter makes new rule classes, and the validation cache is keyed by the rules.
LIMITS = [
    *QueryDepthLimiter(max_depth=DEPTH_MAX).validation_rules,
    *MaxAliasesLimiter(max_alias_count=ALIASES_MAX).validation_rules,
]


def references(representations: Sequence[Any], types: Mapping[str, Any]) -> list[dict[str, str]]:
    """What `_entities` is asked for: entities of ours, each by its id. Raise `Invalid` for
    anything else, before anything is looked up."""
    if len(representations) > REPRESENTATIONS_MAX:
        raise Invalid(
            en=f"at most {REPRESENTATIONS_MAX} representations in one call",
            vi=f"Mỗi lần đọc tối đa {REPRESENTATIONS_MAX} đối tượng.",
            field="representations",
        )
    return [_reference(each, types, number) for number, each in enumerate(representations)]


def _reference(given: Any, types: Mapping[str, Any], number: int) -> dict[str, str]:
    name, id = (given.get("__typename"), given.get("id")) if isinstance(given, dict) else (0, 0)
    kind = types.get(name) if isinstance(name, str) else None
    origin = getattr(getattr(kind, "definition", None), "origin", None)
    if not isinstance(id, str) or not hasattr(origin, "resolve_reference"):
        raise Invalid(
            en="a representation has the __typename of an entity of this service, and its id",
            vi="Mỗi đối tượng cần tên kiểu thuộc dịch vụ này và mã của nó.",
            field=f"representations.{number}",
        )
    return {"__typename": str(name), "id": id}
