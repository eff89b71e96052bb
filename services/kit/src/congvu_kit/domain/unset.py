"""What a caller left out, where that differs from null."""

from enum import Enum
from typing import Final, TypeAlias, TypeVar

T = TypeVar("T")


class Unset(Enum):
    UNSET = "UNSET"


UNSET: Final = Unset.UNSET

Sent: TypeAlias = T | Unset | None
"""A value, null (as it is by default), or left out (as it was)."""


def given(sent: Sent[T], known: T, default: T) -> T:
    """What holds afterwards, where `known` held before."""
    if isinstance(sent, Unset):
        return known
    return default if sent is None else sent
