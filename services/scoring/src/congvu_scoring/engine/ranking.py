"""The quota on the top band: holds on the final counts of the unit and every duty group (E-I8)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import ceil, floor
from typing import Literal

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.exact import round_half_up
from congvu_scoring.engine.compiled import CompiledPolicy
from congvu_scoring.engine.outcome import read_band
from congvu_scoring.engine.policy import Quota
from congvu_scoring.snapshots.snapshot import Snapshot

TIE_AT_CUT = "TIE_AT_CUT"
UNIT = "unit"
DUTY_GROUP = "duty_group"


@dataclass(frozen=True, slots=True)
class RankEntry:
    """One person of the unit being ranked; `band` after vetoes, read from the total if absent."""

    id: str
    total: Fraction
    result: Fraction = Fraction(0)
    general: Fraction = Fraction(0)
    duty_group: str = ""
    unit: str = ""
    band: str | None = None


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """The arithmetic of one scope: how many were counted, allowed and kept."""

    scope: str
    name: str
    counted: int
    allowed: int
    kept: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Final bands by person; those tied across the cut stay below it for the board to decide."""

    bands: Mapping[str, str]
    tie_at_cut: tuple[str, ...]
    moved_down: tuple[str, ...]
    quota: tuple[QuotaRow, ...]

    def of_band(self, band: str) -> tuple[str, ...]:
        return tuple(person for person, given in self.bands.items() if given == band)


def rank(
    compiled: CompiledPolicy,
    people: Iterable[RankEntry],
    scopes: Sequence[str] | None = None,
    rate: Fraction | None = None,
) -> Ranking:
    """Deterministic: the order of `people` does not matter.

    `scopes` (unit, duty_group) and `rate` default to the policy's; a higher rate for units with
    outstanding results is the caller's decision, within the bounds of the policy's switch.
    """
    entries = sorted(people, key=lambda entry: entry.id)
    bands = {entry.id: _band(compiled, entry) for entry in entries}
    if len(bands) != len(entries):
        raise Invalid(en="a person is listed twice", vi="một người bị ghi hai lần", field="people")
    before = dict(bands)
    tied: set[str] = set()
    settled: dict[str, str] = {}
    table: tuple[QuotaRow, ...] = ()
    while settled != bands:  # a later quota can shrink the base of an earlier one; bands only fall
        settled = dict(bands)
        table = ()
        for quota in compiled.policy.quotas:
            share = _rate(compiled, quota) if rate is None else rate
            names = tuple(quota.scopes if scopes is None else scopes)
            cut, rows = _apply(
                quota, entries, bands, base=_base(compiled, quota), rate=share, scopes=names
            )
            tied |= cut
            table += rows
    moved = tuple(person for person, band in before.items() if bands[person] != band)
    return Ranking(bands, tuple(sorted(tied)), moved, table)


def _apply(
    quota: Quota,
    entries: Sequence[RankEntry],
    bands: dict[str, str],
    *,
    base: tuple[str, ...],
    rate: Fraction,
    scopes: tuple[str, ...],
) -> tuple[set[str], tuple[QuotaRow, ...]]:
    """Move down whoever the quota has no room for; tell who was tied across the cut."""
    counted = [entry for entry in entries if bands[entry.id] in {quota.top, *base}]
    caps = _Caps(counted, scopes, _Allowance(rate, quota.top in base, quota.rounding))
    kept, tied = _choose(quota, entries, bands, caps)
    for entry in entries:
        if bands[entry.id] == quota.top and entry.id not in kept:
            bands[entry.id] = quota.otherwise
    return tied, caps.table()


def _band(compiled: CompiledPolicy, entry: RankEntry) -> str:
    if entry.band is None:
        env = compiled.environment(Snapshot())
        return read_band(compiled.policy.bands, entry.total, env)
    if entry.band not in compiled.policy.bands.codes:
        raise Invalid(
            en=f"people.{entry.id}: no band {entry.band!r}",
            vi=f"people.{entry.id}: không có mức {entry.band!r}",
            field=f"people.{entry.id}.band",
        )
    return entry.band


