"""Keeping and finding the record of who read personal data."""

from collections.abc import Mapping
from dataclasses import replace

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Collection, Eq, Gte, Page, Transaction, UnitOfWork
from congvu_kit.application.shards import ByKey
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.canonical import fingerprint
from congvu_kit.domain.errors import Forbidden
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.reads import PersonRead, ReadChain, ReadEntry, Reader

READ_CHAINS = Collection("read_chains", ReadChain, indexes=[("province", "_id")])
READ_ENTRIES = Collection(
    "read_entries",
    ReadEntry,
    extra=lambda entry: {"subjects": list(entry.subjects)},
    indexes=[("extra.subjects", "-at", "_id")],
    unique=[("chain", "number")],
    shard=ByKey("chain"),
)
READS = (READ_CHAINS, READ_ENTRIES)

Shown = Mapping[str, Mapping[str, set[str]]]
"""Province, then subject, then the fields that were shown."""


async def record_reads(
    uow: UnitOfWork, actor: Actor, shown: Shown, *, operation: str | None, purpose: str | None
) -> None:
    """One entry for each province whose people were shown; it is stored when this returns."""
    reader = Reader(
        subject=actor.subject or "",
        officer=actor.officer,
        roles=tuple(sorted(actor.roles & set(Role))),
        province=actor.province,
        unit=actor.unit,
    )

    @again
    async def once() -> None:
        async with uow.begin() as tx:
            for province, people in sorted(shown.items()):
                reads = tuple(
                    PersonRead(subject=subject, fields=tuple(sorted(fields)))
                    for subject, fields in sorted(people.items())
                )
                entry = ReadEntry(
                    id=new_id("read"),
                    chain=f"{province}-{fingerprint([province, reader.subject])[:24]}",
                    at=tx.now,
                    reader=reader,
                    operation=operation,
                    purpose=purpose,
                    reads=reads,
                )
                await _append(tx, entry, province)

    await once()


async def _append(tx: Transaction, entry: ReadEntry, province: str) -> None:
    chain = await tx.store(READ_CHAINS).find(entry.chain)
    if chain is None:
        chain = ReadChain(id=entry.chain, province=province)
        await _tell_of_chain(tx, entry, province)
    chain.append(entry)
    await tx.store(READ_ENTRIES).save(entry)
    await tx.store(READ_CHAINS).save(chain)


async def _tell_of_chain(tx: Transaction, first: ReadEntry, province: str) -> None:
    """The province's chain of chains tells of each reader's first read, so that no chain can go
    as a whole."""
    if first.chain == province:
        return
    opened = PersonRead(subject=first.chain, fields=())
    told = replace(first, id=new_id("read"), chain=province, reads=(opened,), operation=None)
    await _append(tx, told, province)


async def reads_of(
    tx: Transaction, subject: str, *, first: int, after: str | None
) -> Page[ReadEntry]:
    """Who read about this subject, latest first. The caller has been judged."""
    return await tx.store(READ_ENTRIES).page(
        Eq("extra.subjects", subject), order=("-at",), first=first, after=after
    )


async def list_chains(
    reader: Actor, tx: Transaction, *, first: int, after: str | None
) -> Page[ReadChain]:
    """Those of an auditor's own province."""
    return await tx.store(READ_CHAINS).page(
        Eq("province", _province_of(reader)), first=first, after=after
    )


async def list_entries(
    reader: Actor, tx: Transaction, chain_id: str, *, first: int, after: str | None
) -> Page[ReadEntry]:
    """Oldest first; raise `Forbidden` for a chain that is not of an auditor's own province."""
    province = _province_of(reader)
    chain = await tx.store(READ_CHAINS).find(chain_id)
    if chain is None or chain.province != province:
        raise Forbidden(
            en="no chain of your province",
            vi="Không có nhật ký này trong phạm vi tỉnh được phân quyền.",
        )
    # The unique index holds rows that have a number: asked for without one, it is not used.
    return await tx.store(READ_ENTRIES).page(
        Eq("chain", chain_id), Gte("number", 0), order=("number",), first=first, after=after
    )


def _province_of(auditor: Actor) -> str:
    auditor.require(Role.AUDITOR)
    if auditor.province is None:
        raise Forbidden(
            en="the token names no province",
            vi="Tài khoản chưa được gắn với tỉnh. Vui lòng liên hệ quản trị hệ thống.",
        )
    return auditor.province
