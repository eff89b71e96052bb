"""Conditions over several periods, the current one included."""

import re
from dataclasses import dataclass
from fractions import Fraction

from congvu_kit.domain.errors import Invalid
from congvu_scoring.expressions.base import Condition
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Input
from congvu_scoring.snapshots.tables import Column, Table

TIMELINE = "timeline"
_LABELS = "2026, 2026-H1, 2026-Q1 or 2026-06"
_LABEL = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?")


@dataclass(frozen=True, eq=False)
class TimesWithin(Condition):
    """At least `times` of the latest `periods` (or of the latest `years`) meet the condition.

    A period that is not in the timeline breaks a run: it does not meet anything.
    """

    times: int
    periods: int | None
    years: int | None
    meets: Condition

    def _met(self, env: Environment) -> list[str]:
        table = env.rows_of(TIMELINE)
        name, width = ("year", self.years) if self.years else ("position", self.periods)
        column = table.numbers[name]
        oldest = column.at(len(table) - 1) - (width or 0)
        return [
            table.label(index)
            for index in env.each(table)
            if column.at(index) > oldest and self.meets.evaluate(env)
        ]

    def evaluate(self, env: Environment) -> bool:
        return len(self._met(env)) >= self.times

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return tuple(Input("period", label) for label in self._met(env))


def _place(label: str, field: str) -> tuple[str, int, int]:
    """The kind of a period label, its running number within the kind, and its year."""
    match = _LABEL.fullmatch(label)
    if match is None:
        raise Invalid(
            en=f"snapshot.{field}: {label!r} is no period; write {_LABELS}",
            vi=f"snapshot.{field}: {label!r} không phải kỳ; hãy ghi {_LABELS}",
            field=f"snapshot.{field}",
        )
    year = int(match[1])
    for kind, length, part in (("Q", 4, match[2]), ("H", 2, match[3]), ("M", 12, match[4])):
        if part is not None:
            return kind, year * length + int(part), year
    return "Y", year, year


def _check_alike(
    labels: list[str], places: list[tuple[str, int, int]], now: tuple[str, int, int] | None
) -> None:
    """Years are not counted among quarters, and no period counts twice."""
    kinds = {place[0] for place in (*places, *((now,) if now else ()))}
    if len(kinds) > 1:
        raise Invalid(
            en="snapshot.history: its periods and the current one must be of one kind",
            vi="snapshot.history: các kỳ và kỳ hiện tại phải cùng loại",
            field="snapshot.history",
        )
    twice = next((label for label in labels if labels.count(label) > 1), None)
    if twice is not None:
        raise Invalid(
            en=f"snapshot.history: {twice!r} is given twice",
            vi=f"snapshot.history: kỳ {twice!r} bị ghi hai lần",
            field="snapshot.history",
        )


def timeline(history: Table, period: str | None, total: Fraction | None, band: str) -> Table:
    """History and the current period in order of time, with their running numbers.

    Without a label of its own the current period follows the latest one of the history.
    """
    labels = [str(cell) for cell in history.cells["period"]]
    places = [_place(label, f"history[{index}].period") for index, label in enumerate(labels)]
    now = _place(period, "period") if period else None
    _check_alike(labels, places, now)
    rows = [(place[1], place[2]) for place in places]
    order = sorted(range(len(rows)), key=lambda index: rows[index][0])
    current = _current(rows, now, places[0][0] if places else "Y")
    if rows and current[0] <= max(row[0] for row in rows):
        raise Invalid(
            en=f"history: reaches into the current period {period!r}",
            vi=f"history: có kỳ trùng hoặc sau kỳ hiện tại {period!r}",
            field="snapshot.history",
        )
    column = history.numbers["total"]
    totals = [column.at(index) if column.has(index) else None for index in order]
    cells = history.cells
    return Table(
        len(rows) + 1,
        {
            "total": Column.of([*totals, total]),
            "position": Column.of(
                [Fraction(p) for p in (*(rows[i][0] for i in order), current[0])]
            ),
            "year": Column.of([Fraction(y) for y in (*(rows[i][1] for i in order), current[1])]),
        },
        {
            "period": (*(labels[index] for index in order), period or "now"),
            "band": (*(cells["band"][index] for index in order), band),
            "state": (*(cells["state"][index] for index in order), "SCORED"),
        },
        (),
        (*(labels[index] for index in order), period or "now"),
    )


def _current(
    rows: list[tuple[int, int]], now: tuple[str, int, int] | None, kind: str
) -> tuple[int, int]:
    if now is not None:
        return now[1], now[2]
    if not rows:
        return 0, 0
    position, year = max(rows)
    length = {"Q": 4, "H": 2, "M": 12}.get(kind)
    if length is None:
        return position + 1, year + 1
    return position + 1, position // length
