"""What is frozen of a period, as the reports look at it."""

import json
from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any

from congvu_kit.application.ports import Eq, Gte, In, Not, Transaction
from congvu_kit.domain.clock import business_date
from congvu_scoring import CompiledPolicy, exact
from evaluation_service.application.collections import ASSIGNMENTS, EVALUATIONS, INDEXES
from evaluation_service.application.policies.pins import compiled_pins
from evaluation_service.application.results.members import PEOPLE_MAX
from evaluation_service.domain.fairness.reports import LAST_DAYS
from evaluation_service.domain.fairness.rows import FrozenRows, PersonRow, Piece, UnitRow
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.states import UNRATED

GENERAL, RESULT = "general", "result"
"""Components that the decree's policies call so; others have no gap between points and work."""


async def frozen_rows(period: EvaluationPeriod, tx: Transaction) -> FrozenRows:
    """Of the whole period, read agency by agency: what is read of a person is let go at once."""
    agencies = await tx.store(EVALUATIONS).count_by("agency_id", Eq("period_id", period.id))
    people = [each for id in sorted(agencies) for each in await _agency(id, period, tx)]
    return FrozenRows(tuple(people), await _units(period, tx))


async def _agency(id: str, period: EvaluationPeriod, tx: Transaction) -> list[PersonRow]:
    rated = await tx.store(EVALUATIONS).select(
        Eq("period_id", period.id),
        Eq("agency_id", id),
        Not(In("state", sorted(UNRATED))),
        limit=PEOPLE_MAX,
    )
    scored = [each for each in rated if each.sheets]
    policies = await compiled_pins(tx, [each.sheets[-1].policy for each in scored])
    return [_person(each, one) for each, one in zip(scored, policies, strict=True)]


def _person(evaluation: Evaluation, compiled: CompiledPolicy) -> PersonRow:
    sheet, measure = evaluation.sheets[-1], compiled.policy.measures.get(GENERAL)
    general, most = sheet.components.get(GENERAL), measure.high if measure else None
    snapshot: Mapping[str, Any] = json.loads(sheet.snapshot)
    return PersonRow(
        evaluation_id=evaluation.id,
        civil_servant_id=evaluation.civil_servant_id,
        unit_id=evaluation.unit_id,
        duty_group=evaluation.duty_group,
        unit_path=evaluation.unit_path,
        raters=frozenset(each.officer for each in evaluation.involved if each.officer),
        general=general / most if general is not None and most else None,
        result=sheet.components.get(RESULT),
        total=sheet.total,
        top=evaluation.band == compiled.policy.bands.codes[0],
        work=tuple(_piece(row) for row in snapshot.get("work", ())),
    )


def _piece(row: Mapping[str, Any]) -> Piece:
    return Piece(
        assignment_id=row.get("assignment", ""),
        group=row["item"][:1],
        coefficient=Fraction(exact(row["coefficient"], "coefficient")),
        completed=Fraction(exact(row["completed"], "completed")),
        proofs=frozenset(each["hash"] for each in row.get("evidence", ()) if "hash" in each),
    )


async def _units(period: EvaluationPeriod, tx: Transaction) -> tuple[UnitRow, ...]:
    """Counted by the database: no piece of work is loaded."""
    last = period.ends_on - timedelta(days=1)
    cut_off = min(business_date(period.frozen_at), last) if period.frozen_at else last
    since = (cut_off - timedelta(days=LAST_DAYS - 1)).isoformat()
    works, of_period = tx.store(ASSIGNMENTS), Eq("period_id", period.id)
    reported = await works.count_by("unit_id", of_period, Gte("reports.completed_on", ""))
    late = await works.count_by("unit_id", of_period, Gte("reports.completed_on", since))
    found = await tx.store(INDEXES).select(of_period, limit=PEOPLE_MAX)
    indexes = {each.unit_id: each for each in found}
    return tuple(
        UnitRow(
            unit_id=id,
            reports=reported.get(id, 0),
            late_reports=late.get(id, 0),
            satisfied=indexes[id].satisfied if id in indexes else 0,
            answers=indexes[id].answers if id in indexes else 0,
        )
        for id in sorted({*reported, *indexes})
    )
