"""Finding products: what is in force on a day, by any filter, and who sees drafts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from catalogue import scenes
from catalogue.facts import UNIT, tell_units
from catalogue.people import AUDITOR, COMMUNE, EDITOR, OFFICER, OTHER_EDITOR, person
from catalogue_service.application.collections import PRODUCTS, VERSIONS
from catalogue_service.application.products import queries
from catalogue_service.application.products import queries as listing_module
from catalogue_service.application.products.queries import DraftFilter, products_in_force
from catalogue_service.application.products.restating import restate_products
from catalogue_service.application.releases.commands import retire_work_product
from catalogue_service.domain.common.kinds import Group, Orientation
from catalogue_service.domain.products.content import FieldChange
from catalogue_service.domain.products.search import ProductFilter
from catalogue_service.domain.products.versions import VersionState
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import Eq, UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.errors import Forbidden, Invalid, NotFound, Unauthenticated


async def codes(uow: UnitOfWork, day: date = scenes.JULY, /, **wanted: object) -> list[str]:
    listing = await products_in_force(
        uow.reading(),
        ProductFilter(**wanted),  # type: ignore[arg-type] # a test's own words
        day,
        first=100,
        after=None,
    )
    return [each.id for each in listing.page.items]


DEATH = "C.56.22363.1.000656"


@pytest.fixture
async def stocked(any_uow: UnitOfWork) -> UnitOfWork:
    return await stock(any_uow)


async def stock(any_uow: UnitOfWork) -> UnitOfWork:
    await scenes.published(any_uow)
    await scenes.published(
        any_uow,
        DEATH,
        scenes.named("Đăng ký khai tử", name_en="Death registration", procedure_code="1.000656"),
    )
    await scenes.published(
        any_uow,
        scenes.PLAN,
        scenes.named(
            "Soạn thảo kế hoạch",
            name_en=None,
            field="Văn phòng",
            orientation=Orientation.ADMIN_PROCEDURE,
            procedure_code=None,
            job_positions=("van-phong", "ho-tich"),
        ),
    )
    await tell_units(any_uow, UNIT)
    return any_uow


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [scenes.PLAN, DEATH, scenes.BIRTH]),
        ({"group": Group.C}, [DEATH, scenes.BIRTH]),
        ({"province": "56"}, [scenes.PLAN, DEATH, scenes.BIRTH]),
        ({"province": "01"}, []),
        ({"unit_id": COMMUNE}, [DEATH, scenes.BIRTH]),
        ({"position": "van-phong"}, [scenes.PLAN]),
        ({"orientation": Orientation.ADMIN_PROCEDURE}, [scenes.PLAN]),
        ({"field": "Văn phòng"}, [scenes.PLAN]),
        ({"procedure_code": "1.000656"}, [DEATH]),
        ({"procedure_code": " 1. 000656\u200b"}, [DEATH]),
        ({"procedure_code": "1.000656", "text": "khai"}, [DEATH]),
        ({"procedure_code": "1.000656.H19"}, []),
        ({"text": "Khai Sinh"}, [scenes.BIRTH]),
        ({"text": "khai sinh"}, [scenes.BIRTH]),
        ({"text": "KHAI"}, [DEATH, scenes.BIRTH]),
        ({"text": "sinh dang"}, [scenes.BIRTH]),
        ({"text": "dang ky khai tu"}, [DEATH]),
        ({"text": "1.001193"}, [scenes.BIRTH]),
        ({"text": scenes.PLAN}, [scenes.PLAN]),
        ({"text": "registration"}, [DEATH, scenes.BIRTH]),
        ({"text": "khai sinh", "group": Group.B}, []),
        ({"text": "hộ tịch", "province": "56", "position": "ho-tich"}, [DEATH, scenes.BIRTH]),
    ],
)
async def test_every_filter_finds_what_it_says(
    stocked: UnitOfWork, wanted: dict[str, object], found: list[str]
) -> None:
    assert await codes(stocked, **wanted) == sorted(found)


async def test_a_text_without_a_word_is_an_error(uow: MemoryUnitOfWork) -> None:
    with pytest.raises(Invalid, match="nothing to search for"):
        await codes(uow, text="!!")


async def test_a_procedure_that_says_nothing_is_an_error(uow: MemoryUnitOfWork) -> None:
    with pytest.raises(Invalid) as refusal:
        await codes(uow, procedure_code=" ")

    assert refusal.value.field == "filter.procedureCode"


async def test_what_was_published_with_another_form_is_found_and_stays(
    stocked: UnitOfWork,
) -> None:
    async with stocked.begin() as tx:
        versions = tx.store(VERSIONS)
        [death] = await versions.select(Eq("code", DEATH))
        death.content = replace(death.content, procedure_code="1.000656.h19")
        await versions.save(death)
        product = await tx.store(PRODUCTS).get(DEATH)
        product.found_by = product.found_by.also(DEATH, death.content)
        await tx.store(PRODUCTS).save(product)
    before = (await stocked.reading().store(VERSIONS).get(death.id)).content

    assert await codes(stocked, procedure_code="1.000656.H19") == [DEATH]
    assert (await stocked.reading().store(VERSIONS).get(death.id)).content == before
    assert before.procedure_code == "1.000656.h19"


async def test_what_was_stored_before_codes_had_one_form_is_found_in_every_spelling(
    uow: MemoryUnitOfWork,
) -> None:
    """Spaces inside made other words of it; the version, and its hash, stay."""
    await stock(uow)
    written = "1. 012\u200b 753 .h19"
    async with uow.begin() as tx:
        [death] = await tx.store(VERSIONS).select(Eq("code", DEATH))
        death.content = replace(death.content, procedure_code=written)
        await tx.store(VERSIONS).save(death)
    del uow.rows(PRODUCTS)[DEATH]["extra"]
    assert await codes(uow, procedure_code="1.012753.H19") == []

    async with uow.begin() as tx:
        assert not await restate_products(tx)
    restated = await uow.reading().store(PRODUCTS).get(DEATH)
    async with uow.begin() as tx:
        assert not await restate_products(tx)

    for spelled in ("1.012753.H19", " 1. 012753 .h19", written):
        assert await codes(uow, procedure_code=spelled) == [DEATH]
    assert await uow.reading().store(PRODUCTS).get(DEATH) == restated
    kept = await uow.reading().store(VERSIONS).get(death.id)
    assert kept.content.procedure_code == written


async def test_pages_follow_each_other_without_gap_or_repeat(stocked: UnitOfWork) -> None:
    seen: list[str] = []
    after = None
    while True:
        listing = await products_in_force(
            stocked.reading(), ProductFilter(), scenes.JULY, first=1, after=after
        )
        page = listing.page
        seen += [each.id for each in page.items]
        if not page.has_next:
            break
        after = page.cursors[-1]

    assert seen == await codes(stocked)


@pytest.mark.parametrize("wanted", [{}, {"position": "ho-tich"}, {"text": "ho tich"}])
async def test_a_page_is_full_to_the_last_and_says_whether_more_follow(
    stocked: UnitOfWork, wanted: dict[str, object]
) -> None:
    found = await codes(stocked, **wanted)

    for size in range(1, len(found) + 2):
        listing = await queries.products_in_force(
            stocked.reading(),
            ProductFilter(**wanted),  # type: ignore[arg-type] # a test's own words
            scenes.JULY,
            first=size,
            after=None,
        )
        assert [each.id for each in listing.page.items] == found[:size]
        assert len(listing.page.cursors) == len(found[:size])
        assert listing.page.has_next is (size < len(found))


async def test_only_the_days_of_validity_find_a_product(stocked: UnitOfWork) -> None:
    eve = scenes.JULY - timedelta(days=1)

    assert await codes(stocked, eve) == []
    assert len(await codes(stocked, scenes.JULY)) == 3
    assert len(await codes(stocked, date(2040, 1, 1))) == 3


async def test_a_province_sees_the_national_lists_it_inherits(uow: MemoryUnitOfWork) -> None:
    roles = (Role.CATALOGUE_EDITOR, Role.CATALOGUE_APPRAISER, Role.STEERING_COMMITTEE)
    editor, appraiser, committee = (person(role, role, province="00") for role in roles)
    version = await scenes.draft(uow, "A.00.QL-1", scenes.named("Điều hành"), editor)
    version = await scenes.submit(uow, version, editor)
    version = await scenes.appraise(uow, version, appraiser)
    version = await scenes.approve(uow, version, committee)
    await scenes.publish(uow, [version], actor=committee)
    await scenes.published(uow)

    assert await codes(uow, province="56") == ["A.00.QL-1", scenes.BIRTH]
    assert await codes(uow, province="01") == ["A.00.QL-1"]
    assert await codes(uow, province="56", inherited=False) == [scenes.BIRTH]


async def test_drafts_are_found_by_those_of_the_province_alone(uow: MemoryUnitOfWork) -> None:
    version = await scenes.draft(uow)

    async def seen(actor: Actor) -> list[str]:
        page = await queries.versions_in_work(
            uow.reading(), actor, DraftFilter(state=VersionState.DRAFT), first=9, after=None
        )
        return [each.id for each in page.items]

    assert [await seen(EDITOR), await seen(AUDITOR), await seen(OTHER_EDITOR)] == [
        [version.id],
        [version.id],
        [],
    ]
    with pytest.raises(Forbidden):
        await seen(OFFICER)
    with pytest.raises(Unauthenticated):
        await seen(ANONYMOUS)


@pytest.mark.parametrize("actor", [ANONYMOUS, OFFICER, OTHER_EDITOR])
async def test_a_draft_is_as_unknown_to_others_as_one_that_is_not_there(
    uow: MemoryUnitOfWork, actor: Actor
) -> None:
    version = await scenes.draft(uow)

    with pytest.raises(NotFound) as refusal:
        await queries.readable_version(uow.reading(), actor, version.id)

    assert refusal.value.rule_id == "C-I8"
    assert (await queries.readable_version(uow.reading(), AUDITOR, version.id)).id == version.id


async def test_two_versions_are_compared_field_by_field(uow: MemoryUnitOfWork) -> None:
    first = await scenes.published(uow)
    second = await scenes.revise(uow, first, replace(scenes.FULL, lead_days=3))

    changes = await queries.version_changes(uow.reading(), EDITOR, first.id, second.id)

    assert changes == (FieldChange(field="lead_days", before="1", after="3"),)
    with pytest.raises(NotFound):
        await queries.version_changes(uow.reading(), ANONYMOUS, first.id, second.id)


async def test_facets_count_what_is_published_and_not_retired(stocked: UnitOfWork) -> None:
    before = await queries.facets(stocked.reading(), "56", None)
    command = scenes.retirement(DEATH, await scenes.product(stocked, DEATH))
    await perform(retire_work_product, command, stocked)
    after = await queries.facets(stocked.reading(), "56", None)
    unit = await queries.facets(stocked.reading(), "56", COMMUNE)

    assert before == queries.Facets(
        groups={Group.B: 1, Group.C: 2},
        fields={"Văn phòng": 1, "Hộ tịch": 2},
        units={COMMUNE: 2},
    )
    assert (after.groups, after.fields) == (
        {Group.B: 1, Group.C: 1},
        {"Văn phòng": 1, "Hộ tịch": 1},
    )
    assert (unit.groups, unit.units) == ({Group.C: 1}, {COMMUNE: 1})


async def test_a_field_that_changes_moves_the_count(uow: MemoryUnitOfWork) -> None:
    first = await scenes.published(uow)
    second = await scenes.revise(uow, first, replace(scenes.FULL, field="Tư pháp"))
    second = await scenes.approve(uow, await scenes.appraise(uow, await scenes.submit(uow, second)))
    await scenes.publish(uow, [second], date(2026, 8, 1))

    facets = await queries.facets(uow.reading(), "56", None)

    assert (facets.fields, facets.groups) == ({"Tư pháp": 1}, {Group.C: 1})


async def test_a_rare_match_among_many_is_found_in_short_pages(
    uow: MemoryUnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing_module, "SCANNED_MAX", 4)
    monkeypatch.setattr(listing_module, "BATCH", 2)
    for number in range(9):
        rare = number in (1, 8)
        draft = scenes.named("Việc hiếm" if rare else f"Việc {number}", job_positions=("x",))
        await scenes.published(uow, f"C.56.1.{number}", draft)
    wanted = ProductFilter(position="x", text="việc hiếm")

    pages: list[list[str]] = []
    after = None
    while True:
        page = (
            await products_in_force(uow.reading(), wanted, scenes.JULY, first=5, after=after)
        ).page
        pages.append([each.id for each in page.items])
        if not page.has_next:
            break
        after = page.cursors[-1]

    assert [code for codes in pages for code in codes] == ["C.56.1.1", "C.56.1.8"]
