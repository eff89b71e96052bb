"""The commune's officers: invented names for the posts that the ingredients list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congvu_demo.generation.draws import Draws

Row = Mapping[str, str]


@dataclass(frozen=True)
class Officer:
    """`number` is the personnel system's."""

    number: str
    full_name: str
    unit: str
    position: str
    role: str
    field_units: tuple[str, ...]


def officers(draws: Draws, posts: Sequence[Row], names: Sequence[Row]) -> list[Officer]:
    kinds: dict[str, list[str]] = {}
    for row in names:
        kinds.setdefault(row["kind"], []).append(row["value"])
    taken: set[str] = set()
    return [
        Officer(
            number=f"CB{int(post['number']) + offset:03d}",
            full_name=_new_name(draws, kinds, taken),
            unit=post["unit"],
            position=post["position"],
            role=post["role"],
            field_units=tuple(filter(None, post["fields"].split(";"))),
        )
        for post in posts
        for offset in range(int(post["count"]))
    ]


def _new_name(draws: Draws, kinds: Mapping[str, list[str]], taken: set[str]) -> str:
    while True:
        sex = draws.one(("woman", "man"))
        name = " ".join(draws.one(kinds[part]) for part in ("family", f"middle_{sex}", sex))
        if name not in taken:
            taken.add(name)
            return name
