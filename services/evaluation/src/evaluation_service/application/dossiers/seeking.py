"""Asking for dossiers that wait to be looked through, by whoever brings what they wait for."""

from collections import Counter
from collections.abc import Sequence

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.procedures import Procedure
from evaluation_service.application.collections import MATCHINGS
from evaluation_service.domain.dossiers.matching import DossierMatching, matching_of
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import Assignment


async def seek_dossiers(tx: Transaction, assignments: Sequence[Assignment]) -> None:
    """The officers' dossiers of these procedures: the work is new, or counts no more. Whoever has
    work of several is asked for once."""
    procedures = [Procedure.of(each.version.procedure_code) for each in assignments]
    wanted = {
        (each.province, each.civil_servant_id, procedure.national)
        for each, procedure in zip(assignments, procedures, strict=True)
        if procedure is not None
    }
    counts = Counter((province, officer) for province, officer, _ in wanted)
    several = {officer for officer, count in counts.items() if count > 1}
    asked = [matching_of(*each) for each in sorted(several)]
    for province, officer, procedure in sorted(wanted):
        asked.append(matching_of(province, officer, procedure))
    known = await tx.store(MATCHINGS).find_many([each.id for each in asked])
    kept = [there or new for there, new in zip(known, asked, strict=True)]
    for each in kept:
        if each.procedure is None or (each.province, each.civil_servant_id) not in several:
            each.request()
    await tx.store(MATCHINGS).save_many(kept)


async def seek_dossiers_of_period(tx: Transaction, period: EvaluationPeriod) -> None:
    """The dossiers of its units: it is open again."""
    await seek(matching_of(period.province, unit_id=period.scope_unit_id), tx)


async def seek(matching: DossierMatching, tx: Transaction, after: str | None = None) -> None:
    kept = await tx.store(MATCHINGS).find(matching.id) or matching
    kept.request(after)
    await tx.store(MATCHINGS).save(kept)


async def note_waiting(matching: DossierMatching, tx: Transaction) -> None:
    """One is left waiting: whoever brings what it waits for at this moment runs again."""
    await tx.store(MATCHINGS).save(await tx.store(MATCHINGS).find(matching.id) or matching)
