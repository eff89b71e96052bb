"""Every look through the store: the real one answers as the fake does, and an index that its
collection declares serves it (generated from the mutations and the graph)."""

from functools import partial

import pytest

from catalogue.cases import CASES
from catalogue.needs import NEEDS
from catalogue_service.adapters.graphql.schema import schema
from catalogue_service.adapters.workers import WORKERS
from catalogue_service.application.collections import ALL
from congvu_kit.adapters.mongo import MongoUnitOfWork
from support.callers import Case, Stage, call
from support.graph import Graph
from support.plans import Looks, NotingUnitOfWork, assert_looked_up, questions, reactions, steps_of

pytestmark = pytest.mark.mongo

RESTATED = "work_products(Not[Eq extra.codes]) by id"
"""Once an hour, for products of an older version of the platform."""

ACROSS = {
    "code": "a product of the country is worked on in every province",
    "version_id": "a version of the country is worked on in every province",
}
"""Why a question is put to all shards, by what it looks for."""


async def changes(case: Case[Stage], uow: NotingUnitOfWork) -> None:
    graph = Graph(schema, uow, needs=NEEDS)
    stage = Stage(uow=uow, graph=graph, schema=schema, collections=ALL)
    await call(case, stage, await case.given(stage), case.right)


async def test_every_change_looks_things_up_by_an_index(mongo_uow: MongoUnitOfWork) -> None:
    await assert_looked_up(
        Looks(), mongo_uow, [partial(changes, case) for case in CASES], across=ACROSS
    )


async def test_every_question_looks_things_up_by_an_index(mongo_uow: MongoUnitOfWork) -> None:
    await assert_looked_up(await questions(schema), mongo_uow, across=ACROSS)


async def test_what_comes_by_itself_looks_things_up_by_an_index(mongo_uow: MongoUnitOfWork) -> None:
    steps = [*reactions("catalogue"), *steps_of(WORKERS, NEEDS)]

    await assert_looked_up(Looks(), mongo_uow, steps, whole=[RESTATED], across=ACROSS)
