"""Figures of units that tell of no person, for those who supervise (people's council, Front)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

SMALLEST = 5
"""People behind a figure that is told, at least."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`people` who were rated; those without a band are in no entry of `bands`."""

    people: int = 0
    bands: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def sum(cls, each: Iterable["Figures"]) -> Self:
        people, bands = 0, Counter[str]()
        for one in each:
            people += one.people
            bands.update(one.bands)
        return cls(people=people, bands=dict(sorted(bands.items())))

    @property
    def not_evaluable(self) -> int:
        return self.people - sum(self.bands.values())


def withheld(parts: Mapping[str, int]) -> frozenset[str]:
    """Which parts of a told whole are not told themselves, by how many people each has: those of
    fewer than `SMALLEST`, and as many of the next larger that what the told parts leave of the
    whole is of at least two parts and `SMALLEST` people."""
    by_size = sorted((people, name) for name, people in parts.items() if people)
    hidden = [name for people, name in by_size if people < SMALLEST]
    if not hidden:
        return frozenset()
    rest = [name for people, name in by_size if people >= SMALLEST]
    while rest and (len(hidden) == 1 or sum(parts[name] for name in hidden) < SMALLEST):
        hidden.append(rest.pop(0))
    return frozenset(hidden)


@dataclass(frozen=True)
class UnitTree:
    """What was counted in each unit itself, and the way from the root to each of these units."""

    counted: Mapping[str, Figures]
    paths: Mapping[str, Sequence[str]]

    def of(self, unit_id: str) -> Figures:
        """Of the unit with all below it."""
        return Figures.sum(
            figures for id, figures in self.counted.items() if unit_id in self.paths[id]
        )

    def parts(self, unit_id: str) -> Mapping[str, Figures]:
        """Of each unit directly below with all below that, and by the unit's own id of what is in
        it itself."""
        found: dict[str, list[Figures]] = {}
        for id, figures in self.counted.items():
            path = self.paths[id]
            if unit_id in path:
                next_down = path[path.index(unit_id) + 1 :][:1] or (unit_id,)
                found.setdefault(next_down[0], []).append(figures)
        return {id: Figures.sum(each) for id, each in found.items()}

    def hidden(self, unit_id: str) -> frozenset[str]:
        """Which of its parts are not told."""
        return withheld({id: each.people for id, each in self.parts(unit_id).items()})

    def tells(self, unit_id: str) -> bool:
        """Whether the figures of a unit with all below it may be told: neither it nor a unit above
        it is withheld beside its neighbours."""
        way = next((path for path in self.paths.values() if unit_id in path), (unit_id,))
        down = way[: way.index(unit_id) + 1]
        if 0 < self.of(down[0]).people < SMALLEST:
            return False
        return not any(below in self.hidden(above) for above, below in pairwise(down))
