"""What others rate is typed at no door, in any policy that says so; only the policy's own choice
lifts it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, get_named_type

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Invalid
from congvu_scoring import CompiledPolicy, compile_policy, read_policy
from congvu_scoring.documents.policy_files import shipped_policies
from congvu_scoring.engine.policy import Policy
from congvu_scoring.language.deriving import derive, undeclared_changes
from evaluation import desk_scenes, review_scenes, scenes
from evaluation.people import CHAIR_ID, PROVINCE_HEAD, person
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.application.collections import ALL
from evaluation_service.application.desk.rating import RatingRow
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.results import commands as ratings
from evaluation_service.application.stages import commands as stages
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.entries import check_codes, untyped
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs, Organising, Rating, Unity
from evaluation_service.domain.review.corrections import Correction
from evaluation_service.domain.transfers.handovers import EarlierPart

HIMSELF = person("chair-himself", Role.OFFICER, officer=CHAIR_ID)
POLICIES = {id: each for id, each in shipped_policies().items() if each.rated_by_others}
STAGED = "CO-CAC-BUOC"
LED = GivenInputs(organising=Organising.FULL, unity=Unity.FULL)


def elements(*keys: str) -> GivenInputs:
    return GivenInputs(elements=tuple(Rating(key=key, points=Decimal(1)) for key in keys))


def of_others(policy: Policy) -> list[str]:
    assert policy.rated_by_others is not None
    return [*policy.rated_by_others.elements]


def without_section(policy: Policy) -> CompiledPolicy:
    """As it was before it said so."""
    document = {name: part for name, part in policy.document.items() if name != "rated_by_others"}
    assert policy.rated_by_others is not None
    lifted_by, _ = policy.rated_by_others.lifted_by or ("", "")
    declared: Any = policy.document["switches"]
    switches = {name: switch for name, switch in declared.items() if name != lifted_by}
    return compile_policy(read_policy({**document, "switches": switches}))


def of_superiors(policy: Policy) -> list[str]:
    return sorted((compile_policy(policy).vocabulary.elements or set()) - set(of_others(policy)))


DECLARED = [(id, key) for id, policy in POLICIES.items() for key in of_others(policy)]


def test_what_the_petition_leaves_to_others_is_among_them() -> None:
    theirs = {"COORDINATION", "PEOPLE", "TRANSPARENCY", "SOCIAL_IMPACT"}

    assert {key for id, key in DECLARED if id == "PETITION-57"} == theirs


@pytest.mark.parametrize(("id", "key"), DECLARED)
def test_it_is_refused_with_the_place_the_rule_and_where_it_comes_from(id: str, key: str) -> None:
    policy = POLICIES[id]
    compiled, own = compile_policy(policy), of_superiors(policy)

    check_codes(elements(*own), AppointmentRole.HEAD, compiled, "input")
    with pytest.raises(Invalid) as refused:
        check_codes(elements(*own, key), AppointmentRole.HEAD, compiled, "input")

    said = refused.value
    assert policy.rated_by_others is not None
    source = policy.rated_by_others.elements[key]
    assert (said.field, said.rule_id) == (f"input.elements.{len(own)}.key", "rated_by_others")
    assert (said.en.endswith(source.en), said.vi.endswith(f"{source.vi}.")) == (True, True)
    assert said.en.startswith(policy.ref)


@pytest.mark.parametrize(("id", "key"), DECLARED)
def test_only_the_declared_choice_lifts_it_and_older_versions_never_said_so(
    id: str, key: str
) -> None:
    base = POLICIES[id]
    assert base.rated_by_others is not None
    assert base.rated_by_others.lifted_by is not None
    switch, value = base.rated_by_others.lifted_by

    own = derive(base, {switch: value}, policy_id="TINH-56")
    cut = json.loads(own.text)
    del cut["rated_by_others"]["elements"][key]

    for taking in (
        compile_policy(own),
        compile_policy(base, {switch: value}),
        without_section(base),
    ):
        check_codes(elements(key), AppointmentRole.HEAD, taking, "input")
    assert undeclared_changes(base, own) == ()
    changed = [each.path for each in undeclared_changes(base, read_policy(cut))]
    assert changed == [f"rated_by_others.elements.{key}"]


@pytest.mark.parametrize("id", POLICIES)
def test_what_was_typed_in_another_appointment_or_agency_comes_with_nobody(id: str) -> None:
    policy = compile_policy(POLICIES[id])
    known = sorted(policy.vocabulary.elements or set())
    part = EarlierPart(document={"elements": dict.fromkeys(known, "1"), "work": []}, days=3)

    kept = untyped(part, policy).document

    assert kept == {
        "elements": {key: "1" for key in known if key not in policy.rated_by_others},
        "work": [],
    }
    assert untyped(part, without_section(POLICIES[id])) == part


async def opened(uow: MemoryUnitOfWork, policy: Policy) -> EvaluationPeriod:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(policy, tx)
    return await scenes.open_period(uow, leader_policy=policy.id)


async def in_bulk(uow: MemoryUnitOfWork, period: EvaluationPeriod, given: GivenInputs) -> None:
    row = RatingRow(civil_servant_id=CHAIR_ID, ratings=given)
    report = await desk_scenes.rate(uow, period, actor=PROVINCE_HEAD, rows=(row,))
    [told] = [each.refusal for each in report.results if each.civil_servant_id == CHAIR_ID]
    if told is not None:
        raise Invalid(en=told.en, vi=told.vi, field=told.field, rule_id=told.rule_id)


async def by_oneself(uow: MemoryUnitOfWork, period: EvaluationPeriod, given: GivenInputs) -> None:
    command = ratings.SelfAssess(
        actor=HIMSELF,
        idempotency_key=scenes.key(),
        period_id=period.id,
        expected_revision=0,
        ratings=given,
    )
    await perform(ratings.self_assess, command, uow)


async def in_a_stage(uow: MemoryUnitOfWork, period: EvaluationPeriod, given: GivenInputs) -> None:
    command = stages.PassStage(
        actor=PROVINCE_HEAD,
        idempotency_key=scenes.key(),
        period_id=period.id,
        civil_servant_id=CHAIR_ID,
        expected_revision=0,
        stage="REPORTING",
        ratings=given,
    )
    await perform(stages.pass_stage, command, uow)


async def by_a_superior(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, given: GivenInputs
) -> None:
    await scenes.rate(uow, period, CHAIR_ID, actor=PROVINCE_HEAD, inputs=given)


Door = Callable[[MemoryUnitOfWork, EvaluationPeriod, GivenInputs], Awaitable[None]]
Decision = Callable[[MemoryUnitOfWork, Evaluation, Correction], Awaitable[object]]


async def after_an_appeal(
    uow: MemoryUnitOfWork, evaluation: Evaluation, correction: Correction
) -> None:
    appeal = await review_scenes.file(uow, evaluation, actor=HIMSELF)
    await held(uow, review_scenes.decide(uow, appeal, correction=correction))


async def after_an_audit(
    uow: MemoryUnitOfWork, evaluation: Evaluation, correction: Correction
) -> None:
    audit = await review_scenes.post_audit(uow, CHAIR_ID, unit_id=evaluation.unit_id)
    await held(uow, review_scenes.decide_audit(uow, audit, evaluation, correction))


DOORS: Mapping[str, Door] = {
    "scoreGeneralCriteria": by_a_superior,
    "scoreGeneralCriteriaBulk": in_bulk,
    "selfAssess": by_oneself,
    "passStage": in_a_stage,
}
DECISIONS: Mapping[str, Decision] = {
    "decideAppeal": after_an_appeal,
    "decidePostAudit": after_an_audit,
}


def rates_elements(kind: object, seen: frozenset[str] = frozenset()) -> bool:
    if not isinstance(kind, GraphQLInputObjectType) or kind.name in seen:
        return False
    return any(
        (name == "elements" and get_named_type(field.type).name == "RatingInput")
        or rates_elements(get_named_type(field.type), seen | {kind.name})
        for name, field in kind.fields.items()
    )


def test_every_mutation_that_takes_a_rated_element_is_tried() -> None:
    mutations = schema._schema.mutation_type
    assert mutations is not None

    doors = {
        name
        for name, each in mutations.fields.items()
        if any(rates_elements(get_named_type(given.type)) for given in each.args.values())
    }

    assert doors == {*DOORS, *DECISIONS}


async def everything(uow: MemoryUnitOfWork) -> tuple[dict[str, list[Any]], int]:
    reading = uow.reading()
    rows = {each.name: await reading.store(each).select(limit=1000) for each in ALL}
    return rows, len(uow.outbox)


async def held(uow: MemoryUnitOfWork, attempt: Awaitable[object]) -> None:
    """Refused, and nothing of it is kept."""
    before = await everything(uow)
    with pytest.raises(Invalid) as refused:
        await attempt
    assert await everything(uow) == before
    raise refused.value


def staged(policy: Policy) -> Policy:
    workflow = shipped_policies()["IN-SPARROW"].document["workflow"]
    return read_policy({**policy.document, "id": STAGED, "workflow": workflow})


@pytest.mark.parametrize("id", POLICIES)
@pytest.mark.parametrize("door", DOORS)
async def test_no_door_takes_it_and_nothing_is_half_written(
    uow: MemoryUnitOfWork, id: str, door: str
) -> None:
    policy = staged(POLICIES[id]) if door == "passStage" else POLICIES[id]
    period = await opened(uow, policy)
    given = elements(of_superiors(policy)[0], of_others(policy)[-1])

    with pytest.raises(Invalid) as refused:
        await held(uow, DOORS[door](uow, period, given))

    assert (refused.value.field, refused.value.rule_id) == (
        "input.ratings.elements.1.key",
        "rated_by_others",
    )


@pytest.mark.parametrize("id", POLICIES)
@pytest.mark.parametrize("decision", DECISIONS)
async def test_no_decision_types_it_either(uow: MemoryUnitOfWork, id: str, decision: str) -> None:
    policy = POLICIES[id]
    period = await opened(uow, policy)
    await scenes.do_all(uow, period, HIMSELF, manager=PROVINCE_HEAD)
    await by_a_superior(uow, period, LED)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    evaluation = await scenes.evaluation_of(uow, period, CHAIR_ID)
    typed = elements(of_superiors(policy)[0], of_others(policy)[-1]).elements

    with pytest.raises(Invalid) as refused:
        await DECISIONS[decision](uow, evaluation, Correction(elements=typed))

    assert (refused.value.field, refused.value.rule_id) == (
        "input.correction.elements.1.key",
        "rated_by_others",
    )
