"""A change of the log's keys is told in the log itself: who trusts the old one learns the new one
from what the old one signed."""

from congvu_kit.application.perform import again
from congvu_kit.application.ports import In, Transaction, UnitOfWork
from congvu_kit.domain.log_entries import KEY_ANNOUNCED, KEY_WITHDRAWN
from feedback_service.application.collections import LOG_ENTRIES
from feedback_service.application.log.entries import append
from feedback_service.application.needs import LogSigner
from feedback_service.domain.log.entry import ActorClass, EntryType, PublicFact
from feedback_service.domain.log.keys import LogKeys

KEYS_MAX = 1000
"""Far more than there will be: one a year."""


async def tell_keys(uow: UnitOfWork, signer: LogSigner) -> bool:
    """Whether there was anything to tell. A log that never had another key says nothing."""
    keys = signer.keys
    told = await _told(uow.reading())
    if not _untold(keys, told):
        return False
    await _append(uow, keys)
    return True


@again
async def _append(uow: UnitOfWork, keys: LogKeys) -> None:
    async with uow.begin() as tx:
        facts = _untold(keys, await _told(tx))
        if facts:
            await append(tx, *facts)


async def _told(tx: Transaction) -> set[tuple[str, str]]:
    types = [EntryType.LOG_KEY_ANNOUNCED, EntryType.LOG_KEY_WITHDRAWN]
    entries = await tx.store(LOG_ENTRIES).select(In("type", types), limit=KEYS_MAX)
    return {(entry.type, entry.shown("verifier_key") or "") for entry in entries}


def _untold(keys: LogKeys, told: set[tuple[str, str]]) -> list[PublicFact]:
    """The oldest that signs is where the log began, or was told when it waited."""
    previous = keys.signing[-1]
    facts = [
        _fact(EntryType.LOG_KEY_ANNOUNCED, verifier_key=key, previous=previous)
        for key in [*keys.signing[:-1], *keys.waiting]
        if (KEY_ANNOUNCED, key) not in told
    ]
    return facts + [
        _fact(EntryType.LOG_KEY_WITHDRAWN, verifier_key=key)
        for key in keys.withdrawn
        if (KEY_WITHDRAWN, key) not in told
    ]


def _fact(type: EntryType, **fields: str) -> PublicFact:
    subject = f"log-key-{fields['verifier_key'].split('+')[1]}"
    return PublicFact(type=type, by=ActorClass.PLATFORM, subject=subject, fields=fields)
