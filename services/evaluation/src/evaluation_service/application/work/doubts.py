"""Whether the same work counts twice: by the portal, or by another report. Who checks either place
is told, whichever came first."""

from collections.abc import Sequence
from dataclasses import replace

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.collections import ASSIGNMENTS, DOSSIERS
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.dossiers.dossiers import codes_in, dossier_id
from evaluation_service.domain.work.assignments import ASSIGNMENTS_MAX, Assignment
from evaluation_service.domain.work.doubts import DOUBTS_MAX, Doubt, DoubtKind


async def doubt_reported(
    assignment: Assignment, evidence: tuple[Evidence, ...], tx: Transaction
) -> None:
    """Note the doubts at both places; raise `Invalid` where the same work would certainly count
    twice: a dossier that the portal counted, or the officer's own evidence of the same product."""
    codes = sorted({code for each in evidence for code in codes_in(each.uri)})
    for dossier in await tx.store(DOSSIERS).find_many([dossier_id(code) for code in codes]):
        if dossier is not None and dossier.assignment_ids:
            raise Invalid(
                en=f"dossier {dossier.code!r} is counted already, from the portal",
                vi=f"Hồ sơ {vi_text(dossier.code)} đã được tính theo Cổng Dịch vụ công.",
                field="input.evidence.uri",
                rule_id="E-I17",
            )
    await _same_evidence(assignment, {each.hash for each in evidence if each.hash}, tx)
    if assignment.dossiers:
        assignment.doubt([_portal(assignment)], business_date(tx.now))


async def doubt_counted(
    assignment: Assignment, naming: Sequence[Assignment], tx: Transaction
) -> None:
    """The portal's dossier was counted here; whoever is `naming` it in a report by hand did so
    before, as did who reported this work by hand."""
    today = business_date(tx.now)
    if assignment.reports:
        assignment.doubt([_portal(assignment)], today)
    for other in naming:
        if other.id != assignment.id:
            assignment.doubt([_portal(other)], today)
            other.doubt([_portal(assignment)], today)
            await tx.store(ASSIGNMENTS).save(other)


def _portal(place: Assignment) -> Doubt:
    return Doubt(kind=DoubtKind.PORTAL_COUNTED, assignment_id=place.id, evidence=None)


async def _same_evidence(assignment: Assignment, hashes: set[str], tx: Transaction) -> None:
    if not hashes:
        return
    there = In("extra.evidence", sorted(hashes))
    own = await tx.store(ASSIGNMENTS).select(
        Eq("civil_servant_id", assignment.civil_servant_id), there, limit=ASSIGNMENTS_MAX
    )
    others = await tx.store(ASSIGNMENTS).select(there, limit=DOUBTS_MAX)
    places = {each.id: each for each in (*own, *others)}
    doubts = assignment.doubts_about(hashes, places.values())
    today = business_date(tx.now)
    assignment.doubt(doubts, today)
    for doubt in doubts:
        other = places[doubt.assignment_id]
        other.doubt([replace(doubt, assignment_id=assignment.id)], today)
        await tx.store(ASSIGNMENTS).save(other)
