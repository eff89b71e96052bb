"""Whose result an appeal is about: a person's own, or that of the unit they head."""

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden
from evaluation_service.application.collections import EVALUATIONS, ORG_EVALUATIONS, SERVANTS
from evaluation_service.domain.organisations.org_evaluations import OrgEvaluation
from evaluation_service.domain.results.evaluations import Evaluation

AnyResult = Evaluation | OrgEvaluation


async def result_of(id: str, tx: Transaction) -> AnyResult:
    unit = await tx.store(ORG_EVALUATIONS).find(id)
    return unit or await tx.store(EVALUATIONS).get(id)


async def save_result(result: AnyResult, tx: Transaction) -> None:
    if isinstance(result, OrgEvaluation):
        await tx.store(ORG_EVALUATIONS).save(result)
    else:
        await tx.store(EVALUATIONS).save(result)


async def heads_the_unit(who: Actor, unit: OrgEvaluation, tx: Transaction) -> bool:
    servant = await tx.store(SERVANTS).find(who.officer) if who.officer else None
    return servant is not None and servant.heads(unit.unit_id, business_date(tx.now))


async def require_concerned(by: Actor, result: AnyResult, tx: Transaction) -> str:
    """Who may appeal; raise `Forbidden` for anybody else."""
    officer = by.officer
    if isinstance(result, OrgEvaluation):
        heads = await heads_the_unit(by, result, tx)
    else:
        heads = officer == result.civil_servant_id
    if officer is None or not heads:
        raise Forbidden(
            en="an appeal is filed by the person concerned, of a unit by who heads it",
            vi="Kiến nghị do chính người được đánh giá gửi, của đơn vị do người đứng đầu gửi.",
        )
    return officer
