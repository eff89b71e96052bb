"""Objectives: organisation first, weights within 100, SMART, and changed by another person."""

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, DomainError, Forbidden
from congvu_scoring import plain, read_policy
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    CHAIR_ID,
    COMMUNE,
    DEPUTY,
    DEPUTY_ID,
    LAN,
    LAN_ID,
    MINH_ID,
    NEIGHBOUR_HEAD,
    OFFICE,
    OFFICE_HEAD,
    OTHER_COMMUNE,
    PROVINCE_HEAD,
    PROVINCE_UNIT,
)
from evaluation_service.application.collections import OBJECTIVES
from evaluation_service.application.objectives import commands
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.domain.objectives.content import (
    Direction,
    ObjectiveContent,
    ObjectiveIndicator,
    smart_gaps,
)
from evaluation_service.domain.objectives.objectives import (
    Objective,
    ObjectiveLevel,
    ObjectiveState,
)


async def refused(uow: MemoryUnitOfWork, step: Any) -> DomainError:
    """The refusal, which left nothing behind."""
    before, told = await uow.reading().store(OBJECTIVES).select(), len(uow.outbox)
    with pytest.raises(DomainError) as error:
        await step
    assert await uow.reading().store(OBJECTIVES).select() == before
    assert len(uow.outbox) == told
    return error.value


async def test_a_personal_objective_hangs_on_the_units_and_that_on_the_organisations(
    uow: MemoryUnitOfWork,
) -> None:
    period = await o.scorecards(uow)
    office = await o.cascade(uow, period, "CUSTOMER")

    lans = await o.define(uow, period, o.content(parent_id=office.id))

    top = await uow.reading().store(OBJECTIVES).get(office.parent_id or "")
    assert [each.level for each in (top, office, lans)] == list(ObjectiveLevel)
    assert (lans.civil_servant_id, lans.unit_id, lans.state) == (
        LAN_ID,
        OFFICE,
        ObjectiveState.IN_FORCE,
    )


async def test_a_leaders_objective_hangs_on_the_organisation_that_they_head(
    uow: MemoryUnitOfWork,
) -> None:
    period = await o.scorecards(uow)
    office = await o.cascade(uow, period, "CUSTOMER")

    said = o.content(parent_id=office.parent_id)
    chairs = await o.define(uow, period, said, of=CHAIR_ID, actor=PROVINCE_HEAD)

    assert chairs.parent_id == office.parent_id


async def test_E_I13_no_parent_is_refused_unless_the_switch_warns(uow: MemoryUnitOfWork) -> None:
    strict = await o.scorecards(uow)
    refusal = await refused(uow, o.define(uow, strict))

    assert (refusal.rule_id, refusal.field) == ("E-I13", "input.content.parentId")


async def test_E_I13_a_switch_that_warns_takes_an_objective_without_parent(
    uow: MemoryUnitOfWork,
) -> None:
    lenient = await o.scorecards(uow, switches=(o.WARN,))

    assert (await o.define(uow, lenient)).parent_id is None


@pytest.mark.parametrize(
    "which", ["unknown", "a person's", "the organisation's", "withdrawn", "another period's"]
)
async def test_E_I13_a_parent_is_there_in_force_and_of_the_level_above(
    uow: MemoryUnitOfWork, which: str
) -> None:
    """Whatever the switch says of none."""
    period = await o.scorecards(uow, switches=(o.WARN,))
    office = await o.cascade(uow, period, "CUSTOMER")
    minhs = await o.define(uow, period, o.content(parent_id=office.id), of=MINH_ID)
    parents = {
        "unknown": "xyz",
        "a person's": minhs.id,
        "the organisation's": office.parent_id,
        "withdrawn": office.id,
        "another period's": office.id,
    }
    if which == "withdrawn":
        await o.withdraw(uow, minhs)
        await o.withdraw(uow, await o.now_is(uow, office), actor=DEPUTY)
    if which == "another period's":
        async with uow.begin() as tx:
            await tx.store(OBJECTIVES).save(replace(office, period_id="period_x"))

    step = o.define(uow, period, o.content(parent_id=parents[which]), code="MT-02")
    refusal = await refused(uow, step)

    assert (refusal.rule_id, refusal.field) == ("E-I13", "input.content.parentId")


