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

_DUE = "a worker looks for what is due in the whole country: one question instead of 34"
_ID_ALONE = "who asks has the id, and an id does not tell the province"
ACROSS = {
    "extra.subjects": "what was seen of a person lies with whoever saw it, in every province",
    "_id": "everything, for who checks or exports the whole",
    "appointment_id": _ID_ALONE,
    "appointments.unit_id": _ID_ALONE,
    "civil_servant_id": "what a person earned stays where it was earned when the person moves",
    "due_on": _DUE,
    "extra.due_on": _DUE,
    "extra.evidence": "evidence counts once in the whole country",
    "extra.lead_due": _DUE,
    "extra.parent": _ID_ALONE,
    "extra.procedure": "a procedure of the country runs in every province",
    "extra.public": "who is a leader is public in the whole country",
    "extra.ref": "another system's id does not tell the province",
    "extra.two_posts_until": _DUE,
    "extra.waits_for": _ID_ALONE,
    "facts.successor_ids": _ID_ALONE,
    "objective_id": _ID_ALONE,
    "path": _ID_ALONE,
    "period_id": _ID_ALONE,
    "period_label": "a year's results are of every place where the person worked",
    "province": "a dossier lies by its code, which is one of its kind in the whole country",
    "reason": _DUE,
    "receiving_period_id": _ID_ALONE,
    "review_due_on": _DUE,
    "state": _DUE,
    "unit_path": _ID_ALONE,
}
"""Why a question is put to all shards, by what it looks for."""

SETTINGS = EvaluationSettings.model_construct(run_wait_s=300.0, look_s=1.0)


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
    steps = [*reactions("evaluation"), *steps_of(workers(SETTINGS), NEEDS)]

    await assert_looked_up(Looks(), mongo_uow, steps, across=ACROSS)
