"""Whom and what the rows of one call name: each read once, all lives of it together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Generic, TypeVar

from congvu_kit.application.ports import Collection, Eq, In, Store, Transaction
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.collections import POSITIONS, SERVANTS, UNITS
from evaluation_service.application.keys import REF
from evaluation_service.domain.personnel.lives import ExternalRef, in_force
from evaluation_service.domain.personnel.positions import JobPosition, position_id, position_key
from evaluation_service.domain.personnel.servants import CivilServant
from evaluation_service.domain.personnel.units import OrgUnit

LIVES_MAX = 10_000
"""What one call names is far below."""

UNNAMED_MAX = 200

A = TypeVar("A", OrgUnit, JobPosition, CivilServant)


class Lives(Generic[A]):
    """By the canonical key of a ref, oldest first; what is saved here is found here."""

    def __init__(
        self, tx: Transaction, collection: Collection[A], keys: Callable[[A], Sequence[str]]
    ) -> None:
        self._store: Store[A] = tx.store(collection)
        self._keys: Callable[[A], Sequence[str]] = keys
        self._by_key: dict[str, list[A]] = {}
        self._by_id: dict[str, A] = {}

    async def load(self, first_ids: Mapping[str, str]) -> None:
        """`first_ids` are the ids of first lives by key: what was stored before keys were."""
        missing = {key: id for key, id in first_ids.items() if key not in self._by_key}
        if not missing:
            return
        by_key: list[A] = await self._store.select(In(REF, sorted(missing)), limit=LIVES_MAX)
        by_id: list[A | None] = await self._store.find_many(sorted(missing.values()))
        self._by_key |= {key: [] for key in missing}
        keys = {id: key for key, id in missing.items()}
        for each in self.same(chain(by_key, (one for one in by_id if one))):
            self._keep(each, keys.get(each.id))

    async def of(self, key: str, first_id: str) -> list[A]:
        await self.load({key: first_id})
        return self._by_key[key]

    async def by_id(self, id: str) -> A | None:
        if id not in self._by_id:
            found = await self._store.find(id)
            if found is None:
                return None
            self._by_id[id] = found
        return self._by_id[id]

    def same(self, found: Iterable[A]) -> list[A]:
        """What the store gave, as it is in this call."""
        return [self._by_id.setdefault(each.id, each) for each in found]

    async def save(self, changed: A) -> None:
        await self._store.save(changed)
        self._by_id[changed.id] = changed
        self._keep(changed, None)

    def _keep(self, one: A, also: str | None) -> None:
        for key in {*self._keys(one), *([also] if also else [])}:
            lives = self._by_key.get(key)
            if lives is not None:
                if not any(each is one for each in lives):
                    lives.append(one)
                lives.sort(key=lambda each: (each.life.starts_on, each.id))


async def keep_refs(tx: Transaction) -> bool:
    """What was stored before refs had one form is saved again with its key, so that it is found in
    every spelling. True while there may be more."""
    units = await tx.store(UNITS).select(Eq(REF, None), limit=UNNAMED_MAX)
    positions = await tx.store(POSITIONS).select(Eq(REF, None), limit=UNNAMED_MAX)
    people = await tx.store(SERVANTS).select(Eq(REF, None), limit=UNNAMED_MAX)
    for unit in units:
        await tx.store(UNITS).save(unit)
    for position in positions:
        await tx.store(POSITIONS).save(position)
    for servant in people:
        await tx.store(SERVANTS).save(servant)
    return bool(units or positions or people)


class Directory:
    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self.units = Lives(tx, UNITS, lambda unit: [unit.external_ref.key])
        self.positions = Lives(
            tx, POSITIONS, lambda position: [position_key(position.province, position.code)]
        )
        self.people = Lives(
            tx, SERVANTS, lambda servant: [each.key for each in servant.external_refs]
        )

    async def units_of(self, ref: ExternalRef) -> list[OrgUnit]:
        return await self.units.of(ref.key, ref.ours("unit"))

    async def people_of(self, ref: ExternalRef) -> list[CivilServant]:
        return await self.people.of(ref.key, ref.ours("cs"))

    async def positions_of(self, province: str, code: str) -> list[JobPosition]:
        return await self.positions.of(position_key(province, code), position_id(province, code))

    async def unit(self, ref: ExternalRef, field: str, on: date) -> OrgUnit:
        """The one that bears this id on that day, or did last. Raise `Invalid`."""
        unit = in_force(await self.units_of(ref), on)
        if unit is None:
            raise Invalid(
                en=f"no unit {ref.id!r} of system {ref.system!r}; send it before",
                vi=f"Chưa có đơn vị mang mã {vi_text(ref.id)} của hệ thống "
                f"{vi_text(ref.system)}. Vui lòng gửi đơn vị này trước.",
                field=field,
            )
        return unit
