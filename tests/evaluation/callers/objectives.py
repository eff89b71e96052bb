"""Who may set objectives, and who enters and confirms their figures."""

from collections.abc import Mapping

from congvu_kit.domain.actor import Actor, Participant, Role
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.callers.desk import APPOINTMENT, PERIOD
from evaluation.people import (
    CHAIR,
    CHAIR_ID,
    DEPUTY,
    LAN,
    LAN_ID,
    OFFICE,
    OFFICE_HEAD_ID,
    OTHER_COMMUNE,
    person,
)
from evaluation_service.application.collections import OBJECTIVES, READINGS, SCORECARDS
from evaluation_service.domain.objectives.objectives import (
    Objective,
    ObjectiveDefined,
    ObjectiveLevel,
    ObjectiveState,
    ObjectiveWithdrawn,
)
from evaluation_service.domain.objectives.readings import (
    ReadingConfirmed,
    ReadingState,
)
from evaluation_service.domain.objectives.scorecards import scorecard_id
from support.callers import Case, Saved, Stage, elsewhere

LEADERS = (Role.MANAGER, Role.UNIT_HEAD)
SYSTEMS = (Role.SERVICE_PORTAL, Role.PERSONNEL_SYNC)
OUTSIDE = (elsewhere(province="01"), elsewhere(unit=OTHER_COMMUNE), elsewhere(officer=None))
REPORTER: Actor = person(
    o.SYSTEM.subject or "", Role.OFFICER, *LEADERS, *SYSTEMS, unit=OFFICE, officer="cs_clerk"
)
"""Works in the office, leads there, or is the system that the indicator names: by the role."""

CONFIRMER: Actor = person(
    o.SYSTEM.subject or "", *LEADERS, *SYSTEMS, unit=CHAIR.unit, officer=OFFICE_HEAD_ID
)
CONTENT = {
    "title": "Hồ sơ đúng hạn",
    "description": "Tỷ lệ hồ sơ trả đúng hạn",
    "perspective": "CUSTOMER",
    "weight": "100",
    "indicator": {
        "baseline": "60",
        "target": "95",
        "direction": "UP",
        "unitOfMeasure": "%",
        "dataSource": "Hệ thống một cửa",
        "frequency": "MONTHLY",
    },
}


async def opened(stage: Stage) -> Mapping[str, object]:
    period = await o.scorecards(stage.uow, switches=(o.WARN,))
    return {"periodId": period.id}


async def defined(stage: Stage) -> Mapping[str, object]:
    period = await o.scorecards(stage.uow, switches=(o.WARN,))
    objective = await o.define(stage.uow, period)
    return {"objectiveId": objective.id, "expectedRevision": objective.revision}


async def of_office(stage: Stage) -> Objective:
    period = await o.scorecards(stage.uow, switches=(o.WARN,))
    return await o.define(stage.uow, period, unit_id=OFFICE, actor=CHAIR)


async def of_unit(stage: Stage) -> Mapping[str, object]:
    return {"objectiveId": (await of_office(stage)).id}


async def entered(stage: Stage) -> Mapping[str, object]:
    reading = await o.record(stage.uow, await of_office(stage), actor=LAN)
    return {"readingId": reading.id, "expectedRevision": reading.revision}


async def of_unit_by_row(stage: Stage) -> Mapping[str, object]:
    figure = {"measuredOn": "2026-08-08", "value": "92"}
    return {"rows": [{**await of_unit(stage), **figure}]}


async def entered_by_row(stage: Stage) -> Mapping[str, object]:
    return {"rows": [await entered(stage)]}


