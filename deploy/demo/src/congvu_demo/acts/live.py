"""What is under way when the demo data is there: a quarter that runs, and entries that wait for the
next hand, so that a newcomer finds something to do in every role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congvu_demo.acts import catalogue
from congvu_demo.acts.period import open_quarter
from congvu_demo.acts.world import World
from congvu_demo.client import Caller
from congvu_demo.dataset import Dataset, Quarter, dataset
from congvu_kit.domain.ids import derived_id

NEXT_QUARTER = Quarter(name="Quý IV/2026", starts_on=date(2026, 10, 1), ends_on=date(2027, 1, 1))


LIKE = "B.56.VB.01"
"""The product whose norms the new ones have."""


@dataclass(frozen=True)
class Entry:
    """A new product; `waits` is the revision at which it waits for the next hand."""

    code: str
    name_vi: str
    waits: int = 0


TO_APPRAISE = Entry("C.56.3107.CD.01", "Tiếp nhận phản ánh về chợ dân sinh", 2)
TO_APPROVE_HERE = Entry("C.56.3107.CD.02", "Sắp xếp lịch sử dụng nhà văn hóa", 3)
TO_APPROVE_ABOVE = Entry("B.56.VB.09", "Báo cáo chuyên đề về chuyển đổi số của xã", 3)
TO_DRAFT = Entry("C.56.3107.CD.03", "Hướng dẫn nộp hồ sơ trực tuyến tại nhà")


def product(data: Dataset, entry: Entry) -> dict[str, str]:
    """As a line of the data's own products."""
    like = next(each for each in data.products if each["code"] == LIKE)
    own = {"group": entry.code[0], "code": entry.code, "name_vi": entry.name_vi, "name_en": ""}
    return {**like, **own}


def next_period_id() -> str:
    data = dataset()
    first_day = NEXT_QUARTER.starts_on.isoformat()
    return derived_id("period", data.unit_id(data.commune), "QUARTER", first_day)


async def leave_open(world: World, releases: Sequence[str], key: str) -> None:
    await open_quarter(world, NEXT_QUARTER, releases, f"{key}/period")
    cast = world.cast
    await _left(world, cast.commune_editor, TO_APPRAISE, world.commune_id, key)
    await _left(world, cast.commune_editor, TO_APPROVE_HERE, world.commune_id, key)
    await _left(world, cast.province_editor, TO_APPROVE_ABOVE, None, key)


async def _left(world: World, editor: Caller, entry: Entry, unit: str | None, key: str) -> None:
    """Drafted and submitted, and appraised where it waits for its approval."""
    sheet = [product(world.data, entry)]
    drafted = await catalogue.import_sheet(world, editor, sheet, unit, f"{key}/{entry.code}")
    submitted = await catalogue.move(world, editor, "submitVersion", drafted, key)
    if entry.waits > submitted[0].revision:
        await catalogue.move(world, world.cast.appraiser, "appraiseVersion", submitted, key)