async def test_E_I13_a_units_parent_is_the_organisations(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow)
    office = await o.cascade(uow, period, "CUSTOMER")

    said = o.content(parent_id=office.id)
    refusal = await refused(uow, o.define(uow, period, said, unit_id=OFFICE, code="DV-2"))

    assert refusal.rule_id == "E-I13"


async def test_E_I13_a_units_parent_is_of_its_own_organisation(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow, scope_unit_id=PROVINCE_UNIT)
    theirs = await o.define(uow, period, unit_id=OTHER_COMMUNE, actor=PROVINCE_HEAD)

    said = o.content(parent_id=theirs.id)
    refusal = await refused(uow, o.define(uow, period, said, unit_id=OFFICE))

    assert (refusal.rule_id, refusal.field) == ("E-I13", "input.content.parentId")


async def test_a_parent_with_objectives_below_it_is_not_withdrawn(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow)
    office = await o.cascade(uow, period, "CUSTOMER")
    await o.define(uow, period, o.content(parent_id=office.id))

    refusal = await refused(uow, o.withdraw(uow, office))

    assert isinstance(refusal, Conflict)
    assert refusal.rule_id == "E-I13"


async def test_E_I6_weights_of_an_owner_and_perspective_stay_within_100(
    uow: MemoryUnitOfWork,
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    await o.define(uow, period, o.content(weight="60"))
    await o.define(uow, period, o.content(weight="60", perspective="FINANCE"), code="MT-02")
    await o.define(uow, period, o.content(weight="60"), of=MINH_ID)

    refusal = await refused(uow, o.define(uow, period, o.content(weight="41"), code="MT-03"))
    await o.define(uow, period, o.content(weight="40"), code="MT-03")

    assert (refusal.rule_id, refusal.field) == ("E-I6", "input.content.weight")


async def test_E_I6_without_perspectives_all_weights_together_stay_within_100(
    uow: MemoryUnitOfWork,
) -> None:
    period = await o.scorecards(uow, "CN-TARGET", staff_policy="ND335-2025-STAFF")
    said = o.content(weight="60", perspective=None)
    await o.define(uow, period, said, of=CHAIR_ID, actor=PROVINCE_HEAD)

    step = o.define(
        uow, period, replace(said, perspective="ANY"), of=CHAIR_ID, actor=PROVINCE_HEAD, code="M2"
    )
    assert (await refused(uow, step)).rule_id == "E-I6"


async def test_E_I6_measures_of_one_output_share_its_weight(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow, "NZ-OUTPUT", staff_policy="ND335-2025-STAFF")
    for code in ("quantity", "quality"):
        said = o.content(weight="60", perspective="ROADS")
        await o.define(uow, period, said, of=CHAIR_ID, actor=PROVINCE_HEAD, code=code)

    said = o.content(weight="41", perspective="SCHOOLS")
    step = o.define(uow, period, said, of=CHAIR_ID, actor=PROVINCE_HEAD, code="schools")
    assert (await refused(uow, step)).rule_id == "E-I6"


async def test_a_code_stands_once_at_its_owner(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    await o.define(uow, period, o.content(weight="10"))

    refusal = await refused(uow, o.define(uow, period, o.content(weight="10")))

    assert (refusal.code, refusal.field) == ("CONFLICT", "input.code")


@pytest.mark.parametrize("perspective", [None, "CUSTOMERS"])
async def test_a_perspective_is_one_of_the_policys(
    uow: MemoryUnitOfWork, perspective: str | None
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))

    refusal = await refused(uow, o.define(uow, period, o.content(perspective=perspective)))

    assert (refusal.field, refusal.rule_id) == ("input.content.perspective", "BSC-CASCADE")


async def test_a_policy_that_reads_no_indicators_takes_no_objectives(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    refusal = await refused(uow, o.define(uow, period, o.content(perspective=None)))

    assert refusal.rule_id == "ND335-2025-STAFF"


def answers() -> Iterator[str]:
    """Every field that may be left open and that SMART asks for."""
    optional = {each.name for each in fields(ObjectiveIndicator) if each.default is None}
    yield from sorted(f"indicator.{name}" for name in optional - {"system"})
    yield "description"


@pytest.mark.parametrize("name", list(answers()))
async def test_SMART_tells_each_question_left_open(uow: MemoryUnitOfWork, name: str) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    said = o.content()
    open: dict[str, Any] = {name.removeprefix("indicator."): None}
    if name in open:
        said = replace(said, **open)
    else:
        said = replace(said, indicator=replace(said.indicator, **open))

    refusal = await refused(uow, o.define(uow, period, said))

    assert refusal.rule_id == "SMART"
    assert [refusal.field] == [f"input.content.{gap[2:]}" for gap in smart_gaps(said)]


@pytest.mark.parametrize(
    ("baseline", "target", "direction"),
    [("100", "90", Direction.UP), ("90", "100", Direction.DOWN)],
)
async def test_SMART_a_target_lies_on_its_side_of_the_baseline(
    uow: MemoryUnitOfWork, baseline: str, target: str, direction: Direction
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))

    said = o.content(target, baseline=baseline, direction=direction)
    refusal = await refused(uow, o.define(uow, period, said))

    assert (refusal.field, refusal.rule_id) == ("input.content.indicator.target", "SMART")


async def test_a_pilot_is_for_the_units_that_its_policy_names_and_what_they_hang_on(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    document = json.loads(json.dumps(plain(shipped_policy("BSC-CASCADE@2").document)))
    pilot = read_policy({**document, "id": "PILOT", "units": [OFFICE]})
    async with uow.begin() as tx:
        await keep_shipped(pilot, tx)
    policies = dict.fromkeys(("staff_policy", "deputy_policy", "leader_policy"), "PILOT")
    period = await scenes.open_period(uow, scope_unit_id=PROVINCE_UNIT, **policies)

    office = await o.cascade(uow, period, "CUSTOMER")
    lans = await o.define(uow, period, o.content(parent_id=office.id))
    top = o.content(parent_id=office.parent_id)
    outside = await refused(uow, o.define(uow, period, top, of=DEPUTY_ID))
    other = o.define(uow, period, unit_id=OTHER_COMMUNE, actor=PROVINCE_HEAD)
    elsewhere = await refused(uow, other)

    assert lans.unit_id == OFFICE
    assert (outside.field, outside.rule_id) == ("input.civilServantId", "PILOT")
    assert (elsewhere.field, elsewhere.rule_id) == ("input.unitId", "PILOT")


REVISED: dict[str, ObjectiveContent] = {
    "target": o.eased(o.content(), "110"),
    "baseline": replace(
        o.content(), indicator=replace(o.content().indicator, baseline=Decimal(-10))
    ),
    "weight": replace(o.content(), weight=Decimal(90)),
    "perspective": replace(o.content(), perspective="FINANCE"),
    "system": replace(o.content(), indicator=replace(o.content().indicator, system="another")),
}


@pytest.mark.parametrize("what", list(REVISED))
@pytest.mark.parametrize("account", ["chair", "chairs-other-account"])
async def test_E_I15_what_moves_a_score_is_changed_by_another_person(
    uow: MemoryUnitOfWork, what: str, account: str
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    objective = await o.define(uow, period)
    herself: Actor = replace(CHAIR, subject=account)

    refusal = await refused(uow, o.revise(uow, objective, REVISED[what], actor=herself))
    changed = await o.revise(uow, objective, REVISED[what], actor=DEPUTY)

    assert (refusal.code, refusal.rule_id) == ("FORBIDDEN", "E-I15")
    assert [each.content for each in changed.versions] == [o.content(), REVISED[what]]
    assert [each.set_by.subject for each in changed.versions] == ["chair", "deputy"]
    assert changed.current.reason == "Theo quyết định giao lại chỉ tiêu"


async def test_its_words_may_be_mended_by_whoever_wrote_them(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    objective = await o.define(uow, period)

    mended = await o.revise(uow, objective, o.content(title="Trả hồ sơ đúng hạn"), actor=CHAIR)

    assert (mended.current.number, mended.content.title) == (2, "Trả hồ sơ đúng hạn")


@pytest.mark.parametrize("reason", ["", "   "])
async def test_a_revision_needs_a_reason(uow: MemoryUnitOfWork, reason: str) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    objective = await o.define(uow, period)

    step = o.revise(uow, objective, o.eased(o.content(), "110"), reason=reason)
    assert (await refused(uow, step)).field == "input.reason"


@pytest.mark.parametrize("target", ["92", "92.01", "99"])
async def test_E_I15_nobody_lowers_a_target_to_what_was_reached(
    uow: MemoryUnitOfWork, target: str
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    objective = await o.define(uow, period)
    await o.record(uow, objective, "92")

    refusal = await refused(uow, o.revise(uow, objective, o.eased(o.content(), target)))
    harder = await o.revise(uow, objective, o.eased(o.content(), "110"))

    assert (refusal.code, refusal.rule_id) == ("CONFLICT", "E-I15")
    assert harder.content.indicator.target == 110


async def test_E_I15_whoever_entered_a_figure_does_not_set_its_target(
    uow: MemoryUnitOfWork,
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    objective = await o.define(uow, period)
    await o.record(uow, objective, "92", actor=DEPUTY)

    refusal = await refused(uow, o.revise(uow, objective, o.eased(o.content(), "110")))

    assert (refusal.code, refusal.rule_id) == ("FORBIDDEN", "E-I15")


NOT_ABOVE = {
    "another unit's head": NEIGHBOUR_HEAD,
    "its own head": OFFICE_HEAD,
    "elsewhere": replace(CHAIR, province="01"),
    "nobody named": replace(CHAIR, officer=None),
}


@pytest.mark.parametrize("actor", NOT_ABOVE.values(), ids=NOT_ABOVE)
async def test_a_unit_is_given_objectives_from_above_it(
    uow: MemoryUnitOfWork, actor: Actor
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))

    assert isinstance(
        await refused(uow, o.define(uow, period, unit_id=OFFICE, actor=actor)), Forbidden
    )


async def test_an_organisations_objectives_are_set_by_a_head(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow)

    refusal = await refused(uow, o.define(uow, period, unit_id=COMMUNE, actor=DEPUTY))
    own: Objective = await o.define(uow, period, unit_id=COMMUNE, actor=CHAIR)

    assert isinstance(refusal, Forbidden)
    assert own.level is ObjectiveLevel.ORGANISATION


async def test_E_I4_nobody_sets_their_own_objectives(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    herself = replace(CHAIR, subject="another-account", officer=LAN.officer)

    assert (await refused(uow, o.define(uow, period, actor=herself))).rule_id == "E-I4"


@pytest.mark.parametrize("named", [(None, None), (LAN_ID, OFFICE)])
async def test_an_objective_is_of_a_person_or_of_a_unit(
    uow: MemoryUnitOfWork, named: tuple[str | None, str | None]
) -> None:
    period = await o.scorecards(uow)
    command = commands.DefineObjective(
        actor=CHAIR,
        idempotency_key=scenes.key(),
        period_id=period.id,
        civil_servant_id=named[0],
        unit_id=named[1],
        code="MT-01",
        content=o.content(),
    )

    refusal = await refused(uow, perform(commands.define_objective, command, uow))
    assert refusal.field == "input.unitId"


async def test_after_the_freeze_objectives_stay(uow: MemoryUnitOfWork) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    objective = await o.define(uow, period)
    reading = await o.record(uow, objective)
    await scenes.move(uow, period, "freeze")

    for step in (
        o.define(uow, period, code="MT-02"),
        o.revise(uow, objective, o.eased(o.content(), "110")),
        o.withdraw(uow, objective),
        o.record(uow, objective),
        o.decide(uow, reading),
    ):
        assert (await refused(uow, step)).rule_id == "E-I3"
