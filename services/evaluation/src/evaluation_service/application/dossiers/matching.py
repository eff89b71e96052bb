"""Joins dossiers to work, whichever of them comes first: each part counts once (E-I17)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.procedures import Procedure
from evaluation_service.application.collections import ASSIGNMENTS, DOSSIERS, PERIODS
from evaluation_service.application.dossiers.asked import Asked
from evaluation_service.application.work.commands import save_counted
from evaluation_service.application.work.doubts import doubt_counted
from evaluation_service.domain.dossiers.dossiers import (
    Counted,
    Dossier,
    DossierStanding,
    UnmatchedReason,
)
from evaluation_service.domain.dossiers.facts import DossierFacts
from evaluation_service.domain.dossiers.matching import matching_of
from evaluation_service.domain.periods.bounds import PERIOD_MAX_DAYS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import COUNTING

S, R = DossierStanding, UnmatchedReason


@dataclass(frozen=True, kw_only=True)
class Work:
    """Open work of the procedure, in its open period."""

    assignment: Assignment
    period: EvaluationPeriod


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One officer's part of a dossier; `unit_codes` are the codes of its unit and those above."""

    dossier: Dossier
    facts: DossierFacts
    procedure: Procedure
    officer: str
    unit_codes: Sequence[str]
    asked: Asked

    @property
    def part(self) -> Decimal:
        return self.facts.parts[self.officer]

    @property
    def counted(self) -> Counted:
        return self.dossier.counted_of(self.officer)


async def match(dossier: Dossier, tx: Transaction, asked: Asked | None = None) -> None:
    """Count what can be counted of it now, say where it stands, and save it. `asked` is what was
    asked for other dossiers of this transaction."""
    facts = dossier.facts
    if facts is None:
        return
    asked = asked or Asked(tx)
    unit = await asked.unit(facts.unit_id)
    dossier.unit_path = unit.path
    codes, procedure = await asked.unit_codes(unit), facts.procedure
    reasons = []
    for officer in () if facts.withdrawn else facts.parts:
        piece = Piece(
            dossier=dossier,
            facts=facts,
            procedure=procedure,
            officer=officer,
            unit_codes=codes,
            asked=asked,
        )
        if reason := await _match_piece(piece, tx):
            reasons.append(reason)
    dossier.stand(*_standing(facts, reasons))
    await tx.store(DOSSIERS).save(dossier)


def _standing(
    facts: DossierFacts, reasons: Sequence[UnmatchedReason]
) -> tuple[DossierStanding, UnmatchedReason | None]:
    if facts.withdrawn:
        return S.WITHDRAWN, None
    if not facts.done:
        return S.OPEN, None
    if not reasons:
        return S.COUNTED, None
    return (S.AFTER_CUT_OFF if reasons[0] is R.AFTER_CUT_OFF else S.UNMATCHED), reasons[0]


async def release(dossier: Dossier, parts: Mapping[str, Decimal], tx: Transaction) -> None:
    """What was told of it has changed, or the work it was due in is gone: it is due there no
    more. What a freeze has fixed stays."""
    for officer, part in parts.items():
        counted = dossier.counted_of(officer)
        if counted.due_for is None or counted.done_for is not None:
            continue
        work = await tx.store(ASSIGNMENTS).get(counted.due_for)
        period = await tx.store(PERIODS).get(work.period_id)
        if period.state is not PeriodState.OPEN:
            continue
        if work.state in COUNTING:
            work.move_due(-part)
            await save_counted(work, tx)
        dossier.uncount(officer)


async def _match_piece(piece: Piece, tx: Transaction) -> UnmatchedReason | None:
    """Count it; else say why it counts nowhere."""
    if piece.counted.done_for is not None:
        return None
    facts, province, officer = piece.facts, piece.dossier.province, piece.officer
    waits_for = matching_of(province, officer, piece.procedure.national)
    reason: UnmatchedReason | None = None
    if not piece.procedure.fits(piece.unit_codes):
        reason = R.OTHER_AGENCY_SUFFIX
    elif not await _is_appointed(piece):
        reason, waits_for = R.NO_APPOINTMENT, matching_of(province, officer)
    else:
        works = await _open_work(piece)
        await _let_be_due(piece, works, tx)
        if facts.done:
            reason = await _count(piece, works, tx)
    counted = piece.counted
    if counted.done_for is None and (facts.done or counted.due_for is None):
        await piece.asked.note_waiting(waits_for)
    return reason


