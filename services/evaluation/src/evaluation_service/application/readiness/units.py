"""What units still need before they can be rated; nobody else waits for it (E-I14)."""

from collections.abc import Mapping, Sequence

from congvu_kit.application.ports import Transaction
from evaluation_service.application.collections import ORG_EVALUATIONS, SCORECARDS
from evaluation_service.application.organisations.material import unit_rules
from evaluation_service.domain.objectives.scorecards import scorecard_id
from evaluation_service.domain.organisations.needs import UnitNeeds
from evaluation_service.domain.organisations.org_evaluations import org_evaluation_id
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.readiness.gaps import GapKind

OF_UNITS = (GapKind.UNIT_UNRATED, GapKind.UNIT_OBJECTIVES)


async def gaps_of_units(
    period: EvaluationPeriod, unit_ids: Sequence[str], tx: Transaction
) -> Mapping[str, tuple[GapKind, ...]]:
    """Of those named that the period rates, the ones that need something."""
    rules = await unit_rules(period, tx)
    if rules is None:
        return {}
    ids = sorted(set(unit_ids) & set(period.unit_ids))
    units = await tx.store(ORG_EVALUATIONS).find_many(
        [org_evaluation_id(period.id, id) for id in ids]
    )
    cards = await tx.store(SCORECARDS).find_many([scorecard_id(period.id, id, None) for id in ids])
    needs = UnitNeeds(rules.compiled)
    found = {
        id: needs.gaps_of(id, unit, card) for id, unit, card in zip(ids, units, cards, strict=True)
    }
    return {id: kinds for id, kinds in found.items() if kinds}
