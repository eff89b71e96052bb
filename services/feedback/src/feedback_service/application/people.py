"""Who speaks, and keeping what only they and the right desk may read."""

from collections.abc import Mapping
from dataclasses import dataclass

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden, Invalid
from feedback_service.application.collections import PRIVATE_KEYS, PRIVATE_RECORDS
from feedback_service.application.ports import Vault
from feedback_service.domain.private import PrivateKey, PrivateRecord

TOKEN_MAX_CHARS = 200


def submitter(actor: Actor, token: str | None, *, province: str) -> str:
    """The verified person behind a call: a citizen is their own token's subject, a portal passes
    the subject of whom it verified. The use case has checked that it is one of both."""
    if not actor.has(Role.SERVICE_PORTAL):
        if token is not None:
            raise Forbidden(
                en="only a portal speaks for somebody else",
                vi="chỉ cổng dịch vụ được gửi thay người dân",
                field="input.submitterToken",
                rule_id="F-I4",
            )
        return actor.require_login()
    if actor.province is not None:
        actor.require_province(province)
    if token is None or not 0 < len(token) <= TOKEN_MAX_CHARS:
        raise Invalid(
            en=f"a portal names the verified person: 1 to {TOKEN_MAX_CHARS} characters",
            vi=f"cổng dịch vụ phải gửi mã người đã xác thực: 1 đến {TOKEN_MAX_CHARS} ký tự",
            field="input.submitterToken",
            rule_id="F-I4",
        )
    return token


@dataclass(frozen=True)
class PrivateStore:
    """Personal data, sealed under a key of its own for each owner (F-I2)."""

    vault: Vault

    async def keep(self, tx: Transaction, owner: str, plain: Mapping[str, str]) -> None:
        """Adds to what is there. After an erasure nothing is kept any more."""
        keys, records = tx.store(PRIVATE_KEYS), tx.store(PRIVATE_RECORDS)
        key, record = await keys.find(owner), await records.find(owner)
        if key is None:
            key = PrivateKey(id=owner, wrapped=self.vault.new_key(owner))
            await keys.save(key)
        if key.wrapped is None:
            return
        before = self.vault.open(key.wrapped, owner, record.sealed) if record else {}
        sealed = self.vault.seal(key.wrapped, owner, {**before, **plain})
        record = record or PrivateRecord(id=owner, sealed=sealed)
        record.sealed = sealed
        await records.save(record)

    async def read_many(self, tx: Transaction, owners: list[str]) -> list[dict[str, str]]:
        """One per owner; empty when there is nothing, or nothing any more."""
        keys = await tx.store(PRIVATE_KEYS).find_many(owners)
        records = await tx.store(PRIVATE_RECORDS).find_many(owners)
        return [
            self.vault.open(key.wrapped, key.id, record.sealed)
            if key and key.wrapped and record
            else {}
            for key, record in zip(keys, records, strict=True)
        ]

    async def erase(self, tx: Transaction, owner: str) -> bool:
        """Destroy the key; False when it was destroyed before, or nothing was kept."""
        keys = tx.store(PRIVATE_KEYS)
        key = await keys.find(owner)
        if key is None or not key.erase(tx.now):
            return False
        await keys.save(key)
        return True
