"""Work of groups from a sheet: lines that name the same group are one piece of work together."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from congvu_kit.tools.speech import said
from evaluation_service.adapters.cli.list_calls import GONE, Fields, Row, Unfit
from evaluation_service.domain.work.groups import MEMBERS_MAX, MEMBERS_MIN, WHOLE

OWN: Final = ("group", "share", "leads")
"""What a row has of its group, beside what is asked for of every piece of work."""

_SAME: Final = {"versionId": "product", "dueOn": "dueOn", "source": "source"}

Line = tuple[Fields, Row | None]
"""What stands in it, and what is to be sent: None for what is there already."""


def row_in_group(fields: Fields) -> Row:
    """Of a line what says which share of which group it is. An export names the lead's work."""
    found = {name: fields[name] for name in ("group", "share") if name in fields}
    if "group" in found:
        found["leads"] = "lead" in fields and fields["lead"] == fields.get("assignment")
    return found


def unfit_groups(lines: Sequence[Line]) -> Iterator[tuple[int, Unfit]]:
    """Why a group of lines cannot be formed, at each line that would be sent."""
    groups: dict[str, list[int]] = {}
    for at, (fields, _) in enumerate(lines):
        if "group" in fields and fields.get("state") not in GONE:
            groups.setdefault(fields["group"], []).append(at)
    for members in groups.values():
        rows = [lines[at][1] for at in members]
        new = [row for row in rows if row is not None]
        why = (_of_group(new) if len(new) == len(rows) else _partly()) if new else None
        if why is not None:
            yield from ((at, why) for at, row in zip(members, rows, strict=True) if row)


def _partly() -> Unfit:
    return Unfit(
        "group",
        vi="Một phần việc của nhóm đã được giao. Vui lòng chia lại việc nhóm trên nền tảng.",
        en="a part of the group has its work already: divide that group anew (divideGroupWork)",
    )


def _of_group(rows: Sequence[Row]) -> Unfit | None:
    people = {row["civilServantId"] for row in rows}
    if not MEMBERS_MIN <= len(rows) <= MEMBERS_MAX or len(people) < len(rows):
        return Unfit(
            "person",
            vi=f"Nhóm có {MEMBERS_MIN} đến {MEMBERS_MAX} người khác nhau.",
            en=f"a group has {MEMBERS_MIN} to {MEMBERS_MAX} different people",
        )
    if sum(Decimal(row.get("share", 0)) for row in rows) != WHOLE:
        return Unfit(
            "share",
            vi="Tổng tỷ lệ của nhóm phải đúng bằng 100.",
            en="the shares of the group must sum to exactly 100",
        )
    for name, column in _SAME.items():
        if len({row.get(name) for row in rows}) > 1:
            return Unfit(
                column,
                vi="Mọi dòng của nhóm phải ghi giống nhau ở cột này.",
                en="every line of the group must say the same here",
            )
    return _due(rows) or _parted(rows)


def _due(rows: Sequence[Row]) -> Unfit | None:
    if "dueOn" in rows[0]:
        return None
    return Unfit("dueOn", vi="Việc nhóm phải có hạn.", en="work of a group needs a day")


def _parted(rows: Sequence[Row]) -> Unfit | None:
    whole = _whole(rows)
    parts = [(Decimal(row.get("quantity", 0)), Decimal(row["share"])) for row in rows]
    if all(part * WHOLE == whole * share for part, share in parts):
        return None
    return Unfit(
        "quantity",
        vi="Phải là số lượng của cả nhóm nhân với tỷ lệ của người này.",
        en="must be the share of this person in the quantity of the whole group",
    )


def _whole(rows: Sequence[Row]) -> Decimal:
    return sum((Decimal(row.get("quantity", 0)) for row in rows), Decimal(0))


def alone(row: Row) -> Row:
    """As work of one person."""
    return {name: value for name, value in row.items() if name not in OWN}


def grouped(rows: Sequence[Row]) -> Mapping[str, list[int]]:
    """Where the lines of each group stand."""
    found: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if "group" in row:
            found.setdefault(row["group"], []).append(at)
    return found


def group_input(rows: Sequence[Row]) -> dict[str, Any]:
    """Of one group what `assignGroupWork` takes: the lead first, else whoever stands first."""
    first = rows[0]
    members = sorted(rows, key=lambda row: not row["leads"])
    same = {name: first[name] for name in _SAME if name in first}
    return {
        **same,
        "quantity": str(_whole(rows)),
        "members": [
            {"civilServantId": row["civilServantId"], "share": row["share"]} for row in members
        ],
    }


def not_formed() -> Fields:
    """The problem of who could be in a group that another cannot be in."""
    message = said(
        vi="Chưa lập nhóm vì có người không thể tham gia.",
        en="the group is not formed, as another member cannot be in it",
    )
    return {"message": message, "field": "group", "ruleId": "E-I6"}


def batches_of(rows: Sequence[Row], size: int) -> Iterator[list[int]]:
    """Which rows are sent together: so many at a time, and those of a group in one."""
    together: dict[object, list[int]] = {}
    for at, row in enumerate(rows):
        together.setdefault(row.get("group", at), []).append(at)
    batch: list[int] = []
    for members in together.values():
        if batch and len(batch) + len(members) > size:
            yield batch
            batch = []
        batch = batch + members
    if batch:
        yield batch
