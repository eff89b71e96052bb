"""Asking for dossiers that wait to be looked through, by whoever brings what they wait for."""

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.procedures import Procedure
from evaluation_service.application.collections import MATCHINGS
from evaluation_service.domain.dossiers.matching import DossierMatching, matching_of
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import Assignment


async def seek_dossiers(tx: Transaction, assignment: Assignment) -> None:
    """The officer's dossiers of this procedure: the work is new, or counts no more."""
    procedure = Procedure.of(assignment.version.procedure_code)
    if procedure is not None:
        await seek(
            matching_of(
                assignment.province,
                civil_servant_id=assignment.civil_servant_id,
                procedure=procedure.national,
            ),
            tx,
        )


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
