"""Group work: shares of exactly 100, each counts its share, divided anew by a decision only."""

from decimal import Decimal
from fractions import Fraction

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.errors import Conflict, DomainError, Forbidden, Invalid
from evaluation import scenes, work_scenes
from evaluation.people import CHAIR, LAN, LAN_ID, MINH, MINH_ID, NEIGHBOUR_ID, PROVINCE_HEAD
from evaluation.scenes import evaluation_of
from evaluation.work_scenes import divide_group, form_group, members
from evaluation_service.application.collections import ASSIGNMENTS, TALLIES, WORK_GROUPS
from evaluation_service.application.work.groups import MemberRow
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.causes import CauseKind
from evaluation_service.domain.work.changes import CHANGES_MAX
from evaluation_service.domain.work.groups import MEMBERS_MAX, WorkGroup
from evaluation_service.domain.work.reports import AssignmentState
from evaluation_service.domain.work.tallies import TallyLine, tally_id

DECISION = Decision(number="88/QĐ-UBND", decided_on=scenes.TODAY)
HALVES = members(lan="50", minh="50")


async def opened(uow: UnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    return await scenes.open_period(uow)


async def parts(uow: UnitOfWork, group: WorkGroup) -> dict[str, Assignment]:
    ids = [each.assignment_id for each in group.division.members]
    found = await uow.reading().store(ASSIGNMENTS).find_many(ids)
    return {each.civil_servant_id: each for each in found if each is not None}


async def line_of(uow: UnitOfWork, work: Assignment) -> TallyLine:
    id = tally_id(work.period_id, work.appointment_id)
    return (await uow.reading().store(TALLIES).get(id)).lines[work.id]


async def quantities(uow: UnitOfWork, group: WorkGroup) -> dict[str, Decimal]:
    return {id: work.quantity for id, work in (await parts(uow, group)).items()}


async def test_each_is_given_the_share_of_the_quantity(any_uow: UnitOfWork) -> None:
    period = await opened(any_uow)

    thirds = await form_group(any_uow, period, members(lan="33.34", minh="33.33", hoa="33.33"))

    found = await parts(any_uow, thirds)
    kept = await any_uow.reading().store(WORK_GROUPS).get(thirds.id)
    assert [each.quantity for each in found.values()] == [
        Decimal("3.334"),
        Decimal("3.333"),
        Decimal("3.333"),
    ]
    assert sum(each.quantity for each in found.values()) == Decimal(10)
    assert {each.group.group_id for each in found.values() if each.group} == {thirds.id}
    assert kept == thirds


async def test_E_I6_shares_sum_to_exactly_100(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    told = len(uow.outbox)

    for shares in (members(lan="50", minh="49.99"), members(lan="60", minh="50")):
        with pytest.raises(Invalid) as refused:
            await form_group(uow, period, shares)
        assert (refused.value.rule_id, refused.value.field) == ("E-I6", "input.members")

    assert await uow.reading().store(WORK_GROUPS).count() == 0
    assert (await uow.reading().store(ASSIGNMENTS).count(), len(uow.outbox)) == (0, told)


@pytest.mark.parametrize(
    ("of", "field"),
    [
        (members(lan="100"), "input.members"),
        ((*members(lan="50"), *members(lan="50")), "input.members"),
        (
            tuple(
                MemberRow(civil_servant_id=f"cs_{n}", share=Decimal(1))
                for n in range(MEMBERS_MAX + 1)
            ),
            "input.members",
        ),
        (members(lan="99.999", minh="0.001"), "input.members.0.share"),
        (members(lan="100", minh="0"), "input.members.1.share"),
    ],
)
async def test_a_group_is_of_several_different_people(
    uow: MemoryUnitOfWork, of: tuple[MemberRow, ...], field: str
) -> None:
    period = await opened(uow)

    with pytest.raises(Invalid) as refused:
        await form_group(uow, period, of)

    assert refused.value.field == field
    assert await uow.reading().store(WORK_GROUPS).count() == 0


async def test_a_part_too_fine_to_count_is_refused(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)

    with pytest.raises(Invalid) as refused:
        await form_group(uow, period, members(lan="33.33", minh="66.67"), quantity="0.0001")

    assert refused.value.field == "input.members"
    assert await uow.reading().store(ASSIGNMENTS).count() == 0


async def test_every_member_is_led_by_whoever_gives_the_work(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    strangers = (*members(lan="50"), MemberRow(civil_servant_id=NEIGHBOUR_ID, share=Decimal(50)))

    with pytest.raises(Forbidden):
        await form_group(uow, period, strangers)
    with pytest.raises(Invalid):
        await form_group(uow, period, strangers, actor=PROVINCE_HEAD)

    assert await uow.reading().store(ASSIGNMENTS).count() == 0


async def test_the_lead_reports_for_all_and_each_counts_the_share(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    group = await form_group(uow, period, members(lan="75", minh="25"), quantity="4")
    record = (
        Evidence(uri="https://kho.example/1.pdf", hash="cd" * 32, source=None, captured_at=None),
    )

    await work_scenes.report_group(uow, group, "4", evidence=record)
    found = await parts(uow, group)
    hers = await scenes.accept(uow, found[LAN_ID], quality_failures=1)
    his = await scenes.accept(uow, found[MINH_ID], quality_failures=1)
    for id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, id)
    await scenes.reviewed(uow, period)

    lan = (await evaluation_of(uow, period, LAN_ID)).sheet
    minh = (await evaluation_of(uow, period, MINH_ID)).sheet
    assert [each.doubts for each in found.values()] == [[], []]
    assert (hers.completed, his.completed) == (Decimal(3), Decimal(1))
    assert (hers.quality_failures, his.quality_failures) == (Decimal("0.75"), Decimal("0.25"))
    assert (await line_of(uow, hers)).quality_failures == Decimal("0.75")
    assert lan is not None
    assert minh is not None
    assert lan.total == minh.total
    assert lan.total == 30 + 70 * Fraction(1 + Fraction(15, 16) + 1) / 3


async def test_delays_and_their_causes_count_by_the_share(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    group = await form_group(uow, period, members(lan="75", minh="25"), quantity="4")
    work = (await parts(uow, group))[LAN_ID]
    async with uow.begin() as tx:
        work.due_on = scenes.JULY
        await tx.store(ASSIGNMENTS).save(work)
    late = await scenes.accept(uow, await scenes.report(uow, work, "3"))

    claimed = await work_scenes.claim(uow, late, kind=CauseKind.LATE, count=4)
    decided = await work_scenes.decide_cause(uow, claimed)

    assert (late.late, decided.late_exempt) == (Decimal(3), Decimal(3))
    with pytest.raises(Invalid):
        await work_scenes.claim(uow, decided, kind=CauseKind.LATE, count=1)


async def test_only_the_lead_reports_for_the_group(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    group = await form_group(uow, period, HALVES)

    with pytest.raises(Forbidden):
        await work_scenes.report_group(uow, group, "2", actor=MINH)
    own = await scenes.report(uow, (await parts(uow, group))[MINH_ID], "1", actor=MINH)

    assert own.state is AssignmentState.SUBMITTED
    with pytest.raises(Conflict):
        await work_scenes.report_group(uow, group, "2", actor=LAN)
    assert (await parts(uow, group))[LAN_ID].reports == []


async def test_shares_of_work_that_has_begun_change_by_a_decision_only(
    uow: MemoryUnitOfWork,
) -> None:
    period = await opened(uow)
    group = await form_group(uow, period, HALVES)
    other = members(lan="60", minh="40")

    group = await divide_group(uow, group, other)
    before = await quantities(uow, group)
    begun = await scenes.report(uow, (await parts(uow, group))[LAN_ID], "1")
    with pytest.raises(Invalid) as refused:
        await divide_group(uow, group, HALVES)
    unchanged = await quantities(uow, group)
    decided = await divide_group(uow, group, HALVES, decision=DECISION)

    assert before == unchanged == {LAN_ID: Decimal(6), MINH_ID: Decimal(4)}
    assert (refused.value.rule_id, refused.value.field) == ("E-I6", "input.decision")
    assert await quantities(uow, decided) == {LAN_ID: Decimal(5), MINH_ID: Decimal(5)}
    assert [each.decision for each in decided.divisions] == [None, None, DECISION]
    kept = (await parts(uow, decided))[begun.civil_servant_id]
    assert kept.changes[-1].in_words == "88/QĐ-UBND: giảm từ 6 xuống 5, chia lại tỷ lệ"
    assert (await line_of(uow, kept)).assigned == "5"


async def test_nobody_falls_below_what_they_did(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    group = await form_group(uow, period, HALVES)
    work = (await parts(uow, group))[LAN_ID]
    await scenes.accept(uow, await scenes.report(uow, work, "4"))
    before = await quantities(uow, group)

    for among, quantity in (
        (members(lan="30", minh="70"), "10"),
        (members(minh="50", hoa="50"), "10"),
        (HALVES, "0"),
    ):
        with pytest.raises(Invalid):
            await divide_group(uow, group, among, quantity=quantity, decision=DECISION)

    assert await quantities(uow, group) == before
    assert await uow.reading().store(WORK_GROUPS).get(group.id) == group


async def test_members_come_and_go_while_nothing_of_theirs_is_done(
    uow: MemoryUnitOfWork,
) -> None:
    period = await opened(uow)
    group = await form_group(uow, period, HALVES)
    his = (await parts(uow, group))[MINH_ID]

    again = await divide_group(uow, group, members(lan="50", hoa="50"), quantity="8")

    gone = await uow.reading().store(ASSIGNMENTS).get(his.id)
    assert gone.state is AssignmentState.CANCELLED
    assert list((await quantities(uow, again)).values()) == [Decimal(4), Decimal(4)]
    assert MINH_ID not in await quantities(uow, again)


async def test_a_group_is_taken_back_whole(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    group = await form_group(uow, period, HALVES)

    gone = await divide_group(uow, group, HALVES, quantity="0")

    states = {each.state for each in (await parts(uow, gone)).values()}
    assert states == {AssignmentState.CANCELLED}


async def test_E_I6_one_share_does_not_move_alone(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    later = await work_scenes.next_quarter(uow)
    work = (await parts(uow, await form_group(uow, period, HALVES)))[LAN_ID]

    for step in (
        work_scenes.raise_to(uow, work, "9", actor=CHAIR),
        work_scenes.reduce_to(uow, work, "1"),
        work_scenes.cancel(uow, work),
        work_scenes.transfer(uow, work, MINH_ID),
        work_scenes.carry_over(uow, work, later),
    ):
        with pytest.raises(Conflict) as refused:
            await step
        assert refused.value.rule_id == "E-I6"

    assert await uow.reading().store(ASSIGNMENTS).get(work.id) == work


async def test_a_division_says_why_and_by_what_decision(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    group = await form_group(uow, period, HALVES)
    nameless = Decision(number=" ", decided_on=scenes.TODAY)

    with pytest.raises(Invalid) as why:
        await divide_group(uow, group, HALVES, quantity="12", reason=" ")
    with pytest.raises(Invalid) as number:
        await divide_group(uow, group, HALVES, quantity="12", decision=nameless)
    with pytest.raises(Invalid) as shares:
        await divide_group(uow, group, members(lan="50", minh="49"), quantity="12")

    assert (why.value.field, number.value.field, shares.value.field) == (
        "input.reason",
        "input.decision.number",
        "input.members",
    )
    assert await quantities(uow, group) == {LAN_ID: Decimal(5), MINH_ID: Decimal(5)}
    assert await uow.reading().store(WORK_GROUPS).get(group.id) == group


async def test_a_group_is_divided_a_limited_number_of_times(uow: MemoryUnitOfWork) -> None:
    group = await form_group(uow, await opened(uow), HALVES)
    again = group.division
    group.divisions = [again] * CHANGES_MAX

    with pytest.raises(DomainError):
        group.divide(again, begun=False)

    assert len(group.divisions) == CHANGES_MAX
