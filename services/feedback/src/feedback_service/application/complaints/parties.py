"""The two sides of a complaint: who filed it, and the unit complained of."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.errors import Forbidden, Invalid
from feedback_service.application.access import SUBMITTERS, require_submitter
from feedback_service.application.collections import COMPLAINTS
from feedback_service.application.copies.queries import (
    dossier_by_code,
    province_of,
    require_appointed,
    unit_path,
)
from feedback_service.application.log.entries import PUBLIC_LOG
from feedback_service.application.needs import Vault
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.log.entry import ActorClass

STAFF = (Role.UNIT_HEAD, Role.MANAGER)


@dataclass(frozen=True, kw_only=True)
class ComplaintCommand(RevisedCommand):
    turn: ClassVar[str] = PUBLIC_LOG

    complaint_id: str


def staff_class(actor: Actor) -> ActorClass:
    return ActorClass.UNIT_HEAD if actor.has(Role.UNIT_HEAD) else ActorClass.UNIT_STAFF


async def as_submitter(
    tx: Transaction, command: ComplaintCommand, token: str | None, vault: Vault
) -> Complaint:
    command.actor.require(*SUBMITTERS)
    complaint = await tx.store(COMPLAINTS).get(command.complaint_id)
    require_submitter(command.actor, token, complaint, vault)
    complaint.expect_revision(command.expected_revision)
    return complaint


async def as_staff(tx: Transaction, command: ComplaintCommand) -> tuple[Participant, Complaint]:
    """Who acts for the unit, and the complaint."""
    command.actor.require(*STAFF)
    return Participant.of(command.actor), await _of_their_unit(tx, command)


async def as_handler(tx: Transaction, command: ComplaintCommand) -> tuple[Participant, Complaint]:
    """The unit's staff, or the person it was assigned to."""
    command.actor.require(*STAFF, Role.OFFICER)
    complaint = await _of_their_unit(tx, command)
    if not command.actor.has(*STAFF) and command.actor.officer != complaint.handler:
        raise Forbidden(
            en="it is assigned to somebody else", vi="Phản ánh này được giao cho người khác xử lý."
        )
    return Participant.of(command.actor), complaint


async def _of_their_unit(tx: Transaction, command: ComplaintCommand) -> Complaint:
    complaint = await tx.store(COMPLAINTS).get(command.complaint_id)
    complaint.require_unit_staff(command.actor)
    complaint.expect_revision(command.expected_revision)
    return complaint


async def complained_of(
    tx: Transaction, dossier_code: str | None, unit_id: str | None, civil_servant_id: str | None
) -> tuple[tuple[str, ...], str | None, tuple[str, ...]]:
    """The unit (and those above it), the person: of the dossier, or as they are named; and who
    else handled the dossier."""
    if (dossier_code is None) == (unit_id is None):
        raise Invalid(
            en="name either a dossier or a unit",
            vi="Vui lòng nêu mã hồ sơ hoặc đơn vị, một trong hai.",
            field="input.dossierCode",
        )
    if dossier_code is not None:
        dossier = await dossier_by_code(tx, dossier_code, field="input.dossierCode")
        first = civil_servant_id or dossier.civil_servant_id
        return dossier.unit_path, first, tuple(sorted(dossier.officers - {first}))
    path = await unit_path(tx, unit_id or "", field="input.unitId")
    if civil_servant_id is not None:
        await require_appointed(tx, civil_servant_id, path[0], field="input.civilServantId")
    return path, civil_servant_id, ()


async def require_earlier(tx: Transaction, complaint: Complaint, id: str | None) -> None:
    other = await tx.store(COMPLAINTS).find(id or "")
    same_unit = other is not None and other.unit_id == complaint.unit_id
    if other is None or not same_unit or other.filed_at >= complaint.filed_at:
        raise Invalid(
            en="a duplicate names an earlier complaint about the same unit",
            vi="Kết thúc do trùng lặp phải nêu phản ánh gửi trước về cùng đơn vị.",
            field="input.duplicateOf",
        )


async def require_same_province(tx: Transaction, complaint: Complaint, unit_id: str) -> None:
    """What another province's answers, and who it is, is for the unit to tell the complainant."""
    if await province_of(tx, unit_id) != complaint.province:
        raise Invalid(
            en="a unit of another province: close it as CLOSED_NOT_COMPETENT and say whose it is",
            vi="Đơn vị thuộc tỉnh khác. Vui lòng kết thúc do không thuộc thẩm quyền và nêu "
            "nơi có thẩm quyền.",
            field="input.unitId",
        )
