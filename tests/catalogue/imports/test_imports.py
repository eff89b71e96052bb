"""Imports write drafts by the same rules as one by one, and tell each row what became of it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from catalogue import facts, scenes
from catalogue.people import (
    APPRAISER,
    COMMUNE,
    EDITOR,
    EVERY_ROLE,
    HEAD,
    OTHER_COMMUNE,
    OTHER_EDITOR,
    PROVINCE_EDITOR,
)
from catalogue_service.application.collections import PRODUCTS, VERSIONS
from catalogue_service.application.imports import commands as importing
from catalogue_service.application.imports.commands import (
    ImportOutcome,
    ImportReport,
    ImportWorkProducts,
    OnError,
    import_work_products,
)
from catalogue_service.domain.common.kinds import Catalogue, Group
from catalogue_service.domain.imports.rows import Row, cells_of
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.checking import checked
from catalogue_service.domain.products.content import Draft
from catalogue_service.domain.products.versions import VersionState
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import Forbidden, Invalid, Unauthenticated


def cells(code: str, draft: Draft = scenes.FULL, /, **changes: str) -> dict[str, str]:
    place = Catalogue(group=Group.B, province="56")
    return {
        **cells_of(Group(code[0]), code, checked(draft, place, CataloguePolicy(id="56"))),
        **changes,
    }


async def run(
    uow: UnitOfWork,
    *rows: Mapping[str, str],
    actor: Actor = EDITOR,
    on_error: OnError = OnError.ALL_OR_NOTHING,
    dry_run: bool = False,
    unit: str | None = None,
    province: str | None = None,
) -> ImportReport:
    command = ImportWorkProducts(
        actor=actor,
        idempotency_key=scenes.key(),
        province=province,
        unit_id=unit,
        rows=tuple(Row(number=n, cells=row) for n, row in enumerate(rows, start=2)),
        on_error=on_error,
        dry_run=dry_run,
    )
    return await perform(import_work_products, command, uow)


def outcomes(report: ImportReport) -> list[ImportOutcome]:
    return [each.outcome for each in report.results]


async def count(uow: UnitOfWork) -> tuple[int, int]:
    tx = uow.reading()
    return await tx.store(PRODUCTS).count(), await tx.store(VERSIONS).count()


async def test_rows_become_drafts_of_whoever_imports(any_uow: UnitOfWork) -> None:
    report = await run(
        any_uow, cells(scenes.BIRTH), cells(scenes.PLAN, scenes.named("Lập kế hoạch"))
    )

    version = await scenes.stored(any_uow, f"{scenes.BIRTH}@1")
    assert (outcomes(report), report.written) == ([ImportOutcome.CREATED, ImportOutcome.CREATED], 2)
    assert (version.state, version.authors, version.catalogue.unit_id) == (
        VersionState.DRAFT,
        (EDITOR.subject,),
        COMMUNE,
    )
    assert (await scenes.stored(any_uow, f"{scenes.PLAN}@1")).catalogue.unit_id is None


async def test_importing_the_same_again_changes_nothing(any_uow: UnitOfWork) -> None:
    await run(any_uow, cells(scenes.BIRTH))
    first = await scenes.stored(any_uow, f"{scenes.BIRTH}@1")

    again = await run(any_uow, cells(scenes.BIRTH))

    assert (outcomes(again), again.written) == ([ImportOutcome.UNCHANGED], 0)
    assert again.results[0].version_id == first.id
    assert await scenes.stored(any_uow, first.id) == first


async def test_another_form_of_a_procedure_code_is_no_other_product(any_uow: UnitOfWork) -> None:
    """Also where the form is that of a version from before there was one."""
    await run(any_uow, {**cells(scenes.BIRTH), "procedure_code": "1. 001193 .h19"})
    async with any_uow.begin() as tx:
        old = await tx.store(VERSIONS).get(f"{scenes.BIRTH}@1")
        assert old.content.procedure_code == "1.001193.H19"
        old.content = replace(old.content, procedure_code="1.001193.h19")
        await tx.store(VERSIONS).save(old)

    again = await run(any_uow, {**cells(scenes.BIRTH), "procedure_code": "1.001193.H19"})
    other = await run(any_uow, {**cells(scenes.BIRTH), "procedure_code": "1.001193"})

    assert outcomes(again) == [ImportOutcome.UNCHANGED]
    assert outcomes(other) == [ImportOutcome.UPDATED]


async def test_texts_that_were_stored_with_double_spaces_are_no_other_product(
    any_uow: UnitOfWork,
) -> None:
    await run(any_uow, cells(scenes.PLAN))
    async with any_uow.begin() as tx:
        version = await tx.store(VERSIONS).get(f"{scenes.PLAN}@1")
        said = version.content
        version.content = replace(
            said,
            name_vi=said.name_vi.replace(" ", "  "),
            quality_criteria=tuple(f"{each}\u200b" for each in said.quality_criteria),
        )
        await tx.store(VERSIONS).save(version)

    report = await run(any_uow, cells(scenes.PLAN))

    assert [each.outcome for each in report.results] == [ImportOutcome.UNCHANGED]


async def test_a_changed_row_updates_the_draft_and_revises_what_is_published(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.published(uow)
    await scenes.draft(uow, "C.56.22363.2", scenes.named("Bản nháp"))

    report = await run(
        uow,
        cells(scenes.BIRTH, scenes.named("Khai sinh mới")),
        cells("C.56.22363.2", scenes.named("Bản nháp mới")),
    )

    assert outcomes(report) == [ImportOutcome.REVISED, ImportOutcome.UPDATED]
    assert (await scenes.stored(uow, f"{scenes.BIRTH}@1")).content.name_vi == "Đăng ký khai sinh"
    assert (await scenes.stored(uow, f"{scenes.BIRTH}@2")).content.name_vi == "Khai sinh mới"
    assert (await scenes.stored(uow, "C.56.22363.2@1")).content.name_vi == "Bản nháp mới"


async def test_one_bad_row_holds_all_back(uow: MemoryUnitOfWork) -> None:
    report = await run(uow, cells(scenes.BIRTH), cells("C.56.22363.2", points="năm"))

    assert (outcomes(report), report.written) == (
        [ImportOutcome.HELD_BACK, ImportOutcome.REFUSED],
        0,
    )
    assert await count(uow) == (0, 0)


async def test_bad_rows_are_skipped_when_asked(uow: MemoryUnitOfWork) -> None:
    report = await run(
        uow,
        cells("C.56.22363.2", points="năm"),
        cells(scenes.BIRTH),
        on_error=OnError.SKIP_BAD_ROWS,
    )

    assert (outcomes(report), report.written) == ([ImportOutcome.REFUSED, ImportOutcome.CREATED], 1)
    assert await count(uow) == (1, 1)


async def test_a_dry_run_says_the_same_and_writes_nothing(uow: MemoryUnitOfWork) -> None:
    report = await run(uow, cells(scenes.BIRTH), cells("C.56.22363.2", points="0"), dry_run=True)

    assert (outcomes(report), report.written) == ([ImportOutcome.CREATED, ImportOutcome.REFUSED], 0)
    assert await count(uow) == (0, 0)
    assert uow.outbox == []


@pytest.mark.parametrize(
    ("changes", "column", "value", "rule"),
    [
        ({"points": "năm"}, "points", "năm", None),
        ({"points": "101", "coefficient": ""}, "points", "101", "C-I7"),
        ({"coefficient": "3"}, "coefficient", "3", "C-I7"),
        ({"code": "C.01.1"}, "code", "C.01.1", "C-I6"),
        ({"code": "C.56.a"}, "code", "C.56.a", "C-I6"),
        ({"name_vi": ""}, "name_vi", "", None),
        ({"lead_days": "900"}, "lead_days", "900", None),
    ],
)
async def test_a_refused_row_names_column_value_and_rule(
    uow: MemoryUnitOfWork, changes: dict[str, str], column: str, value: str, rule: str | None
) -> None:
    report = await run(uow, cells(scenes.BIRTH, **changes))

    [result] = report.results
    assert result.problem is not None
    assert (result.row, result.problem.column, result.problem.value, result.problem.rule_id) == (
        2,
        column,
        value,
        rule,
    )


async def test_a_code_twice_in_one_sheet_is_refused_the_second_time(uow: MemoryUnitOfWork) -> None:
    report = await run(uow, cells(scenes.BIRTH), cells(scenes.BIRTH))

    assert outcomes(report) == [ImportOutcome.HELD_BACK, ImportOutcome.REFUSED]


async def test_what_is_under_decision_is_not_overwritten(uow: MemoryUnitOfWork) -> None:
    version = await scenes.submit(uow, await scenes.draft(uow))

    report = await run(uow, cells(scenes.BIRTH, scenes.named("Khác")))

    assert outcomes(report) == [ImportOutcome.REFUSED]
    assert await scenes.stored(uow, version.id) == version


async def test_C_I3_an_import_makes_its_importer_the_author(uow: MemoryUnitOfWork) -> None:
    await run(uow, cells(scenes.BIRTH), actor=EVERY_ROLE)
    version = await scenes.submit(uow, await scenes.stored(uow, f"{scenes.BIRTH}@1"))

    with pytest.raises(Forbidden) as refusal:
        await scenes.appraise(uow, version, EVERY_ROLE)

    assert refusal.value.rule_id == "C-I3"


async def test_C_I6_an_import_cannot_take_the_code_of_another_list(uow: MemoryUnitOfWork) -> None:
    await scenes.draft(uow)

    report = await run(
        uow,
        cells(scenes.BIRTH),
        actor=EVERY_ROLE,
        unit=OTHER_COMMUNE,
        on_error=OnError.SKIP_BAD_ROWS,
    )

    assert outcomes(report) == [ImportOutcome.REFUSED]
    assert await count(uow) == (1, 1)


async def test_C_I6_an_import_stays_in_the_units_of_its_province(uow: MemoryUnitOfWork) -> None:
    await facts.tell_units(uow, facts.HANOI_UNIT)

    for unit in (facts.HANOI_UNIT.unit_id, "unit_that_nobody_knows"):
        report = await run(uow, cells(scenes.BIRTH), actor=PROVINCE_EDITOR, unit=unit)
        assert outcomes(report) == [ImportOutcome.REFUSED]

    assert await count(uow) == (0, 0)


async def test_C_I9_a_retired_product_is_not_brought_back_by_an_import(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.published(uow)
    await scenes.retire(uow)

    report = await run(
        uow,
        cells(scenes.BIRTH, scenes.named("Lại")),
        cells(scenes.PLAN),
        on_error=OnError.SKIP_BAD_ROWS,
    )

    [retired, other] = report.results
    assert (retired.outcome, other.outcome) == (ImportOutcome.REFUSED, ImportOutcome.CREATED)
    assert retired.problem is not None
    assert retired.problem.rule_id == "C-I9"


@pytest.mark.parametrize("actor", [OTHER_EDITOR, APPRAISER, HEAD])
async def test_rows_of_anothers_list_are_refused(uow: MemoryUnitOfWork, actor: Actor) -> None:
    report = await run(
        uow,
        cells(scenes.BIRTH),
        cells(scenes.PLAN),
        actor=actor,
        province="56",
        unit=COMMUNE,
        on_error=OnError.SKIP_BAD_ROWS,
    )

    assert outcomes(report) == [ImportOutcome.REFUSED, ImportOutcome.REFUSED]
    assert await count(uow) == (0, 0)


async def test_an_import_needs_a_caller_and_rows(uow: MemoryUnitOfWork) -> None:
    with pytest.raises(Unauthenticated):
        await run(uow, cells(scenes.BIRTH), actor=ANONYMOUS)
    with pytest.raises(Invalid, match="1 to 500 rows"):
        await run(uow)
    with pytest.raises(Invalid, match="not 501"):
        await run(uow, *[cells(scenes.BIRTH)] * (importing.IMPORT_MAX_ROWS + 1))

    assert await count(uow) == (0, 0)
