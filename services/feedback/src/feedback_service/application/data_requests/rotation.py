"""Keys move under the newest of the service's own, so that an older one can be thrown away."""

from congvu_kit.application.perform import again
from congvu_kit.application.ports import AnyOf, Condition, Gte, Lt, UnitOfWork
from feedback_service.application.collections import PRIVATE_KEYS
from feedback_service.application.needs import Vault

BATCH = 200


async def rewrap(uow: UnitOfWork, vault: Vault) -> int:
    """Some of those under an older key; how many are left after it: with none, no older one but the
    first is needed any more."""
    if vault.newest is None:
        return 0
    older = _under_older(vault.newest)
    found = await uow.reading().store(PRIVATE_KEYS).select(*older, limit=BATCH)
    await _rewrap(uow, [each.id for each in found], vault)
    return await uow.reading().store(PRIVATE_KEYS).count(*older)


def _under_older(newest: str) -> list[Condition]:
    """Wrapped, and not under the newest; what was erased is wrapped no more."""
    after = newest[:-1] + chr(ord(newest[-1]) + 1)
    return [Gte("wrapped", ""), AnyOf([Lt("wrapped", newest), Gte("wrapped", after)])]


@again
async def _rewrap(uow: UnitOfWork, ids: list[str], vault: Vault) -> None:
    async with uow.begin() as tx:
        keys = [
            key
            for key in await tx.store(PRIVATE_KEYS).find_many(ids)
            if key is not None and key.wrapped is not None
        ]
        for key in keys:
            key.wrapped = vault.rewrap(key.wrapped or "", key.id)
        await tx.store(PRIVATE_KEYS).save_many(keys)
