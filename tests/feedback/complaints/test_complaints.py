"""Complaints: filed by citizens, handled by the unit, read by few."""

from dataclasses import replace
from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import ANONYMOUS, Participant
from congvu_kit.domain.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    Unauthenticated,
)
from feedback import people
from feedback.complaints.steps import S, assign, close, take_up
from feedback.scenes import (
    classify,
    complaint_filing,
    decide,
    everything,
    file,
    log_of,
    new_key,
    verdict,
)
from feedback_service.application.access import may_read_complaint, may_read_details
from feedback_service.application.complaints.filing import FileComplaint, file_complaint
from feedback_service.application.needs import Needs
from feedback_service.application.verdicts.commands import DiscloseSubmitter, disclose_submitter
from feedback_service.domain.common.texts import public_text
from feedback_service.domain.complaints.values import (
    Attachment,
    Disclosure,
)
from support.clock import FixedClock


async def test_an_assigned_complaint_is_taken_up_by_its_handler(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    classified = await classify(uow, needs, await file(uow, needs))

    with pytest.raises(Forbidden, match="person complained of"):
        await assign(uow, needs, classified, people.LAN_ID)
    with pytest.raises(Invalid, match="not appointed to this unit"):
        await assign(uow, needs, classified, "cs_nobody")
    assigned = await assign(uow, needs, classified, people.MINH_ID)
    with pytest.raises(Forbidden):
        await take_up(uow, needs, assigned, people.LAN)
    taken = await take_up(uow, needs, assigned, people.MINH)

    assert (taken.state, taken.handler) == (S.IN_PROGRESS, people.MINH_ID)
    assert Participant.of(people.MINH) in taken.handled_by


async def test_F_I3_the_person_complained_of_neither_handles_nor_reads_it(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    filed = await file(uow, needs)
    vault = needs.vault
    before = await everything(uow)

    for actor in (people.LAN_AS_MANAGER, people.EVERY_ROLE):
        with pytest.raises(Forbidden):
            await close(uow, needs, filed, S.CLOSED_NOT_COMPETENT, reason="x", actor=actor)
        assert not may_read_details(vault, actor, filed)

    assert may_read_complaint(vault, people.LAN, filed)
    assert not may_read_details(vault, people.LAN, filed)
    assert not may_read_details(vault, people.MINH, filed)
    assert may_read_details(vault, people.COUNTER_HEAD, filed)
    assert may_read_details(vault, people.CITIZEN, filed)
    assert not may_read_complaint(vault, people.OTHER_CITIZEN, filed)
    assert not may_read_complaint(vault, people.HANOI_BOARD, filed)
    assert not may_read_complaint(vault, ANONYMOUS, filed)
    assert await everything(uow) == before


async def test_F_I3_who_complained_is_disclosed_to_the_board_only_and_in_public(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    filed = await file(uow, needs)
    command = DiscloseSubmitter(
        actor=people.BOARD,
        idempotency_key=new_key(),
        complaint_id=filed.id,
        expected_revision=filed.revision,
        reason="Cần mời người phản ánh làm việc",
    )

    for actor in (people.COUNTER_HEAD, people.CHAIR, people.COUNTER_BOARD, people.HANOI_BOARD):
        with pytest.raises(Forbidden):
            await perform(disclose_submitter, replace(command, actor=actor), uow, needs=needs)
    shown = await perform(disclose_submitter, command, uow, needs=needs)

    assert shown.disclosures == (Disclosure(to="hoi-dong", on=date(2026, 8, 3)),)
    assert shown.disclosed_to("hoi-dong", date(2026, 8, 3))
    assert not shown.disclosed_to("hoi-dong", date(2026, 8, 4))
    assert not shown.disclosed_to("lan", date(2026, 8, 3))
    assert (await log_of(uow))[-1].type == "SUBMITTER_DISCLOSED"


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"dossier_code": None}, Invalid, "input.dossierCode"),
        ({"unit_id": people.COUNTER}, Invalid, "input.dossierCode"),
        ({"dossier_code": "H32-nope"}, NotFound, "input.dossierCode"),
        ({"dossier_code": None, "unit_id": "unit_nope"}, NotFound, "input.unitId"),
        (
            {"dossier_code": None, "unit_id": people.OTHER_WARD, "civil_servant_id": people.LAN_ID},
            Invalid,
            "input.civilServantId",
        ),
        ({"text": "  "}, Invalid, "input.text"),
        ({"name": "x" * 5000}, Invalid, "input.name"),
        (
            {"attachments": (Attachment(uri="https://a", sha256="xyz"),)},
            Invalid,
            "input.attachments.0.sha256",
        ),
        (
            {"attachments": (Attachment(uri="https://a", sha256="0" * 63),)},
            Invalid,
            "input.attachments.0.sha256",
        ),
        (
            {"attachments": (Attachment(uri="https://a", sha256="F" * 64),)},
            Invalid,
            "input.attachments.0.sha256",
        ),
        (
            {"attachments": (Attachment(uri=" ", sha256="0" * 64),)},
            Invalid,
            "input.attachments.0.uri",
        ),
        (
            {"attachments": (Attachment(uri="https://a", sha256="0" * 64),) * 11},
            Invalid,
            "input.attachments",
        ),
        ({"actor": people.COUNTER_HEAD}, Forbidden, None),
        ({"actor": ANONYMOUS}, Unauthenticated, None),
    ],
)
async def test_a_refused_filing_leaves_nothing(
    uow: MemoryUnitOfWork,
    needs: Needs,
    changes: dict[str, object],
    error: type[DomainError],
    field: str | None,
) -> None:
    before = await everything(uow)
    given = {**complaint_filing().__dict__, **changes}

    with pytest.raises(error) as refused:
        await perform(file_complaint, FileComplaint(**given), uow, needs=needs)

    assert refused.value.field == field
    assert await everything(uow) == before
    assert uow.outbox == []


@pytest.mark.parametrize(
    "summary",
    [
        "Bà Hoa, số 0905 123 456, phản ánh",
        "Liên hệ hoa@example.vn",
        "CCCD 056123456789 bị trả hồ sơ",
    ],
)
async def test_F_I2_public_text_names_nobody(
    uow: MemoryUnitOfWork, needs: Needs, summary: str
) -> None:
    complaint = await classify(uow, needs, await file(uow, needs))
    before = await everything(uow)

    with pytest.raises(Invalid, match="public text must not contain") as refused:
        await decide(uow, needs, replace(verdict(complaint), reason=summary))

    assert (refused.value.rule_id, refused.value.field) == ("F-I2", "input.reason")
    assert await everything(uow) == before


@pytest.mark.parametrize(
    "answer_text",
    [
        "Hồ sơ H32.31.07-260801-0001 đã trả ngày 03/08/2026",
        "Mã 000.00.31.H32-260801-0001, theo Nghị định 61/2018/NĐ-CP",
        "Phí 120.000.000 đồng, 12 tháng 2026, tầng 3 số 07",
    ],
)
def test_public_text_may_name_dossiers_dates_and_amounts(answer_text: str) -> None:
    assert public_text(f" {answer_text} ", field="input.answer") == answer_text


async def test_an_old_revision_is_a_conflict(uow: MemoryUnitOfWork, needs: Needs) -> None:
    filed = await file(uow, needs)
    await classify(uow, needs, filed)

    with pytest.raises(Conflict, match="revision"):
        await classify(uow, needs, filed)

    assert len(await log_of(uow)) == 2
