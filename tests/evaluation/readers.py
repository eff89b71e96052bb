"""Everybody who may look, and a quarter with something of every kind to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from evaluation import (
    dossier_scenes,
    initiative_scenes,
    prior_scenes,
    review_scenes,
    scenes,
    specimens,
    unit_scenes,
)
from evaluation.people import (
    ADMIN,
    AUDITOR,
    BOARD,
    CHAIR,
    CHAIR_ID,
    CITIZEN,
    COMMITTEE,
    COMMUNE,
    COUNCIL,
    HRM,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    NATIONAL_HRM,
    NEIGHBOUR_HEAD,
    OFFICE,
    OFFICE_HEAD,
    OTHER_ADMIN,
    OTHER_AUDITOR,
    OTHER_BOARD,
    OTHER_COUNCIL,
    OTHER_HRM,
    PORTAL,
    PROVINCE_UNIT,
    STRANGER_HEAD,
    person,
)
from evaluation_service.application.collections import (
    AGREEMENTS,
    CRISES,
    DELEGATIONS,
    EVALUATIONS,
    HANDOVERS,
    INITIATIVES,
    OBJECTIVES,
    READINGS,
)
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.content import PlanStep
from evaluation_service.domain.initiatives.initiatives import Initiative
from evaluation_service.domain.objectives.objectives import Objective, ObjectiveLevel
from evaluation_service.domain.objectives.readings import ReadingState
from evaluation_service.domain.organisations.org_evaluations import org_evaluation_id
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import run_id
from support.webhooks import a_webhook

READERS: Mapping[str, Actor] = {
    "nobody": ANONYMOUS,
    "citizen": CITIZEN,
    "portal": PORTAL,
    "committee": COMMITTEE,
    "Lan": LAN,
    "Minh": MINH,
    "Lan without a role": replace(LAN, roles=frozenset()),
    "her head": OFFICE_HEAD,
    "her head's head": CHAIR,
    "her head by another province's token": replace(CHAIR, province="01"),
    "her head without a role": replace(CHAIR, roles=frozenset()),
    "another unit's head": NEIGHBOUR_HEAD,
    "another province's head": STRANGER_HEAD,
    "admin": ADMIN,
    "board": BOARD,
    "auditor": AUDITOR,
    "council": COUNCIL,
    "hrm": HRM,
    "national hrm": NATIONAL_HRM,
    "a national scope without the role": replace(NATIONAL_HRM, roles=frozenset({Role.CITIZEN})),
    "board without a province": person("nowhere", Role.REVIEW_BOARD, province=None),
    "another province's admin": OTHER_ADMIN,
    "another province's board": OTHER_BOARD,
    "another province's auditor": OTHER_AUDITOR,
    "another province's council": OTHER_COUNCIL,
    "another province's hrm": OTHER_HRM,
}


@dataclass(frozen=True, kw_only=True)
class Sights:
    """What there is to see; `ids` by the names of the queries' variables."""

    period: EvaluationPeriod
    lan: Evaluation
    ids: Mapping[str, object]


async def sights(uow: MemoryUnitOfWork, *, published: bool = True) -> Sights:
    """Lan was disciplined and Minh appeals; a case, a post-audit and a draft policy wait."""
    await scenes.commune(uow)
    await scenes.calendars(uow)
    period = await scenes.open_period(uow, unit_policy="ND335-2025-AGENCY")
    await unit_scenes.rate(uow, period, COMMUNE)
    work = await scenes.do_all(uow, period, LAN)
    await scenes.do_all(uow, period, MINH, done="1", assigned="100")
    for civil_servant_id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, civil_servant_id)
    await scenes.veto(uow, LAN_ID, "DISCIPLINED")
    await dossier_scenes.record(uow, dossier_scenes.event(procedure_code="9.999999"))
    period = await scenes.reviewed(uow, period)
    if published:
        await scenes.move(uow, period, "publish")
        await scenes.Pump(uow).run()
        await review_scenes.file(uow, await scenes.evaluation_of(uow, period, MINH_ID))
    lan = await scenes.evaluation_of(uow, period, LAN_ID)
    lan = await _triggered(uow, await _with_a_part(uow, lan))
    await review_scenes.raised(uow, lan)
    await review_scenes.post_audit(uow, LAN_ID)
    await prior_scenes.entered(uow)
    objective = await _objectives(uow, period)
    async with uow.begin() as tx:
        await tx.store(DELEGATIONS).save(replace(specimens.delegation(), period_id=period.id))
    agreement = await _agreement(uow)
    await _initiative(uow, lan)
    await a_webhook(uow, HRM)
    crisis = replace(
        specimens.crisis(),
        period_id=period.id,
        unit_id=OFFICE,
        unit_path=(PROVINCE_UNIT, COMMUNE, OFFICE),
    )
    async with uow.begin() as tx:
        await tx.store(CRISES).save(crisis)
    draft = await review_scenes.derived(uow)
    ids = {
        "person": LAN_ID,
        "ref": {"system": "hrm.khanhhoa", "id": "cb-011"},
        "unit": COMMUNE,
        "unitRef": {"system": "hrm.khanhhoa", "id": "H32.31.07"},
        "period": period.id,
        "orgEvaluation": org_evaluation_id(period.id, COMMUNE),
        "run": run_id(period.id, COMMUNE),
        "evaluation": lan.id,
        "assignment": work.id,
        "draft": draft.id,
        "objective": objective.id,
        "agreement": agreement.id,
        "crisis": crisis.id,
        "leader": f"{CHAIR_ID}:{COMMUNE}",
    }
    return Sights(period=await scenes.now_is(uow, period), lan=lan, ids=ids)


