"""Looks through the dossiers that wait, some at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from congvu_kit.application.ports import Condition, Eq, In, Transaction, UnitOfWork
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.procedures import Procedure
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    DOSSIERS,
    MATCHINGS,
    SERVANTS,
    VERSIONS,
    equal,
)
from evaluation_service.application.dossiers.asked import Asked
from evaluation_service.application.dossiers.matching import match
from evaluation_service.application.dossiers.seeking import note_waiting, seek
from evaluation_service.domain.dossiers.dossiers import UnmatchedReason
from evaluation_service.domain.dossiers.matching import matching_of

STEP_DOSSIERS = 100
"""Of one transaction: under a second of work for a small database."""


_BEFORE = Eq("extra.procedure", None)
_UNKNOWN_POSTS = Eq("extra.two_posts_until", None)


@dataclass(frozen=True, kw_only=True)
class MatchingFact:
    """Our own message."""

    matching_id: str
    province: str
    civil_servant_id: str | None = None
    procedure: str | None = None
    unit_id: str | None = None
    after: str | None = None


async def match_waiting(fact: MatchingFact, tx: Transaction) -> None:
    matching = await tx.store(MATCHINGS).get(fact.matching_id)
    refuse_other(matching, fact, "province", "civil_servant_id", "procedure", "unit_id")
    page = await tx.store(DOSSIERS).page(
        Eq("province", fact.province),
        Eq("extra.settled", False),
        *_of(fact),
        first=STEP_DOSSIERS,
        after=fact.after,
    )
    asked = Asked(tx)
    await asked.ahead([(each.code, each.facts) for each in page.items if each.facts is not None])
    for dossier in page.items:
        await match(dossier, tx, asked)
    if page.has_next:
        await seek(matching, tx, after=page.cursors[-1])
    else:
        await note_waiting(matching, tx)


def _of(fact: MatchingFact) -> list[Condition]:
    paths = {
        "extra.officers": fact.civil_servant_id,
        "extra.procedure": fact.procedure,
        "unit_path": fact.unit_id,
    }
    return equal(**paths)


async def appointed_since(uow: UnitOfWork) -> list[str]:
    """The dossiers that came before their officer's appointment, of officers who are appointed."""
    found, after = [], None
    reading = uow.reading()
    while True:
        page = await reading.store(DOSSIERS).page(
            Eq("reason", UnmatchedReason.NO_APPOINTMENT), first=STEP_DOSSIERS, after=after
        )
        wanted = sorted({officer for each in page.items for officer in each.parts})
        servants = await reading.store(SERVANTS).find_many(wanted)
        posts = {(s.id, each.unit_id) for s in servants if s for each in s.appointments}
        found += [
            each.id
            for each in page.items
            if any(
                each.counted_of(officer).done_for is None and (officer, each.unit_path[-1]) in posts
                for officer in each.parts
            )
        ]
        if not page.has_next:
            return found
        after = page.cursors[-1]


async def match_again(dossier_id: str, tx: Transaction) -> None:
    await match(await tx.store(DOSSIERS).get(dossier_id), tx)


async def match_of_procedure(
    procedure_code: str | None, province: str | None, tx: Transaction
) -> None:
    """A procedure that was unknown stands in the catalogue now."""
    procedure = Procedure.of(procedure_code)
    if procedure is None:
        return
    waiting = await tx.store(DOSSIERS).count_by(
        "province",
        *equal(province=province, standing="UNMATCHED"),
        Eq("extra.procedure", procedure.national),
    )
    for there in sorted(waiting):
        await seek(matching_of(there, procedure=procedure.national), tx)


async def unawaited(procedure_codes: Iterable[str | None], tx: Transaction) -> frozenset[str]:
    """The codes for whose procedures no dossier waits anywhere."""
    by_code = {code: found for code in procedure_codes if code and (found := Procedure.of(code))}
    waiting = await tx.store(DOSSIERS).count_by(
        "extra.procedure",
        Eq("standing", "UNMATCHED"),
        In("extra.procedure", sorted({each.national for each in by_code.values()})),
    )
    return frozenset(code for code, each in by_code.items() if each.national not in waiting)


async def restate(tx: Transaction) -> bool:
    """Documents of before get the keys by which they are found; True while there are more."""
    found = False
    for version in await tx.store(VERSIONS).select(_BEFORE, limit=STEP_DOSSIERS):
        await tx.store(VERSIONS).save(version)
        found = True
    for work in await tx.store(ASSIGNMENTS).select(_BEFORE, limit=STEP_DOSSIERS):
        await tx.store(ASSIGNMENTS).save(work)
        found = True
    for servant in await tx.store(SERVANTS).select(_UNKNOWN_POSTS, limit=STEP_DOSSIERS):
        await tx.store(SERVANTS).save(servant)
        found = True
    for dossier in await tx.store(DOSSIERS).select(_BEFORE, limit=STEP_DOSSIERS):
        await match(dossier, tx)
        found = True
    return found
