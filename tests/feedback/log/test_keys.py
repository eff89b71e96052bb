"""The log's key is replaced: who trusts one of its keys learns the others from what it signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.notes import verifier_key_of
from congvu_kit.service.app import Runtime
from congvu_kit.tools.log_export import Export
from congvu_kit.tools.log_verification import Broken
from feedback.log.exports import check, exported
from feedback.log.steps import filled
from feedback.scenes import ORIGIN, SIGNING_KEY, MemoryHeads, log_of, make_needs
from feedback_service.adapters.crypto.log_signer import RememberingSigner, SigningKeys
from feedback_service.adapters.graphql.schema import schema
from feedback_service.adapters.workers import sign_log
from support.graph import Graph

OLD, NEW = SIGNING_KEY, Ed25519PrivateKey.from_private_bytes(b"n" * 32)
STRANGER = Ed25519PrivateKey.from_private_bytes(b"x" * 32)


def name(key: Ed25519PrivateKey) -> str:
    return verifier_key_of(ORIGIN, key.public_key().public_bytes_raw())


@dataclass
class Log:
    """One that is written to and signed, with whatever keys lie there at the time."""

    uow: MemoryUnitOfWork
    keys: SigningKeys = field(default_factory=lambda: SigningKeys([OLD]))

    def __post_init__(self) -> None:
        signer = RememberingSigner(ORIGIN, lambda: self.keys, MemoryHeads())
        self.needs = replace(make_needs(), signer=signer)

    async def grow(self, keys: SigningKeys) -> str:
        """The newest checkpoint."""
        self.keys = keys
        await filled(self.uow, 2)
        await sign_log(Runtime(uow=self.uow, needs=self.needs))
        return (await self.export()).notes[0]

    async def export(self) -> Export:
        return await exported(Graph(schema, self.uow, needs=self.needs))

    async def told(self) -> Sequence[tuple[str, str | None]]:
        entries = [each for each in await log_of(self.uow) if each.type.startswith("LOG_KEY")]
        return [(each.type, each.shown("verifier_key")) for each in entries]


WITHDRAWN = [OLD.public_key().public_bytes_raw()]
STEPS = {
    "add": SigningKeys([OLD], waiting=[NEW]),
    "use": SigningKeys([NEW, OLD]),
    "retire": SigningKeys([NEW], withdrawn=WITHDRAWN),
}


@pytest.fixture
def log(uow: MemoryUnitOfWork) -> Log:
    return Log(uow)


async def test_each_step_is_told_once(log: Log) -> None:
    await log.grow(SigningKeys([OLD]))
    assert await log.told() == []

    for keys in STEPS.values():
        await log.grow(keys)
        await log.grow(keys)

    assert await log.told() == [("LOG_KEY_ANNOUNCED", name(NEW)), ("LOG_KEY_WITHDRAWN", name(OLD))]


async def test_every_head_stays_verifiable_by_either_key(log: Log) -> None:
    notes = [await log.grow(SigningKeys([OLD]))]
    notes += [await log.grow(keys) for keys in STEPS.values()]

    export = replace(await log.export(), notes=notes)

    assert [check(export, name(each)).checkpoints for each in (OLD, NEW)] == [4, 4]
    with pytest.raises(Broken, match="no signature of"):
        check(export, name(STRANGER))


async def test_a_key_that_nothing_trusted_tells_of_is_not_believed(log: Log) -> None:
    """Somebody with another key signs on alone: no head of the old one covers that."""
    notes = [await log.grow(SigningKeys([OLD])), await log.grow(SigningKeys([STRANGER]))]

    with pytest.raises(Broken, match="no signature of"):
        check(replace(await log.export(), notes=notes), name(OLD))


async def test_a_withdrawn_key_signs_nothing_more(log: Log) -> None:
    notes = [await log.grow(keys) for keys in STEPS.values()]
    notes.append(await log.grow(SigningKeys([OLD])))

    with pytest.raises(Broken, match="has a withdrawn key only"):
        check(replace(await log.export(), notes=notes), name(NEW))