def _base(compiled: CompiledPolicy, quota: Quota) -> tuple[str, ...]:
    chosen = "" if quota.base_switch is None else str(compiled.constants[quota.base_switch])
    return dict(quota.base)[chosen]


def _rate(compiled: CompiledPolicy, quota: Quota) -> Fraction:
    return quota.rate.evaluate(compiled.environment(Snapshot()))


@dataclass(frozen=True, slots=True)
class _Allowance:
    """How many may be at the top among so many people, at most."""

    rate: Fraction
    top_counts: bool
    rounding: Literal["FLOOR", "HALF_UP", "CEILING"]

    def of(self, people: int) -> int:
        """The largest number at the top that keeps the rule on the final counts.

        With N people in the base or at the top: top <= rate x (N - top) when the base excludes
        the top band, so top <= rate x N / (1 + rate); else top <= rate x N. Any rounding but
        FLOOR is the policy's own choice to overstep the rate by less than one person.
        """
        share = self.rate * people / (1 if self.top_counts else 1 + self.rate)
        match self.rounding:
            case "FLOOR":
                return floor(share)
            case "CEILING":
                return ceil(share)
            case "HALF_UP":
                return int(round_half_up(share, 0))


class _Caps:
    """Room left in each scope, as people are taken in order."""

    def __init__(
        self, people: Sequence[RankEntry], scopes: Sequence[str], allowance: _Allowance
    ) -> None:
        self._scopes = scopes
        counted: Counter[tuple[str, str]] = Counter()
        for entry in people:
            counted.update(self.of(entry))
        self._counted = counted
        self._allowed = {scope: allowance.of(number) for scope, number in counted.items()}
        self._taken: Counter[tuple[str, str]] = Counter()
        self._closed: set[tuple[str, str]] = set()

    def of(self, entry: RankEntry) -> list[tuple[str, str]]:
        """The scopes the person counts in, the narrow one first."""
        names = {DUTY_GROUP: entry.duty_group, UNIT: entry.unit}
        return [(scope, names[scope]) for scope in (DUTY_GROUP, UNIT) if scope in self._scopes]

    def left(self, scope: tuple[str, str]) -> int:
        return 0 if scope in self._closed else self._allowed[scope] - self._taken[scope]

    def take(self, entry: RankEntry) -> None:
        self._taken.update(self.of(entry))

    def close(self, scope: tuple[str, str]) -> None:
        self._closed.add(scope)

    def table(self) -> tuple[QuotaRow, ...]:
        return tuple(
            QuotaRow(kind, name, number, self._allowed[kind, name], self._taken[kind, name])
            for (kind, name), number in sorted(self._counted.items(), reverse=True)
        )


def _choose(
    quota: Quota, entries: Sequence[RankEntry], bands: Mapping[str, str], caps: _Caps
) -> tuple[set[str], set[str]]:
    """Take the best first; equals are taken together or, when they do not all fit, not at all.

    People tied across the cut of a scope close it: nobody below them may pass them.
    """

    def key(entry: RankEntry) -> tuple[Fraction, ...]:
        values = {"total": entry.total, "result": entry.result, "general": entry.general}
        return tuple(-values[name] for name in quota.order)

    candidates = sorted((entry for entry in entries if bands[entry.id] == quota.top), key=key)
    kept: set[str] = set()
    tied: set[str] = set()
    for _, group in groupby(candidates, key=key):
        block = list(group)
        for position in range(len(caps.of(block[0]))):
            block, cut = _fitting(block, position, caps)
            tied |= cut
        for entry in block:
            caps.take(entry)
            kept.add(entry.id)
    return kept, tied


def _fitting(
    block: list[RankEntry], position: int, caps: _Caps
) -> tuple[list[RankEntry], set[str]]:
    """Of equals, those whose scope has room for all of its equals; and the tied ones."""
    fits: list[RankEntry] = []
    tied: set[str] = set()
    by_scope: dict[tuple[str, str], list[RankEntry]] = {}
    for entry in block:
        by_scope.setdefault(caps.of(entry)[position], []).append(entry)
    for scope, members in by_scope.items():
        room = caps.left(scope)
        if len(members) <= room:
            fits += members
            continue
        if room > 0:
            tied |= {member.id for member in members}
        caps.close(scope)
    return fits, tied
