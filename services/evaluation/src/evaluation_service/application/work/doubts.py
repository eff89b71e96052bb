"""Whether what is reported was counted before: by the portal, or by another report."""

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.errors import Invalid
from evaluation_service.application.collections import ASSIGNMENTS, DOSSIERS
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.dossiers.dossiers import codes_in, dossier_id
from evaluation_service.domain.work.assignments import ASSIGNMENTS_MAX, Assignment
from evaluation_service.domain.work.doubts import DOUBTS_MAX, Doubt, DoubtKind


async def counted_before(
    assignment: Assignment, evidence: tuple[Evidence, ...], tx: Transaction
) -> list[Doubt]:
    """The doubts for the checker; raise `Invalid` where the same work would certainly count twice:
    a dossier that the portal counted, or the officer's own evidence of the same product."""
    codes = sorted({code for each in evidence for code in codes_in(each.uri)})
    for dossier in await tx.store(DOSSIERS).find_many([dossier_id(code) for code in codes]):
        if dossier is not None and dossier.assignment_ids:
            raise Invalid(
                en=f"dossier {dossier.code!r} is counted already, from the portal",
                vi=f"hồ sơ {dossier.code!r} đã được tính từ cổng dịch vụ",
                field="input.evidence.uri",
                rule_id="E-I17",
            )
    doubts = await _same_evidence(assignment, {each.hash for each in evidence if each.hash}, tx)
    if assignment.dossiers:
        portal = DoubtKind.PORTAL_COUNTED
        doubts.append(Doubt(kind=portal, assignment_id=assignment.id, evidence=None))
    return doubts


async def _same_evidence(assignment: Assignment, hashes: set[str], tx: Transaction) -> list[Doubt]:
    if not hashes:
        return []
    there = In("extra.evidence", sorted(hashes))
    own = await tx.store(ASSIGNMENTS).select(
        Eq("civil_servant_id", assignment.civil_servant_id), there, limit=ASSIGNMENTS_MAX
    )
    others = await tx.store(ASSIGNMENTS).select(there, limit=DOUBTS_MAX)
    places = {each.id: each for each in (*own, *others)}
    return assignment.doubts_about(hashes, places.values())
