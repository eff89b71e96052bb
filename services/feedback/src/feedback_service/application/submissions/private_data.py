"""Personal data, sealed under a key of its own for each owner (F-I2)."""

from collections.abc import Mapping, Sequence

from congvu_kit.application.ports import Transaction
from feedback_service.application.collections import PRIVATE_KEYS, PRIVATE_RECORDS
from feedback_service.application.needs import Vault
from feedback_service.domain.common.private_data import PrivateKey, PrivateRecord


async def seal_private_data(
    tx: Transaction, vault: Vault, owner: str, plain: Mapping[str, str]
) -> None:
    """Adds to what is there. After an erasure nothing is sealed any more."""
    keys, records = tx.store(PRIVATE_KEYS), tx.store(PRIVATE_RECORDS)
    key, record = await keys.find(owner), await records.find(owner)
    if key is None:
        key = PrivateKey(id=owner, wrapped=vault.new_key(owner))
        await keys.save(key)
    if key.wrapped is None:
        return
    before = vault.open(key.wrapped, owner, record.sealed) if record else {}
    sealed = vault.seal(key.wrapped, owner, {**before, **plain})
    record = record or PrivateRecord(id=owner, sealed=sealed)
    record.sealed = sealed
    await records.save(record)


async def seal_new(tx: Transaction, vault: Vault, plain: Mapping[str, Mapping[str, str]]) -> None:
    """By owners that are new: of each everything, under a key of its own."""
    keys = [PrivateKey(id=owner, wrapped=vault.new_key(owner)) for owner in plain]
    await tx.store(PRIVATE_KEYS).save_many(keys)
    await tx.store(PRIVATE_RECORDS).save_many(
        [
            PrivateRecord(id=key.id, sealed=vault.seal(key.wrapped, key.id, plain[key.id]))
            for key in keys
            if key.wrapped
        ]
    )


async def open_private_data(
    tx: Transaction, vault: Vault, owners: Sequence[str]
) -> list[dict[str, str]]:
    """One per owner; empty when there is nothing, or nothing any more."""
    keys = await tx.store(PRIVATE_KEYS).find_many(owners)
    records = await tx.store(PRIVATE_RECORDS).find_many(owners)
    return [
        vault.open(key.wrapped, key.id, record.sealed) if key and key.wrapped and record else {}
        for key, record in zip(keys, records, strict=True)
    ]
