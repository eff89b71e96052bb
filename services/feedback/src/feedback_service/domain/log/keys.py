"""The keys that sign the log, as verifier keys: which do, which will, which do no more."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LogKeys:
    """`signing` all sign everything, so that who knows one of them verifies it."""

    signing: Sequence[str]
    waiting: Sequence[str] = ()
    withdrawn: Sequence[str] = ()
