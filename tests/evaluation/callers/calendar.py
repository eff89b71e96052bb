"""Who may publish a calendar."""

from collections.abc import Mapping

from congvu_kit.domain.actor import Role
from evaluation import scenes
from evaluation.people import ADMIN
from evaluation_service.application.collections import CALENDARS
from evaluation_service.domain.calendar.calendars import WorkingCalendarPublished
from support.callers import Case, Saved, Stage, elsewhere


async def published(stage: Stage) -> Mapping[str, object]:
    await scenes.calendars(stage.uow)
    calendar = await scenes.publish_calendar(stage.uow, off=[scenes.STORM])
    return {"expectedRevision": calendar.revision}


CASES = [
    Case(
        mutation="publishWorkingCalendar",
        right=ADMIN,
        roles=(Role.PERIOD_ADMIN,),
        elsewhere=(
            elsewhere(province=None),
            elsewhere("CONFLICT", province="01"),
            elsewhere("CONFLICT", province="00"),
        ),
        given=published,
        input={
            "year": 2026,
            "daysOff": [{"day": "2026-10-05", "kind": "SWAPPED", "name": "Tránh bão số 11"}],
            "workedDays": [{"day": "2026-10-10", "inPlaceOf": "2026-10-05"}],
            "decision": {"number": "31/QĐ-UBND", "decidedOn": "2026-08-10"},
        },
        returns="WorkingCalendar",
        saved=Saved(
            CALENDARS,
            {
                "year": 2026,
                "province": "56",
                "current.decision.number": "31/QĐ-UBND",
                "current.published_at": scenes.NOW,
                "pending": "",
            },
        ),
        tells=(WorkingCalendarPublished,),
    ),
]
