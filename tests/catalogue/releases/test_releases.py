"""Releases put versions in force; retiring ends them. Neither rewrites what was."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import facts, scenes
from catalogue.facts import QUARTER, close_quarter
from catalogue.people import (
    COMMITTEE,
    COMMUNE,
    EDITOR,
    EVERY_ROLE,
    HEAD,
    OTHER_HEAD,
    PROVINCE_EDITOR,
)
from catalogue.scenes import AUGUST, product, successor
from catalogue_service.application.collections import RELEASES, VERSIONS
from catalogue_service.application.products import commands as drafting
from catalogue_service.application.products import queries as products_queries
from catalogue_service.application.products.queries import products_in_force
from catalogue_service.application.releases import queries as releases_queries
from catalogue_service.domain.common.kinds import Catalogue, Group
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.checking import checked
from catalogue_service.domain.products.search import ProductFilter
from catalogue_service.domain.products.versions import (
    VersionPublished,
    VersionState,
    VersionSuperseded,
    WorkProductVersion,
)
from catalogue_service.domain.products.work_products import (
    WorkProduct,
)
from catalogue_service.domain.releases.releases import ReleasePublished, hash_of
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, NotFound


async def test_a_release_puts_its_versions_in_force(any_uow: UnitOfWork) -> None:
    versions = [
        await scenes.approved(any_uow, f"C.56.22363.{n}", scenes.named(f"Việc {n}")) for n in (1, 2)
    ]

    release = await scenes.publish(any_uow, versions)

    kept = await any_uow.reading().store(VERSIONS).find_many(release.version_ids)
    assert [each and (each.state, each.effective_from, each.release_id) for each in kept] == [
        (VersionState.PUBLISHED, scenes.JULY, release.id)
    ] * 2
    assert release.content_hash == hash_of(versions)
    assert (release.groups, release.unit_id, release.decision_number) == (
        ("C",),
        COMMUNE,
        "283/QĐ-UBND",
    )


async def test_publishing_tells_each_version_and_then_the_release(uow: MemoryUnitOfWork) -> None:
    version = await scenes.approved(uow)

    release = await scenes.publish(uow, [version])

    published, told = uow.outbox[-2:]
    assert isinstance(published, VersionPublished)
    assert (published.version_id, str(published.coefficient), published.effective_from) == (
        version.id,
        "2.5",
        scenes.JULY,
    )
    assert isinstance(told, ReleasePublished)
    assert (told.release_id, told.version_count) == (release.id, 1)


async def test_a_refused_release_publishes_none_of_its_versions(uow: MemoryUnitOfWork) -> None:
    good = await scenes.approved(uow)
    bad = await scenes.draft(uow, "C.56.22363.2", scenes.named("Việc khác"))
    before = list(uow.outbox)

    with pytest.raises(Conflict, match="DRAFT; this needs APPROVED"):
        await scenes.publish(uow, [good, bad])

    assert await scenes.stored(uow, good.id) == good
    assert uow.outbox == before
    assert await uow.reading().store(RELEASES).count() == 0


@pytest.mark.parametrize("actor", [COMMITTEE, OTHER_HEAD])
async def test_group_C_is_published_by_the_head_of_the_unit(
    uow: MemoryUnitOfWork, actor: Actor
) -> None:
    version = await scenes.approved(uow)

    with pytest.raises(Forbidden):
        await scenes.publish(uow, [version], actor=actor)

    assert await scenes.stored(uow, version.id) == version


async def test_a_head_cannot_slip_a_shared_product_into_a_release(uow: MemoryUnitOfWork) -> None:
    own = await scenes.approved(uow)
    shared = await scenes.approved(uow, scenes.PLAN, scenes.named("Lập kế hoạch"))

    with pytest.raises(Forbidden):
        await scenes.publish(uow, [own, shared], actor=HEAD)

    assert await scenes.stored(uow, shared.id) == shared


async def test_one_release_is_for_one_place(uow: MemoryUnitOfWork) -> None:
    own = await scenes.approved(uow)
    shared = await scenes.approved(uow, scenes.PLAN, scenes.named("Lập kế hoạch"))
    both = replace(EVERY_ROLE, subject="head-and-committee")

    with pytest.raises(Invalid, match="one province or one unit") as refusal:
        await scenes.publish(uow, [own, shared], actor=both)

    assert refusal.value.rule_id == "C-I6"


async def test_an_approval_does_not_put_anything_in_force(uow: MemoryUnitOfWork) -> None:
    await scenes.approved(uow)

    listing = await products_in_force(uow.reading(), ProductFilter(), AUGUST, first=20, after=None)

    assert list(listing.page.items) == []


async def test_C_I1_a_published_version_never_changes(uow: MemoryUnitOfWork) -> None:
    first = await scenes.published(uow)

    for step in (scenes.submit, scenes.appraise, scenes.approve, scenes.reject):
        with pytest.raises(Conflict) as refusal:
            await step(uow, first)
        assert refusal.value.rule_id == "C-I1"
    second = await successor(uow, first, AUGUST)

    kept = await scenes.stored(uow, first.id)
    assert (kept.content, kept.content_hash) == (first.content, first.content_hash)
    assert (kept.state, kept.effective_from, kept.effective_to) == (
        VersionState.SUPERSEDED,
        scenes.JULY,
        AUGUST,
    )
    assert second.number == 2


async def test_a_successor_tells_when_the_version_before_ends(uow: MemoryUnitOfWork) -> None:
    first = await scenes.published(uow)

    second = await successor(uow, first, AUGUST)

    told = [event for event in uow.outbox if isinstance(event, VersionSuperseded)]
    assert [(each.version_id, each.effective_to, each.replaced_by) for each in told] == [
        (first.id, AUGUST, second.id)
    ]


async def test_C_I2_two_versions_never_start_on_the_same_or_an_earlier_day(
    uow: MemoryUnitOfWork,
) -> None:
    first = await scenes.published(uow)

    for day in (scenes.JULY, scenes.TODAY):
        with pytest.raises(Conflict) as refusal:
            await successor(uow, await _last(uow), day)
        assert refusal.value.rule_id == "C-I2"
        await scenes.reject(uow, await _last(uow))

    assert (await product(uow)).version_id_on(scenes.JULY) == first.id


async def _last(uow: UnitOfWork) -> WorkProductVersion:
    return await scenes.stored(uow, (await product(uow)).last_version_id)


@given(starts=st.lists(st.integers(0, 400), min_size=1, max_size=8), probe=st.integers(-5, 410))
def test_C_I2_on_every_day_at_most_one_version_is_in_force(starts: list[int], probe: int) -> None:
    item = WorkProduct(
        id=scenes.PLAN, catalogue=Catalogue(group=Group.B, province="56"), name_vi="Kế hoạch"
    )
    for number, offset in enumerate(starts, start=1):
        version = _approved_version(number)
        with suppress(Conflict):
            item.issue(version, scenes.TODAY + timedelta(days=offset))
    day = scenes.TODAY + timedelta(days=probe)

    covering = [span for span in item.timeline if span.covers(day)]

    assert len(covering) == (1 if day >= item.timeline[0].starts_on else 0)


def _approved_version(number: int) -> WorkProductVersion:
    place = Catalogue(group=Group.B, province="56")
    return WorkProductVersion.drafted(
        code=scenes.PLAN,
        number=number,
        catalogue=place,
        content=checked(scenes.FULL, place, CataloguePolicy(id="56")),
        act=Act(by="editor", at=scenes.NOW),
    )


async def test_C_I5_a_release_never_takes_effect_in_the_past(uow: MemoryUnitOfWork) -> None:
    version = await scenes.approved(uow)

    with pytest.raises(Invalid) as refusal:
        await scenes.publish(uow, [version], scenes.TODAY - timedelta(days=1))

    assert refusal.value.rule_id == "C-I5"
    assert (await scenes.publish(uow, [version], scenes.TODAY)).effective_from == scenes.TODAY


async def test_C_I5_a_release_never_takes_effect_inside_a_closed_period(
    any_uow: UnitOfWork,
) -> None:
    version = await scenes.approved(any_uow)
    await close_quarter(any_uow)

    with pytest.raises(Conflict) as refusal:
        await scenes.publish(any_uow, [version], date(2026, 9, 30))

    assert refusal.value.rule_id == "C-I5"
    assert (await scenes.publish(any_uow, [version], date(2026, 10, 1))).id


async def test_C_I5_a_period_closed_elsewhere_is_no_obstacle_to_a_unit(
    uow: MemoryUnitOfWork,
) -> None:
    version = await scenes.approved(uow)
    await close_quarter(uow, replace(QUARTER, unit_ids=("unit_other",)))

    assert (await scenes.publish(uow, [version], AUGUST)).effective_from == AUGUST


async def test_C_I6_a_code_is_used_once_whatever_the_group(uow: MemoryUnitOfWork) -> None:
    await scenes.draft(uow)

    with pytest.raises(Conflict) as again:
        await scenes.draft(uow)
    with pytest.raises(Invalid) as other_group:
        await draft_in_group_C(uow, scenes.PLAN, EDITOR)

    assert (again.value.rule_id, other_group.value.rule_id) == ("C-I6", "C-I6")


async def draft_in_group_C(
    uow: UnitOfWork, code: str, actor: Actor, unit: str | None = None
) -> WorkProductVersion:
    command = drafting.DraftWorkProduct(
        actor=actor,
        idempotency_key=scenes.key(),
        group=Group.C,
        province=None,
        unit_id=unit,
        code=code,
        content=scenes.FULL,
    )
    return await perform(drafting.draft_work_product, command, uow)


async def test_C_I6_group_C_stays_under_its_unit(uow: MemoryUnitOfWork) -> None:
    await scenes.published(uow)
    await facts.tell_units(uow, facts.HANOI_UNIT)

    with pytest.raises(Invalid) as refusal:
        await draft_in_group_C(uow, "C.56.X-1", PROVINCE_EDITOR, "unit_ha_noi")

    assert refusal.value.rule_id == "C-I6"


async def test_C_I8_an_unknown_version_or_release_is_an_error(uow: MemoryUnitOfWork) -> None:
    version = await scenes.approved(uow)

    with pytest.raises(NotFound) as in_release:
        await scenes.publish(uow, [version, replace(version, id=f"{scenes.BIRTH}@7")])
    with pytest.raises(NotFound) as asked:
        await products_queries.readable_version(uow.reading(), HEAD, f"{scenes.BIRTH}@7")
    with pytest.raises(NotFound) as release:
        await releases_queries.release(uow.reading(), "rel_unknown")

    assert [each.value.rule_id for each in (in_release, asked, release)] == ["C-I8"] * 3
    assert await scenes.stored(uow, version.id) == version
