"""What comes by the hundred: what it costs does not grow with how many there are."""

import pytest

from congvu_kit.adapters.mongo import MongoUnitOfWork
from congvu_kit.application.ports import Eq, UnitOfWork
from evaluation import scenes
from evaluation.dossier_scenes import event, record
from evaluation_service.adapters.subscriptions import SUBSCRIPTIONS
from evaluation_service.application.collections import MATCHINGS, RUNS
from evaluation_service.application.results.indexes import IndexComputed
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.runs import RunState
from support.sent import Sent, take_effect

PUBLISHED = "congvu.catalogue.work_product.published.v1"
COMPUTED = "congvu.feedback.index.computed.v1"
FACTS = [scenes.version_fact(f"C.56.{each}@1", procedure_code=f"1.{each:06}") for each in range(20)]


@pytest.mark.mongo
async def test_versions_that_no_dossier_waits_for(heard_uow: MongoUnitOfWork, sent: Sent) -> None:
    sent.take()
    await take_effect(heard_uow, SUBSCRIPTIONS, PUBLISHED, FACTS)

    assert len(sent.take()) == 4  # found, whether a dossier waits, written, committed


async def test_a_dossier_that_waits_for_one_of_them_is_looked_through(
    any_uow: UnitOfWork,
) -> None:
    await scenes.commune(any_uow)
    await record(any_uow, event(procedure_code="1.000007"))

    await take_effect(any_uow, SUBSCRIPTIONS, PUBLISHED, FACTS)

    asked = await any_uow.reading().store(MATCHINGS).select(Eq("procedure", "1.000007"))
    assert None in [each.civil_servant_id for each in asked]


@pytest.mark.mongo
async def test_a_dossier_that_waits_for_one_of_them_has_the_others_not_asked_for(
    heard_uow: MongoUnitOfWork, sent: Sent
) -> None:
    await scenes.commune(heard_uow)
    await record(heard_uow, event(procedure_code="1.000007"))
    sent.take()

    await take_effect(heard_uow, SUBSCRIPTIONS, PUBLISHED, FACTS)

    taken = sent.take()
    assert taken.count("aggregate dossiers") == 2, taken  # which are waited for; in which provinces
    assert "find dossiers" not in taken


@pytest.mark.mongo
async def test_dossiers_that_wait_for_as_many_things_as_they_are(
    heard_uow: MongoUnitOfWork, sent: Sent
) -> None:
    await scenes.commune(heard_uow)
    sent.take()
    costs = []
    for many in (range(1, 4), range(4, 24)):
        await record(heard_uow, *(event(each, procedure_code=f"1.{each:06}") for each in many))
        costs.append(sent.take())

    few, more = costs
    assert len(more) == len(few), more
    assert more.count("find dossier_matchings") == 1, more


async def frozen(uow: UnitOfWork) -> tuple[EvaluationPeriod, list[IndexComputed]]:
    """A period that waits for its indexes, and these."""
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.move(uow, period, "freeze")
    now = await scenes.now_is(uow, period)
    return now, [scenes.index_fact(now, unit_id) for unit_id in now.unit_ids]


@pytest.mark.mongo
async def test_indexes_of_a_period(heard_uow: MongoUnitOfWork, sent: Sent) -> None:
    _, facts = await frozen(heard_uow)
    sent.take()

    await take_effect(heard_uow, SUBSCRIPTIONS, COMPUTED, facts)

    taken = sent.take()
    assert len(facts) > 1
    assert (taken.count("find runs"), taken.count("find unit_indexes")) == (2, 1), taken


async def test_the_last_index_starts_the_scoring_where_all_come_together(
    any_uow: UnitOfWork,
) -> None:
    period, facts = await frozen(any_uow)

    await take_effect(any_uow, SUBSCRIPTIONS, COMPUTED, facts)

    runs = await any_uow.reading().store(RUNS).select(Eq("period_id", period.id))
    assert [(each.state, each.asks) for each in runs] == [(RunState.REQUESTED, 1)]


async def test_what_several_dossiers_of_a_call_wait_for_is_saved_once(any_uow: UnitOfWork) -> None:
    await scenes.commune(any_uow)

    await record(any_uow, event(1), event(2), event(3))

    [waited_for] = await any_uow.reading().store(MATCHINGS).select(Eq("procedure", "1.001193"))
    assert waited_for.revision == 1
