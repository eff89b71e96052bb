"""Results from before the platform: two persons bring one in, with its document (E-I10)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, Forbidden
from evaluation import prior_scenes, scenes
from evaluation.people import (
    ADMIN,
    BOARD,
    HRM,
    LAN,
    LAN_ID,
    MINH,
    NATIONAL_HRM,
    OTHER_ADMIN,
)
from evaluation.prior_scenes import decided, entered, facts, imported
from evaluation_service.application.collections import PRIOR_RESULTS
from evaluation_service.application.transfers.queries import PriorFilter, list_prior_results
from evaluation_service.domain.transfers.prior_results import PriorDocument, PriorState


async def test_what_is_known_is_not_entered_twice(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    reports = [await imported(uow, facts(total=each)) for each in ("65", "65", "66")]

    assert [report.results[0].changed for report in reports] == [True, False, True]
    [prior] = await uow.reading().store(PRIOR_RESULTS).select()
    assert (prior.facts.total, prior.period_label, prior.family) == (
        Decimal(66),
        "2025",
        "ND335-2025",
    )


async def test_each_row_is_refused_alone(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    report = await imported(uow, facts(), facts(total=None, band=None), facts(unit_name=None))

    said = [each.refusal.field if each.refusal else None for each in report.results]
    assert said == [None, "facts.total", "facts.unitName"]
    assert await uow.reading().store(PRIOR_RESULTS).count() == 1


PAPER = PriorDocument(number="283/QĐ-UBND", issued_on=date(2026, 1, 5), hash=prior_scenes.HASH)
WRONG: list[tuple[str, Mapping[str, object]]] = [
    ("endsOn", {"ends_on": date(2024, 12, 31)}),
    ("endsOn", {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 10, 1)}),
    ("document.issuedOn", {"document": replace(PAPER, issued_on=date(2026, 8, 11))}),
    ("policy", {"policy": " "}),
    ("band", {"band": "x" * 301}),
    ("document.hash", {"document": replace(PAPER, hash="5E" * 32)}),
    ("document.hash", {"document": replace(PAPER, hash="5e")}),
    ("document.number", {"document": replace(PAPER, number="")}),
]


@pytest.mark.parametrize(("field", "changes"), WRONG)
async def test_what_cannot_be_is_refused_by_its_field(
    uow: MemoryUnitOfWork, field: str, changes: Mapping[str, object]
) -> None:
    await scenes.commune(uow)

    [row] = (await imported(uow, facts(**changes))).results

    assert row.refusal is not None
    assert row.refusal.field == f"facts.{field}"
    assert await uow.reading().store(PRIOR_RESULTS).count() == 0


@pytest.mark.parametrize(
    ("actor", "person", "taken"),
    [
        (ADMIN, LAN_ID, True),
        (HRM, LAN_ID, True),
        (NATIONAL_HRM, LAN_ID, True),
        (OTHER_ADMIN, LAN_ID, False),
        (ADMIN, "cs_nobody", False),
    ],
)
async def test_a_result_is_entered_in_the_persons_province(
    uow: MemoryUnitOfWork, actor: Actor, person: str, taken: bool
) -> None:
    await scenes.commune(uow)

    [row] = (await imported(uow, facts(), person=person, actor=actor)).results

    assert (row.id is not None) is taken


async def test_E_I4_who_entered_it_does_not_confirm_it_nor_does_the_person(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    prior = await entered(uow)

    for actor in (replace(BOARD, subject="admin"), replace(BOARD, officer=LAN_ID)):
        with pytest.raises(Forbidden) as refused:
            await decided(uow, prior, actor=actor)
        assert refused.value.rule_id == "E-I4"

    assert (await uow.reading().store(PRIOR_RESULTS).get(prior.id)).state is PriorState.ENTERED


async def test_a_confirmed_result_stays_until_the_board_withdraws_it(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    prior = await decided(uow, await entered(uow))
    [row] = (await imported(uow, facts(total="99"))).results
    withdrawn = await decided(uow, prior, confirmed=False)
    again = await entered(uow, total="99")
    confirmed = await decided(uow, again)

    assert prior.state is PriorState.CONFIRMED
    assert row.refusal is not None
    assert (row.refusal.code, row.refusal.rule_id) == ("CONFLICT", "E-I3")
    assert withdrawn.state is PriorState.REFUSED
    assert (again.state, again.facts.total) == (PriorState.ENTERED, Decimal(99))
    assert again.decided_by is None
    with pytest.raises(Conflict):
        await decided(uow, confirmed)


async def test_E_I10_what_was_rated_here_is_not_imported(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    third = {
        "kind": "QUARTER",
        "starts_on": date(2026, 7, 10),
        "ends_on": date(2026, 8, 9),
        "document": replace(PAPER, issued_on=date(2026, 8, 9)),
    }
    prior = await entered(uow, **third)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.reviewed(uow, period)

    [row] = (await imported(uow, facts(**third, total="1"))).results
    with pytest.raises(Conflict) as refused:
        await decided(uow, prior)

    assert row.refusal is not None
    assert [row.refusal.rule_id, refused.value.rule_id] == ["E-I10", "E-I10"]


async def test_a_result_of_before_is_seen_by_the_person_and_the_province(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    await entered(uow)
    reading, everything = uow.reading(), PriorFilter()

    seen = {
        reader.subject: len(
            (await list_prior_results(reader, reading, everything, first=10, after=None)).items
        )
        for reader in (LAN, MINH, ADMIN, OTHER_ADMIN, NATIONAL_HRM)
    }

    assert seen == {"lan": 1, "minh": 0, "admin": 1, "other-admin": 0, "national-hrm": 1}


async def test_the_hash_binds_the_result_to_its_document(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    prior = await entered(uow)

    said = (
        prior.facts,
        replace(prior.facts, document=replace(PAPER, hash="00" * 32)),
        replace(prior.facts, total=Decimal(66)),
        replace(prior.facts, band="HTT"),
    )

    assert len({replace(prior, facts=each).hash for each in said}) == len(said)
    assert prior.hash == replace(prior, state=PriorState.CONFIRMED).hash
