"""The history and the current period as one list in order of time."""

import re
from fractions import Fraction

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring.snapshots.tables import Column, Table

_LABELS = "2026, 2026-H1, 2026-Q1 or 2026-06"
_LABELS_VI = _LABELS.replace(" or ", " hoặc ")
_LABEL = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?")


def _position(label: str, field: str) -> tuple[str, int, int]:
    """The kind of a period label, its running number within the kind, and its year."""
    match = _LABEL.fullmatch(label)
    if match is None:
        raise Invalid(
            en=f"snapshot.{field}: {label!r} is no period; write {_LABELS}",
            vi=f"«snapshot.{field}»: {vi_text(label)} không phải kỳ. Vui lòng ghi theo mẫu: "
            f"{_LABELS_VI}.",
            field=f"snapshot.{field}",
        )
    year = int(match[1])
    for kind, length, part in (("Q", 4, match[2]), ("H", 2, match[3]), ("M", 12, match[4])):
        if part is not None:
            return kind, year * length + int(part), year
    return "Y", year, year


def _check_alike(
    labels: list[str], positions: list[tuple[str, int, int]], now: tuple[str, int, int] | None
) -> None:
    """Years are not counted among quarters, and no period counts twice."""
    kinds = {position[0] for position in (*positions, *((now,) if now else ()))}
    if len(kinds) > 1:
        raise Invalid(
            en="snapshot.history: its periods and the current one must be of one kind",
            vi="«snapshot.history»: các kỳ và kỳ hiện tại phải cùng loại.",
            field="snapshot.history",
        )
    twice = next((label for label in labels if labels.count(label) > 1), None)
    if twice is not None:
        raise Invalid(
            en=f"snapshot.history: {twice!r} is given twice",
            vi=f"«snapshot.history»: kỳ {vi_text(twice)} bị ghi hai lần.",
            field="snapshot.history",
        )


def timeline(history: Table, period: str | None, total: Fraction | None, band: str) -> Table:
    """History and the current period in order of time, with their running numbers.

    Without a label of its own the current period follows the latest one of the history.
    """
    labels = [str(cell) for cell in history.cells["period"]]
    positions = [_position(label, f"history[{index}].period") for index, label in enumerate(labels)]
    now = _position(period, "period") if period else None
    _check_alike(labels, positions, now)
    rows = [(position[1], position[2]) for position in positions]
    order = sorted(range(len(rows)), key=lambda index: rows[index][0])
    current = _current(rows, now, positions[0][0] if positions else "Y")
    if rows and current[0] <= max(row[0] for row in rows):
        raise Invalid(
            en=f"history: reaches into the current period {period!r}",
            vi=f"«snapshot.history»: có kỳ trùng hoặc sau kỳ hiện tại {vi_text(period)}.",
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
    latest, year = max(rows)
    length = {"Q": 4, "H": 2, "M": 12}.get(kind)
    if length is None:
        return latest + 1, year + 1
    return latest + 1, latest // length
