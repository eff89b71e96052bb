"""Every look through the store: the real one answers as the fake does, and an index that its
collection declares serves it (generated from the mutations and the graph)."""

from functools import partial

import pytest

from congvu_kit.adapters.mongo import MongoUnitOfWork
from feedback.callers import Case
from feedback.cases import CASES
from feedback.scenes import know_the_ward, make_needs
from feedback.test_callers import ask
from feedback_service.adapters.graphql.schema import schema
from feedback_service.adapters.workers import workers
from support.graph import Graph
from support.plans import Looks, NotingUnitOfWork, assert_looked_up, questions, reactions, steps_of

pytestmark = pytest.mark.mongo

_DUE = "a worker looks for what is due in the whole country: one question instead of 34"
_ID_ALONE = "who asks has the id, and an id does not tell the province"
ACROSS = {
    "extra.subjects": "what was seen of a person lies with whoever saw it, in every province",
    "_id": "everything, for who checks or exports the whole",
    "arrived": "a way in serves every province, and its bursts are counted together",
    "awaits": "the code of a dossier that is not known yet does not tell the province",
    "code": "the code of a dossier does not tell the province",
    "due": "what leaders promised is public in the whole country",
    "due_on": _DUE,
    "escalate_on": _DUE,
    "log_sequence": "one log for the whole country",
    "made_on": _DUE,
    "owner_id": "a person may have asked in several provinces",
    "review_id": _ID_ALONE,
    "round_id": _ID_ALONE,
    "state": _DUE,
    "unit_id": _ID_ALONE,
    "unit_path": _ID_ALONE,
}
"""Why a question is put to all shards, by what it looks for."""


async def changes(case: Case, uow: NotingUnitOfWork) -> None:
    needs = make_needs()
    await know_the_ward(uow)
    right = next(iter(case.right))
    about = await case.given(uow, needs)
    await ask(Graph(schema, uow, needs=needs), case, about, right, right)


async def test_every_change_looks_things_up_by_an_index(mongo_uow: MongoUnitOfWork) -> None:
    await assert_looked_up(
        Looks(), mongo_uow, [partial(changes, case) for case in CASES], across=ACROSS
    )


async def test_every_question_looks_things_up_by_an_index(mongo_uow: MongoUnitOfWork) -> None:
    looks = await questions(
        schema, make_needs(), absent=frozenset({"private_records", "private_keys"})
    )
    await assert_looked_up(looks, mongo_uow, across=ACROSS)


async def test_what_comes_by_itself_looks_things_up_by_an_index(mongo_uow: MongoUnitOfWork) -> None:
    steps = [*reactions("feedback"), *steps_of(workers(60, 10), make_needs())]

    await assert_looked_up(Looks(), mongo_uow, steps, across=ACROSS)
