"""E-I15 over random hands: whoever tries what, nobody ends up on both roads."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import DomainError
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.people import CHAIR, DEPUTY, LAN, OFFICE_HEAD
from evaluation_service.application.collections import OBJECTIVES, READINGS
from evaluation_service.domain.objectives.readings import ReadingState
from support.clock import FixedClock

HANDS = (CHAIR, DEPUTY, OFFICE_HEAD, LAN, o.SYSTEM)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["revise", "record", "decide"]),
        st.sampled_from(HANDS),
        st.integers(min_value=60, max_value=140),
    ),
    min_size=3,
    max_size=14,
)


@settings(max_examples=40)
@given(setter=st.sampled_from(HANDS[:3]), steps=STEPS)
async def test_E_I15_nobody_enters_both_target_and_actual(
    setter: Actor, steps: list[tuple[str, Actor, int]]
) -> None:
    uow = MemoryUnitOfWork(FixedClock(scenes.NOW))
    period = await o.scorecards(uow, switches=(o.WARN,))
    objective = await o.define(uow, period, actor=setter)
    for step, hand, number in steps:
        known = await o.now_is(uow, objective)
        with suppress(DomainError):
            if step == "revise":
                await o.revise(uow, known, o.eased(known.content, str(number)), actor=hand)
            elif step == "record":
                await o.record(uow, known, str(number), actor=hand)
            else:
                waiting = await uow.reading().store(READINGS).select()
                for each in [one for one in waiting if one.state is ReadingState.ENTERED][:1]:
                    await o.decide(uow, each, actor=hand)

    [found] = await uow.reading().store(OBJECTIVES).select()
    readings = await uow.reading().store(READINGS).select()
    assert not any(
        entered.entered_by.same_person(by) for entered in readings for by in found.set_by
    )
    assert not any(
        each.confirmed_by and each.confirmed_by.same_person(each.entered_by) for each in readings
    )
