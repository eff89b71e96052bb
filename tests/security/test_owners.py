"""No event gives what a service keeps another owner, whoever signed it: every kind of event that is
listened to, with its province changed, and with everything else changed that says whose it is."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import pytest

from catalogue_service.adapters.subscriptions import EVALUATION as CATALOGUE_REACTIONS
from catalogue_service.adapters.subscriptions import SUBSCRIPTIONS as CATALOGUE
from catalogue_service.application import collections as catalogue_collections
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.subscriptions import AnySubscription
from congvu_kit.application.documents import adapter
from congvu_kit.application.ports import Collection, UnitOfWork
from congvu_kit.domain.errors import Code
from congvu_kit.tools.contracts import all_contracts
from evaluation import scenes as evaluation
from evaluation import specimens
from evaluation.people import COMMUNE, LAN_ID, NATIONAL_HRM, OTHER_COMMUNE
from evaluation_service.adapters.subscriptions import REACTIONS as EVALUATION_REACTIONS
from evaluation_service.adapters.subscriptions import SUBSCRIPTIONS as EVALUATION
from evaluation_service.application import collections as evaluation_collections
from evaluation_service.application.dossiers.seeking import seek
from evaluation_service.application.integrity.answers import AnswerOverdue, charge_answer
from evaluation_service.domain.dossiers.matching import matching_of
from evaluation_service.domain.personnel.units import UnitLevel
from evaluation_service.domain.results.runs import run_id
from feedback import people
from feedback import scenes as feedback
from feedback_service.adapters.subscriptions import REACTIONS as FEEDBACK_REACTIONS
from feedback_service.adapters.subscriptions import SUBSCRIPTIONS as FEEDBACK
from feedback_service.application import collections as feedback_collections
from support.clock import FixedClock
from support.letters import Listening, told

Body: TypeAlias = dict[str, Any]
Arrange: TypeAlias = Callable[[UnitOfWork], Awaitable[Body]]

EXAMPLES: Mapping[str, Body] = {
    event.name: event.example_data() for each in all_contracts() for event in each.events
}

ANOTHER_PROVINCE = "01"


@dataclass(frozen=True)
class Case:
    service: str
    event_type: str
    field: str
    value: object

    def __str__(self) -> str:
        return f"{self.service}: {self.event_type.removeprefix('congvu.')} {self.field}"


SERVICES: Mapping[str, tuple[Sequence[AnySubscription], Sequence[Collection[Any]]]] = {
    "catalogue": (CATALOGUE, catalogue_collections.ALL),
    "evaluation": (EVALUATION, evaluation_collections.ALL),
    "feedback": (FEEDBACK, feedback_collections.ALL),
}

KEEPS_NO_COPY = {
    (service, each.event_type)
    for service, told in (
        ("catalogue", CATALOGUE_REACTIONS),
        ("evaluation", EVALUATION_REACTIONS),
        ("feedback", FEEDBACK_REACTIONS),
    )
    for each in SERVICES[service][0]
    if each.event_type not in {reaction.event_type for reaction in told}
}
"""A service's own events, which it puts into its feed as they are."""

