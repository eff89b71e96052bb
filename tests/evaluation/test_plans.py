"""Every look through the store: the real one answers as the fake does, and an index that its
collection declares serves it (generated from the mutations and the graph)."""

from functools import partial

import pytest

from congvu_kit.adapters.mongo import MongoUnitOfWork
from evaluation.needs import NEEDS
from evaluation.test_callers import CASES
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.adapters.workers import workers
from evaluation_service.application.collections import ALL
from evaluation_service.settings import EvaluationSettings
from support.callers import Case, Stage, call
from support.graph import Graph
from support.plans import Looks, NotingUnitOfWork, assert_looked_up, questions, reactions, steps_of

pytestmark = pytest.mark.mongo

SETTINGS = EvaluationSettings.model_construct(run_wait_s=300.0, look_s=1.0)


async def changes(case: Case[Stage], uow: NotingUnitOfWork) -> None:
    graph = Graph(schema, uow, needs=NEEDS)
    stage = Stage(uow=uow, graph=graph, schema=schema, collections=ALL)
    await call(case, stage, await case.given(stage), case.right)


async def test_every_change_looks_things_up_by_an_index(mongo_uow: MongoUnitOfWork) -> None:
    await assert_looked_up(Looks(), mongo_uow, [partial(changes, case) for case in CASES])


async def test_every_question_looks_things_up_by_an_index(mongo_uow: MongoUnitOfWork) -> None:
    await assert_looked_up(await questions(schema), mongo_uow)


async def test_what_comes_by_itself_looks_things_up_by_an_index(mongo_uow: MongoUnitOfWork) -> None:
    steps = [*reactions("evaluation"), *steps_of(workers(SETTINGS), NEEDS)]

    await assert_looked_up(Looks(), mongo_uow, steps)
