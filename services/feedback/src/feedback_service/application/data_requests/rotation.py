"""Keys move under the one of the service's own that wraps now; others can be thrown away then."""

from congvu_kit.application.perform import again
from congvu_kit.application.ports import AnyOf, Condition, Gte, Lt, UnitOfWork
from feedback_service.application.collections import PRIVATE_KEYS
from feedback_service.application.needs import Vault

BATCH = 200


async def rewrap(uow: UnitOfWork, vault: Vault) -> tuple[int, int]:
    """How many of those under another key were moved, and how many are left after it: with none, no
    other key is needed any more. Whoever stops in between, goes on where it was."""
    if not vault.newest:
        return 0, 0
    elsewhere = _elsewhere(vault.newest)
    found = await uow.reading().store(PRIVATE_KEYS).select(*elsewhere, limit=BATCH)
    # One that is under a later key was moved by a replica that has read its files already.
    older = [each.id for each in found if _number(each.wrapped) < _number(vault.newest)]
    moved = await _rewrap(uow, older, vault) if older else 0
    return moved, await uow.reading().store(PRIVATE_KEYS).count(*elsewhere)


def _elsewhere(newest: str) -> list[Condition]:
    """Wrapped, and not under this one; what was erased is wrapped no more."""
    after = newest[:-1] + chr(ord(newest[-1]) + 1)
    return [Gte("wrapped", ""), AnyOf([Lt("wrapped", newest), Gte("wrapped", after)])]


def _number(wrapped: str | None) -> int:
    """Of the key it is under; the first writes none."""
    number, colon, _ = (wrapped or "").partition(":")
    return int(number) if colon else 1


@again
async def _rewrap(uow: UnitOfWork, ids: list[str], vault: Vault) -> int:
    async with uow.begin() as tx:
        keys = [
            key
            for key in await tx.store(PRIVATE_KEYS).find_many(ids)
            if key is not None and key.wrapped is not None
        ]
        for key in keys:
            key.wrapped = vault.rewrap(key.wrapped or "", key.id)
        await tx.store(PRIVATE_KEYS).save_many(keys)
    return len(keys)
