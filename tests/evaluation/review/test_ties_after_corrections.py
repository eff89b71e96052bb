"""A correction goes through whatever the board decided on ties before it (E-I14)."""

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from evaluation import review_scenes, scenes
from evaluation.people import person
from evaluation_service.application.collections import EVALUATIONS, RUNS
from evaluation_service.domain.results.runs import RankingRun

OTHER = person("another-of-the-board", Role.REVIEW_BOARD, officer="cs_other")


async def corrected(uow: MemoryUnitOfWork, kept: int, evaluation: int) -> RankingRun:
    """Of three tied for two places the board keeps the first ones; then one is marked down."""
    tied = await review_scenes.tied(uow)
    decided = await scenes.decide_ties(uow, tied, tied.ties[:kept])
    marked = await uow.reading().store(EVALUATIONS).get(tied.ties[evaluation])
    audit = await review_scenes.post_audit(uow, marked.civil_servant_id)

    await review_scenes.decide_audit(uow, audit, marked, review_scenes.LOWER, actor=OTHER)

    assert decided.ties == ()
    return await uow.reading().store(RUNS).get(tied.id)


def top(run: RankingRun) -> list[str]:
    return sorted(each.evaluation_id for each in run.results if each.band == "HTXS")


async def test_one_of_the_kept_is_corrected_below_the_cut(uow: MemoryUnitOfWork) -> None:
    run = await corrected(uow, kept=2, evaluation=0)

    # The two that are left fit: nobody is tied at the cut any more.
    assert (run.tie_kept, run.ties, len(top(run))) == (None, (), 2)


async def test_one_who_was_not_kept_is_corrected(uow: MemoryUnitOfWork) -> None:
    tied = await corrected(uow, kept=2, evaluation=2)

    assert (tied.tie_kept, tied.ties, len(top(tied))) == (None, (), 2)
