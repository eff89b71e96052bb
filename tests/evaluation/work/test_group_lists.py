"""Work of groups and continued work from sheets: what was exported is there, and comes back as it
was where it is not; what no list can say is refused by name."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer import Exit

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.tools.exports.columns import Headings
from congvu_kit.tools.exports.files import Form
from evaluation import scenes
from evaluation import work_scenes as w
from evaluation.gateway import InProcess
from evaluation.people import CHAIR, SYSTEM
from evaluation.work.test_lists import period, sheet, sit
from evaluation_service.adapters.cli import lists
from evaluation_service.adapters.cli.group_work import batches_of, group_input, unfit_groups
from evaluation_service.application.collections import ASSIGNMENTS, WORK_GROUPS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from pages_service.exports import commands
from support.graph import Graph

__all__ = ["period", "sit"]

SHARES = st.sets(st.integers(1, 19), min_size=1, max_size=18).map(
    lambda cuts: [5 * Decimal(after - before) for before, after in pairwise([0, *sorted(cuts), 20])]
)
"""Of whole fives, 100 together."""


def lines_of(
    shares: Sequence[Decimal], quantity: int = 20, **changes: Any
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    found = []
    for number, share in enumerate(shares):
        row = {
            "civilServantId": f"cs_{number}",
            "versionId": scenes.PLAN,
            "dueOn": "2026-09-01",
            "quantity": str(quantity * share / 100),
            "group": "g",
            "share": str(share),
            "leads": False,
        }
        found.append(({"group": "g"}, {**row, **changes}))
    return found


@given(shares=SHARES, data=st.data())
def test_lines_in_any_order_are_one_group_with_its_lead_first(
    shares: list[Decimal], data: st.DataObject
) -> None:
    lines = lines_of(shares)
    lead = data.draw(st.integers(0, len(lines) - 1))
    lines[lead][1]["leads"] = True
    rows = [row for _, row in data.draw(st.permutations(lines))]

    found = group_input(rows)

    assert list(unfit_groups(lines)) == []
    assert Decimal(found["quantity"]) == 20
    assert found["members"][0]["civilServantId"] == f"cs_{lead}"
    assert {each["civilServantId"]: Decimal(each["share"]) for each in found["members"]} == {
        f"cs_{number}": share for number, share in enumerate(shares)
    }


def changed(at: int, **values: Any) -> Callable[[list[Any]], list[Any]]:
    def change(lines: list[Any]) -> list[Any]:
        fields, row = lines[at]
        lines[at] = (fields, {**row, **values})
        return lines

    return change


def without(name: str) -> Callable[[list[Any]], list[Any]]:
    return lambda lines: [
        (fields, {key: each for key, each in row.items() if key != name}) for fields, row in lines
    ]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (lambda lines: lines[:1], "person"),
        (lambda lines: lines * 7, "person"),
        (changed(1, civilServantId="cs_0"), "person"),
        (lambda lines: lines[:2], "share"),
        (changed(0, share="50.01"), "share"),
        (without("share"), "share"),
        (changed(2, versionId="other@1"), "product"),
        (changed(2, dueOn="2026-09-02"), "dueOn"),
        (changed(2, source="AD_HOC"), "source"),
        (without("dueOn"), "dueOn"),
        (changed(0, quantity="10.5"), "quantity"),
        (lambda lines: [lines[0], lines[1], (lines[2][0], None)], "group"),
    ],
)
def test_what_is_no_group_is_refused_at_each_of_its_lines(
    change: Callable[[list[Any]], list[Any]], column: str
) -> None:
    lines = change(lines_of([Decimal(50), Decimal(30), Decimal(20)]))

    found = list(unfit_groups(lines))

    assert {unfit.column for _, unfit in found} == {column}
    assert [at for at, _ in found] == [at for at, (_, row) in enumerate(lines) if row]


def test_lines_that_are_over_or_there_are_no_new_group() -> None:
    lines = lines_of([Decimal(50), Decimal(30), Decimal(20)])

    assert list(unfit_groups([(fields, None) for fields, _ in lines])) == []
    assert list(unfit_groups([*lines, ({"group": "g", "state": "CANCELLED"}, None)])) == []


def test_the_lines_of_a_group_are_sent_together() -> None:
    names = [None, "a", None, "b", "a", "b", "b"]

    found = list(batches_of([{"group": name} if name else {} for name in names], 3))

    assert found == [[0, 1, 4], [2], [3, 5, 6]]


class Federated(InProcess):
    """With what the catalogue says of a version: its code and number are in its id."""

    def query(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        asked = document.replace("version { code number nameVi unitOfMeasure }", "version { id }")
        data = super().query(asked, variables)
        for edge in data.get("assignments", {}).get("edges", []) if asked != document else []:
            code, _, number = edge["node"]["version"]["id"].partition("@")
            more = {"code": code, "number": int(number), "nameVi": "x", "unitOfMeasure": "x"}
            edge["node"]["version"] = more
        return data


def kept(uow: MemoryUnitOfWork) -> list[tuple[object, ...]]:
    found = asyncio.run(uow.reading().store(ASSIGNMENTS).select(limit=100))
    return sorted(
        (
            each.civil_servant_id,
            each.version.version_id,
            each.quantity,
            each.group.share if each.group else Decimal(0),
            str(each.due_on),
            each.source,
        )
        for each in found
        if each.counts
    )


def divisions(uow: MemoryUnitOfWork) -> list[tuple[Decimal, list[tuple[str, Decimal]]]]:
    found = asyncio.run(uow.reading().store(WORK_GROUPS).select(limit=10))
    return sorted(
        (
            each.division.quantity,
            [(one.civil_servant_id, one.share) for one in each.division.members],
        )
        for each in found
    )


@pytest.mark.parametrize(("form", "headings"), [(Form.CSV, Headings.EN), (Form.XLSX, Headings.VI)])
def test_groups_that_are_exported_are_there_and_come_back_where_they_are_not(
    *,
    uow: MemoryUnitOfWork,
    graph: Graph,
    period: EvaluationPeriod,
    sit: Callable[[Actor], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    form: Form,
    headings: Headings,
) -> None:
    async def given() -> None:
        await w.form_group(uow, period, w.members(minh="70", lan="30"))
        await w.form_group(uow, period, w.members(lan="50", minh="50"), quantity="4")
        await scenes.assign(uow, period, quantity="7")

    asyncio.run(given())
    sit(CHAIR)
    monkeypatch.setattr(commands, "Gateway", lambda url, token: Federated(graph, CHAIR))
    works, groups = kept(uow), divisions(uow)

    commands.export_assignments(period=period.id, out=tmp_path, form=form, headings=headings)
    (file,) = tmp_path.glob(f"*.{form}")
    capsys.readouterr()
    lists.import_assignments(file, period=period.id, yes=True)
    first = capsys.readouterr().out.strip()
    assert (kept(uow), divisions(uow)) == (works, groups)
    uow.rows(ASSIGNMENTS).clear()
    uow.rows(WORK_GROUPS).clear()
    lists.import_assignments(file, period=period.id, yes=True)

    assert first == "Kiểm tra: 5 không thay đổi"
    assert (len(works), len(groups)) == (5, 2)
    assert (kept(uow), divisions(uow)) == (works, groups)


HEADING: list[Any] = [
    *("Hệ thống", "Mã công chức", "Mã sản phẩm/công việc", "Số lượng giao", "Hạn hoàn thành"),
    *("Nhóm", "Tỷ lệ phần việc"),
]


def test_a_group_of_which_one_is_refused_is_not_formed(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    sit: Callable[[Actor], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sit(CHAIR)
    lines: list[list[Any]] = [
        [SYSTEM, "cb-011", scenes.PLAN, "3", "01/09/2026", "1", "60"],
        ["", "cs_nobody", scenes.PLAN, "2", "01/09/2026", "1", "40"],
        [SYSTEM, "cb-011", scenes.PLAN, "3", "01/09/2026", None, "60"],
        [SYSTEM, "cb-011", scenes.PLAN, "3", "01/09/2026", "2", None],
        [SYSTEM, "cb-011", scenes.BIRTH, "1", "01/09/2026", None, None],
    ]

    file = sheet(tmp_path, [HEADING, *lines])

    with pytest.raises(Exit):
        lists.import_assignments(file, period=period.id, skip=True, yes=True)

    told = capsys.readouterr().err
    assert "dòng 2 Nhóm: Chưa lập nhóm vì có người không thể tham gia." in told
    assert "dòng 3 Mã công chức: " in told
    assert "dòng 4 Nhóm: Việc nhóm cần ghi cả nhóm và tỷ lệ." in told
    assert "dòng 5 Tỷ lệ phần việc: Việc nhóm cần ghi cả nhóm và tỷ lệ." in told
    assert [each[1] for each in kept(uow)] == [scenes.BIRTH]


def test_continued_work_is_there_and_is_never_assigned_as_new(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    sit: Callable[[Actor], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sit(CHAIR)
    work = ["product_code", "product_version", "assigned", "finish_by", "continues_id"]
    heading = ["personnel_system", "personnel_id", *work]
    code, _, number = scenes.BIRTH.partition("@")
    line = [SYSTEM, "cb-011", code, number, "3", "2026-09-01", "asg_1"]

    with pytest.raises(Exit):
        lists.import_assignments(sheet(tmp_path, [heading, line]), period=period.id, yes=True)
    told = capsys.readouterr().err
    assert not uow.rows(ASSIGNMENTS)
    plain = sheet(tmp_path, [heading, [*line[:-1], None]])
    lists.import_assignments(plain, period=period.id, yes=True)
    capsys.readouterr()
    lists.import_assignments(sheet(tmp_path, [heading, line]), period=period.id, yes=True)

    assert "dòng 2 continues_id: Việc tiếp tục việc trước cần lý do." in told
    assert capsys.readouterr().out.strip() == "Kiểm tra: 1 không thay đổi"
    assert [each[2] for each in kept(uow)] == [Decimal(3)]
