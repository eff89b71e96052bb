"""What if another policy had rated a closed period: computed on copies, nothing kept."""

import json
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from congvu_scoring import CompiledPolicy, Json
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.ranking import apply_quota
from evaluation_service.domain.results.rating import (
    RulesByRole,
    make_sheet,
    order_of_rating,
    people_by_unit,
    subordinate_counts,
)


@dataclass(frozen=True, kw_only=True)
class SimulatedResult:
    """One person before and after; the band is the final one, quota included."""

    before: Evaluation
    after: Evaluation

    @property
    def civil_servant_id(self) -> str:
        return self.before.civil_servant_id

    @property
    def province(self) -> str:
        return self.before.province

    @property
    def band_moved(self) -> bool:
        return self.before.band != self.after.band


def simulate(
    agency: Sequence[Evaluation], rules: RulesByRole, now: datetime
) -> list[SimulatedResult]:
    """Rate a whole agency again from its stored snapshots: leaders and the quota depend on all."""
    copies = {each.id: _blank(each) for each in agency if each.sheets}
    originals, by_unit = {each.id: each for each in agency}, people_by_unit(copies.values())
    for evaluation in order_of_rating(list(copies.values())):
        sheet = originals[evaluation.id].sheets[-1]
        rule = rules[evaluation.role]
        document = _readable(json.loads(sheet.snapshot), rule.compiled)
        led = subordinate_counts(evaluation, by_unit, rules)
        if led is not None:
            document["unit"] = {**_mapping(document.get("unit")), **led.unit_inputs()}
        evaluation.sheets = [make_sheet(document, rule, number=1, now=now)]
    outcome = apply_quota(list(copies.values()), rules)
    changes = []
    for id, evaluation in copies.items():
        evaluation.band = outcome.bands.get(id)
        evaluation.rank_reasons = outcome.reasons.get(id, ())
        changes.append(SimulatedResult(before=originals[id], after=evaluation))
    return changes


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _readable(document: dict[str, Json], compiled: CompiledPolicy) -> dict[str, Json]:
    """Without criteria that the other policy does not have: it would not have asked for them."""
    general = document.get("general")
    if not isinstance(general, Mapping):
        return document
    known = {key: item for key, item in general.items() if f"general.{key}" in compiled.ranges}
    return {**document, "general": known}


def _blank(evaluation: Evaluation) -> Evaluation:
    twin = copy(evaluation)
    twin.sheets, twin.band, twin.rank_reasons = [], None, ()
    return twin
