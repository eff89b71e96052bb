"""Who proposes initiatives, and who decides on them and looks again."""

from collections.abc import Mapping

from congvu_kit.domain.actor import Participant, Role
from evaluation import initiative_scenes as i
from evaluation import scenes
from evaluation.people import BOARD, LAN, LAN_ID
from evaluation_service.application.collections import INITIATIVES
from evaluation_service.domain.initiatives.initiatives import (
    InitiativeChecked,
    InitiativeDecided,
    InitiativeProposed,
    InitiativeState,
)
from support.callers import Case, Saved, Stage, elsewhere

ELSEWHERE = (elsewhere(province="01"), elsewhere(province=None), elsewhere(officer=LAN_ID))


async def opened(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    return {"periodId": (await scenes.open_period(stage.uow)).id}


async def proposed(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    initiative = await i.propose(stage.uow, await scenes.open_period(stage.uow))
    return {"initiativeId": initiative.id, "expectedRevision": initiative.revision}


async def decided(stage: Stage) -> Mapping[str, object]:
    """The first check was due before today."""
    await scenes.commune(stage.uow)
    initiative = await i.propose(stage.uow, await scenes.open_period(stage.uow))
    initiative = await i.decide(stage.uow, initiative, actor=i.LAST)
    async with stage.uow.begin() as tx:
        initiative.checks = i.due(initiative, scenes.TODAY)
        await tx.store(INITIATIVES).save(initiative)
    return {"initiativeId": initiative.id, "expectedRevision": initiative.revision}


FACTS = {
    "kind": "SHORTER_TIME",
    "title": "Hẹn trả kết quả qua tin nhắn",
    "description": "Không phải đến hỏi kết quả",
    "unitOfMeasure": "ngày",
    "baseline": "5",
    "claimed": "3",
    "evidence": [{"uri": "dms://sk/1"}],
}
CASES = [
    Case(
        mutation="proposeInitiative",
        right=LAN,
        roles=(Role.OFFICER,),
        elsewhere=(elsewhere(officer=None),),
        given=opened,
        input={"facts": FACTS},
        returns="Initiative",
        saved=Saved(
            INITIATIVES,
            {
                "state": InitiativeState.PROPOSED,
                "civil_servant_id": LAN_ID,
                "proposed_at": scenes.NOW,
            },
        ),
        tells=(InitiativeProposed,),
    ),
    Case(
        mutation="decideInitiative",
        right=BOARD,
        roles=(Role.REVIEW_BOARD,),
        elsewhere=ELSEWHERE,
        given=proposed,
        input={"points": "2", "checkOn": ["2026-11-10"], "reason": "Có hiệu quả"},
        returns="Initiative",
        saved=Saved(
            INITIATIVES,
            {
                "state": InitiativeState.PROVISIONAL,
                "decided_at": scenes.NOW,
                "involved": [Participant.of(BOARD)],
            },
        ),
        tells=(InitiativeDecided,),
    ),
    Case(
        mutation="checkInitiative",
        right=BOARD,
        roles=(Role.REVIEW_BOARD,),
        elsewhere=ELSEWHERE,
        given=decided,
        input={"verdict": "LASTED", "measured": "3", "reason": "Đối chiếu sổ"},
        returns="Initiative",
        saved=Saved(INITIATIVES, {"state": InitiativeState.FINAL, "final": "2"}),
        tells=(InitiativeChecked,),
    ),
]
