"""What follows from a published period, in lists whose rows name rule, period and source."""

import asyncio
import csv
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.labels import label
from congvu_kit.tools.exports.columns import Headings
from congvu_kit.tools.exports.files import Form
from congvu_kit.tools.exports.manifest import read_manifest
from congvu_kit.tools.exports.running import verify_export
from evaluation import review_scenes, scenes
from evaluation.gateway import InProcess
from evaluation.people import BOARD, CHAIR, LAN, LAN_ID, MINH, MINH_ID, NEIGHBOUR_HEAD, OFFICE
from evaluation.scenes import evaluation_of
from evaluation_service.adapters.cli import consequences as cli
from evaluation_service.adapters.cli.consequence_lists import HEADINGS, List
from evaluation_service.application.consequences.queries import (
    PersonConsequences,
    list_consequences,
    list_training_needs,
)
from evaluation_service.domain.periods.bounds import period_label
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.graph import Graph

INCOME = {"HTXS": Fraction(1), "HTT": Fraction(4, 5), "HT": Fraction(1, 2), "KHT": Fraction(0)}
"""The decree's declared defaults."""


async def quarter(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    """Lan did everything and was disciplined, Minh a hundredth of what was asked of him."""
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.do_all(uow, period, MINH, done="1", assigned="100")
    for civil_servant_id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, civil_servant_id)
    await scenes.veto(uow, LAN_ID, "DISCIPLINED")
    await scenes.reviewed(uow, period)
    return period


async def published(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    period = await quarter(uow)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    return await scenes.now_is(uow, period)


async def listed(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, reader: Actor = BOARD, **asked: str
) -> Mapping[str, PersonConsequences]:
    page = await list_consequences(reader, uow.reading(), period.id, **asked, first=100, after=None)
    return {each.civil_servant_id: each for each in page.items}


async def test_pay_goes_by_the_final_band_and_nobody_without_one_is_paid_by_rule(
    uow: MemoryUnitOfWork,
) -> None:
    period = await published(uow)

    found = await listed(uow, period)

    for id, row in found.items():
        band = (await evaluation_of(uow, period, id)).band
        (pay,) = row.pay
        assert (pay.rule.id, pay.rate) == ("ADDITIONAL_INCOME", INCOME[band] if band else None)
    assert [each.rule.id for each in found[LAN_ID].proposals] == ["FAILED_PERIOD"]
    assert found[LAN_ID].sheet.band == found[LAN_ID].evaluation.band == "KHT"
    assert {each.seal for each in found.values()} == {None}


async def test_a_list_follows_a_correction_and_names_the_sheet_in_force(
    uow: MemoryUnitOfWork,
) -> None:
    period = await published(uow)
    minh = await evaluation_of(uow, period, MINH_ID)
    appeal = await review_scenes.file(uow, minh)
    await review_scenes.decide(uow, appeal, correction=await review_scenes.all_done(uow, MINH_ID))
    corrected = await evaluation_of(uow, period, MINH_ID)

    row = (await listed(uow, period))[MINH_ID]

    assert (row.sheet.number, row.evaluation.band) == (2, corrected.band)
    assert corrected.band != minh.band
    assert [each.rate for each in row.pay] == [INCOME[str(corrected.band)]]


async def test_who_lists_sees_their_own_part_only(uow: MemoryUnitOfWork) -> None:
    period = await published(uow)
    everybody = set(await listed(uow, period))

    assert len(everybody) == 6
    assert set(await listed(uow, period, LAN)) == {LAN_ID}
    assert set(await listed(uow, period, CHAIR)) == everybody
    assert set(await listed(uow, period, NEIGHBOUR_HEAD)) == set()
    assert set(await listed(uow, period, band="KHT")) == {LAN_ID, MINH_ID}


async def test_nothing_follows_before_the_publication(uow: MemoryUnitOfWork) -> None:
    period = await quarter(uow)

    with pytest.raises(Conflict):
        await listed(uow, period)
    with pytest.raises(Conflict):
        await list_training_needs(BOARD, uow.reading(), period.id, first=9, after=None)


async def test_an_unknown_band_is_refused(uow: MemoryUnitOfWork) -> None:
    with pytest.raises(Invalid, match="nearest is HTXS"):
        await listed(uow, await published(uow), band="HTXX")


async def test_a_unit_needs_training_in_what_was_weak_and_in_nothing_else(
    uow: MemoryUnitOfWork,
) -> None:
    period = await published(uow)

    page = await list_training_needs(BOARD, uow.reading(), period.id, first=9, after=None)

    office = next(each for each in page.items if each.unit_id == OFFICE)
    (need,) = [each for each in office.needs if each.kind == "PRODUCT"]
    minh = await evaluation_of(uow, period, MINH_ID)
    assert need.code == scenes.BIRTH.partition("@")[0]
    assert (need.rated, need.people) == (2, 1)
    assert [(each.evaluation_id, each.share) for each in need.sources] == [
        (minh.id, Fraction(1, 100))
    ]
    assert need.share == (1 + Fraction(1, 100)) / 2


@pytest.mark.parametrize("list_", List)
def test_each_list_is_exported_with_rule_period_and_source(
    uow: MemoryUnitOfWork,
    graph: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    list_: List,
) -> None:
    async def closed() -> EvaluationPeriod:
        period = await published(uow)
        await review_scenes.raised(uow, await evaluation_of(uow, period, LAN_ID))
        return await scenes.move(uow, period, "close")

    period = asyncio.run(closed())
    monkeypatch.setattr(cli, "Gateway", lambda url, token: InProcess(graph, BOARD))
    file = tmp_path / "list.csv"

    cli.export_consequences(period.id, file, list_=list_, unit=None, url="", token="")

    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    of_others = (List.HEADCOUNT, List.UNIT_HEADCOUNT, List.SERVICE)
    least = 0 if list_ in of_others else 1
    assert len(rows) >= least
    assert period.seal is not None
    for row in rows:
        assert set(row) == {*HEADINGS[list_], "period"}
        assert row["period"] == period.id
        assert "" not in (row["rule"], row["evaluation"])
        if "seal" in row:
            assert (row["seal"], row["sheet"]) == (period.seal.hash, "1")
            assert row["clause"]
    in_words = tmp_path / "list-vi.csv"
    cli.export_consequences(period.id, in_words, list_=list_, headings=Headings.VI)
    with in_words.open(encoding="utf-8-sig", newline="") as source:
        told = list(csv.DictReader(source))
    assert len(told) == len(rows)
    assert label("export", list_, "vi") != list_
    codes = {each for row in rows for name in ("band", "kind", "state") if (each := row.get(name))}
    called = {"Mức xếp loại cuối cùng", "Loại", "Tình trạng"}
    assert {row.get(title) for row in told for title in called} & codes == set()
    for form in Form:
        cli.export_consequences(
            period_label(period.kind, period.starts_on, period.ends_on),
            out=tmp_path / form,
            list_=list_,
            form=form,
            headings=Headings.VI,
            allow_empty=True,
        )
        verify_export(tmp_path / form)
        (manifest,) = map(read_manifest, (tmp_path / form).glob("*.manifest.json"))
        assert (manifest["kind"], manifest["list"]) == ("consequences", list_)
        assert (manifest["rows"], manifest["period"]["id"]) == (len(rows), period.id)
        headings = [each["heading"] for each in manifest["tables"][0]["columns"]]
        assert len(set(headings)) == len(headings) == len(HEADINGS[list_]) + 1
        assert not {each.lower() for each in headings} & set(HEADINGS[list_])
