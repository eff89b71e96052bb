"""From the freeze to the seal."""

from fractions import Fraction

from congvu_kit.memory import MemoryUnitOfWork
from congvu_kit.ports import Eq
from evaluation import scenes
from evaluation.people import LAN, LAN_ID, MINH, MINH_ID
from evaluation_service.application.collections import EVALUATIONS
from evaluation_service.application.queries import recompute
from evaluation_service.application.ratings import chosen
from evaluation_service.domain.evaluations import Evaluation
from evaluation_service.domain.periods import EvaluationPeriod, PeriodState
from evaluation_service.domain.seals import same_seal


async def evaluation_of(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, servant_id: str
) -> Evaluation:
    found = (
        await uow.reading()
        .store(EVALUATIONS)
        .select(Eq("period_id", period.id), Eq("servant_id", servant_id))
    )
    evaluation = chosen(found)
    assert evaluation is not None
    return evaluation


async def test_a_quarter_runs_to_its_seal(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.do_all(uow, period, MINH, done="4", assigned="7")
    for servant_id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, servant_id)

    reviewed = await scenes.reviewed(uow, period)
    lan = await evaluation_of(uow, period, LAN_ID)
    minh = await evaluation_of(uow, period, MINH_ID)

    assert reviewed.state is PeriodState.REVIEW
    assert lan.sheet is not None
    assert (lan.sheet.total, lan.sheet.raw_band) == (Fraction(100), "HTXS")
    assert (lan.band, lan.rank_reasons) == ("HTT", ("QUOTA",))
    assert minh.sheet is not None
    assert (minh.sheet.total, minh.band) == (Fraction(70), "HTT")

    await scenes.move(uow, period, "publish")
    closed = await scenes.move(uow, period, "close")
    again = await recompute(uow.reading(), lan.sheet)

    assert closed.state is PeriodState.CLOSED
    assert closed.seal is not None
    assert same_seal(closed.seal, period.id) == closed.seal
    assert again.identical
