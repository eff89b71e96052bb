"""What an import came to, as one JSON object: one shape, whatever is imported."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any

import typer

REFUSED = "REFUSED"

Json = Annotated[
    bool, typer.Option("--json", help="One JSON object, for programs: nothing is asked.")
]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Of a line: `column` is the heading it is about. One that does not refuse the line is a
    warning."""

    column: str | None
    message: str
    refuses: bool = True


@dataclass(kw_only=True)
class Line:
    """`sheet` is None in a file of one table, `line` counts from 1 with the headings."""

    sheet: str | None
    line: int
    outcome: str
    problems: list[Problem] = field(default_factory=list)


@dataclass
class ImportReport:
    """Line by line, in the order in which they were told."""

    _lines: dict[tuple[str | None, int], Line] = field(default_factory=dict)
    ended: list[Mapping[str, Any]] = field(default_factory=list)
    """Any: JSON. What is there no more, since a list of all there is does not have it."""

    def add(self, sheet: str | None, line: int, outcome: str, *problems: Problem) -> None:
        """What was refused once stays so."""
        known = self._lines.setdefault(
            (sheet or None, line), Line(sheet=sheet or None, line=line, outcome=outcome)
        )
        known.outcome = known.outcome if known.outcome == REFUSED else outcome
        known.problems += [each for each in problems if each not in known.problems]

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines.values())

    @property
    def counts(self) -> Counter[str]:
        """Lines of each outcome."""
        return Counter(each.outcome for each in self)

    def as_json(self, *, done: bool) -> str:
        """`done` says whether anything was sent for good."""
        lines: Sequence[dict[str, Any]] = [asdict(each) for each in self]
        told = {"done": done, "counts": self.counts, "lines": lines, "ended": self.ended}
        return json.dumps(told, ensure_ascii=False)