async def _is_appointed(piece: Piece) -> bool:
    servant = await piece.asked.officer(piece.officer)
    return any(each.unit_id == piece.facts.unit_id for each in servant.appointments)


async def _open_work(piece: Piece) -> list[Work]:
    """Of this unit before others, with room before full, for this agency before for all."""
    found = await piece.asked.works(piece.officer, piece.procedure.national)
    periods = await piece.asked.periods([each.period_id for each in found])
    works = []
    for assignment, period in zip(found, periods, strict=True):
        own = Procedure.of(assignment.version.procedure_code)
        if period and period.state is PeriodState.OPEN and own and own.fits(piece.unit_codes):
            order = (
                assignment.unit_id != piece.facts.unit_id,
                not assignment.by_dossiers and assignment.completed >= assignment.quantity,
                own.agency is None,
            )
            works.append((order, Work(assignment=assignment, period=period)))
    return [work for _, work in sorted(works, key=lambda each: each[0])]


async def _let_be_due(piece: Piece, works: Sequence[Work], tx: Transaction) -> None:
    """Where citizens decide the volume, it is assigned in the period it is due in. One that is done
    counts for the same work, which is saved then."""
    due_for = piece.counted.due_for
    if due_for is not None and all(each.assignment.id != due_for for each in works):
        await release(piece.dossier, {piece.officer: piece.part}, tx)
    if piece.counted.due_for is not None:
        return
    due_on = business_date(piece.facts.due_at)
    for work in works:
        if work.assignment.by_dossiers and work.period.covers(due_on):
            work.assignment.move_due(piece.part)
            if not piece.facts.done:
                await save_counted(work.assignment, tx)
            piece.dossier.count(piece.officer, due_for=work.assignment.id)
            return


async def _count(piece: Piece, works: Sequence[Work], tx: Transaction) -> UnmatchedReason | None:
    """Add it to the work it was due in, else to work of the period it was done in, else, where that
    is frozen, of the next one."""
    dossier, done_on, due_for = piece.dossier, piece.dossier.done_on, piece.counted.due_for
    if done_on is None:
        return None
    chosen = next((each for each in works if each.assignment.id == due_for), None) or next(
        (each for each in works if each.period.covers(done_on)), None
    )
    frozen = (
        [] if chosen else await piece.asked.frozen(dossier.province, piece.facts.unit_id, done_on)
    )
    chosen = chosen or _next_after(done_on, frozen, works)
    if chosen is None:
        late = R.AFTER_CUT_OFF if frozen else R.NO_ASSIGNMENT
        return await _unknown(piece) or late
    work = chosen.assignment
    if work.by_dossiers and work.id != due_for:
        work.move_due(piece.part)
    work.count_dossier(late=piece.facts.late, part=piece.part)
    await doubt_counted(work, await piece.asked.naming(dossier.code), tx)
    await save_counted(work, tx)
    dossier.count(piece.officer, done_for=work.id)
    return None


def _next_after(
    done_on: date, frozen: Sequence[EvaluationPeriod], works: Sequence[Work]
) -> Work | None:
    """Of the kind of a period that was over for it; a year later nothing is carried on."""
    kinds = {each.kind for each in frozen}
    until = done_on + timedelta(days=PERIOD_MAX_DAYS)
    later = [
        each
        for each in works
        if each.period.kind in kinds and done_on < each.period.starts_on <= until
    ]
    return min(later, key=lambda each: each.period.starts_on, default=None)


async def _unknown(piece: Piece) -> UnmatchedReason | None:
    """Where the catalogue has no product that it could count for."""
    known = await piece.asked.versions(piece.procedure.national)
    if not known:
        return R.UNKNOWN_PROCEDURE
    own = [Procedure.of(each.procedure_code) for each in known]
    fitting = any(each and each.fits(piece.unit_codes) for each in own)
    return None if fitting else R.OTHER_AGENCY_SUFFIX
