"""Runs one use case: one transaction, once per idempotency key, again when the store says so."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import rfc8785
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from congvu_kit.application.documents import adapter
from congvu_kit.application.ports import Answered, Transaction, UnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import IdempotencyMismatch, Invalid, Transient

KEY_MAX_CHARS = 200
"""Longest idempotency key; room for a UUID behind any prefix a client likes."""

ATTEMPTS = 8
"""Runs of one step before a transient failure reaches the caller as UNAVAILABLE."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """What somebody asks for. The rest of its fields are the body the key stands for."""

    actor: Actor
    idempotency_key: str


C = TypeVar("C", bound=Command)
R = TypeVar("R")

again = retry(
    retry=retry_if_exception_type(Transient),
    stop=stop_after_attempt(ATTEMPTS),
    wait=wait_random_exponential(multiplier=0.02, max=1.0),
    reraise=True,
)
"""Runs a whole transaction again after a transient failure, at growing random distances."""


async def perform(
    use_case: Callable[[C, Transaction], Awaitable[R]],
    command: C,
    uow: UnitOfWork,
    answer: type[R],
) -> R:
    """Run `use_case` in one transaction and return what it answers.

    The key is scoped to the caller and the use case. The same key and body gives the first answer
    again; another body raises `IdempotencyMismatch`; of two calls at once one takes effect and
    both get its answer. A refused call stores nothing, so it may be tried again under its key.
    """
    name = use_case.__name__
    key = _scoped_key(command, name)
    fingerprint = _fingerprint(command, key)

    @again
    async def once() -> R:
        async with uow.begin() as tx:
            earlier = await tx.answered(key)
            if earlier is not None:
                return _repeat(earlier, fingerprint, answer)
            result = await use_case(command, tx)
            stored = adapter(answer).dump_python(result, mode="json")
            await tx.remember(key, Answered(fingerprint=fingerprint, answer=stored))
        return result

    return await once()


def _scoped_key(command: Command, name: str) -> str:
    subject = command.actor.subject or ""
    if not 0 < len(command.idempotency_key) <= KEY_MAX_CHARS:
        raise Invalid(
            en=f"idempotencyKey must be 1 to {KEY_MAX_CHARS} characters",
            vi=f"idempotencyKey phải có 1 đến {KEY_MAX_CHARS} ký tự",
            field="input.idempotencyKey",
        )
    # Hashed, since a stored key would tell who sent what long after the text was erased.
    return _digest([subject, name, command.idempotency_key])


def _fingerprint(command: Command, key: str) -> str:
    """Bound to the key, so that equal bodies of different calls cannot be told to be equal."""
    body = adapter(type(command)).dump_python(
        command, mode="json", exclude={"actor", "idempotency_key"}
    )
    return _digest([key, body])


def _digest(value: list[Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def _repeat(earlier: Answered, fingerprint: str, answer: type[R]) -> R:
    if earlier.fingerprint != fingerprint:
        raise IdempotencyMismatch(
            en="this idempotencyKey was used for another request",
            vi="idempotencyKey này đã dùng cho một yêu cầu khác",
            field="input.idempotencyKey",
        )
    result: R = adapter(answer).validate_python(earlier.answer)
    return result
