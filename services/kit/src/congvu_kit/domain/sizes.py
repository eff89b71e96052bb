"""Lists that grow: each has an end, which the graph declares and the gateway counts with."""

from collections.abc import Sized

from congvu_kit.domain.errors import Conflict


def require_room(held: Sized | int, most: int, *, en: str, vi: str) -> None:
    """Raise `Conflict` when `most` are there already; `en` and `vi` name what is counted."""
    if (held if isinstance(held, int) else len(held)) >= most:
        raise Conflict(en=f"at most {most} {en}", vi=f"Tối đa {most} {vi}.")
