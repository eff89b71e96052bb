"""What a decision on an appeal or a post-audit changes in the inputs of a score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from evaluation_service.domain.common.numbers import Done
from evaluation_service.domain.results.inputs import Organising, Rating, Unity


@dataclass(frozen=True, kw_only=True)
class LineCorrection:
    """New counts of one assignment; what is None stays."""

    assignment_id: str
    completed: Done | None = None
    quality_failures: int | None = None
    quality_exempt: int | None = None
    late: int | None = None
    late_exempt: int | None = None


@dataclass(frozen=True, kw_only=True)
class Correction:
    general: tuple[Rating, ...] = ()
    lines: tuple[LineCorrection, ...] = ()
    remove_events: tuple[str, ...] = ()
    add_events: tuple[str, ...] = ()
    organising: Organising | None = None
    unity: Unity | None = None


def corrected_document(document: Mapping[str, object], correction: Correction) -> dict[str, Json]:
    """The snapshot with the decision applied; raise `Invalid` when nothing changes."""
    changed: dict[str, Json] = dict(_json(document))
    if correction.general:
        general = dict(_mapping(changed.get("general")))
        general |= {rating.key: format(rating.points, "f") for rating in correction.general}
        changed["general"] = general
    for line in correction.lines:
        changed["work"] = _with_line(_rows(changed.get("work")), line)
    events = [
        row for row in _rows(changed.get("events")) if row["event"] not in correction.remove_events
    ]
    events += [{"event": event} for event in correction.add_events]
    if events != _rows(changed.get("events")):
        changed["events"] = events
    unit = {
        name: str(value)
        for name, value in (("organising", correction.organising), ("unity", correction.unity))
        if value is not None
    }
    if unit:
        changed["unit"] = {**_mapping(changed.get("unit")), **unit}
    if changed == _json(document):
        raise Invalid(
            en="the correction changes nothing",
            vi="nội dung điều chỉnh không thay đổi gì",
            field="input.correction",
        )
    return changed


def _with_line(rows: Sequence[Mapping[str, Json]], line: LineCorrection) -> list[Json]:
    if not any(row.get("assignment") == line.assignment_id for row in rows):
        raise Invalid(
            en=f"assignment {line.assignment_id!r} did not count in this score",
            vi=f"công việc {line.assignment_id!r} không có trong điểm này",
            field="input.correction.lines.assignmentId",
        )
    new = {
        "completed": None if line.completed is None else format(line.completed, "f"),
        "quality_failures": line.quality_failures,
        "quality_exempt": line.quality_exempt,
        "late": line.late,
        "late_exempt": line.late_exempt,
    }
    counts = {name: str(value) for name, value in new.items() if value is not None}
    return [
        {**row, **counts} if row.get("assignment") == line.assignment_id else row for row in rows
    ]


def _json(document: Mapping[str, object]) -> Mapping[str, Json]:
    # A stored snapshot was canonical JSON, so its values are JSON by construction.
    return document  # type: ignore[return-value]


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _rows(value: Json) -> list[Mapping[str, Json]]:
    if value is None or isinstance(value, str | int | Mapping):
        return []
    return [row for row in value if isinstance(row, Mapping)]
