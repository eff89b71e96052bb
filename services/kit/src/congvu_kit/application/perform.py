"""Runs one use case: one transaction, once per idempotency key, again when the store says so."""

from collections.abc import Awaitable, Callable
from typing import Any, NoReturn, TypeVar

from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from congvu_kit.application.commands import (
    C,
    Command,
    P,
    R,
    RevisedCommand,
    Turns,
    UseCase,
    answer_of,
    bound,
)
from congvu_kit.application.documents import adapter
from congvu_kit.application.numbers import require_bounded
from congvu_kit.application.personal_numbers import refuse_citizen_numbers
from congvu_kit.application.ports import Answered, Transaction, UnitOfWork
from congvu_kit.application.times import refuse_future
from congvu_kit.domain.canonical import fingerprint
from congvu_kit.domain.errors import IdempotencyMismatch, Invalid, Transient

__all__ = ["Command", "RevisedCommand", "again", "perform", "transact"]

KEY_MAX_CHARS = 200
"""Longest idempotency key; room for a UUID behind any prefix a client likes."""

ATTEMPTS = 8
"""Runs of one step before a transient failure reaches the caller as UNAVAILABLE."""

again = retry(
    retry=retry_if_exception_type(Transient),
    stop=stop_after_attempt(ATTEMPTS),
    wait=wait_random_exponential(multiplier=0.02, max=1.0),
    reraise=True,
)
"""Runs a whole transaction again after a transient failure, at growing random distances."""

S = TypeVar("S")


async def transact(uow: UnitOfWork, step: Callable[[Transaction], Awaitable[S]]) -> S:
    """`step` in one transaction, again after a transient failure."""

    @again
    async def once() -> S:
        async with uow.begin() as tx:
            return await step(tx)

    return await once()


async def perform(
    use_case: UseCase[C, P, R],
    command: C,
    uow: UnitOfWork,
    *,
    needs: object = None,
    turns: Turns | None = None,
) -> R:
    """Run `use_case` in one transaction and return what it answers.

    The key is scoped to the caller and the operation. The same key and body gives the first answer
    again; another body raises `IdempotencyMismatch`; of two calls at once one takes effect and
    both get its answer. A refused call stores nothing, so it may be tried again under its key; nor
    does a rehearsal.
    """
    key = _scoped_key(command)
    require_bounded(command)
    body = _fingerprint(command, key)
    answers = adapter(answer_of(use_case))
    run = bound(use_case, needs)

    @again
    async def once() -> R:
        async with uow.begin() as tx:
            earlier = await tx.answered(key)
            if earlier is not None:
                repeated: R = answers.validate_python(_same(earlier, body).answer)
                return repeated
            result = await run(command, tx)
            # Last, so that who may not, and the rules of the case, speak first.
            refuse_future(command, tx.now)
            refuse_citizen_numbers(command)
            if command.rehearsal:
                await _end(tx, result)
            stored = answers.dump_python(result, mode="json")
            await tx.remember(key, Answered(fingerprint=body, answer=stored))
        return result

    async with (turns or Turns()).take(command.turn):
        return await _rehearsed_or(once())


class _Rehearsed(Exception):
    """Ends a transaction that was a rehearsal, with what it would have answered."""


async def _end(rehearsal: Transaction, result: object) -> NoReturn:
    await rehearsal.settle()
    raise _Rehearsed(result)


async def _rehearsed_or(answer: Awaitable[R]) -> R:
    try:
        return await answer
    except _Rehearsed as rehearsed:
        found: R = rehearsed.args[0]
        return found


def _scoped_key(command: Command) -> str:
    subject = command.actor.subject or ""
    if not 0 < len(command.idempotency_key) <= KEY_MAX_CHARS:
        raise Invalid(
            en=f"idempotencyKey must be 1 to {KEY_MAX_CHARS} characters",
            vi=f"Mã chống gửi trùng phải có từ 1 đến {KEY_MAX_CHARS} ký tự.",
            field="input.idempotencyKey",
        )
    # Hashed, since a stored key would tell who sent what long after the text was erased.
    return fingerprint([subject, command.operation, command.idempotency_key])


def _fingerprint(command: Command, key: str) -> str:
    """Bound to the key, so that equal bodies of different calls cannot be told to be equal."""
    body: Any = adapter(type(command)).dump_python(
        command, mode="json", exclude={"actor", "idempotency_key"}
    )
    return fingerprint([key, body])


def _same(earlier: Answered, body: str) -> Answered:
    if earlier.fingerprint != body:
        raise IdempotencyMismatch(
            en="this idempotencyKey was used for another request",
            vi="Mã chống gửi trùng này đã dùng cho yêu cầu khác. Vui lòng gửi lại với mã mới.",
            field="input.idempotencyKey",
        )
    return earlier