ALSO: Mapping[str, Body] = {
    "congvu.evaluation.assignment.created.v1": {"version_id": "X@1", "period_id": "period_x"},
    "congvu.evaluation.assignment.completed.v1": {"version_id": "X@1", "period_id": "period_x"},
    "congvu.evaluation.assignment.cancelled.v1": {"version_id": "X@1", "period_id": "period_x"},
    "congvu.evaluation.assignment.carried_over.v1": {"version_id": "X@1", "period_id": "period_x"},
    "congvu.evaluation.assignment.transferred.v1": {"version_id": "X@1", "period_id": "period_x"},
    "congvu.catalogue.work_product.published.v1": {
        "unit_id": None,
        "code": "X",
        "release_id": "rel_x",
    },
    "congvu.catalogue.release.published.v1": {"unit_id": None},
    "congvu.catalogue.adjustment.approved.v1": {"version_id": "X@1", "unit_id": "unit_x"},
    "congvu.catalogue.adjustment.expired.v1": {"version_id": "X@1", "unit_id": "unit_x"},
    "congvu.feedback.index.computed.v1": {"unit_id": "unit_x", "period_id": "period_x"},
    "congvu.feedback.post_audit.requested.v1": {
        "unit_id": OTHER_COMMUNE,
        "complaint_id": "cpl_x",
        "civil_servant_id": "cs_x",
    },
    "congvu.feedback.complaint.answer_overdue.v1": {"civil_servant_id": "cs_x"},
    "congvu.evaluation.scoring.requested.v1": {"period_id": "period_x", "run_id": "run_x"},
    "congvu.evaluation.result.handed_over.v1": {
        "period_id": "period_x",
        "receiving_period_id": "period_x",
        "civil_servant_id": "cs_x",
        "handover_id": "handover_x",
    },
    "congvu.evaluation.year.outdated.v1": {
        "period_id": "period_x",
        "civil_servant_id": "cs_x",
        "evaluation_id": "eval_x",
    },
    "congvu.evaluation.ranking.completed.v1": {"period_id": "period_x", "run_id": "run_x"},
    "congvu.evaluation.ranking.published.v1": {"period_id": "period_x", "run_id": "run_x"},
    "congvu.evaluation.matching.requested.v1": {
        "civil_servant_id": "cs_x",
        "procedure": "9.999999",
        "unit_id": "unit_x",
        "matching_id": "match_x",
    },
    "congvu.evaluation.dossier.recorded.v1": {"unit_id": people.HANOI, "dossier_code": "X"},
}
"""What besides the province says whose a fact is, with something else in its place."""


def cases() -> Iterator[Case]:
    for service, (subscriptions, _) in SERVICES.items():
        for kind in (each.event_type for each in subscriptions):
            if (service, kind) not in KEEPS_NO_COPY:
                for field, value in {"province": ANOTHER_PROVINCE, **ALSO.get(kind, {})}.items():
                    yield Case(service, kind, field, value)


async def frozen_period(uow: UnitOfWork, *, with_indexes: bool) -> str:
    await evaluation.commune(uow)
    period = await evaluation.open_period(uow)
    await evaluation.move(uow, period, "freeze")
    if with_indexes:
        await evaluation.indexes_come(uow, period)
    return period.id


async def evaluations(event_type: str, uow: UnitOfWork) -> Body:
    """Something there is in evaluation that the event is about."""
    body = EXAMPLES[event_type]
    if event_type.startswith("congvu.catalogue"):
        return body
    if event_type.endswith("matching.requested.v1"):
        wanted = matching_of("56", body["civil_servant_id"], body["procedure"])
        async with uow.begin() as tx:
            await seek(wanted, tx)
        return body
    ours = event_type.startswith("congvu.evaluation")
    period_id = await frozen_period(uow, with_indexes=ours)
    about = {"period_id": period_id, "unit_id": COMMUNE, "agency_id": COMMUNE}
    about["run_id"] = run_id(period_id, COMMUNE)
    if event_type.startswith("congvu.feedback.complaint"):
        about["civil_servant_id"] = LAN_ID
        overdue = EXAMPLES["congvu.feedback.complaint.answer_overdue.v1"] | about
        fact = adapter(AnswerOverdue).validate_python(overdue)
        async with uow.begin() as tx:
            await charge_answer(fact, tx)
    if event_type.endswith("handed_over.v1"):
        part = replace(specimens.part(), receiving_period_id=period_id, revision=0)
        async with uow.begin() as tx:
            await tx.store(evaluation_collections.HANDOVERS).save(part)
        about |= vars(part) | {"handover_id": part.id}
    if event_type.endswith("year.outdated.v1"):
        year = replace(specimens.evaluation(), period_id=period_id, agency_id=COMMUNE, revision=0)
        async with uow.begin() as tx:
            await tx.store(evaluation_collections.EVALUATIONS).save(year)
        about |= vars(year) | {"evaluation_id": year.id}
    if event_type.endswith("evaluation.corrected.v1"):
        result = specimens.evaluation()
        async with uow.begin() as tx:
            await tx.store(evaluation_collections.EVALUATIONS).save(result)
        about = vars(result) | {"evaluation_id": result.id}
    return body | {name: value for name, value in about.items() if name in body}


