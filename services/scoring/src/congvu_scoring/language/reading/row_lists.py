"""The lists an expression steps through: `over`, `by`, `where`."""

from collections.abc import Mapping

from congvu_scoring.expressions.base import Condition
from congvu_scoring.expressions.place import Place
from congvu_scoring.operators.rows import Rows
from congvu_scoring.snapshots.sections import ROW_SOURCES, Field, Section


def read_rows(given: Mapping[str, object], place: Place) -> tuple[Rows, Place]:
    """The rows, and the place inside them where their fields are known."""
    name = place.at("over").text(given["over"])
    section = _section(name, place.at("over"))
    by = given.get("by")
    if by is not None:
        field = section.field(place.at("by").text(by))
        if field is None or field.kind != "text":
            raise place.at("by").refuse(
                f"{by!r} is no text field of {name}", f"{by!r} không phải trường chữ của {name}"
            )
        section = Section(
            f"groups of {section.name}",
            field.name,
            (Field(field.name, "text", choices=field.choices),),
        )
    inside = place.within(section)
    where: Condition | None = None
    if given.get("where") is not None:
        from congvu_scoring.language.reading.conditions import read_condition

        where = read_condition(given["where"], inside.at("where"))
    return Rows(name, None if by is None else str(by), where), inside


def _section(name: str, place: Place) -> Section:
    rows = place.scope.rows
    if name == "group":
        if not rows or not rows[-1].name.startswith("groups of "):
            raise place.refuse("there is no group here", "không có nhóm nào ở đây")
        return ROW_SOURCES[rows[-1].name.removeprefix("groups of ")]
    if name == "periods" and not place.scope.rollup:
        raise place.refuse("periods are known only in roll_up", "periods chỉ có trong roll_up")
    if place.scope.rollup and name != "periods":
        raise place.refuse("a roll-up reads periods only", "tổng hợp kỳ chỉ đọc periods")
    if name not in ROW_SOURCES:
        raise place.unknown("list", name, (*ROW_SOURCES, "group"))
    return ROW_SOURCES[name]
