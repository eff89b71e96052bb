"""Which decisions a result rests on: its own, and nobody else's."""

from dataclasses import replace

from congvu_kit.application.ports import A, Collection, Eq, Transaction, UnitOfWork
from evaluation_service.application.collections import APPEALS, EVALUATIONS, POST_AUDITS
from evaluation_service.application.results.decided import decisions_on
from evaluation_service.domain.results.evaluations import Evaluation
from support.plenty import Plenty


async def resting_on(id: str, *bases: str) -> Evaluation:
    made = await Plenty({}).store(EVALUATIONS).get(id)
    made.sheets = [replace(made.sheets[0], basis=basis) for basis in bases]
    return made


async def decide(tx: Transaction, collection: Collection[A], id: str, evaluation_id: str) -> None:
    decision = await Plenty({}).store(collection).first(Eq("evaluation_id", evaluation_id))
    assert decision is not None
    decision.id, decision.revision = id, 0
    await tx.store(collection).save(decision)


async def test_a_decision_counts_where_it_was_made(any_uow: UnitOfWork) -> None:
    async with any_uow.begin() as tx:
        await decide(tx, APPEALS, "appeal_1", "eval_1")
        await decide(tx, POST_AUDITS, "audit_1", "eval_1")
        await decide(tx, APPEALS, "appeal_2", "eval_2")
    results = [
        await resting_on("eval_1", "appeal_1", "audit_1", "a late check"),
        await resting_on("eval_2", "appeal_2", "appeal_1"),
        await resting_on("eval_3"),
    ]

    found = await decisions_on(results, any_uow.reading())

    assert found == {
        "eval_1": {"appeal_1", "audit_1"},
        "eval_2": {"appeal_2"},
        "eval_3": frozenset(),
    }
