"""What a decision on an appeal or a post-audit changes in the inputs of a score."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from congvu_scoring.snapshots.sections import MADE_OF
from evaluation_service.domain.common.numbers import Done, Measure
from evaluation_service.domain.objectives.scorecards import ReadValue
from evaluation_service.domain.results.inputs import (
    ConductEntry,
    GivenInputs,
    Organising,
    Rating,
    Unity,
)
from evaluation_service.domain.results.snapshots import UNREVIEWED, given_sections, work_row
from evaluation_service.domain.work.tallies import TallyLine

WORKING_DAYS_MAX = 366
"""Of a person in one period."""


@dataclass(frozen=True, kw_only=True)
class LineCorrection:
    """New counts of one assignment; what is None stays."""

    assignment_id: str
    assigned: Done | None = None
    completed: Done | None = None
    quality_failures: Done | None = None
    quality_exempt: Done | None = None
    late: Done | None = None
    late_exempt: Done | None = None
    unreviewed: Done | None = None
    unreviewed_late: Done | None = None


@dataclass(frozen=True, kw_only=True)
class ReadingCorrection:
    """What was reached by an indicator of the score; its target stays (E-I15)."""

    code: str
    value: Measure
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class Correction:
    """Criteria, elements and conduct rules replace those of the same key; a conduct
    rule counted 0 times is taken away. `remove_faults` are charged for these assignments."""

    general: tuple[Rating, ...] = ()
    elements: tuple[Rating, ...] = ()
    conduct: tuple[ConductEntry, ...] = ()
    readings: tuple[ReadingCorrection, ...] = ()
    lines: tuple[LineCorrection, ...] = ()
    remove_faults: tuple[str, ...] = ()
    remove_events: tuple[str, ...] = ()
    add_events: tuple[str, ...] = ()
    working_days: int | None = None
    organising: Organising | None = None
    unity: Unity | None = None


def given_in(correction: Correction) -> GivenInputs:
    """What of it a superior could have entered."""
    names = {each.name for each in fields(Correction)} & {each.name for each in fields(GivenInputs)}
    return GivenInputs(**{name: getattr(correction, name) for name in names})


def corrected_document(
    document: Mapping[str, object],
    correction: Correction,
    read: Mapping[str, ReadValue] | None = None,
) -> dict[str, Json]:
    """The snapshot with the decision applied; raise `Invalid` when nothing changes. `read` are the
    new readings of objectives, by code."""
    before = _json(document)
    _require_events_only(before, correction)
    changed: dict[str, Json] = dict(before)
    _correct_ratings(changed, correction)
    for reading in correction.readings:
        known = (read or {}).get(reading.code)
        changed["indicators"] = _with_reading(_rows(changed.get("indicators")), reading, known)
    for line in correction.lines:
        changed["work"] = _with_line(_rows(changed.get("work")), line)
    for assignment_id in correction.remove_faults:
        changed["faults"] = _without_fault(_rows(changed.get("faults")), assignment_id)
    events = [
        row for row in _rows(changed.get("events")) if row["event"] not in correction.remove_events
    ]
    events += [{"event": event} for event in correction.add_events]
    if events != _rows(changed.get("events")):
        changed["events"] = events
    if correction.working_days is not None:
        changed["working_days"] = str(_counted("workingDays", correction.working_days))
    unit = {
        name: str(value)
        for name, value in (("organising", correction.organising), ("unity", correction.unity))
        if value is not None
    }
    if unit:
        changed["unit"] = {**_mapping(changed.get("unit")), **unit}
    if changed == before:
        raise Invalid(
            en="the correction changes nothing",
            vi="Nội dung điều chỉnh không thay đổi gì.",
            field="input.correction",
        )
    return changed


def _require_events_only(document: Mapping[str, Json], correction: Correction) -> None:
    """Of a year that is made of other periods."""
    events = Correction(add_events=correction.add_events, remove_events=correction.remove_events)
    if MADE_OF in document and correction != events:
        raise Invalid(
            en="a year counts the results of its months or quarters: correct the one that is "
            "wrong, and the year follows; events are of the year itself",
            vi="Kỳ năm được tính từ kết quả tháng, quý. Vui lòng điều chỉnh kỳ bị sai, kỳ "
            "năm sẽ thay đổi theo; riêng sự kiện thuộc kỳ năm.",
            field="input.correction",
            rule_id="E-I10",
        )


def _correct_ratings(changed: dict[str, Json], correction: Correction) -> None:
    """What superiors entered, in the form in which the engine read it."""
    said = given_sections(given_in(correction))
    for name in ("general", "elements"):
        if points := _mapping(said[name]):
            known = _mapping(changed.get(name))
            agreed = name == "elements" and "agreement" in changed
            changed[name] = {**known, **(_as_agreed(known, points) if agreed else points)}
    if rows := _rows(said["conduct"]):
        replaced = {row["rule"] for row in rows}
        stay = [row for row in _rows(changed.get("conduct")) if row.get("rule") not in replaced]
        changed["conduct"] = [*stay, *(row for row in rows if row.get("count") != 0)]


def _as_agreed(known: Mapping[str, Json], points: Mapping[str, Json]) -> Mapping[str, Json]:
    """Elements of a signed agreement are rated anew; weights stay, and none is added."""
    if unknown := points.keys() - known.keys():
        place = next(at for at, key in enumerate(points) if key in unknown)
        raise Invalid(
            en="the signed agreement has no such element",
            vi="Bản đã ký không có yếu tố này.",
            field=f"input.correction.elements.{place}.key",
            rule_id="AGREEMENT",
        )
    return {key: {**_mapping(known[key]), "value": value} for key, value in points.items()}


def recounted_document(
    document: Mapping[str, object], assignment_id: str, line: TallyLine
) -> dict[str, Json]:
    """The snapshot with one assignment as its counters are now: it was checked after the freeze."""
    changed: dict[str, Json] = dict(_json(document))
    changed["work"] = [
        {**_without(row, UNREVIEWED), **work_row(assignment_id, line)}
        if row.get("assignment") == assignment_id
        else row
        for row in _rows(changed.get("work"))
    ]
    return changed


def _without(row: Mapping[str, Json], names: Collection[str]) -> dict[str, Json]:
    return {name: value for name, value in row.items() if name not in names}


def _with_reading(
    rows: Sequence[Mapping[str, Json]], reading: ReadingCorrection, read: ReadValue | None
) -> list[Json]:
    """What shows the target stays; a new reading stands for the one of before."""
    if not any(row.get("code") == reading.code for row in rows):
        raise Invalid(
            en="this indicator did not count in this score",
            vi="Chỉ tiêu này không có trong điểm này.",
            field="input.correction.readings.code",
        )
    proof: list[Json] = [] if reading.evidence is None else [{"ref": reading.evidence}]

    def shown(row: Mapping[str, Json]) -> list[Json]:
        known = _rows(row.get("evidence"))
        return [*known, *proof] if read is None else [*known[:1], read.proof()]

    return [
        {**row, "actual": format(reading.value, "f"), "evidence": shown(row)}
        if row.get("code") == reading.code
        else row
        for row in rows
    ]


def _with_line(rows: Sequence[Mapping[str, Json]], line: LineCorrection) -> list[Json]:
    if not any(row.get("assignment") == line.assignment_id for row in rows):
        raise Invalid(
            en="this assignment did not count in this score",
            vi="Công việc này không có trong điểm này.",
            field="input.correction.lines.assignmentId",
        )
    new = {each.name: getattr(line, each.name) for each in fields(line)}
    del new["assignment_id"]
    counts = {name: format(Decimal(n), "f") for name, n in new.items() if n is not None}
    return [
        {**row, **counts} if row.get("assignment") == line.assignment_id else row for row in rows
    ]


def _without_fault(rows: Sequence[Mapping[str, Json]], assignment_id: str) -> list[Json]:
    """A charge names the assignment by its evidence."""
    stay: list[Json] = [
        row
        for row in rows
        if all(piece.get("ref") != assignment_id for piece in _rows(row.get("evidence")))
    ]
    if len(stay) == len(rows):
        raise Invalid(
            en="no process fault was charged for this assignment",
            vi="Không có lỗi quy trình nào được ghi cho công việc này.",
            field="input.correction.removeFaults",
        )
    return stay


def _counted(name: str, value: int) -> int:
    if not 0 <= value <= WORKING_DAYS_MAX:
        raise Invalid(
            en=f"{name} must be 0 to {WORKING_DAYS_MAX}",
            vi=f"Phải từ 0 đến {WORKING_DAYS_MAX}.",
            field=f"input.correction.{name}",
        )
    return value


def _json(document: Mapping[str, object]) -> Mapping[str, Json]:
    # A stored snapshot was canonical JSON, so its values are JSON by construction.
    return document  # type: ignore[return-value]


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _rows(value: Json) -> list[Mapping[str, Json]]:
    if value is None or isinstance(value, str | int | Mapping):
        return []
    return [row for row in value if isinstance(row, Mapping)]