async def feedbacks(event_type: str, uow: UnitOfWork) -> Body:
    await feedback.know_the_ward(uow)
    body = EXAMPLES[event_type]
    about = {
        "unit_id": people.WARD,
        "unit_ids": [people.WARD],
        "civil_servant_id": people.LAN_ID,
        "period_id": feedback.PERIOD,
    }
    if event_type.endswith("period.closed.v1"):
        body = body | {"seal_hash": "5e" * 32}
    if event_type.endswith("civil_servant.synced.v1"):
        [post, *_] = body["appointments"]
        body = body | {"appointments": [post | {"unit_id": people.WARD}]}
    if event_type.endswith("dossier.recorded.v1"):
        dossier = feedback.dossier_fact(1)
        about = adapter(type(dossier)).dump_python(dossier, mode="json")
    if event_type.endswith("evaluation.corrected.v1"):
        needs = feedback.make_needs()
        assert isinstance(uow, MemoryUnitOfWork)
        await feedback.decide(uow, needs, feedback.verdict(await feedback.disputed(uow, needs)))
        [audit] = await feedback.all_of(uow, feedback_collections.POST_AUDITS)
        about |= {"basis": audit.id}
    return body | {name: value for name, value in about.items() if name in body}


async def arranged(case: Case, uow: UnitOfWork) -> Body:
    match case.service:
        case "evaluation":
            return await evaluations(case.event_type, uow)
        case "feedback":
            return await feedbacks(case.event_type, uow)
    return EXAMPLES[case.event_type]


async def everything(uow: UnitOfWork, collections: Sequence[Collection[Any]]) -> Body:
    read = uow.reading()
    return {each.name: await read.store(each).select(limit=100_000) for each in collections}


@pytest.mark.parametrize("case", list(cases()), ids=str)
async def test_what_is_kept_keeps_its_owner(case: Case) -> None:
    subscriptions, collections = SERVICES[case.service]
    now = feedback.NOW if case.service == "feedback" else evaluation.NOW
    uow = MemoryUnitOfWork(FixedClock(now))
    body = await arranged(case, uow)
    listening = Listening(subscriptions, uow)
    await listening.hear(told(case.event_type, body))
    assert listening.reasons == []
    before = await everything(uow, collections)

    later = {"revision": 1_000} if "revision" in body else {}
    await listening.hear(told(case.event_type, body | later | {case.field: case.value}))

    [reason] = listening.reasons
    assert reason in (Code.CONFLICT, Code.INVALID, Code.NOT_FOUND)
    assert await everything(uow, collections) == before


def test_every_subscription_is_tried() -> None:
    heard = {(name, each.event_type) for name, (kinds, _) in SERVICES.items() for each in kinds}
    untried = heard - {(case.service, case.event_type) for case in cases()}

    assert untried == KEEPS_NO_COPY
    assert all(kind.startswith(f"congvu.{service}.") for service, kind in untried)


def test_every_event_that_is_listened_to_says_its_province() -> None:
    heard = {each.event_type for kinds, _ in SERVICES.values() for each in kinds}

    assert [kind for kind in sorted(heard) if "province" not in EXAMPLES[kind]] == []


async def test_an_index_of_an_open_period_is_refused() -> None:
    """A forged one was kept, and would have been the figure of the freeze."""
    uow = MemoryUnitOfWork(FixedClock(evaluation.NOW))
    await evaluation.commune(uow)
    period = await evaluation.open_period(uow)
    listening = Listening(EVALUATION, uow)
    fact = evaluation.index_fact(period, COMMUNE)
    body = EXAMPLES["congvu.feedback.index.computed.v1"]

    await listening.hear(
        told(
            "congvu.feedback.index.computed.v1",
            body | {"unit_id": fact.unit_id, "period_id": period.id, "province": "56"},
        )
    )

    assert listening.reasons == [Code.CONFLICT]
    assert await uow.reading().store(evaluation_collections.INDEXES).count() == 0


async def test_a_unit_stays_in_its_province_at_its_owner_too() -> None:
    """Whoever may write in every province moves none: what a merger makes is a new unit (E-I21)."""
    uow = MemoryUnitOfWork(FixedClock(evaluation.NOW))
    await evaluation.commune(uow)
    before = await everything(uow, evaluation_collections.ALL)
    moved = evaluation.unit_row("H32.31.07", None, UnitLevel.COMMUNE, province=ANOTHER_PROVINCE)

    report = await evaluation.sync(uow, units=[moved], actor=NATIONAL_HRM)

    assert [each.refusal and each.refusal.rule_id for each in report.results] == ["E-I21"]
    assert await everything(uow, evaluation_collections.ALL) == before
