"""What people enter about a person besides work: criteria, elements, conduct, indicators."""

from dataclasses import dataclass, replace
from enum import StrEnum

from evaluation_service.domain.common.numbers import Measure, Points, Weight


class Organising(StrEnum):
    """đ: how the work was organised."""

    FULL = "FULL"
    SHORTCOMING = "SHORTCOMING"


class Unity(StrEnum):
    """e: whether the collective is united."""

    FULL = "FULL"
    CONFLICT = "CONFLICT"


@dataclass(frozen=True, kw_only=True)
class Rating:
    """Points of one criterion, or of one rated element, with the reason for them."""

    key: str
    points: Points
    reason: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class ConductEntry:
    """One line of the conduct ledger: a rule of the policy and how often it was met."""

    rule: str
    count: int
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One target of a contract or scorecard."""

    code: str
    perspective: str | None
    weight: Weight
    baseline: Measure
    target: Measure
    actual: Measure | None
    direction: str
    shared: bool
    parent: str | None
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class GivenInputs:
    general: tuple[Rating, ...] = ()
    elements: tuple[Rating, ...] = ()
    conduct: tuple[ConductEntry, ...] = ()
    indicators: tuple[Indicator, ...] = ()  # Of before objectives, and of corrections.
    organising: Organising | None = None
    unity: Unity | None = None

    def with_(self, later: "GivenInputs") -> "GivenInputs":
        """Each part that `later` names replaces ours; criteria and elements do so one by one."""
        return replace(
            self,
            general=_by_key(self.general, later.general),
            elements=_by_key(self.elements, later.elements),
            conduct=later.conduct or self.conduct,
            indicators=later.indicators or self.indicators,
            organising=later.organising or self.organising,
            unity=later.unity or self.unity,
        )


def _by_key(known: tuple[Rating, ...], later: tuple[Rating, ...]) -> tuple[Rating, ...]:
    merged = {rating.key: rating for rating in (*known, *later)}
    return tuple(merged.values())