CASES = [
    Case(
        mutation="defineObjective",
        right=person("chair", *LEADERS, unit=CHAIR.unit, officer=CHAIR_ID),
        roles=LEADERS,
        elsewhere=(*OUTSIDE, elsewhere(officer=LAN_ID)),
        given=opened,
        input={"civilServantId": LAN_ID, "code": "MT-01", "content": CONTENT},
        returns="Objective",
        saved=Saved(
            OBJECTIVES,
            {
                "level": ObjectiveLevel.PERSON,
                "civil_servant_id": LAN_ID,
                "unit_id": OFFICE,
                "current.number": 1,
                "current.set_by": Participant.of(CHAIR),
                "current.set_at": scenes.NOW,
            },
        ),
        tells=(ObjectiveDefined,),
    ),
    Case(
        mutation="defineObjectives",
        right=person("chair", *LEADERS, unit=CHAIR.unit, officer=CHAIR_ID),
        roles=LEADERS,
        elsewhere=(*OUTSIDE, elsewhere(officer=LAN_ID)),
        given=opened,
        input={"rows": [{"civilServantId": LAN_ID, "code": "MT-01", "content": CONTENT}]},
        returns="SetReport",
        rows="results",
        saved=Saved(
            SCORECARDS,
            {"civil_servant_id": LAN_ID, "involved": [Participant.of(CHAIR)]},
            scorecard_id(PERIOD, OFFICE, APPOINTMENT),
        ),
        tells=(ObjectiveDefined,),
    ),
    Case(
        mutation="reviseObjective",
        right=person("deputy", *LEADERS, unit=DEPUTY.unit, officer=DEPUTY.officer),
        roles=LEADERS,
        elsewhere=(
            *OUTSIDE,
            elsewhere(officer=LAN_ID),
            elsewhere(officer=CHAIR_ID),
            elsewhere(subject="chair"),
        ),
        given=defined,
        input={"content": CONTENT, "reason": "Theo quyết định"},
        returns="Objective",
        saved=Saved(
            OBJECTIVES,
            {
                "current.number": 2,
                "current.set_by": Participant.of(DEPUTY),
                "current.reason": "Theo quyết định",
            },
        ),
        tells=(ObjectiveDefined,),
    ),
    Case(
        mutation="withdrawObjective",
        right=person("deputy", *LEADERS, unit=DEPUTY.unit, officer=DEPUTY.officer),
        roles=LEADERS,
        elsewhere=(*OUTSIDE, elsewhere(officer=LAN_ID), elsewhere(officer=CHAIR_ID)),
        given=defined,
        input={"reason": "Giao nhầm"},
        returns="Objective",
        saved=Saved(
            OBJECTIVES,
            {
                "state": ObjectiveState.WITHDRAWN,
                "withdrawn_by": Participant.of(DEPUTY),
                "withdrawn_reason": "Giao nhầm",
                "withdrawn_at": scenes.NOW,
            },
        ),
        tells=(ObjectiveWithdrawn,),
    ),
    Case(
        mutation="recordReading",
        right=REPORTER,
        roles=(Role.OFFICER, *LEADERS, *SYSTEMS),
        elsewhere=(elsewhere(province="01"), elsewhere(officer=CHAIR_ID)),
        given=of_unit,
        input={"measuredOn": "2026-08-08", "value": "92"},
        returns="IndicatorReading",
        saved=Saved(
            READINGS,
            {
                "state": ReadingState.ENTERED,
                "entered_by": Participant.of(REPORTER),
                "entered_at": scenes.NOW,
            },
        ),
        tells=(),
    ),
    Case(
        mutation="confirmReading",
        right=CONFIRMER,
        roles=(*LEADERS, *SYSTEMS),
        elsewhere=(elsewhere(province="01"), elsewhere(officer=LAN_ID)),
        given=entered,
        returns="IndicatorReading",
        saved=Saved(
            READINGS,
            {
                "state": ReadingState.CONFIRMED,
                "confirmed_by": Participant.of(CONFIRMER),
                "decided_at": scenes.NOW,
            },
        ),
        tells=(ReadingConfirmed,),
    ),
    Case(
        mutation="recordReadings",
        right=REPORTER,
        roles=(Role.OFFICER, *LEADERS, *SYSTEMS),
        elsewhere=(elsewhere(province="01"), elsewhere(officer=CHAIR_ID)),
        given=of_unit_by_row,
        input={},
        returns="ReadingReport",
        rows="results",
        saved=Saved(
            SCORECARDS,
            {"involved": [Participant.of(each) for each in (CHAIR, REPORTER)]},
            scorecard_id(PERIOD, OFFICE, None),
        ),
        tells=(),
    ),
    Case(
        mutation="confirmReadings",
        right=CONFIRMER,
        roles=(*LEADERS, *SYSTEMS),
        elsewhere=(elsewhere(province="01"), elsewhere(officer=LAN_ID)),
        given=entered_by_row,
        input={},
        returns="ReadingReport",
        rows="results",
        saved=Saved(
            SCORECARDS,
            {"involved": [Participant.of(each) for each in (CHAIR, LAN, CONFIRMER)]},
            scorecard_id(PERIOD, OFFICE, None),
        ),
        tells=(ReadingConfirmed,),
    ),
]
