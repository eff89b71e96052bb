"""Personal data, sealed under a key of its own for each owner (F-I2)."""

from collections.abc import Mapping, Sequence

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.clock import business_date
from feedback_service.application.access import is_submitter
from feedback_service.application.collections import PRIVATE_KEYS, PRIVATE_RECORDS
from feedback_service.application.needs import Vault
from feedback_service.domain.common.private_data import PrivateKey, PrivateRecord
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.submissions.submission import Submission


async def seal_private_data(
    tx: Transaction, vault: Vault, owner: str, plain: Mapping[str, str]
) -> None:
    """Adds to what is there. After an erasure nothing is sealed any more."""
    keys, records = tx.store(PRIVATE_KEYS), tx.store(PRIVATE_RECORDS)
    key, record = await keys.find(owner), await records.find(owner)
    if key is None:
        key = PrivateKey(id=owner, wrapped=vault.new_key(owner), made_on=business_date(tx.now))
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
    today = business_date(tx.now)
    keys = [PrivateKey(id=owner, wrapped=vault.new_key(owner), made_on=today) for owner in plain]
    await tx.store(PRIVATE_KEYS).save_many(keys)
    await tx.store(PRIVATE_RECORDS).save_many(
        [
            PrivateRecord(id=key.id, sealed=vault.seal(key.wrapped, key.id, plain[key.id]))
            for key in keys
            if key.wrapped
        ]
    )


async def correct_private_data(
    tx: Transaction, vault: Vault, owner: str, asked: str, names: Sequence[str]
) -> None:
    """What was asked for takes the place of what is there under the same name."""
    [plain] = await open_all(tx, vault, [owner])
    wanted = {name: plain[f"{asked}_{name}"] for name in names if f"{asked}_{name}" in plain}
    await seal_private_data(tx, vault, owner, wanted)


async def open_private_data(
    tx: Transaction, vault: Vault, sent: Sequence[Complaint | Submission], reader: Actor
) -> list[dict[str, str]]:
    """For whoever may read it, one each; empty when there is nothing, nothing any more, or its
    sender holds it back from everybody else."""
    owners = [each.id for each in sent]
    keys = await tx.store(PRIVATE_KEYS).find_many(owners)
    opened = await open_all(tx, vault, owners)
    return [
        {} if key and key.held_by and not is_submitter(vault, reader, each) else plain
        for each, key, plain in zip(sent, keys, opened, strict=True)
    ]


async def open_all(tx: Transaction, vault: Vault, owners: Sequence[str]) -> list[dict[str, str]]:
    """One per owner; empty when there is nothing, or nothing any more."""
    keys = await tx.store(PRIVATE_KEYS).find_many(owners)
    records = await tx.store(PRIVATE_RECORDS).find_many(owners)
    return [
        vault.open(key.wrapped, key.id, record.sealed) if key and key.wrapped and record else {}
        for key, record in zip(keys, records, strict=True)
    ]
