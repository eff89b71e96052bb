"""Asking about one's own data, answering, and taking the request back."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.personal_numbers import SealedText
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.sizes import require_room
from feedback_service.application.access import SUBMITTERS, require_submitter
from feedback_service.application.collections import (
    CIVIL_SERVANTS,
    COMPLAINTS,
    DATA_REQUESTS,
    PRIVATE_KEYS,
    SUBMISSIONS,
)
from feedback_service.application.copies.queries import working_days
from feedback_service.application.log.entries import PUBLIC_LOG, append_one
from feedback_service.application.needs import Erasures, Vault
from feedback_service.application.submissions.erasures import erase
from feedback_service.application.submissions.private_data import (
    correct_private_data,
    seal_private_data,
)
from feedback_service.domain.common.outsiders import require_outsider
from feedback_service.domain.common.private_data import RememberedErasure
from feedback_service.domain.common.texts import public_text, text
from feedback_service.domain.data_requests.data_request import (
    ANSWER_DAYS,
    HOLDING,
    REQUESTS_MAX,
    DataRequest,
    DataRequestState,
    DataRight,
    RefusalGround,
)
from feedback_service.domain.log.entry import ActorClass, EntryType, PublicFact

CORRECTABLE = ("name", "contact")
"""What one tells of oneself. What was said stays as it was said."""


@dataclass(frozen=True, kw_only=True)
class FileDataRequest(Command):
    operation: ClassVar[str] = "file_data_request"
    turn: ClassVar[str] = PUBLIC_LOG

    owner_id: str
    right: DataRight
    submitter_token: SealedText | None
    name: SealedText | None
    contact: SealedText | None


async def file_data_request(
    command: FileDataRequest, tx: Transaction, *, vault: Vault
) -> DataRequest:
    """By who sent it, with their own token or through the portal that verified them."""
    command.actor.require(*SUBMITTERS)
    submission = await tx.store(SUBMISSIONS).find(command.owner_id)
    owner = submission or await tx.store(COMPLAINTS).get(command.owner_id)
    require_submitter(command.actor, command.submitter_token, owner, vault)
    await _require_new(tx, owner.id, command.right)
    today = business_date(tx.now)
    request = DataRequest(
        id=new_id("dreq"),
        owner_id=owner.id,
        province=owner.province,
        unit_id=owner.unit_id,
        unit_path=owner.unit_path,
        officers=tuple(sorted(owner.officers)),
        person=owner.person,
        salt=owner.salt,
        right=command.right,
        filed_on=today,
        answer_by=(await working_days(owner.province, tx)).after(today, ANSWER_DAYS),
    )
    corrected = _corrected(command)
    if corrected:
        named = {f"{request.id}_{name}": value for name, value in corrected.items()}
        await seal_private_data(tx, vault, owner.id, named)
    request.log_sequence = await tell(
        tx,
        request,
        EntryType.DATA_REQUEST_FILED,
        ActorClass.SUBMITTER,
        right=request.right,
        answer_by=request.answer_by.isoformat(),
    )
    await tx.store(DATA_REQUESTS).save(request)
    return request


async def _require_new(tx: Transaction, owner_id: str, right: DataRight) -> None:
    earlier = await tx.store(DATA_REQUESTS).select(Eq("owner_id", owner_id))
    require_room(
        earlier,
        REQUESTS_MAX,
        en="requests about one submission or complaint",
        vi="yêu cầu về một ý kiến hoặc phản ánh",
    )
    waiting = {each.right for each in earlier if each.state is DataRequestState.RECEIVED}
    if right in waiting:
        raise Conflict(
            en="the same was asked already and is not answered yet",
            vi="Đã có yêu cầu như vậy và đang chờ trả lời.",
            field="input.right",
        )


def _corrected(command: FileDataRequest) -> dict[str, str]:
    given = {"name": command.name, "contact": command.contact}
    corrected = {
        name: text(value, field=f"input.{name}")
        for name, value in given.items()
        if value is not None
    }
    if bool(corrected) is not (command.right is DataRight.CORRECT):
        raise Invalid(
            en="a correction, and nothing else, says the right name or contact",
            vi="Yêu cầu chỉnh sửa phải nêu họ tên hoặc liên hệ đúng; yêu cầu khác không nêu.",
            field="input.name",
        )
    return corrected


@dataclass(frozen=True, kw_only=True)
class AnswerDataRequest(RevisedCommand):
    operation: ClassVar[str] = "answer_data_request"
    turn: ClassVar[str] = PUBLIC_LOG

    data_request_id: str
    refused_because: RefusalGround | None
    reason: str


async def answer_data_request(
    command: AnswerDataRequest, tx: Transaction, *, vault: Vault, erasures: Erasures
) -> DataRequest:
    """By the board, from outside the unit: granted, or refused on one of the law's grounds."""
    subject = command.actor.require(Role.REVIEW_BOARD)
    request = await tx.store(DATA_REQUESTS).get(command.data_request_id)
    decider = await tx.store(CIVIL_SERVANTS).find(command.actor.officer or "")
    appointed = decider.unit_ids if decider else ()
    require_outsider(command.actor, request, request.officers, appointed)
    request.expect_revision(command.expected_revision)
    reason = public_text(command.reason, field="input.reason")
    request.answer(
        ground=command.refused_because, reason=reason, by=subject, on=business_date(tx.now)
    )
    await carry_out(tx, request, ActorClass.REVIEW_BOARD, vault=vault, erasures=erasures)
    return request


