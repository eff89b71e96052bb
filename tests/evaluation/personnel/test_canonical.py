"""One person is one person, however the number is written: `P6`, `P6 `, with what nobody sees."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Collection, Eq, UnitOfWork
from congvu_kit.domain.text import canonical_text
from evaluation import scenes
from evaluation.people import HRM, ref
from evaluation_service.application.collections import POSITIONS, SERVANTS, UNITS
from evaluation_service.application.imports.directory import keep_refs
from evaluation_service.application.imports.rows import RowOutcome
from evaluation_service.application.keys import REF
from evaluation_service.application.personnel.queries import servant_by_ref, unit_by_ref
from evaluation_service.domain.personnel.lives import ExternalRef
from evaluation_service.domain.personnel.servants import CivilServant, new_servant

SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "a space after": lambda text: f"{text} ",
    "a space before": lambda text: f" {text}",
    "a tab and a line": lambda text: f"\t{text}\n",
    "a space that does not break": lambda text: f"{text}\u00a0",
    "a zero-width space": lambda text: f"{text[:1]}\u200b{text[1:]}",
    "a byte order mark": lambda text: f"\ufeff{text}",
    "a soft hyphen": lambda text: f"{text[:2]}\u00ad{text[2:]}",
    "letters with marks apart": lambda text: unicodedata.normalize("NFD", text),
    "two spaces within": lambda text: text.replace(" ", "  "),
}
TEXT = "CB-Ổ 6"


@pytest.mark.parametrize("how", SPELLINGS)
def test_every_spelling_has_one_form(how: str) -> None:
    assert canonical_text(SPELLINGS[how](TEXT)) == TEXT


@pytest.mark.parametrize("how", SPELLINGS)
async def test_every_spelling_is_one_unit_position_and_person(
    uow: MemoryUnitOfWork, how: str
) -> None:
    spelt = SPELLINGS[how]

    unit = replace(scenes.UNITS[0], external_ref=ref(TEXT), code=TEXT, name=TEXT)
    position = replace(scenes.POSITIONS[0], code=TEXT, title=TEXT)
    post = replace(scenes.appointment_row("", TEXT), unit_ref=ref(TEXT))
    person = replace(scenes.person_row("", TEXT, post), external_ref=ref(TEXT))
    first = await scenes.sync(uow, units=[unit], positions=[position], people=[person])
    assert first.refused == 0

    other = ExternalRef(system=spelt("hrm.khanhhoa"), id=spelt(TEXT))
    again = await scenes.sync(
        uow,
        units=[replace(unit, external_ref=other, code=spelt(TEXT), name=spelt(TEXT))],
        positions=[replace(position, code=spelt(TEXT), title=spelt(TEXT))],
        people=[
            replace(
                person,
                external_ref=other,
                full_name=spelt(TEXT),
                appointments=(replace(post, unit_ref=other, position_code=spelt(TEXT)),),
            )
        ],
    )

    assert [each.outcome for each in again.results] == [RowOutcome.UNCHANGED] * 3
    assert [each.id for each in again.results] == [each.id for each in first.results]
    tx = uow.reading()
    found = await servant_by_ref(HRM, tx, other, scenes.TODAY)
    assert found is not None
    assert found.id == first.results[2].id
    by_ref = await unit_by_ref(tx, other, scenes.TODAY)
    assert by_ref is not None
    assert by_ref.id == first.results[0].id


async def test_what_was_stored_before_keys_were_is_found_in_every_spelling(
    any_uow: UnitOfWork,
) -> None:
    """It keeps its id and its name, and tells no event."""
    dirty = ExternalRef(system="hrm.khanhhoa", id="P6 ")
    await scenes.sync(any_uow, units=scenes.UNITS, positions=scenes.POSITIONS)
    async with any_uow.begin() as tx:
        old = new_servant(dirty, "Nguyễn  Văn Sáu", "56")
        await tx.store(Collection(SERVANTS.name, CivilServant)).save(old)

    async with any_uow.begin() as tx:
        assert await keep_refs(tx)
    async with any_uow.begin() as tx:
        assert not await keep_refs(tx)
    row = scenes.person_row("P6", "Nguyễn Văn Sáu", scenes.appointment_row("H32.31.07", "HO-TICH"))
    report = await scenes.sync(any_uow, people=[row])

    assert (report.results[0].id, report.results[0].changed_fields) == (
        dirty.ours("cs"),
        ("appointments",),
    )
    assert await any_uow.reading().store(SERVANTS).count() == 1


@pytest.mark.parametrize("collection", [UNITS, POSITIONS, SERVANTS], ids=lambda each: each.name)
async def test_each_collection_gets_its_keys(
    uow: MemoryUnitOfWork, collection: Collection[Any]
) -> None:
    await scenes.sync(uow, units=scenes.UNITS, positions=scenes.POSITIONS, people=scenes.PEOPLE)
    bare = Collection(collection.name, collection.kind)
    async with uow.begin() as tx:
        for each in await tx.store(bare).select():
            await tx.store(bare).save(each)
    before = len(uow.outbox)

    async with uow.begin() as tx:
        assert await keep_refs(tx)

    assert await uow.reading().store(collection).count(Eq(REF, None)) == 0
    assert len(uow.outbox) == before