async def _with_a_part(uow: MemoryUnitOfWork, evaluation: Evaluation) -> Evaluation:
    """Another agency handed something over."""
    part = replace(specimens.part(), receiving_period_id=evaluation.period_id)
    async with uow.begin() as tx:
        await tx.store(HANDOVERS).save(part)
        evaluation.taken = (part.taken(None),)
        await tx.store(EVALUATIONS).save(evaluation)
    return evaluation


async def _objectives(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> Objective:
    """Lan's, with a figure that a colleague corrected, and her office's."""
    place: dict[str, Any] = {
        "period_id": period.id,
        "unit_id": OFFICE,
        "unit_path": (PROVINCE_UNIT, COMMUNE, OFFICE),
    }
    lans = replace(specimens.objective(), **place)
    office = replace(
        lans,
        id="objective_2",
        level=ObjectiveLevel.UNIT,
        civil_servant_id=None,
        appointment_id=None,
    )
    reading = replace(
        specimens.reading(ReadingState.CONFIRMED),
        **place,
        corrects_id="reading_0",
        reason="Nhập nhầm",
        confirmed_by=specimens.APPROVED_BY,
    )
    async with uow.begin() as tx:
        await tx.store(OBJECTIVES).save_many([lans, office])
        await tx.store(READINGS).save(reading)
    return lans


async def _initiative(uow: MemoryUnitOfWork, of: Evaluation) -> None:
    initiative = Initiative(
        id="initiative_1",
        civil_servant_id=of.civil_servant_id,
        appointment_id=of.appointment_id,
        period_id=of.period_id,
        province=of.province,
        unit_id=of.unit_id,
        unit_path=of.unit_path,
        facts=initiative_scenes.facts(),
        proposed_at=scenes.NOW,
    )
    async with uow.begin() as tx:
        await tx.store(INITIATIVES).save(initiative)


async def _agreement(uow: MemoryUnitOfWork) -> Agreement:
    """Lan's: published, assessed, and amended by a version that nobody signed."""
    agreement = replace(
        specimens.agreement(),
        unit_id=OFFICE,
        unit_path=(PROVINCE_UNIT, COMMUNE, OFFICE),
        publishes=True,
        publishes_results=True,
        assessments=(specimens.assessment(),),
        termination=specimens.DECISION,
        termination_reason="Điều động",
        ended_at=specimens.NOW,
    )
    step = PlanStep(title="Khởi công", due_on=specimens.TODAY)
    items = tuple(replace(each, steps=(step,)) for each in agreement.latest.items)
    agreement.versions = (replace(agreement.latest, items=items),)
    agreement.propose(agreement.latest.items[:0], specimens.APPROVER, specimens.NOW, "Giao lại")
    async with uow.begin() as tx:
        await tx.store(AGREEMENTS).save(agreement)
    return agreement


async def _triggered(uow: MemoryUnitOfWork, evaluation: Evaluation) -> Evaluation:
    """With a trigger that fired; a rule over several periods would need all of them."""
    async with uow.begin() as tx:
        evaluation.sheets[0] = replace(evaluation.sheets[0], triggers=("TWO_YEARS",))
        await tx.store(EVALUATIONS).save(evaluation)
    return evaluation