async def carry_out(
    tx: Transaction, request: DataRequest, by: ActorClass, *, vault: Vault, erasures: Erasures
) -> None:
    """Tell the answer, and do what was granted."""
    outcome = {"right": request.right.value, "outcome": request.state.value}
    ground = {"ground": request.ground.value} if request.ground else {}
    reason = {"reason": request.reason} if request.reason else {}
    await tell(tx, request, EntryType.DATA_REQUEST_ANSWERED, by, **outcome, **ground, **reason)
    await tx.store(DATA_REQUESTS).save(request)
    if request.state is not DataRequestState.GRANTED:
        return
    if request.right is DataRight.CORRECT:
        await correct_private_data(tx, vault, request.owner_id, request.id, CORRECTABLE)
    if request.right in HOLDING:
        await _hold(tx, request, held=True)
    if request.right is DataRight.ERASE:
        erasure = RememberedErasure(
            owner_id=request.owner_id,
            province=request.province,
            by=by,
            legal_basis=request.reason or "yêu cầu của chủ thể dữ liệu",
        )
        await erase(tx, erasure, erasures)


@dataclass(frozen=True, kw_only=True)
class WithdrawDataRequest(RevisedCommand):
    operation: ClassVar[str] = "withdraw_data_request"
    turn: ClassVar[str] = PUBLIC_LOG

    data_request_id: str
    submitter_token: SealedText | None


async def withdraw_data_request(
    command: WithdrawDataRequest, tx: Transaction, *, vault: Vault
) -> DataRequest:
    """By who asked: before the answer, or to let a restriction end."""
    command.actor.require(*SUBMITTERS)
    request = await tx.store(DATA_REQUESTS).get(command.data_request_id)
    require_submitter(command.actor, command.submitter_token, request, vault)
    request.expect_revision(command.expected_revision)
    lifted = request.withdraw(business_date(tx.now))
    await tell(
        tx,
        request,
        EntryType.DATA_REQUEST_WITHDRAWN,
        ActorClass.SUBMITTER,
        right=request.right,
    )
    await tx.store(DATA_REQUESTS).save(request)
    if lifted:
        await _hold(tx, request, held=False)
    return request


async def _hold(tx: Transaction, request: DataRequest, *, held: bool) -> None:
    """Another request that holds the same data goes on holding it."""
    key = await tx.store(PRIVATE_KEYS).find(request.owner_id)
    if key is None:
        return
    others = {*key.held_by} - {request.id}
    key.held_by = tuple(sorted(others | ({request.id} if held else set())))
    await tx.store(PRIVATE_KEYS).save(key)


async def tell(
    tx: Transaction, request: DataRequest, type: EntryType, by: ActorClass, **fields: str
) -> int:
    """In the story of what the request is about; the number of the entry."""
    where = {"province": request.province, "unit": request.unit_id}
    fact = PublicFact(type=type, by=by, subject=request.owner_id, fields={**where, **fields})
    return await append_one(tx, fact)
