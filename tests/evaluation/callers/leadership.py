"""Who enters and confirms crises, and whose ballots on a leader count."""

from collections.abc import Mapping

from congvu_kit.domain.actor import Actor, Role
from evaluation import leadership_scenes as led
from evaluation.callers.desk import PERIOD
from evaluation.people import (
    BOARD,
    CHAIR,
    CHAIR_ID,
    LAN,
    LAN_ID,
    NEIGHBOUR_HEAD,
    OFFICE,
    OTHER_COMMUNE,
    PROVINCE_UNIT,
    person,
)
from evaluation_service.application.collections import BALLOTS, CRISES
from evaluation_service.domain.leadership.ballots import Led, box_id
from evaluation_service.domain.leadership.crises import CrisisState
from support.callers import Case, Saved, Stage, elsewhere

ENTERING = (Role.OFFICER, Role.MANAGER, Role.UNIT_HEAD)
REPORTER: Actor = person("lan", *ENTERING, unit=OFFICE, officer=LAN_ID)
OUTSIDE = (elsewhere(province="01"), elsewhere(officer=None))


async def opened(stage: Stage) -> Mapping[str, object]:
    period = await led.opened(stage.uow)
    return {"periodId": period.id}


async def recorded(stage: Stage) -> Mapping[str, object]:
    crisis = await led.record(stage.uow, await led.opened(stage.uow))
    return {"crisisId": crisis.id, "expectedRevision": crisis.revision}


CASES = [
    Case(
        mutation="recordCrisis",
        right=REPORTER,
        roles=ENTERING,
        elsewhere=(*OUTSIDE, elsewhere(unit=OTHER_COMMUNE)),
        given=opened,
        input={
            "civilServantId": CHAIR_ID,
            "title": "Lũ quét thôn Đồng Trăng",
            "beganAt": "2026-08-01T01:00:00Z",
            "endedAt": "2026-08-01T05:30:00Z",
            "hoursAllowed": "8",
            "outcome": "RESOLVED",
        },
        returns="Crisis",
        saved=Saved(
            CRISES,
            {
                "civil_servant_id": CHAIR_ID,
                "state": CrisisState.RECORDED,
                "entered_by.officer": LAN_ID,
            },
        ),
        tells=(),
    ),
    Case(
        mutation="confirmCrisis",
        right=BOARD,
        roles=(Role.REVIEW_BOARD,),
        elsewhere=(*OUTSIDE, elsewhere(officer=CHAIR_ID), elsewhere(officer=LAN_ID)),
        given=recorded,
        returns="Crisis",
        saved=Saved(CRISES, {"state": CrisisState.CONFIRMED, "decided_by.subject": "board"}),
        tells=(),
    ),
    Case(
        mutation="rateLeader",
        right=LAN,
        roles=(Role.OFFICER,),
        elsewhere=(*OUTSIDE, elsewhere(officer=CHAIR_ID), elsewhere(officer="cs_board")),
        given=opened,
        input={"civilServantId": CHAIR_ID, "development": 4, "sharing": 2, "trained": True},
        returns="LeaderBallots",
        saved=Saved(
            BALLOTS,
            {"led": 1, "led_sums": Led(development=4, sharing=2, trained=1), "agencies": 0},
            box_id(PERIOD, CHAIR_ID),
        ),
        tells=(),
    ),
    Case(
        mutation="rateCoordination",
        right=NEIGHBOUR_HEAD,
        roles=(Role.UNIT_HEAD,),
        elsewhere=(
            *OUTSIDE,
            elsewhere(unit=CHAIR.unit),
            elsewhere(unit=OFFICE),
            elsewhere(unit=PROVINCE_UNIT),
            elsewhere(unit="unit_nowhere"),
        ),
        given=opened,
        input={"civilServantId": CHAIR_ID, "score": 3},
        returns="LeaderBallots",
        saved=Saved(
            BALLOTS, {"led": 0, "agencies": 1, "coordination": 3}, box_id(PERIOD, CHAIR_ID)
        ),
        tells=(),
    ),
]
