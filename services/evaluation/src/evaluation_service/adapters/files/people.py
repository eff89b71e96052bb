"""People of a file: lines of one number become one row with its appointments and leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation_service.adapters.files.columns import POST

POST_FIELDS = frozenset(each.field for each in POST)
PLAIN = frozenset({"externalRef", "life"})


@dataclass
class Line:
    """One line of a sheet, as far as it could be read; headings and columns by the field."""

    kind: str
    place: str
    sheet: str
    number: int
    headings: Mapping[str, str]
    columns: Mapping[str, int]
    row: dict[str, Any] = field(default_factory=dict)
    broken: bool = False

    def of_post(self, name: str) -> bool:
        return self.kind in ("people", "appointments") and name in POST_FIELDS

    def take(self, name: str, value: object) -> None:
        outer, dot, inner = name.partition(".")
        if dot:
            self.row.setdefault(outer, {})[inner] = value
        else:
            self.row[name] = value

    @property
    def key(self) -> tuple[str, str, int]:
        ref = self.row.get("externalRef", {})
        return str(ref.get("system")), str(ref.get("id")), self.row.get("life") or 1

    @property
    def posted(self) -> dict[str, Any]:
        return {name: value for name, value in self.row.items() if name in POST_FIELDS}

    @property
    def part(self) -> str:
        """What of a person it says, as the graph calls it."""
        if self.kind == "leaves":
            return "leaves"
        return "appointments" if self.kind == "appointments" or self.posted else ""

    @property
    def lying(self) -> dict[str, Any]:
        """Where it is found again."""
        return {
            "sheet": self.sheet,
            "line": self.number,
            "part": self.part,
            "columns": dict(self.columns),
        }

    @property
    def own(self) -> dict[str, Any]:
        """What is neither a key nor part of an appointment."""
        return {
            name: value
            for name, value in self.row.items()
            if name not in PLAIN and not self.of_post(name)
        }


def people_of(lines: Mapping[str, Sequence[Line]]) -> list[dict[str, Any]]:
    """A person with a line that cannot be read is left out whole: without it, the others would
    take an appointment away."""
    every = [line for each in lines.values() for line in each]
    broken = {line.key for line in every if line.broken}
    has_posts = "appointments" in lines or any(
        POST_FIELDS & set(line.headings) for line in lines.get("people", ())
    )
    people: dict[tuple[str, str, int], dict[str, Any]] = {}
    for line in every:
        person = people.setdefault(
            line.key,
            {
                "row": {"externalRef": line.row.get("externalRef")},
                "places": [],
                "headings": {},
                "lines": [],
            },
        )
        person["places"].append(line.place)
        person["lines"].append(line.lying)
        person["headings"] |= line.headings
        _add(person["row"], line, has_posts=has_posts, has_leaves="leaves" in lines)
    return [_row(key, person) for key, person in people.items() if key not in broken]


def _add(row: dict[str, Any], line: Line, *, has_posts: bool, has_leaves: bool) -> None:
    if line.kind == "people":
        row |= line.own
        if has_posts:
            row.setdefault("appointments", [])
        if has_leaves:
            row.setdefault("leaves", [])
    if line.kind == "leaves":
        row.setdefault("leaves", []).append(line.own)
    elif line.posted:
        row.setdefault("appointments", []).append(line.posted)


def _row(key: tuple[str, str, int], person: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(person["row"])
    if key[2] > 1:
        row["identity"] = "NEW"
    return {
        "row": row,
        "place": "; ".join(person["places"]),
        "headings": person["headings"],
        "lines": person["lines"],
    }


def lines_of(row: Mapping[str, Any], life: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """What `people_of` makes this row of: (kind, fields) of each line."""
    known = {"externalRef": row["externalRef"], "life": life if life > 1 else None}
    own = {name: value for name, value in row.items() if name not in ("appointments", "leaves")}
    yield "people", {**known, **own}
    for post in row.get("appointments") or ():
        yield "appointments", {**known, **post}
    for leave in row.get("leaves") or ():
        yield "leaves", {**known, **leave}
