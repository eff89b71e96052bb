"""Steps of a request about personal data, each as one call."""

from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from feedback import people
from feedback.scenes import new_key
from feedback_service.application.data_requests.commands import (
    AnswerDataRequest,
    FileDataRequest,
    WithdrawDataRequest,
    answer_data_request,
    file_data_request,
    withdraw_data_request,
)
from feedback_service.application.needs import Needs
from feedback_service.domain.data_requests.data_request import (
    DataRequest,
    DataRight,
    RefusalGround,
)

REASON = "Điều 10 Luật Bảo vệ dữ liệu cá nhân"


async def ask(
    uow: UnitOfWork, needs: Needs, owner_id: str, right: DataRight, *, name: str | None = None
) -> DataRequest:
    command = FileDataRequest(
        actor=people.CITIZEN,
        idempotency_key=new_key(),
        owner_id=owner_id,
        right=right,
        submitter_token=None,
        name=name,
        contact=None,
    )
    return await perform(file_data_request, command, uow, needs=needs)


async def reply(
    uow: UnitOfWork,
    needs: Needs,
    request: DataRequest,
    *,
    refused_because: RefusalGround | None = None,
    actor: Actor = people.BOARD,
) -> DataRequest:
    command = AnswerDataRequest(
        actor=actor,
        idempotency_key=new_key(),
        data_request_id=request.id,
        expected_revision=request.revision,
        refused_because=refused_because,
        reason=REASON,
    )
    return await perform(answer_data_request, command, uow, needs=needs)


async def withdraw(uow: UnitOfWork, needs: Needs, request: DataRequest) -> DataRequest:
    command = WithdrawDataRequest(
        actor=people.CITIZEN,
        idempotency_key=new_key(),
        data_request_id=request.id,
        expected_revision=request.revision,
        submitter_token=None,
    )
    return await perform(withdraw_data_request, command, uow, needs=needs)
