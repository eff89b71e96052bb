"""Each event is put in the outbox by the use case it belongs to, says what is kept, and no more."""

from decimal import Decimal

import pytest

from catalogue import adjustment_steps, inputs, people, proposal_steps, scenes
from catalogue.cases import CASES
from catalogue_service.adapters.contracts import CONTRACTS
from catalogue_service.domain.adjustments.adjustments import AdjustmentApproved, AdjustmentExpired
from catalogue_service.domain.common.kinds import Complexity, Group, KpiKind, Orientation
from catalogue_service.domain.products.versions import (
    VersionApproved,
    VersionPublished,
    VersionRejected,
    VersionSubmitted,
    VersionSuperseded,
)
from catalogue_service.domain.products.work_products import ProductRetired
from catalogue_service.domain.proposals.proposals import ProposalDecided
from catalogue_service.domain.releases.releases import ReleasePublished, hash_of
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.aggregate import Event
from support.clock import FixedClock
from support.graph import Graph


def test_every_published_event_has_its_use_case() -> None:
    elsewhere = {VersionSuperseded, AdjustmentExpired}

    told = {kind for case in CASES for kind in case.tells}
    assert {each.kind for each in CONTRACTS.events} == told | elsewhere


NAMES = VersionSubmitted(
    version_id=f"{scenes.BIRTH}@1",
    code=scenes.BIRTH,
    number=1,
    group=Group.C,
    province="56",
    unit_id=people.COMMUNE,
)


def named(kind: type[Event], **more: object) -> Event:
    return kind(**{**vars(NAMES), **more})


async def test_the_events_of_a_version_say_what_it_is(uow: MemoryUnitOfWork) -> None:
    first = await scenes.published(uow)
    release_id = first.release_id
    release = ReleasePublished(
        release_id=str(release_id),
        province="56",
        unit_id=people.COMMUNE,
        groups=(Group.C,),
        decision_number="283/QĐ-UBND",
        effective_from=scenes.JULY,
        version_count=1,
        content_hash=hash_of([first]),
    )

    assert list(uow.outbox) == [
        NAMES,
        named(VersionApproved),
        named(
            VersionPublished,
            name_vi="Đăng ký khai sinh",
            name_en="Birth registration",
            field="Hộ tịch",
            unit_of_measure="hồ sơ",
            points=Decimal("12.5"),
            coefficient=Decimal("2.5"),
            complexity=Complexity.N1,
            standard_hours=Decimal("0.5"),
            lead_days=1,
            orientation=Orientation.PUBLIC_SERVICE,
            kpi_kind=KpiKind.HARD,
            procedure_code="1.001193",
            job_positions=("ho-tich",),
            release_id=release_id,
            effective_from=scenes.JULY,
            effective_to=None,
            content_hash=first.content_hash,
        ),
        release,
    ]


async def test_a_successor_ends_the_version_before(uow: MemoryUnitOfWork) -> None:
    version = await scenes.approved_again(uow, await scenes.published(uow))
    earlier = len(uow.outbox)

    await scenes.publish(uow, [version], scenes.AUGUST)

    superseded, *rest = uow.outbox[earlier:]
    assert superseded == named(
        VersionSuperseded, effective_to=scenes.AUGUST, replaced_by=version.id
    )
    assert [type(event) for event in rest] == [VersionPublished, ReleasePublished]


async def test_a_rejection_tells_its_reason(uow: MemoryUnitOfWork) -> None:
    await scenes.reject(uow, await scenes.submit(uow, await scenes.draft(uow)))

    assert uow.outbox[-1] == named(VersionRejected, reason="Chưa phù hợp")


async def test_a_retirement_tells_its_decision_and_replacement(uow: MemoryUnitOfWork) -> None:
    await scenes.published(uow)
    await scenes.published(uow, scenes.PLAN, scenes.named("Kế hoạch"))

    await scenes.retire(uow, replacement=scenes.PLAN)

    assert uow.outbox[-1] == named(
        ProductRetired,
        effective_to=scenes.AUGUST,
        replacement_code=scenes.PLAN,
        decision_number="300/QĐ-UBND",
    )


async def test_an_adjustment_is_told_when_it_begins_and_when_it_ends(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await adjustment_steps.in_place(uow)
    adjustment = await adjustment_steps.decide(uow, await adjustment_steps.propose(uow))
    clock.at = clock.at.replace(year=2028)
    await adjustment_steps.expire(uow)

    said = {
        "adjustment_id": adjustment.id,
        "version_id": f"{scenes.PLAN}@1",
        "code": scenes.PLAN,
        "province": "56",
        "unit_id": people.COMMUNE,
        "norm": "COEFFICIENT",
        "value": Decimal(3),
        "valid_from": scenes.JULY,
        "valid_to": adjustment_steps.NEXT_YEAR,
    }
    assert list(uow.outbox[-2:]) == [
        AdjustmentApproved(**said),  # type: ignore[arg-type] # a test's own words
        AdjustmentExpired(**said),  # type: ignore[arg-type] # a test's own words
    ]


@pytest.mark.parametrize("accept", [True, False])
async def test_a_decided_proposal_tells_the_answer(uow: MemoryUnitOfWork, *, accept: bool) -> None:
    proposal = await proposal_steps.propose(uow)

    await proposal_steps.decide(uow, proposal, accept=accept, reason="Vì thế")

    assert list(uow.outbox) == [
        ProposalDecided(
            proposal_id=proposal.id,
            province="56",
            group=Group.B,
            code=scenes.PLAN,
            accepted=accept,
            reason="Vì thế",
        )
    ]


async def test_bulk_steps_tell_as_single_ones_do(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.draft(uow)
    for step, actor in (
        ("SUBMIT", people.EDITOR),
        ("APPRAISE", people.APPRAISER),
        ("APPROVE", people.HEAD),
    ):
        await inputs.advance(graph, actor, {"step": step})

    assert list(uow.outbox) == [NAMES, named(VersionApproved)]
