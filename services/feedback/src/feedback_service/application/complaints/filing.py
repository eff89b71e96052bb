"""Filing a complaint: what is wrong, and with whom."""

import secrets
from dataclasses import dataclass
from typing import Annotated, ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.personal_numbers import SEALED, SealedText
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.ids import new_id
from feedback_service.application.access import SUBMITTERS, submitter
from feedback_service.application.collections import COMPLAINTS
from feedback_service.application.complaints.parties import (
    complained_of,
)
from feedback_service.application.complaints.texts import private_texts
from feedback_service.application.copies.queries import province_of, working_days
from feedback_service.application.indexes.figures import officer_mark
from feedback_service.application.log.entries import PUBLIC_LOG, log
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.private_data import seal_private_data
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import (
    Attachment,
    Terms,
)
from feedback_service.domain.log.entry import SALT_BYTES, ActorClass, EntryType
from feedback_service.domain.submissions.submission import Channel, SubmitterType


@dataclass(frozen=True, kw_only=True)
class GivenComplaint:
    """About a dossier, or about a unit and perhaps one of its people."""

    dossier_code: str | None
    unit_id: str | None
    civil_servant_id: str | None
    submitter_token: SealedText | None
    submitter_type: SubmitterType
    channel: Channel
    text: SealedText
    name: SealedText | None
    contact: SealedText | None
    attachments: Annotated[tuple[Attachment, ...], SEALED]


@dataclass(frozen=True, kw_only=True)
class FileComplaint(GivenComplaint, Command):
    operation: ClassVar[str] = "file_complaint"
    turn: ClassVar[str] = PUBLIC_LOG


async def file_complaint(
    command: FileComplaint, tx: Transaction, *, vault: Vault, terms: Terms
) -> Complaint:
    command.actor.require(*SUBMITTERS)
    return await file(command, command.actor, tx, vault=vault, terms=terms)


async def file(
    given: GivenComplaint, actor: Actor, tx: Transaction, *, vault: Vault, terms: Terms
) -> Complaint:
    """Refused, it leaves nothing behind."""
    path, civil_servant_id, others = await complained_of(
        tx, given.dossier_code, given.unit_id, given.civil_servant_id
    )
    province = await province_of(tx, path[0])
    token = submitter(actor, given.submitter_token, province=province)
    plain = private_texts(
        given.text,
        name=given.name,
        contact=given.contact,
        attachments=given.attachments,
    )
    salt, today = secrets.token_hex(SALT_BYTES), business_date(tx.now)
    complaint = Complaint(
        id=new_id("cpl"),
        province=province,
        unit_id=path[0],
        unit_path=path,
        civil_servant_id=civil_servant_id,
        other_officers=others,
        dossier_code=given.dossier_code,
        channel=given.channel,
        submitter_type=given.submitter_type,
        person=vault.person(salt, token),
        salt=salt,
        terms=terms,
        filed_on=today,
        filed_at=tx.now,
        answer_by=today,
        due_on=today,
        log_sequence=0,
    )
    complaint.begin(await working_days(province, tx))
    await _announce(tx, complaint, vault)
    await seal_private_data(tx, vault, complaint.id, plain)
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def _announce(tx: Transaction, complaint: Complaint, vault: Vault) -> None:
    officers = sorted(officer_mark(vault, each) for each in complaint.officers)
    complaint.log_sequence = await log(
        tx,
        complaint,
        EntryType.COMPLAINT_FILED,
        ActorClass.SUBMITTER,
        channel=complaint.channel,
        on=complaint.filed_on.isoformat(),
        answer_by=complaint.answer_by.isoformat(),
        path=",".join(complaint.unit_path),
        **({"officers": ",".join(officers)} if officers else {}),
    )
    complaint.file()
